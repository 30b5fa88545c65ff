"""One server of each kind for all tests of JSON over HTTP: each starts from its own ids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from services.instance.instance import Instance
from tests.api.client import TODAY, Client
from tests.api.conftest import served
from tests.http.client import Http, http_beside


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A client over gRPC."""
    with served(Instance.in_memory(today=lambda: date.fromisoformat(TODAY))) as connected:
        connected.import_areas()
        yield connected


@pytest.fixture(scope="module")
def http(client: Client) -> Iterator[Http]:
    """A client over HTTP, of the same instance."""
    with http_beside(client.endpoint) as connected:
        yield connected
