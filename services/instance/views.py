"""The views of an instance: read models that a thread of the server keeps in step with the log."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import events
from domain.events import Recorded
from domain.law.edition import Edition
from domain.law.editions import CURRENT
from projections import (
    area_status,
    decisions,
    ledger_recount,
    list_movements,
    moved_decisions,
    plan_progress,
)
from projections.follower import READ, Follower, Source
from projections.table import Checkpoint, Table, TableError
from projections.view import View
from services import files
from services.instance.instance import Instance, PositionBeyondHead, recorded
from services.log.port import StorageError
from services.persons.reading import TamperedEvent, is_personal

VIEWS: tuple[View[Any], ...] = (
    area_status.VIEW,
    list_movements.VIEW,
    ledger_recount.VIEW,
    plan_progress.VIEW,
    decisions.VIEW,
)
"""Every view that is folded from events."""

GROUNDS_FILE = "views-grounds.db"
"""Holds the sealed part of the index of decisions (`services/answers/sealed_index.py`)."""

FILES = (*(view.file for view in VIEWS), moved_decisions.VIEW.file, GROUNDS_FILE)
"""The views' files in the instance's directory; they may be deleted, and are then made anew."""

POLL = 0.1
"""Seconds that a follower that has caught up waits before it looks at the log again."""

RETRY = 1.0
"""Seconds before it tries again when a file could not be read or written."""

PATIENCE = 10.0
"""Most seconds that a reader waits for a view to reach a position."""

FIRST_ROWS = 2.0
"""Most seconds that a reader waits for the first rows; then it is answered without any."""

KEPT_EARLIER = 2
"""Earlier positions of a view whose rows are kept in memory, for those who walk through them."""

_LOGGER = logging.getLogger("husret.views")
R = TypeVar("R")


class ViewBehind(Exception):
    """A view has not reached a position in time, or has stopped; the message says which."""


class RowAltered(Exception):
    """A row of a view does not follow from the log."""

    def __init__(self, view: str, position: int, file: str) -> None:
        super().__init__(
            f"the view {view} has a row at position {position} that does not follow from the log; "
            f"stop the server and delete {file}, which is then made anew"
        )
        self.view, self.position = view, position


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
    edition: str
    problem: str


class LogSource:
    """The open facts of an instance's log, as the follower of a view reads them."""

    def __init__(self, instance: Instance, view: View[Any]) -> None:
        self._log = instance.log
        self._query = DCBQuery(items=[DCBQueryItem(types=list(view.types))])
        self.log_id = str(instance.log_id)

    def head(self) -> int:
        """Return the last position."""
        return self._log.head()

    def read(self, after: int, upto: int) -> Iterator[Recorded[Any]]:
        """Return the open facts of the types that the view reads.

        Raises TamperedEvent for one that was altered where it is stored, StorageError.
        """
        for event in self._log.read(self._query, after=after, upto=upto):
            if is_personal(event.tags):
                continue  # the retraction of a sealed fact
            if not event.is_intact():
                raise TamperedEvent(event.position)
            try:
                fact = events.decode_fact(event.type, event.schema_version, event.data)
            except msgspec.MsgspecError:
                raise TamperedEvent(event.position) from None
            yield recorded(event, fact)


class Follows(Protocol):
    """What keeps the rows of a table in step with the log."""

    @property
    def position(self) -> int:
        """Return the position that the rows stand at, 0 when there are none."""

    @property
    def rebuilds(self) -> bool:
        """Tell whether the rows are made anew."""

    def catch_up(self, go_on: Callable[[], bool]) -> None:
        """Follow the log to its head, or until `go_on` says no."""


class FollowedView(Generic[R]):
    """A view of an instance. `start` has a thread follow the log until `stop`.

    Without the thread, whoever waits for a position catches up by itself.
    """

    def __init__(
        self,
        instance: Instance,
        view: View[R],
        edition: Edition = CURRENT,
        source: Source | None = None,
        followed_by: Callable[[Table[R]], Follows] | None = None,
    ) -> None:
        """Open the view's file.

        `source` reads the log for a view of other events than open facts; `followed_by` makes what
        keeps rows that no fold makes.

        Raises TableError when it can't be opened, ValueError when it is something else's.
        """
        self._instance = instance
        self.edition = edition
        directory = instance.directory
        if directory is not None:
            files.create(directory / view.file)
        self.view = view
        self.table = Table(":memory:" if directory is None else directory / view.file, view)
        self.source = source or LogSource(instance, view)
        self.folded = followed_by is None
        """A fold makes its rows, so that they can be made anew beside those that are kept."""
        self._follower: Follows = (
            Follower(self.source, self.table, edition)
            if followed_by is None
            else followed_by(self.table)
        )
        self._catching_up = threading.Lock()
        self._moved = threading.Condition()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._failed: Exception | None = None
        self._making = threading.Lock()
        self._earlier: dict[int, Table[R]] = {}
        """The rows as of earlier positions that were asked for last."""

    def start(self) -> None:
        """Begin to follow the log."""
        self._thread = threading.Thread(target=self._follow, name=self.view.name, daemon=True)
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
        edition = "" if checkpoint is None else checkpoint.edition
        problem = ""
        if self._failed is not None:
            state, problem = ViewState.STOPPED, _problem(self._failed)
        return ViewStatus(self.view.name, state, position, lag, edition, problem)

    @property
    def rebuilds(self) -> bool:
        """Tell whether the rows, if there are any, are about to be made anew."""
        return self._follower.rebuilds

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
                        f"the view {self.view.name} stands at position {self._follower.position} "
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

    def table_at(self, position: int, check_time: Callable[[], None] = lambda: None) -> Table[R]:
        """Return the rows as of an earlier position, made for it by folding the log up to there.

        Raises PositionBeyondHead, TamperedEvent, and what `check_time` raises.
        """
        head = self._instance.log.head()
        if position > head:
            raise PositionBeyondHead(position, head)
        while not self._making.acquire(timeout=POLL):
            check_time()
        try:
            made = self._earlier.pop(position, None) or self._made_at(position, check_time)
            self._earlier[position] = made
            while len(self._earlier) > KEPT_EARLIER:
                del self._earlier[next(iter(self._earlier))]
            return made
        finally:
            self._making.release()

    def _made_at(self, position: int, check_time: Callable[[], None]) -> Table[R]:
        def go_on() -> bool:
            check_time()
            return True

        fold = self.view.fold(self.edition)
        for start in range(0, position, READ):
            go_on()
            for item in self.source.read(start, min(position, start + READ)):
                fold.apply(item)
        changed = fold.changed(go_on)
        assert changed is not None  # nothing says to stop
        table: Table[R] = Table(":memory:", self.view)
        log_id, version = self.source.log_id, self.view.format
        made = Checkpoint(position, fold.digest, log_id, self.edition.id, version, 0)
        table.replace(made, changed.made)
        return table

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


class Views:
    """The views of an instance, each with a file, a checkpoint and a thread of its own.

    What stops one of them stops no other.
    """

    def __init__(self, instance: Instance, receipts: Source) -> None:
        """Open the views' files; raises TableError and ValueError as each of them does.

        `receipts` reads what the receipts in the log state openly.
        """
        self.all: list[FollowedView[Any]] = []
        try:
            self.area_status = self._opened(instance, area_status.VIEW)
            self.list_movements = self._opened(instance, list_movements.VIEW)
            self.ledger_recount = self._opened(instance, ledger_recount.VIEW)
            self.plan_progress = self._opened(instance, plan_progress.VIEW)
            self.decisions = self._opened(instance, decisions.VIEW, receipts)
        except (TableError, ValueError):
            self.stop()
            raise

    def _opened(
        self, instance: Instance, view: View[R], source: Source | None = None
    ) -> FollowedView[R]:
        return self.add(FollowedView(instance, view, source=source))

    def add(self, opened: FollowedView[R]) -> FollowedView[R]:
        """Take a view in, to be started and stopped with the others."""
        self.all.append(opened)
        return opened

    def start(self) -> None:
        """Begin to follow the log."""
        for each in self.all:
            each.start()

    def stop(self) -> None:
        """End the following, and close the files."""
        for each in self.all:
            each.stop()


def _problem(error: Exception) -> str:
    """Say what stopped a view; the message of a fault of our own is not shown."""
    return str(error) if isinstance(error, TamperedEvent) else type(error).__name__
