"""Repeated requests, conditions, and what an event looks like once it is recorded."""

from __future__ import annotations

import pytest
from eventsourcing.dcb.api import DCBEvent
from eventsourcing.persistence import ProgrammingError

from services.log.event import MAX_BLOB, Event
from services.log.port import AppendConflict, Batch, EventIdReused, EventLog, LogClosed
from tests.log.events import event, item, unless


def test_an_event_is_recorded_with_its_whole_envelope(log: EventLog) -> None:
    appended = Event(
        type="tenancy.commenced",
        data=b"\x00data",
        tags=["dwelling:1", "household:2", "dwelling:1"],
        event_id=bytes(range(16)),
        schema_version=3,
        metadata=b'{"actor":"a"}',
        fingerprint=b"f" * 32,
    )
    log.append_batch([appended])
    recorded = log.event_by_id(appended.event_id)
    assert recorded is not None
    assert recorded.event == appended
    assert recorded == log.event_at(1)
    assert recorded.is_intact()
    recorded.recorded_at += 1
    assert not recorded.is_intact()


def test_an_unknown_id_and_an_unknown_position_give_no_event(log: EventLog) -> None:
    log.append_batch([event("a")])
    assert log.event_by_id(b"0" * 16) is None
    assert log.event_at(0) is None
    assert log.event_at(2) is None


def test_a_plain_event_gets_an_envelope(log: EventLog) -> None:
    plain = DCBEvent(type="a", data=b"d")
    assert log.append_batch([plain, plain]) == range(1, 3)
    first, second = log.event_at(1), log.event_at(2)
    assert first is not None
    assert second is not None
    assert first.event_id != second.event_id
    assert (first.schema_version, first.metadata, first.tags) == (1, b"{}", [])
    assert first.fingerprint == second.fingerprint


def test_a_repeated_request_gets_its_first_positions_and_writes_nothing(log: EventLog) -> None:
    log.append_batch([event("a")])
    request = [event("a", request="1"), event("b", request="2")]
    assert log.append_batch(request) == range(2, 4)
    log.append_batch([event("c")])
    assert log.append_batch(request) == range(2, 4)
    assert log.append(request) == 3
    assert log.head() == 4


def test_a_repeated_conditional_request_succeeds_though_its_condition_would_fail_now(
    log: EventLog,
) -> None:
    request = [event("taken", "slot:1", request="1")]
    condition = unless(item("slot:1"))
    assert log.append_batch(request, condition) == range(1, 2)
    assert log.append_batch(request, condition) == range(1, 2)
    with pytest.raises(AppendConflict):
        log.append_batch([event("taken", "slot:1", request="2")], condition)
    assert log.head() == 1


@pytest.mark.parametrize(
    "changed",
    [
        event("b", "t", request="1"),
        event("a", "u", request="1"),
        event("a", "t", request="1", data=b"other"),
    ],
    ids=["type", "tags", "data"],
)
def test_a_known_id_with_other_content_is_refused(log: EventLog, changed: Event) -> None:
    log.append_batch([event("a", "t", request="1")])
    with pytest.raises(EventIdReused) as refusal:
        log.append_batch([changed])
    assert (refusal.value.index, refusal.value.position) == (0, 1)
    assert log.head() == 1


@pytest.mark.parametrize(
    "request_ids",
    [
        "a",
        "b",
        "c",
        "ab",
        "bc",
        "ac",
        "acb",
        "abcd",
        "xabc",
        "cd",
        "bcd",
        "ad",
        "aa",
        "xa",
        "xx",
        "abx",
        "axc",
    ],
)
def test_a_batch_that_overlaps_a_known_one_is_refused(log: EventLog, request_ids: str) -> None:
    log.append_batch([event("t", request=name) for name in "abc"])
    log.append_batch([event("t", request=name) for name in "def"])
    with pytest.raises(EventIdReused):
        log.append_batch([event("t", request=name) for name in request_ids])
    assert log.head() == 6


def test_two_halves_of_known_batches_of_the_same_size_are_no_repeated_request(
    log: EventLog,
) -> None:
    log.append_batch([event("t", request=name) for name in "ab"])
    log.append_batch([event("t", request=name) for name in "cd"])
    for request_ids in ("bc", "ad", "ac"):
        with pytest.raises(EventIdReused):
            log.append_batch([event("t", request=name) for name in request_ids])


def test_a_conflict_names_the_first_event_that_moved(log: EventLog) -> None:
    log.append_batch([event("a", "slot:1")])
    log.append_batch([event("a", "slot:2")])
    moved = event("b", "slot:1", "slot:9")
    log.append_batch([moved])
    log.append_batch([event("c", "slot:1")])
    with pytest.raises(AppendConflict) as conflict:
        log.append_batch([event("d")], unless(item("slot:9"), item("slot:1"), after=1))
    assert (conflict.value.position, conflict.value.type) == (3, "b")
    assert conflict.value.event_id == moved.event_id
    assert moved.event_id.hex() not in str(conflict.value)
    assert log.head() == 4


def test_a_condition_sees_types_and_tags_that_came_first_in_the_same_commit(
    log: EventLog,
) -> None:
    condition = unless(item("slot:1", types=["taken"]))
    first, second, third = log.commit(
        [
            Batch.of([event("taken", "slot:1")], condition),
            Batch.of([event("taken", "slot:1")], condition),
            Batch.of([event("taken", "slot:2")], unless(item("slot:2", types=["taken"]))),
        ]
    )
    assert first == range(1, 2)
    assert isinstance(second, AppendConflict)
    assert second.position == 1
    assert third == range(2, 3)


def test_a_request_repeated_in_the_same_commit_is_recorded_once(log: EventLog) -> None:
    batch = Batch.of([event("a", request="1")])
    assert log.commit([batch, batch]) == [range(1, 2), range(1, 2)]
    assert log.head() == 1


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("type", {"type": ""}),
        ("type", {"type": "\ud800"}),
        ("tags", {"tags": ["a\nb"]}),
        ("tags", {"tags": [""]}),
        ("event_id", {"event_id": b"short"}),
        ("schema_version", {"schema_version": 0}),
        ("fingerprint", {"fingerprint": b"short"}),
        ("data", {"data": bytes(MAX_BLOB + 1)}),
        ("metadata", {"metadata": bytes(MAX_BLOB + 1)}),
    ],
)
def test_a_wrong_field_is_named(field: str, arguments: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=field):
        Event(**({"type": "a", "data": b""} | arguments))  # type: ignore[arg-type]  # on purpose


def test_an_empty_batch_is_refused(log: EventLog) -> None:
    with pytest.raises(ProgrammingError, match="at least one"):
        log.append_batch([])


def test_a_closed_log_says_so(log: EventLog) -> None:
    log.close()
    with pytest.raises(LogClosed):
        log.append_batch([event("a")])
    with pytest.raises(LogClosed):
        log.read()


def test_neither_an_event_nor_an_error_shows_what_it_holds(log: EventLog) -> None:
    log.append_batch([event("a", "person:1", request="1", data=b"secret")])
    recorded = log.event_at(1)
    assert recorded is not None
    with pytest.raises(EventIdReused) as refusal:
        log.append_batch([event("a", "person:2", request="1")])
    for text in (repr(recorded), repr(recorded.event), str(refusal.value)):
        assert "person" not in text
        assert "secret" not in text


def test_conditions_with_positions_of_their_own_must_all_hold(log: EventLog) -> None:
    log.append_batch([event("a", "slot:1")])
    log.append_batch([event("a", "slot:2")])
    log.append_batch([event("a", "slot:3")])
    held = [unless(item("slot:1"), after=1), unless(item("slot:2"), after=2)]
    assert log.append_batch([event("b")], *held, unless(item("slot:3"), after=3)) == range(4, 5)
    for order in (held, held[::-1]):
        with pytest.raises(AppendConflict) as conflict:
            log.append_batch([event("b")], *order, unless(item("slot:3"), after=2))
        assert (conflict.value.position, conflict.value.type) == (3, "a")
    with pytest.raises(AppendConflict) as conflict:
        log.append_batch([event("b")], unless(item("slot:2"), after=1), unless(item("slot:1")))
    assert conflict.value.position == 2, "the first condition that does not hold is named"
    assert log.head() == 4


def test_every_condition_sees_what_came_first_in_the_same_commit(log: EventLog) -> None:
    conditions = [unless(item("slot:9"), after=0), unless(item("slot:1"), after=0)]
    first, second = log.commit(
        [Batch.of([event("a", "slot:1")], *conditions), Batch.of([event("a")], *conditions)]
    )
    assert first == range(1, 2)
    assert isinstance(second, AppendConflict)
