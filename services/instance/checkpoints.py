"""Checkpoints of an instance's log, and proofs about it: each for one size of the tree.

A size is taken once, from the head row, and everything is made for it: events and nodes below it
never change, whatever is appended meanwhile. What is signed is what the head row says, once its
code has shown that this instance wrote it, and never what a forged store would compute to.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from husret_verify.checkpoint import Checkpoint, open_checkpoint
from husret_verify.merkle import verify_consistency, verify_inclusion
from husret_verify.note import sign
from husret_verify.problems import Problem
from services import files
from services.instance.instance import Instance
from services.log import tree
from services.log.event import RecordedEvent
from services.log.port import Head, LogAltered, StorageError

LATEST = "latest"
"""The name under which the newest checkpoint is published, beside that of its size."""

_LOGGER = logging.getLogger("husret")


class OutOfTree(ValueError):
    """A size or position that the tree doesn't have; `field` says which was asked for."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Inclusion(NamedTuple):
    """That an event stands in the tree of one size."""

    event: RecordedEvent
    size: int
    root: bytes
    hashes: list[bytes]


class Consistency(NamedTuple):
    """That the tree of one size is the start of that of another."""

    first: int
    second: int
    first_root: bytes
    second_root: bytes
    hashes: list[bytes]


def attested(instance: Instance) -> Head:
    """Return where the tree stands, as this instance wrote it; raises LogAltered."""
    head = instance.log.stored_head()
    if head is None:
        raise LogAltered("its head row is gone")
    if not 0 < head.size < 2**63 or head.mac != instance.vouch.head(head.size, head.root):
        raise LogAltered("its head row was not written by this instance")
    return head


def made(instance: Instance) -> tuple[Checkpoint, str]:
    """Return the checkpoint of the log as it stands, and the signed note that says it.

    Raises SigningKeyError, LogAltered and StorageError.
    """
    signer, head = instance.signer(), attested(instance)
    checkpoint = Checkpoint(signer.origin, head.size, head.root)
    return checkpoint, sign(checkpoint.text(), signer.origin, signer.private)


def inclusion(instance: Instance, position: int, size: int = 0) -> Inclusion:
    """Prove that an event is in the tree of `size` events; 0: the tree as it stands.

    The proof is verified before it is returned. Raises OutOfTree, LogAltered and StorageError.
    """
    head = attested(instance)
    size = _size(size, head, "size")
    if not 1 <= position <= size:
        raise OutOfTree("position", f"must lie from 1 to {size}, the size of the tree")
    event = instance.log.event_at(position)
    if event is None or not event.is_intact():
        raise LogAltered(f"the event at position {position}")
    with _of_what_is_stored():
        root = _root(instance, size, head)
        hashes = tree.inclusion(instance.log.hashes, position, size)
        verify_inclusion(event.leaf_hash, position - 1, size, hashes, root)
    return Inclusion(event, size, root, hashes)


def consistency(instance: Instance, first: int, second: int = 0) -> Consistency:
    """Prove that the tree of `first` events is the start of that of `second`; 0: as it stands.

    The proof is verified before it is returned. Raises OutOfTree, LogAltered and StorageError.
    """
    head = attested(instance)
    second = _size(second, head, "second_size")
    if not 1 <= first <= second:
        raise OutOfTree("first_size", f"must lie from 1 to {second}, the size of the other tree")
    with _of_what_is_stored():
        first_root, second_root = (_root(instance, each, head) for each in (first, second))
        hashes = tree.consistency(instance.log.hashes, first, second)
        verify_consistency(first, second, first_root, second_root, hashes)
    return Consistency(first, second, first_root, second_root, hashes)


def _size(asked: int, head: Head, field: str) -> int:
    if not 0 <= asked <= head.size:
        raise OutOfTree(field, f"must lie from 1 to {head.size}, the log's head; 0: the head")
    return asked or head.size


def _root(instance: Instance, size: int, head: Head) -> bytes:
    """Return a root that the head row vouches for: its own, or one that is proved to lead to it."""
    if size == head.size:
        return head.root
    hashes_of = instance.log.hashes
    root = tree.root(hashes_of, size)
    path = tree.consistency(hashes_of, size, head.size)
    verify_consistency(size, head.size, root, head.root, path)
    return root


@contextmanager
def _of_what_is_stored() -> Iterator[None]:
    """Have a tree that does not fit together be told as an altered log."""
    try:
        yield
    except (Problem, tree.TreeDamaged) as error:
        raise LogAltered(f"its tree does not lead to its head row ({error})") from error


class Publisher:
    """Publishes a checkpoint in a directory whenever the log has grown, for others to keep.

    Each stands in a file named by its size, and the newest in `latest` too; a file is never seen
    half written, and one that is there is left, for witnesses may have signed it. What was
    published before is held against the log first: where the log does not continue it, nothing more
    is published, for that is what it is published for.
    """

    def __init__(self, instance: Instance, directory: Path, every: float) -> None:
        """Publish in `directory`, looking each `every` seconds; raises OSError, SigningKeyError."""
        self._instance = instance
        self._directory = directory
        self._every = every
        self._signer = instance.signer()
        self._stopped = threading.Event()
        self._problem = ""
        directory.mkdir(parents=True, exist_ok=True)
        self._thread = threading.Thread(target=self._publish, name="checkpoints", daemon=True)

    def start(self) -> None:
        """Begin to publish."""
        self._thread.start()

    def stop(self) -> None:
        """Publish the last one, and end."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _publish(self) -> None:
        while True:
            stopping = self._stopped.is_set()
            try:
                self.publish()
                self._problem = ""
            except (OSError, Problem, StorageError, UnicodeError) as error:
                if str(error) != self._problem:
                    self._problem = str(error)
                    _LOGGER.error("no checkpoint is published in %s: %s", self._directory, error)
            if stopping:
                return
            self._stopped.wait(self._every)

    def publish(self) -> Checkpoint:
        """Publish the checkpoint of the log as it stands, and return it.

        Raises OSError; Problem for a `latest` that is none of this log, LogAltered where the log
        does not continue it, StorageError.
        """
        checkpoint, note = made(self._instance)
        latest = self._directory / LATEST
        if latest.exists():
            before, _ = open_checkpoint(latest.read_text("utf-8"), self._signer.vkey)
            if before == checkpoint:
                return checkpoint
            if before.size > checkpoint.size:
                raise LogAltered(f"it ends before the checkpoint of {before.size} events")
            if consistency(self._instance, before.size, checkpoint.size).first_root != before.root:
                raise LogAltered(f"it does not continue the checkpoint of {before.size} events")
        own = self._directory / str(checkpoint.size)
        if not own.exists():
            self._write(own, note)
        self._write(latest, note)
        return checkpoint

    def _write(self, path: Path, note: str) -> None:
        made = path.with_name(f".{path.name}.new")
        with made.open("w", encoding="utf-8", newline="") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        made.rename(path)
        files.make_durable(self._directory)
