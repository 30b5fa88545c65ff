"""The views of an instance: read models that a thread of the server keeps in step with the log."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import events
from domain.events import Recorded
from domain.law.kernel import LawPackage
from domain.law.package import CURRENT
from projections.area_status import TYPES
from projections.follower import Follower
from projections.table import AreaStatusTable, TableError
from services import files
from services.instance.instance import Instance, PositionBeyondHead, recorded
from services.log.port import StorageError
from services.persons.reading import TamperedEvent, is_personal

FILE = "views.db"
"""The views' file in the instance's directory; it may be deleted, and is then made anew."""

POLL = 0.1
"""Seconds that a follower that has caught up waits before it looks at the log again."""

RETRY = 1.0
"""Seconds before it tries again when a file could not be read or written."""

PATIENCE = 10.0
"""Most seconds that a reader waits for a view to reach a position."""

FIRST_ROWS = 2.0
"""Most seconds that a reader waits for the first rows; then it is answered without any."""

_LOGGER = logging.getLogger("husret.views")
_QUERY = DCBQuery(items=[DCBQueryItem(types=list(TYPES))])


class ViewBehind(Exception):
    """A view has not reached a position in time, or has stopped; the message says which."""


class ViewState(StrEnum):
    """What a view is doing."""

    FOLLOWING = "following"
    REBUILDING = "rebuilding"
    """Its rows are made anew; what is read meanwhile are the old ones, if there are any."""
    STOPPED = "stopped"
    """It no longer follows; `problem` says why."""
    IDLE = "idle"
    """No thread follows the log; it catches up when somebody waits for a position."""


class ViewStatus(NamedTuple):
    """How far a view is; `lag` is how many positions of the log it has not read."""

    name: str
    state: ViewState
    position: int
    lag: int
    package: str
    problem: str


class LogSource:
    """The log of an instance, as a follower reads it."""

    def __init__(self, instance: Instance) -> None:
        self._log = instance.log
        self.log_id = str(instance.log_id)

    def head(self) -> int:
        """Return the last position."""
        return self._log.head()

    def read(self, after: int, upto: int) -> Iterator[Recorded[Any]]:
        """Return the open facts of the types that a view reads.

        Raises TamperedEvent for one that was altered where it is stored, StorageError.
        """
        for event in self._log.read(_QUERY, after=after, upto=upto):
            if is_personal(event.tags):
                continue  # the retraction of a sealed fact
            if not event.is_intact():
                raise TamperedEvent(event.position)
            try:
                fact = events.decode_fact(event.type, event.schema_version, event.data)
            except msgspec.MsgspecError:
                raise TamperedEvent(event.position) from None
            yield recorded(event, fact)


class AreaStatusView:
    """The view of area status. `start` has a thread follow the log until `stop`.

    Without the thread, whoever waits for a position catches up by itself.
    """

    def __init__(self, instance: Instance, package: LawPackage = CURRENT) -> None:
        """Open the view's file.

        Raises TableError when it can't be opened, ValueError when it is something else's.
        """
        self._instance = instance
        self._package = package
        directory = instance.directory
        if directory is not None:
            files.create(directory / FILE)
        self.table = AreaStatusTable(":memory:" if directory is None else directory / FILE)
        self._follower = Follower(LogSource(instance), self.table, package)
        self._catching_up = threading.Lock()
        self._moved = threading.Condition()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._failed: Exception | None = None

    def start(self) -> None:
        """Begin to follow the log."""
        self._thread = threading.Thread(target=self._follow, name="area status", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the following after the batch in hand, and close the file."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        with self._catching_up:
            self.table.close()

    def status(self) -> ViewStatus:
        """Return how far the view is."""
        position = self._follower.position
        lag = max(0, self._instance.log.head() - position)
        state = ViewState.IDLE
        if self._thread is not None:
            state = ViewState.REBUILDING if self._follower.rebuilds else ViewState.FOLLOWING
        checkpoint = self.table.checkpoint
        package = "" if checkpoint is None else checkpoint.package
        problem = ""
        if self._failed is not None:
            state, problem = ViewState.STOPPED, _problem(self._failed)
        return ViewStatus("area_status", state, position, lag, package, problem)

    def wait_for(self, position: int, check_time: Callable[[], None] = lambda: None) -> None:
        """Return once the rows stand at this position or a later one.

        `check_time` raises when the caller no longer waits. Raises PositionBeyondHead for one that
        the log has not reached, TamperedEvent when an event to read was altered, ViewBehind.
        """
        head = self._instance.log.head()
        if position > head:
            raise PositionBeyondHead(position, head)
        if self._thread is None:
            self._catch_up()
        deadline = time.monotonic() + PATIENCE
        with self._moved:
            while self._follower.position < position:
                check_time()
                if isinstance(self._failed, TamperedEvent):
                    raise self._failed
                if self._failed is not None or time.monotonic() > deadline:
                    raise ViewBehind(
                        f"the view of area status stands at position {self._follower.position} "
                        f"and has not reached {position}; ask for less, or ask again later"
                    )
                self._moved.wait(POLL)

    def wait_for_first_rows(self, check_time: Callable[[], None] = lambda: None) -> bool:
        """Return whether there are rows to read, after a moment's wait for the very first.

        Raises what `wait_for` raises where they will never come.
        """
        if self._thread is None:
            self.wait_for(1, check_time)
        with self._moved:
            self._moved.wait_for(
                lambda: self._follower.position or self._failed, timeout=FIRST_ROWS
            )
        if self._failed is not None:
            self.wait_for(1, check_time)
        return self._follower.position > 0

    def _catch_up(self) -> None:
        with self._catching_up:
            self._follower.catch_up(self._goes_on)
        with self._moved:
            self._moved.notify_all()

    def _goes_on(self) -> bool:
        with self._moved:
            self._moved.notify_all()
        return not self._stopping.is_set()

    def _follow(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            pause = POLL
            try:
                self._catch_up()
            except (StorageError, TableError) as error:
                _LOGGER.error("view not written", extra={"fields": {"error": str(error)}})
                pause = RETRY
            except Exception as error:
                self._failed = error
                _LOGGER.error("view stopped", extra={"fields": {"error": _problem(error)}})
                with self._moved:
                    self._moved.notify_all()
                return


def _problem(error: Exception) -> str:
    """Say what stopped a view; the message of a fault of our own is not shown."""
    return str(error) if isinstance(error, TamperedEvent) else type(error).__name__
