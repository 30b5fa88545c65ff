"""What a caller leaves out is not said: the wire's defaults are never facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as pb
from husret.v1 import tenancy_service_pb2 as tenancies
from tests.api.client import (
    Client,
    Refusal,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_area,
    an_id,
    context,
    members_attested,
)
from tests.api.test_termination import DAY, SINCE, Home, a_disposal

Refused = Callable[[Callable[[], object]], Refusal]

_SAYS_WHAT_IS_ASKED = "a switch of the call: left out, it is off"
_NEVER_ZERO = "0 is refused, or the same as left out: nothing is so many"
_CONTENT = "what the criteria or the decision says: what it does not say, it does not ask or give"
_OWN = "the controller's own decision: what is not recorded is not taken (design 2.2)"
_CLAIM = "a claim that lifts: not claimed, the rule stands, and the answer names what would lift it"
_CAREFUL = "left out, the careful reading is taken and said"

ABSENCE_IS_THE_DEFAULT = {
    "preview": _SAYS_WHAT_IS_ASKED,
    "omit_texts": _SAYS_WHAT_IS_ASKED,
    "validate_only": _SAYS_WHAT_IS_ASKED,
    "page_size": _SAYS_WHAT_IS_ASKED,
    "ListFactsRequest.standing_only": _SAYS_WHAT_IS_ASKED,
    "texts": _SAYS_WHAT_IS_ASKED,
    "RecordFilesRequest.tell_problems": _SAYS_WHAT_IS_ASKED,
    "LettingQuestion.nobody_else": _CLAIM,
    "Candidate.exempt": "left out, the criteria are met by a way, which gives the rank",
    "ReferralRightDecided.half_of_own_flats": _OWN,
    "ReferralIncreaseApproved.dwellings": _NEVER_ZERO,
    "PrivateReferralAgreed.flats": _NEVER_ZERO,
    "Figures.exact": _CAREFUL,
    "DwellingRecorded.outside_areas": "one of it and an area must be given",
    "SaleQuestion.outside_areas": "one of it and an area must be given",
    "CompetenceQuestion.outside_areas": "one of it and an area must be given",
    "DwellingRecorded.rooms": _NEVER_ZERO,
    "RecordFactsRequest.accept_implausible": "left out, nothing is confirmed",
    "RecordFilesRequest.accept_implausible": "left out, nothing is confirmed",
    "RecordFilesRequest.accept_new": "left out, nothing is confirmed",
    "CorrectFactRequest.accept_implausible": "left out, nothing is confirmed",
    "RecordFactsRequest.accept_new": "left out, nothing is confirmed",
    "CorrectFactRequest.accept_new": "left out, nothing is confirmed",
    **dict.fromkeys(("LettingCriterion", "LettingCondition"), _CONTENT),
    **dict.fromkeys(("LettingWay", "LettingClause"), _CONTENT),
    **dict.fromkeys(("LettingTurn", "LettingOtherShare", "CriteriaSet.most_a_year"), _CONTENT),
    "CriteriaSet.share": "left out, all vacant dwellings, as § 60, stk. 1 has it",
    "CriteriaSet.share_of_every": "left out, the share is per cent",
    "CriteriaSet.priority_only": _CONTENT,
    "CriteriaSet.exempt_residents": _CONTENT,
    "CriteriaSet.couple_months": _CONTENT,
    "CriteriaSet.certificate": _CONTENT,
    "CombinedLettingDecided.extended": _CONTENT,
    "DisposalDecided.minister_asked": _OWN,
    "DisposalDecided.taken_over": _OWN,
    "RecordVacancyRequest.awaits_other_use": _OWN,
}
"""Numbers and yes-or-nos without presence, by field, message, or message and field, and why."""

_PLAIN = (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_ENUM, FieldDescriptor.TYPE_BYTES)
"""Empty text is never a value of these, and an enum's zero says that nothing is given."""


def _messages(start: Descriptor, seen: set[str]) -> Iterator[Descriptor]:
    if start.full_name in seen:
        return
    seen.add(start.full_name)
    yield start
    for field in start.fields:
        if field.message_type is not None:
            yield from _messages(field.message_type, seen)


def _asked_or_recorded() -> Iterator[FieldDescriptor]:
    seen: set[str] = set()
    for module in (eligibility, pb, tenancies):
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                for message in _messages(method.input_type, seen):
                    yield from message.fields


def test_every_number_and_yes_or_no_that_is_asked_or_recorded_can_be_left_unsaid() -> None:
    without = {
        f"{field.full_name.split('.')[-2]}.{field.name}"
        for field in _asked_or_recorded()
        if not field.is_repeated and not field.has_presence and field.type not in _PLAIN
    }
    unexplained = {
        name for name in without if not {name, *name.split(".")} & set(ABSENCE_IS_THE_DEFAULT)
    }
    assert unexplained == set()
    named = {name for name in ABSENCE_IS_THE_DEFAULT if "." in name}
    assert named <= without, "a reason is kept for a field that needs none"


@pytest.fixture
def home(organisation: Client) -> Home:
    return a_home(organisation)


def a_home(client: Client) -> Home:
    household, tenant, son = an_id(), an_id(), an_id()
    client.record(
        an_area(),
        a_dwelling("dar-1"),
        a_household(household),
        *(a_person(each) for each in (tenant, son)),
        *(a_member(household, each, **SINCE) for each in (tenant, son)),
        members_attested(household, **SINCE),
    )
    return Home(client, household, tenant, son)


def test_a_sublet_says_whether_it_is_of_the_whole_dwelling(home: Home, refused: Refused) -> None:
    refusal = refused(lambda: home.check("Sublet", rent_exceeds_own=core.STATED_NO))
    assert set(refusal.fields) == {"question.whole"}


def test_who_stays_is_asked_for_and_nobody_may_be_said_to(home: Home) -> None:
    papers = {"copy_sent_on": "2026-05-20", "starts_on": DAY, "rent_exceeds_own": core.STATED_NO}
    asked: dict[str, Any] = {"whole": False, "rooms_sublet": 1, **papers}
    home.client.record(a_dwelling("dar-2", rooms=2))
    unsaid = home.check("Sublet", _sublet(home, **asked))
    assert unsaid.outcome == core.OUTCOME_UNDETERMINED
    assert "staying_stated" in {each.kind for each in unsaid.missing}
    said = home.check("Sublet", _sublet(home, staying=1, **asked))
    assert said.outcome == core.OUTCOME_PROHIBITED


def _sublet(home: Home, **values: Any) -> eligibility.SubletQuestion:
    return eligibility.SubletQuestion(
        household_id=home.household, dwelling_id="dar-2", day=DAY, **values
    )


@pytest.mark.parametrize(
    ("fact", "fields"),
    [
        (
            pb.Fact(approval_answered=pb.ApprovalAnswered(received_on=DAY, sent_on=DAY)),
            {"facts[0].approval_answered.refused"},
        ),
        (
            pb.Fact(
                distance_measured=pb.DistanceMeasured(
                    offence="offence-1",
                    dwelling="dar-1",
                    method=pb.DISTANCE_METHOD_PROPERTY_BOUNDARY,
                    crs="EPSG:25832",
                    library="shapely",
                    library_version="2",
                    measured_on=DAY,
                )
            ),
            {
                "facts[0].distance_measured.shortest_cm",
                "facts[0].distance_measured.longest_cm",
            },
        ),
    ],
    ids=["refused", "distance"],
)
def test_what_must_be_said_is_not_taken_to_be_nothing(
    home: Home, refused: Refused, fact: pb.Fact, fields: set[str]
) -> None:
    name = fact.WhichOneof("fact")
    assert name is not None
    of = {"household_id": home.household} if name == "approval_answered" else {}
    of = of or {"person_id": home.son}
    for field, value in of.items():
        setattr(getattr(fact, name), field, value)
    assert set(refused(lambda: home.client.record(fact)).fields) == fields


def test_dwellings_counted_are_counted(client: Client, refused: Refused) -> None:
    counted = pb.FamilyDwellingsCounted(municipality="9999", counted_on=DAY)
    refusal = refused(lambda: client.record(pb.Fact(family_dwellings_counted=counted)))
    assert set(refusal.fields) == {
        "facts[0].family_dwellings_counted.in_listed_areas",
        "facts[0].family_dwellings_counted.in_municipality",
    }


def test_a_municipality_that_took_the_rehousing_over_may_ask_about_it(client: Client) -> None:
    home = a_home(client)
    client.record(a_disposal(plan=pb.PLAN_KIND_MUNICIPAL, ordered=core.STATED_YES))
    answer = home.check("Rehousing", rooms_before=3)
    assert answer.outcome == core.OUTCOME_PERMITTED
    assert [duty.code for duty in answer.duties] == [
        "MUNICIPALITY_REHOUSES",
        "MUST_OFFER_IN_PROPERTY",
    ]


def test_an_order_is_of_a_sale_or_demolition_under_the_municipalitys_own_plan(
    home: Home, refused: Refused
) -> None:
    facts = [
        a_disposal(ordered=core.STATED_YES, plan=pb.PLAN_KIND_JOINT),
        a_disposal(
            ordered=core.STATED_YES,
            plan=pb.PLAN_KIND_MUNICIPAL,
            kind=pb.DISPOSAL_KIND_REBUILDING,
            decision_day="2024-01-09",
        ),
    ]
    refusal = refused(lambda: home.client.record(*facts))
    assert set(refusal.fields) == {
        "facts[0].disposal_decided.ordered",
        "facts[1].disposal_decided.ordered",
    }
    fact = a_disposal(rebuilt_as=core.DWELLING_KIND_YOUTH)
    refusal = refused(lambda: home.client.record(fact))
    assert set(refusal.fields) == {"facts[0].disposal_decided.rebuilt_as"}


def test_a_care_dwelling_needs_another_and_another_kind_needs_none(home: Home) -> None:
    care = {"kind": core.DWELLING_KIND_ELDERLY}
    home.client.record(
        a_dwelling("care", care=core.STATED_YES, **care),
        a_dwelling("none", care=core.STATED_NO, **care),
        a_disposal(dwellings=["care", "none"]),
    )
    found = {}
    for dwelling in ("care", "none"):
        asked = eligibility.NoticeQuestion(
            household_id=home.household,
            dwelling_id=dwelling,
            day=DAY,
            ground=eligibility.NOTICE_GROUND_DEMOLITION,
            written=core.STATED_YES,
            states_ground=core.STATED_YES,
            states_objection=core.STATED_YES,
            received_on=DAY,
            other_dwelling_assigned=core.STATED_NO,
        )
        found[dwelling] = home.check("Notice", asked).outcome
    assert found == {"care": core.OUTCOME_PROHIBITED, "none": core.OUTCOME_DISCRETIONARY}


def test_the_order_of_candidates_says_what_was_not_said(organisation: Client) -> None:
    def order(**tenant: Any) -> list[tuple[str, dict[str, str]]]:
        answer = organisation.eligibility.OrderCandidates(
            eligibility.OrderCandidatesRequest(
                context=context(),
                due=eligibility.WAITING_LIST_INTERNAL,
                candidates=[
                    eligibility.Candidate(
                        key="tenant",
                        waiting_list=eligibility.WAITING_LIST_INTERNAL,
                        registered_on="2015-01-01",
                        **tenant,
                    ),
                    eligibility.Candidate(
                        key="family",
                        waiting_list=eligibility.WAITING_LIST_ORDINARY,
                        registered_on="2010-01-01",
                        children=True,
                    ),
                ],
            )
        )
        return [(turn.key, {r.kind: r.value for r in turn.reasons}) for turn in answer.turns]

    assert [key for key, _ in order(larger=True)] == ["family", "tenant"]
    assert [key for key, _ in order(larger=False)] == ["tenant", "family"]
    (first, reasons), _ = order()
    assert (first, reasons["larger"], reasons["department"]) == ("tenant", "?", "?")


def test_a_certificate_is_not_demanded_of_whoever_is_referred(organisation: Client) -> None:
    organisation.import_areas()
    organisation.record(a_dwelling("dar-9", area="9999-kastanjeparken"))

    def ask(channel: int = 0) -> core.Decision:
        request = eligibility.MayRequestCriminalRecordRequest(
            context=context(), dwelling_id="dar-9", day="2026-01-20"
        )
        request.channel = channel  # type: ignore[assignment]  # a number stands for its name
        return organisation.eligibility.MayRequestCriminalRecord(request).decision

    anyone = ask()
    assert anyone.outcome == core.OUTCOME_PERMITTED
    assert "anviser" in anyone.summary.da
    assert ask(eligibility.LETTING_CHANNEL_REFERRAL).outcome == core.OUTCOME_PROHIBITED


def test_a_municipality_asks_about_a_lease_against_its_criteria(client: Client) -> None:
    home = a_home(client)
    bound: dict[str, Any] = {
        "sold_in_vulnerable_area": core.STATED_YES,
        "taken_over_on": "2022-01-01",
    }
    asked = home.check("PrivateLease", **bound)
    assert asked.outcome == core.OUTCOME_UNDETERMINED
    against = home.check("PrivateLease", meets_criteria=core.STATED_NO, **bound)
    assert against.outcome == core.OUTCOME_PROHIBITED
    assert [duty.code for duty in against.duties] == ["MUST_ORDER_TERMINATION"]
    assert against.receipt_id
