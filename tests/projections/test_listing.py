"""The view over a real socket: walks in pages, how far it is behind, and the command line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import grpc
import pytest

from domain.law.editions import CURRENT
from husret.v1 import area_service_pb2 as pb
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from projections import area_status, ledger_recount, list_movements, plan_progress
from projections.area_status import VIEW
from services.api import pages
from services.api.server import Server, ServerError
from services.cli import main as cli
from services.instance import views
from services.instance.instance import Instance
from services.instance.views import LogSource
from tests.api.client import Client, Refusal, a_benefit, audit_request
from tests.api.conftest import served

VULNERABLE = "9999-kastanjeparken"
DAY = "2024-09-02"
VIEWS = (area_status.VIEW, list_movements.VIEW, ledger_recount.VIEW, plan_progress.VIEW)


@pytest.fixture
def instance() -> Instance:
    return Instance.in_memory(today=lambda: date(2026, 6, 15))


@pytest.fixture
def client(instance: Instance) -> Iterator[Client]:
    with served(instance) as connected:
        connected.import_areas()
        yield connected


def refusal(call: Callable[[], object]) -> Refusal:
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return Refusal(refused.value)


def request(client: Client, **values: object) -> pb.ListAreaStatusRequest:
    """A request for the view as fresh as the log is now."""
    fresh = core.Consistency(at_least_position=client.head())
    return pb.ListAreaStatusRequest(**{"consistency": fresh, **values})  # type: ignore[arg-type]  # names as in the message


def ask(client: Client, asked: pb.ListAreaStatusRequest) -> pb.ListAreaStatusResponse:
    response: pb.ListAreaStatusResponse = client.areas.ListAreaStatus(asked, timeout=20)
    return response


def walk(client: Client, asked: pb.ListAreaStatusRequest) -> list[pb.AreaStatusPeriod]:
    found: list[pb.AreaStatusPeriod] = []
    while True:
        page = ask(client, asked)
        found += page.periods
        if not page.next_page_token:
            return found
        asked.page_token = page.next_page_token


def retract_evidence(client: Client, periods: list[pb.AreaStatusPeriod]) -> None:
    """Take back the first event that a period rests on."""
    position = min(each.position for period in periods for each in period.evidence)
    asked = audit_request(page_size=1, after_position=position - 1)
    [event] = client.audit.ListEvents(asked).events
    client.retract(event.event_id)


def test_every_period_comes_with_events_that_the_log_has(
    client: Client, instance: Instance
) -> None:
    found = walk(client, request(client, page_size=1000))
    assert len(found) == len(
        VIEW.made_from(CURRENT, LogSource(instance, VIEW).read(0, client.head()))
    )
    asked = audit_request(page_size=1000, types=["area.listed", "arealist.published"])
    leaves = {each.position: each.leaf_hash for each in client.audit.ListEvents(asked).events}
    evidence = [each for period in found for each in period.evidence]
    assert evidence
    assert all(leaves[each.position] == each.leaf_hash for each in evidence)
    assert {period.law_package for period in found} == {CURRENT.id}


def test_the_periods_of_a_day_are_what_the_status_of_each_area_says(client: Client) -> None:
    found = walk(client, request(client, day=DAY))
    said = {(period.area, period.category): period.status for period in found}
    for area in {period.area for period in walk(client, request(client))}:
        status = client.areas.GetAreaStatus(pb.GetAreaStatusRequest(area=area, day=DAY))
        for each in status.categories:
            if each.category == "former_transformation":
                continue
            official = each.official
            if official == core.FINDING_STATUS_NOT_IN_FORCE:
                official = core.FINDING_STATUS_NOT_MET
            assert said.get((area, each.category), core.FINDING_STATUS_NOT_MET) == official
    assert said[VULNERABLE, "vulnerable"] == core.FINDING_STATUS_MET


def test_the_filters_leave_out_what_they_say(client: Client) -> None:
    everything = walk(client, request(client))
    assert walk(client, request(client, municipality="0461")) == []
    assert walk(client, request(client, municipality="9999")) == everything
    assert walk(client, request(client, category="vulnerable")) == [
        period for period in everything if period.category == "vulnerable"
    ]
    assert walk(client, request(client, day=DAY)) == [
        period
        for period in everything
        if period.first_day <= DAY and (not period.last_day or period.last_day >= DAY)
    ]


def test_a_walk_sees_the_view_as_it_was_at_its_start(client: Client) -> None:
    everything = walk(client, request(client))
    asked = request(client, page_size=3)
    first = ask(client, asked)
    retract_evidence(client, everything)
    moved = walk(client, request(client))
    assert moved != everything
    asked.page_token = first.next_page_token
    second = ask(client, asked)
    assert second.known_at_position == first.known_at_position
    assert second.head_position == client.head()
    asked.page_token = second.next_page_token
    assert [*first.periods, *second.periods, *walk(client, asked)] == everything


def test_what_concerns_persons_moves_the_position_and_no_period(client: Client) -> None:
    before = walk(client, request(client))
    person = client.a_person()
    [fact] = client.record(a_benefit(person))
    client.retract(fact.fact_id)
    client.erase(person_id=person)
    page = ask(client, request(client, page_size=1000))
    assert list(page.periods) == before
    assert page.known_at_position == client.head()


def test_a_page_ends_early_when_it_is_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = walk(client, request(client))
    monkeypatch.setattr(pages, "FULL_PAGE_BYTES", 600)
    page = ask(client, request(client, page_size=1000))
    assert 1 <= len(page.periods) < 6
    assert walk(client, request(client)) == everything


def test_wrong_fields_are_named_all_at_once(client: Client) -> None:
    asked = pb.ListAreaStatusRequest(
        municipality="461",
        category="ordinary",
        day="yesterday",
        page_size=-1,
        page_token="x",
        consistency=core.Consistency(known_on="2000-01-01"),
    )
    refused = refusal(lambda: ask(client, asked))
    assert refused.code is grpc.StatusCode.INVALID_ARGUMENT
    assert set(refused.fields) == {
        "municipality",
        "category",
        "day",
        "page_size",
        "page_token",
        "consistency.known_on",
    }


def test_the_rows_of_an_earlier_position_are_those_that_the_log_up_to_it_gives(
    client: Client, instance: Instance
) -> None:
    then = client.head()
    before = walk(client, request(client))
    retract_evidence(client, before)
    assert walk(client, request(client)) != before
    for position in (then, then // 2):
        as_known = core.Consistency(at_position=position)
        expected = VIEW.made_from(CURRENT, LogSource(instance, VIEW).read(0, position))
        page = ask(client, request(client, consistency=as_known, page_size=2))
        assert page.known_at_position == position
        # Another position is asked for between two pages, and the walk goes on all the same.
        for other in range(2, 5):
            ask(client, request(client, consistency=core.Consistency(at_position=other)))
        asked = request(client, consistency=as_known, page_token=page.next_page_token)
        found = [*page.periods, *walk(client, asked)]
        assert [(each.area, each.category, each.first_day) for each in found] == [
            (row.area, row.category, row.first_day.isoformat()) for row in expected
        ]
    assert walk(client, request(client, consistency=core.Consistency(at_position=then))) == before
    beyond = core.Consistency(at_position=client.head() + 1)
    late = refusal(lambda: ask(client, request(client, consistency=beyond)))
    assert late.reason == "ERROR_REASON_POSITION_BEYOND_HEAD"


def test_a_token_is_bound_to_its_log_its_filter_and_its_kind_of_walk(client: Client) -> None:
    token = ask(client, request(client, page_size=1)).next_page_token
    other_filter = request(client, page_size=1, page_token=token, category="vulnerable")
    assert "page_token" in refusal(lambda: ask(client, other_filter)).fields
    events = client.audit.ListEvents(audit_request(page_size=1)).next_page_token
    other_kind = request(client, page_token=events)
    assert "page_token" in refusal(lambda: ask(client, other_kind)).fields
    damaged = request(client, page_token=token[:-4] + "AAAA")
    assert "page_token" in refusal(lambda: ask(client, damaged)).fields
    with served(Instance.in_memory()) as other:
        other.import_areas()
        foreign = request(other, page_size=1, page_token=token)
        assert "page_token" in refusal(lambda: ask(other, foreign)).fields


def test_a_walk_of_rows_that_were_made_anew_is_begun_anew(
    client: Client, instance: Instance
) -> None:
    token = ask(client, request(client, page_size=1)).next_page_token
    again = Server(instance, follow=False)
    other = Client(again.endpoint)
    refused = refusal(lambda: ask(other, request(other, page_size=1, page_token=token)))
    assert "anew" in refused.fields["page_token"]
    other.close()
    again.stop(0)


def test_a_day_before_the_law_package_and_a_position_beyond_the_head_are_refused(
    client: Client,
) -> None:
    early = refusal(lambda: ask(client, request(client, day="2000-01-01")))
    assert early.reason == "ERROR_REASON_BEFORE_COVERAGE"
    beyond = core.Consistency(at_least_position=client.head() + 1)
    late = refusal(lambda: ask(client, request(client, consistency=beyond)))
    assert late.reason == "ERROR_REASON_POSITION_BEYOND_HEAD"


def test_health_says_how_far_the_view_is(client: Client) -> None:
    walk(client, request(client))
    health = client.audit.GetHealth(audit.GetHealthRequest())
    assert [view.name for view in health.views] == [
        "area_status",
        "list_movements",
        "ledger_recount",
        "plan_progress",
        "decisions",
        "moved_decisions",
    ]
    view = health.views[0]
    assert health.head_position == client.head()
    assert (view.name, view.state) == ("area_status", audit.VIEW_STATE_FOLLOWING)
    assert (view.position, view.lag, view.problem) == (client.head(), 0, "")
    assert view.law_package == CURRENT.id


def test_a_view_that_is_behind_says_so_and_still_shows_what_it_has(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = walk(client, request(client))
    monkeypatch.setattr(views, "PATIENCE", 0.2)
    monkeypatch.setattr("projections.table.Table.advance", _out_of_order)
    retract_evidence(client, before)
    refused = refusal(lambda: ask(client, request(client)))
    assert refused.code is grpc.StatusCode.UNAVAILABLE
    assert refused.reason == "ERROR_REASON_VIEW_BEHIND"
    page = ask(client, pb.ListAreaStatusRequest(page_size=1000))
    assert list(page.periods) == before
    assert page.known_at_position < page.head_position
    view = client.audit.GetHealth(audit.GetHealthRequest()).views[0]
    assert (view.state, view.problem) == (audit.VIEW_STATE_STOPPED, "RuntimeError")
    assert view.lag == page.head_position - page.known_at_position


def _out_of_order(*given: object) -> None:
    raise RuntimeError("a fault of our own")


# -- The command line


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    place = tmp_path / "instance"
    assert cli.main(["init", "--dir", str(place)]) == 0
    assert cli.main(["import", "area-lists", "made-up", "--dir", str(place)]) == 0
    return place


def test_the_command_line_catches_up_and_lists(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert cli.main(["status", "--dir", str(directory)]) == 0
    assert "idle at position 0" in capsys.readouterr().out
    assert cli.main(["area", "list", "--dir", str(directory), "--day", DAY]) == 0
    lines = capsys.readouterr().out.splitlines()
    [line] = [each for each in lines if each.startswith(VULNERABLE) and " vulnerable " in each]
    assert " met " in line
    assert "#" in line
    assert cli.main(["status", "--json", "--dir", str(directory)]) == 0
    health = json.loads(capsys.readouterr().out)
    assert health["views"][0]["position"] == health["head_position"]


def test_the_json_of_the_command_line_has_every_period_and_its_evidence(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert cli.main(["area", "list", "--json", "--dir", str(directory)]) == 0
    listed = json.loads(capsys.readouterr().out)
    with Instance.open(directory) as instance:
        source = LogSource(instance, VIEW)
        rows = VIEW.made_from(CURRENT, source.read(0, source.head()))
    assert len(listed["periods"]) == len(rows)
    assert [int(period["known_at_position"]) for period in listed["periods"]] == [
        row.known_at for row in rows
    ]


def test_a_file_of_something_else_in_the_place_of_the_views_stops_the_start(
    directory: Path,
) -> None:
    (directory / VIEW.file).unlink()
    database = sqlite3.connect(directory / VIEW.file)
    database.execute("CREATE TABLE theirs (value TEXT)")
    database.close()
    with Instance.open(directory) as instance, pytest.raises(ServerError, match=r"views\.db"):
        Server(instance)
