"""The key store: which subject a token stands for, and the keys that open its payloads.

It is apart from the log, so that deleting a key here erases what the log still holds. The order
is the caller's: an event "erasure begun" that names the tokens, `erase_tokens`, an event "erasure
done". A start that finds the first without the second calls `erase_tokens` again.

A key is durable before the event that needs it, and the log may refuse that event. So what is made
for an event (`making`) is noted as such in the same commit, is seen by nobody else until the log
has taken the event, and is taken back when the log has not; a start looks at what a kill has left.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from domain.cpr import Cpr
from domain.data_classes import DataClass, SubjectKind
from services.log.copies import Lying
from services.persons.database import MEMORY, connect, read_beside, transaction
from services.persons.master_key import MASTER_KEY_BYTES
from services.persons.sealing import KEY_BYTES, MAX_PERIOD, ClassKey, KeyErased, check_period
from services.persons.tokens import TOKEN_BYTES, token_bytes, token_text
from services.persons.wrapping import (
    SCHEMA,
    KeyAltered,
    KeyStoreError,
    RootFile,
    RootInMemory,
    Wrapping,
    WrongMasterKey,
    bucket_of,
)

_K = TypeVar("_K")
_V = TypeVar("_V")
_W = TypeVar("_W", bound=Enum)
_FORMAT = 2
_CPR_INFO = b"husret cpr"
_EXTERNAL_INFO = b"husret external id"
_MADE_INFO = b"husret subject of external id"
_SCHEMA = (
    # The log that this store belongs to; no row: to none in particular.
    "CREATE TABLE belongs_to (log_id BLOB NOT NULL) STRICT",
    # Wrapped random bytes: they unwrap under the right master key only.
    "CREATE TABLE master_check (wrapped BLOB NOT NULL) STRICT",
    "CREATE TABLE subject (subject_id BLOB PRIMARY KEY, kind TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE token (
        subject_id BLOB NOT NULL, data_class TEXT NOT NULL, token BLOB NOT NULL UNIQUE,
        erased_through INTEGER NOT NULL DEFAULT 0, begun_anew INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (subject_id, data_class)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cpr (
        lookup BLOB PRIMARY KEY, subject_id BLOB NOT NULL UNIQUE) STRICT, WITHOUT ROWID""",
    # The caller's own ids of persons and households.
    """CREATE TABLE external_id (
        lookup BLOB PRIMARY KEY, subject_id BLOB NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX external_id_of ON external_id (subject_id)",
    # What was made for an event that the log may not have taken yet: `what` is a word of _MADE,
    # `id` a subject's or a token's, `period` that of a key, `earlier` the look-up that a link took
    # the place of.
    """CREATE TABLE provisional (
        event_id BLOB NOT NULL, what TEXT NOT NULL, id BLOB NOT NULL,
        period INTEGER NOT NULL DEFAULT 0, earlier BLOB) STRICT""",
    *SCHEMA,
)
_LAST_SEALED = """
    SELECT subject_id, data_class, token,
        (SELECT max(period) FROM class_key WHERE class_key.token = this.token)
    FROM token AS this ORDER BY subject_id, data_class"""

SUBJECT_BYTES = 16
"""The length of a subject's id."""

_STRAY = (
    # Table, primary key, and which of its rows (`this`) belong to nothing.
    (
        "subject",
        "subject_id",
        "NOT EXISTS (SELECT 1 FROM token WHERE subject_id = this.subject_id)"
        f" OR kind NOT IN ({', '.join(repr(str(each)) for each in SubjectKind)})",
    ),
    (
        "token",
        "subject_id, data_class",
        "NOT EXISTS (SELECT 1 FROM subject WHERE subject_id = this.subject_id)"
        f" OR length(subject_id) <> {SUBJECT_BYTES} OR length(token) <> {TOKEN_BYTES}"
        f" OR data_class NOT IN ({', '.join(repr(str(each)) for each in DataClass)})",
    ),
    (
        "class_key",
        "token, period",
        "NOT EXISTS (SELECT 1 FROM token WHERE token = this.token AND erased_through < period)",
    ),
    *(
        (
            table,
            "lookup",
            "NOT EXISTS (SELECT 1 FROM token WHERE subject_id = this.subject_id"
            f" AND data_class = '{DataClass.IDENTITY}')",
        )
        for table in ("cpr", "external_id")
    ),
)
_MADE = ("link", "given", "released", "key", "token", "subject")
"""In the order in which they are taken back."""


_LARGEST_GROUP = 64
"""From how many threads on what they write together is committed without waiting for more."""

_AT_ONCE = 500
"""Most values of one look-up of many."""

_FILLING_CACHE_KIB = 512 * 1024
"""How much of a store that is being made is held in memory: keys and tokens are random, so that
each one that comes in touches pages all over the file."""


class KeyStoreInUse(KeyStoreError):
    """Another server, or another KeyStore of this one, has the file open."""


class UnknownSubject(KeyStoreError):
    """The subject is not registered, or the class asked for is erased and not begun anew."""


class SubjectConflict(KeyStoreError):
    """The subject is registered as another kind, or the CPR number belongs to another subject."""


class NumberTaken(SubjectConflict):
    """The CPR number is linked to another person."""


class ExternalIdTaken(SubjectConflict):
    """The external id is given already."""


class TokenRow(NamedTuple):
    """What the store says that a token stands for."""

    subject_id: bytes
    data_class: DataClass | None
    kind: SubjectKind | None
    """None where the store does not say, or in no word known here: it was altered."""
    erased_through: int


@dataclass(slots=True)
class Making:
    """What is made for one event, by the thread that appends it."""

    event_id: bytes
    thread: int
    claims: frozenset[bytes] = frozenset()
    """Ids of subjects, and look-ups, that nobody else may make anything for meanwhile."""
    subjects: set[UUID] = field(default_factory=set)
    tokens: set[bytes] = field(default_factory=set)
    keys: set[tuple[str, int]] = field(default_factory=set)
    links: set[bytes] = field(default_factory=set)
    in_doubt: bool = False
    """The log could not say whether it has taken the event: `settle` asks it again."""

    def made(self) -> bool:
        """Tell whether anything was made."""
        return bool(self.subjects or self.tokens or self.keys or self.links)


class _Group:
    """What several threads write together, to be durable in one commit."""

    def __init__(self, kept: list[bytes]) -> None:
        self.kept = kept
        """Makings whose notes go with it."""
        self.size = 0
        self.ended = threading.Event()
        self.error: sqlite3.Error | None = None


def root_of(key_store: Path | str) -> Path:
    """Return where the root key of a key store's file lies."""
    return Path(key_store).with_suffix(".root")


LastSealed = tuple[bytes, str, bytes, int | None]
"""A subject, a class of it, the class's token, and the last period that it has a key of."""


def last_sealed_in(key_store: Path) -> list[LastSealed]:
    """Return the rows of `KeyStore.last_sealed` of a file as it lies, whoever has it open.

    Raises OSError and DatabaseError.
    """
    lying = Lying(key_store)
    try:
        with closing(sqlite3.connect(lying.uri, uri=True)) as database:
            return database.execute(_LAST_SEALED).fetchall()
    finally:
        lying.close()


class KeyStore:
    """Tokens and keys in one SQLite file, for the many threads of one server.

    The file is opened by one at a time: what is cached here (tokens, unwrapped keys) is true
    because no one else can erase behind its back. A backup may read it meanwhile. Its root key lies
    beside it (`root_of`); that of a store in memory in memory.
    """

    def __init__(
        self,
        path: Path | str,
        master_key: bytes,
        random: Callable[[int], bytes] = os.urandom,
        *,
        cached_tokens: int = 50_000,
        log_id: bytes = b"",
        create: bool = True,
        beside: bool = False,
    ) -> None:
        """Open the store at `path`, or create it; ":memory:" keeps it in memory.

        `beside`: another process has it open, and this one reads it alone. Whoever does so sees to
        it that nothing is erased meanwhile (`ownership.hold`), and calls `forget` before it may be.

        `log_id` is the log that it belongs to. With `create` False, a store that is not there,
        or is empty, is refused (KeyStoreError): without it, all that is sealed is lost.

        `cached_tokens` bounds how many tokens' keys, and how many tokens, are kept unwrapped in
        memory (a key takes 3 kB).
        Raises KeyStoreInUse, WrongMasterKey, or KeyStoreError for a format not known here.
        """
        if len(master_key) != MASTER_KEY_BYTES:
            raise ValueError(f"master_key: {MASTER_KEY_BYTES} bytes are needed")
        self._master_key = master_key
        self._cpr_key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_CPR_INFO).derive(
            master_key
        )
        self._external_key, self._made_key = (
            HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master_key)
            for info in (_EXTERNAL_INFO, _MADE_INFO)
        )
        self._random = random
        self._cached_tokens = cached_tokens
        # The caches are filled and emptied under the lock only, so that nothing loaded before
        # an erasure is put in after it. They are looked up without it.
        self._lock = threading.RLock()
        self._tokens: OrderedDict[tuple[UUID, DataClass], str] = OrderedDict()
        self._kinds: OrderedDict[UUID, SubjectKind] = OrderedDict()
        self._keys: OrderedDict[str, dict[int, ClassKey]] = OrderedDict()
        # Under the lock too, as is all that follows from them.
        self._makings: dict[bytes, Making] = {}
        self._claims_freed = threading.Condition(self._lock)
        self._kept: list[bytes] = []
        self._group: _Group | None = None
        self._joining = False
        self._filling = False
        # How many are about to write in a group; before the lock is theirs, so apart from it.
        self._arriving = 0
        self._counting = threading.Lock()
        try:
            self._database = read_beside(path) if beside else connect(path, exclusive=True)
        except BlockingIOError:
            raise KeyStoreInUse(
                f"{path}: the key store is open elsewhere; stop that server"
            ) from None
        root = (
            RootInMemory(random)
            if str(path) == MEMORY
            else RootFile(root_of(path), master_key, random, beside=beside)
        )
        self._wrapping = Wrapping(self._database, root, random)
        try:
            self._prepare(path, log_id, create, beside)
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it; forgets every unwrapped key."""
        with self._lock:
            self._forget_all()
            if self._kept or self._group is not None:
                with self._transaction():
                    pass
            self._database.close()

    def forget(self) -> None:
        """Forget every token and unwrapped key; they are read again when they are needed."""
        with self._lock:
            self._forget_all()
            self._wrapping.forget()

    @contextmanager
    def filling(self, cache_kib: int = _FILLING_CACHE_KIB) -> Iterator[None]:
        """Make what the block makes durable at its end alone, in one commit.

        For a store that is being made and that nobody else uses yet: when the block raises, or the
        machine goes down, nothing of it is there. Erased keys are in no file after the block.
        """
        with self._lock:
            self._database.execute(f"PRAGMA cache_size = -{cache_kib}")
            with self._transaction():
                self._joining = self._filling = True
                try:
                    yield
                except BaseException:
                    self._forget_all()
                    raise
                finally:
                    self._joining = self._filling = False
            self._database.fold()

    # -- what is made for an event

    @contextmanager
    def making(
        self,
        event_id: bytes,
        subjects: Iterable[UUID] = (),
        numbers: Iterable[Cpr] = (),
        external_ids: Iterable[str] = (),
    ) -> Iterator[Making]:
        """Take back what this thread makes in the block, if the block raises.

        `event_id` is that of the first event that needs it. Whoever registers subjects, links CPR
        numbers, or gives external ids, names them: nobody else makes anything for these at the same
        time, and nobody else knows them until the block has ended.
        """
        subjects, numbers, external_ids = list(subjects), list(numbers), list(external_ids)
        making = Making(event_id, threading.get_ident())
        with self._lock:
            while True:
                making.claims = self._claims_of(subjects, numbers)
                making.claims |= frozenset(map(self._external_lookup, external_ids))
                held = [
                    m
                    for m in self._makings.values()
                    if m.claims & making.claims or m.event_id == event_id
                ]
                if not held:
                    break
                if any(m.in_doubt for m in held):
                    raise KeyStoreError(
                        "the log has not said yet whether it has taken the last request about "
                        "this subject; try again"
                    )
                self._claims_freed.wait()
            self._makings[event_id] = making
        try:
            yield making
        except BaseException:
            with self._lock:
                try:
                    if not making.in_doubt and making.made():
                        self._take_back(making)
                except sqlite3.Error:
                    making.in_doubt = True
                finally:
                    self._end(making)
            raise
        else:
            with self._lock:
                self._keep_made(making)
                self._end(making)

    def made_for(self, event_id: bytes) -> None:
        """Return once nobody is at making anything for the event any more.

        Between the log's taking an event and the end of its making, the event can be read, and
        its subjects are known to nobody else yet.
        """
        with self._lock:
            while True:
                making = self._makings.get(event_id)
                if making is None or making.in_doubt or making.thread == threading.get_ident():
                    return
                self._claims_freed.wait()

    def wait_for(self, event_id: bytes) -> None:
        """Have what this thread makes wait for this event, in place of the one it began with.

        For a writer whose event ids follow from keys that are made only now. It is durable before
        this returns, and so before the event. Raises KeyStoreError while the log has not said
        whether it took another's event of this id.
        """
        with self._lock:
            making = self._mine()
            if making is None or not making.made() or making.event_id == event_id:
                return
            while (held := self._makings.get(event_id)) is not None:
                if held.in_doubt:
                    raise KeyStoreError(
                        "the log has not said yet whether it has taken the last request about "
                        "this subject; try again"
                    )
                self._claims_freed.wait()
            with self._transaction():
                self._database.execute(
                    "UPDATE provisional SET event_id = ? WHERE event_id = ?",
                    (event_id, making.event_id),
                )
            del self._makings[making.event_id]
            making.event_id = event_id
            self._makings[event_id] = making

    def settle(self, recorded: Callable[[bytes], bool]) -> None:
        """Keep or take back what is left of makings that nobody is at any more.

        `recorded` tells whether an event is in the log. To be called at a start, and when a log
        that could not be written can be written again.
        """
        with self._lock:
            rows = self._database.execute("SELECT DISTINCT event_id FROM provisional").fetchall()
            for (event_id,) in rows:
                making = self._makings.get(event_id)
                if event_id in self._kept or (making is not None and not making.in_doubt):
                    continue
                making = making or Making(event_id, 0, in_doubt=True)
                if recorded(event_id):
                    self._keep_made(making)
                else:
                    try:
                        self._take_back(making)
                    except ValueError:
                        raise KeyAltered(
                            "a note of the key store on what was made was altered; compare the "
                            "key store with a backup"
                        ) from None
                making.in_doubt = False
                self._end(making)

    def in_doubt(self) -> bool:
        """Tell whether anything waits for `settle`."""
        return any(making.in_doubt for making in list(self._makings.values()))

    def _claims_of(self, subjects: Iterable[UUID], numbers: Iterable[Cpr]) -> frozenset[bytes]:
        """Return what a making must have for itself: subjects, and look-ups both new and old."""
        ids = [subject.bytes for subject in subjects]
        old = self._many("SELECT lookup FROM cpr WHERE subject_id IN", ids)
        return frozenset([*ids, *map(self._cpr_lookup, numbers), *(row[0] for row in old)])

    def _mine(self) -> Making | None:
        thread = threading.get_ident()
        return next(
            (m for m in self._makings.values() if m.thread == thread and not m.in_doubt), None
        )

    def _others(self) -> list[Making]:
        """Return what is being made by others: it is not there for this thread."""
        if not self._makings:
            return []
        thread = threading.get_ident()
        return [m for m in self._makings.values() if m.thread != thread or m.in_doubt]

    def _is_hidden(self, subject_id: UUID, token: bytes = b"") -> bool:
        return any(subject_id in m.subjects or token in m.tokens for m in self._others())

    def _note(
        self, making: Making, what: str, id: bytes, period: int = 0, earlier: bytes | None = None
    ) -> None:
        self._database.execute(
            "INSERT INTO provisional VALUES (?, ?, ?, ?, ?)",
            (making.event_id, what, id, period, earlier),
        )

    def _keep_made(self, making: Making) -> None:
        """Let what was made stand; its notes go with the next commit, or at the next start."""
        if making.made() or making.in_doubt:
            self._kept.append(making.event_id)

    def _take_back(self, making: Making) -> None:
        with self._transaction():
            self._undo(making.event_id)
        # What can't be wiped now, because somebody reads the file, is wiped with the next folding.
        with suppress(sqlite3.OperationalError):
            self._database.fold()

    def _end(self, making: Making) -> None:
        if not making.in_doubt:
            self._makings.pop(making.event_id, None)
        self._claims_freed.notify_all()

    def _undo(self, event_id: bytes) -> None:
        rows = self._database.execute(
            "SELECT what, id, period, earlier FROM provisional WHERE event_id = ?"
            " ORDER BY rowid DESC",
            (event_id,),
        ).fetchall()
        for what, id, period, earlier in sorted(rows, key=lambda row: _MADE.index(row[0])):
            match what:
                case "link":
                    self._database.execute("DELETE FROM cpr WHERE subject_id = ?", (id,))
                    if earlier is not None:
                        self._database.execute("INSERT INTO cpr VALUES (?, ?)", (earlier, id))
                case "given":
                    self._database.execute("DELETE FROM external_id WHERE lookup = ?", (earlier,))
                case "released":
                    self._database.execute("INSERT INTO external_id VALUES (?, ?)", (earlier, id))
                case "key":
                    self._forget_key(token_text(id), period)
                case "token":
                    self._erase_token(token_text(id))
                case _:
                    for token in self._tokens_of(UUID(bytes=id)).values():
                        self._erase_token(token)
        self._database.execute("DELETE FROM provisional WHERE event_id = ?", (event_id,))

    def _forget_key(self, token: str, period: int) -> None:
        self._keys.pop(token, None)
        self._database.execute(
            "DELETE FROM class_key WHERE token = ? AND period = ?", (token_bytes(token), period)
        )

    # -- subjects, tokens and keys

    def register(self, subjects: Iterable[tuple[UUID, SubjectKind]]) -> None:
        """Give every subject a random token for each data class, in one durable commit.

        A subject that is known keeps the tokens it has; a class that was erased begins anew under
        a new token. Raises SubjectConflict when a subject is known as another kind.
        """
        with self._lock:
            making, new, begun = self._mine(), set(), set()
            with self._transaction():
                for subject_id, kind in subjects:
                    known = self.known(subject_id)
                    if known is None:
                        self._database.execute(
                            "INSERT INTO subject VALUES (?, ?)", (subject_id.bytes, kind)
                        )
                        new.add(subject_id)
                        if making is not None:
                            self._note(making, "subject", subject_id.bytes)
                    elif known is not kind:
                        raise SubjectConflict(
                            f"kind: a subject is registered as {known}, not {kind}"
                        )
                    held = self.tokens_of(subject_id) if known else {}
                    drawn = {c: self._random(TOKEN_BYTES) for c in DataClass if c not in held}
                    self._database.executemany(
                        "INSERT INTO token (subject_id, data_class, token, begun_anew) "
                        "VALUES (?, ?, ?, ?)",
                        [
                            (subject_id.bytes, data_class, token, known is not None)
                            for data_class, token in drawn.items()
                        ],
                    )
                    if known is not None and making is not None:
                        begun |= set(drawn.values())
                        for token in drawn.values():
                            self._note(making, "token", token)
            if making is not None:
                making.subjects |= new
                making.tokens |= begun

    def known(self, subject_id: UUID) -> SubjectKind | None:
        """Return what the subject is, or None if it is not registered (or is erased)."""
        found = self._kinds.get(subject_id)
        if found is not None:
            return found
        with self._lock:
            row = self._row("SELECT kind FROM subject WHERE subject_id = ?", subject_id.bytes)
            if row is None or self._is_hidden(subject_id):
                return None
            kind = SubjectKind(row[0])
            if not self._database.in_transaction and not self._makings:
                _remember(self._kinds, subject_id, kind, self._cached_tokens)
            return kind

    def token(self, subject_id: UUID, data_class: DataClass) -> str:
        """Return the text of the token that stands for this class of the subject.

        Raises UnknownSubject when there is none.
        """
        found = self._tokens.get((subject_id, data_class))
        if found is not None:
            return found
        with self._lock:
            row = self._row(
                "SELECT token FROM token WHERE subject_id = ? AND data_class = ?",
                subject_id.bytes,
                data_class,
            )
            if row is None or self._is_hidden(subject_id, row[0]):
                raise UnknownSubject(
                    f"subject: no token for the class {data_class}; register the subject first"
                )
            token = token_text(row[0])
            mine = self._mine()
            if mine is None or not (subject_id in mine.subjects or row[0] in mine.tokens):
                _remember(self._tokens, (subject_id, data_class), token, self._cached_tokens)
            return token

    def tokens(self, subjects: Sequence[UUID], data_class: DataClass) -> dict[UUID, str | None]:
        """Return the token of each subject's class, None where there is none; read together."""
        found = {s: self._tokens.get((s, data_class)) for s in subjects}
        absent = [subject for subject, token in found.items() if token is None]
        if absent:
            with self._lock:
                for subject_id, token in self._many(
                    "SELECT subject_id, token FROM token WHERE data_class = ? AND subject_id IN",
                    [subject.bytes for subject in absent],
                    data_class,
                ):
                    subject, text = UUID(bytes=subject_id), token_text(token)
                    if self._is_hidden(subject, token):
                        continue
                    found[subject] = text
                    _remember(self._tokens, (subject, data_class), text, self._cached_tokens)
        return found

    def households(self) -> list[UUID]:
        """Return every household that is registered, in the order of their ids."""
        with self._lock:
            rows = self._database.execute(
                "SELECT subject_id FROM subject WHERE kind = ? ORDER BY subject_id",
                (SubjectKind.HOUSEHOLD,),
            ).fetchall()
            listed = [UUID(bytes=subject_id) for (subject_id,) in rows]
            return [subject for subject in listed if not self._is_hidden(subject)]

    def subjects_of(self, tokens: Iterable[str]) -> dict[str, UUID]:
        """Return whom each token stands for; a token that was erased is left out."""
        return {
            token_text(token): UUID(bytes=subject_id)
            for token, subject_id in self._many(
                "SELECT token, subject_id FROM token WHERE token IN",
                [token_bytes(token) for token in dict.fromkeys(tokens)],
            )
        }

    def keys(self, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], ClassKey]:
        """Return the keys of tokens and periods, read together; erased ones are left out.

        Raises KeyAltered when a stored key does not unwrap.
        """
        found: dict[tuple[str, int], ClassKey] = {}
        absent: dict[str, None] = {}
        for token, period in wanted:
            key = self._keys.get(token, {}).get(period)
            if key is None:
                absent[token] = None
            else:
                found[token, period] = key
        if absent:
            with self._lock:
                for raw, period, wrapped, subject in self._many(
                    "SELECT token, period, wrapped, subject_id FROM class_key JOIN token"
                    " USING (token) WHERE token IN",
                    [token_bytes(token) for token in absent],
                ):
                    token = token_text(raw)
                    key = self._unwrapped(token, period, raw, wrapped, subject)
                    found[token, period] = key
                    self._keep(token, period, key)
        return found

    def begun_anew(self, subject_id: UUID, data_class: DataClass) -> bool:
        """Tell whether the class was erased once, and what it held then is not known any more."""
        row = self._row(
            "SELECT begun_anew FROM token WHERE subject_id = ? AND data_class = ?",
            subject_id.bytes,
            data_class,
        )
        return row is not None and bool(row[0])

    def tokens_of(self, subject_id: UUID) -> dict[DataClass, str]:
        """Return every token that the subject has, by class; empty when it is not registered."""
        with self._lock:
            return {
                data_class: token
                for data_class, token in self._tokens_of(subject_id).items()
                if not self._is_hidden(subject_id, token_bytes(token))
            }

    def _tokens_of(self, subject_id: UUID) -> dict[DataClass, str]:
        rows = self._database.execute(
            "SELECT data_class, token FROM token WHERE subject_id = ?", (subject_id.bytes,)
        ).fetchall()
        return {DataClass(data_class): token_text(token) for data_class, token in rows}

    def subject_of(self, token: str) -> tuple[UUID, DataClass] | None:
        """Return whom, and which class, a token stands for, or None once it is erased."""
        row = self._row(
            "SELECT subject_id, data_class FROM token WHERE token = ?", token_bytes(token)
        )
        return None if row is None else (UUID(bytes=row[0]), DataClass(row[1]))

    def key(self, token: str, period: int) -> ClassKey | None:
        """Return the key that opens payloads of a token and period, or None: erased, or never was.

        Raises WrongMasterKey when the stored key does not unwrap.
        """
        periods = self._keys.get(token)
        if periods is not None:
            found = periods.get(period)
            if found is not None:
                return found
        with self._lock:
            raw = token_bytes(token)
            row = self._row(
                "SELECT wrapped, subject_id FROM class_key JOIN token USING (token)"
                " WHERE token = ? AND period = ?",
                raw,
                period,
            )
            if row is None:
                return None
            key = self._unwrapped(token, period, raw, *row)
            self._keep(token, period, key)
            return key

    def _unwrapped(
        self, token: str, period: int, raw: bytes, wrapped: bytes, subject: bytes
    ) -> ClassKey:
        if len(subject) != SUBJECT_BYTES:
            raise KeyAltered(
                "a token of the key store is no subject's; compare the key store with a backup"
            )
        return ClassKey(token, period, self._wrapping.unwrap(raw, wrapped), subject)

    def keys_of(self, token: str) -> list[ClassKey]:
        """Return every key that a token still has, one for each retention period.

        Raises KeyAltered when a stored key does not unwrap.
        """
        with self._lock:
            rows = self._database.execute(
                "SELECT period FROM class_key WHERE token = ? ORDER BY period",
                (token_bytes(token),),
            ).fetchall()
            held = (self.key(token, period) for (period,) in rows)
            return [key for key in held if key is not None]

    def _keep(self, token: str, period: int, key: ClassKey) -> None:
        held = self._keys.get(token)
        if held is None:
            _remember(self._keys, token, {period: key}, self._cached_tokens)
        else:
            held[period] = key

    def provide(
        self,
        subjects: Sequence[tuple[UUID, SubjectKind]],
        numbers: Mapping[UUID, Cpr],
        wanted: Iterable[tuple[UUID, DataClass]],
        period: int,
        given: Mapping[str, UUID] = MappingProxyType({}),
        released: Iterable[str] = (),
    ) -> list[ClassKey]:
        """Register subjects, link numbers and return the keys to seal with, in one commit.

        `given` are external ids and whom each names from now on; those `released` name nobody any
        more. To be called in a `making`. Threads that do so at the same time share the commit.
        Raises what `register`, `link_cpr`, `give` and `sealing_keys` do; nothing of it is there
        then.
        """
        if not (subjects or numbers or given or released):
            return self.sealing_keys(wanted, period)
        with self._counting:
            self._arriving += 1
        try:
            with self._lock:
                group = self._open_group()
                with self._part_of_group():
                    if subjects:
                        self.register(subjects)
                    for person, number in numbers.items():
                        self.link_cpr(person, number)
                    for external_id in released:
                        self.release(external_id)
                    for external_id, subject in given.items():
                        self.give(external_id, subject)
                    tokens = self._with_keys(wanted, period)
                group.size += 1
        finally:
            # The last to write commits for all; each of them has to be the last, or come to wait.
            with self._counting:
                self._arriving -= 1
                last = not self._arriving
            with self._lock:
                if self._group is not None and (last or self._group.size >= _LARGEST_GROUP):
                    with suppress(sqlite3.Error):  # whom it concerns is told below
                        self._commit_group()
        group.ended.wait()
        if group.error is not None:
            raise group.error
        with self._lock:
            return self._keys_just_made(tokens, period)

    def _open_group(self) -> _Group:
        if self._group is None:
            self._database.execute("BEGIN IMMEDIATE")
            self._group = _Group(self._kept)
            self._kept = []
            self._forget_notes(self._group.kept)
        return self._group

    @contextmanager
    def _part_of_group(self) -> Iterator[None]:
        """Write in the open group what the block writes, or nothing of it when it raises."""
        self._database.execute("SAVEPOINT part")
        self._joining = True
        try:
            yield
        except BaseException as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK TO part")
                self._database.execute("RELEASE part")
            elif isinstance(error, sqlite3.Error):
                self._end_group(error)  # SQLite has rolled back all of it, as for a full disk
            raise
        else:
            self._database.execute("RELEASE part")
        finally:
            self._joining = False

    def _commit_group(self) -> None:
        """Make durable what is written together; raises sqlite3.Error for all when it can't be."""
        try:
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            self._end_group(error)
            raise
        self._end_group(None)
        self._database.fold_if_large()

    def _end_group(self, error: sqlite3.Error | None) -> None:
        group, self._group = self._group, None
        assert group is not None  # asked under the lock by who has it open
        if error is not None:
            self._kept = [*group.kept, *self._kept]
            # What was read before the commit may not be there now.
            self._forget_all()
        group.error = error
        group.ended.set()

    def _forget_all(self) -> None:
        """Empty the caches."""
        self._tokens.clear()
        self._kinds.clear()
        self._keys.clear()

    def _forget_notes(self, of: Iterable[bytes]) -> None:
        for event_id in of:
            self._database.execute("DELETE FROM provisional WHERE event_id = ?", (event_id,))

    def sealing_key(self, subject_id: UUID, data_class: DataClass, period: int) -> ClassKey:
        """Return the key to seal with, as `sealing_keys` does for many."""
        return self.sealing_keys([(subject_id, data_class)], period)[0]

    def sealing_keys(self, wanted: Iterable[tuple[UUID, DataClass]], period: int) -> list[ClassKey]:
        """Return the keys to seal with in a period, in the order asked for.

        Missing ones are made in one commit, which is durable before this returns, and so before
        any event that uses them. Raises UnknownSubject when a subject has no token for the
        class, KeyErased when the period is erased already.
        """
        with self._lock:
            tokens = self._with_keys(wanted, period)
            return self._keys_just_made(tokens, period)

    def _with_keys(self, wanted: Iterable[tuple[UUID, DataClass]], period: int) -> list[str]:
        """See to it that there are keys to seal with, and return their tokens.

        No key that was made here is kept in memory before its commit, unless all of the store is
        being made.
        """
        check_period(period)
        with self._lock:
            wanted = list(wanted)
            # Of many facts most are of few classes, whose tokens are not all at hand yet.
            held = {each: self.token(*each) for each in dict.fromkeys(wanted)}
            tokens = [held[each] for each in wanted]
            missing = self._without_key(tokens, period)
            # What another makes and this thread seals with too is not taken back any more.
            shared = [(m, m.keys & {(t, period) for t in tokens}) for m in self._others()]
            if missing or any(keys for _, keys in shared):
                mine = self._mine()
                noted = set() if mine is None else {(token, period) for token in missing}
                with self._transaction():
                    for token in missing:
                        key = self._make_key(token, period)
                        if self._filling:
                            self._keep(token, period, key)
                        if mine is not None:
                            self._note(mine, "key", token_bytes(token), period)
                    for _, keys in shared:
                        for token, _ in keys:
                            self._database.execute(
                                "DELETE FROM provisional WHERE what = 'key' AND id = ?"
                                " AND period = ?",
                                (token_bytes(token), period),
                            )
                for making, keys in shared:
                    making.keys -= keys
                if mine is not None:
                    mine.keys |= noted
            return tokens

    def _without_key(self, tokens: Iterable[str], period: int) -> list[str]:
        """Return those of the tokens, each once, that have no key of a period yet."""
        unknown = [t for t in dict.fromkeys(tokens) if period not in self._keys.get(t, ())]
        found = self._many(
            "SELECT token FROM class_key WHERE period = ? AND token IN",
            [token_bytes(token) for token in unknown],
            period,
        )
        held = {token_text(raw) for (raw,) in found}
        return [token for token in unknown if token not in held]

    def link_cpr(self, subject_id: UUID, cpr: Cpr) -> None:
        """Make the person findable by CPR number, in place of any number linked before.

        The number itself is not stored, only its keyed hash. Raises UnknownSubject when the
        person has no token for the class identity, SubjectConflict when the subject is a
        household or the number is linked to another person.
        """
        lookup = self._cpr_lookup(cpr)
        with self._lock:
            making = self._mine()
            with self._transaction():
                self.token(subject_id, DataClass.IDENTITY)
                if self.known(subject_id) is not SubjectKind.PERSON:
                    raise SubjectConflict("cpr: only a person has a CPR number")
                if self.find_by_cpr(cpr) not in (None, subject_id):
                    raise NumberTaken("cpr: the number is linked to another person")
                earlier = self._row("SELECT lookup FROM cpr WHERE subject_id = ?", subject_id.bytes)
                if earlier == (lookup,):
                    return
                self._database.execute("DELETE FROM cpr WHERE subject_id = ?", (subject_id.bytes,))
                self._database.execute("INSERT INTO cpr VALUES (?, ?)", (lookup, subject_id.bytes))
                if making is not None:
                    self._note(
                        making, "link", subject_id.bytes, 0, None if earlier is None else earlier[0]
                    )
            if making is not None:
                making.links.add(lookup)

    def find_by_cpr(self, cpr: Cpr) -> UUID | None:
        """Return the person that the CPR number is linked to, or None."""
        lookup = self._cpr_lookup(cpr)
        with self._lock:
            row = self._row("SELECT subject_id FROM cpr WHERE lookup = ?", lookup)
            if row is None or any(lookup in making.links for making in self._others()):
                return None
        return UUID(bytes=row[0])

    def give(self, external_id: str, subject_id: UUID) -> None:
        """Make a person or household findable by an id of the caller's system.

        The id itself is not stored, only its keyed hash. Raises UnknownSubject when the subject has
        no token for the class identity, ExternalIdTaken when the id is given already.
        """
        lookup = self._external_lookup(external_id)
        with self._lock:
            making = self._mine()
            with self._transaction():
                self.token(subject_id, DataClass.IDENTITY)
                owner = self._row("SELECT subject_id FROM external_id WHERE lookup = ?", lookup)
                if owner is not None:
                    raise ExternalIdTaken("external_id: is given already")
                self._database.execute(
                    "INSERT INTO external_id VALUES (?, ?)", (lookup, subject_id.bytes)
                )
                if making is not None:
                    self._note(making, "given", subject_id.bytes, 0, lookup)
            if making is not None:
                making.links.add(lookup)

    def release(self, external_id: str) -> None:
        """Let an external id name nobody any more; one that names nobody is left so."""
        lookup = self._external_lookup(external_id)
        with self._lock:
            making = self._mine()
            owner = self._row("SELECT subject_id FROM external_id WHERE lookup = ?", lookup)
            if owner is None:
                return
            with self._transaction():
                self._database.execute("DELETE FROM external_id WHERE lookup = ?", (lookup,))
                if making is not None:
                    self._note(making, "released", owner[0], 0, lookup)
            if making is not None:
                making.links.add(lookup)

    def find_by_external_id(self, external_id: str) -> UUID | None:
        """Return the person or household that an id of the caller's system names, or None."""
        lookup = self._external_lookup(external_id)
        with self._lock:
            row = self._row("SELECT subject_id FROM external_id WHERE lookup = ?", lookup)
            if row is None or any(lookup in making.links for making in self._others()):
                return None
        return UUID(bytes=row[0])

    def subject_for(self, external_id: str, request: bytes) -> UUID:
        """Return the UUID of a subject that a request registers under an external id.

        The same request gets the same one, so that its repeat says the same; another gets another.
        """
        made = hmac.digest(self._made_key, request + external_id.encode("ascii"), "sha256")
        return UUID(bytes=made[:16], version=4)

    def held(self, tokens: Iterable[str]) -> list[str]:
        """Return those of the tokens that the store still knows, or has keys for."""
        found = []
        for token in tokens:
            raw = token_bytes(token)
            if self._row(
                "SELECT 1 FROM token WHERE token = ? UNION ALL "
                "SELECT 1 FROM class_key WHERE token = ? LIMIT 1",
                raw,
                raw,
            ):
                found.append(token)
        return found

    def last_sealed(self) -> list[LastSealed]:
        """Return when something was last sealed of each class, subject by subject."""
        with self._lock:
            return [
                row
                for row in self._database.execute(_LAST_SEALED).fetchall()
                if not self._is_hidden(UUID(bytes=row[0]), row[2])
            ]

    def last_periods(self, tokens: Iterable[bytes]) -> dict[bytes, int]:
        """Return the last period that each token has a key of; those without one are left out."""
        found: dict[bytes, int] = {}
        for token, period in self._many(
            "SELECT token, period FROM class_key WHERE token IN", list(tokens)
        ):
            found[token] = max(period, found.get(token, 0))
        return found

    # -- whether the tables fit together

    def rows_of(self, tokens: Iterable[bytes]) -> dict[bytes, TokenRow]:
        """Return what each token that the store has stands for."""
        found = self._many(
            "SELECT token, subject_id, data_class, kind, erased_through FROM token"
            " LEFT JOIN subject USING (subject_id) WHERE token IN",
            list(dict.fromkeys(tokens)),
        )
        return {
            token: TokenRow(
                subject, _word(DataClass, data_class), _word(SubjectKind, kind), erased_through
            )
            for token, subject, data_class, kind, erased_through in found
        }

    def row_number(self, token: bytes) -> int:
        """Return the place of a token's row in the order of its table's primary key, from 1."""
        row = self._row(
            "SELECT count(*) FROM token AS before JOIN token AS this ON this.token = ? AND"
            " (before.subject_id, before.data_class) <= (this.subject_id, this.data_class)",
            token,
        )
        return 0 if row is None else int(row[0])

    def unsound(self) -> Iterator[tuple[str, str, int]]:
        """Yield rows that fit to none of another table, and keys that do not unwrap.

        Each as `row-stray` or `key-altered`, its table, and its number in the order of the primary
        key, from 1. The store may be used meanwhile.
        """
        for table, key, stray in _STRAY:
            for (number,) in self._all(
                f"SELECT number FROM (SELECT *, row_number() OVER (ORDER BY {key}) AS number"
                f" FROM {table}) AS this WHERE {stray}"
            ):
                yield "row-stray", table, number
        after: tuple[bytes, int] = (b"", 0)
        before = 0
        while rows := self._class_keys(after):
            for number, (token, _, wrapped) in enumerate(rows, before + 1):
                try:
                    self._wrapping.unwrap(token, wrapped)
                except KeyAltered:
                    yield "key-altered", "class_key", number
            before += len(rows)
            after = rows[-1][:2]

    def _class_keys(self, after: tuple[bytes, int]) -> list[tuple[bytes, int, bytes]]:
        with self._lock:
            return self._database.execute(
                "SELECT token, period, wrapped FROM class_key WHERE (token, period) > (?, ?)"
                " ORDER BY token, period LIMIT ?",
                (*after, _AT_ONCE),
            ).fetchall()

    def _all(self, statement: str) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(statement).fetchall()

    # -- erasing

    def erase_tokens(self, tokens: Iterable[str]) -> None:
        """Erase tokens with all their keys, so that no byte of them is left in any file.

        With the token of the class identity go the look-ups by CPR number and external id; with a
        subject's last token goes the subject. Tokens erased before are passed over, and the wiping
        is done again, so an interrupted erasure is completed by the same call.
        """
        tokens = list(tokens)
        with self._lock:
            with self._destroying(tokens):
                for token in tokens:
                    self._erase_token(token)
            if not self._filling:
                self._database.fold()

    def erase_periods(self, tokens: Iterable[str], through: int) -> None:
        """Erase the keys of all periods up to and including `through`; the tokens stay.

        For a retention that has run out. No key is made for those periods again.
        """
        check_period(through)
        tokens = list(tokens)
        with self._lock:
            with self._destroying(tokens, through):
                for token in tokens:
                    self._keys.pop(token, None)
                    raw = token_bytes(token)
                    self._database.execute(
                        "DELETE FROM class_key WHERE token = ? AND period <= ?", (raw, through)
                    )
                    self._database.execute(
                        "UPDATE token SET erased_through = max(erased_through, ?) WHERE token = ?",
                        (through, raw),
                    )
            self._database.fold()

    @contextmanager
    def _destroying(self, tokens: Sequence[str], through: int = MAX_PERIOD) -> Iterator[None]:
        """Delete in the block keys of tokens, so that no copy of the file opens them either.

        What was not deleted by an erasure that failed after its commit is destroyed first. A store
        that is being made has no copies yet, nor a root of which some could be opened.
        """
        if self._filling:
            with self._transaction():
                yield
            return
        self._wrapping.settle()
        raw = self._many(
            "SELECT DISTINCT token FROM class_key WHERE period <= ? AND token IN",
            [token_bytes(token) for token in tokens],
            through,
        )
        buckets = {bucket_of(token) for (token,) in raw}
        renewal = self._wrapping.renew(buckets) if buckets else None
        with self._transaction():
            yield
            if renewal is not None:
                self._wrapping.rewrap(renewal)
        if renewal is not None:
            self._wrapping.take(renewal)

    def _prepare(self, path: Path | str, log_id: bytes, create: bool, beside: bool) -> None:
        (found,) = self._database.execute("PRAGMA user_version").fetchone()
        if found == 0 and not create:
            raise KeyStoreError(
                f"{path}: the key store is missing or empty; restore it, for without it nothing "
                "that is sealed in the log can be read"
            )
        if found == 0:
            with self._transaction():
                for statement in _SCHEMA:
                    self._database.execute(statement)
                check = aes_key_wrap(self._master_key, self._random(KEY_BYTES))
                self._database.execute("INSERT INTO master_check VALUES (?)", (check,))
                if log_id:
                    self._database.execute("INSERT INTO belongs_to VALUES (?)", (log_id,))
                self._wrapping.begin()
                self._database.execute(f"PRAGMA user_version = {_FORMAT}")
        elif found != _FORMAT:
            raise KeyStoreError(f"{path}: format {found} of the key store is not known here")
        checks = self._database.execute("SELECT wrapped FROM master_check").fetchall()
        if len(checks) != 1:
            raise KeyAltered(f"{path}: the key store was altered; compare it with a backup")
        self._check_master_key(checks[0][0])
        owners = self._database.execute("SELECT log_id FROM belongs_to").fetchall()
        if log_id and owners != [(log_id,)]:
            raise KeyStoreError(f"{path}: the key store belongs to another log, or to none")
        self._wrapping.open()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Commit what the block writes; as a part of a group, with that."""
        with self._lock:
            if self._joining:
                yield
                return
            if self._group is not None:
                self._commit_group()
            with transaction(self._database):
                self._forget_notes(self._kept)
                yield
            self._kept.clear()

    def _row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        with self._lock:
            row: tuple[Any, ...] | None = self._database.execute(statement, values).fetchone()
        return row

    def _many(
        self, statement: str, values: Sequence[bytes], *before: object
    ) -> Iterator[tuple[Any, ...]]:
        """Run `statement ... IN` over the values, some hundreds at a time."""
        for start in range(0, len(values), _AT_ONCE):
            some = values[start : start + _AT_ONCE]
            places = ", ".join("?" * len(some))
            with self._lock:
                rows = self._database.execute(
                    f"{statement} ({places})", (*before, *some)
                ).fetchall()
            yield from rows

    def _make_key(self, token: str, period: int) -> ClassKey:
        raw = token_bytes(token)
        row = self._row("SELECT erased_through, subject_id FROM token WHERE token = ?", raw)
        if row is None or row[0] >= period:
            raise KeyErased(f"the period {period} of this token is erased; nothing is sealed in it")
        secret = self._random(KEY_BYTES)
        wrapped = self._wrapping.wrap(raw, secret)
        self._database.execute("INSERT INTO class_key VALUES (?, ?, ?)", (raw, period, wrapped))
        return ClassKey(token, period, secret, row[1])

    def _keys_just_made(self, tokens: Sequence[str], period: int) -> list[ClassKey]:
        """Return the key of each; of many facts most are of few classes."""
        made = {token: self._key_just_made(token, period) for token in dict.fromkeys(tokens)}
        return [made[token] for token in tokens]

    def _key_just_made(self, token: str, period: int) -> ClassKey:
        key = self.key(token, period)
        if key is None:
            raise KeyErased(f"the key of the period {period} is gone")
        return key

    def _check_master_key(self, wrapped: bytes) -> None:
        try:
            aes_key_unwrap(self._master_key, wrapped)
        except InvalidUnwrap:
            raise WrongMasterKey(
                "the master key does not unwrap this key store; use the one it was made with"
            ) from None

    def _cpr_lookup(self, cpr: Cpr) -> bytes:
        return hmac.digest(self._cpr_key, cpr.number.encode("ascii"), "sha256")

    def _external_lookup(self, external_id: str) -> bytes:
        return hmac.digest(self._external_key, external_id.encode(), "sha256")

    def _erase_token(self, token: str) -> None:
        subject = self.subject_of(token)
        self._keys.pop(token, None)
        raw = token_bytes(token)
        self._database.execute("DELETE FROM class_key WHERE token = ?", (raw,))
        self._database.execute("DELETE FROM provisional WHERE id = ?", (raw,))
        if subject is None:
            return
        subject_id, data_class = subject
        self._tokens.pop(subject, None)
        self._database.execute("DELETE FROM token WHERE token = ?", (raw,))
        if data_class is DataClass.IDENTITY:
            for table in ("cpr", "external_id"):
                self._database.execute(
                    f"DELETE FROM {table} WHERE subject_id = ?",
                    (subject_id.bytes,),
                )
            self._database.execute("DELETE FROM provisional WHERE id = ?", (subject_id.bytes,))
        if not self._tokens_of(subject_id):
            self._database.execute("DELETE FROM subject WHERE subject_id = ?", (subject_id.bytes,))
            self._kinds.pop(subject_id, None)


def _word(words: type[_W], text: object) -> _W | None:
    return next((word for word in words if word.value == text), None)


def _remember(cache: OrderedDict[_K, _V], name: _K, value: _V, bound: int) -> None:
    """Put a value in a cache, in place of the one put in first when the cache is full."""
    if len(cache) >= bound:
        # A plain dict would look for its first entry among all the places of those taken out.
        cache.popitem(last=False)
    cache[name] = value
