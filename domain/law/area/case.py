"""The working state of a question about an area, decided ground by ground on open facts alone.

The steps of such a question ask rules with `here`, name what a finding then does with `against` or
`allowed`, and return `decision()`. They yield nothing: nobody is read.
"""

from __future__ import annotations

from typing import Any, TypeVar

from domain.events import Recorded
from domain.facts import InstanceCreated
from domain.law.answer import NO_AREA, AreaUnknownError, Decision, Examined, Value
from domain.law.edition import Edition
from domain.law.grounds import GroundCase, TriedGround
from domain.law.kernel import Change, Finding, Missing, Outcome, Status, Tree
from domain.law.question import PlaceQuestion
from domain.reference import View

A = TypeVar("A", bound=PlaceQuestion)


class AreaCase(GroundCase[A]):
    """The working state of such a question; raises BeforeCoverageError and AreaUnknownError."""

    def __init__(self, question: A, view: View, position: int, edition: Edition) -> None:
        super().__init__(question, view, position, edition)
        self.registered = None if question.area is None else view.area(question.area)
        if question.area is not None and self.registered is None:
            raise AreaUnknownError(question.area)
        self.values: list[Value] = []
        """What the answer computes."""

    @property
    def place(self) -> str:
        """The area that is asked about."""
        return NO_AREA if self.question.area is None else self.question.area

    @property
    def municipality(self) -> str:
        """Where the area lies; of property in none, it is that of this log."""
        if self.registered is None:
            return self.view.instance().municipality
        return self.registered.fact.municipality

    def against(
        self,
        rule_id: str,
        found: Tree[Finding],
        then: Outcome = Outcome.PROHIBITED,
        *,
        adverse: Status = Status.MET,
    ) -> None:
        """Let what a rule finds decide: `adverse` brings `then` about, unknown leaves it open."""
        self.consult(found.points)
        self.grounds.append(TriedGround(rule_id, found, then, adverse))

    def allowed(self, rule_id: str, found: Tree[Finding]) -> None:
        """Let a rule decide by itself: met, it may be done, and somebody decides; not met, it may
        not.
        """
        self.against(rule_id, found, adverse=Status.NOT_MET)
        self.against(rule_id, found, Outcome.DISCRETIONARY)

    def concluded(self) -> tuple[Examined, ...]:
        """Return what each rule comes to, once, whatever it is let decide."""
        return tuple({each.rule_id: each for each in super().concluded()}.values())

    def duty(self, code: str, rule_id: str) -> None:
        """Note what the answer obliges somebody to, once."""
        if (code, rule_id) not in self.duties:
            self.duties.append((code, rule_id))

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self.varied()
        outcome = varied.outcome
        return Decision(
            question=self.question,
            position=self.position,
            edition=self.edition.id,
            area=self.question.area,
            outcome=outcome,
            examined=tuple(self.examined),
            reference=self._reference(),
            missing=tuple((each, None) for each in self._missing(outcome)),
            changes=tuple((each, rule_id, None) for each, rule_id in self._changes(outcome)),
            variations=varied.variations,
            exhaustive=varied.exhaustive,
            consulted=tuple(self.consulted),
            chosen=self.chosen,
            duties=tuple(self.duties),
            values=tuple(self.values),
            warnings=tuple(self.notes),
            concluded=self.concluded(),
            decided_by=self.decided_by(outcome),
        )

    def _reference(self) -> tuple[Recorded[Any], ...]:
        return (
            *self.view.find(InstanceCreated, ""),
            *self.view.readings(self.question.day).values(),
            *(() if self.registered is None else (self.registered,)),
        )

    def _missing(self, outcome: Outcome) -> tuple[Missing, ...]:
        """Return what is missing in the grounds that are not decided."""
        if outcome is not Outcome.UNDETERMINED:
            return ()
        found = (ground.tree.under(self.readings) for ground in self.grounds)
        return tuple(
            dict.fromkeys(
                m for each in found if each.status is Status.UNKNOWN for m in each.missing
            )
        )

    def _changes(self, outcome: Outcome) -> tuple[tuple[Change, str], ...]:
        """Return what would remove the grounds that brought the outcome about."""
        found: dict[tuple[Change, str], None] = {}
        for ground in self.grounds:
            finding = ground.tree.under(self.readings)
            if ground.then is outcome and finding.status is ground.adverse:
                found.update(dict.fromkeys((each, ground.rule_id) for each in finding.changes))
        return tuple(found)
