"""The answers that were given: each receipt's, and each entry's of a page of a waiting list.

What is asked again, compared or counted later begins here: what was asked, on which facts, under
which law, and what came out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain.data_classes import DataClass
from domain.law.kernel import Outcome
from domain.law.question import Question
from domain.questions import PAGE_TYPES, QUESTIONS, RECEIPT_TYPES
from domain.reference import View
from services.answers import stored
from services.answers.receipts import Receipts, is_open
from services.answers.screening import Screening
from services.answers.stored import Stated, StatedAnswer, StatedPage
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader, TamperedEvent
from services.persons.sealing import ClassKey, KeyErased

RECORDED_TYPES = (*RECEIPT_TYPES, *PAGE_TYPES)
"""The event types that hold answers."""

_AT_A_TIME = 2_000
"""Positions of the log whose receipts are read at a time."""


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


def area_of(stated: Stated, view: View) -> str | None:
    """Return the area that a receipt is about; of a page, where the dwelling lies that it names.

    None: outside every area.
    """
    if isinstance(stated, StatedAnswer):
        return stated.area
    assert isinstance(stated, StatedPage)  # there is no third
    named = stated.target.get("dwelling")
    dwelling = None if named is None else view.dwelling(named, stated.day)
    return None if dwelling is None else dwelling.fact.area


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
    return instance.keys.key(tag[2:], stored.stated(instance, event).period) if tag else None


def given(
    receipts: Receipts, event: RecordedEvent, reader: Reader, tags: Collection[str] = ()
) -> list[Given]:
    """Return the answers of a receipt or page that can still be read; noted as a reading.

    `tags`: only those about households of these tags, and no other entry of a page is opened.
    Raises TamperedEvent, Tampered and MalformedReceiptError where it is not as it was recorded;
    EditionUnknownError for a page whose law can't be run.
    """
    if not event.is_intact():
        raise TamperedEvent(event.position)
    if event.type in PAGE_TYPES:
        return _of_page(receipts, event, reader, tags)
    stated = stored.answer(receipts.instance, event)
    try:
        question = receipts.question_of(stated, reader)
    except KeyErased:
        return []
    key = key_of(receipts.instance, event, 0)
    return [Given(event, 0, question, stated.position, stated.law, stated.outcome, key)]


def _of_page(
    receipts: Receipts, event: RecordedEvent, reader: Reader, tags: Collection[str]
) -> list[Given]:
    instance, screening = receipts.instance, Screening(receipts.instance)
    stated = stored.page(instance, event)
    wanted = {
        number: tag[2:] for number, tag in enumerate(event.tags, 1) if not tags or tag in tags
    }
    keys = instance.keys.keys((token, stated.period) for token in wanted.values())
    subjects = instance.keys.subjects_of(wanted.values())
    kind, found = QUESTIONS[stated.kind], []
    for number, token in wanted.items():
        key, household = keys.get((token, stated.period)), subjects.get(token)
        if key is None or household is None:
            continue
        outcome = screening.entry(stated, number, key).outcome
        question = kind.restored(household, stated.day, stated.asked, stated.target)
        found.append(Given(event, number, question, stated.position, stated.law, outcome, key))
    instance.person_facts.note(
        [(DataClass.DECISIONS, about_of(event, each.entry)[2:]) for each in found], reader
    )
    return found
