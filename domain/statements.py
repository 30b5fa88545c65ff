"""What one fact of a kind is a statement about, so that two of them can be seen to contradict.

Two facts of one kind contradict when they are about the same thing, for the same day, and do not
say the same of it. Of a person's or a household's facts the person or household is part of what
they are about. Which of two contradicting facts is right is for a person to say: one corrects the
other, or is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from domain import facts
from domain.calendar import covers
from domain.events import EVENT_TYPES
from domain.facts.declared import About

_BESIDE = frozenset({"corrects", "source", "reasons", "reason", "reference"})
"""Where a statement is from, and why it was made: two may say that each in its own way."""


STATED: dict[type[facts.Fact], tuple[About, ...]] = {
    t.fact: t.about for t in EVENT_TYPES if t.about
}
"""What each kind of fact is a statement about; the others say in their declaration why not."""


def contradiction(one: facts.Fact, other: facts.Fact) -> str | None:
    """Return the field in which two facts of one kind contradict each other; None: they do not.

    They must be about the same person or household, where they are about one. What could not be
    read (None where a fact must say something) contradicts nothing.
    """
    for about in STATED.get(type(one), ()):
        if _same(about, one, other) and _days_meet(about, one, other):
            differing = next(_differing(about, one, other), None)
            if differing is not None:
                return differing
    return None


def _same(about: About, one: Any, other: Any) -> bool:
    for name in about.what:
        value = getattr(one, name)
        if value is None or value != getattr(other, name):
            return False
    if not about.each:
        return True
    return not set(getattr(one, about.each)).isdisjoint(getattr(other, about.each))


def _days_meet(about: About, one: Any, other: Any) -> bool:
    if about.days is None:
        return True
    (first, last), (other_first, other_last) = (
        tuple(getattr(fact, name) for name in about.days) for fact in (one, other)
    )
    if not isinstance(first, date) or not isinstance(other_first, date):
        return False
    return covers(first, last, other_first) or covers(other_first, other_last, first)


def _differing(about: About, one: Any, other: Any) -> Iterator[str]:
    if about.apart is not None:
        low, high = about.apart
        if getattr(one, high) < getattr(other, low) or getattr(other, high) < getattr(one, low):
            yield high
        return
    for name in about.says or _others(about, one):
        said, before = getattr(one, name), getattr(other, name)
        if isinstance(said, msgspec.Struct) and isinstance(before, msgspec.Struct):
            yield from (f"{name}.{field}" for field in _figures_apart(said, before))
        elif said != before:
            yield name


def _others(about: About, one: Any) -> Iterable[str]:
    named = {*about.what, *(about.days or ()), about.each, *_BESIDE}
    return (name for name in one.__struct_fields__ if name not in named)


def _figures_apart(one: msgspec.Struct, other: msgspec.Struct) -> Iterator[str]:
    """Return the figures that both state and state differently."""
    for name in one.__struct_fields__:
        said, before = getattr(one, name), getattr(other, name)
        if isinstance(said, tuple):
            if _measured_apart(said, before):
                yield name
        elif name != "rounded" and None not in (said, before) and _number(said) != _number(before):
            yield name


def _measured_apart(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Tell whether both say of one figure and year, each in its own way, how it was measured."""
    before = {(each.figure, each.first_year): each for each in other}
    return any(before.get((each.figure, each.first_year), each) != each for each in one)


def _number(figure: int | str) -> Decimal | int | str:
    """Return what a figure amounts to: 41.5 and 41.50 are one; as it is where it is no number."""
    try:
        return Decimal(figure)
    except InvalidOperation:
        return figure
