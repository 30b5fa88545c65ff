"""The published lists, ready for a report: one row for each list, with its counts and movements.

A list is looked at only in the areas that a fact touches; what was seen of the others is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain import events, facts
from domain.events import BY_FACT, Recorded
from domain.facts import ListKind
from domain.law.area.lists import list_before
from domain.law.edition import Edition
from domain.reference import Reference, View
from domain.reports import lists
from domain.reports.lists import AreaList, Movement, Seen
from projections import view as views
from projections.view import Changes, Condition, Evidence, digested, evidence

_READ = (
    facts.AreaChangeApproved,
    facts.AreaListed,
    facts.AreaListPublished,
    facts.AreaRegistered,
    facts.AreaRenamed,
    facts.Retracted,
)


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An area that is on the list, or was on the one before."""

    area: str
    name: str
    municipality: str
    movement: Movement


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """One list: what was published of it, and which areas came, stayed and left.

    `published_total` None: not known. `not_known`: areas registered here that may be on it.
    `known_at`: the last position among what the row rests on.
    """

    list_day: date
    kind: ListKind
    published: bool
    published_total: int | None
    complete_nationwide: bool
    complete_for: tuple[str, ...]
    entries: tuple[Entry, ...]
    not_known: int
    edition: str
    evidence: tuple[Evidence, ...]
    known_at: int

    def count(self, *movements: Movement) -> int:
        """Return how many areas stand so to the list."""
        return sum(each.movement in movements for each in self.entries)


class ListMovements:
    """Folds events, and makes the rows of the lists that they touch."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._reference = Reference()
        self._facts: dict[UUID, Recorded[Any]] = {}
        """What was applied, by event id: what is taken back touches what it was about."""
        self._list_days: dict[int, date] = {}
        """The list day that each fact about lists names, by position."""
        self._linked: dict[str, set[str]] = {}
        self._touched: dict[str, set[date] | None] = {}
        """Areas of which something else may be seen on some list days; None: on all."""
        self._published: set[tuple[ListKind, date]] = set()
        self._seen: dict[tuple[ListKind, date], dict[str, Seen]] = {}
        self._rows: dict[tuple[ListKind, date], ListRow] = {}
        self.digest = b""

    def apply(self, item: Recorded[Any]) -> None:
        """Fold one event in; events come in the order of the log."""
        fact = item.fact
        self.digest = digested(self.digest, item)
        gone = fact.retracts if isinstance(fact, facts.Retracted) else fact.corrects
        before = None if gone is None else self._facts.get(gone)
        if before is not None:
            self._touch(before.fact)
            self._list_days.pop(before.position, None)
        self._reference.apply(item)
        if not isinstance(fact, facts.Retracted):
            self._facts[item.event_id] = item
            self._touch(fact)
            if isinstance(fact, facts.AreaListed | facts.AreaListPublished):
                self._list_days[item.position] = fact.list_day

    def _touch(self, fact: facts.Fact) -> None:
        if isinstance(fact, facts.AreaListPublished):
            self._published.add((fact.kind, fact.list_day))
            return
        named = [tag[5:] for tag in events.open_tags(fact) if tag.startswith("area:")]
        together = {area for name in named for area in self._linked.get(name, {name})}
        days = {fact.list_day} if isinstance(fact, facts.AreaListed) else None
        for area in together:
            self._linked[area] = together
            known = self._touched.get(area, set())
            self._touched[area] = None if days is None or known is None else known | days

    def resume(self, rows: Iterable[ListRow]) -> None:
        """Take what has been applied so far as known: these rows were made of it."""
        self.changed()

    def changed(self, go_on: Callable[[], bool] = lambda: True) -> Changes[ListRow] | None:
        """Make the rows that were touched since they were last made, and return what is new.

        None when `go_on` says no between two lists; the fold is then of no more use.
        """
        view = View(self._reference, self._reference.position, {})
        upto = max(self._list_days.values(), default=date.min)
        touched, self._touched = self._touched, {}
        published, self._published = self._published, set()
        every_area = view.keys(facts.AreaRegistered)
        changes: Changes[ListRow] = Changes([], [])
        first_day = self._edition.first_day
        for kind in ListKind:
            moved = set()
            # A list is measured by the one before it, which may be older than the first covered.
            due = list(lists.days(kind, first_day, upto)) if upto >= first_day else []
            for day in [list_before(kind, due[0]), *due] if due else ():
                if not go_on():
                    return None
                new = (kind, day) not in self._seen
                seen = self._seen.setdefault((kind, day), {})
                whole = new or (kind, day) in published
                looked = every_area if whole else _of_day(touched, day)
                if whole:
                    looked = [*looked, *(area for area in touched if area not in seen)]
                changed = [area for area in looked if self._look(view, area, kind, day, seen)]
                if changed or whole:
                    moved |= {day, lists.next_day(kind, day)}
            for day in sorted(moved & set(due)):
                self._remake(view, kind, day, changes)
            for key in [key for key in self._rows if key[0] is kind and key[1] not in set(due)]:
                changes.gone.append(self._rows.pop(key))
                self._seen.pop(key, None)
        return changes

    def _look(
        self, view: View, area: str, kind: ListKind, day: date, seen: dict[str, Seen]
    ) -> bool:
        """Look at one list for one area; tell whether something else is seen than before."""
        before, found = seen.pop(area, None), lists.seen_on(view, area, kind, day)
        if found is not None:
            seen[area] = found
        return before != found

    def _remake(self, view: View, kind: ListKind, day: date, changes: Changes[ListRow]) -> None:
        now, before = self._seen[kind, day], self._seen.get((kind, list_before(kind, day)), {})
        made = self._row(lists.area_list(kind, day, view.published(kind, day), now, before))
        was = self._rows.get((kind, day))
        if made == was:
            return
        if was is not None:
            changes.gone.append(was)
        changes.made.append(made)
        self._rows[kind, day] = made

    def _row(self, found: AreaList) -> ListRow:
        rests_on = evidence(lists.evidence_of(found))
        fact = None if found.published is None else found.published.fact
        return ListRow(
            list_day=found.day,
            kind=found.kind,
            published=fact is not None,
            published_total=None if fact is None else fact.published_total,
            complete_nationwide=found.complete,
            complete_for=() if fact is None else fact.complete_for,
            entries=tuple(
                Entry(each.area, each.name, each.municipality, each.movement)
                for each in found.areas
            ),
            not_known=found.not_known,
            edition=self._edition.id,
            evidence=rests_on,
            known_at=max((each.position for each in rests_on), default=0),
        )


TYPES = tuple(sorted(BY_FACT[kind].name for kind in _READ))

_ENTRIES = msgspec.json.Decoder(tuple[Entry, ...])
_EVIDENCE = msgspec.json.Decoder(tuple[Evidence, ...])
_CODES = msgspec.json.Decoder(tuple[str, ...])


def _packed(row: ListRow) -> tuple[Any, ...]:
    return (
        row.list_day.isoformat(),
        row.kind.value,
        row.published,
        row.published_total,
        row.complete_nationwide,
        msgspec.json.encode(row.complete_for).decode(),
        msgspec.json.encode(row.entries).decode(),
        row.not_known,
        row.edition,
        msgspec.json.encode(row.evidence).decode(),
        row.known_at,
    )


def _row(
    list_day: str,
    kind: str,
    published: int,
    published_total: int | None,
    complete_nationwide: int,
    complete_for: str,
    entries: str,
    not_known: int,
    edition: str,
    evidence: str,
    known_at: int,
) -> ListRow:
    return ListRow(
        list_day=date.fromisoformat(list_day),
        kind=ListKind(kind),
        published=bool(published),
        published_total=published_total,
        complete_nationwide=bool(complete_nationwide),
        complete_for=_CODES.decode(complete_for),
        entries=_ENTRIES.decode(entries),
        not_known=not_known,
        edition=edition,
        evidence=_EVIDENCE.decode(evidence),
        known_at=known_at,
    )


VIEW = views.View(
    name="list_movements",
    file="views-lists.db",
    format=1,
    types=TYPES,
    fold=ListMovements,
    key=("list_day", "kind"),
    columns={
        "list_day": "TEXT NOT NULL",
        "kind": "TEXT NOT NULL",
        "published": "INTEGER NOT NULL",
        "published_total": "INTEGER",
        "complete_nationwide": "INTEGER NOT NULL",
        "complete_for": "TEXT NOT NULL",
        "entries": "TEXT NOT NULL",
        "not_known": "INTEGER NOT NULL",
        "edition": "TEXT NOT NULL",
        "evidence": "TEXT NOT NULL",
        "known_at": "INTEGER NOT NULL",
    },
    pack=_packed,
    unpack=_row,
)


class Filter(NamedTuple):
    """Which rows are wanted: lists of a kind, of a year."""

    kind: str = ""
    year: int = 0

    def conditions(self) -> list[Condition]:
        """Return it as the table asks."""
        found = views.equal(kind=self.kind)
        if self.year:
            days = date(self.year, 1, 1).isoformat(), date(self.year, 12, 31).isoformat()
            found.append(("list_day BETWEEN ? AND ?", days))
        return found


def _of_day(touched: dict[str, set[date] | None], day: date) -> list[str]:
    return [area for area, days in touched.items() if days is None or day in days]
