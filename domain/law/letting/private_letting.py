"""Letting by a private buyer of social dwellings (almenboligloven § 27 c)."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain import calendar
from domain.law import acts
from domain.law.kernel import (
    Condition,
    Effect,
    Finding,
    Missing,
    Status,
    checklist,
    declared,
    rule,
)

IN_FORCE = acts.LOV_1322_2018.in_force

BINDING_YEARS = 10


_of_sold_property = partial(
    rule,
    act=acts.LOV_1322_2018,
    first_day=IN_FORCE,
    areas=("vulnerable", "parallel_society", "transformation", "former_transformation"),
    parameters={"years": BINDING_YEARS},
)


@_of_sold_property(
    "SALE-27C",
    "almenboligloven § 27 c",
    question="private_letting",
    effect=Effect.CLASSIFIES,
    whose="the buyer's lettings",
)
def criteria_bind(sold_in_vulnerable_area: bool, taken_over_on: date, day: date) -> Finding:
    """§ 27 c: the municipality's criteria bind the buyer's lettings for ten years from takeover.

    They are counted by date for each property: the day ten years on is not bound any more. A sale
    that was completed before the section brought no criteria.
    """
    until = calendar.months_after(taken_over_on, 12 * BINDING_YEARS)
    values = (("bound_until", until.isoformat()),)
    if not sold_in_vulnerable_area:
        return Finding(Status.NOT_APPLICABLE)
    bound = IN_FORCE <= taken_over_on <= day < until
    return Finding(Status.MET if bound else Status.NOT_MET, (), values)


@_of_sold_property(
    "SALE-27C-LEASE",
    "almenboligloven § 27 c, stk. 1 og 3",
    question="private_lease",
    effect=Effect.OBLIGES,
    whose="the municipality",
)
def lease_against(
    sold_in_vulnerable_area: bool | None,
    taken_over_on: date | None,
    meets_criteria: bool | None,
    day: date,
) -> Finding:
    """§ 27 c, stk. 1 and 3: a lease made on `day` while the criteria bound, against them.

    None: not stated.
    """
    bound: Status | None = None
    values: tuple[tuple[str, str], ...] = ()
    if taken_over_on is not None:
        found = criteria_bind(True, taken_over_on, day)
        bound, values = found.status, found.values
    return checklist(
        (
            _stated(
                Missing("sold_in_vulnerable_area", "municipality"),
                _status(sold_in_vulnerable_area),
            ),
            _stated(Missing("within_ten_years", "municipality"), bound),
            _stated(
                Missing("tenants_below_criteria", "municipality"),
                _status(meets_criteria, met_by=False),
            ),
        ),
        values,
    )


def _status(said: bool | None, *, met_by: bool = True) -> Status | None:
    return None if said is None else Status.MET if said is met_by else Status.NOT_MET


def _stated(missing: Missing, status: Status | None) -> Condition:
    """Return a condition that the question states; it is called as what would be missing."""
    if status is None:
        return Condition(missing.kind, Status.UNKNOWN, (), (), (missing,))
    return Condition(missing.kind, status)


RULES = declared(globals())
