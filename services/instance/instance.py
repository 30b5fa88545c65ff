"""One data controller's instance: its log, its key store, its access table, and what they hold.

A directory has the log, `keys.db` and its root `keys.root`, `access.db`, `master.key`,
`signing.key` and `api.token`. The log's first event says whose it is; a second instance, or a
second server, never shares a file with it.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import events, facts
from domain.events import Recorded, UnknownEventError
from domain.frame import FRAME_TYPE
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from domain.reference import Reference, View
from husret_verify.event import event_id
from services import files
from services.instance import signing, token
from services.instance.frames import Frames
from services.instance.signing import Signer, vouch_of
from services.log.event import Event, RecordedEvent
from services.log.factory import IN_MEMORY, environment_of, factory_of, open_log
from services.log.group_commit import GroupCommit
from services.log.port import LOG_URL, ClockSuspect, EventLog, EventLogFactory, StorageError
from services.log.wall_clock import COPENHAGEN
from services.persons import master_key
from services.persons.access import AccessOfAnother, AccessTable
from services.persons.database import DatabaseError
from services.persons.erasing import Erasures
from services.persons.keys import KeyStore, root_of
from services.persons.reading import PersonFacts, is_personal

_LOGGER = logging.getLogger("husret.instance")
_PAGE = 2_000
KEYS_FILE, ACCESS_FILE = "keys.db", "access.db"
"""The files of the key store and of the access table in an instance's directory."""

_FIRST_PAGE = 20_000
"""Positions of the log that are read at a time: of a log that is opened few are of open facts."""

_BESIDE_FACTS = {FRAME_TYPE, *RECEIPT_TYPES, *PAGE_TYPES}
_KNOWN = {*events.BY_NAME, *_BESIDE_FACTS}
_OPEN = DCBQuery(items=[DCBQueryItem(types=sorted(events.OPEN_TYPES))])
_ALL_BUT_RECEIPTS = DCBQuery(items=[DCBQueryItem(types=sorted(events.BY_NAME))])


class InstanceError(Exception):
    """The instance cannot be created or opened; the message says what to do."""


class PositionBeyondHead(ValueError):
    """A position was asked for that the log has not reached."""

    def __init__(self, position: int, head: int) -> None:
        super().__init__(f"position {position} lies beyond the log's head, {head}")
        self.head = head


def _system_day() -> date:
    return datetime.now(COPENHAGEN).date()


class Instance:
    """An open instance. `close` must be called; it is a context manager too."""

    def __init__(
        self,
        log: EventLog,
        keys: KeyStore,
        access: AccessTable,
        *,
        directory: Path | None,
        today: Callable[[], date] = _system_day,
        random: Callable[[int], bytes] = os.urandom,
        secret: bytes,
    ) -> None:
        """Put the parts together; `secret` is the master key, which `log` is vouched for with."""
        self.directory = directory
        self.log = log
        self.vouch = vouch_of(secret)
        self._secret = secret
        self._signer: Signer | None = None
        self.writer = GroupCommit(log, before=access.flush)
        self.keys = keys
        self.access = access
        self.random = random
        self._today = today
        self._reference = Reference()
        self._folding = threading.Lock()
        self.altered: list[int] = []
        """Positions of open events that were found altered, or gone, when they were folded."""
        self.log_id = log_id_of(log)
        self.frames = Frames(log, self.writer, self.log_id)
        self.person_facts = PersonFacts(log, keys, access, self.log_id)
        self.erasures = Erasures(
            self.writer, keys, access, self.person_facts, random=random, directory=directory
        )
        self.created = self.view().instance()

    # -- making and opening

    @classmethod
    def create(
        cls,
        directory: Path,
        *,
        controller: str,
        kind: facts.ControllerKind,
        municipality: str,
        stale_after_months: int = 24,
        today: Callable[[], date] = _system_day,
    ) -> Self:
        """Make a new instance in `directory` (`husret init`) and open it.

        Raises InstanceError when the directory already holds one, or can't be closed to others.
        """
        log_factory = factory_of(environment_of(directory, os.environ))
        if log_factory.exists():
            if os.environ.get(LOG_URL):
                raise InstanceError(f"{LOG_URL} names the log of an instance; name one to be made")
            raise InstanceError(f"{directory} already holds an instance; choose another directory")
        secret = new_home(directory)
        key_store, log_id = directory / KEYS_FILE, uuid4()
        # The log is made last: where there is one, there is an instance.
        try:
            KeyStore(key_store, secret, log_id=log_id.bytes).close()
            with closing(log_factory.dcb_recorder()) as log:
                log.vouch_with(vouch_of(secret))
                begin(log, log_id, controller, kind, municipality, stale_after_months)
        except BaseException:
            for name in (KEYS_FILE, root_of(KEYS_FILE).name):
                for left in directory.glob(f"{name}*"):
                    left.unlink()
            raise
        return cls.open(directory, today=today)

    @staticmethod
    def is_in(directory: Path) -> bool:
        """Tell whether a directory's log is there; nothing is opened, and none is made."""
        return factory_of(environment_of(directory, os.environ)).exists()

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        today: Callable[[], date] = _system_day,
        env: Mapping[str, str] = os.environ,
    ) -> Self:
        """Open the instance in `directory`, and complete erasures that were interrupted.

        `env` may name another log than the one in the directory (`factory.environment_of`).
        Raises InstanceError when the directory holds none, or one that cannot be read;
        MasterKeyError and KeyStoreError when its keys cannot be.
        """
        log_factory = factory_of(environment_of(directory, env))
        if not log_factory.exists():
            raise InstanceError(f"{directory} holds no instance; make one with `husret init`")
        _claim(directory, log_factory)
        secret = master_key.load(directory / "master.key")
        files.close_to_others(directory, besides=("master.key", token.FILE, signing.FILE))
        accesses = directory / ACCESS_FILE
        lost = not accesses.exists()
        with ExitStack() as opened:
            try:
                log = log_factory.dcb_recorder()
                opened.callback(log.close)
                log.vouch_with(vouch_of(secret))
                log_id = log_id_of(log).bytes
                keys = KeyStore(directory / KEYS_FILE, secret, log_id=log_id, create=False)
                opened.callback(keys.close)
                access = AccessTable(accesses)
                opened.callback(access.close)
                access.belong_to(log_id)
                instance = cls(log, keys, access, directory=directory, today=today, secret=secret)
            except AccessOfAnother as error:
                raise InstanceError(f"{directory}: {error}") from None
            except (DatabaseError, StorageError, LookupError, UnknownEventError) as error:
                raise _unreadable(directory, error) from error
            opened.pop_all()
        try:
            instance._take_up()
        except (DatabaseError, StorageError) as error:
            raise _unreadable(directory, error) from error
        if lost and log.head() > 1:
            _LOGGER.warning("access.db was not there: who read what before now is not known here")
        return instance

    def _take_up(self) -> None:
        """Complete what an earlier process has begun, once the instance is put together."""
        self.keys.settle(self.has_event)
        for accepted in self.view().find(facts.ClockAccepted, "")[-1:]:
            event = self.log.event_at(accepted.position)
            if event is not None:
                self.log.clock_was_accepted(accepted.fact.clock, event.recorded_at)
        try:
            # By a view that is dropped: what it finds is of no use to those that answer.
            self.erasures.complete(self.view().traced())
        except ClockSuspect as error:
            # What can be read still is; an erasure is completed once the clock is accepted.
            _LOGGER.warning("an erasure that was begun can't be completed: %s", error)

    @classmethod
    def in_memory(
        cls,
        *,
        controller: str = "Prøvekøbing Kommune",
        kind: facts.ControllerKind = facts.ControllerKind.MUNICIPALITY,
        municipality: str = "9999",
        stale_after_months: int = 24,
        today: Callable[[], date] = _system_day,
    ) -> Self:
        """Make an instance that is gone when it is closed."""
        log, secret = open_log(IN_MEMORY), secrets.token_bytes(32)
        log.vouch_with(vouch_of(secret))
        begin(log, uuid4(), controller, kind, municipality, stale_after_months)
        keys = KeyStore(":memory:", secret)
        access = AccessTable(":memory:")
        return cls(log, keys, access, directory=None, today=today, secret=secret)

    def __enter__(self) -> Self:
        """Return the open instance."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the instance."""
        self.close()

    def close(self) -> None:
        """Write what is queued, flush the access table, and close every file."""
        self.writer.close()
        self.access.close()
        self.keys.close()

    def signer(self) -> Signer:
        """Return what signs the log's checkpoints.

        An instance that is gone when it is closed has a key that is gone with it. Raises
        SigningKeyError when there is none: making one unasked would cover that it was exchanged.
        """
        if self._signer is None:
            private = (
                Ed25519PrivateKey.generate()
                if self.directory is None
                else signing.load(self.directory / signing.FILE, self._secret)
            )
            self._signer = Signer(private, self.log_id)
        return self._signer

    # -- time

    def today(self) -> date:
        """Return the civil day in Europe/Copenhagen.

        Raises ClockSuspect while the wall clock can't be trusted: what it calls today may be any
        day, and an answer would rest on it.
        """
        problem = self.log.clock_problem()
        if problem:
            raise ClockSuspect(
                f"{problem}: what day it is can't be told until the clock is set right, or "
                "accepted with a reason (`husret clock accept --reason TEXT`)"
            )
        return self._today()

    def period(self) -> int:
        """Return the retention period that new payloads are sealed in: today's calendar year."""
        return self._today().year

    def has_event(self, id: bytes) -> bool:
        """Tell whether an event of this id is in the log."""
        return self.log.event_by_id(id) is not None

    # -- reference state

    def view(self, at: int | None = None, at_least: int | None = None) -> View:
        """Return the reference state as of the log's head, or as of the position `at`.

        Raises PositionBeyondHead when the log has not reached `at` or `at_least`.
        """
        head = self.log.head()
        for asked in (at, at_least):
            if asked is not None and not 0 <= asked <= head:
                raise PositionBeyondHead(asked, head)
        if head > self._reference.position:
            self._fold(head)
        return self._reference.at(head if at is None else at)

    def _fold(self, head: int) -> None:
        with self._folding:
            starting = self._reference.position == 0
            if starting:
                counts = self.log.counts(head)
                for name in counts.keys() - _KNOWN:
                    raise UnknownEventError(f"event type {name!r} is not known to this release")
                if sum(counts.values()) < head:
                    self.altered.extend(self.log.gaps(head))
            # At first only open facts are read: that a person's have changed concerns what is kept
            # of them in memory, and nothing is yet. Receipts, which are most of what is new later
            # on, say nothing here.
            query, page = (_OPEN, _FIRST_PAGE) if starting else (_ALL_BUT_RECEIPTS, _PAGE)
            while self._reference.position < head:
                after = self._reference.position
                upto = min(head, after + page)
                for event in self.log.read(query, after=after, upto=upto):
                    self._fold_event(event)
                self._reference.advance_to(upto)

    def _fold_event(self, event: RecordedEvent) -> None:
        if event.type in _BESIDE_FACTS:
            return
        if is_personal(event.tags):
            self.person_facts.touched(event.tags, event.position)
            return
        try:
            fact = events.decode_fact(event.type, event.schema_version, event.data)
            said = recorded(event, fact)
        except (msgspec.MsgspecError, ValueError):
            raise InstanceError(
                f"event at position {event.position}: it cannot be read; compare the log with a "
                "backup"
            ) from None
        if not event.is_intact():
            self.altered.append(event.position)
        if isinstance(fact, facts.ErasureBegun | facts.ErasureDone):
            self.person_facts.erased(fact.tokens)
        self._reference.apply(said)


def _unreadable(directory: Path, error: Exception) -> InstanceError:
    return InstanceError(
        f"{directory}: a file of the instance cannot be read ({error}); compare it with a backup"
    )


def new_home(directory: Path) -> bytes:
    """Make the directory of a new instance: token, signing key, and master key if there is none.

    Returns the master key.

    Raises InstanceError when it can't be closed to others, or holds a key store.
    """
    try:
        files.make_directory(directory)
    except files.FilesError as error:
        raise InstanceError(str(error)) from None
    key_file = directory / "master.key"
    if "HUSRET_MASTER_KEY" not in os.environ and not key_file.exists():
        master_key.create(key_file)
    secret = master_key.load(key_file)
    if (directory / KEYS_FILE).exists():
        raise InstanceError(
            f"{directory} holds keys.db and no log: restore the log if it is lost, or choose "
            "another directory"
        )
    if not (directory / token.FILE).exists():
        token.replace(directory)
    if not (directory / signing.FILE).exists():
        signing.create(directory / signing.FILE, secret)
    return secret


def _claim(directory: Path, log: EventLogFactory) -> None:
    """Keep two directories from one log: their keys and erasures would part.

    Raises InstanceError where another one opened it before, as long as that is an instance still.
    """
    own, before = directory.resolve(), log.opened_by()
    if before == own:
        return
    if before is not None and (before / "keys.db").exists():
        raise InstanceError(
            f"the log that {LOG_URL} names is that of the instance in {before}: give this one a "
            "log of its own"
        )
    log.note_opened_by(own)


def recorded(event: RecordedEvent, fact: Any) -> Recorded[Any]:
    """Return a fact with its place in the log."""
    return Recorded(event.position, UUID(bytes=event.event_id), event.leaf_hash, fact)


def begin(
    log: EventLog,
    log_id: UUID,
    controller: str,
    kind: facts.ControllerKind,
    municipality: str,
    stale_after_months: int,
) -> None:
    """Append the first event, which says whose the log is."""
    created = facts.InstanceCreated(
        log_id=log_id,
        controller=controller,
        controller_kind=kind,
        municipality=municipality,
        stale_after_months=stale_after_months,
    )
    log.append_batch(
        [
            Event(
                type=events.BY_FACT[facts.InstanceCreated].name,
                data=events.encode_fact(created),
                tags=events.open_tags(created),
                event_id=event_id(created.log_id, created.log_id, 0),
            )
        ]
    )


def log_id_of(log: EventLog) -> UUID:
    """Return the id of a log; raises LookupError when its first event does not say."""
    first = log.event_at(1)
    try:
        fact = None if first is None else events.decode_fact(first.type, 1, first.data)
    except msgspec.MsgspecError:
        fact = None
    if not isinstance(fact, facts.InstanceCreated):
        raise LookupError("its first event does not say whose it is")
    return fact.log_id
