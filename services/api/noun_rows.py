"""Rows of a sheet of a noun (`nouns.py`), to the facts that each of them makes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from domain import cpr
from domain.calendar import last_day, month_of
from husret.v1 import fact_service_pb2 as pb
from services.api.ids import Stated
from services.api.nouns import NOUNS, SHEETS, Column, Each, Made, Noun
from services.api.plain_facts import nearest
from services.instance.instance import Instance
from services.persons.reading import Reader
from services.sheets import reading as sheets
from services.sheets.cells import MONTHS, iso_day, with_zeros
from services.sheets.file import BadFile, Problem

_MAKES_NOTHING = (
    "makes no fact here: it is none of the words of this column, or another column that goes with "
    "it is empty (docs/nouns.md)"
)
NOBODY = "names nobody here by CPR number; a row of households with the number registers the person"


@dataclasses.dataclass(slots=True)
class File:
    """A file, how it is asked to be read, and what was found wrong in it."""

    asked: pb.FactFile
    name: str
    columns: dict[str, str] = dataclasses.field(default_factory=dict)
    """By their declared names, what the file calls its columns."""
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def bad(self, line: int, column: str, what: str) -> None:
        """Note what is wrong in a line."""
        self.problems.append(Problem(line, self.columns.get(column, column), what))


class Row(NamedTuple):
    """A fact that a line makes."""

    line: int
    kind: str
    said: dict[str, Any]
    called: Mapping[str, str]
    once: bool


# --- Headings -------------------------------------------------------------------------------


def noun_of(asked: pb.FactFile, header: Sequence[str]) -> Noun | None:
    """Return the noun that is asked for, or else the one that most of the headings are of.

    What the headings lack of it, or have more, is wrong then in its own words.
    """
    if asked.kind:
        return NOUNS.get(asked.kind)
    mapped = (asked.columns.get(cell, cell) for cell in header)
    called = [cell for cell in (*mapped, *asked.constants) if cell]
    best, most = None, max(1, len(called) // 2)
    for noun in NOUNS.values():
        names = {_column_of(noun, cell) for cell in called} - {None}
        needed = {column.name for column in noun.columns if column.needed}
        if len(names) == len(called) and needed <= names:
            return noun
        if len(names) > most:
            best, most = noun, len(names)
    return best


@cache
def _headings(noun: str) -> dict[str, str]:
    return {
        called.casefold(): column.name
        for column in SHEETS[noun].columns
        for called in (column.name, column.da, column.en, *column.also)
    }


def _column_of(noun: Noun, heading: str) -> str | None:
    """Return the column that a heading means; its name may stand in brackets behind words."""
    before, bracket, name = heading.rpartition("[")
    if before and bracket and name.endswith("]"):
        heading = name[:-1]
    return _headings(noun.name).get(heading.strip(" *").casefold())


def _name_columns(file: File, noun: Noun, header: sheets.Line) -> list[str]:
    """Put our names in the place of the headings, and return the columns passed over."""
    passed_over, problems = [], []
    for at, called in enumerate(header.cells):
        if not called:
            continue
        mapped = file.asked.columns.get(called, called)
        name = _column_of(noun, mapped)
        if not mapped:
            name = f"passed over {at}"
            passed_over.append(name)
        elif name is None:
            near = nearest(mapped, (each.da for each in noun.columns))
            what = f"is no column of {noun.name}{near}; map it, or have it passed over (--mapping)"
            problems.append(Problem(header.number, called, what))
            continue
        else:
            file.columns[name] = called
        header.cells[at] = name
    for column in noun.columns:
        file.columns.setdefault(column.name, f"{column.da} [{column.name}]")
    if problems and len(problems) == sum(map(bool, header.cells)):
        needed = (f"{each.da} [{each.name}]" for each in noun.columns if each.needed)
        raise BadFile(file.name, [sheets.no_header(header.number, needed)])
    if problems:
        raise BadFile(file.name, problems)
    return passed_over


# --- Rows -----------------------------------------------------------------------------------


def noun_rows(file: File, noun: Noun, sheet: sheets.Sheet) -> Iterator[Row]:
    """Read the facts that the rows of a sheet make; raises BadFile as `read_rows` does."""
    recipes = [_Recipe(noun, made) for made in noun.makes]
    whole = {column.name for column in noun.columns if column.month_of}
    for line, cells in read_rows(file, noun, sheet):
        said = set(whole)
        for recipe in recipes:
            if recipe.is_made(cells):
                said |= recipe.takes
                yield Row(line, recipe.kind, recipe.said(cells), recipe.called, recipe.once)
        for column in noun.columns:
            if cells.get(column.name) and column.name not in said:
                file.bad(line, column.name, _MAKES_NOTHING)


def read_rows(file: File, noun: Noun, sheet: sheets.Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the rows of a sheet: the line of each, and its cells by our columns, in our words.

    Raises BadFile for a header that is none of the noun's.
    """
    if not sheet.lines:
        raise BadFile(file.name, [Problem(1, "", "the file has no header")])
    asked = file.asked
    passed_over = _name_columns(file, noun, sheet.lines[0])
    constants = {}
    for called, value in asked.constants.items():
        if (name := _column_of(noun, called)) is None:
            file.bad(1, called, f"is said of each row, and is no column of {noun.name}")
        else:
            constants[name] = value
    needed = [c.name for c in noun.columns if c.needed and c.name not in constants]
    optional = [c.name for c in noun.columns if c.name not in needed]
    words = {
        column.name: (
            dict(asked.words[column.name].words) if column.name in asked.words else {},
            column.words,
        )
        for column in noun.columns
        if column.words or column.name in asked.words
    }
    systems = dict(asked.systems)
    keys = [column for column in noun.columns if column.of]
    months = [column for column in noun.columns if column.month_of]
    rows = sheets.records(sheet, file.name, tuple(needed), (*optional, *passed_over))
    for line, cells in rows:
        for name, value in constants.items():
            cells[name] = cells.get(name) or value
        for name, (own, known) in words.items():
            cell = cells[name]
            if cell:
                cells[name] = own.get(cell) or _worded(cell, known)
        if not all(_month(column, line, cells, file) for column in months):
            continue
        for column in keys:
            _key(column, cells, systems.get(column.of, ""))
        yield line, cells
    file.problems += sheet.problems


def _worded(cell: str, known: Mapping[str, str]) -> str:
    """Return the declared words for those of a cell, which may have strokes between them."""
    if "|" in cell:
        return " | ".join(_worded(each.strip(), known) for each in cell.split("|"))
    return known.get(cell.casefold(), cell)


class _Recipe:
    """How a row makes a fact: worked out once for all rows."""

    def __init__(self, noun: Noun, made: Made) -> None:
        self.kind, self.once = made.kind, made.once
        self._when = tuple(made.when.items())
        self._plain: list[tuple[str, str]] = []
        self._other: list[tuple[str, Any]] = []
        self.takes = set(made.when)
        self.called: dict[str, str] = {}
        for field, form in made.fields.items():
            columns = _columns_in(form)
            self.takes.update(columns)
            if isinstance(form, str) and columns == [form[1:-1]]:
                self._plain.append((field, columns[0]))
            else:
                self._other.append((field, form))
            if columns:
                self.called[field] = columns[-1]

    def is_made(self, cells: Mapping[str, str]) -> bool:
        """Tell whether a row makes it."""
        for column, words in self._when:
            if not cells[column] or (words and cells[column] not in words):
                return False
        return True

    def said(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """Return what a row says by the fields of the fact."""
        said: dict[str, Any] = {field: cell for field, name in self._plain if (cell := cells[name])}
        for field, form in self._other:
            found = _filled(form, cells)
            if found not in ("", None):
                said[field] = found
        return said


_IN_BRACES = re.compile(r"\{(\w+)\}")


def _columns_in(form: Any) -> list[str]:
    match form:
        case str():
            return _IN_BRACES.findall(form)
        case Each():
            return [form.column]
        case Mapping():
            return [name for each in form.values() for name in _columns_in(each)]
        case _:
            return [name for each in form for name in _columns_in(each)]


def _filled(form: Any, cells: Mapping[str, str]) -> Any:
    """Return a form with the cells in the place of its columns; "" where one of these is empty."""
    match form:
        case str():
            names = _IN_BRACES.findall(form)
            return form.format_map(cells) if all(cells[name] for name in names) else ""
        case Each():
            words = [word.strip() for word in cells[form.column].split("|") if word.strip()]
            return [_filled(form.entry, {**cells, "each": word}) for word in words]
        case Mapping():
            return {name: _filled(each, cells) for name, each in form.items()}
        case _:
            return [_filled(each, cells) for each in form]


# --- Months ---------------------------------------------------------------------------------

_MONTHS = tuple(month[:3] for month in MONTHS)
_MONTH_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...] = (
    (re.compile(r"(\d{4})-?M?(\d{2})(?:-01)?"), lambda m: (int(m[1]), int(m[2]))),
    (re.compile(r"(?:0?1[-./])?(\d{1,2})[-./](\d{4})"), lambda m: (int(m[2]), int(m[1]))),
    (
        re.compile(rf"({'|'.join(_MONTHS)})[a-z]*\.?[- ](\d{{4}})"),
        lambda m: (int(m[2]), _MONTHS.index(m[1]) + 1),
    ),
)
"""How months are written: 2024-03, 202403, 2024M03, the first of it, 03-2024, marts 2024."""


@cache
def _days_of(text: str) -> tuple[str, str] | None:
    for pattern, read in _MONTH_FORMS:
        found = pattern.fullmatch(text)
        if found:
            year, month = read(found)
            if 1 <= month <= 12 and 1900 <= year <= 2100:
                first = date(year, month, 1)
                return first.isoformat(), last_day(month_of(first)).isoformat()
    return None


def _month(column: Column, line: int, cells: dict[str, str], file: File) -> bool:
    """Put the days in the place of a month; tell whether it could be read."""
    cell = cells[column.name]
    assert column.month_of is not None  # only such columns are asked
    first, last = column.month_of
    if not cell:
        return True
    days = _days_of(iso_day(cell).casefold())
    if cells[first] or cells[last]:
        file.bad(line, column.name, "stands beside days; a row has a month or days")
    elif days is None:
        file.bad(line, column.name, "is no month such as 2024-03 or 03-2024")
    else:
        cells[first], cells[last] = days
        return True
    return False


# --- Persons and households -----------------------------------------------------------------


class _ByNumber(str):
    """A CPR number, which stands in the place of a person's id until the person is found."""

    __slots__ = ()


_DIGITS = re.compile(r"\d{5,6}[- ]?\d{4}")


def _key(column: Column, cells: dict[str, str], system: str) -> None:
    """Put a key in its form; a person without one is known by the number in its own column."""
    text = cells[column.name]
    if column.of == "person":
        number = _number(text) or ("" if text else _number(cells.get("cpr", "")))
        if number:
            cells[column.name] = _ByNumber(number)
            if "cpr" in cells:
                cells["cpr"] = cells["cpr"] or number
            return
    if text and system and ":" not in text and len(text) < 36:
        cells[column.name] = f"{system}:{text}"


def _number(text: str) -> str:
    if not _DIGITS.fullmatch(text):
        return ""
    try:
        return cpr.parse(with_zeros(text, 10), allow_test_numbers=True).number
    except cpr.InvalidCpr:
        return ""


def persons_by_number(instance: Instance, stated: Sequence[Stated], reader: Reader) -> list[Stated]:
    """Put ids in the place of CPR numbers, and return what is of nobody who is known or registered.

    Whom a number was looked up of is noted as a reading.
    """
    ids: dict[str, str | None] = {}
    for each in stated:
        person = each.said.get("person_id", "") if isinstance(each.said, Mapping) else ""
        if each.kind == "person_registered" and isinstance(person, str):
            number = _number(str(each.said.get("cpr", "")))
            if number and not isinstance(person, _ByNumber):
                ids[number] = person
    wanted = [
        (each, str(each.said["person_id"]))
        for each in stated
        if isinstance(each.said, Mapping) and isinstance(each.said.get("person_id"), _ByNumber)
    ]
    found: list[UUID] = []
    for _, number in wanted:
        if number not in ids:
            known = instance.keys.find_by_cpr(cpr.parse(number, allow_test_numbers=True))
            ids[number] = None if known is None else str(known)
            found += [] if known is None else [known]
    for each, number in wanted:
        if each.kind == "person_registered" and ids[number] is None:
            ids[number] = str(uuid4())
    instance.person_facts.note_looked_up(found, reader)
    unknown = []
    for each, number in wanted:
        if (person := ids[number]) is None:
            unknown.append(each)
        else:
            each.said["person_id"] = person
    return unknown
