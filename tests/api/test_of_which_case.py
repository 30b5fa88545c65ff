"""Which case a decision names reaches the answer over the API, and is checked on recording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as pb
from tests.api.client import Client, Refusal, a_person, an_id, context
from tests.api.test_distance import request as measuring
from tests.api.test_recording import a_termination
from tests.api.test_termination import Home, a_judgment, a_weighing, home

Refused = Callable[[Callable[[], object]], Refusal]

__all__ = ["home"]


def a_request(household: str, **values: str) -> pb.Fact:
    content: dict[str, str] = {
        "requested_on": "2026-02-02",
        "police_limit": "2026-02-09",
        "sent_on": "2026-03-02",
        **values,
    }
    stated = [number for number in pb.RequestDetail.values() if number]
    return pb.Fact(
        enforcement_requested=pb.EnforcementRequested(
            household_id=household, stated=stated, **content
        )
    )


def _judged(home: Home, *more: pb.Fact) -> core.Decision:
    home.client.record(a_judgment(home.son), *more)
    home.client.distances.MeasureDistance(measuring(home.son))
    return home.check("Termination")


def test_a_request_that_names_the_judgment_opens_the_joint_track(home: Home) -> None:
    decision = _judged(home, a_request(home.household, offence="offence-1"))
    assert [duty.code for duty in decision.duties] == ["NO_PRIOR_NOTICE"]


def test_a_request_of_another_case_opens_nothing(home: Home) -> None:
    decision = _judged(home, a_request(home.household, offence="offence-of-2024"))
    assert decision.outcome == core.OUTCOME_DISCRETIONARY
    assert [duty.code for duty in decision.duties] == []
    assert "case_of_request" not in {each.kind for each in decision.missing}


def test_a_request_that_names_no_case_is_asked_which_it_is_of(home: Home) -> None:
    decision = _judged(home, a_request(home.household))
    assert [duty.code for duty in decision.duties] == []
    assert "case_of_request" in {each.kind for each in decision.missing}


def test_a_weighing_that_names_no_case_is_asked_which_it_is_of(home: Home) -> None:
    decision = _judged(home, a_weighing(home.household, offence=""))
    assert "case_weighed" in {each.kind for each in decision.missing}


def test_a_withdrawn_appeal_is_recorded_after_the_appeal_alone(
    home: Home, refused: Refused
) -> None:
    wrong = a_judgment(home.son, final_on="", appeal_withdrawn_on="2026-04-01")
    found = refused(lambda: home.client.record(wrong))
    assert set(found.fields) == {"facts[0].judgment_in_case.appeal_withdrawn_on"}
    right = a_judgment(
        home.son, final_on="", appealed_on="2026-03-10", appeal_withdrawn_on="2026-04-01"
    )
    assert home.client.record(right)


def test_what_a_decision_names_must_be_an_id_and_a_dwelling_or_area_that_is_known(
    home: Home, refused: Refused
) -> None:
    sentence = "vold mod naboen den 3. marts"
    decided: dict[str, Any] = {
        "decided_by": "Kim",
        "reasons": "Begrundet.",
        "household_id": home.household,
    }
    facts = [
        a_weighing(home.household, offence=sentence),
        a_request(home.household, offence=sentence),
        pb.Fact(
            opposition_assessed=pb.OppositionAssessed(
                ground=pb.OPPOSITION_GROUND_EXCHANGE_69,
                decision_day="2026-05-01",
                dwelling="unknown",
                **decided,
            )
        ),
        pb.Fact(
            dispensation_decided=pb.DispensationDecided(
                decision_day="2026-05-01",
                factors=[pb.DISPENSATION_FACTOR_PENSION_SOON],
                area="9999-unknown",
                **decided,
            )
        ),
        pb.Fact(
            approval_answered=pb.ApprovalAnswered(
                household_id=home.household,
                received_on="2026-05-01",
                sent_on="2026-05-04",
                refused=False,
                dwelling="unknown",
            )
        ),
    ]
    assert set(refused(lambda: home.client.record(*facts)).fields) == {
        "facts[0].proportionality_weighed.offence",
        "facts[1].enforcement_requested.offence",
        "facts[2].opposition_assessed.dwelling",
        "facts[3].dispensation_decided.area",
        "facts[4].approval_answered.dwelling",
    }


def test_a_tenancy_under_notice_says_since_when(client: Client, refused: Refused) -> None:
    tenant = an_id()
    client.record(a_person(tenant))
    assert client.record(a_termination(tenant, given_on="2026-06-01", ended_on="2026-09-30"))
    ahead = a_termination(tenant, ended_on="2026-10-31")
    found = refused(lambda: client.record(ahead))
    assert set(found.fields) == {"facts[0].termination_recorded.ended_on"}
    turned = a_termination(tenant, given_on="2026-06-01", ended_on="2026-05-31")
    found = refused(lambda: client.record(turned))
    assert set(found.fields) == {"facts[0].termination_recorded.ended_on"}


def test_that_the_landlord_opposed_in_time_reaches_the_answer(home: Home) -> None:
    def sublet(**more: Any) -> core.Decision:
        question = eligibility.SubletQuestion(
            household_id=home.household,
            dwelling_id="dar-1",
            day="2026-06-01",
            whole=True,
            months=12,
            reason=eligibility.SUBLET_REASON_STUDY,
            notified_on="2026-05-01",
            agreement_on="2026-05-20",
            copy_sent_on="2026-05-21",
            starts_on="2026-07-01",
            rent_exceeds_own=core.STATED_NO,
            **more,
        )
        request = eligibility.CheckSubletRequest(
            context=context(), request_id=an_id(), question=question
        )
        answer: core.Decision = home.client.eligibility.CheckSublet(request).decision
        return answer

    # How many rooms the dwelling has is not recorded, and matters as long as it may oppose.
    asked_for = [
        {each.kind for each in sublet(**more).missing}
        for more in (
            dict[str, str](),
            {"opposed_on": "2026-05-15"},
            {"opposed_on": "2026-05-16"},
        )
    ]
    assert ["rooms_recorded" in each for each in asked_for] == [False, True, False]
    texts = [finding.explanation.en for finding in sublet().findings]
    assert any("can no longer do so under section 65" in text for text in texts)
