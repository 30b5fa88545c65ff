"""The event log in an SQLite file, safe for many processes, or in memory."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from eventsourcing.dcb.api import DCBEvent, DCBQuery
from eventsourcing.persistence import (
    InfrastructureFactoryError,
    IntegrityError,
    ProgrammingError,
)

from husret_verify.merkle import Frontier
from services import files
from services.log import copies
from services.log.copies import Lying
from services.log.event import RecordedEvent
from services.log.port import (
    LOG_URL,
    Batch,
    EventLog,
    EventLogFactory,
    Head,
    LogClosed,
    LogFull,
    ReadResponse,
    StorageError,
    Stored,
    Vouch,
)
from services.log.sqlite_append import Grown, LastEvent, Transaction, hashes_in, set_head
from services.log.sqlite_query import END, Matching, select
from services.log.sqlite_rows import COLUMNS, Row, events_of, name_of
from services.log.sqlite_stored import SQLiteStored
from services.log.wall_clock import WallClock, monotonic_clock, wall_clock

MEMORY = ":memory:"
APPLICATION_ID = 0x68757372  # "husr"
FORMAT = 2
"""The file's format, kept in its user_version."""

LOCK_TIMEOUT = 30.0
"""Seconds to wait for a lock that another program than ours holds on the file."""

_WRITER_CACHE_KIB, _READER_CACHE_KIB = 64 * 1024, 8 * 1024
"""How much of the file a connection keeps. There is one that writes, all over the indexes; and one
that reads for each thread that has read at the same time as others, so those keep little: what is
read often, the system keeps for all of them."""

PAGE = 1_000
"""How many events a reading of the whole log holds in memory at a time."""

# The tag's type stands before its position, so that a reading for some types doesn't pass over
# the events of all the others under the same tag, and a number stands for the tag (`tag_number`).
# A batch's place and size tell whether ids that are known were recorded as this very batch.
SCHEMA = """
CREATE TABLE event_type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    event_id BLOB NOT NULL UNIQUE,
    recorded_at INTEGER NOT NULL,
    type_id INTEGER NOT NULL REFERENCES event_type,
    schema_version INTEGER NOT NULL,
    batch_index INTEGER NOT NULL,
    batch_size INTEGER NOT NULL,
    tags TEXT NOT NULL,
    data BLOB NOT NULL,
    metadata BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    leaf_hash BLOB NOT NULL
) STRICT;
CREATE INDEX event_by_type ON event (type_id, position);
CREATE TABLE tag (
    tag INTEGER NOT NULL,
    type_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tag, type_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE node (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    mac BLOB NOT NULL
) STRICT;
"""

# One statement is one snapshot, so the head comes as a first row (position 0) of the reading:
# the head in the column recorded_at and the last type's id in the column type_id.
HEAD_ROW = (
    "SELECT 0, NULL, (SELECT max(position) FROM event), (SELECT max(id) FROM event_type), "
    "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
)


class _Types(NamedTuple):
    """The types that the log has names for; ids are 1, 2, 3, … and never change."""

    ids: dict[str, int]
    names: dict[int, str]

    @classmethod
    def of(cls, ids: dict[str, int]) -> _Types:
        return cls(ids, {type_id: name for name, type_id in ids.items()})


class SQLiteEventLog(EventLog):
    """The event log in the SQLite file `path`, or in memory for ":memory:".

    Many threads and processes may use one file at a time; open it after forking. `clock` and
    `monotonic` give microseconds. `durable=False` leaves out every fsync: it exists for the
    test that shows the difference, and loses acknowledged events when the power fails.
    `read_only` is what `as_it_lies` opens it with.

    Raises StorageError if the file can't be opened or is not an event log of this format.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        clock: Callable[[], int] = wall_clock,
        monotonic: Callable[[], int] = monotonic_clock,
        durable: bool = True,
        read_only: bool = False,
    ) -> None:
        self._path = str(path)
        self._in_memory = self._path == MEMORY
        self._synchronous = "FULL" if durable else "OFF"
        self._closed = False
        self._types = _Types({}, {})
        self._grown = Grown(Frontier(), None, None)
        # One connection serves an in-memory log, so its readers take this lock too.
        self._lock = threading.Lock()
        self._lock_file: int | None = None
        self._writer: sqlite3.Connection | None = None
        self._readers: deque[sqlite3.Connection] = deque()
        self._lying: Lying | None = None
        try:
            if read_only:
                self._lying = Lying(self._path)
                with closing(self._connect()) as connection:
                    self._check_format(connection)
                self._wall = WallClock(clock, monotonic, 0)
                return
            if not self._in_memory:
                files.create(self._path)
                files.create(f"{self._path}.lock")
                self._lock_file = os.open(f"{self._path}.lock", os.O_RDWR)
            with self._write_lock() as connection:
                self._create(connection)
                last = LastEvent.read(connection).recorded_at
        except (sqlite3.Error, OSError) as error:
            self._release()
            raise _storage_error(error) from error
        except BaseException:
            self._release()
            raise
        self._wall = WallClock(clock, monotonic, last)

    @classmethod
    def as_it_lies(cls, path: str | Path) -> Self:
        """Open a log to read it alone: nothing is written, in its directory neither.

        What a write-ahead log beside it holds is read too. Raises StorageError if the file is not
        an event log of this format, or can't be read so.
        """
        return cls(path, read_only=True)

    # Connections and locks

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path if self._lying is None else self._lying.uri,
            uri=self._lying is not None,
            timeout=LOCK_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute(f"PRAGMA cache_size = -{_READER_CACHE_KIB}")
        return connection

    @contextmanager
    def _write_lock(self) -> Iterator[sqlite3.Connection]:
        """Hold the log for writing, against threads and processes; give the writer's connection.

        SQLite's own lock is polled and lets a busy writer starve the others, so the order is
        made by a file lock, whose waiters the kernel wakes.
        """
        with self._lock:
            if self._closed:
                raise LogClosed("the event log is closed")
            if self._lock_file is not None:
                fcntl.flock(self._lock_file, fcntl.LOCK_EX)
            if self._lying is not None:
                raise StorageError("the event log was opened to be read alone")
            try:
                if self._writer is None:
                    self._writer = self._connect()
                    self._writer.execute(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
                yield self._writer
            finally:
                if self._lock_file is not None:
                    fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    def _create(self, connection: sqlite3.Connection) -> None:
        # Of a new file only. A receipt with its envelope takes some 2,300 bytes: one to a page of
        # SQLite's usual 4,096, three to one of 8,192.
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA journal_mode = WAL")
        [tables] = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables == 0:
            connection.executescript(
                f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {FORMAT}; COMMIT;"
            )
        self._check_format(connection)

    @staticmethod
    def _check_format(connection: sqlite3.Connection) -> None:
        [application] = connection.execute("PRAGMA application_id").fetchone()
        [version] = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise StorageError("the file is an SQLite database, but not an event log of husret")
        elif version != FORMAT:
            raise StorageError(
                f"the event log has format {version}, and this version reads format {FORMAT}"
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read with; raises LogClosed, and StorageError for what SQLite does.

        One that has failed is not given again.
        """
        try:
            if self._in_memory:
                with self._write_lock() as connection:
                    yield connection
                return
            if self._closed:
                raise LogClosed("the event log is closed")
            try:
                connection = self._readers.pop()
            except IndexError:
                connection = self._connect()
            yield connection
        except sqlite3.Error as error:
            raise _storage_error(error) from error
        self._readers.append(connection)
        if self._closed:
            self._release_readers()

    def _fetch(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one reading statement to its end, as one snapshot."""
        with self._reading() as connection:
            return connection.execute(sql, parameters).fetchall()

    def _release_readers(self) -> None:
        with suppress(IndexError):
            while True:
                self._readers.pop().close()

    def _release(self) -> None:
        self._release_readers()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None
        if self._lying is not None:
            self._lying.close()

    def close(self) -> None:
        """Close the file; any later use raises LogClosed."""
        with self._lock:
            self._closed = True
            self._release()

    # The clock

    def wall_time(self) -> int:
        """Return what the wall clock says; see the port."""
        return self._wall.time()

    def clock_problem(self) -> str:
        """Say why the wall clock can't be trusted now; "" when it can."""
        return self._wall.problem()

    def accept_clock(self, events: Sequence[DCBEvent]) -> range:
        """Append `events`, and go on writing with the wall clock as it is now; see the port."""
        [result] = self._commit([Batch.of(events)], accepting=True)
        if isinstance(result, IntegrityError):
            raise result
        return result

    def clock_was_accepted(self, wall_time: int, recorded_at: int) -> None:
        """Note that the clock was accepted; see the port."""
        with self._lock:
            self._wall.was_accepted(wall_time, recorded_at)

    # Writing

    def commit(self, batches: Sequence[Batch]) -> list[range | IntegrityError]:
        """Append several batches in one transaction; see the port."""
        return self._commit(batches)

    def _commit(
        self, batches: Sequence[Batch], *, accepting: bool = False
    ) -> list[range | IntegrityError]:
        with self._write_lock() as connection:
            try:
                now = self._wall.time() if accepting else self._wall.now()
                connection.execute("BEGIN IMMEDIATE")
                transaction = Transaction(
                    connection, dict(self._types.ids), now, batches, self._grown
                )
                before = transaction.last
                results = [transaction.append(batch) for batch in batches]
                transaction.insert()
                grown = self._grown
                if transaction.last > before:
                    frontier, vouch = transaction.frontier, grown.vouch
                    grown = Grown(frontier, set_head(connection, frontier, vouch), vouch)
                connection.execute("COMMIT")
            except BaseException as error:
                # After an I/O error the connection's own state isn't worth trusting.
                if not self._in_memory:
                    self._writer = None
                    connection.close()
                elif connection.in_transaction:
                    connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise _storage_error(error) from error
                raise
            self._grown = grown
            if len(transaction.types) > len(self._types.ids):
                self._types = _Types.of(transaction.types)
            if accepting and not isinstance(results[0], IntegrityError):
                self._wall.accept(now)
            return results

    # Reading

    def read(
        self,
        query: DCBQuery | None = None,
        *,
        after: int | None = None,
        upto: int | None = None,
        limit: int | None = None,
    ) -> ReadResponse:
        """Return the events that match `query`; see the port."""
        if limit is not None and limit <= 0:
            if limit < 0:
                raise ProgrammingError(f"limit: must not be negative, and is {limit}")
            return ReadResponse(iter(()), None)
        first, last = after or 0, END if upto is None else upto
        if limit is None and (query is None or not query.items):
            page, head = self._page(query, first, last, PAGE)
            rest = self._pages(page, min(last, head)) if len(page) == PAGE else iter(page)
            return ReadResponse(rest, head or None)
        events, head = self._page(query, first, last, -1 if limit is None else limit)
        if limit is not None:
            return ReadResponse(iter(events), events[-1].position if events else None)
        return ReadResponse(iter(events), head or None)

    def _pages(self, page: list[RecordedEvent], upto: int) -> Iterator[RecordedEvent]:
        """Go on reading the whole log up to `upto`: nothing there can have changed meanwhile."""
        while page:
            yield from page
            page, _ = self._page(None, page[-1].position, upto, PAGE)

    def _page(
        self, query: DCBQuery | None, after: int, upto: int, limit: int
    ) -> tuple[list[RecordedEvent], int]:
        """Return the selected events and the head of the log, 0 if it is empty."""
        while True:
            types = self._types
            positions = select(query, types.ids, after, upto, limit)
            rows = self._fetch(
                f"{HEAD_ROW} UNION ALL SELECT {COLUMNS} FROM ({positions.sql}) p "
                "CROSS JOIN event e ON e.position = p.position",
                positions.parameters,
            )
            rows.sort(key=itemgetter(0))
            _, _, head, types_recorded, *_ = rows[0]
            # Of ids with gaps between them, too, which somebody has altered.
            if not types_recorded or types_recorded in types.names:
                break
            # Another writer has brought new types, which the query may name.
            self._types = _Types.of(dict(self._fetch("SELECT name, id FROM event_type")))
        events = events_of(rows[1:], types.names)
        if query is None or not query.items:
            return events, head or 0
        matching = Matching(query)
        # Two tags may have the same number in the index. An event that does not show any more what
        # it is in the index for is passed on, for whoever reads it to find it altered.
        found = [e for e in events if matching(e.type, e.tags) or not e.is_intact()]
        if limit >= 0 and len(found) < len(events) == limit:
            rest = (events[-1].position, min(upto, head or 0), limit - len(found))
            more, _ = self._page(query, *rest)
            found += more
        return found, head or 0

    # The tree

    def vouch_with(self, vouch: Vouch) -> None:
        """Have each append vouched for; see the port."""
        with self._lock:
            # What was known is read again, and must be vouched for as well.
            self._grown = Grown(Frontier(), None, vouch)

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """Return hashes of a stored level of the tree; see the port."""
        with self._reading() as connection:
            return hashes_in(connection)(level, first, count)

    def stored_head(self) -> Head | None:
        """Return where the tree stands; see the port."""
        rows = self._fetch("SELECT size, root, mac FROM head")
        return Head(*rows[0]) if rows else None

    @contextmanager
    def stored(self) -> Iterator[Stored]:
        """Give the log as it is stored; one in memory is locked meanwhile. See the port."""
        if self._in_memory:
            with self._write_lock() as connection:
                yield SQLiteStored(connection)
            return
        if self._closed:
            raise LogClosed("the event log is closed")
        try:
            with closing(self._connect()) as connection:
                connection.text_factory = _text_as_stored
                connection.execute("BEGIN")
                # The first reading fixes the moment.
                connection.execute("SELECT 1 FROM head").fetchone()
                yield SQLiteStored(connection)
        except sqlite3.Error as error:
            raise _storage_error(error) from error

    def counts(self, upto: int) -> dict[str, int]:
        """Return how many events of each type there are up to a position; see the port."""
        # The index by type alone is read, never the events.
        rows = self._fetch(
            "SELECT type_id, count(*) FROM event INDEXED BY event_by_type WHERE position <= ? "
            "GROUP BY type_id",
            (upto,),
        )
        names: dict[int, str] = dict(self._fetch("SELECT id, name FROM event_type"))
        return {name_of(names, type_id): count for type_id, count in rows}

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        [[head]] = self._fetch("SELECT max(position) FROM event")
        return head or 0

    def event_at(self, position: int) -> RecordedEvent | None:
        """Return the event at this position, or None."""
        events, _ = self._page(None, position - 1, position, 1)
        return events[0] if events else None

    def event_by_id(self, event_id: bytes) -> RecordedEvent | None:
        """Return the event with this id, or None."""
        rows = self._fetch("SELECT position FROM event WHERE event_id = ?", (event_id,))
        return self.event_at(rows[0][0]) if rows else None


class SQLiteEventLogFactory(EventLogFactory):
    """Opens the log at a URL such as sqlite:///srv/husret/log.db, or sqlite::memory: in memory."""

    @property
    def path(self) -> str:
        """The log's file; raises InfrastructureFactoryError for another kind of URL."""
        scheme, host, path, *_ = urlsplit(self.url)
        if scheme != "sqlite" or host or not (path == MEMORY or path.startswith("/")):
            raise InfrastructureFactoryError(
                f"{LOG_URL}: must be a URL such as sqlite:///srv/husret/log.db"
            )
        return unquote(path)

    def exists(self) -> bool:
        """Tell whether the file is there."""
        return Path(self.path).exists()

    def dcb_recorder(self) -> SQLiteEventLog:
        """Open the log; raises StorageError if the file can't be opened."""
        return SQLiteEventLog(self.path)

    def as_it_lies(self) -> SQLiteEventLog:
        """Open the log to read it alone; see the port."""
        return SQLiteEventLog.as_it_lies(self.path)

    @property
    def _note(self) -> Path:
        return Path(f"{self.path}.directory")

    def opened_by(self) -> Path | None:
        """Return the directory that opened the log last; see the port."""
        return Path(self._note.read_text()) if self._note.exists() else None

    def note_opened_by(self, directory: Path) -> None:
        """Note which directory opens a log that lies elsewhere than in it; see the port."""
        if Path(self.path).parent.resolve() != directory:
            files.create(self._note)
            self._note.write_text(str(directory))

    def copy(self, target: Path) -> None:
        """Copy the log into a new file; see the port."""
        copies.copy(Path(self.path), target)


def _text_as_stored(text: bytes) -> str:
    """Return a text, also one that is not UTF-8: its hash is then no event's."""
    return text.decode("utf-8", "surrogateescape")


def _storage_error(error: sqlite3.Error | OSError) -> StorageError:
    """Return the error of the port for one of SQLite or the operating system."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return LogFull("the event log's disk is full, or the file has reached its largest size")
    if code == sqlite3.SQLITE_IOERR:
        return StorageError(
            "the event log could not be read or written: a disk without room, a limit on the "
            f"file's size or a failing device ({error})"
        )
    if code == sqlite3.SQLITE_BUSY:
        return StorageError(
            f"another program has held the event log locked for {LOCK_TIMEOUT:.0f} seconds"
        )
    return StorageError(f"the event log could not be read or written: {error}")
