"""Letting by a private buyer of social dwellings (almenboligloven § 27 c)."""

from __future__ import annotations

from datetime import date

from domain import calendar
from domain.law.kernel import Confidence, Effect, Finding, Rule, Status

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


RULES = (
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
        whose="the buyer's lettings",
        parameters={"years": BINDING_YEARS},
    ),
)
