"""Small helpers that every test may use."""

from __future__ import annotations

import os


def scaled(small: int, large: int) -> int:
    """Return the count a test runs: `small` by default, `large` under `make full`."""
    return large if os.environ.get("HUSRET_FULL") == "1" else small
