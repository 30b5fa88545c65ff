"""Walking the log over the API, and the receipts of answers."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import partial

import grpc
import pytest

from domain import canonical
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import eligibility_service_pb2 as eligibility
from services.api import pages
from services.instance.instance import Instance
from tests.api.client import (
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_area,
    an_id,
    audit_request,
    context,
    members_attested,
)

Refused = Callable[[Callable[[], object]], Refusal]


def walk(client: Client, **values: object) -> list[pb.LogEvent]:
    events: list[pb.LogEvent] = []
    token = ""
    while True:
        page = client.audit.ListEvents(audit_request(page_token=token, **values))
        events += page.events
        token = page.next_page_token
        if not token:
            return events


def test_a_walk_sees_the_log_as_of_one_position_whatever_is_recorded_meanwhile(
    client: Client,
) -> None:
    person = client.a_person()
    client.record(*[a_benefit(person)] * 9)
    first = client.audit.ListEvents(audit_request(page_size=4))
    head = first.known_at_position
    client.record(*[a_benefit(person)] * 5)
    events, token = list(first.events), first.next_page_token
    while token:
        page = client.audit.ListEvents(audit_request(page_size=4, page_token=token))
        assert page.known_at_position == head
        events += page.events
        token = page.next_page_token
    assert [each.position for each in events] == list(range(1, head + 1))


def test_every_page_size_walks_the_same_events(client: Client) -> None:
    person = client.a_person()
    client.record(*[a_benefit(person)] * 7, an_area())
    whole = walk(client)
    for size in (1, 2, 3, 8, 9, 5000):
        assert walk(client, page_size=size) == whole


def test_a_walk_is_of_the_types_asked_for_and_begins_where_asked(client: Client) -> None:
    person = client.a_person()
    client.record(a_benefit(person), an_area(), a_benefit(person), an_area("9999-b"))
    areas = walk(client, page_size=1, types=["area.registered"])
    assert [each.type for each in areas] == ["area.registered"] * 2
    later = walk(client, after_position=areas[0].position)
    assert [each.position for each in later] == [areas[0].position + 1, areas[1].position]


def test_a_page_ends_early_rather_than_exceed_what_clients_receive(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.record(*[an_area(f"9999-{name}") for name in "abcdef"])
    whole = walk(client)
    monkeypatch.setattr(pages, "FULL_PAGE_BYTES", 400)
    page = client.audit.ListEvents(audit_request())
    assert 0 < len(page.events) < len(whole)
    assert walk(client) == whole


def test_an_open_event_shows_its_fact_and_a_sealed_one_only_its_size(client: Client) -> None:
    client.record(a_person(an_id(), name="Bo"), an_area())
    created, person, area = walk(client)
    assert created.type == "instance.created"
    assert (person.open_data, person.sealed_size > 31) == ("", True)
    assert area.open_data.startswith('{"area":"9999-elmehaven"')
    assert all(len(each.leaf_hash) == 32 for each in (created, person, area))


def test_a_wrong_walk_names_every_wrong_field(client: Client, refused: Refused) -> None:
    asked = pb.ListEventsRequest(
        page_size=-1, after_position=-1, types=["area.registered", "no.such"], page_token="?"
    )
    assert set(refused(lambda: client.audit.ListEvents(asked)).fields) == {
        "context.actor",
        "context.purpose",
        "page_size",
        "after_position",
        "types[1]",
        "page_token",
    }


def test_a_page_token_is_bound_to_its_log_and_its_query(client: Client, refused: Refused) -> None:
    client.record(an_area(), an_area("9999-b"))
    token = client.audit.ListEvents(audit_request(page_size=1)).next_page_token
    raw = base64.urlsafe_b64decode(token)
    assert raw.endswith(b"[3,1,[]]")
    tampered = base64.urlsafe_b64encode(raw.replace(b"[3,1,[]]", b"[3,2,[]]")).decode()
    for values, field in (
        ({"page_token": tampered}, "page_token"),
        ({"page_token": token[:-4]}, "page_token"),
        ({"page_token": token, "types": ["area.registered"]}, "types"),
    ):
        refusal = refused(partial(client.audit.ListEvents, audit_request(**values)))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
        assert set(refusal.fields) == {field}


@pytest.mark.parametrize(
    "walk",
    [
        [10**20, 10**20, []],
        [10**20, 0, []],
        [3, 10**20, []],
        [-1, 0, []],
        [3, -1, []],
        [1, 2, []],
        [4, 1, []],
    ],
    ids=str,
)
def test_a_forged_page_token_is_refused_though_its_check_is_right(
    client: Client, instance: Instance, refused: Refused, walk: list[object]
) -> None:
    client.record(an_area(), an_area("9999-b"))
    assert client.head() == 3
    payload = canonical.encode(walk)
    check = hashlib.sha256(b"husret page" + instance.log_id.bytes + payload).digest()[:8]
    token = base64.urlsafe_b64encode(check + payload).decode()
    refusal = refused(lambda: client.audit.ListEvents(audit_request(page_token=token)))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert set(refusal.fields) == {"page_token"}


def test_an_unknown_receipt_is_not_found(client: Client, refused: Refused) -> None:
    [area] = client.record(an_area())
    for receipt_id in (an_id(), area.fact_id):
        shown = pb.GetDecisionRequest(context=context(purpose="audit"), receipt_id=receipt_id)
        replayed = pb.ReplayDecisionRequest(context=context(purpose="audit"), receipt_id=receipt_id)
        for refusal in (
            refused(partial(client.audit.GetDecision, shown)),
            refused(partial(client.audit.ReplayDecision, replayed)),
        ):
            assert refusal.code is grpc.StatusCode.NOT_FOUND
    bad = pb.GetDecisionRequest(receipt_id="7")
    assert set(refused(lambda: client.audit.GetDecision(bad)).fields) == {
        "context.actor",
        "context.purpose",
        "receipt_id",
    }


def test_a_receipt_is_shown_and_replayed_and_survives_an_erasure(client: Client) -> None:
    person, household = an_id(), an_id()
    client.record(
        a_person(person),
        a_household(household),
        a_member(household, person),
        members_attested(household),
        an_area(),
        a_dwelling("dar-1"),
    )
    answer = client.eligibility.CheckReferral(
        eligibility.CheckReferralRequest(
            context=context(purpose="referral"),
            request_id=an_id(),
            question=eligibility.ReferralQuestion(
                household_id=household,
                dwelling_id="dar-1",
                basis=eligibility.REFERRAL_BASIS_STK_1,
                day="2026-06-01",
            ),
        )
    ).decision
    shown = client.audit.GetDecision(
        pb.GetDecisionRequest(context=context(purpose="audit"), receipt_id=answer.receipt_id)
    ).decision
    assert (shown.receipt_hash, shown.outcome) == (answer.receipt_hash, answer.outcome)
    request = pb.ReplayDecisionRequest(
        context=context(purpose="audit"), receipt_id=answer.receipt_id
    )
    replay = client.audit.ReplayDecision(request)
    assert replay.verdict == pb.REPLAY_VERDICT_EQUAL
    assert replay.computed_hash == replay.stored_hash == answer.receipt_hash
    client.erase(household_id=household)
    replay = client.audit.ReplayDecision(request)
    assert replay.verdict == pb.REPLAY_VERDICT_EQUAL_BUT_ERASED
    erased = [each for each in replay.sections if each.verdict == "erased"]
    assert {each.policy for each in erased} == {"retention-5-years"}
    assert all(each.erased_at_position for each in erased)
