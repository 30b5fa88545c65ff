"""What a workbook (.xlsx) may be, before it is read.

Who reads it puts all that lies between its first cell and its last in memory, filled or not, and
ends the process where there is no memory for it. So it is given no more than this lets through.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn

from services.sheets.file import BadFile, Problem

MOST_UNPACKED = 256 * 1024 * 1024
"""Most bytes that a workbook may unpack to."""

MOST_CELLS = 10_000_000
"""Most cells between the first and the last of a sheet."""

_BOOK = "xl/workbook.xml"
_OTHER_BOOKS = frozenset({"xl/workbook.bin", "content.xml"})
"""What workbooks of other kinds begin with; one that is several is none."""

_CELL = re.compile(
    # A row, or a cell that holds something: where each says it stands, if it says so.
    rb"<(?:\w+:)?(?P<what>row|c)(?=[\s/>])(?:[^>]*?\sr\s*=\s*[\"'](?P<column>[A-Za-z]*)(?P<row>[0-9]+)"
    rb"[\"'])?[^>]*?(?P<empty>/?)>"
)
_PLACED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ERROR = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"']e[\"'][^>]*>")
_ERROR_SIGN = re.compile(rb"t\s*=\s*[\"']e[\"']")
_FORMULA_SIGN = re.compile(rb"<(?:\w+:)?f[\s/>]")
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c(?:\s[^>]*)?>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>"
)
"""A formula whose value nobody has saved: read as it is, it would be an empty cell."""
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3}[0-9]{1,7})[\"']")
_AT_ONCE = 1024 * 1024


def unpacked(data: bytes, name: str) -> bytes | None:
    """Return a workbook as its parts were found to be, not packed; None: it is no workbook.

    Raises BadFile for one that is too large; `name` stands in the error.
    """
    made = io.BytesIO()
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(made, "w") as plain:
            names = set(packed.namelist())
            if _BOOK not in names or names & _OTHER_BOOKS:
                return None
            entries = [packed.getinfo(each) for each in names]
            if sum(each.file_size for each in entries) > MOST_UNPACKED:
                _refuse(name, f"unpacks to more than {MOST_UNPACKED // 2**20} MiB; split it")
            for entry in entries:
                part = io.BytesIO()
                with packed.open(entry) as reading:
                    # No more than it says of itself; it may unpack to more.
                    shutil.copyfileobj(reading, part, _AT_ONCE)
                _check_extent(part.getbuffer(), name)
                problems += _valueless(part.getbuffer())
                plain.writestr(entry.filename, part.getbuffer())
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        return None  # RuntimeError: it has a password, or is packed in a way of its own
    if problems:
        raise BadFile(name, problems)
    return made.getvalue()


def _valueless(sheet: memoryview) -> Iterator[Problem]:
    """Yield the cells that show something and hold no value: to whoever reads they are empty."""
    kinds = (
        (_ERROR_SIGN, _ERROR, "holds an error of the spreadsheet; put it right or empty the cell"),
        (
            _FORMULA_SIGN,
            _UNCOMPUTED,
            "holds a formula that was never computed; open the file in a spreadsheet and save it",
        ),
    )
    for sign, pattern, what in kinds:
        # Few sheets have any, and to look for the sign alone is quick.
        for found in pattern.finditer(sheet) if sign.search(sheet) else ():
            place = _PLACE.search(found[0].partition(b">")[0])
            column, row = ("", "1")
            if place is not None:
                text = place[1].decode().upper()
                column = text.rstrip("0123456789")
                row = text[len(column) :]
            yield Problem(int(row), column, what)


def _check_extent(sheet: memoryview, name: str) -> None:
    placed = _PLACED.findall(sheet)
    if len(placed) == len(_ANY_CELL.findall(sheet)):
        # As all who write workbooks write them; what is empty counts too, and hardly ever matters.
        most_rows = max((int(row) for _, row in placed), default=0)
        most_columns = max(map(_number, {column for column, _ in placed}), default=0)
        if most_rows * most_columns <= MOST_CELLS:
            return
    rows = columns = row = column = 0
    for found in _CELL.finditer(sheet):
        if found["what"] == b"row":
            row = _digits(found["row"]) or row + 1
            column = 0
            continue
        column = _number(found["column"]) if found["column"] else column + 1
        if not found["empty"]:
            rows, columns = max(rows, row, _digits(found["row"])), max(columns, column)
    if rows * columns > MOST_CELLS:
        _refuse(
            name,
            f"holds something in row {rows} and in column {columns}, with too much between: at "
            f"most {MOST_CELLS} cells; delete what stands far from the table",
        )


def _digits(found: bytes | None) -> int:
    return int(found[:18]) if found else 0


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:9]:
        number = 26 * number + letter - 64
    return number


def _refuse(name: str, what: str) -> NoReturn:
    raise BadFile(name, [Problem(1, "", f"the workbook {what}")])
