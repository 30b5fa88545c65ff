"""The environment chooses the recorder, and one without our envelope is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from eventsourcing.dcb.persistence import DCBInfrastructureFactory
from eventsourcing.persistence import InfrastructureFactoryError, TrackingRecorder

from services.log.factory import DEFAULT_PERSISTENCE_MODULE, open_log
from services.log.port import StorageError
from services.log.sqlite import SQLiteEventLog
from tests.log.events import event


def test_our_recorder_is_the_default(tmp_path: Path) -> None:
    log = open_log({"HUSRET_LOG": str(tmp_path / "log.db")})
    assert isinstance(log, SQLiteEventLog)
    assert log.append_batch([event("a")]) == range(1, 2)
    log.close()


def test_the_library_finds_our_recorder_by_its_own_variable() -> None:
    env = {"PERSISTENCE_MODULE": DEFAULT_PERSISTENCE_MODULE, "HUSRET_LOG": ":memory:"}
    factory = DCBInfrastructureFactory[TrackingRecorder].construct(env)
    assert factory.dcb_recorder().append([event("a")]) == 1
    log = open_log(env)
    assert isinstance(log, SQLiteEventLog)


@pytest.mark.parametrize("module", ["eventsourcing.dcb.popo", "eventsourcing.dcb.postgres_tt"])
def test_a_recorder_without_our_envelope_is_refused_at_start(module: str) -> None:
    with pytest.raises(InfrastructureFactoryError, match=r"PERSISTENCE_MODULE.*envelope|resolve"):
        open_log({"PERSISTENCE_MODULE": module, "HUSRET_LOG": ":memory:"})


@pytest.mark.parametrize("module", ["services.log.nothing", "services.log.port:EventLog"])
def test_a_module_that_is_no_factory_is_refused(module: str) -> None:
    with pytest.raises(InfrastructureFactoryError, match=r"services\.log"):
        open_log({"PERSISTENCE_MODULE": module, "HUSRET_LOG": ":memory:"})


def test_a_missing_path_is_named() -> None:
    with pytest.raises(InfrastructureFactoryError, match="HUSRET_LOG"):
        open_log({})


def test_a_path_that_cannot_be_opened_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        open_log({"HUSRET_LOG": str(tmp_path / "nowhere" / "log.db")})
