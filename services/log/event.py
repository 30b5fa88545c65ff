"""The envelope of an event, and the two hashes taken over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import uuid4

from eventsourcing.dcb.api import DCBEvent, DCBSequencedEvent

from domain import canonical
from husret_verify.event import framed, leaf_hash

MAX_BLOB = 16 * 1024 * 1024
"""Most bytes that the data, or the metadata, of one event may have."""


def metadata(values: Mapping[str, str]) -> bytes:
    """Return an event's metadata: the canonical form of the values that are not empty."""
    return canonical.encode({name: value for name, value in values.items() if value})


def content_fingerprint(
    type: str, schema_version: int, tags: Sequence[str], data: bytes, metadata: bytes
) -> bytes:
    """Return the fingerprint of an open event: SHA-256 over its framed content.

    The pieces are type, schema version (4 bytes big endian), number of tags (4 bytes big
    endian), each tag, data and metadata; every piece stands behind its length as 8 bytes big
    endian. A sealed event needs a keyed fingerprint instead, made by whoever sealed it.
    """
    pieces = [type.encode(), schema_version.to_bytes(4, "big"), len(tags).to_bytes(4, "big")]
    pieces += [tag.encode() for tag in tags]
    pieces += [data, metadata]
    return sha256(framed(pieces)).digest()


@dataclass(kw_only=True, repr=False)
class Event(DCBEvent):
    """An event to append: the library's event with our envelope.

    `type` is a stable name, `metadata` canonical JSON, `event_id` 16 bytes. `fingerprint`
    (32 bytes) recognises a repeated request; left empty it is computed from the content. For
    a sealed event, whose ciphertext differs on each sealing, the caller gives an HMAC.

    Raises ValueError naming the field that is wrong.
    """

    event_id: bytes = field(default_factory=lambda: uuid4().bytes)
    schema_version: int = 1
    metadata: bytes = b"{}"
    fingerprint: bytes = b""
    plain: bool = field(init=False, default=False, compare=False)
    """The fingerprint was computed from the content: a log that can puts a keyed one in its place,
    so that nobody can tell by a leaf hash whether a guess at the content is right."""

    def __post_init__(self) -> None:
        """Check every field, and compute the fingerprint if none was given."""
        if not self.type:
            raise ValueError("type: must not be empty; give the event's stable name")
        if len(self.event_id) != 16:
            raise ValueError(f"event_id: must be 16 bytes, not {len(self.event_id)}")
        if not 1 <= self.schema_version < 2**31:
            raise ValueError("schema_version: must be between 1 and 2147483647")
        for name, value in (("data", self.data), ("metadata", self.metadata)):
            if len(value) > MAX_BLOB:
                raise ValueError(f"{name}: {len(value)} bytes are more than {MAX_BLOB}")
        if any(not tag or "\n" in tag for tag in self.tags):
            raise ValueError("tags: a tag must not be empty and must not hold a line feed")
        try:
            if self.fingerprint:
                "".join((self.type, *self.tags)).encode()
            else:
                self.plain = True
                self.fingerprint = content_fingerprint(
                    self.type, self.schema_version, self.tags, self.data, self.metadata
                )
        except UnicodeEncodeError:
            raise ValueError("type, tags: must be text that UTF-8 can carry") from None
        if len(self.fingerprint) != 32:
            raise ValueError(f"fingerprint: must be 32 bytes, not {len(self.fingerprint)}")

    def __repr__(self) -> str:
        """Name the type alone: data, tags and ids don't belong in a log file."""
        return f"Event(type={self.type!r})"


def enveloped(event: DCBEvent) -> Event:
    """Return `event` with our envelope; a plain one gets a random id and schema version 1."""
    if isinstance(event, Event):
        return event
    return Event(type=event.type, data=event.data, tags=event.tags)


class RecordedEvent(DCBSequencedEvent):
    """An event as it stands in the log.

    `position` counts from 1 without gaps; `recorded_at` is in microseconds since 1970 UTC,
    assigned by the store, and never goes back from one position to the next. `batch_index` and
    `batch_size` tell as which of how many events of one request it was recorded.
    """

    __slots__ = (
        "batch_index",
        "batch_size",
        "data",
        "event_id",
        "fingerprint",
        "leaf_hash",
        "metadata",
        "position",
        "recorded_at",
        "schema_version",
        "tags",
        "type",
    )

    # Not a dataclass: a boundary is read for every question, and this is the cheapest to build.
    def __init__(
        self,
        position: int,
        event_id: bytes,
        recorded_at: int,
        type: str,
        schema_version: int,
        batch_index: int,
        batch_size: int,
        tags: list[str],
        data: bytes,
        metadata: bytes,
        fingerprint: bytes,
        leaf_hash: bytes,
    ) -> None:
        self.position = position
        self.event_id = event_id
        self.recorded_at = recorded_at
        self.type = type
        self.schema_version = schema_version
        self.batch_index = batch_index
        self.batch_size = batch_size
        self.tags = tags
        self.data = data
        self.metadata = metadata
        self.fingerprint = fingerprint
        self.leaf_hash = leaf_hash

    @property
    def event(self) -> Event:  # type: ignore[override]  # the library's is a plain attribute
        """The event as it was appended."""
        return Event(
            type=self.type,
            data=self.data,
            tags=self.tags,
            event_id=self.event_id,
            schema_version=self.schema_version,
            metadata=self.metadata,
            fingerprint=self.fingerprint,
        )

    def is_intact(self) -> bool:
        """Whether the recorded leaf hash is the one that the other columns give."""
        try:
            return self.leaf_hash == leaf_hash(
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
            return False  # a column holds what no event can

    def __eq__(self, other: object) -> bool:
        """Equal when the leaf hashes are: they cover every column."""
        return isinstance(other, RecordedEvent) and self.leaf_hash == other.leaf_hash

    def __hash__(self) -> int:
        """Hash by the leaf hash."""
        return hash(self.leaf_hash)

    def __repr__(self) -> str:
        """Name position and type alone: data, tags and ids don't belong in a log file."""
        return f"RecordedEvent(position={self.position}, type={self.type!r})"
