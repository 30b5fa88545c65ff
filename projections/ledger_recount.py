"""The allocation ledger recounted: a row for each organisation, year, department and channel.

Every allocation is counted again by the rule of the ledger (`domain/ledger.py`). A new allocation
is counted on from those before it; only where a share or its criteria were recorded anew is an
organisation counted from its first allocation again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain import facts
from domain.events import BY_FACT, Recorded
from domain.facts import ReleaseReason
from domain.law.edition import Edition
from domain.ledger import Counts, Terms, terms_of
from domain.reference import Reference, View
from projections import view as views
from projections.view import Changes, Condition, Evidence, digested

_SHARES = (facts.LettingShareDecided, facts.CriteriaSet, facts.Retracted)
_STEPS = (facts.VacancyRecorded, facts.VacancyAllocated, facts.AllocationReleased)


class Key(NamedTuple):
    """What one row counts: the allocations of a year in a department, by the turn they took."""

    organisation: str
    year: int
    department: str
    kind: str
    channel: str
    basis: str
    """Empty: the allocation counts in no share."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many vacancies were allocated to a channel, and how many of them in order.

    In order: the turn was due or goes before it, and overdrew nothing. `released`: the channel
    let them go again. `out_of_order`: the allocations that were not in order. `digest` is a hash
    over the leaf hashes of all allocations counted, so that an auditor can tell which they are.
    `known_at`: the position of the last one counted, or released.
    """

    key: Key
    allocated: int
    in_order: int
    released: int
    out_of_order: tuple[Evidence, ...]
    digest: str
    known_at: int


@dataclass
class _Sum:
    """A tally in the making."""

    allocated: int = 0
    in_order: int = 0
    released: int = 0
    out_of_order: list[Evidence] = field(default_factory=list)
    digest: bytes = b""
    known_at: int = 0

    def tally(self, key: Key) -> Tally:
        return Tally(
            key=key,
            allocated=self.allocated,
            in_order=self.in_order,
            released=self.released,
            out_of_order=tuple(self.out_of_order),
            digest=self.digest.hex(),
            known_at=self.known_at,
        )


@dataclass
class _Book:
    """What is known of one organisation: its steps, and how far they are counted."""

    vacancies: dict[UUID, Recorded[facts.VacancyRecorded]] = field(default_factory=dict)
    allocations: list[Recorded[facts.VacancyAllocated]] = field(default_factory=list)
    releases: list[Recorded[facts.AllocationReleased]] = field(default_factory=list)
    terms: list[Terms] | None = None
    """None: not looked up yet."""
    counts: Counts = field(default_factory=lambda: Counts([]))
    counted: int = 0
    """How many of the allocations are counted."""
    let_go: int = 0
    """How many of the releases are."""
    keys: dict[UUID, Key] = field(default_factory=dict)
    """The row that each allocation is counted in."""
    sums: dict[Key, _Sum] = field(default_factory=dict)

    def begin_anew(self, terms: list[Terms]) -> None:
        """Forget what was counted; the shares are others now."""
        self.terms, self.counts = terms, Counts(terms)
        self.counted, self.let_go = 0, 0
        self.keys, self.sums = {}, {}

    def count(self, organisation: str) -> set[Key]:
        """Count what has come since; return the rows that it is counted in."""
        touched = set()
        nothing: dict[UUID, ReleaseReason] = {}
        for item in self.allocations[self.counted :]:
            self.counted += 1
            row = self.counts.recount(self.counted, item, self.vacancies, nothing)
            made = item.fact
            key = Key(
                organisation,
                made.allocated_on.year,
                row.department,
                row.kind.value,
                made.channel.value,
                "" if made.basis is None else made.basis.value,
            )
            found = self.sums.setdefault(key, _Sum())
            found.allocated += 1
            found.in_order += row.in_order
            if not row.in_order:
                found.out_of_order.append(Evidence(item.position, item.leaf_hash.hex()))
            found.digest = digested(found.digest, item)
            found.known_at = max(found.known_at, item.position)
            self.keys[item.event_id] = key
            touched.add(key)
        for release in self.releases[self.let_go :]:
            self.let_go += 1
            key = self.keys[release.fact.allocation]
            self.sums[key].released += 1
            self.sums[key].known_at = max(self.sums[key].known_at, release.position)
            touched.add(key)
        return touched


class LedgerRecount:
    """Folds events, and counts the allocations that come."""

    def __init__(self, edition: Edition) -> None:
        self._reference = Reference()
        self._shares_moved = False
        self._shares: set[UUID] = set()
        """The event ids of what says shares, standing or not."""
        self._books: dict[str, _Book] = {}
        self._touched: set[str] = set()
        self._rows: dict[str, dict[Key, Tally]] = {}
        self.digest = b""

    def apply(self, item: Recorded[Any]) -> None:
        """Fold one event in; events come in the order of the log."""
        fact = item.fact
        self.digest = digested(self.digest, item)
        match fact:
            case facts.VacancyRecorded():
                self._book(fact.organisation).vacancies[item.event_id] = item
            case facts.VacancyAllocated():
                self._book(fact.organisation).allocations.append(item)
            case facts.AllocationReleased():
                self._book(fact.organisation).releases.append(item)
            case _:
                gone = fact.retracts if isinstance(fact, facts.Retracted) else fact.corrects
                self._shares_moved |= gone in self._shares or not isinstance(fact, facts.Retracted)
                self._shares.add(item.event_id)
                self._reference.apply(item)

    def _book(self, organisation: str) -> _Book:
        self._touched.add(organisation)
        return self._books.setdefault(organisation, _Book())

    def resume(self, rows: Iterable[Tally]) -> None:
        """Take what has been applied so far as known: these rows were made of it."""
        self.changed()

    def changed(self, go_on: Callable[[], bool] = lambda: True) -> Changes[Tally] | None:
        """Make the rows that were touched since they were last made, and return what is new.

        None when `go_on` says no between two organisations; the fold is then of no more use.
        """
        view = View(self._reference, self._reference.position, {})
        touched, self._touched = self._touched, set()
        if self._shares_moved:
            touched = {*self._books}
        moved, self._shares_moved = self._shares_moved, False
        changes: Changes[Tally] = Changes([], [])
        for organisation in sorted(touched):
            if not go_on():
                return None
            book = self._books[organisation]
            rows = self._rows.setdefault(organisation, {})
            anew = False
            if moved or book.terms is None:
                shares = view.history(facts.LettingShareDecided, organisation)
                terms = terms_of(view, shares)
                anew = terms != book.terms
                if anew:
                    book.begin_anew(terms)
            keys = book.count(organisation)
            for key in sorted(keys | {*rows} if anew else keys):
                found = book.sums.get(key)
                made = None if found is None else found.tally(key)
                before = rows.pop(key, None)
                if made is not None:
                    rows[key] = made
                if made != before:
                    changes.gone.extend(() if before is None else (before,))
                    changes.made.extend(() if made is None else (made,))
        return changes


TYPES = tuple(sorted(BY_FACT[kind].name for kind in (*_SHARES, *_STEPS)))

_EVIDENCE = msgspec.json.Decoder(tuple[Evidence, ...])


def _packed(row: Tally) -> tuple[Any, ...]:
    return (
        *row.key,
        row.allocated,
        row.in_order,
        row.released,
        msgspec.json.encode(row.out_of_order).decode(),
        row.digest,
        row.known_at,
    )


def _row(
    organisation: str,
    year: int,
    department: str,
    kind: str,
    channel: str,
    basis: str,
    allocated: int,
    in_order: int,
    released: int,
    out_of_order: str,
    digest: str,
    known_at: int,
) -> Tally:
    return Tally(
        key=Key(organisation, year, department, kind, channel, basis),
        allocated=allocated,
        in_order=in_order,
        released=released,
        out_of_order=_EVIDENCE.decode(out_of_order),
        digest=digest,
        known_at=known_at,
    )


VIEW = views.View(
    name="ledger_recount",
    file="views-ledger.db",
    format=1,
    types=TYPES,
    fold=LedgerRecount,
    key=Key._fields,
    columns={
        "organisation": "TEXT NOT NULL",
        "year": "INTEGER NOT NULL",
        "department": "TEXT NOT NULL",
        "kind": "TEXT NOT NULL",
        "channel": "TEXT NOT NULL",
        "basis": "TEXT NOT NULL",
        "allocated": "INTEGER NOT NULL",
        "in_order": "INTEGER NOT NULL",
        "released": "INTEGER NOT NULL",
        "out_of_order": "TEXT NOT NULL",
        "digest": "TEXT NOT NULL",
        "known_at": "INTEGER NOT NULL",
    },
    pack=_packed,
    unpack=_row,
)


class Filter(NamedTuple):
    """Which rows are wanted: of an organisation, of a year."""

    organisation: str = ""
    year: int = 0

    def conditions(self) -> list[Condition]:
        """Return it as the table asks."""
        return views.equal(organisation=self.organisation, year=self.year)
