"""Tables of views: rows and their checkpoint, in an SQLite file that may be deleted at any time."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from projections.view import Changes, Condition, View

APPLICATION_ID = 0x68757376  # "husv"
LAYOUT = 2
"""The layout of the files, kept in their user_version."""

TableError = sqlite3.Error
"""What a table raises when its file can't be read or written."""

R = TypeVar("R")

# A row that has been replaced stays until the next start, so that a walk in pages sees the rows
# as they were when it began: `since` and `until` are positions of the log.
_SCHEMA = """
CREATE TABLE {table} (
    {columns},
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY ({key}, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL,
    digest BLOB NOT NULL,
    log_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    format INTEGER NOT NULL,
    generation INTEGER NOT NULL
) STRICT;
"""


class Checkpoint(NamedTuple):
    """Up to where the log is in the table, and what the rows were made with.

    `digest` is the fold's over the events read; `generation` changes when rows that a walk may
    still want are removed.
    """

    position: int
    digest: bytes
    log_id: str
    edition: str
    format: int
    generation: int


class Walk(NamedTuple):
    """Where a walk through the rows stands: as of which position, and after which row."""

    generation: int
    position: int
    after: tuple[str | int, ...] = ()
    """The key of that row; empty: none was shown yet."""


class WalkEnded(Exception):
    """The rows that the walk began with are gone; begin it anew."""


class Table(Generic[R]):
    """The rows and their checkpoint; both change together, in one transaction.

    Threads may read while another writes: they wait for a commit, never for the making of rows.
    """

    def __init__(self, path: Path | str, view: View[R]) -> None:
        """Open the file at `path`, or ":memory:"; one of another layout, or damaged, is made anew.

        Raises TableError when it can't be opened, ValueError when it is something else's.
        """
        self._lock = threading.RLock()
        self.view = view
        self._names = ", ".join(view.columns)
        self._key = ", ".join(view.key)
        places = ", ".join("?" * (len(view.columns) + 1))
        self._insertion = f"INSERT INTO {view.name} ({self._names}, since) VALUES ({places})"
        try:
            self._database = _open(path, view)
        except sqlite3.DatabaseError as error:
            # Only a damaged file; one that can't be opened or is locked is an OperationalError.
            if isinstance(error, sqlite3.OperationalError) or str(path) == ":memory:":
                raise
            _empty(Path(path))
            self._database = _open(path, view)
        self.checkpoint: Checkpoint | None = None
        self._begin()

    def _begin(self) -> None:
        """Read the checkpoint; walks of an earlier process end here."""
        with self._transaction():
            self._database.execute(f"DELETE FROM {self.view.name} WHERE until IS NOT NULL")
            self._database.execute("UPDATE checkpoint SET generation = generation + 1")
        found = self._database.execute(
            "SELECT position, digest, log_id, edition, format, generation FROM checkpoint"
        ).fetchone()
        self.checkpoint = None if found is None else Checkpoint(*found)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    # -- writing

    def replace(self, made: Checkpoint, rows: Iterable[R]) -> None:
        """Put these rows in the place of all; readers see the old ones until it is done."""
        with self._lock:
            generation = 1 if self.checkpoint is None else self.checkpoint.generation + 1
            made = made._replace(generation=generation)
            with self._transaction():
                self._database.execute(f"DELETE FROM {self.view.name}")
                self._insert(map(self.view.pack, rows), made.position)
                self._database.execute("DELETE FROM checkpoint")
                self._database.execute("INSERT INTO checkpoint VALUES (1, ?, ?, ?, ?, ?, ?)", made)
            self.checkpoint = made

    def advance(self, position: int, digest: bytes, changes: Changes[R]) -> None:
        """Take over what changed, and the new checkpoint."""
        with self._lock:
            assert self.checkpoint is not None  # rows are replaced before they are advanced
            with self._transaction():
                key = " AND ".join(f"{name} = ?" for name in self.view.key)
                self._database.executemany(
                    f"UPDATE {self.view.name} SET until = ? WHERE until IS NULL AND {key}",
                    [(position, *self.view.key_of(row)) for row in changes.gone],
                )
                self._insert(map(self.view.pack, changes.made), position)
                self._database.execute(
                    "UPDATE checkpoint SET position = ?, digest = ?", (position, digest)
                )
            self.checkpoint = self.checkpoint._replace(position=position, digest=digest)

    def pass_over(self, position: int) -> None:
        """Note that nothing up to `position` concerns the rows; a restart looks again."""
        with self._lock:
            assert self.checkpoint is not None  # as above
            self.checkpoint = self.checkpoint._replace(position=position)

    def _insert(self, rows: Iterable[tuple[Any, ...]], since: int) -> None:
        self._database.executemany(self._insertion, [(*columns, since) for columns in rows])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._commit()
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def _commit(self) -> None:
        self._database.execute("COMMIT")

    # -- reading

    def rows(self) -> list[R]:
        """Return every row as it stands, in the order of the key."""
        with self._lock:
            return self._rows("until IS NULL", [])

    def kept(self, wanted: Sequence[Condition] = ()) -> tuple[Checkpoint, list[tuple[Any, ...]]]:
        """Return the columns of rows as they stand, whatever they hold, with the checkpoint.

        Raises WalkEnded when there are none.
        """
        asked = [("until IS NULL", ()), *wanted]
        with self._lock:
            if self.checkpoint is None:
                raise WalkEnded
            found = self._database.execute(
                f"SELECT {self._names} FROM {self.view.name} WHERE "
                + " AND ".join(f"({condition})" for condition, _ in asked),
                [value for _, values in asked for value in values],
            )
            return self.checkpoint, found.fetchall()

    def select(self, wanted: Sequence[Condition], limit: int) -> list[R]:
        """Return the first rows, as they stand, that meet all of some conditions on columns."""
        asked = [("until IS NULL", ()), *wanted]
        with self._lock:
            return self._rows(
                " AND ".join(condition for condition, _ in asked),
                [value for _, values in asked for value in values],
                limit,
            )

    def made_in(self, after: int, upto: int) -> list[tuple[int, R]]:
        """Return the rows that were made in a stretch of the log and stand, each with where."""
        with self._lock:
            found = self._database.execute(
                f"SELECT since, {self._names} FROM {self.view.name}"
                " WHERE until IS NULL AND since > ? AND since <= ?"
                f" ORDER BY since, {self._key}",
                (after, upto),
            )
            return [(since, self.view.unpack(*columns)) for since, *columns in found.fetchall()]

    def gone_in(self, after: int, upto: int) -> list[tuple[int, R]]:
        """Return the rows that ended in a stretch of the log, as far as they are still kept."""
        with self._lock:
            found = self._database.execute(
                f"SELECT until, {self._names} FROM {self.view.name}"
                f" WHERE until > ? AND until <= ? ORDER BY until, {self._key}",
                (after, upto),
            )
            return [(until, self.view.unpack(*columns)) for until, *columns in found.fetchall()]

    def begin_walk(self) -> Walk:
        """Begin a walk through the rows as they stand now; raises WalkEnded when there are none."""
        with self._lock:
            if self.checkpoint is None:
                raise WalkEnded
            return Walk(self.checkpoint.generation, self.checkpoint.position)

    def page(self, walk: Walk, wanted: Sequence[Condition], limit: int) -> list[R]:
        """Return the next rows of a walk, at most `limit`; `wanted` are conditions on columns.

        Raises WalkEnded when the rows that it began with have been removed.
        """
        asked = [
            ("since <= ? AND (until IS NULL OR until > ?)", (walk.position, walk.position)),
            *wanted,
        ]
        if walk.after:
            places = ", ".join("?" * len(walk.after))
            asked.append((f"({self._key}) > ({places})", walk.after))
        with self._lock:
            if self.checkpoint is None or self.checkpoint.generation != walk.generation:
                raise WalkEnded
            return self._rows(
                " AND ".join(condition for condition, _ in asked),
                [value for _, values in asked for value in values],
                limit,
            )

    def _rows(self, condition: str, parameters: list[Any], limit: int = -1) -> list[R]:
        found = self._database.execute(
            f"SELECT {self._names} FROM {self.view.name} WHERE {condition}"
            f" ORDER BY {self._key} LIMIT ?",
            [*parameters, limit],
        )
        return [self.view.unpack(*columns) for columns in found.fetchall()]


def _open(path: Path | str, view: View[Any]) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10.0, isolation_level=None, check_same_thread=False)
    try:
        [application] = database.execute("PRAGMA application_id").fetchone()
        [layout] = database.execute("PRAGMA user_version").fetchone()
        [tables] = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and application != APPLICATION_ID:
            raise ValueError(f"{path} is a database, but not one of husret's views; move it away")
        if tables and layout != LAYOUT:
            raise sqlite3.DatabaseError(f"layout {layout} is not this release's")
        database.execute("PRAGMA journal_mode = WAL")
        # What a power cut takes is read from the log again; a commit stays whole or is gone.
        database.execute("PRAGMA synchronous = NORMAL")
        if not tables:
            columns = ",\n    ".join(f"{name} {kind}" for name, kind in view.columns.items())
            schema = _SCHEMA.format(table=view.name, columns=columns, key=", ".join(view.key))
            for number, by in enumerate(view.indexes):
                schema += f"CREATE INDEX {view.name}_{number} ON {view.name} ({', '.join(by)});\n"
            database.executescript(
                f"BEGIN IMMEDIATE; {schema} PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {LAYOUT}; COMMIT;"
            )
    except BaseException:
        database.close()
        raise
    return database


def _empty(path: Path) -> None:
    """Leave nothing of a file but its mode."""
    for name in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if name.exists():
            os.remove(name)
    os.truncate(path, 0)
