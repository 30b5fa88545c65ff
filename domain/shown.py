"""What may be shown of an area's figures: no small count, and nothing that gives one away.

Whatever leaves the service asks here: `Shown` for figures of one area, `Showing` for findings and
whole answers, `withheld` for the payload of an event.

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
from domain.law.answer import Decision, Examined
from domain.law.area.figures import PUBLISHED
from domain.law.area.measured import (
    COUNTED,
    DERIVED,
    YEARS_BEHIND,
    Known,
    Mean,
    known,
    number,
    said_years,
)
from domain.law.kernel import Condition, Finding
from domain.law.letting.criteria import Criterion
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


Values = tuple[tuple[str, str], ...]
"""The values of a finding."""


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


def small(
    view: View, area: str, least: int, beside: Collection[AreaFigures | AreaListed] = ()
) -> Small:
    """Find what must not be shown of the figures that stand of an area, all of them together.

    `beside`: facts that are shown as well, and may stand no longer, or not yet.
    """
    memo = ("small cells", area, least)
    found: Small | None = view.memo.get(memo)
    standing = _stand(view, area) if found is None or beside else []
    if found is None:
        found = view.memo[memo] = small_of([item.fact.figures for item in standing], least)
    facts = [item.fact for item in standing]
    others = [fact for fact in beside if not any(fact is each for each in facts)]
    if not others:
        return found
    return small_of([fact.figures for fact in (*facts, *others)], least)


def _stand(view: View, area: str) -> list[Recorded[Any]]:
    return [*view.find(AreaFigures, area), *view.find(AreaListed, area)]


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


# --- What leaves the service ------------------------------------------------------------------

FIGURES = frozenset(PUBLISHED)
"""The figures, as the values of findings name them too."""


class Shown:
    """What may be shown of an area's figures, wherever they are shown."""

    def __init__(
        self, view: View, area: str, least: int, beside: Collection[AreaFigures | AreaListed] = ()
    ) -> None:
        """Find it; `beside`: facts that are shown too, whether they still stand or not."""
        self.small: Small = small(view, area, least, beside)

    def hidden(self, figures: Known) -> frozenset[str]:
        """Return which of the figures that a test takes are not shown."""
        fact: Any = figures.item.fact
        _, names = self.small.figures(figures.figures, year_of(fact))
        means = (
            name
            for name, mean in figures.worked_out.items()
            if self.small.mean(name, mean, figures.figures)
        )
        return frozenset((*names, *means))

    def values(self, values: Iterable[tuple[str, str]], figures: Known | None) -> dict[str, str]:
        """Return the values of a finding without those that are not shown."""
        hidden = frozenset[str]() if figures is None else self.hidden(figures)
        return dict(_without(name, value, hidden) for name, value in values)

    def criterion(self, criterion: Criterion, figures: Known | None) -> tuple[str, bool]:
        """Return the value of a criterion as it is shown, and whether it is left out."""
        hidden = figures is not None and criterion.name in self.hidden(figures)
        return ("", True) if hidden else (criterion.value or "", False)


class Showing:
    """What findings and answers may show of figures: a value that tells of few is hidden.

    Which figures a finding tells says its evidence; where that names none, those of its area that
    are hidden of any day, and where no area is known, all.
    """

    def __init__(self, view: View, least: int) -> None:
        self._view, self._least = view, least

    def decision(self, made: Decision) -> Decision:
        """Return an answer whose findings show nothing of few."""
        if self._least == 0:
            return made
        area = made.area

        def shown(found: tuple[Examined, ...]) -> tuple[Examined, ...]:
            return tuple(self.examined(each, area) for each in found)

        return msgspec.structs.replace(
            made,
            examined=shown(made.examined),
            concluded=shown(made.concluded),
            decided_by=shown(made.decided_by),
        )

    def examined(self, examined: Examined, area: str | None = None) -> Examined:
        """Return what was examined without the values that are not shown."""
        found = self.finding(examined.finding, examined.area or area)
        if found is examined.finding:
            return examined
        return msgspec.structs.replace(examined, finding=found)

    def finding(self, found: Finding, area: str | None) -> Finding:
        """Return a finding without the values that are not shown."""
        if self._least == 0:
            return found
        parts: tuple[Finding | Condition, ...] = (found, *found.conditions)
        if not any(name in FIGURES for part in parts for name, _ in part.values):
            return found
        hidden = self._hidden([item for part in parts for item in part.evidence], area)
        return msgspec.structs.replace(
            found,
            values=_shown(found.values, hidden),
            conditions=tuple(
                msgspec.structs.replace(each, values=_shown(each.values, hidden))
                for each in found.conditions
            ),
        )

    def _hidden(self, evidence: Iterable[Recorded[Any]], area: str | None) -> Collection[str]:
        told = [item for item in evidence if isinstance(item.fact, AreaFigures | AreaListed)]
        if not told:
            if area is None:
                return FIGURES
            told = _stand(self._view, area)
        found: set[str] = set()
        for item in told:
            found |= Shown(self._view, item.fact.area, self._least, [item.fact]).hidden(
                known(self._view, item)
            )
        return found


def _shown(values: Values, hidden: Collection[str]) -> Values:
    return tuple(_without(name, value, hidden) for name, value in values)


def _without(name: str, value: str, hidden: Collection[str]) -> tuple[str, str]:
    if name not in hidden:
        return name, value
    _, blank, rest = value.partition(" ")
    return name, f"{HIDDEN}{blank}{rest}"


def hidden_of(view: View, fact: Any, least: int) -> Collection[str]:
    """Return the names of what is not shown of a fact's figures; none of another fact."""
    if not isinstance(fact, AreaFigures | AreaListed):
        return ()
    shown, names = Shown(view, fact.area, least, [fact]).small.figures(fact.figures, year_of(fact))
    return names if shown.measured == fact.figures.measured else (*names, "measured")


def withheld(view: View, fact: Any, least: int) -> bool:
    """Tell whether the payload of an open event shows a figure of few persons."""
    return bool(hidden_of(view, fact, least))


def year_of(fact: Any) -> int:
    """Return the year of the day that figures are of."""
    day = fact.list_day if isinstance(fact, AreaListed) else fact.reference_day
    year: int = day.year
    return year
