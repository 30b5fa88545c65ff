"""What a landlord does on answers: rehousing offers, notice, and termination, over gRPC."""

from __future__ import annotations

from functools import partial
from typing import Any

import grpc
import pytest

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import tenancy_service_pb2 as pb
from tests.api import client as facts
from tests.api.client import TODAY, Client, an_id, context
from tests.api.test_distance import request as measuring
from tests.api.test_termination import a_disposal, a_judgment
from tests.tenancies.conftest import Refused
from tests.tenancies.letting import Letting

DECIDED: dict[str, Any] = {
    "decided_by": "Kim Sagsbehandler",
    "reasons": "Begrundet.",
    "party_heard": True,
}
NOTICE: dict[str, Any] = {
    "ground": eligibility.NOTICE_GROUND_DEMOLITION,
    "written": core.STATED_YES,
    "states_ground": core.STATED_YES,
    "states_objection": core.STATED_YES,
    "received_on": TODAY,
    "objected": core.STATED_NO,
}


class Landlord(Letting):
    """A housing organisation with a tenant in one dwelling that is to be torn down."""

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self.household, self.tenant = an_id(), an_id()
        client.record(
            facts.a_household(self.household),
            facts.a_person(self.tenant),
            facts.a_member(self.household, self.tenant, first_day="2020-01-01"),
            facts.members_attested(self.household, first_day="2020-01-01"),
            facts.nothing_decided(),
        )
        self.a_dwelling("dar-1")
        self.a_dwelling("new", rooms=2)
        allocation = self.allocate(self.vacancy("dar-1", vacant_from="2026-06-01"))
        receipt = self.ask(
            "Letting",
            channel=eligibility.LETTING_CHANNEL_WAITING_LIST,
            lives_in_department=core.STATED_NO,
        ).receipt_id
        offer = self.offer(allocation, self.household, receipt)
        self.accept(offer, receipt)
        self.tenancy = self.contract(offer, receipt, first_day="2026-06-01")
        client.record(a_disposal())

    def ask(self, name: str, **values: Any) -> core.Decision:
        question = getattr(eligibility, f"{name}Question")(
            **{"household_id": self.household, "dwelling_id": "dar-1", **values}
        )
        request = getattr(eligibility, f"Check{name}Request")(
            context=context(purpose="letting"), request_id=an_id(), question=question
        )
        method = getattr(self.client.eligibility, f"Check{name}")
        decision: core.Decision = method(request, timeout=20).decision
        return decision

    def notice(self, last_day: str, *receipts: str, **decided: Any) -> str:
        return self.step(
            "GiveNotice",
            tenancy_id=self.tenancy,
            given_by=pb.PARTY_LANDLORD,
            last_day=last_day,
            basis=pb.StepBasis(receipt_ids=receipts, **decided),
        )


@pytest.fixture
def landlord(organisation: Client) -> Landlord:
    return Landlord(organisation)


def test_a_replacement_dwelling_is_offered_on_an_answer_about_the_dwelling_that_is_left(
    landlord: Landlord, refused: Refused
) -> None:
    landlord.a_dwelling("third", rooms=2)
    vacancy = landlord.vacancy("new")
    allocation = landlord.allocate(vacancy, pb.Turn(channel=pb.CHANNEL_REHOUSING))
    answers = {
        offered: landlord.ask(
            "Rehousing", offered_dwelling_id=offered, offered_rooms=2, rooms_before=2
        )
        for offered in ("new", "third", "")
    }
    assert answers["new"].outcome in (core.OUTCOME_PERMITTED, core.OUTCOME_DISCRETIONARY)
    for other in ("third", ""):
        refusal = refused(
            partial(landlord.offer, allocation, landlord.household, answers[other].receipt_id)
        )
        assert "another dwelling" in refusal.details
    receipt = answers["new"].receipt_id
    basis = pb.StepBasis(receipt_ids=[receipt], **DECIDED)
    offer = landlord.offer(allocation, landlord.household, basis=basis)
    landlord.accept(offer, basis=basis)
    landlord.contract(offer, basis=basis)
    assert landlord.state("new") == "let"


def test_a_tenancy_begins_on_the_day_of_takeover_that_was_asked_for(
    landlord: Landlord, refused: Refused
) -> None:
    allocation = landlord.allocate(landlord.vacancy("new"), pb.Turn(channel=pb.CHANNEL_INTERNAL))
    asked = {
        "dwelling_id": "new",
        "channel": eligibility.LETTING_CHANNEL_WAITING_LIST,
        "lives_in_department": core.STATED_NO,
    }
    receipt = landlord.ask("Letting", **asked, takeover="2026-07-01").receipt_id
    offer = landlord.offer(allocation, landlord.household, receipt)
    landlord.accept(offer, receipt)
    other = refused(lambda: landlord.contract(offer, receipt, first_day="2026-08-01"))
    assert "takeover on 2026-07-01" in other.details
    landlord.contract(offer, receipt, first_day="2026-07-01")


def test_a_landlords_notice_rests_on_an_answer_and_a_person(
    landlord: Landlord, refused: Refused
) -> None:
    answer = landlord.ask("Notice", **NOTICE)
    assert answer.outcome == core.OUTCOME_DISCRETIONARY
    [earliest] = [each.day for each in answer.values if each.name == "earliest_end"]
    assert earliest == "2026-10-01"
    nobody = refused(lambda: landlord.notice(earliest, answer.receipt_id))
    assert "a person decides" in nobody.details
    short = refused(lambda: landlord.notice("2026-09-30", answer.receipt_id, **DECIDED))
    assert short.code is grpc.StatusCode.FAILED_PRECONDITION
    assert earliest in short.details
    landlord.client.record(a_disposal(dwellings=["dar-1", "new"]))
    stale = refused(lambda: landlord.notice(earliest, answer.receipt_id, **DECIDED))
    assert stale.code is grpc.StatusCode.ABORTED
    assert stale.metadata["moved_type"] == "property.disposal_decided"
    again = landlord.ask("Notice", **NOTICE).receipt_id
    landlord.notice(earliest, again, **DECIDED)
    assert landlord.state("dar-1") == "under_notice"


def test_a_termination_at_once_rests_on_the_checklist(landlord: Landlord, refused: Refused) -> None:
    end = {"tenancy_id": landlord.tenancy, "cause": pb.END_CAUSE_TERMINATION, "last_day": TODAY}

    def ended(receipt: str) -> str:
        basis = pb.StepBasis(receipt_ids=[receipt], **DECIDED)
        return landlord.step("EndTenancy", **end, basis=basis)

    notice = landlord.ask("Notice", **NOTICE).receipt_id
    assert "termination is needed" in refused(lambda: ended(notice)).details
    open_ = landlord.ask("Termination")
    assert open_.outcome == core.OUTCOME_UNDETERMINED
    assert "UNDETERMINED" in refused(lambda: ended(open_.receipt_id)).details
    landlord.client.record(a_judgment(landlord.tenant))
    landlord.client.distances.MeasureDistance(measuring(landlord.tenant))
    stale = refused(lambda: ended(open_.receipt_id))
    assert stale.code is grpc.StatusCode.FAILED_PRECONDITION
    answer = landlord.ask("Termination")
    assert answer.outcome == core.OUTCOME_DISCRETIONARY
    basis = pb.StepBasis(receipt_ids=[answer.receipt_id], **DECIDED)
    past = {**end, "last_day": "2026-06-14"}
    before = refused(lambda: landlord.step("EndTenancy", **past, basis=basis))
    assert "the termination, 2026-06-15" in before.details
    ended(answer.receipt_id)
    assert landlord.state("dar-1") == "free"


def test_a_replacement_dwelling_in_a_municipality_rests_on_a_referral_in_urban_renewal(
    client: Client, refused: Refused
) -> None:
    letting = Letting(client)
    letting.a_share(1, 3, basis=facts.pb.SHARE_BASIS_REPLACEMENT)
    letting.a_dwelling("d")
    turn = pb.Turn(channel=pb.CHANNEL_REFERRAL, basis=facts.pb.SHARE_BASIS_REPLACEMENT)
    for name in ("a", "b", "c"):
        # The second goes to the internal list, which this share does not count.
        letting.allocate(letting.vacancy(letting.a_dwelling(name)))
    allocation = letting.allocate(letting.vacancy("d"), turn)
    household, _ = letting.a_household()
    letting.client.record(
        facts.pb.Fact(
            referral_right_decided=facts.pb.ReferralRightDecided(
                municipality="9999",
                right=facts.pb.REFERRAL_RIGHT_URBAN_RENEWAL,
                decision_day="2026-01-05",
                half_of_own_flats=True,
                decided_by="Kommunalbestyrelsen",
            )
        ),
        facts.pb.Fact(
            replacement_right_attested=facts.pb.ReplacementRightAttested(
                household_id=household, entitled=facts.pb.ANSWER_YES, first_day="2026-01-05"
            )
        ),
    )
    alone = refused(lambda: letting.offer(allocation, household, basis=pb.StepBasis(**DECIDED)))
    assert "referral is needed" in alone.details
    other = letting.receipt(household, "d", basis=eligibility.REFERRAL_BASIS_STK_2)
    assert "another basis" in refused(lambda: letting.offer(allocation, household, other)).details
    renewal = letting.check(household, "d", basis=eligibility.REFERRAL_BASIS_URBAN_RENEWAL)
    assert renewal.outcome == core.OUTCOME_PERMITTED
    letting.offer(allocation, household, renewal.receipt_id)
    assert letting.state("d") == "offered"
