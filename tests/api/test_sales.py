"""Sales, their proceeds and the fund's support, recorded and asked about over the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from husret.v1 import core_pb2
from husret.v1 import eligibility_service_pb2 as questions
from husret.v1 import fact_service_pb2 as pb
from tests.api.client import AREA, Client, Refusal, an_id, context

Refused = Callable[[Callable[[], object]], Refusal]
SALE = "salg-7"


def sold(**values: Any) -> pb.Fact:
    content = {
        "sale": SALE,
        "municipality": "9999",
        "area": AREA,
        "organisation": "0001",
        "department": "7",
        "sold_on": "2025-03-01",
        "buyer": pb.BUYER_PRIVATE,
        "plan": pb.PART_OF_PLAN_JOINT,
        **values,
    }
    return pb.Fact(property_sold=pb.PropertySold(**content))


def settled(**values: Any) -> pb.Fact:
    content = {
        "sale": SALE,
        "settled_on": "2025-09-01",
        "net_oere": 1_000_000_000,
        "into_fund_oere": 1_000_000_000,
        "transfer_approved": core_pb2.STATED_YES,
        **values,
    }
    return pb.Fact(proceeds_settled=pb.ProceedsSettled(**content))


def used(**values: Any) -> pb.Fact:
    content = {
        "sale": SALE,
        "use": pb.PROCEEDS_USE_IMPROVEMENT,
        "amount_oere": 400_000_000,
        "decided_on": "2026-01-10",
        "decided_by": "Bestyrelsen",
        **values,
    }
    return pb.Fact(proceeds_use_decided=pb.ProceedsUseDecided(**content))


@pytest.fixture
def seller(organisation: Client) -> Client:
    """A housing organisation that has registered an area."""
    organisation.an_area(AREA)
    return organisation


def ask(client: Client, **values: Any) -> core_pb2.Decision:
    request = questions.CheckProceedsRequest(
        context=context(purpose="area"),
        request_id=an_id(),
        question=questions.ProceedsQuestion(area=AREA, sale=SALE, **values),
    )
    return client.eligibility.CheckProceeds(request, timeout=20).decision


# --- Bad input ------------------------------------------------------------------------------


def test_proceeds_of_a_sale_that_is_not_recorded_are_refused(
    seller: Client, refused: Refused
) -> None:
    refusal = refused(lambda: seller.record(settled(), used()))
    assert refusal.fields == {
        "facts[0].proceeds_settled.sale": (
            "no sale with this id is recorded here; record it first"
        ),
        "facts[1].proceeds_use_decided.sale": (
            "no sale with this id is recorded here; record it first"
        ),
    }


def test_a_use_of_proceeds_that_are_not_settled_is_refused(
    seller: Client, refused: Refused
) -> None:
    refusal = refused(lambda: seller.record(sold(), used()))
    assert set(refusal.fields) == {"facts[1].proceeds_use_decided.sale"}


def test_negative_amounts_and_days_in_the_wrong_order_are_refused_all_at_once(
    seller: Client, refused: Refused
) -> None:
    refusal = refused(
        lambda: seller.record(
            sold(taken_over_on="2025-02-28"),
            settled(settled_on="2025-02-28", net_oere=-1, into_fund_oere=-1),
            used(amount_oere=0, decided_on="2025-02-28"),
        )
    )
    assert set(refusal.fields) == {
        "facts[0].property_sold.taken_over_on",
        "facts[1].proceeds_settled.net_oere",
        "facts[1].proceeds_settled.into_fund_oere",
        "facts[1].proceeds_settled.settled_on",
        "facts[2].proceeds_use_decided.amount_oere",
        "facts[2].proceeds_use_decided.decided_on",
    }


def test_an_amount_that_nobody_said_is_not_none(seller: Client, refused: Refused) -> None:
    unsaid = pb.Fact(proceeds_settled=pb.ProceedsSettled(sale=SALE, settled_on="2025-09-01"))
    refusal = refused(lambda: seller.record(sold(), unsaid))
    assert set(refusal.fields) == {
        "facts[1].proceeds_settled.net_oere",
        "facts[1].proceeds_settled.into_fund_oere",
    }


def test_no_more_goes_into_the_fund_than_came_and_no_more_out_than_went_in(
    seller: Client, refused: Refused
) -> None:
    more_in = refused(lambda: seller.record(sold(), settled(into_fund_oere=1_000_000_001)))
    assert set(more_in.fields) == {"facts[1].proceeds_settled.into_fund_oere"}

    seller.record(sold(), settled(), used(amount_oere=600_000_000))
    more_out = refused(lambda: seller.record(used(amount_oere=400_000_001)))
    assert set(more_out.fields) == {"facts[0].proceeds_use_decided.amount_oere"}
    seller.record(used(amount_oere=400_000_000, use=pb.PROCEEDS_USE_OTHER))


def test_a_correction_that_leaves_more_used_than_there_is_is_refused(
    seller: Client, refused: Refused
) -> None:
    recorded = seller.record(sold(), settled(), used())
    fact_id = recorded[1].fact_id
    less = refused(lambda: seller.correct(fact_id, settled(into_fund_oere=399_999_999)))
    assert set(less.fields) == {"fact.proceeds_settled.into_fund_oere"}
    seller.correct(fact_id, settled(into_fund_oere=400_000_000))


def test_a_sale_is_not_moved_behind_what_is_recorded_of_its_proceeds(
    seller: Client, refused: Refused
) -> None:
    sale, *_ = seller.record(sold(), settled(), used())
    refusal = refused(lambda: seller.correct(sale.fact_id, sold(sold_on="2025-09-02")))
    assert set(refusal.fields) == {"fact.property_sold.sold_on"}
    seller.correct(sale.fact_id, sold(sold_on="2025-09-01"))


def test_a_sale_is_not_taken_back_while_its_proceeds_rest_on_it(
    seller: Client, refused: Refused
) -> None:
    sale, money, use = seller.record(sold(), settled(), used())
    for each in (sale, money):
        refusal = refused(partial(seller.retract, each.fact_id))
        assert refusal.reason == "ERROR_REASON_INVARIANT"
    for each in (use, money, sale):
        seller.retract(each.fact_id)


def test_an_approval_from_before_the_act_is_refused(seller: Client, refused: Refused) -> None:
    early = sold(sold_on="2018-01-01"), settled(settled_on="2018-11-30")
    refusal = refused(lambda: seller.record(*early))
    assert set(refusal.fields) == {"facts[1].proceeds_settled.transfer_approved"}


def dwellings(**values: Any) -> pb.Fact:
    content = {
        "area": AREA,
        "unit": "blok-1",
        "kind": core_pb2.DWELLING_KIND_FAMILY,
        "dwellings": 20,
        "taken_over_on": "2025-06-01",
        "sale": SALE,
        **values,
    }
    return pb.Fact(dwellings_sold=pb.DwellingsSold(**content))


def test_dwellings_of_the_inventory_name_the_sale_that_they_were_part_of(seller: Client) -> None:
    seller.record(sold(), settled(), dwellings())


def test_no_sale_has_proceeds_of_dwellings_that_were_pulled_down_before_it(
    seller: Client, refused: Refused
) -> None:
    demolished = pb.DwellingsDemolished(
        area=AREA,
        unit="blok-1",
        kind=core_pb2.DWELLING_KIND_FAMILY,
        dwellings=20,
        demolished_on="2025-02-01",
    )
    seller.record(pb.Fact(dwellings_demolished=demolished))
    refusal = refused(lambda: seller.record(sold(), settled(), dwellings()))
    assert set(refusal.fields) == {"facts[2].dwellings_sold.unit"}


@pytest.mark.parametrize(
    ("sale", "gone", "field"),
    [
        ({}, {"taken_over_on": "2025-02-28"}, "taken_over_on"),
        ({"buyer": pb.BUYER_SOCIAL}, {}, "sale"),
        ({}, {"sale": "salg-8"}, "sale"),
    ],
)
def test_dwellings_that_do_not_go_with_the_sale_that_they_name_are_refused(
    seller: Client,
    refused: Refused,
    sale: dict[str, Any],
    gone: dict[str, Any],
    field: str,
) -> None:
    refusal = refused(lambda: seller.record(sold(**sale), dwellings(**gone)))
    assert set(refusal.fields) == {f"facts[1].dwellings_sold.{field}"}


def test_dwellings_in_another_area_than_their_sale_are_refused(
    seller: Client, refused: Refused
) -> None:
    seller.an_area("9999-nabo")
    refusal = refused(lambda: seller.record(sold(), dwellings(area="9999-nabo")))
    assert refusal.fields == {"facts[1].dwellings_sold.sale": "is a sale in another area"}


# --- Questions --------------------------------------------------------------------------------


def test_what_is_paid_is_said_as_an_amount_with_its_rule_and_how_it_was_computed(
    seller: Client,
) -> None:
    seller.record(sold(), settled(), used())
    answer = ask(seller, use=pb.PROCEEDS_USE_OTHER, amount_oere=100_000_000)

    amounts = {value.name: (value.money_oere, value.rule_id) for value in answer.values}
    assert amounts == {
        "proceeds_left": (600_000_000, "FIN-PROCEEDS"),
        "to_landsbyggefonden": (200_000_000, "FIN-80G"),
        "to_landsbyggefonden_of_this": (40_000_000, "FIN-80G"),
    }
    [computed] = [each.explanation.en for each in answer.findings if each.rule_id == "FIN-80G"]
    assert computed.endswith(
        "40 per cent of DKK 5,000,000.00 are DKK 2,000,000.00; of these DKK 400,000.00 are of the "
        "DKK 1,000,000.00 asked about. DKK 0.00 are free."
    )


def test_a_decision_of_later_moves_no_answer_about_a_day_before_it(seller: Client) -> None:
    seller.record(sold(), settled(), used())
    answer = ask(seller, day="2026-01-09", use=pb.PROCEEDS_USE_OTHER, amount_oere=1_000_000_000)
    assert core_pb2.Outcome.Name(answer.outcome) == "OUTCOME_PERMITTED"


def test_a_sale_that_is_not_recorded_and_half_a_use_are_refused(
    seller: Client, refused: Refused
) -> None:
    unknown = refused(lambda: ask(seller, used_in="9999-intetsteds", amount_oere=1))
    assert set(unknown.fields) == {"question.sale", "question.used_in", "question.use"}
    seller.record(sold(), settled())
    half = refused(lambda: ask(seller, use=pb.PROCEEDS_USE_OTHER))
    assert set(half.fields) == {"question.amount_oere"}


def test_what_is_said_of_a_sale_alone_goes_with_no_merging(
    seller: Client, refused: Refused
) -> None:
    request = questions.CheckSaleRequest(
        context=context(purpose="area"),
        request_id=an_id(),
        question=questions.SaleQuestion(
            area=AREA,
            sought=questions.SOUGHT_MERGING,
            merged_m2=120,
            buyer=pb.BUYER_PRIVATE,
            to_build=questions.TO_BUILD_PRIVATE,
        ),
    )
    refusal = refused(lambda: seller.eligibility.CheckSale(request, timeout=20))
    assert set(refusal.fields) == {"question.buyer", "question.to_build"}


def test_what_support_is_sought_for_must_be_said(seller: Client, refused: Refused) -> None:
    request = questions.CheckSupportRequest(
        context=context(purpose="area"),
        request_id=an_id(),
        question=questions.SupportQuestion(area=AREA),
    )
    refusal = refused(lambda: seller.eligibility.CheckSupport(request, timeout=20))
    assert set(refusal.fields) == {"question.support"}


def test_the_three_are_asked_in_one_batch_and_computed_again_to_the_same(seller: Client) -> None:
    seller.record(sold(), settled(), used())
    response = seller.eligibility.BatchCheck(
        questions.BatchCheckRequest(
            context=context(purpose="area"),
            request_id=an_id(),
            checks=[
                questions.CheckQuestion(
                    sale=questions.SaleQuestion(
                        area=AREA,
                        sought=questions.SOUGHT_DEMOLITION,
                        grounds=[pb.DISPOSAL_GROUND_BUILDING_DEFECTS],
                    )
                ),
                questions.CheckQuestion(proceeds=questions.ProceedsQuestion(area=AREA, sale=SALE)),
                questions.CheckQuestion(
                    support=questions.SupportQuestion(area=AREA, support=questions.SUPPORT_RENT)
                ),
            ],
        ),
        timeout=20,
    )
    seller.record(used(amount_oere=1, decided_on="2026-02-01"))
    assert all(item.receipt_id for item in response.items)
    for item in response.items:
        replay = seller.replay(item.receipt_id)
        assert replay.computed_hash == replay.stored_hash


def ask_sale(client: Client, **values: Any) -> core_pb2.Decision:
    request = questions.CheckSaleRequest(
        context=context(purpose="area"),
        request_id=an_id(),
        question=questions.SaleQuestion(
            sought=questions.SOUGHT_DEMOLITION,
            grounds=[pb.DISPOSAL_GROUND_BUILDING_DEFECTS],
            comprises_dwellings=core_pb2.STATED_YES,
            **values,
        ),
    )
    return client.eligibility.CheckSale(request, timeout=20).decision


def test_property_in_no_area_is_asked_about_by_its_department(
    seller: Client, refused: Refused
) -> None:
    answer = ask_sale(seller, outside_areas=True, organisation="0001", department="7")
    assert core_pb2.Outcome.Name(answer.outcome) == "OUTCOME_DISCRETIONARY"

    unnamed = refused(lambda: ask_sale(seller, outside_areas=True))
    assert set(unnamed.fields) == {"question.department"}
    both = refused(
        lambda: ask_sale(seller, area=AREA, outside_areas=True, organisation="0001", department="7")
    )
    assert set(both.fields) == {"question.outside_areas"}
    neither = refused(lambda: ask_sale(seller, organisation="0001", department="7"))
    assert set(neither.fields) == {"question.area"}
