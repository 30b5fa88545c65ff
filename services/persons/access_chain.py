"""The chain of the access table: what an access commits to, and how it hangs on those before it.

docs/formats.md gives the bytes, with vectors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

START = bytes(32)
"""What the first access of a table hangs on."""

SALT_BYTES = 16


def covered(salt: bytes, tokens: Sequence[bytes], request_id: str) -> bytes:
    """Return the commitment to whose data was read and for which case.

    It can be checked for as long as the salt is kept; without it nobody can try tokens or cases.
    """
    return _hash(salt, len(tokens).to_bytes(4, "big"), *tokens, request_id.encode())


def link(
    before: bytes,
    number: int,
    at: int,
    actor: str,
    purpose: str,
    legal_basis: str,
    classes: Sequence[str],
    committed: bytes,
) -> bytes:
    """Return the chain's value at an access; `before` is its value at the one before."""
    return _hash(
        before,
        number.to_bytes(8, "big"),
        at.to_bytes(8, "big", signed=True),
        actor.encode(),
        purpose.encode(),
        legal_basis.encode(),
        len(classes).to_bytes(4, "big"),
        *(data_class.encode() for data_class in classes),
        committed,
    )


def _hash(*pieces: bytes) -> bytes:
    return hashlib.sha256(
        b"".join(part for piece in pieces for part in (len(piece).to_bytes(8, "big"), piece))
    ).digest()
