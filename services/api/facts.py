"""Facts, between messages of the contract and the domain: by the declaration of the fact alone.

A message has the fields of its fact, under the names that the declaration gives them. What may be
left out is what the fact has a default for. An enum in the place of a yes or no says yes with 1 and
no with 2; a number or a yes or no that has neither default nor presence is what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any
from uuid import UUID

from google.protobuf.unknown_fields import UnknownFieldSet

from domain import cpr, facts
from domain.events import BY_FACT, EVENT_TYPES
from domain.facts.declared import Slot, slots
from husret.v1 import fact_service_pb2 as messages
from services.api.fields import Fields
from services.facts.checks import NewFact
from services.facts.fields import FieldErrors

MOST_FACTS = 1_000

FACTS: dict[str, type[facts.Fact]] = {
    field.name: kind.fact
    for kind in EVENT_TYPES
    for field in messages.Fact.DESCRIPTOR.fields
    if field.message_type is not None and field.message_type.name == kind.fact.__name__
}
"""The fact that each field of `Fact` states."""

OF_PERSON, OF_HOUSEHOLD = (
    frozenset(name for name in FACTS if hasattr(getattr(messages.Fact(), name), id))
    for id in ("person_id", "household_id")
)
"""The facts whose message says whose they are."""
_YES_OR_NO = {1: True, 2: False}

Read = Callable[[Any, Fields], Any]
_READERS: dict[Any, dict[str, Read]] = {}


def new_facts(listed: list[messages.Fact], wrong: FieldErrors) -> list[NewFact]:
    """Read the facts of a request; one that names no fact is wrong and left out."""
    if not listed:
        wrong.add("facts", "is empty; give at least one fact")
    found = [new_fact(message, f"facts[{index}]", wrong) for index, message in enumerate(listed)]
    return [item for item in found if item is not None]


def new_fact(message: messages.Fact, path: str, wrong: FieldErrors) -> NewFact | None:
    """Read one fact, or None when the message names none."""
    name = message.WhichOneof("fact")
    if name is None:
        wrong.add(path, "names no fact that this release knows")
        return None
    path = f"{path}.{name}"
    fields = Fields(wrong, path)
    content: Any = getattr(message, name)
    fact = read(FACTS[name], content, fields)
    person = fields.uuid("person_id", content.person_id) if name in OF_PERSON else None
    household = fields.uuid("household_id", content.household_id) if name in OF_HOUSEHOLD else None
    return NewFact(fact, person, household, path)


# --- Reading --------------------------------------------------------------------------------


def read(struct: type[Any], message: Any, fields: Fields) -> Any:
    """Read a message as a fact, or as a part of one; a field that can't be read is None in it."""
    return struct(**read_fields(struct, message, fields))


def read_fields(
    struct: type[Any], message: Any, fields: Fields, apart: Collection[str] = ("corrects",)
) -> dict[str, Any]:
    """Read the fields that a struct declares, by their names, but those that are read apart.

    Those are the same each time for a struct: how its fields are read is made once.
    """
    readers = _READERS.get(struct)
    if readers is None:
        strict = struct in BY_FACT and BY_FACT[struct].strict
        readers = _READERS[struct] = _readers(struct, message.DESCRIPTOR, strict, apart)
    return {name: one(message, fields) for name, one in readers.items()}


def _readers(
    struct: type[Any], message: Any, strict: bool, apart: Collection[str] = ()
) -> dict[str, Read]:
    """Return how each field is read; of a strict one, nothing unknown is passed over."""
    found = {
        slot.name: _reader(slot, message.fields_by_name[slot.wire], strict)
        for slot in slots(struct)
        if slot.name not in apart
    }
    if strict:
        first, one = next(iter(found.items()))

        def refusing(message: Any, fields: Fields) -> Any:
            if len(UnknownFieldSet(message)):
                fields.bad("", "holds a field that this release does not know; nothing is dropped")
            return one(message, fields)

        found[first] = refusing
    return found


def _reader(slot: Slot, given: Any, strict: bool) -> Read:
    name = given.name
    plain = given.enum_type is None and given.message_type is None
    if slot.each is not None and plain:
        return lambda message, _: tuple(getattr(message, name))
    if slot.each is not None:
        each = _value(slot.each, given, strict)
        return lambda message, fields: tuple(
            each(value, fields, f"{name}[{index}]")
            for index, value in enumerate(getattr(message, name))
        )
    if slot.said.none_by is not None:
        return _or_none_by(name, slot.said.none_by)
    if plain and given.has_presence:
        if slot.required:
            return lambda message, fields: fields.given(name, message)
        default = slot.default
        return lambda message, _: getattr(message, name) if message.HasField(name) else default
    if slot.said.turned:
        return lambda message, _: not getattr(message, name)
    if slot.kind is date:
        if slot.required and not slot.nullable:
            return lambda message, fields: fields.day(name, getattr(message, name))
        return lambda message, fields: _day_or_none(name, getattr(message, name), fields)
    if slot.kind is UUID:
        return lambda message, fields: fields.uuid(name, getattr(message, name))
    if slot.said.known == "cpr":
        return lambda message, _: _cpr(getattr(message, name))
    if plain and slot.required:
        return lambda message, _: getattr(message, name)
    if plain:
        default = slot.default
        return lambda message, _: getattr(message, name) or default
    if given.enum_type is not None:
        return _word(name, _words(slot, given.enum_type))
    value = _value(slot, given, strict)
    return lambda message, fields: value(getattr(message, name), fields, name)


def _word(name: str, known: dict[int, Any]) -> Read:
    def one(message: Any, fields: Fields) -> Any:
        number = getattr(message, name)
        return known[number] if number in known else fields.word(name, number, known)

    return one


def _day_or_none(name: str, text: str, fields: Fields) -> Any:
    return fields.day(name, text) if text else None


def _or_none_by(name: str, none_by: str) -> Read:
    """Read a text that is None only where another field says so."""

    def one(message: Any, fields: Fields) -> Any:
        text, none = getattr(message, name), getattr(message, none_by)
        if none and text:
            fields.bad(none_by, f"can't be true when an {name} is named")
        if not none and not text:
            fields.bad(name, f"is empty; name the {name}, or say {none_by} when it lies in none")
        return text or None

    return one


def _value(slot: Slot, given: Any, strict: bool) -> Callable[[Any, Fields, str], Any]:
    """Return how a word, or a message within the message, is read."""
    if given.enum_type is not None:
        known = _words(slot, given.enum_type)
        return lambda number, fields, path: fields.word(path, number, known)
    if slot.kind not in _READERS:
        _READERS[slot.kind] = _readers(slot.kind, given.message_type, strict)
    return lambda message, fields, path: read(slot.kind, message, fields.within(path))


def _cpr(text: str) -> str:
    try:
        return cpr.parse(text, allow_test_numbers=True).number
    except cpr.InvalidCpr:
        return text  # refused, without an echo, where the fact is checked


def _words(slot: Slot, enum: Any) -> dict[int, Any]:
    """Return the words of an enum; its zero stands for the default, where there is one."""
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    known: dict[int, Any] = {
        each.number: slot.kind(each.name.removeprefix(prefix).lower())
        for each in enum.values
        if each.number and slot.kind is not bool
    }
    none = {} if slot.required else {0: slot.default}
    return {**none, **(_YES_OR_NO if slot.kind is bool else known)}


# --- Writing --------------------------------------------------------------------------------


def write(fact: Any, message: Any, **subjects: str) -> Any:
    """Write a fact, or a part of one, into its message; `subjects`: whose it is."""
    for name, id in subjects.items():
        setattr(message, name, id)
    for slot in slots(type(fact)):
        value = getattr(fact, slot.name)
        if slot.name == "corrects":
            continue
        if value is None:
            if slot.said.none_by is not None:
                setattr(message, slot.said.none_by, True)
            continue
        given = message.DESCRIPTOR.fields_by_name[slot.wire]
        if slot.each is not None:
            _write_list(slot.each, value, given, getattr(message, slot.wire))
        elif given.message_type is not None:
            write(value, getattr(message, slot.wire))
            getattr(message, slot.wire).SetInParent()
        else:
            plain = not value if slot.said.turned else _plain(slot, value, given)
            setattr(message, slot.wire, plain)
    return message


def _write_list(slot: Slot, values: Any, given: Any, into: Any) -> None:
    if given.message_type is not None:
        for value in values:
            write(value, into.add())
    else:
        into.extend(_plain(slot, value, given) for value in values)


def _plain(slot: Slot, value: Any, given: Any) -> Any:
    if given.enum_type is not None:
        numbers = {word: number for number, word in _words(slot, given.enum_type).items()}
        return numbers[value]
    return value.isoformat() if slot.kind is date else str(value) if slot.kind is UUID else value
