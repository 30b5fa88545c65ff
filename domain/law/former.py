"""Former transformation areas that are still under a plan: §§ 168 a stk. 5-6, 168 b stk. 9-10."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from domain.events import Recorded
from domain.facts import ListKind, PlanApproved, PlanCarriedOut
from domain.law.kernel import Finding, Missing, Readings, Status
from domain.law.lists import FIRST_LIST, list_day_due, on_list
from domain.reference import View

FORMER_YEARS = 4
FORMER_FIRST_YEAR = 2021
"""The first list after the rule's first day, 1 July 2021, is that of December 2021."""


def former_transformation_area(view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 6 and § 168 b, stk. 10: a planned area off the list keeps § 59, stk. 6.

    It ends when the plan is carried out, when the area has been off for four lists in a row, or
    on 1 January 2030, whichever comes first, and does not begin again under that plan.
    """
    plan, done = _plan(view, area, day)
    if plan is None:
        # A plan is the municipality's own decision; what it has not recorded it has not taken.
        return Finding(Status.NOT_MET, (), (("plan", "none"),))
    if done is not None:
        return Finding(Status.NOT_MET, (plan, done), (("plan", "carried_out"),))
    due = list_day_due(ListKind.VULNERABLE, day)
    now = on_list(view, area, ListKind.VULNERABLE, due)
    if now.status is not Status.NOT_MET:
        status = Status.NOT_MET if now.status is Status.MET else Status.UNKNOWN
        return Finding(status, (plan, *now.evidence), now.values, now.missing)
    off = _counted(view, area, ListKind.VULNERABLE, plan, due)
    by_transformation = _counted(view, area, ListKind.TRANSFORMATION, plan, due)
    differ = [one.ended for one in off] != [one.ended for one in by_transformation]
    if differ and readings("AMB-FORMER-YEARS-WHICH") == "b":
        off = by_transformation
    every, since_the_rule = off
    counted = every
    if every.ended is not since_the_rule.ended and readings("AMB-FORMER-YEARS-EARLIER") == "b":
        counted = since_the_rule
    values = (("lists_off_in_a_row", str(counted.count)), ("plan", str(plan.fact.kind)))
    evidence = (plan, *counted.evidence)
    match counted.ended:
        case Status.MET:
            return Finding(Status.NOT_MET, evidence, values)
        case Status.NOT_MET:
            return Finding(Status.MET, evidence, values)
        case _:
            return Finding(Status.UNKNOWN, evidence, values, counted.missing)


def former_area_tools(view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 5 and § 168 b, stk. 9: a planned area off the list keeps the plan's tools.

    Of stk. 1, 2 and 4 of § 61 a it is enough to have left the narrowest. It ends when the plan is
    carried out or on 1 January 2030; a count of years is not named.
    """
    plan, done = _plan(view, area, day)
    if plan is None:
        return Finding(Status.NOT_MET, (), (("plan", "none"),))
    if done is not None:
        return Finding(Status.NOT_MET, (plan, done), (("plan", "carried_out"),))
    due = list_day_due(ListKind.TRANSFORMATION, day)
    now = on_list(view, area, ListKind.TRANSFORMATION, due)
    evidence = (plan, *now.evidence)
    match now.status:
        case Status.MET:
            return Finding(Status.NOT_MET, evidence, now.values)
        case Status.NOT_MET:
            return Finding(Status.MET, evidence, (("plan", str(plan.fact.kind)), *now.values))
        case _:
            return Finding(Status.UNKNOWN, evidence, now.values, now.missing)


def _plan(
    view: View, area: str, day: date
) -> tuple[Recorded[PlanApproved] | None, Recorded[PlanCarriedOut] | None]:
    """Return the plan that covers the area on `day`, and that it has been carried out."""
    plans = [p for p in view.find(PlanApproved, area) if p.fact.approved_on <= day]
    if not plans:
        return None, None
    plan = max(plans, key=lambda item: (item.fact.approved_on, item.position))
    done = [
        item
        for item in view.find(PlanCarriedOut, area)
        if plan.fact.approved_on <= item.fact.carried_out_on <= day
    ]
    return plan, (done[-1] if done else None)


class Off(NamedTuple):
    """Whether the area has been off for enough lists in a row, and how many it is off now."""

    ended: Status
    count: int
    evidence: tuple[Recorded[Any], ...]
    missing: tuple[Missing, ...] = ()


def _counted(
    view: View, area: str, kind: ListKind, plan: Recorded[PlanApproved], due: date
) -> tuple[Off, Off]:
    """Count every list, and only those since the rule's first day."""
    first = _first_listed(view, area, due)
    every = _off(view, area, kind, plan, first, due)
    return every, _off(view, area, kind, plan, max(first, FORMER_FIRST_YEAR), due)


def _first_listed(view: View, area: str, due: date) -> int:
    """Return the year of the first list of transformation areas known to name the area.

    Only from then on can it be one no longer. None known: only lists up to now can be counted.
    """
    for year in range(FIRST_LIST[ListKind.TRANSFORMATION].year, due.year + 1):
        found = on_list(view, area, ListKind.TRANSFORMATION, date(year, 12, 1))
        if found.status is Status.MET:
            return year
    return due.year - FORMER_YEARS + 1


def _off(
    view: View,
    area: str,
    kind: ListKind,
    plan: Recorded[PlanApproved],
    first_year: int,
    due: date,
) -> Off:
    """Look for lists in a row that the area is not on, the last of them since the plan.

    What ended with such a run does not begin again when the area comes back and leaves again.
    """
    run: list[Recorded[Any]] = []
    gaps: list[Missing] = []
    missing: list[Missing] = []
    sure = possible = 0
    for year in range(first_year, due.year + 1):
        day = date(year, 12, 1)
        found = on_list(view, area, kind, day)
        if found.status is Status.MET:
            sure = possible = 0
            run, gaps = [], []
            continue
        run.extend(found.evidence)
        gaps.extend(found.missing)
        possible += 1
        sure = sure + 1 if found.status is Status.NOT_MET else 0
        since_the_plan = day > plan.fact.approved_on
        if sure >= FORMER_YEARS and since_the_plan:
            return Off(Status.MET, sure, tuple(run))
        if possible >= FORMER_YEARS and since_the_plan:
            missing.extend(one for one in gaps if one not in missing)
    status = Status.UNKNOWN if missing else Status.NOT_MET
    return Off(status, sure, tuple(run), tuple(missing))
