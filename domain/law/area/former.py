"""Former transformation areas that are still under a plan: §§ 168 a stk. 5-6, 168 b stk. 9-10."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from domain.events import Recorded
from domain.facts import ListKind, PlanApproved, PlanCarriedOut
from domain.law import acts
from domain.law.area import origin
from domain.law.area.categories import Category, classifies
from domain.law.area.lists import (
    FIRST_LIST,
    changes,
    first_that_may_name,
    list_day_due,
    on_list,
    origins,
)
from domain.law.kernel import Effect, Finding, Missing, Readings, Status, declared, turned
from domain.law.undecided import none_recorded
from domain.reference import View

LAST_DAY = date(2030, 1, 1)
"""§ 168 a, stk. 5 and 6: the last day on which what a plan keeps up may apply (AMB-FORMER-2030)."""

FORMER_YEARS = 4
FORMER_FIRST_YEAR = 2021
"""The first list after the rule's first day, 1 July 2021, is that of December 2021."""


@classifies(
    "PLAN-FORMER-LETTING",
    "almenboligloven § 168 a, stk. 6, og § 168 b, stk. 10",
    act=acts.LOV_1167_2021,
    first_day=acts.LOV_1167_2021.in_force,
    last_day=LAST_DAY,
    areas=("former_transformation",),
    points=(
        "AMB-FORMER-2030",
        "AMB-FORMER-YEARS-COUNT",
        "AMB-FORMER-YEARS-WHICH",
        "AMB-FORMER-YEARS-EARLIER",
        origin.POINT,
    ),
    parameters={
        "lists_off": FORMER_YEARS,
        "first_list_year": FORMER_FIRST_YEAR,
    },
)
def former_transformation_area(view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 6 and § 168 b, stk. 10: a planned area off the list keeps § 59, stk. 6.

    It ends when the plan is carried out, when the area has been off for four years in a row, or
    on 1 January 2030, whichever comes first, and does not begin again under that plan. The years
    are counted in lists, the list of a year at once, or when it has run out as
    AMB-FORMER-YEARS-COUNT is read.
    """
    found = _former_transformation_area(view, area, day, readings)
    return _on_the_last_day(found, day, readings)


def _former_transformation_area(view: View, area: str, day: date, readings: Readings) -> Finding:
    under = plan_on(view, area, day)
    if under is None:
        return _without_plan(
            view, area, day, lambda since: _off_the_list(view, area, day, since, readings)
        )
    plan, done, _ = under
    if done is not None:
        return Finding(Status.NOT_MET, (plan, done), (("plan", "carried_out"),))
    found = _off_the_list(view, area, day, plan.fact.approved_on, readings)
    counted = "lists_off_in_a_row" in dict(found.values)
    values = (*found.values, ("plan", str(plan.fact.kind))) if counted else found.values
    evidence = (plan, *found.evidence)
    return under.unless_partly(area, Finding(found.status, evidence, values, found.missing))


def _off_the_list(
    view: View, area: str, day: date, planned_on: date, readings: Readings
) -> Finding:
    """Say whether an area under a plan is off the list, and not yet for four lists in a row."""
    due = list_day_due(ListKind.VULNERABLE, day)
    now = on_list(view, area, ListKind.VULNERABLE, due)
    if now.status is not Status.NOT_MET:
        status = Status.NOT_MET if now.status is Status.MET else Status.UNKNOWN
        return Finding(status, now.evidence, now.values, now.missing)
    last = due.year
    off, by_transformation = _by_kind(view, area, planned_on, last)
    over = _by_kind(view, area, planned_on, last - 1)
    if (
        _ended((off, by_transformation)) != _ended(over)
        and readings("AMB-FORMER-YEARS-COUNT") == "b"
    ):
        off, by_transformation = over
    differ = [one.ended for one in off] != [one.ended for one in by_transformation]
    if differ and readings("AMB-FORMER-YEARS-WHICH") == "b":
        off = by_transformation
    every, since_the_rule = off
    counted = every
    if every.ended is not since_the_rule.ended and readings("AMB-FORMER-YEARS-EARLIER") == "b":
        counted = since_the_rule
    values = (("lists_off_in_a_row", str(counted.in_a_row)),)
    match counted.ended:
        case Status.MET:
            return Finding(Status.NOT_MET, counted.evidence, values)
        case Status.NOT_MET:
            return Finding(Status.MET, counted.evidence, values)
        case _:
            return Finding(Status.UNKNOWN, counted.evidence, values, counted.missing)


def _without_plan(view: View, area: str, day: date, with_one: Callable[[date], Finding]) -> Finding:
    """Say what an area without a recorded plan is; `with_one`: what it is under one of that day.

    Where another controller may have approved one, it may have done so since the area came on the
    list of transformation areas.
    """
    none = ("plan", "none")
    registered = view.area(area)
    if registered is None:
        return Finding(Status.NOT_MET, (), (none,))
    silent = none_recorded(view, PlanApproved, registered.fact.municipality, day, none, area)
    if silent.status is Status.NOT_MET:
        return silent
    since = first_that_may_name(
        view, area, ListKind.TRANSFORMATION, list_day_due(ListKind.TRANSFORMATION, day)
    )
    found = None if since is None else with_one(since)
    if found is None or found.status is Status.NOT_MET:
        evidence = () if found is None else found.evidence
        return Finding(Status.NOT_MET, evidence, (("plan", "of_no_effect"),))
    return Finding(Status.UNKNOWN, found.evidence, silent.values, (*found.missing, *silent.missing))


@classifies(
    "PLAN-FORMER-TOOLS",
    "almenboligloven § 168 a, stk. 5, og § 168 b, stk. 9",
    act=acts.LOV_1167_2021,
    first_day=acts.LOV_1167_2021.in_force,
    last_day=LAST_DAY,
    effect=Effect.INFORMS,
    areas=("former_transformation",),
    points=("AMB-FORMER-2030", origin.POINT),
)
def former_area_tools(view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 5 and § 168 b, stk. 9: a planned area off the list keeps the plan's tools.

    Of stk. 1, 2 and 4 of § 61 a it is enough to have left the narrowest. It ends when the plan is
    carried out or on 1 January 2030; a count of years is not named. Like every former
    transformation area it rests on the criterion of origin, and is none where that is left out.
    """
    found = _former_area_tools(view, area, day)
    found = _on_the_last_day(found, day, readings)
    return origin.without(view, Category.FORMER_TRANSFORMATION, day, found, readings)


def _on_the_last_day(found: Finding, day: date, readings: Readings) -> Finding:
    """ "Dog senest den 1. januar 2030": whether that day is the last, or the first without."""
    if day < LAST_DAY or found.status is Status.NOT_MET or readings("AMB-FORMER-2030") == "a":
        return found
    return Finding(Status.NOT_MET, found.evidence, (("ended", "2030"),))


def _former_area_tools(view: View, area: str, day: date) -> Finding:
    under = plan_on(view, area, day)
    if under is None:
        return _without_plan(view, area, day, lambda _: _off_the_narrowest(view, area, day))
    plan, done, _ = under
    if done is not None:
        return Finding(Status.NOT_MET, (plan, done), (("plan", "carried_out"),))
    found = _off_the_narrowest(view, area, day)
    values = found.values
    if found.status is Status.MET:
        values = (("plan", str(plan.fact.kind)), *values)
    evidence = (plan, *found.evidence)
    return under.unless_partly(area, Finding(found.status, evidence, values, found.missing))


def _off_the_narrowest(view: View, area: str, day: date) -> Finding:
    """Say whether an area is off the list of transformation areas."""
    now = on_list(view, area, ListKind.TRANSFORMATION, list_day_due(ListKind.TRANSFORMATION, day))
    return Finding(turned(now.status), now.evidence, now.values, now.missing)


def with_origins(view: View, area: str, day: date = date.max) -> tuple[str, ...]:
    """Return the area and what it came out of by splits and mergers approved up to `day`."""
    found = dict.fromkeys((area,))
    for item in changes(view, area):
        if item.fact.approved_on <= day:
            for each in origins(item.fact, area):
                found.update(dict.fromkeys(with_origins(view, each, item.fact.approved_on)))
    return tuple(found)


def under_plan(view: View, area: str, day: date) -> Finding:
    """Say whether a development plan that covers the area was approved up to `day`."""
    plan = plan_on(view, area, day)
    if plan is not None:
        values = (("plan", str(plan.approved.fact.kind)),)
        return plan.unless_partly(area, Finding(Status.MET, (plan.approved,), values))
    none = ("plan", "none")
    registered = view.area(area)
    if registered is None:
        return Finding(Status.NOT_MET, (), (none,))
    return none_recorded(view, PlanApproved, registered.fact.municipality, day, none, area)


class Plan(NamedTuple):
    """The plan that an area is under on a day, whether carried out, and whether all of it is."""

    approved: Recorded[PlanApproved]
    carried_out: Recorded[PlanCarriedOut] | None
    whole: bool

    def unless_partly(self, area: str, found: Finding) -> Finding:
        """Leave open what a plan of only some of the area brings about: where is not known."""
        if self.whole or found.status is Status.NOT_MET:
            return found
        missing = Missing("plan_after_merger", "municipality", (("area", area),))
        return Finding(Status.UNKNOWN, found.evidence, found.values, (*found.missing, missing))


def plan_on(view: View, area: str, day: date) -> Plan | None:
    """Return the plan that covers the area on `day`.

    A plan goes on for what is split off from the area that it was approved for, and for what is
    merged, until the new area has a plan of its own.
    """
    plans, whole = _covering(view, area, day)
    if not plans:
        return None
    plan = max(plans, key=lambda item: (item.fact.approved_on, item.position))
    done = [
        item
        for each in dict.fromkeys((plan.fact.area, area))
        for item in view.find(PlanCarriedOut, each)
        if plan.fact.approved_on <= item.fact.carried_out_on <= day
    ]
    return Plan(plan, done[-1] if done else None, whole)


def _covering(view: View, area: str, day: date) -> tuple[list[Recorded[PlanApproved]], bool]:
    """Return the plans of an area, else of what it came out of, and whether they cover it all."""
    own = [plan for plan in view.find(PlanApproved, area) if plan.fact.approved_on <= day]
    if own:
        return own, True
    for item in reversed(changes(view, area)):
        then = origins(item.fact, area)
        if then and item.fact.approved_on <= day:
            parts = [_covering(view, each, item.fact.approved_on) for each in then]
            plans = [plan for found, _ in parts for plan in found]
            return plans, all(found and whole for found, whole in parts)
    return [], True


class Off(NamedTuple):
    """Whether the area has been off for enough lists in a row, and how many it is off now."""

    ended: Status
    in_a_row: int
    evidence: tuple[Recorded[Any], ...]
    missing: tuple[Missing, ...] = ()


def _by_kind(
    view: View, area: str, planned_on: date, last: int
) -> tuple[tuple[Off, Off], tuple[Off, Off]]:
    """Count the lists of each kind up to the year `last`: all, and since the rule's first day."""
    return (
        _counted(view, area, ListKind.VULNERABLE, planned_on, last),
        _counted(view, area, ListKind.TRANSFORMATION, planned_on, last),
    )


def _counted(view: View, area: str, kind: ListKind, planned_on: date, last: int) -> tuple[Off, Off]:
    """Count every list, and only those since the rule's first day."""
    first = _first_listed(view, area, last)
    every = _off(view, area, kind, planned_on, first, last)
    return every, _off(view, area, kind, planned_on, max(first, FORMER_FIRST_YEAR), last)


def _ended(by_kind: tuple[tuple[Off, Off], ...]) -> list[Status]:
    return [one.ended for counted in by_kind for one in counted]


def _first_listed(view: View, area: str, last: int) -> int:
    """Return the year of the first list of transformation areas known to name the area.

    Only from then on can it be one no longer. None known: only lists up to now can be counted.
    """
    for year in range(FIRST_LIST[ListKind.TRANSFORMATION].year, last + 1):
        found = on_list(view, area, ListKind.TRANSFORMATION, date(year, 12, 1))
        if found.status is Status.MET:
            return year
    return last - FORMER_YEARS + 1


def _off(
    view: View,
    area: str,
    kind: ListKind,
    planned_on: date,
    first_year: int,
    last_year: int,
) -> Off:
    """Look for lists in a row that the area is not on, the last of them since the plan.

    What ended with such a run does not begin again when the area comes back and leaves again.
    """
    run: list[Recorded[Any]] = []
    gaps: list[Missing] = []
    missing: list[Missing] = []
    sure = possible = 0
    for year in range(first_year, last_year + 1):
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
        since_the_plan = day > planned_on
        if sure >= FORMER_YEARS and since_the_plan:
            return Off(Status.MET, sure, tuple(run))
        if possible >= FORMER_YEARS and since_the_plan:
            missing.extend(one for one in gaps if one not in missing)
    status = Status.UNKNOWN if missing else Status.NOT_MET
    return Off(status, sure, tuple(run), tuple(missing))


RULES = declared(globals())
