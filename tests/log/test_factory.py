"""The environment chooses the recorder, and one without our envelope is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from eventsourcing.dcb.persistence import DCBInfrastructureFactory
from eventsourcing.persistence import InfrastructureFactoryError, TrackingRecorder

from services.log.factory import (
    DEFAULT_PERSISTENCE_MODULE,
    IN_MEMORY,
    environment_of,
    factory_of,
    open_log,
    url_of,
)
from services.log.port import StorageError
from services.log.sqlite import SQLiteEventLog
from tests.log.events import event


def test_our_recorder_is_the_default(tmp_path: Path) -> None:
    log = open_log({"HUSRET_LOG": url_of(tmp_path / "log.db")})
    assert isinstance(log, SQLiteEventLog)
    assert log.append_batch([event("a")]) == range(1, 2)
    log.close()


def test_the_library_finds_our_recorder_by_its_own_variable() -> None:
    env = {"PERSISTENCE_MODULE": DEFAULT_PERSISTENCE_MODULE, **IN_MEMORY}
    factory = DCBInfrastructureFactory[TrackingRecorder].construct(env)
    assert factory.dcb_recorder().append([event("a")]) == 1
    log = open_log(env)
    assert isinstance(log, SQLiteEventLog)


@pytest.mark.parametrize("module", ["eventsourcing.dcb.popo", "eventsourcing.dcb.postgres_tt"])
def test_a_recorder_without_our_envelope_is_refused_at_start(module: str) -> None:
    with pytest.raises(InfrastructureFactoryError, match=r"PERSISTENCE_MODULE.*envelope|resolve"):
        open_log({"PERSISTENCE_MODULE": module, **IN_MEMORY})


@pytest.mark.parametrize("module", ["services.log.nothing", "services.log.port:EventLog"])
def test_a_module_that_is_no_factory_is_refused(module: str) -> None:
    with pytest.raises(InfrastructureFactoryError, match=r"services\.log"):
        open_log({"PERSISTENCE_MODULE": module, **IN_MEMORY})


def test_a_missing_url_is_named() -> None:
    with pytest.raises(InfrastructureFactoryError, match="HUSRET_LOG"):
        open_log({})


def test_a_path_that_cannot_be_opened_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        open_log({"HUSRET_LOG": url_of(tmp_path / "nowhere" / "log.db")})


@pytest.mark.parametrize(
    "url", ["log.db", "/srv/log.db", "sqlite:log.db", "sqlite://host/log.db", "postgres:///log"]
)
def test_a_url_that_is_not_one_of_a_file_is_refused(url: str) -> None:
    with pytest.raises(InfrastructureFactoryError, match="HUSRET_LOG: must be a URL"):
        open_log({"HUSRET_LOG": url})


def test_the_log_of_an_instance_lies_in_its_directory_whatever_that_is_named(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "år 2025 #1?"
    directory.mkdir()
    factory = factory_of(environment_of(directory, {}))
    assert not factory.exists()
    assert not list(directory.iterdir())
    factory.dcb_recorder().close()
    assert factory.exists()
    assert (directory / "log.db").is_file()


def test_a_url_names_another_log_than_the_one_in_the_directory(tmp_path: Path) -> None:
    other = url_of(tmp_path / "other.db")
    assert environment_of(tmp_path, {"HUSRET_LOG": other, "PATH": "x"}) == {"HUSRET_LOG": other}
    assert environment_of(tmp_path, {"HUSRET_LOG": ""}) == environment_of(tmp_path, {})
