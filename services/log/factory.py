"""Where an event log lies, and which recorder opens it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eventsourcing.dcb.persistence import DCBInfrastructureFactory
from eventsourcing.persistence import InfrastructureFactoryError, TrackingRecorder

from services.log.port import LOG_URL, EventLog, EventLogFactory
from services.log.sqlite import SQLiteEventLog

DEFAULT_PERSISTENCE_MODULE = "services.log.sqlite:SQLiteEventLogFactory"

FILE = "log.db"
"""The log's file in an instance's directory, and in a copy of it."""

IN_MEMORY = {LOG_URL: "sqlite::memory:"}
"""The environment of a log that is gone when it is closed."""


def url_of(path: Path) -> str:
    """Return the URL of the log in a file, such as sqlite:///srv/husret/log.db."""
    return path.absolute().as_uri().replace("file:", "sqlite:", 1)


def environment_of(directory: Path, env: Mapping[str, str]) -> dict[str, str]:
    """Return what describes the log of the instance in `directory`, from its surroundings.

    It is the file there, unless HUSRET_LOG has the URL of another; PERSISTENCE_MODULE names the
    recorder.
    """
    names = (LOG_URL, DCBInfrastructureFactory.PERSISTENCE_MODULE)
    return {LOG_URL: url_of(directory / FILE)} | {n: env[n] for n in names if env.get(n)}


def factory_of(env: Mapping[str, str]) -> EventLogFactory:
    """Return the factory of the event log that `env` describes.

    HUSRET_LOG has the log's URL. PERSISTENCE_MODULE names the factory as `module:Class`; ours for
    SQLite if it is not set.

    Raises InfrastructureFactoryError if it names no factory, or one whose recorder has no
    room for our envelope.
    """
    named = env.get(DCBInfrastructureFactory.PERSISTENCE_MODULE) or DEFAULT_PERSISTENCE_MODULE
    factory = DCBInfrastructureFactory[TrackingRecorder].construct(
        {**env, DCBInfrastructureFactory.PERSISTENCE_MODULE: named}
    )
    if not isinstance(factory, EventLogFactory):
        factory.close()
        raise InfrastructureFactoryError(
            f"PERSISTENCE_MODULE: {named} has no recorder for husret's envelope (event id, "
            "recorded_at, schema version, metadata, fingerprint, leaf hash); leave it unset, or "
            f"name a subclass of {EventLogFactory.__module__}:{EventLogFactory.__qualname__}"
        )
    return factory


def open_log(env: Mapping[str, str]) -> EventLog:
    """Open the event log that `env` describes; raises StorageError, and what `factory_of` does."""
    return factory_of(env).dcb_recorder()


def read_file(path: Path) -> EventLog:
    """Open the log in a file to read it alone, as `as_it_lies` does; raises StorageError."""
    return SQLiteEventLog.as_it_lies(path)
