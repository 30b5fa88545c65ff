"""The periods of an area's status: what it was, from when to when, why it began and ended.

Pure, and known at the position of the view. A period is a longest run of days on which the area
is, or may be, of a category; days on which it is not are no period.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from domain import calendar
from domain.facts import (
    AreaFigures,
    AreaListed,
    AreaListPublished,
    AreaRenamed,
    Fact,
    GroupingApproved,
    ListKind,
    OriginCriterionSuspended,
    PlanApproved,
    PlanCarriedOut,
    ReadingChosen,
)
from domain.law.area import figures, former, lists
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.consequences import OTHER_RULES
from domain.law.edition import Edition
from domain.law.kernel import Rule, Status, explore
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


class Seen(NamedTuple):
    """What an area was in one category on one day: as much as a period is made of.

    `evidence` are positions; `asked` are the open points that any reading of the law asked for.
    """

    status: Status
    evidence: tuple[int, ...]
    values: Values
    asked: tuple[str, ...]


Known = MutableMapping[tuple[Category, date], Seen]
"""What was seen of an area on each day on which something can change."""


def timeline(
    edition: Edition,
    view: View,
    area: str,
    readings: Mapping[str, str],
    upto: date,
    known: Known | None = None,
) -> tuple[Period, ...]:
    """Return the periods of the area's status up to `upto`, by category and day.

    Open points are read as the instance reads them on each day, but for those in `readings`.
    What `known` holds is not looked up again, and what is looked up is put into it; nothing that
    stands may have changed what it holds. It goes with one edition and the same `readings`.
    """
    seen: Known = {} if known is None else known
    found: list[Period] = []
    others = _boundaries(edition, view, area, ())
    for category in Category:
        # What else the status brings with it, and its days, make no period.
        of_rules = _days_of_rules(
            rule
            for rule in edition.rules.values()
            if rule.question == "area" and str(category) in rule.areas
        )
        days = sorted(d for d in {*others, *of_rules} if edition.first_day <= d <= upto)
        for day in days:
            if (category, day) not in seen:
                seen[category, day] = _seen(edition, view, area, category, day, readings)
        found += _periods(area, category, days, seen)
    return tuple(found)


def _periods(area: str, category: Category, days: list[date], seen: Known) -> list[Period]:
    periods: list[Period] = []
    began: tuple[date, Seen] | None = None
    evidence: set[int] = set()

    def end(day: date | None = None, after: Seen | None = None) -> None:
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
        finding = seen[category, day]
        goes_on = finding.status in (Status.MET, Status.UNKNOWN)
        if began is not None and began[1].status is not finding.status:
            end(day, finding)
            began = None
        if goes_on:
            if began is None:
                began, evidence = (day, finding), set()
            evidence.update(finding.evidence)
    end()
    return periods


def _seen(
    edition: Edition,
    view: View,
    area: str,
    category: Category,
    day: date,
    readings: Mapping[str, str],
) -> Seen:
    if readings:
        tree = explore(
            edition.points,
            lambda asked: area_law.status(edition, view, area, category, day, asked),
        )
        finding = tree.under({**area_law.in_use(edition, view, day), **readings})
    else:
        standing = area_law.standing(edition, view, area, category, day)
        finding, tree = standing.finding, standing.tree
    positions = tuple(item.position for item in finding.evidence)
    return Seen(finding.status, positions, finding.values, tree.points)


class Reach(NamedTuple):
    """The days on which a fact about an area can make what the area is another thing.

    From `first_day` to the day before `end` (None: for good); in the categories that hang on
    plans, from `first_day` for good. `first_day` None: on any day.
    """

    first_day: date | None = None
    end: date | None = None

    def covers(self, category: Category, day: date) -> bool:
        """Tell whether the fact can matter to a category on a day."""
        if self.first_day is not None and day < self.first_day:
            return False
        return self.end is None or day < self.end or category is Category.FORMER_TRANSFORMATION


def reach(fact: Fact) -> Reach:
    """Return on which days a fact can matter to what the areas that it is about are.

    A list holds until the next, and is the one before until the next but one; figures hold for
    as long: 24 months (`lists.left_list`, `figures.figures_on`). What is not named here can
    matter on any day.
    """
    match fact:
        case AreaListed() | AreaListPublished():
            first_day = fact.list_day
        case AreaFigures():
            first_day = fact.reference_day
        case _:
            return Reach()
    return Reach(first_day, calendar.months_after(first_day, figures.FIGURES_HOLD_MONTHS))


# --- When anything can change ---------------------------------------------------------------


def boundaries(edition: Edition, view: View, area: str) -> list[date]:
    """Return every day on which something about the area can change, oldest first.

    From one of them to the day before the next, what the area is, its reasons, and what that
    brings with it are the same. The first is the first day that the edition covers.
    """
    memo = ("boundaries", edition.id, area)
    found: list[date] | None = view.memo.get(memo)
    if found is None:
        days = {*_boundaries(edition, view, area, edition.rules.values())}
        for other in OTHER_RULES:
            days.add(other.first_day)
            if other.last_day is not None:
                days.add(other.last_day + timedelta(days=1))
        found = view.memo[memo] = sorted(day for day in days if day >= edition.first_day)
    return found


def interval(edition: Edition, view: View, area: str, day: date) -> date:
    """Return the first day of the days around `day` on which nothing about the area changes."""
    days = boundaries(edition, view, area)
    return days[max(0, bisect_right(days, day) - 1)]


LAST_LIST_DAY = date(2199, 12, 1)
"""No fact may lie after that year."""


def _boundaries(edition: Edition, view: View, area: str, rules: Iterable[Rule]) -> list[date]:
    days = {edition.first_day, *_days_of_rules(rules)}
    one = timedelta(days=1)
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
    return sorted(day for day in days if day >= edition.first_day)


def _days_of_rules(rules: Iterable[Rule]) -> Iterator[date]:
    """Yield the days on which rules begin to apply, may begin to, or no longer apply."""
    for rule in rules:
        yield rule.first_day
        if rule.last_day is not None:
            yield rule.last_day + timedelta(days=1)
        yield from rule.start_in_doubt() or ()
