"""However the log is read, and however often it is interrupted, the same rows come out."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from domain import facts
from domain.events import Recorded
from domain.facts import Listing, ListKind
from domain.law.editions import CURRENT
from projections import area_status, follower
from projections.area_status import VIEW, Row
from projections.follower import Follower
from projections.table import Table, WalkEnded
from tests.projections.town import AREAS, Log, id_at, listed, logs, published, registered
from tests.support import scaled

OTHER_LAW = replace(CURRENT, reviewed_through=date(2026, 2, 1))


def rebuilt(log: Log, upto: int | None = None) -> list[Row]:
    """The rows as somebody who has never seen the log makes them."""
    return VIEW.made_from(CURRENT, log.read(0, log.head() if upto is None else upto))


@pytest.fixture
def table() -> Iterator[Table[Row]]:
    table = Table(":memory:", VIEW)
    yield table
    table.close()


def periods(rows: list[Row], area: str, category: str = "vulnerable") -> list[tuple[str, ...]]:
    return [
        (row.first_day.isoformat(), str(row.last_day), row.status)
        for row in rows
        if (row.area, row.category) == (area, category)
    ]


@settings(max_examples=scaled(40, 1500), deadline=None)
@given(logs(), st.data())
def test_a_prefix_and_its_continuation_give_the_rows_of_a_rebuild_at_every_step(
    log: Log, data: st.DataObject
) -> None:
    table = Table(":memory:", VIEW)
    seen = Log(log_id=log.log_id)
    following = Follower(seen, table, CURRENT)
    cuts = data.draw(st.sets(st.integers(1, log.head())), label="ends of batches")
    restarts = data.draw(st.sets(st.integers(1, log.head())), label="restarts")
    for position, event in enumerate(log.events, 1):
        seen.events.append(event)
        if position in restarts:
            following = Follower(seen, table, CURRENT)
        if position in cuts or position == log.head():
            following.catch_up()
            assert table.rows() == rebuilt(log, position)
            assert following.position == position
    table.close()


@settings(max_examples=scaled(30, 300), deadline=None)
@given(logs(), st.integers(1, 7))
def test_the_size_of_the_batches_changes_nothing(log: Log, size: int) -> None:
    table = Table(":memory:", VIEW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(follower, "BATCH", size)
        first = Log(log_id=log.log_id)
        first.events = log.events[: log.head() // 2]
        Follower(first, table, CURRENT).catch_up()
        Follower(log, table, CURRENT).catch_up()
    assert table.rows() == rebuilt(log)
    table.close()


def test_a_row_names_its_evidence_by_position_and_leaf_hash(table: Table[Row]) -> None:
    log = Log([registered(AREAS[0]), None, listed(AREAS[0], date(2019, 12, 1))])
    Follower(log, table, CURRENT).catch_up()
    [row] = [r for r in table.rows() if r.category == "vulnerable" and r.status == "met"]
    event = log.events[2]
    assert event is not None
    assert [(e.position, e.leaf_hash) for e in row.evidence] == [(3, event.leaf_hash.hex())]
    assert (row.known_at, row.name, row.municipality) == (3, "Opdigtet", "9999")
    assert row.edition == CURRENT.id
    assert (row.first_day, row.last_day) == (date(2019, 12, 1), date(2020, 11, 30))


def test_a_correction_and_a_retraction_change_the_rows_of_their_area(
    table: Table[Row],
) -> None:
    first, second = date(2019, 12, 1), date(2020, 12, 1)
    log = Log([registered(AREAS[0]), listed(AREAS[0], first), listed(AREAS[0], second)])
    following = Follower(log, table, CURRENT)
    following.catch_up()
    assert ("2019-12-01", "2021-11-30", "met") in periods(table.rows(), AREAS[0])
    log.append(facts.Retracted(retracts=id_at(3)))
    following.catch_up()
    assert ("2019-12-01", "2020-11-30", "met") in periods(table.rows(), AREAS[0])
    log.append(facts.Retracted(retracts=id_at(1)))
    following.catch_up()
    assert table.rows() == []


def test_a_complete_list_decides_for_the_areas_that_it_does_not_name(
    table: Table[Row],
) -> None:
    day = date(2019, 12, 1)
    log = Log([registered(area) for area in AREAS])
    following = Follower(log, table, CURRENT)
    following.catch_up()
    log.append(published(ListKind.VULNERABLE, day, complete_for=("9999",)))
    following.catch_up()
    without = ("2020-12-01", "None", "unknown")
    assert without in periods(table.rows(), AREAS[0])
    assert without in periods(table.rows(), AREAS[1])
    assert periods(table.rows(), AREAS[2]) == [("2018-12-01", "None", "unknown")]
    assert table.rows() == rebuilt(log)


def test_a_fact_about_an_area_changes_the_rows_of_what_became_of_it(
    table: Table[Row],
) -> None:
    whole, part = AREAS[0], AREAS[1]
    split = facts.AreaChangeApproved(
        area=whole,
        change=facts.AreaChange.SPLIT,
        parts=(facts.AreaPart(area=part),),
        approved_on=date(2019, 6, 1),
        source="made up",
    )
    log = Log([registered(whole), registered(part), split])
    following = Follower(log, table, CURRENT)
    following.catch_up()
    before = periods(table.rows(), part)
    log.append(listed(whole, date(2018, 12, 1)))
    following.catch_up()
    assert periods(table.rows(), part) != before
    assert table.rows() == rebuilt(log)


def test_rows_that_reach_further_are_made_for_every_area(
    table: Table[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if nothing outlasted the last day that is named: then each new day tells of other areas.
    monkeypatch.setattr(area_status, "AFTER_EFFECTS", 0)
    monkeypatch.setattr(area_status, "_last_change", lambda edition: edition.first_day)
    log = Log([registered(area) for area in AREAS])
    log.append(listed(AREAS[0], date(2019, 12, 1)))
    following = Follower(log, table, CURRENT)
    following.catch_up()
    assert ("2019-12-01", "None", "met") in periods(table.rows(), AREAS[0])
    log.append(listed(AREAS[1], date(2022, 12, 1)))
    following.catch_up()
    assert ("2019-12-01", "2020-11-30", "met") in periods(table.rows(), AREAS[0])
    assert table.rows() == rebuilt(log)


def test_what_concerns_no_area_moves_the_position_and_no_row(table: Table[Row]) -> None:
    log = Log([registered(AREAS[0])])
    following = Follower(log, table, CURRENT)
    following.catch_up()
    before = table.rows()
    for _ in range(3):
        log.append(None)
    log.append(facts.ErasureBegun(tokens=("ab" * 16,), policy="made-up"))
    log.append(facts.ErasureDone(tokens=("ab" * 16,), policy="made-up"))
    following.catch_up()
    assert table.rows() == before
    assert following.position == log.head()


def test_another_law_package_makes_the_rows_anew_and_readers_see_the_old_ones_meanwhile(
    tmp_path: Path,
) -> None:
    log = Log([registered(AREAS[0]), listed(AREAS[0], date(2019, 12, 1))])
    table = Table(tmp_path / "views.db", VIEW)
    Follower(log, table, CURRENT).catch_up()
    old = table.rows()
    log.append(listed(AREAS[0], date(2020, 12, 1)))
    seen: list[list[Row]] = []

    class Looked(Log):
        def read(self, after: int, upto: int) -> list[Recorded[facts.Fact]]:
            seen.append(table.rows())
            return super().read(after, upto)

    looked = Looked()
    looked.events = log.events
    following = Follower(looked, table, OTHER_LAW)
    assert following.rebuilds
    assert following.position == 2
    following.catch_up()
    assert seen == [old]
    assert not following.rebuilds
    assert {row.edition for row in table.rows()} == {OTHER_LAW.id}
    assert following.position == 3
    table.close()


def test_rows_in_another_format_are_made_anew(
    table: Table[Row],
) -> None:
    log = Log([registered(AREAS[0])])
    Follower(log, table, CURRENT).catch_up()
    table.view = structs.replace(VIEW, format=VIEW.format + 1)
    assert Follower(log, table, CURRENT).rebuilds


@pytest.mark.parametrize(
    "other",
    [
        Log([registered(AREAS[1]), None]),
        Log([registered(AREAS[0], "Andet navn")]),
        Log([registered(AREAS[0])], log_id="another"),
        Log(),
    ],
    ids=["other events", "same length", "other log", "shorter"],
)
def test_the_rows_of_another_log_are_not_continued(table: Table[Row], other: Log) -> None:
    Follower(Log([registered(AREAS[0])]), table, CURRENT).catch_up()
    Follower(other, table, CURRENT).catch_up()
    assert table.rows() == rebuilt(other)


def test_a_batch_that_fails_leaves_rows_and_checkpoint_and_is_taken_again(
    table: Table[Row],
) -> None:
    log = Log([registered(AREAS[0])])
    following = Follower(log, table, CURRENT)
    following.catch_up()
    before = table.rows(), table.checkpoint
    log.append(listed(AREAS[0], date(2019, 12, 1)))
    real = table._commit

    def refused() -> None:
        raise sqlite3.OperationalError("disk is full")

    table._commit = refused  # type: ignore[method-assign]  # stands in for a full disk
    with pytest.raises(sqlite3.OperationalError):
        following.catch_up()
    assert (table.rows(), table.checkpoint) == before
    table._commit = real  # type: ignore[method-assign]  # as above
    following.catch_up()
    assert table.rows() == rebuilt(log)


def test_a_rebuild_that_is_told_to_stop_leaves_the_old_rows(table: Table[Row]) -> None:
    log = Log([registered(AREAS[0])])
    Follower(log, table, CURRENT).catch_up()
    before = table.rows(), table.checkpoint
    Follower(log, table, OTHER_LAW).catch_up(lambda: False)
    assert (table.rows(), table.checkpoint) == before


def test_a_walk_sees_the_rows_as_they_were_when_it_began(table: Table[Row]) -> None:
    log = Log([registered(area) for area in AREAS])
    following = Follower(log, table, CURRENT)
    following.catch_up()
    everything: list[tuple[str, tuple[object, ...]]] = []
    walk = table.begin_walk()
    before = table.page(walk, everything, 1000)
    first = table.page(walk, everything, 2)
    for area in AREAS:
        log.append(listed(area, date(2019, 12, 1)))
    following.catch_up()
    last = first[-1]
    walk = walk._replace(after=(last.area, last.category, last.first_day.isoformat()))
    assert first + table.page(walk, everything, 1000) == before
    assert table.rows() != before


def test_a_walk_ends_when_the_rows_are_made_anew(table: Table[Row]) -> None:
    log = Log([registered(AREAS[0])])
    with pytest.raises(WalkEnded):
        table.begin_walk()
    Follower(log, table, CURRENT).catch_up()
    walk = table.begin_walk()
    Follower(log, table, OTHER_LAW).catch_up()
    with pytest.raises(WalkEnded):
        table.page(walk, [], 10)


def test_readers_see_whole_batches_while_the_rows_are_made_anew_again_and_again(
    tmp_path: Path,
) -> None:
    log = Log([registered(area) for area in AREAS])
    for day in (date(2019, 12, 1), date(2020, 12, 1)):
        for area in AREAS:
            log.append(listed(area, day, Listing.ON))
    table = Table(tmp_path / "views.db", VIEW)
    possible = [VIEW.made_from(law, log.read(0, log.head())) for law in (CURRENT, OTHER_LAW)]
    Follower(log, table, CURRENT).catch_up()
    done = threading.Event()
    found: list[list[Row]] = []

    def read() -> None:
        while not done.is_set():
            found.append(table.rows())

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(scaled(20, 200)):
        Follower(log, table, (OTHER_LAW, CURRENT)[number % 2]).catch_up()
    done.set()
    for reader in readers:
        reader.join()
    assert found
    assert all(rows in possible for rows in found)
    table.close()


# -- The file


def test_the_rows_survive_a_restart_and_are_continued(tmp_path: Path) -> None:
    path = tmp_path / "views.db"
    log = Log([registered(AREAS[0]), listed(AREAS[0], date(2019, 12, 1))])
    table = Table(path, VIEW)
    Follower(log, table, CURRENT).catch_up()
    table.close()
    log.append(listed(AREAS[0], date(2020, 12, 1)))
    table = Table(path, VIEW)
    following = Follower(log, table, CURRENT)
    assert not following.rebuilds
    assert following.position == 2
    following.catch_up()
    assert table.rows() == rebuilt(log)
    table.close()


@pytest.mark.parametrize("damage", ["cut", "layout"])
def test_a_damaged_file_or_one_of_another_layout_is_made_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "views.db"
    log = Log([registered(AREAS[0])])
    table = Table(path, VIEW)
    Follower(log, table, CURRENT).catch_up()
    table.close()
    if damage == "cut":
        path.write_bytes(b"not a database, but long enough to be taken for one" * 100)
    else:
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 999")
        database.close()
    table = Table(path, VIEW)
    assert table.checkpoint is None
    Follower(log, table, CURRENT).catch_up()
    assert table.rows() == rebuilt(log)
    table.close()


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "views.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (value TEXT)")
    database.close()
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"not one of husret's views"):
        Table(path, VIEW)
    assert path.read_bytes() == before
