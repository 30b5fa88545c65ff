"""Letting over the API: a municipality that vouches and a housing organisation that lets."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import grpc
import pytest

from domain.facts import ControllerKind
from domain.law.editions import CURRENT
from domain.questions import KINDS
from husret.v1 import audit_service_pb2, core_pb2
from husret.v1 import eligibility_service_pb2 as questions
from husret.v1 import fact_service_pb2 as pb
from services.cli import exits
from services.cli import main as cli
from services.instance.instance import Instance
from tests.api.client import (
    TODAY,
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_id,
    audit_request,
    benefits_attested,
    context,
    members_attested,
    nothing_decided,
)
from tests.api.conftest import served

Refused = Callable[[Callable[[], object]], Refusal]

AREA = "9999-elmehegnet"
"""Of the made-up areas: a transformation area in the lists of December 2024."""
DAY = date.fromisoformat(TODAY)
ATTEST = "almenboligloven § 51 c, stk. 3"


class Household:
    """A household of one applicant in an instance."""

    def __init__(self, client: Client) -> None:
        self.id, self.applicant = an_id(), an_id()
        client.record(
            a_person(self.applicant),
            a_household(self.id, "2020-01-01"),
            a_member(
                self.id, self.applicant, first_day="2020-01-01", role=pb.MEMBER_ROLE_APPLICANT
            ),
            members_attested(self.id, first_day="2020-01-01"),
        )


@pytest.fixture
def lets(organisation: Client) -> Client:
    """A client of an organisation with a dwelling in the transformation area."""
    organisation.import_areas()
    organisation.record(
        a_dwelling("dar-1", area=AREA, organisation="0000", department="1", rooms=2),
        a_dwelling("dar-0", area="", outside_areas=True),
        nothing_decided(),
    )
    return organisation


def check(client: Client, household: str, **values: Any) -> core_pb2.Decision:
    content = {
        "dwelling_id": "dar-1",
        "channel": questions.LETTING_CHANNEL_WAITING_LIST,
        "lives_in_department": core_pb2.STATED_NO,
        **values,
    }
    request = questions.CheckLettingRequest(
        context=context(purpose="letting"),
        request_id=an_id(),
        question=questions.LettingQuestion(household_id=household, **content),
    )
    return client.eligibility.CheckLetting(request, timeout=20).decision


def attest(
    client: Client, household: Household, day: str = "", **values: Any
) -> questions.AttestBenefitConditionResponse:
    content = {
        "person_id": household.applicant,
        "condition": core_pb2.BENEFIT_CONDITION_RECEIVES_51C,
        **values,
    }
    request = questions.AttestBenefitConditionRequest(
        context=context(purpose="letting", legal_basis=ATTEST),
        request_id=an_id(),
        household_id=household.id,
        day=day,
        **content,
    )
    return client.eligibility.AttestBenefitCondition(request, timeout=20)


def attested(person: str, **values: Any) -> pb.Fact:
    content = {
        "condition": core_pb2.BENEFIT_CONDITION_RECEIVES_51C,
        "answer": core_pb2.ATTESTED_ANSWER_YES,
        "day": TODAY,
        "municipality": "9999",
        "receipt_id": an_id(),
        "receipt_hash": "ab" * 32,
        **values,
    }
    return pb.Fact(
        benefit_condition_attested=pb.BenefitConditionAttested(person_id=person, **content)
    )


WORK = pb.LettingCriterion(kind=pb.CRITERION_KIND_WORK, weekly_hours="25")
EDUCATION = pb.LettingCriterion(kind=pb.CRITERION_KIND_EDUCATION)


def way(
    criterion: pb.LettingCriterion, who: Any = pb.MUST_MEET_APPLICANT, **values: Any
) -> pb.LettingWay:
    """A way with one criterion that must be met when the dwelling is allocated."""
    condition = pb.LettingCondition(
        who=who,
        tested=pb.CRITERIA_TEST_ALLOCATION,
        any_of=[pb.LettingAlternative(all_of=[criterion])],
    )
    return pb.LettingWay(conditions=[condition], **values)


def criteria(**values: Any) -> pb.Fact:
    content = {
        "criteria": "kastanje-2025",
        "municipality": "9999",
        "basis": pb.CRITERIA_BASIS_MUNICIPALITY,
        "area": AREA,
        "set_on": "2025-01-01",
        "first_day": "2025-01-01",
        "announced_on": "2025-01-01",
        "confirmed_by": "Udlejningschefen",
        "ways": [way(WORK), way(EDUCATION)],
        **values,
    }
    return pb.Fact(criteria_set=pb.CriteriaSet(**content))


def _asks(kind: Any = pb.CRITERION_KIND_WORK, **values: Any) -> pb.LettingCriterion:
    return pb.LettingCriterion(kind=kind, **values)


def asking(*criterion: pb.LettingCriterion) -> pb.Fact:
    """Criteria with one way that asks all of these of the applicant."""
    made = way(criterion[0])
    made.conditions[0].any_of[0].all_of.extend(criterion[1:])
    return criteria(ways=[made, way(WORK), way(EDUCATION)])


def of_ages(from_age: int, to_age: int) -> pb.Fact:
    """Criteria that everybody of these ages must meet."""
    condition = way(WORK, who=pb.MUST_MEET_EVERYONE).conditions[0]
    condition.from_age, condition.to_age = from_age, to_age
    return criteria(every=[condition])


def sight(person: str, **values: Any) -> pb.Fact:
    content = {
        "kind": pb.CRITERION_KIND_WORK,
        "document": pb.DOCUMENT_KIND_PAYSLIPS,
        "issuer": pb.ISSUER_KIND_EMPLOYER,
        "seen_by": "clerk.7",
        "seen_on": TODAY,
        "first_day": "2024-01-01",
        "weekly_hours": "30",
        "job": pb.JOB_KIND_ORDINARY,
        **values,
    }
    return pb.Fact(sight_attested=pb.SightAttested(person_id=person, **content))


# --- Two instances --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "answer", "outcome"),
    [
        (True, core_pb2.ATTESTED_ANSWER_YES, core_pb2.OUTCOME_PROHIBITED),
        (False, core_pb2.ATTESTED_ANSWER_NO, core_pb2.OUTCOME_PERMITTED),
    ],
)
def test_what_the_municipality_vouches_for_decides_in_the_organisation(
    client: Client, lets: Client, received: bool, answer: int, outcome: int
) -> None:
    known = Household(client)
    client.record(benefits_attested(known.applicant, last_day=TODAY))
    if received:
        client.record(a_benefit(known.applicant, first_day="2026-06-01", last_day="", benefit=6))
    said = attest(client, known)
    assert said.answer == answer
    assert (said.day, said.municipality) == (TODAY, "9999")
    assert "ORIGIN_CRITERION_JUDGMENT" in said.warnings
    assert len(said.receipt_hash) == 32

    applies = Household(lets)
    lets.record(
        attested(
            applies.applicant,
            answer=said.answer,
            condition=said.condition,
            day=said.day,
            receipt_id=said.receipt_id,
            receipt_hash=said.receipt_hash.hex(),
            readings=said.readings,
            points=said.points,
        )
    )
    letting = check(lets, applies.id)
    assert letting.outcome == outcome
    assert "ORIGIN_CRITERION_JUDGMENT" in letting.warnings


def test_the_municipality_answers_no_benefit_and_no_month(client: Client) -> None:
    known = Household(client)
    client.record(a_benefit(known.applicant, first_day="2026-06-01", last_day="", benefit=6))
    said = attest(client, known)
    assert "kontanthjaelp" not in str(said)
    names = {field.name for field in said.DESCRIPTOR.fields}
    assert names == {
        "answer",
        "day",
        "municipality",
        "receipt_id",
        "receipt_hash",
        "readings",
        "points",
        "condition",
        "missing",
        "warnings",
    }


def test_what_the_municipality_does_not_know_is_undetermined(client: Client) -> None:
    said = attest(client, Household(client))
    assert said.answer == core_pb2.ATTESTED_ANSWER_UNDETERMINED
    assert said.missing == ["benefits_attested"]


def test_an_answer_of_the_municipality_can_be_replayed_and_shown(client: Client) -> None:
    known = Household(client)
    client.record(benefits_attested(known.applicant, last_day=TODAY))
    said = attest(client, known)
    replay = client.replay(said.receipt_id)
    assert replay.verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL
    request = audit_service_pb2.GetDecisionRequest(
        context=context(purpose="audit"), receipt_id=said.receipt_id
    )
    shown = client.audit.GetDecision(request, timeout=20).decision
    assert shown.summary.en == "No, the condition is not met."


def test_an_answer_needs_a_legal_basis_and_no_day_to_come(client: Client, refused: Refused) -> None:
    known = Household(client)
    tomorrow = (DAY + timedelta(days=1)).isoformat()
    assert list(refused(lambda: attest(client, known, tomorrow)).fields) == ["day"]
    request = questions.AttestBenefitConditionRequest(
        context=context(legal_basis=""),
        request_id=an_id(),
        household_id=known.id,
        person_id=known.applicant,
        condition=core_pb2.BENEFIT_CONDITION_RECEIVES_51C,
    )
    wrong = refused(lambda: client.eligibility.AttestBenefitCondition(request, timeout=20))
    assert list(wrong.fields) == ["context.legal_basis"]


def test_each_kind_of_instance_answers_its_own_questions(
    client: Client, lets: Client, refused: Refused
) -> None:
    applies, known = Household(lets), Household(client)
    for asked in (
        lambda: attest(lets, applies),
        lambda: lets.check(applies.id, "dar-1", TODAY),
        lambda: check(client, known.id),
    ):
        assert refused(asked).code is grpc.StatusCode.FAILED_PRECONDITION


# --- Answers --------------------------------------------------------------------------------


def test_a_letting_is_recorded_replayed_and_shown(lets: Client) -> None:
    applies = Household(lets)
    lets.record(attested(applies.applicant), criteria(), sight(applies.applicant))
    answer = check(lets, applies.id, takeover="2026-07-01", offered="2026-06-10")
    assert answer.outcome == core_pb2.OUTCOME_PROHIBITED
    assert "LET-OMD-51C" in {finding.rule_id for finding in answer.findings}
    assert {change.kind for change in answer.would_change} == {
        "benefit_condition_not_met",
        "dispensation_decided",
    }
    assert lets.replay(answer.receipt_id).verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL
    request = audit_service_pb2.GetDecisionRequest(
        context=context(purpose="audit"), receipt_id=answer.receipt_id
    )
    shown = lets.audit.GetDecision(request, timeout=20).decision
    assert shown.receipt_hash == answer.receipt_hash
    assert shown.summary.da.startswith("Boligen kan ikke udlejes")


def test_a_letting_that_rests_on_criteria_replays_and_survives_an_erasure(lets: Client) -> None:
    applies = Household(lets)
    partner = an_id()
    lets.record(
        a_person(partner),
        a_member(applies.id, partner, first_day="2020-01-01", role=pb.MEMBER_ROLE_SPOUSE),
        attested(applies.applicant, answer=core_pb2.ATTESTED_ANSWER_NO),
        attested(partner, answer=core_pb2.ATTESTED_ANSWER_NO),
        criteria(
            ways=[way(each, pb.MUST_MEET_APPLICANT_AND_PARTNER) for each in (WORK, EDUCATION)]
        ),
        sight(applies.applicant),
        sight(partner, weekly_hours="37"),
    )
    ground = questions.REFUSAL_GROUND_CERTIFICATE
    for person in (applies.applicant, partner):
        lets.record(
            pb.Fact(
                certificate_seen=pb.CertificateSeen(
                    person_id=person,
                    area=AREA,
                    seen_on=TODAY,
                    seen_by="clerk.7",
                    assessment=pb.CERTIFICATE_ASSESSMENT_NOTHING_RELEVANT,
                )
            )
        )
    answer = check(lets, applies.id, takeover="2026-07-01", consider=[ground])
    assert answer.outcome == core_pb2.OUTCOME_PERMITTED
    assert lets.replay(answer.receipt_id).verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL
    lets.erase(person_id=partner)
    replay = lets.replay(answer.receipt_id)
    assert replay.verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL_BUT_ERASED
    assert replay.differences == []
    again = check(lets, applies.id, takeover="2026-07-01")
    assert again.outcome == core_pb2.OUTCOME_UNDETERMINED


def test_an_ordinary_dwelling_unseals_nothing(lets: Client) -> None:
    answer = check(lets, Household(lets).id, dwelling_id="dar-0")
    assert (answer.outcome, answer.unsealed) == (core_pb2.OUTCOME_PERMITTED, 0)


def test_a_batch_holds_questions_of_every_kind(lets: Client) -> None:
    applies = Household(lets)
    lets.record(attested(applies.applicant))
    request = questions.BatchCheckRequest(
        context=context(purpose="letting"),
        request_id=an_id(),
        checks=[
            questions.CheckQuestion(
                letting=questions.LettingQuestion(
                    household_id=applies.id,
                    dwelling_id="dar-1",
                    channel=questions.LETTING_CHANNEL_WAITING_LIST,
                    lives_in_department=core_pb2.STATED_NO,
                )
            ),
            questions.CheckQuestion(
                exchange=questions.ExchangeQuestion(
                    household_id=applies.id,
                    dwelling_id="dar-0",
                    lived_since="2010-01-01",
                    partner_is_tenant=core_pb2.STATED_YES,
                )
            ),
            questions.CheckQuestion(letting=questions.LettingQuestion(dwelling_id="dar-1")),
        ],
    )
    first, second, third = lets.eligibility.BatchCheck(request, timeout=20).items
    assert first.outcome == core_pb2.OUTCOME_PROHIBITED
    assert first.rule_ids == ["LET-OMD-51C"]
    assert second.outcome == core_pb2.OUTCOME_UNDETERMINED
    assert {f.field for f in third.error.fields} == {
        "checks[2].household_id",
        "checks[2].channel",
    }
    repeated = lets.eligibility.BatchCheck(request, timeout=20).items
    assert repeated[0].receipt_id == first.receipt_id


def test_a_sublet_is_recorded_and_replayed(lets: Client) -> None:
    applies = Household(lets)
    request = questions.CheckSubletRequest(
        context=context(purpose="letting"),
        request_id=an_id(),
        question=questions.SubletQuestion(
            household_id=applies.id,
            dwelling_id="dar-1",
            whole=True,
            months=25,
            reason=questions.SUBLET_REASON_STUDY,
            rent_exceeds_own=core_pb2.STATED_NO,
        ),
    )
    answer = lets.eligibility.CheckSublet(request, timeout=20).decision
    assert answer.outcome == core_pb2.OUTCOME_PROHIBITED
    assert lets.replay(answer.receipt_id).verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL


def test_a_letting_is_found_among_what_rests_on_the_criterion_of_origin(lets: Client) -> None:
    applies = Household(lets)
    inside, outside = check(lets, applies.id), check(lets, applies.id, dwelling_id="dar-0")
    asked = audit_service_pb2.ListOriginDependantsRequest(context=context(purpose="audit"))
    [found] = lets.audit.ListOriginDependants(asked).answers
    assert found.receipt_id == inside.receipt_id != outside.receipt_id
    assert "transformation" in found.categories
    # What the household came to without it would take its facts to tell.
    assert found.outcome_without == core_pb2.OUTCOME_UNSPECIFIED


def test_a_question_asks_the_rules_of_a_question_that_rules_have() -> None:
    assert {asked for kind in KINDS.values() for asked in kind.asks} <= {
        rule.question for rule in CURRENT.rules.values()
    }


def test_whether_a_certificate_may_be_demanded_is_asked_of_nobody(lets: Client) -> None:
    head = lets.head()
    request = questions.MayRequestCriminalRecordRequest(
        context=context(purpose="letting"), dwelling_id="dar-1"
    )
    answer = lets.eligibility.MayRequestCriminalRecord(request, timeout=20).decision
    assert answer.outcome == core_pb2.OUTCOME_PERMITTED
    assert (answer.unsealed, answer.receipt_id, lets.head()) == (0, "", head)


def test_candidates_are_put_in_order_with_reasons(lets: Client, refused: Refused) -> None:
    def candidate(key: str, **values: Any) -> questions.Candidate:
        content = {"waiting_list": questions.WAITING_LIST_ORDINARY, **values}
        return questions.Candidate(key=key, **content)

    request = questions.OrderCandidatesRequest(
        context=context(purpose="letting"),
        due=questions.WAITING_LIST_ORDINARY,
        candidates=[
            candidate("a", registered_on="2020-01-02", rank=2),
            candidate("b", registered_on="2021-01-01", rank=1),
        ],
    )
    turns = lets.eligibility.OrderCandidates(request, timeout=20).turns
    assert [(turn.key, turn.place) for turn in turns] == [("b", 1), ("a", 2)]
    assert [reason.kind for reason in turns[0].reasons] == [
        "rank",
        "list",
        "department",
        "registered_on",
    ]
    request.candidates[0].key = "b"
    wrong = refused(lambda: lets.eligibility.OrderCandidates(request, timeout=20))
    assert list(wrong.fields) == ["candidates[1].key"]


def test_whoever_is_exempt_has_no_rank_and_a_lot_that_is_drawn_decides(
    lets: Client, refused: Refused
) -> None:
    def turns(*candidates: questions.Candidate) -> list[tuple[str, int, list[tuple[str, str]]]]:
        request = questions.OrderCandidatesRequest(
            context=context(purpose="letting"),
            due=questions.WAITING_LIST_ORDINARY,
            candidates=candidates,
            ties=core_pb2.TIES_LOT,
        )
        made = lets.eligibility.OrderCandidates(request, timeout=20).turns
        return [(turn.key, turn.place, [(r.kind, r.value) for r in turn.reasons]) for turn in made]

    on_list: dict[str, Any] = {
        "waiting_list": questions.WAITING_LIST_ORDINARY,
        "registered_on": "2001-01-01",
    }
    assert turns(
        questions.Candidate(key="a", exempt=True, lot=1, **on_list),
        questions.Candidate(key="b", rank=1, lot=3, **on_list),
        questions.Candidate(key="c", rank=1, lot=2, **on_list),
    ) == [
        ("c", 1, [("rank", "001"), ("tie", "lot"), ("lot", "00002")]),
        ("b", 2, [("rank", "001"), ("tie", "lot"), ("lot", "00003")]),
        ("a", 3, [("rank", "exempt"), ("lot", "00001")]),
    ]
    wrong = refused(
        lambda: turns(
            questions.Candidate(key="a", exempt=True, rank=1, **on_list),
            questions.Candidate(key="b", rank=0, lot=0, **on_list),
        )
    )
    assert list(wrong.fields) == ["candidates[0].rank", "candidates[1].rank", "candidates[1].lot"]


# --- What is refused ------------------------------------------------------------------------


def test_an_organisation_may_not_record_benefit_months(lets: Client, refused: Refused) -> None:
    applies = Household(lets)
    wrong = refused(lambda: lets.record(a_benefit(applies.applicant)))
    assert wrong.code is grpc.StatusCode.FAILED_PRECONDITION
    assert list(wrong.fields) == ["facts[0].benefit_period"]


def test_a_municipality_may_not_record_a_certificate(client: Client, refused: Refused) -> None:
    known = Household(client)
    fact = pb.Fact(certificate_seen=pb.CertificateSeen(person_id=known.applicant))
    assert refused(lambda: client.record(fact)).code is grpc.StatusCode.FAILED_PRECONDITION


def _with_unknown_field(fact: pb.Fact) -> pb.Fact:
    """Put a field that the contract does not have into the first criterion: field 99, "x"."""
    inner = fact.criteria_set.ways[0].conditions[0].any_of[0].all_of[0]
    fact.criteria_set.ways[0].conditions[0].any_of[0].all_of[0].MergeFromString(b"\x9a\x06\x01x")
    assert inner.SerializeToString().endswith(b"\x9a\x06\x01x")
    return fact


@pytest.mark.parametrize(
    ("fact", "field"),
    [
        (criteria(set_on=""), "set_on"),
        (criteria(first_day=""), "first_day"),
        (criteria(first_day="2024-12-31"), "first_day"),
        (criteria(announced_on="2024-12-31"), "announced_on"),
        (criteria(area=""), "area"),
        (criteria(ways=[]), "ways"),
        (criteria(ways=[way(WORK)]), "ways"),
        (criteria(ways=[pb.LettingWay()]), "ways[0].conditions"),
        (criteria(confirmed_by=""), "confirmed_by"),
        (criteria(share=101), "share"),
        (criteria(ways=[way(WORK, from_rooms=3, to_rooms=2), way(EDUCATION)]), "ways[0].to_rooms"),
        (criteria(share=4, share_of_every=3), "share"),
        (criteria(basis=pb.CRITERIA_BASIS_AGREED), "departments"),
        (criteria(basis=pb.CRITERIA_BASIS_ADVERTISING, share=51), "share"),
        (of_ages(65, 18), "every[0].to_age"),
        (asking(WORK, WORK), "ways[0].conditions[0].any_of[0].all_of[1]"),
        (
            asking(_asks(kind=pb.CRITERION_KIND_AGE, age=60, most_age=59)),
            "ways[0].conditions[0].any_of[0].all_of[0].most_age",
        ),
        (
            asking(_asks(kind=pb.CRITERION_KIND_AGE, over_age=59, most_age=59)),
            "ways[0].conditions[0].any_of[0].all_of[0].most_age",
        ),
        (
            asking(_asks(jobs=[pb.JOB_KIND_FLEX_JOB], excluded=[pb.JOB_KIND_FLEX_JOB])),
            "ways[0].conditions[0].any_of[0].all_of[0].excluded[0]",
        ),
        (
            asking(_asks(inside=pb.PLACE_AREA, outside=pb.PLACE_MUNICIPALITY)),
            "ways[0].conditions[0].any_of[0].all_of[0].outside",
        ),
        (_with_unknown_field(criteria()), "ways[0].conditions[0].any_of[0].all_of[0]"),
    ],
    ids=[
        "no day set",
        "no first day",
        "before it was set",
        "announced before",
        "no area",
        "none",
        "no education",
        "a way that asks nothing",
        "nobody answers for it",
        "share",
        "rooms that no dwelling has",
        "more than every one",
        "no departments",
        "more than half advertised",
        "ages that nobody is of",
        "the same twice",
        "no older than younger",
        "over an age and no older",
        "what counts and does not",
        "inside and outside of what holds it",
        "origin, or any other field",
    ],
)
def test_criteria_are_refused(lets: Client, refused: Refused, fact: pb.Fact, field: str) -> None:
    assert f"facts[0].criteria_set.{field}" in refused(lambda: lets.record(fact)).fields


def test_what_a_person_found_names_a_clause_that_leaves_something_open(
    lets: Client, refused: Refused
) -> None:
    says = (
        ("Lodtrækning ved lighed.", pb.ASKS_MORE_ORDER),
        ("Særlige forhold.", pb.ASKS_MORE_WAY_IN),
    )
    clauses = [
        pb.LettingClause(says=text, does=does, looks=pb.LOOKS_AT_IT_ORGANISATION)
        for text, does in says
    ]
    stated = criteria(clauses=clauses)
    household = Household(lets).id

    def found(**named: Any) -> pb.Fact:
        judged = pb.ClauseJudged(
            household_id=household,
            fits=True,
            decision_day="2026-06-01",
            decided_by="Kim Udlejer",
            reasons="Ganske særligt tilfælde.",
            **named,
        )
        return pb.Fact(clause_judged=judged)

    id = stated.criteria_set.criteria
    assert list(refused(lambda: lets.record(found(criteria=id, number=1))).fields) == [
        "facts[0].clause_judged.criteria"
    ]
    lets.record(stated)
    both = found(criteria=id, number=1), found(criteria=id, number=3)
    assert list(refused(lambda: lets.record(*both)).fields) == [
        "facts[0].clause_judged.number",
        "facts[1].clause_judged.number",
    ]
    assert lets.record(found(criteria=id, number=2))


@pytest.mark.parametrize("kind", [0, 99])
def test_an_unknown_kind_of_criterion_is_refused_by_its_field(
    lets: Client, refused: Refused, kind: int
) -> None:
    criterion = pb.LettingCriterion(kind=kind)  # type: ignore[arg-type]  # one that is not known
    wrong = refused(lambda: lets.record(criteria(ways=[way(criterion)])))
    path = "facts[0].criteria_set.ways[0].conditions[0].any_of[0].all_of[0].kind"
    assert path in wrong.fields


def test_ages_and_places_that_leave_somebody_to_be_asked_are_recorded(lets: Client) -> None:
    commuter = _asks(inside=pb.PLACE_MUNICIPALITY, outside=pb.PLACE_AREA)
    one_age = _asks(kind=pb.CRITERION_KIND_AGE, age=60, most_age=60)
    for each in (of_ages(18, 18), asking(commuter), asking(one_age)):
        [recorded] = lets.record(each)
        lets.retract(recorded.fact_id)


@pytest.mark.parametrize("text", ["det gjaldt 999999-9999 og bror", "999999 9999", "9999999999"])
def test_an_open_text_that_may_hold_a_cpr_number_is_refused(
    lets: Client, refused: Refused, text: str
) -> None:
    clause = pb.LettingClause(says=text, does=pb.ASKS_MORE_ORDER, looks=pb.LOOKS_AT_IT_ORGANISATION)
    wrong = refused(lambda: lets.record(criteria(clauses=[clause])))
    assert set(wrong.fields) == {"facts[0].criteria_set.clauses[0].says"}
    assert text not in wrong.whole


def test_no_criterion_and_no_evidence_has_a_field_for_origin_or_free_text() -> None:
    for message in (pb.LettingCriterion, pb.SightAttested, pb.NothingShown):
        names = {field.name for field in message.DESCRIPTOR.fields}
        assert not {n for n in names if "citizen" in n or "origin" in n or "note" in n}


def test_attestations_are_refused_for_days_to_come_and_in_other_forms(
    lets: Client, refused: Refused
) -> None:
    applies = Household(lets)
    tomorrow = (DAY + timedelta(days=1)).isoformat()
    for fact, field in (
        (attested(applies.applicant, day=tomorrow), "benefit_condition_attested.day"),
        (attested(applies.applicant, receipt_hash="x"), "benefit_condition_attested.receipt_hash"),
        (attested(applies.applicant, points=["AMB-X"]), "benefit_condition_attested.points[0]"),
        (attested(applies.applicant, answer=0), "benefit_condition_attested.answer"),
        (sight(applies.applicant, seen_on=tomorrow), "sight_attested.seen_on"),
        (sight(applies.applicant, weekly_hours="0"), "sight_attested.weekly_hours"),
        (sight(applies.applicant, age=50), "sight_attested.age"),
        (sight(applies.applicant, seen_by="Bo Prøve"), "sight_attested.seen_by"),
        (sight(applies.applicant, weekly_hours="200"), "sight_attested.weekly_hours"),
    ):
        assert list(refused(partial(lets.record, fact)).fields) == [f"facts[0].{field}"]


def test_a_partner_alone_has_lived_together(lets: Client, refused: Refused) -> None:
    applies = Household(lets)
    member = a_member(
        applies.id, applies.applicant, role=pb.MEMBER_ROLE_OTHER, together_since="2020-01-01"
    )
    wrong = refused(lambda: lets.record(member))
    assert "facts[0].household_member.together_since" in wrong.fields


def test_a_question_with_days_in_the_wrong_order_is_refused(lets: Client, refused: Refused) -> None:
    applies = Household(lets)
    wrong = refused(lambda: check(lets, applies.id, takeover="2026-06-01", offered="2026-07-01"))
    assert set(wrong.fields) == {"question.takeover", "question.day"}


# --- The command line -----------------------------------------------------------------------


@pytest.fixture
def directory(tmp_path: Any) -> str:
    place = tmp_path / "instance"
    made = Instance.create(
        place,
        controller="Prøvebo",
        kind=ControllerKind.HOUSING_ORGANISATION,
        municipality="9999",
        today=lambda: DAY,
    )
    with served(made) as client:
        client.import_areas()
        client.record(a_dwelling("dar-1", area=AREA, rooms=2), a_dwelling("dar-0", area=AREA))
        household = Household(client)
    return f"{place} {household.id}"


def test_the_command_line_asks_every_question(
    directory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place, household = directory.split()
    who = ["--household", household, "--dwelling", "dar-1", "--dir", place]
    for asked in (
        ["letting", *who, "--consider", "debt", "--lives-in-department", "no"],
        ["exchange", *who, "--lived-since", "2010-01-01", "--partner-is-tenant", "yes"],
        ["sublet", *who, "--whole", "yes", "--months", "12", "--reason", "study"],
    ):
        assert cli.main(["check", *asked, "--json"]) == exits.ANSWERED
        answer = json.loads(capsys.readouterr().out)
        assert answer["outcome"].startswith("OUTCOME_")
        receipt = answer["receipt_id"]
        assert cli.main(["replay", receipt, "--dir", place]) == exits.ANSWERED
        assert cli.main(["show", receipt, "--dir", place]) == exits.ANSWERED
        capsys.readouterr()
    assert cli.main(["check", "certificate", "--dwelling", "dar-1", "--dir", place]) == 0
    said = capsys.readouterr().out
    assert "attest" in said.lower()
    assert "PRØVE" not in said, "it is about nobody: an answer, and none that is recorded"


def test_the_command_line_screens_a_waiting_list_for_letting(
    directory: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place, household = directory.split()
    asked = ["check", "waiting-list", "letting", "--dwelling", "dar-1"]
    asked += ["--dir", place, "--language", "en"]
    assert cli.main(asked) == exits.ANSWERED
    said, _, following = capsys.readouterr().out.partition("Next:\n")
    [first, counted, *warned, page] = said.splitlines()
    assert page.removeprefix("page: ") in following
    assert first.startswith(f"{household}  UNDETERMINED")
    assert counted == "1 UNDETERMINED"
    [judgment] = [each for each in warned if "ORIGIN_CRITERION_JUDGMENT" in each]
    assert judgment.startswith("1 ORIGIN_CRITERION_JUDGMENT: ")
    assert "C-417/23" in judgment
    assert cli.main([*asked, "--json"]) == exits.ANSWERED
    [line] = capsys.readouterr().out.splitlines()
    assert len(json.loads(line)["warnings"]) == len(warned)
    shown = ["show", page.removeprefix("page: "), "--household", household, "--dir", place]
    assert cli.main([*shown, "--json"]) == exits.ANSWERED
    assert json.loads(capsys.readouterr().out)["outcome"] == "OUTCOME_UNDETERMINED"
    assert cli.main([*asked, "--language", "da", "--preview"]) == exits.ANSWERED
    preview, screened = capsys.readouterr().out.splitlines()[:2]
    assert preview.startswith("PRØVE")
    assert screened.startswith(f"{household}  IKKE AFGJORT")
    asked[2] = "referral"
    assert cli.main(asked) != exits.ANSWERED
    assert "this kind of instance answers no such question" in capsys.readouterr().err


def test_what_the_log_holds_of_a_letting_is_listed(lets: Client) -> None:
    applies = Household(lets)
    lets.record(attested(applies.applicant))
    check(lets, applies.id)
    events = lets.audit.ListEvents(audit_request(page_size=1000), timeout=20).events
    assert "decision.letting" in {event.type for event in events}
