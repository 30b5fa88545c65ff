"""The frame of receipts: what is the same for all that ask one thing at one place on one day.

It stands once, in an event of its own, and each receipt or page names that event. It says nothing
of any person or household: docs/formats.md fixes the bytes.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from domain import canonical

FRAME_TYPE = "frame.stated"
"""The type of the event that states a frame."""


class MalformedFrameError(ValueError):
    """The bytes are no frame."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind every receipt, or page, of one question at one place on one day."""

    kind: str
    """The kind of question."""
    day: date
    """The day asked about."""
    law: str
    """Id of the edition of the law."""
    log: UUID
    """Id of the log."""
    chosen: tuple[tuple[str, str], ...]
    """The readings that the instance had chosen: open point and reading, sorted."""
    asked: date | None = None
    """The day of asking, where it makes a difference: what goes on is known up to it."""
    area: str | None = None
    """Of receipts: the area asked about, or that the dwelling lies in; None: it lies in none."""
    judged: date | None = None
    """Of receipts: the day that the law was applied to, where that is not the day asked about."""
    target: dict[str, Any] | None = None
    """Of pages: what was asked of every household, beyond the days; None: it is of receipts."""

    @property
    def judged_on(self) -> date:
        """The day that the law was applied to."""
        return self.judged or self.day

    def said(self) -> dict[str, Any]:
        """Return what the payload says, by name."""
        of = {"area": self.area} if self.target is None else {"target": self.target}
        days = {"asked": self.asked, "judged": self.judged}
        return {
            **of,
            **{name: day for name, day in days.items() if day is not None},
            "chosen": self.chosen,
            "day": self.day,
            "kind": self.kind,
            "law": self.law,
            "log": self.log,
        }

    def payload(self) -> bytes:
        """Return the payload of the event: canonical JSON."""
        return canonical.encode(self.said())


def read(payload: bytes) -> Frame:
    """Return the frame of a payload; raises MalformedFrameError for what none is written as."""
    try:
        said = canonical.decode(payload)
        frame = msgspec.convert(said, Frame)
    except (ValueError, TypeError, msgspec.MsgspecError):
        raise MalformedFrameError("the frame cannot be read") from None
    if frame.payload() != payload:
        raise MalformedFrameError("the frame is not written as frames are")
    return frame
