"""Notice by the landlord for demolition and sale: almenlejeloven §§ 85, 86 stk. 7, 88 and 89."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple

from domain import calendar
from domain.events import Recorded
from domain.facts import DisposalDecided, DisposalKind
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.ending import sale
from domain.law.kernel import (
    Condition,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    applies,
    checklist,
    declared,
    rule,
)
from domain.reference import View

NOTICE_MONTHS = 3
YOUTH_WEEKS = 6
"""§ 88, stk. 1, 2. pkt.: for youth dwellings no shorter notice than this may be agreed."""

OBJECTION_WEEKS = 6
COURT_WEEKS = 6


_notice = partial(
    rule,
    question="termination",
    act=acts.ALMENLEJELOVEN,
    first_day=date(1998, 1, 1),
    start_verified=False,
    signed=acts.ALMENLEJELOVEN.day,
    printed=acts.LBK_228_2016.day,
)


@_notice("TERM-85-1", "almenlejeloven § 85, stk. 1, nr. 1", effect=Effect.ALLOWS)
def documented(planned: Recorded[DisposalDecided] | None, day: date) -> Finding:
    """§ 85, stk. 1, nr. 1: it is documented that the dwelling must be left."""
    if planned is None:
        return Finding(Status.NOT_MET, (), (("planned", "nothing"),))
    since = planned.fact.documented_on
    values = (("planned", str(planned.fact.kind)),)
    if since is None or since > day:
        return Finding(Status.NOT_MET, (planned,), (*values, ("documented", "no")))
    return Finding(Status.MET, (planned,), (*values, ("documented", "yes")))


@rule(
    "TERM-85-2",
    "almenlejeloven § 85, stk. 1, nr. 2",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    question="termination",
    effect=Effect.ALLOWS,
    areas=("vulnerable", "parallel_society", "transformation"),
    points=("AMB-85-FORMER",),
)
def transferred(
    edition: Edition,
    view: View,
    area: str | None,
    planned: Recorded[DisposalDecided] | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 85, stk. 1, nr. 2: a property in a vulnerable area is transferred, wholly or partly."""
    if planned is None:
        return Finding(Status.NOT_MET, (), (("planned", "nothing"),))
    values: tuple[tuple[str, str], ...] = (("planned", str(DisposalKind.SALE)),)
    if area is None:
        return Finding(Status.NOT_MET, (planned,), (*values, ("area", "outside")))
    place = area_law.status(edition, view, area, Category.VULNERABLE, day, readings)
    evidence = (planned, *place.evidence)
    if place.status is not Status.NOT_MET:
        return Finding(place.status, evidence, (*values, ("area", "vulnerable")), place.missing)
    former = edition.rules["PLAN-FORMER-TOOLS"]
    if planned.fact.plan is not None and applies(former, day, readings):
        kept = sale.former_tools(view, area, day, readings)
        evidence = (*evidence, *(item for item in kept.evidence if item not in evidence))
        values = (*values, ("area", "former"))
        if kept.status is Status.UNKNOWN:
            return Finding(Status.UNKNOWN, evidence, values, kept.missing)
        if kept.status is Status.MET:
            possible = readings("AMB-85-FORMER") == "a"
            return Finding(Status.MET if possible else Status.NOT_MET, evidence, values)
    return Finding(Status.NOT_MET, evidence, (("planned", "sale"), ("area", "ordinary")))


_RECEIVED = Missing("notice_received_on", "landlord")


@_notice(
    "TERM-88-NOTICE",
    "almenlejeloven § 88",
    effect=Effect.OBLIGES,
    points=("AMB-88-SHORT",),
    parameters={"months": NOTICE_MONTHS, "youth_weeks": YOUTH_WEEKS},
)
def period(
    received: date | None, youth: bool, agreed_weeks: int | None, day: date, readings: Readings
) -> Finding:
    """§ 88, stk. 1: three months to a moving day; of youth dwellings as agreed, six weeks up.

    What an agreement on less than six weeks gives is AMB-88-SHORT. `received` None: not stated.
    """
    values: tuple[tuple[str, str], ...] = ()
    weeks = agreed_weeks if youth else None
    if weeks is not None:
        values = (("agreed_weeks", str(weeks)),)
        if weeks < YOUTH_WEEKS:
            short = readings("AMB-88-SHORT") == "a"
            values = (*values, ("gives", "three_months" if short else "six_weeks"))
            weeks = None if short else YOUTH_WEEKS
    if received is None:
        return Finding(Status.UNKNOWN, (), values, (_RECEIVED,))
    if weeks is None:
        end = calendar.notice_end(received, NOTICE_MONTHS)
    else:
        end = calendar.weeks_after(received, weeks)
    return Finding(Status.MET, (), (*values, ("earliest_end", end.isoformat())))


@_notice("TERM-86-7", "almenlejeloven § 86, stk. 7, og § 90, stk. 3", effect=Effect.BANS)
def other_dwelling(care: bool | None, elderly: bool, assigned: bool | None, day: date) -> Finding:
    """§§ 86, stk. 7, and 90, stk. 3: a care dwelling is left only for another, assigned with it.

    `care`: it is one that the municipality refers to; `assigned`: another suitable dwelling is
    assigned at the same time. None: not stated.
    """
    if not elderly or care is False:
        return Finding(Status.NOT_APPLICABLE)
    if assigned:
        return Finding(Status.MET, (), (("assigned", "yes"),))
    if care and assigned is False:
        return Finding(Status.NOT_MET, (), (("assigned", "no"),))
    # Where one is assigned, it does not matter what the dwelling is.
    kind = "other_dwelling_assigned" if assigned is None else "care_stated"
    return Finding(Status.UNKNOWN, (), (), (Missing(kind, "landlord"),))


def objection_deadline(received: date) -> date:
    """§ 89, stk. 2: the last day of the tenant's objection, six weeks after receipt."""
    return calendar.weeks_after(received, OBJECTION_WEEKS)


def court_deadline(received: date) -> date:
    """§ 89, stk. 2: the last day on which the landlord may sue, six weeks after that."""
    return calendar.weeks_after(objection_deadline(received), COURT_WEEKS)


@_notice(
    "TERM-89-FORM",
    "almenlejeloven § 89",
    effect=Effect.OBLIGES,
    parameters={"objection_weeks": OBJECTION_WEEKS, "court_weeks": COURT_WEEKS},
)
def form(
    written: bool | None,
    states_ground: bool | None,
    states_objection: bool | None,
    received: date | None,
    objection: Objection,
    day: date,
) -> Finding:
    """§ 89: in writing, with its ground and the right to object; sued upon if objected to.

    `received` None: not stated.
    """
    conditions = [
        _stated(Missing("notice_written", "landlord"), written),
        _stated(Missing("notice_states_ground", "landlord"), states_ground),
        _stated(Missing("notice_states_objection", "landlord"), states_objection),
        _upheld(received, objection, day),
    ]
    values: tuple[tuple[str, str], ...] = ()
    if received is not None:
        values = (
            ("objection_deadline", objection_deadline(received).isoformat()),
            ("court_deadline", court_deadline(received).isoformat()),
        )
    return checklist(conditions, values)


def _stated(missing: Missing, said: bool | None) -> Condition:
    """Say whether the notice says a thing; the condition is called as what would be missing."""
    if said is None:
        return Condition(missing.kind, Status.UNKNOWN, (), (), (missing,))
    return Condition(missing.kind, Status.MET if said else Status.NOT_MET)


class Objection(NamedTuple):
    """What is stated of an objection of the tenant, and of what followed; None: not stated."""

    made: bool | None
    made_on: date | None
    sued: bool | None
    sued_on: date | None


def _upheld(received: date | None, objection: Objection, day: date) -> Condition:
    """Say whether the notice stands against an objection."""
    name = "objection_answered"
    if objection.made is False:
        return Condition(name, Status.MET, (), (("objection", "none"),))
    last = None if received is None else court_deadline(received)
    if objection.made is None and last is not None and day <= last:
        # Whether there is one or not, there is still time to go to court.
        return Condition(name, Status.MET, (), (("objection", "unknown"),))
    missing: tuple[Missing, ...] = () if received is not None else (_RECEIVED,)
    if objection.made is None:
        missing = (*missing, Missing("notice_objected", "landlord"))
    elif objection.made_on is None:
        missing = (*missing, Missing("notice_objected_on", "landlord"))
    if received is None or objection.made_on is None or last is None:
        return Condition(name, Status.UNKNOWN, (), (), missing)
    if objection.made_on > objection_deadline(received):
        return Condition(name, Status.MET, (), (("objection", "late"),))
    if objection.sued_on is not None:
        status = Status.MET if objection.sued_on <= last else Status.NOT_MET
        return Condition(name, status, (), (("objection", "sued"),))
    if day <= last:
        said = "sued" if objection.sued else "open"
        return Condition(name, Status.MET, (), (("objection", said),))
    if objection.sued is False:
        return Condition(name, Status.NOT_MET, (), (("objection", "open"),))
    kind = "notice_sued" if objection.sued is None else "notice_sued_on"
    return Condition(name, Status.UNKNOWN, (), (), (Missing(kind, "landlord"),))


RULES = declared(globals())
