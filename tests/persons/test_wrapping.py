"""The hierarchy of keys: what an erasure destroys, also in copies that were made before it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from domain.data_classes import DataClass, SubjectKind
from services.persons.database import DatabaseUnwritable
from services.persons.keys import KeyStore, root_of
from services.persons.sealing import Binding, KeyErased, unseal
from services.persons.tokens import TOKEN_BYTES, token_bytes
from services.persons.wrapping import KeyAltered, KeyStoreError, bucket_of
from tests.persons.support import MASTER_KEY, a_person, a_place, every_byte

CONTENT = b"what nobody may read again"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    made = tmp_path / "instance"
    made.mkdir()
    return made


class Sealed(NamedTuple):
    """What was sealed for one person, of the class benefits."""

    person: UUID
    token: str
    place: Binding
    payload: bytes

    def opens_in(self, store: KeyStore) -> bool:
        """Tell whether the store has the key."""
        try:
            return unseal(store.key, self.token, self.place, self.payload) == CONTENT
        except KeyErased:
            return False


def sealed(store: KeyStore, count: int) -> list[Sealed]:
    """Register persons, and seal something for each."""
    made = []
    for _ in range(count):
        person, place = a_person(store), a_place()
        key = store.sealing_key(person, DataClass.BENEFITS, 2025)
        made.append(Sealed(person, key.token, place, key.seal(place, CONTENT)))
    return made


def narrow(count: int) -> bytes:
    """Draw bytes, but tokens of one bucket only."""
    return b"\x12\x34" + os.urandom(count - 2) if count == TOKEN_BYTES else os.urandom(count)


def a_store(directory: Path) -> KeyStore:
    """Open a store whose new tokens are all of one bucket."""
    return KeyStore(directory / "keys.db", MASTER_KEY, narrow)


def sealed_elsewhere(directory: Path) -> Sealed:
    """Make the store, and seal something in another bucket than those that follow."""
    with closing(
        KeyStore(directory / "keys.db", MASTER_KEY, lambda n: b"\xff\xff" + os.urandom(n - 2))
    ) as store:
        [made] = sealed(store, 1)
    return made


def copied(directory: Path, to: Path) -> Path:
    shutil.copytree(directory, to)
    return to


def taken_apart(directory: Path) -> tuple[list[bytes], bytes]:
    """Return all that a class key may stand wrapped in, and all bytes, of files as they lie."""
    content = every_byte(directory)
    return [content[at : at + 40] for at in range(len(content) - 39)], content


def class_keys(content: list[bytes], key: bytes) -> Iterator[bytes]:
    """Find whatever unwraps under a key, at whatever byte it stands."""
    for piece in content:
        try:
            yield aes_key_unwrap(key, piece)
        except InvalidUnwrap:
            continue


# --- Copies of before an erasure ------------------------------------------------------------


def bucket_keys(directory: Path, root: bytes) -> bool:
    """Tell whether a root opens the bucket keys that a key store holds, as it lies."""
    with closing(sqlite3.connect(directory / "keys.db")) as database:
        [[generation, held]] = database.execute("SELECT generation, sealed FROM bucket_keys")
    try:
        place = b"husret bucket keys" + generation.to_bytes(8, "big")
        return len(AESGCM(root).decrypt(held[:12], held[12:], place)) == 1024 * 32
    except InvalidTag:
        return False


def wrapped_in(path: Path) -> bytes:
    """Return the wrapped root that a file holds in one of its places, the other being blank."""
    content = path.read_bytes()
    [held] = [each for each in (content[:48], content[4096 : 4096 + 48]) if any(each)]
    assert content.count(0) >= len(content) - len(held)
    return held


def root_in(path: Path) -> bytes:
    """Return the root key that a file holds, for who has the master key."""
    return aes_key_unwrap(MASTER_KEY, wrapped_in(path))[8:]


def test_a_copy_of_before_an_erasure_opens_nothing_with_the_root_of_after_it(
    directory: Path, tmp_path: Path
) -> None:
    store = a_store(directory)
    erased, beside = sealed(store, 2)
    old = wrapped_in(root_of(directory / "keys.db"))
    before = copied(directory, tmp_path / "before")
    assert (before / "keys.db-wal").stat().st_size
    assert bucket_keys(copied(before, tmp_path / "control"), root_in(root_of(before / "keys.db")))

    store.erase_tokens([erased.token])
    assert not erased.opens_in(store)
    assert beside.opens_in(store)
    store.close()
    assert old not in every_byte(directory)
    shutil.copy(root_of(directory / "keys.db"), root_of(before / "keys.db"))
    assert not bucket_keys(before, root_in(root_of(before / "keys.db")))
    with pytest.raises(KeyStoreError, match="of another time"):
        KeyStore(before / "keys.db", MASTER_KEY)
    with closing(KeyStore(directory / "keys.db", MASTER_KEY)) as now:
        assert beside.opens_in(now)


def test_no_bucket_key_of_after_an_erasure_opens_any_byte_of_its_bucket_in_a_copy_of_before(
    directory: Path, tmp_path: Path
) -> None:
    elsewhere = sealed_elsewhere(directory)
    store = a_store(directory)
    erased, beside = sealed(store, 2)
    bucket = bucket_of(token_bytes(erased.token))
    of_before = store._wrapping._buckets[bucket]
    pieces, _ = taken_apart(copied(directory, tmp_path / "before"))
    assert len(set(class_keys(pieces, of_before))) == 2  # the search does find what opens

    store.erase_tokens([erased.token])
    assert list(class_keys(pieces, store._wrapping._buckets[bucket])) == []
    store.close()
    pieces, content = taken_apart(directory)
    assert of_before not in content
    assert list(class_keys(pieces, of_before)) == []
    with closing(KeyStore(directory / "keys.db", MASTER_KEY)) as now:
        assert beside.opens_in(now)
        assert elsewhere.opens_in(now)
        assert not erased.opens_in(now)


def test_periods_are_erased_in_copies_too(directory: Path, tmp_path: Path) -> None:
    store = a_store(directory)
    [kept] = sealed(store, 1)
    store.sealing_key(kept.person, DataClass.BENEFITS, 2020)
    bucket = bucket_of(token_bytes(kept.token))
    pieces, _ = taken_apart(copied(directory, tmp_path / "before"))
    assert len(set(class_keys(pieces, store._wrapping._buckets[bucket]))) == 2
    store.erase_periods([kept.token], 2020)
    assert list(class_keys(pieces, store._wrapping._buckets[bucket])) == []
    assert kept.opens_in(store)


def test_what_had_no_key_costs_no_root(directory: Path) -> None:
    store = KeyStore(directory / "keys.db", MASTER_KEY)
    root = root_of(directory / "keys.db").read_bytes()
    person = a_person(store)
    store.erase_tokens(store.tokens_of(person).values())
    assert root_of(directory / "keys.db").read_bytes() == root
    assert store.known(person) is None


# --- Stopped half way -----------------------------------------------------------------------


class Stops:
    """Copies a directory at every step that reaches the disk, as a power cut would leave it."""

    def __init__(self, directory: Path, to: Path) -> None:
        to.mkdir()
        self._directory, self._to = directory, to
        self._copying = False
        self.copies: list[Path] = []

    def __call__(self, *_: object) -> None:
        """Copy the files, unless they are as they were at the last step."""
        if self._copying:
            return
        self._copying = True
        copy = copied(self._directory, self._to / str(len(self.copies)))
        for beside in copy.glob("*-shm"):
            beside.unlink()  # shared memory, which no power cut leaves
        if self.copies and every_byte(self.copies[-1]) == every_byte(copy):
            shutil.rmtree(copy)
        else:
            self.copies.append(copy)
        self._copying = False

    def around(self, called: Callable[..., Any]) -> Callable[..., Any]:
        """Return a call with a stop before and after it."""

        def stepped(*arguments: Any) -> Any:
            self()
            done = called(*arguments)
            self()
            return done

        return stepped


def test_an_erasure_that_is_stopped_between_any_two_steps_is_completed_or_undone(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = sealed_elsewhere(directory)
    store = a_store(directory)
    erased, beside = sealed(store, 2)
    stop = Stops(directory, tmp_path / "stops")
    with monkeypatch.context() as patched:
        for owner, name in ((os, "fsync"), (os, "pwrite")):
            patched.setattr(owner, name, stop.around(getattr(owner, name)))
        store._database.set_trace_callback(stop)
        store.erase_tokens([erased.token])
        store._database.set_trace_callback(None)
    stop()
    store.close()

    outcomes = []
    for copy in stop.copies:
        root = root_of(copy / "keys.db")
        two = len(root.read_bytes().replace(b"\0", b"")) > 64
        with closing(KeyStore(copy / "keys.db", MASTER_KEY)) as found:
            outcomes.append((erased.opens_in(found), two))
            assert beside.opens_in(found)
            assert elsewhere.opens_in(found)
            assert wrapped_in(root)
            found.erase_tokens([erased.token])
            assert not erased.opens_in(found)
        assert token_bytes(erased.token) not in every_byte(copy)
        with closing(KeyStore(copy / "keys.db", MASTER_KEY)) as found:
            assert beside.opens_in(found)
            assert elsewhere.opens_in(found)
    # Once it is gone it stays gone, and there were stops with two roots on both sides of that.
    assert outcomes == sorted(outcomes, key=lambda outcome: not outcome[0])
    assert {(True, False), (True, True), (False, True), (False, False)} == set(outcomes)


def test_an_erasure_whose_old_root_could_not_be_destroyed_says_so_and_is_completed(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(directory)
    erased, beside = sealed(store, 2)
    old = wrapped_in(root_of(directory / "keys.db"))
    pwrite = os.pwrite

    def refused(file: int, content: bytes, at: int) -> int:
        if not any(content):
            raise OSError(5, "refused here")
        return pwrite(file, content, at)

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", refused)
        with pytest.raises(DatabaseUnwritable, match="refused here"):
            store.erase_tokens([erased.token])
    assert beside.opens_in(store)  # it goes on with the new keys
    assert old in every_byte(directory)
    store.erase_tokens([erased.token])
    assert old not in every_byte(directory)
    store.erase_tokens([beside.token])
    store.close()


def test_an_erasure_that_can_t_write_the_new_root_erases_nothing(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = KeyStore(directory / "keys.db", MASTER_KEY)
    [kept] = sealed(store, 1)

    def full(*_: object) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(DatabaseUnwritable, match="no space left"):
            store.erase_tokens([kept.token])
    assert kept.opens_in(store)
    store.erase_tokens([kept.token])
    assert not kept.opens_in(store)


# --- Missing and altered --------------------------------------------------------------------


def test_a_store_without_its_root_is_refused_with_what_to_do(directory: Path) -> None:
    KeyStore(directory / "keys.db", MASTER_KEY).close()
    root = root_of(directory / "keys.db")
    whole = root.read_bytes()
    altered = whole.replace(wrapped_in(root), os.urandom(48))
    for content in (None, b"", whole[:4100], altered, bytes(8192)):
        root.unlink(missing_ok=True)
        if content is not None:
            root.write_bytes(content)
        with pytest.raises(KeyAltered, match="from one backup"):
            KeyStore(directory / "keys.db", MASTER_KEY)
    root.write_bytes(whole)
    KeyStore(directory / "keys.db", MASTER_KEY).close()


def test_a_root_whose_store_is_missing_is_not_overwritten(directory: Path) -> None:
    KeyStore(directory / "keys.db", MASTER_KEY).close()
    (directory / "keys.db").unlink()
    root = root_of(directory / "keys.db").read_bytes()
    with pytest.raises(KeyStoreError, match="key store that is missing"):
        KeyStore(directory / "keys.db", MASTER_KEY)
    assert root_of(directory / "keys.db").read_bytes() == root


def test_a_class_key_that_was_exchanged_is_told_and_stops_no_erasure() -> None:
    store = KeyStore(":memory:", MASTER_KEY, narrow)
    one, other = sealed(store, 2)
    store._database.execute(
        "UPDATE class_key SET wrapped = zeroblob(40) WHERE token = ?", (token_bytes(one.token),)
    )
    store._forget_all()
    with pytest.raises(KeyAltered):
        one.opens_in(store)
    store.erase_tokens([other.token])
    with pytest.raises(KeyAltered):
        one.opens_in(store)
    store.register([(other.person, SubjectKind.PERSON)])
    store.erase_tokens([one.token])
    assert not one.opens_in(store)
