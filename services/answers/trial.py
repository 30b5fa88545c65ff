"""A law tried on the answers that were given: what each would have been, counted.

Each is decided again on the facts known then, under the other law, and the outcomes before and
after are counted by area and by the rules that decide. Nothing is recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from domain.decide import Decision
from domain.law.edition import EditionUnknownError
from domain.law.editions import CURRENT, edition_named
from domain.law.kernel import Outcome
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from services.answers import again, stored
from services.answers.again import Law
from services.answers.given import Given, area_of, entries_of, given, recorded
from services.answers.receipts import Receipts
from services.instance.instance import Instance
from services.persons.reading import Reader

LOT = 50
"""Answers that are decided again before progress is told; a page is never parted."""

ByArea = tuple[str, str, Outcome, Outcome]
"""A kind of question, an area ("": outside every area), and the outcomes before and after."""
ByRule = tuple[str, Outcome, Outcome]


class Tried(NamedTuple):
    """Which law is tried, as it is named; and by whom."""

    edition: str
    """By its id, or the name of a draft; "": the answer's own."""
    readings: Mapping[str, str]
    without_origin: bool
    reader: Reader
    named: bool
    """Name the answers that change."""

    def law(self, own: str) -> Law:
        """Return the law that an answer is tried under, which was given under the edition `own`.

        Raises LawUnknown, EditionUnknownError.
        """
        default = CURRENT if self.edition else edition_named(own)
        return again.law_named(
            self.edition, self.readings, without_origin=self.without_origin, default=default
        )


class Wanted(NamedTuple):
    """Which answers it is tried on: recorded between two moments, about an area, of some kinds."""

    since: int | None = None
    """In microseconds since 1970 UTC; None: from the beginning."""
    until: int | None = None
    """Exclusive."""
    area: str = ""
    questions: tuple[str, ...] = ()


class Changed(NamedTuple):
    """An answer whose outcome changes."""

    position: int
    receipt: UUID
    household: UUID
    question: str
    area: str
    before: Outcome
    after: Outcome


@dataclass
class Tally:
    """What came out, of some answers or of all."""

    done: int = 0
    by_area: Counter[ByArea] = field(default_factory=Counter)
    by_rule: Counter[ByRule] = field(default_factory=Counter)
    cannot_be_told: int = 0
    not_run: int = 0
    changed: list[Changed] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in what came out of others."""
        self.done += other.done
        self.by_area += other.by_area
        self.by_rule += other.by_rule
        self.cannot_be_told += other.cannot_be_told
        self.not_run += other.not_run
        self.changed += other.changed


def lots(instance: Instance, wanted: Wanted, upto: int, size: int = LOT) -> Iterator[list[int]]:
    """Yield the positions of the receipts and pages that are wanted, in lots."""
    lot: list[int] = []
    held = 0
    for position, answers in _found(instance, wanted, upto):
        lot.append(position)
        held += answers
        if held >= size:
            yield lot
            lot, held = [], 0
    if lot:
        yield lot


def count(instance: Instance, wanted: Wanted, upto: int) -> int:
    """Return how many answers are wanted, erased or not."""
    return sum(answers for _, answers in _found(instance, wanted, upto))


def _found(instance: Instance, wanted: Wanted, upto: int) -> Iterator[tuple[int, int]]:
    types = [
        name
        for name, kind in {**RECEIPT_TYPES, **PAGE_TYPES}.items()
        if not wanted.questions or kind in wanted.questions
    ]
    view = instance.view()
    for event in recorded(instance, upto, types):
        if wanted.since is not None and event.recorded_at < wanted.since:
            continue
        if wanted.until is not None and event.recorded_at >= wanted.until:
            return
        if wanted.area and area_of(stored.stated(instance, event), view) != wanted.area:
            continue
        yield event.position, entries_of(event)


def tried(instance: Instance, lot: list[int], law: Tried) -> Tally:
    """Decide the answers of some receipts and pages again; return what came out.

    Raises TamperedEvent.
    """
    receipts, tally = Receipts(instance), Tally()
    for position in lot:
        event = instance.log.event_at(position)
        if event is None:
            continue
        entries = entries_of(event)
        tally.done += entries
        try:
            answers = given(receipts, event, law.reader)
            under = law.law(stored.stated(instance, event).law)
        except EditionUnknownError:
            tally.not_run += entries
            continue
        tally.cannot_be_told += entries - len(answers)
        if not answers:
            continue
        view = instance.view(at=answers[0].position)
        made = again.decided_all(
            instance, [each.question for each in answers], under, view, law.reader
        )
        for answer, found in zip(answers, made, strict=True):
            if isinstance(found, Exception):
                tally.cannot_be_told += 1
            else:
                _count(instance, answer, found.decision, law, tally)
    return tally


def _count(instance: Instance, answer: Given, after: Decision, law: Tried, tally: Tally) -> None:
    before, deciding = answer.outcome, {each.rule_id for each in after.decided_by}
    if after.outcome is not before:
        # It may be the facts that are gone, and not the law.
        [own] = again.decided_all(
            instance,
            [answer.question],
            Law(edition_named(answer.law)),
            instance.view(at=answer.position),
            law.reader,
        )
        if isinstance(own, Exception) or own.decision.outcome is not before:
            tally.cannot_be_told += 1
            return
        deciding |= {each.rule_id for each in own.decision.decided_by}
        if law.named:
            tally.changed.append(
                Changed(
                    answer.event.position,
                    UUID(bytes=answer.event.event_id),
                    answer.household,
                    answer.question.kind,
                    after.area or "",
                    before,
                    after.outcome,
                )
            )
    tally.by_area[answer.question.kind, after.area or "", before, after.outcome] += 1
    for rule_id in deciding:
        tally.by_rule[rule_id, before, after.outcome] += 1
