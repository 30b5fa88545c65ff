"""What may be shown of an area's figures: no small count, and nothing that gives one away.

Whatever leaves the service asks here: `Shown` for figures of one area, `Showing` for findings and
whole answers, `withheld` for the payload of an event.

A figure stands for persons whether it is printed as a count, as a share, or as the mean of two
years. Of each year there is a small table: how many, of how many, and so how many not; those of 18
or more within all residents, and so how many younger. `domain.suppression` says which of its counts
are hidden; a share or a mean that one of them could be computed back from is hidden with it. So is
what comes of comparing it with a limit, where the limit lies among the values that a small count
can have: of 192 residents, 2.04 per cent in two years is 4 and 4, and nothing else. And so is the
leaf hash of an event with such figures, which is that of one guess only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from itertools import product
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
    Derived,
    Known,
    Mean,
    day_of,
    known,
    number,
    said_years,
)
from domain.law.kernel import Condition, Finding, Status
from domain.law.letting.criteria import Compared, Criterion
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
    cells: Mapping[Part, tuple[int, int]] = {}
    """How many of how many were counted, as last said."""

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

    def cuts(self, name: str, limit: Fraction, mean: Mean | None, figures: Figures) -> bool:
        """Tell whether a limit lies among the values that a hidden figure can have by being small.

        Then what comes of comparing them tells of the count, and must not be shown either. It goes
        by what whoever tries knows, and never by the count itself. `mean`: the figure was worked
        out; None: it was published. Limits are in the figure's unit.
        """
        derived = DERIVED.get(name)
        if derived is None:
            return False  # no count of persons
        near = limit / derived.per - SO_NEAR, limit / derived.per + SO_NEAR
        years = self._years(derived, mean)
        if years is None:
            people = self._people(figures)
            if not people:
                return True
            of = Fraction(people, 1 if derived.counted in OF_ALL else AT_LEAST_OF_AN_AGE)
            years = [_ends(of, self)]
        for chosen in product(*years):
            lowest = sum((low for low, _ in chosen), Fraction(0)) / len(chosen)
            highest = sum((high for _, high in chosen), Fraction(0)) / len(chosen)
            if lowest <= near[1] and near[0] <= highest:
                return True
        return False

    def _years(
        self, derived: Derived, mean: Mean | None
    ) -> list[list[tuple[Fraction, Fraction]]] | None:
        """Return between what the share of each year can lie; None: of one it is not known."""
        if mean is None or mean.last_year is None:
            return None
        found = []
        for year in range(mean.last_year - derived.years + 1, mean.last_year + 1):
            part = Part(derived.counted, year)
            if part not in self.cells:
                return None
            many, of = self.cells[part]
            if part in self.numerators:
                found.append(_ends(Fraction(of), self))
            else:
                found.append([(Fraction(many, of), Fraction(many, of))])
        return found

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
"""The fields of figures that are no figure of the area's residents."""

NOTHING = Small()

SO_NEAR = Fraction(1, 1_000)
"""A tenth of a per cent: what rounding, or another way to mean a mean, can move a share by."""


def _ends(of: Fraction, few: Small) -> list[tuple[Fraction, Fraction]]:
    """Return between what a share of so many lies where few are counted, or all but few."""
    most = min(Fraction(1), Fraction(few.least - 1) / of)
    return [(Fraction(0), most), (1 - most, Fraction(1))]


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


def small_of(stated: Collection[Figures], least: int) -> Small:
    """Find what must not be shown of figures of one area, all of them together."""
    if least == 0:
        return NOTHING
    counts: dict[tuple[str, Part, int], int] = {}
    sums: list[Sum[tuple[str, Part, int]]] = []
    unseen: list[tuple[str, Part, int]] = []
    said: defaultdict[Part, dict[tuple[int, int], int]] = defaultdict(dict)
    for part, numerator, denominator in _counted(stated):
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
    residents = [each.residents for each in stated if each.residents is not None]
    by_counts = Small(
        least=least,
        numerators=frozenset(part for _, part, _ in found),
        denominators=frozenset(part for what, part, _ in found if what == "of"),
        residents=min(residents, default=None),
        cells={part: (many, of) for part, many, of in _counted(stated) if of},
    )
    few = {
        Part(each.figure, each.first_year)
        for figures in stated
        for each in figures.measured
        if each.figure in COUNTED and each.first_year is not None and by_counts.is_few(each)
    }
    return by_counts._replace(numerators=by_counts.numerators | few)


def _counted(stated: Iterable[Figures]) -> Iterable[tuple[Part, int, int]]:
    for figures in stated:
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
            sums.append(Sum(("younger of", narrow, at), younger))


# --- What leaves the service ------------------------------------------------------------------

FIGURES = frozenset(PUBLISHED)
"""The figures, as the values of findings name them too."""


class Shown:
    """What may be shown of an area's figures, wherever they are shown."""

    def __init__(
        self, view: View, area: str, least: int, beside: Collection[AreaFigures | AreaListed] = ()
    ) -> None:
        """Find it; `beside`: facts that are shown too, whether they still stand or not."""
        self.small = small(view, area, least, beside)

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

    def hides_part(self, counted: Measure, year: int) -> bool:
        """Tell whether how many, or of how many, were counted in a year is not shown."""
        part = Part(counted, year)
        return part in self.small.numerators or part in self.small.denominators

    def criterion(self, criterion: Criterion, figures: Known | None) -> tuple[str, bool]:
        """Return the value of a criterion as it is shown, and whether it is left out."""
        hidden = figures is not None and criterion.name in self.hidden(figures)
        return ("", True) if hidden else (criterion.value or "", False)

    def tells(self, criterion: Criterion, figures: Known | None) -> bool:
        """Tell whether what comes of a criterion would tell of few persons."""
        return figures is not None and self._tells(criterion.said, figures, self.hidden(figures))

    def withhold(
        self, finding: Finding, criteria: Iterable[Criterion], figures: Known | None
    ) -> Finding:
        """Return what a test of these criteria comes to; unknown where it would tell of few."""
        if figures is None or not any(self.tells(each, figures) for each in criteria):
            return finding
        # That an open point mattered says how near the figure is to its limit.
        values = tuple(each for each in finding.values if each[0] in FIGURES)
        return Finding(Status.UNKNOWN, finding.evidence, self.masked(values, figures))

    def masked(self, values: Values, figures: Known) -> Values:
        """Return values without those that are not shown, nor what comes of them if it tells."""
        hidden = self.hidden(figures)
        return tuple(
            _without(*each, hidden, untold=self._tells(each, figures, hidden)) for each in values
        )

    def _tells(self, said: tuple[str, str], figures: Known, hidden: Collection[str]) -> bool:
        name, value = said
        compared = _COMPARED.fullmatch(value)
        if name not in hidden or compared is None or compared[2] not in _TELLING:
            return False
        published = getattr(figures.figures, name, None) is not None
        mean = None if published else figures.worked_out.get(name)
        return self.small.cuts(name, number(compared[1]), mean, figures.figures)


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
        told = [item for part in parts for item in part.evidence if _is_of_figures(item)]
        if any(map(self._hides, told)):
            found = msgspec.structs.replace(
                found,
                evidence=self.evidence(found.evidence),
                conditions=tuple(
                    msgspec.structs.replace(each, evidence=self.evidence(each.evidence))
                    for each in found.conditions
                ),
            )
        if not any(name in FIGURES for part in parts for name, _ in part.values):
            return found
        masked = self._masked(told, area)
        return msgspec.structs.replace(
            found,
            values=masked(found.values),
            conditions=tuple(
                msgspec.structs.replace(each, values=masked(each.values))
                for each in found.conditions
            ),
        )

    def evidence(self, items: Iterable[Recorded[Any]]) -> tuple[Recorded[Any], ...]:
        """Return facts without the leaf hash of those whose figures tell of few persons.

        The hash of an open event has no secret in it, so that each guess can be tried against it.
        """
        return tuple(
            msgspec.structs.replace(item, leaf_hash=b"") if self._hides(item) else item
            for item in items
        )

    def leaf_hash(self, position: int, leaf_hash: bytes) -> bytes:
        """Return the leaf hash of an event; nothing where its figures tell of few persons."""
        return b"" if self.hides_at(position) else leaf_hash

    def hides_receipt(self, made: Decision) -> bool:
        """Tell whether a receipt's hash would be that of one guess at figures of few persons.

        It is where the receipt holds open which events it rests on, with their leaf hashes.
        """
        return made.question.declared.of_nobody and any(
            self._hides(item)
            for items in (
                made.reference,
                *(f.evidence for each in made.examined for _, f in each.tree.leaves),
            )
            for item in items
        )

    def hides_at(self, position: int) -> bool:
        """Tell whether the event at a position has figures that tell of few persons."""
        found = self._figures()
        return position in found and self._hides(found[position])

    def hides_any(self) -> bool:
        """Tell whether any event up to the view's position has figures that tell of few persons.

        Then a hash over all of them tells which guess at those is right, to whoever has the rest.
        """
        return self._least > 0 and any(map(self._hides, self._figures().values()))

    def _figures(self) -> dict[int, Recorded[Any]]:
        """Return every fact with figures of areas, standing or not, by its position."""
        memo = "figures by position"
        found: dict[int, Recorded[Any]] | None = self._view.memo.get(memo)
        if found is None:
            found = self._view.memo[memo] = {
                item.position: item
                for kind in (AreaFigures, AreaListed)
                for area in self._view.recorded_keys(kind)
                for item in self._view.history(kind, area)
            }
        return found

    def _hides(self, item: Recorded[Any]) -> bool:
        if self._least == 0 or not _is_of_figures(item):
            return False
        memo = ("withheld", item.position, self._least)
        found: bool | None = self._view.memo.get(memo)
        if found is None:
            found = self._view.memo[memo] = withheld(self._view, item.fact, self._least)
        return found

    def _masked(self, told: list[Recorded[Any]], area: str | None) -> Callable[[Values], Values]:
        """Return what leaves out of values those that are hidden of any of these facts."""
        if not told:
            if area is None:
                return lambda values: tuple(_without(*each, FIGURES, True) for each in values)
            told = _stand(self._view, area)
        beside = [
            (Shown(self._view, item.fact.area, self._least, [item.fact]), known(self._view, item))
            for item in told
        ]

        def masked(values: Values) -> Values:
            for shown, figures in beside:
                values = shown.masked(values, figures)
            return values

        return masked


def _without(
    name: str, value: str, hidden: Collection[str], untold: bool = False
) -> tuple[str, str]:
    """Leave out a value that is hidden; `untold`: and what comes of it."""
    if name not in hidden:
        return name, value
    _, blank, rest = value.partition(" ")
    if untold:
        rest = f"{rest.rpartition(':')[0]}: {WITHHELD}"
    return name, f"{HIDDEN}{blank}{rest}"


WITHHELD = "withheld"
"""Stands for what comes of a criterion where that would tell of few persons."""

_COMPARED = re.compile(r"[^ ]+ (?:>|>=|<) ([0-9.]+): ([a-z_]+)")
"""A criterion as a finding's value (`Criterion.said`)."""

_TELLING = frozenset({Compared.MET, Compared.NOT_MET, Compared.NOT_DECIDABLE})


def _is_of_figures(item: Recorded[Any]) -> bool:
    return isinstance(item.fact, AreaFigures | AreaListed)


def hidden_of(view: View, fact: Any, least: int) -> Collection[str]:
    """Return the fields not shown of figures beside those that stand; none of another fact."""
    if not isinstance(fact, AreaFigures | AreaListed):
        return ()
    shown, names = small(view, fact.area, least, [fact]).figures(fact.figures, year_of(fact))
    return names if shown.measured == fact.figures.measured else (*names, "measured")


def withheld(view: View, fact: Any, least: int) -> bool:
    """Tell whether the payload of an open event, of a fact that stands or not, tells of few.

    The log shows all that was ever recorded, so that is what nothing may be worked out of.
    """
    return isinstance(fact, AreaFigures | AreaListed) and bool(without_few(view, fact, least)[1])


def without_few(
    view: View, fact: AreaFigures | AreaListed, least: int
) -> tuple[Any, tuple[str, ...]]:
    """Return a fact, standing or not, without figures of few persons, and the names of those."""
    shown, names = small_ever(view, fact.area, least).figures(fact.figures, year_of(fact))
    named = (*names, *parts_hidden(fact.figures, shown))
    return msgspec.structs.replace(fact, figures=shown), named


def parts_hidden(before: Figures, shown: Figures) -> Iterable[str]:
    """Name the parts of figures that are not shown."""
    for part, after in zip(before.measured, shown.measured, strict=True):
        if part != after:
            yield name_of(part)


def name_of(part: Measured) -> str:
    """Name what was counted of one year."""
    return f"{part.figure} {part.first_year}"


def year_of(fact: Any) -> int:
    """Return the year of the day that figures are of."""
    return day_of(fact).year
