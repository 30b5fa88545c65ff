"""What happens to the dwellings of an area, and to its plan, is refused where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest

from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as pb
from tests.api.client import AREA, Client, Refusal, an_id, context

Refused = Callable[[Callable[[], object]], Refusal]
FAMILY, YOUTH, PRIVATE = (
    core.DWELLING_KIND_FAMILY,
    core.DWELLING_KIND_YOUTH,
    core.DWELLING_KIND_PRIVATE,
)


@pytest.fixture
def area(client: Client) -> Client:
    client.an_area()
    return client


def counted(day: str = "2019-01-01", family: int = 100) -> pb.Fact:
    count = pb.AreaDwellingsCounted(
        area=AREA, counted_on=day, family=family, youth=20, elderly=0, private=50, source="BBR"
    )
    return pb.Fact(area_dwellings_counted=count)


def demolished(day: str, unit: str = "block-1", **values: Any) -> pb.Fact:
    content = {"kind": FAMILY, "dwellings": 20, **values}
    fact = pb.DwellingsDemolished(area=AREA, unit=unit, demolished_on=day, **content)
    return pb.Fact(dwellings_demolished=fact)


def sold(day: str, unit: str = "block-1", **values: Any) -> pb.Fact:
    content = {"kind": FAMILY, "dwellings": 20, **values}
    fact = pb.DwellingsSold(area=AREA, unit=unit, taken_over_on=day, **content)
    return pb.Fact(dwellings_sold=fact)


def relabelled(day: str, unit: str = "block-1", **values: Any) -> pb.Fact:
    content = {"kind": FAMILY, "to_kind": YOUTH, "dwellings": 20, **values}
    fact = pb.DwellingsRelabelled(area=AREA, unit=unit, relabelled_on=day, **content)
    return pb.Fact(dwellings_relabelled=fact)


def built(day: str, unit: str = "new-1", **values: Any) -> pb.Fact:
    content = {"kind": PRIVATE, "dwellings": 20, "built_by": pb.BUILDER_PRIVATE, **values}
    return pb.Fact(dwellings_built=pb.DwellingsBuilt(area=AREA, unit=unit, built_on=day, **content))


def test_an_event_for_a_dwelling_that_was_pulled_down_is_refused(
    area: Client, refused: Refused
) -> None:
    area.record(counted(), demolished("2020-06-01"))

    late = refused(lambda: area.record(sold("2020-06-02")))

    assert late.fields == {
        "facts[0].dwellings_sold.taken_over_on": (
            "lies after the unit was pulled down, on 2020-06-01"
        )
    }
    twice = refused(lambda: area.record(demolished("2021-01-01")))
    assert list(twice.fields) == ["facts[0].dwellings_demolished.demolished_on"]


def test_what_happened_before_it_was_pulled_down_can_still_be_recorded(area: Client) -> None:
    area.record(counted(), demolished("2020-06-01", kind=YOUTH))
    assert area.record(relabelled("2020-05-31"))


def test_what_happens_to_a_unit_is_of_the_kind_that_it_has_become(
    area: Client, refused: Refused
) -> None:
    area.record(counted(), relabelled("2020-05-31"))
    family = refused(lambda: area.record(demolished("2020-06-01")))
    assert list(family.fields) == ["facts[0].dwellings_demolished.kind"]
    assert area.record(demolished("2020-06-01", kind=YOUTH))


def test_a_demolition_before_what_stands_of_the_unit_is_refused(
    area: Client, refused: Refused
) -> None:
    area.record(counted(), relabelled("2021-01-01"))
    early = refused(lambda: area.record(demolished("2020-06-01", kind=YOUTH)))
    assert list(early.fields) == ["facts[0].dwellings_demolished.unit"]


def test_all_of_a_request_is_refused_where_one_event_in_it_cannot_follow_another(
    area: Client, refused: Refused
) -> None:
    head = area.head()
    wrong = refused(
        lambda: area.record(counted(), demolished("2020-06-01"), relabelled("2020-07-01"))
    )
    assert list(wrong.fields) == ["facts[2].dwellings_relabelled.relabelled_on"]
    assert area.head() == head


def test_a_unit_can_be_built_again_where_it_was_pulled_down(area: Client) -> None:
    area.record(counted(), demolished("2020-06-01"))
    assert area.record(built("2022-01-01", unit="block-1"), demolished("2025-01-01", kind=PRIVATE))


def test_what_is_sold_is_no_social_dwelling_any_more(area: Client, refused: Refused) -> None:
    area.record(counted(), sold("2020-06-01"))
    again = refused(lambda: area.record(relabelled("2021-01-01")))
    assert again.fields["facts[0].dwellings_relabelled.unit"].startswith("has been sold before")


def test_no_more_dwellings_go_than_the_area_has(area: Client, refused: Refused) -> None:
    area.record(counted(family=30), demolished("2020-06-01"))
    assert area.record(sold("2020-07-01", unit="block-2", dwellings=10))
    many = refused(lambda: area.record(sold("2020-08-01", unit="block-3", dwellings=1)))
    assert list(many.fields) == ["facts[0].dwellings_sold.dwellings"]


def test_a_new_count_is_counted_from_and_not_added_to(area: Client) -> None:
    area.record(counted(family=30), demolished("2020-06-01"), counted("2021-01-01", family=40))
    assert area.record(sold("2021-02-01", unit="block-2", dwellings=40))


def test_what_is_replaced_must_have_been_pulled_down(area: Client, refused: Refused) -> None:
    area.record(counted(), demolished("2020-06-01"))
    assert area.record(built("2022-01-01", replacement=True, replaces="block-1"))
    other = refused(
        lambda: area.record(built("2022-02-01", "new-2", replacement=True, replaces="block-9"))
    )
    assert list(other.fields) == ["facts[0].dwellings_built.replaces"]
    unsaid = refused(lambda: area.record(built("2022-02-01", "new-2", replaces="block-1")))
    assert list(unsaid.fields) == ["facts[0].dwellings_built.replaces"]


def test_a_demolition_that_something_replaces_is_not_taken_back(
    area: Client, refused: Refused
) -> None:
    _, down = area.record(counted(), demolished("2020-06-01"))
    area.record(built("2022-01-01", replacement=True, replaces="block-1"))
    resting = refused(lambda: area.retract(down.fact_id))
    assert resting.code == grpc.StatusCode.FAILED_PRECONDITION


def test_a_correction_is_held_against_the_others_and_not_against_what_it_corrects(
    area: Client, refused: Refused
) -> None:
    _, down = area.record(counted(), demolished("2020-06-01", kind=YOUTH))
    area.record(relabelled("2020-05-01"))
    later = area.correct(down.fact_id, demolished("2020-06-15", kind=YOUTH))
    early = refused(lambda: area.correct(later.fact_id, demolished("2020-04-01", kind=YOUTH)))
    assert list(early.fields) == ["fact.dwellings_demolished.unit"]


PARTS = [
    (
        pb.Fact(
            family_dwellings_by_area=pb.FamilyDwellingsByArea(
                municipality="9999",
                counted_on="2019-01-01",
                in_parallel_societies=101,
                in_municipality=100,
            )
        ),
        "family_dwellings_by_area.in_parallel_societies",
    ),
    (
        pb.Fact(
            family_dwellings_by_area=pb.FamilyDwellingsByArea(
                municipality="9999",
                counted_on="2019-01-01",
                in_parallel_societies=10,
                in_transformation_areas=11,
                in_municipality=100,
            )
        ),
        "family_dwellings_by_area.in_transformation_areas",
    ),
    (
        pb.Fact(
            plan_dispensation_decided=pb.PlanDispensationDecided(
                area=AREA,
                under=pb.PLAN_DISPENSATION_STK_3,
                decided_on="2019-10-01",
                share="100.1",
            )
        ),
        "plan_dispensation_decided.share",
    ),
    (
        pb.Fact(
            plan_dispensation_decided=pb.PlanDispensationDecided(
                area=AREA, under=pb.PLAN_DISPENSATION_STK_3, decided_on="2019-10-01", share="40"
            )
        ),
        "plan_dispensation_decided.share",
    ),
    (
        pb.Fact(
            new_building_documented=pb.NewBuildingDocumented(
                area=AREA,
                documented_on="2019-01-01",
                proofs=[pb.NEW_BUILDING_PROOF_PRICE],
                plot_ratio="61",
            )
        ),
        "new_building_documented.plot_ratio",
    ),
    (
        pb.Fact(
            winding_up_plan_sent=pb.WindingUpPlanSent(
                area=AREA, sent_on="2020-01-01", social_dwellings=10, allowed_dwellings=100
            )
        ),
        "winding_up_plan_sent.area",
    ),
    (sold("2020-01-01", kind=PRIVATE), "dwellings_sold.kind"),
    (relabelled("2020-01-01", to_kind=FAMILY), "dwellings_relabelled.to_kind"),
]


@pytest.mark.parametrize(("fact", "field"), PARTS, ids=[field for _, field in PARTS])
def test_what_does_not_go_together_is_refused(
    area: Client, refused: Refused, fact: pb.Fact, field: str
) -> None:
    wrong = refused(lambda: area.record(fact))
    assert list(wrong.fields) == [f"facts[0].{field}"]


# --- A plan of an area that needs none ------------------------------------------------------


def sent(area: str, day: str) -> pb.Fact:
    return pb.Fact(plan_sent=pb.PlanSent(area=area, kind=pb.PLAN_KIND_JOINT, sent_on=day))


def test_a_plan_of_an_area_that_needs_none_is_asked_about(client: Client, refused: Refused) -> None:
    client.import_areas()
    ordinary = "9999-tjoernemarken"

    doubted = refused(lambda: client.record(sent(ordinary, "2020-01-01")))

    [(field, what)] = doubted.fields.items()
    assert field == "facts[0].plan_sent.area"
    assert "needs no development plan" in what
    assert "accept_implausible" in what
    confirmed = pb.RecordFactsRequest(
        context=context(),
        request_id=an_id(),
        facts=[sent(ordinary, "2020-01-01")],
        accept_implausible=True,
    )
    assert client.facts.RecordFacts(confirmed, timeout=20).recorded


def test_a_plan_of_an_area_whose_lists_are_not_held_is_taken(area: Client) -> None:
    assert area.record(sent(AREA, "2020-01-01"))


# --- A course that hardly can be ------------------------------------------------------------

JOINT, MUNICIPAL = pb.PLAN_KIND_JOINT, pb.PLAN_KIND_MUNICIPAL


def planned(day: str) -> pb.Fact:
    return sent(AREA, day)


def approved(day: str, kind: Any = JOINT) -> pb.Fact:
    return pb.Fact(plan_approved=pb.PlanApproved(area=AREA, kind=kind, approved_on=day))


def turned_down(day: str) -> pb.Fact:
    return pb.Fact(plan_refused=pb.PlanRefused(area=AREA, kind=JOINT, refused_on=day))


def carried_out(day: str) -> pb.Fact:
    return pb.Fact(plan_carried_out=pb.PlanCarriedOut(area=AREA, carried_out_on=day))


HARDLY = [
    ([planned("2019-05-20")], approved("2019-05-01"), "plan_approved.approved_on"),
    ([approved("2019-05-01")], planned("2019-05-20"), "plan_sent.sent_on"),
    ([approved("2019-05-01")], approved("2019-08-01"), "plan_approved.approved_on"),
    ([approved("2019-05-01")], approved("2019-08-01", MUNICIPAL), "plan_approved.approved_on"),
    ([], turned_down("2019-08-01"), "plan_refused.refused_on"),
    ([planned("2019-05-20")], turned_down("2019-05-19"), "plan_refused.refused_on"),
    ([], built("2020-01-01", kind=FAMILY), "dwellings_built.built_by"),
]


@pytest.mark.parametrize(("before", "fact", "field"), HARDLY)
def test_what_hardly_can_be_is_asked_about(
    area: Client, refused: Refused, before: list[pb.Fact], fact: pb.Fact, field: str
) -> None:
    if before:
        area.record(*before)

    doubted = refused(lambda: area.record(fact))

    [(named, what)] = doubted.fields.items()
    assert named == f"facts[0].{field}"
    assert "accept_implausible" in what
    confirmed = pb.RecordFactsRequest(
        context=context(), request_id=an_id(), facts=[fact], accept_implausible=True
    )
    assert area.facts.RecordFacts(confirmed, timeout=20).recorded


def test_the_facts_of_one_request_are_held_against_each_other(
    area: Client, refused: Refused
) -> None:
    doubted = refused(lambda: area.record(planned("2019-05-20"), approved("2019-05-01")))
    assert list(doubted.fields) == [
        "facts[0].plan_sent.sent_on",
        "facts[1].plan_approved.approved_on",
    ]


def test_a_plan_sent_and_approved_and_after_it_was_carried_out_another_is_taken(
    area: Client,
) -> None:
    assert area.record(
        planned("2019-05-20"),
        turned_down("2019-05-20"),
        planned("2019-07-01"),
        approved("2019-07-01"),
    )
    assert area.record(carried_out("2022-01-01"), approved("2022-01-01"))
