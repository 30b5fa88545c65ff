"""A file is read whole, or every problem in it is named with its line and column."""

from __future__ import annotations

import pytest

from domain.facts import Figures, Listing
from services.area_lists import shipped
from services.area_lists.reading import COLUMNS, parse
from services.facts.municipalities import municipalities
from services.sheets.file import BadFile, Problem
from tests.area_lists.files import SECOND, a_list, an_area, file_of, text_of


def problems_of(data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(BadFile) as caught:
        parse(data, "lists.csv")
    return caught.value.problems


def only_problem(*records: dict[str, str]) -> Problem:
    problems = problems_of(file_of(*records))
    assert len(problems) == 1, problems
    return problems[0]


def test_a_row_is_read_with_danish_decimal_commas() -> None:
    row = an_area(residents="1453", unattached_share="51,2", income_ratio="102,5")
    (area,) = parse(file_of(a_list(), row), "lists.csv").areas
    assert area.fact.vulnerable is Listing.ON
    assert area.fact.parallel_society is Listing.UNKNOWN
    assert area.fact.figures == Figures(
        residents=1453, unattached_share="51.2", income_ratio="102.5"
    )


def test_a_decimal_point_says_the_same_as_a_decimal_comma() -> None:
    comma, point = (
        parse(file_of(a_list(), an_area(convicted_share=share)), "lists.csv").areas
        for share in ("2,03", "2.03")
    )
    assert comma == point


def test_a_blank_figure_is_unknown_and_a_zero_is_zero() -> None:
    row = an_area(residents="0", nonwestern_share="0,0")
    (area,) = parse(file_of(a_list(), row), "lists.csv").areas
    assert (area.fact.figures.residents, area.fact.figures.nonwestern_share) == (0, "0.0")
    assert area.fact.figures.convicted_share is None


def test_decimals_are_kept_as_printed() -> None:
    (area,) = parse(file_of(a_list(), an_area(unattached_share="40,0")), "lists.csv").areas
    assert area.fact.figures.unattached_share == "40.0"


def test_completeness_is_nationwide_or_for_municipalities_or_not_at_all() -> None:
    lists = [
        a_list(complete="nationwide", published_total="0"),
        a_list(kind="prevention", complete="0751 0461"),
        a_list(kind="transformation", complete="no", published_total=""),
    ]
    said = [
        (item.fact.complete_nationwide, item.fact.complete_for, item.fact.published_total)
        for item in parse(file_of(*lists), "lists.csv").lists
    ]
    assert said == [(True, (), 0), (False, ("0461", "0751"), 2), (False, (), None)]


def test_comments_empty_lines_a_byte_order_mark_and_other_line_ends_are_passed_over() -> None:
    plain = text_of(a_list(), an_area())
    dressed = "\ufeff# a comment\r\n\r\n" + plain.replace("\n", "\r\n") + ";" * 19 + "\r\n"
    bare, same = parse(plain.encode(), "a"), parse(dressed.encode(), "a")
    assert [row.fact for row in same.areas] == [row.fact for row in bare.areas]
    assert [row.line for row in same.areas] == [5]


def test_columns_may_stand_in_any_order() -> None:
    lines = text_of(a_list(), an_area()).splitlines()
    turned = "\n".join(";".join(reversed(line.split(";"))) for line in lines)
    assert parse(turned.encode(), "lists.csv") == parse("\n".join(lines).encode(), "lists.csv")


def test_a_source_with_a_semicolon_stands_in_quotation_marks() -> None:
    (area,) = parse(file_of(a_list(), an_area(source='"one; two"')), "lists.csv").areas
    assert area.fact.source == "one; two"


def test_letters_written_in_two_parts_become_one() -> None:
    (area,) = parse(file_of(a_list(), an_area(name="Ga\u030ard")), "lists.csv").areas
    assert area.registered.name == "G\u00e5rd"


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"record": "row"}, "record", "'row' is not one of list, area"),
        ({"list_day": "2021-02-30"}, "list_day", "'2021-02-30' is no day of the calendar"),
        ({"list_day": "31-11-2021"}, "list_day", "'2021-11-31' is no day of the calendar"),
        ({"list_day": "1/12/2021"}, "list_day", "not a day written as YYYY-MM-DD"),
        ({"list_day": "20211201"}, "list_day", "not a day written as YYYY-MM-DD"),
        ({"list_day": ""}, "list_day", "not a day written as YYYY-MM-DD"),
        ({"list_day": "2010-11-30"}, "list_day", "lies before 2010-12-01"),
        ({"list_day": "2022-12-01"}, "list_day", "no list record of 2022-12-01"),
        ({"kind": "vulnerable"}, "kind", "no meaning in a record of kind area"),
        ({"published_total": "3"}, "published_total", "no meaning in a record of kind area"),
        ({"complete": "no"}, "complete", "no meaning in a record of kind area"),
        ({"municipality": "0462"}, "municipality", "'0462' is not the four-digit code"),
        ({"municipality": "46"}, "municipality", "'46' is not the four-digit code"),
        ({"municipality": "0751"}, "area", "does not begin with its municipality's code 0751"),
        ({"area": "0461-Første"}, "area", "is not an area id"),
        ({"area": "0461"}, "area", "is not an area id"),
        ({"area": ""}, "area", "is not an area id"),
        ({"name": ""}, "name", "is empty"),
        ({"name": "First\x07"}, "name", "cannot be printed"),
        ({"vulnerable": "yes"}, "vulnerable", "not one of on, off, unknown, no_such_list"),
        ({"vulnerable": ""}, "vulnerable", "not one of on, off, unknown, no_such_list"),
        ({"prevention": "no_such_list"}, "prevention", "there is such a list since 2021-12-01"),
        ({"prevention": "on"}, "prevention", "no list record of the prevention list of 2021"),
        ({"transformation": "off"}, "transformation", "no list record of the transformation list"),
        ({"residents": "1.453"}, "residents", "not a whole number written in digits only"),
        ({"residents": "-1"}, "residents", "not a whole number written in digits only"),
        ({"residents": "many"}, "residents", "not a whole number written in digits only"),
        ({"unattached_share": "100,1"}, "unattached_share", "lies outside 0 to 100 per cent"),
        ({"convicted_share": "-2"}, "convicted_share", "not a number of per cent"),
        ({"basic_schooling_share": "1e1"}, "basic_schooling_share", "not a number of per cent"),
        ({"basic_schooling_share": "60,"}, "basic_schooling_share", "not a number of per cent"),
        ({"income_ratio": "301"}, "income_ratio", "lies outside 0 to 300 per cent"),
        ({"nonwestern_share": "٥٠"}, "nonwestern_share", "not a number of per cent"),
        ({"nonwestern_share": "NaN"}, "nonwestern_share", "not a number of per cent"),
        ({"source": ""}, "source", "is empty"),
        ({"confidence": "sure"}, "confidence", "not one of official, secondary, derived, made_up"),
        ({"confidence": "made_up"}, "confidence", "made_up belongs to municipality 9999"),
        ({"municipality": "9999", "area": "9999-x"}, "confidence", "belongs to municipality 9999"),
    ],
)
def test_a_bad_cell_of_an_area_is_named(cells: dict[str, str], column: str, words: str) -> None:
    problem = only_problem(a_list(), an_area(**cells))
    assert (problem.line, problem.column) == (3, column)
    assert words in problem.what


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"kind": "ghetto"}, "kind", "'ghetto' is not one of vulnerable, parallel_society"),
        ({"kind": ""}, "kind", "'' is not one of"),
        ({"list_day": "2021-13-01"}, "list_day", "is no day of the calendar"),
        ({"published_total": "two"}, "published_total", "not a whole number"),
        ({"published_total": "0"}, "published_total", "0 areas were published, but 1 rows are on"),
        ({"complete": ""}, "complete", "write nationwide, no, or municipality codes"),
        ({"complete": "yes"}, "complete", "'yes' is not the four-digit code of a municipality"),
        ({"complete": "0461 0462"}, "complete", "'0462' is not the four-digit code"),
        ({"complete": "nationwide"}, "complete", "says nationwide, but 1 rows of 2 are on"),
        ({"area": "0461-first"}, "area", "no meaning in a record of kind list"),
        ({"residents": "1453"}, "residents", "no meaning in a record of kind list"),
        ({"source": ""}, "source", "is empty"),
    ],
)
def test_a_bad_cell_of_a_list_is_named(cells: dict[str, str], column: str, words: str) -> None:
    problem = only_problem(a_list(**cells), an_area())
    assert (problem.line, problem.column) == (2, column)
    assert words in problem.what


def test_a_list_older_than_its_kind_is_named() -> None:
    records = a_list(kind="prevention", list_day="2020-12-01")
    problem = only_problem(records)
    assert (problem.line, problem.column) == (2, "kind")
    assert problem.what == "there is no prevention list before 2021-12-01"


def test_a_row_cannot_speak_of_a_list_that_did_not_exist_yet() -> None:
    parallel = a_list(kind="parallel_society", list_day="2017-12-01")
    row = an_area(
        list_day="2017-12-01",
        parallel_society="on",
        vulnerable="off",
        transformation="no_such_list",
        prevention="no_such_list",
    )
    problems = problems_of(file_of(parallel, row))
    assert ("vulnerable", 3) in {(problem.column, problem.line) for problem in problems}
    assert "there is no vulnerable list before 2018-12-01; write no_such_list" in str(problems)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [("parallel_society", "vulnerable"), ("transformation", "parallel_society")],
)
def test_an_area_on_the_narrow_list_is_not_off_the_wide_one(narrow: str, wide: str) -> None:
    lists = [
        a_list(kind=kind)
        for kind in ("vulnerable", "parallel_society", "transformation", "prevention")
    ]
    row = an_area(**{"vulnerable": "unknown", narrow: "on", wide: "off"})
    problem = only_problem(*lists, row)
    assert (problem.line, problem.column) == (len(lists) + 2, wide)
    assert f"is off, but {narrow} is on" in problem.what


def test_completeness_does_not_cover_an_area_that_is_unknown() -> None:
    lists = [a_list(), a_list(kind="prevention", complete="0461")]
    problem = only_problem(*lists, an_area())
    assert (problem.line, problem.column) == (3, "complete")
    assert "unknown on the prevention list of 2021-12-01: 0461-first" in problem.what


def test_completeness_for_one_municipality_leaves_areas_of_others_unknown() -> None:
    lists = [a_list(), a_list(kind="prevention", complete="0751")]
    assert parse(file_of(*lists, an_area()), "lists.csv").areas


def test_an_area_stands_once_in_the_lists_of_a_day() -> None:
    problem = only_problem(a_list(), an_area(), an_area(vulnerable="off"))
    assert problem == Problem(4, "area", "0461-first of this day already stands in line 3")


def test_a_list_stands_once() -> None:
    problem = only_problem(a_list(), a_list(published_total="3"), an_area())
    assert problem == Problem(3, "kind", "this list already stands in line 2")


def test_a_name_in_a_municipality_is_one_area() -> None:
    problem = only_problem(a_list(), an_area(), an_area(area="0461-second"))
    assert (problem.line, problem.column) == (4, "area")
    assert "'First' is 0461-first in line 3" in problem.what


def test_an_area_has_one_name_in_a_file() -> None:
    second_day = [a_list(list_day="2022-12-01"), an_area(list_day="2022-12-01", name="Primus")]
    problem = only_problem(a_list(), an_area(), *second_day)
    assert (problem.line, problem.column) == (5, "name")
    assert "0461-first is named 'First' in line 3" in problem.what


def test_two_municipalities_may_have_an_area_of_the_same_name() -> None:
    other = an_area(municipality="0751", area="0751-first")
    assert len(parse(file_of(a_list(), an_area(), other), "lists.csv").areas) == 2


def test_every_problem_of_a_file_is_named_at_once() -> None:
    problems = problems_of(
        file_of(
            a_list(published_total="1"),
            an_area(residents="1.000", income_ratio="999"),
            an_area(**SECOND, confidence=""),
            an_area(area="0461-third", name="Third", municipality="0000"),
            a_list(kind="list"),
        )
    )
    assert [(problem.line, problem.column) for problem in problems] == [
        (3, "income_ratio"),
        (3, "residents"),
        (4, "confidence"),
        (5, "municipality"),
        (6, "kind"),
    ]


def test_a_bad_figure_does_not_hide_a_wrong_total() -> None:
    problems = problems_of(
        file_of(a_list(published_total="1"), an_area(residents="x"), an_area(**SECOND))
    )
    assert [(problem.line, problem.column) for problem in problems] == [
        (2, "published_total"),
        (3, "residents"),
    ]


def test_the_error_reads_as_a_list_of_places() -> None:
    with pytest.raises(BadFile) as caught:
        parse(file_of(a_list(), an_area(residents="x")), "lists.csv")
    assert str(caught.value) == (
        "lists.csv: nothing was imported\n"
        "line 3, column residents: 'x' is not a whole number written in digits only"
    )


def test_a_file_with_a_broken_letter_is_refused_with_the_byte_offset() -> None:
    data = text_of(a_list(), an_area(name="Tåstrup")).encode() + b"\xe5"
    (problem,) = problems_of(data)
    assert (problem.line, problem.column) == (4, "")
    assert f"the byte at offset {data.index(0xE5)} is not UTF-8" in problem.what


def test_a_file_with_one_column_is_refused() -> None:
    (problem,) = problems_of(b"record\nlist\n")
    assert (problem.line, problem.column) == (1, "")
    assert "separate the columns by semicolons" in problem.what


def test_missing_unknown_and_repeated_columns_are_named() -> None:
    header = ";".join([*(c for c in COLUMNS if c != "residents"), "people", "area"])
    problems = problems_of(header.encode())
    assert [(problem.line, problem.column) for problem in problems] == [
        (1, "area"),
        (1, "people"),
        (1, "residents"),
    ]


def test_a_line_with_too_few_cells_is_named() -> None:
    data = text_of(a_list()) + "area;2021-12-01\n" + text_of(an_area()).splitlines()[1]
    (problem,) = problems_of(data.encode())
    assert problem == Problem(3, "", "has 2 cells where the header has 20")


def test_a_cell_over_two_lines_is_named_at_its_first_and_later_lines_at_their_own() -> None:
    broken = an_area(source='"one\ntwo"')
    problems = problems_of(file_of(a_list(), broken, an_area(**SECOND, residents="x")))
    assert [(problem.line, problem.column) for problem in problems] == [
        (3, "source"),
        (5, "residents"),
    ]


def test_quotation_marks_that_do_not_pair_up_are_named() -> None:
    problems = problems_of(file_of(a_list(), an_area(source='"half'), an_area(**SECOND)))
    assert [(problem.line, problem.column) for problem in problems] == [(3, "")]
    assert "the quotation marks do not pair up" in problems[0].what


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n"])
def test_a_file_without_a_header_is_refused(data: bytes) -> None:
    assert problems_of(data) == (Problem(1, "", "the file has no header"),)


def test_a_file_without_records_is_refused() -> None:
    (problem,) = problems_of(file_of())
    assert problem.what == "the file has no list record and no area record"


def test_a_list_that_names_no_area_here_is_a_file() -> None:
    assert parse(file_of(a_list(complete="0461")), "lists.csv").areas == ()


@pytest.mark.parametrize("name", [shipped.PUBLISHED, shipped.MADE_UP])
def test_each_file_that_comes_with_husret_is_right(name: str) -> None:
    assert parse(shipped.read(name), name).areas


def test_there_are_98_municipalities_and_the_made_up_one() -> None:
    assert len(municipalities()) == 99
    assert municipalities()["0461"] == "Odense"
    assert municipalities()["9999"] == "Prøvekøbing (made up)"
