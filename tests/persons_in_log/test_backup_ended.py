"""A backup or a restoring that is ended half way leaves no keys, and no instance half made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from services.instance import backup
from services.persons.erasing import Erasures
from tests.answers.town import Town
from tests.support import PYTHONPATH

ENDED = """
    import os, signal, sys
    from services.cli.main import main
    from services.log import copies

    whole, names = copies.copy, []

    def copy(source, target):
        whole(source, target)
        names.append(target.name)
        if names == ["log.db", "keys.db"] or names == ["keys.db", "access.db"]:
            os.kill(os.getpid(), int(sys.argv[1]))

    copies.copy = copy
    sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    place = tmp_path / "instance"
    Town.founded(place).instance.close()
    return place


def ended_by(number: int, *arguments: object) -> int:
    """Run a command that gets the signal once it has copied the keys."""
    lines = [line.removeprefix("    ") for line in ENDED.splitlines()]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines), str(int(number)), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": PYTHONPATH},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.returncode


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_no_copy_of_keys_that_nobody_knows_of(
    directory: Path, tmp_path: Path, number: int
) -> None:
    assert ended_by(number, "backup", "--dir", directory, tmp_path / "copy") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["instance"]
    backup.backup(directory, tmp_path / "copy")
    again = tmp_path / "again"
    restoring = ("restore", "--dir", again, "--master-key", directory / "master.key")
    assert ended_by(number, *restoring, tmp_path / "copy") == 1
    assert list(again.iterdir()) == []


def test_a_killed_restoring_can_be_done_again(directory: Path, tmp_path: Path) -> None:
    backup.backup(directory, tmp_path / "copy")
    again = tmp_path / "again"
    restoring = ("restore", "--dir", again, "--master-key", directory / "master.key")
    assert ended_by(signal.SIGKILL, *restoring, tmp_path / "copy") == -signal.SIGKILL
    assert [each.name for each in again.iterdir()] == [backup.MAKING]
    # And one that was killed while the files were being put in their place.
    (again / "keys.db").write_bytes(b"of the copy")
    backup.restore(tmp_path / "copy", again, key_file=directory / "master.key")
    assert not (again / backup.MAKING).exists()
    Town.reopened(again).instance.close()


def test_no_instance_is_there_before_what_was_erased_since_is_erased_in_it(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.backup(directory, tmp_path / "copy")
    again, seen = tmp_path / "again", []
    whole = Erasures.erase_again

    def erase_again(self: Erasures, *arguments: Any) -> int:
        seen.append(sorted(each.name for each in again.iterdir()))
        return whole(self, *arguments)

    monkeypatch.setattr(Erasures, "erase_again", erase_again)
    backup.restore(tmp_path / "copy", again, key_file=directory / "master.key")
    assert seen == [[backup.MAKING]]
    assert (again / "log.db").stat().st_mode & 0o777 == 0o600


def test_a_copy_is_made_neither_in_the_instance_nor_in_the_place_of_where_one_stands(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(directory)
    before = sorted(directory.iterdir())
    for place in (directory / "copy", tmp_path / "link" / "copy"):
        with pytest.raises(backup.BackupError, match="lies in the instance"):
            backup.backup(directory, place)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    with pytest.raises(backup.BackupError, match="not an empty directory"):
        backup.backup(directory, Path("."))
    assert sorted(directory.iterdir()) == before


def test_a_copy_is_not_made_at_a_link(directory: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, target in (("link", tmp_path / "empty"), ("dangling", tmp_path / "nowhere")):
        (tmp_path / name).symlink_to(target)
        with pytest.raises(backup.BackupError, match="not an empty directory"):
            backup.backup(directory, tmp_path / name)
    assert not list((tmp_path / "empty").iterdir())
    assert not list(tmp_path.glob("*.partial"))
