"""One peer, whatever it holds, leaves the others their turn."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2

from husret.v1 import tenancy_service_pb2 as tenancy
from services.api import server
from tests.api.client import Client, Refusal, an_area, an_id, context
from tests.api.test_server import process
from tests.api.test_waiting import IN_TIME, RECORD, Silent, apart, bounded, probe

WATCH = "/grpc.health.v1.Health/Watch"
Refused = Callable[[Callable[[], object]], Refusal]


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_those_who_watch_the_health_do_not_stand_in_the_way_of_those_who_ask(
    client: Client, opened: ExitStack
) -> None:
    request = health_pb2.HealthCheckRequest().SerializeToString()
    calls = []
    for _ in range(3):
        channel = apart(client.endpoint)
        opened.callback(channel.close)
        watch = channel.unary_stream(WATCH)
        calls += [watch(request) for _ in range(server.HEALTH.calls // 2)]
    time.sleep(1)
    probes = apart(client.endpoint)
    opened.callback(probes.close)
    assert [probe(probes) for _ in range(5)]


def test_a_peer_with_many_silent_calls_is_waited_for_but_once(
    monkeypatch: pytest.MonkeyPatch, opened: ExitStack
) -> None:
    with bounded(monkeypatch, requests=4, patience=1.5) as client:
        silent = Silent(client.endpoint)
        opened.callback(silent.close)
        silent.begin(RECORD, 60)  # fifteen times as many as there are places
        time.sleep(0.3)
        began = time.monotonic()
        for number in range(3):
            client.record(an_area(f"9999-{number}"), timeout=IN_TIME)
        assert time.monotonic() - began < 8 * 1.5, "it was waited for again and again"


def test_a_full_lane_makes_room_at_the_cost_of_the_peer_that_fills_it(
    monkeypatch: pytest.MonkeyPatch, opened: ExitStack
) -> None:
    with bounded(monkeypatch, calls=40, of_peer=20, requests=4, patience=0.3) as client:
        for _ in range(2):
            silent = Silent(client.endpoint)
            opened.callback(silent.close)
            silent.begin(RECORD, 20)
        time.sleep(0.6)
        client.record(an_area(), timeout=IN_TIME)


def test_idle_connections_do_not_take_every_file_that_may_be_open(directory: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        with process(directory) as (child, _):
            limits = Path(f"/proc/{child.pid}/limits").read_text(encoding="ascii")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    [line] = [line for line in limits.splitlines() if line.startswith("Max open files")]
    assert int(line.split()[3]) == min(hard, server.MOST_DESCRIPTORS)


@pytest.mark.parametrize("dwelling", ["a\nb", "x" * 65, "æ", " d"])
def test_what_can_be_no_id_of_a_dwelling_is_a_wrong_field_in_its_steps_too(
    dwelling: str, client: Client, refused: Refused
) -> None:
    who: dict[str, Any] = {"context": context(purpose="case"), "dwelling_id": dwelling}
    free = tenancy.FreeDwellingRequest(request_id=an_id(), day="2026-01-01", **who)
    refusal = refused(lambda: client.tenancies.FreeDwelling(free, timeout=10))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert set(refusal.fields) == {"dwelling_id"}
    get = tenancy.GetTenancyRequest(**who)
    assert set(refused(lambda: client.tenancies.GetTenancy(get, timeout=10)).fields) == {
        "dwelling_id"
    }
