"""What an answer says where an exception takes a duty or a power away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.decide import Decision
from domain.law import explain
from domain.law.editions import CURRENT
from tests.law import golden

DAY = date(2024, 3, 1)


def answer(**case: Any) -> Decision:
    return golden.answer({"day": DAY, "otherwise": "attested_absent", **case})


def duties(decision: Decision) -> str:
    return " ".join(explain.duty_text(CURRENT, code).da for code, _ in decision.duties)


def rehousing(kind: str, **disposal: Any) -> Decision:
    return answer(
        question="rehousing",
        area={"is": ["transformation"], "plan": {"approved": date(2019, 6, 1)}},
        household={"tenant": {}},
        asked={"rooms_before": 3, "permanent": True},
        landlord={"disposal": {"kind": kind, "documented": date(2024, 1, 5), **disposal}},
    )


def test_a_sale_under_a_plan_does_not_send_the_tenant_anywhere_in_the_municipality() -> None:
    inside = duties(rehousing("sale", plan="joint", minister_asked=True))
    assert "alene tilbydes inden for boligområdet" in inside
    assert "i kommunen" not in inside
    assert "i kommunen" in duties(rehousing("demolition"))


@pytest.mark.parametrize("kind", ["sale", "demolition"])
def test_the_landlord_has_no_duty_to_rehouse_where_the_municipality_ordered_it(kind: str) -> None:
    ordered = duties(rehousing(kind, plan="municipal", ordered=True))
    assert "Kommunen har givet påbud" in ordered
    assert "Udlejeren skal tilbyde en passende bolig" not in ordered
    assert "flytteudgifter" not in ordered
    assert "Har kommunen givet påbud" in duties(rehousing(kind, plan="municipal"))


def test_who_chooses_after_a_year_is_told_the_three_choices() -> None:
    decision = answer(
        question="rehousing",
        household={"tenant": {}},
        asked={"rooms_before": 3, "permanent": False, "months": 13},
        landlord={"disposal": {"kind": "rebuilding", "documented": date(2024, 1, 5)}},
    )
    said = duties(decision)
    for choice in ("den midlertidige bolig som permanent", "anden permanent", "fortsætte"):
        assert choice in said


def test_a_refusal_for_a_termination_elsewhere_is_said_to_be_reported() -> None:
    ended = {"terminated_on": date(2023, 11, 1), "ended_under": "90_10"}
    decision = answer(
        question="letting",
        asked={"consider": ["termination"]},
        household={"applicant": {"terminated": ended}},
    )
    said = " ".join(explain.finding_text(CURRENT, each, DAY).da for each in decision.concluded)
    assert "skal indberettes gennem kommunen" in said
    known = " ".join(explain.finding_text(CURRENT, each, DAY).da for each in decision.examined)
    assert "overtages senest den 1. november 2025" in known


def test_who_stays_in_a_dwelling_sublet_whole_is_counted_when_it_is_said() -> None:
    asked: dict[str, Any] = {
        "whole": True,
        "months": 12,
        "reason": "study",
        "notified_on": date(2024, 1, 1),
        "opposed_on": date(2024, 1, 10),
        "agreement_on": date(2024, 1, 20),
        "copy_sent_on": date(2024, 2, 1),
        "starts_on": DAY,
        "rent_exceeds_own": False,
    }
    found = [
        answer(
            question="sublet",
            dwelling={"rooms": 1},
            household={"applicant": {}},
            asked={**asked, **more},
        ).outcome
        for more in ({}, {"staying": 1})
    ]
    assert found == ["PERMITTED", "DISCRETIONARY"]
