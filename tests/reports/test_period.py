"""The report of a period: what was answered, counted, and nobody in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from domain.law.editions import CURRENT
from domain.reports import texts
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import report_service_pb2 as pb
from services.instance.instance import Instance
from services.log.wall_clock import day_at
from services.reports import files, period
from services.reports.writing import Writing
from tests.api import client as api
from tests.api.client import Client, an_id, context
from tests.api.conftest import served
from tests.api.test_clock import accept, jump
from tests.reports.conftest import COMBINED, turn
from tests.reports.test_files import Page
from tests.tenancies.letting import Letting

DANISH, ENGLISH = Writing("da"), Writing("en")
NAME = "Kanariefugl Prøve"
RECORDED = day_at(Instance.in_memory().log.wall_time())
"""The day on which everything here is recorded, or the one before, at midnight."""

TOMORROW = RECORDED + timedelta(days=1)


class Town:
    """A municipality in which seven households were asked about, and two of them erased."""

    def __init__(self, client: Client) -> None:
        self.client = client
        client.import_areas()
        letting = self.letting = Letting(client)
        letting.a_dwelling("home-1", area=COMBINED)
        letting.a_dwelling("home-2", area="")
        self.subjects: list[str] = []
        for number in range(7):
            household, person = letting.a_household()
            self.subjects += [household, person]
            client.record(api.a_person(an_id(), name=f"{NAME} {number}"))
            self.ask(household, "home-1" if number < 6 else "home-2")
        letting.a_share(1, 2, basis=api.pb.SHARE_BASIS_AGREED, first_day="2024-01-01")
        for number in range(2):
            home = f"vacant-{number}"
            letting.a_dwelling(home, area=COMBINED)
            vacancy = letting.vacancy(home, vacant_from="2024-03-01")
            letting.step(
                "AllocateVacancy",
                vacancy_id=vacancy,
                day=f"2024-04-{number + 1:02}",
                **turn(letting, vacancy, number),
            )

    def ask(self, household: str, dwelling: str) -> None:
        request = eligibility.CheckReferralRequest(
            context=context(),
            request_id=an_id(),
            question=eligibility.ReferralQuestion(
                household_id=household,
                dwelling_id=dwelling,
                basis=eligibility.REFERRAL_BASIS_STK_1,
                day="2026-05-01",
            ),
        )
        self.client.eligibility.CheckReferral(request, timeout=20)

    def report(self, first: str = "", last: str = "", **values: Any) -> pb.GetPeriodReportResponse:
        return self.client.reports.GetPeriodReport(
            asked(first or str(RECORDED), last or str(TOMORROW), **values), timeout=60
        )


def asked(first: str, last: str, **values: Any) -> pb.GetPeriodReportRequest:
    return pb.GetPeriodReportRequest(
        context=context(purpose="audit"), first_day=first, last_day=last, **values
    )


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served(Instance.in_memory(today=lambda: TOMORROW)) as client:
        yield Town(client)


def test_answers_are_counted_by_question_and_outcome_and_few_are_not_shown(town: Town) -> None:
    report = town.report()
    [row] = report.answers
    assert row.question == "referral"
    # Seven answers: six of one outcome, one of another, which the total would tell.
    outcomes = ("permitted", "prohibited", "discretionary", "undetermined")
    told = [getattr(row, each).value for each in outcomes if getattr(row, each).HasField("value")]
    hidden = [each for each in outcomes if not getattr(row, each).HasField("value")]
    assert row.total.value == 7
    assert 1 not in told
    assert len(hidden) >= 2
    assert report.least_shown == 5
    said = Page(period.page(report, DANISH)).root.words
    assert ".." in said


def test_what_lies_outside_the_days_is_not_counted(town: Town) -> None:
    before = RECORDED - timedelta(days=1)
    report = town.report(first=str(before), last=str(before))
    assert not report.answers
    assert not report.corrections
    assert "Der er ikke svaret på noget." in Page(period.page(report, DANISH)).root.words


def test_why_answers_are_undetermined_is_asked_for_and_then_noted(town: Town) -> None:
    def looked() -> list[set[core.DataClass.ValueType]]:
        whose = context(purpose="subject_access")
        found = []
        for request in (
            pb.GetSubjectReportRequest(context=whose, household_id=town.subjects[0]),
            pb.GetSubjectReportRequest(context=whose, person_id=town.subjects[1]),
        ):
            report = town.client.reports.GetSubjectReport(request, timeout=30)
            found += [{*a.data_classes} for a in report.accesses if a.by.purpose == "audit"]
        return found

    before = looked()
    report = town.report()
    assert not report.reasons
    assert "REASONS_NOT_ASKED" in [each.code for each in report.exceptions]
    assert looked() == before
    assert not report.opened
    report = town.report(reasons=True)
    assert report.reasons_asked
    assert {each.family for each in report.reasons} <= {
        *texts.FAMILIES,
        *(f"missing:{supplier}" for supplier in CURRENT.texts.SUPPLIERS),
    }
    assert all(each.title.da and each.title.en for each in report.reasons)
    kinds = {kind for each in report.reasons for kind in each.kinds}
    assert kinds
    assert kinds <= {*CURRENT.texts.MISSING}
    after = looked()
    assert len(after) > len(before)
    # What the access table says was opened of a household is what the report says.
    assert {each for one in after for each in one} <= {*report.opened}
    assert core.DATA_CLASS_MEMBERSHIP in report.opened
    assert core.DATA_CLASS_IDENTITY not in report.opened


def test_readings_corrections_and_erasures_stand_as_such(town: Town) -> None:
    client = town.client
    client.record(
        api.pb.Fact(
            reading_chosen=api.pb.ReadingChosen(
                point="AMB-EDU",
                reading="a",
                first_day="2024-01-01",
                chosen_by=NAME,
                reason=f"{NAME} har grunde.",
            )
        )
    )
    counted = api.pb.AreaDwellingsCounted(
        area=COMBINED,
        counted_on="2024-01-01",
        family=100,
        youth=0,
        elderly=0,
        private=0,
        commercial_m2=0,
        source="made up",
    )
    [wrong] = client.record(api.pb.Fact(area_dwellings_counted=counted))
    counted.family = 90
    client.facts.CorrectFact(
        api.pb.CorrectFactRequest(
            context=context(purpose="correction"),
            request_id=an_id(),
            fact_id=wrong.fact_id,
            fact=api.pb.Fact(area_dwellings_counted=counted),
        ),
        timeout=20,
    )
    for _ in range(5):
        household, _ = town.letting.a_household()
        client.erase(household_id=household)
    report = town.report()
    [reading] = report.readings
    assert (reading.point, reading.reading, reading.first_day) == ("AMB-EDU", "a", "2024-01-01")
    [correction] = [each for each in report.corrections if each.kind]
    assert (correction.corrected.value, correction.retracted.value) == (1, 0)
    assert (correction.late.value, correction.most_days) == (0, 0)
    [erasures] = report.erasures
    assert erasures.policy == "retention-5-years"
    # Five households, of each the classes that it had.
    assert erasures.erased.value >= 5
    for writing in (DANISH, ENGLISH):
        said = Page(period.page(report, writing)).root.words
        assert "AMB-EDU" in said


def test_that_the_clock_was_accepted_stands_with_its_reason() -> None:
    instance = Instance.in_memory(today=lambda: TOMORROW)
    with served(instance) as client:
        jump(instance, 2 * 3_600 * 1_000_000)
        accept(client, "uret er stillet")
        report = client.reports.GetPeriodReport(asked(str(RECORDED), str(TOMORROW)), timeout=20)
    [clock] = report.clock
    assert (clock.reason, clock.position) == ("uret er stillet", report.basis.known_at_position)
    assert "uret er stillet" in Page(period.page(report, DANISH)).root.words


def test_the_ledger_of_the_period_is_recounted_per_department(town: Town) -> None:
    report = town.report("2024-04-01", "2024-04-30")
    [department] = report.departments
    assert sum(each.allocated for each in department.lettings) == 2
    assert len(department.digest) == 32
    [first] = town.report("2024-04-01", "2024-04-01").departments
    assert sum(each.allocated for each in first.lettings) == 1
    assert first.digest != department.digest


def test_no_person_is_in_any_file_of_it(town: Town) -> None:
    report = town.report(reasons=True)
    for writing in (DANISH, ENGLISH):
        for file in files.files(report, writing, ["html", "csv", "json"]):
            for secret in (NAME, "Kanariefugl", *town.subjects):
                assert secret.encode() not in file.content, file.name


def test_every_format_holds_the_same_counts(town: Town) -> None:
    report = town.report(reasons=True)
    tables = {
        name: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        for name, content in period.tables(report, ENGLISH)
    }
    [row] = tables["answers"]
    said = json.loads(files.as_json(report))
    for name, column in (("total", "Total"), ("undetermined", "Undetermined")):
        count = said["answers"][0][name].get("value", "..")
        assert row[column] == count
        assert count in Page(period.page(report, ENGLISH)).root.words
    assert len(tables["reasons"]) == len(said["reasons"])
    assert len(tables["ledger"]) == sum(len(each["lettings"]) for each in said["departments"])


def test_the_same_position_gives_the_same_files_whatever_was_recorded_since(town: Town) -> None:
    position = town.report().basis.known_at_position

    def made() -> pb.RenderReportResponse:
        request = pb.RenderReportRequest(
            period=asked(
                str(RECORDED), str(TOMORROW), consistency={"at_position": position}, reasons=True
            ),
            formats=[pb.REPORT_FORMAT_HTML, pb.REPORT_FORMAT_CSV, pb.REPORT_FORMAT_JSON],
        )
        return town.client.reports.RenderReport(request, timeout=60)

    first = made()
    town.ask(town.subjects[0], "home-1")
    assert made() == first


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2024-02-01", "2024-01-01", "last_day"),
        ("2024-01-01", str(date(2090, 1, 1)), "last_day"),
        ("", "2024-01-01", "first_day"),
    ],
)
def test_days_that_make_no_period_are_refused(
    town: Town, refused: Any, first: str, last: str, field: str
) -> None:
    found = refused(lambda: town.client.reports.GetPeriodReport(asked(first, last), timeout=20))
    assert list(found.fields) == [field]
