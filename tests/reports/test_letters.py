"""Letters about decisions: only of what is recorded, in plain words, and to one person."""

from __future__ import annotations

from collections.abc import Callable

from services.reports.writing import Writing
from tests.api.client import (
    Refusal,
)

Refused = Callable[[Callable[[], object]], Refusal]
DANISH, ENGLISH = Writing("da"), Writing("en")
DAY = "2026-06-01"
SINCE = {"first_day": "2020-01-01"}
