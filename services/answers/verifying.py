"""Everything in an instance and its views that does not follow from what it must follow from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from husret_verify.checkpoint import Checkpoint
from projections.moved_decisions import Row
from services.answers import moved
from services.answers.receipts import Receipts
from services.answers.sealed_index import SealedIndex
from services.instance import verifying, verifying_views
from services.instance.views import FollowedView, Views
from services.log.finding import Finding


def findings(
    receipts: Receipts,
    views: Views,
    moved_decisions: FollowedView[Row],
    sealed: SealedIndex,
    checkpoint: Checkpoint | None = None,
    check_time: Callable[[], None] = lambda: None,
) -> Iterator[Finding]:
    """Yield what is found in the log, the key store, the access table, then in each view.

    The log is held against a `checkpoint` whose signature the caller has verified. `check_time`
    raises when nobody waits any more. Raises StorageError, and DatabaseError.
    """
    for found in verifying.findings(receipts.instance, checkpoint):
        check_time()
        yield found
    yield from verifying_views.findings(views.all, check_time)
    yield from moved.findings(receipts, moved_decisions, check_time)
    yield from sealed.findings(check_time)
