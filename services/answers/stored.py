"""What a stored receipt, or a page of a waiting list, states: the one place that reads it.

Whoever shows, counts, finds or computes again what was answered asks here what the event says, and
takes no payload apart itself. Nothing is unsealed for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain import canonical, receipt, screening
from domain.law.kernel import Outcome
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from services.instance.instance import Instance
from services.log.event import RecordedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What stands in the open of a stored receipt or page."""

    event: RecordedEvent
    kind: str
    """The kind of question."""
    day: date
    """The day asked about."""
    asked: date | None
    """The day of asking, where it makes a difference."""
    law: str
    """Id of the edition of the law."""
    chosen: tuple[tuple[str, str], ...]
    """The readings that the instance had chosen: open point and reading, sorted."""
    position: int
    """The position whose facts were known."""
    hash: bytes
    """The hash of the receipt, or of the page."""

    @property
    def id(self) -> UUID:
        """The id of the receipt, or of the page."""
        return UUID(bytes=self.event.event_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAnswer(Stated):
    """What stands in the open of a stored receipt."""

    area: str | None
    """The area asked about, or that the dwelling lies in; None: it lies in none."""
    judged: date | None
    """The day that the law was applied to, where that is another than the day asked about."""
    outcome: Outcome
    packed: receipt.Packed
    """The payload taken apart: the sections, by subject and class."""
    found: dict[str, Any] | None
    """Of a question about an area alone: what it asked, found, and rests on (`e`)."""

    @property
    def judged_on(self) -> date:
        """The day that the law was applied to."""
        return self.judged or self.day


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPage(Stated):
    """What stands in the open of a stored page of a waiting list."""

    number: int
    """The number of the page, from 0."""
    target: dict[str, Any]
    """What was asked of every household, beyond the days."""
    packed: screening.StoredPage


def stated(instance: Instance, event: RecordedEvent) -> StatedAnswer | StatedPage:
    """Return what a receipt or a page states; raises MalformedReceiptError."""
    if event.type in PAGE_TYPES:
        return page(instance, event)
    return answer(instance, event)


def answer(instance: Instance, event: RecordedEvent) -> StatedAnswer:
    """Return what a receipt states; raises MalformedReceiptError."""
    if event.type not in RECEIPT_TYPES:
        raise receipt.MalformedReceiptError("the event is no receipt")
    packed = receipt.unpack(event.data)
    said = canonical.decode(packed.statement)
    return StatedAnswer(
        event=event,
        kind=said["kind"],
        day=date.fromisoformat(said["day"]),
        asked=_day(said, "asked"),
        law=said["law"],
        chosen=_chosen(said),
        position=said["position"],
        hash=receipt.receipt_hash(packed.open_part),
        area=said["area"],
        judged=_day(said, "judged"),
        outcome=Outcome(said["outcome"]),
        packed=packed,
        found=said.get("found"),
    )


def page(instance: Instance, event: RecordedEvent) -> StatedPage:
    """Return what a page states; raises MalformedReceiptError."""
    if event.type not in PAGE_TYPES:
        raise receipt.MalformedReceiptError("the event is no page of a waiting list")
    packed = screening.unpack(event.data)
    said = canonical.decode(packed.statement)
    return StatedPage(
        event=event,
        kind=said["kind"],
        day=date.fromisoformat(said["day"]),
        asked=_day(said, "asked"),
        law=said["law"],
        chosen=_chosen(said),
        position=said["position"],
        hash=screening.page_hash(packed.open_part),
        number=said["page"],
        target=said["target"],
        packed=packed,
    )


def _day(said: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if name in said else None


def _chosen(said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((point, reading) for point, reading in said["chosen"])
