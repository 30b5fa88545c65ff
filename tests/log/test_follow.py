"""Followers see every event once, in order, and can be stopped."""

from __future__ import annotations

import threading

from services.log.port import FOLLOW_BATCH, EventLog
from tests.log.events import event, item, query


def test_a_follower_gets_every_event_in_batches_and_then_waits(log: EventLog) -> None:
    count = 2 * FOLLOW_BATCH + 7
    log.append_batch([event("a") for _ in range(count)])
    follower = log.follow(after=3)
    batches = [follower.next_batch() for _ in range(3)]
    assert [len(batch) for batch in batches] == [FOLLOW_BATCH, FOLLOW_BATCH, 4]
    assert [e.position for batch in batches for e in batch] == list(range(4, count + 1))
    assert follower.next_batch(timeout=0.01) == []
    log.append_batch([event("b")])
    assert [recorded.type for recorded in follower.next_batch()] == ["b"]


def test_a_follower_of_a_query_passes_over_what_does_not_match(log: EventLog) -> None:
    follower = log.follow(query=query(item("wanted")))
    log.append_batch([event("a", "wanted"), event("a", "other")])
    assert [recorded.position for recorded in follower.next_batch()] == [1]
    assert follower.next_batch(timeout=0) == []
    log.append_batch([event("a", "other"), event("a", "wanted")])
    assert [recorded.position for recorded in follower.next_batch()] == [4]


def test_stopping_releases_whoever_waits(log: EventLog) -> None:
    follower = log.follow()
    ended = threading.Event()

    def wait() -> None:
        assert list(iter(follower)) == []
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    assert not ended.wait(0.1)
    follower.stop()
    assert ended.wait(5)
    thread.join()
