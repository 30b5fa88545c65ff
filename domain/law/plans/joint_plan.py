"""The plan of a transformation area: who must make one, in time, and who approves it.

§ 168 a, stk. 1-2, of a joint plan; § 168 b of a municipal one, where the parties do not agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.facts import PlanKind, PlanOrderGiven
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import (
    Condition,
    Effect,
    Finding,
    Readings,
    Status,
    all_met,
    declared,
)
from domain.law.plans.course import (
    COUNCIL_MONTHS,
    PLAN_MONTHS,
    Course,
    course,
    decided,
    not_told,
    sent_in_time,
)
from domain.law.plans.kinds import about_plans
from domain.law.standing import newest
from domain.reference import View


@about_plans(
    "PLAN-168A",
    "almenboligloven § 168 a, stk. 1-2; BEK nr. 1354 af 27/11/2018 §§ 8-16",
    act=f"{acts.LOV_1322_2018}; {acts.BEK_1354_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.OBLIGES,
    areas=("transformation",),
    parameters={"plan_months": PLAN_MONTHS, "council_months": COUNCIL_MONTHS},
)
def plan_made(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 1-2: a transformation area has a plan, decided, sent in time and approved.

    Met once the minister has approved one, and while nothing that was due is lacking; where the
    area is none of these it does not apply. That a plan came late is told, and no longer against
    it once it is approved.
    """
    needed = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    if needed.status is Status.NOT_MET:
        return Finding(Status.NOT_APPLICABLE, needed.evidence, needed.values)
    made = course(view, area, day)
    in_time = sent_in_time(made, area, day)
    conditions = (
        Condition("is_transformation_area", needed.status, needed.evidence, (), needed.missing),
        in_time,
        *decided(view, made, area, day),
        *_approved(made),
    )
    evidence = tuple(dict.fromkeys((*needed.evidence, *made.evidence)))
    last = made.listed.due(PLAN_MONTHS + COUNCIL_MONTHS)
    council = () if last is None else (("council_due", last.isoformat()),)
    values = (*in_time.values, *council, *state(made, in_time))
    status = _status(needed.status, made, conditions)
    missing = dict.fromkeys(m for each in conditions for m in each.missing)
    return Finding(
        status,
        evidence,
        tuple(dict(values).items()),
        tuple(missing) if status is Status.UNKNOWN else (),
        (),
        conditions,
    )


def _status(needed: Status, made: Course, conditions: Iterable[Condition]) -> Status:
    """Say what the conditions come to: an approved plan is no longer late, nor undecided."""
    if made.approved is not None:
        return needed if made.approved.whole else Status.UNKNOWN
    found = all_met(each.status for each in conditions if each.name != "plan_approved")
    if made.refused is not None:
        found = Status.NOT_MET
    if made.unapproved.status is Status.UNKNOWN:
        return Status.UNKNOWN
    return Status.UNKNOWN if found is Status.NOT_MET and needed is Status.UNKNOWN else found


def _approved(made: Course) -> tuple[Condition, ...]:
    """Say whether the minister has approved the plan; nothing while that is awaited."""
    name = "plan_approved"
    if made.approved is not None:
        plan = made.approved.approved
        values = (("approved_on", plan.fact.approved_on.isoformat()),)
        return (Condition(name, Status.MET, (plan,), values),)
    if made.refused is not None:
        values = (("refused_on", made.refused.fact.refused_on.isoformat()),)
        return (Condition(name, Status.NOT_MET, (made.refused,), values),)
    if made.unapproved.status is Status.UNKNOWN:
        return (Condition(name, Status.UNKNOWN, (), (), made.unapproved.missing),)
    return ()


def state(made: Course, in_time: Condition) -> tuple[tuple[str, str], ...]:
    """Say in a word how the plan stands."""
    if made.approved is not None:
        plan, done, _ = made.approved
        told = [("approved_on", plan.fact.approved_on.isoformat())]
        if made.amended is not None:
            told += [("amended", "yes"), ("amended_on", made.amended.fact.amended_on.isoformat())]
        return (("plan", "approved" if done is None else "carried_out"), *told)
    if made.refused is not None:
        return (("plan", "refused"),)
    if made.sent is not None:
        return (("plan", "sent"),)
    return (("plan", "not_due" if in_time.status is Status.MET else "none"),)


@about_plans(
    "PLAN-168B",
    "almenboligloven § 168 b; BEK nr. 1354 af 27/11/2018 §§ 6-7, 10 og 15",
    act=f"{acts.LOV_1322_2018}; {acts.BEK_1354_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.ALLOWS,
    areas=("transformation",),
)
def municipal_plan(view: View, area: str, day: date) -> Finding:
    """§ 168 b: without agreement the council may have a municipal plan approved, and order it done.

    Met where the plan that counts is an approved municipal one. The values tell of an order that
    stands: `ordered_on`, its `limit`, and `order`: `open`, `met`, or `overdue`, when the council
    may appoint a manager (stk. 3).
    """
    made = course(view, area, day)
    if made.kind is not PlanKind.MUNICIPAL:
        return Finding(Status.NOT_APPLICABLE)
    if made.approved is None:
        status = Status.NOT_MET if made.refused is not None or made.known else Status.UNKNOWN
        missing = (not_told(area),) if status is Status.UNKNOWN else ()
        return Finding(status, made.evidence, (), missing)
    order = newest(view.find(PlanOrderGiven, area), day, "ordered_on")
    evidence = (*made.evidence, *(() if order is None else (order,)))
    return Finding(Status.MET, evidence, () if order is None else _order(order.fact, day))


def _order(order: PlanOrderGiven, day: date) -> tuple[tuple[str, str], ...]:
    obeyed = order.obeyed_on is not None and order.obeyed_on <= day
    state = "met" if obeyed else "overdue" if day > order.limit else "open"
    return (
        ("ordered_on", order.ordered_on.isoformat()),
        ("limit", order.limit.isoformat()),
        ("order", state),
        ("municipality_rehouses", "yes" if order.sale_or_demolition else "no"),
    )


RULES = declared(globals())
