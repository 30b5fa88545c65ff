"""What somebody does to a copy of an instance who has its files, with keys or without.

The columns and tables are those that the files have, so that one that is added is altered too. How
a log is altered with all that rests on it recomputed is written here anew, from the format alone.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from domain import events
from domain.questions import PAGE_TYPES
from husret_verify.event import leaf_hash
from services.instance.signing import vouch_of
from services.persons import master_key
from services.persons.reading import is_personal
from services.persons.tokens import token_bytes
from tests.altering.made import Made

ROWS = 3
"""Rows of a table that are altered, spread over it."""

KEPT = ("master.key", "keys.root", "signing.key", "api.token")
"""The files that are no database."""

_BEYOND = 1_000
"""How far behind the last number of a key another one lies, beyond all that the log has reached."""

Value = Any


class Alteration(NamedTuple):
    """One alteration: `what` stands in the table, `how` is done in the directory of a copy."""

    what: str
    place: str
    """Of `what` the part that says where, such as the number of a row; "" when it is clear."""
    how: Callable[[Path], None]

    def __str__(self) -> str:
        """Say it as one line."""
        return f"{self.what} ({self.place})" if self.place else self.what


def all_of(made: Made, seed: int = 1) -> list[Alteration]:
    """Return every alteration of an instance; those that change nothing are left out."""
    chance = random.Random(seed)
    found: list[Alteration] = []
    used = _used(made.directory)
    for file in sorted(made.directory.glob("*.db")):
        with closing(sqlite3.connect(file)) as database:
            for table in _tables(database):
                found += _of_table(database, file.name, table, used, chance)
        found.append(Alteration(f"{file.name}: gone", "", _removed(file.name)))
        found.append(Alteration(f"{file.name}: of earlier", "", _put_back(made.older, file.name)))
        found.append(Alteration(f"{file.name}: garbled", "", _garbled(file.name)))
    for name in KEPT:
        found.append(Alteration(f"{name}: gone", "", _removed(name)))
        found.append(Alteration(f"{name}: emptied", "", _emptied(name)))
        found.append(Alteration(f"{name}: another", "", _flipped(name)))
    found += _wholesale(made)
    return found


class _Used(NamedTuple):
    """Which tokens something in the log stands under."""

    facts: set[bytes]
    answers: set[bytes]
    sealed: set[bytes]
    """Of those of answers: under whose key something is sealed."""


def _used(directory: Path) -> _Used:
    with closing(sqlite3.connect(directory / "log.db")) as database:
        rows = database.execute(
            "SELECT name, tags FROM event JOIN event_type ON id = type_id"
        ).fetchall()
    used = _Used(set(), set(), set())
    for name, tags in rows:
        tokens = [token_bytes(tag[2:]) for tag in tags.split("\n") if is_personal([tag])]
        if name in events.BY_NAME:
            used.facts.update(tokens)
        else:
            used.answers.update(tokens)
            used.sealed.update(tokens if name in PAGE_TYPES else tokens[:1])
    return used


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if not name.startswith("sqlite_")]


# --- By column and by row -----------------------------------------------------------------------


class _Table(NamedTuple):
    """A table, its columns in order, which of them are its key, and its rows in the key's order."""

    file: str
    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    nullable: tuple[bool, ...]
    key: tuple[int, ...]
    rows: list[tuple[Value, ...]]


def _of_table(
    database: sqlite3.Connection, file: str, name: str, used: _Used, chance: random.Random
) -> Iterator[Alteration]:
    info = database.execute(f"PRAGMA table_info({name})").fetchall()
    columns = tuple(row[1] for row in info)
    key = tuple(n for n, row in enumerate(info) if row[5])
    order = ", ".join(columns[n] for n in key) or "rowid"
    table = _Table(
        file,
        name,
        columns,
        tuple(row[2] for row in info),
        tuple(not row[3] and not row[5] for row in info),
        key,
        database.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}").fetchall(),
    )
    for title, numbers in _groups(table, used):
        yield from _of_rows(table, title, numbers, chance)
    what = f"{file} {name}"
    if not table.rows:
        made = tuple(_other(table, n, None) for n in range(len(columns)))
        yield Alteration(f"{what}: row added", "", _replaced(table, [], [made]))
    else:
        yield Alteration(f"{what}: emptied", "", _replaced(table, table.rows, []))
        yield Alteration(f"{what}: tail cut", "", _replaced(table, table.rows[-2:], []))


def _groups(table: _Table, used: _Used) -> Iterator[tuple[str, list[int]]]:
    """Return the rows of a table apart by what rests on them, each with a name."""
    numbers, what = range(len(table.rows)), f"{table.file} {table.name}"
    if table.file != "keys.db" or "token" not in table.columns:
        yield what, list(numbers)
        return
    token = table.columns.index("token")
    apart: dict[str, list[int]] = {}
    for number in numbers:
        held = table.rows[number][token]
        answers = used.sealed if table.name == "class_key" else used.answers
        of = "facts" if held in used.facts else "answers" if held in answers else "nothing"
        apart.setdefault(f"{what} of {of}", []).append(number)
    yield from sorted(apart.items())


def _of_rows(
    table: _Table, what: str, numbers: list[int], chance: random.Random
) -> Iterator[Alteration]:
    chosen = [numbers[n] for n in _spread(len(numbers), chance)]
    peers = [table.rows[n] for n in numbers]
    for column in range(len(table.columns)):
        for number in chosen:
            yield from _of_column(table, what, column, number, peers, chance)
    for number in chosen:
        row, place = table.rows[number], f"row {number + 1}"
        yield Alteration(f"{what}: row dropped", place, _replaced(table, [row], []))
        copied = list(row)
        for n in table.key or range(len(table.columns)):
            copied[n] = _other(table, n, row[n])
        yield Alteration(f"{what}: row copied", place, _replaced(table, [], [tuple(copied)]))
    columns = range(len(table.columns))
    rest = [n for n in columns if n not in table.key]
    if len(numbers) > 1 and rest:
        one, other = chance.sample(numbers, 2)
        rows = table.rows[one], table.rows[other]
        exchanged = [
            tuple(rows[1 - turn][n] if n in rest else rows[turn][n] for n in columns)
            for turn in (0, 1)
        ]
        if sorted(map(repr, exchanged)) != sorted(map(repr, rows)):
            place = f"rows {one + 1} and {other + 1}"
            yield Alteration(f"{what}: rows swapped", place, _replaced(table, rows, exchanged))


def _spread(count: int, chance: random.Random) -> list[int]:
    """Return the first, the last, and some between."""
    some = chance.sample(range(count), min(count, ROWS))
    return sorted({*some[: ROWS - 2], *([0, count - 1] if count else [])})


def _of_column(
    table: _Table,
    name: str,
    column: int,
    number: int,
    peers: list[tuple[Value, ...]],
    chance: random.Random,
) -> Iterator[Alteration]:
    row = table.rows[number]
    what, place = f"{name}, {table.columns[column]}", f"row {number + 1}"

    def to(value: Value) -> Callable[[Path], None]:
        return _replaced(table, [row], [(*row[:column], value, *row[column + 1 :])])

    yield Alteration(f"{what}: another", place, to(_other(table, column, row[column])))
    # To exchange the whole key of two rows, or all that a table has, is to do nothing.
    rest = set(range(len(table.columns))) - {column}
    others = [
        each
        for each in peers
        if each[column] != row[column] and any(each[n] != row[n] for n in rest)
    ]
    if others:
        other = chance.choice(others)
        yield Alteration(
            f"{what}: exchanged",
            f"{place} and another",
            _replaced(
                table,
                [row, other],
                [
                    (*row[:column], other[column], *row[column + 1 :]),
                    (*other[:column], row[column], *other[column + 1 :]),
                ],
            ),
        )
    if isinstance(row[column], int) and column not in table.key and row[column]:
        yield Alteration(f"{what}: less", place, to(row[column] - 1))
    if table.nullable[column] and row[column] is not None:
        yield Alteration(f"{what}: taken away", place, to(None))
    elif isinstance(row[column], str | bytes) and row[column]:
        yield Alteration(f"{what}: emptied", place, to(type(row[column])()))


def _other(table: _Table, column: int, value: Value) -> Value:
    """Return another value of the column's type, which none of its rows has."""
    if table.kinds[column] == "INTEGER":
        held = [row[column] for row in table.rows if row[column] is not None]
        return max([0, *held]) + _BEYOND if column in table.key else (value or 0) + 1
    if table.kinds[column] == "TEXT":
        return (value or "") + "x"
    if not value:
        return bytes(16)
    middle = len(value) // 2
    return value[:middle] + bytes([value[middle] ^ 1]) + value[middle + 1 :]


def _replaced(
    table: _Table, before: Sequence[tuple[Value, ...]], after: Sequence[tuple[Value, ...]]
) -> Callable[[Path], None]:
    """Take rows out of a table, and put others in."""

    def how(directory: Path) -> None:
        same = " AND ".join(f"{name} IS ?" for name in table.columns)
        places = ", ".join("?" * len(table.columns))
        with closing(sqlite3.connect(directory / table.file)) as database, database:
            database.execute("PRAGMA ignore_check_constraints = ON")
            database.executemany(f"DELETE FROM {table.name} WHERE {same}", before)
            for row in after:
                # Where it collides with a row that has the same key, it takes its place.
                database.execute(f"INSERT OR REPLACE INTO {table.name} VALUES ({places})", row)

    return how


# --- Whole files --------------------------------------------------------------------------------


def _removed(name: str) -> Callable[[Path], None]:
    return lambda directory: (directory / name).unlink()


def _put_back(older: Path, *names: str) -> Callable[[Path], None]:
    def how(directory: Path) -> None:
        for name in names:
            shutil.copy(older / name, directory / name)

    return how


def _garbled(name: str) -> Callable[[Path], None]:
    """Write over the start of every page but the first."""

    def how(directory: Path) -> None:
        data = bytearray((directory / name).read_bytes())
        for start in range(4096, len(data), 4096):
            data[start : start + 512] = bytes(each ^ 0x5A for each in data[start : start + 512])
        (directory / name).write_bytes(data)

    return how


def _emptied(name: str) -> Callable[[Path], None]:
    return lambda directory: os.truncate(directory / name, 0)


def _flipped(name: str) -> Callable[[Path], None]:
    """Exchange a character of a key's text, or turn the bits of a root."""

    def how(directory: Path) -> None:
        data = bytearray((directory / name).read_bytes())
        if name == "keys.root":
            data[:] = bytes(each ^ 1 for each in data)
        else:
            data[10] = ord("A") if data[10] != ord("A") else ord("B")
        (directory / name).write_bytes(data)

    return how


# --- The log, with all that rests on it recomputed ----------------------------------------------

_EVENT = (
    "position, event_id, recorded_at, type_id, schema_version, batch_index, batch_size, tags, data,"
    " metadata, fingerprint, leaf_hash"
)
_POSITION, _RECORDED_AT, _INDEX, _SIZE, _TAGS, _DATA = 0, 2, 5, 6, 7, 8
Rows = list[list[Value]]


def _wholesale(made: Made) -> Iterator[Alteration]:
    for keys in (False, True):
        by = "with the master key" if keys else "without a key"
        for name, change in _CHANGES.items():
            if keys and change is _unchanged:
                continue
            yield Alteration(f"log, recomputed {by}: {name}", "", _recomputed(change, keys))
    log = ("log.db",)
    of_keys = ("keys.db", "keys.root")
    yield Alteration("older state: all files", "", _put_back(made.older, *_names(made.older)))
    for title, names in (
        ("the log, keys and accesses", (*log, *of_keys, "access.db")),
        ("the log and keys", (*log, *of_keys)),
        ("the log and accesses", (*log, "access.db")),
        ("the keys with their root", of_keys),
        ("the root of the keys", of_keys[1:]),
    ):
        yield Alteration(f"older state: {title}", "", _put_back(made.older, *names))


def _names(directory: Path) -> list[str]:
    return [each.name for each in directory.iterdir()]


def _unchanged(rows: Rows) -> Rows:
    return rows


def _altered_early(rows: Rows) -> Rows:
    """Have an open fact among the first say another day."""
    at = next(n for n, row in enumerate(rows) if b"2000-01-01" in row[_DATA])
    rows[at][_DATA] = rows[at][_DATA].replace(b"2000-01-01", b"2001-01-01")
    return rows


def _altered_sealed(rows: Rows) -> Rows:
    """Flip a bit of a sealed fact."""
    at = next(n for n, row in enumerate(rows) if row[_TAGS].startswith("p:"))
    data = rows[at][_DATA]
    rows[at][_DATA] = data[:-1] + bytes([data[-1] ^ 1])
    return rows


def _dropped_between(rows: Rows) -> Rows:
    at = next(n for n in range(len(rows) // 2, len(rows)) if rows[n][_SIZE] == 1)
    return rows[:at] + rows[at + 1 :]


def _swapped(rows: Rows) -> Rows:
    """Have the last two that stand alone change places, and be recorded as they now stand."""
    last = range(len(rows) - 1, 0, -1)
    at = next(n for n in last if rows[n][_SIZE] == rows[n - 1][_SIZE] == 1)
    one, other = rows[at - 1], rows[at]
    one[_RECORDED_AT], other[_RECORDED_AT] = other[_RECORDED_AT], one[_RECORDED_AT]
    rows[at - 1], rows[at] = other, one
    return rows


def _cut(rows: Rows) -> Rows:
    """Cut whole batches off the end."""
    end = next(
        n for n in range(len(rows) - 5, 0, -1) if rows[n - 1][_INDEX] == rows[n - 1][_SIZE] - 1
    )
    return rows[:end]


def _copied_in(rows: Rows) -> Rows:
    """Put a copy of a receipt between two others, under an id of its own."""
    at = next(n for n in range(len(rows) - 1, 0, -1) if rows[n][_SIZE] == 1)
    return [*rows[:at], _copy(rows[at]), *rows[at:]]


def _forged(rows: Rows) -> Rows:
    """Put a copy of the last event that stands alone behind the end, under an id of its own."""
    at = next(n for n in range(len(rows) - 1, 0, -1) if rows[n][_SIZE] == 1)
    return [*rows, _copy(rows[at])]


def _copy(row: list[Value]) -> list[Value]:
    event_id = hashlib.sha256(row[1]).digest()[:16]
    return [row[0], event_id, *row[2:]]


def _dated_back(rows: Rows) -> Rows:
    """Have everything be recorded an hour earlier than it was."""
    for row in rows:
        row[_RECORDED_AT] -= 3_600_000_000
    return rows


_CHANGES: dict[str, Callable[[Rows], Rows]] = {
    "nothing but the code of the head row": _unchanged,
    "an open fact altered": _altered_early,
    "a sealed fact altered": _altered_sealed,
    "an event dropped": _dropped_between,
    "two events swapped": _swapped,
    "the tail cut": _cut,
    "a copied event put between": _copied_in,
    "an event forged at the end": _forged,
    "everything dated back": _dated_back,
}


def _recomputed(change: Callable[[Rows], Rows], keys: bool) -> Callable[[Path], None]:
    """Change the events, then recompute places, leaf hashes, index, tree and head row.

    The views are removed: the server makes them anew from what the log now says.
    """

    def how(directory: Path) -> None:
        for view in directory.glob("views*"):
            view.unlink()
        with closing(sqlite3.connect(directory / "log.db")) as database, database:
            types = dict(database.execute("SELECT id, name FROM event_type").fetchall())
            before = database.execute(f"SELECT {_EVENT} FROM event ORDER BY 1").fetchall()
            [[mac]] = database.execute("SELECT mac FROM head").fetchall()
            rows = change([list(row) for row in before])
            for position, row in enumerate(rows, 1):
                row[_POSITION] = position
                tags = row[_TAGS].split("\n") if row[_TAGS] else []
                _, id, at, type_id, version, index, size, _, data, metadata, fingerprint, _ = row
                row[-1] = leaf_hash(
                    position, id, at, types[type_id], version, index, size, tags, data, metadata,
                    fingerprint,
                )  # fmt: skip
            for table in ("event", "tag", "node"):
                database.execute(f"DELETE FROM {table}")
            places = ", ".join("?" * 12)
            database.executemany(f"INSERT INTO event ({_EVENT}) VALUES ({places})", rows)
            used = {row[3] for row in rows}
            database.executemany(
                "DELETE FROM event_type WHERE id = ?", [(id,) for id in types if id not in used]
            )
            database.executemany(
                "INSERT INTO tag VALUES (?, ?, ?)",
                {
                    (_number(tag), row[3], row[_POSITION])
                    for row in rows
                    for tag in filter(None, row[_TAGS].split("\n"))
                },
            )
            leaves = [row[-1] for row in rows]
            database.executemany("INSERT INTO node VALUES (?, ?, ?)", _nodes(leaves))
            root = _root(leaves)
            if keys:
                secret = master_key.load(directory / "master.key")
                mac = vouch_of(secret).head(len(leaves), root)
            elif rows == [list(row) for row in before]:
                mac = bytes(len(mac))
            database.execute(
                "UPDATE head SET size = ?, root = ?, mac = ?", (len(leaves), root, mac)
            )

    return how


def _number(tag: str) -> int:
    return int.from_bytes(hashlib.sha256(tag.encode()).digest()[:8], "big", signed=True)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _nodes(leaves: list[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Return the complete nodes of each fourth level above the leaves."""
    level, hashes = 0, leaves
    while len(hashes) > 1:
        hashes = [_node(*hashes[n : n + 2]) for n in range(0, len(hashes) - 1, 2)]
        level += 1
        if level % 4 == 0:
            yield from ((level, number, hashed) for number, hashed in enumerate(hashes))


def _root(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962 defines it."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return _node(_root(leaves[:split]), _root(leaves[split:]))
