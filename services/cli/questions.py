"""A question's options on the command line, made of the fields of its message.

A field's option has the field's name, a day's metavar if it is a text, and a word for each value of
an enum. So an option can't be forgotten, and none stands for a field that isn't there.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from services.cli import options as shared
from services.cli.options import Options, Parser

_OPTIONS = {
    "household_id": "--household",
    "dwelling_id": "--dwelling",
    "offered_dwelling_id": "--offered",
}
_REQUIRED = {"household_id", "dwelling_id"}
_METAVARS = {"household_id": "UUID", "dwelling_id": "ID", "offered_dwelling_id": "ID"}

SAID_OF_REFERRAL = {
    **shared.TODAY,
    "basis": "what the dwelling is at disposal under (default: %(default)s, of § 59)",
    "letting_day": "the day of the letting, if known",
    "move_in_day": "the day of moving in, if known",
}
"""What a referral's options mean: it is asked about a household, or about each on a list."""
BASIS = {"basis": {"default": "stk_1"}}

M = TypeVar("M", bound=Message)


def add_field(parser: Parser, field: FieldDescriptor, said: str | None, **more: Any) -> None:
    """Add the option of one field; `said` is its help."""
    option = _OPTIONS.get(field.name, "--" + field.name.replace("_", "-"))
    more.setdefault("required", field.name in _REQUIRED)
    if field.type == FieldDescriptor.TYPE_ENUM:
        more["choices"] = sorted(_words(field))
        if field.is_repeated:
            more |= {"action": "append", "default": []}
    elif field.type == FieldDescriptor.TYPE_BOOL:
        # One that can be left unsaid is said by --x or --no-x.
        more["action"] = argparse.BooleanOptionalAction if field.has_presence else "store_true"
    elif field.type == FieldDescriptor.TYPE_INT32:
        more |= {"type": int, "metavar": "N"}
    else:
        more |= {"default": "", "metavar": _METAVARS.get(field.name, shared.DAY)}
    parser.add_argument(option, dest=field.name, help=said, **more)


def add_fields(
    parser: Parser,
    message: type[Message],
    says: Mapping[str, str],
    *,
    without: Iterable[str] = (),
    **special: Mapping[str, Any],
) -> None:
    """Add an option for each field of a message; `special`: more about some, by their names."""
    for field in _fields(message):
        if field.name not in without:
            add_field(parser, field, says.get(field.name), **special.get(field.name, {}))


def filled(message: type[M], options: Options) -> M:
    """Return a message with what the options say; what they leave unsaid stays unsaid."""
    values = {}
    for field in _fields(message):
        said = getattr(options, field.name, None)
        if said is not None:
            values[field.name] = _value(field, said)
    return message(**values)


def _fields(message: type[Message]) -> list[FieldDescriptor]:
    # Its stubs name the descriptors of the implementation in C too, which have the same attributes.
    return cast("list[FieldDescriptor]", message.DESCRIPTOR.fields)


def _value(field: FieldDescriptor, said: Any) -> Any:
    if field.type != FieldDescriptor.TYPE_ENUM:
        return said
    words = _words(field)
    return [words[each] for each in said] if field.is_repeated else words[said]


def _words(field: FieldDescriptor) -> dict[str, int]:
    """Return the values of a field's enum by the words of the command line."""
    enum = field.enum_type
    assert enum is not None  # it is a field of an enum
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    between = "_" if field.name == "basis" else "-"  # stk_1, as the cases write it
    return {
        name.removeprefix(prefix).lower().replace("_", between): value.number
        for name, value in enum.values_by_name.items()
        if value.number
    }
