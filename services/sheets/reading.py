"""Reading a file of rows: CSV as people save it, or a workbook (.xlsx), to lines of cells.

Every import reads its file here, so that each takes the same files and says the same of others.
How a file was read (its encoding and separator) is said to whoever imports it: a file in an older
encoding can be told from a broken one only by looking at its letters.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from python_calamine import CalamineError, load_workbook

from services.sheets.file import ENCODINGS, SEPARATORS, BadFile, Problem
from services.sheets.workbook import unpacked


class Line(NamedTuple):
    """A line of a file, or a row of a sheet: its number from 1, and its cells without blanks."""

    number: int
    cells: list[str]


class Sheet(NamedTuple):
    """What a file holds, but for comments (#) and empty lines, and how it was read."""

    lines: list[Line]
    read_as: str
    problems: list[Problem]
    """What kept the rest from being read."""


_OTHER_FILES = (
    (b"%PDF-", "is a PDF; copy its table into a spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "is a workbook of an old kind (.xls); open it in a spreadsheet"),
    (b"PK\x03\x04", "is a packed file and no workbook of Excel (.xlsx); open it in a spreadsheet"),
    (b"{", "is JSON; copy its rows into a spreadsheet"),
    (b"<", "is a web page or XML; copy its table into a spreadsheet"),
)
"""How files of other kinds begin, and what to do with each."""

_SAVE_AS = (
    'give it the columns of docs/data.md, save it as a workbook (.xlsx) or as "CSV UTF-8" with '
    "semicolons, and import that file"
)


def read(data: bytes, name: str, encoding: str = "", separator: str = "") -> Sheet:
    """Read a file; `name` stands in the error.

    `encoding` (of ENCODINGS) and `separator` (one character) are found where they are not said.

    Raises BadFile for a file of another kind, and for one that is no text and no workbook.
    """
    workbook = unpacked(data, name) if data.startswith(b"PK\x03\x04") else None
    if workbook is not None:
        return _workbook(workbook, name)
    refuse_other_files(data, name)
    text, encoding = read_text(data, name, encoding)
    separator = separator or _separator(text)
    problems: list[Problem] = []
    lines = list(_lines(text, separator, problems))
    return Sheet(lines, f"{encoding}, {SEPARATORS[separator]}", problems)


def refuse_other_files(data: bytes, name: str) -> None:
    """Raise BadFile for a file of another kind, by how it begins."""
    start = data[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, what in _OTHER_FILES:
        if start.startswith(magic):
            raise BadFile(name, [Problem(1, "", f"the file {what}, {_SAVE_AS}")])


def records(
    sheet: Sheet,
    name: str,
    needed: tuple[str, ...],
    optional: tuple[str, ...],
    shorter: Mapping[str, str] | None = None,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines below the header by its columns; those left out of `optional` are empty.

    `shorter`: a line with these cells may leave empty cells out at its end. A line that does not
    have the header's columns becomes a problem of the sheet.

    Raises BadFile when the header is not that of such a file.
    """
    if not sheet.lines:
        raise BadFile(name, [*sheet.problems, Problem(1, "", "the file has no header")])
    first = sheet.lines[0]
    header = _without_empty_end(first.cells)
    _check_header(first.number, header, name, needed, optional)
    named = len(header)
    empty = dict.fromkeys(optional, "")
    is_plain = "" not in header
    for line, cells in sheet.lines[1:]:
        # A spreadsheet writes columns that have no name, and leaves out empty cells at an end.
        while len(cells) > named and not cells[-1]:
            cells.pop()
        if len(cells) < named and _may_be_short(dict(zip(header, cells, strict=False)), shorter):
            cells += [""] * (named - len(cells))
        if len(cells) != named:
            what = f"has {len(cells)} cells where the header has {named}"
            sheet.problems.append(Problem(line, "", what))
            continue
        found = dict(zip(header, cells, strict=True))
        if not is_plain and found.pop("", ""):
            sheet.problems.append(Problem(line, "", "a cell stands in a column that has no name"))
        yield line, {**empty, **found}


def _may_be_short(found: dict[str, str], shorter: Mapping[str, str] | None) -> bool:
    return shorter is not None and all(found.get(key) == cell for key, cell in shorter.items())


def no_header(line: int, columns: Iterable[str]) -> Problem:
    """Say that a line has none of the columns; it may be a row, so nothing of it is repeated."""
    named = ";".join(columns)
    return Problem(line, "", f"none of the columns stands here; is the header missing? {named}")


def _without_empty_end(cells: list[str]) -> list[str]:
    """Return the cells up to the last that is not empty."""
    end = next(number for number in range(len(cells), 0, -1) if cells[number - 1])
    return cells[:end]


def _check_header(
    line: int, header: list[str], name: str, needed: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    problems = []
    if len(header) == 1:
        what = f"the header has one cell; separate the columns by semicolons: {';'.join(needed)}"
        problems.append(Problem(line, "", what))
    elif not {*header} & {*needed, *optional}:
        problems.append(no_header(line, needed or optional))
    else:
        problems += [Problem(line, c, "this column is missing") for c in needed if c not in header]
        for column in sorted(set(header) - {""}):
            if column not in needed and column not in optional:
                problems.append(Problem(line, column, f"{column!r} is not a column of this file"))
            elif header.count(column) > 1:
                problems.append(Problem(line, column, "this column stands in the header twice"))
    if problems:
        raise BadFile(name, problems)


# --- Text -----------------------------------------------------------------------------------

_SPACES = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009"), " "),  # spaces that do not break, or thin
    **dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff")),  # what shows nothing at all
}
"""Characters that spreadsheets and web pages put for a space, or that nobody sees."""


def read_text(data: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """Decode a text, and say from what: as `encoding` says, else as is found.

    UTF-16 is known by its mark or its noughts; else it is UTF-8, or what Windows wrote.

    Raises BadFile for what is no text.
    """
    if encoding:
        found = _decoded(data, encoding), ENCODINGS[encoding]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = _decoded(data, "utf-16"), "UTF-16"
    elif data[1:64:2] and not any(data[1:64:2]):
        found = _decoded(data, "utf-16-le"), "UTF-16"
    elif data[0:64:2] and not any(data[0:64:2]):
        found = _decoded(data, "utf-16-be"), "UTF-16"
    else:
        found = _text_of_bytes(data, name)
    text, called = found
    if text is None or "\0" in text:
        what = f"the file is no text in {called if encoding else 'UTF-8, UTF-16 or Windows-1252'}"
        raise BadFile(name, [Problem(1, "", f"{what}; {_SAVE_AS}")])
    return _tidy(text.removeprefix("\ufeff")), called


def _text_of_bytes(data: bytes, name: str) -> tuple[str | None, str]:
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError as error:
        if data.startswith(codecs.BOM_UTF8) or _DANISH_IN_UTF_8.search(data):
            what = f"the byte at offset {error.start} is not UTF-8, as the rest of the file is"
            line = data.count(b"\n", 0, error.start) + 1
            raise BadFile(name, [Problem(line, "", f"{what}; save it as CSV UTF-8")]) from None
    return _decoded(data, "cp1252"), "Windows-1252"


_DANISH_IN_UTF_8 = re.compile(rb"\xc3[\x85\x86\x98\xa5\xa6\xb8]")
"""Danish letters in UTF-8: a file with some of them is none of Windows, and broken elsewhere."""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_SPACES)


def _separator(text: str) -> str:
    """Return what separates cells: as the file says (sep=), else what its header has most of."""
    for line in text.splitlines():
        plain = line.strip()
        if plain.startswith("sep=") and plain[4:5] in SEPARATORS:
            return plain[4]
        if plain and not plain.startswith("#"):
            return max(SEPARATORS, key=line.count)
    return ";"


def _lines(text: str, separator: str, problems: list[Problem]) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for raw in reader:
            cells = [cell.strip() for cell in raw]
            # "sep=;" is how a spreadsheet tells itself the separator.
            if any(cells) and not cells[0].startswith(("#", "sep=")):
                yield Line(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"the quotation marks do not pair up ({error}); what follows was not read"
        problems.append(Problem(line, "", what))


# --- Workbooks ------------------------------------------------------------------------------


def _workbook(data: bytes, name: str) -> Sheet:
    """Read the one sheet of a workbook that has anything in it, whether or not it is hidden."""
    try:
        with load_workbook(io.BytesIO(data)) as book:
            sheets = {
                title: book.get_sheet_by_name(title).to_python(skip_empty_area=False)
                for title in book.sheet_names
            }
    except CalamineError:
        what = f"the workbook can't be read; open it in a spreadsheet, {_SAVE_AS}"
        raise BadFile(name, [Problem(1, "", what)]) from None
    filled = {
        title: rows for title, rows in sheets.items() if any(any(map(_cell, row)) for row in rows)
    }
    if len(filled) > 1:
        what = f"several sheets hold something ({', '.join(filled)}); keep one in the file"
        raise BadFile(name, [Problem(1, "", what)])
    lines = [
        Line(number, cells)
        for title, rows in filled.items()
        for number, row in enumerate(rows, start=1)
        if any(cells := [_cell(value) for value in row]) and not cells[0].startswith("#")
    ]
    title = next(iter(filled), "")
    return Sheet(lines, f"a workbook, sheet {title!r}" if title else "a workbook", [])


_NOISE = re.compile(r"(\.[0-9]*?)0+$")


def _cell(value: Any) -> str:
    """Write a cell as somebody would type it; of a number as many digits as a sheet shows."""
    if isinstance(value, str):
        return _tidy(value).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return _NOISE.sub(r"\1", f"{value:.12f}").rstrip(".")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)
