"""Area status, ready for an audit: one row for each area, category and period of one status.

The rows depend on nothing but the log up to a position and the edition of the law: not on a
clock, not on how the log was cut into batches, not on when it was read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple, get_type_hints
from uuid import UUID

import msgspec

from domain import events, facts
from domain.events import Recorded
from domain.law.area.timeline import Period, Shared, Timeline, reach
from domain.law.edition import Edition
from domain.reference import Reference, View
from projections import view as views
from projections.view import Changes, Condition, Evidence, digested

AFTER_EFFECTS = 5
"""Years after a recorded day in which it may still change something: figures hold for two, and
four lists in a row end what a plan keeps up."""

_OF_NO_AREA = (
    facts.AreaListPublished,
    facts.InstanceCreated,
    facts.OriginCriterionSuspended,
    facts.ReadingChosen,
    facts.ReferenceFigures,
)
"""Facts that the law asks for whatever the area."""

TYPES = tuple(
    sorted(t.name for t in events.EVENT_TYPES if t.data_class is None and not t.no_status)
)
"""The event types that are read; receipts and sealed events are never loaded."""


class ChosenReading(msgspec.Struct, frozen=True, array_like=True):
    """A reading of an open point that this instance has chosen, and the event that says so."""

    point: str
    reading: str
    position: int


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What one area was, or may have been, in one category, from a day through a day.

    `status` is met or unknown; days without a row are days on which the area is not of the
    category. `last_day` None: nothing that is recorded, and no day of the law, changes it
    from then on. `began` and `ended` say why the period began and ended. `known_at` is the last
    position among what the row rests on (evidence, readings chosen, registration): no shorter log
    gives this row.
    """

    area: str
    name: str
    municipality: str
    category: str
    first_day: date
    last_day: date | None
    status: str
    edition: str
    readings: tuple[ChosenReading, ...]
    evidence: tuple[Evidence, ...]
    began: tuple[tuple[str, str], ...]
    ended: tuple[tuple[str, str], ...]
    known_at: int


class AreaStatus:
    """Folds events, and makes the rows that they touch.

    Facts are applied one by one; rows are made only when they are asked for, once for however
    many facts have touched an area. What was seen of an area on a day is kept, and looked up
    again only where a fact reaches that day; the rows are kept too, and only those made anew that
    lie there or next to it.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._law_changes = _last_change(edition)
        self._reference = Reference()
        self._evidence: dict[int, Evidence] = {}
        self._facts: dict[UUID, facts.Fact] = {}
        self._last_days: dict[UUID, date] = {}
        self._linked: dict[str, set[str]] = {}
        self._timelines: dict[str, Timeline] = {}
        self._rows: dict[str, dict[str, list[Row]]] = {}
        """The rows as they were last made, by area and category, oldest first."""
        self._shared = Shared()
        self._touched: dict[str, list[facts.Fact]] = {}
        self._touched_all: list[facts.Fact] = []
        self._published: set[str] = set()
        """Lists that were published, or whose publication fell away: kind and day."""
        self._horizon = self.horizon()
        self.digest = b""
        """A hash over the leaf hashes of all events applied, in order."""

    def apply(self, item: Recorded[Any]) -> None:
        """Fold one event in; events come in the order of the log."""
        fact = item.fact
        self.digest = digested(self.digest, item)
        gone = fact.retracts if isinstance(fact, facts.Retracted) else fact.corrects
        if gone is not None:
            before = self._facts.get(gone)
            if before is not None:
                self._touch(before)
                self._last_days.pop(gone, None)
        self._reference.apply(item)
        if not isinstance(fact, facts.Retracted):
            self._touch(fact)
            self._evidence[item.position] = Evidence(item.position, item.leaf_hash.hex())
            self._facts[item.event_id] = fact
            self._last_days[item.event_id] = _last_day(fact)

    def _touch(self, fact: facts.Fact) -> None:
        """Note which areas may have other rows now: those named, and all that they belong with."""
        if isinstance(fact, facts.AreaListPublished):
            self._published.add(f"{fact.kind}:{fact.list_day.isoformat()}")
            return
        named = [tag[5:] for tag in events.open_tags(fact) if tag.startswith("area:")]
        if not named:
            self._touched_all.append(fact)
            return
        together = {area for name in named for area in self._linked.get(name, {name})}
        for area in together:
            self._linked[area] = together
            self._touched.setdefault(area, []).append(fact)

    def horizon(self) -> date:
        """Return the day that the rows reach to: nothing recorded, and no day of the law, is later.

        What holds on it holds on, for all that the log knows. It follows from the log and the
        edition of the law alone, so that rows made later are the same.
        """
        recorded = max(self._last_days.values(), default=date.min).year + AFTER_EFFECTS
        return date(min(max(self._law_changes.year + 1, recorded), date.max.year), 12, 1)

    def resume(self, rows: Iterable[Row]) -> None:
        """Take what has been applied so far as known: these rows were made of it."""
        self._settle()
        for row in rows:
            self._rows.setdefault(row.area, {}).setdefault(row.category, []).append(row)

    def _settle(self) -> None:
        self._horizon = self.horizon()
        self._touched = {}
        self._touched_all = []
        self._published = set()

    def changed(self, go_on: Callable[[], bool] = lambda: True) -> Changes[Row] | None:
        """Make the rows that were touched since they were last made, and return what is new.

        None when `go_on` says no between two areas; the fold is then of no more use.
        """
        view = View(self._reference, self._reference.position, {})
        touched = self._touched
        for area, published in self._reached_by_lists(view):
            touched.setdefault(area, []).append(published)
        if self._touched_all or self.horizon() != self._horizon:
            for area in self._reference.keys(facts.AreaRegistered):
                touched.setdefault(area, []).extend(self._touched_all)
        self._settle()
        self._shared.forget_facts()
        common = View(self._reference, view.position, {})
        for kind in _OF_NO_AREA:
            for key in common.keys(kind):
                common.find(kind, key)
        changes: Changes[Row] = Changes([], [])
        for area, by in sorted(touched.items()):
            if not go_on():
                return None
            # What is remembered of an area while its rows are made is of no use for another.
            own = View(self._reference, view.position, common.memo.copy())
            registered = own.area(area)
            if registered is not None:
                self._remake(own, registered, by, changes)
            else:
                self._timelines.pop(area, None)
                for rows in self._rows.pop(area, {}).values():
                    changes.gone.extend(rows)
        return changes

    def _reached_by_lists(self, view: View) -> Iterator[tuple[str, facts.Fact]]:
        """Find the areas of which a list that was published, or not, may say something.

        It does by its completeness alone: for the areas of the municipalities that it was ever
        said to be complete for, and of them those that have no row of their own for its day.
        """
        for key in self._published:
            known = self._reference.recorded(facts.AreaListPublished, key, view.position)
            nationwide = any(item.fact.complete_nationwide for item in known)
            complete_for = {code for item in known for code in item.fact.complete_for}
            if not nationwide and not complete_for:
                continue
            day = known[0].fact.list_day
            for area in self._reference.keys(facts.AreaRegistered):
                registered = view.area(area)
                if registered is None or not (
                    nationwide or registered.fact.municipality in complete_for
                ):
                    continue
                for each in self._linked.get(area, {area}):
                    if each != area or view.listed(area, day) is None:
                        yield each, known[0].fact

    def _remake(
        self,
        view: View,
        registered: Recorded[facts.AreaRegistered],
        by: list[facts.Fact],
        changes: Changes[Row],
    ) -> None:
        """Make the rows of an area that facts reach, and note what is new of them."""
        area = registered.fact.area
        timeline = self._timelines.setdefault(area, Timeline(area))
        kept = self._rows.setdefault(area, {})
        reached = [each for fact in by for each in reach(self._edition, view, area, fact)]
        for category, first_day, end, periods in timeline.remade(
            self._edition, view, {}, self._horizon, reached, self._shared
        ):
            rows = kept.setdefault(category, [])
            at = bisect_left(rows, first_day, key=_first_day)
            upto = len(rows) if end is None else bisect_left(rows, end, key=_first_day)
            before = rows[at:upto]
            now = rows[at:upto] = [
                self._row(view, registered, period, timeline) for period in periods
            ]
            changes.gone.extend(row for row in before if row not in now)
            changes.made.extend(row for row in now if row not in before)

    def _readings(
        self, view: View, period: Period, timeline: Timeline
    ) -> tuple[ChosenReading, ...]:
        """Return the chosen readings that were asked for on any day of a period."""
        if not view.keys(facts.ReadingChosen):
            return ()
        found: dict[ChosenReading, None] = {}
        for day, seen in timeline.seen(period):
            if seen.asked:
                chosen = view.readings(day)
                for point in seen.asked:
                    if point in chosen:
                        item = chosen[point]
                        found[ChosenReading(point, item.fact.reading, item.position)] = None
        return tuple(sorted(found, key=lambda each: (each.point, each.position)))

    def _row(
        self,
        view: View,
        registered: Recorded[facts.AreaRegistered],
        period: Period,
        timeline: Timeline,
    ) -> Row:
        used = self._readings(view, period, timeline)
        rests_on = (registered.position, *period.evidence, *(each.position for each in used))
        last_day = period.last_day
        return Row(
            area=period.area,
            name=view.area_name(period.area, period.first_day),
            municipality=registered.fact.municipality,
            category=str(period.category),
            first_day=period.first_day,
            last_day=None if last_day is None or last_day >= self._horizon else last_day,
            status=str(period.status),
            edition=self._edition.id,
            readings=used,
            evidence=tuple(self._evidence[position] for position in period.evidence),
            began=period.values,
            ended=period.ended,
            known_at=max(rests_on),
        )


def _first_day(row: Row) -> date:
    return row.first_day


def _last_day(fact: facts.Fact) -> date:
    """Return the last day that a fact names."""
    last = date.min
    for field in _day_fields(type(fact)):
        day = getattr(fact, field)
        if day is not None and day > last:
            last = day
    return last


@cache
def _day_fields(kind: type[facts.Fact]) -> tuple[str, ...]:
    days = (date, date | None)
    return tuple(name for name, of in get_type_hints(kind).items() if of in days)


def _last_change(edition: Edition) -> date:
    """Return the last day on which a rule on areas begins to apply, or no longer applies."""
    days = [edition.first_day]
    for rule in edition.rules.values():
        if rule.question == "area":
            days.append(rule.first_day)
            if rule.last_day is not None:
                days.append(rule.last_day + timedelta(days=1))
    return max(days)


# --- How rows are kept ----------------------------------------------------------------------

_READINGS = msgspec.json.Decoder(tuple[ChosenReading, ...])
_EVIDENCE = msgspec.json.Decoder(tuple[Evidence, ...])
_VALUES = msgspec.json.Decoder(tuple[tuple[str, str], ...])


def _packed(row: Row) -> tuple[Any, ...]:
    return (
        row.area,
        row.category,
        row.first_day.isoformat(),
        None if row.last_day is None else row.last_day.isoformat(),
        row.name,
        row.municipality,
        row.status,
        row.edition,
        msgspec.json.encode(row.readings).decode(),
        msgspec.json.encode(row.evidence).decode(),
        msgspec.json.encode(row.began).decode(),
        msgspec.json.encode(row.ended).decode(),
        row.known_at,
    )


def _row(
    area: str,
    category: str,
    first_day: str,
    last_day: str | None,
    name: str,
    municipality: str,
    status: str,
    edition: str,
    readings: str,
    evidence: str,
    began: str,
    ended: str,
    known_at: int,
) -> Row:
    return Row(
        area=area,
        name=name,
        municipality=municipality,
        category=category,
        first_day=date.fromisoformat(first_day),
        last_day=None if last_day is None else date.fromisoformat(last_day),
        status=status,
        edition=edition,
        readings=_READINGS.decode(readings),
        evidence=_EVIDENCE.decode(evidence),
        began=_VALUES.decode(began),
        ended=_VALUES.decode(ended),
        known_at=known_at,
    )


VIEW = views.View(
    name="area_status",
    file="views.db",
    format=3,
    types=TYPES,
    fold=AreaStatus,
    key=("area", "category", "first_day"),
    columns={
        "area": "TEXT NOT NULL",
        "category": "TEXT NOT NULL",
        "first_day": "TEXT NOT NULL",
        "last_day": "TEXT",
        "name": "TEXT NOT NULL",
        "municipality": "TEXT NOT NULL",
        "status": "TEXT NOT NULL",
        "edition": "TEXT NOT NULL",
        "readings": "TEXT NOT NULL",
        "evidence": "TEXT NOT NULL",
        "began": "TEXT NOT NULL",
        "ended": "TEXT NOT NULL",
        "known_at": "INTEGER NOT NULL",
    },
    pack=_packed,
    unpack=_row,
)


class Filter(NamedTuple):
    """Which rows are wanted: of a municipality, of a category, those that hold on a day."""

    municipality: str = ""
    category: str = ""
    day: date | None = None

    def conditions(self) -> list[Condition]:
        """Return it as the table asks."""
        same = views.equal(municipality=self.municipality, category=self.category)
        return [*same, *views.holding_on(self.day)]
