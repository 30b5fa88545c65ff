"""What proves that a log is its instance's: the code of its head row, and its checkpoints' key.

The code is made under a key that follows from the master key, so that whoever has the database
alone can make none. Checkpoints are for others to keep: they are signed by an Ed25519 key that lies
in a file beside the master key, wrapped under it, and are verified by its public half alone.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from husret_verify.note import VerifierKey, verifier_key
from services import files
from services.log.port import Vouch

FILE = "signing.key"

_HEAD, _OPEN, _SIGNING = b"husret head", b"husret open fingerprint", b"husret signing"
_SEED_BYTES = 32


class SigningKeyError(Exception):
    """The signing key is missing, malformed, or kept where others can read it; says what to do."""


def vouch_of(master_key: bytes) -> Vouch:
    """Return what makes the code of a head row, and the fingerprints of open events.

    Each is an HMAC-SHA-256 under a key of its own that follows from the master key: of size (8
    bytes big endian) and root; of the plain fingerprint.
    """
    head_key, open_key = _derived(master_key, _HEAD), _derived(master_key, _OPEN)

    def head(size: int, root: bytes) -> bytes:
        return hmac.digest(head_key, size.to_bytes(8, "big") + root, "sha256")

    def fingerprint(plain: bytes) -> bytes:
        return hmac.digest(open_key, plain, "sha256")

    return Vouch(head, fingerprint)


class Signer:
    """The key that a log's checkpoints are signed with."""

    def __init__(self, private: Ed25519PrivateKey, log_id: UUID) -> None:
        """Sign for the log of this id."""
        self.private = private
        self.origin = origin_of(log_id)

    @property
    def vkey(self) -> VerifierKey:
        """What others verify a checkpoint with."""
        return verifier_key(self.origin, self.private)


def origin_of(log_id: UUID) -> str:
    """Return how a checkpoint names the log; its key has the same name."""
    return f"husret/{log_id}"


def create(
    path: Path, master_key: bytes, random: Callable[[int], bytes] = os.urandom
) -> Ed25519PrivateKey:
    """Write a new signing key durably to a new file of mode 0600, and return it.

    Raises SigningKeyError when there is one: who knows the one before would be told of a forgery.
    """
    seed = random(_SEED_BYTES)
    wrapped = aes_key_wrap(_derived(master_key, _SIGNING), seed)
    try:
        files.write_secret(path, base64.b64encode(wrapped).decode())
    except FileExistsError:
        raise SigningKeyError(f"{path}: a signing key is already there; it is kept") from None
    files.make_durable(path.parent)
    return Ed25519PrivateKey.from_private_bytes(seed)


def load(path: Path, master_key: bytes) -> Ed25519PrivateKey:
    """Return the signing key in a file.

    Raises SigningKeyError when there is none, when it is not one under this master key, or when the
    group or others have any right to the file.
    """
    try:
        text = files.read_secret(path)
    except FileNotFoundError:
        raise SigningKeyError(
            f"{path}: no signing key; take it from a backup, or make one with `husret log key "
            "--new`, and tell everyone who keeps the one before"
        ) from None
    except files.OpenToOthers as error:
        raise SigningKeyError(
            f"{path}: {error} lets others at the signing key; run `chmod 600` on it"
        ) from None
    try:
        seed = aes_key_unwrap(_derived(master_key, _SIGNING), base64.b64decode(text, validate=True))
        return Ed25519PrivateKey.from_private_bytes(seed)
    except (binascii.Error, InvalidUnwrap, ValueError):
        raise SigningKeyError(
            f"{path}: holds no signing key that this master key has wrapped; take it from a backup"
        ) from None


def _derived(master_key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master_key)
