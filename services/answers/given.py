"""The answers that were given: each receipt's, and each entry's of a page of a waiting list.

What is asked again, compared or counted later begins here: what was asked, on which facts, under
which law, and what came out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, receipt, screening
from domain.data_classes import DataClass
from domain.law.editions import edition_named
from domain.law.kernel import Outcome
from domain.law.question import NOBODY, Question
from domain.questions import PAGE_TYPES, QUESTIONS, RECEIPT_TYPES
from domain.reference import View
from services.answers.receipts import Receipts, asked_on, day_of, is_open
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader, TamperedEvent
from services.persons.sealing import Binding, ClassKey, KeyErased, period_of

RECORDED_TYPES = (*RECEIPT_TYPES, *PAGE_TYPES)
"""The event types that hold answers."""


_AT_A_TIME = 2_000
"""Positions of the log whose receipts are read at a time."""


class Stated(NamedTuple):
    """What a receipt, or a page, states in the open."""

    kind: str
    day: date
    area: str | None
    """None: outside every area; of a page, that of the dwelling it names."""
    position: int
    """The position whose facts were known."""
    law: str
    outcome: Outcome | None
    """None for a page: each entry's is sealed."""


class Given(NamedTuple):
    """One answer that was given; `entry` counts the entries of a page from 1, and is 0 for a
    receipt of its own.
    """

    event: RecordedEvent
    entry: int
    question: Question
    position: int
    law: str
    outcome: Outcome
    key: ClassKey | None
    """What its household's part is sealed under; None: it is about nobody."""

    @property
    def household(self) -> UUID:
        """Return whom it is about; NOBODY: an area."""
        return self.question.household


def stated(event: RecordedEvent, view: View) -> Stated:
    """Return what stands in the open of a receipt or page; raises MalformedReceiptError.

    `view` says where the dwelling lies that a page names.
    """
    said = _statement(event)
    day = day_of(said["day"])
    if event.type in RECEIPT_TYPES:
        outcome = Outcome(said["outcome"])
        return Stated(said["kind"], day, said["area"], said["position"], said["law"], outcome)
    named = said["target"].get("dwelling")
    dwelling = None if named is None else view.dwelling(named, day)
    area = None if dwelling is None else dwelling.fact.area
    return Stated(said["kind"], day, area, said["position"], said["law"], None)


def recorded(
    instance: Instance, upto: int, types: Sequence[str] = RECORDED_TYPES
) -> Iterator[RecordedEvent]:
    """Yield every receipt and page up to a position, few of them in memory at a time."""
    query = DCBQuery(items=[DCBQueryItem(types=list(types))])
    for after in range(0, upto, _AT_A_TIME):
        yield from instance.log.read(query, after=after, upto=min(upto, after + _AT_A_TIME))


def entries_of(event: RecordedEvent) -> int:
    """Return how many answers a receipt or page holds, erased or not."""
    return len(event.tags) if event.type in PAGE_TYPES else 1


def about_of(event: RecordedEvent, entry: int) -> str:
    """Return the tag of the household that an answer is about; "": it is about nobody."""
    if event.type in PAGE_TYPES:
        return event.tags[entry - 1]
    return "" if is_open(event) else event.tags[0]


def key_of(instance: Instance, event: RecordedEvent, entry: int) -> ClassKey | None:
    """Return what an answer's household part is sealed under; None: erased, or about nobody."""
    tag = about_of(event, entry)
    if not tag:
        return None
    if event.type in PAGE_TYPES:
        payload = screening.unpack(event.data).sealed[entry - 1]
    else:
        payload = receipt.unpack(event.data).sections[0].payload
    return instance.keys.key(tag[2:], period_of(payload))


def given(
    receipts: Receipts, event: RecordedEvent, reader: Reader, tags: Collection[str] = ()
) -> list[Given]:
    """Return the answers of a receipt or page that can still be read; noted as a reading.

    `tags`: only those about households of these tags, and no other entry of a page is opened.
    Raises TamperedEvent when the event was altered where it is stored, EditionUnknownError for a
    page whose law can't be run.
    """
    if not event.is_intact():
        raise TamperedEvent(event.position)
    said = _statement(event)
    if event.type in PAGE_TYPES:
        return _of_page(receipts, event, said, reader, tags)
    packed = receipt.unpack(event.data)
    try:
        question = receipts.question_of(event, packed, said, reader)
    except KeyErased:
        return []
    key, outcome = key_of(receipts.instance, event, 0), Outcome(said["outcome"])
    return [Given(event, 0, question, said["position"], said["law"], outcome, key)]


def _statement(event: RecordedEvent) -> dict[str, Any]:
    taken = screening.unpack if event.type in PAGE_TYPES else receipt.unpack
    said: dict[str, Any] = canonical.decode(taken(event.data).statement)
    return said


def _of_page(
    receipts: Receipts,
    event: RecordedEvent,
    said: dict[str, Any],
    reader: Reader,
    tags: Collection[str],
) -> list[Given]:
    instance = receipts.instance
    sealed = screening.unpack(event.data).sealed
    wanted = {
        number: (tag[2:], period_of(payload))
        for number, (tag, payload) in enumerate(zip(event.tags, sealed, strict=True), 1)
        if not tags or tag in tags
    }
    keys = instance.keys.keys(wanted.values())
    subjects = instance.keys.subjects_of(token for token, _ in wanted.values())
    law = edition_named(said["law"])
    asked = QUESTIONS[said["kind"]].restored(
        NOBODY, day_of(said["day"]), asked_on(said), said["target"]
    )
    found = []
    for number, place in wanted.items():
        key, household = keys.get(place), subjects.get(place[0])
        if key is None or household is None:
            continue
        binding = Binding(
            instance.log_id.bytes, event.event_id, event.type, event.schema_version, number
        )
        entry = screening.decode_entry(key.unseal(binding, sealed[number - 1]), law)
        question = msgspec.structs.replace(asked, household=household)
        found.append(
            Given(event, number, question, said["position"], said["law"], entry.outcome, key)
        )
    instance.person_facts.note(
        [(DataClass.DECISIONS, about_of(event, each.entry)[2:]) for each in found], reader
    )
    return found
