"""A list as the ministry publishes it needs no ids and no rows made by hand.

The areas are real; the figures and the list of 2025 are made up.
"""

from __future__ import annotations

from datetime import date

import pytest

from domain.facts import AreaListPublished, Listing, ListKind
from services.area_lists import ministry, shipped
from services.area_lists.doubts import doubts
from services.area_lists.file import AreaListFile
from services.area_lists.ministry_text import Asked, is_published
from services.area_lists.planning import plan_import
from services.area_lists.reading import parse
from services.sheets.file import BadFile
from tests.area_lists.files import Log, workbook

DAY = date(2025, 12, 1)
PASTED = """Liste over udsatte boligområder, parallelsamfund og omdannelsesområder

Tabel 2. Parallelsamfund pr. 1. december 2025 (4 områder)
Kommune Boligområde Antal beboere Andel uden tilknytning til arbejdsmarkedet Andel dømte
Andel med grundskole Gennemsnitlig indkomst Andel ikke-vestlige
Aarhus Bispehaven 2.212 45,3* 1,71 77,9* 52,1* 73,6
Aarhus Toveshøj og Gellerupparken 5.012 46,3 * 1,91 78,9 * 50,1 * 79,6
Høje-Taastrup Taastrupgaard 1.587 26,7 1,62 77,3* 54,2* 66,4
Viborg Nybyen 2 1.187 46,7* – 77,3* 54,2* 66,4
* Kriteriet er opfyldt. Et parallelsamfund er et udsat boligområde.
Side 1
Tabel 3. Omdannelsesområder
Aarhus Bispehaven
I alt 1
"""
SHEET = [
    ["Parallelsamfund"],
    ["Kommune", "Boligområde", "Beboere", "Andel dømte, pct.", "Kriterier opfyldt"],
    ["Aarhus Kommune", "Bispehaven", "2212", "1,71", "3"],
    ["", "Toveshøj og Gellerupparken", "5.012", "1,91 *", "3"],
]


@pytest.fixture(scope="module")
def log() -> Log:
    log = Log()
    log.append(plan_import(parse(shipped.read(shipped.PUBLISHED), "p"), log.view()).facts)
    return log


NOTHING = Asked()


def read(log: Log, text: str | bytes, asked: Asked = NOTHING) -> AreaListFile:
    data = text if isinstance(text, bytes) else text.encode()
    return ministry.parse(data, "liste.txt", asked, log.view())


def wrong(log: Log, text: str | bytes, asked: Asked = NOTHING) -> str:
    with pytest.raises(BadFile) as caught:
        read(log, text, asked)
    return "\n".join(map(str, caught.value.problems))


def test_the_pasted_text_gives_known_areas_their_ids_and_names_the_new_one(log: Log) -> None:
    file = read(log, PASTED)
    assert [row.fact.area for row in file.areas] == [
        "0751-bispehaven",
        "0751-gellerupparken-toveshoej",
        "0169-taastrupgaard",
        "0791-nybyen-2",
    ]
    assert [(each.written, each.name) for each in file.matched] == [
        ("Toveshøj og Gellerupparken", "Gellerupparken/Toveshøj"),
        ("Taastrupgaard", "Tåstrupgård"),
    ]
    plan = plan_import(file, log.view())
    assert [each.name for each in doubts(file, log.view(), plan, DAY).new] == ["Nybyen 2"]


def test_figures_stand_in_the_order_of_the_headings_and_marks_are_no_part_of_them(log: Log) -> None:
    bispehaven, _, _, nybyen = (row.fact for row in read(log, PASTED).areas)
    figures = bispehaven.figures
    assert (figures.residents, figures.unattached_share, figures.convicted_share) == (
        2212,
        "45.3",
        "1.71",
    )
    assert (figures.basic_schooling_share, figures.income_ratio) == ("77.9", "52.1")
    assert (nybyen.figures.residents, nybyen.figures.convicted_share) == (1187, None)


def test_a_list_is_whole_when_as_many_areas_stand_there_as_were_published(log: Log) -> None:
    file = read(log, PASTED)
    assert [(row.fact.kind, row.fact.complete_nationwide) for row in file.lists] == [
        (ListKind.PARALLEL_SOCIETY, True),
        (ListKind.TRANSFORMATION, True),
    ]
    assert [row.fact.transformation for row in file.areas] == [Listing.ON, *[Listing.OFF] * 3]
    assert {row.fact.vulnerable for row in file.areas} == {Listing.UNKNOWN}
    part = read(log, PASTED.replace(" (4 områder)", "").replace("I alt 1\n", ""))
    assert {row.fact.complete_nationwide for row in part.lists} == {False}
    assert {row.fact.transformation for row in part.areas[1:]} == {Listing.UNKNOWN}


def test_a_page_that_is_missing_is_noticed(log: Log) -> None:
    without = PASTED.replace("Viborg", "# Viborg")
    assert "4 areas were published on the parallel_society list, and 3 stand here" in wrong(
        log, without
    )


@pytest.mark.parametrize("separator", [";", "\t", "workbook"])
def test_a_sheet_is_read_by_its_headings(log: Log, separator: str) -> None:
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in SHEET)
    data = workbook(SHEET) if separator == "workbook" else text.encode("cp1252")
    file = read(log, data, Asked(DAY, None, {ListKind.PARALLEL_SOCIETY: 2}))
    assert [
        (row.fact.area, row.fact.figures.residents, row.fact.figures.convicted_share)
        for row in file.areas
    ] == [("0751-bispehaven", 2212, "1.71"), ("0751-gellerupparken-toveshoej", 5012, "1.91")]


def test_what_stands_of_the_day_is_kept_and_a_row_that_says_nothing_new_appends_nothing(
    log: Log,
) -> None:
    title = "Omdannelsesområder 1. december 2023\n"
    day = date(2023, 12, 1)
    names = ("Aarhus Bispehaven", "Høje-Taastrup Tåstrupgård")
    asked = Asked(day, ListKind.TRANSFORMATION)
    file = read(log, title + "\n".join(names), asked)
    [of_list] = plan_import(file, log.view()).facts  # one source more of the list
    assert isinstance(of_list, AreaListPublished)
    assert {row.fact.parallel_society for row in file.areas} == {Listing.ON}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PASTED.replace("pr. 1. december 2025", ""), "no day of publication stands in a title"),
        (
            PASTED.replace("Toveshøj og Gellerupparken ", "Toveshøj og\nGellerupparken "),
            "line 7: has no figures, as the other areas of the list have",
        ),
        (
            PASTED.replace("Andel dømte", ""),
            "line 6: has 6 figures, and the headings above name 5",
        ),
        (
            "Parallelsamfund 1. december 2025\nKommune;Boligområde\nBispekøbing;Bispehaven\n",
            "line 3, column Kommune: 'Bispekøbing' is not the name of a municipality",
        ),
        (PASTED.replace("2.212", "2.21x"), "line 6"),
        ("Aarhus Bispehaven", "no title above says which list this is"),
        (PASTED.replace("1. december 2025", "31. juni 2025"), "'31. juni 2025' is no day"),
        (PASTED.replace("1. december 2025", "2025-13-01"), "'2025-13-01' is no day"),
        (
            "Parallelsamfund 1. december 2025\nKommune;Boligområde;Beboere;beboere\n"
            "Aarhus;Bispehaven;2212;2200\n",
            "line 2: the heading 'Beboere' stands twice",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(log: Log, text: str, told: str) -> None:
    asked = Asked(DAY) if text.startswith("Aarhus") else Asked()
    assert told in wrong(log, text, asked)


@pytest.mark.parametrize("mark", ["*", " *", "¹", "1)", " 1)", " 2) *", "(1)"])
def test_the_mark_of_a_footnote_is_no_part_of_a_name(log: Log, mark: str) -> None:
    marked = f"Parallelsamfund 1. december 2025\nKommune;Boligområde\nViborg;Nybyen 2{mark}\n"
    if mark == "1)":
        marked = marked.replace("Nybyen 21)", "Nybyen1)")
    [row] = read(log, marked).areas
    assert row.registered.name in ("Nybyen 2", "Nybyen")


def test_an_id_that_is_given_names_the_area(log: Log) -> None:
    file = read(log, PASTED, Asked(areas={"Nybyen 2": "0791-houlkaervaenget"}))
    assert file.areas[-1].registered.name == "Houlkærvænget"
    told = wrong(log, PASTED, Asked(areas={"Nybyen 3": "0791-houlkaervaenget"}))
    assert "no area 'Nybyen 3'" in told


def test_the_files_of_husrets_own_format_are_none_of_the_ministrys() -> None:
    assert is_published(PASTED.encode(), "a")
    assert not is_published(shipped.read(shipped.PUBLISHED), "a")
