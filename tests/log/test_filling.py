"""A log while it is being made, and what a start counts of one."""

from __future__ import annotations

from pathlib import Path

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from services.log.filling import FillingLog
from services.log.sqlite import SQLiteEventLog
from tests.log.backends import Backend
from tests.log.events import event
from tests.log.verified import altered


def test_a_filled_log_is_one_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with FillingLog(path) as log:
        for day in range(1, 4):
            log.time = day
            first = log.append_batch([event("a", request=f"{day}"), event("b", request=f"b{day}")])
            assert first == range(2 * day - 1, 2 * day + 1)
            assert log.head() == 2 * day
    opened = SQLiteEventLog(path)
    assert altered(opened) == []
    assert [each.recorded_at for each in opened.read()] == [1, 1, 2, 2, 3, 3]
    assert opened.append_batch([event("c")]) == range(7, 8)
    assert opened.append_batch([event("a", request="1"), event("b", request="b1")]) == range(1, 3)
    found = opened.read(DCBQuery(items=[DCBQueryItem(types=["b"])]))
    assert [each.position for each in found] == [2, 4, 6]
    opened.close()


def test_a_start_counts_the_types_and_the_gaps_of_any_log(backend: Backend) -> None:
    log = backend.open()
    log.append_batch([event("a", request="1"), event("b", request="2"), event("a", request="3")])
    assert log.counts(3) == {"a": 2, "b": 1}
    assert log.counts(2) == {"a": 1, "b": 1}
    assert list(log.gaps(3)) == []
    backend.remove(log, 2)
    assert log.counts(3) == {"a": 2}
    assert list(log.gaps(3)) == [2]
    backend.remove(log, 3)
    assert list(log.gaps(3)) == [2, 3]
    log.close()
