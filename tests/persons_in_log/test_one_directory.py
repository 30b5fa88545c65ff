"""One directory to a log, and what an access table that was restored alone comes to."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.data_classes import DataClass
from services.instance.instance import Instance, InstanceError
from services.log.factory import url_of
from services.persons.tokens import token_bytes
from tests.answers.town import Calendar, Town


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def test_a_log_elsewhere_is_not_opened_by_the_copy_of_a_directory(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("HUSRET_LOG", url_of(tmp_path / "elsewhere" / "the.log"))
    Town.founded(directory).instance.close()
    shutil.copytree(directory, tmp_path / "copy")

    with pytest.raises(InstanceError, match=f"instance in {directory}: give this one a log"):
        Instance.open(tmp_path / "copy")

    Instance.open(directory).close()


def test_a_directory_that_was_moved_keeps_its_log_elsewhere(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("HUSRET_LOG", url_of(tmp_path / "elsewhere" / "the.log"))
    Town.founded(directory).instance.close()
    directory.rename(tmp_path / "moved")

    for _ in range(2):
        Instance.open(tmp_path / "moved").close()


def tokens_in(table: Path) -> set[bytes]:
    with closing(sqlite3.connect(table)) as database:
        return {token for (token,) in database.execute("SELECT token FROM access_class") if token}


def test_an_access_table_restored_alone_holds_nothing_that_was_erased_since(
    directory: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Town.founded(directory) as town:
        household = town.register(1)
        town.on_kontanthjaelp(household.members[0])
        town.ask(household)
        [person] = household.members
        token = town.instance.keys.token(person, DataClass.BENEFITS)
    shutil.copy(directory / "access.db", tmp_path / "old")
    with Town(Instance.open(directory), Calendar()) as town:
        town.erase(person, DataClass.BENEFITS)
    shutil.copy(tmp_path / "old", directory / "access.db")
    assert token_bytes(token) in tokens_in(directory / "access.db")

    with caplog.at_level(logging.WARNING):
        Instance.open(directory).close()

    assert token_bytes(token) not in tokens_in(directory / "access.db")
    assert "accesses since it was copied are lost" in caplog.text


def test_an_access_table_that_is_gone_is_missed(
    directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Town.founded(directory).instance.close()
    for file in directory.glob("access.db*"):
        file.unlink()

    with caplog.at_level(logging.WARNING):
        Instance.open(directory).close()
    assert "access.db was not there" in caplog.text
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        Instance.open(directory).close()
    assert "access.db" not in caplog.text


def test_the_access_table_of_another_instance_is_refused(directory: Path, tmp_path: Path) -> None:
    for place in (directory, tmp_path / "other"):
        Town.founded(place).instance.close()
    for file in tmp_path.glob("instance/access.db*"):
        file.unlink()
    shutil.copy(tmp_path / "other" / "access.db", directory / "access.db")

    with pytest.raises(InstanceError, match=r"access\.db is that of another instance"):
        Instance.open(directory)
