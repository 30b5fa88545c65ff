"""The wall clock that events are stamped with, and whether it can be trusted."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.log.port import ClockSuspect

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
"""Where a civil day begins and ends."""

CLOCK_TOLERANCE = 5 * 60 * 1_000_000
"""How far, in microseconds, the wall clock may part from the monotonic one."""


def wall_clock() -> int:
    """Return the wall clock in microseconds since 1970 UTC."""
    return time.time_ns() // 1000


def midnight(day: date) -> int:
    """Return when a civil day begins, in microseconds since 1970 UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN).timestamp()) * 1_000_000


def day_at(moment: int) -> date:
    """Return the civil day of a moment (microseconds since 1970 UTC)."""
    return datetime.fromtimestamp(moment // 1_000_000, COPENHAGEN).date()


def monotonic_clock() -> int:
    """Return a clock that never jumps, in microseconds.

    Where there is one, it is the clock that goes on while the machine is suspended: a wall clock
    that parts from the other one by that time is not wrong.
    """
    return time.clock_gettime_ns(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)) // 1000


class WallClock:
    """A wall clock held against a monotonic one, and against the last event at start.

    A recorder asks it under the lock that it writes under.
    """

    def __init__(self, clock: Callable[[], int], monotonic: Callable[[], int], last: int) -> None:
        """Begin to watch; `clock` and `monotonic` give microseconds, `last` is of the last event.

        For an empty log `last` is 0.
        """
        self.time = clock
        self._monotonic = monotonic
        self._offset = clock() - monotonic()
        # The time of the last event at start while the wall clock lies before it, else 0.
        self._ahead = last if clock() < last else 0

    def problem(self) -> str:
        """Say why the wall clock can't be trusted now; "" when it can.

        It is asked anew each time, so that a clock which is put right is trusted again.
        """
        now = self.time()
        if now < self._ahead:
            return (
                f"the wall clock lies {_span(self._ahead - now)} before the last event, and did so "
                "at start"
            )
        if self._ahead:
            # It has been put right, or has caught up; how it ran before says nothing.
            self.accept(now)
        parted = now - self._monotonic() - self._offset
        if abs(parted) <= CLOCK_TOLERANCE:
            return ""
        return (
            f"the wall clock has jumped {_span(abs(parted))} "
            f"{'ahead' if parted > 0 else 'back'} while the log was open"
        )

    def now(self) -> int:
        """Return the time to stamp events with; raises ClockSuspect."""
        problem = self.problem()
        if problem:
            raise ClockSuspect(
                f"{problem}: nothing is written until the clock is set right, or accepted with a "
                "reason (`husret clock accept --reason TEXT`)"
            )
        return self.time()

    def accept(self, now: int) -> None:
        """Trust the clock from where it says `now`."""
        self._offset, self._ahead = now - self._monotonic(), 0

    def was_accepted(self, wall_time: int, recorded_at: int) -> None:
        """Note that it was accepted when it said `wall_time`, by an event of `recorded_at`."""
        if recorded_at == self._ahead and self.time() >= wall_time:
            self._ahead = 0


def _span(microseconds: int) -> str:
    """Say a length of time as a person would look for it, to the nearest second."""
    seconds = round(microseconds / 1_000_000)
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    parts = ((days, "days"), (hours, "hours"), (rest // 60, "minutes"), (rest % 60, "seconds"))
    return ", ".join(f"{number} {name}" for number, name in parts if number) or "under a second"
