"""The Merkle tree that grows in the append is that of RFC 6962, on every backend."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from husret_verify.merkle import verify_consistency, verify_inclusion
from services.log import tree
from services.log.filling import FillingLog
from services.log.group_commit import GroupCommit
from services.log.port import EventLog
from services.log.sqlite import SQLiteEventLog
from services.log.verifying import findings
from tests.log.backends import Backend, SharedBackend
from tests.log.events import event
from tests.log.workers import Worker

PAST_TWO_STORED_LEVELS = 300


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """The tree hash as RFC 6962, section 2.1, defines it, and nothing else."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_proof(m: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of RFC 6962, section 2.1.2."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_proof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_proof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def leaves_of(log: EventLog) -> list[bytes]:
    return [each.leaf_hash for each in log.read()]


def grown(log: EventLog, count: int) -> EventLog:
    while log.head() < count:
        size = min(7, count - log.head())
        log.append_batch([event("a", f"t:{n}", data=bytes([n])) for n in range(size)])
    return log


@pytest.fixture(scope="module")
def large() -> EventLog:
    return grown(SQLiteEventLog(":memory:"), PAST_TWO_STORED_LEVELS)


def test_the_head_row_says_size_and_root_after_every_append(log: EventLog) -> None:
    assert log.stored_head() is None
    for count in (1, 2, 3, 15, 16, 17, 31, 33, 48):
        head = grown(log, count).stored_head()
        assert head is not None
        assert (head.size, head.root) == (count, naive_root(leaves_of(log)))


@given(st.integers(1, PAST_TWO_STORED_LEVELS), st.data())
@settings(max_examples=60, deadline=None)
def test_root_and_proofs_at_any_size_are_those_of_the_definition(
    large: EventLog, size: int, data: st.DataObject
) -> None:
    leaves = leaves_of(large)[:size]
    position, first = (data.draw(st.integers(1, size)) for _ in range(2))
    root = tree.root(large.hashes, size)
    assert root == naive_root(leaves)
    inclusion = tree.inclusion(large.hashes, position, size)
    assert inclusion == naive_path(position - 1, leaves)
    verify_inclusion(leaves[position - 1], position - 1, size, inclusion, root)
    consistency = tree.consistency(large.hashes, first, size)
    assert consistency == naive_proof(first, leaves)
    verify_consistency(first, size, naive_root(leaves[:first]), root, consistency)


def test_a_proof_of_one_size_stays_that_proof_while_the_log_grows(log: EventLog) -> None:
    grown(log, 21)
    before = [tree.inclusion(log.hashes, 5, 21), tree.consistency(log.hashes, 9, 21)]
    grown(log, 90)
    assert [tree.inclusion(log.hashes, 5, 21), tree.consistency(log.hashes, 9, 21)] == before
    assert tree.inclusion(log.hashes, 5, 90) != before[0]


def test_a_refused_batch_and_a_repeated_one_leave_the_tree_as_it_was(log: EventLog) -> None:
    grown(log, 20)
    again = [event("a", request="again")]
    log.append_batch(again)
    before = log.stored_head()
    log.append_batch(again)
    assert log.stored_head() == before
    grown(log, 40)
    assert list(findings(log)) == []


def test_two_who_have_one_file_open_grow_one_tree(shared_backend: SharedBackend) -> None:
    one, other = shared_backend.open(), shared_backend.open()
    for n in range(40):
        (one if n % 3 else other).append_batch([event("a", f"t:{n}")])
    head = one.stored_head()
    assert head is not None
    assert head.root == naive_root(leaves_of(other))
    assert list(findings(one)) == []
    one.close()
    other.close()


def test_processes_that_race_grow_one_tree(shared_backend: SharedBackend) -> None:
    writers = [
        Worker("take_slots", env=shared_backend.env, seed=seed, slots=9, head=200)
        for seed in range(3)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.result()
    log = shared_backend.open()
    assert list(findings(log)) == []
    assert tree.root(log.hashes, 200) == naive_root(leaves_of(log)[:200])
    log.close()


def test_a_group_commit_and_what_is_behind_it_give_the_same_tree(backend: Backend) -> None:
    group = GroupCommit(backend.open())
    grown(group, 35)
    assert tree.root(group.hashes, 35) == naive_root(leaves_of(group))
    assert list(findings(group)) == []
    group.close()


def test_a_filled_log_has_its_tree_and_grows_on(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with FillingLog(path) as filling:
        for n in range(1, 60):
            filling.time = n
            filling.append_batch([event("a", f"t:{n}")])
    opened = grown(SQLiteEventLog(path), 80)
    head = opened.stored_head()
    assert head is not None
    assert head.root == naive_root(leaves_of(opened))
    assert list(findings(opened)) == []
    opened.close()


def test_only_each_fourth_level_is_stored(tmp_path: Path) -> None:
    log = grown(SQLiteEventLog(tmp_path / "log.db"), PAST_TWO_STORED_LEVELS)
    with log.stored() as stored:
        assert stored.levels() == [4, 8]
        assert len(list(stored.nodes(4))) == PAST_TWO_STORED_LEVELS // 16
        assert len(list(stored.nodes(8))) == 1
    log.close()
