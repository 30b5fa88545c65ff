"""A process killed between the key and the event, or in the middle of an erasure."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from domain import receipt
from domain.data_classes import DataClass, SubjectKind
from domain.questions import RECEIPT_TYPES
from services.log.event import RecordedEvent
from services.persons.reading import is_personal
from services.persons.sealing import period_of
from tests.answers.town import Town, new_id
from tests.persons.support import every_byte
from tests.persons_in_log import child
from tests.persons_in_log.killing import TYPE, WHEN
from tests.support import PYTHONPATH, scaled

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "tests.persons_in_log.child"]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    found = tmp_path / "instance"
    Town.founded(found).instance.close()
    return found


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": PYTHONPATH, **more}


def killed_at(directory: Path, type: str, when: str, what: str, *ids: UUID) -> None:
    """Run the child, which dies at the append of an event of the type."""
    killing = environment(
        PERSISTENCE_MODULE="tests.persons_in_log.killing:KillingFactory", **{TYPE: type, WHEN: when}
    )
    command = [*COMMAND, str(directory), what, *map(str, ids)]
    done = subprocess.run(command, env=killing, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL


def sealed_events(town: Town) -> list[RecordedEvent]:
    return [event for event in town.instance.log.read() if is_personal(event.tags)]


def without_key(town: Town) -> list[int]:
    """Return the positions of sealed events that no key opens."""
    return [
        event.position
        for event in sealed_events(town)
        if town.instance.keys.key(event.tags[0][2:], period(event)) is None
    ]


def period(event: RecordedEvent) -> int:
    """Return the period of the key that seals what the event's first tag is about."""
    if event.type in RECEIPT_TYPES:
        return receipt.unpack(event.data).period
    return period_of(event.data)


def test_a_kill_between_key_and_event_leaves_nothing_of_the_registration(directory: Path) -> None:
    person, request_id = new_id(), new_id()
    killed_at(directory, "person.registered", "before", "register", person, request_id)
    with Town.reopened(directory) as town:
        assert sealed_events(town) == []
        assert town.instance.keys.known(person) is None
        assert person.bytes not in every_byte(directory)
        child.register(town, person, request_id)
        assert len(sealed_events(town)) == 1
        assert without_key(town) == []


def test_a_kill_after_the_event_leaves_it_with_its_key(directory: Path) -> None:
    person, request_id = new_id(), new_id()
    killed_at(directory, "person.registered", "after", "register", person, request_id)
    with Town.reopened(directory) as town:
        [event] = sealed_events(town)
        assert without_key(town) == []
        child.register(town, person, request_id)
        assert [again.position for again in sealed_events(town)] == [event.position]


@pytest.mark.parametrize("seed", range(scaled(2, 30)))
def test_a_kill_at_any_moment_leaves_no_event_without_its_key(directory: Path, seed: int) -> None:
    command = [*COMMAND, str(directory), "register without end"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"begun\n"
        time.sleep(random.Random(seed).uniform(0.05, 0.5))
        running.kill()
    with Town.reopened(directory) as town:
        assert without_key(town) == []
        assert sealed_events(town)


# --- Erasure --------------------------------------------------------------------------------


@pytest.fixture
def person(directory: Path) -> UUID:
    with Town.reopened(directory) as town:
        return town.register(1).members[0]


def erasures(town: Town, type: str) -> int:
    return sum(event.type == type for event in town.instance.log.read())


@pytest.mark.parametrize(
    ("type", "when"),
    [("erasure.begun", "after"), ("erasure.done", "before"), ("erasure.done", "after")],
)
def test_an_interrupted_erasure_is_completed_at_the_next_start(
    directory: Path, person: UUID, type: str, when: str
) -> None:
    killed_at(directory, type, when, "erase", person)
    with Town.reopened(directory) as town:
        assert town.instance.keys.known(person) is None
        assert erasures(town, "erasure.begun") == len(DataClass)
        assert erasures(town, "erasure.done") == len(DataClass)


def test_an_erasure_that_did_not_begin_erases_nothing(directory: Path, person: UUID) -> None:
    killed_at(directory, "erasure.begun", "before", "erase", person)
    with Town.reopened(directory) as town:
        assert town.instance.keys.known(person) is SubjectKind.PERSON
        assert erasures(town, "erasure.begun") == erasures(town, "erasure.done") == 0
        assert without_key(town) == []
