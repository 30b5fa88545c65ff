"""Made-up housing areas, their figures from year to year, and what the lists say of them.

The figures of an area lie together: where many are without work, incomes are low. They drift from
year to year. Which list an area is on follows from its figures by the tests of the law itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import msgspec

from domain import facts
from domain.facts import Figures, Listing, ListKind
from domain.law.area.lists import FIRST_LIST
from domain.law.kernel import Status
from services.facts.plausibility import tested
from services.generator.chance import Chance
from services.generator.told import Told

SOURCE = "made up by husret generate"

_FIRST = (
    "Bimle Dravle Fnugge Glimse Hyppe Jolte Kvimse Lunse Mimre Nulre Ople Pjuske Rimpe Snurle "
    "Trille Vimse Ymte Ærte Ølle Bjalde Drømle Flimre Gungre Hvirre Kludre Myldre Pludre Rasle"
)
_SECOND = "parken vænget gården højen lunden krogen bakken toften engen stykket"
"""Of these two a name is put together; no area is known by one."""
_SLUG = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})

_COUNTRY = 0.67
"""The made-up share of the whole country's residents that is convicted; it falls a little."""
_OLD_TEST_UNTIL = 2017
_LISTS_IN_A_ROW = 5
"""§ 61 a, stk. 4: of parallel societies, before a transformation area; the lists here are those of
1 December, on which it was five from the first one on."""
_TRIES = 50
_NO_FIGURES = Figures()


@dataclass
class Place:
    """A made-up area: how it fares (0 as most, 1 and more badly), and what it was listed as."""

    id: str
    name: str
    municipality: str
    fares: float
    origin: float
    residents: int
    parallel: int = 0
    """On how many lists of parallel societies it has stood in a row."""
    plan: bool = False
    listed: set[ListKind] = field(default_factory=set)


class Year(NamedTuple):
    """The lists of one year: what was published, and each area's row."""

    published: list[Told]
    rows: list[Told]


def names(chance: Chance, municipality: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield ids and names of areas of a municipality, none twice."""
    every = [first + second for first in _FIRST.split() for second in _SECOND.split()]
    for number, name in enumerate(chance.sample(every, min(count, len(every)))):
        yield f"{municipality}-{name.lower().translate(_SLUG)}", name
        if number + 1 == count:
            return


def places(chance: Chance, municipality: str, count: int) -> list[Place]:
    """Make up areas of a municipality; in some municipalities they fare worse than in others."""
    here = chance.gauss(0.0, 0.4)
    return [
        Place(
            id,
            name,
            municipality,
            fares=here + chance.gauss(0.0, 0.95),
            origin=chance.gauss(0.0, 0.7),
            residents=min(12_000, chance.span(1_350, 0.5, least=420)),
        )
        for id, name in names(chance, municipality, count)
    ]


def registered(chance: Chance, listed: Iterable[Place]) -> list[Told]:
    """Return the registration of each area."""
    return [
        Told(
            chance.id(),
            facts.AreaRegistered(area=each.id, name=each.name, municipality=each.municipality),
        )
        for each in listed
    ]


def drift(chance: Chance, place: Place) -> None:
    """Let a year pass over an area; one under a plan fares a little better each year."""
    place.fares = 0.96 * place.fares + chance.gauss(-0.12 if place.plan else 0.0, 0.12)
    place.residents = max(
        300, int(place.residents * chance.gauss(0.985 if place.plan else 1, 0.01))
    )


def figures(chance: Chance, place: Place, year: int) -> Figures:
    """Make up what is published of an area in a year."""
    fares = place.fares

    def share(middle: float, slope: float, noise: float, least: float, most: float) -> str:
        value = middle + slope * fares + chance.gauss(0.0, noise)
        return f"{min(most, max(least, value)):.1f}"

    convicted = min(6.0, max(0.3, 1.05 + 0.5 * fares) * chance.gauss(1.0, 0.06))
    unattached = min(70.0, max(6.0, 27.0 + 8.0 * fares + chance.gauss(0.0, 1.2)))
    origin = 27.0 + 13.0 * fares + 12.0 * place.origin + chance.gauss(0.0, 0.5)
    origin = min(90.0, max(3.0, origin))
    old = year <= _OLD_TEST_UNTIL
    return Figures(
        residents=place.residents,
        residents_2010=max(300, place.residents + chance.between(-60, 90)),
        unattached_share=f"{unattached:.1f}",
        convicted_share=None if old else f"{convicted:.2f}",
        convicted_share_country=None if old else f"{_COUNTRY - 0.01 * (year - 2019):.2f}",
        convicted_share_adults=f"{convicted * 1.24:.2f}" if old else None,
        basic_schooling_share=share(51.0, 9.0, 1.5, 10.0, 92.0),
        income_ratio=share(69.0, -9.0, 1.5, 25.0, 140.0),
        nonwestern_share=f"{origin:.1f}",
        outside_labour_market_share=f"{min(80.0, unattached + 7.0):.1f}",
    )


def lists_of(
    chance: Chance,
    listed: Iterable[Place],
    day: date,
    complete_for: tuple[str, ...] = (),
) -> Year:
    """Publish the lists of a day (1 December), nationwide unless some municipalities are named."""
    kinds = [kind for kind in ListKind if FIRST_LIST[kind] <= day]
    rows = [_row(chance, place, day, kinds) for place in listed]
    published = [
        Told(
            chance.id(),
            facts.AreaListPublished(
                kind=kind,
                list_day=day,
                published_total=None
                if complete_for
                else sum(getattr(row, kind.value) is Listing.ON for row in rows),
                complete_nationwide=not complete_for,
                complete_for=complete_for,
                source=SOURCE,
            ),
        )
        for kind in kinds
    ]
    return Year(published, [Told(chance.id(), row) for row in rows])


def _row(chance: Chance, place: Place, day: date, kinds: list[ListKind]) -> facts.AreaListed:
    row = _of_lists(place.id, day, dict.fromkeys(kinds, Listing.OFF))
    for _ in range(_TRIES):
        row = msgspec.structs.replace(row, figures=figures(chance, place, day.year))
        on = _by_figures(row, kinds)
        if on is not None:
            break
    else:
        raise AssertionError("no figures were drawn that decide what the area is")
    place.parallel = place.parallel + 1 if ListKind.PARALLEL_SOCIETY in on else 0
    if ListKind.TRANSFORMATION in kinds and place.parallel >= _LISTS_IN_A_ROW:
        on.add(ListKind.TRANSFORMATION)
    place.listed = on
    return _of_lists(
        place.id,
        day,
        {kind: Listing.ON if kind in on else Listing.OFF for kind in kinds},
        row.figures,
    )


def _of_lists(
    area: str, day: date, said: dict[ListKind, Listing], found: Figures = _NO_FIGURES
) -> facts.AreaListed:
    none = Listing.NO_SUCH_LIST
    return facts.AreaListed(
        area=area,
        list_day=day,
        vulnerable=said.get(ListKind.VULNERABLE, none),
        parallel_society=said.get(ListKind.PARALLEL_SOCIETY, none),
        transformation=said.get(ListKind.TRANSFORMATION, none),
        prevention=said.get(ListKind.PREVENTION, none),
        combined_letting=said.get(ListKind.COMBINED_LETTING, none),
        figures=found,
        source=SOURCE,
        confidence="made_up",
    )


def _by_figures(row: facts.AreaListed, kinds: list[ListKind]) -> set[ListKind] | None:
    """Return the lists that figures put an area on; None: they leave it open."""
    on: set[ListKind] = set()
    for kind in kinds:
        if kind is ListKind.TRANSFORMATION:
            continue
        statuses, _ = tested(row.figures, row, kind, on=True)
        if statuses == {Status.MET}:
            on.add(kind)
        elif statuses != {Status.NOT_MET}:
            return None
    if ListKind.VULNERABLE in on:
        # The list of prevention areas names none that is vulnerable.
        on.discard(ListKind.PREVENTION)
    return on
