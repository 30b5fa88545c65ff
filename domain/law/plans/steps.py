"""How does an area's development plan stand on a day?"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from domain.facts.declared import BOTH
from domain.law import acts
from domain.law.answer import Decision, Need
from domain.law.area.case import AreaCase
from domain.law.edition import Edition, Step
from domain.law.kernel import Outcome
from domain.law.question import AreaQuestion, question
from domain.reference import View


@question(
    "plan",
    da="Hvordan står områdets udviklingsplan på dagen?",
    asked_by=BOTH,
    asks=("plan",),
    purpose="area",
    without=("household",),
)
class PlanQuestion(AreaQuestion, frozen=True, kw_only=True):
    """How does the area's development plan stand on this day?"""


def plan(
    question: PlanQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether the act's demands are kept; nothing about persons is asked for.

    Raises BeforeCoverageError or AreaUnknownError.
    """
    case = AreaCase(question, view, position, edition)
    required = edition.rules["PLAN-168A"]
    found = case.here(
        required.id,
        lambda readings: required.evaluate(edition, view, question.area, question.day, readings),
    )
    case.against(required.id, found, Outcome.DISCRETIONARY)
    yield from ()
    return case.decision()


STEPS = (Step(PlanQuestion, plan, first_day=acts.LOV_1322_2018.in_force),)
