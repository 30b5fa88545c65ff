"""Which recorder an instance uses, from its environment."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from eventsourcing.dcb.persistence import DCBInfrastructureFactory
from eventsourcing.persistence import InfrastructureFactoryError, TrackingRecorder

from services.log.port import EventLog
from services.log.sqlite import SQLiteEventLog

DEFAULT_PERSISTENCE_MODULE = "services.log.factory:SQLiteEventLogFactory"


class EventLogFactory(DCBInfrastructureFactory[TrackingRecorder]):
    """A factory of the library whose recorder is an event log with our envelope."""

    @abstractmethod
    def dcb_recorder(self) -> EventLog:
        """Return the event log."""


class SQLiteEventLogFactory(EventLogFactory):
    """Opens the SQLite file that HUSRET_LOG names (":memory:" for a log in memory)."""

    def dcb_recorder(self) -> SQLiteEventLog:
        """Return the event log.

        Raises InfrastructureFactoryError if HUSRET_LOG is not set, StorageError if the file
        can't be opened.
        """
        path = self.env.get("HUSRET_LOG")
        if not path:
            raise InfrastructureFactoryError(
                "HUSRET_LOG: not set; give the path of the event log's file"
            )
        return SQLiteEventLog(path)


def open_log(env: Mapping[str, str]) -> EventLog:
    """Open the event log that `env` describes.

    PERSISTENCE_MODULE names the factory as `module:Class`; ours for SQLite if it is not set.

    Raises InfrastructureFactoryError if it names no factory, or one whose recorder has no
    room for our envelope; StorageError if the log can't be opened.
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
    return factory.dcb_recorder()
