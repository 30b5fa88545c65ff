"""Each test of the event log runs on every backend that can run it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.log.port import EventLog
from tests.log.backends import BACKENDS, SHARED_BACKENDS, Backend, SharedBackend


@pytest.fixture(params=list(BACKENDS))
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    return BACKENDS[request.param](tmp_path)


@pytest.fixture(params=list(SHARED_BACKENDS))
def shared_backend(request: pytest.FixtureRequest, tmp_path: Path) -> SharedBackend:
    return SHARED_BACKENDS[request.param](tmp_path)


@pytest.fixture
def log(backend: Backend) -> Iterator[EventLog]:
    log = backend.open()
    yield log
    log.close()
