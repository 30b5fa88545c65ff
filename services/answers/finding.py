"""Finds the facts that decisions ask for, as known at one position.

Decisions that are made together take their steps together: what all of them ask for next is
read at once, so that a thousand households take a few readings of the log and not thousands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import boundary, decide
from domain.data_classes import DataClass
from domain.decide import Decision, FactsRead, Need
from domain.law.edition import Edition
from domain.law.question import Question
from domain.reference import View
from services.instance.instance import Instance
from services.persons.reading import PREFIXES, Reader


class Decided(NamedTuple):
    """A decision, how many sealed facts were opened for it, and the facts that it has read."""

    decision: Decision
    unsealed: int
    facts_read: FactsRead


@dataclass(slots=True)
class _Pending:
    """A decision on its way: where its result goes, and what it was sent last."""

    index: int
    household: UUID
    steps: Generator[Need, Any, Decision]
    facts_read: FactsRead = field(default_factory=FactsRead)
    sent: Any = None
    unsealed: int = 0


class FactFinder:
    """Reads what decisions ask for at one position, for one reader."""

    def __init__(
        self,
        instance: Instance,
        position: int,
        reader: Reader,
        *,
        fresh: bool = False,
        erased: frozenset[tuple[UUID, DataClass]] = frozenset(),
        keep: bool = True,
    ) -> None:
        self._instance = instance
        self._position = position
        self._reader = reader
        self._fresh = fresh
        self._erased = erased
        """Classes that were erased at the position, whatever was begun under them since."""
        self._keep = keep and not fresh
        """False: what is unsealed is not kept in memory, for a walk through everybody."""
        self._read: list[tuple[DataClass, str]] = []
        self._tokens: dict[tuple[DataClass, str], None] = {}

    def answer(self, question: Question, view: View, edition: Edition) -> Decided:
        """Decide one question; raises what it raises."""
        [result] = self.answer_all([question], view, edition)
        if isinstance(result, Exception):
            raise result
        return result

    def answer_all(
        self,
        questions: Sequence[Question | Exception],
        view: View,
        edition: Edition,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Decided | Exception]:
        """Drive every decision to its end; what was read is noted before anybody hears of it.

        An error in the place of a question stays there, and one that a question raises takes
        its place. Raises TimeoutError when `stop` says so, which is asked between the steps.
        """
        results: list[Decided | Exception | None] = [
            each if isinstance(each, Exception) else None for each in questions
        ]
        pending = [
            _Pending(
                index,
                question.household,
                decide.decide(question, view, self._position, edition),
            )
            for index, question in enumerate(questions)
            if not isinstance(question, Exception)
        ]
        try:
            while pending:
                if stop():
                    raise TimeoutError
                asking: list[tuple[_Pending, Need]] = []
                for each in pending:
                    try:
                        asking.append((each, each.steps.send(each.sent)))
                    except StopIteration as end:
                        results[each.index] = Decided(end.value, each.unsealed, each.facts_read)
                    except (ValueError, LookupError) as error:
                        results[each.index] = error
                sent = self.send_all([(each.household, need) for each, need in asking])
                for (each, need), facts in zip(asking, sent, strict=True):
                    each.sent = facts
                    each.facts_read.note(need, facts)
                    each.unsealed += _count(need, facts)
                pending = [each for each, _ in asking]
        finally:
            self.note()
        return [result for result in results if result is not None]

    def note(self) -> None:
        """Note in the access table what has been read so far."""
        read, self._read = self._read, []
        self._tokens.update(dict.fromkeys(read))
        self._instance.person_facts.note(read, self._reader)

    def boundary(self, view: View) -> DCBQuery:
        """Return what would move what was decided: the open facts that a traced view was asked
        for, and the classes of facts that were read.
        """
        moves = boundary.of_open(view.asked or ())
        for data_class, token in self._tokens:
            tags = [prefix + token for prefix in PREFIXES.values()]
            moves += boundary.of_sealed(data_class, tags)
        return DCBQuery(
            items=[DCBQueryItem(types=list(m.types), tags=[m.tag] if m.tag else []) for m in moves]
        )

    def send(self, household: UUID, need: Need) -> Any:
        """Return what one decision about a household asks for."""
        [facts] = self.send_all([(household, need)])
        return facts

    def send_all(self, asked: Sequence[tuple[UUID, Need]]) -> list[Any]:
        """Return what each of several decisions asks for, reading each data class once."""
        wanted: defaultdict[DataClass, dict[UUID, None]] = defaultdict(dict)
        for household, need in asked:
            wanted[need.data_class].update(dict.fromkeys(need.members or (household,)))
        found = {each: self._of_class(each, subjects) for each, subjects in wanted.items()}
        return [
            {person: found[need.data_class][person] for person in need.members}
            if need.members
            else found[need.data_class][household]
            for household, need in asked
        ]

    def _of_class(self, data_class: DataClass, subjects: Iterable[UUID]) -> dict[UUID, Any]:
        person_facts, read = self._instance.person_facts, self._read
        at, reader, fresh, keep = self._position, self._reader, self._fresh, self._keep
        listed = list(subjects)
        if data_class is DataClass.MEMBERSHIP:
            return dict(
                person_facts.memberships(listed, at, reader, fresh=fresh, keep=keep, noted=read)
            )
        found = person_facts.of_many(
            listed, data_class, at, reader, fresh=fresh, keep=keep, noted=read
        )
        for subject in listed:
            if (subject, data_class) in self._erased or (
                data_class is DataClass.DECISIONS
                and not found[subject]
                # What is not recorded was not decided, unless it was erased.
                and self._instance.keys.begun_anew(subject, data_class)
            ):
                found[subject] = None
        return found


def _count(need: Need, sent: Any) -> int:
    """Return how many facts were sent."""
    if need.data_class is DataClass.MEMBERSHIP:
        return len(sent.members) + len(sent.attested)
    if need.members:
        return sum(len(facts or ()) for facts in sent.values())
    return len(sent or ())
