"""Verifying a log: everything in it that does not follow from what it must follow from.

One walk over one snapshot. Each event is held against its leaf hash, each stored node of the tree
against its sixteen children, the head row against the tree, the indexes against the events: so one
alteration is named where it was made, and not again in all that rests on it. Who recomputes the
hashes too is found by the head row, whose code takes the instance's key, and who has that key as
well only by a checkpoint that lies elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from husret_verify.checkpoint import Checkpoint
from husret_verify.merkle import EMPTY_ROOT, fold, frontier_nodes
from services.log import tree
from services.log.event import RecordedEvent
from services.log.finding import Finding
from services.log.port import EventLog, Head, Stored, Vouch

_CHILDREN = 1 << tree.EACH

_LARGEST_GAP = 1_000_000
"""Events whose absence is named one by one; one that stands further off belongs to no log."""


def findings(
    log: EventLog, vouch: Vouch | None = None, checkpoint: Checkpoint | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with a log: of events in their order, then of the tree and the indexes.

    Without `vouch` it is not looked at whether the head row was written by the instance. The log is
    held against a `checkpoint` whose signature the caller has verified. A log in memory must not be
    used before the last finding is taken. Raises StorageError.
    """
    with log.stored() as stored:
        walk = _Walk(stored, checkpoint)
        for event in stored.events():
            yield from walk.event(event)
        yield from walk.end(vouch)
        yield from stored.index_findings()


class _Walk:
    """A walk over a log as it is stored."""

    def __init__(self, stored: Stored, checkpoint: Checkpoint | None) -> None:
        self._stored = stored
        self._checkpoint = checkpoint
        self._root_then = EMPTY_ROOT if checkpoint and not checkpoint.size else None
        self._levels = [_Level(stored, tree.EACH)]
        self._size = 0
        self._before: RecordedEvent | None = None

    def event(self, event: RecordedEvent) -> Iterator[Finding]:
        """Take the next event."""
        if not self._size < event.position <= self._size + _LARGEST_GAP:
            yield Finding.at("event-stray", event.position)
            return
        for position in range(self._size + 1, event.position):
            yield Finding.at("event-missing", position)
            yield from self._add(None)
        if not event.is_intact():
            yield Finding.at("event-altered", event.position)
        before = self._before
        if before is not None and event.recorded_at < before.recorded_at:
            yield Finding.at("time-backwards", event.position)
        if not _follows(before, event):
            yield Finding.at("batch-broken", event.position)
        self._before = event
        yield from self._add(event.leaf_hash)

    def _add(self, leaf: bytes | None) -> Iterator[Finding]:
        self._size += 1
        yield from self._pass_up(0, leaf)
        if self._checkpoint and self._size == self._checkpoint.size:
            self._root_then = self._root()

    def _pass_up(self, number: int, hash: bytes | None) -> Iterator[Finding]:
        """Give a child to a level of stored nodes, and what it completes to the one above."""
        level = self._levels[number]
        if not level.add(hash):
            return
        found, above = level.complete()
        yield from found
        if number + 1 == len(self._levels):
            self._levels.append(_Level(self._stored, level.level + tree.EACH))
        yield from self._pass_up(number + 1, above)

    def _root(self) -> bytes | None:
        """Return the root of the tree so far; None where what it would be made of is gone."""
        hashes: list[bytes] = []
        for level in reversed(self._levels):
            for node in frontier_nodes(len(level.children)):
                start = node.number << node.level
                part = _together(level.children[start : start + (1 << node.level)])
                if part is None:
                    return None
                hashes.append(part)
        return fold(hashes)

    def end(self, vouch: Vouch | None) -> Iterator[Finding]:
        """Say what is wrong with the tree as a whole, and with what is said of it."""
        if self._before is not None:
            last = self._before
            if last.position == self._size and last.batch_index != last.batch_size - 1:
                yield Finding.at("batch-broken", last.position)
        root, size = self._root(), self._size
        for level in self._levels:
            yield from level.left()
        tops = {level.level for level in self._levels}
        for number in self._stored.levels():
            if number not in tops:
                yield Finding("node-stray", f"nodes of level {number}")
        head = self._stored.head()
        if head is not None:
            yield from self._of_head(head, root, vouch)
        elif size:
            yield Finding("head-missing", "table head")
        if self._checkpoint is not None:
            place = f"checkpoint of {self._checkpoint.size} events"
            if self._checkpoint.size > size:
                yield Finding("checkpoint-size", f"{place}, log of {size}")
            elif self._root_then != self._checkpoint.root:
                yield Finding("checkpoint-root", place)

    def _of_head(self, head: Head, root: bytes | None, vouch: Vouch | None) -> Iterator[Finding]:
        if head.size != self._size:
            yield Finding("head-size", f"table head, of {head.size} events; log of {self._size}")
        elif root is not None and root != head.root:
            yield Finding("head-root", f"table head, of {head.size} events")
        written = 0 <= head.size < 2**63 and vouch is not None and vouch.head(head.size, head.root)
        if vouch is not None and head.mac != written:
            yield Finding("head-vouch", f"table head, of {head.size} events")


class _Level:
    """The stored nodes of one level, each held against its children as they are stored."""

    def __init__(self, stored: Stored, level: int) -> None:
        self.level = level
        self.children: list[bytes | None] = []
        """Those of the next node, which is not complete; None for one that is gone."""
        self._nodes = stored.nodes(level)
        self._next = next(self._nodes, None)
        self._number = 0

    def add(self, child: bytes | None) -> bool:
        """Take the next child, and tell whether it completes the node."""
        self.children.append(child)
        return len(self.children) == _CHILDREN

    def complete(self) -> tuple[list[Finding], bytes | None]:
        """Hold the node against its children; return what was found, and its hash."""
        found = list(self._strays(below=self._number))
        computed, self.children = _together(self.children), []
        number, self._number = self._number, self._number + 1
        if self._next is None or self._next[0] != number:
            return [*found, Finding("node-missing", self._place(number))], computed
        _, stored = self._next
        self._next = next(self._nodes, None)
        if computed is not None and stored != computed:
            found.append(Finding("node-altered", self._place(number)))
        return found, stored

    def left(self) -> Iterator[Finding]:
        """Name the nodes behind the last that there can be."""
        yield from self._strays(below=None)

    def _strays(self, below: int | None) -> Iterator[Finding]:
        while self._next is not None and (below is None or self._next[0] < below):
            yield Finding("node-stray", self._place(self._next[0]))
            self._next = next(self._nodes, None)

    def _place(self, number: int) -> str:
        return f"node {number} of level {self.level}"


def _together(hashes: Sequence[bytes | None]) -> bytes | None:
    """Return the hash over a complete subtree's nodes, None where one of them is gone."""
    known = [each for each in hashes if each is not None]
    return tree.over(known) if len(known) == len(hashes) else None


def _follows(before: RecordedEvent | None, event: RecordedEvent) -> bool:
    """Tell whether an event's place in its batch can follow on that of the one before it."""
    if not 0 <= event.batch_index < event.batch_size:
        return False
    if (0 if before is None else before.position) != event.position - 1:
        return True  # what was in front of it is gone, and named
    if before is None or before.batch_index == before.batch_size - 1:
        return event.batch_index == 0
    return (event.batch_index, event.batch_size) == (before.batch_index + 1, before.batch_size)
