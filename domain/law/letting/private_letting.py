"""Letting by a private buyer of social dwellings (almenboligloven § 27 c)."""

from __future__ import annotations

from datetime import date

from domain import calendar
from domain.law.kernel import (
    Condition,
    Confidence,
    Effect,
    Finding,
    Missing,
    Rule,
    Status,
    checklist,
)

IN_FORCE = date(2018, 12, 1)

BINDING_YEARS = 10


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


RULES = (
    Rule(
        id="SALE-27C-LEASE",
        revision=1,
        question="private_lease",
        citation="almenboligloven § 27 c, stk. 1 og 3",
        act="Lov nr. 1322 af 27/11/2018",
        first_day=IN_FORCE,
        last_day=None,
        effect=Effect.OBLIGES,
        confidence=Confidence.TEXT_SEEN,
        evaluate=lease_against,
        areas=("vulnerable", "parallel_society", "transformation", "former_transformation"),
        parameters={"years": BINDING_YEARS},
    ),
    Rule(
        id="SALE-27C",
        revision=1,
        question="private_letting",
        citation="almenboligloven § 27 c",
        act="Lov nr. 1322 af 27/11/2018",
        first_day=IN_FORCE,
        last_day=None,
        effect=Effect.CLASSIFIES,
        confidence=Confidence.TEXT_SEEN,
        evaluate=criteria_bind,
        areas=("vulnerable", "parallel_society", "transformation", "former_transformation"),
        parameters={"years": BINDING_YEARS},
    ),
)
