"""The threat table of SECURITY.md: each row names a test, and its limits are as it says."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.data_classes import DataClass
from services.instance import counting
from services.persons import master_key, verifying_accesses
from services.persons.keys import KeyStore
from tests.answers.town import Household, Town
from tests.support import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in SECURITY.splitlines()
    if line.startswith("|")
][2:]
"""The rows of the table, which is the only one: who, what, how it is found or why not, tests."""


def test_the_table_has_a_row_for_everybody_who_may_attack() -> None:
    assert {row[0] for row in ROWS} == {
        "operator with the database",
        "operator with the keys",
        "thief of a backup",
        "thief of an older copy",
        "caller",
        "auditor",
        "somebody on the network",
    }


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}: {row[1]}"[:60] for row in ROWS])
def test_each_row_names_tests_that_exist(row: list[str]) -> None:
    assert len(row) == 4
    named = re.findall(r"`(tests/[\w/]+\.py)` `(\w+)`", row[3])
    assert named
    for file, test in named:
        assert f"\ndef {test}(" in (ROOT / file).read_text("utf-8"), f"{file}::{test}"


# --- What the table says is not found ---------------------------------------------------------


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def household(directory: Path) -> Household:
    """A household in a closed instance that has been asked about, which was noted."""
    with Town.founded(directory) as town:
        registered = town.register(2)
        town.ask(registered)
        counting.note(town.instance)
    return registered


def accesses(directory: Path, *statements: str) -> list[str]:
    """Alter the access table, and return what is found in it."""
    with closing(sqlite3.connect(directory / "access.db", isolation_level=None)) as database:
        for each in statements:
            assert database.execute(each).rowcount > 0
    with Town.reopened(directory) as town:
        found = verifying_accesses.findings(town.instance.log, town.instance.access)
        return [each.kind for each in found]


def test_accesses_that_were_cut_before_they_were_counted_are_not_missed(
    directory: Path, household: Household
) -> None:
    with Town.reopened(directory) as town:
        counted = town.instance.access.counted().accesses
        town.ask(household)
    cut = [f"DELETE FROM {each} WHERE access > {counted}" for each in ("access", "access_class")]
    assert accesses(directory, *cut) == []


def test_a_reading_can_be_made_to_look_as_if_its_person_were_erased_and_no_more(
    directory: Path, household: Household
) -> None:
    blanked = (
        "UPDATE access SET salt = NULL, request_id = '' WHERE access = 1",
        "UPDATE access_class SET token = NULL WHERE access = 1",
    )
    assert accesses(directory, *blanked) == []
    for column in ("actor", "purpose", "legal_basis"):
        statement = f"UPDATE access SET {column} = 'x' WHERE access = 1"
        assert accesses(directory, statement) == ["access-altered"]


def test_who_kept_the_root_of_before_an_erasure_opens_a_copy_of_before(
    directory: Path, household: Household, tmp_path: Path
) -> None:
    [person, _] = household.members
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("keys.db", "keys.root"):
        shutil.copy(directory / name, kept / name)
    with Town.reopened(directory) as town:
        token, period = town.token(person, DataClass.BENEFITS), town.instance.period()
        town.erase(person)
        assert town.instance.keys.key(token, period) is None
    secret = master_key.load(directory / "master.key")
    with closing(KeyStore(kept / "keys.db", secret)) as store:
        assert store.key(token, period) is not None
