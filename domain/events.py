"""The events of the log, as the facts declare them: names, schema versions, classes and tags.

One event states one fact. An event about a person (or a household) belongs to one data class;
its payload is sealed and its tags are tokens of that class alone. All other events are open:
their payload is the canonical form of the fact and their tags say what they are about.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from domain import canonical, facts
from domain.facts.declared import DECLARED
from domain.facts.declared import EventType as EventType

F = TypeVar("F", bound=facts.Fact)


class UnknownEventError(ValueError):
    """An event's type, or its schema version, is not known to this release."""


EVENT_TYPES: tuple[EventType, ...] = tuple(DECLARED.values())
"""Every event type but the receipt's. A retraction is sealed or open as the fact it retracts."""

BY_NAME = {event_type.name: event_type for event_type in EVENT_TYPES}
BY_FACT = {event_type.fact: event_type for event_type in EVENT_TYPES}
OPEN_TYPES = tuple(t.name for t in EVENT_TYPES if t.data_class is None)


@cache
def _decoder(name: str) -> msgspec.json.Decoder[facts.Fact]:
    """Return what reads an event's payload: made once it is needed, since all take long to make."""
    return msgspec.json.Decoder(BY_NAME[name].fact)


class Recorded(msgspec.Struct, Generic[F], frozen=True, gc=False):
    """A fact as the log holds it: its position, event id and leaf hash, and until when it stood.

    `ended` is the position of the event that corrected or retracted it, None while it stands.
    """

    position: int
    event_id: UUID
    leaf_hash: bytes
    fact: F
    ended: int | None = None

    def stood_at(self, position: int) -> bool:
        """Tell whether the log as of `position` held this fact."""
        return self.position <= position and (self.ended is None or self.ended > position)


def encode_fact(fact: facts.Fact) -> bytes:
    """Return the canonical payload of a fact."""
    return canonical.encode(fact)


def decode_fact(name: str, schema_version: int, data: bytes) -> facts.Fact:
    """Read a payload; older schema versions are upcast (UnknownEventError for newer ones)."""
    event_type = BY_NAME.get(name)
    if event_type is None:
        raise UnknownEventError(f"event type {name!r} is not known to this release")
    if schema_version == event_type.schema_version:
        return _decoder(name).decode(data)
    if not 1 <= schema_version < event_type.schema_version:
        raise UnknownEventError(
            f"event type {name!r} has schema version {schema_version}; "
            f"this release reads up to {event_type.schema_version}"
        )
    plain = canonical.decode(data)
    for upcast in event_type.upcasts[schema_version - 1 :]:
        plain = upcast(plain)
    upcasted: facts.Fact = msgspec.convert(plain, event_type.fact)
    return upcasted


def open_tags(fact: facts.Fact) -> list[str]:
    """Return the tags of an open event: the areas, dwellings and so on that it is about."""
    event_type = BY_FACT[type(fact)]
    if event_type.data_class is not None or not event_type.tags:
        raise TypeError(f"{type(fact).__name__} is not an open fact")
    return [tag for template in event_type.tags for tag in template.of(fact)]


def standing(history: list[Recorded[Any]]) -> list[Recorded[Any]]:
    """Return the facts of one boundary that stand: corrected and retracted ones left out.

    `history` is in the order of the log. A correction may itself be corrected or retracted;
    what it corrected does not come back.
    """
    gone: set[UUID] = set()
    for item in history:
        if item.fact.corrects is not None:
            gone.add(item.fact.corrects)
        if type(item.fact) is facts.Retracted:
            gone.add(item.fact.retracts)
    return [
        item
        for item in history
        if item.event_id not in gone and type(item.fact) is not facts.Retracted
    ]
