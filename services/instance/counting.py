"""Noting in the log how far the access table reaches: now and then while serving, and at the end.

What is cut from the table, or written anew, after it was noted is told by `husret log verify`. What
came since is committed to at the next noting.
"""

from __future__ import annotations

import logging
import threading
from datetime import date
from uuid import UUID

from domain import events, facts
from services.instance.instance import Instance
from services.log.event import Event, metadata
from services.log.port import ClockSuspect, LogClosed, StorageError
from services.persons.database import DatabaseError

INTERVAL = 3_600.0
"""Seconds between two notings while the instance is served."""

_LOGGER = logging.getLogger("husret.accesses")


def note(instance: Instance, pruned: int = 0) -> bool:
    """Append how far the access table reaches, unless that is what was noted last; tell whether.

    `pruned` is the number of the last access that is to be pruned next.
    Raises StorageError, ClockSuspect, LogClosed, and DatabaseError when the table can't be written.
    """
    reached = instance.access.counted()
    now = facts.AccessCounted(
        count=reached.accesses, chain=reached.chain.hex(), pruned=max(reached.pruned, pruned)
    )
    noted = [item.fact for item in instance.view().find(facts.AccessCounted, "")[-1:]]
    if noted == [now] or (not noted and not now.count):
        return False
    instance.writer.append(
        [
            Event(
                type=events.BY_FACT[facts.AccessCounted].name,
                data=events.encode_fact(now),
                tags=events.open_tags(now),
                event_id=UUID(bytes=instance.random(16), version=4).bytes,
                metadata=metadata({"purpose": "operation"}),
            )
        ]
    )
    return True


def prune(instance: Instance, before_month: date) -> int:
    """Remove all accesses before the first one of a civil month; return how many.

    It is noted before it is done, so that nobody can pass off as pruned what was not.
    Raises ValueError when `before_month` is not the first day of a month, and what `note` does.
    """
    through = instance.access.prunable(before_month)
    held, _ = instance.access.pruned()
    if through <= held:
        return 0
    note(instance, through)
    instance.access.prune(through)
    return through - held


class Counting:
    """A thread that notes how far the access table reaches, until it is stopped."""

    def __init__(self, instance: Instance, interval: float = INTERVAL) -> None:
        """Note for `instance`, every `interval` seconds."""
        self._instance = instance
        self._interval = interval
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="counting accesses", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Note once more, and end."""
        if self._thread.is_alive():
            self._ending.set()
            self._thread.join()
            self._note()

    def _run(self) -> None:
        while not self._ending.wait(self._interval):
            self._note()

    def _note(self) -> None:
        try:
            note(self._instance)
        except (StorageError, ClockSuspect, LogClosed, DatabaseError) as error:
            # It is noted with the next ones; until then the table is as good as before.
            _LOGGER.warning("how far the access table reaches was not noted: %s", error)
