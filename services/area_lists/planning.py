"""Planning an import: a file of area lists beside what stands in the log.

Nothing is written here. The caller appends a plan's facts in one batch, so that a file is imported
whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import msgspec

from domain.events import Recorded
from domain.facts import (
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    AreaRenamed,
    Fact,
    Figures,
    Listing,
    ListKind,
)
from domain.law.area.lists import existed
from domain.reference import View
from domain.shown import HIDDEN, hidden_of
from domain.suppression import LEAST_SHOWN
from services.area_lists.file import AreaListFile, ListRow
from services.area_lists.totals import ListSummary, miscounted, rows_by_day, summary_of
from services.facts.completeness import Lost, left, lost
from services.sheets.file import BadFile, Problem


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that says something else than what stands; each change reads "column: old -> new".

    `adds`: it contradicts nothing, and only fills in what was not known or attests more.
    """

    line: int
    row: str
    changes: tuple[str, ...]
    adds: bool


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What the import of a file appends, in one batch, and how the file compares to the log.

    `new` and `unchanged` count rows of the file. `changed_rows` names each row, and each area
    whose name differs, that leads to a correcting fact.
    """

    facts: tuple[Fact, ...]
    new: int
    unchanged: int
    changed_rows: tuple[ChangedRow, ...]
    summary: tuple[ListSummary, ...]


def plan_import(file: AreaListFile, view: View, least: int = LEAST_SHOWN) -> ImportPlan:
    """Compare a file with what stands and return what its import appends.

    The order of the plan's facts does not depend on the order of the file's rows. A row that
    stands unchanged appends nothing, so repeating an import appends nothing at all; a row that
    differs becomes one fact that corrects the one that stands. What a file leaves out is not
    taken back. Several files may attest the completeness of the same list, each for
    municipalities of its own: attestations and sources add up, and "no" attests nothing.

    `least`: the smallest count of persons that is shown; a figure of fewer is not repeated.

    Raises BadFile when the file, put beside what stands, gives a name to two areas or
    speaks against a list's total or completeness.
    """
    fallen = lost(view, {(row.fact.area, row.fact.list_day): row.fact for row in file.areas})
    added_up = [
        ListRow(item.line, _added_up(item.fact, view, fallen))
        for item in (*file.lists, *_not_in_file(file, view, fallen))
    ]
    days = {item.fact.list_day for item in added_up}
    left_out = _left_out(file, view, days)
    problems = [
        *_taken_names(file, view),
        *_out_of_time(file, view),
        *miscounted(added_up, [*file.rows(), *left_out], {row.area for _, row in left_out}),
    ]
    if problems:
        raise BadFile(file.name, problems)

    hides = partial(hidden_of, view, least=least)
    # A name that an area has by a recorded renaming is no other name.
    registered = {
        row.registered.area: row
        for row in file.areas
        if not is_name_of(view, row.registered.area, row.registered.name)
    }
    areas = [
        _Compared(row.line, f"area {area}", row.registered, view.area(area), hides)
        for area, row in sorted(registered.items())
    ]
    lists = [
        _Compared(
            item.line,
            f"{item.fact.kind} list of {item.fact.list_day}",
            item.fact,
            view.published(item.fact.kind, item.fact.list_day),
            hides,
        )
        for item in sorted(added_up, key=lambda item: _list_order(item.fact))
    ]
    rows = [
        _Compared(
            row.line,
            f"{row.fact.area} of {row.fact.list_day}",
            row.fact,
            view.listed(row.fact.area, row.fact.list_day),
            hides,
        )
        for row in sorted(file.areas, key=lambda row: (row.fact.list_day, row.fact.area))
    ]
    known = rows_by_day([*file.rows(), *left_out])
    return ImportPlan(
        facts=tuple(one.step for one in (*areas, *lists, *rows) if one.step is not None),
        new=sum(one.standing is None for one in (*lists, *rows)),
        unchanged=sum(one.step is None for one in (*lists, *rows)),
        changed_rows=tuple(
            ChangedRow(one.line, one.row, one.changes, one.adds)
            for one in (*areas, *lists, *rows)
            if one.changes
        ),
        summary=tuple(
            summary_of(item.fact, known[item.fact.list_day])
            for item in sorted(added_up, key=lambda item: _list_order(item.fact))
        ),
    )


def is_name_of(view: View, area: str, name: str) -> bool:
    """Tell whether a renaming is recorded of an area, and it has this name on any day."""
    registered = view.area(area)
    renamed = view.find(AreaRenamed, area)
    if registered is None or not renamed:
        return False
    return name in (registered.fact.name, *(item.fact.name for item in renamed))


class _Compared:
    """One fact of a file beside the one that stands."""

    def __init__(
        self,
        line: int,
        row: str,
        fact: Fact,
        standing: Recorded[Any] | None,
        hides: Callable[[Fact], Collection[str]],
    ) -> None:
        self.line = line
        self.row = row
        self.standing = standing
        self.step: Fact | None = fact
        """What to append: the fact, the same as a correction, or nothing."""
        self.changes: tuple[str, ...] = ()
        self.adds = standing is None or _adds(standing.fact, fact)
        if standing is not None:
            secret = frozenset(hides(standing.fact))
            self.adds = self.adds and not any(_states(fact, name) for name in secret)
            hidden = {*secret, *hides(fact)}
            self.changes = tuple(_changes(standing.fact, fact, hidden, secret))
            correction = msgspec.structs.replace(fact, corrects=standing.event_id)
            self.step = correction if self.changes else None


def _states(fact: Any, name: str) -> bool:
    return getattr(fact.figures, name) not in (None, ())


def _changes(
    before: msgspec.Struct,
    after: msgspec.Struct,
    hidden: Collection[str],
    secret: Collection[str],
) -> Iterator[str]:
    """Name what differs, and each figure in `secret` that is stated, whether it differs or not.

    What stands of those tells of few persons; whether a guess is right, nobody is to be told.
    """
    for name in after.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(new, Figures):
            yield from _changes(old, new, hidden, secret)
        elif name == "corrects" or (old == new and (name not in secret or new in (None, ()))):
            continue
        elif name in hidden or name == "measured":
            yield f"{name}: {HIDDEN} -> {HIDDEN}"
        else:
            yield f"{name}: {_shown(old)} -> {_shown(new)}"


def _adds(before: msgspec.Struct, after: msgspec.Struct) -> bool:
    """Tell whether the one only fills in what the other leaves open, or attests more."""
    for name in after.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(new, Figures):
            if not _adds(old, new):
                return False
        elif old != new and name not in _ADDED_UP and old not in (None, Listing.UNKNOWN):
            return False
    if isinstance(before, AreaListPublished) and isinstance(after, AreaListPublished):
        kept = after.complete_nationwide or not before.complete_nationwide
        return kept and (
            after.complete_nationwide or set(before.complete_for) <= set(after.complete_for)
        )
    return True


_ADDED_UP = ("corrects", "source", "confidence", "complete_nationwide", "complete_for")
"""What several files may say of the same row, each in its own way."""


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value) or "blank"
    return "blank" if value in (None, "") else str(value)


def _not_in_file(file: AreaListFile, view: View, fallen: Lost) -> Iterator[ListRow]:
    """Find lists without a record in the file whose attestation falls with one of its rows."""
    in_file = {(item.fact.kind, item.fact.list_day) for item in file.lists}
    for kind, day in fallen:
        published = view.published(kind, day)
        if published is not None and (kind, day) not in in_file:
            line = min(row.line for row in file.areas if row.fact.list_day == day)
            nothing = {"complete_nationwide": False, "complete_for": (), "corrects": None}
            yield ListRow(line, msgspec.structs.replace(published.fact, **nothing))


def _added_up(new: AreaListPublished, view: View, fallen: Lost) -> AreaListPublished:
    """Add what a file attests of a list to what has been attested of it and has not fallen."""
    standing = view.published(new.kind, new.list_day)
    if standing is None:
        return new
    gone = set(fallen.get((new.kind, new.list_day), ())) - set(new.complete_for)
    old = standing.fact if new.complete_nationwide else left(standing.fact, gone)
    nationwide = old.complete_nationwide or new.complete_nationwide
    complete_for = () if nationwide else tuple(sorted({*old.complete_for, *new.complete_for}))
    sources = dict.fromkeys([*old.source.split(" | "), *new.source.split(" | ")])
    return AreaListPublished(
        kind=new.kind,
        list_day=new.list_day,
        published_total=old.published_total if new.published_total is None else new.published_total,
        complete_nationwide=nationwide,
        complete_for=complete_for,
        source=" | ".join(sources),
    )


def _left_out(file: AreaListFile, view: View, days: set[date]) -> list[tuple[str, AreaListed]]:
    """Return the rows that stand for a day of the file and are not in the file."""
    in_file = {(row.fact.area, row.fact.list_day) for row in file.areas}
    found = []
    for area in view.keys(AreaListed):
        registered = view.area(area)
        municipality = registered.fact.municipality if registered else ""
        for day in sorted(days):
            listed = view.listed(area, day)
            if listed is not None and (area, day) not in in_file:
                found.append((municipality, listed.fact))
    return found


def _taken_names(file: AreaListFile, view: View) -> Iterator[Problem]:
    """Find areas of the file whose name another area has that stands under its own id.

    What counts is the name of the row's day, as renamings tell.
    """
    in_file = {row.registered.area for row in file.areas}
    others = [
        (area, registered.fact.municipality)
        for area in view.keys(AreaRegistered)
        if area not in in_file and (registered := view.area(area)) is not None
    ]
    taken = {
        day: {(municipality, view.area_name(area, day)): area for area, municipality in others}
        for day in {row.fact.list_day for row in file.areas}
    }
    for row in file.areas:
        named = row.registered.municipality, row.registered.name
        other = taken[row.fact.list_day].get(named)
        if other is not None:
            what = (
                f"{row.registered.name!r} is registered as {other}; one name is one area: "
                f"write {other}"
            )
            yield Problem(row.line, "area", what)


def _out_of_time(file: AreaListFile, view: View) -> Iterator[Problem]:
    """Find rows for a list of a day on which the area did not exist, as changes of it tell."""
    for row in file.areas:
        since, before = existed(view, row.fact.area)
        day = row.fact.list_day
        if since is not None and day < since:
            yield Problem(row.line, "area", f"{row.fact.area} came to be on {since}, after {day}")
        if before is not None and day >= before:
            what = f"{row.fact.area} does not exist since the list of {before}"
            yield Problem(row.line, "area", what)


def _list_order(fact: AreaListPublished) -> tuple[date, int]:
    return fact.list_day, list(ListKind).index(fact.kind)
