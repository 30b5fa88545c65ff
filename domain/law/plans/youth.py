"""Redesignation of family dwellings of 50 to 65 m² as youth dwellings (§ 4, stk. 1, nr. 11)."""

from __future__ import annotations

from datetime import date

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
    applies,
    as_stated,
    checklist,
    declared,
)
from domain.law.plans.kinds import about_plans
from domain.reference import View

LEAST_M2, MOST_M2 = 50, 65
"""Gross floor area; both ends are taken to be *mellem 50 og 65 m²*."""


@about_plans(
    "FIN-YOUTH",
    "almenboligloven § 4, stk. 1, nr. 11; § 168 a, stk. 5, og § 168 b, stk. 9",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.ALLOWS,
    areas=("parallel_society", "former_transformation"),
    parameters={"least_m2": LEAST_M2, "most_m2": MOST_M2},
)
def youth_dwellings(
    edition: Edition,
    view: View,
    area: str,
    gross_m2: int | None,
    agreed: bool | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 4, stk. 1, nr. 11: in a parallel society, 50 to 65 m², and the municipality agrees."""
    return checklist(
        (
            _place(edition, view, area, day, readings),
            _size(gross_m2),
            _agreed(agreed),
        )
    )


def _place(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Condition:
    name = "parallel_society_or_under_plan"
    found = area_law.status(edition, view, area, Category.PARALLEL_SOCIETY, day, readings)
    former = edition.rules["PLAN-FORMER-TOOLS"]
    if found.status is not Status.MET and applies(former, day, readings):
        under = former.evaluate(view, area, day, readings)
        if under.status is Status.MET or found.status is Status.NOT_MET:
            found = under
    return Condition(name, found.status, found.evidence, (), found.missing)


def _size(gross_m2: int | None) -> Condition:
    name = "between_50_and_65_m2"
    if gross_m2 is None:
        missing = Missing("gross_m2_stated", "housing_organisation")
        return Condition(name, Status.UNKNOWN, (), (), (missing,))
    status = Status.MET if LEAST_M2 <= gross_m2 <= MOST_M2 else Status.NOT_MET
    return Condition(name, status, (), (("gross_m2", str(gross_m2)),))


def _agreed(agreed: bool | None) -> Condition:
    name = "agreed_with_municipality"
    missing = Missing("relabelling_agreed", "plan_parties")
    return as_stated(Condition(name, Status.UNKNOWN, (), (), (missing,)), agreed)


RULES = declared(globals())
