"""Reading facts about persons, unsealed and decoded, beside the library's decoded replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import (
    DatetimeAsISO,
    EventStore,
    JSONTranscoder,
    Mapper,
    Transcoding,
    UUIDAsHex,
)
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from domain.data_classes import DataClass
from domain.facts import BenefitPeriod, BenefitsAttested
from services.instance.instance import Instance
from tests.benchmarks.households import READER, Household, created, populate
from tests.benchmarks.measuring import Line, Scale, directory, in_rounds, microseconds_each

NAME = "read"
_AT_ONCE = 100
"""Households in one reading of the second line: the size of a page of a waiting list."""


@dataclass(frozen=True)
class PeriodRecorded(DomainEvent):
    """A benefit period as an event of the library, with the same fields."""

    benefit: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class AttestedRecorded(DomainEvent):
    """An attestation as an event of the library, with the same fields."""

    benefits: list[str]
    first_day: date | None
    last_day: date


class DateAsISO(Transcoding):
    """A day as text: what a user of the library registers for `date`."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        """Return the day as text."""
        return obj.isoformat()

    def decode(self, data: str) -> date:
        """Return the day."""
        return date.fromisoformat(data)


def lines(scale: Scale) -> Iterator[Line]:
    """Measure readings of one household each, and of a hundred households at once."""
    with directory() as path, created(path / "instance") as instance:
        households = populate(instance, scale.households)
        library = _library(path, instance, households)
        count = sum(len(_facts(instance, person)) for h in households for person in h.members)
        each = count / len(households)
        several = min(_AT_ONCE, len(households))
        pages = [
            [person for h in households[start : start + several] for person in h.members]
            for start in range(0, len(households) - several + 1, several)
        ]

        def ours(persons: list[UUID]) -> None:
            head = instance.log.head()
            instance.person_facts.of_many(persons, DataClass.BENEFITS, head, READER, fresh=True)

        def theirs(persons: tuple[UUID, ...]) -> None:
            for person in persons:
                list(library.get(person))

        def their_replay(start: int) -> None:
            page = library.recorder.select_notifications(start, round(each * several))
            for event in page:
                library.mapper.to_domain_event(event)

        members = [list(h.members) for h in households]
        their_members = [h.members for h in households]
        starts = [1 + round(each * several) * number for number in range(len(pages))]
        for name, goal, first, second in (
            (
                NAME,
                2.5,
                _rate(microseconds_each(scale, ours, members), each),
                _rate(microseconds_each(scale, theirs, their_members), each),
            ),
            (
                f"{NAME}, {several} households at once",
                None,
                _rate(microseconds_each(scale, ours, pages), each * several),
                _rate(microseconds_each(scale, their_replay, starts), each * several),
            ),
        ):
            measured, baseline = in_rounds(scale, first, second)
            yield Line(
                name=name,
                what="facts read cold: selected, unsealed, decoded, noted in the access table",
                against="eventsourcing.sqlite with Mapper and JSONTranscoder, no cipher",
                unit="facts/s",
                ours=measured,
                baseline=baseline,
                goal=goal,
                conditions={
                    "in_flight": 1,
                    "facts_per_household": each,
                    "households": len(households),
                    "events_in_log": instance.log.head(),
                    "events_in_library_log": count,
                    "pinned": False,
                    "facts": "not kept in memory; keys are",
                },
            )
        library.recorder.datastore.close()


def _rate(microseconds: Callable[[], float], facts: float) -> Callable[[], float]:
    return lambda: facts / microseconds() * 1e6


class Library(EventStore[UUID]):
    """The library's event store over its SQLite recorder."""

    recorder: SQLiteApplicationRecorder


def _library(path: Path, instance: Instance, households: list[Household]) -> Library:
    """Return the library's store with the same facts, an aggregate for each person."""
    transcoder = JSONTranscoder()
    for transcoding in (UUIDAsHex(), DatetimeAsISO(), DateAsISO()):
        transcoder.register(transcoding)
    recorder = SQLiteApplicationRecorder(SQLiteDatastore(str(path / "library.db")))
    recorder.create_table()
    store = Library(Mapper(transcoder), recorder)
    store.put(
        [
            _event(person, version, fact)
            for h in households
            for person in h.members
            for version, fact in enumerate(_facts(instance, person), 1)
        ]
    )
    return store


def _facts(instance: Instance, person: UUID) -> list[BenefitPeriod | BenefitsAttested]:
    head = instance.log.head()
    found = instance.person_facts.standing(person, DataClass.BENEFITS, head, READER)
    return [item.fact for item in found]


def _event(person: UUID, version: int, fact: BenefitPeriod | BenefitsAttested) -> DomainEvent:
    now = datetime.now(tz=UTC)
    if isinstance(fact, BenefitPeriod):
        return PeriodRecorded(
            originator_id=person,
            originator_version=version,
            timestamp=now,
            benefit=str(fact.benefit),
            first_day=fact.first_day,
            last_day=fact.last_day,
        )
    return AttestedRecorded(
        originator_id=person,
        originator_version=version,
        timestamp=now,
        benefits=[str(benefit) for benefit in fact.benefits],
        first_day=fact.first_day,
        last_day=fact.last_day,
    )
