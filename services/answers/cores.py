"""Work on many receipts by all cores: each process reads the same log and key store beside ours.

A process of its own for each core opens the instance to read alone. While it is at a few receipts
no erasure begins, and when it is done with them it forgets every key; between two lots an erasure
goes first. What it has read it hands back with its results, and it is noted here, in the one access
table, before anybody hears of them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path
from typing import Any, TypeVar

from services.instance.instance import KEYS_FILE, Instance, log_id_of
from services.log import ownership
from services.log.factory import environment_of, factory_of
from services.persons import master_key
from services.persons.access import Access, AccessTable
from services.persons.keys import KeyStore

R = TypeVar("R")

Work = Callable[..., R]
"""What is done with a lot of receipts: a function of a module, which takes the instance, the lot,
and what else it was given."""

FEW = 256
"""Up to so many answers one process does it: others would take longer to begin."""
_WAIT = 60.0
"""Seconds that a lot waits for an erasure to be done."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def each(
    instance: Instance,
    work: Work[R],
    lots: Iterable[list[int]],
    *given: Any,
    answers: int,
    check_time: Callable[[], None] = lambda: None,
) -> Iterator[R]:
    """Yield what the work makes of each lot, as it comes.

    `answers` is how many there are in all lots. An instance in memory, and one with few answers, is
    worked on here. Raises what the work raises; `check_time` raises when nobody waits any more.
    """
    processes = cores()
    if instance.directory is None or answers <= FEW or processes == 1:
        for lot in lots:
            check_time()
            yield work(instance, lot, *given)
        return
    instance.access.flush()
    spawned = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        processes, spawned, initializer=_open, initargs=(str(instance.directory),)
    )
    pending: set[Future[tuple[R, list[Access]]]] = set()
    waiting = iter(lots)
    done = False
    try:
        while pending or not done:
            check_time()
            while not done and len(pending) < 2 * processes and not instance.erasures.going_on():
                for lot in waiting:
                    pending.add(pool.submit(_one, work, lot, given))
                    break
                else:
                    done = True
            if not pending:
                time.sleep(0.05)  # an erasure goes first
                continue
            ended, pending = wait(pending, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in ended:
                result, accesses = future.result()
                for access in accesses:
                    instance.access.record(access)
                yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Noting(AccessTable):
    """Keeps what was read here until it is handed back."""

    def __init__(self) -> None:
        self.noted: deque[Access] = deque()

    def record(self, access: Access) -> None:
        """Take note of an access."""
        self.noted.append(access)

    def flush(self) -> None:
        """Do nothing: it is written where it is handed to."""

    def close(self) -> None:
        """Do nothing."""

    def taken(self) -> list[Access]:
        """Return what was noted, and begin anew."""
        taken = list(self.noted)
        self.noted.clear()
        return taken


_HERE: list[tuple[Path, Instance, _Noting]] = []
"""The instance that this process reads; a process of a pool reads one."""


def _open(directory: str) -> None:
    """Open the instance in a process of its own, which ends when the one that began it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    place, noting = Path(directory), _Noting()
    log = factory_of(environment_of(place, os.environ)).dcb_recorder()
    secret = master_key.load(place / "master.key")
    keys = KeyStore(place / KEYS_FILE, secret, log_id=log_id_of(log).bytes, beside=True)
    _HERE.append((place, Instance(log, keys, noting, directory=None, secret=secret), noting))


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _one(work: Work[R], lot: list[int], given: tuple[Any, ...]) -> tuple[R, list[Access]]:
    [(place, instance, noting)] = _HERE
    with ownership.hold(place, shared=True, patience=_WAIT):
        try:
            instance.view()  # an erasure since the last lot is heard of
            made = work(instance, lot, *given)
        finally:
            instance.keys.forget()
    return made, noting.taken()
