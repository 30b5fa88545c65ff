"""Appends that share a commit: each is durable or has failed alone when it returns."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from services.log.group_commit import GroupCommit
from services.log.port import AppendConflict, ClockSuspect, EventIdReused, LogClosed
from services.log.sqlite import SQLiteEventLog
from tests.log.backends import Backend, SharedBackend
from tests.log.events import event, item, unless

THREADS = 16


def in_threads(work: Callable[[int], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    return threads


def join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join()


def test_an_entry_that_conflicts_fails_alone(backend: Backend) -> None:
    log = GroupCommit(backend.open())
    log.append_batch([event("slot.taken", "slot:0", request="first")])
    outcomes: dict[int, str] = {}

    def take(number: int) -> None:
        slot = f"slot:{number}"
        request = "first" if number == 1 else str(number)
        try:
            log.append_batch([event("slot.taken", slot, request=request)], unless(item(slot)))
            outcomes[number] = "appended"
        except (AppendConflict, EventIdReused) as error:
            outcomes[number] = type(error).__name__

    join(in_threads(take))
    assert outcomes.pop(0) == "AppendConflict"
    assert outcomes.pop(1) == "EventIdReused"
    assert set(outcomes.values()) == {"appended"}
    assert log.head() == THREADS - 1
    log.close()


def test_only_one_of_those_who_want_the_same_thing_in_the_same_commit_gets_it(
    backend: Backend,
) -> None:
    log = GroupCommit(backend.open())
    outcomes: list[str] = []

    def take(number: int) -> None:
        try:
            log.append_batch([event("slot.taken", "slot:1")], unless(item("slot:1")))
            outcomes.append("appended")
        except AppendConflict as conflict:
            outcomes.append(f"conflict with {conflict.position}")

    join(in_threads(take))
    assert sorted(outcomes) == ["appended"] + ["conflict with 1"] * (THREADS - 1)
    log.close()


def test_what_has_queued_is_committed_together(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log = GroupCommit(SQLiteEventLog(path))

    def append(number: int) -> None:
        log.append_batch([event("a", f"thread:{number}")])

    with open(f"{path}.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as another process that writes would
        threads = in_threads(append)
        threads[0].join(0.2)
        assert log.head() == 0
        fcntl.flock(lock, fcntl.LOCK_UN)
    join(threads)
    # The writer took up what had queued when it began to wait, and then all the rest.
    assert len({recorded.recorded_at for recorded in log.read()}) <= 2
    assert log.head() == THREADS
    log.close()


def test_closing_loses_nothing_that_was_accepted(shared_backend: SharedBackend) -> None:
    log = GroupCommit(shared_backend.open())
    acknowledged: list[tuple[int, bytes]] = []
    busy = threading.Event()

    def append(number: int) -> None:
        while True:
            new = event("a", f"thread:{number}")
            try:
                acknowledged.append((log.append([new]), new.event_id))
            except LogClosed:
                break
            if len(acknowledged) > 100:
                busy.set()

    threads = in_threads(append)
    assert busy.wait(30)
    log.close()
    join(threads)
    reopened = shared_backend.open()
    recorded = [(found.position, found.event_id) for found in reopened.read()]
    assert recorded == sorted(acknowledged)
    reopened.close()


def test_an_error_of_the_store_reaches_everyone_and_the_next_append_works(
    backend: Backend,
) -> None:
    wall = [0]
    behind = backend.open(lambda: wall[0], lambda: 0)
    log = GroupCommit(behind)
    wall[0] = 10**12
    failures: list[ClockSuspect] = []

    def append(number: int) -> None:
        with pytest.raises(ClockSuspect) as failure:
            log.append_batch([event("a")])
        failures.append(failure.value)

    join(in_threads(append))
    assert len(failures) == THREADS
    assert log.clock_problem()
    assert log.accept_clock([event("accepted")]) == range(1, 2)
    assert log.append_batch([event("a")]) == range(2, 3)
    log.close()
