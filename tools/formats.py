"""Write the tables of events and fields in docs/formats.md from the code.

`python -m tools.formats` writes them; a test fails when they are not current.
"""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

import msgspec

from domain import facts
from domain.events import EVENT_TYPES, EventType

DOCUMENT = Path(__file__).parent.parent / "docs" / "formats.md"
BEGIN, END = "<!-- fields: written by tools/formats.py -->", "<!-- end of fields -->"

_WRITTEN = {
    str: "text",
    bool: "`true` or `false`",
    int: "integer",
    date: "day",
    UUID: "UUID",
    facts.Figures: "figures",
    facts.AreaPart: "part",
    facts.Alternative: "alternatives",
    facts.Criterion: "criteria",
}


def tables() -> str:
    """Return the tables of every event type, and of the figures within some of them."""
    parts = [_table(event_type) for event_type in EVENT_TYPES]
    parts.append("#### figures\n\n" + _fields(facts.Figures, skip=()))
    parts.append("#### part\n\n" + _fields(facts.AreaPart, skip=()))
    parts.append("#### alternatives\n\n" + _fields(facts.Alternative, skip=()))
    parts.append("#### criteria\n\n" + _fields(facts.Criterion, skip=()))
    return "\n\n".join(parts)


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
    for field in sorted(msgspec.structs.fields(struct), key=lambda f: f.encode_name):
        if field.name not in skip:
            rows.append(f"| `{field.encode_name}` | {_kind(field.type)} | {_left_out(field)} |")
    return "\n".join(rows)


def _kind(kind: Any) -> str:
    if get_origin(kind) in (Union, UnionType):
        *others, last = [_kind(each) for each in get_args(kind) if each is not NoneType]
        text = " or ".join([*others, last])
        return f"{text} or `null`"
    if get_origin(kind) is tuple:
        return f"list of {_kind(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(f"`{word}`" for word in kind)
    return _WRITTEN[kind]


def _left_out(field: msgspec.structs.FieldInfo) -> str:
    if field.default is msgspec.NODEFAULT and field.default_factory is msgspec.NODEFAULT:
        return "never"
    default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    if isinstance(default, msgspec.Struct):
        return "no figures were given"
    return f"`{msgspec.json.encode(default).decode()}`"


def main() -> int:
    """Write the document; returns the exit code."""
    document = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(with_tables(document), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
