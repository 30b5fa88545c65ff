"""What was answered and recorded from one day to another, counted for the report of a period.

Answers are counted by the open part of their receipts, which opens nothing. Why an answer is
undetermined is sealed: where that is asked for, those answers are decided again, and each reading
stands in the access table, like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import events, facts
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.law.kernel import Outcome
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from domain.reports.period import Answered, Changed, Why, opened, why
from services.answers import stored
from services.answers.receipts import Receipts
from services.answers.stored import StatedPage
from services.instance.instance import Instance
from services.log import known_on
from services.log.event import RecordedEvent
from services.log.wall_clock import day_at, midnight
from services.persons.reading import Reader, is_personal
from services.persons.sealing import KeyErased

_ANSWERS = DCBQuery(items=[DCBQueryItem(types=[*RECEIPT_TYPES, *PAGE_TYPES])])
_OPEN = DCBQuery(items=[DCBQueryItem(types=list(events.OPEN_TYPES))])


class Span(NamedTuple):
    """The positions of a period: those after the one, up to the other."""

    after: int
    upto: int


def span(instance: Instance, first: date, last: date, upto: int) -> Span:
    """Return the positions recorded from the first through the last day, as known at `upto`."""
    after = known_on.last_by(instance.log, midnight(first) - 1)
    through = known_on.last_by(instance.log, midnight(last + timedelta(days=1)) - 1)
    return Span(min(after, upto), min(through, upto))


def answered_in(
    instance: Instance,
    receipts: Receipts,
    within: Span,
    reader: Reader | None,
    check_time: Callable[[], None],
) -> Answered:
    """Count what was answered; `reader`: who learns why answers are undetermined, None: nobody.

    `check_time` raises when the caller no longer waits.
    """
    outcomes: Counter[tuple[str, Outcome]] = Counter()
    pages: dict[str, tuple[int, int]] = {}
    reasons: list[frozenset[Why]] = []
    unreadable = 0
    classes: set[DataClass] = set()
    for event in instance.log.read(_ANSWERS, after=within.after, upto=within.upto):
        check_time()
        said = stored.stated(instance, event)
        if isinstance(said, StatedPage):
            before = pages.get(said.kind, (0, 0))
            pages[said.kind] = before[0] + 1, before[1] + len(said.packed.entries)
            continue
        outcomes[said.kind, said.outcome] += 1
        if reader is None or said.outcome is not Outcome.UNDETERMINED:
            continue
        try:
            decision = receipts.get(event, reader).decision
        except KeyErased:
            unreadable += 1
            continue
        reasons.append(why(decision))
        if not decision.question.declared.of_nobody:
            classes |= opened(decision)
    asked = None if reader is None else tuple(reasons)
    return Answered(
        outcomes=outcomes,
        pages=pages,
        reasons=asked,
        unreadable=unreadable,
        opened=frozenset(classes),
    )


def noted_in(instance: Instance, within: Span) -> tuple[list[Recorded[facts.Fact]], list[Changed]]:
    """Return the open facts that were recorded, and what was corrected or taken back."""
    noted: list[Recorded[facts.Fact]] = []
    changed: list[Changed] = []
    for event in instance.log.read(_OPEN, after=within.after, upto=within.upto):
        if is_personal(event.tags):
            # Only a retraction can be: of which fact it is, is sealed.
            changed.append(Changed(None, True, None))
            continue
        fact = events.decode_fact(event.type, event.schema_version, event.data)
        id = UUID(bytes=event.event_id)
        noted.append(Recorded(event.position, id, event.leaf_hash, fact))
        changed.extend(_changed(instance, event, fact))
    return noted, changed


def _changed(instance: Instance, event: RecordedEvent, fact: facts.Fact) -> Iterator[Changed]:
    gone = fact.retracts if isinstance(fact, facts.Retracted) else fact.corrects
    before = None if gone is None else instance.log.event_by_id(gone.bytes)
    if before is not None:
        days = (day_at(event.recorded_at) - day_at(before.recorded_at)).days
        yield Changed(before.type, isinstance(fact, facts.Retracted), days)
