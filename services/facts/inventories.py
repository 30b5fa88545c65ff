"""What must hold of the events of an area's dwellings, each beside those that stand.

What happens to a dwelling or block comes in an order that can be, no more dwellings of a kind go
than the area has, and what replaces a unit names one that was pulled down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain.facts import AreaDwellingsCounted, DwellingsBuilt, DwellingsDemolished, Fact
from domain.law.plans.inventory import EVENTS, day_of, more_than_there_are, out_of_order
from domain.reference import View
from services.facts.validating import all_read

KINDS: tuple[type[Any], ...] = (AreaDwellingsCounted, *EVENTS)
"""The facts that are held against each other, area by area."""


class Wrong(NamedTuple):
    """Which of the new facts is wrong, in which field, and what is wrong with it."""

    number: int
    field: str
    what: str


def wrong_of(view: View, new: Sequence[Fact], corrects: UUID | None = None) -> Iterator[Wrong]:
    """Name what cannot be of new facts about the dwellings of areas, beside what stands.

    `corrects`: a fact that will not stand any more.
    """
    by_area: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
    for number, fact in enumerate(new):
        if isinstance(fact, KINDS) and all_read(fact):
            by_area[fact.area].append((number, fact))
    for area, added in by_area.items():
        standing = [
            item.fact
            for kind in KINDS
            for item in view.find(kind, area)
            if item.event_id != corrects
        ]
        yield from _of_area(standing, added)


def _of_area(standing: list[Any], added: list[tuple[int, Any]]) -> Iterator[Wrong]:
    everything = [*standing, *(fact for _, fact in added)]
    events = [fact for fact in everything if isinstance(fact, EVENTS)]
    down = {event.unit for event in events if isinstance(event, DwellingsDemolished)}
    by_unit: defaultdict[str, list[Any]] = defaultdict(list)
    for event in events:
        by_unit[event.unit].append(event)
    told: set[str] = set()
    for number, fact in added:
        if isinstance(fact, DwellingsBuilt) and fact.replaces and fact.replaces not in down:
            yield Wrong(number, "replaces", "names no unit of the area that was pulled down")
        if isinstance(fact, AreaDwellingsCounted) or fact.unit in told:
            continue
        found = out_of_order(by_unit[fact.unit])
        if found is None:
            continue
        told.add(fact.unit)
        event, field, what = found
        own = next((each for each, one in added if one is event), None)
        if own is not None:
            yield Wrong(own, field, what)
        else:
            said = f"does not go with what is recorded of the unit on {day_of(event)}: that {what}"
            yield Wrong(number, "unit", said)
    if told:
        return
    counts = [fact for fact in everything if isinstance(fact, AreaDwellingsCounted)]
    short = more_than_there_are(counts, events)
    before = more_than_there_are(
        [fact for fact in standing if isinstance(fact, AreaDwellingsCounted)],
        [fact for fact in standing if isinstance(fact, EVENTS)],
    )
    if short is not None and before is None:
        event, kind = short
        what = f"more dwellings ({kind}) would go by {day_of(event)} than the area has"
        number, fact = next((each for each in added if each[1] is event), added[-1])
        yield Wrong(number, "dwellings" if isinstance(fact, EVENTS) else "area", what)
