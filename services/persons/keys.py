"""The key store: which subject a token stands for, and the keys that open its payloads.

It is apart from the log, so that deleting a key here erases what the log still holds. The order
is the caller's: an event "erasure begun" that names the tokens, `erase_tokens`, an event "erasure
done". A start that finds the first without the second calls `erase_tokens` again.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from domain.cpr import Cpr
from domain.data_classes import DataClass, SubjectKind
from services.persons.database import connect, transaction
from services.persons.master_key import MASTER_KEY_BYTES
from services.persons.sealing import KEY_BYTES, ClassKey, KeyErased, check_period
from services.persons.tokens import TOKEN_BYTES, token_bytes, token_text

_K = TypeVar("_K")
_V = TypeVar("_V")
_FORMAT = 1
_CPR_INFO = b"husret cpr"
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
    """CREATE TABLE class_key (
        token BLOB NOT NULL, period INTEGER NOT NULL, wrapped BLOB NOT NULL,
        PRIMARY KEY (token, period)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cpr (
        lookup BLOB PRIMARY KEY, subject_id BLOB NOT NULL UNIQUE) STRICT, WITHOUT ROWID""",
)


_AT_ONCE = 500
"""Most values of one look-up of many."""


class KeyStoreError(Exception):
    """The key store can't be opened or asked as it was."""


class KeyStoreInUse(KeyStoreError):
    """Another server, or another KeyStore of this one, has the file open."""


class WrongMasterKey(KeyStoreError):
    """The master key is not the one that wrapped the keys in this file."""


class UnknownSubject(KeyStoreError):
    """The subject is not registered, or the class asked for is erased and not begun anew."""


class SubjectConflict(KeyStoreError):
    """The subject is registered as another kind, or the CPR number belongs to another subject."""


class KeyStore:
    """Tokens and keys in one SQLite file, for the many threads of one server.

    The file is held exclusively while open: what is cached here (tokens, unwrapped keys) is true
    because no one else can erase behind its back.
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
    ) -> None:
        """Open the store at `path`, or create it; ":memory:" keeps it in memory.

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
        self._random = random
        self._cached_tokens = cached_tokens
        # Both caches are filled and emptied under the lock only, so that nothing loaded before
        # an erasure is put in after it. They are looked up without it.
        self._lock = threading.RLock()
        self._tokens: dict[tuple[UUID, DataClass], str] = {}
        self._kinds: dict[UUID, SubjectKind] = {}
        self._keys: dict[str, dict[int, ClassKey]] = {}
        try:
            self._database = connect(path, exclusive=True)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise KeyStoreInUse(
                    f"{path}: the key store is open elsewhere; stop that server"
                ) from None
            raise
        try:
            self._prepare(path, log_id, create)
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it; forgets every unwrapped key."""
        with self._lock:
            self._tokens.clear()
            self._kinds.clear()
            self._keys.clear()
            self._database.close()

    def register(self, subjects: Iterable[tuple[UUID, SubjectKind]]) -> None:
        """Give every subject a random token for each data class, in one durable commit.

        A subject that is known keeps the tokens it has; a class that was erased begins anew under
        a new token. Raises SubjectConflict when a subject is known as another kind.
        """
        with self._transaction():
            for subject_id, kind in subjects:
                known = self.known(subject_id)
                if known is None:
                    self._database.execute(
                        "INSERT INTO subject VALUES (?, ?)", (subject_id.bytes, kind)
                    )
                elif known is not kind:
                    raise SubjectConflict(f"kind: a subject is registered as {known}, not {kind}")
                held = self.tokens_of(subject_id) if known else {}
                self._database.executemany(
                    "INSERT INTO token (subject_id, data_class, token, begun_anew) "
                    "VALUES (?, ?, ?, ?)",
                    [
                        (subject_id.bytes, data_class, self._random(TOKEN_BYTES), known is not None)
                        for data_class in DataClass
                        if data_class not in held
                    ],
                )

    def known(self, subject_id: UUID) -> SubjectKind | None:
        """Return what the subject is, or None if it is not registered (or is erased)."""
        found = self._kinds.get(subject_id)
        if found is not None:
            return found
        with self._lock:
            row = self._row("SELECT kind FROM subject WHERE subject_id = ?", subject_id.bytes)
            if row is None:
                return None
            kind = SubjectKind(row[0])
            if not self._database.in_transaction:
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
            if row is None:
                raise UnknownSubject(
                    f"subject: no token for the class {data_class}; register the subject first"
                )
            token = token_text(row[0])
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
        return [UUID(bytes=subject_id) for (subject_id,) in rows]

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

        Raises WrongMasterKey when a stored key does not unwrap.
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
                for raw, period, wrapped in self._many(
                    "SELECT token, period, wrapped FROM class_key WHERE token IN",
                    [token_bytes(token) for token in absent],
                ):
                    token = token_text(raw)
                    key = ClassKey(token, period, self._unwrap(wrapped))
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
            row = self._row(
                "SELECT wrapped FROM class_key WHERE token = ? AND period = ?",
                token_bytes(token),
                period,
            )
            if row is None:
                return None
            key = ClassKey(token, period, self._unwrap(row[0]))
            self._keep(token, period, key)
            return key

    def _keep(self, token: str, period: int, key: ClassKey) -> None:
        held = self._keys.get(token)
        if held is None:
            _remember(self._keys, token, {period: key}, self._cached_tokens)
        else:
            held[period] = key

    def sealing_key(self, subject_id: UUID, data_class: DataClass, period: int) -> ClassKey:
        """Return the key to seal with, as `sealing_keys` does for many."""
        token = self._tokens.get((subject_id, data_class))
        if token is not None:
            key = self._keys.get(token, {}).get(period)
            if key is not None:
                return key
        return self.sealing_keys([(subject_id, data_class)], period)[0]

    def sealing_keys(self, wanted: Iterable[tuple[UUID, DataClass]], period: int) -> list[ClassKey]:
        """Return the keys to seal with in a period, in the order asked for.

        Missing ones are made in one commit, which is durable before this returns, and so before
        any event that uses them. Raises UnknownSubject when a subject has no token for the
        class, KeyErased when the period is erased already.
        """
        check_period(period)
        with self._lock:
            tokens = [self.token(subject_id, data_class) for subject_id, data_class in wanted]
            missing = [token for token in dict.fromkeys(tokens) if self.key(token, period) is None]
            if missing:
                with self._transaction():
                    for token in missing:
                        self._make_key(token, period)
            return [self._key_just_made(token, period) for token in tokens]

    def link_cpr(self, subject_id: UUID, cpr: Cpr) -> None:
        """Make the person findable by CPR number, in place of any number linked before.

        The number itself is not stored, only its keyed hash. Raises UnknownSubject when the
        person has no token for the class identity, SubjectConflict when the subject is a
        household or the number is linked to another person.
        """
        lookup = self._cpr_lookup(cpr)
        with self._transaction():
            self.token(subject_id, DataClass.IDENTITY)
            if self.known(subject_id) is not SubjectKind.PERSON:
                raise SubjectConflict("cpr: only a person has a CPR number")
            if self.find_by_cpr(cpr) not in (None, subject_id):
                raise SubjectConflict("cpr: the number is linked to another person")
            self._database.execute("DELETE FROM cpr WHERE subject_id = ?", (subject_id.bytes,))
            self._database.execute("INSERT INTO cpr VALUES (?, ?)", (lookup, subject_id.bytes))

    def find_by_cpr(self, cpr: Cpr) -> UUID | None:
        """Return the person that the CPR number is linked to, or None."""
        row = self._row("SELECT subject_id FROM cpr WHERE lookup = ?", self._cpr_lookup(cpr))
        return None if row is None else UUID(bytes=row[0])

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

    def erase_tokens(self, tokens: Iterable[str]) -> None:
        """Erase tokens with all their keys, so that no byte of them is left in any file.

        With the token of the class identity goes the CPR look-up; with a subject's last token
        goes the subject. Tokens erased before are passed over, and the wiping is done again, so
        an interrupted erasure is completed by the same call.
        """
        with self._lock:
            with self._transaction():
                for token in tokens:
                    self._erase_token(token)
            self._database.fold()

    def erase_periods(self, tokens: Iterable[str], through: int) -> None:
        """Erase the keys of all periods up to and including `through`; the tokens stay.

        For a retention that has run out. No key is made for those periods again.
        """
        check_period(through)
        with self._lock:
            with self._transaction():
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

    def _prepare(self, path: Path | str, log_id: bytes, create: bool) -> None:
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
                self._database.execute(f"PRAGMA user_version = {_FORMAT}")
        elif found != _FORMAT:
            raise KeyStoreError(f"{path}: format {found} of the key store is not known here")
        for (wrapped,) in self._database.execute("SELECT wrapped FROM master_check"):
            self._unwrap(wrapped)
        for (belongs_to,) in self._database.execute("SELECT log_id FROM belongs_to"):
            if log_id and belongs_to != log_id:
                raise KeyStoreError(f"{path}: the key store belongs to another log")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, transaction(self._database):
            yield

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

    def _make_key(self, token: str, period: int) -> None:
        raw = token_bytes(token)
        row = self._row("SELECT erased_through FROM token WHERE token = ?", raw)
        if row is None or row[0] >= period:
            raise KeyErased(f"the period {period} of this token is erased; nothing is sealed in it")
        wrapped = aes_key_wrap(self._master_key, self._random(KEY_BYTES))
        self._database.execute("INSERT INTO class_key VALUES (?, ?, ?)", (raw, period, wrapped))

    def _key_just_made(self, token: str, period: int) -> ClassKey:
        key = self.key(token, period)
        if key is None:
            raise KeyErased(f"the key of the period {period} is gone")
        return key

    def _unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._master_key, wrapped)
        except InvalidUnwrap:
            raise WrongMasterKey(
                "the master key does not unwrap this key store; use the one it was made with"
            ) from None

    def _cpr_lookup(self, cpr: Cpr) -> bytes:
        return hmac.digest(self._cpr_key, cpr.number.encode("ascii"), "sha256")

    def _erase_token(self, token: str) -> None:
        subject = self.subject_of(token)
        self._keys.pop(token, None)
        raw = token_bytes(token)
        self._database.execute("DELETE FROM class_key WHERE token = ?", (raw,))
        if subject is None:
            return
        subject_id, data_class = subject
        self._tokens.pop(subject, None)
        self._database.execute("DELETE FROM token WHERE token = ?", (raw,))
        if data_class is DataClass.IDENTITY:
            self._database.execute("DELETE FROM cpr WHERE subject_id = ?", (subject_id.bytes,))
        if not self.tokens_of(subject_id):
            self._database.execute("DELETE FROM subject WHERE subject_id = ?", (subject_id.bytes,))
            self._kinds.pop(subject_id, None)


def _remember(cache: dict[_K, _V], name: _K, value: _V, bound: int) -> None:
    """Put a value in a cache, in place of the one put in first when the cache is full."""
    if len(cache) >= bound:
        del cache[next(iter(cache))]
    cache[name] = value
