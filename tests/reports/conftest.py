"""A municipality with lists, plans, decisions and lettings, and an organisation that rejects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from husret.v1 import core_pb2 as core
from husret.v1 import report_service_pb2 as pb
from husret.v1 import tenancy_service_pb2 as tenancies
from services.instance.instance import Instance
from tests.api import client as facts
from tests.api.client import Client, context
from tests.api.conftest import organisation as organisation
from tests.api.conftest import refused as refused
from tests.api.conftest import served
from tests.tenancies.letting import Letting

YEAR = 2024
AS_OF = "2024-12-01"
PLANNED = "9999-elmehegnet"
COMBINED = "9999-lindevaenget"
TODAY = date(2026, 6, 15)


@pytest.fixture
def instance() -> Instance:
    return Instance.in_memory(today=lambda: TODAY)


@pytest.fixture
def client(instance: Instance) -> Iterator[Client]:
    with served(instance) as connected:
        yield connected


@pytest.fixture
def municipality(client: Client) -> Client:
    """A client of a municipality in which something of every kind has happened."""
    client.import_areas()
    client.record(
        *a_plan(),
        a_grouping(),
        combined_letting(),
    )
    letting = Letting(client)
    letting.a_share(1, 2, basis=facts.pb.SHARE_BASIS_AGREED, first_day="2024-01-01")
    for number, area in enumerate((PLANNED, PLANNED, COMBINED, "")):
        letting.a_dwelling(f"home-{number}", area=area)
        vacancy = letting.vacancy(f"home-{number}", vacant_from="2024-03-01")
        letting.step(
            "AllocateVacancy",
            vacancy_id=vacancy,
            day=f"2024-04-{number + 1:02}",
            **turn(letting, vacancy, number),
        )
    return client


def a_plan() -> list[facts.pb.Fact]:
    """Return a plan of an area of which 917 of 1,017 dwellings were family dwellings."""
    return [
        facts.pb.Fact(
            plan_approved=facts.pb.PlanApproved(
                area=PLANNED, kind=facts.pb.PLAN_KIND_JOINT, approved_on="2019-06-01"
            )
        ),
        facts.pb.Fact(
            area_dwellings_counted=facts.pb.AreaDwellingsCounted(
                area=PLANNED,
                counted_on="2019-06-01",
                family=917,
                youth=0,
                elderly=0,
                private=100,
                commercial_m2=0,
                source="made up",
            )
        ),
        facts.pb.Fact(
            dwellings_sold=facts.pb.DwellingsSold(
                area=PLANNED,
                unit="block-1",
                kind=core.DWELLING_KIND_FAMILY,
                dwellings=200,
                taken_over_on="2022-03-01",
            )
        ),
    ]


def turn(letting: Letting, vacancy: str, number: int) -> dict[str, object]:
    """Take the turn that is due; the last vacancy is used for rehousing."""
    due = letting.due(vacancy).due
    if number == 3:
        return {"channel": tenancies.CHANNEL_REHOUSING}
    return {"channel": due.channel, "basis": due.basis}


def a_grouping(area: str = COMBINED) -> facts.pb.Fact:
    return facts.pb.Fact(
        grouping_approved=facts.pb.GroupingApproved(
            area=area, approved_on="2020-01-01", source="made up"
        )
    )


def combined_letting(area: str = COMBINED, last_day: str = "") -> facts.pb.Fact:
    return facts.pb.Fact(
        combined_letting_decided=facts.pb.CombinedLettingDecided(
            area=area,
            decided_on="2020-02-01",
            extended=True,
            first_day="2020-03-01",
            last_day=last_day,
        )
    )


def area_report(client: Client, year: int = YEAR, **values: object) -> pb.GetAreaReportResponse:
    request = pb.GetAreaReportRequest(context=context(purpose="audit"), year=year, **values)  # type: ignore[arg-type]  # names as in the message
    return client.reports.GetAreaReport(request, timeout=60)


def section(report: pb.GetAreaReportResponse, area: str) -> pb.AreaSection:
    [found] = [each for each in report.areas if each.area == area]
    return found
