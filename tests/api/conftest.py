"""A server on a real socket, and a client of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import grpc
import pytest

from domain.facts import ControllerKind
from services.api.server import Server
from services.instance.instance import Instance
from tests.api.client import TODAY, Client, Refusal

DAY = date.fromisoformat(TODAY)


@contextmanager
def served(instance: Instance) -> Iterator[Client]:
    """Serve an instance on a free port of the loopback, and close all of it afterwards."""
    with instance:
        server = Server(instance)
        client = Client(server.endpoint)
        try:
            yield client
        finally:
            client.close()
            server.stop(0)


@pytest.fixture
def instance() -> Instance:
    return Instance.in_memory(today=lambda: DAY)


@pytest.fixture
def client(instance: Instance) -> Iterator[Client]:
    with served(instance) as connected:
        yield connected


@pytest.fixture
def organisation() -> Iterator[Client]:
    """A client of a housing organisation's instance."""
    made = Instance.in_memory(
        kind=ControllerKind.HOUSING_ORGANISATION,
        controller="Prøvebo",
        today=lambda: DAY,
    )
    with served(made) as connected:
        yield connected


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The directory of a new instance, which is closed."""
    place = tmp_path / "instance"
    Instance.create(
        place,
        controller="Prøvekøbing Kommune",
        kind=ControllerKind.MUNICIPALITY,
        municipality="9999",
        today=lambda: DAY,
    ).close()
    return place


@pytest.fixture
def refused() -> Callable[[Callable[[], object]], Refusal]:
    """Call something that must be refused, and take its error apart."""

    def call(action: Callable[[], object]) -> Refusal:
        with pytest.raises(grpc.RpcError) as caught:
            action()
        return Refusal(caught.value)

    return call
