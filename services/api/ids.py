"""Ids of dwellings and properties in every request, put into their one form before it is read.

Which fields those are is read off the descriptors, so that no method can forget one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from domain.ids import canonical_id

NAMES = frozenset(
    {
        "dwelling",
        "dwelling_id",
        "dwellings",
        "offered_dwelling_id",
        "property",
        "properties",
        "named",
    }
)
"""Fields that hold such ids, in requests and facts; `named` are the flats of an agreement."""


def put_in_form(request: Message) -> None:
    """Write every id of a dwelling or property in a request in its one form, in place."""
    for field, is_id in _holding(request.DESCRIPTOR):
        value: Any = getattr(request, field.name)
        if is_id and field.is_repeated:
            value[:] = [canonical_id(each) for each in value]
        elif is_id:
            form = canonical_id(value)
            if form != value:
                setattr(request, field.name, form)
        elif field.is_repeated:
            for each in value:
                put_in_form(each)
        elif request.HasField(field.name):
            put_in_form(value)


@cache
def _holding(message: Descriptor) -> tuple[tuple[FieldDescriptor, bool], ...]:
    """Return the fields that are such ids (True), or messages that hold some further down."""
    found = []
    for field in message.fields:
        if field.type == FieldDescriptor.TYPE_STRING:
            if field.name in NAMES:
                found.append((field, True))
        elif field.type == FieldDescriptor.TYPE_MESSAGE and _holding(field.message_type):
            found.append((field, False))
    return tuple(found)
