"""Reads the golden cases of questions about an area: plans, and what else is asked of one.

How such a case is written is described in `docs/cases.md`.
"""

from __future__ import annotations

from domain.decide import Decision
from domain.law.governance.steps import CompetenceQuestion
from domain.law.question import AreaQuestion, Question
from domain.questions import QUESTIONS
from services.cases import casebook, casebook_governance
from services.cases.casebook import Case
from services.cases.stated import Stated
from services.cases.world import AREA, World

KINDS = tuple(kind for kind, struct in QUESTIONS.items() if issubclass(struct, AreaQuestion))


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    world = casebook.begin(case, casebook.attested(case, otherwise))
    casebook_governance.record(world, case)
    world.choose(case.get("readings", {}))
    return world


def ask(case: Case, world: World) -> Decision:
    """Put the case's question."""
    return world.put(question(case))


def question(case: Case) -> Question:
    """Return the case's question."""
    stated = case.get("asked", Stated({}, "asked"))
    others = {"area": AREA, "day": case["day"], "asked_on": case.get("asked_on")}
    if case["question"] == CompetenceQuestion.kind:
        others |= casebook_governance.WORKS
    made: Question = stated.into(QUESTIONS[case["question"]], **others)
    return made
