"""Verifying names each alteration where it was made, by kind and place, on every backend."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest

from husret_verify.checkpoint import Checkpoint
from husret_verify.event import leaf_hash
from services.log import sqlite_append, sqlite_query, tree
from services.log.finding import KINDS
from services.log.port import (
    AppendConflict,
    EventIdReused,
    EventLog,
    LogAltered,
    StorageError,
    Vouch,
)
from services.log.sqlite import SQLiteEventLog
from services.log.verifying import findings
from tests.log.backends import Backend
from tests.log.events import event, item, positions, query, unless

COUNT = 40


def head(size: int, root: bytes) -> bytes:
    return hmac.digest(b"key" * 11, size.to_bytes(8, "big") + root, hashlib.sha256)


vouch = Vouch(head, lambda plain: hmac.digest(b"other" * 7, plain, hashlib.sha256))


@pytest.fixture
def filled(log: EventLog) -> EventLog:
    log.vouch_with(vouch)
    for n in range(0, COUNT, 2):
        log.append_batch([event("a", f"t:{n}", "all"), event("b", "all", data=bytes([n]))])
    return log


def found(log: EventLog, checkpoint: Checkpoint | None = None) -> list[tuple[str, str]]:
    """What is found, as kind and place; every kind has words."""
    every = list(findings(log, vouch, checkpoint))
    assert {each.kind for each in every} <= KINDS.keys()
    return [(each.kind, each.place) for each in every]


def at(position: int) -> str:
    return f"event at position {position}"


def test_nothing_is_found_in_a_log_that_nobody_touched(log: EventLog) -> None:
    assert found(log) == []
    log.vouch_with(vouch)
    log.append_batch([event("a")])
    assert found(log) == []


ALTERATIONS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a payload": ("UPDATE event SET data = x'01' WHERE position = 7", [("event-altered", at(7))]),
    "an id": (
        "UPDATE event SET event_id = zeroblob(16) WHERE position = 7",
        [("event-altered", at(7))],
    ),
    "a fingerprint": (
        "UPDATE event SET fingerprint = zeroblob(32) WHERE position = 7",
        [("event-altered", at(7))],
    ),
    "metadata": (
        "UPDATE event SET metadata = x'00' WHERE position = 7",
        [("event-altered", at(7))],
    ),
    "a schema version": (
        "UPDATE event SET schema_version = -1 WHERE position = 7",
        [("event-altered", at(7))],
    ),
    "tags that are no tags": (
        "UPDATE event SET tags = 5 WHERE position = 8",
        [
            ("event-altered", at(8)),
            ("tag-missing", at(8)),
            ("tag-stray", "index of tags, at position 8"),
        ],
    ),
    "a time": (
        "UPDATE event SET recorded_at = 1 WHERE position = 7",
        [("event-altered", at(7)), ("time-backwards", at(7))],
    ),
    "a leaf hash": (
        "UPDATE event SET leaf_hash = zeroblob(32) WHERE position = 7",
        [("event-altered", at(7)), ("node-altered", "node 0 of level 4")],
    ),
    "a place in a batch": (
        "UPDATE event SET batch_index = 0 WHERE position = 8",
        [("event-altered", at(8)), ("batch-broken", at(8)), ("batch-broken", at(9))],
    ),
    "the size of a batch": (
        "UPDATE event SET batch_size = 1 WHERE position = 7",
        [("event-altered", at(7)), ("batch-broken", at(8))],
    ),
    "an event gone": (
        "DELETE FROM event WHERE position = 7; DELETE FROM tag WHERE position = 7",
        [("event-missing", at(7))],
    ),
    "an event moved out of the way": (
        "UPDATE event SET position = -1 WHERE position = 7; UPDATE tag SET position = -1 "
        "WHERE position = 7",
        [("event-stray", at(-1)), ("event-missing", at(7))],
    ),
    "an event moved far off": (
        "UPDATE event SET position = 4611686018427387904 WHERE position = 40",
        [
            ("event-stray", at(4611686018427387904)),
            ("batch-broken", at(39)),
            ("head-size", "table head, of 40 events; log of 39"),
            ("tag-missing", at(4611686018427387904)),
            ("tag-stray", "index of tags, at position 40"),
        ],
    ),
    "two types exchanged": (
        "UPDATE event_type SET name = 'c' WHERE id = 2",
        [("event-altered", at(n)) for n in range(2, COUNT + 1, 2)],
    ),
    "a type gone": (
        "PRAGMA foreign_keys = OFF; DELETE FROM event_type WHERE id = 2",
        [*(("event-altered", at(n)) for n in range(2, COUNT + 1, 2)), ("type-unknown", at(2))],
    ),
    "a type of no event": (
        "INSERT INTO event_type VALUES (3, 'c')",
        [("type-unused", "table event_type, row 3")],
    ),
    "a row of the index gone": (
        "DELETE FROM tag WHERE position = 9 AND type_id = 1 AND tag = (SELECT max(tag) FROM tag "
        "WHERE position = 9)",
        [("tag-missing", at(9))],
    ),
    "a row too many in the index": (
        "INSERT INTO tag VALUES (17, 1, 9)",
        [("tag-stray", "index of tags, at position 9")],
    ),
    "a row of the index to nowhere": (
        "INSERT INTO tag VALUES (17, 1, 99)",
        [("tag-stray", "index of tags, at position 99")],
    ),
    "a row of the index moved": (
        "UPDATE tag SET position = 8 WHERE position = 9 AND tag = (SELECT min(tag) FROM tag "
        "WHERE position = 9)",
        [("tag-missing", at(9)), ("tag-stray", "index of tags, at position 8")],
    ),
    "a node": (
        "UPDATE node SET hash = zeroblob(32) WHERE number = 1",
        [("node-altered", "node 1 of level 4"), ("head-root", "table head, of 40 events")],
    ),
    "a node gone": ("DELETE FROM node WHERE number = 0", [("node-missing", "node 0 of level 4")]),
    "a node too many": (
        "INSERT INTO node VALUES (4, 2, zeroblob(32))",
        [("node-stray", "node 2 of level 4")],
    ),
    "nodes of a level that is not stored": (
        "INSERT INTO node VALUES (5, 0, zeroblob(32))",
        [("node-stray", "nodes of level 5")],
    ),
    "the head row gone": ("DELETE FROM head", [("head-missing", "table head")]),
    "the root in it": (
        "UPDATE head SET root = zeroblob(32)",
        [("head-root", "table head, of 40 events"), ("head-vouch", "table head, of 40 events")],
    ),
    "its code": (
        "UPDATE head SET mac = zeroblob(32)",
        [("head-vouch", "table head, of 40 events")],
    ),
    "the size in it": (
        "UPDATE head SET size = -3",
        [
            ("head-size", "table head, of -3 events; log of 40"),
            ("head-vouch", "table head, of -3 events"),
        ],
    ),
    "the end cut off": (
        "DELETE FROM event WHERE position > 38; DELETE FROM tag WHERE position > 38",
        [("head-size", "table head, of 40 events; log of 38")],
    ),
    "everything cut off": (
        "DELETE FROM event; DELETE FROM tag; DELETE FROM node; DELETE FROM event_type",
        [("head-size", "table head, of 40 events; log of 0")],
    ),
}


@pytest.mark.parametrize("alteration", ALTERATIONS.values(), ids=list(ALTERATIONS))
def test_an_alteration_is_named_where_it_was_made(
    filled: EventLog, backend: Backend, alteration: tuple[str, list[tuple[str, str]]]
) -> None:
    statements, expected = alteration
    backend.run(filled, statements)
    assert found(filled) == expected


def rewritten(log: EventLog, backend: Backend, position: int) -> None:
    """Rewrite an event as who knows the format would, with all that no key is needed for."""
    old = log.event_at(position)
    assert old is not None
    columns = (*(getattr(old, name) for name in COLUMNS), b"other", old.metadata, old.fingerprint)
    leaf = leaf_hash(*columns)
    backend.run(
        log,
        f"UPDATE event SET data = x'{b'other'.hex()}', leaf_hash = x'{leaf.hex()}' "
        f"WHERE position = {position}",
    )
    number = (position - 1) // 16
    node = tree.over(log.hashes(0, number * 16, 16))
    backend.run(log, f"UPDATE node SET hash = x'{node.hex()}' WHERE number = {number}")
    root = tree.root(log.hashes, COUNT)
    backend.run(log, f"UPDATE head SET root = x'{root.hex()}'")


COLUMNS = (
    "position",
    "event_id",
    "recorded_at",
    "type",
    "schema_version",
    "batch_index",
    "batch_size",
    "tags",
)


def test_who_recomputes_every_hash_is_found_by_the_code_of_the_head_row(
    filled: EventLog, backend: Backend
) -> None:
    rewritten(filled, backend, 7)
    assert found(filled) == [("head-vouch", "table head, of 40 events")]
    assert list(findings(filled)) == []  # without the key there is nothing to see


def test_who_has_the_key_too_is_found_by_a_checkpoint_alone(
    filled: EventLog, backend: Backend
) -> None:
    kept = Checkpoint("a log", 21, tree.root(filled.hashes, 21))
    assert found(filled, kept) == []
    rewritten(filled, backend, 7)
    root = tree.root(filled.hashes, COUNT)
    backend.run(filled, f"UPDATE head SET mac = x'{vouch.head(COUNT, root).hex()}'")
    assert found(filled) == []
    assert found(filled, kept) == [("checkpoint-root", "checkpoint of 21 events")]


def test_a_checkpoint_of_more_events_than_there_are_tells_that_the_end_was_cut_off(
    filled: EventLog,
) -> None:
    kept = Checkpoint("a log", COUNT + 1, bytes(32))
    assert found(filled, kept) == [("checkpoint-size", "checkpoint of 41 events, log of 40")]


@pytest.mark.parametrize("size", [1, 16, 17, 32, 39, 40])
def test_a_log_continues_its_own_checkpoints(filled: EventLog, size: int) -> None:
    assert found(filled, Checkpoint("a log", size, tree.root(filled.hashes, size))) == []


FORGED: dict[str, str] = {
    "an event forged at the end": (
        "INSERT INTO event SELECT 41, zeroblob(16), recorded_at, type_id, schema_version, 0, 1, "
        "tags, data, metadata, fingerprint, leaf_hash FROM event WHERE position = 39"
    ),
    "a head row that says so too": (
        "INSERT INTO event SELECT 41, zeroblob(16), recorded_at, type_id, schema_version, 0, 1, "
        "tags, data, metadata, fingerprint, leaf_hash FROM event WHERE position = 39; "
        "UPDATE head SET size = 41"
    ),
    "the end cut off": "DELETE FROM event WHERE position = 40",
    "everything cut off": "DELETE FROM event",
    "the head row gone": "DELETE FROM head",
    "another root": "UPDATE head SET root = zeroblob(32)",
}


@pytest.mark.parametrize("statements", FORGED.values(), ids=list(FORGED))
def test_nothing_is_appended_behind_an_end_that_the_instance_did_not_write(
    filled: EventLog, backend: Backend, statements: str
) -> None:
    backend.run(filled, statements)
    before = found(filled)
    with pytest.raises(LogAltered):
        filled.append_batch([event("a")])
    assert found(filled) == before != []


def test_who_opens_a_log_checks_what_the_tree_grows_from(
    filled: EventLog, backend: Backend
) -> None:
    backend.run(filled, "UPDATE node SET hash = zeroblob(32) WHERE number = 1")
    filled.vouch_with(vouch)  # as one that was just opened
    with pytest.raises(LogAltered, match="not the one of its head row"):
        filled.append_batch([event("a")])
    backend.run(filled, "DELETE FROM node WHERE number = 1")
    with pytest.raises(LogAltered, match="are gone"):
        filled.append_batch([event("a")])


def test_a_size_that_is_not_that_of_the_log_is_seen_without_a_key_too(
    log: EventLog, backend: Backend
) -> None:
    log.append_batch([event("a"), event("a")])
    backend.run(log, "UPDATE head SET size = 3")
    with pytest.raises(LogAltered, match="not of its last event"):
        log.append_batch([event("a")])


def test_a_log_that_is_vouched_for_takes_no_event_from_who_can_not(tmp_path: Path) -> None:
    with_key = SQLiteEventLog(tmp_path / "log.db")
    with_key.vouch_with(vouch)
    with_key.append_batch([event("a")])
    without = SQLiteEventLog(tmp_path / "log.db")
    with pytest.raises(StorageError, match="through its instance only"):
        without.append_batch([event("a")])
    other = SQLiteEventLog(tmp_path / "log.db")
    other.vouch_with(Vouch(lambda size, root: bytes(32), lambda plain: plain))
    with pytest.raises(LogAltered, match="not written by this instance"):
        other.append_batch([event("a")])
    assert with_key.append_batch([event("a")]) == range(2, 3)
    for log in (with_key, without, other):
        log.close()


# Tags with the same number


@pytest.fixture
def colliding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every tag stand in the index under one of two numbers."""

    def few(tag: str) -> int:
        return len(tag) % 2

    for module in (sqlite_query, sqlite_append):
        monkeypatch.setattr(module, "tag_number", few)


@pytest.mark.usefixtures("colliding")
def test_events_that_the_index_led_to_by_chance_are_passed_over(log: EventLog) -> None:
    log.append_batch([event("a", f"t:{n}", "s:1" if n % 2 else "s:2") for n in range(8)])
    assert positions(log, item("t:3")) == [4]
    assert positions(log, item("t:3", types=["a"])) == [4]
    assert positions(log, item("s:1", "t:5")) == [6]
    assert positions(log, item("nobody:1")) == []
    limited = log.read(query(item("s:1")), limit=3)
    assert [each.position for each in limited] == [2, 4, 6]


@pytest.mark.usefixtures("colliding")
def test_a_condition_is_not_broken_by_a_number_alone(log: EventLog) -> None:
    log.append_batch([event("a", "t:1"), event("a", "t:2")])
    assert log.append_batch([event("a", "t:3")], unless(item("t:3"))) == range(3, 4)
    with pytest.raises(AppendConflict) as caught:
        log.append_batch([event("a", "t:4")], unless(item("t:2")))
    assert caught.value.position == 2


def test_an_altered_event_is_not_passed_over_for_tags_that_it_has_lost(
    filled: EventLog, backend: Backend
) -> None:
    backend.run(filled, "UPDATE event SET tags = 'other' WHERE position = 3")
    [read] = filled.read(query(item("t:2"))).all()
    assert (read.position, read.is_intact()) == (3, False)
    with pytest.raises(AppendConflict):
        filled.append_batch([event("a")], unless(item("t:2")))


def test_appends_meanwhile_are_no_finding(tmp_path: Path) -> None:
    log = SQLiteEventLog(tmp_path / "log.db")
    log.append_batch([event("a", f"t:{n}") for n in range(20)])
    walk = findings(log)
    with log.stored() as stored:
        log.append_batch([event("new", "t:new")])
        assert len(list(stored.events())) == 20
        assert list(stored.index_findings()) == []
    assert list(walk) == []
    log.close()


def test_nobody_without_the_key_can_try_a_guess_at_open_content(log: EventLog) -> None:
    log.vouch_with(vouch)
    made = event("a", "t", request="one", data=b"a guess")
    [position] = log.append_batch([made])
    stored = log.event_at(position)
    assert stored is not None
    assert stored.fingerprint == vouch.fingerprint(made.fingerprint)
    assert stored.fingerprint != made.fingerprint
    # A repeat is known as one all the same, and other content under its id is not.
    assert log.append_batch([made]) == range(position, position + 1)
    other = event("a", "t", request="one", data=b"another")
    with pytest.raises(EventIdReused):
        log.append_batch([other])
