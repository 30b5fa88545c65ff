"""Files of an instance that were restored, lost, exchanged or damaged, when it is opened."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.law.kernel import Outcome
from services.cli import main as cli
from services.instance.instance import InstanceError
from services.persons.tokens import token_bytes
from services.persons.wrapping import KeyStoreError
from tests.answers.town import Household, Town
from tests.persons.support import every_byte


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def household(directory: Path) -> Household:
    """A household in an instance that is closed."""
    with Town.founded(directory) as town:
        return town.register(2)


# --- The key store --------------------------------------------------------------------------


def test_what_a_restored_key_store_brings_back_is_erased_again_when_it_is_opened(
    directory: Path, tmp_path: Path
) -> None:
    with Town.founded(directory) as town:
        household = town.register(2)
        person = household.members[0]
        town.on_kontanthjaelp(person)
        answer = town.ask(household)
        assert answer.decision.outcome is Outcome.PROHIBITED
        tokens = town.instance.keys.tokens_of(person)
    for name in ("keys.db", "keys.root"):
        shutil.copy(directory / name, tmp_path / f"{name}.backup")
    with Town.reopened(directory) as town:
        town.erase(person)
    for name in ("keys.db", "keys.root"):
        shutil.copy(tmp_path / f"{name}.backup", directory / name)
    with Town.reopened(directory) as town:
        assert town.instance.keys.known(person) is None
        assert town.instance.keys.held(tokens.values()) == []
        assert town.ask(household).decision.outcome is Outcome.UNDETERMINED
        replay = town.replay(answer)
        assert replay.differences == []
        assert replay.erased
        # The other member is there as before.
        assert town.instance.keys.tokens_of(household.members[1])
    in_the_key_store = (directory / "keys.db").read_bytes()
    assert not [token for token in tokens.values() if token_bytes(token) in in_the_key_store]
    assert person.bytes not in every_byte(directory)


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_an_instance_is_not_opened_without_its_key_store(
    directory: Path, household: Household, what: str
) -> None:
    keys = directory / "keys.db"
    kept = keys.read_bytes()
    keys.unlink()
    if what == "empty":
        keys.touch()
    for _ in range(2):
        with pytest.raises(KeyStoreError, match="missing or empty"):
            Town.reopened(directory)
    # Nothing was made in its place: it can be restored.
    for left in directory.glob("keys.db*"):
        left.unlink()
    keys.write_bytes(kept)
    with Town.reopened(directory) as town:
        assert town.answers.knows(household.id)


def test_the_key_store_of_another_instance_is_refused(
    directory: Path, household: Household, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    Town.founded(other).instance.close()
    for name in ("keys.db", "master.key"):
        shutil.copy(other / name, directory / name)
    with pytest.raises(KeyStoreError, match="belongs to another log"):
        Town.reopened(directory)


# --- Damage ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["keys.db", "access.db", "log.db"])
def test_a_file_that_is_no_database_is_refused_with_words(
    directory: Path, household: Household, name: str
) -> None:
    (directory / name).write_bytes(b"x" * 8192)
    refused_with_words(directory)


def test_an_empty_log_is_refused_with_words(directory: Path, household: Household) -> None:
    (directory / "log.db").write_bytes(b"")
    refused_with_words(directory)


def test_a_log_cut_short_is_refused_with_words(directory: Path, household: Household) -> None:
    log = directory / "log.db"
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    refused_with_words(directory)


def test_a_log_with_an_event_of_an_unknown_type_is_refused_with_words(
    directory: Path, household: Household
) -> None:
    with closing(sqlite3.connect(directory / "log.db", isolation_level=None)) as database:
        # An open event: what is sealed is not read when an instance is opened.
        database.execute("UPDATE event SET type_id = 999 WHERE position = 2")
    refused_with_words(directory)


def refused_with_words(directory: Path) -> None:
    """Find that an instance is refused twice with one line that says what to do."""
    for _ in range(2):
        with pytest.raises(InstanceError, match="compare it with a backup") as refused:
            Town.reopened(directory)
        assert "\n" not in str(refused.value)


def test_a_server_that_can_not_start_says_why_in_one_line(
    directory: Path, household: Household, capsys: pytest.CaptureFixture[str]
) -> None:
    (directory / "access.db").write_bytes(b"x" * 8192)
    assert cli.main(["serve", "--dir", str(directory), "--listen", "127.0.0.1:0"]) != 0
    [line] = capsys.readouterr().err.splitlines()
    assert "a file of the instance cannot be read" in line
