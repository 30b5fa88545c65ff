"""Reading a file of area lists: bytes to records, and everything that is wrong in them.

Nothing outside the file is looked at.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from domain.facts import (
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    Figures,
    Listing,
    ListKind,
)
from domain.facts.declared import slots
from domain.facts.kinds import LONGEST_NAME, LONGEST_SOURCE
from domain.law.area.lists import FIRST_LIST, GHETTO_LIST_DAYS, list_day_due, listing
from services.area_lists.file import (
    AreaListFile,
    AreaRow,
    BadAreaListFile,
    ListRow,
    Problem,
)
from services.area_lists.totals import miscounted
from services.facts.fields import wrong_text
from services.facts.municipalities import MADE_UP_MUNICIPALITY, not_a_municipality

E = TypeVar("E", bound=StrEnum)

LARGEST = {slot.name: slot.said.most for slot in slots(Figures) if slot.said.share}
"""The largest of each figure that is a share."""

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

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DANISH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
"""What a Danish spreadsheet makes of such a day. Read the American way it is the day of no list."""
_WITHOUT_ZERO = re.compile(r"[0-9]{3}")
"""A municipality's code after a spreadsheet has taken it for a number."""
_COUNT = re.compile(r"[0-9]{1,7}")
_THOUSANDS = re.compile(r"[0-9]{1,3}( [0-9]{3})+")
_SHARE = re.compile(r"[0-9]{1,5}([.,][0-9]{1,4})?")
_AREA = re.compile(r"[0-9]{4}(-[a-z0-9]+)+")


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

    Raises BadAreaListFile with every problem of the file. Where a line says too little to be
    read at all, what hangs on several lines (counts, missing lists) is not judged.
    """
    problems: list[Problem] = []
    found = [_row(record) for record in _records(_text(data, name), name, problems)]
    lists = [row for row in found if isinstance(row, ListRow)]
    areas = [row for row in found if isinstance(row, AreaRow)]
    all_read = None not in found and all(problem.column for problem in problems)
    file = AreaListFile(name, tuple(lists), tuple(areas))
    problems += _repeated(lists, areas, is_name_of)
    if all_read:
        problems += _without_list(lists, areas)
        problems += miscounted(lists, file.rows(), set())
        if not lists and not areas:
            problems.append(Problem(1, "", "the file has no list record and no area record"))
    if problems:
        raise BadAreaListFile(name, problems)
    return file


_OTHER_FILES = (
    (b"%PDF-", "is a PDF; copy its table into a spreadsheet"),
    (b"PK\x03\x04", "is a workbook (.xlsx or .ods); open it in a spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "is a workbook of an old kind (.xls); open it in a spreadsheet"),
    (b"\xff\xfe", "is in UTF-16 (in Excel: Unicode Text); open it in a spreadsheet"),
    (b"\xfe\xff", "is in UTF-16 (in Excel: Unicode Text); open it in a spreadsheet"),
    (b"r\x00", "is in UTF-16 (in Excel: Unicode Text); open it in a spreadsheet"),
)
"""How files of other kinds begin, and what to do with each."""

_SAVE_AS = (
    'give it the columns of docs/data.md, save it as "CSV UTF-8 (delimited)" with semicolons, and '
    "import that file"
)


def _text(data: bytes, name: str) -> str:
    start = data[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, what in _OTHER_FILES:
        if start.startswith(magic):
            raise BadAreaListFile(name, [Problem(1, "", f"the file {what}, {_SAVE_AS}")])
    if start[:1] == b"<":
        what = f"the file is a web page or XML; copy its table into a spreadsheet, {_SAVE_AS}"
        raise BadAreaListFile(name, [Problem(1, "", what)])
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        what = (
            f"the byte at offset {error.start} (0x{data[error.start]:02x}) is not UTF-8; "
            "save the file as UTF-8 (in a spreadsheet: CSV UTF-8)"
        )
        line = data.count(b"\n", 0, error.start) + 1
        raise BadAreaListFile(name, [Problem(line, "", what)]) from None
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff")).translate(_SPACES)


_SPACES = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009"), " "),  # spaces that do not break, or thin
    **dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff")),  # what shows nothing at all
}
"""Characters that spreadsheets and web pages put for a space, or that nobody sees."""


class _Record:
    """The cells of one line by column; a cell that cannot be read becomes a problem."""

    def __init__(self, line: int, cells: dict[str, str], problems: list[Problem]) -> None:
        self.line = line
        self.cells = cells
        self._problems = problems

    def refuse(self, column: str, what: str) -> None:
        self._problems.append(Problem(self.line, column, what))

    def leave_empty(self, columns: Iterable[str], kind: RecordKind) -> None:
        for column in columns:
            if self.cells[column]:
                self.refuse(column, f"has no meaning in a record of kind {kind}; leave it empty")

    def text(self, column: str, longest: int) -> str:
        cell = self.cells[column]
        what = wrong_text(cell, longest)
        if what:
            self.refuse(column, what)
        return cell

    def word(self, column: str, words: type[E]) -> E | None:
        cell = self.cells[column]
        if cell in {word.value for word in words}:
            return words(cell)
        self.refuse(column, f"{cell!r} is not one of {', '.join(words)}")
        return None

    def list_day(self) -> date | None:
        cell = self.cells["list_day"]
        if found := _DANISH_DAY.fullmatch(cell):
            cell = "-".join(reversed(found.groups()))
        if not _DAY.fullmatch(cell):
            self.refuse("list_day", f"{cell!r} is not a day written as YYYY-MM-DD")
            return None
        try:
            day = date.fromisoformat(cell)
        except ValueError:
            self.refuse("list_day", f"{cell!r} is no day of the calendar")
            return None
        first = min(FIRST_LIST.values())
        if day < first:
            self.refuse("list_day", f"{cell} lies before {first}, the first day of such lists")
            return None
        return day

    def municipality(self, column: str, code: str) -> str | None:
        if _WITHOUT_ZERO.fullmatch(code):
            code = f"0{code}"
        what = not_a_municipality(code)
        if not what:
            return code
        self.refuse(column, f"{code!r} {what}")
        return None

    def count(self, column: str) -> int | None:
        cell = self.cells[column]
        if _THOUSANDS.fullmatch(cell):
            cell = cell.replace(" ", "")
        if not cell or _COUNT.fullmatch(cell):
            return int(cell) if cell else None
        self.refuse(column, f"{cell!r} is not a whole number written in digits only")
        return None

    def share(self, column: str) -> str | None:
        cell = self.cells[column].removesuffix("%").rstrip()
        largest = LARGEST[column] or 0
        if not cell:
            return None
        if not _SHARE.fullmatch(cell):
            self.refuse(column, f"{cell!r} is not a number of per cent such as 41,5")
            return None
        whole, _, decimals = cell.replace(",", ".").partition(".")
        if int(whole) > largest or (int(whole) == largest and decimals.strip("0")):
            self.refuse(column, f"{cell} lies outside 0 to {largest} per cent")
            return None
        return f"{int(whole)}.{decimals}" if decimals else str(int(whole))


def _records(text: str, name: str, problems: list[Problem]) -> Iterator[_Record]:
    """Yield the lines below the header; comments (#) and empty lines are passed over."""
    header: list[str] | None = None
    for line, cells in _lines(text, problems):
        if header is None:
            header = _without_empty_end(cells)
            _check_header(line, header, name)
            continue
        # A spreadsheet writes columns that have no name, and leaves out empty cells at an end.
        while len(cells) > len(header) and not cells[-1]:
            cells.pop()
        if dict(zip(header, cells, strict=False)).get("record") == RecordKind.LIST:
            cells += [""] * (len(header) - len(cells))
        if len(cells) != len(header):
            what = f"has {len(cells)} cells where the header has {len(header)}"
            problems.append(Problem(line, "", what))
        else:
            found = dict(zip(header, cells, strict=True))
            if found.pop("", ""):
                problems.append(Problem(line, "", "a cell stands in a column that has no name"))
            yield _Record(line, dict.fromkeys(OPTIONAL_COLUMNS, "") | found, problems)
    if header is None:
        raise BadAreaListFile(name, [*problems, Problem(1, "", "the file has no header")])


def _without_empty_end(cells: list[str]) -> list[str]:
    """Return the cells up to the last that is not empty."""
    end = next(number for number in range(len(cells), 0, -1) if cells[number - 1])
    return cells[:end]


def _lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    line = 1
    try:
        for raw in reader:
            cells = [cell.strip() for cell in raw]
            # "sep=;" is how a spreadsheet tells itself the separator.
            if any(cells) and not cells[0].startswith("#") and cells[0] != "sep=":
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"the quotation marks do not pair up ({error}); what follows was not read"
        problems.append(Problem(line, "", what))


def _check_header(line: int, header: list[str], name: str) -> None:
    problems = []
    if len(header) == 1:
        what = f"the header has one cell; separate the columns by semicolons: {';'.join(COLUMNS)}"
        problems.append(Problem(line, "", what))
    else:
        problems += [Problem(line, c, "this column is missing") for c in COLUMNS if c not in header]
        for column in sorted(set(header) - {""}):
            if column not in COLUMNS and column not in OPTIONAL_COLUMNS:
                problems.append(Problem(line, column, f"{column!r} is not a column of this file"))
            elif header.count(column) > 1:
                problems.append(Problem(line, column, "this column stands in the header twice"))
    if problems:
        raise BadAreaListFile(name, problems)


def _row(record: _Record) -> ListRow | AreaRow | None:
    match record.word("record", RecordKind):
        case RecordKind.LIST:
            return _list_row(record)
        case RecordKind.AREA:
            return _area_row(record)
        case None:
            return None


def _list_row(record: _Record) -> ListRow | None:
    record.leave_empty((*AREA_COLUMNS, *OPTIONAL_COLUMNS), RecordKind.LIST)
    day = record.list_day()
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


def _completeness(record: _Record) -> tuple[bool, tuple[str, ...]]:
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


def _area_row(record: _Record) -> AreaRow | None:
    record.leave_empty(LIST_COLUMNS, RecordKind.AREA)
    day = record.list_day()
    municipality = record.municipality("municipality", record.cells["municipality"])
    area = _area(record, municipality)
    name = re.sub(" +", " ", record.text("name", LONGEST_NAME))
    listings = {
        kind: record.word(kind.value, Listing)
        for kind in ListKind
        if kind is not ListKind.COMBINED_LETTING
    }
    combined_letting: Listing | None = Listing.UNKNOWN
    if record.cells[ListKind.COMBINED_LETTING.value]:
        combined_letting = record.word(ListKind.COMBINED_LETTING.value, Listing)
    shares: dict[str, Any] = {name: record.share(name) for name in LARGEST}
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


def _area(record: _Record, municipality: str | None) -> str | None:
    area = record.cells["area"]
    if not _AREA.fullmatch(area):
        what = f"{area!r} is not an area id: the municipality's code, a hyphen, and a-z 0-9 -"
    elif municipality and not area.startswith(f"{municipality}-"):
        what = f"{area!r} does not begin with its municipality's code {municipality}"
    else:
        return area
    record.refuse("area", what)
    return None


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


def _check_figures_of_day(record: _Record, day: date | None) -> None:
    for name, (first, end, instead) in _MEASURED.items():
        if day is not None and record.cells[name] and not first <= day < end:
            what = f"is not what the lists of that time give; the test of {day} takes {instead}"
            record.refuse(name, what)


def _check_listings(record: _Record, row: AreaListed) -> None:
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
