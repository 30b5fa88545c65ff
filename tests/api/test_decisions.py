"""ListDecisions over the API: what is found, in which pages, and what is said of what is sealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest

from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from services.instance.instance import Instance
from tests.api.client import (
    Client,
    Refusal,
    a_dwelling,
    an_id,
    audit_request,
    context,
)
from tests.api.conftest import served

Refused = Callable[[Callable[[], object]], Refusal]

AREA = "9999-kastanjeparken"
DAY = "2024-09-02"


@pytest.fixture
def households(client: Client) -> list[str]:
    """Three households; each was asked about alone, and two of them as a waiting list."""
    client.import_areas()
    client.record(a_dwelling("B-1", area=AREA), a_dwelling("B-2", area="", outside_areas=True))
    found = sorted(client.a_household() for _ in range(3))
    for each in found:
        client.check(each, "B-1", DAY)
    client.check(found[0], "B-2", "2024-10-01")
    asked = eligibility.ScreenWaitingListRequest(
        context=context(actor="clerk.8"),
        request_id=an_id(),
        referral=eligibility.ReferralQuestion(
            dwelling_id="B-1", basis=eligibility.REFERRAL_BASIS_STK_1, day=DAY
        ),
        household_ids=found[:2],
    )
    assert list(client.eligibility.ScreenWaitingList(asked))
    return found


def request(**values: Any) -> pb.ListDecisionsRequest:
    return pb.ListDecisionsRequest(**{"context": context(purpose="audit"), **values})


def ask(client: Client, **values: Any) -> pb.ListDecisionsResponse:
    return client.audit.ListDecisions(request(**values), timeout=20)


def walk(client: Client, **values: Any) -> list[pb.ListedDecision]:
    found: list[pb.ListedDecision] = []
    token = ""
    while True:
        page = ask(client, page_token=token, **values)
        found += page.decisions
        token = page.next_page_token
        if not token:
            return found


def test_each_receipt_and_page_is_listed_as_it_states_openly(
    client: Client, households: list[str]
) -> None:
    listed = walk(client)
    assert [each.households for each in listed] == [0, 0, 0, 0, 2]
    receipt, page = listed[0], listed[-1]
    assert (receipt.question, receipt.outcome) == ("referral", core.OUTCOME_UNDETERMINED)
    assert receipt.title.da
    assert (receipt.area, receipt.municipality, receipt.day) == (AREA, "9999", DAY)
    assert (receipt.asked_by.actor, receipt.asked_by.purpose) == ("clerk.7", "case")
    assert (page.area, page.outcome) == (AREA, core.OUTCOME_UNSPECIFIED)
    assert page.asked_by.actor == "clerk.8"
    assert listed[3].area == ""
    assert not any(each.answers for each in listed)
    events = client.audit.ListEvents(audit_request(page_size=1000)).events
    recorded = {each.position: each for each in events}
    for each in listed:
        assert recorded[each.position].event_id == each.receipt_id
        assert recorded[each.position].recorded_at == each.recorded_at
    said = str(listed)
    assert not any(each in said for each in households)


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_a_walk_gives_the_same_in_pages_of_any_size_whatever_is_asked_meanwhile(
    client: Client, households: list[str], size: int
) -> None:
    whole = walk(client)
    first = ask(client, page_size=size)
    client.check(households[2], "B-1", DAY)
    found, token = list(first.decisions), first.next_page_token
    while token:
        page = ask(client, page_size=size, page_token=token)
        assert page.known_at_position == first.known_at_position
        found += page.decisions
        token = page.next_page_token
    assert found == whole


def test_what_is_sealed_is_told_of_whom_it_is_asked_about(
    client: Client, households: list[str]
) -> None:
    listed = walk(client, household_id=households[0])
    assert [each.households for each in listed] == [0, 0, 2]
    [of_page] = listed[-1].answers
    assert of_page.household_id == households[0]
    of_dwelling = walk(client, dwelling_id="B-1")
    assert [len(each.answers) for each in of_dwelling] == [1, 1, 1, 2]
    assert {a.household_id for each in of_dwelling for a in each.answers} == {*households}
    assert all(list(a.dwelling_ids) == ["B-1"] for each in of_dwelling for a in each.answers)
    undetermined = walk(client, outcomes=[core.OUTCOME_UNDETERMINED], area=AREA)
    assert [len(each.answers) for each in undetermined] == [0, 0, 0, 2]
    assert walk(client, outcomes=[core.OUTCOME_PROHIBITED]) == []


def test_the_days_are_those_asked_about_or_those_of_recording(
    client: Client, households: list[str]
) -> None:
    assert len(walk(client, first_day="2024-09-03")) == 1
    assert len(walk(client, last_day="2024-09-02")) == 4
    recorded = pb.DECISION_DAY_RECORDED
    today = walk(client)[0].recorded_at.ToDatetime().date().isoformat()
    assert len(walk(client, first_day=today, kind_of_day=recorded)) >= 4
    assert walk(client, last_day="2024-12-31", kind_of_day=recorded) == []


def test_it_is_as_known_at_a_position_and_an_erased_household_is_counted(
    client: Client, households: list[str], refused: Refused
) -> None:
    whole = walk(client)
    then = core.Consistency(at_position=whole[2].position)
    assert walk(client, consistency=then) == whole[:3]
    client.erase(household_id=households[0])
    page = ask(client, opened=True)
    assert page.erased == 3
    assert [len(each.answers) for each in page.decisions] == [1, 1, 1]
    assert walk(client) == whole
    gone = refused(lambda: ask(client, household_id=households[0]))
    assert gone.reason == "ERROR_REASON_NOT_FOUND"


def test_wrong_fields_are_named_all_at_once(client: Client, refused: Refused) -> None:
    refusal = refused(
        lambda: ask(
            client,
            questions=["none"],
            outcomes=[0, 99],
            area="nowhere",
            municipality="1",
            first_day="2024-13-01",
            last_day="then",
            kind_of_day=7,
            purpose="why",
            law_package="none",
            ground="none",
            rule="none",
            household_id="x",
            page_size=-1,
            page_token="x",
            consistency=core.Consistency(known_on="2999-01-01T00:00:00+01:00"),
        )
    )
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert set(refusal.fields) == {
        "questions[0]",
        "outcomes[0]",
        "outcomes[1]",
        "area",
        "municipality",
        "first_day",
        "last_day",
        "kind_of_day",
        "purpose",
        "law_package",
        "ground",
        "rule",
        "household_id",
        "page_size",
        "page_token",
        "consistency.known_on",
    }


def test_a_token_is_bound_to_its_search_and_its_log(
    client: Client, households: list[str], refused: Refused
) -> None:
    token = ask(client, page_size=1).next_page_token
    other = refused(lambda: ask(client, page_token=token, area=AREA))
    assert "page_token" in other.fields
    events = client.audit.ListEvents(audit_request(page_size=1)).next_page_token
    assert "page_token" in refused(lambda: ask(client, page_token=events)).fields
    with served(Instance.in_memory()) as stranger:
        assert "page_token" in refused(lambda: ask(stranger, page_token=token)).fields


def test_an_answer_about_an_area_is_found_by_its_area_and_opens_nothing(client: Client) -> None:
    client.import_areas()
    asked = eligibility.CheckPlanRequest(
        context=context(),
        request_id=an_id(),
        question=eligibility.PlanQuestion(area="9999-elmehegnet", day="2024-12-02"),
    )
    answered = client.eligibility.CheckPlan(asked).decision
    [listed] = walk(client, area="9999-elmehegnet", questions=["plan"], opened=True)
    assert listed.receipt_id == answered.receipt_id
    [answer] = listed.answers
    assert answer.household_id == ""
    assert answer.outcome == answered.outcome
    met = {each.rule_id for each in answered.findings if each.status == core.FINDING_STATUS_MET}
    assert {*answer.rules} <= met
