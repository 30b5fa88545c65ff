"""What would move an answer: the events that its decision would have read, had they been there.

The boundary of an answer is derived from what its decision asked for, step by step, so the check
and the decision cannot drift apart: open facts by kind and by what they are about, and data
classes of persons and households by their tokens. Receipts are in no boundary, so an answer
recorded about a household makes no other answer stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain import facts
from domain.data_classes import DataClass
from domain.events import BY_FACT, EVENT_TYPES

_RETRACTED = BY_FACT[facts.Retracted].name


class BoundaryItem(NamedTuple):
    """Events of one of these types with this tag; a tag of "" stands for any."""

    types: tuple[str, ...]
    tag: str


def of_open(asked: Iterable[tuple[type[facts.Fact], str | None]]) -> list[BoundaryItem]:
    """Return what would move the open facts asked for: another of its kind, or a retraction.

    A fact that is asked for by kind alone is moved by any of its kind, but a retraction shows
    itself by tag only, so each key asked for is named too.
    """
    found = {
        BoundaryItem(_types(kind, key), _tag(kind, key)) for kind, key in asked if _matters(kind)
    }
    return sorted(found)


def of_sealed(data_class: DataClass, tags: Iterable[str]) -> list[BoundaryItem]:
    """Return what would move one class of facts: anything of the class under these tags."""
    types = tuple(t.name for t in EVENT_TYPES if t.data_class is data_class)
    return [BoundaryItem((*types, _RETRACTED), tag) for tag in tags]


def _matters(kind: type[facts.Fact]) -> bool:
    """Tell whether a question can rest on it: the first event is alone, a clock tells no fact,
    and an erasure takes keys, not facts.
    """
    return not BY_FACT[kind].of_log


def _types(kind: type[facts.Fact], key: str | None) -> tuple[str, ...]:
    name = BY_FACT[kind].name
    return (name,) if key is None else (name, _RETRACTED)


def _tag(kind: type[facts.Fact], key: str | None) -> str:
    return "" if key is None else BY_FACT[kind].tag_of(key)
