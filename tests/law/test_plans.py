"""The share of family dwellings, and what is still needed, over any inventory."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.facts import (
    AreaDwellingsCounted,
    Builder,
    DwellingKind,
    DwellingsBuilt,
    DwellingsDemolished,
    DwellingsRelabelled,
    DwellingsSold,
    Fact,
)
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Readings, Status
from domain.law.plans.counting import days_of_change
from services.cases.world import AREA, World

COUNTED = date(2019, 1, 1)
LATER = date(2024, 1, 1)
NUMBERS = st.integers(0, 400)


def counted(family: int, private: int, commercial_m2: int = 0) -> AreaDwellingsCounted:
    return AreaDwellingsCounted(
        area=AREA,
        counted_on=COUNTED,
        family=family,
        youth=0,
        elderly=0,
        private=private,
        commercial_m2=commercial_m2,
        source="made up",
    )


def share(*facts: Fact, day: date = LATER, **read: str) -> Finding:
    """Return what PLAN-COUNT finds on a day."""
    world = World()
    world.register_area()
    for fact in facts:
        world.record(fact)
    readings = Readings(CURRENT.points, {"AMB-75": "a", "AMB-DEMO": "a", **read})
    return CURRENT.rules["PLAN-COUNT"].evaluate(world.view(), AREA, day, readings)


def told(found: Finding, name: str) -> str:
    return dict(found.values)[name]


def sold(dwellings: int) -> DwellingsSold:
    return DwellingsSold(
        area=AREA, unit="a", kind=DwellingKind.FAMILY, dwellings=dwellings, taken_over_on=LATER
    )


def built(dwellings: int) -> DwellingsBuilt:
    return DwellingsBuilt(
        area=AREA,
        unit="b",
        kind=DwellingKind.PRIVATE,
        dwellings=dwellings,
        built_on=LATER,
        built_by=Builder.PRIVATE,
        replacement=False,
    )


@given(family=NUMBERS, private=NUMBERS)
def test_selling_as_many_as_are_too_many_reaches_the_target_and_one_fewer_does_not(
    family: int, private: int
) -> None:
    before = share(counted(family, private))
    too_many = int(told(before, "too_many"))
    assert (too_many == 0) is (before.status is Status.MET)
    if too_many:
        assert share(counted(family, private), sold(too_many)).status is Status.MET
    if too_many > 1:
        assert share(counted(family, private), sold(too_many - 1)).status is Status.NOT_MET


@given(family=NUMBERS, private=NUMBERS, commercial=st.integers(0, 400))
def test_building_as_many_others_reaches_the_target_and_one_fewer_does_not(
    family: int, private: int, commercial: int
) -> None:
    before = share(counted(family, private, commercial))
    to_build = int(told(before, "to_build"))
    assert (to_build == 0) is (before.status is Status.MET)
    if to_build:
        assert share(counted(family, private, commercial), built(to_build)).status is Status.MET
    if to_build > 1:
        fewer = share(counted(family, private, commercial), built(to_build - 1))
        assert fewer.status is Status.NOT_MET


@given(family=st.integers(1, 400), private=NUMBERS, down=st.integers(1, 400))
def test_pulling_down_selling_and_redesignating_count_alike(
    family: int, private: int, down: int
) -> None:
    many = min(family, down)
    of_unit: dict[str, Any] = {
        "area": AREA,
        "unit": "a",
        "kind": DwellingKind.FAMILY,
        "dwellings": many,
    }
    ways = [
        DwellingsDemolished(**of_unit, demolished_on=LATER),
        DwellingsSold(**of_unit, taken_over_on=LATER),
        DwellingsRelabelled(**of_unit, to_kind=DwellingKind.YOUTH, relabelled_on=LATER),
    ]
    assert len({told(share(counted(family, private), way), "share") for way in ways}) == 1


@given(family=NUMBERS, private=NUMBERS)
def test_a_share_that_is_shown_lies_on_the_side_of_the_target_that_was_found(
    family: int, private: int
) -> None:
    found = share(counted(family, private))
    assert (Fraction(told(found, "share")) <= 40) is (found.status is Status.MET)


def test_a_share_just_over_the_target_is_shown_with_as_many_decimals_as_it_takes() -> None:
    found = share(counted(40_001, 59_999))
    assert (found.status, told(found, "share")) == (Status.NOT_MET, "40.0010")


def test_the_days_on_which_the_share_changes_are_those_of_what_happened() -> None:
    world = World()
    world.register_area()
    for fact in (counted(100, 50), sold(10), built(5)):
        world.record(fact)
    assert days_of_change(world.view(), AREA) == (COUNTED, LATER)


def test_nothing_of_a_later_day_is_counted() -> None:
    before = share(counted(100, 50), sold(10), day=LATER - timedelta(days=1))
    assert told(before, "family") == "100"
    assert told(share(counted(100, 50), sold(10)), "family") == "90"


def test_what_happened_up_to_the_day_of_a_count_is_in_it() -> None:
    on_the_day = DwellingsSold(
        area=AREA, unit="a", kind=DwellingKind.FAMILY, dwellings=10, taken_over_on=COUNTED
    )
    assert told(share(counted(100, 50), on_the_day), "family") == "100"
