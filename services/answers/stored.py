"""What a stored receipt, or a page of a waiting list, states: the one place that reads it.

Whoever shows, counts, finds or computes again what was answered asks here what the event says, and
takes no payload apart itself. Nothing is unsealed for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from domain import receipt, screening
from domain.frame import Frame
from domain.framing import framed
from domain.law.kernel import Outcome
from domain.questions import KINDS, PAGE_TYPES, RECEIPT_TYPES
from domain.receipt import MalformedReceiptError, Place
from services.instance.frames import StatedFrame, UnknownFrame
from services.instance.instance import Instance, PositionBeyondHead
from services.log.event import RecordedEvent

UNREADABLE = (ValueError, TypeError, LookupError, PositionBeyondHead, msgspec.MsgspecError)
"""What reading an altered receipt or page, or asking its altered question, may raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What stands in the open of a stored receipt or page."""

    event: RecordedEvent
    named: StatedFrame
    """The frame that it names: kind, day, law and so on, with its event's id and payload."""
    position: int
    """The position whose facts were known."""
    period: int
    """The retention period whose keys it is sealed under; 0: it is open."""

    @property
    def id(self) -> UUID:
        """The id of the receipt, or of the page."""
        return UUID(bytes=self.event.event_id)

    @property
    def frame(self) -> Frame:
        """What was asked, where, of which day, under which law."""
        return self.named.frame

    @property
    def kind(self) -> str:
        """The kind of question."""
        return self.frame.kind

    @property
    def day(self) -> date:
        """The day asked about."""
        return self.frame.day

    @property
    def asked(self) -> date | None:
        """The day of asking, where it makes a difference."""
        return self.frame.asked

    @property
    def law(self) -> str:
        """Id of the edition of the law."""
        return self.frame.law

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The readings that the instance had chosen: open point and reading, sorted."""
        return self.frame.chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAnswer(Stated):
    """What stands in the open of a stored receipt."""

    outcome: Outcome
    packed: receipt.Packed
    """The payload taken apart: the sections, by subject and class."""

    @property
    def area(self) -> str | None:
        """The area asked about, or that the dwelling lies in; None: it lies in none."""
        return self.frame.area

    @property
    def judged_on(self) -> date:
        """The day that the law was applied to."""
        return self.frame.judged_on

    @property
    def hash(self) -> bytes:
        """The hash of the receipt."""
        return receipt.receipt_hash(self.named.payload, self.packed.payload)

    @property
    def hashed(self) -> bytes:
        """What the hash is taken over, behind its domain byte: the frame and the payload."""
        return framed((self.named.payload, self.packed.payload))

    @property
    def place(self) -> Place:
        """What every commitment of the receipt is made over."""
        return Place(self.event.event_id, self.named.payload, self.packed.head)

    @property
    def is_open(self) -> bool:
        """Tell whether it is about an area, so that nothing in it is sealed."""
        return KINDS[self.kind].of_nobody

    def found(self) -> dict[str, Any]:
        """Return what an open receipt asked, found and rests on.

        Raises MalformedReceiptError.
        """
        try:
            return msgspec.json.decode(self.packed.last, type=dict[str, Any])
        except (msgspec.MsgspecError, ValueError):
            raise MalformedReceiptError("what the receipt found cannot be read") from None

    def rests_on(self) -> list[int]:
        """Return the facts that an open receipt rests on; raises MalformedReceiptError."""
        try:
            return msgspec.convert(self.found().get("e"), list[int])
        except msgspec.ValidationError:
            raise MalformedReceiptError("what the receipt rests on cannot be read") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPage(Stated):
    """What stands in the open of a stored page of a waiting list."""

    number: int
    """The number of the page, from 0."""
    packed: screening.StoredPage

    @property
    def target(self) -> dict[str, Any]:
        """What was asked of every household, beyond the days."""
        return self.frame.target or {}

    @property
    def hash(self) -> bytes:
        """The hash of the page."""
        return screening.page_hash(self.named.payload, self.packed.payload)

    @property
    def hashed(self) -> bytes:
        """What the hash is taken over, behind its domain byte: the frame and the payload."""
        return framed((self.named.payload, self.packed.payload))

    @property
    def place(self) -> Place:
        """What every commitment of the page is made over."""
        return Place(self.event.event_id, self.named.payload, self.packed.head)


def stated(instance: Instance, event: RecordedEvent) -> StatedAnswer | StatedPage:
    """Return what a receipt or a page states; raises what `answer` does."""
    if event.type in PAGE_TYPES:
        return page(instance, event)
    return answer(instance, event)


def answer(instance: Instance, event: RecordedEvent, *, as_stored: bool = False) -> StatedAnswer:
    """Return what a receipt states. `as_stored`: its frame is read anew, and not remembered.

    Raises MalformedReceiptError when it can't be read, TamperedEvent when its frame was altered.
    """
    packed = receipt.unpack(event.data)
    return StatedAnswer(
        event=event,
        named=_named(instance, packed.frame_id, RECEIPT_TYPES.get(event.type), False, as_stored),
        position=packed.position,
        period=packed.period,
        outcome=packed.outcome,
        packed=packed,
    )


def page(instance: Instance, event: RecordedEvent, *, as_stored: bool = False) -> StatedPage:
    """Return what a page states; `as_stored`, and what it raises, as of `answer`."""
    packed = screening.unpack(event.data)
    if len(packed.entries) != len(event.tags):
        raise MalformedReceiptError("the page has not an entry for each household that it names")
    return StatedPage(
        event=event,
        named=_named(instance, packed.frame_id, PAGE_TYPES.get(event.type), True, as_stored),
        position=packed.position,
        period=packed.period,
        number=packed.number,
        packed=packed,
    )


def _named(
    instance: Instance, id: bytes, kind: str | None, is_page: bool, as_stored: bool
) -> StatedFrame:
    frames = instance.frames
    try:
        found = frames.as_stored(id) if as_stored else frames.named(id)
    except UnknownFrame:
        raise MalformedReceiptError("the log has no frame of the id that it names") from None
    if found.frame.kind != kind or (found.frame.target is not None) is not is_page:
        raise MalformedReceiptError("the frame that it names is of another kind of question")
    return found
