"""On which terms a sale is approved, and what else goes with one.

Almenboligloven §§ 27, stk. 4-6 and 11, 27 b, 27 c, and what was agreed in 2018 about rehousing in
a sale and is found in no act.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial

from domain.facts import Buyer
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.reached import reached
from domain.law.edition import Edition
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
    turned,
)
from domain.law.letting.private_letting import BINDING_YEARS
from domain.law.sale.approval import stated
from domain.reference import View

WAIVABLE_UNTIL = date(2025, 1, 1)
"""§ 27 b, stk. 2: the first day without a waiver of the supplementary price in vulnerable areas."""

COOPERATIVE_PER_CENT = 50
"""§ 27, stk. 11: the least share of the tenants that a residents' cooperative has as members."""


class ToBuild(StrEnum):
    """What is to be built on the property (§ 27 b)."""

    PRIVATE = "private"
    """Private dwellings or business."""
    SOCIAL = "social"
    NOTHING = "nothing"


_WITH_FORMER = ("vulnerable", "former_transformation")

_terms = partial(
    rule,
    question="sale",
    effect=Effect.OBLIGES,
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
)


def in_vulnerable_area(
    edition: Edition, view: View, area: str | None, day: date, readings: Readings
) -> Condition:
    """Say whether the area is vulnerable, or a former transformation area that keeps the tools."""
    place = reached(edition, view, area, (Category.VULNERABLE,), day, readings)
    return Condition("vulnerable_area", place.status, place.evidence, (), place.missing)


# --- Private letting ---------------------------------------------------------------------------


@_terms(
    "SALE-27C-SET",
    "almenboligloven § 27 c, stk. 1 og 2",
    areas=_WITH_FORMER,
    parameters={"years": BINDING_YEARS},
)
def criteria_to_be_set(
    edition: Edition,
    view: View,
    area: str | None,
    buyer: Buyer | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 27 c, stk. 1 and 2: the municipality sets criteria for the buyer's lettings.

    At the latest when it approves the sale; they are registered on the property.
    """
    private = None if buyer is None else buyer in (Buyer.PRIVATE, Buyer.COOPERATIVE)
    if private is None:
        bought = Condition(
            "private_buyer", Status.UNKNOWN, (), (), (Missing("buyer_stated", "landlord"),)
        )
    else:
        bought = Condition("private_buyer", Status.MET if private else Status.NOT_MET)
    return checklist((in_vulnerable_area(edition, view, area, day, readings), bought))


# --- The price ---------------------------------------------------------------------------------


@_terms(
    "SALE-27-PRICE",
    "almenboligloven § 27, stk. 5, 6 og 11",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
    parameters={"cooperative_per_cent": COOPERATIVE_PER_CENT},
)
def priced(buyer: Buyer | None, day: date) -> Finding:
    """§ 27, stk. 5, 6 and 11: how the price is found, and what a buyer of some kinds must be.

    To a municipality or region not under the value that the authority sets; what goes on as
    social dwellings may be handed over for the loans that stand (stk. 7). None: not stated.
    """
    if buyer is None:
        return Finding(Status.UNKNOWN, (), (), (Missing("buyer_stated", "landlord"),))
    return Finding(Status.MET, (), (("buyer", str(buyer)),))


@_terms(
    "FIN-TILLAEG",
    "almenboligloven § 27 b, stk. 2 (indtil 2021: § 27 b)",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_430_2021}",
    effect=Effect.ALLOWS,
    areas=_WITH_FORMER,
    parameters={"until": WAIVABLE_UNTIL},
)
def supplementary_price_waivable(
    edition: Edition,
    view: View,
    area: str | None,
    to_build: ToBuild | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 27 b, stk. 2: the municipality may waive the supplementary price in a vulnerable area.

    Until 1 January 2025, of property disposed of for building private dwellings or business. The
    consolidations after that day still print it. None: not stated.
    """
    open_still = Status.MET if day < WAIVABLE_UNTIL else Status.NOT_MET
    return checklist(
        (
            Condition("window_open", open_still),
            in_vulnerable_area(edition, view, area, day, readings),
            stated(
                Missing("for_private_building", "landlord"),
                _one_of(to_build, (ToBuild.PRIVATE,)),
            ),
        ),
        (("until", WAIVABLE_UNTIL.isoformat()),),
    )


@_terms(
    "FIN-TILLAEG-OUTSIDE",
    "almenboligloven § 27 b, stk. 1",
    act=acts.LOV_430_2021,
    first_day=date(2021, 4, 1),
    start_verified=False,
    signed=acts.LOV_430_2021.day,
    printed=acts.LBK_1877_2021.day,
    effect=Effect.ALLOWS,
)
def supplementary_price_waivable_outside(
    edition: Edition,
    view: View,
    area: str | None,
    to_build: ToBuild | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 27 b, stk. 1: outside a vulnerable area the municipality may waive all or part of it.

    For social or private dwellings or business, without an end. It is about what lies outside a
    vulnerable area, which a former transformation area does. None: not stated.
    """
    place = Finding(Status.NOT_MET)
    if area is not None:
        place = area_law.status(edition, view, area, Category.VULNERABLE, day, readings)
    return checklist(
        (
            Condition(
                "outside_vulnerable_area",
                turned(place.status),
                place.evidence,
                (),
                place.missing,
            ),
            stated(
                Missing("for_building", "landlord"),
                _one_of(to_build, (ToBuild.PRIVATE, ToBuild.SOCIAL)),
            ),
        )
    )


def _one_of(to_build: ToBuild | None, counts: tuple[ToBuild, ...]) -> bool | None:
    return None if to_build is None else to_build in counts


# --- What was agreed and never enacted ---------------------------------------------------------


@_terms(
    "REH-SALE-AGREED",
    "aftale af maj 2018 om parallelsamfund, del 2; ikke fundet i nogen lov",
    confidence=Confidence.AGREEMENT_ONLY,
    effect=Effect.INFORMS,
)
def rehousing_agreed(*_: object) -> Finding:
    """Say of the channels that the agreement orders in a sale that they decide nothing.

    Rehousing inside the area first, no precedence on other departments' lists, the external list
    only as far as the reduction to 40 per cent allows.
    """
    return Finding(Status.NOT_APPLICABLE)


RULES = declared(globals())
