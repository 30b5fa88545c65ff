"""The access table: who has read which class of whose data, when, why, and on what basis.

It is apart from the log because it is pruned. A read of persons' data is recorded in memory at
once and written to the table in groups. What is handed out, or appended to the log, waits for the
group of the reads it rests on (`flush`): an access lives as long as the answer it belongs to,
through a kill or a power cut too.

Each access hangs on the one before (`access_chain`), also when what it says of an erased person has
been taken out of it, and after the first ones were pruned. How far the table reaches is noted in
the log now and then (`services.instance.counting`), so that one which was emptied, cut or written
anew is told by `husret log verify`.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from domain.data_classes import DataClass
from services.log.wall_clock import midnight
from services.persons import access_chain
from services.persons.database import connect, transaction
from services.persons.tokens import token_bytes

_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS access (
        access INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,
        purpose TEXT NOT NULL, legal_basis TEXT NOT NULL, request_id TEXT NOT NULL,
        salt BLOB, covered BLOB NOT NULL, chain BLOB NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS access_at ON access (at)",
    """CREATE TABLE IF NOT EXISTS access_class (
        access INTEGER NOT NULL, ordinal INTEGER NOT NULL, data_class TEXT NOT NULL, token BLOB,
        PRIMARY KEY (access, ordinal)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS access_class_token ON access_class (token) WHERE token NOTNULL",
    # The last access that was pruned, and the chain's value there; no row: none was.
    "CREATE TABLE IF NOT EXISTS pruned (access INTEGER NOT NULL, chain BLOB NOT NULL) STRICT",
)
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """One reading of persons' data: one actor, one request, the classes and tokens it opened."""

    at: int
    """Microseconds since 1970 in UTC."""
    actor: str
    """Opaque name of the system or person who asked."""
    purpose: str
    legal_basis: str
    request_id: str
    """Opaque id of the case that the reading belongs to. Never a request's own id: the id of a
    receipt could be computed from that."""
    read: tuple[tuple[DataClass, str], ...]
    """Each class that was opened, with the token of the subject's class."""


class Counted(NamedTuple):
    """How far the table reaches."""

    accesses: int
    """Accesses since the first; the number of the last one."""
    chain: bytes
    """The chain's value at the last one."""
    pruned: int
    """How many of them, the first ones, were pruned."""


class Link(NamedTuple):
    """An access as it is stored."""

    number: int
    at: int
    actor: str
    purpose: str
    legal_basis: str
    request_id: str
    salt: bytes | None
    """None: what it says of an erased person was taken out, and `covered` can't be checked."""
    covered: bytes
    chain: bytes
    read: tuple[tuple[int, str, bytes | None], ...]
    """Ordinal, class and token of each that was read; no token: it was erased."""


class AccessNotRecorded(Exception):
    """The access table can't be written or is closed: persons' data must not be read now."""


class AccessOfAnother(Exception):
    """The access table is that of another instance; the message says what to do."""


_TOKENS_AT_A_TIME = 500


class AccessTable:
    """The access table in one SQLite file, written by a thread of its own."""

    def __init__(self, path: Path | str, *, interval: float = 0.05) -> None:
        """Open or create the table at `path`; groups are committed every `interval` seconds."""
        self._database = connect(path, exclusive=False)
        for statement in _SCHEMA:
            self._database.execute(statement)
        self._waiting: deque[Access] = deque()
        self._accepting = threading.Lock()
        self._writing = threading.Lock()
        # A reading that was going on as its subject was erased is noted after the erasure.
        self._erased: set[str] = set()
        self._closed = False
        self._failed = False
        self._stop = threading.Event()
        self._writer = threading.Thread(
            target=self._write_groups, args=(interval,), name="access table", daemon=True
        )
        self._writer.start()

    def belong_to(self, log_id: bytes) -> None:
        """Note whose accesses these are; raises AccessOfAnother for those of another log."""
        own = int.from_bytes(log_id[:4], "big") & 0x7FFFFFFF
        with self._writing:
            [[noted]] = self._database.execute("PRAGMA application_id")
            if noted not in (0, own):
                raise AccessOfAnother(
                    "access.db is that of another instance: restore this one's from a backup"
                )
            if not noted:
                self._database.execute(f"PRAGMA application_id = {own}")

    def record(self, access: Access) -> None:
        """Take note of an access before its data is handed out; never waits for a commit.

        Raises AccessNotRecorded when the table is closed or the last group could not be written.
        """
        with self._accepting:
            if self._closed:
                raise AccessNotRecorded("the access table is closed")
            if self._failed:
                raise AccessNotRecorded(
                    "the access table can't be written; free its disk, then ask again"
                )
            self._waiting.append(access)

    def flush(self) -> None:
        """Return once every access recorded so far is durable.

        Raises sqlite3.Error when it can't be written; the accesses are kept and tried again.
        """
        with self._writing:
            group = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if not group:
                return
            try:
                self._commit(group)
            except sqlite3.Error:
                self._waiting.extendleft(reversed(group))
                self._failed = True
                raise
            self._failed = False

    def close(self) -> None:
        """Take no more, write everything that was recorded, and close the file.

        Raises sqlite3.Error when the last group can't be written; close may be called again.
        """
        with self._accepting:
            self._closed = True
        self._stop.set()
        self._writer.join()
        self.flush()
        self._database.close()

    def reads(self, tokens: Iterable[str]) -> list[Access]:
        """Return every access to the tokens' data, oldest first, for the subject's own request.

        Each names only those of its classes that were asked for here, not other subjects'.
        """
        self.flush()
        asked = list(dict.fromkeys(tokens))
        found: dict[int, Access] = {}
        with self._writing:
            for token in asked:
                rows = self._database.execute(
                    "SELECT access, at, actor, purpose, legal_basis, request_id, data_class"
                    " FROM access_class JOIN access USING (access) WHERE token = ?",
                    (token_bytes(token),),
                )
                for access, at, actor, purpose, legal_basis, request_id, data_class in rows:
                    earlier = found[access].read if access in found else ()
                    read = (*earlier, (DataClass(data_class), token))
                    found[access] = Access(at, actor, purpose, legal_basis, request_id, read)
        return [found[access] for access in sorted(found)]

    def forget(self, tokens: Iterable[str]) -> None:
        """Take erased tokens out of the table; who read which class, when and why stays.

        Otherwise one request's tokens would go on linking an erased subject's classes. The case
        goes too: it would lead from one reading to others, and to what was done in it. So does the
        salt, by which it could be tried whether a token was among those read.
        """
        gone = set(tokens)
        erased = [(token_bytes(token),) for token in gone]
        self.flush()
        with self._writing:
            self._erased |= gone
            with transaction(self._database):
                self._database.executemany(
                    "UPDATE access SET request_id = '', salt = NULL WHERE access IN"
                    " (SELECT access FROM access_class WHERE token = ?)",
                    erased,
                )
                self._database.executemany(
                    "UPDATE access_class SET token = NULL WHERE token = ?", erased
                )
            self._database.fold()

    def forget_again(self, tokens: Iterable[str]) -> int:
        """Forget erased tokens that a copy from before their erasure brought back; return how many.

        A table that is restored alone holds what the log says was erased.
        """
        asked, back = list(tokens), set()
        with self._writing:
            for start in range(0, len(asked), _TOKENS_AT_A_TIME):
                some = asked[start : start + _TOKENS_AT_A_TIME]
                held = self._database.execute(
                    "SELECT DISTINCT token FROM access_class WHERE token IN"
                    f" ({', '.join('?' * len(some))})",
                    [token_bytes(token) for token in some],
                )
                found = {bytes(token) for (token,) in held}
                back |= {token for token in some if token_bytes(token) in found}
        if back:
            self.forget(back)
        return len(back)

    def counted(self) -> Counted:
        """Return how far the table reaches, once all that was recorded is durable.

        Raises sqlite3.Error when it can't be written.
        """
        self.flush()
        with self._writing:
            return self._counted()

    def _counted(self) -> Counted:
        pruned, before = self._pruned()
        last = self._database.execute(
            "SELECT access, chain FROM access ORDER BY access DESC LIMIT 1"
        ).fetchone()
        count, chain = (pruned, before) if last is None else last
        return Counted(count, chain, pruned)

    def _pruned(self) -> tuple[int, bytes]:
        row: tuple[int, bytes] | None = self._database.execute(
            "SELECT access, chain FROM pruned ORDER BY access DESC"
        ).fetchone()
        return (0, access_chain.START) if row is None else row

    def pruned(self) -> tuple[int, bytes]:
        """Return the number of the last access that was pruned, and the chain's value there."""
        with self._writing:
            return self._pruned()

    def links(self, after: int, upto: int, limit: int = 1_000) -> list[Link]:
        """Return accesses as they are stored, by number, to verify the chain."""
        with self._writing:
            rows = self._database.execute(
                "SELECT access, at, actor, purpose, legal_basis, request_id, salt, covered, chain"
                " FROM access WHERE access > ? AND access <= ? ORDER BY access LIMIT ?",
                (after, upto, limit),
            ).fetchall()
            read: dict[int, list[tuple[int, str, bytes | None]]] = {row[0]: [] for row in rows}
            if rows:
                for access, *each in self._database.execute(
                    "SELECT access, ordinal, data_class, token FROM access_class"
                    " WHERE access >= ? AND access <= ? ORDER BY access, ordinal",
                    (rows[0][0], rows[-1][0]),
                ):
                    read.setdefault(access, []).append((each[0], each[1], each[2]))
        return [Link._make((*row, tuple(read[row[0]]))) for row in rows]

    def strays(self) -> list[int]:
        """Return the numbers of rows that lie before the chain, or belong to no access."""
        with self._writing:
            rows = self._database.execute(
                "SELECT access FROM access WHERE access <= ? UNION SELECT access FROM access_class"
                " WHERE access NOT IN (SELECT access FROM access) ORDER BY access",
                (self._pruned()[0],),
            ).fetchall()
        return [access for (access,) in rows]

    def prunable(self, before_month: date) -> int:
        """Return the last access before the first one of the month that begins on `before_month`.

        Months are civil months in Europe/Copenhagen. Raises ValueError when the day is not the
        first of a month: only whole months are pruned.
        """
        if before_month.day != 1:
            raise ValueError("before_month: the first day of a month is needed")
        with self._writing:
            [[first]] = self._database.execute(
                "SELECT min(access) FROM access WHERE at >= ?", (midnight(before_month),)
            )
            return self._counted().accesses if first is None else int(first) - 1

    def prune(self, through: int) -> None:
        """Remove the first accesses, through the one of a number; the chain goes on after them."""
        self.flush()
        with self._writing:
            with transaction(self._database):
                last = self._database.execute(
                    "SELECT access, chain FROM access WHERE access <= ?"
                    " ORDER BY access DESC LIMIT 1",
                    (through,),
                ).fetchone()
                if last is None:
                    return
                self._database.execute("DELETE FROM pruned")
                self._database.execute("INSERT INTO pruned VALUES (?, ?)", last)
                self._database.execute("DELETE FROM access_class WHERE access <= ?", (through,))
                self._database.execute("DELETE FROM access WHERE access <= ?", (through,))
            self._database.fold()

    def _write_groups(self, interval: float) -> None:
        while not self._stop.wait(interval):
            try:
                self.flush()
            except sqlite3.Error as error:
                # `record` refuses from now on; the group is tried again at the next interval.
                _LOGGER.error("access table: a group was not written: %s", error)

    def _commit(self, group: list[Access]) -> None:
        with transaction(self._database):
            # Few statements: each may wait for Python's lock while questions are answered.
            count, chain, _ = self._counted()
            # Rows whose access is gone are found by verifying, and stand in nobody's way.
            [[left]] = self._database.execute("SELECT max(access) FROM access_class")
            count = max(count, left or 0)
            accesses, classes = [], []
            salts = os.urandom(access_chain.SALT_BYTES * len(group))
            for place, access in enumerate(group):
                number = count + 1 + place
                start = place * access_chain.SALT_BYTES
                salt: bytes | None = salts[start : start + access_chain.SALT_BYTES]
                tokens = [token_bytes(token) for _, token in access.read]
                covered = access_chain.covered(salt or b"", tokens, access.request_id)
                a = self._without_erased(access)
                if a is not access:
                    salt = None
                chain = access_chain.link(
                    chain, number, a.at, a.actor, a.purpose, a.legal_basis,
                    [data_class for data_class, _ in a.read], covered,
                )  # fmt: skip
                accesses.append(
                    (
                        number,
                        a.at,
                        a.actor,
                        a.purpose,
                        a.legal_basis,
                        a.request_id,
                        salt,
                        covered,
                        chain,
                    )
                )
                classes += [
                    (number, ordinal, data_class, token_bytes(token) if token else None)
                    for ordinal, (data_class, token) in enumerate(a.read)
                ]
            self._database.executemany(
                "INSERT INTO access VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", accesses
            )
            self._database.executemany("INSERT INTO access_class VALUES (?, ?, ?, ?)", classes)

    def _without_erased(self, access: Access) -> Access:
        """Return an access as `forget` would leave it."""
        if self._erased.isdisjoint(token for _, token in access.read):
            return access
        read = tuple((c, "" if token in self._erased else token) for c, token in access.read)
        return replace(access, request_id="", read=read)
