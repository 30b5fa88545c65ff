"""What only the SQLite recorder can be asked: its file, its limits and its fsyncs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from services.log.port import Batch, LogFull, StorageError
from services.log.sqlite import SQLiteEventLog
from tests.log.events import event
from tests.log.workers import Worker
from tests.support import scaled


def test_a_full_database_refuses_the_append_and_is_usable_when_there_is_room_again(
    tmp_path: Path,
) -> None:
    with closing(SQLiteEventLog(tmp_path / "log.db")) as log:
        log.append_batch([event("a", data=bytes(5_000))])
        assert log._writer is not None
        log._writer.execute("PRAGMA max_page_count = 30")
        big = [event("a", data=bytes(100_000), request=f"big {n}") for n in range(3)]
        with pytest.raises(LogFull, match="full"):
            log.commit([Batch.of([event("small")]), Batch.of(big)])
        assert [recorded.is_intact() for recorded in log.read()] == [True]
        assert log.append_batch(big) == range(2, 5)


def test_a_limit_on_the_size_of_files_refuses_the_append_and_leaves_the_log_intact(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.db"
    worker = Worker("outgrow_the_file_limit", path=str(path))
    worker.start()
    report: dict[str, Any] = worker.result()
    written = 1 + 4 * report["appended"]
    assert report["appended"] > 0
    assert "could not be read or written" in report["message"]
    assert report["head_after_the_error"] == written
    assert report["repeated"]
    assert report["again"] == list(range(written + 1, written + 5))
    with closing(SQLiteEventLog(path)) as log:
        events = log.read().all()
    assert len(events) == written + 4
    assert all(recorded.is_intact() for recorded in events)


def test_another_database_is_not_taken_for_a_log(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (x)")
    with pytest.raises(StorageError, match="not an event log"):
        SQLiteEventLog(path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all " * 100)
    with pytest.raises(StorageError, match="not a database"):
        SQLiteEventLog(path)


def test_a_log_of_a_later_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SQLiteEventLog(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 3")
    with pytest.raises(StorageError, match="format 3"):
        SQLiteEventLog(path)


def test_a_changed_column_is_found_by_its_leaf_hash(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with closing(SQLiteEventLog(path)) as log:
        log.append_batch([event("a", "t"), event("a", "t")])
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE event SET tags = 'u' WHERE position = 2")
        raw.commit()
    with closing(SQLiteEventLog(path)) as log:
        assert [recorded.is_intact() for recorded in log.read()] == [True, False]


CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<file>\d+<[^>]*>)(?P<rest>.*)")


def unsynced_acknowledgements(trace: str) -> list[int]:
    """Return the numbers of the acknowledgements that came before their commit was synced.

    An acknowledgement is good if since the one before the WAL was written, and synced after
    its last write.
    """
    bad = []
    written = synced = False
    for line in trace.splitlines():
        call = CALL.match(line)
        if call is None:
            continue
        name, file, rest = call["name"], call["file"], call["rest"]
        if file.endswith("-wal>"):
            if name.startswith("pwrite") or name == "write":
                written, synced = True, False
            elif name in ("fsync", "fdatasync"):
                synced = rest.endswith("= 0")
        elif name == "write" and (number := re.search(r'"acknowledged (\d+)\\n"', rest)):
            if not (written and synced):
                bad.append(int(number[1]))
            written = synced = False
    return bad


def trace(tmp_path: Path, count: int, durable: bool) -> str:
    output = tmp_path / "trace.txt"
    calls = "trace=write,pwrite64,pwritev,fsync,fdatasync"
    strace = ["strace", "-f", "-y", "-s", "64", "-e", calls, "-o", str(output)]
    worker = Worker(
        "acknowledge_durably",
        prefix=strace,
        path=str(tmp_path / "log.db"),
        count=count,
        durable=durable,
    )
    worker.start()
    assert len(list(worker.lines())) == count
    assert worker.process.wait() == 0
    text = output.read_text()
    assert len(re.findall(r'"acknowledged \d+\\n"', text)) == count
    return text


@pytest.mark.strace
def test_every_acknowledged_append_was_synced_to_the_disk_before(tmp_path: Path) -> None:
    assert unsynced_acknowledgements(trace(tmp_path, scaled(300, 3_000), durable=True)) == []


@pytest.mark.strace
def test_appends_without_fsync_are_found_out(tmp_path: Path) -> None:
    count = scaled(100, 1_000)
    assert unsynced_acknowledgements(trace(tmp_path, count, durable=False)) == list(range(count))
