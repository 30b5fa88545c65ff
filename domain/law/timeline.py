"""The timeline of an area: the periods in which it was, or was not, of each category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import msgspec

from domain import calendar
from domain.facts import ListKind
from domain.law import area as area_law
from domain.law.kernel import Finding, LawPackage, Status
from domain.reference import View


class Period(msgspec.Struct, frozen=True):
    """A run of days on which an area has one official status in one category.

    `status` is met or unknown; days on which the area is not of the category are no period.
    `last_day` None: the status goes on, as far as is known. `evidence` are the positions of the
    facts that it rests on, on any of its days.
    """

    area: str
    category: str
    first_day: date
    last_day: date | None
    status: Status
    evidence: tuple[int, ...]
    values: tuple[tuple[str, str], ...]
    ended: tuple[tuple[str, str], ...] = ()


def timeline(
    package: LawPackage, view: View, area: str, readings: Mapping[str, str], upto: date
) -> tuple[Period, ...]:
    """Return the periods of the area's status up to `upto`, by category and day."""
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
            yield _period(area, kind, current, day - timedelta(days=1), found.values)
            current = []
        if found.status in (Status.MET, Status.UNKNOWN):
            current.append((day, found))
    if current:
        yield _period(area, kind, current, None, ())


def _days(first: date, upto: date) -> Iterator[date]:
    day = first
    while day <= upto:
        yield day
        due = calendar.list_day_due(day)
        day = date(due.year + 1, due.month, due.day)


def _period(
    area: str,
    kind: ListKind,
    found: list[tuple[date, Finding]],
    last_day: date | None,
    ended: tuple[tuple[str, str], ...],
) -> Period:
    return Period(
        area,
        str(kind),
        found[0][0],
        last_day,
        found[0][1].status,
        tuple(sorted({e.position for _, each in found for e in each.evidence})),
        found[0][1].values,
        ended,
    )
