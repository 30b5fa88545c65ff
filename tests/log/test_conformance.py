"""The library's own suite for DCB recorders."""

from __future__ import annotations

from eventsourcing.dcb.tests import DCBRecorderTestCase

from services.log.group_commit import GroupCommit
from services.log.port import EventLog
from tests.log.backends import Backend

# Kept in a variable that isn't a class, so that pytest doesn't collect it as a test of ours.
LIBRARY = DCBRecorderTestCase()


def test_the_log_appends_and_reads_as_the_library_demands(log: EventLog) -> None:
    LIBRARY._test_append_read(log)


def test_the_log_is_subscribed_to_as_the_library_demands(log: EventLog) -> None:
    LIBRARY._test_append_subscribe(log)


def test_group_commit_appends_and_reads_as_the_library_demands(backend: Backend) -> None:
    log = GroupCommit(backend.open())
    LIBRARY._test_append_read(log)
    log.close()


def test_group_commit_is_subscribed_to_as_the_library_demands(backend: Backend) -> None:
    log = GroupCommit(backend.open())
    LIBRARY._test_append_subscribe(log)
    log.close()
