"""Area lists over the API: importing, listing, and an area's status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest

from husret.v1 import area_service_pb2 as pb
from husret.v1 import core_pb2
from services.area_lists import shipped
from tests.api.client import Client, Refusal, an_id, context

Refused = Callable[[Callable[[], object]], Refusal]


def request(content: bytes, request_id: str = "", **values: Any) -> pb.ImportAreaListsRequest:
    return pb.ImportAreaListsRequest(
        context=context(purpose="import"),
        request_id=request_id or an_id(),
        file_name="lists.csv",
        content=content,
        **values,
    )


PUBLISHED = shipped.read(shipped.PUBLISHED)
MADE_UP = shipped.read(shipped.MADE_UP)


def status(client: Client, area: str, day: str) -> dict[str, pb.AreaCategoryStatus]:
    response = client.areas.GetAreaStatus(pb.GetAreaStatusRequest(area=area, day=day))
    assert response.summary.da
    assert response.summary.en
    return {each.category: each for each in response.categories}


def test_a_file_is_imported_whole_and_a_repeat_records_nothing(client: Client) -> None:
    request_id = an_id()
    first = client.areas.ImportAreaLists(request(PUBLISHED, request_id))
    assert first.new_rows == first.rows > 200
    assert first.position == client.head()
    for again in (request(PUBLISHED, request_id), request(PUBLISHED)):
        response = client.areas.ImportAreaLists(again)
        assert (response.new_rows, response.unchanged_rows) == (0, first.rows)
    assert client.head() == first.position


def test_an_import_that_is_only_validated_records_nothing(client: Client) -> None:
    head = client.head()
    response = client.areas.ImportAreaLists(request(MADE_UP, validate_only=True))
    assert response.new_rows == response.rows > 0
    assert client.head() == head


def test_a_list_with_other_content_is_refused_unless_it_is_to_correct(
    client: Client, refused: Refused
) -> None:
    client.areas.ImportAreaLists(request(MADE_UP))
    head = client.head()
    lines = MADE_UP.decode().splitlines(keepends=True)
    header = next(line for line in lines if line.startswith("record;")).strip().split(";")
    place = next(i for i, line in enumerate(lines) if line.startswith("area;"))
    cells = lines[place].strip().split(";")
    cells[header.index("residents")] = "4321"
    lines[place] = ";".join(cells) + "\n"
    changed = "".join(lines).encode()
    refusal = refused(lambda: client.areas.ImportAreaLists(request(changed)))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert f"line {place + 1}" in refusal.details
    assert "residents" in refusal.details
    assert client.head() == head
    response = client.areas.ImportAreaLists(request(changed, correct=True))
    assert len(response.changed_rows) == 1
    assert "residents" in response.changed_rows[0]
    assert client.head() == head + 1


def test_a_bad_file_is_refused_with_every_bad_line_and_nothing_is_recorded(
    client: Client, refused: Refused
) -> None:
    head = client.head()
    bad = MADE_UP.decode().replace("2019-12-01", "2019-13-01").encode()
    refusal = refused(lambda: client.areas.ImportAreaLists(request(bad)))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert "line" in refusal.details
    assert client.head() == head


def test_a_file_beyond_the_limit_is_refused(client: Client, refused: Refused) -> None:
    refusal = refused(lambda: client.areas.ImportAreaLists(request(b"x" * (8 * 1024 * 1024 + 1))))
    assert refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert refusal.reason == "ERROR_REASON_LIMIT"


def test_the_lists_are_summed_up_with_what_was_published_and_what_the_runs_give(
    client: Client,
) -> None:
    client.areas.ImportAreaLists(request(PUBLISHED))
    response = client.areas.ListAreaLists(pb.ListAreaListsRequest())
    by_key = {(each.list_day, each.kind): each for each in response.lists}
    for year, published in (("2018", 15), ("2019", 15), ("2020", 13), ("2022", 9), ("2024", 7)):
        hard = by_key[f"{year}-12-01", core_pb2.LIST_KIND_TRANSFORMATION]
        assert hard.published_total == hard.rows_known == published
        assert hard.complete_nationwide
        # Computed from five parallel-society lists in a row, with no look at this list.
        assert set(hard.computed_areas) == set(hard.areas)
    partial = client.areas.ListAreaLists(pb.ListAreaListsRequest(municipality="0461"))
    areas = {area for each in partial.lists for area in each.areas}
    assert areas
    assert all(area.startswith("0461-") for area in areas)


def test_the_lists_are_shown_as_known_at_an_earlier_position(
    client: Client, refused: Refused
) -> None:
    before = client.head()
    client.areas.ImportAreaLists(request(MADE_UP))
    earlier = pb.ListAreaListsRequest(consistency=core_pb2.Consistency(at_position=before))
    assert not client.areas.ListAreaLists(earlier).lists
    beyond = pb.ListAreaListsRequest(
        consistency=core_pb2.Consistency(at_least_position=client.head() + 1)
    )
    refusal = refused(lambda: client.areas.ListAreaLists(beyond))
    assert refusal.reason == "ERROR_REASON_POSITION_BEYOND_HEAD"
    wrong = pb.ListAreaListsRequest(
        municipality="461", consistency=core_pb2.Consistency(at_position=-1)
    )
    assert set(refused(lambda: client.areas.ListAreaLists(wrong)).fields) == {
        "municipality",
        "consistency.at_position",
    }


def test_the_status_of_an_area_follows_the_list_due_on_the_day(client: Client) -> None:
    client.areas.ImportAreaLists(request(MADE_UP))
    lists = client.areas.ListAreaLists(pb.ListAreaListsRequest())
    for each in lists.lists:
        if each.list_day < "2021-12-01":
            continue
        category = core_pb2.ListKind.Name(each.kind).removeprefix("LIST_KIND_").lower()
        for area in each.areas:
            found = status(client, area, each.list_day)[category]
            assert found.official == core_pb2.FINDING_STATUS_MET
            assert found.findings[0].rule_id == "AREA-PUBLISH"
            assert found.findings[0].evidence


def test_a_transformation_area_is_also_computed_from_its_run_of_lists(client: Client) -> None:
    client.areas.ImportAreaLists(request(MADE_UP))
    lists = client.areas.ListAreaLists(pb.ListAreaListsRequest())
    [hard] = [
        each
        for each in lists.lists
        if (each.list_day, each.kind) == ("2024-12-01", core_pb2.LIST_KIND_TRANSFORMATION)
    ]
    assert hard.areas
    for area in hard.areas:
        found = status(client, area, "2025-03-01")["transformation"]
        assert found.computed == core_pb2.FINDING_STATUS_MET
        assert not found.differs


def test_what_no_list_tells_is_unknown_and_says_who_can_supply_it(client: Client) -> None:
    area = client.an_area()
    found = status(client, area, "2025-03-01")["vulnerable"]
    assert found.official == core_pb2.FINDING_STATUS_UNKNOWN
    assert found.computed == core_pb2.FINDING_STATUS_NOT_EXAMINED
    assert {each.kind for each in found.missing} == {"area_list"}
    assert all(each.supplier and each.text.da for each in found.missing)


def test_a_rule_of_another_time_is_not_in_force(client: Client) -> None:
    client.areas.ImportAreaLists(request(MADE_UP))
    [area, *_] = client.areas.ListAreaLists(pb.ListAreaListsRequest()).lists[-1].areas
    found = status(client, area, "2020-06-01")
    assert found["prevention"].computed == core_pb2.FINDING_STATUS_NOT_IN_FORCE
    assert found["former_transformation"].official == core_pb2.FINDING_STATUS_NOT_IN_FORCE


@pytest.mark.parametrize(
    ("area", "day", "reason"),
    [
        ("9999-nowhere", "2025-01-01", "ERROR_REASON_NOT_FOUND"),
        ("9999-elmehaven", "2010-12-31", "ERROR_REASON_BEFORE_COVERAGE"),
        ("", "2025-02-30", "ERROR_REASON_INVALID_FIELDS"),
    ],
)
def test_a_status_that_cannot_be_told_is_refused(
    area: str, day: str, reason: str, client: Client, refused: Refused
) -> None:
    client.an_area()
    asked = pb.GetAreaStatusRequest(area=area, day=day)
    assert refused(lambda: client.areas.GetAreaStatus(asked)).reason == reason


def test_a_day_after_those_of_the_api_is_a_wrong_field(client: Client, refused: Refused) -> None:
    client.import_areas()
    asked = pb.GetAreaStatusRequest(area="9999-elmehegnet", day="2200-01-01")
    refusal = refused(lambda: client.areas.GetAreaStatus(asked))
    assert refusal.fields == {"day": "must lie from 1900-01-01 to 2199-12-31"}


def test_a_list_as_the_ministry_publishes_it_needs_no_ids(client: Client) -> None:
    client.areas.ImportAreaLists(request(PUBLISHED))
    text = "Parallelsamfund pr. 1. december 2025\nHøje-Taastrup Taastrupgaard\nAarhus Bispehaven\n"
    asked = request(text.encode())
    asked.as_published.totals.add(kind=core_pb2.LIST_KIND_PARALLEL_SOCIETY, areas=2)
    response = client.areas.ImportAreaLists(asked)
    assert [(each.written, each.area) for each in response.matched_areas] == [
        ("Taastrupgaard", "0169-taastrupgaard")
    ]
    assert not response.new_areas
    assert {(left.area, left.known) for left in response.left} >= {("0461-vollsmose", True)}
    listed = client.areas.ListAreaLists(pb.ListAreaListsRequest()).lists
    [of_2025] = [each for each in listed if each.list_day == "2025-12-01"]
    assert (of_2025.rows_known, of_2025.complete_nationwide) == (2, True)
