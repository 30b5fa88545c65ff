"""What spreadsheets make of a file is read, and files of other kinds say what to do."""

from __future__ import annotations

import csv
import io

import pytest

from services.area_lists.reading import parse
from services.sheets.file import BadFile, Problem
from tests.area_lists.files import a_list, an_area, text_of, workbook

PLAIN = text_of(a_list(), an_area(residents="1453", unattached_share="39,4"))


def same(text: str) -> bool:
    """Whether a file says what the plain one says, line numbers aside."""
    read, plain = parse(text.encode(), "a"), parse(PLAIN.encode(), "a")
    return (
        [row.fact for row in read.lists] == [row.fact for row in plain.lists]
        and [row.fact for row in read.areas] == [row.fact for row in plain.areas]
        and [row.registered for row in read.areas] == [row.registered for row in plain.areas]
    )


def problem_of(data: bytes) -> Problem:
    with pytest.raises(BadFile) as caught:
        parse(data, "a")
    [problem] = caught.value.problems
    return problem


def test_empty_columns_at_the_end_are_passed_over() -> None:
    assert same(PLAIN.replace("\n", ";;;\n"))
    header, *rows = PLAIN.splitlines()
    assert same("\n".join([header, *(f"{row};;" for row in rows)]))
    assert same("\n".join([f"{header};;", *rows]))


def test_an_empty_column_without_a_name_is_passed_over_wherever_it_stands() -> None:
    assert same("".join(f";{line}\n" for line in PLAIN.splitlines()))
    header, first, *rows = (f";{line}" for line in PLAIN.splitlines())
    told = problem_of("\n".join([header, f"x{first}", *rows]).encode())
    assert (told.line, "no name" in told.what) == (2, True)


def test_empty_cells_left_out_at_the_end_of_a_list_record_are_empty() -> None:
    header, first, *rows = PLAIN.splitlines()
    assert same("\n".join([header, first.rstrip(";"), *rows]))


def test_an_area_record_with_a_cell_too_few_is_refused() -> None:
    header, first, area = PLAIN.splitlines()
    told = problem_of("\n".join([header, first, area.replace(";39,4", "")]).encode())
    assert (told.line, "cells" in told.what) == (3, True)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2007"])
def test_spaces_that_do_not_break_are_spaces(space: str) -> None:
    assert same(PLAIN.replace("1453", f"1{space}453").replace("39,4", f"39,4{space}%"))
    assert same(PLAIN.replace(";First;", f";{space}First{space};"))
    named = PLAIN.replace(";First;", f";First{space} Park\u00ad\u200b;")
    assert parse(named.encode(), "a").areas[0].registered.name == "First Park"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_that_spreadsheets_write_are_read_and_said(encoding: str) -> None:
    text = PLAIN.replace(";First;", ";Tåstrup;")
    file = parse(text.encode(encoding), "a")
    assert file.areas[0].registered.name == "Tåstrup"
    said = {"utf-8": "UTF-8", "utf-1": "UTF-16", "cp125": "Windows-1252"}[encoding[:5]]
    assert file.read_as == f"{said}, semicolons"


@pytest.mark.parametrize("separator", [",", "\t"])
def test_commas_and_tabulators_separate_cells_too(separator: str) -> None:
    table = [line.split(";") for line in PLAIN.splitlines()]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(table)
    assert same(out.getvalue())


def test_a_workbook_says_the_same_as_the_text() -> None:
    data = workbook([line.split(";") for line in PLAIN.splitlines()])
    file, plain = parse(data, "a"), parse(PLAIN.encode(), "a")
    assert file.read_as == "a workbook, sheet 'Sheet1'"
    assert [row.fact for row in file.areas] == [row.fact for row in plain.areas]
    assert [row.fact for row in file.lists] == [row.fact for row in plain.lists]


def test_a_workbook_with_two_filled_sheets_and_a_broken_one_are_refused() -> None:
    rows = [line.split(";") for line in PLAIN.splitlines()]
    with pytest.raises(BadFile, match="several sheets hold something"):
        parse(workbook(rows, second=[["x"]]), "a")
    whole = workbook(rows)
    with pytest.raises(BadFile, match=r"packed file|can't be read"):
        parse(whole[: len(whole) // 2], "a")


def test_the_line_that_tells_a_spreadsheet_the_separator_is_passed_over() -> None:
    assert same(f"sep=;\r\n{PLAIN}")


def test_days_and_codes_that_a_danish_spreadsheet_has_rewritten_are_read() -> None:
    assert same(PLAIN.replace("2021-12-01", "01-12-2021").replace(";0461;", ";461;"))
    attested = PLAIN.replace(";no;", ";461;", 1)
    assert parse(attested.encode(), "a").lists[0].fact.complete_for == ("0461",)
    american = PLAIN.replace("2021-12-01", "12-01-2021")
    with pytest.raises(BadFile, match="no vulnerable list is due on 2021-01-12"):
        parse(american.encode(), "a")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"record": 1}', "JSON"),
        (b"PK\x03\x04\x14\x00\x06\x00", "packed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\xef\xbb\xbf<table><tr>", "web page"),
    ],
)
def test_files_of_other_kinds_say_what_to_do(data: bytes, words: str) -> None:
    told = problem_of(data)
    assert words in told.what
    assert "CSV UTF-8" in told.what
