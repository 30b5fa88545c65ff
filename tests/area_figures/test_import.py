"""A file of figures: what its rows state, what is wrong in them, and what its import appends."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from domain.facts import AreaFigures, AreaRegistered, Measure, ReferenceFigures
from services.area_figures.planning import implausible, plan_import
from services.area_figures.reading import COLUMNS, OPTIONAL_COLUMNS, parse
from services.sheets.file import BadFile
from tests.area_lists.files import Log, workbook

AREA = "0461-first"
HEADER = (*COLUMNS, *OPTIONAL_COLUMNS)
ROW = {"area": AREA, "reference_day": "2023-12-31", "source": "a test"}
UNATTACHED = {"figure": "unattached", "years": "2022", "numerator": "410", "denominator": "1000"}


def a_row(**cells: str) -> dict[str, str]:
    return ROW | cells


def table(*rows: dict[str, str]) -> list[list[str]]:
    return [list(HEADER), *([row.get(column, "") for column in HEADER] for row in rows)]


def file_of(*rows: dict[str, str], separator: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(table(*rows))
    return out.getvalue().encode()


def stated(*rows: dict[str, str]) -> AreaFigures:
    [group] = parse(file_of(*rows), "a").groups
    fact = group.fact()
    assert isinstance(fact, AreaFigures)
    return fact


def problems_of(*rows: dict[str, str]) -> list[tuple[int, str]]:
    return sorted((each.line, each.column) for each in parse(file_of(*rows), "a").problems)


def test_the_rows_of_one_area_and_day_become_one_fact() -> None:
    fact = stated(
        a_row(figure="residents", value="1 453", exact="ja"),
        a_row(figure="convicted_share", value="2,40 %", years="2021-2022", supplier="Ministeriet"),
        a_row(**UNATTACHED, supplier="Danmarks Statistik", extracted_on="01-02-2024"),
        a_row(figure="basic_schooling", years="2022", value="61,5", education_cleaned="nej"),
        a_row(figure="average_income", years="2022", value="201500,50", source="another"),
    )
    figures = fact.figures
    assert (fact.area, fact.reference_day, fact.source) == (
        AREA,
        date(2023, 12, 31),
        "a test | another",
    )
    assert (figures.residents, figures.convicted_share, figures.average_income) == (
        1453,
        "2.40",
        20_150_050,
    )
    assert (figures.rounded, figures.education_cleaned) == (False, False)
    over, counted, schooling, income = figures.measured
    assert (over.figure, over.first_year, over.last_year, over.supplier) == (
        Measure.CONVICTED_SHARE,
        2021,
        2022,
        "Ministeriet",
    )
    assert (counted.numerator, counted.denominator, counted.first_year, counted.last_year) == (
        410,
        1000,
        2022,
        None,
    )
    assert counted.extracted_on == date(2024, 2, 1)
    assert (schooling.share, income.first_year) == ("61.5", 2022)


def test_the_country_and_a_region_are_facts_of_their_own() -> None:
    of = {"area": "", "figure": "convicted_share", "value": "0,75"}
    country, region = (
        group.fact()
        for group in parse(
            file_of(
                a_row(**of, place="hele landet"),
                a_row(**of, place="Region Prøve", municipalities="461 0430"),
            ),
            "a",
        ).groups
    )
    assert isinstance(country, ReferenceFigures)
    assert isinstance(region, ReferenceFigures)
    assert (country.municipalities, region.municipalities) == ((), ("0430", "0461"))


def test_a_workbook_and_any_text_say_the_same() -> None:
    rows = [a_row(figure="unattached_share", value="41,5"), a_row(**UNATTACHED)]
    plain = parse(file_of(*rows), "a").groups[0].fact()
    assert parse(workbook(table(*rows)), "a").groups[0].fact() == plain
    assert parse(file_of(*rows, separator=","), "a").groups[0].fact() == plain
    utf_16 = file_of(*rows).decode().encode("utf-16")
    assert parse(utf_16, "a").groups[0].fact() == plain


def test_every_wrong_cell_is_named_with_its_line_and_column() -> None:
    assert problems_of(
        a_row(figure="unattached_share", value="100,1"),
        a_row(figure="unattached_share", value="41,12345"),
        a_row(figure="unheard_of", value="1"),
        a_row(figure="residents", value="1.453"),
        a_row(figure="residents", value="", area="461-first"),
        a_row(figure="residents", value="7", reference_day="2023-02-30"),
        a_row(**UNATTACHED | {"years": "2021/22"}),
        a_row(figure="residents", value="7", numerator="7", exact="maybe"),
        a_row(figure="residents", value="7", source=""),
    ) == [
        (2, "value"),
        (3, "value"),
        (4, "figure"),
        (5, "value"),
        (6, "area"),
        (7, "reference_day"),
        (8, "years"),
        (9, "exact"),
        (9, "numerator"),
        (10, "figure"),
        (10, "source"),
    ]


def test_a_figure_twice_and_rows_that_disagree_are_named() -> None:
    assert problems_of(
        a_row(figure="residents", value="1200", exact="yes"),
        a_row(figure="residents", value="1200"),
        a_row(figure="unattached_share", value="40", exact="no"),
        a_row(figure="convicted_share", value="2", name="First"),
        a_row(figure="nonwestern_share", value="2", name="Second"),
    ) == [(3, "figure"), (4, "exact"), (6, "name")]


def test_an_empty_file_and_an_unknown_column_are_refused() -> None:
    with pytest.raises(BadFile, match="no figure"):
        parse(file_of(), "a")
    with pytest.raises(BadFile, match="is not a column"):
        parse(b"figure;area;reference_day;source;people\n", "a")


# --- Beside what stands ---------------------------------------------------------------------


def a_log() -> Log:
    log = Log()
    log.append((AreaRegistered(area=AREA, name="First", municipality="0461"),))
    return log


def appended(log: Log, *rows: dict[str, str]) -> list[str]:
    plan = plan_import(parse(file_of(*rows), "a"), log.view())
    log.append(tuple(each.fact for each in plan.facts))
    return [change.row.partition(": ")[2] for change in plan.changed]


def test_an_import_again_appends_nothing() -> None:
    log = a_log()
    rows = [a_row(figure="residents", value="1200"), a_row(**UNATTACHED)]
    appended(log, *rows)
    again = plan_import(parse(file_of(*reversed(rows)), "a"), log.view())
    assert (again.facts, again.new, again.unchanged, again.changed) == ((), 0, 2, ())


def test_a_file_adds_to_what_stands_and_leaves_the_rest() -> None:
    log = a_log()
    appended(log, a_row(figure="residents", value="1200"), a_row(**UNATTACHED))
    more = a_row(**UNATTACHED | {"years": "2021"}, source="another")
    assert appended(log, more, a_row(figure="unattached_share", value="41")) == []
    [item] = log.view().find(AreaFigures, AREA)
    figures = item.fact.figures
    assert (figures.residents, figures.unattached_share) == (1200, "41")
    assert {each.first_year for each in figures.measured} == {2021, 2022}
    assert item.fact.source == "a test | another"


def test_what_a_file_says_otherwise_is_named_without_its_values() -> None:
    log = a_log()
    appended(log, a_row(figure="residents", value="1200"), a_row(**UNATTACHED))
    assert appended(
        log,
        a_row(figure="residents", value="1201", exact="yes"),
        a_row(**UNATTACHED | {"numerator": "411"}),
    ) == ["residents", "unattached 2022", "rounded"]


def test_an_area_that_is_not_registered_needs_a_name() -> None:
    log = a_log()
    rows = [a_row(area="0461-new", figure="residents", value="1200")]
    assert "0461-new is not registered here" in refused(log, *rows)
    appended(log, rows[0] | {"name": "New"})
    registered = log.view().area("0461-new")
    assert registered is not None
    assert registered.fact.name == "New"
    another = rows[0] | {"name": "Newer", "reference_day": "2022-12-31"}
    assert "registered under another name" in refused(log, another)


def refused(log: Log, *rows: dict[str, str]) -> str:
    plan = plan_import(parse(file_of(*rows), "a"), log.view())
    assert plan.facts == ()
    [problem] = plan.refused
    return problem.what


@pytest.mark.parametrize("guess", ["0", "1", "2", "3", "4", "40"])
def test_a_row_about_few_persons_fares_the_same_whatever_it_states(guess: str) -> None:
    log = a_log()
    few = {"figure": "convicted", "years": "2022", "numerator": "3", "denominator": "900"}
    appended(log, a_row(figure="residents", value="1200"), a_row(**few))
    plan = plan_import(parse(file_of(a_row(**few | {"numerator": guess})), "a"), log.view())
    assert (plan.new, plan.unchanged, len(plan.facts)) == (0, 0, 1)
    [changed] = plan.changed
    assert (changed.line, changed.secret) == (2, True)


def test_a_doubt_beside_few_persons_would_tell_of_them_and_is_not_raised() -> None:
    log = a_log()
    near = {"reference_day": "2022-12-31", "figure": "convicted_share"}
    appended(log, a_row(figure="residents", value="300"), a_row(**near | {"value": "0,8"}))
    doubted = plan_import(
        parse(file_of(a_row(figure="convicted_share", value="5,0")), "a"), log.view()
    )
    assert list(implausible(doubted, log.view())) == []
    assert [each.column for each in implausible(doubted, log.view(), least=0)] == ["value"]


def test_counts_of_far_more_persons_than_live_there_are_doubted() -> None:
    for of, doubted in (("1500", []), ("1501", ["denominator"])):
        rows = [
            a_row(figure="residents", value="1000"),
            a_row(figure="convicted", years="2022", numerator="20", denominator=of),
        ]
        plan = plan_import(parse(file_of(*rows), "a"), a_log().view())
        assert [each.column for each in implausible(plan, a_log().view())] == doubted
