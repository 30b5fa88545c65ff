"""What a fact rests on is not taken back at the very moment that the fact is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from husret.v1 import tenancy_service_pb2 as tenancy
from services.instance.instance import Instance
from tests.api.client import (
    AREA,
    TODAY,
    Client,
    Refusal,
    a_dwelling,
    an_area,
    an_id,
    area_figures,
    context,
    pb,
)
from tests.api.test_completeness import a_plan

Refused = Callable[[Callable[[], object]], Refusal]


def carried_out() -> pb.Fact:
    return pb.Fact(plan_carried_out=pb.PlanCarriedOut(area=AREA, carried_out_on="2022-01-01"))


def vacancy(client: Client) -> object:
    request = tenancy.RecordVacancyRequest(
        context=context(), request_id=an_id(), dwelling_id="d", vacant_from=TODAY
    )
    return client.tenancies.RecordVacancy(request, timeout=20)


def _pairs(client: Client) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Return what takes a fact back, and what rests on it, by their names."""
    place = a_dwelling("d", organisation="0000", department="1")
    _, dwelling = client.record(an_area(), place)
    other = client.record(an_area("9999-nabo"))[0]
    [plan] = client.record(a_plan())
    in_other = {"area": "9999-nabo"}
    return {
        "an area, a dwelling": (
            lambda: client.retract(other.fact_id),
            lambda: client.record(a_dwelling("e", **in_other)),
        ),
        "an area, figures": (
            lambda: client.retract(other.fact_id),
            lambda: client.record(area_figures("9999-nabo")),
        ),
        "a dwelling, a vacancy": (
            lambda: client.retract(dwelling.fact_id),
            lambda: vacancy(client),
        ),
        "a plan, that it was carried out": (
            lambda: client.retract(plan.fact_id),
            lambda: client.record(carried_out()),
        ),
        "a plan moved, that it was carried out": (
            lambda: client.correct(plan.fact_id, a_plan("2023-01-01")),
            lambda: client.record(carried_out()),
        ),
    }


NAMES = (
    "an area, a dwelling",
    "an area, figures",
    "a dwelling, a vacancy",
    "a plan, that it was carried out",
    "a plan moved, that it was carried out",
)


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("pair", NAMES)
def test_of_the_two_the_later_is_refused(
    pair: str,
    first: int,
    client: Client,
    instance: Instance,
    refused: Refused,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = _pairs(client)[pair]
    whole = instance.writer.append_batch

    def after_the_other(*given: Any) -> range:
        monkeypatch.undo()
        both[first]()
        return whole(*given)

    monkeypatch.setattr(instance.writer, "append_batch", after_the_other)
    refusal = refused(both[1 - first])
    assert refusal.reason in {
        "ERROR_REASON_INVARIANT",
        "ERROR_REASON_INVALID_FIELDS",
        "ERROR_REASON_NOT_FOUND",
    }
