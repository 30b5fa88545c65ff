"""What the questions about a household and the dwelling it lives in share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeVar

from domain.events import Recorded
from domain.facts import DwellingKind, InstanceCreated
from domain.facts.declared import Field
from domain.law.answer import DwellingUnknownError
from domain.law.case import Case, single
from domain.law.edition import Edition
from domain.law.kernel import Finding, Status
from domain.law.question import Dwelling, LivesThere, Question
from domain.reference import View

AgreedWeeks = Annotated[
    int | None,
    Field(
        "det kortere opsigelsesvarsel, der er aftalt for en ungdomsbolig",
        "of youth dwellings: the notice agreed, in weeks",
        unit="weeks",
        least=0,
        most=520,
    ),
]
OtherDwellingAssigned = Annotated[
    bool | None,
    Field(
        "om en anden passende bolig anvises samtidig (plejeboliger)",
        "of care dwellings: whether another suitable dwelling is assigned at the same time",
    ),
]


class HomeQuestion(Question, frozen=True, kw_only=True):
    """A question about a household's tenancy of a dwelling."""

    household: LivesThere
    dwelling: Dwelling


ENDING_FIRST_DAY = date(2018, 12, 1)
"""What is held of how a landlord ends a tenancy begins here (Lov nr. 1322 of 2018)."""

H = TypeVar("H", bound=HomeQuestion)


class HomeCase(Case[H]):
    """The working state of such a question; raises BeforeCoverageError and DwellingUnknownError."""

    def __init__(self, question: H, view: View, position: int, edition: Edition) -> None:
        super().__init__(question, view, position, edition)
        dwelling = view.dwelling(question.dwelling, question.day)
        if dwelling is None:
            raise DwellingUnknownError(question.dwelling)
        self.dwelling = dwelling

    def examine_care(self, assigned: bool | None) -> Finding:
        """Say whether another dwelling is assigned to whoever leaves a care dwelling."""
        dwelling = self.dwelling.fact
        rule = self.edition.rules["TERM-86-7"]
        elderly = dwelling.kind is DwellingKind.ELDERLY
        found: Finding = rule.evaluate(dwelling.care, elderly, assigned, self.question.day)
        if found.status is not Status.NOT_APPLICABLE:
            self.note(rule, single(found))
        return found

    def reference(self) -> tuple[Recorded[Any], ...]:
        """Return the open facts that stand behind every finding."""
        area = self.dwelling.fact.area
        registered = None if area is None else self.view.area(area)
        return (
            *self.view.find(InstanceCreated, ""),
            *self.view.readings(self.question.day).values(),
            *(() if registered is None else (registered,)),
            self.dwelling,
        )
