"""Rehousing: almenlejeloven §§ 86, 86 a, the letting order §§ 1 and 2, almenboligloven § 91 a."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from domain.events import Recorded
from domain.facts import (
    DisposalDecided,
    DisposalKind,
    DwellingKind,
    DwellingRecorded,
    PartOfPlan,
    PlanKind,
)
from domain.law import acts
from domain.law.edition import Edition
from domain.law.ending import sale
from domain.law.fund import money
from domain.law.kernel import (
    Condition,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    checklist,
    declared,
    rule,
)
from domain.reference import View

ROOMS_OVER_MEMBERS = 1
"""§ 86, stk. 2: as many rooms as the household has members, and one more."""

LONGEST_TEMPORARY_MONTHS = 12
"""§ 86, stk. 3: a longer rebuilding gives a right to a permanent dwelling."""

AGE_LIMIT = 65
"""The letting order § 2, stk. 2: tenants under 65."""

WIDENED = acts.LOV_1167_2021.in_force
"""Areas that have been transformation areas, and municipal plans."""


def suitable_rooms(members: int | None, rooms_before: int | None, day: date) -> tuple[int, ...]:
    """§ 86, stk. 2: the numbers of rooms that are suitable, as far as they can be told."""
    by_members = () if members is None else (members + ROOMS_OVER_MEMBERS,)
    before = () if rooms_before is None else (rooms_before,)
    return tuple(sorted({*by_members, *before}))


def in_municipality(here: bool | None, consents: bool | None, day: date) -> Condition:
    """§§ 86, stk. 2, and 86 a, stk. 1: it lies in the municipality, or the tenant agrees.

    `here` None: where it lies is not known.
    """
    name = "in_municipality"
    if here:
        return Condition(name, Status.MET)
    if here is None:
        return Condition(name, Status.UNKNOWN, (), (), (Missing("offered_dwelling", "landlord"),))
    if consents is None:
        return Condition(name, Status.UNKNOWN, (), (), (Missing("tenant_consents", "landlord"),))
    return Condition(
        name, Status.MET if consents else Status.NOT_MET, (), (("consent", str(consents)),)
    )


_rehousing = partial(
    rule,
    question="rehousing",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.OBLIGES,
)


_TRANSFORMATION = ("transformation", "former_transformation")


@_rehousing(
    "REH-86-GENERAL",
    "almenlejeloven § 86, stk. 1-3",
    act=f"{acts.ALMENLEJELOVEN}; {acts.LOV_1322_2018}",
    points=("AMB-HOUSEHOLD",),
    parameters={"rooms_over_members": ROOMS_OVER_MEMBERS},
    parts=(suitable_rooms,),
)
def general(
    planned: Recorded[DisposalDecided] | None,
    ground: Status,
    members: int | None,
    rooms_before: int | None,
    offered_rooms: int | None,
    here: bool | None,
    consents: bool | None,
    for_good: bool,
    day: date,
) -> Finding:
    """§ 86, stk. 1-3: whether a dwelling offered is the replacement that the tenant is due.

    `members` None: not all of them are known. `here`: it lies in the same municipality; None:
    nothing is offered, or where it lies is not known. `for_good`: the number of rooms is laid
    down for a permanent dwelling alone (stk. 2); a temporary one may be a hotel (§ 86 a).
    """
    evidence = () if planned is None else (planned,)
    conditions = [Condition("rehousing_ground", ground, evidence)]
    if offered_rooms is not None or here is not None:
        if for_good:
            conditions.append(_size(members, rooms_before, offered_rooms, day))
        conditions.append(in_municipality(here, consents, day))
    return checklist(conditions, (("decides_form", "landlord"),))


_FORM = Missing("permanent_decided", "landlord")
"""Stk. 1: agreed with the tenant, else decided by the landlord."""


def _size(
    members: int | None, rooms_before: int | None, offered: int | None, day: date
) -> Condition:
    name = "suitable_size"
    suitable = suitable_rooms(members, rooms_before, day)
    values = (("rooms", " ".join(str(rooms) for rooms in suitable)),)
    if offered is None:
        return Condition(name, Status.UNKNOWN, (), values, (Missing("offered_rooms", "landlord"),))
    if offered in suitable:
        return Condition(name, Status.MET, (), values)
    missing = []
    if members is None:
        missing.append(Missing("household_size", "municipality_referral"))
    if rooms_before is None:
        missing.append(Missing("rooms_before", "landlord"))
    return Condition(
        name, Status.UNKNOWN if missing else Status.NOT_MET, (), values, tuple(missing)
    )


def by_plan(
    edition: Edition,
    view: View,
    area: str | None,
    plan: PartOfPlan | None,
    sought_by: tuple[Recorded[Any], ...],
    day: date,
    readings: Readings,
) -> Finding:
    """§ 86, stk. 1, 3. pkt.: whether a sale in the area is one that keeps rehousing inside it.

    `plan` None: not stated. `sought_by` says what it is part of, where that is recorded.
    """
    widened = day >= WIDENED
    values: tuple[tuple[str, str], ...] = (("sale", "planned"),)
    if area is None:
        return Finding(Status.NOT_MET, sought_by, values)
    if plan is PartOfPlan.NONE or (plan is PartOfPlan.MUNICIPAL and not widened):
        return Finding(Status.NOT_MET, sought_by, (*values, ("plan", "none")))
    found = sale.transformation_now(edition, view, area, day, readings)
    if widened and found.status is not Status.MET:
        ever = sale.has_been_transformation(view, area, day, readings)
        found = found if ever.status is Status.NOT_MET else ever
    evidence = (*sought_by, *found.evidence)
    if plan is None and found.status is not Status.NOT_MET:
        missing = (*found.missing, Missing("plan_of_sale_stated", "landlord"))
        return Finding(Status.UNKNOWN, evidence, values, missing)
    municipal = plan is PartOfPlan.MUNICIPAL and found.status is not Status.NOT_MET
    if municipal:
        values = (*values, ("plan", "municipal"))
        if readings("AMB-86-PLAN") == "b":
            return Finding(Status.NOT_MET, evidence, values)
    return Finding(found.status, evidence, values, found.missing)


@_rehousing(
    "REH-86-SALE-PLAN",
    "almenlejeloven § 86, stk. 1, 3. pkt.",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_1167_2021}",
    effect=Effect.BANS,
    areas=_TRANSFORMATION,
    points=("AMB-86-PLAN",),
    parameters={"widened": WIDENED},
    parts=(by_plan,),
)
def only_inside(
    edition: Edition,
    view: View,
    area: str | None,
    planned: Recorded[DisposalDecided] | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 86, stk. 1, 3. pkt.: on a sale under a plan only a dwelling inside the area is offered.

    Until 30 June 2021 the area had to be a transformation area, and the plan a joint one. Whether
    a municipal plan counts since is AMB-86-PLAN: the text that was seen names § 168 a alone.
    """
    if planned is None or planned.fact.kind is not DisposalKind.SALE or area is None:
        return Finding(Status.NOT_MET, (), (("sale", "none"),))
    plan = PartOfPlan(planned.fact.plan or PartOfPlan.NONE)
    return by_plan(edition, view, area, plan, (planned,), day, readings)


@_rehousing(
    "REH-TAKEN-OVER",
    "almenboligloven § 168 b, stk. 6; almenlejeloven § 86, stk. 2 og 3",
    act=f"{acts.ALMENLEJELOVEN}; {acts.LOV_1322_2018}",
)
def taken_over(planned: Recorded[DisposalDecided] | None, day: date) -> Finding:
    """§ 168 b, stk. 6, and § 86, stk. 2 and 3: the municipality rehouses in the landlord's place.

    Because it has ordered the sale or demolition as part of its own plan, or because that is
    agreed. An order that nobody has told of may have been given; an agreement is the parties' own.
    """
    if planned is None:
        return Finding(Status.NOT_MET, (), (("by", "landlord"),))
    fact = planned.fact
    may_be_ordered = fact.plan is PlanKind.MUNICIPAL and fact.kind is not DisposalKind.REBUILDING
    if may_be_ordered and fact.ordered:
        return Finding(Status.MET, (planned,), (("by", "order"),))
    if fact.taken_over:
        return Finding(Status.MET, (planned,), (("by", "agreement"),))
    if may_be_ordered and fact.ordered is None:
        missing = Missing("order_stated", "municipality")
        return Finding(Status.UNKNOWN, (planned,), (), (missing,))
    return Finding(Status.NOT_MET, (planned,), (("by", "landlord"),))


@_rehousing("REH-86-PROPERTY", "almenlejeloven § 86, stk. 4 og 6", act=acts.ALMENLEJELOVEN)
def in_property(
    planned: Recorded[DisposalDecided] | None,
    ground: Status,
    permanent: bool | None,
    entitled: bool | None,
    day: date,
) -> Finding:
    """§ 86, stk. 4, jf. 6: a dwelling that falls vacant in the property is offered.

    It follows notice, and notice is given for a permanent rehousing (stk. 2). `entitled`: the
    tenant is of those whom the rebuilt dwellings are for; None: not stated.
    """
    if planned is None or ground is not Status.MET:
        return Finding(Status.NOT_APPLICABLE)
    if permanent is False:
        return Finding(Status.NOT_MET, (planned,), (("notice", "no"),))
    found = _for_the_entitled(planned, entitled)
    if permanent is None and found.status is Status.MET:
        return Finding(Status.UNKNOWN, (planned,), (("notice", "unknown"),), (_FORM,))
    return found


@_rehousing("REH-86-REBUILT", "almenlejeloven § 86, stk. 5 og 6", act=acts.ALMENLEJELOVEN)
def rebuilt(
    planned: Recorded[DisposalDecided] | None,
    ground: Status,
    permanent: bool | None,
    entitled: bool | None,
    day: date,
) -> Finding:
    """§ 86, stk. 5, jf. 6: with the notice, one of the dwellings that a rebuilding makes."""
    if planned is None or planned.fact.kind is not DisposalKind.REBUILDING:
        return Finding(Status.NOT_APPLICABLE)
    return in_property(planned, ground, permanent, entitled, day)


def _for_the_entitled(planned: Recorded[DisposalDecided], entitled: bool | None) -> Finding:
    """§ 86, stk. 6: of dwellings for the elderly or the young, only who may have such a one."""
    fact = planned.fact
    limited = (DwellingKind.ELDERLY, DwellingKind.YOUTH)
    if fact.kind is not DisposalKind.REBUILDING or entitled:
        return Finding(Status.MET, (planned,))
    if fact.rebuilt_as is None:
        return Finding(Status.UNKNOWN, (planned,), (), (Missing("rebuilt_as_stated", "landlord"),))
    if fact.rebuilt_as not in limited:
        return Finding(Status.MET, (planned,))
    if entitled is None:
        missing = Missing("entitled_to_rebuilt_stated", "landlord")
        return Finding(Status.UNKNOWN, (planned,), (), (missing,))
    return Finding(Status.NOT_MET, (planned,), (("entitled", "no"),))


@_rehousing(
    "REH-86A-TEMP",
    "almenlejeloven § 86 a",
    act=acts.ALMENLEJELOVEN,
    start_verified=False,
    printed=acts.LBK_228_2016.day,
    parameters={"months": LONGEST_TEMPORARY_MONTHS},
    parts=(in_municipality,),
)
def temporary(permanent: bool | None, months: int | None, day: date) -> Finding:
    """§§ 86, stk. 3, and 86 a: temporary rehousing, and when it gives a right to a permanent one.

    `months`: how long the dwelling can't be lived in; None: not stated.
    """
    if permanent is None:
        return Finding(Status.UNKNOWN, (), (("temporary", "unknown"),), (_FORM,))
    if permanent:
        return Finding(Status.NOT_MET, (), (("temporary", "no"),))
    if months is None:
        missing = (Missing("months_away", "landlord"),)
        return Finding(Status.MET, (), (("temporary", "yes"), ("choice", "unknown")), missing)
    choice = "yes" if months > LONGEST_TEMPORARY_MONTHS else "no"
    return Finding(Status.MET, (), (("temporary", "yes"), ("choice", choice)))


@_rehousing(
    "REH-NOFLEX",
    "udlejningsbekendtgørelsen § 1, stk. 5",
    act=acts.LETTING_ORDER,
    effect=Effect.LIFTS,
    confidence=Confidence.SECONDARY_SOURCE,
    areas=("vulnerable", "parallel_society", "transformation", "prevention"),
)
def before_criteria(ground: Status) -> Finding:
    """The letting order § 1, stk. 5: criteria and waiting lists don't apply to rehousing.

    § 51 c speaks of those on the waiting list, so it does not apply either.
    """
    if ground is Status.NOT_MET:
        return Finding(Status.NOT_MET, (), (("rehousing", "no"),))
    return Finding(ground, (), (("rehousing", "yes"),))


def in_transformation_area(
    edition: Edition, view: View, areas: Sequence[str], day: date, readings: Readings
) -> Condition:
    """The letting order § 2, stk. 2: whether one of the department's areas is one."""
    found = [sale.transformation_now(edition, view, area, day, readings) for area in areas]
    met = [each for each in found if each.status is Status.MET]
    unknown = [each for each in found if each.status is Status.UNKNOWN]
    chosen = (met or unknown or found)[:1]
    status = Status.MET if met else Status.UNKNOWN if unknown else Status.NOT_MET
    evidence = tuple(item for each in chosen for item in each.evidence)
    missing = tuple(item for each in chosen for item in each.missing)
    return Condition("department_in_transformation_area", status, evidence, (), missing)


@_rehousing(
    "REH-WAITLIST-NO-FEE",
    "udlejningsbekendtgørelsen § 2, stk. 2",
    act=acts.LETTING_ORDER,
    effect=Effect.ALLOWS,
    areas=("transformation",),
    points=("AMB-DEPT-DEPARTMENT",),
    parameters={"under_age": AGE_LIMIT},
    parts=(in_transformation_area,),
)
def internal_list(
    edition: Edition,
    view: View,
    dwelling: DwellingRecorded,
    age: int | None,
    day: date,
    readings: Readings,
) -> Finding:
    """The letting order § 2, stk. 2: registered on the internal list without a fee, under 65."""
    areas = [] if dwelling.area is None else [dwelling.area]
    others = [each for each in dwelling.department_areas if each not in areas]
    if others and readings("AMB-DEPT-DEPARTMENT") == "b":
        areas += others
    conditions = (in_transformation_area(edition, view, areas, day, readings), _under_65(age))
    return checklist(conditions, (("fee", "none"),))


def _under_65(age: int | None) -> Condition:
    name = "under_65"
    if age is None:
        return Condition(name, Status.UNKNOWN, (), (), (Missing("tenant_age", "landlord"),))
    return Condition(name, Status.MET if age < AGE_LIMIT else Status.NOT_MET)


@_rehousing(
    "REH-VACANCY-LOSS",
    "almenboligloven § 91 a, stk. 1, 2. pkt., og stk. 2, 2. pkt.",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_1167_2021}",
    first_day=date(2019, 1, 1),
    last_day=date(money.LEFT_OVER, 12, 31),
    effect=Effect.ALLOWS,
    areas=_TRANSFORMATION,
    parameters={"frames": money.VACANCY_LOSS},
)
def vacancy_loss(
    edition: Edition,
    view: View,
    area: str | None,
    vacant: Condition,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 91 a, stk. 2: Landsbyggefonden may bear part of the rent that empty dwellings lose.

    They are empty for rehousing from a transformation area (`vacant`). How large a share the act
    leaves to the fund. It is of the years 2019-2026; what is then unused may go over to 2027.
    """
    place = sale.transformation(edition, view, area, day, readings)
    frame, values = money.vacancy_frame(day)
    conditions = (
        Condition("transformation_area", place.status, place.evidence, (), place.missing),
        vacant,
        frame,
    )
    return checklist(conditions, (("decides", "landsbyggefonden"), *values))


RULES = declared(globals())
