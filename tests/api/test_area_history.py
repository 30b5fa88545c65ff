"""An area's status through the years over the API: criteria, changes, periods, and origin."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import grpc
import pytest

from husret.v1 import area_service_pb2 as pb
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from services.area_lists import shipped
from services.instance.instance import Instance
from tests.api.client import Client, Refusal, a_dwelling, an_area, an_id, context
from tests.api.test_areas import request, status

Refused = Callable[[Callable[[], object]], Refusal]

PUBLISHED = shipped.read(shipped.PUBLISHED)
MADE_UP = shipped.read(shipped.MADE_UP)
AREA = "9999-elmehegnet"


@pytest.fixture
def listed(client: Client) -> Client:
    client.areas.ImportAreaLists(request(MADE_UP))
    return client


@pytest.fixture
def published(client: Client) -> Client:
    client.areas.ImportAreaLists(request(PUBLISHED))
    return client


def suspension(**values: str) -> facts.Fact:
    content = {
        "first_day": "2026-01-01",
        "decided_by": "Byrådet",
        "reason": "made up",
        "legal_basis": "direktiv 2000/43/EF",
        **values,
    }
    return facts.Fact(origin_criterion_suspended=facts.OriginCriterionSuspended(**content))


def split(area: str, parts: dict[str, list[str]], approved_on: str = "2020-03-01") -> facts.Fact:
    return facts.Fact(
        area_change_approved=facts.AreaChangeApproved(
            area=area,
            change=facts.AREA_CHANGE_SPLIT,
            parts=[facts.AreaPart(area=name, parcels=plots) for name, plots in parts.items()],
            approved_on=approved_on,
            source="made up",
        )
    )


def figures(area: str, day: str, **values: Any) -> facts.Fact:
    given = facts.Figures(exact=True, **values)
    return facts.Fact(
        area_figures=facts.AreaFigures(
            area=area, reference_day=day, figures=given, source="made up"
        )
    )


# --- Criteria -------------------------------------------------------------------------------


def test_each_criterion_is_told_with_value_limit_strictness_and_result(client: Client) -> None:
    client.record(
        an_area(AREA),
        figures(
            AREA,
            "2024-06-01",
            residents=1500,
            residents_2010=1500,
            unattached_share="40.0",
            convicted_share="6.0",
            convicted_share_country="2.0",
            income_ratio="54.9",
            nonwestern_share="50.1",
        ),
    )
    found = status(client, AREA, "2024-12-15")["parallel_society"]
    assert found.computed == core.FINDING_STATUS_MET
    told = {
        each.name: (each.value, each.comparison, each.limit, each.result) for each in found.criteria
    }
    assert told == {
        "unattached_share": ("40.0", ">", "40", pb.CRITERION_RESULT_NOT_MET),
        "convicted_share": ("6.0", ">=", "6.0", pb.CRITERION_RESULT_MET),
        "basic_schooling_share": ("", ">", "60", pb.CRITERION_RESULT_MISSING),
        "income_ratio": ("54.9", "<", "55", pb.CRITERION_RESULT_MET),
        "nonwestern_share": ("50.1", ">", "50", pb.CRITERION_RESULT_MET),
    }
    assert all(each.title.da and each.title.en for each in found.criteria)


def test_a_rounded_figure_on_its_limit_is_not_decidable(published: Client) -> None:
    found = status(published, "0461-solbakken-mv", "2021-02-01")["vulnerable"]
    [convicted] = [each for each in found.criteria if each.name == "convicted_share"]
    assert (convicted.value, convicted.limit) == ("2.3", "2.27")
    assert convicted.result == pb.CRITERION_RESULT_NOT_DECIDABLE
    assert found.official == core.FINDING_STATUS_MET


# --- Published edges ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "day", "category", "expected"),
    [
        # One convict over the limit: on the lists of 2020, and hard after five in a row.
        ("0461-solbakken-mv", "2020-12-01", "transformation", core.FINDING_STATUS_MET),
        ("0461-solbakken-mv", "2020-11-30", "transformation", core.FINDING_STATUS_NOT_MET),
        # Two residents over half in 2019, and under it the years before and after.
        ("0607-korskaerparken", "2019-11-30", "parallel_society", core.FINDING_STATUS_NOT_MET),
        ("0607-korskaerparken", "2019-12-01", "parallel_society", core.FINDING_STATUS_MET),
        ("0607-korskaerparken", "2020-12-01", "parallel_society", core.FINDING_STATUS_NOT_MET),
        # The gap of 2018 restarts its count.
        ("0607-korskaerparken", "2019-12-01", "transformation", core.FINDING_STATUS_NOT_MET),
        # A part of Vollsmose stands on the list by itself; the rest goes on as it was.
        ("0461-vollsmose", "2019-12-01", "transformation", core.FINDING_STATUS_MET),
        (
            "0461-vollsmose-hybenhaven-slaaenhaven-tjoernehaven",
            "2019-12-01",
            "parallel_society",
            core.FINDING_STATUS_NOT_MET,
        ),
        # The lists of 2013 are held for two areas only; the next one is not held at all.
        ("0316-agervang", "2014-01-31", "parallel_society", core.FINDING_STATUS_MET),
        ("0461-vollsmose", "2014-01-31", "parallel_society", core.FINDING_STATUS_UNKNOWN),
        ("0316-agervang", "2014-02-01", "parallel_society", core.FINDING_STATUS_UNKNOWN),
        ("0316-agervang", "2014-12-01", "parallel_society", core.FINDING_STATUS_MET),
    ],
)
def test_the_published_edges_come_out_right(
    area: str, day: str, category: str, expected: int, published: Client
) -> None:
    assert status(published, area, day)[category].official == expected


def test_five_lists_in_a_row_give_exactly_the_published_transformation_areas(
    published: Client,
) -> None:
    found = status(published, "0607-korskaerparken", "2019-12-01")["transformation"]
    assert found.computed == core.FINDING_STATUS_NOT_MET
    [run] = [each for each in found.findings if each.rule_id == "AREA-HARD-2018-2021"]
    assert run.values["gap"] == "2018-12-01"


# --- What follows ---------------------------------------------------------------------------


def consequences(client: Client, area: str, day: str) -> set[str]:
    response = client.areas.GetAreaStatus(pb.GetAreaStatusRequest(area=area, day=day))
    assert all(each.text.da and each.text.en and each.citation for each in response.consequences)
    return {each.rule_id for each in response.consequences}


def test_what_the_status_brings_with_it_follows_the_day(listed: Client) -> None:
    assert "LET-FLEX-2011" in consequences(listed, AREA, "2018-11-30")
    first = consequences(listed, AREA, "2018-12-01")
    assert {"REF-UDS-N4", "LET-FLEX-OBL", "PLAN-168A", "FIN-TILLAEG"} <= first
    assert first.isdisjoint({"LET-FLEX-2011", "LET-OMD-51C", "EXC-69-UDS"})
    assert "LET-OMD-51C" in consequences(listed, AREA, "2019-07-01")
    assert "FIN-TILLAEG" not in consequences(listed, AREA, "2025-01-01")
    prevention = consequences(listed, "9999-hasselvangen", "2022-01-01")
    assert {"LET-FLEX-OBL-FORE", "SALE-28-DEMO", "GOV-165A"} <= prevention
    assert prevention.isdisjoint({"LET-RECORD-29", "PLAN-168A", "LET-OMD-51C"})


def test_a_former_transformation_area_keeps_the_plan_s_tools(listed: Client) -> None:
    plan = facts.PlanApproved(
        area="9999-pilehaven", kind=facts.PLAN_KIND_JOINT, approved_on="2019-10-01"
    )
    listed.record(facts.Fact(plan_approved=plan))
    kept = consequences(listed, "9999-pilehaven", "2022-06-01")
    assert {"LET-OMD-51C", "SALE-27-4", "PLAN-96-3", "REF-UDS-N5"} <= kept
    assert kept.isdisjoint({"LET-FLEX-OBL", "LET-RECORD-29", "TERM-85-2"})
    # Off for the fourth list in a row: the ban and § 51 c end, the tools go on.
    after = consequences(listed, "9999-pilehaven", "2024-12-01")
    assert "LET-OMD-51C" not in after
    assert "SALE-27-4" in after


@pytest.mark.parametrize(
    ("day", "warnings"),
    [
        ("2025-12-17", []),
        ("2025-12-18", ["ORIGIN_CRITERION_JUDGMENT"]),
        ("2026-01-26", ["LAW_NEWER_THAN_REVIEW", "ORIGIN_CRITERION_JUDGMENT"]),
        ("2028-01-25", ["LAW_NEWER_THAN_REVIEW", "ORIGIN_CRITERION_JUDGMENT"]),
        ("2028-01-26", ["LAW_REVIEW_STALE", "ORIGIN_CRITERION_JUDGMENT"]),
    ],
)
def test_a_status_warns_of_the_judgment_and_of_an_old_review(
    day: str, warnings: list[str], listed: Client
) -> None:
    response = listed.areas.GetAreaStatus(pb.GetAreaStatusRequest(area=AREA, day=day))
    assert list(response.warnings) == warnings
    assert [bool(each.da and each.en) for each in response.warning_texts] == [True] * len(warnings)


# --- Timeline -------------------------------------------------------------------------------


def periods(client: Client, area: str, upto: str) -> list[tuple[str, str, str]]:
    response = client.areas.GetAreaTimeline(pb.GetAreaTimelineRequest(area=area, upto=upto))
    for each in response.periods:
        assert each.began_text.da
        assert each.HasField("ended_text") == bool(each.last_day)
        if each.status == core.FINDING_STATUS_MET:
            assert each.evidence_positions
    return [
        (each.category, each.first_day, each.last_day)
        for each in response.periods
        if each.status == core.FINDING_STATUS_MET
    ]


def test_the_timeline_has_a_period_for_each_run_of_days(listed: Client) -> None:
    assert periods(listed, "9999-birkebo", "2025-06-01") == [
        ("vulnerable", "2018-12-01", "2021-11-30"),
        ("vulnerable", "2023-12-01", "2024-11-30"),
        ("parallel_society", "2014-12-01", "2021-11-30"),
        ("transformation", "2018-12-01", "2021-11-30"),
    ]
    assert periods(listed, "9999-birkebo", "2023-12-01")[1] == ("vulnerable", "2023-12-01", "")


def test_a_timeline_shows_what_was_known_at_a_position(listed: Client) -> None:
    before = listed.head()
    listed.record(suspension(first_day="2025-06-01", last_day="2025-06-30"))
    asked = pb.GetAreaTimelineRequest(area=AREA, upto="2025-11-30")

    def transformation() -> list[tuple[str, str]]:
        response = listed.areas.GetAreaTimeline(asked)
        return [
            (each.first_day, each.last_day)
            for each in response.periods
            if each.category == "transformation" and each.status == core.FINDING_STATUS_MET
        ]

    assert transformation() == [("2018-12-01", "2025-05-31"), ("2025-07-01", "")]
    asked.consistency.at_position = before
    assert transformation() == [("2018-12-01", "")]


@pytest.mark.parametrize(
    ("area", "upto", "reason"),
    [
        ("9999-nowhere", "2025-01-01", "ERROR_REASON_NOT_FOUND"),
        (AREA, "2010-12-31", "ERROR_REASON_BEFORE_COVERAGE"),
        ("", "2025-02-30", "ERROR_REASON_INVALID_FIELDS"),
    ],
)
def test_a_timeline_that_cannot_be_told_is_refused(
    area: str, upto: str, reason: str, listed: Client, refused: Refused
) -> None:
    asked = pb.GetAreaTimelineRequest(area=area, upto=upto)
    assert refused(lambda: listed.areas.GetAreaTimeline(asked)).reason == reason


# --- Changes --------------------------------------------------------------------------------


def test_a_split_is_told_with_the_list_that_counts_it_first(listed: Client) -> None:
    listed.record(an_area("9999-oest"), an_area("9999-vest"))
    listed.record(split(AREA, {AREA: [], "9999-oest": []}, "2024-02-01"))
    listed.record(
        facts.Fact(area_renamed=facts.AreaRenamed(area=AREA, name="Elmely", first_day="2024-06-01"))
    )
    response = listed.areas.GetAreaStatus(
        pb.GetAreaStatusRequest(area="9999-oest", day="2025-11-30")
    )
    [change] = response.changes
    assert (change.change, change.approved_on, change.counts_from) == (
        "split",
        "2024-02-01",
        "2025-12-01",
    )
    by_category = {each.category: each for each in response.categories}
    assert by_category["transformation"].official == core.FINDING_STATUS_MET
    assert by_category["transformation"].findings[0].values["listed_as"] == AREA
    names = [
        listed.areas.GetAreaStatus(pb.GetAreaStatusRequest(area=AREA, day=day)).name
        for day in ("2024-05-31", "2024-06-01")
    ]
    assert names[0] != names[1] == "Elmely"


def parcels(area: str, plots: list[str]) -> facts.Fact:
    return facts.Fact(
        area_parcels=facts.AreaParcels(area=area, parcels=plots, first_day="2018-12-01")
    )


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"9999-oest": ["1a"], "9999-vest": ["1a", "1b"]}, "parts[1].parcels[0]"),
        ({"9999-oest": ["1a"], "9999-vest": ["9z"]}, "parts[1].parcels[0]"),
        ({"9999-oest": ["1a"], "9999-vest": ["1b"]}, "parts"),
        ({"9999-oest": ["1a", "1b", "1c"]}, "parts"),
        ({"9999-oest": [], "9999-nowhere": []}, "parts[1].area"),
        ({"9999-oest": [], "9999-birkebo": []}, "parts[1].area"),
    ],
)
def test_a_split_that_does_not_add_up_is_refused(
    parts: dict[str, list[str]], field: str, listed: Client, refused: Refused
) -> None:
    listed.record(an_area("9999-oest"), an_area("9999-vest"), parcels(AREA, ["1a", "1b", "1c"]))
    head = listed.head()
    refusal = refused(lambda: listed.record(split(AREA, parts)))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert f"facts[0].area_change_approved.{field}" in refusal.fields
    assert listed.head() == head


def test_plots_are_neither_recorded_nor_moved_nor_taken_back_so_that_a_split_adds_up_no_more(
    listed: Client, refused: Refused
) -> None:
    listed.record(an_area("9999-oest"), an_area("9999-vest"), an_area("9999-nord"))
    listed.record(parcels("9999-nord", ["1a"]))
    new = parcels("9999-nord", ["1a", "1b"])
    new.area_parcels.first_day = "2019-12-01"
    [of_split] = listed.record(new)
    listed.record(split("9999-nord", {"9999-oest": ["1a"], "9999-vest": ["1b"]}))
    new.area_parcels.parcels.append("1c")
    refusal = refused(lambda: listed.correct(of_split.fact_id, new))
    assert set(refusal.fields) == {"fact.area_parcels.parcels"}
    new.area_parcels.first_day = "2020-01-01"
    refusal = refused(lambda: listed.record(new))
    assert set(refusal.fields) == {"facts[0].area_parcels.parcels"}
    assert refused(lambda: listed.retract(of_split.fact_id)).reason == "ERROR_REASON_INVARIANT"
    new.area_parcels.first_day = "2021-01-01"
    listed.record(new)


def test_changes_of_one_request_and_of_several_are_told_from_each_other(
    listed: Client, refused: Refused
) -> None:
    listed.record(an_area("9999-oest"), an_area("9999-vest"), an_area("9999-nord"))
    both = (split(AREA, {"9999-oest": [], "9999-vest": []}),) * 2
    refusal = refused(lambda: listed.record(*both))
    assert "facts[1].area_change_approved.parts[0].area" in refusal.fields

    def merged(into: str, *parts: str) -> facts.Fact:
        change = facts.AreaChangeApproved(
            area=into,
            change=facts.AREA_CHANGE_MERGER,
            parts=[facts.AreaPart(area=part) for part in parts],
            approved_on="2022-05-04",
            source="made up",
        )
        return facts.Fact(area_change_approved=change)

    one = merged("9999-oest", "9999-vest", "9999-nord")
    other = merged("9999-vest", "9999-oest", "9999-nord")
    refusal = refused(lambda: listed.record(one, other))
    assert set(refusal.fields) == {
        "facts[0].area_change_approved.approved_on",
        "facts[1].area_change_approved.approved_on",
    }
    listed.record(one)
    refusal = refused(lambda: listed.record(other))
    assert set(refusal.fields) == {"facts[0].area_change_approved.approved_on"}


def test_the_name_that_an_area_was_given_is_not_given_to_another(
    listed: Client, refused: Refused
) -> None:
    def renamed(area: str, name: str, first_day: str = "2024-06-01") -> facts.Fact:
        given = facts.AreaRenamed(area=area, name=name, first_day=first_day)
        return facts.Fact(area_renamed=given)

    listed.record(renamed(AREA, "Elmely"))
    for name in ("Elmely", "Elmehegnet"):
        refusal = refused(partial(listed.record, renamed(PREVENTION, name)))
        assert set(refusal.fields) == {"facts[0].area_renamed.name"}
    listed.record(renamed(AREA, "Elmehegnet", "2025-06-01"))


def test_two_suspensions_are_told_from_each_other_in_one_request_and_in_a_race(
    listed: Client, instance: Instance, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = refused(lambda: listed.record(suspension(), suspension(decided_by="The council")))
    assert set(refusal.fields) == {
        f"facts[{index}].origin_criterion_suspended.first_day" for index in (0, 1)
    }

    append = instance.writer.append_batch

    def after_another(*given: Any) -> range:
        monkeypatch.undo()
        listed.record(suspension(decided_by="The council"))
        return append(*given)

    monkeypatch.setattr(instance.writer, "append_batch", after_another)
    refusal = refused(lambda: listed.record(suspension()))
    assert set(refusal.fields) == {"facts[0].origin_criterion_suspended.first_day"}


def test_figures_of_a_year_without_the_area_are_refused_with_every_wrong_field(
    listed: Client, refused: Refused
) -> None:
    listed.record(an_area("9999-oest"), an_area("9999-vest"), an_area("9999-nord"))
    listed.record(split("9999-nord", {"9999-oest": [], "9999-vest": []}))
    refusal = refused(
        lambda: listed.record(
            figures("9999-oest", "2019-12-31", residents=1000),
            figures("9999-nord", "2020-12-01", residents=1000),
            suspension(first_day="2018-11-30", decided_by="", reason=""),
        )
    )
    assert set(refusal.fields) == {
        "facts[0].area_figures.reference_day",
        "facts[1].area_figures.reference_day",
        "facts[2].origin_criterion_suspended.first_day",
        "facts[2].origin_criterion_suspended.decided_by",
        "facts[2].origin_criterion_suspended.reason",
    }
    listed.record(figures("9999-oest", "2020-01-01", residents=1000))


def test_a_list_of_a_day_without_the_area_is_refused(client: Client, refused: Refused) -> None:
    client.record(an_area("9999-oest"), an_area("9999-vest"), an_area("9999-birkebo"))
    parts: dict[str, list[str]] = {"9999-oest": [], "9999-vest": []}
    client.record(split("9999-birkebo", parts, "2019-05-01"))
    refusal = refused(lambda: client.areas.ImportAreaLists(request(MADE_UP)))
    assert "9999-birkebo does not exist since the list of 2019-12-01" in refusal.details
    early = MADE_UP.decode().replace("9999-pilehaven;Pilehaven", "9999-oest;Oest").encode()
    refusal = refused(lambda: client.areas.ImportAreaLists(request(early, correct=True)))
    assert "9999-oest came to be on 2019-05-01, after 2014-12-01" in refusal.details


def test_a_change_is_not_approved_beside_lists_and_figures_of_days_without_the_area(
    listed: Client, refused: Refused
) -> None:
    listed.record(an_area("9999-oest"), an_area("9999-vest"), an_area("9999-nord"))
    listed.record(figures("9999-oest", "2021-01-01", residents=1000))
    field = "facts[0].area_change_approved"
    of_listed = split("9999-birkebo", {"9999-vest": [], "9999-nord": []}, "2019-05-01")
    assert set(refused(lambda: listed.record(of_listed)).fields) == {f"{field}.area"}
    parts: dict[str, list[str]] = {"9999-vest": [], "9999-oest": []}
    late = split("9999-nord", parts, "2022-05-01")
    assert set(refused(lambda: listed.record(late)).fields) == {f"{field}.parts[1].area"}
    [approved] = listed.record(split("9999-nord", parts, "2020-05-01"))
    refusal = refused(lambda: listed.correct(approved.fact_id, late))
    assert set(refusal.fields) == {"fact.area_change_approved.parts[1].area"}


@pytest.mark.parametrize("change_first", [True, False])
def test_of_a_change_and_figures_that_race_and_contradict_one_is_refused(
    change_first: bool,
    listed: Client,
    instance: Instance,
    refused: Refused,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed.record(an_area("9999-oest"), an_area("9999-vest"), an_area("9999-nord"))
    raced = [
        split("9999-nord", {"9999-vest": [], "9999-oest": []}, "2022-05-01"),
        figures("9999-oest", "2021-01-01", residents=1000),
    ]
    first, second = raced if change_first else reversed(raced)
    append = instance.writer.append_batch

    def after_another(*given: Any) -> range:
        monkeypatch.undo()
        listed.record(first)
        return append(*given)

    monkeypatch.setattr(instance.writer, "append_batch", after_another)
    assert refused(lambda: listed.record(second)).reason == "ERROR_REASON_INVALID_FIELDS"


def test_an_area_that_is_only_a_grouping_is_said_not_to_be_reached_by_the_older_ban(
    client: Client,
) -> None:
    # The list of combined letting that was due is complete here, and names nobody.
    lines = MADE_UP.decode().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("record;"))
    last = ";".join(("list", "2017-12-01", "combined_letting", "", "9999"))
    due = "area;2017-12-01;"
    more = [f"{line};{'off' if line.startswith(due) else ''}" for line in lines[at + 1 :]]
    empty = ";" * (lines[at].count(";") - 5)
    more.append(f"{last}{empty}made up;;")
    content = "\n".join((f"{lines[at]};combined_letting", *more))
    client.areas.ImportAreaLists(request(content.encode()))
    area = "9999-kastanjeparken"
    grouped = facts.GroupingApproved(area=area, approved_on="2012-05-01", source="made up")
    client.record(facts.Fact(grouping_approved=grouped))
    decision = answered(client, area, "2018-09-28")
    [said] = [
        finding.explanation.en
        for finding in decision.findings
        if finding.values.get("grouping") == "only"
    ]
    assert "on 1 May 2012 (§ 51 b(6)); the rule does not cover that" in said


# --- Origin ---------------------------------------------------------------------------------


def dependants(client: Client, **values: Any) -> audit.ListOriginDependantsResponse:
    asked = audit.ListOriginDependantsRequest(context=context(purpose="audit"), **values)
    return client.audit.ListOriginDependants(asked)


PREVENTION = "9999-hasselvangen"


def answered(client: Client, area: str, day: str) -> core.Decision:
    """Record an answer about a household without anything against it."""
    household, dwelling = client.a_household(), f"dwelling-{an_id()}"
    client.record(a_dwelling(dwelling, area=area))
    return client.check(household, dwelling, day)


def test_what_rests_on_origin_is_found_with_what_it_would_be_without(listed: Client) -> None:
    resting = answered(listed, PREVENTION, "2026-01-15")
    answered(listed, AREA, "2026-01-15")
    answered(listed, "9999-kastanjeparken", "2026-01-15")
    found = dependants(listed, day="2026-01-15")
    [answer] = found.answers
    assert answer.receipt_id == resting.receipt_id
    assert (answer.area, answer.day) == (PREVENTION, "2026-01-15")
    assert answer.outcome == resting.outcome == core.OUTCOME_UNDETERMINED
    assert answer.known_at_position == resting.known_at_position
    assert answer.recorded_position == resting.recorded_position
    assert list(answer.categories) == ["prevention"]
    assert answer.outcome_without == core.OUTCOME_PERMITTED
    areas = {each.area: (list(each.categories), list(each.without)) for each in found.areas}
    assert areas[AREA] == (["parallel_society", "transformation"], ["vulnerable"])
    assert areas[PREVENTION] == (["prevention"], [])
    assert "9999-kastanjeparken" not in areas
    assert not dependants(listed, day="2026-01-15", first_day="2026-01-16").answers


def test_what_pages_of_a_waiting_list_say_is_found_among_what_rests_on_origin(
    listed: Client,
) -> None:
    listed.a_household()
    pages = {}
    for number, area in enumerate((PREVENTION, "9999-kastanjeparken")):
        listed.record(a_dwelling(f"B-{number}", area=area))
        [pages[area]] = listed.eligibility.ScreenWaitingList(
            eligibility.ScreenWaitingListRequest(
                context=context(),
                request_id=an_id(),
                referral=eligibility.ReferralQuestion(
                    dwelling_id=f"B-{number}",
                    basis=eligibility.REFERRAL_BASIS_STK_1,
                    day="2026-01-15",
                ),
            )
        )
    [found] = dependants(listed, day="2026-01-15").answers
    page = pages[PREVENTION]
    assert found.receipt_id == page.receipt_id
    assert (found.area, found.day) == (PREVENTION, "2026-01-15")
    assert found.recorded_position == page.recorded_position
    assert found.known_at_position == page.known_at_position
    # What it says of each household is sealed.
    assert found.outcome == core.OUTCOME_UNSPECIFIED
    assert found.outcome_without == core.OUTCOME_PERMITTED


def test_a_suspension_takes_the_warning_and_what_rests_on_origin_and_leaves_the_rest(
    listed: Client,
) -> None:
    asked = pb.GetAreaStatusRequest(area=AREA, day="2026-01-15")
    before = listed.areas.GetAreaStatus(asked)
    assert list(before.warnings) == ["ORIGIN_CRITERION_JUDGMENT"]
    assert before.warning_texts[0].da
    resting = answered(listed, PREVENTION, "2026-01-15")
    [suspended] = listed.record(suspension())
    after = listed.areas.GetAreaStatus(asked)
    official = {each.category: each.official for each in after.categories}
    met, not_met = core.FINDING_STATUS_MET, core.FINDING_STATUS_NOT_MET
    assert official["vulnerable"] == met
    assert official["parallel_society"] == official["transformation"] == not_met
    assert not after.warnings
    [said] = [each for each in after.categories if each.category == "transformation"]
    assert said.findings[0].values["set_aside"] == "suspended"
    assert suspended.position in {each.position for each in said.findings[0].evidence}
    assert said.rests_on_origin
    # The day before, and the position before, are as they were; the receipt is still found.
    assert status(listed, AREA, "2025-12-31")["transformation"].official == met
    asked.consistency.at_position = before.known_at_position
    assert listed.areas.GetAreaStatus(asked) == before
    found = dependants(listed, day="2026-01-15")
    assert [each.receipt_id for each in found.answers] == [resting.receipt_id]
    assert all(each.suspended for each in found.areas)
    assert listed.replay(resting.receipt_id).verdict == audit.REPLAY_VERDICT_EQUAL
    anew = answered(listed, PREVENTION, "2026-01-15")
    assert anew.outcome == core.OUTCOME_PERMITTED


def test_a_suspension_may_not_overlap_another_and_ends_by_a_correction(
    listed: Client, refused: Refused
) -> None:
    [first] = listed.record(suspension())
    refusal = refused(lambda: listed.record(suspension(first_day="2026-03-01")))
    assert set(refusal.fields) == {"facts[0].origin_criterion_suspended.first_day"}
    listed.correct(first.fact_id, suspension(last_day="2026-02-28"))
    met, not_met = core.FINDING_STATUS_MET, core.FINDING_STATUS_NOT_MET
    assert status(listed, AREA, "2026-02-28")["transformation"].official == not_met
    assert status(listed, AREA, "2026-03-01")["transformation"].official == met


def test_the_walk_over_answers_that_rest_on_origin_is_paged_at_one_position(
    listed: Client, refused: Refused
) -> None:
    made = [answered(listed, PREVENTION, "2026-01-15").receipt_id for _ in range(5)]
    first = dependants(listed, page_size=2)
    answered(listed, PREVENTION, "2026-01-15")
    found, page = [each.receipt_id for each in first.answers], first
    while page.next_page_token:
        page = dependants(listed, page_size=2, page_token=page.next_page_token)
        assert page.known_at_position == first.known_at_position
        assert not page.areas
        found += [each.receipt_id for each in page.answers]
    assert found == made
    wrong: list[dict[str, Any]] = [
        {"page_token": first.next_page_token, "first_day": "2026-01-01"},
        {"page_token": "AAAA"},
        {"page_size": -1},
        {"day": "2026-02-30"},
    ]
    for values in wrong:
        refusal = refused(partial(dependants, listed, **values))
        assert refusal.reason == "ERROR_REASON_INVALID_FIELDS"
    refusal = refused(lambda: dependants(listed, day="2010-12-31"))
    assert refusal.reason == "ERROR_REASON_BEFORE_COVERAGE"


# --- Tools ----------------------------------------------------------------------------------


def tools(client: Client, area: str, day: str) -> pb.GetAreaToolsResponse:
    return client.areas.GetAreaTools(pb.GetAreaToolsRequest(area=area, day=day))


def test_an_area_s_tools_stand_in_groups_with_what_lies_outside(listed: Client) -> None:
    found = tools(listed, AREA, "2024-06-01")
    assert [each.kind for each in found.groups] == [
        pb.TOOL_KIND_PHYSICAL_CHANGE,
        pb.TOOL_KIND_LETTING,
        pb.TOOL_KIND_FUND,
        pb.TOOL_KIND_BESIDE,
    ]
    for group in found.groups:
        assert group.title.da
        assert group.title.en
        for tool in group.tools:
            assert tool.text.da
            assert tool.text.en
            assert "§" in tool.citation
            assert tool.evidence or not tool.categories
    [renovation] = [
        each for group in found.groups for each in group.tools if each.rule_id == "FUND-91-4"
    ]
    assert renovation.finding.values["frame_oere"] == "99270000000"
    assert {"efficiency_unit", "day_care_and_school", "penalty_zones", "new_building_study"} <= {
        each.code for each in found.outside
    }


def test_what_a_status_brings_with_it_is_among_its_tools(listed: Client) -> None:
    found = tools(listed, AREA, "2024-06-01")
    in_force = {
        tool.rule_id
        for group in found.groups
        for tool in group.tools
        if tool.status == core.FINDING_STATUS_MET
    }
    assert consequences(listed, AREA, "2024-06-01") <= in_force
    asked = pb.GetAreaStatusRequest(area=AREA, day="2024-06-01")
    assert found.summary == listed.areas.GetAreaStatus(asked).summary


def test_tools_of_an_area_whose_list_is_not_held_may_be_in_force(listed: Client) -> None:
    listed.record(an_area("0461-nytorv", municipality="0461"))
    found = tools(listed, "0461-nytorv", "2024-06-01")
    statuses = {tool.status for group in found.groups for tool in group.tools if tool.categories}
    assert statuses == {core.FINDING_STATUS_UNKNOWN}
    assert found.missing


def test_tools_of_an_area_that_is_not_known_are_refused(listed: Client, refused: Refused) -> None:
    refusal = refused(lambda: tools(listed, "9999-ukendt", "2024-06-01"))
    assert refusal.reason == "ERROR_REASON_NOT_FOUND"
    assert set(refused(lambda: tools(listed, "", "2024-06-01")).fields) == {"area"}
    before = refused(lambda: tools(listed, AREA, "2010-12-31"))
    assert before.reason == "ERROR_REASON_BEFORE_COVERAGE"
