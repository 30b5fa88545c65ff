"""JSON to the messages of the contract, strictly: what is not understood is named, not dropped.

A field may be written in its JSON name (`householdId`) or in that of the protos (`household_id`).
What is wrong is named by its path, in JSON names; no value of the request is repeated.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from difflib import get_close_matches
from functools import cache, partial
from typing import Any, NamedTuple

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from services.api.contract import values_of_map

MOST_NAMED = 50
"""Wrong fields that are named; more are counted."""

MOST_VALUES = 1_000_000
"""Most values in a body; as objects here they take a hundred times the memory that they came in."""

LONGEST_NAME = 40
"""Most characters of an unknown field's name that is repeated; of another its place is told."""

_SHORT_LIST = 12
_LONGEST_WORD = 100
_NAME = re.compile(r"[A-Za-z_]+(?:[0-9]{1,5}[A-Za-z_]*)?")
_INT64 = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_BASE64 = str.maketrans("-_", "+/")
_F = FieldDescriptor


class Wrong(NamedTuple):
    """What is wrong with a field; `field` "" means the body as a whole."""

    field: str
    what: str


class Unreadable(Exception):
    """A body can't be read as the message that a method takes; `wrong` names every field."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(f"{len(wrong)} wrong")
        self.wrong = wrong


class _Bad:
    """Stands for a value that was wrong."""


_BAD = _Bad()
_Read = Callable[[Any, str, list[Wrong]], Any]


class _Object(dict[str, Any]):
    """An object of JSON, and the names that it has more than once."""

    twice: frozenset[str] = frozenset()


def read(body: bytes, kind: Descriptor) -> Message:
    """Read a request; raises Unreadable with everything that is wrong."""
    if sum(map(body.count, (b",", b"{", b"["))) > MOST_VALUES:
        raise Unreadable([Wrong("", f"holds more than {MOST_VALUES} values; send it in parts")])
    try:
        found = json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        # The message of the error may hold what the body holds.
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable([Wrong("", f"is no JSON in UTF-8: look{line} of what was sent")]) from None
    wrong: list[Wrong] = []
    values = _message(kind, found, "", wrong)
    if wrong:
        raise Unreadable(wrong)
    made: Message = GetMessageClass(kind)(**values)
    return made


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        times = Counter(name for name, _ in pairs)
        made.twice = frozenset(name for name in made if times[name] > 1)
    return made


def _no_number(constant: str) -> None:
    raise ValueError


class _Field(NamedTuple):
    name: str
    """In the protos."""
    json_name: str
    oneof: str
    read: _Read


@cache
def _fields(kind: Descriptor) -> dict[str, _Field]:
    """Return how the fields of a message are read, by either of their names."""
    found = {}
    for field in kind.fields:
        oneof = field.containing_oneof
        made = _Field(
            field.name,
            field.json_name,
            "" if oneof is None or len(oneof.fields) == 1 else oneof.name,
            _reader(field),
        )
        found[field.json_name] = found[field.name] = made
    return found


def _message(kind: Descriptor, value: Any, path: str, wrong: list[Wrong]) -> Any:
    if not isinstance(value, _Object):
        wrong.append(Wrong(path, f"must be an object: {{…}}, {kind.name} of the protos"))
        return _BAD
    fields = _fields(kind)
    values: dict[str, Any] = {}
    chosen: dict[str, str] = {}
    for number, (name, inside) in enumerate(value.items()):
        field = fields.get(name)
        if field is None:
            shown = name if _is_like_a_field(name) else f"[{number}]"
            near = shown if len(wrong) < MOST_NAMED else ""
            wrong.append(Wrong(_below(path, shown), _unknown(kind, near)))
            continue
        here = _below(path, field.json_name)
        if name in value.twice or field.name in values:
            wrong.append(Wrong(here, "is there twice; give it once"))
        if field.oneof and chosen.setdefault(field.oneof, field.json_name) != field.json_name:
            wrong.append(Wrong(here, f"may not stand beside {chosen[field.oneof]}; give one"))
        if inside is None:
            wrong.append(Wrong(here, "is null; leave out what you do not state"))
        else:
            values[field.name] = field.read(inside, here, wrong)
    return values


def _is_like_a_field(name: str) -> bool:
    """Tell whether a name may be repeated: what is none of a field's may be anybody's own."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path and not name.startswith("[") else f"{path}{name}"


def _unknown(kind: Descriptor, name: str) -> str:
    names = [field.json_name for field in kind.fields]
    near = names if len(names) <= _SHORT_LIST else get_close_matches(name, names)
    said = f"is no field of {kind.name}"
    if not names:
        return f"{said}, which has none"
    return f"{said}; it has {', '.join(near)}" if near else f"{said}; compare the protos"


def _reader(field: FieldDescriptor) -> _Read:
    values = values_of_map(field)
    if values is not None:
        return partial(_map, _one(values))
    one = _one(field)
    return partial(_list, one) if field.is_repeated else one


def _one(field: FieldDescriptor) -> _Read:
    if field.message_type is not None:
        return partial(_message, field.message_type)
    if field.enum_type is not None:
        return partial(_enum, field.enum_type)
    return _SCALARS[field.type]


def _list(one: _Read, value: Any, path: str, wrong: list[Wrong]) -> Any:
    if not isinstance(value, list):
        wrong.append(Wrong(path, "must be a list: […]"))
        return _BAD
    return [one(each, f"{path}[{index}]", wrong) for index, each in enumerate(value)]


def _map(one: _Read, value: Any, path: str, wrong: list[Wrong]) -> Any:
    if not isinstance(value, _Object):
        wrong.append(Wrong(path, "must be an object: {…}"))
        return _BAD
    for number, name in enumerate(value):
        if name in value.twice:
            wrong.append(Wrong(f"{path}[{number}]", "has a name that is there twice"))
    # The names in a map are the caller's own, so only their places are told.
    return {
        name: one(each, f"{path}[{number}]", wrong)
        for number, (name, each) in enumerate(value.items())
    }


def _enum(kind: EnumDescriptor, value: Any, path: str, wrong: list[Wrong]) -> Any:
    if isinstance(value, str) and value in kind.values_by_name:
        return kind.values_by_name[value].number
    names = [each.name for each in kind.values if each.number]
    near = names
    if len(names) > _SHORT_LIST:
        given = value if isinstance(value, str) and len(wrong) < MOST_NAMED else ""
        near = get_close_matches(given[:_LONGEST_WORD], names)
    what = f"must be a name of {kind.name}"
    wrong.append(Wrong(path, f"{what}: {', '.join(near)}" if near else f"{what} of the protos"))
    return _BAD


def _text(value: Any, path: str, wrong: list[Wrong]) -> Any:
    if not isinstance(value, str):
        wrong.append(Wrong(path, 'must be text: "…"'))
        return _BAD
    try:
        value.encode()
    except UnicodeEncodeError:
        wrong.append(Wrong(path, "holds half of a character (a surrogate alone)"))
        return _BAD
    return value


def _yes_or_no(value: Any, path: str, wrong: list[Wrong]) -> Any:
    if isinstance(value, bool):
        return value
    wrong.append(Wrong(path, "must be true or false"))
    return _BAD


def _whole(bits: int, value: Any, path: str, wrong: list[Wrong]) -> Any:
    if bits == 64 and isinstance(value, str) and _INT64.fullmatch(value):
        value = int(value)
    if type(value) is int and -(1 << bits - 1) <= value < 1 << bits - 1:
        return value
    also = ', as a number or as text ("17")' if bits == 64 else ""
    wrong.append(Wrong(path, f"must be a whole number of {bits} bits{also}"))
    return _BAD


def _number(value: Any, path: str, wrong: list[Wrong]) -> Any:
    with suppress(OverflowError):  # a whole number may be larger than any of 64 bits
        if type(value) in (int, float) and math.isfinite(float(value)):
            return value
    wrong.append(Wrong(path, "must be a number"))
    return _BAD


def _bytes(value: Any, path: str, wrong: list[Wrong]) -> Any:
    if isinstance(value, str):
        try:
            return base64.b64decode(
                value.translate(_BASE64) + "=" * (-len(value) % 4), validate=True
            )
        except (binascii.Error, ValueError):
            pass
    wrong.append(Wrong(path, "must be bytes as text in base64"))
    return _BAD


_SCALARS: dict[int, _Read] = {
    _F.TYPE_STRING: _text,
    _F.TYPE_BOOL: _yes_or_no,
    _F.TYPE_INT32: partial(_whole, 32),
    _F.TYPE_INT64: partial(_whole, 64),
    _F.TYPE_DOUBLE: _number,
    _F.TYPE_BYTES: _bytes,
}
"""How what is no message and no enum is read; a type that the contract lacks has no entry."""
