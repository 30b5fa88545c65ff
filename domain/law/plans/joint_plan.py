"""The joint development plan: who must make one and when it is due (§ 168 a, stk. 1-2)."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain import calendar
from domain.facts import ListKind
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.lists import first_that_may_name, list_day_due
from domain.law.edition import Edition
from domain.law.kernel import Effect, Finding, Readings, Status, declared, rule
from domain.reference import View

about_plans = partial(rule, question="plan")
"""Declares a rule about development plans."""

PLAN_MONTHS = 6
"""BEK 1354/2018 § 9, stk. 3, and § 10, stk. 2: months from the first list to the plan's sending."""


def first_listed(view: View, area: str, day: date) -> date | None:
    """Return the day of the first list up to `day` that names, or may name, it as transformation.

    A list is taken to be published on its day (§ 61 a, stk. 5).
    """
    kind = ListKind.TRANSFORMATION
    return first_that_may_name(view, area, kind, list_day_due(kind, day))


@about_plans(
    "PLAN-168A",
    "almenboligloven § 168 a, stk. 1-2; BEK nr. 1354 af 27/11/2018 § 9",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.OBLIGES,
    areas=("transformation",),
    parameters={"plan_months": PLAN_MONTHS},
)
def plan_required(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    """§ 168 a, stk. 1: organisation and council must make a development plan for the area.

    It was due six months after the first list that names it as a transformation area (the order,
    § 9, stk. 3).
    """
    found = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    values = found.values
    first = first_listed(view, area, day)
    if found.status is Status.MET and first is not None:
        due = calendar.months_after(first, PLAN_MONTHS)
        values = (*values, ("first_listed", first.isoformat()), ("plan_due", due.isoformat()))
    return Finding(found.status, found.evidence, values, found.missing)


RULES = declared(globals())
