"""A log in SQLite as it is stored: one snapshot, read whatever was done to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from services.log.event import RecordedEvent
from services.log.finding import Finding
from services.log.port import Head, Stored
from services.log.sqlite_query import tag_number
from services.log.sqlite_rows import COLUMNS, events_of, tags_of

PAGE = 1_000
"""How many events are held in memory at a time."""

_AT_ONCE = 2_000
"""How many rows of the index one statement looks for."""


class SQLiteStored(Stored):
    """What is read with a connection in a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def events(self) -> Iterator[RecordedEvent]:
        """Return every event, also one whose texts no UTF-8 are."""
        names = self._names()
        rows = self._connection.execute(f"SELECT {COLUMNS} FROM event e ORDER BY e.position")
        while page := rows.fetchmany(PAGE):
            yield from events_of(page, names)

    def head(self) -> Head | None:
        """Return the head row."""
        row = self._connection.execute("SELECT size, root, mac FROM head").fetchone()
        return None if row is None else Head(*row)

    def levels(self) -> list[int]:
        """Return the levels that have a node."""
        rows = self._connection.execute("SELECT DISTINCT level FROM node ORDER BY 1")
        return [level for (level,) in rows]

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        """Return the nodes of a level, by number."""
        sql = "SELECT number, hash FROM node WHERE level = ? ORDER BY number"
        yield from self._connection.execute(sql, (level,))

    def index_findings(self) -> Iterator[Finding]:
        """Yield what the types and the index of tags hold beside the events, and what they lack."""
        for (said,) in self._connection.execute("PRAGMA integrity_check(100)").fetchall():
            if said != "ok":
                yield Finding("file-damaged", str(said))
        names = self._names()
        used: dict[int, int] = dict(
            self._connection.execute("SELECT type_id, min(position) FROM event GROUP BY type_id")
        )
        for type_id in sorted(names.keys() - used.keys()):
            yield Finding("type-unused", f"table event_type, row {type_id}")
        for type_id in sorted(used.keys() - names.keys()):
            yield Finding.at("type-unknown", used[type_id])
        expected = 0
        rows = self._connection.execute("SELECT position, type_id, tags FROM event ORDER BY 1")
        while page := rows.fetchmany(PAGE):
            wanted = [
                (number, type_id, position)
                for position, type_id, tags in page
                for number in {tag_number(tag) for tag in tags_of(tags)}
            ]
            expected += len(wanted)
            for position in self._missing(wanted):
                yield Finding.at("tag-missing", position)
        [held] = self._connection.execute("SELECT count(*) FROM tag").fetchone()
        # All that must be there is sought one by one, so that a count tells whether there is more.
        if held != expected or self._lacked:
            yield from self._strays()

    _lacked = False

    def _missing(self, wanted: list[tuple[int, int, int]]) -> Iterator[int]:
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            rows = self._connection.execute(
                f"SELECT DISTINCT q.column3 FROM (VALUES {', '.join(['(?, ?, ?)'] * len(some))}) q "
                "LEFT JOIN tag t ON t.tag = q.column1 AND t.type_id = q.column2 "
                "AND t.position = q.column3 WHERE t.tag IS NULL ORDER BY 1",
                [value for row in some for value in row],
            ).fetchall()
            for (position,) in rows:
                self._lacked = True
                yield position

    def _strays(self) -> Iterator[Finding]:
        rows = self._connection.execute(
            "SELECT t.tag, t.type_id, t.position, e.type_id, e.tags FROM tag t "
            "LEFT JOIN event e ON e.position = t.position ORDER BY t.position"
        )
        for number, type_id, position, of_event, tags in rows:
            carried = () if tags is None else map(tag_number, tags_of(tags))
            if type_id != of_event or number not in carried:
                yield Finding("tag-stray", f"index of tags, at position {position}", position)

    def _names(self) -> dict[int, str]:
        return dict(self._connection.execute("SELECT id, name FROM event_type").fetchall())
