"""The table of area status in an SQLite file of its own, which may be deleted at any time."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from projections.area_status import Changes, ChosenReading, Evidence, Row

APPLICATION_ID = 0x68757376  # "husv"
LAYOUT = 2
"""The layout of the file, kept in its user_version."""

TableError = sqlite3.Error
"""What a table raises when its file can't be read or written."""

# A row that has been replaced stays until the next start, so that a walk in pages sees the rows
# as they were when it began: `since` and `until` are positions of the log.
SCHEMA = """
CREATE TABLE area_status (
    area TEXT NOT NULL,
    category TEXT NOT NULL,
    first_day TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    last_day TEXT,
    name TEXT NOT NULL,
    municipality TEXT NOT NULL,
    status TEXT NOT NULL,
    edition TEXT NOT NULL,
    readings TEXT NOT NULL,
    evidence TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT NOT NULL,
    known_at INTEGER NOT NULL,
    PRIMARY KEY (area, category, first_day, since)
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
_COLUMNS = (
    "area, category, first_day, last_day, name, municipality, status, edition, readings, "
    "evidence, began, ended, known_at"
)
_INSERT = (
    f"INSERT INTO area_status ({_COLUMNS}, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READINGS = msgspec.json.Decoder(tuple[ChosenReading, ...])
_EVIDENCE = msgspec.json.Decoder(tuple[Evidence, ...])
_VALUES = msgspec.json.Decoder(tuple[tuple[str, str], ...])


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


class Filter(NamedTuple):
    """Which rows are wanted: of a municipality, of a category, those that hold on a day."""

    municipality: str = ""
    category: str = ""
    day: date | None = None


class Walk(NamedTuple):
    """Where a walk through the rows stands: as of which position, and after which row."""

    generation: int
    position: int
    after: tuple[str, str, str] = ("", "", "")


class WalkEnded(Exception):
    """The rows that the walk began with are gone; begin it anew."""


class AreaStatusTable:
    """The rows and their checkpoint; both change together, in one transaction.

    Threads may read while another writes: they wait for a commit, never for the making of rows.
    """

    def __init__(self, path: Path | str) -> None:
        """Open the file at `path`, or ":memory:"; one of another layout, or damaged, is made anew.

        Raises TableError when it can't be opened, ValueError when it is something else's.
        """
        self._lock = threading.RLock()
        try:
            self._database = _open(path)
        except sqlite3.DatabaseError as error:
            # Only a damaged file; one that can't be opened or is locked is an OperationalError.
            if isinstance(error, sqlite3.OperationalError) or str(path) == ":memory:":
                raise
            _empty(Path(path))
            self._database = _open(path)
        self.checkpoint: Checkpoint | None = None
        self._begin()

    def _begin(self) -> None:
        """Read the checkpoint; walks of an earlier process end here."""
        with self._transaction():
            self._database.execute("DELETE FROM area_status WHERE until IS NOT NULL")
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

    def replace(self, made: Checkpoint, rows: Iterable[Row]) -> None:
        """Put these rows in the place of all; readers see the old ones until it is done."""
        with self._lock:
            generation = 1 if self.checkpoint is None else self.checkpoint.generation + 1
            made = made._replace(generation=generation)
            with self._transaction():
                self._database.execute("DELETE FROM area_status")
                self._insert(map(_columns, rows), made.position)
                self._database.execute("DELETE FROM checkpoint")
                self._database.execute("INSERT INTO checkpoint VALUES (1, ?, ?, ?, ?, ?, ?)", made)
            self.checkpoint = made

    def advance(self, position: int, digest: bytes, changes: Changes) -> None:
        """Take over what changed, and the new checkpoint."""
        with self._lock:
            assert self.checkpoint is not None  # rows are replaced before they are advanced
            with self._transaction():
                self._database.executemany(
                    "UPDATE area_status SET until = ? WHERE until IS NULL"
                    " AND area = ? AND category = ? AND first_day = ?",
                    [
                        (position, row.area, row.category, row.first_day.isoformat())
                        for row in changes.gone
                    ],
                )
                self._insert(map(_columns, changes.made), position)
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
        self._database.executemany(_INSERT, [(*columns, since) for columns in rows])

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

    def rows(self) -> list[Row]:
        """Return every row as it stands, in the order of area, category and day."""
        with self._lock:
            return self._rows("until IS NULL", [])

    def begin_walk(self) -> Walk:
        """Begin a walk through the rows as they stand now; raises WalkEnded when there are none."""
        with self._lock:
            if self.checkpoint is None:
                raise WalkEnded
            return Walk(self.checkpoint.generation, self.checkpoint.position)

    def page(self, walk: Walk, wanted: Filter, limit: int) -> list[Row]:
        """Return the next rows of a walk, at most `limit`.

        Raises WalkEnded when the rows that it began with have been removed.
        """
        conditions = [
            "since <= ? AND (until IS NULL OR until > ?)",
            "(area, category, first_day) > (?, ?, ?)",
        ]
        parameters: list[Any] = [walk.position, walk.position, *walk.after]
        if wanted.municipality:
            conditions.append("municipality = ?")
            parameters.append(wanted.municipality)
        if wanted.category:
            conditions.append("category = ?")
            parameters.append(wanted.category)
        if wanted.day is not None:
            conditions.append("first_day <= ? AND (last_day IS NULL OR last_day >= ?)")
            parameters += [wanted.day.isoformat()] * 2
        with self._lock:
            if self.checkpoint is None or self.checkpoint.generation != walk.generation:
                raise WalkEnded
            return self._rows(" AND ".join(conditions), parameters, limit)

    def _rows(self, condition: str, parameters: list[Any], limit: int = -1) -> list[Row]:
        found = self._database.execute(
            f"SELECT {_COLUMNS} FROM area_status WHERE {condition}"
            " ORDER BY area, category, first_day LIMIT ?",
            [*parameters, limit],
        )
        return [_row(*columns) for columns in found.fetchall()]


def _columns(row: Row) -> tuple[Any, ...]:
    """Return what the table keeps of a row, in the order of `_COLUMNS`."""
    return (
        row.area,
        row.category,
        row.first_day.isoformat(),
        None if row.last_day is None else row.last_day.isoformat(),
        row.name,
        row.municipality,
        row.status,
        row.edition,
        msgspec.json.encode(row.readings).decode(),
        msgspec.json.encode(row.evidence).decode(),
        msgspec.json.encode(row.began).decode(),
        msgspec.json.encode(row.ended).decode(),
        row.known_at,
    )


def _row(
    area: str,
    category: str,
    first_day: str,
    last_day: str | None,
    name: str,
    municipality: str,
    status: str,
    edition: str,
    readings: str,
    evidence: str,
    began: str,
    ended: str,
    known_at: int,
) -> Row:
    return Row(
        area=area,
        name=name,
        municipality=municipality,
        category=category,
        first_day=date.fromisoformat(first_day),
        last_day=None if last_day is None else date.fromisoformat(last_day),
        status=status,
        edition=edition,
        readings=_READINGS.decode(readings),
        evidence=_EVIDENCE.decode(evidence),
        began=_VALUES.decode(began),
        ended=_VALUES.decode(ended),
        known_at=known_at,
    )


def _open(path: Path | str) -> sqlite3.Connection:
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
            database.executescript(
                f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; "
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
