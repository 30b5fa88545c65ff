"""The periods of an area's status: what it was, from when to when, why it began and ended.

Pure, and known at the position of the view. A period is a longest run of days on which the area
is, or may be, of a category; days on which it is not are no period.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from datetime import date, timedelta
from functools import cache, partial
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
    NothingDecided,
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


Known = MutableMapping[Category, dict[date, Seen]]
"""What was seen of an area, by category, on each day on which something can change."""


class Shared:
    """What is the same for many areas at one position of the log under one edition.

    Of areas in one municipality of which nothing is known around a day the same is said, and
    which days the law's own changes are hangs on no area.
    """

    def __init__(self) -> None:
        self._law_days: dict[Category, tuple[date, ...]] = {}
        self._blank: dict[tuple[str, Category, date], Seen] = {}
        self._values: dict[Values, Values] = {}

    def forget_facts(self) -> None:
        """Forget what was seen; another position may show something else."""
        self._blank = {}

    def law_days(self, edition: Edition, category: Category) -> tuple[date, ...]:
        """Return the days on which the rules that make the category change."""
        found = self._law_days.get(category)
        if found is None:
            # What else the status brings with it, and its days, make no period.
            of_rules = _days_of_rules(
                edition.rules[rule.id]
                for rule in area_law.RULES
                if str(category) in rule.areas and rule.id in edition.rules
            )
            found = self._law_days[category] = tuple(set(of_rules))
        return found

    def seen(self, key: tuple[str, Category, date] | None, look: Callable[[], Seen]) -> Seen:
        """Return what `look` sees; it looks once for a key that is not None."""
        if key is None:
            return self._one_copy(look())
        found = self._blank.get(key)
        if found is None:
            found = self._blank[key] = self._one_copy(look())
        return found

    def _one_copy(self, seen: Seen) -> Seen:
        return seen._replace(values=self._values.setdefault(seen.values, seen.values))


def timeline(
    edition: Edition,
    view: View,
    area: str,
    readings: Mapping[str, str],
    upto: date,
    known: Known | None = None,
    shared: Shared | None = None,
) -> tuple[Period, ...]:
    """Return the periods of the area's status up to `upto`, by category and day.

    Open points are read as the instance reads them on each day, but for those in `readings`.
    What `known` holds is not looked up again, and what is looked up is put into it; nothing that
    stands may have changed what it holds. It goes with one edition and the same `readings`, and
    so does `shared`, which goes with one position too.
    """
    seen_of: Known = {} if known is None else known
    shared = Shared() if shared is None else shared
    found: list[Period] = []
    first = edition.first_day
    common = [d for d in _boundaries(edition, view, area, (), upto) if first <= d <= upto]
    nothing_known = _nothing_known(view, area)
    for category in Category:
        of_law = shared.law_days(edition, category)
        days = sorted({*common, *(day for day in of_law if first <= day <= upto)})
        seen = seen_of.setdefault(category, {})
        for day in days:
            if day not in seen:
                seen[day] = shared.seen(
                    nothing_known(category, day),
                    partial(_seen, edition, view, area, category, day, readings),
                )
        found += _periods(area, category, days, seen)
    return tuple(found)


def _nothing_known(
    view: View, area: str
) -> Callable[[Category, date], tuple[str, Category, date] | None]:
    """Return what names the days on which nothing about the area alone can say what it is.

    That is the municipality, category and day: neither a row of the list due nor figures are
    there, the area is no grouping and came out of no other. What only plans make is not of these.
    """
    registered = view.area(area)
    rows = {row.fact.list_day for row in view.find(AreaListed, area)}
    apart = bool(lists.changes(view, area)) or bool(view.find(GroupingApproved, area))

    def key(category: Category, day: date) -> tuple[str, Category, date] | None:
        kind = category.list_kind
        if (
            kind is None
            or registered is None
            or apart
            or lists.list_day_due(kind, day) in rows
            or figures.figures_on(view, area, day) is not None
        ):
            return None
        return registered.fact.municipality, category, day

    return key


def _periods(
    area: str, category: Category, days: list[date], seen: Mapping[date, Seen]
) -> Iterator[Period]:
    first_day: date | None = None
    first = last = _NO_PERIOD
    evidence: set[int] = set()
    for day in days:
        found = seen[day]
        status = found.status
        if status is first.status and first_day is not None:
            # Most days say what the day before said, and rest on the same.
            if found.evidence is not last.evidence:
                evidence.update(found.evidence)
            last = found
            continue
        if first_day is not None:
            yield _period(area, category, first_day, first, evidence, day, found)
            first_day = None
        if status is Status.MET or status is Status.UNKNOWN:
            first_day, first, last, evidence = day, found, found, set(found.evidence)
    if first_day is not None:
        yield _period(area, category, first_day, first, evidence)


_NO_PERIOD = Seen(Status.NOT_MET, (), (), ())


def _period(
    area: str,
    category: Category,
    first_day: date,
    first: Seen,
    evidence: Iterable[int],
    day: date | None = None,
    after: Seen | None = None,
) -> Period:
    """Return a period up to the day before `day` (None: it goes on), on which `after` is seen."""
    return Period(
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
    """Days on which a fact about an area can make what the area is another thing.

    From `first_day` to the day before `end` (None: for good), in some categories.
    """

    categories: frozenset[Category] = frozenset(Category)
    first_day: date = date.min
    end: date | None = None


_BY_PLANS = frozenset({Category.FORMER_TRANSFORMATION})
_BY_FIGURES = frozenset(Category) - _BY_PLANS - {Category.TRANSFORMATION}
"""A transformation area is made by its list alone."""


def reach(edition: Edition, view: View, area: str, fact: Fact) -> tuple[Reach, ...]:
    """Return on which days a fact can matter to what an area is, before or after it was recorded.

    A list says something from its day until the next of its kind is due, and to what plans keep
    up for good; figures, where their test is in force, until newer ones stand in `view`, and for
    24 months at most (`figures.figures_on`). What is not named here can matter on any day.
    """
    match fact:
        case AreaListed():
            found = [_of_list(kind, fact.list_day) for kind in ListKind]
            if figures.says_anything(fact.figures):
                found += _of_figures(edition, view, area, fact.list_day)
            return (*(one for one in found if one), Reach(_BY_PLANS, fact.list_day))
        case AreaListPublished():
            of_list = _of_list(fact.kind, fact.list_day)
            return (*((of_list,) if of_list else ()), Reach(_BY_PLANS, fact.list_day))
        case AreaFigures():
            return tuple(_of_figures(edition, view, area, fact.reference_day))
        case PlanApproved() | PlanCarriedOut():
            return (Reach(_BY_PLANS),)
        case _:
            return (Reach(),)


@cache
def _of_list(kind: ListKind, list_day: date) -> Reach | None:
    """Return how long a list of a day holds; None: none of the kind is due then."""
    days = lists.list_days(kind, LAST_LIST_DAY)
    at = bisect_left(days, list_day)
    if at == len(days) or days[at] != list_day:
        return None
    return Reach(
        frozenset({Category(kind.value)}), list_day, days[at + 1] if at + 1 < len(days) else None
    )


def _of_figures(edition: Edition, view: View, area: str, known: date) -> Iterator[Reach]:
    newer = (day for day, _, _ in figures.stated_of(view, area) if day > known)
    end = min((calendar.months_after(known, lists.FIGURES_HOLD_MONTHS), *newer))
    for category in _BY_FIGURES:
        first_day = known
        if category is not Category.PARALLEL_SOCIETY:  # which has had one test or another
            rule = edition.rules[area_law.figure_rule(category, known)]
            first_day = max(known, rule.first_day)
        if first_day < end:
            yield Reach(frozenset({category}), first_day, end)


# --- When anything can change ---------------------------------------------------------------


def boundaries(edition: Edition, view: View, area: str) -> list[date]:
    """Return every day on which something about the area can change, oldest first.

    From one of them to the day before the next, what the area is, its reasons, and what that
    brings with it are the same. The first is the first day that the edition covers.
    """
    memo = ("boundaries", edition.id, area)
    found: list[date] | None = view.memo.get(memo)
    if found is None:
        days = _boundaries(edition, view, area, edition.rules.values(), LAST_LIST_DAY)
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


def _boundaries(
    edition: Edition, view: View, area: str, rules: Iterable[Rule], upto: date
) -> set[date]:
    """Return the days on which something can change, the lists up to a day among them."""
    days = {edition.first_day, *_days_of_rules(rules)}
    one = timedelta(days=1)
    for item in view.find(AreaFigures, area):
        days.add(item.fact.reference_day)
        days.add(calendar.months_after(item.fact.reference_day, lists.FIGURES_HOLD_MONTHS))
    for row in view.find(AreaListed, area):
        days.add(calendar.months_after(row.fact.list_day, lists.FIGURES_HOLD_MONTHS))
        days.add(row.fact.list_day)
    for each in former.with_origins(view, area):
        days.update(plan.fact.approved_on for plan in view.find(PlanApproved, each))
        days.update(done.fact.carried_out_on for done in view.find(PlanCarriedOut, each))
    spans = [(i.fact.approved_on, i.fact.last_day) for i in view.find(GroupingApproved, area)]
    spans += [(i.fact.first_day, i.fact.last_day) for i in view.find(OriginCriterionSuspended, "")]
    registered = view.area(area)
    if registered is not None:
        answered = view.find(NothingDecided, registered.fact.municipality)
        spans += [(i.fact.first_day, i.fact.last_day) for i in answered]
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
        days.update(lists.list_days(kind, upto))
    return days


def _days_of_rules(rules: Iterable[Rule]) -> Iterator[date]:
    """Yield the days on which rules begin to apply, may begin to, or no longer apply."""
    for rule in rules:
        yield rule.first_day
        if rule.last_day is not None:
            yield rule.last_day + timedelta(days=1)
        yield from rule.start_in_doubt() or ()
