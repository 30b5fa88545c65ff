"""Asking: questions decided on the facts as known at one position, recorded or not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from uuid import UUID

import msgspec

from domain import decide
from domain.data_classes import SubjectKind
from domain.decide import Decision
from domain.law.editions import CURRENT, edition_named
from domain.law.question import Question
from domain.law.referral.steps import ReferralQuestion
from domain.reference import View
from services.answers.finding import FactFinder
from services.answers.receipts import Answer, Asked, Made, Receipts
from services.instance.instance import Instance
from services.log.port import EventIdReused
from services.persons.reading import Reader, TamperedEvent


class Answers:
    """Answers questions of one instance."""

    def __init__(self, instance: Instance) -> None:
        self.receipts = Receipts(instance)
        self._instance = instance
        self._in_flight: dict[bytes, Future[None]] = {}
        self._lock = threading.Lock()

    def knows(self, household: UUID) -> bool:
        """Tell whether the household is registered here."""
        return self._instance.keys.known(household) is SubjectKind.HOUSEHOLD

    def _refuse_altered(self) -> None:
        """A log that was altered answers nothing new; what it answered can still be replayed."""
        if self._instance.altered:
            raise TamperedEvent(self._instance.altered[0])

    def preview(self, asked: Asked, reader: Reader, view: View) -> Answer:
        """Decide without recording: no answer that anything may rest on.

        Raises UnknownHousehold, and what `domain.decide.decide` raises.
        """
        [result] = self.preview_all([asked], reader, view)
        if isinstance(result, Exception):
            raise result
        return result

    def preview_all(
        self,
        questions: Sequence[Asked],
        reader: Reader,
        view: View,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Answer | Exception]:
        """Decide many questions at one position without recording.

        A question that cannot be asked has its error in its place; `stop` as in `check_all`.
        """
        self._refuse_altered()
        finder = FactFinder(self._instance, view.position, reader)
        decided = finder.answer_all(
            self._known([q.question for q in questions]), view, CURRENT, stop
        )
        return [
            each
            if isinstance(each, Exception)
            else Answer(each.decision, each.unsealed, facts_read=each.facts_read)
            for each in decided
        ]

    def _known(self, questions: Sequence[Question]) -> list[Question | Exception]:
        """Return the questions; of a household that cannot be asked about, the error instead."""
        found: list[Question | Exception] = []
        for question in questions:
            try:
                if not question.declared.of_nobody:
                    self.receipts.token_of(question.household)
                found.append(question)
            except LookupError as error:
                found.append(error)
        return found

    def about_nobody(self, question: Question, view: View) -> Answer:
        """Decide a question that names no household and reads no person; never recorded.

        Raises what `domain.decide.decide` raises.
        """
        self._refuse_altered()
        steps = decide.decide(question, view, view.position, CURRENT)
        try:
            next(steps)
        except StopIteration as end:
            return Answer(end.value)
        raise LookupError("a question about nobody has nobody to read")

    def readings(self, decision: Decision) -> dict[str, str]:
        """Return how every open point was read where a decision was made."""
        view = self._instance.view(at=decision.position)
        return decide.readings(view, decision.question.day, edition_named(decision.edition))

    def with_alternatives(self, answer: Answer) -> Answer:
        """Add where else the household can be referred, on the facts that were read for it."""
        made = answer.decision
        if answer.facts_read is None or not isinstance(made.question, ReferralQuestion):
            return answer
        found = decide.alternatives(
            made.question,
            self._instance.view(at=made.position),
            made.position,
            edition_named(made.edition),
            answer.facts_read,
        )
        return answer._replace(decision=msgspec.structs.replace(made, alternatives=found))

    def check(self, asked: Asked, reader: Reader, view: View) -> Answer:
        """Decide, record the receipt, and return both; a repeat returns the first receipt.

        Raises UnknownHousehold, EventIdReused, Erased when the receipt cannot be sealed since the
        class decisions was erased, and what `domain.decide.decide` raises.
        """
        [result] = self.check_all([asked], reader, view)
        if isinstance(result, Exception):
            raise result
        return result

    def check_all(
        self,
        questions: Sequence[Asked],
        reader: Reader,
        view: View,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Answer | Exception]:
        """Decide many questions at one position and record their receipts in one commit.

        A question that cannot be asked has its error in its place. `stop` is asked between
        questions; when it says yes, TimeoutError is raised and nothing is recorded.
        """
        self._refuse_altered()
        with self._claimed([asked.event_id for asked in questions]):
            results = [self._before(asked, reader) for asked in questions]
            new = [index for index, result in enumerate(results) if result is None]
            finder = FactFinder(self._instance, view.position, reader)
            asked_now = self._known([questions[index].question for index in new])
            made: list[tuple[int, Made]] = []
            decided_now = finder.answer_all(asked_now, view, CURRENT, stop)
            for index, decided in zip(new, decided_now, strict=True):
                if isinstance(decided, Exception):
                    results[index] = decided
                    continue
                try:
                    made.append((index, self.receipts.make(questions[index], decided, reader)))
                except LookupError as error:
                    results[index] = error
            if stop():
                raise TimeoutError
            if made:
                written = self.receipts.record([each for _, each in made])
                for (index, each), positions in zip(made, written, strict=True):
                    results[index] = (
                        positions
                        if isinstance(positions, Exception)
                        else each.answer._replace(position=positions[0])
                    )
        return [result for result in results if result is not None]

    def _before(self, asked: Asked, reader: Reader) -> Answer | Exception | None:
        """Return what a repeated question was answered with, None for a new one."""
        try:
            return self.receipts.repeated(asked, reader)
        except (ValueError, LookupError, EventIdReused) as error:
            return error

    def _claimed(self, ids: Sequence[bytes]) -> _Claim:
        return _Claim(self._lock, self._in_flight, ids)


class _Claim:
    """Holds event ids while their receipts are being made, so that a racing repeat waits."""

    def __init__(
        self, lock: threading.Lock, in_flight: dict[bytes, Future[None]], ids: Sequence[bytes]
    ) -> None:
        self._lock = lock
        self._in_flight = in_flight
        self._ids = ids
        self._mine: Future[None] = Future()

    def __enter__(self) -> None:
        while True:
            with self._lock:
                taken = next((i for i in map(self._in_flight.get, self._ids) if i), None)
                if taken is None:
                    for id in self._ids:
                        self._in_flight[id] = self._mine
                    return
            taken.result()

    def __exit__(self, *error: object) -> None:
        with self._lock:
            for id in self._ids:
                self._in_flight.pop(id, None)
        self._mine.set_result(None)
