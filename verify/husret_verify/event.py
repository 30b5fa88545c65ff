"""An event as it stands in the log, and the leaf hash over its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid5

from husret_verify.problems import Unreadable

LEAF_PREFIX = b"\x00"
"""Domain byte of a leaf (RFC 6962, section 2.1)."""

_LENGTHS = [length.to_bytes(8, "big") for length in range(4_096)]
"""The lengths of nearly all pieces: every event is framed, of eleven columns and more."""


def framed(pieces: Sequence[bytes]) -> bytes:
    """Join `pieces`, each behind its length as 8 bytes big endian."""
    joined = []
    for piece in pieces:
        length = len(piece)
        joined.append(_LENGTHS[length] if length < len(_LENGTHS) else length.to_bytes(8, "big"))
        joined.append(piece)
    return b"".join(joined)


def event_id(log_id: UUID, request_id: UUID, index: int) -> bytes:
    """Return the id of a request's event: the same for every repeat of the request."""
    return uuid5(log_id, f"{request_id}:{index}").bytes


def leaf_hash(
    position: int,
    event_id: bytes,
    recorded_at: int,
    type: str,
    schema_version: int,
    batch_index: int,
    batch_size: int,
    tags: Sequence[str],
    data: bytes,
    metadata: bytes,
    fingerprint: bytes,
) -> bytes:
    """Return the leaf hash of a recorded event: SHA-256 over the leaf prefix and its columns.

    The columns are, in order: position (8 bytes big endian), event id, recorded_at (8 bytes,
    microseconds UTC), type, schema version, batch index and batch size (4 bytes each), number of
    tags (4 bytes), each tag, data, metadata and fingerprint; texts are UTF-8, and every column
    stands behind its length as 8 bytes big endian.

    Raises OverflowError or UnicodeError for a column that holds what no event can.
    """
    columns = [
        position.to_bytes(8, "big"),
        event_id,
        recorded_at.to_bytes(8, "big"),
        type.encode(),
        schema_version.to_bytes(4, "big"),
        batch_index.to_bytes(4, "big"),
        batch_size.to_bytes(4, "big"),
        len(tags).to_bytes(4, "big"),
    ]
    columns += [tag.encode() for tag in tags]
    columns += [data, metadata, fingerprint]
    return sha256(LEAF_PREFIX + framed(columns)).digest()


@dataclass(frozen=True, kw_only=True)
class Row:
    """The columns of an event that its leaf hash is over.

    `position` counts from 1; `recorded_at` is in microseconds since 1970 UTC; `event_id` has 16
    bytes, `fingerprint` 32.
    """

    position: int
    event_id: bytes
    recorded_at: int
    type: str
    schema_version: int
    batch_index: int
    batch_size: int
    tags: tuple[str, ...]
    data: bytes
    metadata: bytes
    fingerprint: bytes

    def leaf_hash(self) -> bytes:
        """Return the leaf hash. Raises Unreadable (`columns`) for what can be no event."""
        lengths = len(self.event_id) == 16 and len(self.fingerprint) == 32
        if self.position < 1 or not lengths:
            raise Unreadable("columns")
        try:
            return leaf_hash(
                self.position,
                self.event_id,
                self.recorded_at,
                self.type,
                self.schema_version,
                self.batch_index,
                self.batch_size,
                self.tags,
                self.data,
                self.metadata,
                self.fingerprint,
            )
        except (OverflowError, UnicodeError):
            raise Unreadable("columns") from None
