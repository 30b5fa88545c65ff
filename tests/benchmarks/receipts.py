"""The size of recorded receipts on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder

from services.answers.asking import Answers
from services.instance.instance import Instance
from tests.benchmarks.appending import library_recorder
from tests.benchmarks.households import (
    DAY,
    FACTS,
    READER,
    Household,
    asked,
    created,
    populate,
)
from tests.benchmarks.measuring import Line, Scale, directory

NAME = "size"
GOAL = 1_200
CANDIDATES = 20
"""Candidates for one vacancy: so many receipts share a frame."""

_TIMES = 5
"""How often a household is asked about in a round: a file grows by whole pages."""

_DAYS = 240
"""So many days the dwelling lies in the same area of the same list."""


def lines(scale: Scale) -> Iterator[Line]:
    """Measure how much the log's file grows for each receipt of a household of three."""
    with directory() as path, created(path / "instance") as instance:
        households = populate(instance, scale.households)
        recorder = library_recorder(path)
        days = count(1)
        for name, what, size in (
            (NAME, "a sealed receipt of many", len(households)),
            (f"{NAME}, vacancy", f"a sealed receipt of {CANDIDATES}", CANDIDATES),
        ):
            ours, library, payloads = [], [], []
            for _ in range(scale.rounds):
                receipts: list[bytes] = []
                record = partial(_record, instance, households, size, days, receipts)
                grown = _growth(path / "instance" / "log.db", record)
                ours.append(grown / len(receipts))
                record_in_library = partial(_record_in_library, recorder, receipts)
                grown = _growth(path / "library.db", record_in_library)
                library.append(grown / len(receipts))
                payloads.append(sum(map(len, receipts)) / len(receipts))
            yield Line(
                name=name,
                what=f"{what} with one frame, with its index rows and part of the frame, on disk",
                against="the same payload as an event in eventsourcing.sqlite's table",
                unit="bytes",
                ours=tuple(ours),
                baseline=tuple(library),
                goal=None,
                at_most=True,
                absolute_goal=GOAL,
                conditions={
                    "in_flight": 1,
                    "facts_per_household": FACTS,
                    "households": len(households),
                    "events_in_log": instance.log.head(),
                    "pinned": False,
                    "payload_bytes": round(sum(payloads) / len(payloads)),
                },
            )
        recorder.datastore.close()


def _record(
    instance: Instance,
    households: Sequence[Household],
    size: int,
    days: Iterator[int],
    receipts: list[bytes],
) -> None:
    """Ask about so many households at a time, each time of a day of its own, and so in a frame."""
    answers = Answers(instance)
    for start in [*range(0, len(households) - size + 1, size)][:_TIMES] * _TIMES:
        day = DAY - timedelta(days=next(days) % _DAYS)
        questions = [
            asked(instance, household, uuid4().bytes, day)
            for household in households[start : start + size]
        ]
        for result in answers.check_all(questions, READER, instance.view()):
            if isinstance(result, Exception):
                raise result
            event = instance.log.event_at(result.position)
            if event is not None:
                receipts.append(event.data)


def _record_in_library(recorder: SQLiteApplicationRecorder, receipts: Sequence[bytes]) -> None:
    recorder.insert_events([StoredEvent(uuid4(), 1, "Receipt", data) for data in receipts])


def _growth(file: Path, write: Callable[[], None]) -> int:
    """Return by how many bytes the pages in use of a database grow."""
    before = _used(file)
    write()
    return _used(file) - before


def _used(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        [pages] = database.execute("PRAGMA page_count").fetchone()
        [free] = database.execute("PRAGMA freelist_count").fetchone()
        [size] = database.execute("PRAGMA page_size").fetchone()
    return int((pages - free) * size)
