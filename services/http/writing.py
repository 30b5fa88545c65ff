"""The messages of the contract to JSON, in its JSON names.

A field that can't be told from one that was left out is written with its default, as `--json` of
the command line does; what the protos call `optional`, and a message, only when it is there.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import orjson
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from services.api.contract import values_of_map

_F = FieldDescriptor
_Write = Callable[[Any], Any]
TIMESTAMP = "google.protobuf.Timestamp"


def write(message: Message) -> bytes:
    """Return a message as a JSON document, without a line break in it."""
    return orjson.dumps(plain(message))


def plain(message: Message) -> dict[str, Any]:
    """Return a message as what JSON has."""
    defaults, fields = _fields(message.DESCRIPTOR)
    made = defaults.copy()
    for field, value in message.ListFields():
        name, convert = fields[field.number]
        made[name] = value if convert is None else convert(value)
    return made


@cache
def _fields(kind: Descriptor) -> tuple[dict[str, Any], dict[int, tuple[str, _Write | None]]]:
    defaults: dict[str, Any] = {}
    fields: dict[int, tuple[str, _Write | None]] = {}
    for field in kind.fields:
        fields[field.number] = field.json_name, _writer(field)
        if values_of_map(field) is not None:
            defaults[field.json_name] = {}
        elif field.is_repeated:
            defaults[field.json_name] = ()
        elif not field.has_presence:
            one = _one(field)
            value = field.default_value
            defaults[field.json_name] = value if one is None else one(value)
    return defaults, fields


def _writer(field: FieldDescriptor) -> _Write | None:
    values = values_of_map(field)
    if values is not None:
        one = _one(values)
        return dict if one is None else partial(_map, one)
    one = _one(field)
    if not field.is_repeated:
        return one
    return list if one is None else partial(_list, one)


def _map(one: _Write, values: Any) -> dict[str, Any]:
    return {name: one(value) for name, value in values.items()}


def _list(one: _Write, values: Any) -> list[Any]:
    return [one(value) for value in values]


def _one(field: FieldDescriptor) -> _Write | None:
    """Return how one value is written; None: as it is."""
    if field.message_type is not None:
        if field.message_type.full_name == TIMESTAMP:
            return lambda value: value.ToJsonString()
        return plain
    if field.enum_type is not None:
        names = {value.number: value.name for value in field.enum_type.values}
        return lambda value: names.get(value, value)
    return _SCALARS.get(field.type)


_SCALARS: dict[int, _Write] = {
    _F.TYPE_INT64: str,  # a number of JSON has 53 bits for many who read it
    _F.TYPE_BYTES: lambda value: base64.b64encode(value).decode(),
}
