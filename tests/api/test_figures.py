"""Figures of areas over the API: importing them, what is worked out, and what is not shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import grpc
import pytest
from google.protobuf.json_format import MessageToJson

from husret.v1 import area_service_pb2 as pb
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import fact_service_pb2 as fact_pb
from services.area_lists import shipped
from services.cli import main as cli
from tests.api.client import Client, Refusal, an_id, context
from tests.area_figures.test_import import file_of
from tests.area_lists.files import workbook

Refused = Callable[[Callable[[], object]], Refusal]
SMALL, LISTED = "9999-lillevang", "9999-elmehegnet"
DAY = "2023-12-01"


def request(
    *rows: dict[str, str], content: bytes = b"", **values: bool
) -> pb.ImportAreaFiguresRequest:
    return pb.ImportAreaFiguresRequest(
        context=context(purpose="import"),
        request_id=an_id(),
        file_name="figures.csv",
        content=content or file_of(*rows),
        **values,
    )


def a_row(figure: str, value: str = "", *, area: str = SMALL, **cells: str) -> dict[str, str]:
    row = {"figure": figure, "value": value, "area": area, "reference_day": DAY, "source": "a test"}
    return row | cells


def counted(figure: str, year: int, many: int, of: int, **cells: str) -> dict[str, str]:
    return a_row(figure, years=str(year), numerator=str(many), denominator=str(of), **cells)


NAMED = a_row("residents", "412", name="Lillevang", exact="yes")
COUNTRY = a_row("convicted_share", "0,75", area="", place="hele landet", years="2021-2022")
OF_SMALL = (
    NAMED,
    counted("unattached", 2021, 98, 240),
    counted("unattached", 2022, 105, 250),
    counted("basic_schooling", 2022, 70, 110, education_cleaned="yes"),
    COUNTRY,
)


def imported(client: Client, *rows: dict[str, str], **values: bool) -> pb.ImportAreaFiguresResponse:
    return client.areas.ImportAreaFigures(request(*rows, content=b"", **values))


def figures(
    client: Client, area: str = SMALL, year: int | None = None
) -> pb.GetAreaFiguresResponse:
    return client.areas.GetAreaFigures(pb.GetAreaFiguresRequest(area=area, year=year))


def status(client: Client, area: str = SMALL, day: str = "2024-02-01") -> pb.GetAreaStatusResponse:
    return client.areas.GetAreaStatus(pb.GetAreaStatusRequest(area=area, day=day))


def criteria(found: pb.GetAreaStatusResponse, category: str) -> dict[str, pb.Criterion]:
    [of] = [each for each in found.categories if each.category == category]
    return {each.name: each for each in of.criteria}


def with_lists(client: Client) -> None:
    client.areas.ImportAreaLists(
        pb.ImportAreaListsRequest(
            context=context(purpose="import"),
            request_id=an_id(),
            content=shipped.read(shipped.MADE_UP),
        )
    )


# --- Importing ------------------------------------------------------------------------------


def test_figures_are_imported_without_lists_and_again_without_effect(client: Client) -> None:
    first = imported(client, *OF_SMALL)
    assert (first.rows, first.new_figures, first.facts) == (5, 5, 3)
    assert list(first.new_areas) == [SMALL]
    assert first.position == client.head()
    again = imported(client, *OF_SMALL)
    assert (again.new_figures, again.unchanged_figures, again.facts) == (0, 5, 0)
    assert client.head() == first.position


def test_a_workbook_is_imported_and_it_is_said_how_it_was_read(client: Client) -> None:
    rows = [line.split(";") for line in file_of(*OF_SMALL).decode().splitlines()]
    done = client.areas.ImportAreaFigures(request(content=workbook(rows)))
    assert (done.facts, done.read_as) == (3, "a workbook, sheet 'Sheet1'")


def test_a_file_that_is_only_validated_records_nothing(client: Client) -> None:
    head = client.head()
    assert imported(client, *OF_SMALL, validate_only=True).facts == 3
    assert client.head() == head


def test_what_stands_with_another_value_is_refused_unless_it_is_to_be_corrected(
    client: Client, refused: Refused
) -> None:
    imported(client, *OF_SMALL)
    head = client.head()
    other = counted("unattached", 2022, 104, 250)
    refusal = refused(lambda: imported(client, other))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert "line 2, column figure: 9999-lillevang 2023-12-01: unattached 2022" in refusal.details
    assert "104" not in refusal.details
    assert client.head() == head
    assert list(imported(client, other, correct=True).changed_figures) == [
        "9999-lillevang 2023-12-01: unattached 2022"
    ]
    [day] = figures(client).days
    assert {each.numerator for each in day.figures.measured} == {98, 104, 70}
    assert day.figures.residents == 412


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (counted("unattached", 2022, 251, 250), "numerator", "exceeds denominator"),
        (counted("unattached", 2022, 0, 0), "denominator", "of nobody there is no share"),
        (counted("unattached", 2024, 1, 250), "years", "lies after the figures"),
        (counted("unattached", 2022, 105, 250) | {"value": "41"}, "value", "is not what numerator"),
        (a_row("unattached", "42,0"), "years", "is counted of one year"),
        (a_row("unattached", "42,0", years="2021-2022"), "years", "is counted of one"),
        (a_row("unattached", years="2022"), "numerator", "say how many of how many"),
        (a_row("unattached_share", "42,0", years="2022"), "years", "it is of 2 years in a row"),
        (a_row("unattached_share", "42,0", years="2022-2021"), "years", "it is of 2 years"),
        (a_row("unattached_share", "42,0", years="2023-2024"), "years", "lies after the figures"),
        (a_row("nonwestern_share", "42,0", years="2021-2022"), "years", "it is of one year"),
        (a_row("unattached_share", "42,0", years="1814-1815"), "years", "must lie from 1980"),
        (a_row("residents", "70", reference_day="2999-01-01"), "reference_day", "lies after today"),
        (a_row("unattached_share", "0,4"), "value", "is implausible"),
        (
            a_row("residents", "170", reference_day="2022-12-01", source="om 010180-0001"),
            "source",
            "looks like a CPR number",
        ),
    ],
)
def test_a_figure_that_cannot_be_right_is_named_with_its_line(
    row: dict[str, str], column: str, words: str, client: Client, refused: Refused
) -> None:
    head = client.head()
    refusal = refused(lambda: imported(client, NAMED, row))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert f"line 3, column {column}: " in refusal.details
    assert words in refusal.details
    assert client.head() == head


def test_an_implausible_figure_is_taken_when_it_is_confirmed(client: Client) -> None:
    row = a_row("unattached_share", "0,4")
    assert imported(client, NAMED, row, accept_implausible=True).facts == 2


def test_figures_that_part_from_those_of_another_year_of_the_file_are_asked_about(
    client: Client, refused: Refused
) -> None:
    before = a_row("unattached_share", "45,0", reference_day="2022-12-01")
    refusal = refused(lambda: imported(client, NAMED, before, a_row("unattached_share", "4,5")))
    assert "has the decimal sign moved?" in refusal.details


def test_every_bad_line_is_counted_and_the_first_are_named(
    client: Client, refused: Refused
) -> None:
    rows = [counted("unattached", year, 251, 250) for year in range(1990, 2023)]
    refusal = refused(lambda: imported(client, NAMED, *rows))
    assert refusal.details.startswith("33 wrong; the first: content: line 3, column numerator")


def test_all_that_is_wrong_is_named_at_once(client: Client, refused: Refused) -> None:
    refusal = refused(
        lambda: imported(
            client,
            NAMED,
            a_row("unattached_share", "120"),
            counted("unattached", 2022, 251, 250),
            a_row("residents", "70", reference_day="2999-01-01"),
            a_row("nonwestern_share", "0,4", reference_day="2022-12-01"),
            a_row("residents", "700", area="9999-unknown"),
        )
    )
    assert refusal.details.startswith("5 wrong")
    for place in (
        "line 3, column value",
        "line 4, column numerator",
        "line 5, column reference_day",
        "line 6, column value",
        "line 7, column area",
    ):
        assert place in refusal.whole


def test_an_import_tells_nobody_whether_a_guess_at_a_hidden_count_is_right(
    client: Client, refused: Refused
) -> None:
    imported(client, *OF_SMALL, counted("convicted", 2021, 3, 397))
    said = set()
    for guess in range(5):
        row = counted("convicted", 2021, guess, 397)
        refusal = refused(partial(imported, client, row, validate_only=True))
        assert "is not shown, nor whether this one differs" in refusal.details
        corrected = imported(client, row, validate_only=True, correct=True)
        said.add((refusal.details, corrected.SerializeToString(deterministic=True)))
    assert len(said) == 1


def test_an_area_whose_name_is_anothers_must_be_confirmed(client: Client, refused: Refused) -> None:
    imported(client, NAMED)
    twin = a_row("residents", "500", area="9999-lille-vang", name="LILLEVANG")
    assert "is near that of 9999-lillevang" in refused(lambda: imported(client, twin)).details
    assert imported(client, twin, accept_new=True).facts == 2


# --- What is worked out ---------------------------------------------------------------------


def test_a_mean_is_worked_out_and_compared_where_none_is_published(client: Client) -> None:
    imported(client, *OF_SMALL)
    compared = criteria(status(client), "vulnerable")
    mean = compared["unattached_share"]
    assert (mean.value, mean.worked_out, mean.result) == (
        "41.4167",
        True,
        pb.CRITERION_RESULT_MET,
    )
    assert compared["income_ratio"].result == pb.CRITERION_RESULT_MISSING
    [shown] = [
        each for each in figures(client).days[0].worked_out if each.figure == "unattached_share"
    ]
    assert (shown.by_shares, shown.by_counts, shown.first_year, shown.last_year) == (
        "41.4167",
        "41.4286",
        2021,
        2022,
    )


def test_the_published_figure_stays_and_the_answer_names_that_another_was_counted(
    client: Client,
) -> None:
    with_lists(client)
    of = {"area": LISTED, "reference_day": "2023-12-02"}
    imported(
        client,
        a_row("unattached_share", "45,0", **of),
        counted("unattached", 2021, 400, 1000, **of),
        counted("unattached", 2022, 410, 1000, **of),
    )
    found = status(client, LISTED)
    assert criteria(found, "vulnerable")["unattached_share"].value == "45.0"
    [difference] = found.differences
    assert (difference.published, difference.by_shares, difference.differs) == (
        "45.0",
        "40.5",
        True,
    )
    assert "FIGURES_DIFFER" in found.warnings
    text = found.warning_texts[list(found.warnings).index("FIGURES_DIFFER")]
    assert "Det offentliggjorte afgør" in text.da
    assert "§ 61 a, stk. 5" in text.en


def test_a_difference_that_rounding_explains_is_none(client: Client) -> None:
    imported(client, NAMED, a_row("unattached_share", "41,4"), *OF_SMALL[1:3])
    found = status(client)
    assert not found.differences
    assert "FIGURES_DIFFER" not in found.warnings


def test_whether_schooling_was_cleaned_matters_where_it_leaves_the_limit_open(
    client: Client,
) -> None:
    rows = (NAMED, a_row("basic_schooling_share", "55,0", education_cleaned="no"))
    imported(client, *rows)
    schooling = criteria(status(client), "vulnerable")["basic_schooling_share"]
    assert schooling.result == pb.CRITERION_RESULT_EDUCATION_OPEN


def test_a_year_without_figures_is_said_to_be_missing(client: Client) -> None:
    imported(client, *OF_SMALL)
    found = figures(client, year=2019)
    assert not found.days
    [missing] = found.missing
    assert (missing.kind, missing.details["year"]) == ("area_figures", "2019")
    assert not figures(client, year=2023).missing


# --- Smaller areas --------------------------------------------------------------------------


def test_an_area_too_small_for_the_lists_is_compared_as_any_other_and_marked(
    client: Client,
) -> None:
    with_lists(client)
    imported(client, *OF_SMALL)
    found = status(client)
    assert found.outside_lists
    text = found.warning_texts[list(found.warnings).index("AREA_OUTSIDE_LISTS")]
    assert "ingen lov" in text.da
    names = set(criteria(found, "vulnerable"))
    listed = status(client, LISTED)
    assert names == set(criteria(listed, "vulnerable"))
    assert not listed.outside_lists
    assert "AREA_OUTSIDE_LISTS" not in listed.warnings


@pytest.mark.parametrize(("residents", "outside"), [("999", True), ("1000", False)])
def test_a_thousand_residents_are_not_too_few(
    residents: str, outside: bool, client: Client
) -> None:
    then = a_row("residents_2010", "1200")
    imported(client, NAMED | {"value": residents}, then)
    assert status(client).outside_lists is outside


# --- What is not shown ----------------------------------------------------------------------


def everything_shown(client: Client, area: str) -> Iterator[str]:
    """All that leaves the service of an area, as text."""
    yield MessageToJson(figures(client, area))
    yield MessageToJson(status(client, area))
    yield MessageToJson(client.areas.GetAreaTimeline(pb.GetAreaTimelineRequest(area=area)))
    yield MessageToJson(client.areas.ListAreaStatus(pb.ListAreaStatusRequest()))
    events = audit.ListEventsRequest(context=context(), page_size=1_000)
    yield MessageToJson(client.audit.ListEvents(events))


def test_few_persons_are_shown_nowhere_nor_what_gives_them_away(client: Client) -> None:
    imported(
        client,
        *OF_SMALL,
        counted("convicted", 2021, 3, 397),
        counted("convicted", 2022, 9, 412),
        counted("convicted_adults", 2022, 7, 301),
    )
    [day] = figures(client).days
    assert sorted(day.suppressed) == ["convicted 2021", "convicted 2022"]
    shown = {f"{each.figure} {each.first_year}": each for each in day.figures.measured}
    assert sorted(each.figure for each in shown.values() if not each.HasField("numerator")) == [
        fact_pb.MEASURE_CONVICTED,
        fact_pb.MEASURE_CONVICTED,
    ]
    [mean] = [each for each in day.worked_out if each.figure == "convicted_share"]
    assert (mean.suppressed, mean.by_shares, mean.published) == (True, "", "")
    compared = criteria(status(client), "vulnerable")["convicted_share"]
    assert (compared.suppressed, compared.value) == (True, "")
    assert compared.result == pb.CRITERION_RESULT_NOT_MET
    for text in everything_shown(client, SMALL):
        # 3 of 397 is 0.7557 per cent, 9 of 412 2.1845, and their mean 1.47.
        for canary in ("0.7557", "0.756", "1.47", "1,47", '"numerator": 3,', '"numerator": 9,'):
            assert canary not in text, canary
        assert '"numerator\\":3' not in text
    events = client.audit.ListEvents(
        audit.ListEventsRequest(context=context(), page_size=1_000, types=["area.figures"])
    ).events
    assert [(each.withheld, each.open_data) for each in events] == [(True, "")]


def test_figures_of_many_are_shown_and_their_events_too(client: Client) -> None:
    imported(client, *OF_SMALL)
    events = client.audit.ListEvents(
        audit.ListEventsRequest(context=context(), page_size=1_000, types=["area.figures"])
    ).events
    assert [each.withheld for each in events] == [False]
    assert json.loads(events[0].open_data)["figures"]["residents"] == 412


def test_a_handful_of_residents_is_not_shown_in_words_either(client: Client) -> None:
    imported(
        client, NAMED | {"value": "4"}, a_row("residents_2010", "1200"), accept_implausible=True
    )
    for text in everything_shown(client, SMALL):
        assert "og 4 nu" not in text
        assert '"residents": 4' not in text
    assert ".." in MessageToJson(status(client), ensure_ascii=False)


# --- The command line, and the setting ------------------------------------------------------


def test_the_command_line_imports_figures_and_shows_what_may_be_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, file = str(tmp_path / "made"), tmp_path / "tal.csv"
    file.write_bytes(file_of(*OF_SMALL, counted("convicted", 2021, 3, 397)))
    assert cli.main(["init", "--dir", place]) == 0
    assert cli.main(["import", "figures", str(file), "--dir", place, "--language", "en"]) == 0
    assert "tal.csv (UTF-8, semicolons): 6 figures: 6 new" in capsys.readouterr().out
    asked = ["area", "figures", SMALL, "--dir", place, "--language", "en"]
    assert cli.main(asked) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "education 41.4167 (all counted together: 41.4286)" in told
    assert "not shown, for it tells of fewer than 5: convicted residents 2021" in told
    assert cli.main(["log", "tail", "--dir", place]) == 0
    assert "withheld: figures of few persons" in capsys.readouterr().out
    monkeypatch.setenv("HUSRET_LEAST_SHOWN", "3")
    assert cli.main(asked) == 0
    assert "convicted residents, 2021: 3 of 397" in " ".join(capsys.readouterr().out.split())
    monkeypatch.setenv("HUSRET_LEAST_SHOWN", "few")
    assert cli.main(asked) == 1
    assert "HUSRET_LEAST_SHOWN must be a whole number" in capsys.readouterr().err
