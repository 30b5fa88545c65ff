"""Chance that follows from a seed, and days as numbers that can be counted with."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")

_VERSION_4 = ~(0xF000 << 64 | 0xC000 << 48)
_SATURDAY = 6


class Odds(Generic[T]):
    """Things to draw from, each with its weight."""

    __slots__ = ("_sums", "_things", "_total")

    def __init__(self, weights: dict[T, float]) -> None:
        self._things = list(weights)
        self._sums = list(accumulate(weights.values()))
        self._total = self._sums[-1]

    def drawn(self, chance: Chance) -> T:
        """Draw one of them."""
        number = chance.random() * self._total
        return next(t for t, upto in zip(self._things, self._sums, strict=True) if number < upto)


class Chance(random.Random):
    """A source of chance; days are ordinals (`date.toordinal`)."""

    def id(self) -> UUID:
        """Draw a UUID of version 4."""
        bits = self.getrandbits(128) & _VERSION_4
        return UUID(int=bits | 0x4000 << 64 | 0x8000 << 48)

    def whether(self, share: float) -> bool:
        """Say yes with this probability."""
        return self.random() < share

    def between(self, least: int, most: int) -> int:
        """Draw a whole number, both ends included."""
        return least + int(self.random() * (most - least + 1))

    def one_of(self, things: Sequence[T]) -> T:
        """Draw one of several, each as likely."""
        return things[int(self.random() * len(things))]

    def span(self, median: float, spread: float, least: int = 1) -> int:
        """Draw a number of days: most near the median, a few many times as long."""
        return max(least, int(self.lognormvariate(0.0, spread) * median))

    def wait(self, mean: float) -> int:
        """Draw how many days pass until something that may come on any day."""
        return 1 + int(self.expovariate(1.0 / mean))


def working_day(day: int) -> int:
    """Return the day, or the Monday after it: offices write nothing down on a weekend."""
    weekday = day % 7  # Sunday is 0
    return day + 2 if weekday == _SATURDAY else day + 1 if weekday == 0 else day


def ordinal(year: int, month: int = 1, day: int = 1) -> int:
    """Return a day as a number."""
    return date(year, month, day).toordinal()
