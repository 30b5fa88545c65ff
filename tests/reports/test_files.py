"""A report as files: the same bytes twice, read again, and read aloud."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest

from husret.v1 import report_service_pb2 as pb
from services.cli import main as cli
from services.reports import areas, rendering
from services.reports.tables import BOM, csv_file
from services.reports.words import FILES, SHORT, WORDS
from services.reports.writing import Writing
from tests.api.client import Client
from tests.reports.conftest import COMBINED, area_report
from tests.support import PYTHONPATH

ROOT = Path(__file__).resolve().parent.parent.parent
DANISH, ENGLISH = Writing("da"), Writing("en")


@pytest.fixture
def report(municipality: Client) -> pb.GetAreaReportResponse:
    return area_report(municipality)


# --- Pages ----------------------------------------------------------------------------------


@dataclass
class Element:
    """An element of a page, and what stands in it."""

    name: str
    attributes: dict[str, str]
    inside: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, *names: str) -> Iterator[Element]:
        for each in self.inside:
            if not names or each.name in names:
                yield each
            yield from each.all(*names)

    @property
    def words(self) -> str:
        return " ".join([self.text, *(each.words for each in self.inside)]).strip()


class Page(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    VOID = ("meta", "img", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(page)
        assert self.open == [self.root], [each.name for each in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(found)
        if tag not in self.VOID:
            self.open.append(found)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, (tag, self.open[-1].name)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data


def page_of(report: pb.GetAreaReportResponse, writing: Writing = DANISH) -> Element:
    return Page(areas.page(report, writing)).root


@pytest.mark.parametrize("writing", [DANISH, ENGLISH], ids=["da", "en"])
def test_a_page_says_its_language_and_title_and_asks_for_nothing_from_elsewhere(
    report: pb.GetAreaReportResponse, writing: Writing
) -> None:
    page = areas.page(report, writing)
    root = Page(page).root
    [html] = root.all("html")
    assert html.attributes["lang"] == writing.language
    [title] = root.all("title")
    assert title.text == {"da": "Boligområder 2024", "en": "Housing areas 2024"}[writing.language]
    addresses = [
        value
        for each in root.all()
        for name, value in each.attributes.items()
        if name in ("src", "href", "srcset", "action")
    ]
    assert addresses
    assert all(each.startswith("data:image/svg+xml;base64,") for each in addresses)
    assert "<script" not in page
    assert not re.search(r"url\((?!data:)|@import", page)


def test_the_headings_follow_one_another_and_there_is_one_first(
    report: pb.GetAreaReportResponse,
) -> None:
    levels = [int(each.name[1]) for each in page_of(report).all("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_says_what_it_is_and_what_each_cell_is_about(
    report: pb.GetAreaReportResponse,
) -> None:
    tables = list(page_of(report).all("table"))
    assert len(tables) > 15
    for table in tables:
        [caption] = table.all("caption")
        assert caption.words
        [head] = table.all("thead")
        [titles] = head.all("tr")
        assert all(each.attributes.get("scope") == "col" for each in titles.inside)
        assert all(each.words for each in titles.inside)
        [body] = table.all("tbody")
        for row in body.all("tr"):
            first, *others = row.inside
            assert (first.name, first.attributes.get("scope")) == ("th", "row")
            assert {each.name for each in others} <= {"td"}
            assert len(row.inside) == len(titles.inside)


def test_every_picture_says_in_words_what_it_shows(report: pb.GetAreaReportResponse) -> None:
    pictures = list(page_of(report).all("img"))
    assert len(pictures) == sum(bool(a.criteria) + bool(a.family_share) for a in report.areas)
    assert all(len(each.attributes["alt"]) > 40 for each in pictures)
    assert len({each.attributes["alt"] for each in pictures}) == len(pictures)


def test_no_id_stands_twice_and_every_section_is_named_by_its_heading(
    report: pb.GetAreaReportResponse,
) -> None:
    root = page_of(report)
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    named = [each.attributes["aria-labelledby"] for each in root.all("section")]
    assert sorted(named) == sorted(ids)


def test_what_is_recorded_can_not_become_part_of_the_page(
    report: pb.GetAreaReportResponse,
) -> None:
    report.areas[0].name = '<script>alert("x")</script>'
    page = areas.page(report, DANISH)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_every_word_of_the_reports_is_there_in_both_languages() -> None:
    for named in (WORDS, SHORT, FILES):
        for name, said in named.items():
            assert said.da, name
            assert said.en, name
    templates = (ROOT / "services" / "reports").rglob("*")
    used = "".join(path.read_text() for path in templates if path.suffix in (".html", ".py"))
    unused = [name for name in WORDS if f'"{name}"' not in used and not name.startswith(_MADE)]
    assert unused == []


_MADE = ("movement_", "result_", "plan_", "method_", "share_")
"""Words whose names are put together from a value."""


# --- PDF ------------------------------------------------------------------------------------


@pytest.mark.pango
def test_a_pdf_carries_its_letters_its_language_and_its_structure(
    report: pb.GetAreaReportResponse,
) -> None:
    made = pypdf.PdfReader(io.BytesIO(rendering.pdf(areas.page(report, DANISH))))
    root: Any = made.trailer["/Root"]
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert made.metadata is not None
    assert made.metadata.title == "Boligområder 2024"
    assert {name for name in made.metadata if "Date" in name} == set()
    fonts = {
        str(font.get_object()["/BaseFont"]).rpartition("+")[2]
        for page in made.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]  # a dictionary there
    }
    assert fonts
    assert all(font.startswith("Plex") for font in fonts), fonts
    text = " ".join(page.extract_text() for page in made.pages)
    assert all(area.name in text for area in report.areas)
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_without_the_systems_library_the_page_is_there_and_the_pdf_is_refused_with_what_to_do(
    report: pb.GetAreaReportResponse, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = areas.page(report, DANISH)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(rendering.PdfUnavailable, match="Pango"):
        rendering.pdf(page)


# --- Tables ---------------------------------------------------------------------------------


def read_again(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    assert content.startswith(BOM.encode())
    assert "\r\n" in text
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def tables_of(report: pb.GetAreaReportResponse, writing: Writing) -> dict[str, Any]:
    return {name: read_again(content) for name, content in areas.tables(report, writing)}


def test_the_tables_hold_every_number_of_the_report(report: pb.GetAreaReportResponse) -> None:
    tables = tables_of(report, DANISH)
    for row, each in zip(tables["lister"], report.lists, strict=True):
        assert [row[DANISH.word(name)] for name in areas.LIST_COLUMNS] == [
            # Of a list that is not held nothing was counted, which is not none.
            str(getattr(each, name))
            if each.published or name in ("may_have_left", "not_known")
            else ""
            for name in areas.LIST_COLUMNS
        ]
    points = [p for a in report.areas for course in a.criteria for p in course.points]
    assert len(tables["kriterier"]) == len(points) > 100
    for row, point in zip(tables["kriterier"], points, strict=True):
        assert Decimal(row["Tal"].replace(",", ".")) == Decimal(point.value)
        assert "." not in row["Tal"]
    lettings = [each for a in report.areas for each in a.lettings]
    lettings += [each for o in report.organisations for each in o.lettings]
    assert [int(row["Tildelt"]) for row in tables["udlejninger"]] == [
        each.allocated for each in lettings
    ]
    assert [row["Andel"] for row in tables["familieboliger"]] == ["90,17", "70,50", "70,50"]
    assert [row["Kode"] for row in tables["forbehold"]] == [e.code for e in report.exceptions]
    moved = [area for each in report.lists for area in each.areas]
    assert [row["Kode"] for row in tables["bevaegelser"]] == [area.area for area in moved]


def test_the_english_tables_say_the_same(report: pb.GetAreaReportResponse) -> None:
    danish, english = tables_of(report, DANISH), tables_of(report, ENGLISH)
    assert [len(rows) for rows in danish.values()] == [len(rows) for rows in english.values()]
    assert [row["Figure"] for row in english["criteria"]] == [
        row["Tal"].replace(",", ".") for row in danish["kriterier"]
    ]


def test_no_cell_is_taken_for_a_formula_or_robbed_of_its_zeros(
    report: pb.GetAreaReportResponse,
) -> None:
    for name, rows in tables_of(report, DANISH).items():
        for row in rows:
            for column, cell in row.items():
                assert not re.match(r"[=+\-@]", cell), (name, column)
                assert not re.fullmatch(r"0\d+", cell), (name, column)
    with pytest.raises(ValueError, match="zeros"):
        csv_file(["code"], [["0461"]])
    assert csv_file(["text"], [["=1+1"]]).decode().endswith("\r\n =1+1\r\n")
    with pytest.raises(ValueError, match="2 cells"):
        csv_file(["text"], [["a", "b"]])


def test_a_text_with_semicolons_quotes_and_lines_is_read_again_as_it_was() -> None:
    text = 'Halvvejen; "den lange"\r\nog æ, ø, å'
    [row] = read_again(csv_file(["navn"], [[text]]))
    assert row["navn"] == text


# --- Pictures -------------------------------------------------------------------------------


def test_every_picture_is_well_formed_and_says_the_numbers(
    report: pb.GetAreaReportResponse,
) -> None:
    drawn = dict(areas.pictures(report, DANISH))
    assert len(drawn) == len(list(page_of(report).all("img")))
    for svg in drawn.values():
        root = ElementTree.fromstring(svg)
        assert not [each for each in root.iter() if each.tag.endswith(("script", "image"))]
    [family] = [svg for name, svg in drawn.items() if name.endswith("familieboliger")]
    assert all(f">{label}<" in family for label in ("90,2", "70,5"))
    one = next(area for area in report.areas if area.area == COMBINED)
    [svg] = [svg for name, svg in drawn.items() if name.startswith(f"{COMBINED}-kriterier")]
    for course in one.criteria:
        assert f">{DANISH.number(course.points[-1].value)}<" in svg


# --- Twice ----------------------------------------------------------------------------------


def written(directory: Path, place: Path, seed: str, *more: str) -> dict[str, bytes]:
    """Write a report in a process of its own; return its files."""
    command = [sys.executable, "-m", "services.cli", "report", "areas", "--year", "2024"]
    subprocess.run(
        [*command, "--dir", str(directory), "--out", str(place), *more],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": PYTHONPATH,
            "PYTHONHASHSEED": seed,
            "TZ": {"1": "UTC", "2": "Asia/Tokyo"}[seed],
        },
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())}


WITHOUT_PDF = ("html", "csv", "json", "svg")


@pytest.mark.parametrize(
    "formats",
    [WITHOUT_PDF, pytest.param((*WITHOUT_PDF, "pdf"), marks=pytest.mark.pango)],
    ids=["without PDF", "all"],
)
def test_a_second_run_gives_the_same_bytes_of_every_file(
    tmp_path: Path, formats: tuple[str, ...]
) -> None:
    directory = tmp_path / "instance"
    assert cli.main(["init", "--dir", str(directory)]) == 0
    assert cli.main(["import", "area-lists", "made-up", "--dir", str(directory)]) == 0
    asked = [option for each in formats for option in ("--format", each)]
    first = written(directory, tmp_path / "first", "1", *asked)
    second = written(directory, tmp_path / "second", "2", *asked)
    assert {Path(name).suffix for name in first} == {f".{each}" for each in formats}
    assert first == second
    said = json.loads(first["areas-2024.json"])
    assert said["year"] == 2024
    assert len(said["areas"]) == 8
    only = written(directory, tmp_path / "english", "1", "--language", "en", "--format", "csv")
    assert "areas-2024-lists.csv" in only
    assert {Path(name).suffix for name in only} == {".csv"}


def test_the_command_line_prints_the_counts_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--dir", str(tmp_path / "instance")]
    assert cli.main(["init", *where]) == 0
    assert cli.main(["import", "area-lists", "made-up", *where]) == 0
    capsys.readouterr()
    assert cli.main(["report", "areas", "--year", "2024", *where]) == 0
    assert "Boligområder 2024" in capsys.readouterr().out
    assert cli.main(["report", "areas", "--year", "2012", *where]) == 1
    assert "no list of that year" in capsys.readouterr().err
    assert cli.main(["report", "areas", "--year", "2024", "--format", "pdf", *where]) == 1
    assert "--out" in capsys.readouterr().err
    assert cli.main(["report", "lists", "--year", "2024", *where]) == 0
    assert "2024-12-01 udsat boligområde" in capsys.readouterr().out
    assert cli.main(["report", "lists", "--year", "2015", *where]) == 0
    assert "2015-12-01 ghettoområde" in capsys.readouterr().out
    assert cli.main(["report", "ledger", *where]) == 0
    assert "0 tallies" in capsys.readouterr().out
