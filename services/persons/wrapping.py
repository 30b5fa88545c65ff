"""The keys above the class keys: bucket keys, and the root key, which lies outside the database.

A class key is wrapped under the key of its bucket, the bucket keys are sealed under the root key,
and the root key lies wrapped under the master key in a file of its own. What is erased gets its
bucket a new key and the store a new root, and the old root is destroyed. So no copy of the database
that is made before (a backup of the file alone, a write-ahead log, a replica) opens it again, nor
anything else: without the root of its time such a copy holds no key.

A root has a number, its generation, which stands in the database too. The file has room for two
roots: the new one is made durable beside the old one, then one transaction erases and names the new
generation, then the old one is overwritten with zeros. Whatever comes between, the generation in
the database tells which of the two counts: `RootFile.settle`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from services import files
from services.persons.database import Database

KEY_BYTES = 32
BUCKETS = 1_024
"""The first ten bits of a token are its bucket's number: a bucket's rows lie side by side."""

SCHEMA = (
    "CREATE TABLE bucket_keys (generation INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
    """CREATE TABLE class_key (
        token BLOB NOT NULL, period INTEGER NOT NULL, wrapped BLOB NOT NULL,
        PRIMARY KEY (token, period)) STRICT, WITHOUT ROWID""",
)
_NONCE_BYTES = 12
_SEALED_FOR = b"husret bucket keys"

Random = Callable[[int], bytes]


class KeyStoreError(Exception):
    """The key store can't be opened or asked as it was."""


class WrongMasterKey(KeyStoreError):
    """The master key is not the one that wrapped the keys in this file."""


class KeyAltered(KeyStoreError):
    """A key is not as it was written: the key store, or its root, was altered where it is kept."""


class Root(Protocol):
    """Where the root key is kept."""

    def make(self, generation: int) -> bytes:
        """Draw a root key and keep it durably beside the one there is.

        Raises sqlite3.OperationalError when it can't be written, KeyStoreError where the first
        one of a store is to be made and there is one.
        """

    def settle(self, generation: int) -> bytes:
        """Return the root key of a generation, and destroy every other.

        Raises KeyStoreError when it is not there, sqlite3.OperationalError when another can't be
        destroyed now.
        """


class RootInMemory:
    """The root key of a store in memory: it goes with it."""

    def __init__(self, random: Random) -> None:
        """Keep no root yet."""
        self._random = random
        self._roots: dict[int, bytes] = {}

    def make(self, generation: int) -> bytes:
        """Draw a root key beside the one there is."""
        self._roots[generation] = self._random(KEY_BYTES)
        return self._roots[generation]

    def settle(self, generation: int) -> bytes:
        """Return the root key of a generation, and drop every other."""
        self._roots = {generation: self._roots[generation]}
        return self._roots[generation]


class RootFile:
    """The root key in a file with two places, each of a root and its generation, wrapped."""

    def __init__(
        self, path: Path, master_key: bytes, random: Random, *, beside: bool = False
    ) -> None:
        """Take where the file lies; nothing is read yet. `beside`: it is another process's."""
        self._beside = beside
        self._path = path
        self._master_key = master_key
        self._random = random

    def make(self, generation: int) -> bytes:
        """Draw a root key and write it durably beside the one there is."""
        if generation == 1:
            self._create()
        key = self._random(KEY_BYTES)
        wrapped = aes_key_wrap(self._master_key, generation.to_bytes(8, "big") + key)
        self._write(generation % 2, wrapped)
        return key

    def settle(self, generation: int) -> bytes:
        """Return the root key of a generation, and destroy every other, durably."""
        try:
            places = self._path.read_bytes()
        except FileNotFoundError:
            places = b""
        except OSError as error:
            raise _unwritable(error) from error
        held = [self._unwrapped(places, place) for place in (0, 1)]
        place = generation % 2
        root, other = held[place], places[(1 - place) * _PLACE_BYTES :][:_WRAPPED_BYTES]
        if root is None or root[0] != generation:
            if any(held):
                raise KeyStoreError(
                    f"{self._path}: is the root of another time than the key store, which it does "
                    "not open: something was erased in between; restore both from one backup"
                )
            raise KeyAltered(
                f"{self._path}: the root of the key store is missing or altered; restore it with "
                "the key store from one backup, for without it nothing that is sealed in the log "
                "can be read"
            )
        if any(other) and not self._beside:
            self._write(1 - place, bytes(_WRAPPED_BYTES))
        return root[1]

    def _create(self) -> None:
        """Make the file; one that holds a root is left as it is."""
        if self._path.exists() and any(self._path.read_bytes()):
            raise KeyStoreError(
                f"{self._path}: is the root of a key store that is missing; restore that, or move "
                "the root away"
            )
        try:
            self._path.unlink(missing_ok=True)
            files.create_new(self._path)
            self._path.write_bytes(bytes(2 * _PLACE_BYTES))
            files.make_durable(self._path.parent)
        except OSError as error:
            raise _unwritable(error) from error

    def _write(self, place: int, content: bytes) -> None:
        try:
            file = os.open(self._path, os.O_RDWR)
            try:
                os.pwrite(file, content, place * _PLACE_BYTES)
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            raise _unwritable(error) from error

    def _unwrapped(self, places: bytes, place: int) -> tuple[int, bytes] | None:
        """Return generation and key, None where no whole root of this master key stands."""
        try:
            content = aes_key_unwrap(
                self._master_key, places[place * _PLACE_BYTES :][:_WRAPPED_BYTES]
            )
        except InvalidUnwrap:
            return None
        return int.from_bytes(content[:8], "big"), content[8:]


_WRAPPED_BYTES = 8 + 8 + KEY_BYTES
_PLACE_BYTES = 4_096
"""So far apart that no disk writes the one root where it should write the other."""


def _unwritable(error: OSError) -> sqlite3.OperationalError:
    return sqlite3.OperationalError(f"the root of the key store: {error.strerror}")


class Renewal(NamedTuple):
    """New keys of some buckets, and the new root that they are sealed under."""

    generation: int
    root: bytes
    keys: dict[int, bytes]


class Wrapping:
    """Wraps and unwraps the class keys of one key store; the store's lock is the caller's."""

    def __init__(self, database: Database, root: Root, random: Random) -> None:
        """Take where the keys are; `begin` or `open` comes next."""
        self._database = database
        self._root = root
        self._random = random
        self._generation = 0
        self._buckets: list[bytes] = []

    def begin(self) -> None:
        """Draw the keys of a new store; to be called in the transaction that makes it."""
        buckets = self._random(KEY_BYTES * BUCKETS)
        sealed = self._sealed(1, self._root.make(1), buckets)
        self._database.execute("INSERT INTO bucket_keys VALUES (1, ?)", (sealed,))

    def open(self) -> None:
        """Complete or undo a renewal that was interrupted, and unseal the bucket keys."""
        rows = self._database.execute("SELECT generation, sealed FROM bucket_keys").fetchall()
        if len(rows) != 1:
            raise KeyAltered(
                "the key store has no bucket keys, or several; restore it from a backup"
            )
        [(self._generation, sealed)] = rows
        root = self._root.settle(self._generation)
        try:
            keys = AESGCM(root).decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _associated(self._generation)
            )
        except (InvalidTag, ValueError):
            raise KeyAltered(
                "the bucket keys of the key store were altered; restore it from a backup"
            ) from None
        self._buckets = [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]

    def forget(self) -> None:
        """Forget every bucket key; they are read again when one is needed."""
        self._buckets = []

    def wrap(self, token: bytes, secret: bytes) -> bytes:
        """Return a class key of a token as it is stored."""
        return aes_key_wrap(self._buckets[bucket_of(token)], secret)

    def unwrap(self, token: bytes, wrapped: bytes) -> bytes:
        """Return a class key of a token; raises KeyAltered."""
        if not self._buckets:
            self.open()
        try:
            return aes_key_unwrap(self._buckets[bucket_of(token)], wrapped)
        except InvalidUnwrap:
            raise KeyAltered(
                "a key of the key store was altered, or is another token's; compare the key store "
                "with a backup"
            ) from None

    # -- destroying

    def renew(self, buckets: Collection[int]) -> Renewal:
        """Draw new keys of buckets, and a new root, which is durable when this returns."""
        self._root.settle(self._generation)
        generation = self._generation + 1
        root = self._root.make(generation)
        return Renewal(generation, root, {bucket: self._random(KEY_BYTES) for bucket in buckets})

    def rewrap(self, renewal: Renewal) -> None:
        """Store what is left of the buckets under their new keys, in the erasing transaction."""
        for bucket, new in renewal.keys.items():
            old, rewrapped = self._buckets[bucket], []
            for token, period, wrapped in self._database.execute(
                "SELECT token, period, wrapped FROM class_key WHERE token >= ? AND token < ?",
                _tokens_of(bucket),
            ).fetchall():
                try:
                    secret = aes_key_unwrap(old, wrapped)
                except InvalidUnwrap:
                    continue  # altered: it opens nothing now, nor later; what reads it says so
                rewrapped.append((aes_key_wrap(new, secret), token, period))
            self._database.executemany(
                "UPDATE class_key SET wrapped = ? WHERE token = ? AND period = ?", rewrapped
            )
        keys = bytearray().join(self._buckets)
        for bucket, new in renewal.keys.items():
            keys[bucket * KEY_BYTES : (bucket + 1) * KEY_BYTES] = new
        self._database.execute(
            "UPDATE bucket_keys SET generation = ?, sealed = ?",
            (renewal.generation, self._sealed(renewal.generation, renewal.root, bytes(keys))),
        )

    def take(self, renewal: Renewal) -> None:
        """Use the new keys from now on and destroy the old root, once the transaction is durable.

        Raises sqlite3.OperationalError when it can't be destroyed now: `settle` does it later.
        """
        for bucket, key in renewal.keys.items():
            self._buckets[bucket] = key
        self._generation = renewal.generation
        self.settle()

    def settle(self) -> None:
        """Destroy a root that is left from an erasure which failed in between."""
        self._root.settle(self._generation)

    def _sealed(self, generation: int, root: bytes, keys: bytes) -> bytes:
        nonce = self._random(_NONCE_BYTES)
        return nonce + AESGCM(root).encrypt(nonce, keys, _associated(generation))


def bucket_of(token: bytes) -> int:
    """Return the number of a token's bucket."""
    return int.from_bytes(token[:2], "big") >> 6


def _tokens_of(bucket: int) -> tuple[bytes, bytes]:
    """Return the least token of a bucket, and what is greater than all of them."""
    least, beyond = bucket << 6, (bucket + 1) << 6
    last = bucket == BUCKETS - 1
    return least.to_bytes(2, "big"), b"\xff" * 17 if last else beyond.to_bytes(2, "big")


def _associated(generation: int) -> bytes:
    return _SEALED_FOR + generation.to_bytes(8, "big")
