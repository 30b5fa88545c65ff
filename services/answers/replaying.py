"""Replaying many receipts: all of a log, or a sample of every kind of question and outcome."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.law.edition import EditionUnknownError
from domain.law.kernel import Outcome
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from services.answers import stored
from services.answers.given import recorded
from services.answers.receipts import Receipts
from services.answers.replay import replayed
from services.answers.screening import Screening
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader, TamperedEvent

LOT = 50
"""Receipts that are replayed before progress is told."""

Stratum = tuple[str, Outcome | None]
"""A kind of question, and the outcome; None: pages of waiting lists, whose outcomes are sealed."""


class Verdict(StrEnum):
    """What came of computing a receipt again."""

    EQUAL = "equal"
    EQUAL_BUT_ERASED = "equal_but_erased"
    DIFFERENT = "different"
    NOT_RUN = "not_run"
    """Its edition of the law is none that this version can run."""


class Replayed(NamedTuple):
    """One receipt, or page, computed again."""

    position: int
    receipt: UUID
    stratum: Stratum
    verdict: Verdict
    differences: tuple[str, ...] = ()


class Chosen(NamedTuple):
    """Which receipts are replayed, and how many there are in all."""

    positions: list[int]
    recorded: int


def chosen(instance: Instance, upto: int, sample: int, seed: str) -> Chosen:
    """Choose the receipts to replay, in the order of the log; a `sample` of 0 is all.

    Of each kind of question and outcome a sample has its share, and one at least; so it may have a
    few more than were asked for. Which ones follows from the seed and the ids alone.
    """
    if not sample:
        positions = [event.position for event in recorded(instance, upto)]
        return Chosen(positions, len(positions))
    sizes: Counter[Stratum] = Counter()
    kept: defaultdict[Stratum, list[tuple[int, int]]] = defaultdict(list)
    for event in recorded(instance, upto):
        stratum = _stratum(instance, event)
        sizes[stratum] += 1
        lot = hashlib.sha256(seed.encode() + b"\0" + event.event_id).digest()
        entry = (-int.from_bytes(lot, "big"), event.position)
        heap = kept[stratum]
        if len(heap) < sample:
            heapq.heappush(heap, entry)
        else:
            heapq.heappushpop(heap, entry)
    total = sizes.total()
    positions = [
        position
        for stratum, heap in kept.items()
        for _, position in sorted(heap, reverse=True)[: _share(sizes[stratum], sample, total)]
    ]
    return Chosen(sorted(positions), total)


def _share(size: int, sample: int, recorded: int) -> int:
    """Return how many of a stratum are in a sample: its share, rounded up."""
    return -(-size * min(sample, recorded) // recorded)


def _stratum(instance: Instance, event: RecordedEvent) -> Stratum:
    """Return what a receipt counts under; one that can't be read by its type."""
    kind = {**RECEIPT_TYPES, **PAGE_TYPES}[event.type]
    try:
        return kind, None if event.type in PAGE_TYPES else stored.answer(instance, event).outcome
    except (ValueError, LookupError, TamperedEvent):
        return kind, None


def lots(positions: list[int]) -> Iterator[list[int]]:
    """Part the receipts into lots."""
    for start in range(0, len(positions), LOT):
        yield positions[start : start + LOT]


def replayed_some(instance: Instance, lot: list[int], reader: Reader) -> list[Replayed]:
    """Compute some receipts and pages again, and compare each with what was stored."""
    receipts, screening = Receipts(instance), Screening(instance)
    found = []
    for position in lot:
        event = instance.log.event_at(position)
        if event is None:
            continue
        verdict, differences = Verdict.NOT_RUN, list[str]()
        try:
            if event.type in PAGE_TYPES:
                page = screening.replay(event, reader)
                differences, erased = page.differences, bool(page.erased)
            else:
                replay = replayed(receipts, event, reader)
                differences, erased = replay.differences, replay.erased
            verdict = Verdict.EQUAL_BUT_ERASED if erased else Verdict.EQUAL
            if differences:
                verdict = Verdict.DIFFERENT
        except EditionUnknownError as error:
            differences = [str(error)]
        id = UUID(bytes=event.event_id)
        stratum = _stratum(instance, event)
        found.append(Replayed(position, id, stratum, verdict, tuple(differences)))
    return found
