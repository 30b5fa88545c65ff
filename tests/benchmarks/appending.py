"""Durable appends of one event each, beside the library's SQLite recorder."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from services.log.event import Event
from services.log.group_commit import GroupCommit
from services.log.sqlite import SQLiteEventLog
from tests.benchmarks.measuring import Line, Scale, directory, in_rounds

NAME = "append"
WRITERS = 16
PAYLOAD = 140
"""Bytes of a sealed benefit period; the library is given as many as its event's state."""

_TYPE = "benefit.period"
_LIBRARY_LOCK_TIMEOUT = 30

Append = Callable[[], object]
"""Appends one event, and returns once it is durable."""


class Ours:
    """Our recorder with one writer thread in front of it, as the server uses it."""

    def __init__(self, path: Path) -> None:
        self._log = GroupCommit(SQLiteEventLog(path / "ours.db"))

    def writer(self) -> Append:
        """Return what appends events under a tag of its own."""
        return _ours(self._log)

    def close(self) -> None:
        """Close the file."""
        self._log.close()


class Library:
    """The library's recorder, as its SQLite infrastructure builds it."""

    def __init__(self, path: Path) -> None:
        self._recorder = library_recorder(path)

    def writer(self) -> Append:
        """Return what appends events to an aggregate of its own."""
        return _library(self._recorder)

    def close(self) -> None:
        """Close the file."""
        self._recorder.datastore.close()


def lines(scale: Scale) -> Iterator[Line]:
    """Measure one writer, sixteen threads and sixteen processes, each side with as many."""
    with directory() as path:
        ours, library = Ours(path), Library(path)
        for name, writers, goal in ((f"{NAME}, 1 writer", 1, 0.75), (_THREADS, WRITERS, 4.0)):
            yield _line(
                name,
                scale,
                partial(_by_threads, ours.writer, writers, scale.seconds),
                partial(_by_threads, library.writer, writers, scale.seconds),
                goal,
                writers,
            )
        ours.close()
        library.close()
        yield _line(
            f"{NAME}, {WRITERS} processes",
            scale,
            partial(_by_processes, _our_process, path, scale.seconds),
            partial(_by_processes, _library_process, path, scale.seconds),
            None,
            WRITERS,
        )


_THREADS = f"{NAME}, {WRITERS} threads"


def _line(
    name: str,
    scale: Scale,
    ours: Callable[[], float],
    library: Callable[[], float],
    goal: float | None,
    writers: int,
) -> Line:
    first, second = in_rounds(scale, ours, library)
    return Line(
        name=name,
        what="durable appends of one event, unconditional, with one tag",
        against="eventsourcing.sqlite, as many writers, the same synchronous=FULL and WAL",
        unit="appends/s",
        ours=first,
        baseline=second,
        goal=goal,
        conditions={
            "in_flight": writers,
            "facts_per_household": "none",
            "events_in_log": "grows from 1 during the rounds",
            "bytes": PAYLOAD,
            "pinned": False,
        },
    )


def _ours(log: GroupCommit | SQLiteEventLog) -> Append:
    tag = f"p:{uuid4().hex}"

    def append() -> None:
        log.append_batch([Event(type=_TYPE, data=os.urandom(PAYLOAD), tags=[tag])])

    return append


def library_recorder(path: Path) -> SQLiteApplicationRecorder:
    """Return the library's recorder as its SQLite infrastructure builds it, with its table."""
    datastore = SQLiteDatastore(
        str(path / "library.db"), lock_timeout=_LIBRARY_LOCK_TIMEOUT, pool_size=WRITERS
    )
    recorder = SQLiteApplicationRecorder(datastore)
    recorder.create_table()
    return recorder


def _library(recorder: SQLiteApplicationRecorder) -> Append:
    aggregate = uuid4()
    version = 0

    def append() -> None:
        nonlocal version
        version += 1
        recorder.insert_events([StoredEvent(aggregate, version, _TYPE, os.urandom(PAYLOAD))])

    return append


def _for_seconds(append: Append, seconds: float) -> int:
    done = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        append()
        done += 1
    return done


def _by_threads(writer: Callable[[], Append], writers: int, seconds: float) -> float:
    """Return the appends per second of all writers together."""
    done: list[int] = []
    begin = threading.Barrier(writers + 1)

    def work(append: Append) -> None:
        begin.wait()
        done.append(_for_seconds(append, seconds))

    threads = [threading.Thread(target=work, args=(writer(),)) for _ in range(writers)]
    for thread in threads:
        thread.start()
    begin.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - start
    if len(done) != writers:
        raise AssertionError("a writer failed; its error is above")
    return sum(done) / taken


def _our_process(path: Path) -> Append:
    return _ours(SQLiteEventLog(path / "ours.db"))


def _library_process(path: Path) -> Append:
    return _library(library_recorder(path))


def _by_processes(writer: Callable[[Path], Append], path: Path, seconds: float) -> float:
    """Return the appends per second of sixteen processes that share one file."""
    context = multiprocessing.get_context("spawn")
    begin = context.Barrier(WRITERS)
    with context.Pool(WRITERS, _hold, (begin,)) as pool:
        work = partial(_in_process, writer, path, seconds)
        results = pool.map(work, range(WRITERS), chunksize=1)
    start = min(began for began, _, _ in results)
    end = max(ended for _, ended, _ in results)
    return sum(done for _, _, done in results) / (end - start)


_begin: threading.Barrier


def _hold(barrier: threading.Barrier) -> None:
    global _begin
    _begin = barrier


def _in_process(
    writer: Callable[[Path], Append], path: Path, seconds: float, _: int
) -> tuple[float, float, int]:
    append = writer(path)
    append()
    _begin.wait()
    began = time.monotonic()
    done = _for_seconds(append, seconds)
    return began, time.monotonic(), done
