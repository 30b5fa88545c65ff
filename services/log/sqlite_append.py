"""Appending in one transaction: repeats and conditions first, then the rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from eventsourcing.dcb.api import DCBAppendCondition
from eventsourcing.persistence import (
    IntegrityError,
)

from husret_verify.event import leaf_hash
from husret_verify.merkle import Frontier
from services.log import tree
from services.log.event import Event
from services.log.port import (
    AppendConflict,
    Batch,
    EventIdReused,
    Head,
    LogAltered,
    StorageError,
    Vouch,
)
from services.log.sqlite_query import END, Matching, select, tag_number
from services.log.sqlite_rows import COLUMNS, Row, events_of

MOST_IDS = 1_000
"""How many event ids one statement looks up."""
LAST_EVENT = (
    "SELECT e.position, e.recorded_at, (SELECT max(id) FROM event_type), h.size, h.root, h.mac "
    "FROM (SELECT max(position) AS last FROM event) LEFT JOIN event e ON e.position = last "
    "LEFT JOIN head h"
)
INSERT_EVENT = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_TAG = "INSERT INTO tag VALUES (?, ?, ?)"
LEAVES = "SELECT leaf_hash FROM event WHERE position BETWEEN ? AND ? ORDER BY position"
HASHES = "SELECT hash FROM node WHERE level = ? AND number BETWEEN ? AND ? ORDER BY number"
INSERT_NODE = "INSERT INTO node VALUES (?, ?, ?)"
SET_HEAD = "INSERT OR REPLACE INTO head VALUES (1, ?, ?, ?)"


class LastEvent(NamedTuple):
    """Where the log ends; zeros for an empty one."""

    position: int
    recorded_at: int
    types: int
    """How many types have a name."""
    head: Head | None

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> LastEvent:
        """Read it."""
        position, recorded_at, types, *head = connection.execute(LAST_EVENT).fetchone()
        found = None if head[0] is None else Head(*head)
        return cls(position or 0, recorded_at or 0, types or 0, found)


def hashes_in(connection: sqlite3.Connection) -> tree.HashesOf:
    """Return what reads the stored hashes of the tree with a connection."""

    def hashes_of(level: int, first: int, count: int) -> list[bytes]:
        rows = connection.execute(HASHES if level else LEAVES, _bounds(level, first, count))
        return [hashed for [hashed] in rows]

    return hashes_of


def _bounds(level: int, first: int, count: int) -> tuple[int, ...]:
    """Return the parameters of HASHES, or of LEAVES, whose positions count from 1."""
    if level:
        return level, first, first + count - 1
    return first + 1, first + count


class Grown(NamedTuple):
    """What a recorder knows of the tree between two appends."""

    frontier: Frontier
    head: Head | None
    """The head row as it wrote or checked it."""
    vouch: Vouch | None

    def at(self, connection: sqlite3.Connection, last: int, head: Head | None) -> Frontier:
        """Return the frontier to grow, in a log that ends with the event `last`.

        It is read anew where another has appended, and then checked: a head row never comes to
        vouch for an end that somebody forged, or cut off.

        Raises LogAltered; StorageError for a log that only its instance can write.
        """
        if head == self.head and self.frontier.size == last:
            return self.frontier.copy()
        if head is None or head.size != last:
            raise LogAltered("its head row is not of its last event")
        if self.vouch is None and head.mac:
            raise StorageError("the event log can be written through its instance only")
        if self.vouch is not None and head.mac != self.vouch.head(head.size, head.root):
            raise LogAltered("its head row was not written by this instance")
        try:
            frontier = tree.frontier(hashes_in(connection), last)
        except tree.TreeDamaged as error:
            raise LogAltered(str(error)) from error
        if frontier.root() != head.root:
            raise LogAltered("its tree is not the one of its head row")
        return frontier


def set_head(connection: sqlite3.Connection, frontier: Frontier, vouch: Vouch | None) -> Head:
    """Write down where the tree stands, vouched for if it can be."""
    size, root = frontier.size, frontier.root()
    head = Head(size, root, vouch.head(size, root) if vouch else b"")
    connection.execute(SET_HEAD, head)
    return head


class _Place(NamedTuple):
    """Where an event is recorded, as part of which batch, and what recognises it."""

    position: int
    batch_index: int
    batch_size: int
    fingerprint: bytes


class Transaction:
    """One writing transaction: appends batches one after the other.

    Each statement is a wait for Python's lock when other threads are at work, so there are few:
    ids are looked up all at once, and rows are inserted when a condition asks for them, or at
    the end.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        types: dict[str, int],
        now: int,
        batches: Sequence[Batch],
        grown: Grown,
    ) -> None:
        """Begin; `grown` is the tree as it was last known, and is left as it is."""
        self._connection = connection
        self.types = types
        self._last, last_recorded_at, types_recorded, head = LastEvent.read(connection)
        self.frontier = self._frontier(grown, head)
        self._vouch = grown.vouch
        self._recorded_at = max(now, last_recorded_at)
        if types_recorded != len(types):
            self.types = dict(connection.execute("SELECT name, id FROM event_type").fetchall())
        self._places = self._look_up([e.event_id for batch in batches for e in batch.events])
        self._events: list[Row] = []
        self._tags: list[Row] = []
        self._nodes: list[Row] = []

    def _frontier(self, grown: Grown, head: Head | None) -> Frontier:
        return grown.at(self._connection, self._last, head)

    def _look_up(self, ids: list[bytes]) -> dict[bytes, _Place]:
        """Return where those of the ids that are recorded stand."""
        found: dict[bytes, _Place] = {}
        for start in range(0, len(ids), MOST_IDS):
            some = ids[start : start + MOST_IDS]
            rows = self._connection.execute(
                "SELECT event_id, position, batch_index, batch_size, fingerprint FROM event "
                f"WHERE event_id IN ({', '.join('?' * len(some))})",
                some,
            )
            found.update((event_id, _Place(*place)) for event_id, *place in rows)
        return found

    def append(self, batch: Batch) -> range | IntegrityError:
        """Append `batch`, or return why it can't be; everything is checked before any insert."""
        try:
            repeated = self._repeated(batch.events)
            if repeated is not None:
                return repeated
            for condition in batch.conditions:
                self._check(condition)
        except IntegrityError as error:
            return error
        first = self._last + 1
        for index, event in enumerate(batch.events):
            self._add(event, index, len(batch.events))
        return range(first, self._last + 1)

    @property
    def last(self) -> int:
        """The last position, with what has been appended."""
        return self._last

    def insert(self) -> None:
        """Insert the rows of what has been appended."""
        if self._events:
            self._connection.executemany(INSERT_EVENT, self._events)
            self._connection.executemany(INSERT_TAG, self._tags)
            self._connection.executemany(INSERT_NODE, self._nodes)
            self._events, self._tags, self._nodes = [], [], []

    def _repeated(self, events: list[Event]) -> range | None:
        """Return the first positions of a batch that is recorded, None if none of its ids is.

        Raises EventIdReused for anything between.
        """
        used: set[bytes] = set()
        first: int | None = None
        known = 0
        for index, event in enumerate(events):
            if event.event_id in used:
                raise EventIdReused(index, None)
            used.add(event.event_id)
            place = self._places.get(event.event_id)
            if place is None:
                continue
            first = place.position - index if first is None else first
            expected = _Place(first + index, index, len(events), self._fingerprint(event))
            if known != index or place != expected:
                raise EventIdReused(index, place.position)
            known += 1
        if first is None:
            return None
        if known < len(events):
            raise EventIdReused(known - 1, first + known - 1)
        return range(first, first + known)

    def _fingerprint(self, event: Event) -> bytes:
        if event.plain and self._vouch is not None:
            return self._vouch.fingerprint(event.fingerprint)
        return event.fingerprint

    def _check(self, condition: DCBAppendCondition) -> None:
        self.insert()
        query, after = condition.fail_if_events_match, condition.after or 0
        matching = Matching(query)
        while True:
            positions = select(query, self.types, after, END, 1)
            found = self._connection.execute(positions.sql, positions.parameters).fetchone()
            if found is None:
                return
            [after] = found
            rows = self._connection.execute(
                f"SELECT {COLUMNS} FROM event e WHERE e.position = ?", found
            ).fetchall()
            # A row of the index alone moves nothing: two tags may have the same number there. Of an
            # event that was altered nobody knows any more what it stood there for.
            for event in events_of(rows, {id: name for name, id in self.types.items()}):
                if matching(event.type, event.tags) or not event.is_intact():
                    raise AppendConflict(event.position, event.type, event.event_id)

    def _add(self, event: Event, index: int, size: int) -> None:
        type_id = self.types.get(event.type)
        if type_id is None:
            type_id = self.types[event.type] = len(self.types) + 1
            self._connection.execute("INSERT INTO event_type VALUES (?, ?)", (type_id, event.type))
        position = self._last = self._last + 1
        fingerprint = self._fingerprint(event)
        leaf = leaf_hash(
            position,
            event.event_id,
            self._recorded_at,
            event.type,
            event.schema_version,
            index,
            size,
            event.tags,
            event.data,
            event.metadata,
            fingerprint,
        )
        self._places[event.event_id] = _Place(position, index, size, fingerprint)
        self._events.append(
            (
                position,
                event.event_id,
                self._recorded_at,
                type_id,
                event.schema_version,
                index,
                size,
                "\n".join(event.tags),
                event.data,
                event.metadata,
                fingerprint,
                leaf,
            )
        )
        numbers = dict.fromkeys(map(tag_number, event.tags))
        self._tags += [(number, type_id, position) for number in numbers]
        self._nodes += [
            (node.level, node.number, hashed)
            for node, hashed in self.frontier.append(leaf)
            if tree.is_stored(node.level)
        ]
