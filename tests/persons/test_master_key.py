from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from services.persons.master_key import MASTER_KEY_VARIABLE, MasterKeyError, create, load
from tests.persons.support import MASTER_KEY


def test_a_new_master_key_is_read_back_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    assert create(path, random=lambda count: MASTER_KEY[:count]) == MASTER_KEY
    assert load(path, {}) == MASTER_KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_master_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    first = create(path)
    with pytest.raises(MasterKeyError, match="already there"):
        create(path)
    assert load(path, {}) == first


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    create(path)
    path.chmod(mode)
    with pytest.raises(MasterKeyError, match=f"mode {mode:04o}"):
        load(path, {})


def test_a_file_that_its_owner_can_only_read_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    key = create(path)
    path.chmod(0o400)
    assert load(path, {}) == key


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    create(path)
    environment = {MASTER_KEY_VARIABLE: base64.b64encode(MASTER_KEY).decode()}
    assert load(path, environment) == MASTER_KEY


def test_without_a_file_or_variable_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MasterKeyError, match="husret init"):
        load(tmp_path / "master.key", {})


@pytest.mark.parametrize("text", ["", "not base64!", base64.b64encode(bytes(31)).decode(), "Æ"])
def test_a_malformed_master_key_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(MasterKeyError) as refused:
        load(tmp_path / "master.key", {MASTER_KEY_VARIABLE: text})
    assert text == "" or text not in str(refused.value)
