"""From vacancy to contract over gRPC, and everything that must be refused on the way."""

from __future__ import annotations

from functools import partial
from typing import Any

import grpc
import pytest

from domain.facts import DwellingRecorded
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import tenancy_service_pb2 as pb
from services.instance.instance import Instance
from tests.api import client as facts
from tests.api.client import TODAY, Client, an_id, context
from tests.tenancies.conftest import Refused, Today
from tests.tenancies.letting import Letting, a_fallback

AGREED: dict[str, Any] = {"basis": eligibility.REFERRAL_BASIS_STK_2}


@pytest.fixture
def allocation(letting: Letting) -> str:
    """A vacancy allocated to the municipality under an agreement."""
    return letting.allocate(letting.vacancy(letting.a_dwelling("home")))


def agreed(letting: Letting, household: str, dwelling: str = "home", day: str = TODAY) -> str:
    return letting.receipt(household, dwelling, day, **AGREED)


def test_a_vacancy_runs_from_the_due_channel_over_candidates_to_a_contract(
    letting: Letting, client: Client, refused: Refused
) -> None:
    letting.a_dwelling("flat", area="9999-kastanjeparken")
    vacancy = letting.vacancy("flat")
    due = letting.due(vacancy)
    assert due.due.channel == pb.CHANNEL_REFERRAL
    assert due.due.basis == facts.pb.SHARE_BASIS_AGREED
    assert [turn.channel for turn in due.out_of_turn] == [pb.CHANNEL_REHOUSING]
    allocation = letting.allocate(vacancy, due.due)
    (first, person), (second, _) = letting.a_household(), letting.a_household()
    client.record(
        facts.a_benefit(person, first_day="2025-06-01", last_day="2026-05-31"),
        a_fallback(second),
    )
    request = eligibility.BatchCheckRequest(
        context=context(purpose="referral"),
        request_id=an_id(),
        checks=[
            eligibility.CheckQuestion(
                referral=eligibility.ReferralQuestion(
                    household_id=each, dwelling_id="flat", **AGREED
                )
            )
            for each in (first, second)
        ],
    )
    checked = client.eligibility.BatchCheck(request, timeout=20).items
    assert [each.outcome for each in checked] == [core.OUTCOME_PROHIBITED, core.OUTCOME_PERMITTED]

    refusal = refused(lambda: letting.offer(allocation, first, checked[0].receipt_id))
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    assert "PROHIBITED" in refusal.details
    offer = letting.offer(allocation, second, checked[1].receipt_id)
    assert letting.state("flat") == "offered"
    refusal = refused(lambda: letting.offer(allocation, second, checked[1].receipt_id))
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    letting.accept(offer, agreed(letting, second, "flat"))
    tenancy = letting.contract(offer, agreed(letting, second, "flat"))
    assert letting.state("flat") == "let"
    again = refused(lambda: letting.contract(offer, agreed(letting, second, "flat")))
    assert again.code is grpc.StatusCode.FAILED_PRECONDITION
    assert "let" in again.details

    shown = letting.show("flat")
    assert [step.type for step in shown.steps] == [
        "vacancy.recorded",
        "vacancy.allocated",
        "offer.made",
        "offer.accepted",
        "tenancy.commenced",
    ]
    assert shown.steps[-1].step_id == tenancy
    assert shown.steps[-1].household_id == second
    assert shown.steps[-1].days["first_day"] == "2026-07-01"


def test_an_outdated_receipt_aborts_and_names_what_moved_and_a_new_one_works(
    letting: Letting, client: Client, refused: Refused
) -> None:
    letting.a_dwelling("flat", area="9999-kastanjeparken")
    allocation = letting.allocate(letting.vacancy("flat"))
    household, _ = letting.a_household()
    client.record(a_fallback(household))
    receipt = agreed(letting, household, "flat")
    [moved] = client.record(a_fallback(household, decision_day="2026-06-02"))
    head = client.head()
    refusal = refused(lambda: letting.offer(allocation, household, receipt))
    assert refusal.code is grpc.StatusCode.ABORTED
    assert refusal.reason == "ERROR_REASON_STALE"
    assert "referral.fallback_decided" in refusal.details
    assert refusal.metadata["moved_type"] == "referral.fallback_decided"
    assert refusal.metadata["moved_position"] == str(moved.position)
    assert refusal.metadata["receipt"] == "basis.receipt_ids[0]"
    assert client.head() == head
    assert letting.offer(allocation, household, agreed(letting, household, "flat"))


def test_an_acceptance_and_a_contract_are_checked_anew(
    letting: Letting, client: Client, refused: Refused
) -> None:
    letting.a_dwelling("flat", area="9999-kastanjeparken")
    allocation = letting.allocate(letting.vacancy("flat"))
    household, person = letting.a_household()
    [first] = client.record(a_fallback(household))
    receipt = agreed(letting, household, "flat")
    offer = letting.offer(allocation, household, receipt)
    [second] = client.record(a_fallback(household, decision_day="2026-06-02"))
    assert refused(lambda: letting.accept(offer, receipt)).code is grpc.StatusCode.ABORTED
    assert refused(lambda: letting.accept(offer)).code is grpc.StatusCode.FAILED_PRECONDITION
    letting.accept(offer, agreed(letting, household, "flat"))
    receipt = agreed(letting, household, "flat")
    for fallback in (first, second):
        client.retract(fallback.fact_id)
    client.record(facts.a_benefit(person, first_day="2025-06-01", last_day="2026-05-31"))
    assert refused(lambda: letting.contract(offer, receipt)).code is grpc.StatusCode.ABORTED
    refusal = refused(lambda: letting.contract(offer, agreed(letting, household, "flat")))
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    assert "PROHIBITED" in refusal.details
    assert letting.state("flat") == "accepted"


def test_an_undetermined_answer_leads_to_nothing(letting: Letting, refused: Refused) -> None:
    letting.a_dwelling("flat", area="9999-kastanjeparken")
    allocation = letting.allocate(letting.vacancy("flat"))
    household = letting.client.a_household()
    refusal = refused(
        lambda: letting.offer(allocation, household, agreed(letting, household, "flat"))
    )
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    assert "UNDETERMINED" in refusal.details


def test_receipts_and_events_about_others_move_nothing(letting: Letting, client: Client) -> None:
    letting.a_dwelling("flat", area="9999-kastanjeparken")
    allocation = letting.allocate(letting.vacancy("flat"))
    (household, _), (other, person) = letting.a_household(), letting.a_household()
    client.record(a_fallback(household))
    receipt = agreed(letting, household, "flat")
    agreed(letting, household, "flat")
    agreed(letting, other, "flat")
    letting.a_dwelling("elsewhere", area="9999-kastanjeparken")
    client.record(
        facts.a_benefit(person, first_day="2026-05-01", last_day="2026-05-31"),
        a_fallback(other),
        facts.area_figures("9999-hasselvangen", reference_day="2025-11-30"),
    )
    letting.vacancy("elsewhere")
    client.erase(person_id=person)
    assert letting.offer(allocation, household, receipt)


def test_a_dwelling_outside_every_area_rests_on_nobody(letting: Letting, client: Client) -> None:
    household, person = letting.a_household()
    allocation = letting.allocate(letting.vacancy(letting.a_dwelling("home")))
    receipt = agreed(letting, household)
    client.record(facts.a_benefit(person, first_day="2026-05-01", last_day="2026-05-31"))
    assert letting.offer(allocation, household, receipt)


def test_what_was_erased_leaves_no_receipt_to_rest_on(
    letting: Letting, client: Client, refused: Refused
) -> None:
    letting.a_dwelling("flat", area="9999-kastanjeparken")
    allocation = letting.allocate(letting.vacancy("flat"))
    household, _ = letting.a_household()
    client.record(a_fallback(household))
    receipt = agreed(letting, household, "flat")
    client.erase(household_id=household, data_class=core.DATA_CLASS_DECISIONS)
    refusal = refused(lambda: letting.offer(allocation, household, receipt))
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    assert refusal.reason == "ERROR_REASON_ERASED"


def test_a_receipt_of_another_household_dwelling_day_or_basis_is_refused(
    letting: Letting, allocation: str, refused: Refused
) -> None:
    (household, _), (other, _) = letting.a_household(), letting.a_household()
    letting.a_dwelling("elsewhere")
    wrong = {
        "another household": agreed(letting, other),
        "another dwelling": agreed(letting, household, "elsewhere"),
        "answers for 2026-06-14": agreed(letting, household, day="2026-06-14"),
        "another basis": letting.receipt(household, "home"),
        "is needed": "",
    }
    for what, receipt in wrong.items():
        receipts = [receipt] if receipt else []
        refusal = refused(partial(letting.offer, allocation, household, *receipts))
        assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
        assert what in refusal.details
    unknown = refused(lambda: letting.offer(allocation, household, an_id()))
    assert unknown.code is grpc.StatusCode.NOT_FOUND
    assert letting.state("home") == "allocated"


def test_an_acceptance_after_the_deadline_is_refused_and_the_offer_lapses(
    letting: Letting, allocation: str, today: Today, refused: Refused
) -> None:
    household, _ = letting.a_household()
    offer = letting.offer(allocation, household, agreed(letting, household))
    early = refused(lambda: letting.step("LapseOffer", offer_id=offer))
    assert early.code is grpc.StatusCode.FAILED_PRECONDITION
    today.day = today.day.replace(day=26)
    late = refused(lambda: letting.accept(offer, agreed(letting, household, day="2026-06-26")))
    assert late.code is grpc.StatusCode.FAILED_PRECONDITION
    assert "2026-06-25" in late.details
    letting.step("LapseOffer", offer_id=offer)
    assert letting.state("home") == "allocated"
    gone = refused(lambda: letting.accept(offer, agreed(letting, household, day="2026-06-26")))
    assert "allocated" in gone.details
    second = letting.offer(
        allocation, household, agreed(letting, household, day="2026-06-26"), deadline="2026-06-30"
    )
    old = refused(lambda: letting.step("RefuseOffer", offer_id=offer))
    assert "a later one" in old.details
    letting.step("RefuseOffer", offer_id=second)
    assert letting.state("home") == "allocated"


def test_an_acceptance_on_the_last_day_of_the_deadline_is_in_time(
    letting: Letting, allocation: str, today: Today
) -> None:
    household, _ = letting.a_household()
    offer = letting.offer(allocation, household, agreed(letting, household))
    today.day = today.day.replace(day=25)
    letting.accept(offer, agreed(letting, household, day="2026-06-25"))
    assert letting.state("home") == "accepted"


def test_steps_follow_each_other_in_days_too(
    letting: Letting, today: Today, refused: Refused
) -> None:
    vacancy = letting.vacancy(letting.a_dwelling("home"))
    today.day = today.day.replace(day=17)
    allocation = letting.allocate(vacancy)
    household, _ = letting.a_household()
    at = {day: agreed(letting, household, day=f"2026-06-{day}") for day in (16, 17)}
    early = {"day": "2026-06-16"}
    back = {"allocation_id": allocation, "reason": pb.RELEASE_REASON_NOBODY}
    before = refused(lambda: letting.step("ReleaseAllocation", **back, **early))
    assert "the allocation, 2026-06-17" in before.details
    before = refused(lambda: letting.offer(allocation, household, at[16], **early))
    assert "the allocation, 2026-06-17" in before.details
    offer = letting.offer(allocation, household, at[17])
    today.day = today.day.replace(day=18)
    letting.accept(offer, agreed(letting, household, day="2026-06-18"))
    backdated = {"day": "2026-06-17"}
    before = refused(lambda: letting.contract(offer, at[17], **backdated))
    assert "the acceptance, 2026-06-18" in before.details
    tenancy = letting.contract(offer, agreed(letting, household, day="2026-06-18"))
    notice = {"tenancy_id": tenancy, "given_by": pb.PARTY_TENANT, "last_day": "2026-09-30"}
    before = refused(lambda: letting.step("GiveNotice", **notice, **backdated))
    assert "the contract, 2026-06-18" in before.details
    letting.step("GiveNotice", **notice)


def test_a_tenancy_begins_on_the_day_of_moving_in_that_a_referral_was_asked_for(
    letting: Letting, allocation: str, client: Client, refused: Refused
) -> None:
    household, _ = letting.a_household()
    request = eligibility.CheckReferralRequest(
        context=context(purpose="referral"),
        request_id=an_id(),
        question=eligibility.ReferralQuestion(
            household_id=household, dwelling_id="home", move_in_day="2026-08-01", **AGREED
        ),
    )
    receipt = client.eligibility.CheckReferral(request, timeout=20).decision.receipt_id
    offer = letting.offer(allocation, household, receipt)
    letting.accept(offer, receipt)
    other = refused(lambda: letting.contract(offer, receipt, first_day="2026-07-01"))
    assert "takeover on 2026-08-01" in other.details
    letting.contract(offer, receipt, first_day="2026-08-01")


def test_taking_an_offer_back_needs_a_named_person_with_reasons(
    letting: Letting, allocation: str, refused: Refused, instance: Instance
) -> None:
    household, _ = letting.a_household()
    offer = letting.offer(allocation, household, agreed(letting, household))
    for lacking in (
        {},
        {"decided_by": "Kim Sagsbehandler", "party_heard": True},
        {"decided_by": "Kim Sagsbehandler", "reasons": "Fejl."},
        {"reasons": "Fejl.", "party_heard": True},
    ):
        basis = pb.StepBasis(**lacking)
        refusal = refused(partial(letting.step, "WithdrawOffer", offer_id=offer, basis=basis))
        assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    basis = pb.StepBasis(decided_by="Kim Sagsbehandler", reasons="Fejl.", party_heard=False)
    letting.step("WithdrawOffer", offer_id=offer, basis=basis)
    last = letting.show("home").steps[-1]
    assert (last.type, last.decided_by, last.reasons) == (
        "offer.withdrawn",
        "Kim Sagsbehandler",
        "Fejl.",
    )
    assert last.HasField("party_heard")
    assert not last.party_heard
    stored = [event for event in instance.log.read() if event.type == "offer.withdrawn"]
    assert all(b"Kim" not in event.data + event.metadata for event in stored)


def test_a_repeated_step_gets_its_first_position_and_another_content_is_refused(
    letting: Letting, allocation: str, client: Client, instance: Instance, refused: Refused
) -> None:
    household, _ = letting.a_household()
    request = {
        "request_id": an_id(),
        "allocation_id": allocation,
        "household_id": household,
        "deadline": "2026-06-25",
        "basis": pb.StepBasis(receipt_ids=[agreed(letting, household)]),
    }
    first = letting.call("MakeOffer", **request).recorded
    letting.accept(first.step_id, agreed(letting, household))
    head = client.head()
    assert letting.call("MakeOffer", **request).recorded == first
    other = refused(lambda: letting.call("MakeOffer", **{**request, "deadline": "2026-06-24"}))
    assert other.code is grpc.StatusCode.ALREADY_EXISTS
    vacancy = {"request_id": an_id(), "dwelling_id": letting.a_dwelling("x"), "vacant_from": TODAY}
    again = letting.call("RecordVacancy", **vacancy).recorded
    [stands] = instance.view().find(DwellingRecorded, "x")
    letting.client.correct(
        str(stands.event_id),
        facts.a_dwelling("x", outside_areas=True, area="", organisation="9", department="9"),
    )
    assert letting.call("RecordVacancy", **vacancy).recorded == again
    assert client.head() == head + 3


def test_validate_only_checks_everything_and_records_nothing(
    letting: Letting, allocation: str, client: Client, refused: Refused
) -> None:
    household, _ = letting.a_household()
    receipt = agreed(letting, household)
    head = client.head()
    assert letting.offer(allocation, household, receipt, validate_only=True) == ""
    refused(lambda: letting.offer(allocation, household, validate_only=True))
    assert client.head() == head


def test_every_wrong_field_of_a_step_is_named(letting: Letting, refused: Refused) -> None:
    refusal = refused(
        lambda: letting.call(
            "MakeOffer",
            request_id="no",
            allocation_id="no",
            household_id="",
            day="2026-06-16",
            deadline="soon",
            basis=pb.StepBasis(receipt_ids=["no"], decided_by="x" * 201, reasons="x" * 4001),
        )
    )
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert set(refusal.fields) >= {
        "request_id",
        "allocation_id",
        "household_id",
        "day",
        "deadline",
        "basis.receipt_ids[0]",
        "basis.decided_by",
        "basis.reasons",
    }


def test_a_vacancy_needs_a_dwelling_with_its_department(letting: Letting, refused: Refused) -> None:
    letting.a_dwelling("nowhere", department="")
    letting.a_dwelling("old", kind=core.DWELLING_KIND_ELDERLY)
    for dwelling in ("unknown", "nowhere", "old"):
        refusal = refused(partial(letting.vacancy, dwelling))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
        assert "dwelling_id" in refusal.fields


def test_a_tenancy_ends_by_notice_and_the_dwelling_is_let_anew(
    letting: Letting, allocation: str, refused: Refused
) -> None:
    household, _ = letting.a_household()
    offer = letting.offer(allocation, household, agreed(letting, household))
    letting.accept(offer, agreed(letting, household))
    before = refused(
        lambda: letting.contract(offer, agreed(letting, household), first_day="2026-06-14")
    )
    assert "vacant from" in before.details
    tenancy = letting.contract(offer, agreed(letting, household))
    refused(lambda: letting.vacancy("home"))
    end = {"tenancy_id": tenancy, "cause": pb.END_CAUSE_NOTICE, "last_day": "2026-09-30"}
    assert "no notice" in refused(lambda: letting.step("EndTenancy", **end)).details
    landlord = refused(
        lambda: letting.step(
            "GiveNotice",
            tenancy_id=tenancy,
            given_by=pb.PARTY_LANDLORD,
            last_day="2026-09-30",
            basis=pb.StepBasis(decided_by="Kim", reasons="Fejl.", party_heard=True),
        )
    )
    assert landlord.code is grpc.StatusCode.FAILED_PRECONDITION
    assert "notice or termination" in landlord.details
    letting.step("GiveNotice", tenancy_id=tenancy, given_by=pb.PARTY_TENANT, last_day="2026-09-30")
    assert letting.state("home") == "under_notice"
    other = {**end, "last_day": "2026-08-31"}
    assert "2026-09-30" in refused(lambda: letting.step("EndTenancy", **other)).details
    letting.step("EndTenancy", **end)
    assert letting.state("home") == "free"
    refused(lambda: letting.vacancy("home", vacant_from="2026-09-30"))
    letting.vacancy("home", vacant_from="2026-10-01")


def test_steps_are_not_corrected_or_retracted(
    letting: Letting, allocation: str, client: Client, refused: Refused
) -> None:
    household, _ = letting.a_household()
    offer = letting.offer(allocation, household, agreed(letting, household))
    for step in (allocation, offer):
        refusal = refused(partial(client.retract, step))
        assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION


@pytest.mark.parametrize("until", ["offered", "accepted", "let"])
def test_an_erased_household_leaves_a_dwelling_that_can_be_let_and_no_link(
    letting: Letting, client: Client, instance: Instance, refused: Refused, until: str
) -> None:
    allocation = letting.allocate(letting.vacancy(letting.a_dwelling("home")))
    household, _ = letting.a_household()
    offer = letting.offer(allocation, household, agreed(letting, household))
    assert refused(lambda: letting.step("FreeDwelling", dwelling_id="home")).code is (
        grpc.StatusCode.FAILED_PRECONDITION
    )
    if until != "offered":
        letting.accept(offer, agreed(letting, household))
    if until == "let":
        letting.contract(offer, agreed(letting, household))
    client.erase(household_id=household)
    shown = letting.show("home")
    assert letting.state("home") == until
    assert [step.household_id for step in shown.steps] == [""] * len(shown.steps)
    assert all(step.erased for step in shown.steps if step.type.startswith(("offer", "tenancy")))
    other, _ = letting.a_household()
    taken = refused(lambda: letting.offer(allocation, other, agreed(letting, other)))
    assert taken.code is grpc.StatusCode.FAILED_PRECONDITION
    erased = refused(lambda: letting.step("RefuseOffer", offer_id=offer))
    assert erased.reason == "ERROR_REASON_ERASED"
    letting.step("FreeDwelling", dwelling_id="home")
    if until == "let":
        letting.allocate(letting.vacancy("home"))
        allocation = letting.show("home").steps[-1].step_id
    assert letting.offer(allocation, other, agreed(letting, other))


def test_a_step_shows_the_token_of_the_class_tenancy_and_its_dwelling_alone(
    letting: Letting, allocation: str, instance: Instance
) -> None:
    household, _ = letting.a_household()
    letting.offer(allocation, household, agreed(letting, household))
    [event] = [event for event in instance.log.read() if event.type == "offer.made"]
    token, dwelling = event.tags
    assert dwelling == "dwelling:home"
    found = instance.keys.subject_of(token.removeprefix("h:"))
    assert found is not None
    assert str(found[0]) == household
    assert found[1] == "tenancy"
    elsewhere = [e for e in instance.log.read() if token in e.tags and e.position < event.position]
    assert elsewhere == []


def test_a_housing_organisation_lets_from_its_list_over_the_same_calls(
    organisation: Client, refused: Refused
) -> None:
    letting = Letting(organisation)
    household, person = an_id(), an_id()
    organisation.record(
        facts.a_household(household),
        facts.a_person(person),
        facts.a_member(household, person),
        facts.members_attested(household),
        facts.nothing_decided(),
    )
    letting.a_dwelling("home")
    vacancy = letting.vacancy("home")
    assert letting.due(vacancy).due.channel == pb.CHANNEL_EXTERNAL
    allocation = letting.allocate(vacancy)

    def answered(channel: eligibility.LettingChannel.ValueType) -> str:
        request = eligibility.CheckLettingRequest(
            context=context(purpose="letting"),
            request_id=an_id(),
            question=eligibility.LettingQuestion(
                household_id=household, dwelling_id="home", channel=channel
            ),
        )
        decision = organisation.eligibility.CheckLetting(request, timeout=20).decision
        assert decision.outcome == core.OUTCOME_PERMITTED
        return decision.receipt_id

    other = answered(eligibility.LETTING_CHANNEL_REHOUSING)
    refusal = refused(partial(letting.offer, allocation, household, other))
    assert "another basis" in refusal.details
    receipt = answered(eligibility.LETTING_CHANNEL_WAITING_LIST)
    offer = letting.offer(allocation, household, receipt)
    letting.accept(offer, receipt)
    letting.contract(offer, receipt)
    [row] = letting.rows()
    assert row.in_order
    assert row.turn.channel == pb.CHANNEL_EXTERNAL
    shown = organisation.tenancies.ListVacancies(
        pb.ListVacanciesRequest(context=context(), organisation="0042"), timeout=20
    )
    assert list(shown.vacancies) == []


def test_vacancies_are_listed_with_their_state_and_channel(letting: Letting) -> None:
    letting.a_dwelling("free")
    first = letting.vacancy(letting.a_dwelling("first"))
    second = letting.vacancy(letting.a_dwelling("second", department="008"))
    allocation = letting.allocate(second)
    request = pb.ListVacanciesRequest(context=context(), organisation="0042")
    listed = letting.stub.ListVacancies(request, timeout=20).vacancies
    assert [(each.vacancy_id, each.state) for each in listed] == [
        (first, pb.DWELLING_STATE_VACANT),
        (second, pb.DWELLING_STATE_ALLOCATED),
    ]
    assert (listed[0].allocation_id, listed[1].allocation_id) == ("", allocation)
    assert listed[1].channel == pb.CHANNEL_REFERRAL
    request.department = "008"
    assert len(letting.stub.ListVacancies(request, timeout=20).vacancies) == 1
    assert [row.dwelling_id for row in letting.rows(department="008")] == ["second"]
    assert letting.rows(department="007") == []


def test_a_youth_dwelling_is_referred_on_section_59_stk_3(
    letting: Letting, refused: Refused
) -> None:
    letting.a_share(1, 1, basis=facts.pb.SHARE_BASIS_AGREED, kind=core.DWELLING_KIND_YOUTH)
    letting.a_dwelling("room", kind=core.DWELLING_KIND_YOUTH)
    allocation = letting.allocate(letting.vacancy("room"))
    household, _ = letting.a_household()
    receipt = letting.receipt(household, "room", basis=eligibility.REFERRAL_BASIS_STK_3)
    assert letting.offer(allocation, household, receipt)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"denominator": 3}, "numerator"),
        ({"numerator": 0}, "numerator"),
        ({"denominator": 0}, "denominator"),
        ({"organisation": ""}, "organisation"),
        ({"kind": core.DWELLING_KIND_ELDERLY}, "kind"),
        ({"basis": facts.pb.SHARE_BASIS_AREA}, "departments"),
        ({"basis": 0}, "basis"),
        ({"decided_by": ""}, "decided_by"),
        ({"last_day": "2025-12-31"}, "last_day"),
    ],
)
def test_a_share_beyond_the_act_is_refused(
    letting: Letting, refused: Refused, wrong: dict[str, Any], field: str
) -> None:
    refusal = refused(partial(letting.a_share, **wrong))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert f"facts[0].letting_share_decided.{field}" in refusal.fields
