"""One server per instance: who owns its directory's log, and where it can be reached."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventsourcing.persistence import OperationalError

from services import files

PATIENCE = 0.2
"""Seconds to try for the lock: `owner` holds it for an instant when it looks."""


class LogOwned(OperationalError):
    """Another server owns the event log."""


class Ownership:
    """The right to serve one event log, for as long as the context lasts."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def publish_address(self, address: str) -> None:
        """Write down where this server can be reached, for `owner` to tell."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, address.encode(), 0)


def _server_file(directory: Path) -> Path:
    return directory / "log.db.server"


@contextmanager
def own(directory: Path) -> Iterator[Ownership]:
    """Own the event log of the instance in `directory` until the context ends or the process dies.

    Raises LogOwned if another server owns it.
    """
    files.create(_server_file(directory))
    descriptor = os.open(_server_file(directory), os.O_RDWR)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    address = _read(descriptor) or "an address not yet published"
                    raise LogOwned(
                        f"another server, at {address}, owns this event log: stop it first, or "
                        "give this one a log of its own"
                    ) from None
                time.sleep(0.01)
        ownership = Ownership(descriptor)
        ownership.publish_address("")
        yield ownership
    finally:
        os.close(descriptor)


class Held(OperationalError):
    """Somebody is at what must not happen at the same time."""


@contextmanager
def hold(directory: Path, *, shared: bool, patience: float) -> Iterator[None]:
    """Keep backups (shared) of an instance, and its erasures, apart until the context ends.

    Raises Held when the other is still at it after `patience` seconds.
    """
    file = directory / "log.db.erasing"
    files.create(file)
    descriptor = os.open(file, os.O_RDWR)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(
                    descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
                )
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    other = "an erasure" if shared else "a backup"
                    raise Held(f"{other} is being made; try again when it is done") from None
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def owner(directory: Path) -> str | None:
    """Return the address that the log's owner has published, None if it has no owner.

    The address is empty while a server that owns the log has not published it yet.
    """
    try:
        descriptor = os.open(_server_file(directory), os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(descriptor)
    else:
        return None
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> str:
    return os.pread(descriptor, 4096, 0).decode()
