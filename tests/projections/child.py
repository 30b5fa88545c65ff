"""What the tests run in a process of its own: `child.py DIRECTORY VIEW WHAT [NUMBER]`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import msgspec

from projections import area_status, follower, ledger_recount, list_movements, plan_progress
from projections.table import Table
from projections.view import View
from services.instance.instance import Instance
from services.instance.views import FollowedView

VIEWS: dict[str, View[Any]] = {
    view.name: view
    for view in (area_status.VIEW, list_movements.VIEW, ledger_recount.VIEW, plan_progress.VIEW)
}

BATCH = 100
"""Positions to a batch in a process that is to be killed, so that it has many."""


def kill_at(commit: int, *, after: bool) -> None:
    """End this process with SIGKILL before, or just after, its table's n-th commit."""
    real = Table._commit
    count = 0

    def commit_or_die(self: Table[Any]) -> None:
        nonlocal count
        count += 1
        if count == commit and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        real(self)
        if count == commit:
            os.kill(os.getpid(), signal.SIGKILL)

    Table._commit = commit_or_die  # type: ignore[method-assign]  # dies in its place


def main() -> None:
    """Catch up with the log, and print the rows as JSON unless killed before."""
    directory, name, what, *number = sys.argv[1:]
    if what != "rows":
        follower.BATCH = BATCH
        kill_at(int(number[0]), after=what == "after")
    with Instance.open(Path(directory)) as instance:
        view = FollowedView(instance, VIEWS[name])
        view.wait_for(instance.log.head())
        sys.stdout.buffer.write(msgspec.json.encode(view.table.rows()))
        view.stop()


if __name__ == "__main__":
    main()
