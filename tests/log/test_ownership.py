"""One server per log."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.log.ownership import LogOwned, own, owner


def test_a_log_that_no_server_has_served_has_no_owner(tmp_path: Path) -> None:
    assert owner(tmp_path / "log.db") is None


def test_a_second_server_on_the_same_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with own(path) as ownership:
        with pytest.raises(LogOwned, match="not yet published"), own(path):
            pytest.fail("two servers own the same log")
        ownership.publish_address("127.0.0.1:50051")
        with pytest.raises(LogOwned, match=r"127\.0\.0\.1:50051"), own(path):
            pytest.fail("two servers own the same log")
        with own(tmp_path / "other.db"):
            pass


def test_the_owner_is_known_by_its_address_for_as_long_as_it_serves(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with own(path) as ownership:
        assert owner(path) == ""
        ownership.publish_address("localhost:1234567")
        assert owner(path) == "localhost:1234567"
        ownership.publish_address("localhost:80")
        assert owner(path) == "localhost:80"
    assert owner(path) is None
    with own(path):
        assert owner(path) == ""
