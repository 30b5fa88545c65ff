"""The cells of one record of a file: days, numbers and words as people and spreadsheets write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from domain.facts import AreaRegistered, Figures
from domain.facts.declared import slots
from services.facts.fields import wrong_text
from services.facts.municipalities import not_a_municipality
from services.sheets.file import Problem

E = TypeVar("E", bound=StrEnum)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DANISH_DAY = re.compile(r"([0-9]{1,2})[-.]([0-9]{1,2})[-.]([0-9]{4})")
"""What a Danish spreadsheet makes of such a day."""
_NUMBER = re.compile(r"-?[0-9]+([ .][0-9]{3})*([.,][0-9]+)?")
_IN_THOUSANDS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3}){2,}")
"""With points between thousands; with one point alone it may be a decimal sign, and is taken so."""
_COUNT = re.compile(r"[0-9]{1,8}")
_THOUSANDS = re.compile(r"[0-9]{1,3}( [0-9]{3})+")
_SHARE = re.compile(r"[0-9]{1,5}([.,][0-9]{1,4})?")
_AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_AREA = re.compile(
    next(slot.said.pattern or "" for slot in slots(AreaRegistered) if slot.name == "area")
)
_YEARS = re.compile(r"([0-9]{4})(?:\s*[-\u2013/]\s*([0-9]{4}))?")

LARGEST = {slot.name: slot.said.most or 0 for slot in slots(Figures) if slot.said.share}
"""The largest of each figure that is a share, in its unit (per cent, or per 10,000)."""

YES_OR_NO = {"yes": True, "ja": True, "no": False, "nej": False}

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
"""The months as files write them, from the first."""


def iso_day(cell: str) -> str:
    """Return a day as YYYY-MM-DD where it is written as in Denmark; another text as it is."""
    found = _DANISH_DAY.fullmatch(cell)
    return cell if found is None else "{2}-{1:0>2}-{0:0>2}".format(*found.groups())


def plain_number(cell: str) -> str:
    """Return a number with a point and no signs between thousands; another text as it is."""
    if not _NUMBER.fullmatch(cell):
        return cell
    if "," in cell or _IN_THOUSANDS.fullmatch(cell):
        cell = cell.replace(".", "")
    return cell.replace(" ", "").replace(",", ".")


def with_zeros(cell: str, digits: int) -> str:
    """Return digits with the zero that a spreadsheet has taken for no part of a number."""
    return f"0{cell}" if len(cell) == digits - 1 and cell.isdecimal() else cell


class Record:
    """The cells of one line by column; a cell that cannot be read becomes a problem."""

    __slots__ = ("_problems", "cells", "line")

    def __init__(self, line: int, cells: dict[str, str], problems: list[Problem]) -> None:
        self.line = line
        self.cells = cells
        self._problems = problems

    def refuse(self, column: str, what: str) -> None:
        """Note a cell that is wrong."""
        self._problems.append(Problem(self.line, column, what))

    def leave_empty(self, columns: Iterable[str], kind: str) -> None:
        """Note each of these cells that is not empty, in a record of this kind."""
        for column in columns:
            if self.cells[column]:
                self.refuse(column, f"has no meaning in a record of kind {kind}; leave it empty")

    def text(self, column: str, longest: int, *, empty: bool = False) -> str:
        """Read a text of one line."""
        cell = self.cells[column]
        what = _wrong_text(cell, longest, empty)
        if what:
            self.refuse(column, what)
        return cell

    def word(self, column: str, words: type[E]) -> E | None:
        """Read one of some words."""
        cell = self.cells[column]
        if cell in words._value2member_map_:
            return words(cell)
        self.refuse(column, f"{cell!r} is not one of {', '.join(words)}")
        return None

    def yes_or_no(self, column: str) -> bool | None:
        """Read yes or no; an empty cell says nothing."""
        cell = self.cells[column].lower()
        if cell and cell not in YES_OR_NO:
            self.refuse(column, f"{self.cells[column]!r} is not yes or no")
        return YES_OR_NO.get(cell)

    def day(self, column: str) -> date | None:
        """Read a day; an empty cell is none, and wrong where one must be given."""
        cell = iso_day(self.cells[column])
        if not _DAY.fullmatch(cell):
            self.refuse(column, f"{cell!r} is not a day written as YYYY-MM-DD")
            return None
        try:
            return date.fromisoformat(cell)
        except ValueError:
            self.refuse(column, f"{cell!r} is no day of the calendar")
            return None

    def years(self, column: str) -> tuple[int | None, int | None]:
        """Read a year, or the first and the last of several."""
        cell = self.cells[column]
        if not cell:
            return None, None
        found = _YEARS.fullmatch(cell)
        if found is None:
            self.refuse(column, f"{cell!r} is not a year, or two as in 2021-2022")
            return None, None
        return int(found[1]), int(found[2] or found[1])

    def municipality(self, column: str, code: str) -> str | None:
        """Read a municipality's code."""
        code = with_zeros(code, 4)
        what = not_a_municipality(code)
        if not what:
            return code
        self.refuse(column, f"{code!r} {what}")
        return None

    def area(self, municipality: str | None = None) -> str | None:
        """Read an area's id, which begins with the code of its municipality where that is known."""
        area = self.cells["area"]
        if not _AREA.fullmatch(area):
            what = f"{area!r} is not an area id: the municipality's code, a hyphen, and a-z 0-9 -"
        elif municipality and not area.startswith(f"{municipality}-"):
            what = f"{area!r} does not begin with its municipality's code {municipality}"
        else:
            return area
        self.refuse("area", what)
        return None

    def count(self, column: str) -> int | None:
        """Read a whole number; an empty cell says nothing."""
        cell = self.cells[column]
        if not cell:
            return None
        if _THOUSANDS.fullmatch(cell):
            cell = cell.replace(" ", "")
        if _COUNT.fullmatch(cell):
            return int(cell)
        self.refuse(column, f"{cell!r} is not a whole number written in digits only")
        return None

    def share(self, column: str, largest: int) -> str | None:
        """Read a number of per cent; an empty cell says nothing."""
        cell = self.cells[column].removesuffix("%").rstrip()
        if not cell:
            return None
        if not _SHARE.fullmatch(cell):
            what = "is not a number of per cent such as 41,5, of at most four decimals"
            self.refuse(column, f"{cell!r} {what}")
            return None
        whole, _, decimals = cell.replace(",", ".").partition(".")
        if int(whole) > largest or (int(whole) == largest and decimals.strip("0")):
            self.refuse(column, f"{cell} lies outside 0 to {largest} per cent")
            return None
        return f"{int(whole)}.{decimals}" if decimals else str(int(whole))

    def kroner(self, column: str) -> int | None:
        """Read an amount of kroner as øre; an empty cell says nothing."""
        cell = self.cells[column]
        if not cell:
            return None
        found = _AMOUNT.fullmatch(cell.replace(" ", "") if _THOUSANDS.match(cell) else cell)
        if found is None:
            self.refuse(column, f"{cell!r} is not an amount of kroner such as 284500 or 284500,50")
            return None
        return 100 * int(found[1]) + int((found[2] or "").ljust(2, "0"))


@lru_cache(1024)
def _wrong_text(cell: str, longest: int, empty: bool) -> str:
    """Say what is wrong with a text; the rows of a file repeat the same ones."""
    return wrong_text(cell, longest, empty=empty)
