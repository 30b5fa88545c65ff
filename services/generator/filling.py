"""Recording what a made-up world comes to know, day by day, into a new instance.

Each fact is checked as its declaration says, sealed under its subject's key of the year and
appended, with the time of the day on which it came to be known: all that `services.facts.recording`
does of it but looking at what else stands, which a world sees to itself (tests record a small one
through it). Nothing is durable before the end, so that a world that is broken off leaves nothing.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from domain import events, facts
from domain.data_classes import DataClass, SubjectKind
from domain.facts import ControllerKind
from services import files
from services.facts.agreeing import check_agreement
from services.facts.fields import FieldErrors
from services.facts.municipalities import MADE_UP_MUNICIPALITY
from services.facts.recording import Context, Kept, event_of
from services.facts.validating import Checked, check_fields
from services.generator.chance import Chance
from services.generator.told import Erased, Told, World
from services.instance.instance import ACCESS_FILE, KEYS_FILE, InstanceError, begin, new_home
from services.instance.signing import vouch_of
from services.log.event import Event
from services.log.factory import FILE as LOG_FILE
from services.log.filling import FillingLog
from services.log.port import LOG_URL
from services.persons.access import AccessTable
from services.persons.erasing import erasure_event
from services.persons.keys import KeyStore, root_of
from services.persons.reading import tag
from services.persons.sealing import ClassKey

CONTROLLER = "Opdigtet Kommune"
_CONTEXT = Kept.of(Context("generator", "made-up data", legal_basis="almenboligloven § 59"))
_UNFINISHED = f"{LOG_FILE}.unfinished"
_HOUR = time(10, 0, tzinfo=UTC)
_REGISTRATIONS = (facts.PersonRegistered, facts.HouseholdRegistered)


class Filled(NamedTuple):
    """How much was recorded."""

    events: int
    days: int


class NotAsDeclared(Exception):
    """A world made up a fact that could not have been recorded; a fault of the world."""


def fill(
    directory: Path,
    world: World,
    seed: int,
    *,
    told: Callable[[int, date], None] = lambda events, day: None,
) -> Filled:
    """Make a new instance in `directory` and record all that a world comes to know.

    Keys, tokens and the log's id follow from `seed` too, so that the log comes out the same, byte
    for byte, under the same world; they protect nothing, and there is nothing to protect. `told`
    is called with how many events there are, and the day that has been reached.

    Raises InstanceError when the directory holds an instance, or can't be one's, or a log is named
    in the environment; StorageError.
    """
    if os.environ.get(LOG_URL):
        raise InstanceError(f"{LOG_URL} names a log; what is made has its own: unset it")
    if (directory / LOG_FILE).exists():
        raise InstanceError(f"{directory} already holds an instance; choose another directory")
    existed = directory.exists()
    secret = new_home(directory)
    try:
        filled = _filled(directory, world, secret, Chance(f"keys {seed}"), told)
        # Where there is a log, there is an instance: so it gets its name when it is whole.
        (directory / _UNFINISHED).rename(directory / LOG_FILE)
        for left in directory.glob(f"{_UNFINISHED}.*"):
            left.unlink()
        files.make_durable(directory)
        return filled
    except BaseException:
        for file in (LOG_FILE, KEYS_FILE, root_of(KEYS_FILE).name, ACCESS_FILE):
            for left in directory.glob(f"{file}*"):
                left.unlink()
        if not existed:
            with suppress(OSError):
                shutil.rmtree(directory)
        raise


def _filled(
    directory: Path,
    world: World,
    secret: bytes,
    chance: Chance,
    told: Callable[[int, date], None],
) -> Filled:
    log_id = chance.id()
    days = 0
    with ExitStack() as opened:
        opened.enter_context(_uncollected())
        log = opened.enter_context(FillingLog(directory / _UNFINISHED))
        log.vouch_with(vouch_of(secret))
        keys = KeyStore(directory / KEYS_FILE, secret, chance.randbytes, log_id=log_id.bytes)
        opened.callback(keys.close)
        opened.enter_context(keys.filling())
        with closing(AccessTable(directory / ACCESS_FILE)) as access:
            access.belong_to(log_id.bytes)
        log.time = _time(world.first_day)
        begin(log, log_id, CONTROLLER, ControllerKind.MUNICIPALITY, MADE_UP_MUNICIPALITY, 24)
        recording = _Recording(log_id, keys, chance)
        for day, listed in world.days():
            if not listed:
                continue
            log.time = _time(day)
            log.append_batch(list(recording.events(day, listed)))
            days += 1
            told(log.head(), day)
        return Filled(log.head(), days)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have Python not look for circles of objects: a world has none, but millions of objects."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _time(day: date) -> int:
    return int(datetime.combine(day, _HOUR).timestamp()) * 1_000_000


class _Recording:
    """Makes the events of one log."""

    def __init__(self, log_id: UUID, keys: KeyStore, chance: Chance) -> None:
        self._log_id = log_id
        self._keys = keys
        self._chance = chance
        self._wrong = FieldErrors()
        self._field = Checked("fact", self._wrong)

    def events(self, day: date, listed: list[Told | Erased]) -> Iterator[Event]:
        """Yield the events of a day."""
        self._keys.register(
            (each.subject, each.kind)
            for each in listed
            if isinstance(each, Told) and each.subject and isinstance(each.fact, _REGISTRATIONS)
        )
        # By number, for an id is dear to look up: whose keys are wanted, and which an event needs.
        wanted: dict[tuple[UUID, DataClass], int] = {}
        numbers = [
            wanted.setdefault((each.subject, _class_of(each)), len(wanted))
            if isinstance(each, Told) and each.subject is not None
            else None
            for each in listed
        ]
        made = self._keys.sealing_keys(wanted, day.year)
        for each, number in zip(listed, numbers, strict=True):
            if isinstance(each, Erased):
                yield from self._erased(each)
            else:
                self._check(each, day)
                yield self._event(each, None if number is None else made[number])

    def _check(self, told: Told, day: date) -> None:
        check_fields(told.fact, self._field, day, test_numbers=False)
        check_agreement(told.fact, self._field, day)
        if self._wrong.found:
            raise NotAsDeclared(f"{type(told.fact).__name__} of {day}: {self._wrong.found}")

    def _event(self, told: Told, key: ClassKey | None) -> Event:
        if key is None:
            tags = events.open_tags(told.fact)
        else:
            tags = [tag(told.kind, key.token)]
            if told.household is not None:
                other = self._keys.token(told.household, _class_of(told))
                tags.append(tag(SubjectKind.HOUSEHOLD, other))
            if events.BY_FACT[type(told.fact)].step:
                # Of a household's steps the dwelling's tag is the tenancy's own.
                step: Any = told.fact
                tags.append(f"dwelling:{step.dwelling}")
        return event_of(
            self._log_id, told.id.bytes, told.fact, tags, key, _CONTEXT, self._chance.randbytes
        )

    def _erased(self, gone: Erased) -> Iterator[Event]:
        held = self._keys.tokens_of(gone.subject)
        tokens = sorted(t for c, t in held.items() if gone.data_class in (None, c))
        self._keys.erase_tokens(tokens)
        for kind in (facts.ErasureBegun, facts.ErasureDone):
            for token in tokens:
                yield erasure_event(kind, token, gone.policy, self._chance.id())


def _class_of(told: Told) -> DataClass:
    found = told.data_class or events.BY_FACT[type(told.fact)].data_class
    assert found is not None  # what has a subject is sealed under one of its classes
    return found
