"""Who may decide what without whom, over the API: asked with facts of votes, and recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1 import fact_service_pb2 as facts
from tests.api.client import Client, Refusal, an_id, context

Refused = Callable[[Callable[[], object]], Refusal]
AREA = "9999-pilehaven"
WORKS: dict[str, Any] = {"organisation": "0101", "department": "7", "project": "facades"}


def check(client: Client, **stated: Any) -> core.Decision:
    question = pb.CompetenceQuestion(**{"area": AREA, "day": "2024-06-01", **stated})
    request = pb.CheckCompetenceRequest(
        context=context(purpose="area"), request_id=an_id(), question=question
    )
    return client.eligibility.CheckCompetence(request, timeout=20).decision


def without_department(client: Client, **stated: Any) -> core.Decision:
    return check(
        client,
        power=pb.POWER_WORKS_WITHOUT_DEPARTMENT,
        measure=pb.WORKS_MEASURE_MAJOR_RENOVATION,
        necessary=True,
        kitchens_or_bathrooms=False,
        **{**WORKS, **stated},
    )


def vote(**stated: Any) -> facts.Fact:
    content = {
        **WORKS,
        "voted_on": "2024-05-01",
        "result": facts.VOTE_RESULT_REJECTED,
        "danish": True,
        **stated,
    }
    return facts.Fact(department_voted=facts.DepartmentVoted(**content))


@pytest.fixture
def areas(organisation: Client) -> Client:
    organisation.import_areas()
    return organisation


def test_a_vote_that_is_recorded_opens_the_way_and_its_retraction_closes_it(areas: Client) -> None:
    assert without_department(areas).outcome == core.OUTCOME_PROHIBITED
    vote_id = areas.record(vote())
    answer = without_department(areas)
    assert answer.outcome == core.OUTCOME_DISCRETIONARY
    assert {each.code for each in answer.duties} == {
        "MUST_REPORT_DECISION",
        "MUST_DECIDE_IN_DANISH",
    }
    assert without_department(areas, project="other-works").outcome == core.OUTCOME_PROHIBITED
    assert without_department(areas, day="2024-04-30").outcome == core.OUTCOME_PROHIBITED
    replay = areas.replay(answer.receipt_id)
    assert replay.verdict == audit.REPLAY_VERDICT_EQUAL
    assert vote_id


def test_a_rule_comes_out_once_in_an_answer_that_it_may_bring_about_in_two_ways(
    areas: Client,
) -> None:
    areas.record(vote())
    found = [each.rule_id for each in without_department(areas).findings]
    assert found.count("GOV-37-4") == 1


def test_a_language_that_is_left_out_is_not_stated(areas: Client) -> None:
    fact = vote()
    fact.department_voted.ClearField("danish")
    areas.record(fact)
    answer = without_department(areas)
    assert answer.outcome == core.OUTCOME_UNDETERMINED
    assert [each.kind for each in answer.missing] == ["working_language_of_vote"]


def test_a_board_of_nobody_is_told_from_one_that_is_not_stated(areas: Client) -> None:
    decided = facts.TopBodyDecided(**WORKS, decided_on="2024-05-10", danish=True)
    areas.record(facts.Fact(top_body_decided=decided))
    board = {"power": pb.POWER_IMPLEMENTATION_BOARD, **WORKS}
    unstated = check(areas, **board)
    assert {each.kind for each in unstated.missing} == {
        "management_member_stated",
        "municipal_member_stated",
    }
    nobody = check(areas, **board, management_members=0, municipal_members=0)
    assert nobody.outcome == core.OUTCOME_PROHIBITED
    both = check(areas, **board, management_members=1, municipal_members=1)
    assert both.outcome == core.OUTCOME_DISCRETIONARY


def test_what_says_nothing_of_the_power_asked_about_is_refused_field_by_field(
    areas: Client, refused: Refused
) -> None:
    wrong = refused(
        lambda: check(
            areas,
            power=pb.POWER_MUNICIPAL_ORDER,
            measure=pb.WORKS_MEASURE_OTHER,
            necessary=False,
            municipal_members=0,
            department="7",
        )
    )
    assert set(wrong.fields) == {
        "question.measure",
        "question.necessary",
        "question.municipal_members",
        "question.department",
    }
    unsaid = refused(lambda: check(areas, management_members=-1))
    assert {"question.power", "question.management_members"} <= set(unsaid.fields)


def test_a_report_before_the_decision_is_refused(areas: Client, refused: Refused) -> None:
    early = facts.TopBodyDecided(**WORKS, decided_on="2024-05-10", reported_on="2024-05-09")
    wrong = refused(lambda: areas.record(facts.Fact(top_body_decided=early)))
    assert [field for field in wrong.fields if field.endswith("reported_on")]


def test_two_answers_of_a_department_on_the_same_works_and_day_contradict(
    areas: Client, refused: Refused
) -> None:
    areas.record(vote())
    other = refused(lambda: areas.record(vote(result=facts.VOTE_RESULT_APPROVED)))
    assert other.reason in ("ERROR_REASON_INVARIANT", "ERROR_REASON_INVALID_FIELDS")
    areas.record(vote(voted_on="2024-05-02", result=facts.VOTE_RESULT_APPROVED))
    assert without_department(areas).outcome == core.OUTCOME_PERMITTED
