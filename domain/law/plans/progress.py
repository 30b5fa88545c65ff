"""How far an area's development plan is on a day: its course, the share, and what is still needed.

Nothing is decided here. It puts beside each other what the rules of plans find (PLAN-168A and
PLAN-COUNT), for whoever follows many areas at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from domain import calendar
from domain.events import Recorded
from domain.facts import (
    AreaChangeApproved,
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    AreaRenamed,
    Fact,
    InstanceCreated,
    Listing,
    ListKind,
    NothingDecided,
    OriginCriterionSuspended,
    PlanAmended,
    PlanApproved,
    PlanCarriedOut,
    PlanDecided,
    PlanKind,
    PlanRefused,
    PlanSent,
    PlanStatusReported,
    ReadingChosen,
    Retracted,
)
from domain.law.area import former, lists
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.timeline import Shared
from domain.law.edition import Edition
from domain.law.kernel import Finding, Status
from domain.law.plans import counting
from domain.law.plans.course import COUNCIL_MONTHS, PLAN_MONTHS, Course, course, sent_in_time
from domain.law.plans.inventory import EVENTS
from domain.law.plans.joint_plan import state
from domain.law.plans.kinds import FIRST_DAY, municipality_of
from domain.reference import View

DAYS: dict[type[Any], str] = {
    PlanAmended: "amended_on",
    PlanApproved: "approved_on",
    PlanCarriedOut: "carried_out_on",
    PlanDecided: "decided_on",
    PlanRefused: "refused_on",
    PlanSent: "sent_on",
    PlanStatusReported: "reported_on",
}
"""The facts of a plan's course, and the field that names the day of each; from it on they count."""

READ: tuple[type[Any], ...] = (
    *DAYS,
    *EVENTS,
    *counting.COUNTED,
    AreaChangeApproved,
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    AreaRenamed,
    InstanceCreated,
    NothingDecided,
    OriginCriterionSuspended,
    ReadingChosen,
    Retracted,
)
"""All that how a plan stands can rest on."""


_KIND = ListKind.TRANSFORMATION
_ONE_DAY = timedelta(days=1)


class Standing(NamedTuple):
    """How the plan of an area stands on a day.

    `status` is what PLAN-168A finds: met while nothing that was due lacks; not applicable to an
    area that need not have a plan. `state` is the word for it, empty where there is nothing to
    tell: the area need have none, and none was ever sent. `in_time`: whether it was sent by
    `due_on`, or still can be.
    """

    status: Status
    state: str
    in_time: Status
    kind: PlanKind | None
    due_on: date | None
    council_due_on: date | None
    sent_on: date | None
    refused_on: date | None
    approved_on: date | None
    amended_on: date | None
    reported_on: date | None
    carried_out_on: date | None


class Seen(NamedTuple):
    """A standing, or a share, with what it rests on and the open points that were asked for.

    `found` None: the area need have no plan and has none; or its dwellings were never counted.
    """

    found: Standing | counting.Share | None
    evidence: tuple[Recorded[Any], ...]
    points: tuple[str, ...]


def plan_on(edition: Edition, view: View, area: str, day: date) -> Seen:
    """Return how the plan of an area stands on a day."""
    rule = edition.rules["PLAN-168A"]
    made = course(view, area, day)
    found, tree = area_law.judged(
        edition, view, day, partial(rule.evaluate, edition, view, area, day)
    )
    standing = standing_of(made, found, area, day)
    if not standing.state:
        return Seen(None, (), ())
    by_condition = (item for each in found.conditions for item in each.evidence)
    evidence = dict.fromkeys((*found.evidence, *made.evidence, *by_condition))
    return Seen(standing, tuple(evidence), tree.points)


def standing_of(made: Course, found: Finding, area: str, day: date) -> Standing:
    """Return how a plan stands whose course is `made`, and of which PLAN-168A finds `found`."""
    in_time = sent_in_time(made, area, day)
    begun = made.sent is not None or made.approved is not None or made.refused is not None
    told = dict(state(made, in_time))
    due, done = made.listed.due, None if made.approved is None else made.approved.carried_out
    return Standing(
        status=found.status,
        state=told["plan"] if begun or found.status is not Status.NOT_APPLICABLE else "",
        in_time=in_time.status,
        kind=made.kind,
        due_on=due(PLAN_MONTHS),
        council_due_on=due(PLAN_MONTHS + COUNCIL_MONTHS),
        sent_on=None if made.first_sent is None else made.first_sent.fact.sent_on,
        refused_on=None if made.refused is None else made.refused.fact.refused_on,
        approved_on=None if made.approved is None else made.approved.approved.fact.approved_on,
        amended_on=None if made.amended is None else made.amended.fact.amended_on,
        reported_on=None if made.reported is None else made.reported.fact.reported_on,
        carried_out_on=None if done is None else done.fact.carried_out_on,
    )


def share_on(edition: Edition, view: View, area: str, day: date) -> Seen:
    """Return the share of social family dwellings of an area on a day."""
    rule = edition.rules["PLAN-COUNT"]
    found, tree = area_law.judged(edition, view, day, partial(rule.evaluate, view, area, day))
    share = counting.share_of(found)
    return Seen(share, found.evidence if share is not None else (), tree.points)


# --- When it can change -----------------------------------------------------------------------


def is_of_interest(view: View, area: str) -> bool:
    """Tell whether there is anything to tell of: a list of transformation areas names the area, its
    dwellings were counted, or something of a plan is recorded of it or of what it came out of."""
    return bool(counting.days_of_change(view, area)) or any(
        any(row.fact.transformation is Listing.ON for row in view.find(AreaListed, each))
        or any(view.find(kind, each) for kind in DAYS)
        for each in former.with_origins(view, area)
    )


def days_of_change(edition: Edition, view: View, area: str, last_list: date) -> list[date]:
    """Return every day on which something of the plan of an area can change, oldest first.

    `last_list`: the day of the last list of transformation areas that anything is recorded of.
    From the next one on nothing more is said than that nothing is known.
    """
    law_days = Shared().law_days(edition, Category.TRANSFORMATION)
    days = {FIRST_DAY, *law_days, *lists.list_days(_KIND, next_list_day(last_list))}
    days.update(_deadlines(view, area, last_list))
    for each in former.with_origins(view, area):
        for kind, name in DAYS.items():
            days.update(getattr(item.fact, name) for item in view.find(kind, each))
        # Where it is not known when it was due, a plan without the council's decision is late at
        # once.
        days.update(item.fact.sent_on + _ONE_DAY for item in view.find(PlanSent, each))
    for change in lists.changes(view, area):
        days |= {change.fact.approved_on, lists.counts_from(change.fact)}
    days.update(_of_no_plan(view, area))
    return sorted(day for day in days if day >= FIRST_DAY)


def share_days_of_change(view: View, area: str) -> list[date]:
    """Return every day on which something of the share of an area can change, oldest first."""
    days = {FIRST_DAY, *counting.days_of_change(view, area)}
    for point in view.keys(ReadingChosen):
        days.update(item.fact.first_day for item in view.find(ReadingChosen, point))
    return sorted(day for day in days if day >= FIRST_DAY)


def _deadlines(view: View, area: str, last_list: date) -> Iterator[date]:
    """Yield the days after what is due, counted from each list that may be the first."""
    for list_day in lists.list_days(_KIND, last_list):
        for months in (PLAN_MONTHS, PLAN_MONTHS + COUNCIL_MONTHS):
            yield calendar.months_after(list_day, months) + _ONE_DAY
        if lists.on_list(view, area, _KIND, list_day).status is Status.MET:
            return


def _of_no_plan(view: View, area: str) -> Iterator[date]:
    """Yield the days of readings chosen, of the criterion of origin, and of others' answers."""
    for point in view.keys(ReadingChosen):
        yield from (item.fact.first_day for item in view.find(ReadingChosen, point))
    spans: list[Recorded[OriginCriterionSuspended] | Recorded[NothingDecided]] = [
        *view.find(OriginCriterionSuspended, ""),
        *view.find(NothingDecided, municipality_of(view, area)),
    ]
    for item in spans:
        yield item.fact.first_day
        if item.fact.last_day is not None:
            yield item.fact.last_day + _ONE_DAY


def list_days_reached(view: View, area: str, list_day: date) -> tuple[date, date | None]:
    """Return from when and until when (None: for good) a list can matter to the area's plan.

    Not at all where no list was due on its day; until the next one is due; and for good where none
    before it names the area, for it may then be the first, from which what is due is counted.
    """
    if list_day not in lists.list_days(_KIND, list_day):
        return list_day, list_day
    for each in lists.list_days(_KIND, list_day - _ONE_DAY):
        if lists.on_list(view, area, _KIND, each).status is Status.MET:
            return list_day, next_list_day(list_day)
    return list_day, None


def next_list_day(list_day: date) -> date:
    """Return the day on which the next list of transformation areas is due."""
    return date(list_day.year + 1, 12, 1)


def day_of(fact: Fact) -> date:
    """Return the day of something in a plan's course."""
    day: date = getattr(fact, DAYS[type(fact)])
    return day
