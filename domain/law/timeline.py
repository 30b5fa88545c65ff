"""The periods of an area's status: what it was, from when to when, why it began and ended.

Pure, and known at the position of the view. A period is a longest run of days on which the area
is, or may be, of a category; days on which it is not are no period.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from domain import calendar
from domain.facts import (
    AreaFigures,
    AreaListed,
    AreaRenamed,
    GroupingApproved,
    ListKind,
    OriginCriterionSuspended,
    PlanApproved,
    PlanCarriedOut,
    ReadingChosen,
)
from domain.law import area as area_law
from domain.law import figures, former, lists
from domain.law.categories import Category
from domain.law.consequences import OTHER_RULES
from domain.law.kernel import Finding, LawPackage, Rule, Status, explore
from domain.reference import View

Values = tuple[tuple[str, str], ...]


class Period(msgspec.Struct, frozen=True, gc=False):
    """A run of days on which an area has one official status in one category.

    `status` is met or unknown. `last_day` None: the status goes on, as far as is known.
    `evidence` are the positions of the facts that it rests on, on any of its days. `values` are
    those of the finding on its first day, and say why it began; `became` and `ended` are status
    and values of the finding on the day after it, and say why it ended.
    """

    area: str
    category: Category
    first_day: date
    last_day: date | None
    status: Status
    evidence: tuple[int, ...]
    values: Values
    became: Status | None = None
    ended: Values = ()


def timeline(
    package: LawPackage, view: View, area: str, readings: Mapping[str, str], upto: date
) -> tuple[Period, ...]:
    """Return the periods of the area's status up to `upto`, by category and day.

    Open points are read as the instance reads them on each day, but for those in `readings`.
    """
    # What else the status brings with it, and its days, make no period.
    classifying = [package.rules[rule.id] for rule in area_law.RULES if rule.id in package.rules]
    days = [day for day in _boundaries(package, view, area, classifying) if day <= upto]
    found: list[Period] = []
    for category in Category:
        found += _periods(package, view, area, category, days, readings)
    return tuple(found)


def _periods(
    package: LawPackage,
    view: View,
    area: str,
    category: Category,
    days: list[date],
    readings: Mapping[str, str],
) -> list[Period]:
    periods: list[Period] = []
    began: tuple[date, Finding] | None = None
    evidence: set[int] = set()

    def end(day: date | None = None, after: Finding | None = None) -> None:
        if began is None:
            return
        first_day, first = began
        periods.append(
            Period(
                area=area,
                category=category,
                first_day=first_day,
                last_day=None if day is None else day - timedelta(days=1),
                status=first.status,
                evidence=tuple(sorted(evidence)),
                values=first.values,
                became=None if after is None else after.status,
                ended=() if after is None else after.values,
            )
        )

    for day in days:
        finding = _finding(package, view, area, category, day, readings)
        goes_on = finding.status in (Status.MET, Status.UNKNOWN)
        if began is not None and began[1].status is not finding.status:
            end(day, finding)
            began = None
        if goes_on:
            if began is None:
                began, evidence = (day, finding), set()
            evidence.update(item.position for item in finding.evidence)
    end()
    return periods


def _finding(
    package: LawPackage,
    view: View,
    area: str,
    category: Category,
    day: date,
    readings: Mapping[str, str],
) -> Finding:
    if not readings:
        return area_law.standing(package, view, area, category, day).finding
    tree = explore(
        package.points,
        lambda asked: area_law.status(package, view, area, category, day, asked),
    )
    return tree.under({**area_law.in_use(package, view, day), **readings})


# --- When anything can change ---------------------------------------------------------------


def boundaries(package: LawPackage, view: View, area: str) -> list[date]:
    """Return every day on which something about the area can change, oldest first.

    From one of them to the day before the next, what the area is, its reasons, and what that
    brings with it are the same. The first is the first day that the package covers.
    """
    memo = ("boundaries", package.id, area)
    found: list[date] | None = view.memo.get(memo)
    if found is None:
        days = {*_boundaries(package, view, area, package.rules.values())}
        for other in OTHER_RULES:
            days.add(other.first_day)
            if other.last_day is not None:
                days.add(other.last_day + timedelta(days=1))
        found = view.memo[memo] = sorted(day for day in days if day >= package.first_day)
    return found


def interval(package: LawPackage, view: View, area: str, day: date) -> date:
    """Return the first day of the days around `day` on which nothing about the area changes."""
    days = boundaries(package, view, area)
    return days[max(0, bisect_right(days, day) - 1)]


LAST_LIST_DAY = date(2199, 12, 1)
"""No fact may lie after that year."""


def _boundaries(package: LawPackage, view: View, area: str, rules: Iterable[Rule]) -> list[date]:
    days = {package.first_day}
    one = timedelta(days=1)
    for rule in rules:
        days.add(rule.first_day)
        if rule.last_day is not None:
            days.add(rule.last_day + one)
        days.update(rule.start_in_doubt() or ())
    for item in view.find(AreaFigures, area):
        days.add(item.fact.reference_day)
        days.add(calendar.months_after(item.fact.reference_day, figures.FIGURES_HOLD_MONTHS))
    for row in view.find(AreaListed, area):
        days.add(calendar.months_after(row.fact.list_day, figures.FIGURES_HOLD_MONTHS))
        days.add(row.fact.list_day)
    for each in former.with_origins(view, area):
        days.update(plan.fact.approved_on for plan in view.find(PlanApproved, each))
        days.update(done.fact.carried_out_on for done in view.find(PlanCarriedOut, each))
    spans = [(i.fact.approved_on, i.fact.last_day) for i in view.find(GroupingApproved, area)]
    spans += [(i.fact.first_day, i.fact.last_day) for i in view.find(OriginCriterionSuspended, "")]
    for first_day, last_day in spans:
        days.add(first_day)
        if last_day is not None:
            days.add(last_day + one)
    for point in view.keys(ReadingChosen):
        days.update(item.fact.first_day for item in view.find(ReadingChosen, point))
    for renamed in view.find(AreaRenamed, area):
        days.add(renamed.fact.first_day)
    for change in lists.changes(view, area):
        days.update((change.fact.approved_on, lists.counts_from(change.fact)))
    for kind in ListKind:
        days.update(lists.list_days(kind, LAST_LIST_DAY))
    return sorted(day for day in days if day >= package.first_day)
