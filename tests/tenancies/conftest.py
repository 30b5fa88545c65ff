"""A municipality's instance, and a letting system that calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from husret.v1.fact_service_pb2 import SHARE_BASIS_AGREED
from services.instance.instance import Instance
from tests.api.client import TODAY, Client, Refusal
from tests.api.conftest import organisation as organisation
from tests.api.conftest import refused as refused
from tests.api.conftest import served
from tests.tenancies.letting import Letting

Refused = Callable[[Callable[[], object]], Refusal]


class Today:
    """The day that the instance takes today to be."""

    def __init__(self) -> None:
        self.day = date.fromisoformat(TODAY)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def today() -> Today:
    return Today()


@pytest.fixture
def instance(today: Today) -> Instance:
    return Instance.in_memory(today=today)


@pytest.fixture
def client(instance: Instance) -> Iterator[Client]:
    with served(instance) as connected:
        yield connected


@pytest.fixture
def letting(client: Client) -> Letting:
    made = Letting(client)
    client.import_areas()
    made.a_share(1, 1, basis=SHARE_BASIS_AGREED)  # every dwelling
    return made
