"""An instance is copied while it is served, and made again of the copy."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from domain.data_classes import DataClass, SubjectKind
from services.cli import exits
from services.cli import main as cli
from services.instance import backup
from services.instance.backup import BackupError
from services.instance.instance import Instance, InstanceError
from services.log import ownership
from services.log.factory import url_of
from services.persons.tokens import token_bytes
from services.persons.wrapping import KeyStoreError, WrongMasterKey
from tests.answers.town import Town
from tests.log.verified import altered
from tests.persons.support import every_byte
from tests.persons_in_log.test_erasing import failing_at
from tests.support import PYTHONPATH

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def husret(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": PYTHONPATH},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_copy_that_is_made_while_everybody_writes_is_whole(
    directory: Path, tmp_path: Path
) -> None:
    copy, again = tmp_path / "copy", tmp_path / "again"
    with Town.founded(directory) as town:
        household = town.register(2)
        town.on_kontanthjaelp(household.members[0])
        answer = town.ask(household)
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                other = town.register(1)
                town.ask(other)
                town.erase(other.members[0])

        writers = [threading.Thread(target=write) for _ in range(2)]
        for writer in writers:
            writer.start()
        done = husret("backup", "--dir", directory, "--json", copy)
        stop.set()
        for writer in writers:
            writer.join()
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        assert said["found"] == []
        assert said["position"] >= answer.position
    names = ["access.db", "keys.db", "keys.root", "log.db", "signing.key"]
    assert sorted(each.name for each in copy.iterdir()) == names
    assert {each.stat().st_mode & 0o777 for each in copy.iterdir()} == {0o600}
    assert copy.stat().st_mode & 0o777 == 0o700
    before = {each.name: each.read_bytes() for each in copy.iterdir()}

    done = husret(
        "restore", "--dir", again, copy, "--json", "--master-key", directory / "master.key"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["position"] == said["position"]
    assert {each.name: each.read_bytes() for each in copy.iterdir()} == before
    with Town.reopened(again) as town:
        assert altered(town.instance.log) == []
        replay = town.replay(answer)
        assert (replay.differences, replay.erased) == ([], False)
        # Every event that was not erased has its key.
        for event in town.instance.log.read():
            if event.type == "person.registered":
                fact = town.instance.person_facts.unsealed(event).fact
                gone = town.instance.keys.subject_of(event.tags[0][2:]) is None
                assert (fact is None) == gone
        town.ask(town.register(1))


def test_what_was_erased_since_is_erased_in_what_is_made_of_the_copy(
    directory: Path, tmp_path: Path
) -> None:
    copy, again = tmp_path / "copy", tmp_path / "again"
    with Town.founded(directory) as town:
        household = town.register(2)
        person, other = household.members
        tokens = town.instance.keys.tokens_of(person)
    backup.backup(directory, copy)
    with Town.reopened(directory) as town:
        town.erase(person, policy="retention-5-years")
        town.erase(other, DataClass.BENEFITS)
        of_the_other = town.instance.keys.tokens_of(other)
    arguments = {"key_file": directory / "master.key"}
    plain = backup.restore(copy, tmp_path / "plain", **arguments)
    assert plain.erased == 0
    with Town.reopened(tmp_path / "plain") as town:
        assert town.instance.keys.known(person) is SubjectKind.PERSON
        town.erase(person)  # as the command says that it can be
        assert town.instance.keys.known(person) is None
    content = every_byte(tmp_path / "plain")
    assert not [t for t in tokens.values() if token_bytes(t) in content]

    made = backup.restore(copy, again, erasures=directory / "log.db", **arguments)
    assert made.erased == len(DataClass) + 1
    with Town.reopened(again) as town:
        assert town.instance.keys.known(person) is None
        assert town.instance.keys.tokens_of(other) == of_the_other
        done = [e for e in town.instance.log.read() if e.type == "erasure.done"]
        assert {json.loads(e.data)["policy"] for e in done} == {"retention-5-years", "request-17"}
        assert len(done) == len(DataClass) + 1
    content = every_byte(again)
    assert person.bytes not in content
    assert not [t for t in tokens.values() if token_bytes(t) in (again / "keys.db").read_bytes()]


def test_a_key_store_that_is_put_back_by_hand_needs_its_own_root_and_is_erased_again(
    directory: Path, tmp_path: Path
) -> None:
    with Town.founded(directory) as town:
        person, other = town.register(2).members
    backup.backup(directory, tmp_path / "copy")
    with Town.reopened(directory) as town:
        town.erase(person)
    shutil.copy(tmp_path / "copy" / "keys.db", directory / "keys.db")
    with pytest.raises(KeyStoreError, match="restore both from one backup"):
        Instance.open(directory)
    shutil.copy(tmp_path / "copy" / "keys.root", directory / "keys.root")
    with Town.reopened(directory) as town:
        assert town.instance.keys.known(person) is None
        assert town.instance.keys.known(other) is SubjectKind.PERSON
    assert (directory / "keys.root").read_bytes() != (tmp_path / "copy" / "keys.root").read_bytes()
    with pytest.raises(BackupError, match=r"already holds log\.db"):
        backup.restore(tmp_path / "copy", directory)
    (tmp_path / "copy" / "keys.root").unlink()
    with pytest.raises(BackupError, match=r"has no keys\.root"):
        backup.restore(tmp_path / "copy", tmp_path / "again")


def test_an_erasure_that_was_not_done_in_the_copy_is_completed_in_what_is_made_of_it(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Town.founded(directory) as town:
        person = town.register(1).members[0]
        failing_at(town, "deleting the keys", monkeypatch)
        with pytest.raises(sqlite3.OperationalError):
            town.erase(person)
        copied = husret("backup", "--dir", directory, tmp_path / "copy")
        assert copied.returncode == 0, copied.stderr
    backup.restore(tmp_path / "copy", tmp_path / "again", key_file=directory / "master.key")
    with Town.reopened(tmp_path / "again") as town:
        assert town.instance.keys.known(person) is None
        assert sum(e.type == "erasure.done" for e in town.instance.log.read()) == len(DataClass)
    assert person.bytes not in every_byte(tmp_path / "again")


def test_an_erasure_and_a_copy_wait_for_each_other(directory: Path, tmp_path: Path) -> None:
    with Town.founded(directory) as town:
        person = town.register(1).members[0]
        erased = threading.Event()

        def erase() -> None:
            town.erase(person)
            erased.set()

        with ownership.hold(directory, shared=True, patience=1):
            thread = threading.Thread(target=erase)
            thread.start()
            assert not erased.wait(0.3)
            assert town.instance.keys.known(person) is SubjectKind.PERSON
        assert erased.wait(10)
        thread.join()
        with (
            town.instance.erasures.alone(),
            pytest.raises(ownership.Held, match="erasure"),
            ownership.hold(directory, shared=True, patience=0.1),
        ):
            raise AssertionError("held by both")


def test_a_copy_goes_into_no_directory_that_holds_something(
    directory: Path, tmp_path: Path
) -> None:
    Town.founded(directory).instance.close()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("kept")
    with pytest.raises(BackupError, match="not an empty directory"):
        backup.backup(directory, tmp_path / "mine")
    assert (tmp_path / "mine" / "letter").read_text() == "kept"
    backup.backup(directory, tmp_path / "copy")
    with pytest.raises(BackupError, match="already holds"):
        backup.restore(tmp_path / "copy", directory)
    with pytest.raises(BackupError, match=r"has no log\.db"):
        backup.restore(tmp_path / "mine", tmp_path / "again")


def test_without_the_master_key_restoring_says_that_it_is_to_be_named(
    directory: Path, tmp_path: Path
) -> None:
    Town.founded(directory).instance.close()
    backup.backup(directory, tmp_path / "copy")
    with pytest.raises(BackupError, match="--master-key"):
        backup.restore(tmp_path / "copy", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_wrong_master_key_leaves_nothing_and_the_right_one_works_after_it(
    directory: Path, tmp_path: Path
) -> None:
    Town.founded(directory).instance.close()
    Town.founded(tmp_path / "other").instance.close()
    backup.backup(directory, tmp_path / "copy")
    again = tmp_path / "again"
    with pytest.raises(WrongMasterKey):
        backup.restore(tmp_path / "copy", again, key_file=tmp_path / "other" / "master.key")
    assert list(again.iterdir()) == []
    backup.restore(tmp_path / "copy", again, key_file=directory / "master.key")
    with pytest.raises(BackupError, match="another instance"):
        backup.restore(
            tmp_path / "copy",
            tmp_path / "third",
            key_file=directory / "master.key",
            erasures=tmp_path / "other" / "log.db",
        )


# --- Verifying a copy -----------------------------------------------------------------------

ALTERATIONS = {
    "its content": "UPDATE event SET data = CAST(data || x'00' AS BLOB) WHERE position = ?",
    "its time": "UPDATE event SET recorded_at = -1 WHERE position = ?",
    "its schema version": f"UPDATE event SET schema_version = {2**40} WHERE position = ?",
    "a tag that is no text": "UPDATE event SET tags = CAST(x'fffe' AS TEXT) WHERE position = ?",
    "its type": "UPDATE event SET type_id = 999 WHERE position = ?",
    "its hash": "UPDATE event SET leaf_hash = x'00' WHERE position = ?",
    "the event itself": "DELETE FROM event WHERE position = ?",
}


def test_a_copy_of_the_log_alone_is_verified_where_nothing_may_be_written(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Town.founded(directory) as town:
        town.register(2)
        head = town.instance.log.head()
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(directory / "log.db", copy / "log.db")
    positions = list(range(5, 5 + 3 * len(ALTERATIONS), 3))
    with closing(sqlite3.connect(copy / "log.db", isolation_level=None)) as database:
        for position, statement in zip(positions, ALTERATIONS.values(), strict=True):
            database.execute(statement, (position,))
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (copy / "log.db").chmod(0o400)
    copy.chmod(0o500)
    content = every_byte(copy)
    assert cli.main(["log", "verify", "--dir", str(copy), "--json"]) == exits.DIFFERENT
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert [int(each) for each in said["altered_positions"]] == positions
    assert int(said["known_at_position"]) == head
    assert cli.main(["log", "verify", str(copy / "log.db")]) == exits.DIFFERENT
    named = capsys.readouterr().out
    assert all(f"event at position {position} (" in named for position in positions)
    assert [each.name for each in copy.iterdir()] == ["log.db"]
    assert every_byte(copy) == content
    assert cli.main(["log", "verify", "--dir", str(directory)]) == 0
    copy.chmod(0o700)


def test_what_a_write_ahead_log_beside_the_copy_holds_is_verified_too(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    with Town.founded(directory) as town:
        head = town.instance.log.head()
        for name in ("log.db", "log.db-wal"):
            shutil.copy(directory / name, copy / name)
    assert (copy / "log.db-wal").stat().st_size
    assert cli.main(["log", "verify", str(copy / "log.db")]) == 0
    assert capsys.readouterr().out.startswith(f"{head} events, 0 of them")


def test_what_is_no_log_is_refused_with_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log.db").write_bytes(b"x" * 8192)
    for path, why in (
        (tmp_path / "log.db", "not a database"),
        (tmp_path / "missing.db", "No such file"),
        (tmp_path, "Is a directory"),
    ):
        assert cli.main(["log", "verify", str(path)]) == exits.FAILED
        [said] = capsys.readouterr().err.splitlines()
        assert why in said


def test_a_log_that_lies_elsewhere_is_served_copied_and_restored(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("HUSRET_LOG", url_of(tmp_path / "elsewhere" / "the.log"))
    with Town.founded(directory) as town:
        town.register(1)
        head = town.instance.log.head()
    assert not (directory / "log.db").exists()
    with pytest.raises(InstanceError, match="HUSRET_LOG names the log of an instance"):
        Town.founded(tmp_path / "second")
    assert not (tmp_path / "second").exists()
    backup.backup(directory, tmp_path / "copy")
    again = tmp_path / "again"
    made = backup.restore(tmp_path / "copy", again, key_file=directory / "master.key")
    assert (made.position, made.found) == (head, [])
    monkeypatch.delenv("HUSRET_LOG")
    with Instance.open(again) as instance:
        assert instance.log.head() == head
