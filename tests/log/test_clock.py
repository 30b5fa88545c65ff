"""The time of recording comes from the store, and a clock that jumps stops it."""

from __future__ import annotations

import pytest

from services.log.port import ClockSuspect, EventLog
from services.log.sqlite import CLOCK_TOLERANCE
from tests.log.backends import Backend, SharedBackend
from tests.log.events import event

NOON = 1_770_000_000_000_000


class Clocks:
    """A wall clock and a monotonic one, both set by the test."""

    def __init__(self) -> None:
        self.wall_time = NOON
        self.running_time = 0

    def wall(self) -> int:
        return self.wall_time

    def monotonic(self) -> int:
        return self.running_time


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def recorded_at(log: EventLog) -> list[int]:
    return [recorded.recorded_at for recorded in log.read()]


def test_the_time_of_recording_never_goes_back(backend: Backend, clocks: Clocks) -> None:
    log = backend.open(clocks.wall, clocks.monotonic)
    log.append_batch([event("a")])
    clocks.wall_time = NOON - 1_000_000
    log.append_batch([event("b")])
    clocks.wall_time = NOON + 5
    log.append_batch([event("c"), event("d")])
    assert recorded_at(log) == [NOON, NOON, NOON + 5, NOON + 5]
    log.close()


@pytest.mark.parametrize("direction", [-1, 1])
def test_a_clock_that_parts_from_the_monotonic_one_stops_writing_until_it_is_accepted(
    backend: Backend, clocks: Clocks, direction: int
) -> None:
    log = backend.open(clocks.wall, clocks.monotonic)
    log.append_batch([event("a")])
    hour = 3_600_000_000
    clocks.wall_time += hour
    clocks.running_time += hour
    log.append_batch([event("b")])
    clocks.wall_time += direction * CLOCK_TOLERANCE
    log.append_batch([event("c")])
    clocks.wall_time += direction
    with pytest.raises(ClockSuspect, match="accept"):
        log.append_batch([event("d")])
    clocks.wall_time -= direction * CLOCK_TOLERANCE
    with pytest.raises(ClockSuspect):
        log.append_batch([event("d")])
    assert log.head() == 3
    assert len(log.read().all()) == 3
    log.accept_clock()
    assert log.append_batch([event("d")]) == range(4, 5)
    times = recorded_at(log)
    assert times == sorted(times)
    log.close()


def test_a_clock_before_the_last_event_at_start_stops_writing(
    shared_backend: SharedBackend, clocks: Clocks
) -> None:
    first = shared_backend.open(clocks.wall, clocks.monotonic)
    first.append_batch([event("a")])
    first.close()
    clocks.wall_time -= 1
    log = shared_backend.open(clocks.wall, clocks.monotonic)
    with pytest.raises(ClockSuspect):
        log.append_batch([event("b")])
    log.accept_clock()
    log.append_batch([event("b")])
    assert recorded_at(log) == [NOON, NOON]
    log.close()


def test_a_clock_at_the_last_event_at_start_is_good(
    shared_backend: SharedBackend, clocks: Clocks
) -> None:
    first = shared_backend.open(clocks.wall, clocks.monotonic)
    first.append_batch([event("a")])
    first.close()
    log = shared_backend.open(clocks.wall, clocks.monotonic)
    assert log.append_batch([event("b")]) == range(2, 3)
    log.close()
