"""What was altered in the key store is found by comparing it with the log."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest

from domain.data_classes import DataClass, SubjectKind
from services.instance import counting, verifying
from services.instance.instance import Instance
from services.log.finding import Finding
from services.persons.reading import TamperedEvent
from services.persons.tokens import token_bytes
from services.persons.verifying import findings
from tests.answers.town import Town


class Whole(NamedTuple):
    """An instance whose two persons, of one household, have benefits of their own."""

    directory: Path
    people: tuple[UUID, UUID]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    directory = tmp_path_factory.mktemp("verifying") / "instance"
    with Town.founded(directory) as town:
        household = town.register(2)
        one, other = household.members
        for person in household.members:
            town.on_kontanthjaelp(person)
        town.ask(household)
    return Whole(directory, (one, other))


@pytest.fixture
def directory(tmp_path: Path, whole: Whole) -> Path:
    return Path(shutil.copytree(whole.directory, tmp_path / "instance"))


@pytest.fixture
def people(whole: Whole) -> tuple[UUID, UUID]:
    return whole.people


def found_in(directory: Path) -> list[Finding]:
    with Town.reopened(directory) as town:
        return found(town.instance)


def found(instance: Instance) -> list[Finding]:
    return list(findings(instance.log, instance.keys, instance.log_id.bytes))


def altered(directory: Path, statement: str, **values: bytes | str) -> None:
    with closing(sqlite3.connect(directory / "keys.db", isolation_level=None)) as database:
        for each in statement.split(";"):
            assert database.execute(each, values).rowcount > 0, each


def test_what_nobody_altered_is_found_to_be_whole(
    directory: Path, people: tuple[UUID, UUID]
) -> None:
    one, other = people
    with Town.reopened(directory) as town:
        assert found(town.instance) == []
        town.erase(one, DataClass.BENEFITS)
        town.erase(other)
        town.instance.keys.register([(one, SubjectKind.PERSON)])
        town.on_kontanthjaelp(one)
        assert found(town.instance) == []


EXCHANGED = """
    UPDATE token SET token = x'00' WHERE token = :one;
    UPDATE token SET token = :one WHERE token = :other;
    UPDATE token SET token = :other WHERE token = x'00'
"""


def tokens(directory: Path, *wanted: tuple[UUID, DataClass]) -> list[bytes]:
    with Town.reopened(directory) as town:
        return [token_bytes(town.token(subject, data_class)) for subject, data_class in wanted]


def test_tokens_that_two_persons_exchanged_are_found_and_nothing_is_read_by_them(
    directory: Path, people: tuple[UUID, UUID]
) -> None:
    one, other = tokens(directory, *((person, DataClass.BENEFITS) for person in people))
    altered(directory, EXCHANGED, one=one, other=other)
    said = found_in(directory)
    assert {finding.kind for finding in said} == {"token-exchanged"}
    assert len(said) == 2
    with Town.reopened(directory) as town, pytest.raises(TamperedEvent):
        town.instance.person_facts.standing(
            people[0], DataClass.BENEFITS, town.instance.log.head(), town.reader
        )
    # Of whom and what is said nowhere.
    for secret in (one, other, people[0].bytes, people[1].bytes):
        assert not any(secret.hex() in finding.place for finding in said)


def test_tokens_of_two_classes_of_one_person_that_were_exchanged_are_found(
    directory: Path, people: tuple[UUID, UUID]
) -> None:
    one, other = tokens(
        directory, (people[0], DataClass.BENEFITS), (people[0], DataClass.MEMBERSHIP)
    )
    # Exchanged by their classes, for the key of the table.
    altered(
        directory,
        "UPDATE token SET data_class = 'x' WHERE token = :one;"
        "UPDATE token SET data_class = 'benefits' WHERE token = :other;"
        "UPDATE token SET data_class = 'membership' WHERE token = :one",
        one=one,
        other=other,
    )
    assert [finding.kind for finding in found_in(directory)] == ["token-exchanged"] * 2


OF_BENEFITS = (
    "token IN (SELECT token FROM token WHERE subject_id = :person AND data_class = 'benefits')"
)
ALTERATIONS = {
    "a token's row is gone": (
        "DELETE FROM token WHERE subject_id = :person AND data_class = 'benefits'",
        {"token-unknown": 1, "row-stray": 1},
    ),
    "a token is another": (
        "UPDATE token SET token = randomblob(16) WHERE subject_id = :person"
        " AND data_class = 'benefits'",
        {"token-unknown": 1, "row-stray": 1, "key-missing": 1},
    ),
    "a token is a stranger's": (
        "UPDATE token SET subject_id = randomblob(16) WHERE subject_id = :person"
        " AND data_class = 'benefits'",
        {"token-exchanged": 1, "row-stray": 1},
    ),
    "a person is a household": (
        "UPDATE subject SET kind = 'household' WHERE subject_id = :person",
        {"token-exchanged": 6},
    ),
    "the subject is gone": (
        "DELETE FROM subject WHERE subject_id = :person",
        {"token-exchanged": 6, "row-stray": len(DataClass)},
    ),
    "a key is gone": (f"DELETE FROM class_key WHERE {OF_BENEFITS}", {"key-missing": 1}),
    "the keys that answers are sealed under are gone": (
        "DELETE FROM class_key WHERE token IN (SELECT token FROM token JOIN subject"
        " USING (subject_id) WHERE kind = 'household' AND data_class = 'decisions')",
        {"key-missing": 1},
    ),
    "a class is no class": (
        f"UPDATE token SET data_class = 'x' WHERE {OF_BENEFITS}",
        {"token-exchanged": 1, "row-stray": 1},
    ),
    "a key is another": (
        f"UPDATE class_key SET wrapped = randomblob(40) WHERE {OF_BENEFITS}",
        {"key-altered": 1},
    ),
    "a period that is erased has a key": (
        f"UPDATE token SET erased_through = 9999 WHERE {OF_BENEFITS}",
        {"row-stray": 1},
    ),
    "a look-up leads to nobody": (
        "INSERT INTO cpr SELECT randomblob(32), randomblob(16) FROM subject WHERE"
        " subject_id = :person",
        {"row-stray": 1},
    ),
    "an external id names nobody": (
        "INSERT INTO external_id SELECT randomblob(32), randomblob(16) FROM subject WHERE"
        " subject_id = :person",
        {"row-stray": 1},
    ),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_what_was_altered_in_the_key_store_is_found(
    directory: Path, people: tuple[UUID, UUID], what: str
) -> None:
    statement, expected = ALTERATIONS[what]
    altered(directory, statement, person=people[0].bytes)
    said = [finding.kind for finding in found_in(directory)]
    assert {kind: said.count(kind) for kind in said} == expected


def test_a_token_that_stands_in_the_key_store_after_its_erasure_is_found(
    directory: Path, people: tuple[UUID, UUID]
) -> None:
    with Town.reopened(directory) as town:
        token = token_bytes(town.token(people[0], DataClass.BENEFITS))
        town.erase(people[0], DataClass.BENEFITS)
        town.instance.keys._database.execute(
            "INSERT INTO token (subject_id, data_class, token) VALUES (?, 'benefits', ?)",
            (people[0].bytes, token),
        )
        finding, beside = sorted(found(town.instance), reverse=True)
        assert (finding.kind, beside.kind) == ("token-erased", "key-missing")
        [[number]] = town.instance.keys._database.execute(
            "SELECT count(*) FROM token WHERE (subject_id, data_class) <= (?, 'benefits')",
            (people[0].bytes,),
        )
        assert finding.place == f"keys.db, token, row {number}"


def test_log_key_store_and_access_table_are_verified_together(
    directory: Path, people: tuple[UUID, UUID]
) -> None:
    one, other = tokens(directory, *((person, DataClass.BENEFITS) for person in people))
    with Town.reopened(directory) as town:
        counting.note(town.instance)
        assert list(verifying.findings(town.instance)) == []
    altered(directory, EXCHANGED, one=one, other=other)
    with closing(sqlite3.connect(directory / "access.db", isolation_level=None)) as database:
        database.execute("DELETE FROM access_class")
        database.execute("DELETE FROM access")
    with closing(sqlite3.connect(directory / "log.db", isolation_level=None)) as database:
        database.execute("UPDATE event SET recorded_at = recorded_at + 1 WHERE position = 3")
    with Town.reopened(directory) as town:
        kinds = {finding.kind for finding in verifying.findings(town.instance)}
    assert {"event-altered", "token-exchanged", "access-emptied"} <= kinds
