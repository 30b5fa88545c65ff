"""What an area is: the turns between tests, changed areas, groupings, and what follows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.events import Recorded
from domain.facts import (
    AreaChange,
    AreaChangeApproved,
    AreaFigures,
    AreaPart,
    Figures,
    GroupingApproved,
    ListKind,
    PlanApproved,
    PlanKind,
)
from domain.law.area import figures, former, lists
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.consequences import consequences
from domain.law.area.measured import alone
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Readings, Status, explore
from domain.law.letting.criteria import Compared
from services.cases.world import AREA, World

START = "START-AREA-GHETTO-2014"


def _recorded(known: Figures) -> Recorded[Any]:
    return World().record(
        AreaFigures(area=AREA, reference_day=date(2024, 1, 1), figures=known, source="made up")
    )


def _figures(world: World, day: date, **stated: Any) -> Recorded[Any]:
    known = Figures(**{"residents": 1500, "rounded": False, "education_cleaned": True, **stated})
    return world.record(AreaFigures(area=AREA, reference_day=day, figures=known, source="made up"))


def _read(**assigned: str) -> Readings:
    return Readings(CURRENT.points, {k.replace("_", "-"): v for k, v in assigned.items()})


# --- The turn from the test of 2010 to that of 2014 -----------------------------------------


@pytest.mark.parametrize(
    ("day", "points", "under"),
    [
        (date(2013, 12, 25), (), {"": Status.MET}),
        (date(2013, 12, 26), (START,), {"in_force": Status.NOT_MET, "not_in_force": Status.MET}),
        (date(2014, 1, 15), (START,), {"in_force": Status.NOT_MET, "not_in_force": Status.MET}),
        (date(2014, 6, 30), (START,), {"in_force": Status.NOT_MET, "not_in_force": Status.MET}),
        (date(2014, 7, 1), (), {"": Status.NOT_MET}),
    ],
)
def test_from_the_signing_of_the_new_test_for_six_months_both_are_read_where_they_part(
    day: date, points: tuple[str, ...], under: dict[str, Status]
) -> None:
    world = World()
    world.register_area()
    # Two of the three criteria of 2010, and two of the five of 2014.
    _figures(
        world,
        date(2013, 1, 1),
        nonwestern_share="50.1",
        unattached_share_4_years="40.1",
        convicted_per_10000="100",
        unattached_share="40.1",
        convicted_share_adults="1",
        basic_schooling_share="10",
        income_ratio="90",
    )
    view, kind = world.view(), ListKind.PARALLEL_SOCIETY
    tree = explore(CURRENT.points, lambda r: area_law.by_figures(CURRENT, view, AREA, kind, day, r))
    assert tree.points == points
    assert {dict(path).get(START, ""): found.status for path, found in tree.leaves} == under


def test_where_both_tests_agree_nothing_is_asked_and_the_list_in_force_says_which() -> None:
    world = World()
    world.register_area()
    _figures(
        world,
        date(2013, 1, 1),
        nonwestern_share="60",
        unattached_share_4_years="50",
        unattached_share="50",
        convicted_share_adults="4",
    )
    for day, first in (
        (date(2014, 1, 31), "unattached_share_4_years"),
        (date(2014, 2, 1), "unattached_share"),
    ):
        readings = _read()
        found = area_law.by_figures(
            CURRENT, world.view(), AREA, ListKind.PARALLEL_SOCIETY, day, readings
        )
        assert found.status is Status.MET
        assert found.values[0][0] == first
        assert readings.consulted == []


def test_before_a_kind_exists_its_figures_are_not_tested() -> None:
    world = World()
    world.register_area()
    _figures(world, date(2018, 1, 1), residents_2010=1500, nonwestern_share="60")
    for kind, first in (
        (ListKind.VULNERABLE, date(2018, 12, 1)),
        (ListKind.TRANSFORMATION, date(2018, 12, 1)),
        (ListKind.PREVENTION, date(2021, 11, 30)),
    ):
        before = first - timedelta(days=1)
        found = area_law.by_figures(CURRENT, world.view(), AREA, kind, before, _read())
        assert found.status is Status.NOT_IN_FORCE


# --- List days ------------------------------------------------------------------------------


def test_every_list_day_since_2011_is_due_on_itself_and_until_the_next() -> None:
    ghetto = [date(2011, 1, 1), date(2011, 10, 1), date(2012, 10, 1), date(2013, 10, 1)]
    ghetto += [date(2014, 2, 1), *(date(year, 12, 1) for year in range(2014, 2027))]
    assert list(lists.list_days(ListKind.PARALLEL_SOCIETY, date(2026, 12, 31))) == ghetto
    for before, after in pairwise(ghetto):
        assert lists.list_day_due(ListKind.PARALLEL_SOCIETY, before) == before
        day_before = after - timedelta(days=1)
        assert lists.list_day_due(ListKind.PARALLEL_SOCIETY, day_before) == before
        assert lists.list_before(ListKind.PARALLEL_SOCIETY, after) == before
    for kind in set(ListKind) - {ListKind.PARALLEL_SOCIETY}:
        first = lists.FIRST_LIST[kind]
        assert lists.list_days(kind, date(2026, 11, 30)) == tuple(
            date(year, 12, 1) for year in range(first.year, 2026)
        )


# --- Changes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("approved", "first"),
    [
        (date(2019, 1, 1), date(2019, 12, 1)),
        (date(2019, 12, 1), date(2019, 12, 1)),
        (date(2019, 12, 2), date(2020, 12, 1)),
        (date(2023, 9, 30), date(2023, 12, 1)),
        (date(2023, 10, 1), date(2024, 12, 1)),
        (date(2023, 12, 31), date(2024, 12, 1)),
        (date(2024, 1, 1), date(2025, 12, 1)),
    ],
)
def test_a_change_counts_from_the_next_list_and_later_from_that_of_the_year_after(
    approved: date, first: date
) -> None:
    change = AreaChangeApproved(
        area=AREA, change=AreaChange.SPLIT, parts=(), approved_on=approved, source="made up"
    )
    assert lists.counts_from(change) == first


def test_an_area_that_was_split_and_merged_again_is_followed_to_its_beginning() -> None:
    world = World()
    for name in (AREA, "east", "west"):
        world.register_area(name)
    world.publish_lists(2018, 2022)
    parts = (AreaPart(area="east"), AreaPart(area="west"))
    for change, day in ((AreaChange.SPLIT, 2019), (AreaChange.MERGER, 2021)):
        world.record(
            AreaChangeApproved(
                area=AREA, change=change, parts=parts, approved_on=date(day, 6, 1), source="made up"
            )
        )
    world.list_area(date(2020, 12, 1), {ListKind.VULNERABLE}, "east")
    world.list_area(date(2020, 12, 1), {ListKind.VULNERABLE}, "west")

    def found(year: int) -> Finding:
        return lists.on_list(world.view(), AREA, ListKind.VULNERABLE, date(year, 12, 1))

    # As merged it stood, in both its parts, on the list of 2020; as the whole it was on none.
    assert found(2020).status is Status.MET
    assert dict(found(2020).values)["listed_as"] == "east west"
    assert found(2018).status is Status.NOT_MET
    assert found(2021).status is Status.NOT_MET
    assert "listed_as" not in dict(found(2021).values)


def test_what_a_change_makes_of_an_area_says_when_it_existed() -> None:
    world = World()
    change = AreaChangeApproved(
        area="whole",
        change=AreaChange.SPLIT,
        parts=(AreaPart(area=AREA), AreaPart(area="rest")),
        approved_on=date(2020, 6, 1),
        source="made up",
    )
    assert lists.existed(world.view(), AREA) == (None, None)
    assert lists.existed(world.view(), AREA, [change]) == (date(2020, 6, 1), None)
    world.record(change)
    assert lists.existed(world.view(), AREA) == (date(2020, 6, 1), None)
    assert lists.existed(world.view(), "whole") == (None, date(2020, 12, 1))
    keeps = AreaChangeApproved(
        area="kept",
        change=AreaChange.SPLIT,
        parts=(AreaPart(area="kept"), AreaPart(area="new")),
        approved_on=date(2020, 6, 1),
        source="made up",
    )
    world.record(keeps)
    assert lists.existed(world.view(), "kept") == (None, None)


# --- Combined letting -----------------------------------------------------------------------


def test_an_area_that_is_only_a_grouping_is_told_apart_from_one_on_the_list() -> None:
    world = World()
    world.register_area()
    world.publish_lists(2022, 2023)
    world.record(GroupingApproved(area=AREA, approved_on=date(2022, 1, 1), source="made up"))
    world.list_area(date(2023, 12, 1), {ListKind.COMBINED_LETTING})
    for day, only in ((date(2023, 11, 30), True), (date(2023, 12, 1), False)):
        found = area_law.status(
            CURRENT, world.view(), AREA, Category.COMBINED_LETTING, day, _read()
        )
        assert found.status is Status.MET
        assert area_law.is_only_a_grouping(found) is only


def test_a_grouping_by_its_figures_is_one_too() -> None:
    world = World()
    item = alone(_figures(world, date(2022, 1, 1), outside_labour_market_share="40"))
    grouping = world.record(
        GroupingApproved(area=AREA, approved_on=date(2022, 1, 1), source="made up")
    )
    assert area_law.is_only_a_grouping(figures.combined_letting_area(item, grouping, _read()))
    assert not area_law.is_only_a_grouping(figures.combined_letting_area(item, None, _read()))


# --- Lists and runs -------------------------------------------------------------------------


def test_a_run_that_the_list_does_not_follow_leaves_the_status_to_the_list() -> None:
    world = World()
    world.register_area()
    world.publish_lists(2010, 2024)
    for year in range(2020, 2025):
        world.list_area(date(year, 12, 1), {ListKind.PARALLEL_SOCIETY, ListKind.VULNERABLE})
    day, kind = date(2025, 1, 1), ListKind.TRANSFORMATION
    computed = area_law.by_figures(CURRENT, world.view(), AREA, kind, day, _read())
    assert computed.status is Status.MET
    readings = _read(AMB_LIST="b")
    found = area_law.status(CURRENT, world.view(), AREA, Category.TRANSFORMATION, day, readings)
    assert found.status is Status.NOT_MET
    assert "AMB-LIST" not in readings.consulted


def test_an_area_on_the_transformation_list_is_no_former_one() -> None:
    world = World()
    world.register_area()
    world.publish_lists(2018, 2022)
    world.list_area(date(2022, 12, 1), set(list(ListKind)[:3]))
    world.record(PlanApproved(area=AREA, kind=PlanKind.JOINT, approved_on=date(2019, 1, 1)))
    found = former.former_area_tools(world.view(), AREA, date(2023, 1, 1), _read())
    assert found.status is Status.NOT_MET
    unknown = World()
    unknown.register_area()
    unknown.record(PlanApproved(area=AREA, kind=PlanKind.JOINT, approved_on=date(2019, 1, 1)))
    found = former.former_area_tools(unknown.view(), AREA, date(2023, 1, 1), _read())
    assert found.status is Status.UNKNOWN
    assert [each.kind for each in found.missing] == ["area_list"]


@pytest.mark.parametrize(
    ("share", "limit", "test", "compared"),
    [
        # Three times the share printed with two decimals: off by half a hundredth at most.
        ("2.28", "2.27", figures.VULNERABLE_TEST, Compared.MET),
        ("2.27", "2.27", figures.VULNERABLE_TEST, Compared.NOT_DECIDABLE),
        ("2.26", "2.27", figures.VULNERABLE_TEST, Compared.NOT_MET),
        ("2.3", "2.27", figures.VULNERABLE_TEST, Compared.NOT_DECIDABLE),
        # Twice the share is two thirds of it, and so is what it can be off.
        ("1.51", "2.25", figures.PREVENTION_TEST, Compared.MET),
        ("1.50", "2.25", figures.PREVENTION_TEST, Compared.NOT_DECIDABLE),
        ("1.49", "2.25", figures.PREVENTION_TEST, Compared.NOT_MET),
    ],
)
def test_a_printed_limit_is_rounded_like_the_share(
    share: str, limit: str, test: figures.Test, compared: Compared
) -> None:
    stated = Figures(convicted_share=share, convicted_limit=limit)
    known = alone(_recorded(stated))
    found = figures.criteria(known, test, None, _read())
    assert found[1].compared is compared


# --- What follows ---------------------------------------------------------------------------


def test_only_rules_in_force_follow_from_a_status() -> None:
    def ids(day: date, *categories: Category) -> set[str]:
        return {each.rule_id for each in consequences(CURRENT, day, categories, ())}

    assert "REF-UDS-N5" not in ids(date(2018, 11, 30), Category.VULNERABLE)
    assert "REF-UDS-N5" in ids(date(2018, 12, 1), Category.VULNERABLE)
    assert "AREA-BOLIGKRAV" not in ids(date(2024, 11, 30), Category.VULNERABLE)
    assert "AREA-BOLIGKRAV" in ids(date(2024, 12, 1), Category.VULNERABLE)
    assert "LET-FLEX-2011" in ids(date(2018, 11, 30), Category.PARALLEL_SOCIETY)
    assert ids(date(2025, 1, 1)) == set()
