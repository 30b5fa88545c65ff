"""Verifying views: their rows are made anew beside those that are kept, and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from projections.follower import READ
from projections.table import Checkpoint
from services.instance.views import FollowedView
from services.log.finding import Finding
from services.persons.reading import TamperedEvent


def findings(
    views: Iterable[FollowedView[Any]], check_time: Callable[[], None] = lambda: None
) -> Iterator[Finding]:
    """Yield what of these views does not follow from the log up to where each of them stands.

    Rows that are about to be made anew, by another edition or in another format, are passed over.
    What rows say that no fold makes is found by deciding again (`services/answers/moved.py`).
    `check_time` raises when nobody waits any more.
    """
    for followed in views:
        checkpoint = followed.table.checkpoint
        if checkpoint is None or followed.rebuilds:
            continue
        yield from _ahead(followed)
        if not followed.folded:
            continue
        compare = _accumulated if followed.view.accumulates else _one_by_one
        try:
            yield from compare(followed, checkpoint, check_time)
        except TamperedEvent as error:
            yield Finding(
                "view-unverified",
                f"{followed.view.name}: event at position {error.position}",
                error.position,
            )


def _ahead(followed: FollowedView[Any]) -> Iterator[Finding]:
    """Find rows made at a later position than the view stands at: a walk would not show them."""
    _, rows = followed.table.kept([("since > (SELECT position FROM checkpoint)", ())])
    at = [list(followed.view.columns).index(name) for name in followed.view.key]
    for row in rows:
        yield Finding("view-row-altered", _added(followed, tuple(row[index] for index in at)))


def _accumulated(
    followed: FollowedView[Any], checkpoint: Checkpoint, check_time: Callable[[], None]
) -> Iterator[Finding]:
    """Compare a view whose rows rest on many events: all rows at once."""
    checkpoint, kept = followed.table.kept()
    fold = followed.view.fold(followed.edition)
    for start in range(0, checkpoint.position, READ):
        check_time()
        for item in followed.source.read(start, min(checkpoint.position, start + READ)):
            fold.apply(item)
    changes = fold.changed()
    assert changes is not None  # nothing says to stop
    yield from _compared(followed, kept, changes.made)
    yield from _digest(followed, checkpoint, fold.digest)


def _one_by_one(
    followed: FollowedView[Any], checkpoint: Checkpoint, check_time: Callable[[], None]
) -> Iterator[Finding]:
    """Compare a view whose rows follow from one event each: batch by batch, by the position."""
    fold = followed.view.fold(followed.edition)
    upto, digest = 0, fold.digest
    while upto < checkpoint.position:
        check_time()
        after, upto = upto, min(checkpoint.position, upto + READ)
        for item in followed.source.read(after, upto):
            fold.apply(item)
        changes = fold.changed()
        assert changes is not None  # nothing says to stop
        _, kept = followed.table.kept([("position > ? AND position <= ?", (after, upto))])
        yield from _compared(followed, kept, changes.made)
        digest = fold.digest
    # A row that was made by then is at no later position.
    outside = ("position < 1 OR (position > ? AND since <= ?)", (upto, upto))
    _, beyond = followed.table.kept([outside])
    yield from _compared(followed, beyond, [])
    # The follower may have gone on: its digest is of a later position then.
    now = followed.table.checkpoint
    if now is not None and now.position == checkpoint.position:
        yield from _digest(followed, now, digest)


def _compared(
    followed: FollowedView[Any], kept: Iterable[tuple[Any, ...]], made: Iterable[Any]
) -> Iterator[Finding]:
    view = followed.view
    at = [list(view.columns).index(name) for name in view.key]
    stored = {tuple(row[index] for index in at): row for row in kept}
    for row in sorted(map(view.pack, made), key=lambda row: [row[index] for index in at]):
        key = tuple(row[index] for index in at)
        before = stored.pop(key, None)
        if before is None:
            yield Finding("view-row-missing", _place(followed, key))
        elif before != row:
            yield Finding("view-row-altered", _place(followed, key))
    for key in stored:
        yield Finding("view-row-stray", _added(followed, key))


def _digest(
    followed: FollowedView[Any], checkpoint: Checkpoint, digest: bytes
) -> Iterator[Finding]:
    if digest != checkpoint.digest:
        yield Finding(
            "view-checkpoint",
            f"{followed.view.name}: position {checkpoint.position}",
        )


def _place(followed: FollowedView[Any], key: tuple[Any, ...]) -> str:
    """Name a row by its key, which is made of what stands openly in the log."""
    named = ", ".join(f"{name} {value}" for name, value in zip(followed.view.key, key, strict=True))
    return f"{followed.view.name}: {named}"


def _added(followed: FollowedView[Any], key: tuple[Any, ...]) -> str:
    """Name a row that follows from nothing, whose key may say anything, by a hash of it."""
    digest = hashlib.sha256(repr(key).encode()).hexdigest()[:16]
    return f"{followed.view.name}: a row whose key has the SHA-256 {digest}…"
