"""Tables as CSV that a Danish spreadsheet program opens right, and that others can read too.

A byte order mark, semicolons, decimal commas, quotes where they are needed, lines that end with CR
and LF. What a program would take for a number and rob of its zeros (`0042`), or for a formula, is
never a cell of its own: the codes of municipalities stand as names, organisations' numbers in
words.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

BOM = "\ufeff"

Cell = str | int | None

_FORMULA = re.compile(r"[=+\-@\t\r]")
_ZEROS = re.compile(r"0[0-9]+")


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a CSV file; None is an empty cell.

    Raises ValueError for a cell that a program would take for something else.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row has {len(row)} cells, and there are {len(columns)} columns")
        writer.writerow([_cell(each) for each in row])
    return (BOM + written.getvalue()).encode()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    if _ZEROS.fullmatch(cell):
        raise ValueError("a code with zeros in front would lose them in a spreadsheet")
    # A text may begin like a formula; a space before it makes it a text for every program.
    return f" {cell}" if _FORMULA.match(cell) else cell
