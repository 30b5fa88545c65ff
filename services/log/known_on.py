"""The position that the log stood at on a day, or at a moment."""

from __future__ import annotations

import bisect
import re
from datetime import date, datetime, timedelta

from services.log.port import EventLog
from services.log.wall_clock import midnight

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class NotKnownOn(ValueError):
    """Nothing is known as of what was written; the message says what is wrong with it."""


def position(log: EventLog, written: str) -> int:
    """Return the last position recorded by the end of a civil day, or by a moment (RFC 3339).

    Of today it is the log's head. Raises NotKnownOn for what is neither, or lies ahead, or before
    the log's first event.
    """
    begins, upto = _moments(written)
    now = log.wall_time()
    if begins > now:
        raise NotKnownOn("lies ahead; what will be known then is not known yet")
    found = last_by(log, upto)
    if not found:
        raise NotKnownOn("lies before the first event of the log")
    return found


def last_by(log: EventLog, moment: int) -> int:
    """Return the last position recorded by a moment (microseconds since 1970 UTC); 0: none."""
    # Times of recording never go back, so they are in the order of the positions.
    return bisect.bisect_right(range(1, log.head() + 1), moment, key=lambda at: _recorded(log, at))


def _recorded(log: EventLog, position: int) -> int:
    """Return when an event was recorded; of one that is gone, when one before it was."""
    while position:
        event = log.event_at(position)
        if event is not None:
            return event.recorded_at
        position -= 1
    return 0


def _moments(written: str) -> tuple[int, int]:
    """Return when a day, or a moment, begins and is over, in microseconds since 1970 UTC."""
    try:
        if _DAY.fullmatch(written):
            day = date.fromisoformat(written)
            return midnight(day), midnight(day + timedelta(days=1)) - 1
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            raise ValueError
    except (ValueError, OverflowError):
        raise NotKnownOn(
            "must be a day YYYY-MM-DD, or a moment with its offset such as 2026-06-15T12:00:00Z"
        ) from None
    at = int(moment.timestamp()) * 1_000_000 + moment.microsecond
    return at, at
