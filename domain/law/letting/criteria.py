"""One criterion: a figure, its limit, how strict the limit is, and what comes of comparing them.

Limits are literal: *overstiger* is more than, *mindst* at least, *mindre end* less than.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import msgspec

from domain.facts import Figures
from domain.law.area.measured import (
    COUNTRY,
    Mean,
    half_unit,
    number,
    printed,
)
from domain.law.kernel import Readings, Status
from domain.law.numbers import decimal_text


class Compared(StrEnum):
    """What comes of comparing a figure with its limit."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DECIDABLE = "not_decidable"
    """Known only rounded, and so near the limit that rounding leaves it open."""
    MISSING = "missing"
    """The figure is not held, or what its limit is measured against."""
    EDUCATION_OPEN = "education_open"
    """Whether the share counts only education taken or approved in Denmark leaves it open."""
    SET_ASIDE = "set_aside"
    """The criterion is not applied (see `domain.law.area.origin`), so it is not met."""


class Limit(msgspec.Struct, frozen=True, gc=False):
    """The limit of one figure.

    `comparison` is `>`, `>=` or `<`. `times_country`: `limit` is how many times the share of the
    whole country the area's share must be. `cleaned`: it was set for figures on schooling that
    count only education taken or approved in Denmark.
    """

    figure: str
    comparison: str
    limit: str
    times_country: bool = False
    cleaned: bool = False


class Criterion(msgspec.Struct, frozen=True, gc=False):
    """One criterion applied to figures; `value` None: not known.

    `worked_out`: the value was not published, but worked out of what was counted.
    """

    name: str
    value: str | None
    limit: str
    comparison: str
    compared: Compared
    worked_out: bool = False

    @property
    def status(self) -> Status:
        """What the criterion contributes to a test."""
        match self.compared:
            case Compared.MET:
                return Status.MET
            case Compared.NOT_MET | Compared.SET_ASIDE:
                return Status.NOT_MET
            case Compared.NOT_DECIDABLE | Compared.MISSING | Compared.EDUCATION_OPEN:
                return Status.UNKNOWN

    @property
    def said(self) -> tuple[str, str]:
        """The criterion as a finding's value: name, and `value comparison limit: compared`."""
        return self.name, (
            f"{self.value or '?'} {self.comparison} {self.limit}: {self.compared.value}"
        )


_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
    "<": lambda value, limit: value < limit,
}

NOTHING: Mapping[str, Mean] = {}


def compare(
    figures: Figures, limit: Limit, readings: Readings, worked_out: Mapping[str, Mean] = NOTHING
) -> Criterion:
    """Compare a figure with its limit.

    `worked_out`: figures that take the place of those that are not published.
    """
    if limit.times_country:
        return _times_country(figures, limit, readings, worked_out)
    value: str | None = getattr(figures, limit.figure)
    mean = worked_out.get(limit.figure) if value is None else None
    bound = number(limit.limit)
    if value is not None:
        compared = _against(value, bound, limit, figures.rounded, readings)
    elif mean is not None:
        value, compared = mean.text, _mean_against(mean, bound, limit, readings)
    else:
        compared = Compared.MISSING
    if limit.cleaned and compared in (Compared.MET, Compared.NOT_MET):
        compared = _by_education(compared, figures.education_cleaned, readings)
    return Criterion(limit.figure, value, limit.limit, limit.comparison, compared, mean is not None)


def _against(
    text: str, bound: Fraction, limit: Limit, rounded: bool, readings: Readings
) -> Compared:
    value, holds = number(text), _HOLDS[limit.comparison]
    if rounded:
        # What is printed may be off by half of its last decimal.
        near = abs(value - bound) < half_unit(text)
        if near and readings("AMB-ROUND") == "a":
            return Compared.NOT_DECIDABLE
    else:
        value = _rounded_or_not(value, bound, limit, readings)
    return Compared.MET if holds(value, bound) else Compared.NOT_MET


def _mean_against(mean: Mean, bound: Fraction, limit: Limit, readings: Readings) -> Compared:
    """Compare what was worked out; how the act means a mean matters where it changes what comes."""
    holds = _HOLDS[limit.comparison]
    value = mean.by_shares
    if len({holds(way, bound) for way in mean.ways}) > 1 and readings("AMB-MEAN") == "b":
        value = mean.ways[-1]
    if abs(value - bound) < mean.slack and readings("AMB-ROUND") == "a":
        return Compared.NOT_DECIDABLE
    value = _rounded_or_not(value, bound, limit, readings)
    return Compared.MET if holds(value, bound) else Compared.NOT_MET


def _rounded_or_not(value: Fraction, bound: Fraction, limit: Limit, readings: Readings) -> Fraction:
    tenth, holds = number(decimal_text(value, 1)), _HOLDS[limit.comparison]
    if holds(tenth, bound) != holds(value, bound) and readings("AMB-ROUND") == "b":
        return tenth
    return value


def _by_education(found: Compared, cleaned: bool | None, readings: Readings) -> Compared:
    """Say what comes of a share with basic schooling only, as AMB-EDU is read.

    Where all education counts, fewer have basic schooling only than where what they say themselves
    is left out. So a share of the one kind says of the other that it is no less, or no more.
    """
    met = found is Compared.MET
    in_denmark = found if met or cleaned is True else Compared.EDUCATION_OPEN
    all_counts = found if not met or cleaned is False else Compared.EDUCATION_OPEN
    if in_denmark is not all_counts and readings("AMB-EDU") == "b":
        return all_counts
    return in_denmark


def _times_country(
    figures: Figures, limit: Limit, readings: Readings, worked_out: Mapping[str, Mean]
) -> Criterion:
    """Compare the share of convicted residents with a multiple of the country's.

    The country's share is held itself, or three times it, as some publications print it.
    """
    times = int(limit.limit)
    text, country, multiple = _of_country(figures, times, worked_out)
    share = figures.convicted_share
    mean = worked_out.get(limit.figure) if share is None else None
    own = mean if share is None else printed(share, figures.rounded)
    shown = mean.text if mean is not None else share
    if own is None or country is None:
        return Criterion(limit.figure, shown, text, limit.comparison, Compared.MISSING)
    compared = _shares_against(own, country, multiple, limit, readings)
    return Criterion(limit.figure, shown, text, limit.comparison, compared, mean is not None)


def _shares_against(
    own: Mean, country: Mean, multiple: Fraction, limit: Limit, readings: Readings
) -> Compared:
    holds = _HOLDS[limit.comparison]
    found = {holds(value, bound * multiple) for value in own.ways for bound in country.ways}
    at = 0
    if len(found) > 1 and readings("AMB-MEAN") == "b":
        at = -1
    value, bound = own.ways[at], country.ways[at] * multiple
    if abs(value - bound) < own.slack + country.slack * multiple:
        # Both figures may be off by half of their last decimal.
        return Compared.NOT_DECIDABLE
    return Compared.MET if holds(value, bound) else Compared.NOT_MET


def _of_country(
    figures: Figures, times: int, worked_out: Mapping[str, Mean]
) -> tuple[str, Mean | None, Fraction]:
    """Return the limit as text, what is known of the country's share, and how many times it."""
    if figures.convicted_share_country is not None:
        share = printed(figures.convicted_share_country, figures.rounded)
        return str(Decimal(figures.convicted_share_country) * times), share, Fraction(times)
    if figures.convicted_limit is not None:
        share, multiple = (
            printed(figures.convicted_limit, figures.rounded),
            Fraction(times, PRINTED_TIMES),
        )
        return decimal_text(share.by_shares * multiple), share, multiple
    country = worked_out.get(COUNTRY)
    if country is None:
        return f"{times} x", None, Fraction(times)
    return decimal_text(country.by_shares * times), country, Fraction(times)


PRINTED_TIMES = 3
"""`Figures.convicted_limit` is three times the country's share (§ 61 a, stk. 1, nr. 2)."""


def at_least(count: int, statuses: Iterable[Status]) -> Status:
    """Say whether at least `count` of the criteria are met."""
    found = list(statuses)
    met = found.count(Status.MET)
    if met >= count:
        return Status.MET
    return Status.UNKNOWN if met + found.count(Status.UNKNOWN) >= count else Status.NOT_MET


def all_of(statuses: Iterable[Status]) -> Status:
    """Say whether all of the conditions are met."""
    seen = set(statuses)
    if Status.NOT_MET in seen:
        return Status.NOT_MET
    return Status.UNKNOWN if Status.UNKNOWN in seen else Status.MET
