"""What was counted of an area year by year, and the figures that it gives.

Almenboligloven §§ 51 b, 61 a and 61 b compare shares with limits, some of them as means of the last
two years (four in the test of 2010). Where a published figure is held, it decides, and what is
worked out stands beside it; where none is, what is worked out is compared. How the act means a mean
of two years, it does not say (AMB-MEAN).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import AreaFigures, AreaListed, Figures, Measure, Measured, ReferenceFigures
from domain.law.area.lists import FIGURES_HOLD_MONTHS
from domain.law.numbers import decimal_text
from domain.reference import View


class Derived(NamedTuple):
    """What a figure is worked out of, over how many years, and per how many it is printed."""

    counted: Measure
    years: int
    per: int = 100


DERIVED: Mapping[str, Derived] = {
    "unattached_share": Derived(Measure.UNATTACHED, 2),
    "unattached_share_4_years": Derived(Measure.UNATTACHED, 4),
    "convicted_share": Derived(Measure.CONVICTED, 2),
    "convicted_share_adults": Derived(Measure.CONVICTED_ADULTS, 2),
    "convicted_per_10000": Derived(Measure.CONVICTED_ADULTS, 4, 10_000),
    "basic_schooling_share": Derived(Measure.BASIC_SCHOOLING, 1),
    "nonwestern_share": Derived(Measure.NONWESTERN, 1),
    "outside_labour_market_share": Derived(Measure.OUTSIDE_LABOUR_MARKET, 1),
}
"""The figures that can be worked out of what is counted year by year."""

COUNTED = frozenset(each.counted for each in DERIVED.values())
"""What is counted of one year."""

YEARS: Mapping[str, int] = {
    **{name: each.years for name, each in DERIVED.items()},
    "convicted_share_country": 2,
    "convicted_limit": 2,
}
"""Over how many years published figures are measured; the others over one."""

YEARS_BEHIND = 2
"""How many years what was counted may lie behind the figures that are worked out of it: the
registers of work and of convictions are one to two years behind the list of 1 December."""


class Mean(msgspec.Struct, frozen=True, gc=False):
    """A figure that was worked out, in the unit that it is printed in.

    `by_shares`: the mean of the shares of its years; `by_counts`: all that were counted in its
    years of all that were there, None where of a year only the share is known. `slack`: how far off
    it may be because shares were printed rounded. The years are None where they are not known.
    """

    by_shares: Fraction
    by_counts: Fraction | None = None
    slack: Fraction = Fraction(0)
    first_year: int | None = None
    last_year: int | None = None

    @property
    def ways(self) -> tuple[Fraction, ...]:
        """What it comes to, however the act's mean is meant (AMB-MEAN)."""
        if self.by_counts is None or self.by_counts == self.by_shares:
            return (self.by_shares,)
        return (self.by_shares, self.by_counts)

    @property
    def text(self) -> str:
        """The figure to four decimals, for people; what is compared is exact."""
        return decimal_text(self.by_shares)


def printed(text: str, rounded: bool, years: tuple[int | None, int | None] = (None, None)) -> Mean:
    """Return a published figure; a rounded one may be off by half of its last decimal."""
    return Mean(number(text), None, half_unit(text) if rounded else Fraction(0), *years)


class Difference(NamedTuple):
    """A published figure that what was counted does not give, however the mean is meant."""

    figure: str
    published: str
    mean: Mean


class Known(msgspec.Struct, frozen=True, gc=False):
    """Figures of an area as a test takes them: what was published, and what can be worked out.

    `rests_on`: by the figure, the facts beside `item` that a worked-out one rests on.
    """

    item: Recorded[Any]
    figures: Figures
    worked_out: Mapping[str, Mean] = {}
    rests_on: Mapping[str, tuple[Recorded[Any], ...]] = {}

    @property
    def area(self) -> str:
        """The area."""
        area: str = self.item.fact.area
        return area

    def evidence(self, used: Iterable[str]) -> tuple[Recorded[Any], ...]:
        """Return the facts that a test of these figures rests on."""
        found = dict.fromkeys([self.item.position])
        items = [self.item]
        for name in used:
            for item in () if is_stated(self.figures, name) else self.rests_on.get(name, ()):
                if item.position not in found:
                    found[item.position] = None
                    items.append(item)
        return tuple(items)

    def differences(self) -> tuple[Difference, ...]:
        """Return the published figures that what was counted does not give."""
        found = []
        for name, mean in self.worked_out.items():
            published = getattr(self.figures, name)
            if published is not None and not _gives(mean, published):
                found.append(Difference(name, published, mean))
        return tuple(found)


def is_stated(figures: Figures, name: str) -> bool:
    """Tell whether a figure is published; the country's share also by what is printed of it."""
    if name == COUNTRY and figures.convicted_limit is not None:
        return True
    return getattr(figures, name) is not None


def alone(item: Recorded[Any]) -> Known:
    """Return the figures of a fact as they stand in it, with nothing worked out."""
    figures: Figures = item.fact.figures
    if figures.education_cleaned is None and isinstance(item.fact, AreaListed):
        # The first reading of AMB-EDU is what the ministry measures: its list is just that.
        figures = msgspec.structs.replace(figures, education_cleaned=True)
    return Known(item, figures)


def known(view: View, item: Recorded[Any]) -> Known:
    """Return the figures of a fact, with all that can be worked out for its day."""
    memo = ("known figures", item.position)
    found: Known | None = view.memo.get(memo)
    if found is None:
        found = view.memo[memo] = _known(view, alone(item), day_of(item.fact))
    return found


def day_of(fact: Any) -> date:
    """Return the day that the figures of a fact are of."""
    day: date = fact.list_day if isinstance(fact, AreaListed) else fact.reference_day
    return day


def _known(view: View, stated: Known, day: date) -> Known:
    worked_out: dict[str, Mean] = {}
    rests_on: dict[str, tuple[Recorded[Any], ...]] = {}
    counted = counted_upto(view.find(AreaFigures, stated.area), day)
    for name, derived in DERIVED.items():
        mean, used = _mean(name, derived, counted, stated.figures, day)
        if mean is not None:
            worked_out[name], rests_on[name] = mean, used
    for name, found in (
        (COUNTRY, _country(view, stated, day)),
        ("income_ratio", _income_ratio(view, stated, day)),
    ):
        if found is not None:
            worked_out[name], rests_on[name] = found
    if not worked_out:
        return stated
    return msgspec.structs.replace(stated, worked_out=worked_out, rests_on=rests_on)


# --- Of what was counted --------------------------------------------------------------------

Counted = dict[Measure, dict[int, tuple[Measured, Recorded[Any]]]]
"""By what was counted and the year: the newest that was said of it, and the fact that says it."""


def counted_upto(items: Iterable[Recorded[Any]], day: date) -> Counted:
    """Return what was counted, as facts of days up to `day` say; what is said later counts."""
    found: Counted = {}
    for item in sorted(items, key=lambda each: (each.fact.reference_day, each.position)):
        if item.fact.reference_day <= day:
            for each in item.fact.figures.measured:
                if each.figure in COUNTED and each.first_year is not None:
                    found.setdefault(each.figure, {})[each.first_year] = (each, item)
    return found


def _mean(
    name: str, derived: Derived, counted: Counted, figures: Figures, day: date
) -> tuple[Mean | None, tuple[Recorded[Any], ...]]:
    by_year = counted.get(derived.counted)
    if not by_year:
        return None, ()
    last_year = said_years(figures, name)[1]
    if last_year is None:
        last_year = max(by_year)
        if last_year < day.year - YEARS_BEHIND:
            return None, ()
    years = range(last_year - derived.years + 1, last_year + 1)
    if not all(year in by_year for year in years):
        return None, ()
    parts = [by_year[year][0] for year in years]
    used = {item.position: item for year in years for item in (by_year[year][1],)}
    return mean_of(parts, derived.per), tuple(used.values())


def parts_of(view: View, known: Known, name: str) -> Iterator[tuple[int, int, int]]:
    """Yield what a figure can be worked out of: the year, how many, and of how many."""
    mean, derived = known.worked_out.get(name), DERIVED.get(name)
    if mean is None or derived is None or mean.first_year is None or mean.last_year is None:
        return
    counted = counted_upto(view.find(AreaFigures, known.area), day_of(known.item.fact))
    for year in range(mean.first_year, mean.last_year + 1):
        part = counted[derived.counted][year][0]
        if part.numerator is not None and part.denominator:
            yield year, part.numerator, part.denominator


def mean_of(parts: list[Measured], per: int = 100) -> Mean:
    """Return what was counted of some years in a row, put together, per so many."""
    shares = [_share(each, per) for each in parts]
    numerators = [each.numerator for each in parts if each.numerator is not None]
    denominators = [each.denominator for each in parts if each.denominator]
    by_counts = None
    if len(numerators) == len(denominators) == len(parts):
        by_counts = Fraction(per * sum(numerators), sum(denominators))
    return Mean(
        by_shares=sum((share for share, _ in shares), Fraction(0)) / len(parts),
        by_counts=by_counts,
        slack=sum((slack for _, slack in shares), Fraction(0)) / len(parts),
        first_year=parts[0].first_year,
        last_year=parts[-1].first_year,
    )


def _share(part: Measured, per: int) -> tuple[Fraction, Fraction]:
    """Return the share of one year, and how far off it may be."""
    if part.numerator is not None and part.denominator:
        return Fraction(per * part.numerator, part.denominator), Fraction(0)
    text = part.share or "0"
    return number(text) * per / 100, half_unit(text) * per / 100


def said_years(figures: Figures, name: str) -> tuple[int | None, int | None]:
    """Return the years that a published figure was measured over, as far as they are said."""
    for each in figures.measured:
        if each.figure == name:
            return each.first_year, each.last_year
    return None, None


def _gives(mean: Mean, published: str) -> bool:
    """Tell whether a worked-out figure is the published one, but for rounding."""
    near = half_unit(published) + mean.slack
    return any(abs(way - number(published)) <= near for way in mean.ways)


# --- Of the country and the region ----------------------------------------------------------

COUNTRY = "convicted_share_country"


def references(view: View, day: date) -> Iterator[Recorded[ReferenceFigures]]:
    """Return the figures of country and regions that hold on `day`, the newest first."""
    found = [
        item
        for place in view.keys(ReferenceFigures)
        for item in view.find(ReferenceFigures, place)
        if calendar.months_before(day, FIGURES_HOLD_MONTHS) < item.fact.reference_day <= day
    ]
    found.sort(key=lambda item: (item.fact.reference_day, item.position), reverse=True)
    return iter(found)


Found = tuple[Mean, tuple[Recorded[Any], ...]]


def _country(view: View, stated: Known, day: date) -> Found | None:
    """Find the country's share of convicted residents, of the years of the area's own."""
    own = said_years(stated.figures, "convicted_share")
    for item in references(view, day):
        if item.fact.municipalities:
            continue
        figures = item.fact.figures
        if figures.convicted_share is not None:
            years = said_years(figures, "convicted_share")
            if None not in (*own, *years) and own != years:
                continue
            return printed(figures.convicted_share, figures.rounded, years), (item,)
        derived = DERIVED["convicted_share"]
        counted = counted_upto(view.find(ReferenceFigures, item.fact.place), day)
        at = msgspec.structs.replace(figures, measured=_as_of(own))
        mean, used = _mean("convicted_share", derived, counted, at, day)
        if mean is not None:
            return mean, used
    return None


def _as_of(years: tuple[int | None, int | None]) -> tuple[Measured, ...]:
    """Return what makes a figure one of these years."""
    return (Measured(figure=Measure.CONVICTED_SHARE, first_year=years[0], last_year=years[1]),)


def _income_ratio(view: View, stated: Known, day: date) -> Found | None:
    """Compare the area's average gross income with that of its region in the same year.

    Where one of the two does not say its year, both must be of one day.
    """
    registered = view.area(stated.area)
    income = stated.figures.average_income
    if registered is None or income is None:
        return None
    year = said_years(stated.figures, "average_income")
    for item in references(view, day):
        of_region = item.fact.figures.average_income
        if not of_region or registered.fact.municipality not in item.fact.municipalities:
            continue
        of_year = said_years(item.fact.figures, "average_income")
        same = of_year == year if None not in (*year, *of_year) else item.fact.reference_day == day
        if same:
            return Mean(Fraction(100 * income, of_region), None, Fraction(0), *year), (item,)
    return None


# --- Numbers as text ------------------------------------------------------------------------


@lru_cache(4096)
def number(text: str) -> Fraction:
    """Return what a figure printed as decimal text amounts to."""
    return Fraction(text)


@lru_cache(4096)
def half_unit(text: str) -> Fraction:
    """Return half of the last decimal that a figure is printed with."""
    decimals = len(text.partition(".")[2])
    return Fraction(1, 2 * 10**decimals)
