"""Reading a file of area lists: bytes to records, and everything that is wrong in them.

Nothing outside the file is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from domain.facts import (
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    Figures,
    Listing,
    ListKind,
)
from domain.facts.kinds import LONGEST_NAME, LONGEST_SOURCE
from domain.law.area.lists import FIRST_LIST, GHETTO_LIST_DAYS, list_day_due, listing
from services.area_lists.file import (
    AreaListFile,
    AreaRow,
    ListRow,
)
from services.area_lists.totals import miscounted
from services.facts.municipalities import MADE_UP_MUNICIPALITY
from services.sheets import reading as sheets
from services.sheets.cells import LARGEST, Record
from services.sheets.file import BadFile, Problem

FIGURES = (
    "unattached_share",
    "convicted_share",
    "basic_schooling_share",
    "income_ratio",
    "nonwestern_share",
)
"""The shares that every file has a column for; the others stand in a file that states them."""

SHARED_COLUMNS = ("record", "list_day", "source")
LIST_COLUMNS = ("kind", "published_total", "complete")
OPTIONAL_COLUMNS = (
    ListKind.COMBINED_LETTING.value,
    "residents_2010",
    *(each for each in LARGEST if each not in FIGURES),
)
"""Columns of an area record that a file may leave out; it then states nothing of them."""
AREA_COLUMNS = (
    "municipality",
    "area",
    "name",
    *(kind.value for kind in ListKind if kind is not ListKind.COMBINED_LETTING),
    "residents",
    *FIGURES,
    "confidence",
)
COLUMNS = (*SHARED_COLUMNS, *LIST_COLUMNS, *AREA_COLUMNS)
"""Every column that a file must have; their order in the file is free."""


class RecordKind(StrEnum):
    """What a line of the file states: a published list, or what its day's lists say of an area."""

    LIST = "list"
    AREA = "area"


class Confidence(StrEnum):
    """How the row of an area was obtained."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    DERIVED = "derived"
    MADE_UP = "made_up"


def parse(
    data: bytes, name: str, is_name_of: Callable[[str, str], bool] = lambda area, name: False
) -> AreaListFile:
    """Read a file of area lists; `name` stands in the error.

    `is_name_of` tells whether an area is recorded under a name, on any day: a file may give it
    several of these, and otherwise gives it one.

    Raises BadFile with every problem of the file. Where a line says too little to be
    read at all, what hangs on several lines (counts, missing lists) is not judged.
    """
    sheet = sheets.read(data, name)
    short = {"record": RecordKind.LIST.value}
    rows = sheets.records(sheet, name, COLUMNS, OPTIONAL_COLUMNS, short)
    return of_records(name, rows, sheet.read_as, sheet.problems, is_name_of)


def of_records(
    name: str,
    rows: Iterable[tuple[int, dict[str, str]]],
    read_as: str,
    problems: list[Problem],
    is_name_of: Callable[[str, str], bool] = lambda area, name: False,
) -> AreaListFile:
    """Read the records of a file, each the line that it comes from and its cells by column.

    Raises BadFile as `parse` does.
    """
    found = [_row(Record(line, cells, problems)) for line, cells in rows]
    lists = [row for row in found if isinstance(row, ListRow)]
    areas = [row for row in found if isinstance(row, AreaRow)]
    all_read = None not in found and all(problem.column for problem in problems)
    file = AreaListFile(name, tuple(lists), tuple(areas), read_as)
    problems += _repeated(lists, areas, is_name_of)
    if all_read:
        problems += _without_list(lists, areas)
        problems += miscounted(lists, file.rows(), set())
        if not lists and not areas:
            problems.append(Problem(1, "", "the file has no list record and no area record"))
    if problems:
        raise BadFile(name, problems)
    return file


def _row(record: Record) -> ListRow | AreaRow | None:
    match record.word("record", RecordKind):
        case RecordKind.LIST:
            return _list_row(record)
        case RecordKind.AREA:
            return _area_row(record)
        case None:
            return None


def _list_row(record: Record) -> ListRow | None:
    record.leave_empty((*AREA_COLUMNS, *OPTIONAL_COLUMNS), RecordKind.LIST)
    day = _list_day(record)
    kind = record.word("kind", ListKind)
    total = record.count("published_total")
    source = record.text("source", LONGEST_SOURCE)
    nationwide, complete_for = _completeness(record)
    if day is None or kind is None:
        return None
    if day < FIRST_LIST[kind]:
        record.refuse("kind", f"there is no {kind} list before {FIRST_LIST[kind]}")
    elif list_day_due(kind, day) != day:
        due = list_day_due(kind, day)
        record.refuse("list_day", f"no {kind} list is due on {day}; the one before is of {due}")
    fact = AreaListPublished(
        kind=kind,
        list_day=day,
        published_total=total,
        complete_nationwide=nationwide,
        complete_for=complete_for,
        source=source,
    )
    return ListRow(record.line, fact)


def _completeness(record: Record) -> tuple[bool, tuple[str, ...]]:
    match record.cells["complete"].split():
        case []:
            record.refuse("complete", "is empty; write nationwide, no, or municipality codes")
            return False, ()
        case ["nationwide"]:
            return True, ()
        case ["no"]:
            return False, ()
        case codes:
            known = {record.municipality("complete", code) for code in codes}
            return False, tuple(sorted(code for code in known if code))


def _area_row(record: Record) -> AreaRow | None:
    record.leave_empty(LIST_COLUMNS, RecordKind.AREA)
    day = _list_day(record)
    municipality = record.municipality("municipality", record.cells["municipality"])
    area = record.area(municipality)
    name = re.sub(" +", " ", record.text("name", LONGEST_NAME))
    listings = {
        kind: record.word(kind.value, Listing)
        for kind in ListKind
        if kind is not ListKind.COMBINED_LETTING
    }
    combined_letting: Listing | None = Listing.UNKNOWN
    if record.cells[ListKind.COMBINED_LETTING.value]:
        combined_letting = record.word(ListKind.COMBINED_LETTING.value, Listing)
    shares: dict[str, Any] = {name: record.share(name, LARGEST[name]) for name in LARGEST}
    figures = Figures(
        residents=record.count("residents"),
        residents_2010=record.count("residents_2010"),
        **shares,
        rounded=municipality != MADE_UP_MUNICIPALITY,  # invented figures are what they are
    )
    _check_figures_of_day(record, day)
    source = record.text("source", LONGEST_SOURCE)
    confidence = record.word("confidence", Confidence)
    if confidence and (confidence is Confidence.MADE_UP) != (municipality == MADE_UP_MUNICIPALITY):
        what = f"made_up belongs to municipality {MADE_UP_MUNICIPALITY}, and only to it"
        record.refuse("confidence", what)
    vulnerable = listings[ListKind.VULNERABLE]
    parallel_society = listings[ListKind.PARALLEL_SOCIETY]
    transformation = listings[ListKind.TRANSFORMATION]
    prevention = listings[ListKind.PREVENTION]
    if not (
        day and municipality and area and vulnerable and parallel_society and transformation
    ) or not (prevention and combined_letting):
        return None
    fact = AreaListed(
        area=area,
        list_day=day,
        vulnerable=vulnerable,
        parallel_society=parallel_society,
        transformation=transformation,
        prevention=prevention,
        combined_letting=combined_letting,
        figures=figures,
        source=source,
        confidence=confidence or "",
    )
    _check_listings(record, fact)
    registered = AreaRegistered(area=area, name=name, municipality=municipality)
    return AreaRow(record.line, registered, fact)


def _list_day(record: Record) -> date | None:
    day = record.day("list_day")
    first = min(FIRST_LIST.values())
    if day is not None and day < first:
        record.refuse("list_day", f"{day} lies before {first}, the first day of such lists")
        return None
    return day


_MEASURED = {
    # By the figure: the first day of lists with it, the first without it, what they have instead.
    "unattached_share": (GHETTO_LIST_DAYS[-1], date.max, "unattached_share_4_years"),
    "unattached_share_4_years": (date.min, GHETTO_LIST_DAYS[-1], "unattached_share"),
    "convicted_per_10000": (date.min, GHETTO_LIST_DAYS[-1], "convicted_share_adults"),
    "convicted_share_adults": (GHETTO_LIST_DAYS[-1], date(2018, 12, 1), "another column"),
    "convicted_share": (date(2018, 12, 1), date.max, "another column"),
    "convicted_share_country": (date(2018, 12, 1), date.max, "no such figure"),
    "convicted_limit": (date(2018, 12, 1), date.max, "no such figure"),
}
"""The figures that the tests of 2010, 2014 and 2018 measure each in its own way."""


def _check_figures_of_day(record: Record, day: date | None) -> None:
    for name, (first, end, instead) in _MEASURED.items():
        if day is not None and record.cells[name] and not first <= day < end:
            what = f"is not what the lists of that time give; the test of {day} takes {instead}"
            record.refuse(name, what)


def _check_listings(record: Record, row: AreaListed) -> None:
    for kind, first in FIRST_LIST.items():
        found = listing(row, kind)
        if kind is ListKind.COMBINED_LETTING and found is Listing.UNKNOWN:
            continue
        if row.list_day < first and found is not Listing.NO_SUCH_LIST:
            what = f"there is no {kind} list before {first}; write {Listing.NO_SUCH_LIST}"
            record.refuse(kind.value, what)
        elif row.list_day >= first and found is Listing.NO_SUCH_LIST:
            record.refuse(
                kind.value, f"there is such a list since {first}; write on, off or unknown"
            )
    # § 61 a: every transformation area is a parallel society, and that a vulnerable area.
    for narrow, wide in (
        (ListKind.TRANSFORMATION, ListKind.PARALLEL_SOCIETY),
        (ListKind.PARALLEL_SOCIETY, ListKind.VULNERABLE),
    ):
        if listing(row, narrow) is Listing.ON and listing(row, wide) is Listing.OFF:
            what = f"is off, but {narrow} is on, and each {narrow} area is a {wide} area too"
            record.refuse(wide.value, what)


def _repeated(
    lists: list[ListRow], areas: list[AreaRow], is_name_of: Callable[[str, str], bool]
) -> Iterator[Problem]:
    """Find records that repeat each other, and names and ids that do not pair up."""
    list_lines: dict[tuple[date, ListKind], int] = {}
    for item in lists:
        first = list_lines.setdefault((item.fact.list_day, item.fact.kind), item.line)
        if first != item.line:
            yield Problem(item.line, "kind", f"this list already stands in line {first}")
    area_lines: dict[tuple[date, str], int] = {}
    by_name: dict[tuple[str, str], AreaRow] = {}
    by_area: dict[str, AreaRow] = {}
    for row in areas:
        area, name = row.registered.area, row.registered.name
        first = area_lines.setdefault((row.fact.list_day, area), row.line)
        if first != row.line:
            yield Problem(row.line, "area", f"{area} of this day already stands in line {first}")
        other = by_area.setdefault(area, row)
        if other.registered.name != name and not (
            is_name_of(area, name) and is_name_of(area, other.registered.name)
        ):
            what = f"{area} is named {other.registered.name!r} in line {other.line}"
            yield Problem(row.line, "name", f"{what}; one file gives an area one name")
        if name:
            other = by_name.setdefault((row.registered.municipality, name), row)
            if other.registered.area != area:
                what = f"{name!r} is {other.registered.area} in line {other.line}"
                yield Problem(row.line, "area", f"{what}; one name in a municipality is one area")


def _without_list(lists: list[ListRow], areas: list[AreaRow]) -> Iterator[Problem]:
    """Find rows that speak of a list that the file has no list record of."""
    published = {(item.fact.list_day, item.fact.kind) for item in lists}
    days = {day for day, _ in published}
    for row in areas:
        day = row.fact.list_day
        if day not in days:
            yield Problem(row.line, "list_day", f"the file has no list record of {day}")
            continue
        for kind in ListKind:
            found = listing(row.fact, kind)
            if found in (Listing.ON, Listing.OFF) and (day, kind) not in published:
                what = f"is {found}, but the file has no list record of the {kind} list of {day}"
                yield Problem(row.line, kind.value, what)
