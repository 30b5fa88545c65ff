"""What verifying finds in a log, in short."""

from __future__ import annotations

from services.log.finding import OF_EVENTS
from services.log.port import EventLog
from services.log.verifying import findings


def altered(log: EventLog) -> list[int]:
    """Return the positions of events that are not what was recorded, or are gone."""
    return sorted({each.position for each in findings(log) if each.kind in OF_EVENTS})
