"""Who may approve a sale, a demolition or a merging of dwellings, and on what ground.

Almenboligloven §§ 27, stk. 1-3, 28, stk. 1-3, and 28 a.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from domain.events import Recorded
from domain.facts import GOES_ON, Buyer, DisposalGround
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
    applies,
    as_stated,
    checklist,
    declared,
    rule,
)
from domain.reference import View

LARGEST_MERGED_M2 = 140
"""§ 28, stk. 1: the most that a dwelling may come to by merging, in square metres."""

_GROUNDS = sorted(
    (
        DisposalGround.BUILDING_DEFECTS,
        DisposalGround.LETTING_DIFFICULTIES,
        DisposalGround.SOCIAL_PROBLEMS,
        DisposalGround.URBAN_DEVELOPMENT_WITHOUT_LOSS,
    )
)
"""§ 27, stk. 3: the grounds of a sale that are held against the area."""

_PREVENTION_FROM = acts.LOV_2157_2021.in_force


class Sought(StrEnum):
    """What is to be approved."""

    SALE = "sale"
    DEMOLITION = "demolition"
    MERGING = "merging"
    """Dwellings are made into one (sammenlægning)."""


def stated(missing: Missing, said: bool | None) -> Condition:
    """Return a condition that is stated; it is called as what would be missing."""
    return as_stated(Condition(missing.kind, Status.UNKNOWN, (), (), (missing,)), said)


_sale = partial(
    rule,
    question="sale",
    effect=Effect.ALLOWS,
    first_day=acts.LOV_1322_2018.in_force,
)


# --- Who approves ------------------------------------------------------------------------------


@_sale(
    "SALE-27-1",
    "almenboligloven § 27, stk. 1 og 12, og § 28, stk. 1 og 2",
    act=acts.ALMENBOLIGLOVEN,
)
def municipality_approves(sought: Sought, buyer: Buyer | None, day: date) -> Finding:
    """§§ 27, stk. 1, and 28, stk. 1 and 2: the municipality approves.

    A sale to the tenant follows chapter 5 a, which takes it out of the section (§ 27, stk. 12).
    `buyer` None: not stated.
    """
    if sought is Sought.SALE and buyer is None:
        return Finding(Status.UNKNOWN, (), (), (Missing("buyer_stated", "landlord"),))
    if sought is Sought.SALE and buyer is Buyer.TENANT:
        return Finding(Status.NOT_COVERED)
    return Finding(Status.MET)


@_sale(
    "SALE-27-2",
    "almenboligloven § 27, stk. 2, og § 28, stk. 2",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
)
def minister_approves(
    sought: Sought, comprises_dwellings: bool | None, buyer: Buyer | None, day: date
) -> Finding:
    """§§ 27, stk. 2, and 28, stk. 2: the minister approves too, of social dwellings.

    Not of a sale of what goes on as social dwellings, or to a certified provider of independent
    care dwellings. None: not stated.
    """
    if sought is Sought.SALE and buyer in GOES_ON:
        return Finding(Status.NOT_MET, (), (("buyer", str(buyer)),))
    if comprises_dwellings is False:
        return Finding(Status.NOT_MET, (), (("dwellings", "none"),))
    missing = []
    if comprises_dwellings is None:
        missing.append(Missing("comprises_dwellings", "landlord"))
    if sought is Sought.SALE and buyer is None:
        missing.append(Missing("buyer_stated", "landlord"))
    if missing:
        return Finding(Status.UNKNOWN, (), (), tuple(missing))
    return Finding(Status.MET, (), (("dwellings", "comprised"),))


# --- On what ground ----------------------------------------------------------------------------


@_sale(
    "SALE-27",
    "almenboligloven § 27, stk. 1-3",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
    areas=("vulnerable", "former_transformation"),
    parameters={"grounds": _GROUNDS, "areas": ["vulnerable"]},
)
def sale_approvable(
    edition: Edition,
    view: View,
    area: str | None,
    grounds: Sequence[DisposalGround],
    sought_by: tuple[Recorded[Any], ...],
    day: date,
    readings: Readings,
) -> Finding:
    """§ 27, stk. 3: on one of the grounds given; social problems count in a vulnerable area.

    `sought_by` says on what grounds, where that is recorded.
    """
    kinds = (Category.VULNERABLE,)
    return _approvable(edition, view, area, grounds, sought_by, day, readings, kinds, True)


@_sale(
    "SALE-28-DEMO",
    "almenboligloven § 28, stk. 2-3",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}",
    areas=("vulnerable", "prevention", "former_transformation"),
    parameters={"areas": ["vulnerable"], "prevention_from": _PREVENTION_FROM},
)
def demolition_approvable(
    edition: Edition,
    view: View,
    area: str | None,
    grounds: Sequence[DisposalGround],
    sought_by: tuple[Recorded[Any], ...],
    day: date,
    readings: Readings,
) -> Finding:
    """§ 28, stk. 3: as a sale, and in a prevention area too; not for urban development."""
    kinds: tuple[Category, ...] = (Category.VULNERABLE,)
    if day >= _PREVENTION_FROM:
        kinds = (*kinds, Category.PREVENTION)
    return _approvable(edition, view, area, grounds, sought_by, day, readings, kinds, False)


def _approvable(
    edition: Edition,
    view: View,
    area: str | None,
    grounds: Sequence[DisposalGround],
    sought_by: tuple[Recorded[Any], ...],
    day: date,
    readings: Readings,
    kinds: tuple[Category, ...],
    for_development: bool,
) -> Finding:
    anywhere = {DisposalGround.BUILDING_DEFECTS, DisposalGround.LETTING_DIFFICULTIES}
    if for_development:
        anywhere.add(DisposalGround.URBAN_DEVELOPMENT_WITHOUT_LOSS)
    values = (("grounds", " ".join(sorted(grounds))),)
    if anywhere & set(grounds):
        return Finding(Status.MET, sought_by, values)
    if DisposalGround.SOCIAL_PROBLEMS not in grounds:
        return Finding(Status.NOT_MET, sought_by, values)
    place = reached(edition, view, area, kinds, day, readings)
    return Finding(place.status, (*sought_by, *place.evidence), values, place.missing)


# --- Merging -----------------------------------------------------------------------------------


_merging = partial(
    _sale,
    first_day=date(2021, 1, 1),
    start_verified=False,
    signed=acts.LOV_2077_2020.day,
    printed=acts.LBK_1877_2021.day,
    act=acts.LOV_2077_2020,
)


@_merging("SALE-28-MERGE-AREA", "almenboligloven § 28, stk. 1, 4. pkt.")
def merging_here(
    edition: Edition, view: View, area: str | None, day: date, readings: Readings
) -> Finding:
    """§ 28, stk. 1, 4. pkt.: dwellings are merged in a vulnerable area only.

    No text seen before the consolidation of 2021 says so; a former transformation area keeps
    other subsections of § 28 than this.
    """
    if area is None:
        return Finding(Status.NOT_MET)
    return area_law.status(edition, view, area, Category.VULNERABLE, day, readings)


@_sale(
    "SALE-28-MERGE",
    "almenboligloven § 28, stk. 1, 4. og 5. pkt.",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_2077_2020}",
    areas=("vulnerable", "parallel_society", "transformation"),
    parameters={"largest_m2": LARGEST_MERGED_M2},
)
def mergeable(
    edition: Edition,
    view: View,
    area: str | None,
    merged_m2: int | None,
    inhabited: bool | None,
    in_master_plan: bool | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 28, stk. 1: at most 140 m² after it; inhabited dwellings only as part of a master plan.

    And since 2021 only in a vulnerable area. `merged_m2` in whole square metres, a part of one
    counted up; None: not stated.
    """
    conditions = [merged_size(merged_m2), _vacant_or_planned(inhabited, in_master_plan)]
    limit = edition.rules["SALE-28-MERGE-AREA"]
    if applies(limit, day, readings):
        place = limit.evaluate(edition, view, area, day, readings)
        conditions.append(
            Condition("vulnerable_area", place.status, place.evidence, (), place.missing),
        )
    return checklist(conditions)


def merged_size(merged_m2: int | None) -> Condition:
    """Say whether the dwelling is at most 140 m² after the merging."""
    if merged_m2 is None:
        return stated(Missing("merged_size", "landlord"), None)
    return Condition(
        "merged_size",
        Status.MET if merged_m2 <= LARGEST_MERGED_M2 else Status.NOT_MET,
        (),
        (("square_metres", str(merged_m2)),),
    )


def _vacant_or_planned(inhabited: bool | None, in_master_plan: bool | None) -> Condition:
    name = "vacant_or_in_master_plan"
    if inhabited is False or in_master_plan:
        return Condition(name, Status.MET)
    if inhabited and in_master_plan is False:
        return Condition(name, Status.NOT_MET)
    return stated(Missing("vacant_or_in_master_plan", "landlord"), None)


@_merging(
    "SALE-28A-MERGE",
    "almenboligloven § 28 a",
    confidence=Confidence.SECONDARY_SOURCE,
    parameters={"largest_m2": LARGEST_MERGED_M2},
)
def mergeable_elsewhere(
    merged_m2: int | None,
    grounds: Sequence[DisposalGround],
    for_mixed_residents: bool | None,
    recommended: bool | None,
    day: date,
) -> Finding:
    """§ 28 a: outside vulnerable areas the minister approves, on the municipality's recommendation.

    At most 140 m², and either against letting difficulties or for a mixed composition of
    residents. The section's own text was not seen; it is known from the agency's guidance.
    """
    difficulties = DisposalGround.LETTING_DIFFICULTIES in grounds
    needed = True if difficulties else for_mixed_residents
    return checklist(
        (
            merged_size(merged_m2),
            stated(Missing("merging_needed", "landlord"), needed),
            stated(Missing("municipality_recommends", "municipality"), recommended),
        )
    )


RULES = declared(globals())
