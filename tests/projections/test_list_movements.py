"""The lists, counted: whatever way the log is read, and whoever counts, the rows are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import facts
from domain.facts import Listing, ListKind
from domain.law.editions import CURRENT
from domain.reference import Reference
from domain.reports import lists
from domain.reports.lists import Movement
from projections.follower import Follower
from projections.list_movements import VIEW, ListRow
from projections.table import Table
from services.area_lists import shipped
from services.instance.instance import Instance
from services.instance.views import LogSource
from tests.projections.test_processes import import_lists
from tests.projections.town import AREAS, Log, id_at, listed, logs, published, registered
from tests.support import scaled

ONE, TWO, ELSEWHERE = AREAS
DAYS = (date(2018, 12, 1), date(2019, 12, 1), date(2020, 12, 1))


class Read(Log):
    """A log as the follower of this view reads it."""

    types = VIEW.types


@pytest.fixture
def table() -> Iterator[Table[ListRow]]:
    table = Table(":memory:", VIEW)
    yield table
    table.close()


def rebuilt(log: Log, upto: int | None = None) -> list[ListRow]:
    return VIEW.made_from(CURRENT, log.read(0, log.head() if upto is None else upto))


def read(log: Log) -> Read:
    made = Read(log_id=log.log_id)
    made.events = log.events
    return made


def moves(rows: list[ListRow], kind: ListKind, day: date) -> dict[str, Movement]:
    [row] = [row for row in rows if (row.kind, row.list_day) == (kind, day)]
    return {each.area: each.movement for each in row.entries}


@settings(max_examples=scaled(60, 1500), deadline=None)
@given(logs(), st.data())
def test_a_prefix_and_its_continuation_give_the_rows_of_a_rebuild_at_every_step(
    drawn: Log, data: st.DataObject
) -> None:
    table = Table(":memory:", VIEW)
    log, seen = read(drawn), Read(log_id=drawn.log_id)
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
    table.close()


@settings(max_examples=scaled(60, 1500), deadline=None)
@given(logs())
def test_a_row_says_what_the_law_says_of_each_area_looked_at_alone(drawn: Log) -> None:
    reference = Reference()
    for event in drawn.events:
        if event is not None:
            with_no_area = isinstance(event.fact, facts.ErasureDone)
            if not with_no_area:
                reference.apply(event)
    for row in rebuilt(read(drawn)):
        found = lists.of_day(reference.at(), row.kind, row.list_day)
        assert [(e.area, e.movement) for e in found.areas] == [
            (e.area, e.movement) for e in row.entries
        ]
        assert (found.not_known, found.complete) == (row.not_known, row.complete_nationwide)
        assert found.on == row.count(*lists.ON_THE_LIST)


def test_an_area_enters_stays_leaves_and_its_absence_counts_only_on_a_complete_list(
    table: Table[ListRow],
) -> None:
    kind = ListKind.VULNERABLE
    log = Read([registered(area) for area in AREAS])
    log.append(listed(ONE, DAYS[0]))
    log.append(listed(ELSEWHERE, DAYS[0]))
    log.append(listed(ONE, DAYS[1]))
    log.append(listed(TWO, DAYS[1]))
    log.append(published(kind, DAYS[1], complete_for=("9998",), published_total=2))
    following = Follower(log, table, CURRENT)
    following.catch_up()
    assert moves(table.rows(), kind, DAYS[0]) == {
        ONE: Movement.ENTERED,
        ELSEWHERE: Movement.ENTERED,
    }
    assert moves(table.rows(), kind, DAYS[1]) == {
        ONE: Movement.STAYED,
        TWO: Movement.ON,  # the list before says nothing of it
        ELSEWHERE: Movement.LEFT,
    }
    log.append(facts.Retracted(retracts=id_at(8)))
    following.catch_up()
    assert moves(table.rows(), kind, DAYS[1])[ELSEWHERE] is Movement.MAY_HAVE_LEFT
    assert table.rows() == rebuilt(log)


def test_an_area_that_was_split_has_changed_and_its_parts_stay(table: Table[ListRow]) -> None:
    kind = ListKind.PARALLEL_SOCIETY
    split = facts.AreaChangeApproved(
        area=ONE,
        change=facts.AreaChange.SPLIT,
        parts=(facts.AreaPart(area=TWO), facts.AreaPart(area=ELSEWHERE)),
        approved_on=date(2019, 6, 1),
        source="made up",
    )
    log = Read([*(registered(area) for area in AREAS), listed(ONE, DAYS[0]), split])
    log.append(listed(TWO, DAYS[1]))
    log.append(listed(ELSEWHERE, DAYS[1], Listing.OFF))
    Follower(log, table, CURRENT).catch_up()
    assert moves(table.rows(), kind, DAYS[1]) == {
        ONE: Movement.CHANGED,
        TWO: Movement.STAYED,
        ELSEWHERE: Movement.LEFT,
    }


def test_a_new_name_stands_on_the_lists_from_its_day_on(table: Table[ListRow]) -> None:
    log = Read([registered(ONE, "Birkely"), listed(ONE, DAYS[0]), listed(ONE, DAYS[1])])
    following = Follower(log, table, CURRENT)
    following.catch_up()
    log.append(facts.AreaRenamed(area=ONE, name="Nyt navn", first_day=DAYS[1]))
    following.catch_up()
    names = {
        row.list_day: [each.name for each in row.entries]
        for row in table.rows()
        if row.kind is ListKind.VULNERABLE
    }
    assert names == {DAYS[0]: ["Birkely"], DAYS[1]: ["Nyt navn"]}


def test_the_published_lists_come_out_as_many_as_were_published() -> None:
    with Instance.in_memory() as instance:
        import_lists(instance, shipped.PUBLISHED)
        source = LogSource(instance, VIEW)
        rows = VIEW.made_from(CURRENT, source.read(0, source.head()))
    counted = Counter[tuple[str, int]]()
    for row in rows:
        counted[row.kind, row.list_day.year] += row.count(*lists.ON_THE_LIST)
    parallel = {2014: 31, 2015: 25, 2016: 25, 2017: 22, 2018: 29, 2019: 28, 2020: 15, 2024: 8}
    for year, on in parallel.items():
        assert counted[ListKind.PARALLEL_SOCIETY, year] == on
    complete = [row for row in rows if row.complete_nationwide and row.published_total is not None]
    assert len(complete) > 8
    assert all(row.count(*lists.ON_THE_LIST) == row.published_total for row in complete)


def test_a_later_list_looks_only_at_what_it_names(
    table: Table[ListRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Read([registered(area) for area in AREAS])
    for area in AREAS:
        log.append(listed(area, DAYS[0]))
        log.append(listed(area, DAYS[1]))
    following = Follower(log, table, CURRENT)
    following.catch_up()
    looked: list[tuple[str, date]] = []
    real = lists.seen_on

    def noted(view: Any, area: str, kind: ListKind, day: date) -> Any:
        looked.append((area, day))
        return real(view, area, kind, day)

    monkeypatch.setattr(lists, "seen_on", noted)
    log.append(facts.Retracted(retracts=id_at(5)))
    following.catch_up()
    assert set(looked) == {(ONE, DAYS[1])}
    assert table.rows() == rebuilt(log)
