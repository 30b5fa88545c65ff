"""Sealed bytes by a position of the log, in a file that may be deleted at any time.

What seals them is the caller's; the file is kept as the other files of personal data are.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from services.persons.database import MEMORY, connect, transaction

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS sealed (position INTEGER PRIMARY KEY, part BLOB NOT NULL) STRICT"
)


class SealedParts:
    """The parts, each under the position of the event that it is of; for many threads."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or keep them in memory; raises DatabaseError when it can't be opened."""
        self._lock = threading.Lock()
        self._database = connect(MEMORY if path is None else path, exclusive=False)
        self._database.execute(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def get(self, position: int) -> bytes | None:
        """Return what is kept of a position."""
        with self._lock:
            found = self._database.execute(
                "SELECT part FROM sealed WHERE position = ?", (position,)
            ).fetchone()
        return None if found is None else bytes(found[0])

    def positions(self, after: int, limit: int) -> list[int]:
        """Return the next positions that a part is kept of."""
        with self._lock:
            found = self._database.execute(
                "SELECT position FROM sealed WHERE position > ? ORDER BY position LIMIT ?",
                (after, limit),
            )
            return [position for (position,) in found]

    def put(self, parts: Mapping[int, bytes]) -> None:
        """Keep parts by their positions, durably and in one commit."""
        with self._lock, transaction(self._database):
            self._database.executemany("INSERT OR REPLACE INTO sealed VALUES (?, ?)", parts.items())
