"""The size of a recorded receipt on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from eventsourcing.persistence import StoredEvent

from services.answers.asking import Answers
from tests.benchmarks.appending import library_recorder
from tests.benchmarks.households import FACTS, READER, asked, created, populate
from tests.benchmarks.measuring import Line, Scale, directory

NAME = "size"
GOAL = 1_500


def lines(scale: Scale) -> Iterator[Line]:
    """Measure how much the log's file grows for each receipt of a household of three."""
    with directory() as path, created(path / "instance") as instance:
        households = populate(instance, scale.households)
        answers = Answers(instance)
        recorder = library_recorder(path)
        receipts: list[bytes] = []

        def record() -> None:
            receipts.clear()
            questions = [asked(instance, h, uuid4().bytes) for h in households]
            for result in answers.check_all(questions, READER, instance.view()):
                if isinstance(result, Exception):
                    raise result
                event = instance.log.event_at(result.position)
                if event is not None:
                    receipts.append(event.data)

        def record_as_the_library() -> None:
            recorder.insert_events([StoredEvent(uuid4(), 1, "Receipt", r) for r in receipts])

        ours, library = [], []
        for _ in range(scale.rounds):
            ours.append(_growth(path / "instance" / "log.db", record) / len(households))
            library.append(_growth(path / "library.db", record_as_the_library) / len(households))
        recorder.datastore.close()
        yield Line(
            name=NAME,
            what="a sealed receipt with its index rows, on disk",
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
                "payload_bytes": round(sum(map(len, receipts)) / len(receipts)),
            },
        )


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
