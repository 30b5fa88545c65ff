"""SQLite files that hold personal data: private, durable, and without a trace of what is erased.

What was committed stands in the write-ahead log until it is folded into the file. Folding is done
here alone, never by SQLite itself, because each page that it brings into the file is swept of what
moving rows has left in it (`pages`). So the file never holds a byte of a deleted row, and an
erasure costs what it touches, not what the file holds.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from services import files
from services.persons import pages

MEMORY = ":memory:"
DatabaseError = sqlite3.Error
"""What the key store and the access table raise when their file can't be read or written."""

DatabaseUnwritable = sqlite3.OperationalError
"""Of these: when it can't be now, and may be later."""

# Tokens are random, so registering many touches pages all over the file.
_PAGE_CACHE_KIB = 64 * 1024
_LARGEST_LOG = 4 * 1024 * 1024
"""Bytes of write-ahead log from which on a commit folds it."""


class Database(sqlite3.Connection):
    """A connection to one such file, or to a database in memory."""

    path = MEMORY
    # Kept open: closing any descriptor of a file gives up every lock of this process on it.
    _file: int | None = None
    _swept = False

    def opened(self, path: str, *, exclusive: bool) -> None:
        """Take over what another program, or a kill, has left in the file.

        Raises BlockingIOError when another has the file for itself.
        """
        self.path = path
        self._file = os.open(path, os.O_RDWR)
        if exclusive:
            # SQLite's own exclusive lock would keep a backup from reading.
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            self.fold()
        except sqlite3.OperationalError as error:
            # Whoever reads the file now may do so; it is folded at the next occasion.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise

    def fold(self, *, erased: bool = True) -> None:
        """Bring what was committed into the file; no file holds anything of deleted rows then.

        The first folding sweeps every page of the file, later ones those that were written since.
        `erased` is False when nothing was deleted since the last that was told so.
        Raises sqlite3.OperationalError when the disk is full or another connection is reading:
        the folding must then be tried again.
        """
        if self._file is None:
            return
        log = f"{self.path}-wal"
        self._checkpoint("FULL")
        try:
            pages.sweep(self._file, pages.pages_in_log(log) if self._swept else None)
        except OSError as error:
            raise sqlite3.OperationalError(f"the file can't be swept: {error.strerror}") from error
        except pages.NotSwept:
            self.execute("VACUUM")
        if erased:
            # What is kept of pages in memory is as they were before: it would be written again.
            self.execute("PRAGMA shrink_memory")
        # Only now: until then the log names the pages that are still to be swept.
        self._checkpoint("TRUNCATE")
        self._swept = True

    def _checkpoint(self, mode: str) -> None:
        busy, _, _ = self.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        if busy:
            error = sqlite3.OperationalError("another connection keeps the write-ahead log in use")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

    def fold_if_large(self) -> None:
        """Fold when the write-ahead log has grown; what can't be done now is done later."""
        if self._file is not None:
            with suppress(OSError, sqlite3.OperationalError):
                if os.stat(f"{self.path}-wal").st_size > _LARGEST_LOG:
                    # Who erases folds once more.
                    self.fold(erased=False)

    def close(self) -> None:
        """Fold and close; a folding that fails now is made up for at the next opening."""
        if self._file is None:
            super().close()
            return
        with suppress(sqlite3.Error):
            self.fold()
        super().close()
        os.close(self._file)
        self._file = None


def connect(path: Path | str, *, exclusive: bool) -> Database:
    """Open (or create with mode 0600) a database whose commits are durable.

    With `exclusive`, it is not opened here twice: BlockingIOError until the first is closed. A
    backup may read it. Transactions are begun and ended by the caller; the caller's lock keeps
    threads apart.
    """
    if str(path) != MEMORY:
        files.create(path)
    database: Any = sqlite3.connect(
        path, timeout=2.0, isolation_level=None, check_same_thread=False, factory=Database
    )
    try:
        database.execute("PRAGMA auto_vacuum = NONE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA secure_delete = ON")
        database.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
        # What SQLite sorts or rebuilds on the way must not reach a disk.
        database.execute("PRAGMA temp_store = MEMORY")
        if str(path) != MEMORY:
            database.opened(str(path), exclusive=exclusive)
    except BaseException:
        database.close()
        raise
    return database  # type: ignore[no-any-return]  # made by the factory given


def read_beside(path: Path | str) -> Database:
    """Open a database that another process of ours has open, to read it alone.

    Raises DatabaseError when it is not there, or no other has it open.
    """
    uri = f"{Path(path).absolute().as_uri()}?mode=ro"
    database: Any = sqlite3.connect(
        uri, uri=True, timeout=10.0, isolation_level=None, check_same_thread=False, factory=Database
    )
    # What SQLite sorts on the way must not reach a disk.
    database.execute("PRAGMA temp_store = MEMORY")
    return database  # type: ignore[no-any-return]  # made by the factory given


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """Commit durably what the block writes, or nothing of it when it raises."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some errors, a full disk among them.
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    database.fold_if_large()
