"""The periods of an area's status: what it was, from when to when, why it began and ended.

Pure, and known at the position of the view. A period is a longest run of days on which the area
is, or may be, of a category; days on which it is not are no period.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from typing import NamedTuple

import msgspec

from domain import calendar
from domain.facts import (
    AreaChangeApproved,
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
from domain.law.undecided import decides
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


_NOTHING = Seen(Status.NOT_EXAMINED, (), (), ())
"""Stands for a day that was not looked up, and is told from what was seen by its identity."""


class Stretch(NamedTuple):
    """The periods of one category that begin on a day or later, but before `end` (None: for good).

    No period lies across either of the two days.
    """

    category: Category
    first_day: date
    end: date | None
    periods: tuple[Period, ...]


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
        values = self._values.setdefault(seen.values, seen.values)
        return seen if values is seen.values else seen._replace(values=values)


def timeline(
    edition: Edition, view: View, area: str, readings: Mapping[str, str], upto: date
) -> tuple[Period, ...]:
    """Return the periods of the area's status up to `upto`, by category and day.

    Open points are read as the instance reads them on each day, but for those in `readings`.
    """
    made = Timeline(area).remade(edition, view, readings, upto, (), Shared())
    return tuple(period for stretch in made for period in stretch.periods)


class Timeline:
    """What was seen of one area, kept so that only what a fact reaches is looked up again.

    It goes with one edition and the same readings tried.
    """

    def __init__(self, area: str) -> None:
        self._area = area
        self._courses: dict[Category, _Course] = {}

    def seen(self, period: Period) -> Iterator[tuple[date, Seen]]:
        """Yield what was seen on the days of a period on which something can change."""
        return self._courses[period.category].within(period.first_day, period.last_day)

    def remade(
        self,
        edition: Edition,
        view: View,
        readings: Mapping[str, str],
        upto: date,
        reached: Collection[Reach],
        shared: Shared,
    ) -> list[Stretch]:
        """Look up again what facts reach; return what of the periods up to `upto` is made anew.

        `reached` is by all that was recorded, or stands no longer, since it was last asked. Of an
        area that was never looked at, everything is made.
        """
        if not self._courses or any(each.whole for each in reached):
            days = {category: {*shared.law_days(edition, category)} for category in Category}
            for fact in _facts(view, self._area):
                for each in reach(edition, view, self._area, fact):
                    for category in each.categories:
                        days[category].update(each.days)
            self._courses = {
                category: _Course(edition, category, found) for category, found in days.items()
            }
            reached = ()
        nothing_known = _nothing_known(view, self._area)

        def look(category: Category, day: date) -> Seen:
            return shared.seen(
                nothing_known(category, day),
                partial(_seen, edition, view, self._area, category, day, readings),
            )

        stretches = (
            course.remade(
                self._area, upto, [each for each in reached if category in each.categories], look
            )
            for category, course in self._courses.items()
        )
        return [stretch for stretch in stretches if stretch is not None]


class _Course:
    """What was seen of one area in one category, on each day on which something can change.

    The day of a fact that stands no longer may be among them: it says what the day before it does.
    """

    __slots__ = ("_category", "_days", "_seen", "_upto")

    def __init__(self, edition: Edition, category: Category, days: Iterable[date]) -> None:
        first_day = edition.first_day
        self._category = category
        self._days = sorted({first_day, *(day for day in days if day > first_day)})
        self._seen = [_NOTHING] * len(self._days)
        self._upto = date.min

    def within(self, first_day: date, last_day: date | None) -> Iterator[tuple[date, Seen]]:
        """Yield what was seen from one day through another."""
        days = self._days
        start = bisect_left(days, first_day)
        end = bisect_right(days, self._upto if last_day is None else last_day)
        return zip(days[start:end], self._seen[start:end], strict=True)

    def remade(
        self,
        area: str,
        upto: date,
        reached: Collection[Reach],
        look: Callable[[Category, date], Seen],
    ) -> Stretch | None:
        """Look again where facts reach; return the periods where it changed, None where nowhere.

        They begin with the period before what changed, and end with the one after it, where it is
        joined with them, is parted from them, or ends otherwise.
        """
        if not reached and upto == self._upto:
            return None
        self._add({day for each in reached for day in each.days})
        if upto > self._upto:
            listed = _list_days(self._category, upto)
            self._add(listed[bisect_right(listed, self._upto) :])
        shorter, self._upto = upto < self._upto, upto
        days, seen, was = self._days, self._seen, self._seen.copy()
        for each in reached:
            first = bisect_left(days, each.first_day)
            end = len(days) if each.end is None else bisect_left(days, each.end)
            seen[first:end] = [_NOTHING] * (end - first)
        count = bisect_right(days, upto)
        for at in range(count):
            if seen[at] is _NOTHING:
                seen[at] = look(self._category, days[at])
        changed = [at for at in range(count) if seen[at] != was[at]]
        if shorter:
            changed.append(count)
        if not changed:
            return None
        start, end = changed[0], min(changed[-1] + 1, count)
        if start:
            status = seen[start - 1].status
            while start and seen[start - 1].status is status:
                start -= 1
        # A day that is looked up for the first time was said of what the day before it was.
        before = next((each for each in reversed(was[:end]) if each is not _NOTHING), _NOTHING)
        if end < count and seen[end].status is before.status:
            end += 1
        while end < count and seen[end].status is seen[end - 1].status:
            end += 1
        after = (days[end], seen[end]) if end < count else None
        course = zip(days[start:end], seen[start:end], strict=True)
        periods = tuple(_periods(area, self._category, course, after))
        return Stretch(self._category, days[start], None if after is None else after[0], periods)

    def _add(self, named: Iterable[date]) -> None:
        for day in named:
            at = bisect_left(self._days, day)
            if at and (at == len(self._days) or self._days[at] != day):
                self._days.insert(at, day)
                self._seen.insert(at, _NOTHING)


def _nothing_known(
    view: View, area: str
) -> Callable[[Category, date], tuple[str, Category, date] | None]:
    """Return what names the days on which nothing about the area alone can say what it is.

    That is the municipality, category and day: neither a row of the list due nor figures are
    there, the area is no grouping and came out of no other; for what only plans make, no plan is.
    """
    registered = view.area(area)
    planned = _planned(view, area)
    rows = {row.fact.list_day for row in view.find(AreaListed, area)}
    apart = bool(lists.changes(view, area)) or bool(view.find(GroupingApproved, area))

    def key(category: Category, day: date) -> tuple[str, Category, date] | None:
        kind = category.list_kind
        if registered is None or (
            planned
            if kind is None
            else apart
            or lists.list_day_due(kind, day) in rows
            or figures.figures_on(view, area, day) is not None
        ):
            return None
        return registered.fact.municipality, category, day

    return key


def _planned(view: View, area: str) -> bool:
    """Tell whether the area may be what only a plan makes it, whatever the lists say.

    Another municipality's plan may be one that is not recorded here.
    """
    registered = view.area(area)
    return (
        registered is None
        or not decides(view, PlanApproved, registered.fact.municipality)
        or any(view.find(PlanApproved, each) for each in former.with_origins(view, area))
    )


def _periods(
    area: str,
    category: Category,
    course: Iterable[tuple[date, Seen]],
    after: tuple[date, Seen] | None,
) -> Iterator[Period]:
    """Yield the periods of a course of days; on the day `after` it something else is seen."""
    first_day: date | None = None
    first = last = _NOTHING
    evidence: set[int] = set()
    for day, found in course:
        status = found.status
        if status is first.status and first_day is not None:
            # Most days say what the day before said, and rest on the same.
            if found.evidence is not last.evidence:
                evidence.update(found.evidence)
            last = found
            continue
        if first_day is not None:
            yield _period(area, category, first_day, first, evidence, (day, found))
            first_day = None
        if status is Status.MET or status is Status.UNKNOWN:
            first_day, first, last, evidence = day, found, found, set(found.evidence)
    if first_day is not None:
        yield _period(area, category, first_day, first, evidence, after)


def _period(
    area: str,
    category: Category,
    first_day: date,
    first: Seen,
    evidence: Iterable[int],
    after: tuple[date, Seen] | None,
) -> Period:
    """Return a period up to the day before `after` (None: it goes on), and what is seen then."""
    return Period(
        area=area,
        category=category,
        first_day=first_day,
        last_day=None if after is None else after[0] - timedelta(days=1),
        status=first.status,
        evidence=tuple(sorted(evidence)),
        values=first.values,
        became=None if after is None else after[1].status,
        ended=() if after is None else after[1].values,
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

    From `first_day` to the day before `end` (None: for good), in some categories. `days` are those
    on which something changes by it, beside the days of the lists.
    """

    categories: frozenset[Category] = frozenset(Category)
    first_day: date = date.min
    end: date | None = None
    days: tuple[date, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether it can matter in every category on any day."""
        return self.first_day == date.min and len(self.categories) == len(Category)


_ALONE = {category: frozenset({category}) for category in Category}
_BY_PLANS = _ALONE[Category.FORMER_TRANSFORMATION]
_BY_FIGURES = frozenset(Category) - _BY_PLANS - {Category.TRANSFORMATION}
"""A transformation area is made by its list alone."""


def reach(edition: Edition, view: View, area: str, fact: Fact) -> tuple[Reach, ...]:
    """Return on which days a fact can matter to what an area is, before or after it was recorded.

    A list says something from its day until the next of its kind is due, and to what a plan keeps
    up for good; figures, where their test is in force, until newer ones stand in `view`, and for
    24 months at most (`figures.figures_on`). What is not named here can matter on any day.
    """
    days = _named(fact)
    match fact:
        case AreaListed():
            found = [_of_list(kind, fact.list_day) for kind in lists.FIRST_LIST]
            if fact.figures.measured:
                return (Reach(days=days),)
            if figures.says_anything(fact.figures):
                found += _of_figures(edition, *_hold(view, area, *days))
            if _planned(view, area):
                found.append(Reach(_BY_PLANS, fact.list_day))
            return tuple(one for one in found if one)
        case AreaListPublished():
            found = [_of_list(fact.kind, fact.list_day)]
            if _planned(view, area):
                found.append(Reach(_BY_PLANS, fact.list_day))
            return tuple(one for one in found if one)
        case AreaFigures() if fact.figures.measured:
            # What was counted of a year is worked into figures of later days too.
            return (Reach(days=days),)
        case AreaFigures():
            return _of_figures(edition, *_hold(view, area, *days))
        case PlanApproved() | PlanCarriedOut():
            return (Reach(_BY_PLANS, days=days),)
        case _:
            return (Reach(days=days),)


@cache
def _of_list(kind: ListKind, list_day: date) -> Reach | None:
    """Return how long a list of a day holds; None: none of the kind is due then."""
    days = lists.list_days(kind, LAST_LIST_DAY)
    at = bisect_left(days, list_day)
    if at == len(days) or days[at] != list_day:
        return None
    return Reach(
        _ALONE[Category(kind.value)], list_day, days[at + 1] if at + 1 < len(days) else None
    )


def _hold(view: View, area: str, known: date, until: date) -> tuple[date, date, date]:
    """Return since when figures are known, until when newer ones stand, and what they end on."""
    newer = [day for day, _, _ in figures.stated_of(view, area) if day > known]
    return known, min([until, *newer]), until


@lru_cache(4096)
def _of_figures(edition: Edition, known: date, end: date, until: date) -> tuple[Reach, ...]:
    found = []
    for category in _BY_FIGURES:
        first_day = known
        if category is not Category.PARALLEL_SOCIETY:  # which has had one test or another
            rule = edition.rules[area_law.figure_rule(category, known)]
            first_day = max(known, rule.first_day)
        # Also the days of figures that newer ones leave nothing: those may not stand for good.
        days = tuple(day for day in (known, until) if day >= first_day)
        found.append(Reach(_ALONE[category], first_day, max(first_day, end), days))
    return tuple(found)


# --- When anything can change ---------------------------------------------------------------


def boundaries(edition: Edition, view: View, area: str) -> list[date]:
    """Return every day on which something about the area can change, oldest first.

    From one of them to the day before the next, what the area is, its reasons, and what that
    brings with it are the same. The first is the first day that the edition covers.
    """
    memo = ("boundaries", edition.id, area)
    found: list[date] | None = view.memo.get(memo)
    if found is None:
        days = {edition.first_day, *_days_of_rules(edition.rules.values())}
        days.update(day for fact in _facts(view, area) for day in _named(fact))
        days.update(day for each in Category for day in _list_days(each, LAST_LIST_DAY))
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


def _facts(view: View, area: str) -> Iterator[Fact]:
    """Yield the facts that can change what the area is."""
    for kind in (AreaFigures, AreaListed, GroupingApproved, AreaRenamed, AreaChangeApproved):
        yield from (item.fact for item in view.find(kind, area))
    for each in former.with_origins(view, area):
        yield from (item.fact for item in view.find(PlanApproved, each))
        yield from (item.fact for item in view.find(PlanCarriedOut, each))
    yield from (item.fact for item in view.find(OriginCriterionSuspended, ""))
    registered = view.area(area)
    if registered is not None:
        answered = view.find(NothingDecided, registered.fact.municipality)
        yield from (item.fact for item in answered)
    for point in view.keys(ReadingChosen):
        yield from (item.fact for item in view.find(ReadingChosen, point))


def _named(fact: Fact) -> tuple[date, ...]:
    """Return the days that a fact names, directly or by how long it holds."""
    match fact:
        case AreaFigures():
            known = fact.reference_day
            return known, calendar.months_after(known, lists.FIGURES_HOLD_MONTHS)
        case AreaListed():
            known = fact.list_day
            return known, calendar.months_after(known, lists.FIGURES_HOLD_MONTHS)
        case PlanApproved():
            return (fact.approved_on,)
        case PlanCarriedOut():
            return (fact.carried_out_on,)
        case GroupingApproved():
            return fact.approved_on, *_after(fact.last_day)
        case OriginCriterionSuspended() | NothingDecided():
            return fact.first_day, *_after(fact.last_day)
        case ReadingChosen() | AreaRenamed():
            return (fact.first_day,)
        case AreaChangeApproved():
            return fact.approved_on, lists.counts_from(fact)
        case _:
            return ()


def _after(last_day: date | None) -> tuple[date, ...]:
    return () if last_day is None else (last_day + timedelta(days=1),)


@cache
def _list_days(category: Category, upto: date) -> tuple[date, ...]:
    """Return the days of the lists that make a category, or keep one up by a plan."""
    kind = category.list_kind
    kinds = (ListKind.VULNERABLE, ListKind.TRANSFORMATION) if kind is None else (kind,)
    return tuple(sorted({day for kind in kinds for day in lists.list_days(kind, upto)}))


def _days_of_rules(rules: Iterable[Rule]) -> Iterator[date]:
    """Yield the days on which rules begin to apply, may begin to, or no longer apply."""
    for rule in rules:
        yield rule.first_day
        if rule.last_day is not None:
            yield rule.last_day + timedelta(days=1)
        yield from rule.start_in_doubt() or ()
