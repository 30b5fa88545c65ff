"""Small helpers that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONPATH = os.pathsep.join(map(str, (ROOT, ROOT / "protos", ROOT / "verify")))
"""Where a process that a test starts finds this checkout's packages."""


def scaled(small: int, large: int) -> int:
    """Return the count a test runs: `small` by default, `large` under `make full`."""
    return large if os.environ.get("HUSRET_FULL") == "1" else small


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that are not gone (Linux)."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(each) for task in tasks for each in (task / "children").read_text().split()]
