"""Between two boundaries nothing about an area changes, and its periods say what each day says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.facts import (
    AreaChange,
    AreaChangeApproved,
    AreaFigures,
    AreaPart,
    Fact,
    Figures,
    GroupingApproved,
    ListKind,
    OriginCriterionSuspended,
    PlanApproved,
    PlanCarriedOut,
    PlanKind,
    ReadingChosen,
)
from domain.law.area import origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.consequences import OTHER_RULES, consequences
from domain.law.area.timeline import boundaries, interval, timeline
from domain.law.editions import CURRENT
from domain.law.kernel import Status
from domain.reference import View
from services.cases.world import AREA, World
from tests.support import scaled

FIRST, LAST = date(2011, 1, 1), date(2031, 12, 31)
DAYS = st.dates(FIRST, LAST)
KINDS = st.sets(st.sampled_from(list(ListKind)), max_size=3)
EXACT = Figures(
    residents=1500,
    residents_2010=1500,
    unattached_share="45",
    income_ratio="50",
    nonwestern_share="60",
    outside_labour_market_share="45",
    rounded=False,
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Make an area with lists, figures, plans, decisions and readings of random days."""
    world = World()
    world.register_area()
    world.register_area("whole")
    world.publish_lists(2010, 2029, complete=draw(st.booleans()))
    for year in draw(st.sets(st.integers(2010, 2029))):
        world.list_area(date(year, 12, 1), draw(KINDS), draw(st.sampled_from([AREA, "whole"])))
    suspended_from = draw(DAYS)
    made: list[Fact] = [
        AreaFigures(area=AREA, reference_day=draw(DAYS), figures=EXACT, source="made up"),
        PlanApproved(area=AREA, kind=PlanKind.JOINT, approved_on=draw(DAYS)),
        PlanCarriedOut(area=AREA, carried_out_on=draw(DAYS)),
        GroupingApproved(
            area=AREA, approved_on=draw(DAYS), last_day=draw(st.none() | DAYS), source="made up"
        ),
        OriginCriterionSuspended(
            first_day=suspended_from,
            last_day=draw(st.none() | st.dates(suspended_from, LAST)),
            decided_by="made up",
            reason="made up",
            legal_basis="made up",
        ),
        AreaChangeApproved(
            area="whole",
            change=AreaChange.SPLIT,
            parts=(AreaPart(area=AREA), AreaPart(area="whole")),
            approved_on=draw(DAYS),
            source="made up",
        ),
        ReadingChosen(
            point=draw(st.sampled_from(["AMB-LIST", "AMB-CJEU", "AMB-FORMER-YEARS-EARLIER"])),
            reading="b",
            first_day=draw(DAYS),
            chosen_by="made up",
            reason="made up",
        ),
    ]
    for fact in draw(st.lists(st.sampled_from(made), unique_by=id)):
        world.record(fact)
    return world


def _all_of(view: View, day: date) -> list[object]:
    """Return everything about the area on a day that may be looked up once for an interval."""
    standings = area_law.standings(CURRENT, view, AREA, day)
    official = [(each.category, each.finding.status) for each in standings]
    met = [category for category, status in official if status is Status.MET]
    return [
        *((each.finding, each.tree, each.rests_on_origin) for each in standings),
        origin.warnings(official, day),
        consequences(CURRENT, day, met, ()),
        *(area_law.figure_rule(category, day) for category in Category),
    ]


@given(worlds(), DAYS)
@settings(max_examples=scaled(60, 2_000))
def test_nothing_changes_between_two_boundaries(world: World, day: date) -> None:
    view = world.view()
    assert _all_of(view, interval(CURRENT, view, AREA, day)) == _all_of(view, day)


@given(worlds(), DAYS, DAYS)
@settings(max_examples=scaled(60, 2_000))
def test_the_periods_say_what_each_day_says(world: World, day: date, upto: date) -> None:
    view = world.view()
    periods = timeline(CURRENT, view, AREA, {}, upto)
    for category in Category:
        own = [each for each in periods if each.category is category]
        for before, after in pairwise(own):
            assert before.last_day is not None
            assert before.last_day < after.first_day
        standing = area_law.standing(CURRENT, view, AREA, category, min(day, upto))
        covering = [
            each for each in own if each.first_day <= min(day, upto) <= (each.last_day or date.max)
        ]
        if standing.finding.status in (Status.MET, Status.UNKNOWN):
            [period] = covering
            assert period.status is standing.finding.status
            assert {i.position for i in standing.finding.evidence} <= set(period.evidence)
        else:
            assert covering == []


@given(worlds(), DAYS)
@settings(max_examples=scaled(30, 500))
def test_a_longer_timeline_only_goes_on(world: World, upto: date) -> None:
    view = world.view()
    short = timeline(CURRENT, view, AREA, {}, upto)
    long = timeline(CURRENT, view, AREA, {}, LAST)
    closed = {(each.category, each.first_day): each for each in long}
    for each in short:
        later = closed[each.category, each.first_day]
        if each.last_day is not None:
            assert later == each
        else:
            assert later.last_day is None or later.last_day >= upto


def test_the_first_boundary_is_the_first_day_of_the_package() -> None:
    world = World()
    world.register_area()
    days = boundaries(CURRENT, world.view(), AREA)
    assert days == sorted(set(days))
    assert days[0] == CURRENT.first_day
    assert {date(2014, 2, 1), date(2018, 12, 1), date(2021, 11, 30), date(2030, 1, 2)} <= set(days)


def test_readings_can_be_tried_on_a_timeline() -> None:
    world = World()
    world.register_area()
    world.publish_lists(2010, 2026)
    world.list_area(date(2025, 12, 1), {ListKind.PREVENTION})
    view, upto = world.view(), date(2026, 6, 1)
    [period] = timeline(CURRENT, view, AREA, {}, upto)
    assert (period.category, period.first_day, period.last_day) == (
        Category.PREVENTION,
        date(2025, 12, 1),
        None,
    )
    [tried] = timeline(CURRENT, view, AREA, {"AMB-CJEU": "b"}, upto)
    assert tried.last_day == origin.JUDGMENT - timedelta(days=1)
    assert (tried.became, dict(tried.ended)["set_aside"]) == (Status.NOT_MET, "judgment")


def test_every_rule_of_the_table_has_a_text_and_none_is_evaluated_too() -> None:
    ids = [each.rule_id for each in OTHER_RULES]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(CURRENT.texts.CONSEQUENCES)
    for each in OTHER_RULES:
        assert "§" in each.section
        assert each.act
