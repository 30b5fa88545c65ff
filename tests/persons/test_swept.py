"""The files of keys and accesses: nothing lingers in them, and wiping costs what is wiped."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from domain.data_classes import DataClass, SubjectKind
from services.persons import pages
from services.persons.access import Access, AccessTable
from services.persons.database import connect, transaction
from services.persons.keys import KeyStore
from services.persons.tokens import token_bytes, token_text
from tests.persons.support import MASTER_KEY, every_byte
from tests.support import scaled


@pytest.mark.parametrize("seed", range(scaled(2, 20)))
def test_sweeping_changes_no_row_and_no_tree(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "some.db"
    rows: dict[bytes, bytes] = {}
    with closing(connect(path, exclusive=True)) as database:
        database.execute("CREATE TABLE t (id BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
        database.execute("CREATE TABLE n (value BLOB)")
        database.execute("CREATE INDEX n_value ON n (value)")
        for _ in range(20):
            with transaction(database):
                for _ in range(200):
                    # Some are so large that they go on in pages of their own.
                    id, value = chance.randbytes(16), chance.randbytes(chance.choice((9, 90, 9000)))
                    rows[id] = value
                    database.execute("INSERT INTO t VALUES (?, ?)", (id, value))
                    database.execute("INSERT INTO n VALUES (?)", (value,))
                for id in chance.sample(sorted(rows), len(rows) // 3):
                    database.execute("DELETE FROM t WHERE id = ?", (id,))
                    database.execute("DELETE FROM n WHERE value = ?", (rows.pop(id),))
            database.fold()
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert dict(database.execute("SELECT id, value FROM t")) == rows
        assert sorted(value for (value,) in database.execute("SELECT value FROM n")) == sorted(
            rows.values()
        )


def test_a_page_that_is_no_tree_s_or_does_not_add_up_is_left_alone() -> None:
    for page in (
        bytes(4096),
        b"\x00\x00\x00\x07" + b"payload of a row that goes on" * 100,
        b"\x0d\x00\x00\xff\xff\x00\x10\x00" + b"x" * 4088,  # more cells than fit
        b"\x0d\x0f\xff\x00\x00\x00\x10\x00" + b"x" * 4088,  # a free block that ends outside
    ):
        assert pages.blanked(page, 4096) is None


def test_what_a_kill_and_another_program_left_in_the_file_is_gone_once_it_is_opened(
    tmp_path: Path,
) -> None:
    path, trace = tmp_path / "some.db", os.urandom(16)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (value BLOB)")
        other.executemany("INSERT INTO t VALUES (?)", [(bytes([n] * 90),) for n in range(20)])
    with path.open("r+b") as file:
        # The room between the list of a page's rows and the rows themselves: page 2 is the table's.
        file.seek(4096 + 5)
        rows_begin = int.from_bytes(file.read(2), "big")
        file.seek(4096 + rows_begin - len(trace))
        file.write(trace)
    with closing(sqlite3.connect(path)) as other:
        before = other.execute("SELECT value FROM t").fetchall()
    with closing(connect(path, exclusive=True)) as database:
        assert trace not in every_byte(tmp_path)
        assert database.execute("SELECT value FROM t").fetchall() == before


# --- What an erasure costs ------------------------------------------------------------------


class Looked:
    """Counts the pages that are looked at when a file is swept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pages = 0
        whole = pages.sweep

        def sweep(file: int, numbers: Iterable[int] | None = None) -> int:
            chosen = None if numbers is None else list(numbers)
            self.pages += os.fstat(file).st_size // 4096 if chosen is None else len(chosen)
            return whole(file, chosen)

        monkeypatch.setattr(pages, "sweep", sweep)


def test_an_erasure_touches_as_many_pages_in_a_large_key_store_as_in_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Looked(monkeypatch)
    costs, sizes = [], []
    for count in (500, scaled(6_000, 60_000)):
        path = tmp_path / f"{count}.db"
        people = [UUID(bytes=os.urandom(16)) for _ in range(count)]
        with closing(KeyStore(path, MASTER_KEY)) as store:
            store.register((person, SubjectKind.PERSON) for person in people)
            store.sealing_keys([(person, DataClass.BENEFITS) for person in people], 2025)
            tokens = list(store.tokens_of(people[0]).values())
            store.erase_tokens([])
            looked.pages = 0
            store.erase_tokens(tokens)
            costs.append(looked.pages)
        sizes.append(path.stat().st_size // 4096)
        assert not any(token_bytes(token) in every_byte(tmp_path) for token in tokens)
    assert sizes[1] > 8 * sizes[0]
    # For each token three trees are gone down, which are a level deeper at most.
    assert costs[1] <= 2 * costs[0] < 4 * 8 * 4
    assert costs[1] < sizes[1] / 4


def test_forgetting_touches_the_rows_of_the_forgotten_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Looked(monkeypatch)
    path = tmp_path / "access.db"
    tokens = [token_text(os.urandom(16)) for _ in range(2_000)]
    table = AccessTable(path, interval=3_600)
    for number in range(scaled(20_000, 400_000)):
        read = ((DataClass.BENEFITS, tokens[number % len(tokens)]),)
        table.record(Access(number, "letting", "letting", "", "case", read))
    table.flush()
    table.forget([])
    looked.pages = 0
    table.forget([tokens[7]])
    accesses = scaled(20_000, 400_000) // len(tokens)
    # Of each access: its row, its class and its place in the index, and what lies above them.
    assert looked.pages <= 10 * accesses
    assert looked.pages < path.stat().st_size / 4096 / 4
    table.close()
    assert token_bytes(tokens[7]) not in every_byte(tmp_path)
    assert token_bytes(tokens[8]) in every_byte(tmp_path)


def test_a_deleted_row_does_not_come_back_from_memory_with_later_writings(tmp_path: Path) -> None:
    chance = random.Random(5)
    path = tmp_path / "some.db"
    gone: list[bytes] = []
    with closing(connect(path, exclusive=True)) as database:
        database.execute("CREATE TABLE t (id BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
        present: list[bytes] = []
        for _ in range(scaled(12, 40)):
            new = [chance.randbytes(16) for _ in range(400)]
            with transaction(database):
                database.executemany("INSERT INTO t VALUES (?, ?)", [(id, bytes(24)) for id in new])
            present += new
            chance.shuffle(present)
            leaving, present = present[:150], present[150:]
            gone += leaving
            with transaction(database):
                database.executemany("DELETE FROM t WHERE id = ?", [(id,) for id in leaving])
            database.fold()
            # A value in every page, so that each is written once more as it stands in memory.
            with transaction(database):
                database.execute("UPDATE t SET value = randomblob(24)")
            content = every_byte(tmp_path)
            assert [id for id in gone if id in content] == []
