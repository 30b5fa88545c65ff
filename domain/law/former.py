"""Former transformation areas that are still under a plan: §§ 168 a stk. 5-6, 168 b stk. 9-10."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.events import Recorded
from domain.facts import ListKind, PlanApproved, PlanCarriedOut
from domain.law.kernel import Finding, Missing, Readings, Status
from domain.law.lists import list_day_due, on_list
from domain.reference import View

FORMER_YEARS = 4
FORMER_FIRST_YEAR = 2021
"""The first list after the rule's first day, 1 July 2021, is that of December 2021."""


def former_transformation_area(view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 6 and § 168 b, stk. 10: a planned area off the list keeps § 59, stk. 6.

    It ends when the plan is carried out, when the area has been off for four lists in a row, or
    on 1 January 2030, whichever comes first.
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
    off = _lists_off(view, area, ListKind.VULNERABLE, due)
    by_transformation = _lists_off(view, area, ListKind.TRANSFORMATION, due)
    if by_transformation[0] != off[0] and readings("AMB-FORMER-YEARS-WHICH") == "b":
        off = by_transformation
    count, evidence, missing = off
    counted = count
    if count >= FORMER_YEARS:
        since_rule = sum(
            1 for year in range(due.year - count + 1, due.year + 1) if year >= FORMER_FIRST_YEAR
        )
        if since_rule < FORMER_YEARS and readings("AMB-FORMER-YEARS-EARLIER") == "b":
            counted = since_rule
    values = (("lists_off_in_a_row", str(counted)), ("plan", str(plan.fact.kind)))
    if counted >= FORMER_YEARS:
        return Finding(Status.NOT_MET, (plan, *evidence), values)
    if missing:
        return Finding(Status.UNKNOWN, (plan, *evidence), values, missing)
    return Finding(Status.MET, (plan, *evidence), values)


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


def _lists_off(
    view: View, area: str, kind: ListKind, due: date
) -> tuple[int, tuple[Recorded[Any], ...], tuple[Missing, ...]]:
    """Count the lists in a row, up to the one due, that the area is not on."""
    evidence: list[Recorded[Any]] = []
    for count in range(FORMER_YEARS):
        found = on_list(view, area, kind, date(due.year - count, 12, 1))
        evidence.extend(found.evidence)
        if found.status is Status.MET:
            return count, tuple(evidence), ()
        if found.status is Status.UNKNOWN:
            return count, tuple(evidence), found.missing
    return FORMER_YEARS, tuple(evidence), ()
