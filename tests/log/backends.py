"""The recorders that the tests of the event log run on."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from services.log.factory import url_of
from services.log.port import EventLog
from services.log.sqlite import SQLiteEventLog
from services.log.wall_clock import monotonic_clock, wall_clock

Clock = Callable[[], int]


class Stored(NamedTuple):
    """What the store itself says about an event, read without our code."""

    position: int
    type: str
    tags: frozenset[str]


class Backend(ABC):
    """A store for one log."""

    @abstractmethod
    def open(self, clock: Clock = wall_clock, monotonic: Clock = monotonic_clock) -> EventLog:
        """Open a log on this store."""

    @abstractmethod
    def alter(self, log: EventLog, position: int) -> None:
        """Change the payload of an event where it is stored, and nothing else."""

    @abstractmethod
    def run(self, log: EventLog, statements: str) -> None:
        """Run what somebody with the store alone could, past our code."""

    @abstractmethod
    def remove(self, log: EventLog, position: int) -> None:
        """Remove an event from where it is stored."""


class SharedBackend(Backend):
    """A store that several processes may open at once."""

    env: dict[str, str]
    """What `open_log` needs in another process."""

    @abstractmethod
    def another(self, name: str) -> SharedBackend:
        """Return a second store, for a log of its own."""

    @abstractmethod
    def stored(self) -> list[Stored]:
        """Read every event straight from the store, in order."""


ALTER = "UPDATE event SET data = CAST(data || x'00' AS BLOB) WHERE position = ?"
REMOVE = "DELETE FROM event WHERE position = ?"


class SQLiteFile(SharedBackend):
    def __init__(self, directory: Path, name: str = "log") -> None:
        self.path = directory / f"{name}.db"
        self.env = {"HUSRET_LOG": url_of(self.path)}

    def another(self, name: str) -> SQLiteFile:
        return SQLiteFile(self.path.parent, name)

    def open(self, clock: Clock = wall_clock, monotonic: Clock = monotonic_clock) -> EventLog:
        return SQLiteEventLog(self.path, clock=clock, monotonic=monotonic)

    def alter(self, log: EventLog, position: int) -> None:
        self._run(ALTER, position)

    def remove(self, log: EventLog, position: int) -> None:
        self._run("DELETE FROM tag WHERE position = ?", position)
        self._run(REMOVE, position)

    def run(self, log: EventLog, statements: str) -> None:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.executescript(statements)

    def _run(self, statement: str, position: int) -> None:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute(statement, (position,))

    def stored(self) -> list[Stored]:
        sql = (
            "SELECT position, name, tags FROM event JOIN event_type ON id = type_id "
            "ORDER BY position"
        )
        with closing(sqlite3.connect(self.path)) as connection:
            return [
                Stored(position, name, frozenset(tags.split("\n")) if tags else frozenset())
                for position, name, tags in connection.execute(sql)
            ]


class SQLiteMemory(Backend):
    def open(self, clock: Clock = wall_clock, monotonic: Clock = monotonic_clock) -> EventLog:
        return SQLiteEventLog(":memory:", clock=clock, monotonic=monotonic)

    def alter(self, log: EventLog, position: int) -> None:
        self._run(log, ALTER, position)

    def remove(self, log: EventLog, position: int) -> None:
        self._run(log, "DELETE FROM tag WHERE position = ?", position)
        self._run(log, REMOVE, position)

    def run(self, log: EventLog, statements: str) -> None:
        assert isinstance(log, SQLiteEventLog)
        assert log._writer is not None
        log._writer.executescript(statements)

    def _run(self, log: EventLog, statement: str, position: int) -> None:
        # What is in memory can be reached through the log's own connection only.
        assert isinstance(log, SQLiteEventLog)
        assert log._writer is not None
        log._writer.execute(statement, (position,))


SHARED_BACKENDS: dict[str, Callable[[Path], SharedBackend]] = {"sqlite-file": SQLiteFile}
BACKENDS: dict[str, Callable[[Path], Backend]] = {
    **SHARED_BACKENDS,
    "sqlite-memory": lambda directory: SQLiteMemory(),
}
