"""What is not here: the call's own object is NOT_FOUND, what a fact or question names a field."""

from __future__ import annotations

from collections.abc import Callable

import grpc
import pytest

from husret.v1 import area_service_pb2 as areas
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import tenancy_service_pb2 as tenancy
from tests.api.client import (
    TODAY,
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_fallback,
    an_area,
    an_id,
    context,
)
from tests.api.test_server import ROOT

Refused = Callable[[Callable[[], object]], Refusal]


def _own(client: Client) -> dict[str, Callable[[], object]]:
    shown = audit.GetDecisionRequest(context=context(purpose="audit"), receipt_id=an_id())
    status = areas.GetAreaStatusRequest(area="9999-ingen", day="2025-02-01")
    step = tenancy.RefuseOfferRequest(context=context(), request_id=an_id(), offer_id=an_id())
    dwelling = tenancy.GetTenancyRequest(context=context(), dwelling_id="none")
    return {
        "a dwelling": lambda: client.tenancies.GetTenancy(dwelling),
        "a receipt": lambda: client.audit.GetDecision(shown),
        "a receipt to replay": lambda: client.replay(an_id()),
        "a fact": lambda: client.retract(an_id()),
        "a step": lambda: client.tenancies.RefuseOffer(step),
        "an area": lambda: client.areas.GetAreaStatus(status),
        "a person to erase": lambda: client.erase(person_id=an_id()),
        "a household to erase": lambda: client.erase(household_id=an_id()),
    }


@pytest.mark.parametrize("case", list(_own(None)))  # type: ignore[arg-type]  # only the names
def test_what_the_call_is_about_is_not_found(case: str, client: Client, refused: Refused) -> None:
    refusal = refused(_own(client)[case])
    assert refusal.code is grpc.StatusCode.NOT_FOUND
    assert refusal.reason == "ERROR_REASON_NOT_FOUND"


def _named(client: Client, there: str) -> dict[str, tuple[Callable[[], object], str]]:
    return {
        "a household in a question": (
            lambda: client.check(an_id(), "d", TODAY),
            "question.household_id",
        ),
        "a dwelling in a question": (
            lambda: client.check(there, "none", TODAY),
            "question.dwelling_id",
        ),
        "a person in a fact": (
            lambda: client.record(a_benefit(an_id())),
            "facts[0].benefit_period.person_id",
        ),
        "a household in a fact": (
            lambda: client.record(a_fallback(an_id())),
            "facts[0].fallback_decided.household_id",
        ),
        "an area in a fact": (
            lambda: client.record(a_dwelling("e", area="9999-ingen")),
            "facts[0].dwelling_recorded.area",
        ),
    }


@pytest.mark.parametrize("case", list(_named(None, "")))  # type: ignore[arg-type]  # only the names
def test_what_a_fact_or_a_question_names_is_a_wrong_field(
    case: str, client: Client, refused: Refused
) -> None:
    client.record(an_area(), a_dwelling("d"))
    action, field = _named(client, client.a_household())[case]
    refusal = refused(action)
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.reason == "ERROR_REASON_INVALID_FIELDS"
    assert set(refusal.fields) == {field}


def test_the_page_says_which_of_the_two_it_is() -> None:
    page = (ROOT / "docs/api.md").read_text("utf-8")
    [row] = [line for line in page.splitlines() if line.startswith("| `NOT_FOUND` |")]
    own, _, named = row.partition(". ")
    for what in ("receipt", "fact", "step", "area", "person or household to be read, erased"):
        assert what in own
    for what in ("person", "household", "area", "dwelling", "wrong field", "INVALID_FIELDS"):
        assert what in named
