"""What an area's figures give, criterion by criterion, under the test of the day.

§ 61 a of 2010, of 2014 and of 2018, § 61 b of 2021, and § 51 b, stk. 3-6. The official status
comes from the list; this stands beside it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import AreaFigures, AreaListed, Figures, GroupingApproved
from domain.law import acts
from domain.law.area import measured, origin
from domain.law.area.categories import SECTION_61, classifies
from domain.law.area.lists import COUNTS_NEXT_YEAR_FROM, FIGURES_HOLD_MONTHS
from domain.law.area.measured import COUNTRY, DERIVED, Known
from domain.law.kernel import Finding, Missing, Readings, Status, declared
from domain.law.letting.criteria import Criterion, Limit, all_of, at_least, compare
from domain.reference import View

RESIDENTS_NEEDED = 1000

_FIGURE_POINTS = ("AMB-1000", "AMB-EDU", "AMB-MEAN", "AMB-ROUND")


class Test(msgspec.Struct, frozen=True, gc=False):
    """The criteria of one kind of area: how many of `counted` must be met, and the origin share.

    `origin`: a condition of its own; where `origin_counts`, one of those that are counted.
    """

    counted: tuple[Limit, ...]
    needed: int
    origin: Limit | None = None
    origin_counts: bool = False


VULNERABLE_TEST = Test(
    (
        Limit("unattached_share", ">", "40"),
        Limit("convicted_share", ">=", "3", times_country=True),
        Limit("basic_schooling_share", ">", "60", cleaned=True),
        Limit("income_ratio", "<", "55"),
    ),
    2,
)
"""§ 61 a, stk. 1, since 1 December 2018."""

PARALLEL_TEST = msgspec.structs.replace(VULNERABLE_TEST, origin=origin.OVER_50)
"""§ 61 a, stk. 2, since 1 December 2018."""

PREVENTION_TEST = Test(
    (
        Limit("unattached_share", ">", "30"),
        Limit("convicted_share", ">=", "2", times_country=True),
        Limit("basic_schooling_share", ">", "60", cleaned=True),
        Limit("income_ratio", "<", "65"),
    ),
    2,
    origin.OVER_30,
)
"""§ 61 b, since 30 November 2021."""

GHETTO_2010_TEST = Test(
    (
        Limit("unattached_share_4_years", ">", "40"),
        Limit("convicted_per_10000", ">", "270"),
    ),
    2,
    origin.OVER_50,
    origin_counts=True,
)
"""§ 61 a of 2010: two of three."""

GHETTO_2014_TEST = Test(
    (
        Limit("unattached_share", ">", "40"),
        Limit("convicted_share_adults", ">", "2.7"),
        Limit("basic_schooling_share", ">", "50"),
        Limit("income_ratio", "<", "55"),
    ),
    3,
    origin.OVER_50,
    origin_counts=True,
)
"""§ 61 a of 2013: three of five."""

COMBINED_TESTS = (
    (1000, Limit("outside_labour_market_share", ">=", "40")),
    (5000, Limit("outside_labour_market_share", ">=", "30")),
)
"""§ 51 b, stk. 3 and 4: residents needed, and the share. A grouping under stk. 6 meets the first
or is none."""


# --- Which figures --------------------------------------------------------------------------


def figures_on(view: View, area: str, day: date) -> Known | None:
    """Return the newest figures of the area whose day is not after `day` nor two years before.

    What was published goes before what was only counted: as long as published figures hold, they
    decide.
    """
    for stated in (stated_of(view, area), counted_of(view, area)):
        for known, until, item in stated:
            if known <= day < until:
                return measured.known(view, item)
    return None


Stated = list[tuple[date, date, Recorded[Any]]]
"""Figures: since when they are known, and the day they end on."""


def stated_of(view: View, area: str) -> Stated:
    """Return all published figures of the area, the newest first.

    Of those of one day the ones recorded last come first.
    """
    return _stated(view, area)[0]


def counted_of(view: View, area: str) -> Stated:
    """Return what was only counted of the area year by year, in the same order."""
    return _stated(view, area)[1]


def _stated(view: View, area: str) -> tuple[Stated, Stated]:
    memo = ("stated_figures", area)
    found: tuple[Stated, Stated] | None = view.memo.get(memo)
    if found is None:
        known: list[tuple[date, Recorded[Any]]] = [
            (item.fact.reference_day, item) for item in view.find(AreaFigures, area)
        ]
        known += [(item.fact.list_day, item) for item in view.find(AreaListed, area)]
        known.sort(key=lambda each: (each[0], each[1].position), reverse=True)
        stated: Stated = []
        counted: Stated = []
        for day, item in known:
            until = calendar.months_after(day, FIGURES_HOLD_MONTHS)
            if is_only_counted(item.fact.figures):
                counted.append((day, until, item))
            elif says_anything(item.fact.figures):
                stated.append((day, until, item))
        found = view.memo[memo] = stated, counted
    return found


_NO_FIGURE = ("education_cleaned", "measured", "rounded")
PUBLISHED = tuple(name for name in Figures.__struct_fields__ if name not in _NO_FIGURE)


def says_anything(figures: Figures) -> bool:
    """Tell whether any figure is stated."""
    return any(getattr(figures, name) is not None for name in PUBLISHED)


def is_only_counted(figures: Figures) -> bool:
    """Tell whether no share is published, and something was counted that shares are worked out of.

    Numbers of residents, and an average income, say nothing of a test by themselves.
    """
    if any(getattr(figures, name) is not None for name in (*DERIVED, "income_ratio")):
        return False
    return any(each.figure in measured.COUNTED for each in figures.measured)


# --- The tests ------------------------------------------------------------------------------


@classifies(
    "AREA-UNIT-2018",
    "almenboligloven § 61 a, stk. 3",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    areas=SECTION_61,
    points=("AMB-1000",),
    parameters={
        "residents": RESIDENTS_NEEDED,
        "counts_next_year_from": COUNTS_NEXT_YEAR_FROM,
    },
)
def unit(known: Known, readings: Readings) -> Finding:
    """§ 61 a, stk. 3: at least 1,000 residents in 2010; in practice also today (AMB-1000)."""
    figures = known.figures
    in_2010 = _enough(figures.residents_2010)
    today = _enough(figures.residents)
    both = all_of((in_2010, today))
    status = in_2010
    if both is not in_2010:
        status = both if readings("AMB-1000") == "b" else in_2010
    return _by_figures(known, status, _residents(figures))


def _residents(figures: Figures) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, str(value))
        for name, value in (
            ("residents_2010", figures.residents_2010),
            ("residents", figures.residents),
        )
        if value is not None
    )


def _enough(residents: int | None, needed: int = RESIDENTS_NEEDED) -> Status:
    if residents is None:
        return Status.UNKNOWN
    return Status.MET if residents >= needed else Status.NOT_MET


@classifies(
    "AREA-UDS-2018",
    "almenboligloven § 61 a, stk. 1",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    areas=("vulnerable",),
    points=_FIGURE_POINTS,
    parameters=VULNERABLE_TEST,
)
def vulnerable_area(known: Known, readings: Readings) -> Finding:
    """§ 61 a, stk. 1: a housing area where at least two of four criteria are met."""
    return _since_2018(known, VULNERABLE_TEST, None, readings)


@classifies(
    "AREA-PAR-2018",
    "almenboligloven § 61 a, stk. 2",
    act=f"{acts.LOV_1322_2018}; navn efter {acts.LOV_2157_2021}",
    first_day=acts.LOV_1322_2018.in_force,
    areas=("parallel_society",),
    points=(*_FIGURE_POINTS, origin.POINT),
    parameters=PARALLEL_TEST,
)
def parallel_society(
    known: Known, readings: Readings, apart: origin.Apart | None = None
) -> Finding:
    """§ 61 a, stk. 2: as stk. 1, and an origin share over 50 per cent."""
    return _since_2018(known, PARALLEL_TEST, apart, readings)


@classifies(
    "AREA-FORE-2021",
    "almenboligloven § 61 b",
    act=acts.LOV_2157_2021,
    first_day=acts.LOV_2157_2021.in_force,
    areas=("prevention",),
    points=(*_FIGURE_POINTS, origin.POINT),
    parameters=PREVENTION_TEST,
)
def prevention_area(known: Known, readings: Readings, apart: origin.Apart | None = None) -> Finding:
    """§ 61 b: an origin share over 30 per cent and at least two of four lower criteria."""
    return _since_2018(known, PREVENTION_TEST, apart, readings)


@classifies(
    "AREA-GHETTO-2010",
    "almenboligloven § 61 a (2010)",
    act=acts.LOV_1610_2010,
    first_day=acts.LOV_1610_2010.in_force,
    last_day=date(2014, 1, 31),
    start_verified=False,
    signed=acts.LOV_1610_2010.day,
    printed=acts.LBK_103_2011.day,
    areas=("parallel_society",),
    points=("AMB-MEAN", "AMB-ROUND"),
    parameters={"residents": RESIDENTS_NEEDED, "test": GHETTO_2010_TEST},
)
def ghetto_area_2010(
    known: Known, readings: Readings, apart: origin.Apart | None = None
) -> Finding:
    """§ 61 a of 2010: a department with 1,000 residents where two of three criteria are met."""
    return _before_2018(known, GHETTO_2010_TEST, apart, readings)


@classifies(
    "AREA-GHETTO-2014",
    "almenboligloven § 61 a (2013)",
    act=acts.LOV_1609_2013,
    first_day=acts.LOV_1609_2013.in_force,
    last_day=date(2018, 11, 30),
    start_verified=False,
    signed=acts.LOV_1609_2013.day,
    printed=acts.LBK_1278_2015.day,
    areas=("parallel_society",),
    points=("AMB-MEAN", "AMB-ROUND"),
    parameters={"residents": RESIDENTS_NEEDED, "test": GHETTO_2014_TEST},
)
def ghetto_area_2014(
    known: Known, readings: Readings, apart: origin.Apart | None = None
) -> Finding:
    """§ 61 a of 2013: departments with 1,000 residents where three of five criteria are met."""
    return _before_2018(known, GHETTO_2014_TEST, apart, readings)


def _since_2018(
    known: Known, test: Test, apart: origin.Apart | None, readings: Readings
) -> Finding:
    found = criteria(known, test, apart, readings)
    statuses = [
        unit(known, readings).status,
        at_least(test.needed, (each.status for each in found[: len(test.counted)])),
        *(each.status for each in found[len(test.counted) :]),
    ]
    said = tuple(each.said for each in found)
    return _by_figures(known, all_of(statuses), said, evidence=known.evidence(_used(test)))


def _before_2018(
    known: Known, test: Test, apart: origin.Apart | None, readings: Readings
) -> Finding:
    found = criteria(known, test, apart, readings)
    counted = at_least(test.needed, (each.status for each in found))
    status = all_of((_enough(known.figures.residents), counted))
    values = (*(each.said for each in found), *_residents(known.figures))
    return _by_figures(known, status, values, evidence=known.evidence(_used(test)))


def criteria(
    known: Known, test: Test, apart: origin.Apart | None, readings: Readings
) -> list[Criterion]:
    """Compare the figures with every limit of a test, the origin share last."""
    figures, worked_out = known.figures, known.worked_out
    found = [compare(figures, limit, readings, worked_out) for limit in test.counted]
    if test.origin is not None:
        found.append(origin.criterion(figures, test.origin, apart, readings, worked_out))
    return found


def _used(test: Test) -> list[str]:
    """Return the figures that a test looks at."""
    limits = [*test.counted, *(() if test.origin is None else (test.origin,))]
    country = [COUNTRY for limit in limits if limit.times_country]
    return [*(limit.figure for limit in limits), *country]


# --- Combined letting -----------------------------------------------------------------------


@classifies(
    "AREA-KOMB",
    "almenboligloven § 51 b, stk. 3-6; udlejningsbekendtgørelsen § 35",
    act=acts.LOV_328_2005,
    first_day=date(2011, 1, 1),
    start_verified=False,
    signed=acts.LOV_328_2005.day,
    printed=acts.LBK_1204_2009.day,
    areas=("combined_letting",),
    points=("AMB-MEAN", "AMB-ROUND"),
    parameters=[[residents, limit] for residents, limit in COMBINED_TESTS],
)
def combined_letting_area(
    known: Known, grouping: Recorded[GroupingApproved] | None, readings: Readings
) -> Finding:
    """§ 51 b, stk. 3, 4 and 6: many residents of working age are outside the labour market.

    The value `stk` says by which of them; an area that is only a grouping (stk. 6) is measured
    by the numbers of stk. 3 alone.
    """
    figures, worked_out = known.figures, known.worked_out
    tests = COMBINED_TESTS if grouping is None else COMBINED_TESTS[:1]
    found: list[tuple[int, Limit, Status]] = []
    for needed, limit in tests:
        share = compare(figures, limit, readings, worked_out).status
        found.append((needed, limit, all_of((_enough(figures.residents, needed), share))))
    status = at_least(1, (each for _, _, each in found))
    _, limit, _ = next((one for one in found if one[2] is status), found[0])
    values = [compare(figures, limit, readings, worked_out).said, *_residents(figures)]
    if status is Status.MET:
        stk = "6" if grouping is not None else "3" if limit is COMBINED_TESTS[0][1] else "4"
        values.append(("stk", stk))
    evidence = known.evidence((limit.figure,))
    if grouping is not None:
        evidence = (*evidence, grouping)
    return _by_figures(known, status, tuple(values), evidence)


def grouping_on(view: View, area: str, day: date) -> Recorded[GroupingApproved] | None:
    """Return the approval that makes the area one (§ 51 b, stk. 6) on `day`, if there is one."""
    covering = [
        item
        for item in view.find(GroupingApproved, area)
        if calendar.covers(item.fact.approved_on, item.fact.last_day, day)
    ]
    return max(covering, key=lambda i: (i.fact.approved_on, i.position)) if covering else None


# --- Findings -------------------------------------------------------------------------------


def _by_figures(
    known: Known,
    status: Status,
    values: tuple[tuple[str, str], ...],
    evidence: tuple[Recorded[Any], ...] = (),
) -> Finding:
    missing: tuple[Missing, ...] = ()
    if status is Status.UNKNOWN:
        missing = (Missing("area_figures", "ministry", (("area", known.area),)),)
    return Finding(status, evidence or (known.item,), values, missing)


RULES = declared(globals())
