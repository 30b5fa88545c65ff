"""Dispensation from 40 per cent: § 168 a, stk. 3-4, and § 168 b, stk. 7-8.

Each condition is told by itself; met, the minister may dispense in special cases, and decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from domain.events import Recorded
from domain.facts import (
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
from domain.law.area.measured import COUNTRY
from domain.law.edition import Edition
from domain.law.kernel import (
    Condition,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    all_met,
    as_stated,
    checklist,
    declared,
    turned,
)
from domain.law.letting.criteria import Limit, compare
from domain.law.numbers import per_cent, plain
from domain.law.plans.course import (
    PLAN_MONTHS,
    Course,
    as_told,
    course,
    first_sent_of,
    upto,
)
from domain.law.plans.kinds import about_plans, municipality_of
from domain.law.standing import newest
from domain.reference import View

Application = Recorded[PlanDispensationApplied] | None
"""What was applied for; None: nothing, and it is asked what it would come to."""

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
    points=("AMB-12PCT", "AMB-DISP-LATE"),
    parameters={
        "months": MONTHS_STK_3,
        "over_per_cent_of_municipality": plain(SHARE_OF_MUNICIPALITY * 100),
        "plot_ratio_over": PLOT_RATIO,
    },
)
def four_conditions(
    edition: Edition, view: View, area: str, kind: PlanKind, day: date, readings: Readings
) -> Finding:
    """§ 168 a, stk. 3: an account of steps, over 12 per cent, no new building, sale at a loss."""
    made = course(view, area, day)
    place = _transformation_area(edition, view, area, day, readings)

    def conditions(applied: Application) -> tuple[Condition, ...]:
        on = _day_of(applied, day)
        by_the_parties = (
            *_applied(view, area, applied, made, kind, MONTHS_STK_3, day, readings),
            _steps_accounted(applied),
            _over_12_per_cent(view, area, on, readings),
            _no_new_building(view, area, on),
            _sale_at_a_loss(view, made, area, on),
        )
        return (place, *(as_told(made, area, each) for each in by_the_parties))

    return _best(applications(view, area, PlanDispensation.STK_3, kind, day), conditions)


@about_plans(
    "PLAN-DISP-4",
    "almenboligloven § 168 a, stk. 4, og § 168 b, stk. 8; BEK nr. 1354 af 27/11/2018 §§ 5-6",
    act=f"{acts.LOV_1322_2018}; {acts.BEK_1354_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.ALLOWS,
    areas=("transformation",),
    points=("AMB-DISP-DAY", "AMB-DISP-LATE"),
    parameters={"months": MONTHS_STK_4, "residents_below": RESIDENTS, "not_met": _CONVICTED},
)
def smaller_area(
    edition: Edition, view: View, area: str, kind: PlanKind, day: date, readings: Readings
) -> Finding:
    """§ 168 a, stk. 4: below 2,100 residents, and convictions below three times the country's."""
    made = course(view, area, day)
    place = _transformation_area(edition, view, area, day, readings)

    def conditions(applied: Application) -> tuple[Condition, ...]:
        asked = _applied(view, area, applied, made, kind, MONTHS_STK_4, day, readings)
        return (
            place,
            *(as_told(made, area, each) for each in asked),
            *_measured(view, area, _day_of(applied, day), day, readings),
        )

    return _best(applications(view, area, PlanDispensation.STK_4, kind, day), conditions)


def applications(
    view: View, area: str, under: PlanDispensation, kind: PlanKind, day: date
) -> list[Recorded[PlanDispensationApplied]]:
    """Return the applications under a subsection with a kind of plan, up to a day, in order."""
    found = [
        item
        for item in view.find(PlanDispensationApplied, area)
        if item.fact.under is under and item.fact.kind is kind and item.fact.applied_on <= day
    ]
    return sorted(found, key=lambda item: (item.fact.applied_on, item.position))


def _best(
    applied: Sequence[Application], conditions: Callable[[Application], tuple[Condition, ...]]
) -> Finding:
    """Return what the application comes to that goes best; what comes in time can be sent again.

    With none it is what one of the day asked about would come to.
    """
    found = [checklist(conditions(each)) for each in (applied or (None,))]
    return max(found, key=lambda finding: _GOES.index(finding.status))


_GOES = (Status.NOT_MET, Status.UNKNOWN, Status.MET)


def _day_of(applied: Application, day: date) -> date:
    """Return the day on which the evidence must be there: it goes with the application.

    The order, § 4, stk. 3; what is of later days was not attached.
    """
    return day if applied is None else applied.fact.applied_on


def _transformation_area(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Condition:
    found = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    return Condition("is_transformation_area", found.status, found.evidence, (), found.missing)


def _applied(
    view: View,
    area: str,
    applied: Application,
    made: Course,
    kind: PlanKind,
    months: int,
    day: date,
    readings: Readings,
) -> tuple[Condition, ...]:
    """Say whether it was applied for in time and, with a joint plan, decided by both first.

    With a joint plan it is sent within months of the first list, with a municipal one at the latest
    when the plan is sent. What was not applied for can be while there is time.
    """
    on = _day_of(applied, day)
    if kind is PlanKind.MUNICIPAL:
        status, due, missing = _with_the_plan(view, area, made, on, day, readings)
    else:
        status, due = made.listed.within(on, months), made.listed.due(months)
        missing = made.listed.missing
    values = () if due is None else (("due", due.isoformat()),)
    missing = missing if status is Status.UNKNOWN else ()
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


def _with_the_plan(
    view: View, area: str, made: Course, on: date, day: date, readings: Readings
) -> tuple[Status, date | None, tuple[Missing, ...]]:
    """Say whether an application of a day comes with the municipal plan at the latest, and by when.

    The order, § 6, stk. 4, with § 10, stk. 2: at the latest when the plan is sent, which was due
    six months after the first list. Where the plan itself came late: AMB-DISP-LATE.
    """
    sent = first_sent_of(view, area, PlanKind.MUNICIPAL, day)
    in_time = made.listed.within(on, PLAN_MONTHS)
    if sent is None:
        return in_time, made.listed.due(PLAN_MONTHS), made.listed.missing
    due = sent.fact.sent_on
    if on > due:
        return Status.NOT_MET, due, ()
    if in_time is Status.NOT_MET and readings("AMB-DISP-LATE") == "a":
        in_time = Status.MET
    return in_time, due, made.listed.missing


def _steps_accounted(applied: Application) -> Condition:
    name = "steps_accounted"
    said = None if applied is None else applied.fact.steps_accounted
    evidence = () if applied is None else (applied,)
    missing = Missing("steps_accounted", "plan_parties")
    return as_stated(Condition(name, Status.UNKNOWN, evidence, (), (missing,)), said)


def _decided_first(applied: Recorded[PlanDispensationApplied]) -> Condition:
    """The order, § 4, stk. 6, and § 5, stk. 6: as of a plan, organisation and council decide it."""
    name = "application_decided_first"
    missing = Missing("application_decided_first", "plan_parties")
    unsaid = Condition(name, Status.UNKNOWN, (applied,), (), (missing,))
    return as_stated(unsaid, applied.fact.decided_first)


def _over_12_per_cent(view: View, area: str, day: date, readings: Readings) -> Condition:
    """Nr. 2: the family dwellings in parallel societies, or as the order has it (AMB-12PCT).

    The order, § 3, stk. 2, nr. 2, and the agreement measure those in transformation areas.
    """
    name = "over_12_per_cent"
    not_counted = (Missing("family_dwellings_by_area", "plan_parties"),)
    counts = view.find(FamilyDwellingsByArea, municipality_of(view, area))
    item = newest(counts, day, "counted_on")
    if item is None:
        return Condition(name, Status.UNKNOWN, (), (), not_counted)
    count: FamilyDwellingsByArea = item.fact
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
    missing = not_counted if status is Status.UNKNOWN else ()
    return Condition(name, status, (item,), values, missing)


def _over(part: int | None, whole: int) -> Status:
    if part is None:
        return Status.UNKNOWN
    return Status.MET if Fraction(part, whole) > SHARE_OF_MUNICIPALITY else Status.NOT_MET


def _no_new_building(view: View, area: str, on: date) -> Condition:
    """Nr. 3, as the order, § 4, stk. 4, lets it be shown: one of three proofs is enough.

    What one document does not name another may; of the plot ratio the last one tells.
    """
    name = "new_building_excluded"
    shown = upto(view.find(NewBuildingDocumented, area), "documented_on", on)
    if not shown:
        return Condition(
            name, Status.UNKNOWN, (), (), (Missing("new_building_documented", "plan_parties"),)
        )
    proofs = {proof: item for item in shown for proof in item.fact.proofs}
    ratio = proofs.pop(NewBuildingProof.PLOT_RATIO, None)
    values = () if ratio is None else (("plot_ratio", ratio.fact.plot_ratio),)
    over = ratio is not None and Fraction(ratio.fact.plot_ratio) > PLOT_RATIO
    rests_on = [*proofs.values(), *(() if ratio is None else (ratio,))] or shown[-1:]
    evidence = tuple(dict.fromkeys(rests_on))
    return Condition(name, Status.MET if over or proofs else Status.NOT_MET, evidence, values)


def _sale_at_a_loss(view: View, made: Course, area: str, on: date) -> Condition:
    """Nr. 4: by a registered agent, since the area was listed (the order, § 4, stk. 3, nr. 2).

    The last such valuation tells; what is no such valuation does not stand against it.
    """
    name = "sale_only_at_loss"
    shown = upto(view.find(SaleValued, area), "valued_on", on)
    if not shown:
        return Condition(name, Status.UNKNOWN, (), (), (Missing("sale_valued", "plan_parties"),))
    listed = made.listed
    counting = [
        item
        for item in shown
        if item.fact.registered_agent
        and (listed.earliest is None or item.fact.valued_on >= listed.earliest)
    ]
    last = (counting or shown)[-1]
    values = (("valued_on", last.fact.valued_on.isoformat()),)
    if not counting or not last.fact.only_at_loss:
        return Condition(name, Status.NOT_MET, (last,), values)
    if listed.latest is None or last.fact.valued_on < listed.latest:
        return Condition(name, Status.UNKNOWN, (last,), values, listed.missing)
    return Condition(name, Status.MET, (last,), values)


def _measured(
    view: View, area: str, applied_on: date, day: date, readings: Readings
) -> tuple[Condition, Condition]:
    """Measure the area when it is applied for, or when the minister decides (AMB-DISP-DAY)."""
    then = _by_figures(view, area, applied_on, readings)
    now = _by_figures(view, area, day, readings)
    if _come_to(then) is _come_to(now) or readings("AMB-DISP-DAY") == "a":
        return then
    return now


def _come_to(conditions: Iterable[Condition]) -> Status:
    return all_met(each.status for each in conditions)


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
    convicted = compare(figures, _CONVICTED, readings, item.worked_out)
    status = turned(convicted.status)
    values = ((convicted.name, f"{convicted.value or '?'} < {convicted.limit}"),)
    return few, Condition(
        "convictions_below_limit",
        status,
        item.evidence((_CONVICTED.figure, COUNTRY)),
        values,
        missing if status is Status.UNKNOWN else (),
    )


RULES = declared(globals())
