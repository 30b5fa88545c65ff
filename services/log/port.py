"""The port of the event log: what every recorder offers, and the errors it raises."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from eventsourcing.dcb.api import (
    DCBAppendCondition,
    DCBEvent,
    DCBQuery,
    DCBReadResponse,
    DCBRecorder,
    DCBSubscription,
)
from eventsourcing.dcb.persistence import DCBInfrastructureFactory
from eventsourcing.persistence import (
    InfrastructureFactoryError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    TrackingRecorder,
)

from services.log.event import Event, RecordedEvent, enveloped
from services.log.finding import Finding


class Vouch(NamedTuple):
    """Makes what only a holder of the master key can make."""

    head: Callable[[int, bytes], bytes]
    """Of a size of the tree and its root: the code of the head row."""
    fingerprint: Callable[[bytes], bytes]
    """Of the plain fingerprint of open content: one that nobody can compute from a guess at it."""


LOG_URL = "HUSRET_LOG"
"""The variable that has the log's URL."""

FOLLOW_BATCH = 500
"""Most events that a follower takes at once."""

POLL_SECONDS = 0.05
"""How long a follower that has caught up waits before it looks again."""


class AppendConflict(IntegrityError):
    """An event newer than the condition's position matches it; nothing was appended.

    `position`, `type` and `event_id` are those of the first such event.
    """

    def __init__(self, position: int, type: str, event_id: bytes) -> None:
        super().__init__(
            f"the event at position {position} ({type}) is newer than what the append rests on: "
            "read again and decide again"
        )
        self.position = position
        self.type = type
        self.event_id = event_id


class EventIdReused(IntegrityError):
    """An event id of the batch is already recorded, and the batch is not the recorded one.

    `index` is that event's place in the batch, `position` where the id is recorded, or None
    if the batch itself holds the id twice.
    """

    def __init__(self, index: int, position: int | None) -> None:
        where = f"recorded at position {position}" if position else "used earlier in this batch"
        super().__init__(
            f"events[{index}].event_id: already {where}, with other content or in another batch; "
            "repeat the first request unchanged, or give a new request id"
        )
        self.index = index
        self.position = position


class StorageError(OperationalError):
    """The store could not be read or written; nothing of the append is in the log."""


class LogFull(StorageError):
    """There is no room left for the append; nothing of it is in the log."""


class LogAltered(StorageError):
    """What an append would build on, or a proof rest on, is not what was recorded.

    The message says what was found first. Nothing is appended, so that no head row vouches for
    what somebody else has put there.
    """

    def __init__(self, found: str) -> None:
        super().__init__(
            f"the event log was altered where it is stored: {found}; `husret log verify` names "
            "all that was"
        )


class ClockSuspect(OperationalError):
    """The wall clock can't be trusted: nothing is written until it is right, or accepted."""


class LogClosed(ProgrammingError):
    """The log was used after `close()`."""


class Batch(NamedTuple):
    """Events to append together, and what must hold for it.

    Each condition has a position of its own: what an append rests on may have been read at
    different times.
    """

    events: list[Event]
    conditions: tuple[DCBAppendCondition, ...] = ()

    @classmethod
    def of(cls, events: Sequence[DCBEvent], *conditions: DCBAppendCondition) -> Batch:
        """Return a batch of `events`, each in its envelope.

        Raises ProgrammingError if there are none, ValueError if a field is wrong.
        """
        if not events:
            raise ProgrammingError("events: at least one is needed")
        return cls([enveloped(event) for event in events], conditions)


class Head(NamedTuple):
    """Where the log's tree stands, as it was written down with the last append."""

    size: int
    root: bytes
    mac: bytes
    """What `vouch` made of them; empty where nothing could vouch."""


class ReadResponse(DCBReadResponse):
    """The events of a reading, in the order of the log."""

    def __init__(self, events: Iterator[RecordedEvent], head: int | None) -> None:
        self._events = events
        self._head = head

    @property
    def head(self) -> int | None:
        """The log's head when the events were read, or None for an empty log.

        For a reading with a limit: the position of its last event, or None if it has none.
        """
        return self._head

    def __iter__(self) -> Iterator[RecordedEvent]:
        """Return an iterator over the events not taken yet."""
        return self._events

    def all(self) -> list[RecordedEvent]:
        """Return the events not taken yet as a list."""
        return list(self._events)

    def __next__(self) -> RecordedEvent:
        """Return the next event."""
        return next(self._events)


class Stored(ABC):
    """A log as it is stored, at one moment, whatever was done to it."""

    @abstractmethod
    def events(self) -> Iterator[RecordedEvent]:
        """Return every event that can be read, by position."""

    @abstractmethod
    def head(self) -> Head | None:
        """Return what was written down of the tree; None where nothing was."""

    @abstractmethod
    def levels(self) -> Sequence[int]:
        """Return the levels of the tree that nodes are stored of."""

    @abstractmethod
    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        """Return number and hash of each stored node of a level, by number."""

    @abstractmethod
    def index_findings(self) -> Iterator[Finding]:
        """Yield what the store's own indexes hold that follows from no event, and what they lack.

        `type-unknown`, `type-unused`, `tag-missing`, `tag-stray`, `file-damaged`.
        """


class EventLog(DCBRecorder):
    """An append-only log of events with positions 1, 2, 3, … without gaps.

    Every append is atomic and durable when it returns. Readers see a prefix of the log, so
    what was read up to a position is read again for ever.
    """

    @abstractmethod
    def commit(self, batches: Sequence[Batch]) -> list[range | IntegrityError]:
        """Append several batches in one transaction; return each one's positions or its error.

        The batches are taken in order, and each sees what those before it appended. One that
        fails with AppendConflict or EventIdReused appends nothing and leaves the others alone.

        A batch whose ids are all recorded as one batch with the same content is a repeated
        request: it gets the first positions and appends nothing, whatever its conditions say
        now. Ids are therefore looked up before the conditions.

        Raises StorageError (LogFull) or ClockSuspect; then none of the batches is appended.
        """

    def append_batch(self, events: Sequence[DCBEvent], *conditions: DCBAppendCondition) -> range:
        """Append `events` together, if every condition holds; return their positions.

        See `commit`. Raises AppendConflict for the first condition that does not hold,
        EventIdReused, StorageError, ClockSuspect; ProgrammingError for an empty batch and
        ValueError for a wrong field.
        """
        [result] = self.commit([Batch.of(events, *conditions)])
        if isinstance(result, IntegrityError):
            raise result
        return result

    def append(
        self, events: Sequence[DCBEvent], condition: DCBAppendCondition | None = None
    ) -> int:
        """Append `events` as `append_batch` does; return the last position."""
        return self.append_batch(events, *(() if condition is None else (condition,)))[-1]

    @abstractmethod
    def read(
        self,
        query: DCBQuery | None = None,
        *,
        after: int | None = None,
        upto: int | None = None,
        limit: int | None = None,
    ) -> ReadResponse:
        """Return the events that match `query`, from `after` (exclusive) to `upto` (inclusive).

        Events and head come from one snapshot. An event matches if it matches one item of the
        query (or there are none): its type is among the item's types (or there are none), and
        the item's tags are all among its tags. At most `limit` events, the oldest first.

        Raises StorageError; ProgrammingError for a negative limit.
        """

    @abstractmethod
    def head(self) -> int:
        """Return the last position, 0 for an empty log."""

    @abstractmethod
    def event_by_id(self, event_id: bytes) -> RecordedEvent | None:
        """Return the event with this id, or None."""

    @abstractmethod
    def event_at(self, position: int) -> RecordedEvent | None:
        """Return the event at this position, or None."""

    def counts(self, upto: int) -> dict[str, int]:
        """Return how many events of each type there are up to a position."""
        return Counter(event.type for event in self.read(upto=upto))

    def gaps(self, upto: int) -> Iterator[int]:
        """Yield each position up to this one whose event is gone."""
        expected = 1
        for event in self.read(upto=upto):
            yield from range(expected, event.position)
            expected = event.position + 1
        yield from range(expected, upto + 1)

    # The tree

    @abstractmethod
    def vouch_with(self, vouch: Vouch) -> None:
        """Have each append vouched for: who has the store alone can then not forge the end."""

    @abstractmethod
    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """Return hashes of a stored level of the tree (`services.log.tree`), 0 being the leaves.

        They are those of `count` nodes from number `first` on, without those that are gone.
        """

    @abstractmethod
    def stored_head(self) -> Head | None:
        """Return where the tree stands as it was written down; None for an empty log."""

    @abstractmethod
    def stored(self) -> AbstractContextManager[Stored]:
        """Give the log as it is stored, for it to be verified; raises StorageError."""

    @abstractmethod
    def wall_time(self) -> int:
        """Return what the wall clock says, in microseconds since 1970 UTC, right or wrong."""

    @abstractmethod
    def clock_problem(self) -> str:
        """Say why the wall clock can't be trusted now; "" when it can."""

    @abstractmethod
    def accept_clock(self, events: Sequence[DCBEvent]) -> range:
        """Append `events`, which say so, and go on writing with the wall clock as it is now.

        It is the operator's word after ClockSuspect, and counts from when it is durable. Until the
        clock has passed the last event, new events get that event's recorded_at.

        Raises what `append_batch` does, but for ClockSuspect.
        """

    @abstractmethod
    def clock_was_accepted(self, wall_time: int, recorded_at: int) -> None:
        """Note that the clock was accepted when it said `wall_time`, by an event of `recorded_at`.

        A clock that lies before the last event at start is good when it was accepted by an event
        of the same time, and has not gone back since.
        """

    @abstractmethod
    def close(self) -> None:
        """Release what the log holds; any later use raises LogClosed."""

    def follow(self, after: int = 0, query: DCBQuery | None = None) -> Follower:
        """Return a follower of the events after this position."""
        return Follower(self, query=query, after=after)

    def subscribe(self, query: DCBQuery | None = None, *, after: int | None = None) -> Follower:
        """Return a follower; the library's name for `follow`."""
        return self.follow(after or 0, query)


class Follower(DCBSubscription[EventLog]):
    """Follows a log by polling: blocks when it has caught up, until there is more or `stop()`."""

    def __init__(self, recorder: EventLog, query: DCBQuery | None = None, after: int = 0) -> None:
        super().__init__(recorder, query, after)
        self._stopped = threading.Event()
        self._taken: Iterator[RecordedEvent] = iter(())

    def stop(self) -> None:
        """End the following; whoever is waiting for an event is released."""
        super().stop()
        self._stopped.set()

    def next_batch(self, timeout: float | None = None) -> list[RecordedEvent]:
        """Wait for events and return up to FOLLOW_BATCH of them, in order.

        Returns an empty list when stopped, or when `timeout` seconds have passed without any.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self._stopped.is_set():
            head = self._recorder.head()
            if head > self._last_position:
                batch = self._recorder.read(
                    self._query, after=self._last_position, upto=head, limit=FOLLOW_BATCH
                ).all()
                # Nothing up to the head is left, so events of no interest are not read again.
                full = len(batch) == FOLLOW_BATCH
                self._last_position = batch[-1].position if full else head
                if batch:
                    return batch
            if deadline is not None and time.monotonic() >= deadline:
                break
            self._stopped.wait(POLL_SECONDS)
        return []

    def __next__(self) -> RecordedEvent:
        """Return the next event, waiting for it; StopIteration once stopped."""
        while not self._stopped.is_set():
            for event in self._taken:
                return event
            self._taken = iter(self.next_batch())
        raise StopIteration


class EventLogFactory(DCBInfrastructureFactory[TrackingRecorder]):
    """A factory of the library whose recorder is an event log with our envelope.

    All that is known of where a log lies is known here: another recorder is a subclass.
    """

    @property
    def url(self) -> str:
        """The URL of the log; raises InfrastructureFactoryError when HUSRET_LOG is not set."""
        url = self.env.get(LOG_URL)
        if not url:
            raise InfrastructureFactoryError(f"{LOG_URL}: not set; give the URL of the event log")
        return url

    @abstractmethod
    def exists(self) -> bool:
        """Tell whether there is a log, without making one; raises StorageError."""

    @abstractmethod
    def dcb_recorder(self) -> EventLog:
        """Open the log, or make it; raises StorageError if it can't be opened."""

    @abstractmethod
    def as_it_lies(self) -> EventLog:
        """Open the log to read it alone: nothing is written. Raises StorageError."""

    def opened_by(self) -> Path | None:
        """Return the directory of the instance that opened the log last; None: not noted."""
        return None

    def note_opened_by(self, directory: Path) -> None:
        """Note beside the log which instance's directory opens it, where it can be noted."""

    @abstractmethod
    def copy(self, target: Path) -> None:
        """Copy the log, as it stands at one moment, into a new SQLite file.

        Raises StorageError.
        """
