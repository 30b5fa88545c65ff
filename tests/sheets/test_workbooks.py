"""A workbook that would end the process, or be read as other than it looks, is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from services.sheets import reading, workbook
from services.sheets.file import BadFile


def book(*cells: tuple[int, int, str], edit: Callable[[str], str] = str) -> bytes:
    """A workbook with a header, and the XML of its sheet as `edit` leaves it."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    for row, column, text in ((0, 0, "a"), (0, 1, "b"), *cells):
        sheet.write(row, column, text)
    made.close()
    edited = io.BytesIO()
    with zipfile.ZipFile(out) as packed, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as to:
        for name in packed.namelist():
            part = packed.read(name)
            if name.startswith("xl/worksheets/"):
                part = edit(part.decode()).encode()
            to.writestr(name, part)
    return edited.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(BadFile) as caught:
        reading.read(data, "x.xlsx")
    return str(caught.value)


@pytest.mark.parametrize(
    "edit",
    [str, lambda xml: xml.replace('r="XFD1048576"', "")],
    ids=["it says where", "its row says where"],
)
def test_a_cell_far_from_the_table_does_not_take_memory_for_all_between(
    monkeypatch: pytest.MonkeyPatch, edit: Callable[[str], str]
) -> None:
    monkeypatch.setattr(workbook, "MOST_CELLS", 1_000_000)
    assert "row 1048576" in refused(book((1_048_575, 16_383, "x"), (0, 2, "c"), edit=edit))


def test_a_cell_far_away_that_is_empty_but_formatted_is_in_nobody_s_way() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = book((1, 0, "x"), edit=lambda xml: xml.replace("</sheetData>", far))
    assert [line.cells for line in reading.read(data, "x.xlsx").lines] == [["a", "b"], ["x", ""]]


def test_a_cell_that_shows_something_and_holds_no_value_is_not_taken_for_empty() -> None:
    told = refused(
        book((1, 0, "=1+1"), edit=lambda xml: xml.replace("</f><v>0</v></c>", "</f></c>"))
    )
    assert "line 2, column A: holds a formula that was never computed" in told
    error = '<c r="B2" t="e"><v>#REF!</v></c></row></sheetData>'
    told = refused(book((1, 0, "x"), edit=lambda xml: xml.replace("</row></sheetData>", error)))
    assert "line 2, column B: holds an error" in told
    assert [line.cells for line in reading.read(book((1, 0, "=1+1")), "x.xlsx").lines][1][0] == "0"


def test_a_part_that_unpacks_to_more_than_it_says_is_read_no_further() -> None:
    data = bytearray(book((1, 0, "x")))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entry = packed.getinfo("xl/workbook.xml")
    at = data.rindex(b"xl/workbook.xml")
    size = data.index(entry.file_size.to_bytes(4, "little"), at - 46)
    data[size : size + 4] = (17).to_bytes(4, "little")
    assert "is a packed file and no workbook" in refused(bytes(data))
