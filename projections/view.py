"""What a view is: how its rows are made of the log, and how they are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import msgspec

from domain.events import Recorded
from domain.law.edition import Edition

R = TypeVar("R")
"""A row of a view."""


Condition = tuple[str, tuple[Any, ...]]
"""A condition on columns, in SQL, and the values of its places."""


class Filter(Protocol):
    """Which rows of a view are wanted; its fields are compared with those of an earlier page."""

    def conditions(self) -> list[Condition]:
        """Return it as the table asks."""

    def __iter__(self) -> Iterator[Any]:
        """Yield what was asked for; empty, zero or None: not narrowed by it."""


def equal(**wanted: str | int) -> list[Condition]:
    """Return the conditions that columns have these values; an empty one or 0 is not asked."""
    return [(f"{column} = ?", (value,)) for column, value in wanted.items() if value]


def one_of(column: str, values: Sequence[str]) -> Condition:
    """Return the condition that a column has one of some values."""
    return f"{column} IN ({', '.join('?' * len(values))})", tuple(values)


def holding_on(day: date | None) -> list[Condition]:
    """Return the condition that a row's period, from a day through a day, holds on a day."""
    if day is None:
        return []
    text = day.isoformat()
    return [("first_day <= ? AND (last_day IS NULL OR last_day >= ?)", (text, text))]


class Evidence(msgspec.Struct, frozen=True, array_like=True):
    """An event that a row rests on: its position and, in hex, its leaf hash."""

    position: int
    leaf_hash: str


def evidence(items: Iterable[Recorded[Any]]) -> tuple[Evidence, ...]:
    """Return events as rows name them, each once, in the order of the log."""
    found = {item.position: Evidence(item.position, item.leaf_hash.hex()) for item in items}
    return tuple(found[position] for position in sorted(found))


def digested(digest: bytes, item: Recorded[Any]) -> bytes:
    """Return the hash over all events applied, with one more."""
    return hashlib.sha256(digest + item.leaf_hash).digest()


class Changes(NamedTuple, Generic[R]):
    """The rows that stand no longer, and those that now do; no row is in both."""

    gone: list[R]
    made: list[R]


class Fold(Protocol[R]):
    """Folds events, and makes the rows that they touch, once for however many of them."""

    digest: bytes
    """A hash over the leaf hashes of all events applied, in order."""

    def apply(self, item: Recorded[Any]) -> None:
        """Fold one event in; events come in the order of the log."""

    def resume(self, rows: Iterable[R]) -> None:
        """Take what has been applied so far as known: these rows were made of it."""

    def changed(self, go_on: Callable[[], bool] = ...) -> Changes[R] | None:
        """Make the rows that were touched since they were last made, and return what is new.

        None when `go_on` says no; the fold is then of no more use.
        """


class View(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A view: the events it reads, how rows are made of them, and how a table keeps these.

    The rows depend on nothing but the log up to a position and the edition of the law: not on a
    clock, not on how the log was cut into batches, not on when it was read.
    """

    name: str
    file: str
    """In the instance's directory; it may be deleted, and is then made anew."""
    format: int
    """The version of what a row holds and how it is made; another one is a reason to rebuild."""
    types: tuple[str, ...]
    """The event types that are read; sealed events of facts never are."""
    fold: Callable[[Edition], Fold[R]]
    key: tuple[str, ...]
    """The columns that tell rows apart, in the order of a walk."""
    columns: Mapping[str, str]
    """The columns and their types in SQLite, those of the key among them."""
    pack: Callable[[R], tuple[Any, ...]]
    """What is kept of a row, in the order of the columns."""
    unpack: Callable[..., R]
    """The row of what is kept of it."""
    accumulates: bool = True
    """Rows rest on many events. Else each follows from its own, and none of those before is read
    again when the log is followed on."""
    indexes: tuple[tuple[str, ...], ...] = ()
    """Columns that rows are looked up by, beside the key."""

    def made_from(self, edition: Edition, recorded: Iterable[Recorded[Any]]) -> list[R]:
        """Return all rows that these events give, in the order of the key."""
        fold = self.fold(edition)
        for item in recorded:
            fold.apply(item)
        changes = fold.changed()
        assert changes is not None  # nothing says to stop
        return sorted(changes.made, key=self.key_of)

    def key_of(self, row: R) -> tuple[Any, ...]:
        """Return the values of a row's key."""
        values = dict(zip(self.columns, self.pack(row), strict=True))
        return tuple(values[name] for name in self.key)
