"""A follower keeps the table of a view in step with the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar

from domain.events import Recorded
from domain.law.edition import Edition
from projections.table import Checkpoint, Table
from projections.view import Fold

R = TypeVar("R")

BATCH = 100_000
"""Most positions of the log whose rows are committed together.

The rows of a batch are made once for however many events touch them, so few and large batches
cost least; what has come in since is one batch as a rule.
"""

READ = 5_000
"""Most positions of the log that are read before a follower asks whether to go on."""


class Source(Protocol):
    """The log, as far as a follower needs it."""

    log_id: str

    def head(self) -> int:
        """Return the last position."""

    def read(self, after: int, upto: int) -> Iterable[Recorded[Any]]:
        """Return the open facts of the types that the view reads between two positions.

        After the first (exclusive), up to the second (inclusive), in the order of the log.
        """


class Follower(Generic[R]):
    """Reads the log in batches; the rows of a batch and its checkpoint are one transaction.

    Rows that were made by another edition of the law, in another format or from another log, are
    made anew from the beginning: beside the old ones, which readers see until they are replaced.
    """

    def __init__(self, source: Source, table: Table[R], edition: Edition) -> None:
        self._source = source
        self._table = table
        self._edition = edition
        self._fold: Fold[R] | None = None

    @property
    def position(self) -> int:
        """Return the position that the rows stand at, 0 when there are none."""
        checkpoint = self._table.checkpoint
        return 0 if checkpoint is None else checkpoint.position

    @property
    def rebuilds(self) -> bool:
        """Tell whether the rows, if there are any, are about to be made anew."""
        return self._fold is None and not self._continues()

    def _continues(self) -> bool:
        found = self._table.checkpoint
        return (
            found is not None
            and (found.log_id, found.edition, found.format)
            == (self._source.log_id, self._edition.id, self._table.view.format)
            and found.position <= self._source.head()
        )

    def catch_up(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Follow the log to its head, or until `go_on` says no after a batch.

        What the source raises leaves the rows as the last batch left them.
        """
        if self._fold is None:
            self._fold = self._resumed(go_on) or self._rebuilt(go_on)
        fold = self._fold
        while fold is not None and self.position < (head := self._source.head()) and go_on():
            upto = min(head, self.position + BATCH)
            taken = False
            try:
                taken = self._take(fold, upto, go_on)
            finally:
                if not taken:
                    # Events may be folded in that the table does not know of: begin from it again.
                    self._fold = fold = None

    def _take(self, fold: Fold[R], upto: int, go_on: Callable[[], bool]) -> bool:
        """Bring the rows up to a position; False when told to stop, with nothing written."""
        before = fold.digest
        if not self._fold_to(fold, self.position, upto, go_on):
            return False
        if fold.digest == before:
            self._table.pass_over(upto)
            return True
        changed = fold.changed(go_on)
        if changed is None:
            return False
        self._table.advance(upto, fold.digest, changed)
        return True

    def _resumed(self, go_on: Callable[[], bool]) -> Fold[R] | None:
        """Return a fold that stands where the rows stand; None when they are another log's."""
        if not self._continues():
            return None
        fold = self._table.view.fold(self._edition)
        found = self._table.checkpoint
        if found is not None and not self._table.view.accumulates:
            fold.digest = found.digest
            return fold
        if not self._fold_to(fold, 0, self.position, go_on):
            return None
        if found is None or fold.digest != found.digest:
            return None
        fold.resume(self._table.rows())
        return fold

    def _rebuilt(self, go_on: Callable[[], bool]) -> Fold[R] | None:
        """Make all rows anew and put them in the place of the old; None when told to stop."""
        view = self._table.view
        fold = view.fold(self._edition)
        # Rows that follow from one event each are made batch by batch, so that never all of them
        # are in memory.
        upto = self._source.head() if view.accumulates else 0
        if not self._fold_to(fold, 0, upto, go_on):
            return None
        changed = fold.changed(go_on)
        if changed is None:
            return None
        version = view.format
        made = Checkpoint(upto, fold.digest, self._source.log_id, self._edition.id, version, 0)
        self._table.replace(made, changed.made)
        return fold

    def _fold_to(self, fold: Fold[R], after: int, upto: int, go_on: Callable[[], bool]) -> bool:
        for start in range(after, upto, READ):
            if not go_on():
                return False
            for item in self._source.read(start, min(upto, start + READ)):
                fold.apply(item)
        return True
