"""The timeline of an area: the periods in which it was, or was not, of each category."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from domain import calendar
from domain.facts import ListKind
from domain.law import area as area_law
from domain.law.kernel import Finding, LawPackage, Readings, Status
from domain.reference import View


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """One status of one category of an area, from a day through a day.

    `last_day` None: it holds at the end of what was asked about. `evidence` names the positions
    of the facts that the status rests on, each once and in order.
    """

    area: str
    category: str
    first_day: date
    last_day: date | None
    status: Status
    evidence: tuple[int, ...]
    values: tuple[tuple[str, str], ...] = ()


def timeline(
    package: LawPackage, view: View, area: str, readings: Readings, upto: date
) -> tuple[Period, ...]:
    """Return the periods of each category, from the package's first day through `upto`."""
    return tuple(
        period for kind in ListKind for period in _of_kind(package, view, area, kind, upto)
    )


def _of_kind(
    package: LawPackage, view: View, area: str, kind: ListKind, upto: date
) -> Iterator[Period]:
    current: list[tuple[date, Finding]] = []
    for day in _days(package.first_day, upto):
        found = area_law.official(view, area, kind, day)
        if current and current[0][1].status is not found.status:
            yield _period(area, kind, current, day - timedelta(days=1))
            current = []
        current.append((day, found))
    if current:
        yield _period(area, kind, current, None)


def _days(first: date, upto: date) -> Iterator[date]:
    day = first
    while day <= upto:
        yield day
        due = calendar.list_day_due(day)
        day = date(due.year + 1, due.month, due.day)


def _period(
    area: str, kind: ListKind, found: list[tuple[date, Finding]], last_day: date | None
) -> Period:
    return Period(
        area=area,
        category=str(kind),
        first_day=found[0][0],
        last_day=last_day,
        status=found[0][1].status,
        evidence=tuple(sorted({e.position for _, each in found for e in each.evidence})),
        values=found[0][1].values,
    )
