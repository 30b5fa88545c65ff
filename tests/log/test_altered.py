"""A log names the events that were altered where they are stored, or are gone."""

from __future__ import annotations

from services.log.port import EventLog
from tests.log.backends import Backend
from tests.log.events import event
from tests.log.verified import altered


def filled(log: EventLog, count: int = 6) -> EventLog:
    log.append_batch([event("a", "t", data=bytes([n])) for n in range(count)])
    return log


def test_a_log_that_nobody_touched_names_nothing(log: EventLog) -> None:
    assert altered(log) == []
    assert altered(filled(log)) == []


def test_altered_events_are_named_by_their_positions_in_order(
    log: EventLog, backend: Backend
) -> None:
    filled(log)
    for position in (5, 1):
        backend.alter(log, position)
    assert altered(log) == [1, 5]


def test_events_that_are_gone_are_named_at_the_start_and_between_others(
    log: EventLog, backend: Backend
) -> None:
    filled(log)
    for position in (1, 3, 4):
        backend.remove(log, position)
    assert altered(log) == [1, 3, 4]


def test_an_altered_event_beside_one_that_is_gone_is_named_too(
    log: EventLog, backend: Backend
) -> None:
    filled(log)
    backend.remove(log, 2)
    backend.alter(log, 3)
    assert altered(log) == [2, 3]
