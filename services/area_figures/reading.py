"""Reading a file of figures: a row is one figure, a group of rows one fact.

Nothing outside the file is looked at. docs/data.md describes the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from domain.facts import AreaFigures, AreaRegistered, Figures, Measure, Measured, ReferenceFigures
from domain.facts.kinds import LONGEST_NAME, LONGEST_SOURCE
from domain.law.area.measured import COUNTED
from services.sheets import reading as sheets
from services.sheets.cells import LARGEST, Record
from services.sheets.file import BadFile, Problem

COLUMNS = ("figure", "area", "reference_day", "source")
"""Every column that a file must have; the order is free."""

OPTIONAL_COLUMNS = (
    "name",
    "municipality",
    "place",
    "municipalities",
    "years",
    "value",
    "numerator",
    "denominator",
    "exact",
    "education_cleaned",
    "supplier",
    "extracted_on",
)

_AMOUNT = "average_income"
_COUNTS = ("numerator", "denominator")


class About(NamedTuple):
    """What a group of rows is about: an area, or the country or a region by its name."""

    area: str
    place: str
    day: date


@dataclass(slots=True)
class Group:
    """The rows of one area, region or country and one day: what becomes one fact."""

    about: About
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    measured: list[Measured] = field(default_factory=list)
    sources: dict[str, None] = field(default_factory=dict)
    municipalities: tuple[str, ...] | None = None
    exact: bool | None = None
    cleaned: bool | None = None
    lines: dict[str, int] = field(default_factory=dict)
    """By the figure, or by the number of what was measured: the line that states it."""
    measured_lines: list[int] = field(default_factory=list)

    def fact(self) -> AreaFigures | ReferenceFigures:
        """Return the fact that the rows state."""
        figures = Figures(
            **self.values,
            measured=tuple(self.measured),
            education_cleaned=self.cleaned,
            rounded=not self.exact,
        )
        source = " | ".join(self.sources)
        if self.about.area:
            return AreaFigures(
                area=self.about.area,
                reference_day=self.about.day,
                figures=figures,
                source=source,
            )
        return ReferenceFigures(
            place=self.about.place,
            municipalities=self.municipalities or (),
            reference_day=self.about.day,
            figures=figures,
            source=source,
        )

    def place_of(self, path: str, figures: Figures) -> tuple[int, str]:
        """Return the line and the column of a field of a fact with these figures.

        They may hold what stood before too, which no line states.
        """
        if found := _MEASURED.match(path):
            column = _OF_MEASURED.get(found[2], found[2])
            at = int(found[1])
            part = figures.measured[at] if at < len(figures.measured) else None
            stated = zip(self.measured, self.measured_lines, strict=True)
            return next((line for own, line in stated if own == part), self.line), column
        name = path.removeprefix("figures.")
        if name in self.lines:
            return self.lines[name], "value"
        return self.line, name if name in (*COLUMNS, *OPTIONAL_COLUMNS) else ""


_MEASURED = re.compile(r"figures\.measured\[([0-9]+)\]\.?([a-z_]*)")
_OF_MEASURED = {"first_year": "years", "last_year": "years", "share": "value"}


class NewArea(NamedTuple):
    """The line that names an area, for those that are not registered yet."""

    line: int
    fact: AreaRegistered


@dataclass(frozen=True, slots=True)
class FigureFile:
    """What a file of figures states, in the file's order."""

    name: str
    rows: int
    groups: tuple[Group, ...]
    named: Mapping[str, NewArea]
    """The areas that the file names, by their id."""
    read_as: str
    problems: tuple[Problem, ...] = ()
    """What is wrong in single rows; the rest is read all the same, so that all is named at once."""


def parse(data: bytes, name: str) -> FigureFile:
    """Read a file of figures; `name` stands in the error.

    What is wrong in a row, or in the rows of one area and day, is among the file's problems.
    Raises BadFile for what is no such file.
    """
    sheet = sheets.read(data, name)
    problems = sheet.problems
    reader = _Reader(problems)
    rows = 0
    for line, cells in sheets.records(sheet, name, COLUMNS, OPTIONAL_COLUMNS):
        rows += 1
        reader.take(Record(line, cells, problems))
    if not rows:
        raise BadFile(name, problems or [Problem(1, "", "the file has no figure")])
    groups = tuple(each for each in reader.groups.values() if each.values or each.measured)
    return FigureFile(name, rows, groups, reader.named, sheet.read_as, tuple(problems))


class _Reader:
    """Puts the rows of a file together."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self.groups: dict[About, Group] = {}
        self.named: dict[str, NewArea] = {}
        self._days: dict[str, date | None] = {}

    def take(self, record: Record) -> None:
        """Read one row."""
        cells = record.cells
        about = self._about(record)
        figure = self._figure(record)
        first, last = record.years("years")
        extracted = self._day(record, "extracted_on") if cells["extracted_on"] else None
        supplier = cells["supplier"] and record.text("supplier", LONGEST_NAME)
        source = record.text("source", LONGEST_SOURCE)
        exact, cleaned = record.yes_or_no("exact"), record.yes_or_no("education_cleaned")
        if about is None or figure is None:
            return
        group = self.groups.get(about)
        if group is None:
            group = self.groups[about] = Group(about, record.line)
        group.sources[source] = None
        self._same(record, group, "exact", exact)
        self._same(record, group, "cleaned", cleaned, "education_cleaned")
        counted = figure in COUNTED
        measured: dict[str, Any] = {}
        if counted:
            measured = {
                "numerator": record.count("numerator"),
                "denominator": record.count("denominator"),
                "share": record.share("value", 100),
            }
            if last == first:
                last = None
        else:
            self._value(record, group, figure)
        if counted or first is not None or supplier or extracted is not None:
            group.measured.append(
                Measured(
                    figure=Measure(figure),
                    first_year=first,
                    last_year=last,
                    supplier=supplier,
                    extracted_on=extracted,
                    **measured,
                )
            )
            group.measured_lines.append(record.line)

    def _figure(self, record: Record) -> str | None:
        figure = record.cells["figure"]
        if figure in _MEASURES:
            return figure
        record.refuse("figure", f"{figure!r} is not one of {', '.join(_MEASURES)}")
        return None

    def _about(self, record: Record) -> About | None:
        cells = record.cells
        day = self._day(record, "reference_day")
        area, place = cells["area"], cells["place"]
        if place:
            record.leave_empty(("area", "name", "municipality"), "reference")
            record.text("place", LONGEST_NAME)
            self._municipalities(record, day)
        elif record.area() is None:
            return None
        else:
            record.leave_empty(("municipalities",), "area")
            if cells["name"] or cells["municipality"]:
                self._name(record)
        return None if day is None else About("" if place else area, place, day)

    def _day(self, record: Record, column: str) -> date | None:
        """Read a day; the rows of a file name the same ones over and over."""
        cell = record.cells[column]
        found = self._days.get(cell)
        if found is None:
            found = record.day(column)
            self._days[cell] = found
        return found

    def _municipalities(self, record: Record, day: date | None) -> None:
        codes = record.cells["municipalities"].split()
        known = {record.municipality("municipalities", code) for code in codes}
        if day is None or None in known:
            return
        about = About("", record.cells["place"], day)
        group = self.groups.setdefault(about, Group(about, record.line))
        said = tuple(sorted(code for code in known if code))
        if group.municipalities is None:
            group.municipalities = said
        elif group.municipalities != said:
            record.refuse("municipalities", f"differs from line {group.line}, of the same place")

    def _name(self, record: Record) -> None:
        area, name = record.cells["area"], record.cells["name"]
        code = record.cells["municipality"] or area[:4]
        municipality = record.municipality("municipality", code)
        if municipality is None:
            return
        record.area(municipality)
        if not name:
            return
        name = re.sub(" +", " ", record.text("name", LONGEST_NAME))
        fact = AreaRegistered(area=area, name=name, municipality=municipality)
        before = self.named.setdefault(area, NewArea(record.line, fact))
        if before.fact != fact:
            what = f"{area} is named {before.fact.name!r} in line {before.line}"
            record.refuse("name", f"{what}; one file gives an area one name")

    def _value(self, record: Record, group: Group, figure: str) -> None:
        for column in _COUNTS:
            if record.cells[column]:
                record.refuse(column, "goes with what is counted of one year")
        value: Any
        if figure in LARGEST:
            value = record.share("value", LARGEST[figure])
        elif figure == _AMOUNT:
            value = record.kroner("value")
        else:
            value = record.count("value")
        if not record.cells["value"]:
            record.refuse("value", "is empty; leave the row out where a figure is not known")
        elif figure in group.values:
            before = group.lines[figure]
            record.refuse("figure", f"{figure} of this day already stands in line {before}")
        elif value is not None:
            group.values[figure] = value
            group.lines[figure] = record.line

    def _same(
        self, record: Record, group: Group, name: str, said: bool | None, column: str = ""
    ) -> None:
        before = getattr(group, name)
        if before is None:
            setattr(group, name, said)
        elif said is not None and said is not before:
            record.refuse(column or name, f"differs from what an earlier row of {_of(group)} says")


def _of(group: Group) -> str:
    return f"{group.about.area or group.about.place} and {group.about.day}"


_MEASURES = frozenset(each.value for each in Measure)
