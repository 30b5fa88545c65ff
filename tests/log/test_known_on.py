"""The position that the log stood at on a day, or at a moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.log.known_on import NotKnownOn, position
from services.log.sqlite import MEMORY, SQLiteEventLog
from tests.log.events import event


@pytest.fixture
def log() -> SQLiteEventLog:
    """Events of either side of midnight in Copenhagen, two hours before midnight UTC in summer."""
    now = [0]
    made = SQLiteEventLog(MEMORY, clock=lambda: now[0], monotonic=lambda: now[0])
    for at in ("2026-06-14T21:59:59.999999", "2026-06-14T22:00:00", "2026-06-15T08:00:00"):
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        now[0] = int(moment.timestamp()) * 1_000_000 + moment.microsecond
        made.append([event("vacancy.recorded", request=at)])
    now[0] += 3_600_000_000
    return made


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2026-06-14", 1),
        ("2026-06-15", 3),
        ("2026-06-14T22:00:00Z", 2),
        ("2026-06-15T00:00:00+02:00", 2),
        ("2026-06-15T07:59:59Z", 2),
    ],
)
def test_what_was_recorded_by_then_was_known(log: SQLiteEventLog, written: str, found: int) -> None:
    assert position(log, written) == found


@pytest.mark.parametrize(
    "written",
    ["2026-06-16", "2026-06-15T09:00:01Z", "2026-06-13", "2026-06-15T08:00:00", "15-06-2026", ""],
)
def test_what_lies_ahead_or_before_or_is_no_day_is_refused(
    log: SQLiteEventLog, written: str
) -> None:
    with pytest.raises(NotKnownOn):
        position(log, written)
