"""The course of days in a made-up world: what is planned for each, and what comes to be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from domain import facts
from domain.data_classes import DataClass, SubjectKind
from domain.events import BY_FACT, Recorded
from services.facts.completeness import attested_beside
from services.generator.chance import Chance, working_day
from services.generator.told import Erased, Told

_REMEMBERED = 800
"""For how many days after it was told a fact may be put right."""

Attested = list[tuple[int, Recorded[Any]]]
"""Attestations that stand of a subject, with the days on which they were told."""


class Course:
    """Goes from day to day, does what is planned for it, and hands on what is told."""

    def __init__(self, chance: Chance, first: int, last: int) -> None:
        self.chance = chance
        self.today = first
        self.day = date.fromordinal(first)
        self.out: list[Told | Erased] = []
        """What has come to be known today."""
        self._first, self._last = first, last
        self._plans: dict[int, list[Callable[[], object]]] = {}

    def days(self) -> Iterator[tuple[date, list[Told | Erased]]]:
        """Yield what comes to be known, day by day; what is told before counts as the first's."""
        for day in range(self._first, self._last + 1):
            self.today, self.day = day, date.fromordinal(day)
            for planned in self._plans.pop(self.today, ()):
                planned()
            if self.out:
                told, self.out = self.out, []
                yield self.day, told

    def on(self, day: int, do: Callable[[], object]) -> None:
        """Plan something for a day; what is too late is done on the next."""
        if day <= self._last:
            self._plans.setdefault(max(day, self.today + 1), []).append(do)

    def at_work(self, day: int, do: Callable[[], object]) -> None:
        """Plan something that an office does."""
        self.on(working_day(max(day, self.today + 1)), do)

    def soon(self, least: int, most: int, do: Callable[[], object]) -> None:
        """Plan something that an office does so many days from now."""
        self.at_work(self.today + self.chance.between(least, most), do)

    def some_day(self, mean: float, do: Callable[[], object]) -> None:
        """Plan something that an office hears of on any day to come."""
        self.at_work(self.today + self.chance.wait(mean), do)

    def tell(
        self,
        fact: facts.Fact,
        subject: UUID | None = None,
        kind: SubjectKind = SubjectKind.PERSON,
        household: UUID | None = None,
        data_class: DataClass | None = None,
    ) -> UUID:
        """Tell a fact; return the id of its event."""
        id = self.chance.id()
        self.out.append(Told(id, fact, subject, data_class, kind, household))
        return id

    def attest(self, fact: facts.Fact, known: Attested, subject: UUID, kind: SubjectKind) -> None:
        """Tell that a record is complete, and keep that in mind for as long as it may fall."""
        id = self.tell(fact, subject, kind)
        while len(known) > 1 and known[0][0] < self.today - _REMEMBERED:
            known.pop(0)
        known.append((self.today, Recorded(0, id, b"", fact)))

    def fall(
        self,
        gone: facts.Fact,
        now: facts.Fact | None,
        since: int,
        known: Attested,
        subject: UUID,
        kind: SubjectKind,
    ) -> None:
        """Take back what was attested of a fact that is gone, told on the day `since` or later.

        `now`: what a correction puts in its place.
        """
        counted = [item for day, item in known if day >= since]
        for item in attested_beside(gone, counted, now):
            data_class = BY_FACT[type(item.fact)].data_class
            retracted = facts.Retracted(retracts=item.event_id)
            self.tell(retracted, subject, kind, data_class=data_class)
            known[:] = [each for each in known if each[1] is not item]
