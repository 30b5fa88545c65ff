"""An init that is refused leaves nothing that looks like an instance."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from services.cli.exits import ANSWERED, FAILED
from services.cli.main import main


def init(directory: Path) -> int:
    return main(["init", "--dir", str(directory)])


def test_an_init_with_a_master_key_that_others_can_read_can_be_done_again(tmp_path: Path) -> None:
    directory = tmp_path / "instance"
    directory.mkdir(mode=0o700)
    key = directory / "master.key"
    key.write_bytes(base64.b64encode(bytes(32)))
    key.chmod(0o644)
    assert init(directory) == FAILED
    assert [each.name for each in directory.iterdir()] == ["master.key"]
    key.chmod(0o600)
    assert init(directory) == ANSWERED
    assert main(["status", "--dir", str(directory)]) == ANSWERED


def test_an_init_with_a_wrong_key_in_the_environment_can_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "instance"
    monkeypatch.setenv("HUSRET_MASTER_KEY", "no key")
    assert init(directory) == FAILED
    monkeypatch.delenv("HUSRET_MASTER_KEY")
    assert init(directory) == ANSWERED


def test_an_init_with_a_recorder_that_is_not_there_can_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "instance"
    monkeypatch.setenv("PERSISTENCE_MODULE", "nowhere:Recorder")
    assert init(directory) == FAILED
    monkeypatch.delenv("PERSISTENCE_MODULE")
    assert init(directory) == ANSWERED


def test_keys_without_their_log_are_not_taken_for_those_of_a_new_one(tmp_path: Path) -> None:
    directory = tmp_path / "instance"
    assert init(directory) == ANSWERED
    for each in directory.glob("log.db*"):
        each.unlink()
    keys = (directory / "keys.db").read_bytes()
    assert init(directory) == FAILED
    assert (directory / "keys.db").read_bytes() == keys
