"""SQLite files that hold personal data: private, durable, and wiped when rows are erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services import files

MEMORY = ":memory:"
# Tokens are random, so registering many touches pages all over the file.
_PAGE_CACHE_KIB = 64 * 1024


def connect(path: Path | str, *, exclusive: bool) -> sqlite3.Connection:
    """Open (or create with mode 0600) a database whose commits are durable.

    With `exclusive`, no other connection can open it until this one is closed. Transactions are
    begun and ended by the caller; the caller's lock keeps threads apart.
    """
    if str(path) != MEMORY:
        files.create(path)
    database = sqlite3.connect(path, timeout=2.0, isolation_level=None, check_same_thread=False)
    try:
        if exclusive:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA secure_delete = ON")
        database.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
        # VACUUM copies the database through a temporary one: that copy must not reach a disk.
        database.execute("PRAGMA temp_store = MEMORY")
        if exclusive:
            # The lock is taken by the first write, so one is made at once.
            database.execute("BEGIN IMMEDIATE")
            database.execute("COMMIT")
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
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


def scrub(database: sqlite3.Connection) -> None:
    """Leave no byte of deleted rows in the file, its free pages or its write-ahead log.

    `secure_delete` blanks a deleted row but not the stale copies that moving rows between pages
    leaves behind; only rebuilding the file removes those. Raises sqlite3.OperationalError when
    the disk is full or another connection is reading: the wiping must then be tried again.
    """
    database.execute("VACUUM")
    busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("another connection keeps the write-ahead log in use")
