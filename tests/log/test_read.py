"""Readings: what matches, up to where, and at which cost."""

from __future__ import annotations

import random
import time
from statistics import median

import pytest
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem
from eventsourcing.persistence import ProgrammingError

from services.log.event import RecordedEvent
from services.log.port import EventLog
from services.log.sqlite import PAGE
from tests.log.backends import SharedBackend
from tests.log.events import event, item, positions, query
from tests.support import scaled


def matches(recorded: RecordedEvent, items: list[DCBQueryItem]) -> bool:
    return not items or any(
        (not item.types or recorded.type in item.types) and set(item.tags) <= set(recorded.tags)
        for item in items
    )


def test_every_kind_of_query_selects_what_its_definition_says(log: EventLog) -> None:
    chance = random.Random(1)
    tags, types = [f"tag:{n}" for n in range(6)], [f"type.{n}" for n in range(5)]
    for _ in range(40):
        batch = [
            event(chance.choice(types), *chance.sample(tags, chance.randint(0, 4)))
            for _ in range(chance.randint(1, 5))
        ]
        log.append_batch(batch)
    everything = log.read().all()
    head = log.head()
    assert [recorded.position for recorded in everything] == list(range(1, head + 1))
    for _ in range(scaled(300, 5_000)):
        items = [
            DCBQueryItem(
                types=chance.sample([*types, "type.never"], chance.randint(0, 3)),
                tags=chance.sample([*tags, "tag:never"], chance.choice([0, 1, 1, 1, 2, 3])),
            )
            for _ in range(chance.randint(0, 4))
        ]
        after = chance.choice([None, 0, chance.randint(0, head + 1)])
        upto = chance.choice([None, head, chance.randint(0, head + 1)])
        limit = chance.choice([None, None, 1, 3])
        expected = [
            recorded
            for recorded in everything
            if (after or 0) < recorded.position <= (head if upto is None else upto)
            and matches(recorded, items)
        ][:limit]
        response = log.read(DCBQuery(items=items), after=after, upto=upto, limit=limit)
        assert response.all() == expected
        if limit is None:
            assert response.head == head
        else:
            assert response.head == (expected[-1].position if expected else None)


def test_an_empty_log_has_no_head(log: EventLog) -> None:
    assert log.head() == 0
    assert log.read().head is None
    assert log.read(query(item("a"))).head is None


def test_a_negative_limit_is_refused(log: EventLog) -> None:
    with pytest.raises(ProgrammingError, match="limit"):
        log.read(limit=-1)


def test_a_reading_up_to_a_position_gives_again_what_was_read_then(log: EventLog) -> None:
    boundary = [item("slot:1", types=["taken", "released"]), item("slot:2")]
    seen: dict[int, list[int]] = {}
    for n in range(30):
        types = ["taken", "released", "other"]
        log.append_batch([event(types[n % 3], f"slot:{n % 4}")])
        seen[log.head()] = positions(log, *boundary)
    assert len(set(map(tuple, seen.values()))) > 10
    for position, found in seen.items():
        assert positions(log, *boundary, upto=position) == found


def test_a_whole_reading_is_one_snapshot_though_it_comes_in_pages(log: EventLog) -> None:
    log.append_batch([event("a") for _ in range(2 * PAGE + 10)])
    response = log.read()
    assert next(response).position == 1
    log.append_batch([event("late") for _ in range(PAGE)])
    assert [recorded.position for recorded in response] == list(range(2, 2 * PAGE + 11))
    assert response.head == 2 * PAGE + 10


def test_types_that_another_writer_brings_are_read_and_heeded(
    shared_backend: SharedBackend,
) -> None:
    reader, writer = shared_backend.open(), shared_backend.open()
    assert positions(reader, item("t", types=["new"])) == []
    writer.append_batch([event("new", "t")])
    assert positions(reader, item("t", types=["new"])) == [1]
    writer.append_batch([event("newer", "t")])
    reader.append_batch([event("newest", "t")])
    assert [recorded.type for recorded in writer.read()] == ["new", "newer", "newest"]
    reader.close()
    writer.close()


def test_a_reading_does_not_slow_down_as_other_types_pile_up_under_its_tag(
    shared_backend: SharedBackend,
) -> None:
    many = scaled(20_000, 100_000)
    types = [f"fact.{n}" for n in range(4)]
    boundary = query(*(item(f"person:{n}", types=types) for n in range(3)))
    logs: dict[int, EventLog] = {}
    for receipts in (100, many):
        log = logs[receipts] = shared_backend.another(f"log{receipts}").open()
        log.append_batch([event(types[n % 4], f"person:{n % 3}") for n in range(24)])
        for _ in range(receipts // 100):
            log.append_batch([event("receipt", "person:0", "person:1") for _ in range(100)])
    times: dict[int, list[int]] = {receipts: [] for receipts in logs}
    for _ in range(500):
        for receipts, log in logs.items():
            start = time.perf_counter_ns()
            found = log.read(boundary).all()
            times[receipts].append(time.perf_counter_ns() - start)
            assert len(found) == 24
    few_median, many_median = median(times[100]), median(times[many])
    print(f"boundary beside 100 receipts {few_median / 1e3:.0f} µs, {many}: {many_median / 1e3} µs")
    assert many_median <= 1.5 * few_median
    for log in logs.values():
        log.close()
