"""What a question and its answer consist of, whatever is asked."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import HouseholdMember, MembersAttested
from domain.law.kernel import Change, Confidence, Finding, Missing, Outcome, Tree, Variation
from domain.law.question import Question


class Need(msgspec.Struct, frozen=True, gc=False):
    """What the decision must read next: one data class of the household or of its members.

    The answer to DECISIONS is `Sequence[Recorded[Any]] | None`, to MEMBERSHIP a
    `Membership`, to a class of members a dict from person to that person's standing facts.
    None in place of facts says that they were erased.
    """

    data_class: DataClass
    members: tuple[UUID, ...] = ()


class Membership(msgspec.Struct, frozen=True, gc=False):
    """The standing facts about who belongs to a household.

    A member whose person has been erased is None; the fact itself can then not be read either.
    """

    members: tuple[tuple[UUID | None, Recorded[HouseholdMember] | None], ...]
    attested: tuple[Recorded[MembersAttested], ...]
    erased: bool = False


class FactsRead:
    """The facts that a decision has read, on which something else can be tried."""

    def __init__(self) -> None:
        self._read: dict[DataClass, Any] = {}
        self.all: list[tuple[Need, Any]] = []
        """Each reading, in order: what was asked for, and what was sent."""

    def note(self, need: Need, answer: Any) -> None:
        """Keep what was read."""
        self._read[need.data_class] = answer
        self.all.append((need, answer))

    def drives(self, steps: Generator[Need, Any, Any]) -> DataClass | None:
        """Run the steps on what is at hand; return the class that they need beyond it."""
        answer: Any = None
        while True:
            try:
                need = steps.send(answer)
            except StopIteration:
                return None
            if need.data_class not in self._read:
                return need.data_class
            answer = self._read[need.data_class]
            if need.members and not set(need.members) <= set(answer):
                return need.data_class


def noted(steps: Generator[Need, Any, None], facts_read: FactsRead) -> Generator[Need, Any, None]:
    """Pass the needs of the steps on, and keep every answer at hand."""
    answer: Any = None
    while True:
        try:
            need = steps.send(answer)
        except StopIteration:
            return
        answer = yield need
        facts_read.note(need, answer)


class Examined(msgspec.Struct, frozen=True):
    """One rule applied to one subject: what it finds under every reading, and in use.

    `derived`: it joins the facts of several subjects or classes, so that no section of a receipt
    holds it; what it rests on stands in the sections of those.
    """

    rule_id: str
    finding: Finding
    tree: Tree[Finding]
    person: UUID | None = None
    data_class: DataClass | None = None
    area: str = ""
    about: str = ""
    """What a rule about a member was asked with beyond the day: days, criteria, a dwelling."""
    derived: bool = False


class ValueKind(StrEnum):
    """What a computed value is measured in."""

    DAY = "day"
    SHARE = "share"
    DISTANCE_CM = "distance_cm"
    NUMBER = "number"
    MONEY_OERE = "money_oere"


class Value(msgspec.Struct, frozen=True):
    """A value that the answer computed: a day as YYYY-MM-DD, a share in per cent as decimal
    text, whole centimetres, whole øre, or a whole number; `name` has a text.
    """

    name: str
    kind: ValueKind
    value: str
    rule_id: str


class Elsewhere(msgspec.Struct, frozen=True):
    """What the answer would be in an area of the municipality, or in a kind of area.

    `area` is empty for a kind as such. `outcome` None: not examined, since the data class `unread`
    would have to be read for it.
    """

    kind: str
    area: str
    outcome: Outcome | None
    unread: DataClass | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with everything that it rests on; `domain/receipt.py` writes it down."""

    question: Question
    position: int
    edition: str
    area: str | None
    outcome: Outcome
    examined: tuple[Examined, ...]
    members: tuple[UUID, ...] = ()
    membership: tuple[tuple[UUID | None, Recorded[Any]], ...] = ()
    reference: tuple[Recorded[Any], ...] = ()
    """What stands behind every finding: the dwelling, its areas, the readings chosen, whose
    instance this is."""
    missing: tuple[tuple[Missing, UUID | None], ...] = ()
    changes: tuple[tuple[Change, str, UUID | None], ...] = ()
    variations: tuple[Variation, ...] = ()
    exhaustive: bool = True
    consulted: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    duties: tuple[tuple[str, str], ...] = ()
    values: tuple[Value, ...] = ()
    warnings: tuple[str, ...] = ()
    unseen: tuple[tuple[str, Confidence], ...] = ()
    """Rules applied whose text was not seen in the act itself, and how they are known instead."""
    others_unexamined: bool = False
    judged_on: date | None = None
    """The day that the law was applied to, where that is another than the question's."""
    alternatives: tuple[Elsewhere, ...] = ()
    """Where else the household can be referred; worked out for display, and in no receipt."""
    concluded: tuple[Examined, ...] = ()
    """What follows for the household from what was examined. It is shown and not written down:
    it rests on several persons, and can be computed from each one's own part."""
    decided_by: tuple[Examined, ...] = ()
    """The findings that bring a refusing or discretionary outcome about, in the order of the act.
    """
    places: tuple[Tree[Any], ...] = ()
    """What a place makes of the question under every reading, where no finding's tree says it."""

    def as_recorded(self, outcome: Outcome) -> Decision:
        """Return the answer computed again with the outcome that was recorded.

        They part where facts have been erased since: what decided then can no longer be told.
        """
        if outcome is self.outcome:
            return self
        return msgspec.structs.replace(self, outcome=outcome, decided_by=())

    @property
    def findings(self) -> tuple[Examined, ...]:
        """What was examined and concluded, each said once.

        A ground that does not reach the place concludes what was found of the place.
        """
        said: dict[tuple[object, ...], Examined] = {}
        for each in (*self.examined, *self.concluded):
            said.setdefault(self._said(each), each)
        return tuple(said.values())

    def _said(self, examined: Examined) -> tuple[object, ...]:
        found = examined.finding
        about = examined.area if examined.area not in ("", NO_AREA) else self.area or ""
        content = (found.status, found.values, found.missing, found.conditions)
        return (examined.rule_id, examined.person, about, examined.about, *content)


NO_AREA = "-"
"""Stands for the area of a dwelling that lies outside every area."""


class BeforeCoverageError(ValueError):
    """The day asked about lies before the first day that the edition of the law covers."""

    def __init__(self, day: date, first_day: date) -> None:
        super().__init__(f"the edition of the law covers days from {first_day}; {day} lies before")
        self.first_day = first_day


class DwellingUnknownError(LookupError):
    """The dwelling asked about is not recorded for the day asked about."""


class AreaUnknownError(LookupError):
    """The area asked about is not registered."""
