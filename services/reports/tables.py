"""Tables that a Danish spreadsheet program opens right: as CSV, which others read too, or .xlsx.

CSV has a byte order mark, semicolons, decimal commas, quotes where they are needed, lines that end
with CR and LF. What a program would take for a number and rob of its zeros (`0042`), or for a
formula, is never a cell of its own: the codes of municipalities stand as names, organisations'
numbers in words. In a workbook every text is a text, whatever it looks like.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from husret.v1 import report_service_pb2 as pb
from services.reports.writing import Writing

BOM = "\ufeff"

Cell = str | int | None

_CREATED = datetime(2018, 3, 1)
"""Stands in every workbook: when it was made is no part of a table."""

_WIDTH = 24
"""Of a column, in characters."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_ZEROS = re.compile(r"0[0-9]+")


def csv_file(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, zeros: bool = False
) -> bytes:
    """Return a table as a CSV file; None is an empty cell.

    `zeros`: codes with zeros in front are the caller's own, and stand as they are; a program that
    opens the file may take the zeros off what it shows, where `xlsx_file` keeps them.

    Raises ValueError for a cell that a program would take for something else.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        _check_width(columns, row)
        writer.writerow([_cell(each, zeros) for each in row])
    return (BOM + written.getvalue()).encode()


def xlsx_file(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a workbook, the same bytes for the same table; None is an empty cell."""
    import xlsxwriter  # only here: few tables are workbooks

    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _WIDTH, wrapped)
        for at, title in enumerate(columns):
            sheet.write_string(0, at, title, bold)
        for number, row in enumerate(rows, start=1):
            _check_width(columns, row)
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, at, cell)
                elif cell is not None:
                    sheet.write_string(number, at, cell)
    return written.getvalue()


def basis_rows(basis: pb.ReportBasis, writing: Writing) -> Iterator[tuple[str, Cell]]:
    """Yield what a whole report rests on, a row for each."""
    yield writing.word("controller"), basis.controller
    yield writing.word("known_at"), basis.known_at_position
    if basis.HasField("known_at"):
        yield writing.word("made_as_known"), writing.moment(basis.known_at)
    yield writing.word("log_id"), basis.log_id
    leaf_hash = writing.word("leaf_hash_of", position=basis.known_at_position)
    yield leaf_hash, basis.leaf_hash.hex()
    root_hash = writing.word("root_hash_of", size=basis.known_at_position)
    yield root_hash, basis.root_hash.hex() or writing.word("root_hash_none")
    # A hash of digits alone, or with one e, would be taken for a number.
    yield writing.word("law_package"), f"{writing.word('law_package')} {basis.law_package}"
    yield writing.word("reviewed_through"), basis.reviewed_through
    for each in basis.commands:
        yield writing.word("reproduce"), each


def events_of(positions: Iterable[int]) -> str:
    """Return positions of events as a cell."""
    return " ".join(map(str, positions))


def _check_width(columns: Sequence[str], row: Sequence[Cell]) -> None:
    if len(row) != len(columns):
        raise ValueError(f"a row has {len(row)} cells, and there are {len(columns)} columns")


def _cell(cell: Cell, zeros: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    if not zeros and _ZEROS.fullmatch(cell):
        raise ValueError("a code with zeros in front would lose them in a spreadsheet")
    # A text may begin like a formula; a space before it makes it a text for every program.
    return f" {cell}" if _FORMULA.match(cell) else cell
