"""Erasing from a large key store and a large access table, beside deleting and rewriting the file.

Both sides leave nothing of what was erased in any file. `VACUUM` is what SQLite itself offers for
that; it writes the whole file anew.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

from domain.data_classes import DataClass, SubjectKind
from services.persons.access import Access, AccessTable
from services.persons.keys import KeyStore
from services.persons.tokens import token_text
from tests.benchmarks.measuring import Line, Scale, directory, in_rounds
from tests.persons.support import MASTER_KEY

NAME = "erase"
_EACH = 8
"""Accesses of each of the tokens in the table, and tokens that are forgotten at once."""


def lines(scale: Scale) -> Iterator[Line]:
    """Measure an erasure in a key store, then in an access table of about 240 MB in full."""
    with directory() as path:
        yield _keys(scale, path)
    with directory() as path:
        yield _accesses(scale, path)


def _keys(scale: Scale, path: Path) -> Line:
    persons = scale.households * 60
    people = [UUID(bytes=os.urandom(16)) for _ in range(persons)]
    with closing(KeyStore(path / "keys.db", MASTER_KEY)) as store:
        for first in range(0, persons, 5_000):
            some = people[first : first + 5_000]
            store.register((person, SubjectKind.PERSON) for person in some)
            store.sealing_keys([(person, DataClass.BENEFITS) for person in some], 2025)
    rewritten = _Rewritten(path, "keys.db")
    random.Random(1).shuffle(people)
    with closing(KeyStore(path / "keys.db", MASTER_KEY)) as store:
        store.erase_tokens([])  # the first folding after opening sweeps the whole file

        def ours() -> float:
            tokens = list(store.tokens_of(people.pop()).values())
            return _milliseconds(lambda: store.erase_tokens(tokens))

        found = in_rounds(scale, ours, rewritten.milliseconds)
    return _line("keys", "one person's keys erased", path / "keys.db", found, persons=persons)


def _accesses(scale: Scale, path: Path) -> Line:
    tokens = [token_text(os.urandom(16)) for _ in range(scale.households * 256)]
    table = AccessTable(path / "access.db", interval=3_600)
    for number in range(len(tokens) * _EACH):
        read = ((DataClass.BENEFITS, tokens[number % len(tokens)]),)
        table.record(Access(number, "letting", "letting", "", "case", read))
        if number % 20_000 == 0:
            table.flush()
    table.close()
    rewritten = _Rewritten(path, "access.db")
    table = AccessTable(path / "access.db", interval=3_600)
    table.forget([])

    def ours() -> float:
        some = [tokens.pop() for _ in range(_EACH)]
        return _milliseconds(lambda: table.forget(some))

    found = in_rounds(scale, ours, rewritten.milliseconds)
    table.close()
    return _line("accesses", "eight tokens forgotten", path / "access.db", found)


class _Rewritten:
    """A copy of the file, from which rows are deleted, and which is then written anew."""

    def __init__(self, path: Path, name: str) -> None:
        copy = path / "copy"
        copy.mkdir()
        shutil.copy(path / name, copy / name)
        self._database = sqlite3.connect(copy / name, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._table = max(
            (name for (name,) in self._database.execute("SELECT name FROM sqlite_master")),
            key=self._rows,
        )

    def _rows(self, table: str) -> int:
        try:
            found: tuple[int] = self._database.execute(f"SELECT count(*) FROM {table}").fetchone()
        except sqlite3.Error:
            return 0  # an index
        return found[0]

    def milliseconds(self) -> float:
        """Delete some rows, and write the file anew."""

        def erase() -> None:
            rows = f"SELECT * FROM {self._table} LIMIT {_EACH}"
            names = [each[0] for each in self._database.execute(rows).description]
            values = self._database.execute(rows).fetchall()
            where = " AND ".join(f"{name} IS ?" for name in names)
            self._database.executemany(f"DELETE FROM {self._table} WHERE {where}", values)
            self._database.execute("VACUUM")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        return _milliseconds(erase)


def _milliseconds(once: Callable[[], object]) -> float:
    start = time.perf_counter()
    once()
    return (time.perf_counter() - start) * 1e3


def _line(
    name: str,
    what: str,
    file: Path,
    found: tuple[tuple[float, ...], tuple[float, ...]],
    **conditions: int,
) -> Line:
    return Line(
        name=f"{NAME}, {name}",
        what=f"{what}, nothing of it in any file",
        against="as many rows deleted from a copy of the file, and VACUUM",
        unit="ms",
        ours=found[0],
        baseline=found[1],
        goal=0.2,
        at_most=True,
        conditions={"megabytes": round(file.stat().st_size / 1e6), **conditions},
    )
