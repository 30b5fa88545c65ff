"""Write the tables of events and fields in docs/formats.md from the code.

`python -m tools.formats` writes them; a test fails when they are not current.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from domain import facts
from domain.events import EVENT_TYPES, EventType
from domain.facts.declared import Slot, json_name, parts, slots

DOCUMENT = Path(__file__).parent.parent / "docs" / "formats.md"
BEGIN, END = "<!-- fields: written by tools/formats.py -->", "<!-- end of fields -->"

_WRITTEN: dict[Any, str] = {
    str: "text",
    bool: "`true` or `false`",
    int: "integer",
    date: "day",
    UUID: "UUID",
}


def tables() -> str:
    """Return the tables of every event type, and of what stands within some of them."""
    events = [_table(event_type) for event_type in EVENT_TYPES]
    within = [f"#### {json_name(part)}\n\n{_fields(part, skip=())}" for part in parts()]
    return "\n\n".join([*events, *within])


def with_tables(document: str) -> str:
    """Return the document with current tables between its two marks."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def _table(event_type: EventType) -> str:
    if event_type.fact is facts.Retracted:
        held = "open or sealed, as the fact that it retracts"
    elif event_type.data_class is None:
        held = "open"
    else:
        whose = "household" if event_type.of_household else "person"
        held = f"sealed: the {whose}'s class {event_type.data_class}"
    head = f"#### `{event_type.name}`, schema version {event_type.schema_version} ({held})"
    return f"{head}\n\n{_fields(event_type.fact, skip=('corrects',))}"


def _fields(struct: type[msgspec.Struct], skip: tuple[str, ...]) -> str:
    rows = ["| field | written as | left out when |", "|---|---|---|"]
    for slot in sorted(slots(struct), key=lambda each: each.name):
        if slot.name not in skip:
            rows.append(f"| `{slot.name}` | {_kind(slot)} | {_left_out(slot)} |")
    return "\n".join(rows)


def _kind(slot: Slot) -> str:
    if slot.nullable:
        return f"{_kind(replace(slot, nullable=False))} or `null`"
    if slot.each is not None:
        return f"list of {_kind(slot.each)}"
    if issubclass(slot.kind, StrEnum):
        return "one of " + ", ".join(f"`{word}`" for word in slot.kind)
    if issubclass(slot.kind, msgspec.Struct):
        return json_name(slot.kind)
    return _WRITTEN[slot.kind]


def _left_out(slot: Slot) -> str:
    if slot.required:
        return "never"
    if isinstance(slot.default, msgspec.Struct):
        return "no figures were given"
    return f"`{msgspec.json.encode(slot.default).decode()}`"


def main() -> int:
    """Write the document; returns the exit code."""
    document = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(with_tables(document), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
