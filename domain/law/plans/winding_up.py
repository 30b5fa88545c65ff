"""Winding up: when the minister may order it, and what the plan for it may leave (§ 168 c).

The act names when it may be ordered; the order of 2018, § 17, stk. 2, allows it in three cases
alone. Both must be so: a plan that came late and was approved all the same is no reason by the act.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from domain import calendar
from domain.events import Recorded
from domain.facts import WindingUpFactor, WindingUpOrdered, WindingUpPlanSent
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import (
    Condition,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    checklist,
    declared,
    turned,
)
from domain.law.numbers import per_cent, plain
from domain.law.plans.course import (
    PLAN_MONTHS,
    Course,
    as_told,
    course,
    not_told,
    sent_in_time,
    upto,
)
from domain.law.plans.kinds import about_plans
from domain.law.standing import newest
from domain.reference import View

MOST_SOCIAL = Fraction(25, 100)
"""§ 168 c, stk. 2: of the dwellings that the local plan allows."""

WEIGHED = (
    WindingUpFactor.YEARS_ON_LIST,
    WindingUpFactor.DEVELOPMENT,
    WindingUpFactor.CRIME,
    WindingUpFactor.MASTER_PLAN,
)
"""BEK 1354/2018 § 18: what the minister weighs, among other things."""

WINDING_UP_MONTHS = 6
"""BEK 1354/2018 § 20, stk. 3: from the order to the plan; exceptionally more."""


@about_plans(
    "PLAN-168C",
    "almenboligloven § 168 c, stk. 1; BEK nr. 1354 af 27/11/2018 §§ 16-18",
    act=f"{acts.LOV_1322_2018}; {acts.BEK_1354_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.ALLOWS,
    areas=("transformation",),
    parameters={"plan_months": PLAN_MONTHS, "weighed": WEIGHED},
)
def may_be_ordered(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    """§ 168 c, stk. 1, and the order, § 17, stk. 2: no plan that can be approved, or not followed.

    What the minister weighs then, the order's § 18 says: it decides nothing here.
    """
    status = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    made = course(view, area, day)
    return checklist(
        (
            Condition("is_transformation_area", status.status, status.evidence, (), status.missing),
            _no_plan_or_not_followed(made, area, day),
            _late_refused_or_behind(made, area, day),
        )
    )


def _no_plan_or_not_followed(made: Course, area: str, day: date) -> Condition:
    """§ 168 c, stk. 1: no plan of either kind can be approved; or the one approved is not done."""
    name = "no_plan_or_not_followed"
    if made.approved is not None:
        return _followed(name, made, area)
    if made.unapproved.status is Status.UNKNOWN:
        return Condition(name, Status.UNKNOWN, (), (), made.unapproved.missing)
    if made.refused is not None:
        return Condition(name, Status.MET, (made.refused,), (("plan", "refused"),))
    if made.sent is not None:
        # The minister has not found yet that it cannot be approved.
        return Condition(name, Status.NOT_MET, (made.sent,), (("plan", "sent"),))
    if not made.known:
        return Condition(name, Status.UNKNOWN, (), (), (not_told(area),))
    status = turned(made.listed.within(day, PLAN_MONTHS))
    missing = made.listed.missing if status is Status.UNKNOWN else ()
    return Condition(name, status, (), (("plan", "none"),), missing)


def _late_refused_or_behind(made: Course, area: str, day: date) -> Condition:
    """The order, § 17, stk. 2: sent late, cannot be approved, or behind its timetable."""
    name = "late_refused_or_behind"
    if made.refused is not None:
        return Condition(name, Status.MET, (made.refused,), (("plan", "refused"),))
    in_time = sent_in_time(made, area, day)
    if in_time.status is Status.NOT_MET:
        return Condition(name, Status.MET, in_time.evidence, (("plan", "late"),))
    if made.approved is not None:
        behind = _followed(name, made, area)
        if behind.status is not Status.NOT_MET or in_time.status is Status.MET:
            return behind
    elif made.unapproved.status is Status.UNKNOWN:
        return Condition(name, Status.UNKNOWN, (), (), made.unapproved.missing)
    return Condition(
        name, turned(in_time.status), in_time.evidence, in_time.values, in_time.missing
    )


def _followed(name: str, made: Course, area: str) -> Condition:
    """Say whether an approved plan is behind its timetable, by the last report on it.

    A change of the plan that was approved since (the order, § 16, stk. 2) calls for a new one.
    """
    if made.approved is None:
        raise LookupError("only an approved plan is followed")
    plan, done, _ = made.approved
    if done is not None:
        return Condition(name, Status.NOT_MET, (plan, done), (("plan", "carried_out"),))
    if made.reported is None:
        missing = Missing("plan_status_reported", "plan_parties", (("area", area),))
        return Condition(name, Status.UNKNOWN, (plan,), (), (missing,))
    behind = not made.reported.fact.on_schedule
    evidence: tuple[Recorded[Any], ...] = (plan, made.reported)
    said = ("plan", "behind" if behind else "on_schedule")
    reported_on = ("reported_on", made.reported.fact.reported_on.isoformat())
    status = Status.MET if behind else Status.NOT_MET
    return as_told(made, area, Condition(name, status, evidence, (said, reported_on)))


@about_plans(
    "PLAN-168C-ORDER",
    "almenboligloven § 168 c, stk. 2; BEK nr. 1354 af 27/11/2018 §§ 18-22",
    act=f"{acts.LOV_1322_2018}; {acts.BEK_1354_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.OBLIGES,
    areas=("transformation",),
    parameters={"months": WINDING_UP_MONTHS, "social_at_most": plain(MOST_SOCIAL * 100)},
)
def winding_up_plan(view: View, area: str, day: date) -> Finding:
    """§ 168 c, stk. 2: after the order a plan within six months, at most a quarter of it social."""
    order = newest(view.find(WindingUpOrdered, area), day, "ordered_on")
    if order is None:
        return Finding(Status.NOT_APPLICABLE)
    due = calendar.months_after(order.fact.ordered_on, WINDING_UP_MONTHS)
    sent = [
        item
        for item in upto(view.find(WindingUpPlanSent, area), "sent_on", day)
        if item.fact.sent_on >= order.fact.ordered_on
    ]
    values = (("ordered_on", order.fact.ordered_on.isoformat()), ("due", due.isoformat()))
    if not sent:
        status = Status.MET if day <= due else Status.NOT_MET
        return Finding(status, (order,), (*values, ("plan", "none")), conditions=(_weighed(order),))
    plan = sent[-1]
    whole = Fraction(plan.fact.allowed_dwellings)
    in_time = sent[0].fact.sent_on <= due
    conditions = (
        _weighed(order),
        Condition(
            "winding_up_plan_in_time",
            # It may be extended exceptionally, and nothing here tells of that.
            Status.MET if in_time else Status.UNKNOWN,
            (plan,),
            (("due", due.isoformat()),),
            () if in_time else (Missing("winding_up_extended", "ministry"),),
        ),
        Condition(
            "social_at_most_a_quarter",
            Status.MET if plan.fact.social_dwellings <= MOST_SOCIAL * whole else Status.NOT_MET,
            (plan,),
            (("share", per_cent(plan.fact.social_dwellings, whole, MOST_SOCIAL)),),
        ),
    )
    return checklist(conditions, (*values, ("plan", "sent")))


def _weighed(order: Recorded[WindingUpOrdered]) -> Condition:
    """Say whether the order names all four (the order of 2018, § 18); it need not name them."""
    weighed = order.fact.considerations
    all_four = set(weighed) >= set(WEIGHED)
    return Condition(
        "winding_up_weighed",
        Status.MET if all_four else Status.UNKNOWN,
        (order,),
        (("weighed", " ".join(weighed)),),
        () if all_four else (Missing("winding_up_weighed", "ministry"),),
    )


RULES = declared(globals())
