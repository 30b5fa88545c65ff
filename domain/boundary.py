"""What would move an answer: the events that its decision would have read, had they been there.

The boundary of an answer is derived from what its decision asked for, step by step, so the check
and the decision cannot drift apart: open facts by kind and by what they are about, and data
classes of persons and households by their tokens. Receipts are in no boundary, so an answer
recorded about a household makes no other answer stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from domain import facts
from domain.data_classes import DataClass
from domain.events import BY_FACT, BY_NAME, EVENT_TYPES

_RETRACTED = BY_FACT[facts.Retracted].name


class BoundaryItem(NamedTuple):
    """Events of one of these types with this tag; a tag of "" stands for any."""

    types: tuple[str, ...]
    tag: str


class _Open(NamedTuple):
    """What moves a kind of open fact."""

    alone: tuple[str, ...]
    keyed: tuple[str, ...]
    word: str | None
    """What stands before the key in its tag; None: `tag_of` says the tag."""
    tag_of: Callable[[str], str]


# A question can't rest on what is of the log: the first event is alone, a clock tells no fact, and
# an erasure takes keys, not facts.
_OPEN = {
    each.fact: _Open((each.name,), (each.name, _RETRACTED), each.word, each.tag_of)
    for each in EVENT_TYPES
    if not each.of_log
}


READ_BY_NO_QUESTION = frozenset(
    each.name for each in EVENT_TYPES if each.data_class is None and (each.no_rule or each.of_log)
)
"""Open events that move no answer: no rule names them."""


def areas_moved(
    event_type: str, tags: Iterable[str], areas_of: Callable[[str], Iterable[str | None]]
) -> frozenset[str | None] | None:
    """Return the areas whose answers an open event may move; None: it may move any answer.

    What an area is may rest on what others were, and answers about a dwelling ask what the other
    areas of its department are; so a fact that a status can rest on may move any. `areas_of` gives
    the areas that a dwelling was recorded in; None among them: outside every area.
    """
    if event_type in READ_BY_NO_QUESTION:
        return frozenset()
    found: set[str | None] = set()
    for tag in tags:
        word, _, key = tag.partition(":")
        if word == "area" and BY_NAME[event_type].no_status:
            found.add(key)
        elif word == "dwelling":
            found.update(areas_of(key))
        else:
            return None
    return frozenset(found)


def of_open(asked: Iterable[tuple[type[facts.Fact], str | None]]) -> list[BoundaryItem]:
    """Return what would move the open facts asked for: another of its kind, or a retraction.

    A fact that is asked for by kind alone is moved by any of its kind, but a retraction shows
    itself by tag only, so each key asked for is named too.
    """
    found = set()
    for kind, key in asked:
        kept = _OPEN.get(kind)
        if kept is None:
            continue
        alone, keyed, word, tag_of = kept
        if key is None:
            found.add(BoundaryItem(alone, ""))
        else:
            found.add(BoundaryItem(keyed, tag_of(key) if word is None else word + key))
    return sorted(found)


def of_sealed(data_class: DataClass, tags: Iterable[str]) -> list[BoundaryItem]:
    """Return what would move one class of facts: anything of the class under these tags."""
    types = tuple(t.name for t in EVENT_TYPES if t.data_class is data_class and not t.no_rule)
    return [BoundaryItem((*types, _RETRACTED), tag) for tag in tags]
