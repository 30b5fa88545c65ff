"""What the command line leaves in a directory, in a pipe and in a newcomer's shell."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from domain.facts import ControllerKind
from husret.v1 import area_service_pb2 as areas
from services import files
from services.cli import main as cli
from services.instance import backup
from services.instance.instance import Instance, InstanceError
from services.terminal import shell
from tests.api.client import an_area
from tests.api.conftest import served
from tests.api.test_server import ROOT
from tests.support import PYTHONPATH

ENVIRONMENT = {"PYTHONPATH": PYTHONPATH, "PATH": "/usr/bin:/bin"}


def husret(arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of bash, with `husret` as the command."""
    command = f"{shlex.quote(sys.executable)} -m services.cli"
    return subprocess.run(
        ["bash", "-c", arguments.replace("husret ", f"{command} ")],
        cwd=ROOT,
        env=ENVIRONMENT | environment,
        capture_output=True,
        text=True,
        timeout=120,
        encoding="utf-8",
    )


def create(directory: Path) -> Instance:
    return Instance.create(
        directory,
        controller="Prøvekøbing Kommune",
        kind=ControllerKind.MUNICIPALITY,
        municipality="9999",
    )


# --- Modes ----------------------------------------------------------------------------------


@pytest.fixture(params=[0o000, 0o022, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(directory: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}


def test_everything_is_closed_to_others_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    place = tmp_path / "instance"
    with served(create(place)) as client:
        client.record(an_area())
        found = modes(place)
        assert {"log.db", "log.db-wal", "log.db.lock", "keys.db", "access.db"} <= set(found)
        assert {"views.db", "views.db-wal", "master.key"} <= set(found)
        assert set(found.values()) == {0o600}
        backup.backup(place, tmp_path / "copy")
        assert set(modes(place).values()) == {0o600}
    key = place / "master.key"
    backup.restore(tmp_path / "copy", tmp_path / "restored", key_file=key)
    for made in (place, tmp_path / "copy", tmp_path / "restored"):
        assert set(modes(made).values()) == {0o600}
        assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_what_was_left_open_is_closed_when_the_instance_is_opened(directory: Path) -> None:
    directory.chmod(0o755)
    for path in directory.iterdir():
        if path.name not in ("master.key", "api.token"):  # which are refused when they are
            path.chmod(0o644)
    Instance.open(directory).close()
    assert set(modes(directory).values()) == {0o600}
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_an_empty_directory_that_is_there_is_closed_and_a_full_open_one_is_not_ours(
    tmp_path: Path,
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir(mode=0o755)
    create(empty).close()
    assert stat.S_IMODE(empty.stat().st_mode) == 0o700
    full = tmp_path / "full"
    full.mkdir(mode=0o755)
    full.chmod(0o755)
    (full / "letters").touch()
    with pytest.raises(InstanceError, match="open to others"):
        create(full)
    assert stat.S_IMODE(full.stat().st_mode) == 0o755
    assert [path.name for path in full.iterdir()] == ["letters"]


@pytest.mark.parametrize(
    "name",
    ["log.db", "log.db-wal", "log.db.lock", "keys.db", "access.db", "views.db", "master.key"],
)
def test_init_follows_no_symbolic_link(tmp_path: Path, name: str) -> None:
    place, elsewhere = tmp_path / "instance", tmp_path / "elsewhere"
    place.mkdir(mode=0o700)
    (place / name).symlink_to(elsewhere)
    with pytest.raises(InstanceError, match="symbolic link"):
        create(place)
    assert not elsewhere.exists()


def test_init_makes_no_instance_behind_a_link(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (tmp_path / "link").symlink_to(there)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    for name in ("link", "dangling"):
        with pytest.raises(InstanceError, match="symbolic link"):
            create(tmp_path / name)
    assert list(there.iterdir()) == []
    assert not (tmp_path / "nothing").exists()


def test_restoring_makes_no_instance_behind_a_link(tmp_path: Path) -> None:
    create(tmp_path / "instance").close()
    backup.backup(tmp_path / "instance", tmp_path / "copy")
    there = tmp_path / "there"
    there.mkdir()
    (tmp_path / "link").symlink_to(there)
    with pytest.raises(backup.BackupError, match="symbolic link"):
        backup.restore(
            tmp_path / "copy", tmp_path / "link", key_file=tmp_path / "instance" / "master.key"
        )
    assert list(there.iterdir()) == []


def test_a_file_is_not_made_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    files.create(tmp_path / "link")
    with pytest.raises(FileExistsError):
        files.create_new(tmp_path / "link")
    assert not (tmp_path / "elsewhere").exists()


# --- Pipes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize(
    "command",
    [
        "log tail -n 1000",
        "log tail -n 1000 --json",
        "area list",
        "area timeline 9999-elmehegnet",
        "--help",
    ],
)
def test_a_reader_that_has_enough_ends_it_quietly(
    directory: Path, command: str, encoding: str
) -> None:
    with served(Instance.open(directory)) as client:
        client.import_areas()
    where = "" if command in ("--help") else f"--dir {directory}"
    done = husret(f"set -o pipefail; husret {command} {where} | head -1", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    # Nobody reads at all.
    done = husret(f"husret {command} {where} | true", PYTHONIOENCODING=encoding)
    assert done.stderr == ""


def test_who_has_seen_enough_of_the_demo_ends_it_quietly_too() -> None:
    done = husret("set -o pipefail; husret demo | head -1")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_effect_and_an_exit_code_do_not_hang_on_who_reads(directory: Path) -> None:
    done = husret(f"husret import area-lists made-up --dir {directory} | true")
    assert done.stderr == ""
    with served(Instance.open(directory)) as client:
        assert client.areas.ListAreaLists(areas.ListAreaListsRequest()).lists
    with closing(sqlite3.connect(directory / "log.db")) as log:
        log.execute("DELETE FROM event WHERE position BETWEEN 3 AND 8")
        log.commit()
    for form in ("", "--json"):
        asked = f"set -o pipefail; husret log verify {form} --dir {directory} | true"
        assert (husret(asked).returncode, husret(asked).stderr) == (3, "")


def test_what_a_connection_does_is_not_told_unless_asked_for(directory: Path) -> None:
    asked = f"husret status --dir {directory}"
    assert husret(asked, GRPC_TRACE="http").stderr == ""
    assert husret(asked, GRPC_TRACE="http", GRPC_VERBOSITY="INFO").stderr != ""


def test_what_an_encoding_does_not_have_is_replaced_and_json_stays_whole(directory: Path) -> None:
    with served(Instance.open(directory)) as client:
        client.import_areas()
    ask = f"husret area status 9999-kastanjeparken --day 2025-06-01 --dir {directory}"
    done = husret(ask, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Omr?de" in done.stdout
    plain, ascii_ = husret(f"{ask} --json"), husret(f"{ask} --json", PYTHONIOENCODING="ascii")
    assert ascii_.stdout.isascii()
    assert not plain.stdout.isascii()
    assert json.loads(ascii_.stdout) == json.loads(plain.stdout)
    missing = husret(f"husret area status 9999-ærø --dir {directory}", PYTHONIOENCODING="ascii")
    assert (missing.returncode, "Traceback" in missing.stderr) == (1, False)


# --- Hints ----------------------------------------------------------------------------------


def test_the_hints_name_commands_that_this_shell_has(tmp_path: Path) -> None:
    script = tmp_path / "bin" / "husret"
    script.parent.mkdir()
    script.write_text(
        f"#!{sys.executable}\nimport sys\nfrom services.cli.main import main\nsys.exit(main())\n"
    )
    script.chmod(0o755)

    def run(command: str, **environment: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=ENVIRONMENT | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout + done.stderr

    assert "make one with `bin/husret init`" in run("bin/husret status")
    assert "make one with `bin/husret init --dir 'my town'`" in run(
        "bin/husret status --dir 'my town'"
    )
    found = {"PATH": f"{script.parent}:/usr/bin:/bin"}
    assert "make one with `husret init`" in run("husret status", **found)
    made = run("bin/husret init --dir 'my town'")
    hints = [line.strip() for line in made.partition("Next:\n")[2].splitlines()]
    assert len(hints) == 3
    assert all(shlex.split(each)[0] == "bin/husret" for each in hints)
    assert " nye, 0 ændrede" in run(hints[1])


def test_a_module_that_is_run_names_the_command_beside_its_interpreter_or_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python, beside = tmp_path / "python3", tmp_path / "husret"
    monkeypatch.setattr(sys, "argv", ["services/cli/__main__.py"])
    monkeypatch.setattr(sys, "executable", str(python))
    assert shell.hint("run `husret serve`") == f"run `{python} -m services.cli serve`"
    beside.touch()
    assert shell.hint("run `husret serve`") == f"run `{beside} serve`"


@pytest.mark.parametrize(
    "words", ["init", "serve", "import area-lists", "status", "clock accept", "show", "log verify"]
)
def test_every_command_that_a_text_names_exists(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*words.split(), "--help"])
    assert ended.value.code == 0
    assert "usage: husret" in capsys.readouterr().out
