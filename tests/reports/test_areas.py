"""The yearly report says what the API says elsewhere, and of what is not known that it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import grpc
import pytest

from domain.facts import ListKind
from domain.law.editions import CURRENT
from domain.reports import texts
from domain.shown import HIDDEN
from husret.v1 import area_service_pb2 as areas
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as facts
from husret.v1 import report_service_pb2 as pb
from husret.v1 import tenancy_service_pb2 as tenancies
from services.area_lists import shipped
from services.instance.instance import Instance
from services.reports import areas as areas_report
from services.reports.writing import Writing
from tests.api.client import Client, Refusal, an_id, area_figures, context
from tests.reports.conftest import AS_OF, COMBINED, PLANNED, YEAR, area_report, section
from tests.tenancies.letting import ORGANISATION

Refused = Callable[[Callable[[], object]], Refusal]
ON_LIST = {"entered", "stayed", "on"}


def status_of(client: Client, area: str, day: str = AS_OF) -> areas.GetAreaStatusResponse:
    request = areas.GetAreaStatusRequest(area=area, day=day)
    return client.areas.GetAreaStatus(request, timeout=20)


def name_of(status: core.FindingStatus.ValueType) -> str:
    return core.FindingStatus.Name(status).removeprefix("FINDING_STATUS_").lower()


def test_the_counts_of_each_list_are_those_of_the_lists_that_the_api_sums_up(
    municipality: Client,
) -> None:
    report = area_report(municipality)
    held = municipality.areas.ListAreaLists(areas.ListAreaListsRequest()).lists
    names = {number: str(kind) for kind, number in _kinds().items()}
    by_list = {(names[each.kind], each.list_day): set(each.areas) for each in held}
    for each in report.lists:
        listed = {area.area for area in each.areas if area.movement in ON_LIST}
        before = by_list.get((each.kind, f"{YEAR - 1}-12-01"), set())
        assert listed == by_list.get((each.kind, each.day), set())
        assert each.on == len(listed)
        assert each.entered == len(listed - before)
        assert each.stayed == len(listed & before)
        assert each.left == len(before - listed)
        counted = Counter(area.movement for area in each.areas)
        assert (each.entered, each.stayed, each.left, each.may_have_left, each.changed) == tuple(
            counted[movement]
            for movement in ("entered", "stayed", "left", "may_have_left", "changed")
        )
    assert sum(each.on for each in report.lists) > 5
    assert sum(each.left for each in report.lists) > 0


def _kinds() -> dict[ListKind, int]:
    return {kind: areas_kind(kind) for kind in ListKind}


def areas_kind(kind: ListKind) -> int:
    number: int = core.ListKind.Value(f"LIST_KIND_{kind.name}")
    return number


def test_what_an_area_is_and_its_criteria_are_what_its_status_says(municipality: Client) -> None:
    report = area_report(municipality)
    compared = 0
    for area in report.areas:
        said = status_of(municipality, area.area)
        assert (area.name, area.summary.da) == (said.name, said.summary.da)
        by_category = {each.category: each for each in said.categories}
        for each in area.statuses:
            assert each.official == name_of(by_category[each.category].official)
            assert each.computed == name_of(by_category[each.category].computed)
        tested = by_category[area.tested_as].criteria
        points = {c.name: c.points[-1] for c in area.criteria if c.points[-1].day == AS_OF}
        if not points:
            continue
        for criterion in tested:
            point = points[criterion.name]
            assert (point.value, point.limit, point.comparison) == (
                criterion.value,
                criterion.limit,
                criterion.comparison,
            )
            result = areas.CriterionResult.Name(criterion.result)
            assert point.result == result.removeprefix("CRITERION_RESULT_").lower()
            compared += 1
    assert compared > 20


def test_earlier_points_are_what_the_status_of_their_days_says(municipality: Client) -> None:
    found = section(area_report(municipality), PLANNED)
    for course in found.criteria:
        for point in course.points:
            said = status_of(municipality, PLANNED, point.day)
            [category] = [c for c in said.categories if c.category == found.tested_as]
            assert (course.name, point.value, point.limit) in [
                (each.name, each.value, each.limit) for each in category.criteria
            ]
    assert len(found.criteria[0].points) > 3


def test_the_lettings_are_the_rows_of_the_ledger(municipality: Client) -> None:
    report = area_report(municipality)
    request = tenancies.GetAllocationLedgerRequest(context=context(), organisation=ORGANISATION)
    rows = municipality.tenancies.GetAllocationLedger(request, timeout=20).rows
    counted: Counter[str] = Counter()
    for row in rows:
        counted[tenancies.Channel.Name(row.turn.channel).removeprefix("CHANNEL_").lower()] += 1
    [found] = report.organisations
    assert {each.channel: each.allocated for each in found.lettings} == counted
    assert sum(each.in_order for each in found.lettings) == sum(row.in_order for row in rows)
    assert sum(counted.values()) == 4
    in_areas = {area.area: sum(each.allocated for each in area.lettings) for area in report.areas}
    assert (in_areas[PLANNED], in_areas[COMBINED], sum(in_areas.values())) == (2, 1, 3)
    [share] = found.shares
    assert (share.numerator, share.denominator, share.basis) == (1, 2, "agreed")


def test_a_tool_that_somebody_decides_on_says_what_was_decided(municipality: Client) -> None:
    found = section(area_report(municipality), COMBINED)
    tools = {each.code: each for each in found.tools}
    combined = tools["COMBINED_LETTING"]
    assert (combined.status, combined.decided, combined.first_day) == ("met", True, "2020-03-01")
    assert (tools["REFERRAL_RIGHT"].status, tools["REFERRAL_RIGHT"].decided) == ("not_met", True)
    assert all(each.status == "met" for each in found.tools if not each.decided)


def test_an_area_under_a_plan_says_how_it_stands_and_what_is_still_needed(
    municipality: Client,
) -> None:
    found = section(area_report(municipality), PLANNED)
    plan = found.plan
    assert (plan.status, plan.kind, plan.approved_on) == ("met", "joint", "2019-06-01")
    assert plan.carried_out_on == ""
    shares = [(p.day, p.family, p.total, p.share, p.status) for p in found.family_share]
    assert shares == [
        ("2019-06-01", 917, "1017", "90.17", "not_met"),
        ("2022-03-01", 717, "1017", "70.50", "not_met"),
        (AS_OF, 717, "1017", "70.50", "not_met"),
    ]
    # 40 per cent of 1,017 is 406.8; 717 is 40 per cent of 1,792.5.
    now = found.family_share[-1]
    assert (now.too_many, now.to_build) == (717 - 406, 1793 - 1017)
    assert {p.target for p in found.family_share} == {"40"}


def test_where_nobody_counted_the_dwellings_of_a_planned_area_that_is_said(client: Client) -> None:
    client.import_areas()
    plan = facts.PlanApproved(area=PLANNED, kind=facts.PLAN_KIND_JOINT, approved_on="2019-06-01")
    client.record(facts.Fact(plan_approved=plan))
    report = area_report(client)
    noted = [each.area for each in report.exceptions if each.code == "FAMILY_SHARE_NOT_RECORDED"]
    assert noted == [PLANNED]
    assert not section(report, PLANNED).family_share


def test_what_is_in_force_in_an_area_is_what_its_tools_say(municipality: Client) -> None:
    report = area_report(municipality)
    names = {"physical_change", "letting", "fund"}
    for found in report.areas:
        asked = areas.GetAreaToolsRequest(area=found.area, day=AS_OF)
        said = municipality.areas.GetAreaTools(asked, timeout=20)
        assert [
            (group.title.da, [(each.rule_id, each.citation, each.status) for each in group.tools])
            for group in found.in_force
        ] == [
            (
                group.title.da,
                [(each.rule_id, each.citation, name_of(each.status)) for each in group.tools],
            )
            for group in said.groups
            if group.tools
        ]
        assert {each.kind for each in found.in_force} >= names
        letting = {each.rule_id for group in found.in_force for each in group.tools}
        assert {rule for tool in found.tools for rule in tool.rules} <= letting


def test_how_the_plan_stands_is_what_the_view_of_plans_says(municipality: Client) -> None:
    municipality.record(
        facts.Fact(
            plan_sent=facts.PlanSent(area=PLANNED, kind=facts.PLAN_KIND_JOINT, sent_on="2019-05-31")
        ),
        facts.Fact(plan_amended=facts.PlanAmended(area=PLANNED, amended_on="2023-02-01")),
    )
    found = section(area_report(municipality), PLANNED)
    request = pb.ListPlanProgressRequest(
        area=PLANNED,
        day=AS_OF,
        consistency=core.Consistency(at_least_position=municipality.head()),
    )
    [row] = municipality.reports.ListPlanProgress(request, timeout=20).periods
    for name in ("state", "in_time", "kind", "due_on", "council_due_on", "sent_on"):
        assert getattr(found.plan, name) == getattr(row, name), name
    for name in ("approved_on", "amended_on", "reported_on", "refused_on", "carried_out_on"):
        assert getattr(found.plan, name) == getattr(row, name), name
    assert (row.state, row.in_time, row.amended_on) == ("approved", "met", "2023-02-01")
    now = found.family_share[-1]
    for name in ("share", "by_agreement", "family", "total", "target", "too_many", "to_build"):
        assert getattr(now, name) == getattr(row.share, name), name
    # The report names a few more: those that say that nothing else stands.
    assert {each.position for each in row.evidence} >= {*now.positions}


def test_a_walk_of_plans_leaves_out_what_it_is_told_to(
    municipality: Client, refused: Refused
) -> None:
    fresh = core.Consistency(at_least_position=municipality.head())
    ask = municipality.reports.ListPlanProgress
    whole = ask(pb.ListPlanProgressRequest(consistency=fresh, page_size=1_000)).periods
    assert len({row.area for row in whole}) > 1
    assert [*whole] == sorted(whole, key=lambda row: (row.area, row.first_day))
    paged: list[pb.PlanProgressRow] = []
    request = pb.ListPlanProgressRequest(consistency=fresh, page_size=2)
    while True:
        page = ask(request)
        paged += page.periods
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    assert paged == [*whole]
    elsewhere = pb.ListPlanProgressRequest(consistency=fresh, municipality="0461")
    assert not ask(elsewhere).periods
    for row in ask(pb.ListPlanProgressRequest(consistency=fresh, day="2020-01-01")).periods:
        assert row.first_day <= "2020-01-01" <= (row.last_day or "9999")
    wrong = pb.ListPlanProgressRequest(municipality="1", day="then", page_size=-1)
    error = refused(lambda: ask(wrong))
    assert set(error.fields) == {"municipality", "day", "page_size"}


def test_an_area_too_small_for_the_lists_stands_in_a_part_of_its_own(client: Client) -> None:
    client.import_areas()
    for area, residents in (("9999-lilleskov", 300), ("9999-tusindvang", 1000)):
        client.an_area(area)
        few = facts.Figures(residents=residents, convicted_share="1.00", unattached_share="41.0")
        client.record(area_figures(area=area, reference_day="2024-12-01", figures=few))
    report = area_report(client)
    [found] = report.smaller
    assert (found.area, found.residents, found.withheld) == ("9999-lilleskov", "300", False)
    assert found.area not in {each.area for each in report.areas}
    points = {course.name: course.points[-1] for course in found.criteria}
    assert (points["unattached_share"].value, points["unattached_share"].result) == ("41.0", "met")
    # One per cent of 300 residents are three.
    assert (points["convicted_share"].value, points["convicted_share"].withheld) == ("", True)
    assert not [each for each in report.exceptions if each.area == found.area]
    page = areas_report.page(report, Writing("da"))
    assert "Lilleskov" in page
    assert not area_report(client, municipality="0461").smaller


def test_a_figure_that_tells_of_few_persons_is_not_shown(client: Client) -> None:
    client.import_areas()
    small = client.an_area("9999-lilleskov")
    few = facts.Figures(residents=300, convicted_share="1.00", convicted_share_country="0.75")
    # A plan brings it into the report; that none is needed there is said to be meant.
    plan = facts.PlanApproved(area=small, kind=facts.PLAN_KIND_JOINT, approved_on="2019-06-01")
    recorded = facts.RecordFactsRequest(
        context=context(),
        request_id=an_id(),
        facts=[
            facts.Fact(plan_approved=plan),
            area_figures(area=small, reference_day="2024-12-01", figures=few),
        ],
        accept_implausible=True,
    )
    client.facts.RecordFacts(recorded, timeout=20)
    report = area_report(client)
    said = status_of(client, small)
    shown = {c.name: c for category in said.categories for c in category.criteria}
    points = {c.name: c.points[-1] for c in section(report, small).criteria}
    assert points["convicted_share"].withheld
    assert points["convicted_share"].value == shown["convicted_share"].value == ""
    page = areas_report.page(report, Writing("da"))
    assert ">1,00<" not in page
    assert HIDDEN in page


def test_where_no_vacancy_is_recorded_no_letting_is_not_known_to_be_none(client: Client) -> None:
    client.import_areas()
    report = area_report(client)
    assert not report.lettings_recorded
    assert "LETTINGS_NOT_RECORDED" in [each.code for each in report.exceptions]
    assert not report.organisations


def test_the_report_names_what_it_rests_on(municipality: Client) -> None:
    report = area_report(municipality)
    assert report.as_of == AS_OF
    assert report.basis.known_at_position == municipality.head()
    assert report.basis.law_package == CURRENT.id
    assert [each.source for each in report.sources] == ["made up for trials and tests", "made up"]
    assert {each.point for each in report.readings} >= {"AMB-YEARS"}
    assert [each.position for each in report.readings] == [0] * len(report.readings)


def test_as_known_at_an_earlier_position_the_report_is_what_it_was(municipality: Client) -> None:
    before, position = area_report(municipality), municipality.head()
    municipality.record(
        area_figures(area=PLANNED, reference_day="2024-12-02"),
    )
    then = area_report(municipality, consistency=core.Consistency(at_position=position))
    assert then == before
    assert area_report(municipality) != before


@pytest.mark.parametrize(
    ("year", "why"),
    [
        (2013, "no list of that year is recorded here"),
        (2026, "no list of that year is recorded here"),
        (2027, "lies ahead"),
        (2010, "before the first"),
        (0, "name a year"),
        (-1, "before the first"),
    ],
)
def test_a_year_without_lists_or_ahead_is_refused(
    client: Client, refused: Refused, year: int, why: str
) -> None:
    client.import_areas()
    error = refused(lambda: area_report(client, year))
    assert error.code is grpc.StatusCode.INVALID_ARGUMENT
    assert why in error.fields["year"]


def test_all_that_is_wrong_is_named_at_once(client: Client, refused: Refused) -> None:
    error = refused(lambda: area_report(client, 2199, municipality="1"))
    assert set(error.fields) == {"year", "municipality"}


def test_the_report_of_a_municipality_leaves_the_areas_of_others_out(client: Client) -> None:
    client.import_areas()
    assert len(area_report(client, municipality="9999").areas) == len(area_report(client).areas)
    elsewhere = area_report(client, municipality="0461")
    assert not elsewhere.areas
    assert [each.on for each in elsewhere.lists] == [0] * 5


def test_every_exception_has_its_words_and_every_tool_too() -> None:
    for said in (*texts.EXCEPTIONS.values(), *(tool.title for tool in texts.TOOLS)):
        assert said.da
        assert said.en
        assert said.da != said.en


def test_an_incomplete_list_leaves_it_open_who_left(instance: Instance, client: Client) -> None:
    request = areas.ImportAreaListsRequest(
        context=context(purpose="import"),
        request_id="0b1f5a3e-7a55-4d3e-9c55-1f8f3a2b4c5d",
        file_name="published",
        content=shipped.read(shipped.PUBLISHED),
    )
    client.areas.ImportAreaLists(request, timeout=60)
    report = area_report(client, 2020)
    counts = {each.kind: each for each in report.lists}
    parallel, vulnerable = counts["parallel_society"], counts["vulnerable"]
    assert (parallel.on, parallel.published_total, parallel.complete) == (15, 15, True)
    assert (parallel.stayed, parallel.left) == (15, 13)
    assert (vulnerable.on, vulnerable.published_total, vulnerable.complete) == (15, 25, False)
    assert (vulnerable.left, vulnerable.may_have_left) == (0, 18)
    codes = Counter(each.code for each in report.exceptions)
    assert codes["LIST_INCOMPLETE"] == 1
    assert codes["MOVEMENT_NOT_KNOWN"] == 1
    assert codes["LIST_COUNT_DIFFERS"] == 0


def test_the_views_count_what_the_report_counts(municipality: Client) -> None:
    fresh = core.Consistency(at_least_position=municipality.head())
    asked: dict[str, Any] = {"consistency": fresh, "year": YEAR}
    rows = municipality.reports.ListListMovements(pb.ListListMovementsRequest(**asked)).lists
    report = area_report(municipality)
    assert {row.kind: [(a.area, a.movement) for a in row.areas] for row in rows} == {
        each.kind: [(a.area, a.movement) for a in each.areas] for each in report.lists
    }
    tallies = municipality.reports.ListLedgerTallies(pb.ListLedgerTalliesRequest(**asked)).tallies
    [found] = report.organisations
    assert {(t.channel, t.basis): (t.allocated, t.in_order, t.released) for t in tallies} == {
        (each.channel, each.basis): (each.allocated, each.in_order, each.released)
        for each in found.lettings
    }


def test_the_views_are_walked_in_pages_and_refuse_another_walk(
    municipality: Client, refused: Refused
) -> None:
    fresh = core.Consistency(at_least_position=municipality.head())
    whole = municipality.reports.ListListMovements(
        pb.ListListMovementsRequest(consistency=fresh, page_size=1000)
    )
    found: list[pb.ListMovementRow] = []
    request = pb.ListListMovementsRequest(consistency=fresh, page_size=7)
    while True:
        page = municipality.reports.ListListMovements(request)
        found += page.lists
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    assert found == list(whole.lists)
    assert len(found) > 20
    request = pb.ListListMovementsRequest(page_size=7, kind="vulnerable")
    request.page_token = page_token = municipality.reports.ListListMovements(
        pb.ListListMovementsRequest(consistency=fresh, page_size=7)
    ).next_page_token
    assert page_token
    error = refused(lambda: municipality.reports.ListListMovements(request))
    assert set(error.fields) == {"page_token"}
    wrong = pb.ListListMovementsRequest(kind="nothing", year=-1, page_size=-1)
    error = refused(lambda: municipality.reports.ListListMovements(wrong))
    assert set(error.fields) == {"kind", "year", "page_size"}
