"""Group commit: many appends in one transaction, so that they share one fsync."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from itertools import islice
from queue import Empty, SimpleQueue
from typing import NamedTuple

from eventsourcing.dcb.api import DCBEvent, DCBQuery
from eventsourcing.persistence import IntegrityError

from services.log.event import RecordedEvent
from services.log.port import Batch, EventLog, Head, LogClosed, ReadResponse, Stored, Vouch

LARGEST_GROUP = 512
"""From how many batches on a transaction takes no more, so that none holds the log for long."""

Result = range | IntegrityError


def _nothing() -> None:
    """Make nothing else durable."""


class _Entry(NamedTuple):
    """Batches that one caller waits for."""

    batches: Sequence[Batch]
    results: Future[list[Result]]


class GroupCommit(EventLog):
    """A log in front of `log`, whose appends are committed by one writer thread in groups.

    Each append blocks until it is durable, and fails alone if its condition fails or its id is
    reused. A storage error fails every append of its group, and none of them is in the log.
    Readings go straight to `log`.
    """

    def __init__(self, log: EventLog, before: Callable[[], None] = _nothing) -> None:
        """Write to `log`; `before` makes durable what must not be lost when an append is kept.

        It is called before each group is committed; what it raises fails the group.
        """
        self._log = log
        self._before = before
        self._queue: SimpleQueue[_Entry | None] = SimpleQueue()
        self._accepting = threading.Lock()
        self._closed = False
        # A daemon, so that a program which dies without close() ends; what such a program had
        # queued was never acknowledged.
        self._thread = threading.Thread(target=self._write, name="group-commit", daemon=True)
        self._thread.start()

    def commit(self, batches: Sequence[Batch]) -> list[range | IntegrityError]:
        """Queue the batches one after the other and wait until each is durable or has failed.

        Raises what the port says, but for LARGEST_GROUP batches at a time: those before them
        stay appended.
        """
        results: list[range | IntegrityError] = []
        for start in range(0, len(batches), LARGEST_GROUP):
            entry = _Entry(batches[start : start + LARGEST_GROUP], Future())
            with self._accepting:
                if self._closed:
                    raise LogClosed("the event log is closed")
                self._queue.put(entry)
            # What comes later may rest on this: it is not queued until this is durable.
            results += entry.results.result()
        return results

    def close(self) -> None:
        """Commit what has been queued, then close the log behind; further appends are refused."""
        with self._accepting:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()
        self._log.close()

    def _write(self) -> None:
        while True:
            group: list[_Entry] = []
            size = 0
            entry = self._queue.get()
            while entry is not None:
                group.append(entry)
                size += len(entry.batches)
                if size >= LARGEST_GROUP:
                    break
                try:
                    entry = self._queue.get_nowait()
                except Empty:
                    break
            if group:
                self._commit(group)
            if entry is None:
                return

    def _commit(self, group: list[_Entry]) -> None:
        try:
            self._before()
            results = iter(self._log.commit([batch for entry in group for batch in entry.batches]))
        except BaseException as error:  # whoever waits must hear of it, whatever it is
            for entry in group:
                entry.results.set_exception(error)
            return
        for entry in group:
            entry.results.set_result(list(islice(results, len(entry.batches))))

    def read(
        self,
        query: DCBQuery | None = None,
        *,
        after: int | None = None,
        upto: int | None = None,
        limit: int | None = None,
    ) -> ReadResponse:
        """Return the events that match `query`; see the port."""
        return self._log.read(query, after=after, upto=upto, limit=limit)

    def counts(self, upto: int) -> dict[str, int]:
        """Return how many events of each type there are up to a position; see the port."""
        return self._log.counts(upto)

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        return self._log.head()

    def event_by_id(self, event_id: bytes) -> RecordedEvent | None:
        """Return the event with this id, or None."""
        return self._log.event_by_id(event_id)

    def event_at(self, position: int) -> RecordedEvent | None:
        """Return the event at this position, or None."""
        return self._log.event_at(position)

    def vouch_with(self, vouch: Vouch) -> None:
        """Have each append vouched for; see the port."""
        self._log.vouch_with(vouch)

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """Return hashes of a stored level of the tree; see the port."""
        return self._log.hashes(level, first, count)

    def stored_head(self) -> Head | None:
        """Return where the tree stands; see the port."""
        return self._log.stored_head()

    def stored(self) -> AbstractContextManager[Stored]:
        """Give the log as it is stored; see the port."""
        return self._log.stored()

    def wall_time(self) -> int:
        """Return what the wall clock says; see the port."""
        return self._log.wall_time()

    def clock_problem(self) -> str:
        """Say why the wall clock can't be trusted now; "" when it can."""
        return self._log.clock_problem()

    def accept_clock(self, events: Sequence[DCBEvent]) -> range:
        """Append `events`, and go on writing with the wall clock as it is now; see the port."""
        return self._log.accept_clock(events)

    def clock_was_accepted(self, wall_time: int, recorded_at: int) -> None:
        """Note that the clock was accepted; see the port."""
        self._log.clock_was_accepted(wall_time, recorded_at)
