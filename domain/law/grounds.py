"""A question that is decided ground by ground: what a rule comes to, and what it then does.

Letting, exchange and sublet are, and every question about an area. A ground is looked at where its
rule reaches the place; one that is found prohibits, or leaves a discretion, and where none is found
the answer is PERMITTED.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, TypeVar

import msgspec

from domain.law.answer import Examined
from domain.law.case import Case, single
from domain.law.edition import Edition
from domain.law.kernel import (
    Confidence,
    Finding,
    Outcome,
    Readings,
    Status,
    Tree,
    Varied,
    applies,
    chosen,
    explore,
)
from domain.law.question import Question
from domain.reference import View

Q = TypeVar("Q", bound=Question)


class TriedGround(msgspec.Struct, frozen=True):
    """A ground as a whole: what it comes to under every reading, and what it then does.

    `members_rule` is the rule that members of a household were held against, if any; `adverse` is
    the status that counts against what is asked.
    """

    rule_id: str
    tree: Tree[Finding]
    then: Outcome
    adverse: Status = Status.MET
    members_rule: str = ""


class GroundCase(Case[Q], ABC):
    """The working state of a question that is decided ground by ground."""

    order: ClassVar[tuple[str, ...]] = ()
    """The rules of the grounds, in the order of the act."""

    def __init__(self, question: Q, view: View, position: int, edition: Edition) -> None:
        super().__init__(question, view, position, edition)
        self.grounds: list[TriedGround] = []
        self.unexamined: list[str] = []
        """Grounds that were not looked at, since one before them settles the answer."""
        self.notes: list[str] = []
        self.duties: list[tuple[str, str]] = []

    @property
    @abstractmethod
    def place(self) -> str:
        """The area that the question is about, or that its dwelling lies in."""

    # -- what a rule says of the place

    def here(
        self, rule_id: str, evaluate: Callable[[Readings], Finding], *, in_force: str = ""
    ) -> Tree[Finding]:
        """Say what a rule comes to at the place, and keep what that rests on.

        A rule that is not in force on the day is passed over.
        """
        rule = self.edition.rules[rule_id]
        dated = self.edition.rules[in_force or rule_id]
        day = self.question.day

        def found(readings: Readings) -> Finding:
            if not applies(dated, day, readings):
                return Finding(Status.NOT_IN_FORCE)
            return evaluate(readings)

        tree = explore(self.edition.points, found)
        self.consult(tree.points)
        if len(tree.leaves) == 1 and tree.leaves[0][1].status is Status.NOT_IN_FORCE:
            return tree
        self.examined.append(Examined(rule.id, tree.under(self.readings), tree, area=self.place))
        return tree

    def may_be_met(self, tree: Tree[Finding]) -> bool:
        """Tell whether the readings in use, or those that none is in use of, may meet it."""
        return any(
            finding.status is Status.MET
            and all(
                self.readings[point] == reading or not self.in_use[point].settled
                for point, reading in path
            )
            for path, finding in tree.leaves
        )

    # -- grounds

    def ground(
        self,
        rule_id: str,
        here: Tree[Finding] | None,
        conclude: Callable[[Readings], Finding] | None,
        then: Outcome,
        *,
        adverse: Status = Status.MET,
        members_rule: str = "",
    ) -> TriedGround:
        """Put a ground together: where it reaches the dwelling, what it finds.

        `here` None: it reaches every place. `conclude` None: nothing further was looked at.
        """

        def found(readings: Readings) -> Finding:
            place = _EVERYWHERE if here is None else chosen(here, readings)
            if place.status is Status.UNKNOWN and conclude is not None:
                # Whether it reaches the place does not matter where nothing is found there.
                spared = conclude(readings)
                harmless = {Status.MET, Status.NOT_MET, Status.NOT_APPLICABLE} - {adverse}
                if spared.status in harmless:
                    return spared
            if place.status is not Status.MET:
                status = place.status
                if adverse is Status.NOT_MET and status is Status.NOT_MET:
                    status = Status.NOT_APPLICABLE
                return Finding(status, (), place.values, place.missing)
            return Finding(Status.NOT_EXAMINED) if conclude is None else conclude(readings)

        tree = self.explored(found)
        self.consult(tree.points)
        made = TriedGround(rule_id, tree, then, adverse, members_rule)
        self.grounds.append(made)
        return made

    def settled(self) -> bool:
        """Tell whether a ground found already prohibits under every reading."""
        if not any(
            finding.status is ground.adverse and ground.then is Outcome.PROHIBITED
            for ground in self.grounds
            for _, finding in ground.tree.leaves
        ):
            return False
        varied = self.varied()
        return varied.outcome is Outcome.PROHIBITED and not varied.variations

    # -- from grounds to the outcome

    def outcome_under(self, readings: dict[str, str]) -> Outcome | None:
        """Return the outcome under these readings; None: not examined."""
        if self.stale:
            return Outcome.UNDETERMINED
        for then in (Outcome.PROHIBITED, Outcome.DISCRETIONARY):
            unknown = not_examined = False
            for ground in self.grounds:
                if ground.then is not then:
                    continue
                status = ground.tree.under(readings).status
                if status is ground.adverse:
                    if self.may_decide(ground.rule_id):
                        return then
                    status = Status.UNKNOWN
                unknown = unknown or status in (Status.UNKNOWN, Status.NOT_COVERED)
                not_examined = not_examined or status is Status.NOT_EXAMINED
            if not_examined:
                return None
            if unknown:
                return Outcome.UNDETERMINED
        return Outcome.PERMITTED

    def may_decide(self, rule_id: str) -> bool:
        """What was only agreed, or was never verified, never decides against anybody."""
        return self.edition.rules[rule_id].confidence in (
            Confidence.TEXT_SEEN,
            Confidence.SECONDARY_SOURCE,
        )

    def varied(self) -> Varied:
        """Return the outcome, and which other readings would change it."""
        return self.outcome_varied(self.outcome_under)

    def remark(self, code: str) -> None:
        """Note a warning, once."""
        if code not in self.notes:
            self.notes.append(code)

    def decided_by(self, outcome: Outcome) -> tuple[Examined, ...]:
        """Return the grounds that bring the outcome about, as the readings in use have it."""
        if outcome not in (Outcome.PROHIBITED, Outcome.DISCRETIONARY):
            return ()
        found = (
            Examined(ground.rule_id, ground.tree.under(self.readings), ground.tree)
            for ground in self.grounds
            if ground.then is outcome
            and ground.tree.under(self.readings).status is ground.adverse
            and self.may_decide(ground.rule_id)
        )
        order = {rule_id: number for number, rule_id in enumerate(self.order)}
        return tuple(sorted(found, key=lambda each: order.get(each.rule_id, len(order))))

    def duties_for(self, outcome: Outcome) -> list[tuple[str, str]]:
        """Return what the answer obliges somebody to."""
        return self.duties

    def concluded(self) -> tuple[Examined, ...]:
        """Return what each ground comes to as a whole, in the order of the act."""
        found = [
            Examined(ground.rule_id, ground.tree.under(self.readings), ground.tree)
            for ground in self.grounds
        ]
        found += [
            Examined(rule_id, finding, single(finding))
            for rule_id in self.unexamined
            for finding in (Finding(Status.NOT_EXAMINED),)
        ]
        order = {rule_id: number for number, rule_id in enumerate(self.order)}
        return tuple(sorted(found, key=lambda each: order.get(each.rule_id, len(order))))


_EVERYWHERE = Finding(Status.MET)
