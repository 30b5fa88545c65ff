"""What a recorder's factory knows of where a log lies, on every store that processes share."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from services.log.factory import factory_of, read_file
from services.log.port import StorageError
from tests.log.backends import SharedBackend
from tests.log.events import event
from tests.log.verified import altered


def test_a_log_is_there_once_it_has_been_opened_and_asking_makes_none(
    shared_backend: SharedBackend,
) -> None:
    factory = factory_of(shared_backend.env)
    assert not factory.exists()
    assert not factory.exists()
    factory.dcb_recorder().close()
    assert factory_of(shared_backend.env).exists()


def test_a_log_that_is_read_as_it_lies_takes_no_event(shared_backend: SharedBackend) -> None:
    factory = factory_of(shared_backend.env)
    with pytest.raises(StorageError):
        factory.as_it_lies()
    with closing(factory.dcb_recorder()) as log:
        log.append_batch([event("a"), event("b")])
        with closing(factory.as_it_lies()) as lying:
            assert lying.read().all() == log.read().all()
            with pytest.raises(StorageError, match="read alone"):
                lying.append([event("c")])


def test_a_copy_holds_what_the_log_held_and_nothing_later(
    shared_backend: SharedBackend, tmp_path: Path
) -> None:
    factory, target = factory_of(shared_backend.env), tmp_path / "a copy.db"
    with closing(factory.dcb_recorder()) as log:
        log.append_batch([event("a"), event("b")])
        copied = log.read().all()
        factory.copy(target)
        log.append([event("c")])
    with closing(read_file(target)) as copy:
        assert copy.read().all() == copied
        assert altered(copy) == []
    with pytest.raises((OSError, StorageError)):
        factory.copy(target)
