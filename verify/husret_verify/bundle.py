"""The bundle: one JSON file with an answer's events and everything that proves them.

    {"format": "husret-proof/1",
     "size": the size of the tree that the proofs are made for,
     "receipt": {"event": the receipt's or page's columns, "path": the proof's hashes},
     "frame": {"event": the columns of its frame, "path": the proof's hashes},
     "checkpoint": the checkpoint of that size, a signed note,
     "consistency": {"checkpoint": another one, "path": the proof between the two} or left out}

An event has its columns by name: numbers as numbers, type, tags and metadata as text, the id as a
UUID, `data` and `fingerprint` in base64. Hashes of proofs are base64. What is sealed stays sealed.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from husret_verify import json_text
from husret_verify.event import Row
from husret_verify.merkle import HASH_BYTES
from husret_verify.note import decoded_base64
from husret_verify.problems import Unreadable

FORMAT = "husret-proof/1"
"""What the file says it is; another number is another format."""

MOST_BYTES = 64 * 1024 * 1024
"""Longest file that is read: two events of the largest size that a log holds, in base64."""

MOST_HASHES = 128
"""Most hashes of one proof: twice the levels of the largest tree."""


@dataclass(frozen=True)
class Proved:
    """An event, and the hashes that lead from its leaf to the root."""

    event: Row
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Consistency:
    """Another checkpoint, and the hashes that lead from the smaller tree to the larger."""

    checkpoint: str
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Bundle:
    """What the file holds; nothing of it is verified."""

    size: int
    receipt: Proved
    frame: Proved
    checkpoint: str
    consistency: Consistency | None = None


def write(bundle: Bundle) -> bytes:
    """Write the file: JSON on lines of its own, in UTF-8, the same for the same bundle."""
    made: dict[str, Any] = {
        "format": FORMAT,
        "size": bundle.size,
        "receipt": _proved_out(bundle.receipt),
        "frame": _proved_out(bundle.frame),
        "checkpoint": bundle.checkpoint,
    }
    if bundle.consistency is not None:
        made["consistency"] = {
            "checkpoint": bundle.consistency.checkpoint,
            "path": [_encoded(each) for each in bundle.consistency.path],
        }
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read(text: bytes) -> Bundle:
    """Read the file.

    Raises Unreadable: `too_long`, `not_a_bundle`, `format`, `field` with its name, `field_unknown`,
    or what is wrong with the JSON.
    """
    if len(text) > MOST_BYTES:
        raise Unreadable("too_long", most=MOST_BYTES)
    whole = json_text.decode(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("format"), str):
        raise Unreadable("not_a_bundle")
    if whole["format"] != FORMAT:
        raise Unreadable("format", known=FORMAT)
    fields = _Fields(whole, "", {"format", "size", "receipt", "frame", "checkpoint"}, "consistency")
    other = None
    if "consistency" in whole:
        joined = _Fields(whole["consistency"], "consistency.", {"checkpoint", "path"})
        other = Consistency(joined.text("checkpoint"), joined.hashes("path"))
    return Bundle(
        size=fields.number("size"),
        receipt=_proved_in(whole["receipt"], "receipt."),
        frame=_proved_in(whole["frame"], "frame."),
        checkpoint=fields.text("checkpoint"),
        consistency=other,
    )


_COLUMNS = {
    "position",
    "event_id",
    "recorded_at",
    "type",
    "schema_version",
    "batch_index",
    "batch_size",
    "tags",
    "data",
    "metadata",
    "fingerprint",
}


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _proved_out(proved: Proved) -> dict[str, Any]:
    row = proved.event
    columns = {
        "position": row.position,
        "event_id": str(UUID(bytes=row.event_id)),
        "recorded_at": row.recorded_at,
        "type": row.type,
        "schema_version": row.schema_version,
        "batch_index": row.batch_index,
        "batch_size": row.batch_size,
        "tags": list(row.tags),
        "data": _encoded(row.data),
        "metadata": row.metadata.decode("utf-8"),
        "fingerprint": _encoded(row.fingerprint),
    }
    return {"event": columns, "path": [_encoded(each) for each in proved.path]}


def _proved_in(value: Any, place: str) -> Proved:
    both = _Fields(value, place, {"event", "path"})
    columns = _Fields(value["event"], f"{place}event.", _COLUMNS)
    row = Row(
        position=columns.number("position"),
        event_id=columns.uuid("event_id"),
        recorded_at=columns.number("recorded_at"),
        type=columns.text("type"),
        schema_version=columns.number("schema_version"),
        batch_index=columns.number("batch_index"),
        batch_size=columns.number("batch_size"),
        tags=columns.texts("tags"),
        data=columns.blob("data"),
        metadata=columns.text("metadata").encode("utf-8"),
        fingerprint=columns.blob("fingerprint"),
    )
    return Proved(row, both.hashes("path"))


class _Fields:
    """Reads an object's fields; the one that is wrong is named by its path."""

    def __init__(self, value: Any, place: str, needed: set[str], optional: str = "") -> None:
        self._place = place
        if not isinstance(value, dict):
            raise Unreadable("field", field=place.rstrip(".") or "file")
        for name in sorted(needed - value.keys()):
            raise Unreadable("field", field=place + name)
        if value.keys() - needed - {optional}:
            raise Unreadable("field_unknown", field=place.rstrip(".") or "file")
        self._value: dict[str, Any] = value

    def number(self, name: str) -> int:
        value = self._value[name]
        if type(value) is not int or value < 0:
            self._wrong(name)
        return int(value)

    def text(self, name: str) -> str:
        return self._carried(self._value[name], name)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._value[name]
        if not isinstance(value, list):
            self._wrong(name)
        return tuple(self._carried(each, name) for each in value)

    def uuid(self, name: str) -> bytes:
        text = self.text(name)
        try:
            read = UUID(text)
        except ValueError:
            self._wrong(name)
        if str(read) != text:
            self._wrong(name)
        return read.bytes

    def blob(self, name: str) -> bytes:
        return self._decoded(self._value[name], name)

    def hashes(self, name: str) -> tuple[bytes, ...]:
        value = self._value[name]
        if not isinstance(value, list) or len(value) > MOST_HASHES:
            self._wrong(name)
        read = tuple(self._decoded(each, name) for each in value)
        if any(len(each) != HASH_BYTES for each in read):
            self._wrong(name)
        return read

    def _carried(self, value: Any, name: str) -> str:
        if not isinstance(value, str):
            self._wrong(name)
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            self._wrong(name)
        return value

    def _decoded(self, value: Any, name: str) -> bytes:
        data = decoded_base64(value) if isinstance(value, str) else None
        if data is None:
            self._wrong(name)
        return data

    def _wrong(self, name: str) -> NoReturn:
        raise Unreadable("field", field=self._place + name)
