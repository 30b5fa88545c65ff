"""One answer lists an area's tools by their kind, in force or perhaps, and what lies outside."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from domain.facts import ListKind, PlanApproved, PlanKind
from domain.law import explain
from domain.law.area.categories import Category
from domain.law.area.consequences import KEEPING, ToolKind, consequences, kind_of
from domain.law.area.tools import Tool, tools
from domain.law.editions import CURRENT
from domain.law.fund.money import Frame
from domain.law.kernel import Confidence, Finding, Rule, Status
from services.cases.world import AREA, World

FUND = [rule for rule in CURRENT.rules.values() if rule.question == "fund"]


def _tools(day: date, *kinds: ListKind, known: bool = True) -> dict[str, Tool]:
    world = World()
    world.register_area(AREA)
    if known:
        world.publish_lists(2010, day.year)
        world.list_area(date(day.year - 1, 12, 1), set(kinds))
    return {each.rule_id: each for each in tools(CURRENT, world.view(), AREA, day)}


def test_no_rule_that_reaches_an_area_is_one_of_letting_but_those_of_its_subjects() -> None:
    """What is asked for something new is none of letting until somebody says which kind it is."""
    letting = {
        rule.id.partition("-")[0]
        for rule in CURRENT.rules.values()
        if rule.areas and kind_of(rule) is ToolKind.LETTING
    }
    assert letting == {"REF", "LET", "EXC", "SUB"}


def test_each_kind_of_tool_has_a_rule_in_a_transformation_area() -> None:
    found = _tools(
        date(2025, 6, 1),
        ListKind.TRANSFORMATION,
        ListKind.PARALLEL_SOCIETY,
        ListKind.VULNERABLE,
    )
    assert {each.kind for each in found.values()} == set(ToolKind)
    assert found["PLAN-168A"].kind is ToolKind.PHYSICAL_CHANGE
    assert found["REF-UDS-N5"].kind is ToolKind.LETTING
    assert found["EVI-90-10"].kind is ToolKind.LETTING
    assert found["REH-VACANCY-LOSS"].kind is ToolKind.FUND
    assert found["AREA-BOLIGKRAV"].kind is ToolKind.BESIDE
    assert all(each.finding.status is Status.MET for each in found.values())


def test_an_ordinary_area_has_only_the_tools_that_reach_every_area() -> None:
    found = _tools(date(2024, 6, 1))
    assert found
    assert all(each.categories == () for each in found.values())


def test_what_an_unknown_list_would_bring_may_be_in_force_and_says_what_would_tell() -> None:
    found = _tools(date(2024, 6, 1), known=False)
    perhaps = [each for each in found.values() if each.categories]
    assert "PLAN-168A" in {each.rule_id for each in perhaps}
    for each in perhaps:
        assert each.finding.status is Status.UNKNOWN
        assert each.finding.missing


def test_a_tool_rests_on_the_list_that_brings_it() -> None:
    [listed] = _tools(date(2024, 6, 1), ListKind.VULNERABLE)["SALE-27"].finding.evidence
    assert listed.fact.list_day == date(2023, 12, 1)


def test_tools_of_letting_go_with_the_letting_rules_of_a_former_area_and_others_with_its_plan() -> (
    None
):
    day = date(2024, 12, 2)
    letting, plan = KEEPING
    former = (Category.FORMER_TRANSFORMATION,)
    by_letting = {each.rule_id for each in consequences(CURRENT, day, former, (letting,))}
    by_plan = {each.rule_id for each in consequences(CURRENT, day, (), (plan,))}
    assert {"REF-UDS-N5", "LET-OMD-51C"} <= by_letting - by_plan
    assert {"FUND-91B", "REH-VACANCY-LOSS", "SALE-27C-LEASE"} <= by_plan - by_letting


def test_money_for_a_former_area_rests_on_its_plan_too() -> None:
    world = World()
    world.register_area(AREA)
    world.publish_lists(2010, 2024)
    world.list_area(date(2021, 12, 1), set(ListKind) - {ListKind.PREVENTION})
    plan = world.record(PlanApproved(area=AREA, kind=PlanKind.JOINT, approved_on=date(2019, 9, 1)))
    found = {t.rule_id: t for t in tools(CURRENT, world.view(), AREA, date(2024, 6, 1))}
    assert plan in found["FUND-91B"].finding.evidence
    assert plan in found["PLAN-96-3"].finding.evidence


@pytest.mark.parametrize("rule", FUND, ids=[rule.id for rule in FUND])
def test_the_frames_of_a_rule_follow_each_other_without_a_gap_from_its_first_day(
    rule: Rule,
) -> None:
    frames: tuple[Frame, ...] = (rule.parameters or {}).get("frames", ())
    for before, after in pairwise(frames):
        assert before.last_year + 1 == after.first_year
    if frames:
        assert rule.first_day == date(frames[0].first_year, 1, 1)
        assert frames[-1].last_year == 2026


def test_what_lies_outside_has_words_in_both_languages_and_names_no_rule_of_the_edition() -> None:
    for code, each in explain.outside(CURRENT).items():
        for text in each:
            assert text.da
            assert text.en
        rule = CURRENT.rules.get(code)
        if rule is not None:
            assert rule.confidence in (Confidence.AGREEMENT_ONLY, Confidence.NOT_VERIFIED)


@pytest.mark.parametrize(
    ("oere", "da", "en"),
    [
        ("99270000000", "992,7 mio. kr.", "DKK 992.7 million"),
        ("650000000000", "6.500 mio. kr.", "DKK 6,500 million"),
        ("100000000", "1 mio. kr.", "DKK 1 million"),
        ("99999900", "999.999 kr.", "DKK 999,999"),
        ("105", "1,05 kr.", "DKK 1.05"),
    ],
)
def test_an_amount_is_written_in_kroner(oere: str, da: str, en: str) -> None:
    said = explain._money(CURRENT, oere, ())
    assert (said.da, said.en) == (da, en)


def test_a_frame_is_said_with_its_year() -> None:
    found = _tools(date(2024, 6, 1), ListKind.VULNERABLE)["FUND-91-4"]
    assert found.said is not None
    assert isinstance(found.said.finding, Finding)
    said = explain.finding_text(CURRENT, found.said)
    assert "992,7 mio. kr. i 2024" in said.da
    assert "50 million" in said.en
