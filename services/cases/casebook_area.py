"""Reads the golden cases of questions about an area: plans, sale and money.

How such a case is written is described in `docs/cases.md`.
"""

from __future__ import annotations

from domain.decide import Decision
from domain.facts import ProceedsSettled, ProceedsUseDecided, PropertySold
from domain.law.question import AreaQuestion, Question
from domain.questions import QUESTIONS
from services.cases import casebook
from services.cases.casebook import Case
from services.cases.stated import Stated, each_of
from services.cases.world import AREA, DEPARTMENT, MUNICIPALITY, ORGANISATION, World

SALE = "made-up-sale"

KINDS = tuple(kind for kind, struct in QUESTIONS.items() if issubclass(struct, AreaQuestion))


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    world = casebook.begin(case, casebook.attested(case, otherwise))
    for sold in each_of(case.get("sold")):
        _record_sale(world, sold)
    world.choose(case.get("readings", {}))
    return world


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
    others = {"area": AREA, "day": case["day"], "asked_on": case.get("asked_on")}
    if case["question"] == "proceeds":
        others["sale"] = SALE
    made: Question = stated.into(QUESTIONS[case["question"]], **others)
    return made
