"""What is reported of combined letting: its days, whom answers have rejected, what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import grpc
import pytest

from domain.data_classes import DataClass
from domain.facts import ControllerKind
from domain.reports import combined_letting as law
from husret.v1 import core_pb2 as core
from husret.v1 import report_service_pb2 as pb
from services.instance.instance import Instance
from services.reports import combined_letting
from services.reports.writing import Writing
from tests.api.client import Client, Refusal, a_dwelling, context, nothing_decided
from tests.api.conftest import served
from tests.api.test_letting import Household, attested, check
from tests.reports.conftest import COMBINED, a_grouping
from tests.reports.conftest import combined_letting as decided

Refused = Callable[[Callable[[], object]], Refusal]
DAY = "2026-05-20"


@pytest.fixture
def landlord() -> Instance:
    """The instance of a housing organisation."""
    return Instance.in_memory(
        kind=ControllerKind.HOUSING_ORGANISATION,
        controller="Prøvebo",
        today=lambda: date(2026, 6, 15),
    )


@pytest.fixture
def lets(landlord: Instance) -> Iterator[Client]:
    """A client of an organisation with a dwelling in an area under combined letting."""
    with served(landlord) as client:
        client.import_areas()
        client.record(
            a_grouping(),
            decided(),
            a_dwelling("dar-1", area=COMBINED, organisation="0000", department="1", rooms=2),
            a_dwelling("dar-0", area="", outside_areas=True),
            nothing_decided(),
        )
        yield client


def reported(client: Client, year: int = 2026) -> pb.GetCombinedLettingReportResponse:
    request = pb.GetCombinedLettingReportRequest(context=context(purpose="audit"), year=year)
    return client.reports.GetCombinedLettingReport(request, timeout=30)


def ask(client: Client, answer: int, day: str = DAY, household: Household | None = None) -> Any:
    """Ask about a household of whom the municipality has answered so."""
    household = household or Household(client)
    condition = core.BENEFIT_CONDITION_SIX_MONTHS_51B
    client.record(attested(household.applicant, condition=condition, answer=answer, day=day))
    return check(client, household.id, day=day), household


def test_the_year_is_from_1_june_to_31_may_and_due_before_1_september() -> None:
    assert law.period(2026) == (date(2025, 6, 1), date(2026, 5, 31))


def test_households_that_answers_of_the_period_have_rejected_are_counted_once(
    lets: Client,
) -> None:
    yes, no = core.ATTESTED_ANSWER_YES, core.ATTESTED_ANSWER_NO
    decision, household = ask(lets, yes)
    assert decision.outcome == core.OUTCOME_PROHIBITED
    check(lets, household.id, day=DAY)  # asked again: the same household
    ask(lets, yes, day="2025-06-01")
    ask(lets, yes, day="2026-05-31")
    ask(lets, yes, day="2025-05-31")  # the day before the period
    ask(lets, yes, day="2026-06-01")  # the day after
    ask(lets, no)
    [area] = reported(lets).areas
    assert (area.area, area.rejections) == (COMBINED, 3)
    assert not area.HasField("replacements")
    [before] = reported(lets, 2025).areas
    assert before.rejections == 1


def test_a_household_that_was_erased_is_not_counted_and_that_is_said(lets: Client) -> None:
    _, household = ask(lets, core.ATTESTED_ANSWER_YES)
    lets.erase(household_id=household.id)
    report = reported(lets)
    assert report.areas[0].rejections == 0
    [note] = [each for each in report.exceptions if each.code == "REJECTIONS_ERASED"]
    assert "1 svar" in note.text.da


def test_reading_the_answers_stands_in_the_access_table(lets: Client, landlord: Instance) -> None:
    _, household = ask(lets, core.ATTESTED_ANSWER_YES)
    token = landlord.keys.token(UUID(household.id), DataClass.DECISIONS)
    landlord.access.flush()
    before = len(landlord.access.reads([token]))
    reported(lets)
    landlord.access.flush()
    noted = landlord.access.reads([token])[before:]
    assert {access.purpose for access in noted} == {"audit"}


def test_a_municipality_does_not_know_whom_organisations_have_rejected(
    municipality: Client,
) -> None:
    report = reported(municipality)
    [area] = report.areas
    assert not area.HasField("rejections")
    assert {each.code for each in report.exceptions} >= {
        "REJECTIONS_NOT_KNOWN",
        "REPLACEMENTS_NOT_KNOWN",
        "FORM_NOT_SEEN",
    }
    assert (report.first_day, report.last_day, report.due_before) == (
        "2025-06-01",
        "2026-05-31",
        "2026-09-01",
    )
    assert (area.decided_on, area.extended) == ("2020-02-01", True)


def test_the_evaluation_of_every_fifth_year_is_named_when_it_is_overdue(
    municipality: Client,
) -> None:
    [area] = reported(municipality).areas
    assert area.evaluation_due == "2025-02-01"
    codes = [each.code for each in reported(municipality).exceptions]
    assert "EVALUATION_OVERDUE" in codes
    assert "EVALUATION_OVERDUE" not in [
        each.code for each in reported(municipality, 2024).exceptions
    ]


@pytest.mark.parametrize(
    ("last_day", "overdue"),
    [("2030-02-28", True), ("2025-06-30", True), ("2025-02-01", False), ("2025-01-31", False)],
)
def test_an_evaluation_is_overdue_only_of_a_decision_that_stood_when_it_was_due(
    client: Client, last_day: str, overdue: bool
) -> None:
    client.import_areas()
    client.record(a_grouping(), decided(last_day=last_day))
    codes = {each.code for each in reported(client, 2025).exceptions}
    assert ("EVALUATION_OVERDUE" in codes) is overdue


def test_where_nothing_is_decided_there_is_nothing_to_report(
    client: Client, refused: Refused
) -> None:
    client.import_areas()
    error = refused(lambda: reported(client))
    assert error.code is grpc.StatusCode.INVALID_ARGUMENT
    assert "no decision on combined letting" in error.fields["year"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_form_leaves_open_what_is_to_be_filled_in(municipality: Client, language: str) -> None:
    writing, report = Writing(language), reported(municipality)
    page = combined_letting.page(report, writing)
    assert page.count(writing.word("to_fill_in")) == 2
    [(name, table)] = combined_letting.tables(report, writing)
    assert name in ("kombineret-udlejning", "combined-letting")
    assert table.decode("utf-8-sig").splitlines()[1].startswith(COMBINED)
