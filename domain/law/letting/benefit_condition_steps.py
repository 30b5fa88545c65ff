"""What a municipality answers a housing organisation: does one person meet one condition?

The organisation may not hold benefit months. It asks, with its purpose and legal basis, and is
told yes, no or undetermined for one person, one condition and one day, with the receipt.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Annotated, Any
from uuid import UUID

from domain.data_classes import DataClass
from domain.facts import AttestedAnswer, BenefitCondition, InstanceCreated
from domain.facts.declared import MUNICIPALITY, Field
from domain.law.answer import Decision, Membership, Need
from domain.law.case import Case, Household, single
from domain.law.edition import Edition, Step
from domain.law.kernel import Finding, Missing, Outcome, Status, Tree, applies
from domain.law.letting import rejection as law
from domain.law.question import Day, Question, question
from domain.reference import View


@question(
    "benefit_condition",
    da="Opfylder dette medlem af husstanden betingelsen på dagen?",
    asked_by=MUNICIPALITY,
    method="AttestBenefitCondition",
    message="AttestBenefitConditionRequest",
)
class BenefitConditionQuestion(Question, frozen=True, kw_only=True):
    """Does this member of the household meet this condition on this day?"""

    # What is to come can't be attested.
    day: Annotated[Day, Field(past=True)]
    person: Annotated[UUID, Field("medlemmet", "the member", wire="person_id")]
    condition: Annotated[BenefitCondition, Field("betingelsen", "the condition")]


ANSWERS = {
    Outcome.PROHIBITED: AttestedAnswer.YES,
    Outcome.PERMITTED: AttestedAnswer.NO,
    Outcome.UNDETERMINED: AttestedAnswer.UNDETERMINED,
}
"""What the outcome says: a condition that is met speaks for a rejection."""


def benefit_condition(
    question: BenefitConditionQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether the condition is met, on the benefit facts of that one person.

    Raises BeforeCoverageError for a day that the edition of the law does not cover.
    """
    case = _Condition(question, view, position, edition)
    yield from case.examine()
    return case.decision()


class _Condition(Case[BenefitConditionQuestion]):
    """The working state of one question about one person."""

    def __init__(
        self, question: BenefitConditionQuestion, view: View, position: int, edition: Edition
    ) -> None:
        super().__init__(question, view, position, edition)
        self.rule = edition.rules[law.CONDITIONS[question.condition]]
        self.in_force = self.explored(
            lambda readings: Finding(
                Status.MET if applies(self.rule, question.day, readings) else Status.NOT_IN_FORCE
            )
        )
        self.consult(self.in_force.points)
        self.tree: Tree[Finding] = single(Finding(Status.UNKNOWN))
        self.member = False

    def examine(self) -> Generator[Need, Any, None]:
        """Read that the person belongs to the household, and then that person's benefits."""
        membership: Membership = yield Need(DataClass.MEMBERSHIP)
        question = self.question
        self.household = Household(membership, question.day, self.readings["AMB-HOUSEHOLD"])
        if question.person not in self.household.members:
            return
        self.member = True
        if all(found.status is Status.NOT_IN_FORCE for _, found in self.in_force.leaves):
            self.tree = single(Finding(Status.NOT_IN_FORCE))
            return
        records = yield from self.read_members(DataClass.BENEFITS, (question.person,))
        trees = self.examine_members(self.rule, DataClass.BENEFITS, (question.person,), records)
        self.tree = trees[question.person]

    def _outcome_under(self, readings: dict[str, str]) -> Outcome | None:
        if self.stale or not self.member:
            return Outcome.UNDETERMINED
        if self.in_force.under(readings).status is Status.NOT_IN_FORCE:
            return Outcome.PERMITTED
        match self.tree.under(readings).status:
            case Status.MET:
                return Outcome.PROHIBITED
            case Status.NOT_MET | Status.NOT_IN_FORCE:
                return Outcome.PERMITTED
            case Status.NOT_EXAMINED:
                return None
            case _:
                return Outcome.UNDETERMINED

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self.outcome_varied(self._outcome_under)
        question = self.question
        found = self.tree.under(self.readings)
        missing: list[tuple[Missing, UUID | None]] = []
        if varied.outcome is Outcome.UNDETERMINED:
            if not self.member:
                missing.append((Missing("membership_recorded", "municipality_referral"), None))
            missing += [(each, question.person) for each in found.missing]
        met = varied.outcome is Outcome.PROHIBITED
        return Decision(
            question=question,
            position=self.position,
            edition=self.edition.id,
            area=None,
            outcome=varied.outcome,
            examined=tuple(self.examined),
            members=self.household.members,
            membership=self.household.evidence,
            reference=(
                *self.view.find(InstanceCreated, ""),
                *self.view.readings(question.day).values(),
            ),
            missing=tuple(missing),
            changes=tuple((c, self.rule.id, question.person) for c in found.changes if met),
            variations=varied.variations,
            exhaustive=varied.exhaustive,
            consulted=tuple(self.consulted),
            chosen=self.chosen,
        )


STEPS = (Step(BenefitConditionQuestion, benefit_condition),)
