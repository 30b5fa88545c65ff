"""A question's options on the command line, made of what is declared of its kind.

A field's option has the field's name, a day's metavar if it is a day, and a word for each value of
an enum. So an option can't be forgotten, and none stands for a field that isn't there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from domain.asked import WORDS
from domain.facts.declared import Slot
from domain.law.question import QuestionKind
from domain.law.texts.kinds import Text
from husret.v1 import eligibility_service_pb2 as pb
from services.cli.options import DAY, Options, Parser

_METAVARS = {date: DAY}
_YES_OR_NO = {"yes": True, "no": False}
_NUMBERS = (FieldDescriptor.TYPE_INT32, FieldDescriptor.TYPE_INT64)


def word(kind: QuestionKind) -> str:
    """Return what the command line calls a kind of question."""
    return kind.name.replace("_", "-")


def said_of(kind: QuestionKind) -> str:
    """Return the question, as a command's help begins."""
    return kind.en[0].lower() + kind.en[1:]


def add_fields(parser: Parser, kind: QuestionKind, *, without: Iterable[str] = ()) -> None:
    """Add an option for each field that a question is asked with."""
    for slot, field in _fields(kind):
        if slot.name not in without:
            _add_field(parser, slot, field)
            if slot.said.none_by is not None:
                said = f"{slot.name} is none"
                option = "--" + slot.said.none_by.replace("_", "-")
                parser.add_argument(
                    option, dest=slot.said.none_by, action="store_true", help=said, default=None
                )


def filled(kind: QuestionKind, options: Options) -> Any:
    """Return a message with what the options say; what they leave unsaid stays unsaid."""
    values = {}
    for slot, field in _fields(kind):
        said = getattr(options, slot.name, None)
        if said is not None:
            values[field.name] = _value(field, said)
        none_by = slot.said.none_by
        if none_by is not None and getattr(options, none_by, None):
            values[none_by] = True
    return getattr(pb, kind.message)(**values)


def told(kind: QuestionKind, options: Options) -> Iterator[Text]:
    """Say what was asked, and what was stated of it, each by what its field means.

    Area and day stand with every answer; an id is what the command was given.
    """
    yield Text(kind.da, kind.en)
    for slot, _ in _fields(kind):
        said = getattr(options, slot.name, None)
        if slot.name not in _WITH_EVERY_ANSWER and said not in (None, "", [], False):
            value = _in_words((slot.each or slot).kind, said)
            yield Text(f"{slot.said.da}: {value.da}", f"{slot.said.en}: {value.en}")


def _in_words(kind: type[Any], said: Any) -> Text:
    if isinstance(said, list):
        each = [_in_words(kind, one) for one in said]
        return Text(", ".join(one.da for one in each), ", ".join(one.en for one in each))
    if issubclass(kind, StrEnum):
        word = kind(said.replace("-", "_"))
        return WORDS.get((kind, word), Text(said, said))
    return _SAID["yes"] if said is True else _SAID.get(said, Text(str(said), str(said)))


_SAID = {"yes": Text("ja", "yes"), "no": Text("nej", "no")}
_WITH_EVERY_ANSWER = ("area", "day")


def _add_field(parser: Parser, slot: Slot, field: FieldDescriptor) -> None:
    more: dict[str, Any] = {
        "required": slot.required and slot.name != "day" and slot.said.none_by is None
    }
    if field.type == FieldDescriptor.TYPE_ENUM:
        more["choices"] = sorted(words(field))
        if field.is_repeated:
            more |= {"action": "append", "default": []}
    elif _left_unsaid(field):
        more["choices"] = sorted(_YES_OR_NO)
    elif field.type == FieldDescriptor.TYPE_BOOL:
        more["action"] = "store_true"
    elif field.type in _NUMBERS:
        more |= {"type": int, "metavar": "N"}
    else:
        more |= {"default": "", "metavar": _METAVARS.get(slot.kind, "ID")}
    said = slot.said.en
    if slot.said.usual is not None:
        usual = _typed(field, slot.said.usual)
        more |= {"required": False, "default": usual}
        said = f"{said} (default: {usual})"
    parser.add_argument("--" + slot.name.replace("_", "-"), dest=slot.name, help=said, **more)


def _fields(kind: QuestionKind) -> list[tuple[Slot, FieldDescriptor]]:
    message = getattr(pb, kind.message).DESCRIPTOR
    return [(slot, message.fields_by_name[slot.wire]) for slot in kind.fields]


def _value(field: FieldDescriptor, said: Any) -> Any:
    if _left_unsaid(field):
        return _YES_OR_NO[said]
    if field.type != FieldDescriptor.TYPE_ENUM:
        return said
    numbers = words(field)
    return [numbers[each] for each in said] if field.is_repeated else numbers[said]


def _left_unsaid(field: FieldDescriptor) -> bool:
    """Tell whether a field is yes, no or not said."""
    return field.type == FieldDescriptor.TYPE_BOOL and field.has_presence


def _typed(field: FieldDescriptor, word: str) -> str:
    """Return how a word is typed: with hyphens, but stk_1 as the cases write it."""
    return word if field.name == "basis" else word.replace("_", "-")


def words(field: FieldDescriptor) -> dict[str, int]:
    """Return the values of a field's enum by the words of the command line."""
    enum = field.enum_type
    assert enum is not None  # it is a field of an enum
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return {
        _typed(field, name.removeprefix(prefix).lower()): value.number
        for name, value in enum.values_by_name.items()
        if value.number
    }
