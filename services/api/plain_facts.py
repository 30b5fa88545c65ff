"""Facts as people write them, in the names of their declarations: from plain values to the domain.

A plain value is what JSON and YAML hold, or the text of a cell: a day may be written as Danish
spreadsheets do, a number with a comma, a yes or no as one of those words. What is left out or empty
is not said, never a default that says something. Nothing is passed over: a name that is no field is
wrong. No error repeats a value: it may be about a person.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import msgspec

from domain import cpr
from domain.facts.declared import Slot, slots
from services.api.facts import FACTS, OF_HOUSEHOLD, OF_PERSON
from services.api.fields import Fields
from services.api.ids import NAMES, STEPS, naming
from services.facts.checks import NewFact
from services.facts.fields import FieldErrors
from services.sheets.cells import YES_OR_NO, iso_day, plain_number, with_zeros

Said = Mapping[str, Any]

_YES_OR_NO = {**YES_OR_NO, "true": True, "false": False}


def subjects_of(name: str) -> tuple[str, ...]:
    """Return the fields that say whose a kind of fact is; they are no fields of the fact itself."""
    found = []
    if name in OF_PERSON:
        found.append("person_id")
    if name in OF_HOUSEHOLD:
        found.append("household_id")
    return tuple(found)


def new_fact(name: str, said: Said, path: str, wrong: FieldErrors) -> NewFact:
    """Read the fact of a kind; a field that can't be read is noted, and the fact never recorded."""
    fields = Fields(wrong, path)
    whose = subjects_of(name)
    ids = {
        each: fields.uuid(each, naming().of(each, _text_or_none(said.get(each)) or ""))
        for each in whose
    }
    fact = _read(FACTS[name], said, fields, whose)
    return NewFact(fact, ids.get("person_id"), ids.get("household_id"), path)


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known name is nearest to one that is not known; without one, nothing."""
    close = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f"; nearest: {close[0]}" if close else ""


def _read(struct: type[Any], said: Any, fields: Fields, besides: Iterable[str] = ()) -> Any:
    if not isinstance(said, Mapping):
        fields.bad("", "must have fields below it")
        said = {}
    declared = [slot for slot in slots(struct) if slot.name != "corrects"]
    names = {slot.wire for slot in declared} | {
        slot.said.none_by for slot in declared if slot.said.none_by is not None
    }
    for name in said:
        if name not in names and name not in besides:
            fields.bad(str(name), f"is not a field here{nearest(str(name), names)}")
    return struct(**{slot.name: _field(slot, said, fields) for slot in declared})


def _field(slot: Slot, said: Said, fields: Fields) -> Any:
    value = said.get(slot.wire)
    is_said = value is not None and value != ""
    if slot.said.none_by is not None:
        return _or_none_by(slot, slot.said.none_by, value if is_said else None, said, fields)
    if is_said and slot.each is not None:
        return _list(slot.each, value, slot.wire, fields)
    if is_said:
        found = _value(slot, value, slot.wire, fields)
        return not found if slot.said.turned and found is not None else found
    if not slot.required:
        return slot.default
    if slot.each is not None:
        return ()
    if issubclass(slot.kind, msgspec.Struct):
        return _read(slot.kind, {}, fields.within(slot.wire))
    if not slot.nullable:
        fields.bad(slot.wire, "is not given")
    return _unread(slot)


def _unread(slot: Slot) -> Any:
    """Return what stands where a value could not be read: what the checks can go on with."""
    if slot.nullable or slot.kind in (date, UUID) or issubclass(slot.kind, StrEnum):
        return None
    return slot.kind()


def _or_none_by(slot: Slot, none_by: str, value: Any, said: Said, fields: Fields) -> Any:
    """Read a text that is None only where another field says so."""
    text = None if value is None else _text(slot, value, slot.wire, fields)
    none = said.get(none_by)
    is_none = none not in (None, "") and _yes_or_no(none, none_by, fields) is True
    if is_none and text is not None:
        fields.bad(none_by, f"can't be true when an {slot.wire} is named")
    if not is_none and text is None:
        what = f"is not given; name the {slot.wire}, or say {none_by} when it lies in none"
        fields.bad(slot.wire, what)
    return text


def _list(each: Slot, value: Any, name: str, fields: Fields) -> tuple[Any, ...]:
    """Read a list; in a cell, its entries stand with an upright stroke between them."""
    if isinstance(value, str):
        if issubclass(each.kind, msgspec.Struct):
            fields.bad(name, "has parts, which no cell holds; state it in JSON lines or YAML")
            return ()
        value = [entry.strip() for entry in value.split("|")]
    if not isinstance(value, list):
        fields.bad(name, "must be a list")
        return ()
    found = [_value(each, one, f"{name}[{at}]", fields) for at, one in enumerate(value)]
    return tuple(one for one in found if one is not None)


def _value(slot: Slot, value: Any, name: str, fields: Fields) -> Any:
    kind = slot.kind
    if issubclass(kind, msgspec.Struct):
        return _read(kind, value, fields.within(name))
    if kind is bool:
        found: Any = _yes_or_no(value, name, fields)
    elif kind is int:
        found = _whole(slot, value, name, fields)
    elif kind is date:
        found = _day(value, name, fields)
    elif kind is UUID:
        text = _text_or_none(value) or ""
        found = fields.uuid(name, naming().of(slot.wire, text) if slot.wire in STEPS else text)
    elif issubclass(kind, StrEnum):
        found = _word(kind, value, name, fields)
    else:
        found = _text(slot, value, name, fields)
    return _unread(slot) if found is None else found


def _yes_or_no(value: Any, name: str, fields: Fields) -> bool | None:
    found = value if isinstance(value, bool) else _YES_OR_NO.get(str(value).strip().casefold())
    if found is None:
        fields.bad(name, "is not yes or no")
    return found


def _whole(slot: Slot, value: Any, name: str, fields: Fields) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = plain_number(value.strip()) if isinstance(value, str) else ""
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 15:
        return int(text)
    unit = f" of {slot.said.unit}" if slot.said.unit else ""
    fields.bad(name, f"is not a whole number{unit}")
    return None


def _day(value: Any, name: str, fields: Fields) -> date | None:
    # YAML reads a day as one; a day with an hour is none.
    text = value.isoformat() if isinstance(value, date) else _text_or_none(value)
    return cast("date | None", fields.day(name, iso_day(text) if text else "?"))


def _word(kind: type[StrEnum], value: Any, name: str, fields: Fields) -> StrEnum | None:
    # YAML reads the words yes and no as no words.
    text = ("no", "yes")[value] if isinstance(value, bool) else _text_or_none(value) or ""
    word = text.strip().casefold()
    if word in kind._value2member_map_:
        return kind(word)
    fields.bad(name, f"is not one of {', '.join(kind)}")
    return None


def _text(slot: Slot, value: Any, name: str, fields: Fields) -> str | None:
    said = slot.said
    if said.share and isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    text = _text_or_none(value)
    if text is None:
        what = "is no text; write it in quotation marks, for digits at its beginning may be lost"
        fields.bad(name, what)
    elif said.share:
        text = plain_number(text.removesuffix("%").strip())
    elif said.known == "municipality":
        text = with_zeros(text, 4)
    elif said.known == "cpr":
        text = _cpr(with_zeros(text, 10))
    elif slot.wire in NAMES:
        text = naming().of(slot.wire, text)
    return text


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _cpr(text: str) -> str:
    try:
        return cpr.parse(text, allow_test_numbers=True).number
    except cpr.InvalidCpr:
        return text  # refused, without an echo, where the fact is checked
