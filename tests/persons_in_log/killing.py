"""A log that kills its own process, as a power cut would, just before or after one append."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from eventsourcing.persistence import IntegrityError

from services.log.port import Batch
from services.log.sqlite import SQLiteEventLog, SQLiteEventLogFactory

TYPE, WHEN = "HUSRET_TEST_KILL_TYPE", "HUSRET_TEST_KILL_WHEN"
"""Environment: the event type whose append is cut off, and "before" or "after" it is durable."""


class KillingLog(SQLiteEventLog):
    """Ends its process with SIGKILL at the append that the environment names."""

    def commit(self, batches: Sequence[Batch]) -> list[range | IntegrityError]:
        """Append the batches, unless the process dies first."""
        cut = any(event.type == os.environ[TYPE] for batch in batches for event in batch.events)
        if cut and os.environ[WHEN] == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        written = super().commit(batches)
        if cut:
            os.kill(os.getpid(), signal.SIGKILL)
        return written


class KillingFactory(SQLiteEventLogFactory):
    """Opens the log that kills."""

    def dcb_recorder(self) -> KillingLog:
        """Return the log."""
        return KillingLog(self.path)
