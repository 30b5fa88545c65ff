"""What threads make in the key store at the same time is durable in one commit, or not there."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.data_classes import DataClass, SubjectKind
from services.persons.database import Database
from services.persons.keys import KeyStore, SubjectConflict
from services.persons.sealing import ClassKey

YEAR = 2026
PERSON, HOUSEHOLD = SubjectKind.PERSON, SubjectKind.HOUSEHOLD


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    opened = KeyStore(tmp_path / "keys.db", os.urandom(32))
    yield opened
    opened.close()


def made(store: KeyStore, subject: UUID, kind: SubjectKind = PERSON) -> list[ClassKey]:
    """Register a subject with a key, as for an event that the log takes."""
    with store.making(uuid4().bytes, [subject]):
        return store.provide([(subject, kind)], {}, [(subject, DataClass.IDENTITY)], YEAR)


@contextmanager
def together(store: KeyStore) -> Iterator[Callable[..., Future[list[ClassKey]]]]:
    """Have what is provided in the block wait for one more, as if that were about to write."""
    with store._counting:
        store._arriving += 1
    with ThreadPoolExecutor(8) as pool:

        def make(subject: UUID, kind: SubjectKind) -> list[ClassKey]:
            return made(store, subject, kind)

        def provide(subject: UUID, kind: SubjectKind = PERSON) -> Future[list[ClassKey]]:
            before = 0 if store._group is None else store._group.size
            future = pool.submit(make, subject, kind)
            until = time.monotonic() + 60
            while not future.done() and (store._group is None or store._group.size == before):
                assert time.monotonic() < until
                time.sleep(0.001)
            return future

        try:
            yield provide
        finally:
            with store._counting:
                store._arriving -= 1
            with store._lock, suppress(sqlite3.Error):
                if store._group is not None:
                    store._commit_group()


def commits(monkeypatch: pytest.MonkeyPatch, error: Exception | None = None) -> list[str]:
    """Note every commit from now on, and have the first fail with an error, if given."""
    made: list[str] = []
    execute = Database.execute

    def noting(self: Database, statement: str, *values: Any) -> sqlite3.Cursor:
        if statement == "COMMIT":
            made.append(statement)
            if error is not None and len(made) == 1:
                raise error
        return execute(self, statement, *values)

    monkeypatch.setattr(Database, "execute", noting)
    return made


def test_threads_share_a_commit_and_one_that_fails_fails_alone(
    store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    household, one, two = (uuid4() for _ in range(3))
    store.register([(household, HOUSEHOLD)])
    made = commits(monkeypatch)
    with together(store) as provide:
        first, wrong, second = provide(one), provide(household), provide(two)
        with pytest.raises(SubjectConflict):
            wrong.result(5)
        assert not first.done()
        assert not second.done()
        assert made == []
    assert made == ["COMMIT"]
    for subject, future in ((one, first), (two, second)):
        assert [k.token for k in future.result(5)] == [store.token(subject, DataClass.IDENTITY)]
    assert store.known(household) is HOUSEHOLD


def test_a_commit_that_fails_leaves_nothing_of_any_of_them(
    store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = uuid4(), uuid4()
    with monkeypatch.context() as patched:
        commits(patched, sqlite3.OperationalError("database or disk is full"))
        with together(store) as provide:
            futures = provide(one), provide(two)
        for future in futures:
            with pytest.raises(sqlite3.OperationalError):
                future.result(5)
    assert [store.known(each) for each in (one, two)] == [None, None]
    assert store._keys == {}
    assert made(store, one)
    assert store.known(one) is PERSON


def test_an_erasure_first_commits_what_others_wait_for(store: KeyStore) -> None:
    erased, one = uuid4(), uuid4()
    store.register([(erased, PERSON)])
    with together(store) as provide:
        future = provide(one)
        store.erase_tokens(store.tokens_of(erased).values())
        assert future.result(5)
    assert store.known(erased) is None
    assert store.known(one) is PERSON
