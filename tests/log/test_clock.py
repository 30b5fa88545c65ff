"""The time of recording comes from the store, and a clock that jumps stops it."""

from __future__ import annotations

import pytest

from services.log.port import ClockSuspect, EventIdReused, EventLog
from services.log.wall_clock import CLOCK_TOLERANCE
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
    assert log.clock_problem() == ""
    clocks.wall_time += direction
    with pytest.raises(ClockSuspect, match=r"jumped 5 minutes .*accept"):
        log.append_batch([event("d")])
    assert "jumped" in log.clock_problem()
    assert log.head() == 3
    assert len(log.read().all()) == 3
    assert log.accept_clock([event("accepted")]) == range(4, 5)
    assert log.append_batch([event("d")]) == range(5, 6)
    times = recorded_at(log)
    assert times == sorted(times)
    log.close()


@pytest.mark.parametrize("direction", [-1, 1])
def test_a_jump_that_is_put_right_heals_by_itself(
    backend: Backend, clocks: Clocks, direction: int
) -> None:
    log = backend.open(clocks.wall, clocks.monotonic)
    log.append_batch([event("a")])
    clocks.wall_time += direction * 2 * CLOCK_TOLERANCE
    with pytest.raises(ClockSuspect):
        log.append_batch([event("b")])
    clocks.wall_time -= direction * 2 * CLOCK_TOLERANCE
    assert log.append_batch([event("b")]) == range(2, 3)
    assert recorded_at(log) == [NOON, NOON]
    log.close()


def test_what_can_not_be_recorded_is_not_accepted(backend: Backend, clocks: Clocks) -> None:
    log = backend.open(clocks.wall, clocks.monotonic)
    log.append_batch([event("a", request="same")])
    clocks.wall_time += 2 * CLOCK_TOLERANCE
    with pytest.raises(EventIdReused):
        log.accept_clock([event("other", request="same")])
    assert log.clock_problem()
    log.close()


def behind(shared_backend: SharedBackend, clocks: Clocks, by: int) -> EventLog:
    """Open a log whose last event lies ahead of the wall clock."""
    first = shared_backend.open(clocks.wall, clocks.monotonic)
    first.append_batch([event("a")])
    first.close()
    clocks.wall_time -= by
    return shared_backend.open(clocks.wall, clocks.monotonic)


def test_a_clock_before_the_last_event_at_start_stops_writing(
    shared_backend: SharedBackend, clocks: Clocks
) -> None:
    log = behind(shared_backend, clocks, 1)
    with pytest.raises(ClockSuspect, match="before the last event"):
        log.append_batch([event("b")])
    log.accept_clock([event("accepted")])
    log.append_batch([event("b")])
    assert recorded_at(log) == [NOON, NOON, NOON]
    log.close()


def test_a_clock_that_was_behind_at_start_heals_once_it_is_set_right(
    shared_backend: SharedBackend, clocks: Clocks
) -> None:
    day = 86_400_000_000
    log = behind(shared_backend, clocks, day)
    assert "1 days before" in log.clock_problem()
    clocks.running_time += 1_000_000
    clocks.wall_time += day + 1_000_000
    log.append_batch([event("b")])
    clocks.wall_time += 2 * CLOCK_TOLERANCE
    with pytest.raises(ClockSuspect, match="jumped"):
        log.append_batch([event("c")])
    log.close()


def test_what_was_accepted_holds_for_the_next_start_until_the_clock_goes_back(
    shared_backend: SharedBackend, clocks: Clocks
) -> None:
    year = 365 * 86_400_000_000
    log = behind(shared_backend, clocks, year)
    accepted_at = log.wall_time()
    log.accept_clock([event("accepted")])
    log.close()
    [_, accepted] = recorded_at(shared_backend.open(clocks.wall, clocks.monotonic))

    clocks.wall_time += 5
    log = shared_backend.open(clocks.wall, clocks.monotonic)
    assert log.clock_problem()
    log.clock_was_accepted(accepted_at, accepted)
    log.append_batch([event("b")])
    log.close()

    clocks.wall_time = accepted_at - 1
    log = shared_backend.open(clocks.wall, clocks.monotonic)
    log.clock_was_accepted(accepted_at, accepted)
    assert "before the last event" in log.clock_problem()
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
