"""Asking for a day that has not come: what goes on is not yet received."""

from __future__ import annotations

from husret.v1 import audit_service_pb2, core_pb2, eligibility_service_pb2
from husret.v1 import fact_service_pb2 as pb
from tests.api.client import (
    Client,
    a_benefit,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_id,
    benefits_attested,
    citizenship,
    context,
    members_attested,
)


def a_household_on_benefit(client: Client, first_day: str) -> str:
    """Record one person whose kontanthjælp goes on, and return the household."""
    household, person = an_id(), an_id()
    client.import_areas()
    client.record(
        a_dwelling("D1", area="9999-kastanjeparken"),
        a_household(household),
        members_attested(household, first_day="2020-01-01"),
        a_person(person),
        a_member(household, person, first_day="2020-01-01"),
        citizenship(person),
        benefits_attested(person, first_day="2018-01-01", last_day="2026-06-15"),
        a_benefit(
            person,
            benefit=pb.BENEFIT_KONTANTHJAELP_16_1,
            first_day=first_day,
            last_day="",
        ),
    )
    return household


def test_months_to_come_are_not_received_yet(client: Client) -> None:
    household = a_household_on_benefit(client, "2026-03-01")
    decision = client.check(household, "D1", "2026-09-01")
    assert decision.outcome == core_pb2.OUTCOME_UNDETERMINED
    assert "DAY_AHEAD" in decision.warnings
    replay = client.replay(decision.receipt_id)
    assert replay.verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL


def test_a_run_that_is_over_prohibits_and_the_answer_warns_of_the_day(client: Client) -> None:
    household = a_household_on_benefit(client, "2025-12-01")
    today = client.check(household, "D1", "2026-06-15")
    assert today.outcome == core_pb2.OUTCOME_PROHIBITED
    assert "DAY_AHEAD" not in today.warnings
    tomorrow = client.check(household, "D1", "2026-06-16")
    assert tomorrow.outcome == core_pb2.OUTCOME_PROHIBITED
    assert "DAY_AHEAD" in tomorrow.warnings


def test_a_dwelling_of_another_kind_on_the_day_of_letting_is_not_supposed(client: Client) -> None:
    household = a_household_on_benefit(client, "2025-12-01")
    client.record(
        a_dwelling("D2", area="9999-kastanjeparken", last_day="2026-06-30"),
        a_dwelling(
            "D2",
            area="",
            outside_areas=True,
            first_day="2026-07-01",
            kind=core_pb2.DWELLING_KIND_PRIVATE,
            property="P-1",
        ),
    )
    question = eligibility_service_pb2.ReferralQuestion(
        household_id=household,
        dwelling_id="D2",
        basis=eligibility_service_pb2.REFERRAL_BASIS_STK_1,
        day="2026-06-15",
        letting_day="2026-07-01",
    )
    request = eligibility_service_pb2.CheckReferralRequest(
        context=context(), request_id=an_id(), question=question
    )
    decision = client.eligibility.CheckReferral(request).decision
    assert decision.outcome == core_pb2.OUTCOME_PROHIBITED
