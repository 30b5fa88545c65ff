"""A referral question over the API: bases, the days that may count, and where else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1 import fact_service_pb2 as facts
from tests.api.client import (
    AREA,
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

Refused = Callable[[Callable[[], object]], Refusal]

DAY = "2024-09-02"


def _asked(household: str, **values: str | int) -> pb.CheckReferralRequest:
    content: dict[str, str | int] = {
        "dwelling_id": "dar-1",
        "basis": pb.REFERRAL_BASIS_STK_1,
        "day": DAY,
        **values,
    }
    return pb.CheckReferralRequest(
        context=context(),
        request_id=an_id(),
        question=pb.ReferralQuestion(household_id=household, **content),  # type: ignore[arg-type] # the values are the fields'
    )


def _household(client: Client) -> str:
    household, person = an_id(), an_id()
    client.record(
        a_household(household),
        a_person(person),
        a_member(household, person),
        members_attested(household),
        an_area(),
        a_dwelling("dar-1"),
        a_dwelling(
            "dar-2", kind=core.DWELLING_KIND_PRIVATE, area="", outside_areas=True, property="p-1"
        ),
        facts.Fact(
            private_referral_agreed=facts.PrivateReferralAgreed(
                municipality="9999",
                property="p-1",
                agreed_on="2023-01-01",
                owners_invited=True,
                share="25",
                flats=40,
            )
        ),
    )
    return household


def test_an_answer_says_where_else_unless_texts_are_left_out(client: Client) -> None:
    asked = _asked(_household(client))
    decision = client.eligibility.CheckReferral(asked).decision
    elsewhere = {each.area or each.kind: each for each in decision.alternatives}
    assert elsewhere["ordinary"].outcome == core.OUTCOME_PERMITTED
    assert elsewhere["ordinary"].text.en == "not under the bans"
    assert AREA in elsewhere
    again = pb.CheckReferralRequest()
    again.CopyFrom(asked)
    again.omit_texts = True
    assert not client.eligibility.CheckReferral(again).decision.alternatives


def test_a_private_flat_is_referred_by_agreement(client: Client) -> None:
    household = _household(client)
    asked = _asked(household, dwelling_id="dar-2", basis=pb.REFERRAL_BASIS_PRIVATE_AGREEMENT)
    decision = client.eligibility.CheckReferral(asked).decision
    assert decision.outcome == core.OUTCOME_PERMITTED
    assert decision.unsealed == 0
    assert not decision.alternatives


@pytest.mark.parametrize("field", ["letting_day", "move_in_day"])
@pytest.mark.parametrize("day", ["2024-09-01", "2024-9-3", "2024-02-30"])
def test_a_later_day_that_is_none_is_refused(
    client: Client, refused: Refused, field: str, day: str
) -> None:
    asked = _asked(_household(client), **{field: day})
    found = refused(lambda: client.eligibility.CheckReferral(asked))
    assert set(found.fields) == {f"question.{field}"}
