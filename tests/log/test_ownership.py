"""One server per instance."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.log.ownership import LogOwned, own, owner


def test_an_instance_that_no_server_has_served_has_no_owner(tmp_path: Path) -> None:
    assert owner(tmp_path) is None


def test_a_second_server_of_the_same_instance_is_refused(tmp_path: Path) -> None:
    path, other = tmp_path / "one", tmp_path / "other"
    path.mkdir()
    other.mkdir()
    with own(path) as ownership:
        with pytest.raises(LogOwned, match="not yet published"), own(path):
            pytest.fail("two servers own the same instance")
        ownership.publish_address("127.0.0.1:50051")
        with pytest.raises(LogOwned, match=r"127\.0\.0\.1:50051"), own(path):
            pytest.fail("two servers own the same instance")
        with own(other):
            pass


def test_the_owner_is_known_by_its_address_for_as_long_as_it_serves(tmp_path: Path) -> None:
    path = tmp_path
    with own(path) as ownership:
        assert owner(path) == ""
        ownership.publish_address("localhost:1234567")
        assert owner(path) == "localhost:1234567"
        ownership.publish_address("localhost:80")
        assert owner(path) == "localhost:80"
    assert owner(path) is None
    with own(path):
        assert owner(path) == ""
