"""Whatever is altered in the files of an instance is found, or it is said here why it is not."""

from __future__ import annotations

import random
import re

import pytest

from tests.altering.alterations import Alteration, all_of
from tests.altering.excepted import EXCEPTED, WITHOUT_CHECKPOINT, reason
from tests.altering.looking import tried
from tests.altering.made import Made, made
from tests.support import scaled

SAMPLE = 16
"""How many alterations are tried by default; all of them under `make full`."""


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("altering"))


@pytest.fixture(scope="module")
def alterations(instance: Made) -> list[Alteration]:
    return all_of(instance)


def problem(alteration: Alteration, instance: Made) -> str:
    """Try an alteration; return what is wrong with what came of it."""
    try:
        found = tried(alteration, instance)
    except Exception as error:
        return f"{alteration}: {error!r}"
    why = reason(alteration.what)
    if not found.by and not why:
        return f"{alteration}: not found"
    if found.by and why:
        return f"{alteration}: found by {found.by}, though it is excepted"
    expected = alteration.what not in WITHOUT_CHECKPOINT and not why
    if bool(found.without) != expected:
        return f"{alteration}: without the checkpoint {found.without or 'not found'}"
    return ""


def test_an_instance_that_nobody_altered_is_whole(instance: Made) -> None:
    nothing = Alteration("nothing", "", lambda directory: None)
    assert tried(nothing, instance).by == ""


def test_every_alteration_is_found_or_excepted_for_a_reason(
    instance: Made, alterations: list[Alteration]
) -> None:
    some = random.Random(7).sample(alterations, scaled(SAMPLE, len(alterations)))
    assert [said for each in some if (said := problem(each, instance))] == []


@pytest.mark.parametrize("what", [each for each in WITHOUT_CHECKPOINT if "signing" not in each])
def test_what_only_the_published_checkpoint_tells(
    instance: Made, alterations: list[Alteration], what: str
) -> None:
    [alteration] = [each for each in alterations if each.what == what]
    assert problem(alteration, instance) == ""


def test_every_exception_is_of_something_that_is_altered(alterations: list[Alteration]) -> None:
    for name in EXCEPTED:
        assert any(re.fullmatch(name, each.what) for each in alterations), name


def test_every_table_of_every_file_is_altered(
    instance: Made, alterations: list[Alteration]
) -> None:
    named = {each.what.split(",")[0].split(":")[0] for each in alterations}
    for file in instance.directory.iterdir():
        if file.name.endswith((".lock", ".erasing", "-wal", "-shm")):
            continue
        assert any(name.split(" ")[0] == file.name for name in named), file.name
