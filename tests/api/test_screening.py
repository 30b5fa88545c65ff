"""Screening a waiting list over gRPC: pages as they are made, a cursor, errors of single items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest

from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as pb
from services.api import pages
from services.instance.instance import Instance
from tests.api.client import Client, Refusal, a_dwelling, an_id, context, nothing_decided

DWELLING = "B-1"
Refused = Callable[[Callable[[], object]], Refusal]


@pytest.fixture
def households(client: Client) -> list[str]:
    client.import_areas()
    client.record(a_dwelling(DWELLING, area="9999-kastanjeparken"))
    return sorted(client.a_household() for _ in range(5))


def request(**values: Any) -> pb.ScreenWaitingListRequest:
    given: dict[str, Any] = {
        "context": context(),
        "request_id": an_id(),
        "referral": pb.ReferralQuestion(
            dwelling_id=DWELLING, basis=pb.REFERRAL_BASIS_STK_1, day="2024-09-02"
        ),
        "page_size": 2,
        **values,
    }
    return pb.ScreenWaitingListRequest(**given)


def test_every_registered_household_is_screened_page_by_page_at_one_position(
    client: Client, households: list[str]
) -> None:
    found = list(client.eligibility.ScreenWaitingList(request()))
    assert [h.household_id for page in found for h in page.households] == households
    assert [(page.done, page.total) for page in found] == [(2, 5), (4, 5), (5, 5)]
    assert len({page.known_at_position for page in found}) == 1
    assert all(h.outcome == core.OUTCOME_UNDETERMINED for page in found for h in page.households)


def test_a_walk_goes_on_from_the_cursor_of_the_last_page_that_arrived(
    client: Client, households: list[str]
) -> None:
    asked = request()
    stream = client.eligibility.ScreenWaitingList(asked)
    first = next(stream)
    stream.cancel()
    client.a_household()
    again = request(request_id=asked.request_id, household_ids=households, cursor=first.cursor)
    rest = list(client.eligibility.ScreenWaitingList(again))
    assert [h.household_id for page in rest for h in page.households] == households[2:]
    assert {page.known_at_position for page in rest} == {first.known_at_position}


def test_a_page_can_be_replayed_and_one_answer_of_it_shown_in_full(
    client: Client, households: list[str]
) -> None:
    [page] = client.eligibility.ScreenWaitingList(request(page_size=5))
    replay = client.replay(page.receipt_id)
    assert replay.verdict == audit.REPLAY_VERDICT_EQUAL
    assert replay.computed_hash == page.receipt_hash
    shown = client.audit.GetDecision(
        audit.GetDecisionRequest(
            context=context(), receipt_id=page.receipt_id, household_id=households[3]
        )
    ).decision
    assert shown.outcome == page.households[3].outcome
    assert shown.known_at_position == page.known_at_position


def test_a_household_that_is_not_registered_has_an_error_of_its_own(
    client: Client, households: list[str]
) -> None:
    listed = [households[0], an_id(), households[1]]
    [page] = client.eligibility.ScreenWaitingList(request(household_ids=listed, page_size=10))
    assert [h.error.reason for h in page.households] == ["", "ERROR_REASON_NOT_FOUND", ""]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"page_size": 1_001}, "page_size"),
        ({"page_size": -1}, "page_size"),
        ({"cursor": "bm90IGEgY3Vyc29y"}, "cursor"),
        ({"request_id": ""}, "request_id"),
        ({"referral": pb.ReferralQuestion(dwelling_id=DWELLING)}, "referral.basis"),
        ({"household_ids": ["not an id"]}, "household_ids[0]"),
    ],
)
def test_a_walk_that_cannot_be_asked_names_the_field(
    client: Client, households: list[str], refused: Refused, wrong: dict[str, Any], field: str
) -> None:
    refusal = refused(lambda: list(client.eligibility.ScreenWaitingList(request(**wrong))))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in refusal.fields


def test_a_household_is_listed_once(
    client: Client, households: list[str], refused: Refused
) -> None:
    twice = request(household_ids=[households[0], households[0]])
    refusal = refused(lambda: list(client.eligibility.ScreenWaitingList(twice)))
    assert "household_ids[1]" in refusal.fields


def test_a_cursor_is_bound_to_the_walk_that_it_was_given_for(
    client: Client, households: list[str], refused: Refused
) -> None:
    asked = request()
    first = next(client.eligibility.ScreenWaitingList(asked))
    other = request(cursor=first.cursor)
    refusal = refused(lambda: list(client.eligibility.ScreenWaitingList(other)))
    assert "cursor" in refusal.fields


def test_a_preview_records_nothing(client: Client, households: list[str]) -> None:
    head = client.head()
    found = list(client.eligibility.ScreenWaitingList(request(preview=True, request_id="")))
    assert [page.receipt_id for page in found] == ["", "", ""]
    assert client.head() == head


def shown(client: Client, receipt_id: str, household: str = "") -> core.Decision:
    asked = audit.GetDecisionRequest(
        context=context(purpose="audit"), receipt_id=receipt_id, household_id=household
    )
    return client.audit.GetDecision(asked).decision


def test_a_page_is_shown_for_a_household_of_it(
    client: Client, households: list[str], refused: Refused
) -> None:
    [page] = client.eligibility.ScreenWaitingList(request(page_size=5))
    refusal = refused(lambda: shown(client, page.receipt_id))
    assert set(refusal.fields) == {"household_id"}
    decision = shown(client, page.receipt_id, households[0])
    assert decision.receipt_id == page.receipt_id
    assert decision.receipt_hash == page.receipt_hash
    alone = client.check(households[0], DWELLING, "2024-09-02").receipt_id
    refusal = refused(lambda: shown(client, alone, households[0]))
    assert set(refusal.fields) == {"household_id"}


@pytest.mark.parametrize(("number", "position"), [(-1, 0), (0, -5), (0, 0), (0, 10**9)])
def test_a_cursor_that_was_made_up_is_refused(
    client: Client,
    instance: Instance,
    households: list[str],
    refused: Refused,
    number: int,
    position: int,
) -> None:
    asked = request()
    first = next(client.eligibility.ScreenWaitingList(asked))
    content: Any = tuple[int, int, list[str | int]]
    given = pages.read_token(instance.log_id, "screening", first.cursor, content)
    assert given is not None
    made_up = [number, position or (first.known_at_position if number else 0), given[2]]
    asked.cursor = pages.token(instance.log_id, "screening", made_up)
    refusal = refused(lambda: list(client.eligibility.ScreenWaitingList(asked)))
    assert set(refusal.fields) == {"cursor"}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"basis": pb.REFERRAL_BASIS_PRIVATE_AGREEMENT}, "ERROR_REASON_INVALID_FIELDS"),
        ({"day": "2010-12-31"}, "ERROR_REASON_BEFORE_COVERAGE"),
    ],
)
def test_what_cannot_be_asked_of_anybody_is_refused_as_a_whole(
    client: Client,
    households: list[str],
    refused: Refused,
    asked: dict[str, Any],
    reason: str,
) -> None:
    question = {"dwelling_id": DWELLING, "basis": pb.REFERRAL_BASIS_STK_1, "day": "2024-09-02"}
    referral = pb.ReferralQuestion(**{**question, **asked})
    refusal = refused(
        lambda: list(client.eligibility.ScreenWaitingList(request(referral=referral)))
    )
    assert refusal.reason == reason


def test_more_than_the_limits_is_refused_as_such(client: Client, refused: Refused) -> None:
    many = request(household_ids=[an_id()] * 100_001)
    refusal = refused(lambda: list(client.eligibility.ScreenWaitingList(many)))
    assert refusal.reason == "ERROR_REASON_LIMIT"
    batch = pb.BatchCheckRequest(
        context=context(), request_id=an_id(), checks=[pb.CheckQuestion()] * 1_001
    )
    refusal = refused(lambda: client.eligibility.BatchCheck(batch))
    assert refusal.reason == "ERROR_REASON_LIMIT"


def test_a_walk_that_is_asked_again_without_a_cursor_goes_on_at_its_first_position(
    client: Client, households: list[str]
) -> None:
    asked = request(household_ids=households)
    stream = client.eligibility.ScreenWaitingList(asked)
    first = next(stream)
    stream.cancel()
    client.a_household()
    again = list(client.eligibility.ScreenWaitingList(asked))
    assert again[0] == first
    assert {page.known_at_position for page in again} == {first.known_at_position}


def test_an_organisation_screens_its_waiting_list_for_letting(
    organisation: Client, refused: Refused
) -> None:
    organisation.import_areas()
    organisation.record(a_dwelling(DWELLING, area="", outside_areas=True), nothing_decided())
    listed = sorted(organisation.a_household() for _ in range(3))
    letting = pb.LettingQuestion(
        dwelling_id=DWELLING, channel=pb.LETTING_CHANNEL_WAITING_LIST, day="2024-09-02"
    )
    asked = request(letting=letting)
    pages_found = list(organisation.eligibility.ScreenWaitingList(asked))
    entries = [entry for page in pages_found for entry in page.households]
    assert [entry.household_id for entry in entries] == listed
    assert {entry.outcome for entry in entries} == {core.OUTCOME_PERMITTED}
    replay = organisation.replay(pages_found[0].receipt_id)
    assert replay.verdict == audit.REPLAY_VERDICT_EQUAL
    decision = shown(organisation, pages_found[0].receipt_id, listed[1])
    assert decision.outcome == core.OUTCOME_PERMITTED
    assert decision.receipt_id == pages_found[0].receipt_id
    referral = refused(lambda: list(organisation.eligibility.ScreenWaitingList(request())))
    assert referral.reason == "ERROR_REASON_NOT_FOR_THIS_CONTROLLER"


def test_what_is_said_of_one_household_alone_is_not_said_of_a_list(
    organisation: Client, refused: Refused
) -> None:
    organisation.record(a_dwelling(DWELLING, area="", outside_areas=True))
    organisation.a_household()
    letting = pb.LettingQuestion(
        dwelling_id=DWELLING,
        channel=pb.LETTING_CHANNEL_WAITING_LIST,
        registered_on="2020-01-01",
        nobody_else=True,
        sent_for_approval="2024-01-01",
    )
    asked = request(letting=letting)
    refusal = refused(lambda: list(organisation.eligibility.ScreenWaitingList(asked)))
    assert set(refusal.fields) == {
        "letting.registered_on",
        "letting.nobody_else",
        "letting.sent_for_approval",
    }


def test_a_municipality_does_not_screen_for_letting(
    client: Client, households: list[str], refused: Refused
) -> None:
    asked = request(letting=pb.LettingQuestion(dwelling_id=DWELLING))
    refusal = refused(lambda: list(client.eligibility.ScreenWaitingList(asked)))
    assert refusal.reason == "ERROR_REASON_NOT_FOR_THIS_CONTROLLER"


@pytest.mark.parametrize("preview", [False, True])
def test_a_cursor_goes_on_with_the_question_that_it_was_given_for(
    client: Client, households: list[str], refused: Refused, preview: bool
) -> None:
    asked = request(preview=preview, request_id="" if preview else an_id())
    asked.cursor = next(client.eligibility.ScreenWaitingList(asked)).cursor
    asked.referral.basis = pb.REFERRAL_BASIS_STK_2
    refusal = refused(lambda: list(client.eligibility.ScreenWaitingList(asked)))
    assert set(refusal.fields) == {"cursor"}
