"""Following makes anew only what an event touches, and whoever reads meanwhile is answered."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain import facts
from domain.facts import Listing, ListKind, PlanKind
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.lists import GHETTO_LIST_DAYS
from domain.law.editions import CURRENT
from domain.reference import View
from husret.v1 import area_service_pb2 as pb
from husret.v1 import report_service_pb2 as reports
from projections import area_status
from projections.area_status import VIEW, Row
from projections.follower import Follower
from projections.table import Table
from projections.view import Changes
from services.api.server import serving
from services.cli import main as cli
from services.instance import views
from services.instance.instance import Instance
from tests.api.client import Client
from tests.api.conftest import served
from tests.projections.town import AREAS, Log, id_at, listed, published, registered
from tests.support import scaled

ONE, OTHER, ELSEWHERE = AREAS
LISTS = [date(year, 12, 1) for year in range(2018, 2024)]

Looked = set[tuple[str, Category, date]]


@pytest.fixture
def table() -> Iterator[Table[Row]]:
    table = Table(":memory:", VIEW)
    yield table
    table.close()


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Looked:
    """What the law was asked: of which area, in which category, on which day."""
    asked: Looked = set()
    real = area_law.standing

    def standing(edition: Any, view: View, area: str, category: Category, day: date) -> Any:
        asked.add((area, category, day))
        return real(edition, view, area, category, day)

    monkeypatch.setattr(area_law, "standing", standing)
    return asked


def following(log: Log, table: Table[Row]) -> Follower[Row]:
    found = Follower(log, table, CURRENT)
    found.catch_up()
    return found


def a_log() -> Log:
    log = Log([registered(area) for area in AREAS])
    for day in LISTS:
        log.append(published(ListKind.VULNERABLE, day, complete_for=("9999",)))
        for area in AREAS:
            log.append(listed(area, day, Listing.ON))
    return log


def touched_by(fact: facts.Fact, log: Log, table: Table[Row], looked: Looked) -> Looked:
    """What is looked up again for one more event; the rows are those of a rebuild."""
    follower = following(log, table)
    looked.clear()
    log.append(fact)
    follower.catch_up()
    asked = set(looked)
    assert table.rows() == VIEW.made_from(CURRENT, log.read(0, log.head()))
    return asked


def test_a_row_of_a_list_touches_its_area_on_the_days_that_it_may_matter(
    table: Table[Row], looked: Looked
) -> None:
    corrected = listed(ONE, LISTS[2], Listing.OFF)
    asked = touched_by(corrected, a_log(), table, looked)
    assert {area for area, _, _ in asked} == {ONE}
    assert {day.year for _, _, day in asked} <= {2020, 2021, 2022}
    assert min(day for _, _, day in asked) == LISTS[2]


def test_a_row_of_a_list_touches_a_planned_area_for_good(table: Table[Row], looked: Looked) -> None:
    log = a_log()
    log.append(facts.PlanApproved(area=ONE, kind=PlanKind.JOINT, approved_on=date(2019, 6, 1)))
    asked = touched_by(listed(ONE, LISTS[2], Listing.OFF), log, table, looked)
    assert max(day for _, category, day in asked if category is Category.VULNERABLE) < LISTS[4]
    assert max(day for _, category, day in asked) > LISTS[-1]


def test_a_list_touches_areas_of_its_municipalities_that_have_no_row_of_it(
    table: Table[Row], looked: Looked
) -> None:
    log = Log([registered(area) for area in AREAS])
    log.append(listed(ONE, LISTS[0], Listing.ON))
    complete = published(ListKind.VULNERABLE, LISTS[0], complete_for=("9999",))
    asked = touched_by(complete, log, table, looked)
    assert {area for area, _, _ in asked} == {OTHER}


def test_a_list_that_attests_nothing_touches_nothing(table: Table[Row], looked: Looked) -> None:
    assert not touched_by(published(ListKind.PREVENTION, LISTS[4]), a_log(), table, looked)


def test_a_list_that_takes_completeness_back_touches_those_that_it_was_complete_for(
    table: Table[Row], looked: Looked
) -> None:
    log = Log([registered(area) for area in AREAS])
    log.append(published(ListKind.VULNERABLE, LISTS[0], complete_for=("9999",)))
    for area in AREAS:
        log.append(_some_figures(area, LISTS[0]))
    assert {
        area for area, _, _ in touched_by(facts.Retracted(retracts=id_at(4)), log, table, looked)
    } == {ONE, OTHER}


def test_areas_of_which_nothing_is_known_are_looked_up_once_for_all_of_a_municipality(
    table: Table[Row], looked: Looked
) -> None:
    log = Log([registered(area) for area in AREAS])
    complete = published(ListKind.VULNERABLE, LISTS[0], complete_for=("9999",))
    asked = touched_by(complete, log, table, looked)
    assert len({area for area, _, _ in asked}) == 1
    made = {row.area for row in table.rows() if row.category == "vulnerable"}
    assert made == set(AREAS)


def test_a_list_touches_its_own_kind_until_the_next_of_it_is_due(
    table: Table[Row], looked: Looked
) -> None:
    log = Log([registered(area) for area in AREAS])
    for area in AREAS:
        log.append(_some_figures(area, LISTS[0]))
    complete = published(ListKind.VULNERABLE, LISTS[0], complete_for=("9999",))
    asked = touched_by(complete, log, table, looked)
    assert {category for _, category, _ in asked} == {Category.VULNERABLE}
    assert {day.year for _, _, day in asked} <= {2018, 2019}
    assert max(day for _, _, day in asked) < LISTS[1]


def test_figures_touch_what_they_are_compared_for_until_newer_ones_are_known(
    table: Table[Row], looked: Looked
) -> None:
    log = Log([registered(ONE), _some_figures(ONE, LISTS[1])])
    asked = touched_by(_some_figures(ONE, LISTS[0]), log, table, looked)
    assert asked
    assert max(day for _, _, day in asked) < LISTS[1]
    by_lists_or_plans = {Category.TRANSFORMATION, Category.FORMER_TRANSFORMATION}
    assert not by_lists_or_plans & {category for _, category, _ in asked}


def test_a_plan_touches_only_what_plans_make_of_an_area(table: Table[Row], looked: Looked) -> None:
    plan = facts.PlanApproved(area=ONE, kind=PlanKind.JOINT, approved_on=LISTS[1])
    asked = touched_by(plan, a_log(), table, looked)
    assert {category for _, category, _ in asked} == {Category.FORMER_TRANSFORMATION}


def test_rows_that_reach_further_are_looked_up_for_the_new_days_alone(
    table: Table[Row], looked: Looked
) -> None:
    log = a_log()
    reached = max(
        row.last_day or date.min for row in VIEW.made_from(CURRENT, log.read(0, log.head()))
    )
    asked = touched_by(listed(ONE, date(2030, 12, 1)), log, table, looked)
    others = {day for area, _, day in asked if area != ONE}
    assert others
    assert min(others) > reached


def test_rows_that_reach_less_far_again_are_those_of_a_rebuild(
    table: Table[Row], looked: Looked
) -> None:
    log = a_log()
    log.append(listed(ONE, date(2040, 12, 1)))
    asked = touched_by(facts.Retracted(retracts=id_at(log.head())), log, table, looked)
    assert {area for area, _, _ in asked} <= {ONE}


def test_figures_that_newer_ones_left_no_day_say_something_when_those_stand_no_longer(
    table: Table[Row],
) -> None:
    by_figures = facts.ReadingChosen(
        point="AMB-LIST", reading="b", first_day=DAYS[0], chosen_by="made up", reason="made up"
    )
    older, newer = (
        facts.AreaFigures(area=ONE, reference_day=day, figures=DECIDING, source="made up")
        for day in (date(2017, 6, 1), date(2018, 6, 1))
    )
    log = Log([registered(ONE), by_figures, newer])
    follower = following(log, table)
    log.append(older)  # the test is in force from December 2018, and these hold until June 2019
    follower.catch_up()
    log.append(facts.Retracted(retracts=id_at(3)))
    follower.catch_up()
    [row] = [row for row in table.rows() if (row.category, row.status) == ("vulnerable", "met")]
    assert (row.first_day, row.last_day) == (date(2018, 12, 1), date(2019, 5, 31))
    assert table.rows() == VIEW.made_from(CURRENT, log.read(0, log.head()))


def test_only_rows_that_a_row_of_a_list_reaches_are_made(
    table: Table[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log([registered(area) for area in AREAS])
    for number, day in enumerate(LISTS):
        for area in AREAS:
            log.append(listed(area, day, Listing.OFF if number % 2 else Listing.ON))
    follower = following(log, table)
    before = table.rows()
    made: list[area_status.Row] = []
    changed: list[Changes[Row]] = []
    make, advance = area_status.Row, Table.advance

    def making(**values: Any) -> area_status.Row:
        made.append(make(**values))
        return made[-1]

    def advancing(table: Table[Row], position: int, digest: bytes, changes: Changes[Row]) -> None:
        changed.append(changes)
        advance(table, position, digest, changes)

    monkeypatch.setattr(area_status, "Row", making)
    monkeypatch.setattr(Table, "advance", advancing)
    log.append(listed(ONE, LISTS[2], Listing.OFF))
    follower.catch_up()
    assert {row.area for row in made} == {ONE}
    on_the_list = {
        row.first_day for row in before if (row.area, row.category) == (ONE, "vulnerable")
    }
    assert on_the_list == {LISTS[0], LISTS[2], LISTS[4], date(2024, 12, 1)}
    assert not any(row.category == "vulnerable" for row in made)
    [changes] = changed
    assert {row.first_day for row in changes.gone if row.category == "vulnerable"} == {LISTS[2]}
    assert set(changes.made) <= set(made)
    assert set(before) - set(changes.gone) | set(changes.made) == set(table.rows())
    assert set(changes.gone) <= set(before)
    assert not set(changes.gone) & set(changes.made)


def test_what_has_come_in_is_made_once_however_much_it_is(
    table: Table[Row], looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log([registered(ONE)])
    follower = following(log, table)
    for event in a_log().events[1:]:
        log.append(None if event is None else event.fact)
    calls: list[int] = []
    real = Table.advance

    def counted(table: Table[Row], position: int, *given: Any) -> None:
        calls.append(position)
        real(table, position, *given)

    monkeypatch.setattr(Table, "advance", counted)
    monkeypatch.setattr("projections.follower.READ", 5)
    follower.catch_up()
    assert calls == [log.head()]
    assert table.rows() == VIEW.made_from(CURRENT, log.read(0, log.head()))


def test_a_follower_that_is_told_to_stop_between_two_areas_has_written_nothing(
    table: Table[Row],
) -> None:
    log = a_log()
    follower = following(Log([each.fact for each in log.events[:3] if each]), table)
    follower = Follower(log, table, CURRENT)
    before = table.rows(), table.checkpoint
    asked = iter([True] * 4 + [False] * 100)
    follower.catch_up(lambda: next(asked))
    assert (table.rows(), table.checkpoint) == before
    follower.catch_up()
    assert table.rows() == VIEW.made_from(CURRENT, log.read(0, log.head()))


@pytest.mark.parametrize("seed", range(scaled(4, 60)))
def test_rows_that_are_followed_fact_by_fact_are_those_of_a_rebuild(
    table: Table[Row], seed: int
) -> None:
    """Figures that decide, all lists since 2011, plans, and facts in any order of their days.

    Facts are corrected and retracted, areas renamed, split and merged, and the follower begins anew
    now and then.
    """
    chance = random.Random(seed)
    log = Log([registered(area) for area in AREAS])
    follower = following(log, table)
    drawn = [
        *(_row(chance, area, day) for area in AREAS for day in DAYS if chance.random() < 0.6),
        *(
            published(kind, day, complete_for=chance.choice(((), ("9999",), ("9998",))))
            for kind in ListKind
            for day in DAYS
            if chance.random() < 0.6
        ),
        *(_figures_of(chance, area) for area in AREAS for _ in range(3)),
        *(_counted_of(chance, area) for area in AREAS for _ in range(3)),
        *(_reference(chance) for _ in range(2)),
        *(_plan(chance, area) for area in AREAS[:2]),
        *(_decided(chance) for _ in range(chance.randint(0, 4))),
        facts.ReadingChosen(
            point="AMB-LIST", reading="b", first_day=DAYS[0], chosen_by="made up", reason="made up"
        ),
    ][: None if chance.random() < 0.5 else -1]
    chance.shuffle(drawn)
    for number, fact in enumerate(drawn):
        log.append(fact)
        gone = id_at(chance.randint(4, log.head()))
        match chance.random():
            case few if few < 0.1:
                log.append(facts.Retracted(retracts=gone))
            case few if few < 0.2:
                row = _row(chance, chance.choice(AREAS), chance.choice(DAYS))
                log.append(msgspec.structs.replace(row, corrects=gone))
            case few if few < 0.25:
                follower = Follower(log, table, CURRENT)
        follower.catch_up()
        if number % 20 == 0:
            assert table.rows() == VIEW.made_from(CURRENT, log.read(0, log.head()))
    assert table.rows() == VIEW.made_from(CURRENT, log.read(0, log.head()))


DAYS = (*GHETTO_LIST_DAYS, *(date(year, 12, 1) for year in range(2014, 2025)))


DECIDING = facts.Figures(
    residents=2000,
    residents_2010=2000,
    unattached_share="50.0",
    basic_schooling_share="70.0",
    income_ratio="40.0",
    nonwestern_share="60.0",
)
"""They make an area vulnerable and a parallel society."""


def _row(chance: random.Random, area: str, day: date) -> facts.AreaListed:
    kinds = (*ListKind,)
    said = {kind.value: chance.choice((*Listing,)) for kind in kinds}
    return facts.AreaListed(
        area=area, list_day=day, figures=_figures(chance), source="made up", confidence="", **said
    )


def _figures(chance: random.Random) -> facts.Figures:
    if chance.random() < 0.3:
        return facts.Figures()
    low = chance.random() < 0.5
    return facts.Figures(
        residents=2000,
        residents_2010=2000,
        unattached_share="20.0" if low else "50.0",
        unattached_share_4_years="20.0" if low else "50.0",
        basic_schooling_share="30.0" if low else "70.0",
        income_ratio="80.0" if low else "40.0",
        nonwestern_share="20.0" if chance.random() < 0.5 else "60.0",
    )


def _some_figures(area: str, day: date) -> facts.AreaFigures:
    figures = facts.Figures(residents=2000, residents_2010=2000, unattached_share="50.0")
    return facts.AreaFigures(area=area, reference_day=day, figures=figures, source="made up")


def _figures_of(chance: random.Random, area: str) -> facts.AreaFigures:
    day = date(chance.randint(2011, 2024), chance.randint(1, 12), chance.randint(1, 28))
    figures = _figures(chance)
    return facts.AreaFigures(area=area, reference_day=day, figures=figures, source="made up")


def _counted_of(chance: random.Random, area: str) -> facts.AreaFigures:
    """What was counted in two years, which figures of that day and later are worked out of."""
    year = chance.randint(2015, 2024)
    parts = tuple(
        facts.Measured(
            figure=figure,
            first_year=each,
            numerator=chance.choice((20, 50)),
            denominator=100,
        )
        for figure in (facts.Measure.UNATTACHED, facts.Measure.CONVICTED, facts.Measure.NONWESTERN)
        for each in (year - 1, year)
    )
    residents = chance.choice((None, 2000))
    figures = facts.Figures(residents=residents, residents_2010=residents, measured=parts)
    day = date(year, 12, 31)
    return facts.AreaFigures(area=area, reference_day=day, figures=figures, source="made up")


def _reference(chance: random.Random) -> facts.ReferenceFigures:
    day = date(chance.randint(2015, 2024), chance.randint(1, 12), 1)
    figures = facts.Figures(convicted_share=chance.choice(("5", "10")))
    return facts.ReferenceFigures(
        place="made up", reference_day=day, figures=figures, source="made up"
    )


def _decided(chance: random.Random) -> facts.Fact:
    """Something that may change an area on any day, or how far the rows reach."""
    area, other = chance.sample(AREAS, 2)
    day = date(chance.randint(2012, 2025), chance.randint(1, 12), chance.randint(1, 28))
    made: tuple[facts.Fact, ...] = (
        facts.AreaRenamed(area=area, name="Nyt navn", first_day=day),
        facts.AreaChangeApproved(
            area=area,
            change=chance.choice((*facts.AreaChange,)),
            parts=(facts.AreaPart(area=other),),
            approved_on=day,
            source="made up",
        ),
        facts.GroupingApproved(area=area, approved_on=day, source="made up"),
        facts.PlanCarriedOut(area=area, carried_out_on=date(2030, 1, 1)),
        facts.ReadingChosen(
            point="AMB-LIST", reading="b", first_day=day, chosen_by="made up", reason="made up"
        ),
    )
    return chance.choice(made)


def _plan(chance: random.Random, area: str) -> facts.PlanApproved:
    day = date(chance.randint(2019, 2022), 6, 1)
    return facts.PlanApproved(area=area, kind=PlanKind.JOINT, approved_on=day)


# -- Reading meanwhile


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Keep every view from writing what it has made, until the event is set."""
    go_on = threading.Event()
    for name in ("advance", "replace"):
        real = getattr(Table, name)

        def waiting(*given: object, real: Any = real) -> None:
            go_on.wait(20)
            real(*given)

        monkeypatch.setattr(Table, name, waiting)
    yield go_on
    go_on.set()


def test_who_reads_while_the_view_follows_gets_the_last_checkpoint_and_its_position() -> None:
    instance = Instance.in_memory(today=lambda: date(2026, 6, 15))
    with served(instance) as client, pytest.MonkeyPatch.context() as patch:
        client.import_areas()
        fresh = pb.ListAreaStatusRequest(page_size=1000)
        fresh.consistency.at_least_position = client.head()
        before = client.areas.ListAreaStatus(fresh, timeout=20)
        making, go_on = threading.Event(), threading.Event()
        real = Table.advance

        def waiting(*given: Any) -> None:
            making.set()
            go_on.wait(20)
            real(*given)

        patch.setattr(Table, "advance", waiting)
        client.an_area("9999-granparken")
        assert making.wait(20)
        for _ in range(20):
            page = client.areas.ListAreaStatus(pb.ListAreaStatusRequest(page_size=1000), timeout=5)
            assert list(page.periods) == list(before.periods)
            assert page.known_at_position == before.known_at_position < page.head_position
        go_on.set()


def test_who_reads_before_the_first_rows_is_told_that_nothing_is_known_yet(
    held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "FIRST_ROWS", 0.05)
    with served(Instance.in_memory(today=lambda: date(2026, 6, 15))) as client:
        page = client.areas.ListAreaStatus(pb.ListAreaStatusRequest(), timeout=5)
        assert (list(page.periods), page.known_at_position, page.next_page_token) == ([], 0, "")
        assert page.head_position == client.head()
        held.set()


def test_the_command_line_shows_what_a_view_has_that_is_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "instance"
    assert cli.main(["init", "--dir", str(place)]) == 0
    assert cli.main(["import", "area-lists", "made-up", "--dir", str(place)]) == 0
    go_on = threading.Event()
    with serving(place) as server:
        client = Client(server.endpoint)
        fresh = pb.ListAreaStatusRequest()
        fresh.consistency.at_least_position = client.head()
        client.areas.ListAreaStatus(fresh, timeout=20)
        lists = reports.ListListMovementsRequest(consistency=fresh.consistency)
        client.reports.ListListMovements(lists, timeout=20)
        monkeypatch.setattr(views, "PATIENCE", 0.2)
        real = Table.advance
        monkeypatch.setattr(Table, "advance", lambda *given: (go_on.wait(20), real(*given)))
        client.an_area("9999-granparken")
        capsys.readouterr()
        assert cli.main(["area", "list", "--dir", str(place)]) == 0
        areas = capsys.readouterr().out
        assert cli.main(["report", "lists", "--dir", str(place)]) == 0
        counted = capsys.readouterr().out
        go_on.set()
        client.close()
    head = fresh.consistency.at_least_position + 1
    for told, row in ((areas, "9999-elmehegnet"), (counted, "2024-12-01")):
        assert row in told
        assert f"the view is behind: the log stands at position {head}" in told


@pytest.mark.parametrize("area", [None, ONE], ids=["the municipality", "the area"])
def test_an_answer_that_no_plan_is_approved_moves_the_rows_that_a_plan_would_make(
    table: Table[Row], area: str | None
) -> None:
    organisation = facts.InstanceCreated(
        log_id=id_at(1),
        controller="Prøvebo",
        controller_kind=facts.ControllerKind.HOUSING_ORGANISATION,
        municipality="9999",
    )
    log = Log([organisation, *(registered(each) for each in AREAS)])
    for day in LISTS:
        on = Listing.ON if day < LISTS[4] else Listing.OFF
        log.append(msgspec.structs.replace(listed(ONE, day, on), transformation=on))
    follower = following(log, table)

    def kept_up(day: date) -> bool:
        follower.catch_up()
        rows = table.rows()
        assert rows == VIEW.made_from(CURRENT, log.read(0, log.head()))
        return any(
            (each.area, each.category) == (ONE, Category.FORMER_TRANSFORMATION)
            and each.first_day <= day <= (each.last_day or date.max)
            for each in rows
        )

    before, answered = date(2023, 2, 28), date(2023, 3, 1)
    assert kept_up(before)
    assert kept_up(answered)
    log.append(
        facts.NothingDecided(
            municipality="9999",
            decisions=("plan_approved",),
            area=area,
            first_day=answered,
            answered_by="Prøvekøbing Kommune",
        )
    )
    assert kept_up(before)
    assert not kept_up(answered)
    log.append(facts.Retracted(retracts=id_at(log.head())))
    assert kept_up(answered)
