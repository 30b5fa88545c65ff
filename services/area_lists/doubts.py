"""What an import of area lists takes for new, what left, and what somebody must confirm.

An area of a file is new when no fact has named it. Under another spelling it may be an area that
stands: its run of lists would then break in silence, and with it what the law builds on runs. So
the import names what it takes for new and what is near it, and asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from domain.facts import (
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    AreaRenamed,
    Figures,
    Listing,
    ListKind,
)
from domain.law.area.lists import FIRST_LIST, list_before, listing
from domain.reference import View
from services.area_lists.file import AreaListFile, AreaRow
from services.area_lists.planning import ImportPlan
from services.facts.area_names import WHOLE, Nearness, nearness, whole
from services.facts.plausibility import figure_doubts, figures_beside
from services.sheets.file import Problem

REPLACED = "replaced"
"""Why an area may be meant though its name is not near: it left as the new one came."""


class Near(NamedTuple):
    """An area that a new one may be meant for, and why.

    `moved`: it lies in another municipality. `breaks_run`: the lists name the one and the other
    on no common day, so that a run of lists breaks if the two are the same.
    """

    area: str
    name: str
    why: str
    moved: bool
    breaks_run: bool

    @property
    def is_asked(self) -> bool:
        """Tell whether somebody must say that the two are two: one whole name is one area."""
        return self.breaks_run or (self.why in WHOLE and not self.moved)


class NewArea(NamedTuple):
    """An area that no fact has named before, with the first line that names it."""

    line: int
    area: str
    name: str
    near: tuple[Near, ...]


class Left(NamedTuple):
    """An area that stood on `in_a_row` lists up to the one before, and is not on this one.

    `known`: it is said to be off, or the list is complete for its municipality.
    """

    area: str
    name: str
    kind: ListKind
    list_day: date
    in_a_row: int
    known: bool


class Doubts(NamedTuple):
    """What is to be said of an import before it is appended.

    `new_breaks` are the problems that a confirmation of new areas takes away, `implausible` those
    that one of implausible figures and days does.
    """

    new: tuple[NewArea, ...]
    left: tuple[Left, ...]
    new_breaks: tuple[Problem, ...]
    implausible: tuple[Problem, ...]


def doubts(file: AreaListFile, view: View, plan: ImportPlan, today: date) -> Doubts:
    """Look at a file and what its import would append, beside what stands."""
    lists = _Lists(file, view)
    new = tuple(_new_areas(file, view, lists))
    return Doubts(
        new=new,
        left=tuple(_left(file, plan, lists)),
        new_breaks=(*map(_broken, _asked(new)), *_names_off_their_days(file, view)),
        implausible=(*_ahead(file, plan, today), *_figures(file, view, plan)),
    )


class _Lists:
    """Which areas are on which list, as it will be when the file has been imported."""

    def __init__(self, file: AreaListFile, view: View) -> None:
        self._view = view
        self.rows: dict[tuple[str, date], AreaListed] = {}
        self.names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.municipality: dict[str, str] = {}
        for area in view.keys(AreaRegistered):
            registered = view.area(area)
            assert registered is not None  # it is among the keys
            self.names[area][registered.fact.name] = None
            self.municipality[area] = registered.fact.municipality
            for renamed in view.find(AreaRenamed, area):
                self.names[area][renamed.fact.name] = None
            for item in view.find(AreaListed, area):
                self.rows[area, item.fact.list_day] = item.fact
        for row in file.areas:
            self.names[row.registered.area][row.registered.name] = None
            self.municipality[row.registered.area] = row.registered.municipality
            self.rows[row.fact.area, row.fact.list_day] = row.fact
        self.published = {(item.fact.kind, item.fact.list_day): item.fact for item in file.lists}
        self._on: defaultdict[str, set[tuple[ListKind, date]]] = defaultdict(set)
        for (area, day), row_of_day in self.rows.items():
            for kind in ListKind:
                if listing(row_of_day, kind) is Listing.ON:
                    self._on[area].add((kind, day))

    def on(self, area: str) -> set[tuple[ListKind, date]]:
        """Return the lists, by kind and day, that an area is on."""
        return self._on[area]

    def in_a_row(self, area: str, kind: ListKind, last: date) -> int:
        """Return on how many lists in a row the area stood, the last of them of that day."""
        count, day = 0, last
        while day >= FIRST_LIST[kind] and (kind, day) in self._on[area]:
            count, day = count + 1, list_before(kind, day)
        return count

    def known_off(self, area: str, kind: ListKind, day: date) -> bool:
        """Tell whether the area is known not to be on a list."""
        row = self.rows.get((area, day))
        if row is not None:
            return listing(row, kind) is Listing.OFF
        code = self.municipality[area]
        standing = self._view.published(kind, day)
        attested = [self.published.get((kind, day)), standing.fact if standing else None]
        return any(
            each.complete_nationwide or code in each.complete_for for each in attested if each
        )


# --- New areas ------------------------------------------------------------------------------


def _new_areas(file: AreaListFile, view: View, lists: _Lists) -> Iterator[NewArea]:
    first: dict[str, AreaRow] = {}
    for row in file.areas:
        first.setdefault(row.registered.area, row)
    within: defaultdict[str, list[str]] = defaultdict(list)
    by_name: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def note(area: str) -> None:
        within[lists.municipality[area]].append(area)
        for name in lists.names[area]:
            by_name[whole(name)][area] = None

    for area in lists.names:
        if view.area(area) is not None:
            note(area)
    for area, row in first.items():
        if view.area(area) is not None:
            continue
        # Elsewhere only an area of the same name can be this one, moved.
        elsewhere = (each for name in lists.names[area] for each in by_name[whole(name)])
        possible = dict.fromkeys((*within[lists.municipality[area]], *elsewhere))
        near = tuple(
            found for each in possible if (found := _near(area, each, view, lists)) is not None
        )
        yield NewArea(row.line, area, row.registered.name, near)
        note(area)


def _near(area: str, other: str, view: View, lists: _Lists) -> Near | None:
    """Say whether a new area may be another one under another name, or moved."""
    moved = lists.municipality[area] != lists.municipality[other]
    ways = {
        way
        for name in lists.names[area]
        for other_name in lists.names[other]
        if (way := nearness(name, other_name)) is not None
    }
    on, other_on = lists.on(area), lists.on(other)
    breaks = not on & other_on and bool({kind for kind, _ in on} & {kind for kind, _ in other_on})
    name = next(reversed(lists.names[other]))
    if moved and not ways & set(WHOLE):
        return None
    if not ways:
        if view.area(other) is None or not _replaced(area, other, lists):
            return None
        return Near(other, name, REPLACED, moved, breaks)
    why = min(ways, key=list(Nearness).index)
    return Near(other, name, str(why), moved, breaks)


def _replaced(area: str, other: str, lists: _Lists) -> bool:
    """Tell whether one area left a list as the other came on it for the first time."""
    came: dict[ListKind, date] = {}
    for kind, day in lists.on(area):
        came[kind] = min(day, came.get(kind, day))
    return any(
        (kind, list_before(kind, day)) in lists.on(other) and (kind, day) not in lists.on(other)
        for kind, day in came.items()
    )


def _asked(new: Iterable[NewArea]) -> Iterator[tuple[NewArea, tuple[Near, ...]]]:
    for area in new:
        asked = tuple(each for each in area.near if each.is_asked)
        if asked:
            yield area, asked


WHY = {
    "same": ("hedder det samme", "has the same name"),
    "case": ("hedder det samme på nær store bogstaver", "has the same name but for capitals"),
    "spelling": ("er det samme, stavet anderledes", "is the same spelled otherwise"),
    "mv": (
        "hedder det samme på nær mv. eller lignende",
        "has the same name but for mv. or the like",
    ),
    "alike": ("hedder næsten det samme", "is nearly the same"),
    "part": ("har en del af navnet til fælles", "has a part of the name in common"),
    REPLACED: ("forlod listen, da dette kom på", "left the list as this one came"),
}
"""Why an area may be another, by its code, in Danish and English."""


def _broken(found: tuple[NewArea, tuple[Near, ...]]) -> Problem:
    area, near = found
    others = ", ".join(
        f"{each.area} ({each.name!r} {WHY[each.why][1]}"
        f"{'; it lies in another municipality' if each.moved else ''})"
        for each in near
    )
    breaks = any(each.breaks_run for each in near)
    cost = "its run of lists breaks" if breaks else "the lists name it twice"
    what = (
        f"{area.area} ({area.name!r}) would be taken for a new area, beside {others}: if they are "
        f"one, {cost}. Write the id that stands (for a list without ids: --area NAME=ID, "
        "as_published.areas), record a renaming, or confirm with accept_new (--accept-new)"
    )
    return Problem(area.line, "area", what)


def _names_off_their_days(file: AreaListFile, view: View) -> Iterator[Problem]:
    """Find rows that give an area a name that it has, by a recorded renaming, on other days."""
    for row in file.areas:
        area, name, day = row.registered.area, row.registered.name, row.fact.list_day
        registered = view.area(area)
        if registered is None or view.listed(area, day) is not None:
            continue
        names = [registered.fact.name, *(i.fact.name for i in view.find(AreaRenamed, area))]
        then = view.area_name(area, day)
        if name != then and name in names:
            what = (
                f"{area} is called {then!r} on {day}, and {name!r} on other days, as was recorded; "
                "write the name of the day, or confirm with accept_new (--accept-new)"
            )
            yield Problem(row.line, "name", what)


# --- What left ------------------------------------------------------------------------------


def _left(file: AreaListFile, plan: ImportPlan, lists: _Lists) -> Iterator[Left]:
    """Find the areas that stood on the list before one of the file's and are not on that."""
    moving = {
        fact.list_day for fact in plan.facts if isinstance(fact, AreaListed | AreaListPublished)
    }
    told = {(row.registered.municipality, row.fact.list_day) for row in file.areas}
    for kind, day in sorted(
        lists.published, key=lambda each: (each[1], list(ListKind).index(each[0]))
    ):
        if day not in moving:
            continue
        before = list_before(kind, day)
        for area in sorted(lists.names):
            if (kind, before) not in lists.on(area) or (kind, day) in lists.on(area):
                continue
            known = lists.known_off(area, kind, day)
            if known or (lists.municipality[area], day) in told:
                in_a_row = lists.in_a_row(area, kind, before)
                name = next(reversed(lists.names[area]))
                yield Left(area, name, kind, day, in_a_row, known)


# --- Figures and days -----------------------------------------------------------------------

_CONFIRM = "; correct it, or confirm it with accept_implausible (--accept-implausible)"


def _ahead(file: AreaListFile, plan: ImportPlan, today: date) -> Iterator[Problem]:
    appended = {(f.kind, f.list_day) for f in plan.facts if isinstance(f, AreaListPublished)}
    for item in file.lists:
        day = item.fact.list_day
        if day > today and (item.fact.kind, day) in appended:
            yield Problem(item.line, "list_day", f"{day} lies after today, {today}{_CONFIRM}")


def _figures(file: AreaListFile, view: View, plan: ImportPlan) -> Iterator[Problem]:
    appended = {(f.area, f.list_day) for f in plan.facts if isinstance(f, AreaListed)}
    in_file: defaultdict[str, list[tuple[date, Figures]]] = defaultdict(list)
    for row in file.areas:
        in_file[row.fact.area].append((row.fact.list_day, row.fact.figures))
    for row in file.areas:
        area, day = row.fact.area, row.fact.list_day
        if (area, day) not in appended:
            continue
        standing = view.listed(area, day)
        corrects = None if standing is None else standing.event_id
        beside = [*in_file[area], *figures_beside(view, area, corrects)]
        for doubt in figure_doubts(row.fact.figures, day, row.fact, beside):
            value = getattr(row.fact.figures, doubt.about, None)
            said = doubt.what if value is None else f"{value} {doubt.what}"
            yield Problem(row.line, doubt.about, said + _CONFIRM)
