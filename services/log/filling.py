"""A log in an SQLite file while it is being made: in one transaction, with times that are given."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from eventsourcing.persistence import IntegrityError

from husret_verify.merkle import Frontier
from services.log.port import Batch, Head
from services.log.sqlite import SQLiteEventLog
from services.log.sqlite_append import Grown, Transaction, set_head

_CACHE_KIB = 1024 * 1024
"""How much of the file is held in memory: ids and tags are random, so that each event touches pages
of the indexes all over the file."""


class _Transaction(Transaction):
    """A transaction of a log that nobody repeats a request to: no id is looked up.

    The same id twice is refused by the table all the same.
    """

    def _look_up(self, ids: list[bytes]) -> dict[bytes, Any]:
        return {}

    def _frontier(self, grown: Grown, head: Head | None) -> Frontier:
        # Nobody else writes, and the head row is written at the end.
        return grown.frontier.copy()


class FillingLog(SQLiteEventLog):
    """A log that only its maker uses: what is appended is durable, and to be read, once it closes.

    `time` is what the next events are recorded at, in microseconds since 1970 UTC. When the process
    or the machine goes down before the end, the file is of no use.
    """

    def __init__(self, path: Path) -> None:
        self.time = 0
        super().__init__(path, clock=lambda: self.time, monotonic=lambda: self.time, durable=False)
        self._last = 0
        with self._write_lock() as connection:
            # In this mode a transaction that is broken off leaves half of itself behind.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("BEGIN EXCLUSIVE")

    def __enter__(self) -> Self:
        """Return the log."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the log."""
        self.close()

    def _commit(
        self, batches: Sequence[Batch], *, accepting: bool = False
    ) -> list[range | IntegrityError]:
        with self._write_lock() as connection:
            transaction = _Transaction(
                connection, dict(self._types.ids), self.time, batches, self._grown
            )
            results = [transaction.append(batch) for batch in batches]
            transaction.insert()
            self._types = self._types.of(transaction.types)
            self._last = transaction.last
            self._grown = self._grown._replace(frontier=transaction.frontier)
            return results

    def head(self) -> int:
        """Return the last position."""
        return self._last

    def close(self) -> None:
        """Make the file durable, and a log as any other."""
        if not self._closed:
            with self._write_lock() as connection:
                if self._last:
                    set_head(connection, self._grown.frontier, self._grown.vouch)
                connection.execute("COMMIT")
                connection.execute("PRAGMA journal_mode = WAL")
            file = os.open(self._path, os.O_RDONLY)
            try:
                os.fsync(file)
            finally:
                os.close(file)
        super().close()
