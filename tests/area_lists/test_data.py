"""The two files that come with husret say what was published, and what the criteria give."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from domain.facts import AreaListed, Figures, Listing, ListKind
from domain.law.area.lists import listing
from domain.reference import Reference
from services.area_lists import shipped
from services.area_lists.planning import plan_import
from services.area_lists.reading import parse

PUBLISHED_TOTALS = {
    ("2012-10-01", "parallel_society"): (33, 33, True),
    ("2013-10-01", "parallel_society"): (2, 40, False),
    ("2014-12-01", "parallel_society"): (31, 31, True),
    ("2015-12-01", "parallel_society"): (25, 25, True),
    ("2016-12-01", "parallel_society"): (25, 25, True),
    ("2017-12-01", "parallel_society"): (22, 22, True),
    ("2018-12-01", "vulnerable"): (34, 43, False),
    ("2018-12-01", "parallel_society"): (29, 29, True),
    ("2018-12-01", "transformation"): (15, 15, True),
    ("2019-12-01", "vulnerable"): (33, 40, False),
    ("2019-12-01", "parallel_society"): (28, 28, True),
    ("2019-12-01", "transformation"): (15, 15, True),
    ("2020-12-01", "vulnerable"): (15, 25, False),
    ("2020-12-01", "parallel_society"): (15, 15, True),
    ("2020-12-01", "transformation"): (13, 13, True),
    ("2021-12-01", "vulnerable"): (14, 20, False),
    ("2021-12-01", "parallel_society"): (12, 12, True),
    ("2021-12-01", "transformation"): (10, 10, True),
    ("2021-12-01", "prevention"): (1, 62, False),
    ("2022-12-01", "vulnerable"): (11, 17, False),
    ("2022-12-01", "parallel_society"): (10, 10, True),
    ("2022-12-01", "transformation"): (9, 9, True),
    ("2022-12-01", "prevention"): (5, 67, False),
    ("2023-12-01", "vulnerable"): (12, 19, False),
    ("2023-12-01", "parallel_society"): (12, 12, True),
    ("2023-12-01", "transformation"): (8, 8, True),
    ("2023-12-01", "prevention"): (1, 56, False),
    ("2024-12-01", "vulnerable"): (8, 12, False),
    ("2024-12-01", "parallel_society"): (8, 8, True),
    ("2024-12-01", "transformation"): (7, 7, True),
    ("2024-12-01", "prevention"): (0, 63, False),
}

# Three times the national share of convicted residents. From 2021 on it is made up.
CONVICTED_LIMIT = {2018: "1.98", 2019: "2.03", 2020: "2.27"}
MADE_UP_CONVICTED_LIMIT = "2.25"

ON, OFF, NO_SUCH_LIST = Listing.ON, Listing.OFF, Listing.NO_SUCH_LIST

MADE_UP_ROWS = [row.fact for row in parse(shipped.read(shipped.MADE_UP), shipped.MADE_UP).areas]


def over_time(area: str, kind: ListKind) -> dict[int, Listing]:
    return {row.list_day.year: listing(row, kind) for row in MADE_UP_ROWS if row.area == area}


def years_on(area: str, kind: ListKind) -> list[int]:
    return [year for year, found in sorted(over_time(area, kind).items()) if found is ON]


def through(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


def shares(figures: Figures) -> dict[str, Decimal]:
    names = (
        "unattached_share",
        "convicted_share",
        "convicted_share_adults",
        "basic_schooling_share",
        "income_ratio",
        "nonwestern_share",
    )
    stated = {name: getattr(figures, name) for name in names}
    return {name: Decimal(share) for name, share in stated.items() if share is not None}


def is_vulnerable(year: int, figures: Figures) -> bool:
    """§ 61 a, stk. 1: two of four."""
    share = shares(figures)
    met = [
        share["unattached_share"] > 40,
        share["convicted_share"] >= Decimal(CONVICTED_LIMIT.get(year, MADE_UP_CONVICTED_LIMIT)),
        share["basic_schooling_share"] > 60,
        share["income_ratio"] < 55,
    ]
    return sum(met) >= 2


def is_parallel_society(year: int, figures: Figures) -> bool:
    """§ 61 a, stk. 2; before 1 December 2018 three of five."""
    share = shares(figures)
    if year >= 2018:
        return is_vulnerable(year, figures) and share["nonwestern_share"] > 50
    met = [
        share["nonwestern_share"] > 50,
        share["unattached_share"] > 40,
        share["convicted_share_adults"] > Decimal("2.70"),
        share["basic_schooling_share"] > 50,
        share["income_ratio"] < 55,
    ]
    return sum(met) >= 3


def is_prevention_area(figures: Figures) -> bool:
    """§ 61 b: more than 30 per cent and two of four."""
    share = shares(figures)
    met = [
        share["unattached_share"] > 30,
        share["convicted_share"] >= Decimal(MADE_UP_CONVICTED_LIMIT) * 2 / 3,
        share["basic_schooling_share"] > 60,
        share["income_ratio"] < 65,
    ]
    return share["nonwestern_share"] > 30 and sum(met) >= 2


def test_the_rows_known_and_published_are_those_of_each_list() -> None:
    plan = plan_import(parse(shipped.read(shipped.PUBLISHED), shipped.PUBLISHED), Reference().at())
    found = {
        (item.list_day.isoformat(), item.kind.value): (
            item.known_on,
            item.published_total,
            item.complete_nationwide,
        )
        for item in plan.summary
    }
    assert found == PUBLISHED_TOTALS


def test_of_the_vulnerable_areas_of_2020_thirteen_are_unknown() -> None:
    rows = [row.fact for row in parse(shipped.read(shipped.PUBLISHED), shipped.PUBLISHED).areas]
    found = [row.vulnerable for row in rows if row.list_day.year == 2020]
    assert (found.count(ON), found.count(Listing.UNKNOWN)) == (15, 13)


def test_transformation_areas_of_2018_to_2024_stood_on_five_lists_in_a_row() -> None:
    on: defaultdict[str, set[int]] = defaultdict(set)
    rows = [row.fact for row in parse(shipped.read(shipped.PUBLISHED), shipped.PUBLISHED).areas]
    for row in rows:
        if row.parallel_society is ON:
            on[row.area].add(row.list_day.year)
    for year in through(2018, 2024):
        five_in_a_row = {area for area in on if on[area] >= set(through(year - 4, year))}
        listed = {
            row.area for row in rows if row.list_day.year == year and row.transformation is ON
        }
        assert listed == five_in_a_row


def test_every_published_row_names_its_source() -> None:
    rows = [row.fact for row in parse(shipped.read(shipped.PUBLISHED), shipped.PUBLISHED).areas]
    without_address = {row.source for row in rows if "://" not in row.source}
    assert without_address == set()


def test_the_made_up_file_says_so_at_its_top_and_in_every_row() -> None:
    assert shipped.read(shipped.MADE_UP).startswith(b"# MADE UP:")
    assert {row.source for row in MADE_UP_ROWS} == {"made up for trials and tests"}


def test_made_up_lists_are_complete_for_the_made_up_municipality() -> None:
    lists = [item.fact for item in parse(shipped.read(shipped.MADE_UP), shipped.MADE_UP).lists]
    years = defaultdict(list)
    for item in lists:
        years[item.kind].append(item.list_day.year)
        assert (item.complete_for, item.published_total) == (("9999",), None)
    assert years == {
        ListKind.VULNERABLE: through(2018, 2025),
        ListKind.PARALLEL_SOCIETY: through(2014, 2025),
        ListKind.TRANSFORMATION: through(2018, 2025),
        ListKind.PREVENTION: through(2021, 2025),
    }


@pytest.mark.parametrize(
    ("area", "vulnerable", "parallel_society", "transformation", "prevention"),
    [
        ("9999-kastanjeparken", through(2018, 2025), [], [], []),
        (
            "9999-lindevaenget",
            through(2020, 2025),
            [2020, 2021, 2023, 2024, 2025],
            [],
            [],
        ),
        (
            "9999-elmehegnet",
            through(2018, 2025),
            through(2014, 2025),
            through(2018, 2025),
            [],
        ),
        ("9999-pilehaven", through(2018, 2020), through(2014, 2020), through(2018, 2020), []),
        (
            "9999-birkebo",
            [2018, 2019, 2020, 2023],
            through(2014, 2020),
            through(2018, 2020),
            [],
        ),
        ("9999-askelunden", through(2018, 2023), [], [], []),
        ("9999-hasselvangen", [], [], [], through(2021, 2025)),
        ("9999-roennebakken", [], [], [], through(2021, 2025)),
        ("9999-tjoernemarken", [], [], [], through(2021, 2025)),
    ],
)
def test_each_made_up_area_has_its_history(
    area: str,
    vulnerable: list[int],
    parallel_society: list[int],
    transformation: list[int],
    prevention: list[int],
) -> None:
    assert [years_on(area, kind) for kind in ListKind][:4] == [
        vulnerable,
        parallel_society,
        transformation,
        prevention,
    ]


@pytest.mark.parametrize("row", MADE_UP_ROWS, ids=lambda row: f"{row.area}-{row.list_day.year}")
def test_made_up_figures_give_the_lists_that_the_area_is_on(row: AreaListed) -> None:
    year, figures = row.list_day.year, row.figures
    assert figures.residents is not None
    assert figures.residents >= 1_000
    assert not figures.rounded
    if year >= 2018:
        assert (row.vulnerable is ON) == is_vulnerable(year, figures)
    assert (row.parallel_society is ON) == is_parallel_society(year, figures)
    if year >= 2018:
        on = set(years_on(row.area, ListKind.PARALLEL_SOCIETY))
        assert (row.transformation is ON) == (on >= set(through(year - 4, year)))
    if year >= 2021:
        # The ministry's lists name an area that is vulnerable on that list alone (AMB-OVERLAP).
        wanted = is_prevention_area(figures) and not is_vulnerable(year, figures)
        assert (row.prevention is ON) == wanted


def test_some_made_up_figures_lie_exactly_on_a_limit() -> None:
    found = {
        (row.area, row.list_day.year, name, str(share))
        for row in MADE_UP_ROWS
        for name, share in shares(row.figures).items()
    }
    assert found >= {
        ("9999-kastanjeparken", 2020, "unattached_share", "40.0"),
        ("9999-kastanjeparken", 2020, "convicted_share", "2.27"),
        ("9999-lindevaenget", 2022, "nonwestern_share", "50.0"),
        ("9999-elmehegnet", 2017, "convicted_share_adults", "2.70"),
        ("9999-elmehegnet", 2023, "income_ratio", "55.0"),
        ("9999-birkebo", 2023, "convicted_share", "2.25"),
        ("9999-birkebo", 2024, "basic_schooling_share", "60.0"),
        ("9999-pilehaven", 2021, "unattached_share", "30.0"),
        ("9999-roennebakken", 2021, "convicted_share", "1.50"),
    }
