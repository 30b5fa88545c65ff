"""The course of an area's plan up to a day: listed, decided, sent, approved or not, carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import (
    Fact,
    ListKind,
    PlanAmended,
    PlanApproved,
    PlanBody,
    PlanDecided,
    PlanKind,
    PlanRefused,
    PlanSent,
    PlanStatusReported,
)
from domain.law.area.former import Plan, plan_on
from domain.law.area.lists import list_day_due, list_days, on_list
from domain.law.kernel import Condition, Finding, Missing, Status
from domain.law.plans.kinds import municipality_of
from domain.law.undecided import decides, none_recorded
from domain.reference import View

F = TypeVar("F", bound=Fact)

PLAN_MONTHS = 6
"""BEK 1354/2018 § 9, stk. 3, and § 10, stk. 2: months from the first list to the sending."""

COUNCIL_MONTHS = 2
"""§ 9, stk. 4, and § 10, stk. 2: months after that for the council's final decision."""


class FirstListed(NamedTuple):
    """When an area was first listed as a transformation area: the earliest and the latest day.

    They part where lists are not held completely. `latest` None: no list is known to name it. A
    list is taken to be published on its day (§ 61 a, stk. 5).
    """

    earliest: date | None
    latest: date | None
    missing: tuple[Missing, ...] = ()

    def within(self, day: date, months: int) -> Status:
        """Say whether a day lies within so many months of the first list."""
        if self.earliest is not None and day <= calendar.months_after(self.earliest, months):
            return Status.MET
        if self.latest is not None and day > calendar.months_after(self.latest, months):
            return Status.NOT_MET
        return Status.UNKNOWN

    def due(self, months: int) -> date | None:
        """Return the last day within so many months of the first list; None: it is not known."""
        if self.latest is None or self.earliest != self.latest:
            return None
        return calendar.months_after(self.latest, months)


def first_listed(view: View, area: str, day: date) -> FirstListed:
    """Say when the area was first listed as a transformation area, up to a day."""
    kind = ListKind.TRANSFORMATION
    earliest: date | None = None
    missing: list[Missing] = []
    for each in list_days(kind, list_day_due(kind, day)):
        found = on_list(view, area, kind, each)
        if found.status is Status.MET:
            return FirstListed(earliest or each, each, tuple(missing))
        if found.status is Status.UNKNOWN:
            earliest = earliest or each
            missing.extend(found.missing)
    return FirstListed(earliest, None, tuple(missing))


class Course(NamedTuple):
    """What has become of an area's plan by a day."""

    listed: FirstListed
    approved: Plan | None
    sent: Recorded[PlanSent] | None
    """The last plan that was sent; of two kinds, one that the minister has not refused."""
    first_sent: Recorded[PlanSent] | None
    refused: Recorded[PlanRefused] | None
    """The last refusal, where no plan of either kind is before the minister or approved since."""
    amended: Recorded[PlanAmended] | None
    """The last change of the approved plan that was itself approved."""
    reported: Recorded[PlanStatusReported] | None
    """The last report on the plan as it now stands: one made before a change was approved, or on
    that day, is of a timetable that holds no longer (BEK 1354/2018 § 16, stk. 2, and § 11)."""
    unapproved: Finding
    """What it means that no approval is recorded: there is none, or it is not known here."""
    known: bool
    """This log is one of a party to the plan: what else it does not hold has not happened."""

    @property
    def evidence(self) -> tuple[Recorded[Any], ...]:
        """The facts that tell of it."""
        plan = self.approved
        told = (
            None if plan is None else plan.approved,
            None if plan is None else plan.carried_out,
            self.first_sent,
            self.sent,
            self.refused,
            self.amended,
            self.reported,
        )
        return tuple(dict.fromkeys(item for item in told if item is not None))

    @property
    def kind(self) -> PlanKind | None:
        """Who drew up the plan that counts: the one approved, else the one sent last."""
        if self.approved is not None:
            return self.approved.approved.fact.kind
        return None if self.sent is None else self.sent.fact.kind


def first_sent_of(view: View, area: str, kind: PlanKind, day: date) -> Recorded[PlanSent] | None:
    """Return the first plan of a kind that was sent, up to a day."""
    sent = upto(view.find(PlanSent, area), "sent_on", day)
    return next((item for item in sent if item.fact.kind is kind), None)


def course(view: View, area: str, day: date) -> Course:
    """Return what has become of an area's plan by a day."""
    sent = upto(view.find(PlanSent, area), "sent_on", day)
    refused = upto(view.find(PlanRefused, area), "refused_on", day)
    approved = plan_on(view, area, day)
    open_to = [item for item in sent if _not_answered(item, refused)]
    since = date.min if approved is None else approved.approved.fact.approved_on
    last = refused[-1] if refused and refused[-1].fact.refused_on >= since else None
    municipality = municipality_of(view, area)
    amended = None if approved is None else _amended(view, area, approved, day)
    reported = upto(view.find(PlanStatusReported, area), "reported_on", day)
    if amended is not None:
        reported = [i for i in reported if i.fact.reported_on > amended.fact.amended_on]
    return Course(
        first_listed(view, area, day),
        approved,
        (open_to or sent)[-1] if sent else None,
        sent[0] if sent else None,
        None if open_to else last,
        amended,
        reported[-1] if reported else None,
        none_recorded(view, PlanApproved, municipality, day, ("plan", "none"), area),
        decides(view, PlanSent, municipality),
    )


def _not_answered(sent: Recorded[PlanSent], refused: Iterable[Recorded[PlanRefused]]) -> bool:
    """Say whether no plan of the kind was refused since; one of the other kind is another plan."""
    return all(
        item.fact.kind is not sent.fact.kind or item.fact.refused_on < sent.fact.sent_on
        for item in refused
    )


def _amended(view: View, area: str, plan: Plan, day: date) -> Recorded[PlanAmended] | None:
    """Return the last approved change of a plan, up to a day."""
    found = [
        item
        for each in dict.fromkeys((plan.approved.fact.area, area))
        for item in view.find(PlanAmended, each)
        if item.fact.amended_on >= plan.approved.fact.approved_on
    ]
    approved = upto(found, "amended_on", day)
    return approved[-1] if approved else None


def upto(items: Iterable[Recorded[F]], name: str, day: date) -> list[Recorded[F]]:
    """Return the facts of days up to one, in order."""
    found = [item for item in items if getattr(item.fact, name) <= day]
    return sorted(found, key=lambda item: (getattr(item.fact, name), item.position))


def not_told(area: str) -> Missing:
    """Say that a party to the plan must tell what has become of it."""
    return Missing("plan_course", "plan_parties", (("area", area),))


def as_told(made: Course, area: str, condition: Condition) -> Condition:
    """Return a condition that rests on what the parties do; in the log of another it is unknown.

    There what is recorded may not be the last, nor all of it.
    """
    if made.known:
        return condition
    return msgspec.structs.replace(condition, status=Status.UNKNOWN, missing=(not_told(area),))


def sent_in_time(made: Course, area: str, day: date) -> Condition:
    """Say whether a plan was sent within six months of the first list, or still can be."""
    name = "plan_sent_in_time"
    due = made.listed.due(PLAN_MONTHS)
    values = () if due is None else (("plan_due", due.isoformat()),)
    if made.first_sent is None and made.approved is not None:
        # It was sent, and when is not recorded.
        return Condition(name, Status.UNKNOWN, (), values, (not_told(area),))
    if made.first_sent is None:
        within = made.listed.within(day, PLAN_MONTHS)
        if within is Status.MET:
            return Condition(name, Status.MET, (), (*values, ("plan", "not_due")))
        if not made.known:
            return Condition(name, Status.UNKNOWN, (), values, (not_told(area),))
        return Condition(name, within, (), values, made.listed.missing)
    sent = made.first_sent
    status = made.listed.within(sent.fact.sent_on, PLAN_MONTHS)
    values = (*values, ("sent_on", sent.fact.sent_on.isoformat()))
    missing = made.listed.missing if status is Status.UNKNOWN else ()
    return Condition(name, status, (sent,), values, missing)


def decided(view: View, made: Course, area: str, day: date) -> tuple[Condition, ...]:
    """Say whether organisation and council decided the plan that was sent, each in time.

    Both decide before it is sent; it may be sent with a reservation for the council's decision,
    which must be there two months after the plan was due (§ 9, stk. 4). A municipal plan is the
    council's alone.
    """
    if made.sent is None:
        return ()
    plan = made.sent.fact
    council_due = made.listed.due(PLAN_MONTHS + COUNCIL_MONTHS)

    def council_in_time(on: date) -> Status:
        if council_due is None and on <= plan.sent_on:
            return Status.MET
        return made.listed.within(on, PLAN_MONTHS + COUNCIL_MONTHS)

    def before_it_was_sent(on: date) -> Status:
        return Status.MET if on <= plan.sent_on else Status.NOT_MET

    of_council = _Limit(council_due, council_in_time, made.listed.missing)
    by_council = _decided(view, area, plan.kind, PlanBody.COUNCIL, of_council, day)
    if plan.kind is PlanKind.MUNICIPAL:
        return (by_council,)
    of_organisation = _Limit(plan.sent_on, before_it_was_sent)
    return (
        _decided(view, area, plan.kind, PlanBody.ORGANISATION, of_organisation, day),
        by_council,
    )


class _Limit(NamedTuple):
    """By when a plan is decided; `day` None: that is not known, as `missing` says."""

    day: date | None
    holds: Callable[[date], Status]
    """Whether a decision of a day is in time."""
    missing: tuple[Missing, ...] = ()


_DECIDED_BY = {
    PlanBody.ORGANISATION: "plan_decided_by_organisation",
    PlanBody.COUNCIL: "plan_decided_by_council",
}


def _decided(
    view: View, area: str, kind: PlanKind, body: PlanBody, limit: _Limit, day: date
) -> Condition:
    name = _DECIDED_BY[body]
    found: Sequence[Recorded[PlanDecided]] = [
        item
        for item in view.find(PlanDecided, area)
        if item.fact.body is body and item.fact.kind is kind and item.fact.decided_on <= day
    ]
    values = () if limit.day is None else (("due", limit.day.isoformat()),)
    if found:
        first = min(found, key=lambda item: (item.fact.decided_on, item.position))
        status = limit.holds(first.fact.decided_on)
        missing = limit.missing if status is Status.UNKNOWN else ()
        return Condition(name, status, (first,), values, missing)
    if body is PlanBody.COUNCIL and limit.holds(day) is Status.MET:
        return Condition(name, Status.MET, (), (*values, ("plan", "not_due")))
    municipality = municipality_of(view, area)
    silent = none_recorded(
        view, PlanDecided, municipality, day, ("decided", "none"), area, how=body
    )
    if body is PlanBody.COUNCIL and limit.holds(day) is Status.UNKNOWN:
        # It may yet come in time; that it was made already is asked for all the same.
        return Condition(name, Status.UNKNOWN, (), values, (*limit.missing, *silent.missing))
    return Condition(name, silent.status, silent.evidence, values, silent.missing)
