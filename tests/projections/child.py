"""What the tests run in a process of its own: `child.py DIRECTORY WHAT [NUMBER]`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import msgspec

from projections import follower
from projections.table import AreaStatusTable
from services.instance.instance import Instance
from services.instance.views import AreaStatusView

BATCH = 100
"""Positions to a batch in a process that is to be killed, so that it has many."""


def kill_at(commit: int, *, after: bool) -> None:
    """End this process with SIGKILL before, or just after, its table's n-th commit."""
    real = AreaStatusTable._commit
    count = 0

    def commit_or_die(self: AreaStatusTable) -> None:
        nonlocal count
        count += 1
        if count == commit and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        real(self)
        if count == commit:
            os.kill(os.getpid(), signal.SIGKILL)

    AreaStatusTable._commit = commit_or_die  # type: ignore[method-assign]  # dies in its place


def main() -> None:
    """Catch up with the log, and print the rows as JSON unless killed before."""
    directory, what, *number = sys.argv[1:]
    if what != "rows":
        follower.BATCH = BATCH
        kill_at(int(number[0]), after=what == "after")
    with Instance.open(Path(directory)) as instance:
        view = AreaStatusView(instance)
        view.wait_for(instance.log.head())
        sys.stdout.buffer.write(msgspec.json.encode(view.table.rows()))
        view.stop()


if __name__ == "__main__":
    main()
