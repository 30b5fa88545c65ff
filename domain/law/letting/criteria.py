"""One criterion: a figure, its limit, how strict the limit is, and what comes of comparing them.

Limits are literal: *overstiger* is more than, *mindst* at least, *mindre end* less than.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import msgspec

from domain.facts import Figures
from domain.law.kernel import Readings, Status


class Compared(StrEnum):
    """What comes of comparing a figure with its limit."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DECIDABLE = "not_decidable"
    """Known only rounded, and so near the limit that rounding leaves it open."""
    MISSING = "missing"
    """The figure is not held, or what its limit is measured against."""
    SET_ASIDE = "set_aside"
    """The criterion is not applied (see `domain.law.area.origin`), so it is not met."""


class Limit(msgspec.Struct, frozen=True, gc=False):
    """The limit of one figure.

    `comparison` is `>`, `>=` or `<`. `times_country`: `limit` is how many times the share of the
    whole country the area's share must be.
    """

    figure: str
    comparison: str
    limit: str
    times_country: bool = False


class Criterion(msgspec.Struct, frozen=True, gc=False):
    """One criterion applied to figures; `value` None: not known."""

    name: str
    value: str | None
    limit: str
    comparison: str
    compared: Compared

    @property
    def status(self) -> Status:
        """What the criterion contributes to a test."""
        match self.compared:
            case Compared.MET:
                return Status.MET
            case Compared.NOT_MET | Compared.SET_ASIDE:
                return Status.NOT_MET
            case Compared.NOT_DECIDABLE | Compared.MISSING:
                return Status.UNKNOWN

    @property
    def said(self) -> tuple[str, str]:
        """The criterion as a finding's value: name, and `value comparison limit: compared`."""
        return self.name, (
            f"{self.value or '?'} {self.comparison} {self.limit}: {self.compared.value}"
        )


_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
    "<": lambda value, limit: value < limit,
}


def compare(figures: Figures, limit: Limit, readings: Readings) -> Criterion:
    """Compare a figure with its limit."""
    if limit.times_country:
        return _times_country(figures, limit)
    value: str | None = getattr(figures, limit.figure)
    compared = Compared.MISSING
    if value is not None:
        compared = _against(value, limit, figures.rounded, readings)
    return Criterion(limit.figure, value, limit.limit, limit.comparison, compared)


def _against(printed: str, limit: Limit, rounded: bool, readings: Readings) -> Compared:
    value, bound, holds = Decimal(printed), Decimal(limit.limit), _HOLDS[limit.comparison]
    if rounded:
        # What is printed may be off by half of its last decimal.
        near = abs(value - bound) < half_unit(printed)
        if near and readings("AMB-ROUND") == "a":
            return Compared.NOT_DECIDABLE
    else:
        tenth = value.quantize(Decimal("0.1"), decimal.ROUND_HALF_UP)
        if holds(tenth, bound) != holds(value, bound) and readings("AMB-ROUND") == "b":
            value = tenth
    return Compared.MET if holds(value, bound) else Compared.NOT_MET


def _times_country(figures: Figures, limit: Limit) -> Criterion:
    """Compare the share of convicted residents with a multiple of the country's.

    The country's share is held itself, or three times it, as some publications print it.
    """
    share, times = figures.convicted_share, int(limit.limit)
    if figures.convicted_share_country is not None:
        printed, multiple = figures.convicted_share_country, Decimal(times)
        bound = Decimal(printed) * times
        text = str(bound)
    elif figures.convicted_limit is not None:
        printed, multiple = figures.convicted_limit, Decimal(times) / PRINTED_TIMES
        bound = Decimal(printed) * times / PRINTED_TIMES
        text = f"{bound.quantize(Decimal('0.0001')).normalize():f}"
    else:
        text = f"{times} x"
        return Criterion(limit.figure, share, text, limit.comparison, Compared.MISSING)
    if share is None:
        return Criterion(limit.figure, share, text, limit.comparison, Compared.MISSING)
    value = Decimal(share)
    if figures.rounded and abs(value - bound) < half_unit(share) + half_unit(printed) * multiple:
        # Both figures may be off by half of their last decimal.
        compared = Compared.NOT_DECIDABLE
    else:
        compared = Compared.MET if _HOLDS[limit.comparison](value, bound) else Compared.NOT_MET
    return Criterion(limit.figure, share, text, limit.comparison, compared)


PRINTED_TIMES = 3
"""`Figures.convicted_limit` is three times the country's share (§ 61 a, stk. 1, nr. 2)."""


@lru_cache(4096)
def half_unit(text: str) -> Decimal:
    """Return half of the last decimal that a figure is printed with."""
    exponent = Decimal(text).as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


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
