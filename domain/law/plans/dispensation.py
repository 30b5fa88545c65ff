"""Dispensation from 40 per cent: § 168 a, stk. 3-4, and § 168 b, stk. 7-8.

Each condition is told by itself; met, the minister may dispense in special cases, and decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from domain.events import Recorded
from domain.facts import (
    Fact,
    FamilyDwellingsByArea,
    NewBuildingDocumented,
    NewBuildingProof,
    PlanDispensation,
    PlanDispensationApplied,
    PlanKind,
    SaleValued,
)
from domain.law import acts
from domain.law.area import figures as figures_law
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
)
from domain.law.letting.criteria import Limit, compare
from domain.law.plans.counting import per_cent
from domain.law.plans.course import Course, course, first_sent_of
from domain.law.plans.kinds import about_plans
from domain.reference import View

F = TypeVar("F", bound=Fact)

MONTHS_STK_3 = 2
MONTHS_STK_4 = 4
"""BEK 1354/2018 § 4, stk. 1, and § 5, stk. 5: months from the first list to the application."""

SHARE_OF_MUNICIPALITY = Fraction(12, 100)
PLOT_RATIO = 60
RESIDENTS = 2_100

_CONVICTED = Limit("convicted_share", ">=", "3", times_country=True)
"""§ 61 a, stk. 1, nr. 2: the criterion that must not be met."""


@about_plans(
    "PLAN-DISP-3",
    "almenboligloven § 168 a, stk. 3, og § 168 b, stk. 7; BEK nr. 1354 af 27/11/2018 §§ 3-4 og 6",
    act=f"{acts.LOV_1322_2018}; {acts.BEK_1354_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.ALLOWS,
    areas=("transformation",),
    points=("AMB-12PCT",),
    parameters={
        "months": MONTHS_STK_3,
        "over_per_cent_of_municipality": "12",
        "plot_ratio_over": PLOT_RATIO,
    },
)
def four_conditions(
    edition: Edition, view: View, area: str, kind: PlanKind, day: date, readings: Readings
) -> Finding:
    """§ 168 a, stk. 3: an account of steps, over 12 per cent, no new building, sale at a loss."""
    applied = application(view, area, PlanDispensation.STK_3, kind, day)
    made = course(view, area, day)
    return checklist(
        (
            _transformation_area(edition, view, area, day, readings),
            *_applied(view, area, applied, made, kind, MONTHS_STK_3, day),
            _steps_accounted(applied),
            _over_12_per_cent(view, area, day, readings),
            _no_new_building(view, area, day),
            _sale_at_a_loss(view, made, area, day),
        )
    )


@about_plans(
    "PLAN-DISP-4",
    "almenboligloven § 168 a, stk. 4, og § 168 b, stk. 8; BEK nr. 1354 af 27/11/2018 §§ 5-6",
    act=f"{acts.LOV_1322_2018}; {acts.BEK_1354_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.ALLOWS,
    areas=("transformation",),
    parameters={"months": MONTHS_STK_4, "residents_below": RESIDENTS, "not_met": _CONVICTED},
)
def smaller_area(
    edition: Edition, view: View, area: str, kind: PlanKind, day: date, readings: Readings
) -> Finding:
    """§ 168 a, stk. 4: below 2,100 residents, and convictions below three times the country's."""
    applied = application(view, area, PlanDispensation.STK_4, kind, day)
    made = course(view, area, day)
    return checklist(
        (
            _transformation_area(edition, view, area, day, readings),
            *_applied(view, area, applied, made, kind, MONTHS_STK_4, day),
            *_by_figures(view, area, day, readings),
        )
    )


def application(
    view: View, area: str, under: PlanDispensation, kind: PlanKind, day: date
) -> Recorded[PlanDispensationApplied] | None:
    """Return the first application under a subsection with a kind of plan, up to a day."""
    found = [
        item
        for item in view.find(PlanDispensationApplied, area)
        if item.fact.under is under and item.fact.kind is kind and item.fact.applied_on <= day
    ]
    return min(found, key=lambda i: (i.fact.applied_on, i.position)) if found else None


def _transformation_area(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Condition:
    found = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    return Condition("is_transformation_area", found.status, found.evidence, (), found.missing)


def _applied(
    view: View,
    area: str,
    applied: Recorded[PlanDispensationApplied] | None,
    made: Course,
    kind: PlanKind,
    months: int,
    day: date,
) -> tuple[Condition, ...]:
    """Say whether it was applied for in time and, with a joint plan, decided by both first.

    With a joint plan it is sent within months of the first list, with a municipal one at the latest
    when the plan is sent. What was not applied for can be while there is time.
    """
    due = made.listed.due(months)
    if kind is PlanKind.MUNICIPAL:
        sent = first_sent_of(view, area, kind, day)
        due = None if sent is None else sent.fact.sent_on
    values = () if due is None else (("due", due.isoformat()),)
    on = day if applied is None else applied.fact.applied_on
    status = made.listed.within(on, months)
    if kind is PlanKind.MUNICIPAL:
        status = Status.MET if due is None or on <= due else Status.NOT_MET
    missing = made.listed.missing if status is Status.UNKNOWN else ()
    name = "applied_in_time"
    if applied is None:
        if status is Status.MET:
            status, missing = Status.UNKNOWN, (Missing("dispensation_applied", "plan_parties"),)
        return (Condition(name, status, (), values, missing),)
    values = (("applied_on", applied.fact.applied_on.isoformat()), *values)
    in_time = Condition(name, status, (applied,), values, missing)
    if kind is PlanKind.MUNICIPAL:
        return (in_time,)
    return in_time, _decided_first(applied)


def _steps_accounted(applied: Recorded[PlanDispensationApplied] | None) -> Condition:
    name = "steps_accounted"
    said = None if applied is None else applied.fact.steps_accounted
    evidence = () if applied is None else (applied,)
    if said is None:
        missing = Missing("steps_accounted", "plan_parties")
        return Condition(name, Status.UNKNOWN, evidence, (), (missing,))
    return Condition(name, Status.MET if said else Status.NOT_MET, evidence)


def _decided_first(applied: Recorded[PlanDispensationApplied]) -> Condition:
    """The order, § 4, stk. 6, and § 5, stk. 6: as of a plan, organisation and council decide it."""
    name = "application_decided_first"
    said = applied.fact.decided_first
    if said is None:
        missing = Missing("application_decided_first", "plan_parties")
        return Condition(name, Status.UNKNOWN, (applied,), (), (missing,))
    return Condition(name, Status.MET if said else Status.NOT_MET, (applied,))


def _over_12_per_cent(view: View, area: str, day: date, readings: Readings) -> Condition:
    """Nr. 2: the family dwellings in parallel societies, or as the order has it (AMB-12PCT).

    The order, § 3, stk. 2, nr. 2, and the agreement measure those in transformation areas.
    """
    name = "over_12_per_cent"
    registered = view.area(area)
    municipality = "" if registered is None else registered.fact.municipality
    counts = [i for i in view.find(FamilyDwellingsByArea, municipality) if i.fact.counted_on <= day]
    if not counts:
        return Condition(
            name, Status.UNKNOWN, (), (), (Missing("family_dwellings_by_area", "plan_parties"),)
        )
    item = max(counts, key=lambda each: (each.fact.counted_on, each.position))
    count = item.fact
    by_act = _over(count.in_parallel_societies, count.in_municipality)
    by_order = _over(count.in_transformation_areas, count.in_municipality)
    status = by_act
    if by_act is not by_order:
        status = by_act if readings("AMB-12PCT") == "a" else by_order
    values = tuple(
        (said, per_cent(part, Fraction(count.in_municipality), SHARE_OF_MUNICIPALITY))
        for said, part in (
            ("in_parallel_societies", count.in_parallel_societies),
            ("in_transformation_areas", count.in_transformation_areas),
        )
        if part is not None
    )
    missing = (
        (Missing("family_dwellings_by_area", "plan_parties"),) if status is Status.UNKNOWN else ()
    )
    return Condition(name, status, (item,), values, missing)


def _over(part: int | None, whole: int) -> Status:
    if part is None:
        return Status.UNKNOWN
    return Status.MET if Fraction(part, whole) > SHARE_OF_MUNICIPALITY else Status.NOT_MET


def _no_new_building(view: View, area: str, day: date) -> Condition:
    """Nr. 3, as the order, § 4, stk. 4, lets it be shown: one of three proofs is enough."""
    name = "new_building_excluded"
    found = _last(view.find(NewBuildingDocumented, area), "documented_on", day)
    if found is None:
        return Condition(
            name, Status.UNKNOWN, (), (), (Missing("new_building_documented", "plan_parties"),)
        )
    fact = found.fact
    enough = any(
        proof is not NewBuildingProof.PLOT_RATIO or Fraction(fact.plot_ratio) > PLOT_RATIO
        for proof in fact.proofs
    )
    values = (("plot_ratio", fact.plot_ratio),) if fact.plot_ratio else ()
    return Condition(name, Status.MET if enough else Status.NOT_MET, (found,), values)


def _sale_at_a_loss(view: View, made: Course, area: str, day: date) -> Condition:
    """Nr. 4: by a registered agent, since the area was listed (the order, § 4, stk. 3, nr. 2)."""
    name = "sale_only_at_loss"
    found = _last(view.find(SaleValued, area), "valued_on", day)
    if found is None:
        return Condition(name, Status.UNKNOWN, (), (), (Missing("sale_valued", "plan_parties"),))
    fact = found.fact
    values = (("valued_on", fact.valued_on.isoformat()),)
    if not (fact.registered_agent and fact.only_at_loss):
        return Condition(name, Status.NOT_MET, (found,), values)
    listed = made.listed
    if listed.earliest is not None and fact.valued_on < listed.earliest:
        return Condition(name, Status.NOT_MET, (found,), values)
    if listed.latest is None or fact.valued_on < listed.latest:
        return Condition(name, Status.UNKNOWN, (found,), values, listed.missing)
    return Condition(name, Status.MET, (found,), values)


def _by_figures(
    view: View, area: str, day: date, readings: Readings
) -> tuple[Condition, Condition]:
    """The residents, and the criterion of convictions that must not be met."""
    item = figures_law.figures_on(view, area, day)
    details = (("area", area), ("list_day", day.isoformat()))
    missing = (Missing("area_figures", "ministry", details),)
    if item is None:
        return (
            Condition("below_2100_residents", Status.UNKNOWN, (), (), missing),
            Condition("convictions_below_limit", Status.UNKNOWN, (), (), missing),
        )
    figures = item.figures
    residents = figures.residents
    if residents is None:
        few = Condition("below_2100_residents", Status.UNKNOWN, (item.item,), (), missing)
    else:
        status = Status.MET if residents < RESIDENTS else Status.NOT_MET
        few = Condition(
            "below_2100_residents", status, (item.item,), (("residents", str(residents)),)
        )
    convicted = compare(figures, _CONVICTED, readings)
    status = _TURNED[convicted.status]
    values = ((convicted.name, f"{convicted.value or '?'} < {convicted.limit}"),)
    return few, Condition(
        "convictions_below_limit",
        status,
        item.evidence((_CONVICTED.figure,)),
        values,
        missing if status is Status.UNKNOWN else (),
    )


_TURNED = {
    Status.MET: Status.NOT_MET,
    Status.NOT_MET: Status.MET,
    Status.UNKNOWN: Status.UNKNOWN,
}


def _last(items: Iterable[Recorded[F]], name: str, day: date) -> Recorded[Any] | None:
    found = [item for item in items if getattr(item.fact, name) <= day]
    return max(found, key=lambda i: (getattr(i.fact, name), i.position)) if found else None


RULES = declared(globals())
