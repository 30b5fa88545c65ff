"""Files of area lists, written for a test, and a log that keeps what their import appends."""

from __future__ import annotations

import io
import re
from datetime import datetime
from uuid import UUID

import xlsxwriter

from domain.events import Recorded
from domain.facts import Fact
from domain.reference import Reference, View
from services.area_lists.reading import COLUMNS

LIST = {
    "record": "list",
    "list_day": "2021-12-01",
    "kind": "vulnerable",
    "published_total": "2",
    "complete": "no",
    "source": "a test",
}
AREA = {
    "record": "area",
    "list_day": "2021-12-01",
    "municipality": "0461",
    "area": "0461-first",
    "name": "First",
    "vulnerable": "on",
    "parallel_society": "unknown",
    "transformation": "unknown",
    "prevention": "unknown",
    "source": "a test",
    "confidence": "official",
}
SECOND = {"area": "0461-second", "name": "Second"}


def a_list(**cells: str) -> dict[str, str]:
    return LIST | cells


def an_area(**cells: str) -> dict[str, str]:
    return AREA | cells


def text_of(*records: dict[str, str]) -> str:
    """The text of a file: the header in line 1, the first record in line 2."""
    lines = [COLUMNS, *([record.get(column, "") for column in COLUMNS] for record in records)]
    return "".join(";".join(cells) + "\n" for cells in lines)


def file_of(*records: dict[str, str]) -> bytes:
    return text_of(*records).encode()


def workbook(rows: list[list[str]], second: list[list[str]] | None = None) -> bytes:
    """A workbook as Excel has it: numbers are numbers, and days are days."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for table in (rows, second):
        if table is None:
            continue
        sheet = book.add_worksheet()
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                number = cell.replace(",", ".")
                if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
                    sheet.write_datetime(at, column, datetime.fromisoformat(cell), day)
                elif re.fullmatch(r"[0-9]+(\.[0-9]+)?", number):
                    sheet.write_number(at, column, float(number))
                elif cell:
                    sheet.write_string(at, column, cell)
    book.close()
    return out.getvalue()


class Log:
    """What has been imported: each fact gets a position and an id, as the log would give."""

    def __init__(self) -> None:
        self._reference = Reference()

    def append(self, facts: tuple[Fact, ...]) -> None:
        for fact in facts:
            position = self._reference.position + 1
            self._reference.apply(Recorded(position, UUID(int=position), b"", fact))

    def view(self) -> View:
        return self._reference.at()
