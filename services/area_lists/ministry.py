"""Lists as the ministry publishes them: names and no ids, to the records of the format of husret.

The areas get the ids that they have here where their names are the same, however written; else new
ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.facts import AreaListed, AreaRegistered, AreaRenamed, Listing
from domain.facts import ListKind as Kind
from domain.facts.kinds import LONGEST_SOURCE
from domain.law.area.lists import FIRST_LIST, existed, listing
from domain.reference import View
from services.area_lists.file import AreaListFile, Matched
from services.area_lists.ministry_text import (
    FIGURES,
    Asked,
    Found,
    Row,
    list_day,
    read,
    sheet_of,
)
from services.area_lists.reading import (
    AREA_COLUMNS,
    COLUMNS,
    OPTIONAL_COLUMNS,
    Confidence,
    RecordKind,
    of_records,
)
from services.facts.area_names import WHOLE, nearness
from services.facts.municipalities import MADE_UP_MUNICIPALITY
from services.sheets.file import BadFile


def parse(data: bytes, name: str, asked: Asked, view: View) -> AreaListFile:
    """Read such a file, its areas beside those that stand; `name` stands in the error.

    A list is complete in the whole country when as many areas stand in the file as were published:
    the total is asked, stands in the file, or is known here already. What else stands of an area of
    that day is kept.

    Raises BadFile with every problem of the file.
    """
    sheet = sheet_of(data, name)
    found = Found(asked, problems=sheet.problems, totals=dict(asked.totals))
    read(sheet.lines, found)
    day = list_day(found)
    if day is None or found.problems:
        raise BadFile(name, found.problems)
    source = asked.source or f"the ministry's list of {day}, as published; read in {name}"
    ids = _Ids(found, view, day)
    areas = _by_area(found, ids)
    for kind in {*asked.totals} - {*found.kinds}:
        found.bad(1, "", f"has no {kind} list, of which a total is given")
    complete = {kind: _is_complete(kind, day, found, areas, view) for kind in found.kinds}
    if found.problems:
        raise BadFile(name, found.problems)
    records = [
        *_list_records(day, source, found, complete, view),
        *_area_records(day, source, found, complete, areas, ids, view),
    ]
    lists = "; ".join(
        f"{kind} of {day}, {len(_on(kind, areas))} areas"
        f"{', whole' if whole else ', not known to be whole'}"
        for kind, whole in complete.items()
    )
    over = f"; {found.passed_over} lines passed over" if found.passed_over else ""
    try:
        file = of_records(name, records, f"{sheet.read_as}, as published: {lists}{over}", [])
    except BadFile as error:
        raise BadFile(
            name,
            (replace(p, column=found.headings.get(p.column, p.column)) for p in error.problems),
        ) from None
    return AreaListFile(file.name, file.lists, file.areas, file.read_as, tuple(ids.matched))


# --- Areas ----------------------------------------------------------------------------------


class _Ids:
    """The ids of areas by their names, as they stand here."""

    def __init__(self, found: Found, view: View, day: date) -> None:
        self._found, self._view, self._day = found, view, day
        self._names: dict[str, dict[str, set[str]]] = {}
        for area in view.keys(AreaRegistered):
            registered = view.area(area)
            since, before = existed(view, area)
            if (
                registered is None
                or (since is not None and day < since)
                or (before is not None and day >= before)
            ):
                continue
            names = {registered.fact.name, *(i.fact.name for i in view.find(AreaRenamed, area))}
            self._names.setdefault(registered.fact.municipality, {})[area] = names
        self._unused = set(found.asked.areas)
        self.matched: dict[Matched, None] = {}

    def of(self, row: Row) -> str | None:
        """Return the id of an area; what may be several is wrong."""
        asked = self._found.asked.areas.get(row.name)
        if asked is not None and asked.startswith(f"{row.municipality}-"):
            self._unused.discard(row.name)
            self.matched[Matched(row.name, asked, self.name(asked, row.name))] = None
            return asked
        near = [
            area
            for area, names in self._names.get(row.municipality, {}).items()
            if any(nearness(row.name, name) in WHOLE for name in names)
        ]
        if len(near) > 1:
            what = f"{row.name!r} may be {' or '.join(near)}; say which with area: NAME=ID"
            self._found.bad(row.line, "name", what)
            return None
        if not near:
            return f"{row.municipality}-{_slug(row.name)}"
        if (name := self.name(near[0], row.name)) != row.name:
            self.matched[Matched(row.name, near[0], name)] = None
        return near[0]

    def name(self, area: str, written: str) -> str:
        """Return the name that an area has here on the day of the list."""
        return written if self._view.area(area) is None else self._view.area_name(area, self._day)

    def check_used(self) -> None:
        """Find ids that are given for names that the file has not."""
        for name in sorted(self._unused):
            self._found.bad(1, "name", f"no area {name!r} of that municipality stands in the file")


def _slug(name: str) -> str:
    letters = name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")


@dataclass(slots=True)
class _Area:
    line: int
    municipality: str
    name: str
    on: dict[Kind, int]
    figures: dict[str, str]


def _by_area(found: Found, ids: _Ids) -> dict[str, _Area]:
    areas: dict[str, _Area] = {}
    for row in found.rows:
        area = ids.of(row)
        if area is None:
            continue
        one = areas.setdefault(area, _Area(row.line, row.municipality, row.name, {}, {}))
        first = one.on.setdefault(row.kind, row.line)
        if first != row.line:
            found.bad(row.line, "name", f"{row.name!r} already stands in line {first} of this list")
        for column, figure in row.figures.items():
            if one.figures.setdefault(column, figure) != figure:
                found.bad(
                    row.line, column, f"{figure} is not what line {one.line} says of the area"
                )
    ids.check_used()
    return areas


def _on(kind: Kind, areas: Mapping[str, _Area]) -> list[_Area]:
    return [one for one in areas.values() if kind in one.on]


def _is_complete(
    kind: Kind, day: date, found: Found, areas: Mapping[str, _Area], view: View
) -> bool:
    count = sum(one.municipality != MADE_UP_MUNICIPALITY for one in _on(kind, areas))
    total = found.totals.get(kind)
    if total is not None and total != count:
        what = (
            f"{total} areas were published on the {kind} list, and {count} stand here; is a page "
            "missing? Without a total, what stands here is taken as a part of the list"
        )
        found.bad(found.kinds[kind], "", what)
    return _published_total(kind, day, found, view) == count


def _published_total(kind: Kind, day: date, found: Found, view: View) -> int | None:
    """Return how many areas were published, as the file says or else as is known here."""
    standing = view.published(kind, day)
    known = None if standing is None else standing.fact.published_total
    return found.totals.get(kind, known)


# --- Records --------------------------------------------------------------------------------


def _list_records(
    day: date, source: str, found: Found, complete: Mapping[Kind, bool], view: View
) -> Iterator[tuple[int, dict[str, str]]]:
    for kind, line in found.kinds.items():
        total = _published_total(kind, day, found, view)
        said = {
            "record": RecordKind.LIST.value,
            "list_day": day.isoformat(),
            "kind": kind.value,
            "published_total": "" if total is None else str(total),
            "complete": "nationwide" if complete[kind] else "no",
            "source": source,
        }
        yield line, _EMPTY | said
    # What is kept of an area's row may speak of a list that stands, and not in this file. Of that
    # one nothing is attested or taken back.
    for kind in Kind:
        standing = view.published(kind, day)
        if standing is not None and kind not in found.kinds:
            said = {
                "record": RecordKind.LIST.value,
                "list_day": day.isoformat(),
                "kind": kind.value,
                "complete": "no",
                "source": standing.fact.source,
            }
            yield 1, _EMPTY | said


_EMPTY = dict.fromkeys((*COLUMNS, *OPTIONAL_COLUMNS), "")


def _area_records(
    day: date,
    source: str,
    found: Found,
    complete: Mapping[Kind, bool],
    areas: Mapping[str, _Area],
    ids: _Ids,
    view: View,
) -> Iterator[tuple[int, dict[str, str]]]:
    for area, one in areas.items():
        standing = view.listed(area, day)
        kept = {} if standing is None else _of_row(standing.fact)
        listings = {
            kind.value: Listing.ON.value
            if kind in one.on
            else _listing_not_named(kind, day, complete, kept)
            for kind in Kind
            if kind is not Kind.COMBINED_LETTING
        }
        figures = {column: figure for column, figure in one.figures.items() if figure}
        official = Confidence.OFFICIAL
        if one.municipality == MADE_UP_MUNICIPALITY:
            official = Confidence.MADE_UP
        said = {
            "record": RecordKind.AREA.value,
            "list_day": day.isoformat(),
            "municipality": one.municipality,
            "area": area,
            "name": ids.name(area, one.name),
            "source": source,
            "confidence": official.value,
        }
        yield one.line, _as_it_stood(_EMPTY | kept | listings | figures | said, figures, kept)
    for area in view.keys(AreaListed):
        standing, registered = view.listed(area, day), view.area(area)
        if standing is None or registered is None or area in areas:
            continue
        kept = _of_row(standing.fact)
        off = {k.value: Listing.OFF.value for k, is_whole in complete.items() if is_whole}
        if off.items() <= kept.items():
            continue
        named = {
            "record": RecordKind.AREA.value,
            "list_day": day.isoformat(),
            "municipality": registered.fact.municipality,
            "area": area,
            "name": view.area_name(area, day),
            "source": source,
        }
        yield 1, _EMPTY | kept | off | named


def _listing_not_named(
    kind: Kind, day: date, complete: Mapping[Kind, bool], kept: Mapping[str, str]
) -> str:
    if day < FIRST_LIST[kind]:
        return Listing.NO_SUCH_LIST.value
    if complete.get(kind):
        return Listing.OFF.value
    return kept.get(kind.value, Listing.UNKNOWN.value)


def _of_row(fact: AreaListed) -> dict[str, str]:
    """Return the cells of a row that stands."""
    figures = {
        name: str(value)
        for name in ("residents", *AREA_COLUMNS, *OPTIONAL_COLUMNS)
        if (value := getattr(fact.figures, name, None)) is not None
    }
    listings = {kind.value: listing(fact, kind).value for kind in Kind}
    return {**listings, **figures, "source": fact.source, "confidence": fact.confidence}


def _as_it_stood(
    cells: dict[str, str], stated: Mapping[str, str], kept: Mapping[str, str]
) -> dict[str, str]:
    """Keep the source of a row that the file says nothing new of, and name both where it does.

    A figure that stands and that the file has not keeps the lower confidence of its own source.
    """
    if not kept:
        return cells
    content = (*(kind.value for kind in Kind), *FIGURES)
    if all(_plain(cells[c]) == _plain(kept.get(c, "")) for c in content):
        return cells | {"source": kept["source"], "confidence": kept["confidence"]}
    if any(kept.get(c) and not stated.get(c) for c in FIGURES):
        cells = cells | {"confidence": kept["confidence"]}
    both = f"{cells['source']} | {kept['source']}"
    return cells | {"source": both if len(both) <= LONGEST_SOURCE else cells["source"]}


def _plain(figure: str) -> str:
    return figure.replace(",", ".")
