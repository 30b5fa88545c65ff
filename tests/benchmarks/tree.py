"""What it costs an append that the log proves itself: tree, head row, and the leaf hashes below."""

from __future__ import annotations

import os
import sqlite3
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from functools import partial

from husret_verify.event import leaf_hash
from husret_verify.merkle import Frontier
from services.instance.signing import vouch_of
from services.log import tree
from services.log.event import Event
from services.log.port import Batch
from services.log.sqlite import SCHEMA, SQLiteEventLog
from services.log.sqlite_append import INSERT_NODE, set_head
from tests.benchmarks.measuring import Line, Scale, directory, in_rounds

NAME = "tree"
GROUP = 64
"""Appends in a transaction, as of a busy server."""

PAYLOAD, TAGS = 700, 4
"""Of a receipt of a household of three: bytes, and tokens that it is tagged with."""


_VOUCH = vouch_of(bytes(32))


def lines(scale: Scale) -> Iterator[Line]:
    """Measure receipts that are committed together, and one by one."""
    for name, group, leaves, goal in (
        (NAME, GROUP, False, 0.05),
        (f"{NAME}, one by one", 1, False, 0.05),
        (f"{NAME}, leaf hashes too", GROUP, True, None),
    ):
        with directory() as path:
            log = SQLiteEventLog(path / "log.db")
            log.vouch_with(_VOUCH)
            events = [_receipt() for _ in range(group)]
            ours, baseline = in_rounds(
                scale,
                partial(_spent, scale, group, _Proving(events, leaves=leaves)),
                partial(_spent, scale, group, _Appending(log, events)),
            )
            log.close()
        yield Line(
            name=name,
            what="processor time of tree, stored nodes and head row, for an event",
            against="that of the whole append, the system's part of it too",
            unit="us",
            ours=ours,
            baseline=baseline,
            goal=goal,
            conditions={"in_flight": group, "bytes": PAYLOAD, "tags": TAGS},
            at_most=True,
        )


def _spent(scale: Scale, group: int, once: Callable[[], object]) -> float:
    """Return microseconds of this thread's processor time for an event."""
    done, end = 0, time.perf_counter() + scale.seconds
    start = time.thread_time()
    while time.perf_counter() < end:
        once()
        done += group
    return (time.thread_time() - start) / done * 1e6


def _receipt() -> Event:
    tokens = [urlsafe_b64encode(os.urandom(16)).decode()[:22] for _ in range(TAGS)]
    tags = [f"h:{tokens[0]}", *(f"p:{token}" for token in tokens[1:])]
    return Event(
        type="decision.referral",
        data=os.urandom(PAYLOAD),
        tags=tags,
        metadata=b'{"actor":"letting-system","purpose":"letting"}',
    )


class _Appending:
    """The whole append."""

    def __init__(self, log: SQLiteEventLog, events: list[Event]) -> None:
        self._log = log
        self._events = events

    def __call__(self) -> None:
        for event in self._events:
            event.event_id = os.urandom(16)
        self._log.commit([Batch([event]) for event in self._events])


class _Proving:
    """What of it is done for the log to prove itself, by the functions that the append calls."""

    def __init__(self, events: list[Event], *, leaves: bool) -> None:
        self._events = events
        self._leaves = leaves
        self._leaf = os.urandom(32)
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.executescript(SCHEMA)
        self._frontier = Frontier()

    def __call__(self) -> None:
        nodes = []
        for event in self._events:
            leaf = self._leaf_of(event) if self._leaves else self._leaf
            nodes += [
                (node.level, node.number, hashed)
                for node, hashed in self._frontier.append(leaf)
                if tree.is_stored(node.level)
            ]
        self._connection.executemany(INSERT_NODE, nodes)
        set_head(self._connection, self._frontier, _VOUCH)

    def _leaf_of(self, event: Event) -> bytes:
        return leaf_hash(
            self._frontier.size + 1,
            event.event_id,
            1_700_000_000_000_000,
            event.type,
            event.schema_version,
            0,
            1,
            event.tags,
            event.data,
            event.metadata,
            event.fingerprint,
        )
