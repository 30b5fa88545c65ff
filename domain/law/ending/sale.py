"""Sale as a ground of notice, and what former transformation areas keep: almenboligloven §§ 27,
stk. 4, 168 a and 168 b.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    DisposalDecided,
    DisposalKind,
    ListKind,
    SaleCriteriaChecked,
)
from domain.law import acts
from domain.law.area import former, origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.lists import list_days, on_list
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
    rule,
)
from domain.law.standing import newest, of_case
from domain.reference import View

FORMER_TOOLS = acts.LOV_1167_2021.in_force
"""What former transformation areas under a plan keep."""

DISPOSALS = (DisposalKind.DEMOLITION, DisposalKind.REBUILDING, DisposalKind.SALE)
"""Every way of disposing of a property that ends its tenancies (almenlejeloven § 85)."""


def disposal(
    view: View, dwelling: str, day: date, kinds: Sequence[DisposalKind]
) -> Recorded[DisposalDecided] | None:
    """Return the landlord's decision about the property on `day`, if of one of these kinds.

    The last one says what is to become of it, whatever was to become of it before.
    """
    decided = newest(view.find(DisposalDecided, dwelling), day)
    return decided if decided is not None and decided.fact.kind in kinds else None


# --- Former transformation areas --------------------------------------------------------------


def former_tools(view: View, area: str | None, day: date, readings: Readings) -> Finding:
    """Say whether § 168 a, stk. 5, or § 168 b, stk. 9, leaves a planned area these tools."""
    if area is None:
        return Finding(Status.NOT_MET, (), (("plan", "none"),))
    return former.former_area_tools(view, area, day, readings)


def transformation(
    edition: Edition, view: View, area: str | None, day: date, readings: Readings
) -> Finding:
    """Say whether the area is a transformation area, or a former one that keeps the tools."""
    if area is None:
        return Finding(Status.NOT_MET)
    now = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    tools = edition.rules["PLAN-FORMER-TOOLS"]
    if now.status is not Status.NOT_MET or not tools.in_force(day):
        return now
    return former_tools(view, area, day, readings)


def transformation_now(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    """Say whether the area is a transformation area on the day."""
    return area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)


def has_been_transformation(view: View, area: str, day: date, readings: Readings) -> Finding:
    """Say whether any list up to `day` named the area a transformation area; all must be held.

    Where the criterion of origin is left out on `day`, none of them made it one.
    """
    found = _ever_listed(view, area, day)
    return origin.without(view, Category.FORMER_TRANSFORMATION, day, found, readings)


def _ever_listed(view: View, area: str, day: date) -> Finding:
    found = [
        on_list(view, area, ListKind.TRANSFORMATION, list_day)
        for list_day in list_days(ListKind.TRANSFORMATION, day)
    ]
    for each in found:
        if each.status is Status.MET:
            return each
    evidence = tuple(dict.fromkeys(item for each in found for item in each.evidence))
    missing = tuple(item for each in found for item in each.missing)
    return Finding(Status.UNKNOWN if missing else Status.NOT_MET, evidence, (), missing)


# --- Notice as a condition of the sale ---------------------------------------------------------


def where_notice_is_demanded(
    edition: Edition, view: View, area: str | None, day: date, readings: Readings
) -> Condition:
    """§ 27, stk. 4: where a sale is approved only if some tenants are given notice."""
    place = transformation(edition, view, area, day, readings)
    return Condition("transformation_area", place.status, place.evidence, (), place.missing)


@rule(
    "SALE-27-4",
    "almenboligloven § 27, stk. 4",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    question="termination",
    effect=Effect.OBLIGES,
    parts=(where_notice_is_demanded,),
    areas=("transformation", "former_transformation"),
    parameters={"former_areas_from": FORMER_TOOLS},
    also_reads=(DataClass.DECISIONS,),
)
def notice_demanded(
    edition: Edition,
    view: View,
    area: str | None,
    planned: Recorded[DisposalDecided] | None,
    decisions: Sequence[Recorded[Any]],
    dwelling: str,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 27, stk. 4: the minister approves only if tenants below the criteria are given notice."""
    if planned is None:
        return Finding(Status.NOT_MET, (), (("sale", "none"),))
    asked = Status.MET if planned.fact.minister_asked else Status.NOT_MET
    # Unless it names the dwelling, it may have been checked for another sale.
    of = of_case(
        (item for item in decisions if type(item.fact) is SaleCriteriaChecked),
        "dwelling",
        (dwelling,),
    )
    checked = newest(of.named, day, "checked_on")
    if checked is None:
        missing = (Missing("sale_criteria_checked", "landlord", (("day", day.isoformat()),)),)
        criteria = Condition("criteria_not_met", Status.UNKNOWN, (), (), missing)
    else:
        status = Status.NOT_MET if checked.fact.criteria_met else Status.MET
        criteria = Condition("criteria_not_met", status, (checked,))
    conditions = (
        where_notice_is_demanded(edition, view, area, day, readings),
        Condition("minister_asked", asked, (planned,)),
        criteria,
    )
    return checklist(conditions, (("sale", "planned"),))


RULES = declared(globals())
