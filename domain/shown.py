"""What may be shown of an area's figures: no small count, and nothing that gives one away.

A figure stands for persons whether it is printed as a count, as a share, or as the mean of two
years. Of each year there is a small table: how many, of how many, and so how many not; those of 18
or more within all residents, and so how many younger. `domain.suppression` says which of its counts
are hidden; a share or a mean that one of them could be computed back from is hidden with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any, NamedTuple

import msgspec

from domain.events import Recorded
from domain.facts import AreaFigures, AreaListed, Figures, Measure, Measured
from domain.law.area.measured import COUNTED, DERIVED, YEARS_BEHIND, Mean, number, said_years
from domain.reference import View
from domain.suppression import Sum, hidden

YOUNGER = ((Measure.CONVICTED, Measure.CONVICTED_ADULTS),)
"""What is counted of all residents, and the same of those aged 18 or more."""

OF_ALL = frozenset({Measure.CONVICTED, Measure.NONWESTERN})
"""What is counted of all residents; everything else is counted of those of an age."""

AT_LEAST_OF_AN_AGE = 4
"""Where it is not known how many are of an age, a share is taken to be of every fourth resident,
which is careful: rather too much is hidden than too little."""

HIDDEN = ".."
"""What stands in a text for a figure that is not shown."""


class Part(NamedTuple):
    """What was counted of one year."""

    counted: Measure
    year: int


class Small(NamedTuple):
    """What must not be shown of an area's figures."""

    least: int = 0
    numerators: frozenset[Part] = frozenset()
    denominators: frozenset[Part] = frozenset()
    residents: int | None = None
    """The fewest that any of the area's figures state."""

    def figures(self, figures: Figures, year: int) -> tuple[Figures, tuple[str, ...]]:
        """Return figures of a day in `year` without what is hidden, and the names of that."""
        names = tuple(
            name
            for name in Figures.__struct_fields__
            if name not in _NO_COUNT
            and getattr(figures, name) is not None
            and self._hides(name, figures, year)
        )
        measured = tuple(self._part(each) for each in figures.measured)
        without = dict.fromkeys(names)
        return msgspec.structs.replace(figures, measured=measured, **without), names

    def mean(self, name: str, mean: Mean, figures: Figures) -> bool:
        """Tell whether a figure that was worked out must not be shown."""
        if name == "income_ratio":
            return self._few(figures)
        derived = DERIVED.get(name)
        if derived is None or mean.last_year is None:
            return False
        years = range(mean.last_year - derived.years + 1, mean.last_year + 1)
        return any(Part(derived.counted, year) in self.numerators for year in years)

    def is_few(self, part: Measured) -> bool:
        """Tell whether the share of one year, printed without a count, is one of few."""
        if part.share is None or part.denominator is not None:
            return False
        return self._few_of(part.figure, number(part.share) / 100, self.residents)

    def _hides(self, name: str, figures: Figures, year: int) -> bool:
        if name in ("residents", "residents_2010"):
            return bool(getattr(figures, name) < self.least)
        if name in ("average_income", "income_ratio"):
            return self._few(figures)
        derived = DERIVED.get(name)
        if derived is None:
            return False  # a figure of the country
        first, last = said_years(figures, name)
        if first is None or last is None:
            first, last = year - YEARS_BEHIND - derived.years, year
        years = range(first, last + 1)
        if any(Part(derived.counted, each) in self.numerators for each in years):
            return True
        share = number(getattr(figures, name)) / derived.per
        return self._few_of(derived.counted, share, self._people(figures))

    def _people(self, figures: Figures) -> int | None:
        return figures.residents if figures.residents is not None else self.residents

    def _few(self, figures: Figures) -> bool:
        people = self._people(figures)
        return people is not None and people < self.least * AT_LEAST_OF_AN_AGE

    def _few_of(self, counted: Measure, share: Fraction, people: int | None) -> bool:
        """Tell whether a share is one of few, as far as it is known of how many it is."""
        if people is None or self.least == 0:
            return False
        of = Fraction(people, 1 if counted in OF_ALL else AT_LEAST_OF_AN_AGE)
        return share * of < self.least or (1 - share) * of < self.least

    def _part(self, part: Measured) -> Measured:
        if part.figure not in COUNTED or part.first_year is None:
            return part
        of_year = Part(part.figure, part.first_year)
        if of_year in self.numerators:
            part = msgspec.structs.replace(part, numerator=None, share=None)
        if of_year in self.denominators:
            part = msgspec.structs.replace(part, denominator=None)
        return part


_NO_COUNT = (
    "education_cleaned",
    "measured",
    "rounded",
    "convicted_share_country",
    "convicted_limit",
)

NOTHING = Small()


def small(view: View, area: str, least: int) -> Small:
    """Find what must not be shown of the figures that stand of an area, all of them together."""
    memo = ("small cells", area, least)
    found: Small | None = view.memo.get(memo)
    if found is None:
        items: list[Recorded[Any]] = [*view.find(AreaFigures, area), *view.find(AreaListed, area)]
        found = view.memo[memo] = small_of([item.fact.figures for item in items], least)
    return found


def small_ever(view: View, area: str, least: int) -> Small:
    """Find what must not be shown of the figures of an area where those that stood are shown too.

    Nothing may be worked out of the two together.
    """
    memo = ("small cells ever", area, least)
    found: Small | None = view.memo.get(memo)
    if found is None:
        items: list[Recorded[Any]] = [
            *view.history(AreaFigures, area),
            *view.history(AreaListed, area),
        ]
        found = view.memo[memo] = small_of([item.fact.figures for item in items], least)
    return found


def small_of(known: Collection[Figures], least: int) -> Small:
    """Find what must not be shown of figures of one area, all of them together."""
    if least == 0:
        return NOTHING
    counts: dict[tuple[str, Part, int], int] = {}
    sums: list[Sum[tuple[str, Part, int]]] = []
    unseen: list[tuple[str, Part, int]] = []
    said: defaultdict[Part, dict[tuple[int, int], int]] = defaultdict(dict)
    for part, numerator, denominator in _counted(known):
        at = said[part].setdefault((numerator, denominator), len(said[part]))
        if ("of", part, at) in counts:
            continue
        counts["many", part, at], counts["of", part, at] = numerator, denominator
        counts["not", part, at] = denominator - numerator
        unseen.append(("not", part, at))
        sums.append(Sum(("of", part, at), [("many", part, at), ("not", part, at)]))
    for wide, narrow in YOUNGER:
        for part in [each for each in said if each.counted is narrow]:
            _younger(Part(wide, part.year), part, said, counts, sums, unseen)
    found = hidden(counts, sums, least, unseen)
    residents = [each.residents for each in known if each.residents is not None]
    by_counts = Small(
        least=least,
        numerators=frozenset(part for _, part, _ in found),
        denominators=frozenset(part for what, part, _ in found if what == "of"),
        residents=min(residents, default=None),
    )
    few = {
        Part(each.figure, each.first_year)
        for figures in known
        for each in figures.measured
        if each.figure in COUNTED and each.first_year is not None and by_counts.is_few(each)
    }
    return by_counts._replace(numerators=by_counts.numerators | few)


def _counted(known: Iterable[Figures]) -> Iterable[tuple[Part, int, int]]:
    for figures in known:
        for each in figures.measured:
            if each.figure not in COUNTED or each.first_year is None:
                continue
            if each.numerator is not None and each.denominator is not None:
                yield Part(each.figure, each.first_year), each.numerator, each.denominator


def _younger(
    wide: Part,
    narrow: Part,
    said: dict[Part, dict[tuple[int, int], int]],
    counts: dict[tuple[str, Part, int], int],
    sums: list[Sum[tuple[str, Part, int]]],
    unseen: list[tuple[str, Part, int]],
) -> None:
    """Add what can be told of those who are younger, from each pair of the two counts."""
    for first in said.get(wide, {}).values():
        for second in said[narrow].values():
            left = {
                what: counts[what, wide, first] - counts[what, narrow, second]
                for what in ("many", "not", "of")
            }
            if min(left.values()) < 0:
                continue  # they were not counted of the same residents
            at = len(unseen)
            for what, count in left.items():
                key = f"younger {what}", narrow, at
                counts[key] = count
                unseen.append(key)
                sums.append(Sum((what, wide, first), [(what, narrow, second), key]))
            younger = [(f"younger {what}", narrow, at) for what in ("many", "not")]
            sums.append(Sum((f"younger {'of'}", narrow, at), younger))
