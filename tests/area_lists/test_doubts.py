"""An import says what it takes for new, what left, and what somebody must confirm."""

from __future__ import annotations

from datetime import date

import pytest

from domain.facts import AreaRenamed, ListKind
from services.area_lists import shipped
from services.area_lists.doubts import Doubts, Left, doubts
from services.area_lists.planning import is_name_of, plan_import
from services.area_lists.reading import parse
from services.facts.area_names import Nearness, nearness
from services.sheets.file import BadFile
from tests.area_lists.files import Log, a_list, an_area, file_of

TODAY = date(2026, 1, 1)
AREA = {"area": "0751-bispehaven", "name": "Bispehaven", "municipality": "0751"}
ON = {"parallel_society": "on", "vulnerable": "on"}


def lists_of(year: int, *areas: dict[str, str], **cells: str) -> bytes:
    """The two lists of a year, complete, with these areas on both."""
    day, total = f"{year}-12-01", str(len(areas))
    prevention = "unknown" if year > 2020 else "no_such_list"
    whole = {"list_day": day, "complete": "nationwide", "published_total": total}
    return file_of(
        a_list(kind="vulnerable", **whole),
        a_list(kind="parallel_society", **whole),
        *(
            an_area(**{"list_day": day, "prevention": prevention, **ON, **each, **cells})
            for each in areas
        ),
    )


def joined(first: bytes, *others: bytes) -> bytes:
    """One file of several: the header once."""
    return b"".join([first, *(each.split(b"\n", 1)[1] for each in others)])


def found_in(log: Log, data: bytes, today: date = TODAY) -> Doubts:
    view = log.view()
    file = parse(data, "lists.csv", lambda area, name: is_name_of(view, area, name))
    return doubts(file, view, plan_import(file, view, least=0), today)


def imported(log: Log, data: bytes) -> None:
    view = log.view()
    file = parse(data, "lists.csv", lambda area, name: is_name_of(view, area, name))
    log.append(plan_import(file, view).facts)


def log_with(*files: bytes) -> Log:
    log = Log()
    for data in files:
        imported(log, data)
    return log


def other(name: str, area: str = "0751-another", code: str = "0751") -> dict[str, str]:
    return {"area": area, "name": name, "municipality": code}


# -- Names


@pytest.mark.parametrize(
    ("one", "another", "way"),
    [
        ("Tåstrupgård", "Taastrupgaard", Nearness.SPELLING),
        ("Mjølnerparken", "MJØLNERPARKEN", Nearness.CASE),
        ("Mjølnerparken", "Mjølner-parken", Nearness.SPELLING),
        ("Stærevej mv.", "Stærevej", Nearness.MV),
        ("Nørager/Søstjernevej m.fl.", "Nørager/Søstjernevej", Nearness.MV),
        ("Solbakken mv.", "Solbakken m.v.", Nearness.SPELLING),
        ("Gellerupparken/Toveshøj", "Toveshøj og Gellerupparken", Nearness.SPELLING),
        ("Tingbjerg/Utterslevhuse", "Tingbjerg", Nearness.PART),
        ("Fælledvej-området", "Fælledvej", Nearness.PART),
        ("Gellerup", "Gellerupparken", Nearness.PART),
        ("Vollsmose", "Volsmose", Nearness.ALIKE),
        ("Hedelundgårdparken", "Hedelundgårdsparken", Nearness.ALIKE),
        ("Agervang I", "Agervang II", None),
        ("Område 4", "Område 5", None),
        ("Nørrebro Nord", "Nørrebro Syd", None),
        ("Bispehaven", "Vollsmose", None),
        ("Bispehaven", "Bispeparken", None),
    ],
)
def test_names_are_near_as_lists_and_people_spell_them(
    one: str, another: str, way: Nearness | None
) -> None:
    assert nearness(one, another) is way
    assert nearness(another, one) is way


# -- New areas


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Bispehavn", "alike"),
        ("BISPEHAVEN", "case"),
        ("Bispe haven", "spelling"),
        ("Bispehaven mv.", "mv"),
        ("Bispehaven/Hasle", "part"),
    ],
)
def test_another_spelling_is_asked_about_before_a_run_of_lists_breaks(name: str, why: str) -> None:
    log = log_with(lists_of(2021, AREA), lists_of(2022, AREA))
    found = found_in(log, lists_of(2023, other(name)))
    [new] = found.new
    [near] = new.near
    assert (new.area, near.area, near.why, near.moved) == (
        "0751-another",
        "0751-bispehaven",
        why,
        False,
    )
    assert near.breaks_run
    [problem] = found.new_breaks
    assert (problem.line, problem.column) == (4, "area")
    assert "0751-bispehaven" in problem.what
    assert "--accept-new" in problem.what


def test_another_spelling_in_the_middle_of_a_run_is_asked_about() -> None:
    log = log_with(lists_of(2021, AREA), lists_of(2023, AREA))
    assert found_in(log, lists_of(2022, other("Bispehavn"))).new_breaks


def test_two_spellings_in_one_file_are_asked_about() -> None:
    data = joined(lists_of(2021, AREA), lists_of(2022, other("Bispehavn")))
    [problem] = found_in(Log(), data).new_breaks
    assert "0751-bispehaven" in problem.what


def test_areas_with_near_names_that_stand_on_one_list_are_two() -> None:
    log = log_with(lists_of(2021, AREA))
    found = found_in(log, lists_of(2022, AREA, other("Bispehaven/Hasle")))
    assert [near.why for near in found.new[0].near] == ["part"]
    assert not found.new_breaks


@pytest.mark.parametrize(
    "name", ["BISPEHAVEN", "Bispe-haven", "Bispehaven Mv.", "Bispehaven m.fl."]
)
def test_one_whole_name_on_one_list_twice_is_asked_about(name: str) -> None:
    log = log_with(lists_of(2021, AREA))
    [problem] = found_in(log, lists_of(2022, AREA, other(name))).new_breaks
    assert "the lists name it twice" in problem.what
    assert "--accept-new" in problem.what


def test_an_area_under_the_same_name_in_another_municipality_may_have_moved() -> None:
    log = log_with(lists_of(2021, AREA))
    moved = other("Bispe-haven", "0746-bispehaven", "0746")
    found = found_in(log, lists_of(2022, moved))
    [near] = found.new[0].near
    assert (near.area, near.moved, near.breaks_run) == ("0751-bispehaven", True, True)
    assert "another municipality" in found.new_breaks[0].what


def test_a_name_that_is_only_alike_elsewhere_is_another_area() -> None:
    log = log_with(lists_of(2021, AREA))
    found = found_in(log, lists_of(2022, other("Bispehavn", "0746-bispehavn", "0746")))
    assert found.new[0].near == ()
    assert not found.new_breaks


def test_an_area_that_comes_as_one_of_its_municipality_leaves_may_be_it_renamed() -> None:
    log = log_with(lists_of(2021, AREA), lists_of(2022, AREA))
    [near] = found_in(log, lists_of(2023, other("Nordens Plads"))).new[0].near
    assert (near.area, near.why, near.breaks_run) == ("0751-bispehaven", "replaced", True)


def test_an_area_that_comes_beside_those_that_stay_is_new_without_a_question() -> None:
    log = log_with(lists_of(2021, AREA))
    found = found_in(log, lists_of(2022, AREA, other("Trigeparken")))
    assert [new.near for new in found.new] == [()]
    assert not found.new_breaks


# -- What left


def test_what_left_is_said_with_the_run_that_ended() -> None:
    stays = other("Trigeparken", "0751-trigeparken")
    log = log_with(lists_of(2020, AREA, stays), lists_of(2021, AREA, stays))
    found = found_in(log, lists_of(2022, stays))
    parallel = [left for left in found.left if left.kind is ListKind.PARALLEL_SOCIETY]
    day = date(2022, 12, 1)
    assert parallel == [
        Left("0751-bispehaven", "Bispehaven", ListKind.PARALLEL_SOCIETY, day, 2, known=True)
    ]
    assert not found.new_breaks
    imported(log, lists_of(2022, stays))
    assert found_in(log, lists_of(2022, stays)).left == ()


def test_an_area_that_an_incomplete_list_does_not_name_is_not_known_to_have_left() -> None:
    stays = other("Trigeparken", "0751-trigeparken")
    log = log_with(lists_of(2021, AREA, stays))
    cells = {"list_day": "2022-12-01"}
    lists = [
        a_list(kind=kind, published_total="", **cells)
        for kind in ("vulnerable", "parallel_society")
    ]
    found = found_in(log, file_of(*lists, an_area(**{**ON, **stays, **cells})))
    assert {left.known for left in found.left} == {False}


# -- Renamings


def renamed_log() -> Log:
    log = log_with(lists_of(2020, AREA))
    log.append((AreaRenamed(area=AREA["area"], name="Hasle Bakker", first_day=date(2022, 6, 1)),))
    return log


def test_a_recorded_renaming_is_honoured_for_old_and_new_names_each_on_its_days() -> None:
    log = renamed_log()
    new_name = {**AREA, "name": "Hasle Bakker"}
    both = joined(lists_of(2021, AREA), lists_of(2022, new_name))
    found = found_in(log, both)
    assert (found.new, found.new_breaks) == ((), ())
    imported(log, both)
    registered = log.view().area(AREA["area"])
    assert registered is not None
    assert registered.fact.name == "Bispehaven"
    assert log.view().area_name(AREA["area"], date(2022, 12, 1)) == "Hasle Bakker"


@pytest.mark.parametrize(("year", "name"), [(2021, "Hasle Bakker"), (2022, "Bispehaven")])
def test_a_recorded_name_on_another_day_is_asked_about(year: int, name: str) -> None:
    [problem] = found_in(renamed_log(), lists_of(year, {**AREA, "name": name})).new_breaks
    assert problem.column == "name"


def test_a_new_id_with_the_name_of_a_renamed_area_is_refused_with_the_id_to_write() -> None:
    with pytest.raises(BadFile, match="write 0751-bispehaven"):
        found_in(renamed_log(), lists_of(2022, other("Hasle Bakker")))
    # Its old name is free then, but may well be the same area.
    assert found_in(renamed_log(), lists_of(2022, other("Bispehaven"))).new_breaks


def test_two_names_of_one_area_in_a_file_need_a_recorded_renaming() -> None:
    both = joined(lists_of(2021, AREA), lists_of(2022, {**AREA, "name": "Hasle Bakker"}))
    with pytest.raises(BadFile, match="one file gives an area one name"):
        found_in(Log(), both)


# -- Figures and days

FITTING = {
    "residents": "2500",
    "unattached_share": "45,1",
    "basic_schooling_share": "66,0",
    "income_ratio": "50,2",
    "nonwestern_share": "61,0",
}


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"unattached_share": "0,394"}, "unattached_share", "0.394 is implausible"),
        ({"basic_schooling_share": "0,66"}, "basic_schooling_share", "in per cent"),
        ({"income_ratio": "0,502"}, "income_ratio", "in per cent"),
        ({"nonwestern_share": "0,61"}, "nonwestern_share", "in per cent"),
        ({"convicted_share": "0,0203"}, "convicted_share", "in per cent"),
        ({"residents": "25"}, "residents", "implausible"),
        ({"residents": "250000"}, "residents", "implausible"),
        ({"nonwestern_share": "31,0"}, "parallel_society", "is on, but the figures"),
        (
            {"unattached_share": "21,0", "basic_schooling_share": "41,0", "income_ratio": "81,0"},
            "vulnerable",
            "is on, but the figures",
        ),
        ({"residents": "312"}, "vulnerable", "312 residents"),
    ],
)
def test_an_implausible_figure_is_named_with_its_line_and_column(
    cells: dict[str, str], column: str, words: str
) -> None:
    found = found_in(Log(), lists_of(2021, AREA, **{**FITTING, **cells}))
    named = {problem.column: problem for problem in found.implausible}
    assert column in named, found.implausible
    assert named[column].line == 4
    assert words in named[column].what
    assert "--accept-implausible" in named[column].what


def test_figures_that_meet_the_test_contradict_a_list_that_the_area_is_off() -> None:
    off = {"vulnerable": "off", "parallel_society": "off"}
    data = lists_of(2021, AREA, **{**FITTING, **off}).replace(b";1;nationwide", b";0;nationwide")
    columns = {problem.column for problem in found_in(Log(), data).implausible}
    assert columns == {"vulnerable", "parallel_society"}


def test_fitting_figures_and_those_that_are_not_known_are_taken() -> None:
    assert not found_in(Log(), lists_of(2021, AREA, **FITTING)).implausible
    few = {"unattached_share": "21,0", "income_ratio": "81,0"}
    assert not found_in(Log(), lists_of(2021, AREA, **few)).implausible


def test_a_figure_ten_times_that_of_the_year_before_is_named() -> None:
    log = log_with(lists_of(2020, AREA, **FITTING, convicted_share="1,62"))
    data = lists_of(2021, AREA, **FITTING, convicted_share="10,2")
    [problem] = found_in(log, data).implausible
    assert (problem.column, "decimal sign" in problem.what) == ("convicted_share", True)


def test_a_limit_that_is_not_three_times_the_share_of_the_country_is_named() -> None:
    columns = "convicted_share_country;convicted_limit"
    data = lists_of(2021, AREA, **FITTING).decode().splitlines()
    data[0] += f";{columns}"
    data[1:3] = [line + ";;" for line in data[1:3]]
    data[3] += ";0,68;1,03"
    [problem] = found_in(Log(), "\n".join(data).encode()).implausible
    assert problem.column == "convicted_limit"


def test_a_list_of_a_day_to_come_is_named() -> None:
    data = lists_of(2021, AREA)
    assert not found_in(Log(), data, date(2021, 12, 1)).implausible
    problems = found_in(Log(), data, date(2021, 11, 30)).implausible
    assert [(problem.line, problem.column) for problem in problems] == [
        (2, "list_day"),
        (3, "list_day"),
    ]


def test_what_stands_is_not_asked_about_again() -> None:
    data = lists_of(2021, AREA, **FITTING, convicted_share="0,0203")
    log = log_with(data)
    found = found_in(log, data, date(2021, 11, 1))
    assert (found.new, found.left, found.new_breaks, found.implausible) == ((), (), (), ())


@pytest.mark.parametrize("name", [shipped.PUBLISHED, shipped.MADE_UP])
def test_the_files_that_come_with_husret_need_no_confirmation(name: str) -> None:
    found = found_in(Log(), shipped.read(name))
    assert found.new
    assert (found.new_breaks, found.implausible) == ((), ())
