"""Servers that the tests of the command line share, each asked over its socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.facts import ControllerKind
from husret.v1.fact_service_pb2 import SHARE_BASIS_AGREED
from services.api.server import Server
from services.cli import main as cli
from services.instance.instance import Instance
from tests.api.client import TODAY, Client, reached
from tests.tenancies.letting import Letting

Capture = pytest.CaptureFixture[str]


class Asked(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def may_follow(self) -> list[str]:
        """The commands that it named at its end, without the program's name."""
        _, named, said = self.out.rpartition("Next:\n")
        lines = said.splitlines() if named else []
        return [line.strip().partition("husret ")[2] for line in lines]


class Running(NamedTuple):
    """A server with what it has handled, and a client of it that prepares facts."""

    server: Server
    client: Client
    letting: Letting


Husret = Callable[..., Asked]


@contextmanager
def running(kind: ControllerKind) -> Iterator[Running]:
    today = date.fromisoformat(TODAY)
    with Instance.in_memory(kind=kind, today=lambda: today) as instance:
        server = Server(instance)
        client = Client(server.endpoint)
        try:
            yield Running(server, client, Letting(client))
        finally:
            client.close()
            server.stop(0)


@pytest.fixture(scope="module")
def municipality() -> Iterator[Running]:
    with running(ControllerKind.MUNICIPALITY) as made:
        made.client.import_areas()
        made.letting.a_share(1, 1, basis=SHARE_BASIS_AGREED)  # every dwelling
        yield made


@pytest.fixture(scope="module")
def organisation() -> Iterator[Running]:
    with running(ControllerKind.HOUSING_ORGANISATION) as made:
        yield made


@pytest.fixture
def husret(municipality: Running, capsys: Capture, tmp_path: Path) -> Husret:
    """Run a command, in English, against the municipality's server, or another's."""

    def run(*arguments: object, of: Running = municipality) -> Asked:
        asked = [str(each) for each in arguments]
        language = [] if "--language" in asked else ["--language", "en"]
        where = reached(of.server.endpoint, tmp_path)
        code = cli.main([*asked, *where, *language])
        return Asked(code, *capsys.readouterr())

    return run
