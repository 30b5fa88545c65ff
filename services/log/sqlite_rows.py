"""The rows of the table of events, and the events that they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.log.event import RecordedEvent

Row = tuple[Any, ...]

COLUMNS = (
    "e.position, e.event_id, e.recorded_at, e.type_id, e.schema_version, e.batch_index, "
    "e.batch_size, e.tags, e.data, e.metadata, e.fingerprint, e.leaf_hash"
)


def events_of(rows: Sequence[Row], names: Mapping[int, str]) -> list[RecordedEvent]:
    """Return the events of rows of COLUMNS, `names` being those of the types."""
    return [
        RecordedEvent(
            position,
            event_id,
            recorded_at,
            # An altered row must still be read, for a replay to name it.
            name_of(names, type_id),
            schema_version,
            batch_index,
            batch_size,
            tags_of(tags),
            data,
            metadata,
            fingerprint,
            leaf,
        )
        for (
            position,
            event_id,
            recorded_at,
            type_id,
            schema_version,
            batch_index,
            batch_size,
            tags,
            data,
            metadata,
            fingerprint,
            leaf,
        ) in rows
    ]


def tags_of(column: str) -> list[str]:
    """Return the tags that the column has, joined by line feeds."""
    return column.split("\n") if column else []


def name_of(names: Mapping[int, str], type_id: int) -> str:
    """Return a type's name, or what is said of one that has none."""
    return names.get(type_id) or f"unknown type {type_id}"
