from __future__ import annotations

import os
import sqlite3
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.data_classes import DataClass
from services.persons.access import Access, AccessNotRecorded, AccessTable
from services.persons.tokens import token_bytes, token_text
from tests.persons.support import every_byte
from tests.support import scaled

TOKEN, OTHER_TOKEN = token_text(bytes(range(16))), token_text(bytes(range(16, 32)))
NEVER = 3_600.0


def micros(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type,misc]


def an_access(at: int = 1, request_id: str = "r", *read: tuple[DataClass, str]) -> Access:
    return Access(
        at, "system:letting", "letting", "GDPR 6(1)(e)", request_id,
        read or ((DataClass.BENEFITS, TOKEN),),
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "access.db"


def test_a_subject_is_told_every_access_to_its_classes_and_nothing_of_others(path: Path) -> None:
    table = AccessTable(path)
    identity_token = token_text(os.urandom(16))
    table.record(
        an_access(1, "r1", (DataClass.BENEFITS, TOKEN), (DataClass.CONVICTIONS, OTHER_TOKEN))
    )
    table.record(
        an_access(2, "r2", (DataClass.IDENTITY, identity_token), (DataClass.BENEFITS, TOKEN))
    )
    table.record(an_access(3, "r3", (DataClass.CONVICTIONS, OTHER_TOKEN)))
    assert table.reads([TOKEN, identity_token]) == [
        an_access(1, "r1", (DataClass.BENEFITS, TOKEN)),
        an_access(2, "r2", (DataClass.BENEFITS, TOKEN), (DataClass.IDENTITY, identity_token)),
    ]
    table.close()


def test_nothing_is_lost_when_the_table_is_closed(path: Path) -> None:
    table = AccessTable(path)
    threads, each = 8, scaled(500, 5_000)

    def record(thread: int) -> None:
        for number in range(each):
            table.record(an_access(number, f"{thread}-{number}"))

    recorders = [threading.Thread(target=record, args=(thread,)) for thread in range(threads)]
    for recorder in recorders:
        recorder.start()
    for recorder in recorders:
        recorder.join()
    table.close()
    reopened = AccessTable(path)
    found = [access.request_id for access in reopened.reads([TOKEN])]
    reopened.close()
    assert sorted(found) == sorted(f"{t}-{n}" for t in range(threads) for n in range(each))


def test_a_flush_makes_durable_what_was_recorded(path: Path) -> None:
    table = AccessTable(path, interval=NEVER)
    table.record(an_access())
    table.flush()
    other = sqlite3.connect(path)
    assert other.execute("SELECT count(*) FROM access").fetchone() == (1,)
    other.close()
    table.close()


def test_groups_are_written_without_being_asked_for(path: Path) -> None:
    table = AccessTable(path, interval=0.01)
    table.record(an_access())
    other = sqlite3.connect(path)
    deadline = time.monotonic() + 60
    while other.execute("SELECT count(*) FROM access").fetchone() == (0,):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    other.close()
    table.close()


def test_a_reading_does_not_wait_for_a_commit_but_is_refused_once_writing_fails(
    path: Path,
) -> None:
    table = AccessTable(path, interval=0.01)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    recorded, longest = 0, 0.0
    began = time.monotonic()
    refused = ""
    while not refused and time.monotonic() - began < 60:
        before = time.monotonic()
        try:
            table.record(an_access(recorded))
            recorded += 1
        except AccessNotRecorded as error:
            refused = str(error)
        longest = max(longest, time.monotonic() - before)
        time.sleep(0.01)
    assert "can't be written" in refused
    assert recorded > 20
    assert longest < (time.monotonic() - began) / 2, "a reading waited for the commit"
    blocker.execute("ROLLBACK")
    blocker.close()
    table.flush()
    table.record(an_access(recorded))
    assert [access.at for access in table.reads([TOKEN])] == list(range(recorded + 1))
    table.close()


def test_a_closed_table_takes_no_more(path: Path) -> None:
    table = AccessTable(path)
    table.close()
    with pytest.raises(AccessNotRecorded, match="closed"):
        table.record(an_access())


def test_pruning_removes_whole_civil_months_only(path: Path) -> None:
    table = AccessTable(path)
    # March 2025 begins in Denmark (UTC+1) at 23:00 on the last of February in UTC.
    last_of_february, first_of_march = micros(2025, 2, 28, 22, 59, 59), micros(2025, 2, 28, 23)
    for at in (micros(2024, 12, 31), last_of_february, first_of_march, micros(2025, 7, 1)):
        table.record(an_access(at))
    with pytest.raises(ValueError, match="first day of a month"):
        table.prunable(date(2025, 3, 2))
    assert len(table.reads([TOKEN])) == 4
    table.prune(table.prunable(date(2025, 3, 1)))
    assert [access.at for access in table.reads([TOKEN])] == [first_of_march, micros(2025, 7, 1)]
    table.prune(table.prunable(date(2026, 1, 1)))
    table.close()
    assert token_bytes(TOKEN) not in every_byte(path.parent)


def test_a_forgotten_token_leaves_no_byte_but_the_access_stays(path: Path) -> None:
    table = AccessTable(path)
    for number in range(500):
        table.record(
            an_access(number, "r", (DataClass.BENEFITS, TOKEN), (DataClass.IDENTITY, OTHER_TOKEN))
        )
    table.flush()
    assert token_bytes(TOKEN) in every_byte(path.parent)
    table.forget([TOKEN])
    assert token_bytes(TOKEN) not in every_byte(path.parent)
    assert table.reads([TOKEN]) == []
    assert len(table.reads([OTHER_TOKEN])) == 500
    table.close()
    other = sqlite3.connect(path)
    classes = other.execute("SELECT data_class, count(*) FROM access_class GROUP BY 1").fetchall()
    other.close()
    assert dict(classes) == {"benefits": 500, "identity": 500}


def test_a_reading_that_is_noted_after_the_erasure_leaves_no_token_and_no_case(path: Path) -> None:
    table = AccessTable(path, interval=NEVER)
    table.forget([TOKEN])
    table.record(an_access(1, "the-case", (DataClass.BENEFITS, TOKEN)))
    table.record(an_access(2, "another", (DataClass.BENEFITS, OTHER_TOKEN)))
    assert table.reads([TOKEN]) == []
    assert [access.request_id for access in table.reads([OTHER_TOKEN])] == ["another"]
    table.close()
    content = every_byte(path.parent)
    assert token_bytes(TOKEN) not in content
    assert b"the-case" not in content
