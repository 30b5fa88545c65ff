"""A town in memory, and one on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.answers.town import Town


@pytest.fixture
def town() -> Iterator[Town]:
    with Town.founded() as found:
        yield found


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def town_on_disk(directory: Path) -> Iterator[Town]:
    with Town.founded(directory) as found:
        yield found
