"""May Landsbyggefonden support this in the area, and on which condition?

Almenboligloven §§ 91-92 and 96, stk. 3. What is asked for is part of the question; what plans there
are is recorded.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Annotated, Any

from domain.facts.declared import BOTH, Field
from domain.law.answer import Decision, Need, Value, ValueKind
from domain.law.area.case import AreaCase
from domain.law.edition import Edition, Step
from domain.law.fund.support import Support
from domain.law.home import ENDING_FIRST_DAY
from domain.law.kernel import (
    Change,
    Condition,
    Finding,
    Missing,
    Readings,
    Status,
    Tree,
    as_stated,
    chosen,
    open_to,
)
from domain.law.question import AreaQuestion, question
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
    asks=("support", "fund", "rehousing"),
    purpose="area",
    without=("household",),
)
class SupportQuestion(AreaQuestion, frozen=True, kw_only=True):
    """May Landsbyggefonden support this in the area, and on which condition?"""

    support: Annotated[Support, Field("hvad der søges støtte til", "what support is sought for")]
    follows_plan: Annotated[
        bool | None,
        Field(
            "om helhedsplanen medfører den reduktion, som den godkendte udviklingsplan "
            "fastlægger; det, der er registreret af helhedsplanen, går forud",
            "whether the master plan entails the reduction of the approved development plan; "
            "what is recorded of the master plan goes before it",
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
    return case.decision()


class _Support(AreaCase[SupportQuestion]):
    """The working state of a question about support."""

    order = ("FIN-LOSS", "PLAN-96-3", "FIN-SUPPORT")

    def examine(self) -> None:
        """Examine what support it is, and what it is conditional on."""
        asked, rules = self.question, self.edition.rules
        if asked.support is Support.LOSS_ON_SALE:
            found = self.here("FIN-LOSS", lambda _: rules["FIN-LOSS"].evaluate())
            self.against("FIN-LOSS", found)
            self.remark(AGREED_LOSS_COVERED)
            return
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
        self._money()

    def _money(self) -> None:
        """Examine what money there is for it: any of the rules that have some is enough."""
        asked, rule = self.question, self.edition.rules["FIN-SUPPORT"]
        trees = {rule_id: self._of(rule_id) for rule_id in rule.parameters[asked.support][1]}

        def may(readings: Readings) -> Finding:
            found = {rule_id: chosen(tree, readings) for rule_id, tree in trees.items()}
            return rule.evaluate(self.edition, asked.support, found, asked.day)

        tree = self.here(rule.id, may)
        self.allowed(rule.id, tree)
        if asked.support in (Support.SOCIAL_EFFORT, Support.RENT, Support.VACANCY_LOSS):
            self.duty(MASTER_PLAN_APPROVED, rule.id)
        if asked.support is Support.INFRASTRUCTURE:
            self.duty(MASTER_PLAN_WITH_ANALYSIS, rule.id)
        if asked.support is Support.WORKS:
            self.remark(FRAMES_NOT_TRIED)

    def _of(self, rule_id: str) -> Tree[Finding]:
        """Return what a rule that has money says of the area, and keep its frame as a value."""
        asked, rule = self.question, self.edition.rules[rule_id]
        said: tuple[Condition, ...] = ()
        if asked.support is Support.VACANCY_LOSS:
            said = (as_stated(_VACANT, asked.vacant_for_rehousing),)
        tree = self.here(
            rule_id,
            partial(rule.evaluate, self.edition, self.view, asked.area, *said, asked.day),
        )
        finding = tree.under(self.readings)
        values = dict(finding.values)
        part = asked.support is Support.RENT and "of_it_oere" in values
        amount = values.get("of_it_oere" if part else "frame_oere")
        if amount is not None and finding.status in (Status.MET, Status.UNKNOWN):
            name = "support_frame_years" if "years" in values else "support_frame_year"
            self.values.append(Value(name, ValueKind.MONEY_OERE, amount, rule_id))
        return tree


_VACANT = Condition(
    "vacant_for_rehousing",
    Status.UNKNOWN,
    missing=(Missing("vacant_for_rehousing", "landlord"),),
)
"""Not stated in the question."""

STEPS = (Step(SupportQuestion, support, first_day=ENDING_FIRST_DAY),)
