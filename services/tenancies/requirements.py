"""What a step rests on: receipts that nothing has moved, and a named person's decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBAppendCondition

from domain import facts, tenancy
from domain.law.kernel import Outcome
from services.answers.receipts import Receipts, Reexamined
from services.facts.recording import InvariantBroken
from services.instance.instance import Instance
from services.persons.reading import Reader
from services.tenancies.lives import Lives

MOST_RECEIPTS = 10
"""Most receipts that one step rests on."""


class StaleReceipt(ValueError):
    """Something in the boundary of a receipt is newer than what it was decided on."""

    def __init__(self, index: int, type: str, position: int) -> None:
        super().__init__(
            f"receipts[{index}] is outdated: the event at position {position} ({type}) is newer "
            "than what it was decided on; ask again, and rest on the new receipt"
        )
        self.index = index
        self.type = type
        self.position = position


class StepRefused(InvariantBroken):
    """The step may not be taken as things stand; the message says why."""


class StepBasis(NamedTuple):
    """What a step rests on: receipts, and the named person's decision where there is one."""

    receipts: tuple[UUID, ...] = ()
    decided_by: str = ""
    reasons: str = ""
    party_heard: bool | None = None

    @property
    def by_person(self) -> bool:
        """Tell whether a named person has decided, with reasons, and says who was heard."""
        return bool(self.decided_by and self.reasons) and self.party_heard is not None


class Requirements:
    """What is asked of the receipts that a step rests on."""

    def __init__(self, instance: Instance, receipts: Receipts, lives: Lives) -> None:
        self._instance = instance
        self._receipts = receipts
        self._lives = lives

    def fields(self, basis: StepBasis, dwelling: str) -> dict[str, Any]:
        """Return the fields of a step that say what it rests on and who decided."""
        hashes = tuple(self._receipts.hash_of(each).hex() for each in basis.receipts)
        return {
            "dwelling": dwelling,
            "receipts": basis.receipts,
            "receipt_hashes": hashes,
            "decided_by": basis.decided_by,
            "reasons": basis.reasons,
            "party_heard": basis.party_heard,
        }

    def about(
        self, reader: Reader, basis: StepBasis, household: UUID, dwelling: str, day: date
    ) -> list[Reexamined]:
        """Return the receipts as decided again, each about this household, dwelling and day."""
        found = []
        for id in basis.receipts:
            given = self._receipts.reexamine(self._receipts.find(id), reader)
            question = given.answer.decision.question
            if question.household != household:
                raise StepRefused("receipts: one is about another household")
            named = tenancy.dwellings_of(question)
            if named and dwelling not in named:
                raise StepRefused("receipts: one is about another dwelling")
            if question.day != day:
                raise StepRefused(
                    f"receipts: one answers for {question.day}, and the step is taken on {day}; "
                    "ask for that day"
                )
            if not given.holds:
                raise StepRefused("receipts: what one rests on has been erased; ask again")
            found.append(given)
        return found

    def require_letting(
        self,
        reader: Reader,
        basis: StepBasis,
        allocation: UUID,
        household: UUID,
        day: date,
        position: int,
        first_day: date | None = None,
    ) -> tuple[DCBAppendCondition, ...]:
        """Require receipts that permit the letting; return what must not have moved."""
        event, allocated = self._lives.open_step(allocation, facts.VacancyAllocated)
        _, vacancy = self._lives.open_step(allocated.vacancy, facts.VacancyRecorded)
        criteria = ""
        if allocated.way is not None:
            counted = self._lives.ledger(allocated.organisation, event.position)
            criteria = counted.criteria_of(allocated)
        kind = self._instance.created.controller_kind
        questions = tenancy.letting_questions(kind, allocated.channel, allocated.basis)
        found = self.about(reader, basis, household, allocated.dwelling, day)
        for given in found:
            question = given.answer.decision.question
            if not tenancy.asks_about(
                question,
                allocated.dwelling,
                vacancy.kind,
                allocated.channel,
                allocated.basis,
                allocated.way,
                criteria,
            ):
                way = "" if allocated.way is None else f", way {allocated.way} of {criteria}"
                raise StepRefused(
                    "receipts: one was asked on another basis than the dwelling is allocated on "
                    f"({allocated.channel}{way})"
                )
            takeover = tenancy.takeover_of(question)
            if first_day is not None and takeover not in (None, first_day):
                raise StepRefused(
                    f"first_day: a receipt was asked for a takeover on {takeover}; ask for this day"
                )
        _require_outcomes(found, questions, basis)
        if not questions:
            require_person(basis)
        return self.require_current(found, position)

    def require_landlord(
        self,
        reader: Reader,
        basis: StepBasis,
        by_landlord: bool,
        fact: facts.NoticeGiven | facts.TenancyEnded,
        household: UUID,
        day: date,
        position: int,
    ) -> tuple[DCBAppendCondition, ...]:
        """Require what a landlord's step needs; return what must not have moved."""
        found = self.about(reader, basis, household, fact.dwelling, day)
        if by_landlord:
            _require_outcomes(found, tenancy.LANDLORD_QUESTIONS[type(fact)], basis)
            require_person(basis)
            if isinstance(fact, facts.NoticeGiven):
                _require_length(fact, found)
        return self.require_current(found, position)

    def require_current(
        self, found: Iterable[Reexamined], position: int
    ) -> tuple[DCBAppendCondition, ...]:
        """Require that nothing has moved any receipt; return that as conditions."""
        conditions = []
        for index, given in enumerate(found):
            known = given.answer.decision.position
            moved = self._instance.log.read(
                given.boundary, after=known, upto=position, limit=1
            ).all()
            if moved:
                raise StaleReceipt(index, moved[0].type, moved[0].position)
            conditions.append(DCBAppendCondition(given.boundary, known))
        return tuple(conditions)


def _require_length(notice: facts.NoticeGiven, found: Iterable[Reexamined]) -> None:
    """Require that a landlord's notice is no shorter than its answer says (§ 88, stk. 1)."""
    for given in found:
        for value in given.answer.decision.values:
            if value.name == "earliest_end" and notice.last_day.isoformat() < value.value:
                raise StepRefused(f"last_day: the notice runs to {value.value} at the earliest")


def require_person(basis: StepBasis) -> None:
    """Require a named person's decision, with reasons."""
    if not basis.by_person:
        raise StepRefused(
            "decision: a person decides this: give decided_by, reasons and party_heard"
        )


def _require_outcomes(
    found: Sequence[Reexamined], questions: frozenset[str], basis: StepBasis
) -> None:
    kinds = {given.answer.decision.question.kind for given in found}
    if questions and not questions & kinds:
        named = " or ".join(sorted(questions))
        raise StepRefused(f"receipts: an answer to the question {named} is needed")
    for given in found:
        outcome = given.answer.decision.outcome
        if outcome is Outcome.PROHIBITED:
            raise StepRefused("receipts: the answer is PROHIBITED; its receipt says why")
        if outcome is Outcome.UNDETERMINED:
            raise StepRefused(
                "receipts: the answer is UNDETERMINED; its receipt says what is missing"
            )
        if outcome is Outcome.DISCRETIONARY:
            require_person(basis)
