"""The published area lists: when one is due, what it says of an area, and runs of lists.

Almenboligloven § 61 a, stk. 5 (stk. 6 until 29 November 2021, stk. 2 until 30 November 2018), and
§ 51 b, stk. 5 with § 35 of the letting order. A list holds until the next of its kind is due, and
an area's absence from it counts only where the list is held completely.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from domain.events import Recorded
from domain.facts import AreaChange, AreaChangeApproved, AreaListed, Listing, ListKind
from domain.law import acts
from domain.law.area.categories import SECTION_61, classifies
from domain.law.kernel import Confidence, Finding, Missing, Status, declared
from domain.reference import View

FIRST_LIST = {
    ListKind.VULNERABLE: date(2018, 12, 1),
    ListKind.PARALLEL_SOCIETY: date(2011, 1, 1),
    ListKind.TRANSFORMATION: date(2018, 12, 1),
    ListKind.PREVENTION: date(2021, 12, 1),
    ListKind.COMBINED_LETTING: date(2010, 12, 1),
}
"""The day of the first list of each kind; before it no area is of that kind.

Combined letting is older: its first here is the list that is due on the first day covered.
"""

FIGURES_HOLD_MONTHS = 24
"""How long figures say anything of an area where AMB-LIST is read to ask for them."""

GHETTO_LIST_DAYS = (
    date(2011, 1, 1),
    date(2011, 10, 1),
    date(2012, 10, 1),
    date(2013, 10, 1),
    date(2014, 2, 1),
)
"""When lists of ghetto areas were due before the first 1 December: § 61 a, stk. 2 of 2010 names 1
January 2011 and each 1 October. 1 February 2014, the first list on the test of 2014, is known from
a secondary source."""

FIRST_GHETTO_DECEMBER = date(2014, 12, 1)

COUNTS_NEXT_YEAR_FROM = date(2023, 10, 1)
"""BEK 1202 af 27/9/2023 § 2, stk. 2: a change approved under it counts from the list of the year
after. BEK 1365 af 29/11/2018 said nothing, so that a change then counted from the next list."""

_INSIDE: dict[ListKind, tuple[ListKind, ...]] = {
    ListKind.VULNERABLE: (ListKind.PARALLEL_SOCIETY, ListKind.TRANSFORMATION),
    ListKind.PARALLEL_SOCIETY: (ListKind.TRANSFORMATION,),
    ListKind.TRANSFORMATION: (),
    ListKind.PREVENTION: (),
    ListKind.COMBINED_LETTING: (),
}
"""A transformation area is a parallel society (stk. 4), which is a vulnerable area (stk. 2)."""


class Existed(NamedTuple):
    """From which day an area exists, and before which it did; None: no change tells."""

    since: date | None
    before: date | None


# --- List days ------------------------------------------------------------------------------


def list_day_due(kind: ListKind, day: date) -> date:
    """Return the day of the list of a kind that holds on `day`: the latest due on or before it.

    It may lie before the first list of the kind, which then says that there was none yet.
    """
    if kind is ListKind.PARALLEL_SOCIETY and GHETTO_LIST_DAYS[0] <= day < FIRST_GHETTO_DECEMBER:
        return max(due for due in GHETTO_LIST_DAYS if due <= day)
    december = date(day.year, 12, 1)
    return december if day >= december else date(day.year - 1, 12, 1)


def list_before(kind: ListKind, list_day: date) -> date:
    """Return the day of the list before that of `list_day`."""
    return list_day_due(kind, list_day - timedelta(days=1))


@cache
def list_days(kind: ListKind, upto: date) -> tuple[date, ...]:
    """Return the days of the lists of a kind up to and with `upto`, oldest first."""
    days = []
    day = list_day_due(kind, upto)
    while day >= FIRST_LIST[kind]:
        days.append(day)
        day = list_before(kind, day)
    return tuple(days[::-1])


# --- One list -------------------------------------------------------------------------------


def listing(row: AreaListed, kind: ListKind) -> Listing:
    """Return what a row of the lists says of one kind."""
    found: Listing = getattr(row, kind.value)
    return found


def on_list(
    view: View, area: str, kind: ListKind, list_day: date, before: date = date.max
) -> Finding:
    """Say whether the area is on the list of a kind published on `list_day`.

    Its absence counts only where that list is complete here for the area's municipality. An area
    that came out of a split or merger which that list did not count yet was listed as what it was
    then (value `listed_as`). `before`: only changes approved before this day are followed.
    """
    memo = ("on_list", area, kind, list_day, before)
    found: Finding | None = view.memo.get(memo)
    if found is None:
        found = view.memo[memo] = _on_list(view, area, kind, list_day, before)
    return found


def _on_list(view: View, area: str, kind: ListKind, list_day: date, before: date) -> Finding:
    values = (("kind", str(kind)), ("list_day", list_day.isoformat()))
    if list_day < FIRST_LIST[kind]:
        return Finding(Status.NOT_MET, (), (*values, ("list", "none_yet")))
    row = view.listed(area, list_day)
    if row is None:
        as_then = _as_then(view, area, kind, list_day, before)
        if as_then is not None:
            return as_then
    said = Listing.UNKNOWN
    if row is not None:
        for each in (kind, *_INSIDE[kind]):
            if listing(row.fact, each) is Listing.ON:
                return Finding(Status.MET, (row,), values)
        said = listing(row.fact, kind)
        if said is Listing.OFF:
            return Finding(Status.NOT_MET, (row,), values)
    registered = view.area(area)
    published = view.published(kind, list_day)
    if published is not None and registered is not None and row is None:
        fact = published.fact
        if fact.complete_nationwide or registered.fact.municipality in fact.complete_for:
            return Finding(Status.NOT_MET, (published,), (*values, ("list", "complete")))
    evidence: tuple[Recorded[Any], ...] = () if row is None else (row,)
    missing = Missing("area_list", "ministry", (*values, ("area", area)))
    return Finding(Status.UNKNOWN, evidence, values, (missing,))


def first_that_may_name(view: View, area: str, kind: ListKind, upto: date) -> date | None:
    """Return the day of the first list of a kind up to `upto` that names the area, or may."""
    days = (day for day in list_days(kind, upto))
    return next(
        (day for day in days if on_list(view, area, kind, day).status is not Status.NOT_MET), None
    )


@classifies(
    "AREA-PUBLISH",
    "almenboligloven § 61 a, stk. 5 (indtil 29/11/2021: stk. 6; indtil 30/11/2018: stk. 2)",
    act=f"{acts.LOV_1610_2010}; {acts.LOV_1609_2013}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1610_2010.in_force,
    areas=tuple(str(kind) for kind in FIRST_LIST),
    points=("AMB-LIST",),
    parameters={
        "list_day": "12-01",
        "ghetto_list_days": list(GHETTO_LIST_DAYS),
        "first_list": {str(kind): day for kind, day in FIRST_LIST.items()},
        "figures_hold_months": FIGURES_HOLD_MONTHS,
    },
)
def official(view: View, area: str, kind: ListKind, day: date) -> Finding:
    """Say whether the area is of a kind on `day`, by the list due then (§ 61 a, stk. 5)."""
    return on_list(view, area, kind, list_day_due(kind, day))


@classifies(
    "AREA-LEAVE",
    "almenboligloven § 61 a; § 168 a, stk. 5-6",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    confidence=Confidence.SECONDARY_SOURCE,
    areas=SECTION_61,
    points=("AMB-LIST",),
    parameters={"list_day": "12-01"},
)
def left_list(view: View, area: str, kind: ListKind, day: date) -> Finding:
    """Say whether the area left the list of a kind with the list due on `day`."""
    due = list_day_due(kind, day)
    before = on_list(view, area, kind, list_before(kind, due))
    now = on_list(view, area, kind, due)
    evidence = (*before.evidence, *now.evidence)
    if Status.UNKNOWN in (before.status, now.status):
        return Finding(Status.UNKNOWN, evidence, now.values, (*before.missing, *now.missing))
    left = before.status is Status.MET and now.status is Status.NOT_MET
    return Finding(Status.MET if left else Status.NOT_MET, evidence, now.values)


# --- Changes of an area's limits ------------------------------------------------------------


def counts_from(change: AreaChangeApproved) -> date:
    """Return the day of the first list that takes account of an approved change."""
    approved = change.approved_on
    if approved >= COUNTS_NEXT_YEAR_FROM:
        return date(approved.year + 1, 12, 1)
    december = date(approved.year, 12, 1)
    return december if approved <= december else date(approved.year + 1, 12, 1)


def changes(view: View, area: str) -> list[Recorded[AreaChangeApproved]]:
    """Return the approved changes that an area takes part in, oldest first."""
    found = view.find(AreaChangeApproved, area)
    return sorted(found, key=lambda item: (item.fact.approved_on, item.position))


def origins(change: AreaChangeApproved, area: str) -> tuple[str, ...]:
    """Return which areas the plots of `area` lay in before a change; none: in itself.

    An area that keeps its id through a change goes on as the same area.
    """
    parts = tuple(part.area for part in change.parts)
    match change.change:
        case AreaChange.SPLIT if area in parts and area != change.area:
            return (change.area,)
        case AreaChange.MERGER if area == change.area and area not in parts:
            return parts
    return ()


def existed(view: View, area: str, changed: Iterable[AreaChangeApproved] = ()) -> Existed:
    """Say from which day, and before which, an area exists as one, as far as changes tell.

    `changed`: changes that are not recorded yet.
    """
    since: date | None = None
    before: date | None = None
    for change in (*(item.fact for item in changes(view, area)), *changed):
        parts = [part.area for part in change.parts]
        if area not in (change.area, *parts):
            continue
        if origins(change, area):
            since = max(since or date.min, change.approved_on)
        gone = (change.change is AreaChange.SPLIT and area not in parts) or (
            change.change is AreaChange.MERGER and area != change.area
        )
        if gone:
            before = min(before or date.max, counts_from(change))
    return Existed(since, before)


def _as_then(view: View, area: str, kind: ListKind, list_day: date, before: date) -> Finding | None:
    """Say what the list says of the area as it was then; None: it was what it is."""
    for item in reversed(changes(view, area)):
        change = item.fact
        then = origins(change, area)
        if not then or list_day >= counts_from(change) or change.approved_on >= before:
            continue
        found = [on_list(view, each, kind, list_day, change.approved_on) for each in then]
        values = (
            ("kind", str(kind)),
            ("list_day", list_day.isoformat()),
            ("listed_as", " ".join(then)),
        )
        evidence = (item, *(one for each in found for one in each.evidence))
        missing = tuple(one for each in found for one in each.missing)
        statuses = {each.status for each in found}
        if len(statuses) == 1:
            return Finding(statuses.pop(), evidence, values, missing)
        # Some of it was on the list and some was not: which part is asked about is not known.
        details = (*values[:2], ("area", area), ("parts", " ".join(then)))
        told = Missing("area_before_merger", "ministry", details)
        return Finding(Status.UNKNOWN, evidence, values, (*missing, told))
    return None


# --- Runs of lists --------------------------------------------------------------------------


def run_of_lists(view: View, area: str, list_day: date, length: int) -> Finding:
    """Say whether the area was on the parallel-society list `length` times in a row.

    The last of them is the list of `list_day`; lists on older criteria count. Where some of the
    lists named what the area was before it was split off or merged, the act does not say whether
    they count for it: enough lists only with them are not known to be enough.
    """
    evidence: list[Recorded[Any]] = []
    missing: list[Missing] = []
    inherited: str | None = None
    for year in range(list_day.year, list_day.year - length, -1):
        day = date(year, 12, 1)
        found = on_list(view, area, ListKind.PARALLEL_SOCIETY, day)
        if found.status is Status.NOT_MET:
            gap = (("gap", day.isoformat()), ("years", str(length)))
            return Finding(Status.NOT_MET, found.evidence, gap)
        evidence.extend(item for item in found.evidence if item not in evidence)
        missing.extend(found.missing)
        inherited = inherited or dict(found.values).get("listed_as")
    values = (("years", str(length)), ("last_list", list_day.isoformat()))
    if inherited is not None:
        details = (("area", area), ("parts", inherited))
        missing.append(Missing("run_through_change", "ministry", details))
    status = Status.UNKNOWN if missing else Status.MET
    return Finding(status, tuple(evidence), values, tuple(missing))


RULES = declared(globals())
