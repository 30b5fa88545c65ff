"""The set *country*: every municipality's areas, figures, lists and dwellings over seven years.

No person and no household. The municipalities' codes are those there are; the areas, their figures
and the dwellings are made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec

from domain import facts
from domain.facts import DwellingKind, DwellingMark, ListKind, PlanKind
from services.facts.municipalities import MADE_UP_MUNICIPALITY, municipalities
from services.generator import areas
from services.generator.areas import SOURCE, Place
from services.generator.chance import Chance, Odds, ordinal, working_day
from services.generator.told import Erased, Told

DWELLINGS = 600_000
AREAS = 420
"""How many there are at the scale 1; each municipality has one area at least."""

FIRST_YEAR, LAST_YEAR = 2019, 2025
BUILT = date(1975, 1, 1)
"""Since when the dwellings are taken to be what they are."""

_INSIDE = 0.55
"""Share of the dwellings that lie in an area."""
_CHANGED, _NEW = 0.006, 0.004
"""Shares of the dwellings that are put to another use, or are new, in a year."""
_CORRECTED = 0.02
"""Share of the figures of a year that are put right later."""
_DAYS_TAKEN_OVER = 20

KINDS = Odds({DwellingKind.FAMILY: 78.0, DwellingKind.YOUTH: 9.0, DwellingKind.ELDERLY: 13.0})
_MARKS = Odds({DwellingMark.STARTBOLIG: 1.0, DwellingMark.REDESIGNATED: 9.0})
_Tell = Callable[[date, Told], None]
ROOMS = Odds({1: 9.0, 2: 34.0, 3: 36.0, 4: 17.0, 5: 4.0})


class Country:
    """A country that follows from a seed, as somebody who watches all of it comes to know it."""

    first_day = date(FIRST_YEAR, 1, 2)
    last_day = date(LAST_YEAR, 12, 31)

    def __init__(self, seed: int, scale: float) -> None:
        self._chance = Chance(f"country {seed}")
        codes = [code for code in municipalities() if code != MADE_UP_MUNICIPALITY]
        self.dwellings = max(len(codes), round(DWELLINGS * scale))
        sizes = [self._chance.lognormvariate(0.0, 0.7) for _ in codes]
        self._sizes = dict(zip(codes, sizes, strict=True))
        wanted = max(len(codes), round(AREAS * scale))
        whole = sum(sizes)
        self.places: list[Place] = [
            place
            for code, size in self._sizes.items()
            for place in areas.places(self._chance, code, max(1, round(wanted * size / whole)))
        ]
        for place in self.places:
            # Lists before the first year count for what an area is by then.
            place.parallel = self._chance.between(0, 5)
        self._number = 0
        self._changing: list[tuple[Told, date]] = []
        self._plans: dict[int, list[Place]] = {}

    def days(self) -> Iterator[tuple[date, list[Told | Erased]]]:
        """Yield what comes to be known, day by day."""
        yield from self._taken_over()
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            yield from self._year(year)

    def _taken_over(self) -> Iterator[tuple[date, list[Told | Erased]]]:
        yield self.first_day, [*areas.registered(self._chance, self.places)]
        weights = Odds({place.id: float(place.residents) for place in self.places})
        codes = Odds(self._sizes)
        day = self.first_day.toordinal()
        for number in range(_DAYS_TAKEN_OVER):
            day = working_day(day + 1)
            upto = self.dwellings * (number + 1) // _DAYS_TAKEN_OVER
            told: list[Told | Erased] = [
                self._dwelling(weights, codes, BUILT) for _ in range(self._number, upto)
            ]
            if told:
                yield date.fromordinal(day), told
        self._weights, self._codes = weights, codes

    def _dwelling(self, weights: Odds[str], codes: Odds[str], first_day: date) -> Told:
        chance = self._chance
        area = weights.drawn(chance) if chance.whether(_INSIDE) else None
        municipality = codes.drawn(chance) if area is None else area[:4]
        self._number += 1
        told = Told(
            chance.id(),
            facts.DwellingRecorded(
                dwelling=f"made-up-{self._number:06d}",
                municipality=municipality,
                kind=KINDS.drawn(chance),
                area=area,
                first_day=first_day,
                organisation=f"X{municipality}-{chance.between(1, 6)}",
                department=f"{chance.between(1, 30):03d}",
                rooms=ROOMS.drawn(chance),
            ),
        )
        if chance.whether(_CHANGED * (LAST_YEAR - FIRST_YEAR + 1)):
            changes = chance.between(ordinal(FIRST_YEAR, 3), ordinal(LAST_YEAR, 12))
            self._changing.append((told, date.fromordinal(working_day(changes))))
        return told

    def _year(self, year: int) -> Iterator[tuple[date, list[Told | Erased]]]:
        chance = self._chance
        found: dict[date, list[Told | Erased]] = {}
        # In the first year the dwellings are taken over first.
        begins, ends = ordinal(year, 2 if year == FIRST_YEAR else 1), ordinal(year, 12, 31)

        def tell(day: date, told: Told) -> None:
            known = working_day(max(begins, day.toordinal()))
            found.setdefault(date.fromordinal(min(known, ends)), []).append(told)

        for told, day in self._changing:
            if day.year == year:
                for each in self._put_to_other_use(told, day):
                    tell(day, each)
        for _ in range(round(self.dwellings * _NEW)):
            built = date.fromordinal(chance.between(ordinal(year, 2), ordinal(year, 12, 20)))
            tell(built, self._dwelling(self._weights, self._codes, built))
        for place in self.places:
            areas.drift(chance, place)
            reference = date(year, 1, 1)
            of_year = facts.AreaFigures(
                area=place.id,
                reference_day=reference,
                figures=areas.figures(chance, place, year),
                source=SOURCE,
            )
            first = Told(chance.id(), of_year)
            known = ordinal(year, 5) + chance.between(0, 40)
            tell(date.fromordinal(known), first)
            if chance.whether(_CORRECTED):
                better = facts.AreaFigures(
                    area=place.id,
                    reference_day=reference,
                    figures=areas.figures(chance, place, year),
                    source=SOURCE,
                    corrects=first.id,
                )
                later = known + chance.between(14, 120)
                tell(date.fromordinal(later), Told(chance.id(), better))
        self._counted(year, tell)
        for place in self._plans.pop(year, []):
            approved = date.fromordinal(chance.between(ordinal(year, 3), ordinal(year, 5, 31)))
            plan = facts.PlanApproved(area=place.id, kind=PlanKind.JOINT, approved_on=approved)
            tell(approved, Told(chance.id(), plan))
            place.plan = True
        lists = areas.lists_of(chance, self.places, date(year, 12, 1))
        for each in (*lists.published, *lists.rows):
            tell(date(year, 12, 1), each)
        for place in self.places:
            if ListKind.TRANSFORMATION in place.listed and not place.plan:
                self._plans.setdefault(year + 1, []).append(place)
        yield from sorted(found.items())

    def _put_to_other_use(self, told: Told, day: date) -> Iterator[Told]:
        """A dwelling is what it was until the day before, and something else from the day on."""
        was = told.fact
        assert isinstance(was, facts.DwellingRecorded)  # what changes is a dwelling
        until = date.fromordinal(day.toordinal() - 1)
        youth = was.kind is DwellingKind.FAMILY
        now = DwellingKind.YOUTH if youth else DwellingKind.FAMILY
        mark = _MARKS.drawn(self._chance) if youth else DwellingMark.NONE
        yield Told(self._chance.id(), _with(was, last_day=until, corrects=told.id))
        yield Told(self._chance.id(), _with(was, kind=now, mark=mark, first_day=day))

    def _counted(self, year: int, tell: _Tell) -> None:
        for code, size in self._sizes.items():
            everything = max(1, round(self.dwellings * size / sum(self._sizes.values()) * 0.78))
            counted = date.fromordinal(ordinal(year, 1, 2) + self._chance.between(0, 60))
            fact = facts.FamilyDwellingsCounted(
                municipality=code,
                counted_on=counted,
                in_listed_areas=int(everything * self._chance.random() * 0.45),
                in_municipality=everything,
            )
            tell(counted, Told(self._chance.id(), fact))


def _with(fact: facts.DwellingRecorded, **changed: Any) -> facts.DwellingRecorded:
    return msgspec.structs.replace(fact, **changed)
