"""May Landsbyggefonden support this in the area, and on which condition?

Almenboligloven §§ 91-92 and 96, stk. 3. What is asked for is part of the question.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Annotated, Any

from domain.facts.declared import BOTH, Field
from domain.law.answer import Decision, Need, Value, ValueKind
from domain.law.area.case import AreaCase
from domain.law.edition import Edition, Step
from domain.law.home import ENDING_FIRST_DAY
from domain.law.kernel import Change, Outcome, Status, open_to
from domain.law.question import AreaQuestion, question
from domain.law.sale.support import Support
from domain.reference import View

MASTER_PLAN_APPROVED = "MASTER_PLAN_APPROVED"
MASTER_PLAN_WITH_ANALYSIS = "MASTER_PLAN_WITH_ANALYSIS"
ON_CONDITION_OF_PLAN = "ON_CONDITION_OF_PLAN"

AGREED_LOSS_COVERED = "AGREED_LOSS_COVERED"
FRAMES_NOT_TRIED = "FRAMES_NOT_TRIED"


@question(
    "support",
    da="Må Landsbyggefonden støtte dette i området, og på hvilken betingelse?",
    asked_by=BOTH,
    asks=("support", "rehousing"),
    purpose="area",
    without=("household",),
)
class SupportQuestion(AreaQuestion, frozen=True, kw_only=True):
    """May Landsbyggefonden support this in the area, and on which condition?"""

    support: Annotated[Support, Field("hvad der søges støtte til", "what support is sought for")]
    follows_plan: Annotated[
        bool | None,
        Field(
            "om helhedsplanen medfører den reduktion, som den godkendte udviklingsplan fastlægger",
            "whether the master plan entails the reduction of the approved development plan",
        ),
    ] = None
    vacant_for_rehousing: Annotated[
        bool | None,
        Field(
            "ved tomgang: om boligerne står tomme på grund af genhusning fra området",
            "of vacancy: whether the dwellings are empty for rehousing from the area",
        ),
    ] = None


def support(
    question: SupportQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether the fund may support it; nothing about persons is asked for.

    Raises BeforeCoverageError or AreaUnknownError.
    """
    yield from ()
    case = _Support(question, view, position, edition)
    case.examine()
    return case.decision(case.values)


class _Support(AreaCase[SupportQuestion]):
    """The working state of a question about support."""

    order = ("FIN-LOSS", "PLAN-96-3", "FIN-VACANCY", "FIN-SUPPORT")

    def __init__(
        self, question: SupportQuestion, view: View, position: int, edition: Edition
    ) -> None:
        super().__init__(question, view, position, edition)
        self.values: list[Value] = []

    def examine(self) -> None:
        """Examine what support it is, and what it is conditional on."""
        asked, rules = self.question, self.edition.rules
        if asked.support is Support.LOSS_ON_SALE:
            found = self.here("FIN-LOSS", lambda _: rules["FIN-LOSS"].evaluate())
            self.against("FIN-LOSS", found)
            self.remark(AGREED_LOSS_COVERED)
            return
        if asked.support is Support.INFRASTRUCTURE:
            self.here("PLAN-96-3-91B", lambda _: rules["PLAN-96-3-91B"].evaluate(asked.day))
        by_plan = partial(
            rules["PLAN-96-3"].evaluate,
            self.edition,
            self.view,
            asked.area,
            asked.support,
            asked.follows_plan,
            asked.day,
        )
        tree = self.here("PLAN-96-3", lambda r: open_to(by_plan(r), Change("master_plan_follows")))
        self.against("PLAN-96-3", tree, adverse=Status.NOT_MET)
        if tree.under(self.readings).status is not Status.NOT_APPLICABLE:
            self.duty(ON_CONDITION_OF_PLAN, "PLAN-96-3")
        if asked.support is Support.VACANCY_LOSS:
            self._vacancy()
        may = self.here(
            "FIN-SUPPORT", lambda _: rules["FIN-SUPPORT"].evaluate(asked.support, asked.day)
        )
        self.against("FIN-SUPPORT", may, Outcome.DISCRETIONARY)
        if asked.support in (Support.SOCIAL_EFFORT, Support.RENT, Support.VACANCY_LOSS):
            self.duty(MASTER_PLAN_APPROVED, "FIN-SUPPORT")
        if asked.support is Support.INFRASTRUCTURE:
            self.duty(MASTER_PLAN_WITH_ANALYSIS, "FIN-SUPPORT")
        self.remark(FRAMES_NOT_TRIED)

    def _vacancy(self) -> None:
        asked, rule = self.question, self.edition.rules["FIN-VACANCY"]
        tree = self.here(
            rule.id,
            partial(
                rule.evaluate,
                self.edition,
                self.view,
                asked.area,
                asked.vacant_for_rehousing,
                asked.day,
            ),
        )
        self.against(rule.id, tree, adverse=Status.NOT_MET)
        frame = rule.parameters["frame_oere"]
        self.values.append(Value("vacancy_frame", ValueKind.MONEY_OERE, str(frame), rule.id))


STEPS = (Step(SupportQuestion, support, first_day=ENDING_FIRST_DAY),)
