"""The index of decisions: one row for each receipt, and for each page of a screened waiting list.

A row says what stands openly in its receipt, and nothing that is sealed. Each row follows from its
own event, and from the areas as they were known at the position that the answer was known at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.events import Recorded
from domain.law.edition import Edition
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from projections import view as views
from projections.view import Changes, Condition, digested


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt, or a page of a waiting list, says in the open.

    `outcome` is empty for a page, whose entries are sealed; `households` is how many entries it
    has, 0 for a receipt. `area` is empty for property in no area, `municipality` is the area's.
    `asked` and `judged` are given where they are other days than `day`.
    """

    kind: str
    households: int
    outcome: str
    area: str
    municipality: str
    day: date
    asked: date | None
    judged: date | None
    law: str
    known_at: int
    recorded_at: int
    """When it was recorded, in microseconds since 1970 UTC."""
    recorded_on: date
    """The civil day of it in Europe/Copenhagen."""
    actor: str
    system: str
    """The system that asked, by its certificate; empty: none was asked for."""
    purpose: str
    legal_basis: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt or page: where it stands in the log, its id, and what it states."""

    position: int
    receipt_id: UUID
    stated: Stated


def row_of(item: Recorded[Any]) -> Row:
    """Return the row that an event gives, by what it states (`Stated`)."""
    return Row(position=item.position, receipt_id=item.event_id, stated=item.fact)


class Decisions:
    """Makes a row of each event."""

    def __init__(self, edition: Edition) -> None:
        self._made: list[Row] = []
        self.digest = b""

    def apply(self, item: Recorded[Any]) -> None:
        """Take an event in; events come in the order of the log."""
        self.digest = digested(self.digest, item)
        self._made.append(row_of(item))

    def resume(self, rows: Iterable[Row]) -> None:
        """Do nothing: no row rests on those before it."""

    def changed(self, go_on: Callable[[], bool] = lambda: True) -> Changes[Row]:
        """Return the rows that have come since this was asked last."""
        made, self._made = self._made, []
        return Changes([], made)


TYPES = tuple(sorted((*RECEIPT_TYPES, *PAGE_TYPES)))

_DAYS = ("day", "asked", "judged", "recorded_on")


def _packed(row: Row) -> tuple[Any, ...]:
    values = msgspec.structs.asdict(row.stated)
    for name in _DAYS:
        values[name] = None if values[name] is None else values[name].isoformat()
    return (row.position, row.receipt_id.bytes, *values.values())


def _row(position: int, receipt_id: bytes, *columns: Any) -> Row:
    values = dict(zip(Stated.__struct_fields__, columns, strict=True))
    for name in _DAYS:
        values[name] = None if values[name] is None else date.fromisoformat(values[name])
    return Row(position=position, receipt_id=UUID(bytes=receipt_id), stated=Stated(**values))


VIEW = views.View(
    name="decisions",
    file="views-decisions.db",
    format=1,
    types=TYPES,
    fold=Decisions,
    key=("position",),
    columns={
        "position": "INTEGER NOT NULL",
        "receipt_id": "BLOB NOT NULL",
        "kind": "TEXT NOT NULL",
        "households": "INTEGER NOT NULL",
        "outcome": "TEXT NOT NULL",
        "area": "TEXT NOT NULL",
        "municipality": "TEXT NOT NULL",
        "day": "TEXT NOT NULL",
        "asked": "TEXT",
        "judged": "TEXT",
        "law": "TEXT NOT NULL",
        "known_at": "INTEGER NOT NULL",
        "recorded_at": "INTEGER NOT NULL",
        "recorded_on": "TEXT NOT NULL",
        "actor": "TEXT NOT NULL",
        "system": "TEXT NOT NULL",
        "purpose": "TEXT NOT NULL",
        "legal_basis": "TEXT NOT NULL",
    },
    pack=_packed,
    unpack=_row,
    accumulates=False,
    indexes=(("area",), ("kind", "outcome")),
)


class Filter(NamedTuple):
    """Which rows are wanted, by what stands in the open.

    `first_day` and `last_day` bound the column `days_of`: the day asked about, or the day of
    recording.
    """

    kinds: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    area: str = ""
    municipality: str = ""
    actor: str = ""
    purpose: str = ""
    law: str = ""
    first_day: date | None = None
    last_day: date | None = None
    days_of: str = "day"

    def conditions(self) -> list[Condition]:
        """Return it as the table asks."""
        found = views.equal(
            area=self.area,
            municipality=self.municipality,
            actor=self.actor,
            purpose=self.purpose,
            law=self.law,
        )
        if self.kinds:
            found.append(views.one_of("kind", self.kinds))
        if self.outcomes:
            # A page's outcomes are sealed: whoever asks for one looks into it.
            found.append(views.one_of("outcome", ("", *self.outcomes)))
        for sign, day in ((">=", self.first_day), ("<=", self.last_day)):
            if day is not None:
                found.append((f"{self.days_of} {sign} ?", (day.isoformat(),)))
        return found
