"""Recording facts over the API: what is recorded, what is refused, and what a repeat does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import grpc
import pytest

from domain.data_classes import DataClass
from domain.events import BY_FACT
from domain.facts import Benefit, ControllerKind
from husret.v1 import core_pb2
from husret.v1 import fact_service_pb2 as pb
from services.api import enums
from services.api.facts import FACTS
from services.instance.instance import Instance
from tests.api.client import (
    AREA,
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_fallback,
    a_household,
    a_member,
    a_person,
    an_area,
    an_id,
    area_figures,
    benefits_attested,
    citizenship,
    enrolment,
    members_attested,
)
from tests.api.conftest import served
from tests.api.examples import example
from tests.support import scaled

Refused = Callable[[Callable[[], object]], Refusal]


def with_others(
    stated: list[pb.Fact], kind: ControllerKind, household: str, person: str
) -> list[pb.Fact]:
    """Add an example of each kind that no fact is stated of here, and that only `kind` may hold."""
    apart = OF_ENDING | OF_SALES | OF_STEPS | OF_CASES
    said = {fact.WhichOneof("fact") for fact in stated} | apart
    others = [
        name
        for name, fact in FACTS.items()
        if name not in said
        and sorted(BY_FACT[fact].held_by)[-1] is kind  # of both: the municipality
    ]
    return [*stated, *(example(name, household, person) for name in others)]


def everything(household: str, person: str) -> list[pb.Fact]:
    """One fact of every kind that a municipality may hold, each of them right."""
    stated = [
        a_person(person, name="Bo Prøve", cpr="610180-0001"),
        a_household(household),
        a_member(household, person),
        members_attested(household),
        a_benefit(person),
        benefits_attested(person),
        citizenship(person),
        enrolment(person),
        a_fallback(household),
        an_area(),
        pb.Fact(
            area_parcels=pb.AreaParcels(area=AREA, parcels=["12a Prøve By"], first_day="2018-12-01")
        ),
        area_figures(),
        pb.Fact(
            reference_figures=pb.ReferenceFigures(
                place="Prøveland",
                reference_day="2024-01-01",
                figures=pb.Figures(residents=5_900_000, convicted_share="0.75"),
                source="made up",
            )
        ),
        pb.Fact(area_renamed=pb.AreaRenamed(area=AREA, name="Nyparken", first_day="2024-01-01")),
        pb.Fact(
            area_change_approved=pb.AreaChangeApproved(
                area=AREA,
                change=pb.AREA_CHANGE_EXTENSION,
                parts=[pb.AreaPart(area=AREA, parcels=["12b Prøve By"])],
                approved_on="2024-01-01",
                source="made up",
            )
        ),
        pb.Fact(
            grouping_approved=pb.GroupingApproved(
                area=AREA, approved_on="2024-01-01", source="made up"
            )
        ),
        pb.Fact(
            origin_criterion_suspended=pb.OriginCriterionSuspended(
                first_day="2026-03-01",
                decided_by="Byrådet",
                reason="made up",
                legal_basis="direktiv 2000/43/EF",
            )
        ),
        a_dwelling("dar-1"),
        pb.Fact(
            family_dwellings_counted=pb.FamilyDwellingsCounted(
                municipality="9999",
                counted_on="2026-01-01",
                in_listed_areas=310,
                in_municipality=1000,
            )
        ),
        pb.Fact(
            exemption_decided=pb.ExemptionDecided(
                municipality="9999",
                decision_day="2026-02-01",
                areas=[AREA],
                share_used="31.0",
                decided_by="Byrådet",
            )
        ),
        pb.Fact(
            plan_approved=pb.PlanApproved(
                area=AREA, kind=pb.PLAN_KIND_JOINT, approved_on="2019-06-01"
            )
        ),
        pb.Fact(plan_sent=pb.PlanSent(area=AREA, kind=pb.PLAN_KIND_JOINT, sent_on="2019-05-20")),
        pb.Fact(plan_carried_out=pb.PlanCarriedOut(area=AREA, carried_out_on="2026-06-01")),
        pb.Fact(
            dwellings_relabelled=pb.DwellingsRelabelled(
                area=AREA,
                unit="block-1",
                kind=core_pb2.DWELLING_KIND_FAMILY,
                to_kind=core_pb2.DWELLING_KIND_YOUTH,
                dwellings=10,
                relabelled_on="2021-01-01",
            )
        ),
        pb.Fact(
            dwellings_merged=pb.DwellingsMerged(
                area=AREA,
                unit="block-2",
                kind=core_pb2.DWELLING_KIND_FAMILY,
                dwellings=10,
                merged_into=5,
                merged_on="2021-01-01",
            )
        ),
        pb.Fact(
            dwellings_sold=pb.DwellingsSold(
                area=AREA,
                unit="block-3",
                kind=core_pb2.DWELLING_KIND_FAMILY,
                dwellings=10,
                taken_over_on="2021-01-01",
            )
        ),
        example("winding_up_ordered", household, person),
        pb.Fact(
            plan_dispensation_applied=pb.PlanDispensationApplied(
                area=AREA,
                under=pb.PLAN_DISPENSATION_STK_3,
                kind=pb.PLAN_KIND_JOINT,
                applied_on="2019-02-01",
                share="55.0",
            )
        ),
        pb.Fact(
            reading_chosen=pb.ReadingChosen(
                point="AMB-WINDOW",
                reading="a",
                first_day="2026-01-01",
                chosen_by="Juridisk afdeling",
                reason="Kommunens praksis.",
            )
        ),
        a_release(person),
        pb.Fact(
            releases_attested=pb.ReleasesAttested(
                person_id=person, first_day="2025-12-01", last_day="2026-06-01"
            )
        ),
        a_termination(person),
        pb.Fact(
            terminations_attested=pb.TerminationsAttested(
                person_id=person, first_day="2025-12-01", last_day="2026-06-01"
            )
        ),
        a_refugee(person),
        pb.Fact(
            ukraine_permit_attested=pb.UkrainePermitAttested(
                person_id=person, permit=pb.ANSWER_NO, first_day="2026-01-01"
            )
        ),
        a_ukraine_decision(household),
        pb.Fact(
            replacement_right_attested=pb.ReplacementRightAttested(
                household_id=household, entitled=pb.ANSWER_YES, first_day="2026-01-01"
            )
        ),
        a_right(),
        pb.Fact(
            referral_agreed=pb.ReferralAgreed(
                municipality="9999",
                organisation="0999",
                kind=core_pb2.DWELLING_KIND_FAMILY,
                agreed_on="2026-01-01",
            )
        ),
        pb.Fact(
            referral_increase_approved=pb.ReferralIncreaseApproved(
                municipality="9999", approved_on="2026-01-01", dwellings=12
            )
        ),
        a_private_agreement(),
        pb.Fact(
            letting_share_decided=pb.LettingShareDecided(
                organisation="0042",
                basis=pb.SHARE_BASIS_QUARTER,
                kind=core_pb2.DWELLING_KIND_FAMILY,
                numerator=1,
                denominator=4,
                first_day="2026-01-01",
                decided_by="Byrådet",
            )
        ),
        pb.Fact(
            criteria_set=agreed("elme-2026"),
        ),
        pb.Fact(
            problems_found=pb.ProblemsFound(
                organisation="0042",
                department="1",
                found=True,
                found_by="Landsbyggefonden",
                first_day="2026-01-01",
            )
        ),
        pb.Fact(
            combined_letting_decided=pb.CombinedLettingDecided(
                area=AREA, decided_on="2026-01-01", first_day="2026-02-01"
            )
        ),
        pb.Fact(
            approval_scheme_decided=pb.ApprovalSchemeDecided(
                municipality="9999", organisation="0000", first_day="2026-01-01"
            )
        ),
        pb.Fact(
            occupancy_cap_used=pb.OccupancyCapUsed(
                municipality="9999", organisation="0000", first_day="2026-01-01"
            )
        ),
        pb.Fact(
            nothing_decided=pb.NothingDecided(
                municipality="9999",
                decisions=["combined_letting_decided", "plan_approved"],
                first_day="2026-01-01",
                answered_by="Kommunen, Almene Boliger",
            )
        ),
        pb.Fact(
            dispensation_decided=pb.DispensationDecided(
                household_id=household,
                decision_day="2026-06-01",
                decided_by="Kim Sagsbehandler",
                reasons="Arbejde fra næste måned.",
                party_heard=True,
                factors=[pb.DISPENSATION_FACTOR_WORK_OR_EDUCATION_SOON],
            )
        ),
    ]
    return with_others(stated, ControllerKind.MUNICIPALITY, household, person)


def a_release(person: str, **values: Any) -> pb.Fact:
    content: dict[str, Any] = {
        "released_on": "2026-03-01",
        "released_from": pb.RELEASED_FROM_PRISON_SENTENCE,
        "convicted": pb.CONVICTED_YES,
        "action_plan": pb.ACTION_PLAN_DUTY,
        **values,
    }
    return pb.Fact(release_recorded=pb.ReleaseRecorded(person_id=person, **content))


def a_termination(person: str, **values: Any) -> pb.Fact:
    content: dict[str, Any] = {
        "ended_on": "2026-03-01",
        "ending": pb.TENANCY_ENDING_LANDLORD,
        "cause": pb.TERMINATION_CAUSE_GROSS_BREACH_OF_GOOD_ORDER,
        **values,
    }
    return pb.Fact(termination_recorded=pb.TerminationRecorded(person_id=person, **content))


def a_refugee(person: str, allocated: pb.Answer.ValueType = pb.ANSWER_YES) -> pb.Fact:
    return pb.Fact(
        refugee_attested=pb.RefugeeAttested(
            person_id=person, allocated=allocated, first_day="2026-01-01"
        )
    )


def a_ukraine_decision(household: str, **values: Any) -> pb.Fact:
    content: dict[str, Any] = {
        "decision_day": "2026-03-01",
        "decided_by": "Afdelingsleder",
        "reasons": "Intet andet er muligt.",
        "party_heard": True,
        **values,
    }
    return pb.Fact(ukraine_decided=pb.UkraineDecided(household_id=household, **content))


def a_right(**values: Any) -> pb.Fact:
    content: dict[str, Any] = {
        "municipality": "9999",
        "right": pb.REFERRAL_RIGHT_STK_1,
        "decision_day": "2026-01-01",
        "decided_by": "Byrådet",
        **values,
    }
    return pb.Fact(referral_right_decided=pb.ReferralRightDecided(**content))


def a_private_agreement(**values: Any) -> pb.Fact:
    content: dict[str, Any] = {
        "municipality": "9999",
        "property": "ejendom-7",
        "agreed_on": "2026-01-01",
        "owners_invited": True,
        "share": "25",
        "flats": 40,
        **values,
    }
    return pb.Fact(private_referral_agreed=pb.PrivateReferralAgreed(**content))


def everything_of_an_organisation(household: str, person: str) -> list[pb.Fact]:
    """One fact of every kind that a housing organisation alone may hold, each of them right."""
    stated = [
        a_person(person),
        a_household(household),
        an_area(),
        pb.Fact(
            benefit_condition_attested=pb.BenefitConditionAttested(
                person_id=person,
                condition=core_pb2.BENEFIT_CONDITION_SIX_MONTHS_51B,
                answer=core_pb2.ATTESTED_ANSWER_NO,
                day="2026-06-01",
                municipality="9999",
                receipt_id=an_id(),
                receipt_hash="0f" * 32,
                readings=["AMB-WINDOW=a"],
                points=["AMB-WINDOW"],
            )
        ),
        pb.Fact(
            sight_attested=pb.SightAttested(
                person_id=person,
                kind=pb.CRITERION_KIND_EDUCATION,
                document=pb.DOCUMENT_KIND_STATEMENT_OF_ENROLMENT,
                issuer=pb.ISSUER_KIND_EDUCATIONAL_INSTITUTION,
                seen_by="clerk.7",
                seen_on="2026-06-01",
                first_day="2025-09-01",
                full_time=True,
                months=36,
            )
        ),
        pb.Fact(
            nothing_shown=pb.NothingShown(
                person_id=person, kinds=[pb.CRITERION_KIND_WORK], first_day="2026-06-01"
            )
        ),
        pb.Fact(
            certificate_seen=pb.CertificateSeen(
                person_id=person,
                area=AREA,
                seen_on="2026-06-01",
                seen_by="clerk.7",
                assessment=pb.CERTIFICATE_ASSESSMENT_RELEVANT,
            )
        ),
        pb.Fact(
            termination_notified=pb.TerminationNotified(
                person_id=person,
                terminated_on="2025-06-01",
                landlord=pb.LANDLORD_KIND_OTHER_SOCIAL,
                ended_under=pb.ENDED_UNDER_90_10,
                joint_area=pb.JOINT_AREA_FOUND,
            )
        ),
        pb.Fact(overdue_debt=pb.OverdueDebt(person_id=person, first_day="2026-01-01")),
        pb.Fact(
            approval_answered=pb.ApprovalAnswered(
                household_id=household,
                received_on="2026-06-01",
                refused=True,
                sent_on="2026-06-04",
            )
        ),
        pb.Fact(
            criteria_set=agreed(
                "eng-2026",
                pb.LettingClause(
                    says="Særlige forhold kan begrunde en bolig.",
                    does=pb.ASKS_MORE_WAY_IN,
                    looks=pb.LOOKS_AT_IT_ORGANISATION,
                ),
            )
        ),
        pb.Fact(
            clause_judged=pb.ClauseJudged(
                household_id=household,
                criteria="eng-2026",
                number=1,
                fits=True,
                decision_day="2026-06-01",
                decided_by="Kim Udlejer",
                reasons="En søn går i byens specialskole.",
                party_heard=True,
            )
        ),
        pb.Fact(
            opposition_assessed=pb.OppositionAssessed(
                household_id=household,
                ground=pb.OPPOSITION_GROUND_LETTING_30,
                decision_day="2026-06-01",
                decided_by="Kim Udlejer",
                reasons="Ganske særligt tilfælde.",
                party_heard=True,
            )
        ),
    ]
    return with_others(stated, ControllerKind.HOUSING_ORGANISATION, household, person)


def agreed(criteria: str, *clauses: pb.LettingClause) -> pb.CriteriaSet:
    """Return agreed criteria that ask for twenty hours of work, and what these clauses say."""
    work = pb.LettingCriterion(kind=pb.CRITERION_KIND_WORK, weekly_hours="20")
    condition = pb.LettingCondition(
        who=pb.MUST_MEET_APPLICANT,
        tested=pb.CRITERIA_TEST_CONTRACT,
        any_of=[pb.LettingAlternative(all_of=[work])],
    )
    return pb.CriteriaSet(
        criteria=criteria,
        municipality="9999",
        basis=pb.CRITERIA_BASIS_AGREED,
        set_on="2026-01-01",
        first_day="2026-02-01",
        announced_on="2026-01-15",
        organisation="0000",
        departments=["1"],
        confirmed_by="Udlejningschefen",
        ways=[pb.LettingWay(conditions=[condition])],
        clauses=clauses,
    )


OF_ENDING = {
    "police_notice",
    "judgment_in_case",
    "judgments_attested",
    "distance_measured",
    "proportionality_weighed",
    "termination_decided",
    "enforcement_requested",
    "sale_criteria_checked",
    "disposal_decided",
}
"""Facts of how a tenancy is ended, which `test_termination.py` records."""

OF_SALES = {"property_sold", "proceeds_settled", "proceeds_use_decided"}
"""Facts of what was sold, which `test_sales.py` records."""
OF_CASES = {"case_decided", "answer_remedied"}
"""What is decided on an answer: `tests/reports/test_letters.py` and `test_again.py` record it."""

OF_STEPS = {"vacancy_external_id"}
"""Facts of a step, which `test_external_ids.py` records."""


def test_one_fact_of_every_kind_is_recorded_in_one_request(
    client: Client, organisation: Client
) -> None:
    kinds = set()
    for instance, made in (
        (client, everything),
        (organisation, everything_of_an_organisation),
    ):
        facts = made(an_id(), an_id())
        kinds |= {fact.WhichOneof("fact") for fact in facts}
        recorded = instance.record(*facts)
        assert [each.position for each in recorded] == list(range(2, 2 + len(facts)))
        assert len({each.fact_id for each in recorded}) == len(facts)
    assert (
        kinds == set(pb.Fact.DESCRIPTOR.fields_by_name) - OF_ENDING - OF_SALES - OF_STEPS - OF_CASES
    )


SAYS_MORE = {
    "answer_remedied",
    "area_change_approved",
    "area_figures",
    "area_registered",
    "benefit_condition_attested",
    "case_decided",
    "clause_judged",
    "criteria_set",
    "distance_measured",
    "dwellings_merged",
    "dwellings_relabelled",
    "judgment_in_case",
    "letting_share_decided",
    "nothing_decided",
    "plan_carried_out",
    "plan_dispensation_applied",
    "plan_refused",
    "private_referral_agreed",
    "proceeds_settled",
    "proceeds_use_decided",
    "reading_chosen",
    "reference_figures",
    "sight_attested",
    "vacancy_external_id",
    "winding_up_plan_sent",
}
"""Facts of which something must hold between their fields or beside other facts."""


@pytest.mark.parametrize("name", sorted(set(FACTS) - SAYS_MORE))
def test_a_fact_that_says_what_its_declaration_asks_for_is_recorded(
    name: str, client: Client, organisation: Client
) -> None:
    of_municipality = ControllerKind.MUNICIPALITY in BY_FACT[FACTS[name]].held_by
    household, person = an_id(), an_id()
    before = (a_person(person), a_household(household), an_area(), a_dwelling("dar-1"))
    others = [fact for fact in before if fact.WhichOneof("fact") != name]
    recorded = (client if of_municipality else organisation).record(
        *others, example(name, household, person)
    )
    assert len(recorded) == len(others) + 1


def test_validate_only_records_nothing(client: Client) -> None:
    head = client.head()
    assert client.record(*everything(an_id(), an_id()), validate_only=True) == []
    assert client.head() == head


def test_what_was_only_validated_is_not_known_afterwards(client: Client, refused: Refused) -> None:
    person = an_id()
    client.record(a_person(person), validate_only=True)
    assert (
        "facts[0].benefit_period.person_id"
        in refused(lambda: client.record(a_benefit(person))).fields
    )


def test_a_repeated_request_gets_the_first_positions(client: Client) -> None:
    facts, request_id = everything(an_id(), an_id()), an_id()
    first = client.record(*facts, request_id=request_id)
    client.record(an_area("9999-birkelunden"))
    head = client.head()
    assert client.record(*facts, request_id=request_id) == first
    assert client.head() == head


def test_a_request_is_recognised_in_the_next_retention_period() -> None:
    days = [date(2026, 12, 31)]
    with served(Instance.in_memory(today=lambda: days[-1])) as client:
        fact, request_id = a_benefit(client.a_person()), an_id()
        first = client.record(fact, request_id=request_id)
        days.append(date(2027, 1, 1))
        assert client.record(fact, request_id=request_id) == first


def test_a_request_repeated_by_many_at_once_is_recorded_once(client: Client) -> None:
    facts, request_id = everything(an_id(), an_id()), an_id()
    head = client.head()
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: client.record(*facts, request_id=request_id), range(16)))
    assert all(result == results[0] for result in results)
    assert client.head() == head + len(facts)


def test_a_request_id_used_for_other_content_is_refused(client: Client, refused: Refused) -> None:
    person = client.a_person()
    request_id = an_id()
    client.record(a_benefit(person), request_id=request_id)
    for other in (
        [a_benefit(person, last_day="2025-06-30")],
        [a_benefit(client.a_person())],
        [a_benefit(person), a_benefit(person)],
        [an_area()],
    ):
        refusal = refused(partial(client.record, *other, request_id=request_id))
        assert refusal.code is grpc.StatusCode.ALREADY_EXISTS
        assert refusal.reason == "ERROR_REASON_REQUEST_ID_REUSED"
    refusal = refused(
        lambda: client.record(a_benefit(person), request_id=request_id, actor="clerk.8")
    )
    assert refusal.code is grpc.StatusCode.ALREADY_EXISTS


# --- Bad input ------------------------------------------------------------------------------

P = "00000000-0000-4000-8000-000000000001"
H = "00000000-0000-4000-8000-000000000002"

# Each: the facts, and the fields that must be named, all of them at once.
BAD: dict[str, tuple[list[pb.Fact], set[str]]] = {
    "an id that is no UUID": (
        [a_benefit("person-7")],
        {"facts[0].benefit_period.person_id"},
    ),
    "no id": ([a_benefit("")], {"facts[0].benefit_period.person_id"}),
    "a person, a household, an area that are unknown": (
        [
            a_benefit(an_id()),
            members_attested(an_id()),
            a_member(H, an_id()),
            a_dwelling("d", area="9999-nowhere", department_areas=["9999-nor-here"]),
            pb.Fact(
                plan_approved=pb.PlanApproved(
                    area="9999-nowhere", kind=pb.PLAN_KIND_MUNICIPAL, approved_on="2020-01-01"
                )
            ),
        ],
        {
            "facts[0].benefit_period.person_id",
            "facts[1].members_attested.household_id",
            "facts[2].household_member.person_id",
            "facts[3].dwelling_recorded.area",
            "facts[3].dwelling_recorded.department_areas[0]",
            "facts[4].plan_approved.area",
        },
    ),
    "days that don't exist or are written otherwise": (
        [
            a_benefit(P, first_day="2023-02-30", last_day="1/3 2023"),
            citizenship(P, first_day="20230101"),
            enrolment(P, first_day="2023-W01-1"),
            a_household(an_id(), registered_on=""),
        ],
        {
            "facts[0].benefit_period.first_day",
            "facts[0].benefit_period.last_day",
            "facts[1].citizenship_attested.first_day",
            "facts[2].enrolment_attested.first_day",
            "facts[3].household_registered.registered_on",
        },
    ),
    "the first day after the last": (
        [a_benefit(P, first_day="2025-03-01", last_day="2025-02-28")],
        {"facts[0].benefit_period.last_day"},
    ),
    "days that lie after today": (
        [
            a_benefit(P, last_day="2026-06-16"),
            a_benefit(P, first_day="2026-06-16", last_day=""),
            benefits_attested(P, last_day="2026-07-01"),
            members_attested(H, last_day="2026-07-01"),
            a_fallback(H, decision_day="2026-06-16"),
        ],
        {
            "facts[0].benefit_period.last_day",
            "facts[1].benefit_period.first_day",
            "facts[2].benefits_attested.last_day",
            "facts[3].members_attested.last_day",
            "facts[4].fallback_decided.decision_day",
        },
    ),
    "days beyond all reason": (
        [a_benefit(P, first_day="0001-01-01"), a_member(H, P, last_day="9999-12-31")],
        {"facts[0].benefit_period.first_day", "facts[1].household_member.last_day"},
    ),
    "words not given or not known": (
        [
            a_benefit(P, benefit=pb.BENEFIT_UNSPECIFIED),
            a_benefit(P, benefit=99),
            benefits_attested(P, benefits=[1, 0, 77, 1]),
            citizenship(P, condition=0),
            enrolment(P, enrolment=0),
            a_member(H, P, member_list=0),
            a_fallback(H, prevention_area=9),
            a_dwelling("d", kind=0, area="", outside_areas=True),
        ],
        {
            "facts[0].benefit_period.benefit",
            "facts[1].benefit_period.benefit",
            "facts[2].benefits_attested.benefits[1]",
            "facts[2].benefits_attested.benefits[2]",
            "facts[2].benefits_attested.benefits[3]",
            "facts[3].citizenship_attested.condition",
            "facts[4].enrolment_attested.enrolment",
            "facts[5].household_member.member_list",
            "facts[6].fallback_decided.prevention_area",
            "facts[7].dwelling_recorded.kind",
        },
    ),
    "benefits outside the days that they existed": (
        [
            a_benefit(
                P,
                benefit=pb.BENEFIT_KONTANTHJAELP_16_1,
                first_day="2025-06-30",
                last_day="2025-12-31",
            ),
            a_benefit(
                P,
                benefit=pb.BENEFIT_UDDANNELSESHJAELP,
                first_day="2025-01-01",
                last_day="2025-07-01",
            ),
            a_benefit(P, benefit=pb.BENEFIT_OVERGANGSYDELSE, first_day="2025-01-01", last_day=""),
            a_benefit(
                P,
                benefit=pb.BENEFIT_SELVFORSOERGELSES_OG_HJEMREJSEYDELSE,
                first_day="2025-07-01",
                last_day="2025-07-31",
            ),
        ],
        {
            "facts[0].benefit_period.first_day",
            "facts[1].benefit_period.last_day",
            "facts[2].benefit_period.last_day",
            "facts[3].benefit_period.first_day",
        },
    ),
    "shares that are no shares": (
        [
            area_figures(
                figures=pb.Figures(
                    residents=-1,
                    unattached_share="41,5",
                    convicted_share="-2",
                    basic_schooling_share="100.1",
                    income_ratio="301",
                    nonwestern_share="half",
                    convicted_share_country="NaN",
                )
            ),
            area_figures(
                reference_day="2024-12-01",
                figures=pb.Figures(income_ratio="120", residents_2010=-5),
            ),
            area_figures(figures=pb.Figures()),
        ],
        {
            "facts[0].area_figures.figures.residents",
            "facts[0].area_figures.figures.unattached_share",
            "facts[0].area_figures.figures.convicted_share",
            "facts[0].area_figures.figures.basic_schooling_share",
            "facts[0].area_figures.figures.income_ratio",
            "facts[0].area_figures.figures.nonwestern_share",
            "facts[0].area_figures.figures.convicted_share_country",
            "facts[1].area_figures.figures.residents_2010",
            "facts[2].area_figures.figures",
        },
    ),
    "a municipality's facts": (
        [
            an_area("999-x", municipality="999"),
            an_area("9998-x"),
            pb.Fact(
                family_dwellings_counted=pb.FamilyDwellingsCounted(
                    municipality="99999",
                    counted_on="2026-07-01",
                    in_listed_areas=11,
                    in_municipality=10,
                )
            ),
            pb.Fact(
                exemption_decided=pb.ExemptionDecided(
                    municipality="9999",
                    decision_day="2026-07-01",
                    areas=["9999-nowhere"],
                    share_used="131",
                )
            ),
            pb.Fact(plan_carried_out=pb.PlanCarriedOut(area=AREA, carried_out_on="2026-07-01")),
            pb.Fact(area_parcels=pb.AreaParcels(area=AREA, first_day="2026-01-01")),
            a_dwelling("a b", area="", municipality="9999"),
            a_dwelling("d", outside_areas=True, organisation="æ" * 30),
        ],
        {
            "facts[0].area_registered.municipality",
            "facts[0].area_registered.area",
            "facts[1].area_registered.area",
            "facts[2].family_dwellings_counted.municipality",
            "facts[2].family_dwellings_counted.counted_on",
            "facts[2].family_dwellings_counted.in_listed_areas",
            "facts[3].exemption_decided.decision_day",
            "facts[3].exemption_decided.areas[0]",
            "facts[3].exemption_decided.share_used",
            "facts[3].exemption_decided.decided_by",
            "facts[4].plan_carried_out.carried_out_on",
            "facts[4].plan_carried_out.area",
            "facts[5].area_parcels.parcels",
            "facts[6].dwelling_recorded.dwelling_id",
            "facts[6].dwelling_recorded.area",
            "facts[7].dwelling_recorded.outside_areas",
            "facts[7].dwelling_recorded.organisation",
        },
    ),
    "a decision without a decision-maker or reasons": (
        [a_fallback(H, decided_by="", reasons="", last_day="2026-05-01")],
        {
            "facts[0].fallback_decided.decided_by",
            "facts[0].fallback_decided.reasons",
            "facts[0].fallback_decided.last_day",
        },
    ),
    "a point or reading that the edition of the law does not have": (
        [
            pb.Fact(
                reading_chosen=pb.ReadingChosen(
                    point="AMB-NONE",
                    reading="a",
                    first_day="2026-01-01",
                    chosen_by="x",
                    reason="y",
                )
            ),
            pb.Fact(
                reading_chosen=pb.ReadingChosen(
                    point="AMB-WINDOW", reading="z", first_day="2026-01-01"
                )
            ),
        ],
        {
            "facts[0].reading_chosen.point",
            "facts[1].reading_chosen.reading",
            "facts[1].reading_chosen.chosen_by",
            "facts[1].reading_chosen.reason",
        },
    ),
    "texts too long, not in NFC, or not printable": (
        [
            a_person(an_id(), name="x" * 201),
            a_person(an_id(), name="A\u030angstrøm"),
            a_person(an_id(), name="a\x07b"),
            a_fallback(H, reasons="x" * 4001),
        ],
        {
            "facts[0].person_registered.name",
            "facts[1].person_registered.name",
            "facts[2].person_registered.name",
            "facts[3].fallback_decided.reasons",
        },
    ),
    "CPR numbers that can't be": (
        [a_person(an_id(), cpr="1234"), a_person(an_id(), cpr="310299-0000")],
        {"facts[0].person_registered.cpr", "facts[1].person_registered.cpr"},
    ),
    "memberships that overlap within the request": (
        [
            a_member(H, P, last_day="2026-02-01"),
            a_member(H, P, first_day="2026-02-02"),
            a_member(H, P, first_day="2026-02-01", member_list=pb.MEMBER_LIST_REGISTERED),
            a_member(H, P, first_day="2026-02-01"),
        ],
        {"facts[3].household_member.first_day"},
    ),
    "attestations that contradict each other": (
        [
            citizenship(P, last_day="2024-12-31"),
            citizenship(P, condition=pb.CITIZENSHIP_CONDITION_NOT_MET, first_day="2024-12-31"),
            enrolment(P),
            enrolment(P, first_day="2026-01-01", last_day="2026-02-01"),
            enrolment(P, enrolment=pb.ENROLMENT_NOT_ENROLLED, first_day="2026-01-01"),
        ],
        {
            "facts[1].citizenship_attested.condition",
            "facts[4].enrolment_attested.enrolment",
        },
    ),
    "a subject registered twice, or as two things": (
        [
            a_person(P, name="Another"),
            a_household(H, registered_on="2025-01-01"),
            a_household(P),
            a_person(H),
        ],
        {
            "facts[0].person_registered.person_id",
            "facts[1].household_registered.household_id",
            "facts[2].household_registered.household_id",
            "facts[3].person_registered.person_id",
        },
    ),
    "an empty fact": (
        [pb.Fact(), a_benefit("")],
        {"facts[0]", "facts[1].benefit_period.person_id"},
    ),
    "no facts": ([], {"facts"}),
}


@pytest.mark.parametrize("case", BAD)
def test_every_wrong_field_is_named_at_once_and_nothing_is_recorded(
    case: str, client: Client, refused: Refused
) -> None:
    client.record(a_person(P, name="Ib"), a_household(H), an_area())
    head = client.head()
    facts, fields = BAD[case]
    refusal = refused(lambda: client.record(*facts))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert (refusal.domain, refusal.reason) == ("husret", "ERROR_REASON_INVALID_FIELDS")
    assert set(refusal.fields) == fields
    assert client.head() == head


def test_what_is_wrong_with_the_call_and_with_its_facts_is_named_together(
    client: Client, refused: Refused
) -> None:
    refusal = refused(
        lambda: client.record(
            a_benefit("x"), request_id="1", actor="two words", purpose="curiosity", correlation="ø"
        )
    )
    assert set(refusal.fields) == {
        "context.actor",
        "context.purpose",
        "context.correlation",
        "request_id",
        "facts[0].benefit_period.person_id",
    }


def test_more_wrong_fields_than_an_error_can_carry_are_counted(
    client: Client, refused: Refused
) -> None:
    refusal = refused(lambda: client.record(*[a_benefit("x", first_day="y")] * 1000))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.details.startswith("2000 wrong; the first: facts[0].benefit_period")
    assert len(refusal.fields) > 20


def test_more_facts_than_the_limit_are_refused(client: Client, refused: Refused) -> None:
    refusal = refused(lambda: client.record(*[an_area()] * 1001))
    assert refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert refusal.reason == "ERROR_REASON_LIMIT"


def test_a_membership_overlapping_one_that_stands_is_refused(
    client: Client, refused: Refused
) -> None:
    person, household = client.a_person(), client.a_household()
    [first] = client.record(a_member(household, person, last_day="2026-03-31"))
    refusal = refused(lambda: client.record(a_member(household, person, first_day="2026-03-31")))
    assert set(refusal.fields) == {"facts[0].household_member.first_day"}
    client.retract(first.fact_id)
    client.record(a_member(household, person, first_day="2026-03-31"))


def test_of_overlapping_memberships_recorded_at_once_one_is_recorded(client: Client) -> None:
    for _ in range(scaled(10, 200)):
        person, household = client.a_person(), client.a_household()
        days = [f"2026-01-0{number}" for number in range(1, 5)]
        members = [a_member(household, person, first_day=day) for day in days]
        with ThreadPoolExecutor(4) as pool:
            codes = list(pool.map(partial(code_of, client), members))
        assert sorted(codes) == ["INVALID_ARGUMENT"] * 3 + ["OK"]


def code_of(client: Client, fact: pb.Fact) -> str:
    try:
        client.record(fact)
    except grpc.RpcError as error:
        return Refusal(error).code.name
    return "OK"


def test_a_person_registered_again_with_the_same_content_is_no_error(
    client: Client, refused: Refused
) -> None:
    person = client.a_person(name="Ib Prøve")
    client.record(a_person(person, name="Ib Prøve"))
    refusal = refused(lambda: client.record(a_person(person, name="Ib Andet")))
    assert set(refusal.fields) == {"facts[0].person_registered.person_id"}


def test_one_cpr_number_belongs_to_one_person(client: Client, refused: Refused) -> None:
    client.a_person(cpr="6101800002")
    refusal = refused(lambda: client.a_person(cpr="610180-0002"))
    assert set(refusal.fields) == {"facts[0].person_registered.cpr"}
    assert "610180" not in refusal.whole
    refusal = refused(
        lambda: client.record(
            a_person(an_id(), cpr="610180-0003"), a_person(an_id(), cpr="610180-0003")
        )
    )
    assert set(refusal.fields) == {"facts[1].person_registered.cpr"}


# --- Kinds of controllers -------------------------------------------------------------------


def test_a_housing_organisation_may_not_hold_benefits_or_municipal_decisions(
    organisation: Client, refused: Refused
) -> None:
    person, household = organisation.a_person(), organisation.a_household()
    organisation.an_area()
    head = organisation.head()
    facts = {
        fact.WhichOneof("fact"): fact
        for fact in everything(household, person)
        if fact.WhichOneof("fact")
        in (
            "benefit_period",
            "benefits_attested",
            "citizenship_attested",
            "enrolment_attested",
            "fallback_decided",
            "exemption_decided",
        )
    }
    assert len(facts) == 6
    for name, fact in facts.items():
        refusal = refused(partial(organisation.record, fact))
        assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
        assert refusal.reason == "ERROR_REASON_NOT_FOR_THIS_CONTROLLER"
        assert set(refusal.fields) == {f"facts[0].{name}"}
    assert organisation.head() == head


def test_a_housing_organisation_holds_persons_dwellings_and_areas(organisation: Client) -> None:
    person, household = an_id(), an_id()
    organisation.record(
        a_person(person),
        a_household(household),
        a_member(household, person),
        an_area(),
        a_dwelling("dar-9"),
    )


# --- Corrections and retractions ------------------------------------------------------------


def test_a_correction_takes_the_place_of_the_fact_and_can_itself_be_corrected(
    client: Client, refused: Refused
) -> None:
    person = client.a_person()
    [first] = client.record(citizenship(person))
    not_met = citizenship(person, condition=pb.CITIZENSHIP_CONDITION_NOT_MET)
    second = client.correct(first.fact_id, not_met)
    third = client.correct(second.fact_id, citizenship(person, first_day="2021-01-01"))
    assert third.position > second.position > first.position
    # The one that stands is the third: its condition is met, and it begins in 2021.
    client.record(not_met_until(person, "2020-12-31"))
    assert refused(lambda: client.record(not_met_until(person, "2021-01-01"))).fields
    refusal = refused(lambda: client.correct(first.fact_id, not_met))
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    assert refusal.reason == "ERROR_REASON_INVARIANT"


def not_met_until(person: str, day: str) -> pb.Fact:
    return citizenship(
        person,
        condition=pb.CITIZENSHIP_CONDITION_NOT_MET,
        first_day="2019-01-01",
        last_day=day,
    )


def test_a_retracted_fact_does_not_stand_and_is_not_retracted_twice(
    client: Client, refused: Refused
) -> None:
    person = client.a_person()
    for fact in (
        citizenship(person),
        an_area("9999-birkelunden"),
        a_dwelling("d-1", area="", outside_areas=True),
    ):
        [recorded] = client.record(fact)
        client.retract(recorded.fact_id)
        refusal = refused(partial(client.retract, recorded.fact_id))
        assert refusal.reason == "ERROR_REASON_INVARIANT"
    client.record(citizenship(person, condition=pb.CITIZENSHIP_CONDITION_NOT_MET))


def test_corrections_and_retractions_are_repeated_safely(client: Client) -> None:
    person = client.a_person()
    [first] = client.record(a_benefit(person))
    correction, retraction = an_id(), an_id()
    corrected = client.correct(first.fact_id, a_benefit(person, last_day="2025-04-30"), correction)
    retracted = client.retract(corrected.fact_id, retraction)
    again = client.correct(first.fact_id, a_benefit(person, last_day="2025-04-30"), correction)
    assert again == corrected
    assert client.retract(corrected.fact_id, retraction) == retracted


def test_a_correction_keeps_the_kind_and_the_subject(client: Client, refused: Refused) -> None:
    person, other = client.a_person(), client.a_person()
    client.an_area()
    client.an_area("9999-birkelunden")
    [benefit] = client.record(a_benefit(person))
    [figures] = client.record(area_figures())
    for fact_id, fact, field in (
        (benefit.fact_id, benefits_attested(person), "fact.benefits_attested"),
        (benefit.fact_id, a_benefit(other), "fact.benefit_period"),
        (figures.fact_id, area_figures("9999-birkelunden"), "fact.area_figures"),
    ):
        refusal = refused(partial(client.correct, fact_id, fact))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
        assert set(refusal.fields) == {field}


def test_a_wrong_correction_names_every_wrong_field(client: Client, refused: Refused) -> None:
    person = client.a_person()
    [benefit] = client.record(a_benefit(person))
    refusal = refused(
        lambda: client.correct(benefit.fact_id, a_benefit(person, benefit=0, last_day="2027-01-01"))
    )
    assert set(refusal.fields) == {"fact.benefit_period.benefit", "fact.benefit_period.last_day"}


def test_what_is_no_fact_is_neither_corrected_nor_retracted(
    client: Client, instance: Any, refused: Refused
) -> None:
    unknown = refused(lambda: client.retract(an_id()))
    assert (unknown.code, unknown.reason) == (grpc.StatusCode.NOT_FOUND, "ERROR_REASON_NOT_FOUND")
    created = str(UUID(bytes=instance.log.event_at(1).event_id))
    assert refused(lambda: client.retract(created)).reason == "ERROR_REASON_INVARIANT"
    [person] = client.record(a_person(an_id()))
    assert refused(lambda: client.retract(person.fact_id)).reason == "ERROR_REASON_INVARIANT"


def test_a_cpr_number_is_exchanged_by_a_correction_but_not_taken_away(
    client: Client, refused: Refused
) -> None:
    person = an_id()
    [first] = client.record(a_person(person, cpr="6101800004"))
    second = client.correct(first.fact_id, a_person(person, cpr="6101800005"))
    client.a_person(cpr="6101800004")
    refusal = refused(lambda: client.correct(second.fact_id, a_person(person)))
    assert set(refusal.fields) == {"fact.person_registered.cpr"}


def test_the_known_benefits_are_those_of_the_domain() -> None:
    assert len(Benefit) == len(pb.Benefit.items()) - 1
    assert set(enums.DATA_CLASSES.values()) == set(DataClass)


# --- Releases, terminations, refugees and what dwellings are at disposal under --------------------


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        (
            a_release(P, convicted_on="2026-03-02"),
            {"release_recorded.released_on"},
        ),
        (
            a_release(P, convicted=pb.CONVICTED_NO, convicted_on="2026-02-01"),
            {"release_recorded.convicted_on"},
        ),
        (
            a_release(P, released_on="2030-01-01", under_18_until="2030-02-01"),
            {"release_recorded.released_on", "release_recorded.under_18_until"},
        ),
        (
            a_release(
                P,
                released_from=pb.RELEASED_FROM_OUTSIDE_PRISON_SERVICE,
                under_18_until="2026-09-02",
            ),
            {"release_recorded.under_18_until"},
        ),
        (
            a_release(P, released_from=0, convicted=0, action_plan=9),
            {
                "release_recorded.released_from",
                "release_recorded.convicted",
                "release_recorded.action_plan",
            },
        ),
        (
            a_termination(P, ended_on="2030-01-01", cause=0),
            {"termination_recorded.ended_on", "termination_recorded.cause"},
        ),
        (
            a_ukraine_decision(H, decided_by="", reasons="", last_day="2026-01-01"),
            {
                "ukraine_decided.decided_by",
                "ukraine_decided.reasons",
                "ukraine_decided.last_day",
            },
        ),
        (
            a_right(areas=[AREA], half_of_own_flats=True, properties=["p"], decided_by=""),
            {
                "referral_right_decided.areas",
                "referral_right_decided.half_of_own_flats",
                "referral_right_decided.properties",
                "referral_right_decided.decided_by",
            },
        ),
        (
            a_right(right=pb.REFERRAL_RIGHT_STK_4, organisation="0999"),
            {"referral_right_decided.areas", "referral_right_decided.organisation"},
        ),
        (
            a_private_agreement(named=["dar-1"], flats=0),
            {"private_referral_agreed.share", "private_referral_agreed.flats"},
        ),
        (
            a_dwelling("dar-1", kind=core_pb2.DWELLING_KIND_PRIVATE, property=""),
            {"dwelling_recorded.property"},
        ),
        (
            a_dwelling("dar-1", mark=pb.DWELLING_MARK_STARTBOLIG, property="ejendom-7"),
            {"dwelling_recorded.mark", "dwelling_recorded.property"},
        ),
    ],
)
def test_what_the_rules_of_referral_cannot_take_is_refused_field_by_field(
    client: Client, refused: Refused, fact: pb.Fact, wrong: set[str]
) -> None:
    client.record(a_household(H), a_person(P), an_area())
    found = refused(lambda: client.record(fact))
    assert set(found.fields) == {f"facts[0].{each}" for each in wrong}


def test_a_release_from_remand_may_come_before_the_conviction(client: Client) -> None:
    client.record(a_person(P))
    remand = a_release(P, released_from=pb.RELEASED_FROM_REMAND, convicted_on="2026-03-02")
    assert client.record(remand)


def test_contradictory_attestations_of_refugees_are_refused(
    client: Client, refused: Refused
) -> None:
    client.record(a_person(P), a_refugee(P))
    found = refused(lambda: client.record(a_refugee(P, pb.ANSWER_NO)))
    assert set(found.fields) == {"facts[0].refugee_attested.allocated"}
    both = [a_refugee(P), a_refugee(P, pb.ANSWER_NO)]
    found = refused(lambda: client.record(*both))
    assert set(found.fields) == {"facts[1].refugee_attested.allocated"}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_outside_those_of_the_api_is_a_wrong_field(
    client: Client, refused: Refused, day: str
) -> None:
    person = client.a_person()
    released = pb.ReleaseRecorded(
        person_id=person,
        released_on=day,
        released_from=pb.RELEASED_FROM_OUTSIDE_PRISON_SERVICE,
        convicted=pb.CONVICTED_YES,
        action_plan=pb.ACTION_PLAN_DUTY,
        under_18_until="2026-01-01",
    )
    refusal = refused(lambda: client.record(pb.Fact(release_recorded=released)))
    assert refusal.fields == {
        "facts[0].release_recorded.released_on": "must lie from 1900-01-01 to 2199-12-31"
    }
