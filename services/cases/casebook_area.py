"""Reads the golden cases of questions about an area: plans, sale and money.

How such a case is written is described in `docs/cases.md`, under "Plans".
"""

from __future__ import annotations

from typing import Any

from domain.decide import Decision
from domain.facts import (
    AreaDwellingsCounted,
    CommercialAreaMeasured,
    DwellingsBuilt,
    DwellingsDemolished,
    DwellingsMerged,
    DwellingsRelabelled,
    DwellingsSold,
    Fact,
    FamilyDwellingsByArea,
    NewBuildingDocumented,
    PlanAmended,
    PlanDecided,
    PlanDispensationApplied,
    PlanDispensationDecided,
    PlanOrderGiven,
    PlanRefused,
    PlanSent,
    PlanStatusReported,
    ProceedsSettled,
    ProceedsUseDecided,
    PropertySold,
    SaleValued,
    WindingUpOrdered,
    WindingUpPlanSent,
)
from domain.facts.declared import slots
from domain.law.governance.steps import CompetenceQuestion
from domain.law.question import PlaceQuestion, Question
from domain.questions import QUESTIONS
from services.cases import casebook, casebook_governance
from services.cases.casebook import Case
from services.cases.stated import Stated, each_of
from services.cases.world import AREA, DEPARTMENT, MUNICIPALITY, ORGANISATION, World

SALE = "made-up-sale"

KINDS = tuple(kind for kind, struct in QUESTIONS.items() if issubclass(struct, PlaceQuestion))

_SOURCE = {"source": "made up"}
_UNIT = {"kind": "family"}
_KIND = {"kind": "joint"}
_INVENTORY: dict[str, tuple[type[Fact], dict[str, Any]]] = {
    "counted": (
        AreaDwellingsCounted,
        {"family": 0, "youth": 0, "elderly": 0, "private": 0, **_SOURCE},
    ),
    "built": (DwellingsBuilt, {"kind": "private", "built_by": "private"}),
    "demolished": (DwellingsDemolished, _UNIT),
    "sold": (DwellingsSold, _UNIT),
    "relabelled": (DwellingsRelabelled, {**_UNIT, "to_kind": "youth"}),
    "merged": (DwellingsMerged, _UNIT),
    "commercial": (CommercialAreaMeasured, _SOURCE),
}
"""The words under `inventory`, the facts they state, and what holds unless they say otherwise."""

_COURSE: dict[str, tuple[type[Fact], dict[str, Any]]] = {
    "plan_decided": (PlanDecided, _KIND),
    "plan_sent": (PlanSent, _KIND),
    "plan_refused": (PlanRefused, _KIND),
    "plan_amended": (PlanAmended, {}),
    "plan_reported": (PlanStatusReported, {}),
    "plan_ordered": (PlanOrderGiven, {"sale_or_demolition": False}),
    "applied": (PlanDispensationApplied, {**_KIND, "share": "50", "decided_first": True}),
    "dispensed": (PlanDispensationDecided, {}),
    "valued": (SaleValued, {"registered_agent": True, "only_at_loss": True}),
    "new_building": (NewBuildingDocumented, {}),
    "winding_up": (WindingUpOrdered, {}),
    "winding_up_plan": (WindingUpPlanSent, {}),
}
"""The words under `course`, likewise."""


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    world = casebook.begin(case, casebook.attested(case, otherwise))
    for word, known in (("inventory", _INVENTORY), ("course", _COURSE)):
        stated = case.get(word, Stated({}, word))
        for name, (kind, usual) in known.items():
            for number, each in enumerate(each_of(stated.get(name)), 1):
                world.record(_fact(each, kind, usual, f"{name}-{number}"))
    for each in each_of(case.get("family_dwellings_by_area")):
        world.record(each.into(FamilyDwellingsByArea, municipality=MUNICIPALITY))
    casebook_governance.record(world, case)
    for sold in each_of(case.get("sold")):
        _record_sale(world, sold)
    world.choose(case.get("readings", {}))
    return world


def _fact(stated: Stated, kind: type[Fact], usual: dict[str, Any], unit: str) -> Fact:
    """Make a fact about the area by the names of its fields; a share is written as a number."""
    others = {"area": AREA, **usual}
    if "unit" in kind.__struct_fields__:
        others["unit"] = unit
    named = (slot.name for slot in slots(kind) if slot.said.share)
    shares = {name: casebook.number(stated, name) for name in named if name in stated}
    return stated.changed(**shares).into(kind, **others)


def _record_sale(world: World, stated: Case) -> None:
    """Record a sale in the area, what it came to, and what was decided of the money."""
    place = {"municipality": MUNICIPALITY, "area": AREA}
    of = {"organisation": ORGANISATION, "department": DEPARTMENT}
    sold = stated.without("proceeds", "uses")
    world.record(sold.into(PropertySold, sale=SALE, **place, **of))
    for settled in each_of(stated.get("proceeds")):
        usual = {"into_fund_oere": settled.get("net_oere"), "settled_on": stated["sold_on"]}
        world.record(settled.into(ProceedsSettled, sale=SALE, **usual))
    for used in each_of(stated.get("uses")):
        usual = {"decided_on": stated["sold_on"], "decided_by": "made up"}
        world.record(used.into(ProceedsUseDecided, sale=SALE, **usual))


def ask(case: Case, world: World) -> Decision:
    """Put the case's question."""
    return world.put(question(case))


def question(case: Case) -> Question:
    """Return the case's question."""
    stated = case.get("asked", Stated({}, "asked"))
    others: dict[str, Any] = {"area": AREA, "day": case["day"], "asked_on": case.get("asked_on")}
    if case["question"] == "dispensation":
        others["plan"] = "joint"
    if case["question"] == CompetenceQuestion.kind:
        others |= casebook_governance.WORKS
    if case["question"] == "proceeds":
        others["sale"] = SALE
    made: Question = stated.into(QUESTIONS[case["question"]], **others)
    return made
