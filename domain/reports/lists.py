"""The published lists, one by one: which areas are on each, and how that moved since the last.

A list is compared with the one that was due before it. An area that is not named by a list that
is held incompletely is neither off it nor on it: that it left is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from domain.events import Recorded
from domain.facts import AreaListed, AreaListPublished, AreaRegistered, ListKind
from domain.law.area import lists
from domain.law.kernel import Status
from domain.reference import View


class Movement(StrEnum):
    """How an area stands to a list, measured by the list before it."""

    ENTERED = "entered"
    """It is on the list, and was not on the one before."""
    STAYED = "stayed"
    """It is on both; also where what it came out of was on the one before."""
    ON = "on"
    """It is on the list; whether it was on the one before is not known."""
    LEFT = "left"
    """It was on the list before, and is not on this one."""
    CHANGED = "changed"
    """It was on the list before, and has since been split, or merged into another."""
    MAY_HAVE_LEFT = "may_have_left"
    """It was on the list before; whether it is on this one is not known."""


ON_THE_LIST = frozenset({Movement.ENTERED, Movement.STAYED, Movement.ON})


class Seen(NamedTuple):
    """What one list says of one area, what it was called then, and the facts that say so."""

    status: Status
    evidence: tuple[Recorded[Any], ...]
    gone: bool
    """The area was no more when the list was made: split, or merged into another."""
    name: str = ""
    municipality: str = ""


class ListedArea(msgspec.Struct, frozen=True, kw_only=True):
    """An area that is on a list, or was on the one before."""

    area: str
    name: str
    municipality: str
    movement: Movement
    evidence: tuple[Recorded[Any], ...]


class AreaList(msgspec.Struct, frozen=True, kw_only=True):
    """One list: what was published, and what is known here of who is on it.

    `published` None: that it was published is not recorded here. `not_known`: how many of the
    areas registered here, in the municipalities looked at, may be on it.
    """

    kind: ListKind
    day: date
    published: Recorded[AreaListPublished] | None
    areas: tuple[ListedArea, ...]
    not_known: int

    def count(self, *movements: Movement) -> int:
        """Return how many areas stand so to the list."""
        return sum(each.movement in movements for each in self.areas)

    @property
    def on(self) -> int:
        """How many areas are known to be on the list."""
        return self.count(*ON_THE_LIST)

    @property
    def complete(self) -> bool:
        """Tell whether every area that the list names is held here."""
        return self.published is not None and self.published.fact.complete_nationwide


def held_upto(view: View) -> date | None:
    """Return the last day that any list held here is of; None: no list is held."""
    days = [item.fact.list_day for area in view.keys(AreaListed) for item in _rows(view, area)]
    days += [
        item.fact.list_day
        for key in view.keys(AreaListPublished)
        for item in view.find(AreaListPublished, key)
    ]
    return max(days, default=None)


def _rows(view: View, area: str) -> list[Recorded[AreaListed]]:
    return view.find(AreaListed, area)


def days(kind: ListKind, first_day: date, upto: date) -> Iterator[date]:
    """Yield the days of the lists of a kind from the first day covered through another."""
    return (day for day in lists.list_days(kind, upto) if day >= first_day)


def next_day(kind: ListKind, list_day: date) -> date:
    """Return the day of the list that is due after the one of `list_day`."""
    for due in lists.GHETTO_LIST_DAYS if kind is ListKind.PARALLEL_SOCIETY else ():
        if due > list_day:
            return due
    return lists.list_day_due(kind, list_day + timedelta(days=366))


def seen_on(view: View, area: str, kind: ListKind, list_day: date) -> Seen | None:
    """Return what a list says of an area; None for one that is not registered."""
    registered = view.area(area)
    if registered is None:
        return None
    found = lists.on_list(view, area, kind, list_day)
    before = lists.existed(view, area).before
    gone = before is not None and list_day >= before
    name = view.area_name(area, list_day)
    return Seen(found.status, found.evidence, gone, name, registered.fact.municipality)


def area_list(
    kind: ListKind,
    list_day: date,
    published: Recorded[AreaListPublished] | None,
    now: Mapping[str, Seen],
    before: Mapping[str, Seen],
) -> AreaList:
    """Put a list together of what it and the one before it say of each area."""
    areas = []
    not_known = 0
    for area in sorted(now):
        seen, was = now[area], before.get(area, _UNSEEN)
        movement = _movement(seen, was)
        if movement is None:
            not_known += seen.status is Status.UNKNOWN and not seen.gone
            continue
        areas.append(
            ListedArea(
                area=area,
                name=seen.name,
                municipality=seen.municipality,
                movement=movement,
                evidence=(*seen.evidence, *was.evidence),
            )
        )
    return AreaList(
        kind=kind,
        day=list_day,
        published=published,
        areas=tuple(areas),
        not_known=not_known,
    )


_UNSEEN = Seen(Status.UNKNOWN, (), False)


def _movement(now: Seen, before: Seen) -> Movement | None:
    """Say how an area stands to a list; None where nothing says that it is, or was, on it."""
    if now.status is Status.MET and not now.gone:
        match before.status:
            case Status.MET:
                return Movement.STAYED
            case Status.NOT_MET:
                return Movement.ENTERED
            case _:
                return Movement.ON
    if before.status is Status.MET and not before.gone:
        if now.gone:
            return Movement.CHANGED
        return Movement.LEFT if now.status is Status.NOT_MET else Movement.MAY_HAVE_LEFT
    return None


def of_day(view: View, kind: ListKind, list_day: date, municipality: str = "") -> AreaList:
    """Return the list of a kind and day as known at the view's position."""
    now, before = (
        {
            area: seen
            for area in view.keys(AreaRegistered)
            if (seen := seen_on(view, area, kind, day)) is not None
            and municipality in ("", seen.municipality)
        }
        for day in (list_day, lists.list_before(kind, list_day))
    )
    return area_list(kind, list_day, view.published(kind, list_day), now, before)


def evidence_of(found: AreaList) -> Iterable[Recorded[Any]]:
    """Return every fact that a list rests on."""
    if found.published is not None:
        yield found.published
    for each in found.areas:
        yield from each.evidence
