"""A waiting list from the caller's own file to a table with the caller's own names."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from services.reports import tables
from tests.cli.conftest import Husret, Running

ASKED = ("check", "waiting-list", "referral", "--dwelling", "listed-1", "--basis", "stk_2")


@pytest.fixture(scope="module")
def households(municipality: Running) -> list[str]:
    """A dwelling in a vulnerable area, a household of which all is attested, and one of nothing."""
    letting = municipality.letting
    letting.a_dwelling("listed-1", area="9999-kastanjeparken")
    complete, _ = letting.a_household()
    return [complete, municipality.client.a_household()]


@pytest.fixture
def listed(households: list[str], tmp_path: Path) -> Path:
    """The list as a spreadsheet program saves it: numbers with zeros, and a name like a formula."""
    made = tmp_path / "liste.csv"
    rows = ["Nr;household_id;Navn", f"0042;{households[0]};=HYPERLINK(A1)"]
    made.write_text("\n".join([*rows, f"0007;{households[1]};Familien Ask"]), encoding="utf-8")
    return made


def test_a_line_says_in_short_what_is_missing_and_who_can_supply_it(
    husret: Husret, households: list[str], listed: Path
) -> None:
    asked = husret(*ASKED, "--households", listed)
    assert (asked.code, asked.err) == (0, "")
    _, short = asked.out.splitlines()[:2]
    assert short.startswith(f"0007  Familien Ask  {households[1]}  UNDETERMINED")
    assert "missing: members_attested (municipality_referral)" in short
    told = husret(*ASKED, "--households", listed, "--texts", "--preview")
    assert "Can be supplied by: the municipality" in told.out
    assert asked.may_follow[0].endswith(f"--household {households[0]}")
    document = husret(*ASKED, "--households", listed, "--preview", "--json").out.splitlines()[1]
    said = json.loads(document)
    assert said["own"] == {"Nr": "0007", "Navn": "Familien Ask"}
    assert said["missing"][0]["details"] == {}


def test_a_table_has_the_caller_s_columns_and_no_cell_is_a_formula_or_loses_its_zeros(
    husret: Husret, households: list[str], listed: Path, tmp_path: Path
) -> None:
    for kind in ("csv", "xlsx"):
        table = tmp_path / f"svar.{kind}"
        done = husret(*ASKED, "--households", listed, "--table", table, "--language", "da")
        assert (done.code, done.err) == (0, "")
        assert stat.S_IMODE(table.stat().st_mode) == 0o600
        if kind == "csv":
            content = table.read_bytes().decode()
            assert content.startswith(tables.BOM)
            rows = list(csv.reader(io.StringIO(content.removeprefix(tables.BOM)), delimiter=";"))
        else:
            sheet = CalamineWorkbook.from_path(str(table)).get_sheet_by_index(0)
            rows = [[str(cell) for cell in row] for row in sheet.to_python()]
        assert rows[0][:6] == ["Nr", "Navn", "Husstand", "Svar", "Svar i ord", "Regler"]
        assert [row[0] for row in rows[1:]] == ["0042", "0007"]
        assert rows[1][1].lstrip() == "=HYPERLINK(A1)"
        assert (kind == "csv") is (rows[1][1] != "=HYPERLINK(A1)")
        assert "Kan oplyses af" in rows[2][rows[0].index("Mangler")]
        again = husret(*ASKED, "--households", listed, "--table", table)
        assert (again.code, "is there already" in again.err) == (1, True)


def test_the_same_table_is_the_same_workbook() -> None:
    rows: list[list[tables.Cell]] = [["=1+1", 3, None], ["0042", 4, "-"]]
    made = tables.xlsx_file(["a", "b", "c"], rows)
    assert made == tables.xlsx_file(["a", "b", "c"], rows)
    read = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert read[1:] == [["=1+1", 3.0, ""], ["0042", 4.0, "-"]]


def test_a_table_without_a_header_is_refused_before_anything_is_asked(
    municipality: Running, husret: Husret, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("1;2\n3;4\n")
    before = municipality.client.head()
    assert "needs a header" in husret(*ASKED, "--households", bad).err
    assert "must end in" in husret(*ASKED, "--table", tmp_path / "svar.pdf").err
    assert municipality.client.head() == before


def test_a_batch_says_in_short_or_in_words_what_is_missing(
    husret: Husret, households: list[str], tmp_path: Path
) -> None:
    asked = {"dwelling_id": "listed-1", "basis": "REFERRAL_BASIS_STK_2"}
    lines = [{"referral": {"household_id": each, **asked}} for each in households]
    file = tmp_path / "batch"
    file.write_text("\n".join(json.dumps(each) for each in lines))
    done = husret("batch", file)
    assert "missing: members_attested (municipality_referral)" in done.out
    told = husret("batch", file, "--texts", "--preview")
    assert "Can be supplied by: the municipality" in told.out
    file.write_text('{"referral": {"dag": "2026-01-01"}}')
    assert "line 1: has no field dag" in husret("batch", file).err
