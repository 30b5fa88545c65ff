"""What may be a slip is named and refused, by API and command line, until it is confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from husret.v1 import area_service_pb2 as areas
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as pb
from services.cli import main as cli
from tests.api.client import AREA, Client, Refusal, an_area, an_id, area_figures, context
from tests.area_lists.test_doubts import AREA as BISPEHAVEN
from tests.area_lists.test_doubts import lists_of, other

Refused = Callable[[Callable[[], object]], Refusal]


def imported(client: Client, content: bytes, **values: Any) -> areas.ImportAreaListsResponse:
    request = areas.ImportAreaListsRequest(
        context=context(purpose="import"),
        request_id=an_id(),
        file_name="lists.csv",
        content=content,
        **values,
    )
    response: areas.ImportAreaListsResponse = client.areas.ImportAreaLists(request, timeout=20)
    return response


# -- Lists


def test_a_spelling_that_breaks_a_run_is_refused_until_it_is_confirmed(
    client: Client, refused: Refused
) -> None:
    imported(client, lists_of(2021, BISPEHAVEN))
    head = client.head()
    misspelled = lists_of(2022, other("Bispehavn"))
    others: tuple[dict[str, bool], ...] = (
        {},
        {"validate_only": True},
        {"accept_implausible": True},
    )
    for values in others:
        refusal = refused(partial(imported, client, misspelled, **values))
        assert refusal.reason == "ERROR_REASON_INVALID_FIELDS"
        [said] = refusal.fields.values()
        assert "0751-bispehaven" in said
        assert "accept_new" in said
    assert client.head() == head
    checked = imported(client, misspelled, accept_new=True, validate_only=True)
    assert client.head() == head
    taken = imported(client, misspelled, accept_new=True)
    assert client.head() == taken.position > head
    for response in (checked, taken):
        [new] = response.new_areas
        [near] = new.near
        assert (new.area, near.area, near.why, near.moved, near.breaks_run) == (
            "0751-another",
            "0751-bispehaven",
            "alike",
            False,
            True,
        )
        left = {(each.area, each.kind, each.lists_in_a_row, each.known) for each in response.left}
        assert left == {
            ("0751-bispehaven", core.LIST_KIND_VULNERABLE, 1, True),
            ("0751-bispehaven", core.LIST_KIND_PARALLEL_SOCIETY, 1, True),
        }


def test_a_renaming_recorded_between_two_lists_is_honoured(client: Client) -> None:
    imported(client, lists_of(2021, BISPEHAVEN))
    client.record(
        pb.Fact(
            area_renamed=pb.AreaRenamed(
                area="0751-bispehaven", name="Hasle Bakker", first_day="2022-06-01"
            )
        )
    )
    response = imported(client, lists_of(2022, {**BISPEHAVEN, "name": "Hasle Bakker"}))
    assert (len(response.new_areas), len(response.left), list(response.changed_rows)) == (0, 0, [])
    status = client.areas.GetAreaStatus(
        areas.GetAreaStatusRequest(area="0751-bispehaven", day="2022-12-02")
    )
    assert status.name == "Hasle Bakker"
    assert status.categories[0].official == core.FINDING_STATUS_MET


def test_an_implausible_figure_of_a_list_is_refused_until_it_is_confirmed(
    client: Client, refused: Refused
) -> None:
    content = lists_of(2021, BISPEHAVEN, unattached_share="0,394")
    said = refused(lambda: imported(client, content, accept_new=True)).fields
    assert "line 4, column unattached_share" in "".join(said.values())
    assert imported(client, content, accept_implausible=True).new_rows == 3


def test_a_list_of_a_day_to_come_is_refused_until_it_is_confirmed(
    client: Client, refused: Refused
) -> None:
    content = lists_of(2027, BISPEHAVEN)
    assert "after today" in "".join(refused(lambda: imported(client, content)).fields.values())
    assert imported(client, content, accept_implausible=True).new_rows == 3


# -- Single facts


def recorded(client: Client, fact: pb.Fact, **values: bool) -> str:
    request = pb.RecordFactsRequest(context=context(), request_id=an_id(), facts=[fact], **values)
    return client.facts.RecordFacts(request, timeout=20).recorded[0].fact_id


def figures(day: str = "2025-12-01", **values: Any) -> pb.Fact:
    return area_figures(reference_day=day, figures=pb.Figures(**values))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"unattached_share": "0.394"}, "figures.unattached_share"),
        ({"convicted_share": "0.0203"}, "figures.convicted_share"),
        ({"residents": 12}, "figures.residents"),
        (
            {"convicted_share_country": "0.68", "convicted_limit": "1.03"},
            "figures.convicted_limit",
        ),
    ],
)
def test_implausible_figures_of_an_area_are_refused_until_they_are_confirmed(
    client: Client, refused: Refused, values: dict[str, Any], field: str
) -> None:
    client.an_area()
    fact = figures(**values)
    said = refused(lambda: recorded(client, fact)).fields
    assert list(said) == [f"facts[0].area_figures.{field}"]
    assert "accept_implausible" in said[f"facts[0].area_figures.{field}"]
    fact_id = recorded(client, fact, accept_implausible=True)
    correction = pb.CorrectFactRequest(
        context=context(), request_id=an_id(), fact_id=fact_id, fact=fact
    )
    said = refused(lambda: client.facts.CorrectFact(correction, timeout=20)).fields
    assert list(said) == [f"fact.area_figures.{field}"]
    correction.accept_implausible = True
    assert client.facts.CorrectFact(correction, timeout=20).recorded.fact_id


def test_figures_ten_times_those_of_the_year_before_are_refused_and_a_correction_is_not(
    client: Client, refused: Refused
) -> None:
    client.an_area()
    slip = recorded(client, figures(convicted_share="11.2"))
    said = refused(lambda: recorded(client, figures("2024-12-01", convicted_share="1.12"))).fields
    assert list(said) == ["facts[0].area_figures.figures.convicted_share"]
    client.correct(slip, figures(convicted_share="1.12"))
    assert recorded(client, figures("2024-12-01", convicted_share="1.12"))


def test_figures_of_a_list_day_are_held_against_what_the_list_of_that_day_says(
    client: Client, refused: Refused
) -> None:
    imported(client, lists_of(2021, BISPEHAVEN))
    values = {"reference_day": "2021-12-01", "figures": pb.Figures(nonwestern_share="31.0")}
    fact = area_figures("0751-bispehaven", **values)
    said = refused(lambda: recorded(client, fact)).fields
    assert list(said) == ["facts[0].area_figures.figures.parallel_society"]


def test_a_share_of_a_decision_is_in_per_cent_too(client: Client, refused: Refused) -> None:
    fact = pb.Fact(
        exemption_decided=pb.ExemptionDecided(
            municipality="9999",
            decision_day="2025-02-01",
            areas=[AREA],
            share_used="0.31",
            decided_by="the council",
        )
    )
    client.an_area()
    [said] = refused(lambda: recorded(client, fact)).fields
    assert said == "facts[0].exemption_decided.share_used"
    assert recorded(client, fact, accept_implausible=True)


def test_plausible_figures_need_no_confirmation(client: Client) -> None:
    client.record(an_area())
    assert recorded(client, figures(residents=1453, unattached_share="39.4", income_ratio="54.9"))


# -- The command line


def test_the_command_line_says_what_is_new_what_is_near_and_what_left_before_it_appends(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "2021.csv", tmp_path / "2022.csv"
    first.write_bytes(lists_of(2021, BISPEHAVEN))
    second.write_bytes(lists_of(2022, other("Bispehaven mv.")))
    command = ["import", "area-lists", "--dir", str(directory), "--language", "en"]
    assert cli.main([*command, str(first)]) == 0
    assert "new area: 0751-bispehaven (Bispehaven)" in capsys.readouterr().out
    assert cli.main([*command, str(second)]) == 1
    assert "--accept-new" in capsys.readouterr().err
    assert cli.main([*command, str(second), "--accept-new", "--validate-only"]) == 0
    told = capsys.readouterr().out
    assert (
        "may be 0751-bispehaven (Bispehaven): has the same name but for mv. or the like; a run of"
        in told
    )
    assert "left: 0751-bispehaven (Bispehaven), list of 2022-12-01 (" in told
    assert "nothing was recorded" in told
    assert cli.main([*command, str(second), "--accept-new", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new_areas"][0]["near"][0]["breaks_run"]


def test_the_command_line_confirms_implausible_figures(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "2021.csv"
    file.write_bytes(lists_of(2021, BISPEHAVEN, unattached_share="0,394"))
    command = ["import", "area-lists", str(file), "--dir", str(directory)]
    assert cli.main(command) == 1
    assert "--accept-implausible" in capsys.readouterr().err
    assert cli.main([*command, "--accept-implausible"]) == 0
