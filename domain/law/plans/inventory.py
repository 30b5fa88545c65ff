"""What dwellings an area has on a day: the last count, and every event since.

A count holds all that happened up to its day; events of later days change it. Demolitions are
looked at apart from the count, for they go on being counted (`counting.py`). Events are recorded by
whoever does them, so what is not recorded has not been done; new private building that nobody
recorded could only lower the share of family dwellings.

An area is counted under its own id: what is split off or merged needs a count of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.events import Recorded
from domain.facts import (
    AreaDwellingsCounted,
    CommercialAreaMeasured,
    DwellingKind,
    DwellingsBuilt,
    DwellingsDemolished,
    DwellingsMerged,
    DwellingsRelabelled,
    DwellingsSold,
)
from domain.law.standing import newest
from domain.reference import View

_DAYS: dict[type[Any], str] = {
    DwellingsBuilt: "built_on",
    DwellingsDemolished: "demolished_on",
    DwellingsSold: "taken_over_on",
    DwellingsRelabelled: "relabelled_on",
    DwellingsMerged: "merged_on",
}

EVENTS: tuple[type[Any], ...] = tuple(_DAYS)
"""What happens to a dwelling or a block."""

Event = DwellingsBuilt | DwellingsDemolished | DwellingsSold | DwellingsRelabelled | DwellingsMerged


def day_of(event: Event) -> date:
    """Return the day of what happened."""
    day: date = getattr(event, _DAYS[type(event)])
    return day


def changes(event: Event) -> dict[DwellingKind, int]:
    """Return how many dwellings of each kind there are more, or fewer, afterwards."""
    match event:
        case DwellingsBuilt():
            return {event.kind: event.dwellings}
        case DwellingsDemolished():
            return {event.kind: -event.dwellings}
        case DwellingsSold():
            return {event.kind: -event.dwellings, DwellingKind.PRIVATE: event.dwellings}
        case DwellingsRelabelled():
            return {event.kind: -event.dwellings, event.to_kind: event.dwellings}
        case DwellingsMerged():
            return {event.kind: event.merged_into - event.dwellings}


class Demolition(NamedTuple):
    """Dwellings that were pulled down, and how many of them have been replaced on the day."""

    item: Recorded[DwellingsDemolished]
    by_family: int
    """Replaced by social family dwellings."""
    by_any: int
    """Replaced by dwellings of whatever kind."""


class Inventory(NamedTuple):
    """What an area has on a day, and on what that rests."""

    counted: Recorded[AreaDwellingsCounted]
    dwellings: dict[DwellingKind, int]
    commercial_m2: int | None
    demolitions: tuple[Demolition, ...]
    perhaps_replacing: tuple[Recorded[DwellingsBuilt], ...]
    """Built beside a demolition, before or after it, and it is not known whether in its place."""
    evidence: tuple[Recorded[Any], ...]

    @property
    def family(self) -> int:
        """How many social family dwellings there are."""
        return self.dwellings[DwellingKind.FAMILY]

    @property
    def all_dwellings(self) -> int:
        """How many dwellings there are, of every kind."""
        return sum(self.dwellings.values())


def events(view: View, area: str, upto: date) -> list[Recorded[Any]]:
    """Return what happened to the dwellings of an area up to a day, in order."""
    found = [item for kind in EVENTS for item in view.find(kind, area)]
    found = [item for item in found if day_of(item.fact) <= upto]
    return sorted(found, key=lambda item: (day_of(item.fact), item.position))


def counted_on(view: View, area: str, day: date) -> Recorded[AreaDwellingsCounted] | None:
    """Return the last count of an area up to a day."""
    return newest(view.find(AreaDwellingsCounted, area), day, "counted_on")


def inventory(view: View, area: str, day: date) -> Inventory | None:
    """Return what an area has on a day; None: it was not counted by then."""
    counted = counted_on(view, area, day)
    if counted is None:
        return None
    count = counted.fact
    dwellings = _by_kind(count)
    happened = events(view, area, day)
    for item in happened:
        if day_of(item.fact) > count.counted_on:
            dwellings.update(changes(item.fact))
    measured = [
        item
        for item in view.find(CommercialAreaMeasured, area)
        if count.commercial_m2 is None or item.fact.measured_on > count.counted_on
    ]
    last = newest(measured, day, "measured_on")
    demolitions, perhaps = _demolitions(happened)
    return Inventory(
        counted,
        dict(dwellings),
        count.commercial_m2 if last is None else last.fact.square_metres,
        demolitions,
        perhaps,
        (counted, *happened, *(() if last is None else (last,))),
    )


def _by_kind(count: AreaDwellingsCounted) -> Counter[DwellingKind]:
    return Counter(
        {
            DwellingKind.FAMILY: count.family,
            DwellingKind.YOUTH: count.youth,
            DwellingKind.ELDERLY: count.elderly,
            DwellingKind.PRIVATE: count.private,
        }
    )


def _demolitions(
    happened: Sequence[Recorded[Any]],
) -> tuple[tuple[Demolition, ...], tuple[Recorded[DwellingsBuilt], ...]]:
    built = [item for item in happened if isinstance(item.fact, DwellingsBuilt)]
    down = [item for item in happened if isinstance(item.fact, DwellingsDemolished)]
    replacing = [item.fact for item in built if item.fact.replacement]
    gone = [item.fact for item in down]
    by_family = _replaced(gone, [new for new in replacing if new.kind is DwellingKind.FAMILY])
    by_any = _replaced(gone, replacing)
    perhaps = (
        item
        for item in built
        if item.fact.replacement is None and any(_may_replace(item.fact, each) for each in gone)
    )
    return tuple(map(Demolition, down, by_family, by_any)), tuple(perhaps)


def _replaced(
    gone: Sequence[DwellingsDemolished], replacing: Iterable[DwellingsBuilt]
) -> list[int]:
    """Return how many dwellings of each demolition are replaced, each new one for one of them.

    A unit may be pulled down more than once. What is built stands for what went last before it,
    then for what went earlier, and then for what it made room for.
    """
    left = [each.dwellings for each in gone]
    for new in replacing:
        of_unit = [
            n
            for n, each in enumerate(gone)
            if each.unit == new.replaces and _may_replace(new, each)
        ]
        before = [n for n in of_unit if gone[n].demolished_on <= new.built_on]
        after = [n for n in of_unit if n not in before]
        many = new.dwellings
        for n in (*reversed(before), *after):
            taken = min(many, left[n])
            left[n] -= taken
            many -= taken
    return [each.dwellings - rest for each, rest in zip(gone, left, strict=True)]


def _may_replace(new: DwellingsBuilt, gone: DwellingsDemolished) -> bool:
    """Say whether what is built may stand for what is pulled down, before or after, not itself."""
    return new.unit != gone.unit or gone.demolished_on <= new.built_on


# --- What cannot be ---------------------------------------------------------------------------


def out_of_order(happened: Iterable[Event]) -> tuple[Event, str, str] | None:
    """Return the first event of one unit that cannot follow those before it: which field, and why.

    After a demolition a unit can only be built again, what is sold is no social dwelling any more,
    and each event is of the kind of dwellings that the one before has left.
    """
    down: date | None = None
    left: DwellingKind | None = None
    for event in sorted(happened, key=_in_order):
        if isinstance(event, DwellingsBuilt):
            down, left = None, event.kind
            continue
        if down is not None:
            return event, _DAYS[type(event)], f"lies after the unit was pulled down, on {down}"
        if left is DwellingKind.PRIVATE and isinstance(event, DwellingsSold | DwellingsRelabelled):
            return event, "unit", "has been sold before: it is no social dwelling any more"
        if left not in (None, event.kind):
            return event, "kind", f"is not what the unit is by then: {left}"
        left = event.kind
        match event:
            case DwellingsDemolished():
                down = event.demolished_on
            case DwellingsSold():
                left = DwellingKind.PRIVATE
            case DwellingsRelabelled():
                left = event.to_kind
    return None


def _in_order(event: Event) -> tuple[date, int]:
    # On the day of a demolition all else comes before it, but what is built again.
    built, demolished = isinstance(event, DwellingsBuilt), isinstance(event, DwellingsDemolished)
    return day_of(event), 2 * built + demolished


def more_than_there_are(
    counts: Iterable[AreaDwellingsCounted], happened: Iterable[Event]
) -> tuple[Event, DwellingKind] | None:
    """Return the first event by which more dwellings of a kind go than an area has."""
    counted = sorted(counts, key=lambda count: count.counted_on)
    in_order = sorted(happened, key=_in_order)
    for number, count in enumerate(counted):
        until = counted[number + 1].counted_on if number + 1 < len(counted) else date.max
        left = _by_kind(count)
        for event in in_order:
            if count.counted_on < day_of(event) <= until:
                left.update(changes(event))
                short = next((kind for kind, many in left.items() if many < 0), None)
                if short is not None:
                    return event, short
    return None
