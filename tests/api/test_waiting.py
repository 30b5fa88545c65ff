"""Nothing waits on a peer without a limit, and no request is more than the server can hold."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import grpc
import pytest
from google.protobuf import descriptor_pool
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2

from husret.v1 import area_service_pb2 as area_pb
from husret.v1 import eligibility_service_pb2 as eligibility_pb
from services.api import lanes, reflection, server
from services.api.bearer import Endpoint
from services.api.server import Server
from services.instance.instance import Instance
from tests.api.client import (
    Client,
    Refusal,
    a_dwelling,
    a_household,
    an_area,
    an_id,
    audit_request,
    context,
)
from tests.api.test_areas import PUBLISHED, request
from tests.api.test_server import process
from tests.support import scaled

RECORD = "/husret.v1.FactService/RecordFacts"
SCREEN = "/husret.v1.EligibilityService/ScreenWaitingList"
REFLECT = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
PROBE = "/grpc.health.v1.Health/Check"

IN_TIME = 0.75 * lanes.ARRIVAL
"""Seconds, enough on a busy machine; who had to wait for a silent call would wait longer."""

METHODS = [
    *(
        f"{name}/{method.name}"
        for name in server._SERVICES
        for method in descriptor_pool.Default().FindServiceByName(name).methods
    ),
    *(f"{health.SERVICE_NAME}/{method}" for method in ("Check", "List", "Watch")),
    *(f"{name}/ServerReflectionInfo" for name in reflection.SERVICE_NAMES),
]
"""Everything that a server answers."""


def apart(endpoint: Endpoint) -> Any:
    """Return a channel with a connection of its own, which reads little ahead."""
    options = {
        "grpc.use_local_subchannel_pool": 1,
        "grpc.http2.bdp_probe": 0,
        "grpc.http2.lookahead_bytes": 64 * 1024,
    }
    return endpoint.channel(tuple(options.items()))


class Silent:
    """Calls of one connection that are begun and then say nothing, until the end."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.channel = apart(endpoint)
        self._metadata = endpoint.metadata
        self._over = threading.Event()
        self._calls: list[Any] = []  # one that nobody holds is cancelled

    def begin(self, method: str, many: int = 1) -> list[Any]:
        """Begin calls whose request never comes."""
        call = self.channel.stream_stream(method)
        return self._kept([call(self._nothing(), metadata=self._metadata) for _ in range(many)])

    def unread(self, request: bytes, many: int = 1) -> list[Any]:
        """Ask for waiting lists, and never take a page."""
        return self._kept([self.channel.unary_stream(SCREEN)(request) for _ in range(many)])

    def close(self) -> None:
        self._over.set()
        self.channel.close()

    def _kept(self, calls: list[Any]) -> list[Any]:
        self._calls += calls
        return calls

    def _nothing(self) -> Iterator[bytes]:
        self._over.wait()
        yield from ()


def code_of(call: Any, timeout: float = IN_TIME) -> grpc.StatusCode:
    """Return how a call ended; it must end in time."""
    with ThreadPoolExecutor(1) as waiting:
        code: grpc.StatusCode = waiting.submit(call.code).result(timeout)
    return code


def probe(channel: Any) -> float:
    """Return how many milliseconds a probe of the server's health takes."""
    stub: Any = health_pb2_grpc.HealthStub(channel)
    began = time.perf_counter()
    answer = stub.Check(health_pb2.HealthCheckRequest(), timeout=IN_TIME)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING
    return (time.perf_counter() - began) * 1000


def a_long_list(client: Client, households: int = 2_000) -> bytes:
    """Record a dwelling, and return the request for a list whose pages fill a connection."""
    client.an_area()
    client.record(a_dwelling("dwelling-1"))
    household = an_id()
    client.record(a_household(household))
    return eligibility_pb.ScreenWaitingListRequest(
        context=context(purpose="referral"),
        referral=eligibility_pb.ReferralQuestion(
            dwelling_id="dwelling-1",
            basis=eligibility_pb.REFERRAL_BASIS_STK_1,
            day="2026-06-01",
        ),
        household_ids=[an_id() for _ in range(households)],
        preview=True,
    ).SerializeToString()


# --- Silent calls ---------------------------------------------------------------------------


@pytest.mark.parametrize("many", [16, 64])
def test_silent_calls_hold_up_neither_health_nor_work(directory: Path, many: int) -> None:
    with process(directory) as (_, endpoint), ExitStack() as opened:
        client = Client(endpoint)
        opened.callback(client.close)
        listed = a_long_list(client)
        probes = apart(endpoint)
        opened.callback(probes.close)
        for _ in range(20):
            probe(probes)
        idle = [probe(probes) for _ in range(scaled(200, 2_000))]
        said: dict[str, list[float]] = {}
        for kind in ("request", "reflection", "unread list", "health"):
            calls = Silent(endpoint)
            match kind:
                case "request":
                    calls.begin(RECORD, many)
                case "reflection":
                    calls.begin(REFLECT, many)
                case "unread list":
                    calls.unread(listed, many)
                case _:
                    calls.begin(PROBE, many)
            time.sleep(0.5)
            said[kind] = [probe(probes) for _ in range(scaled(200, 2_000))]
            client.record(an_area(f"9999-{kind.replace(' ', '-')}"), timeout=IN_TIME)
            calls.close()
        for name, took in ({"idle": idle} | said).items():
            cuts = quantiles(took, n=100)
            print(f"{many} silent, {name}: health p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms")
            assert cuts[49] < 100 * median(idle)


def test_a_request_that_does_not_come_is_cancelled_whatever_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "ARRIVAL", 0.3)
    with Instance.in_memory() as instance:
        running = Server(instance)
        silent = Silent(running.endpoint)
        begun = {method: silent.begin(f"/{method}")[0] for method in METHODS}
        ended = {method: code_of(call) for method, call in begun.items()}
        assert ended == dict.fromkeys(begun, grpc.StatusCode.CANCELLED)
        silent.close()
        running.stop(0)
        ours = [each.removeprefix("husret.v1.") for each in METHODS if "husret" in each]
        said = {(method, "CANCELLED"): 1 for method in ours}
        assert len(ours) > 40
        assert running.calls.handled == said


def test_a_page_that_nobody_takes_ends_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TAKING", 0.5)
    with Instance.in_memory() as instance:
        running = Server(instance)
        client, silent = Client(running.endpoint), Silent(running.endpoint)
        [call] = silent.unread(a_long_list(client, 20_000))
        ended = ("EligibilityService/ScreenWaitingList", "CANCELLED")
        until = time.monotonic() + IN_TIME
        while not running.calls.handled[ended]:
            assert time.monotonic() < until
            time.sleep(0.05)
        with pytest.raises(grpc.RpcError) as caught:
            list(call)
        assert Refusal(caught.value).code is grpc.StatusCode.CANCELLED
        silent.close()
        client.close()
        running.stop(0)


def test_an_answer_that_nobody_takes_ends_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "TAKING", 0.5)
    with Instance.in_memory() as instance:
        running = Server(instance)
        client, silent = Client(running.endpoint), Silent(running.endpoint)
        client.areas.ImportAreaLists(request(PUBLISHED))
        events = audit_request(page_size=1000).SerializeToString()
        call = silent.channel.unary_stream("/husret.v1.AuditService/ListEvents")(events)
        time.sleep(2)  # four times as long as the server waits
        with pytest.raises(grpc.RpcError) as caught:
            list(call)
        assert Refusal(caught.value).code is grpc.StatusCode.CANCELLED
        silent.close()
        client.close()
        running.stop(0)


def test_a_reader_that_goes_on_reading_gets_every_page_however_long_it_takes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "TAKING", 0.5)
    request = a_long_list(client, 12_000)
    channel: Any = client.channel
    pages = channel.unary_stream(
        SCREEN, response_deserializer=eligibility_pb.ScreenWaitingListResponse.FromString
    )(request)
    read = 0
    for page in pages:
        read += len(page.households)
        time.sleep(0.1)
    assert read == 12_000


@contextmanager
def bounded(monkeypatch: pytest.MonkeyPatch, **values: Any) -> Iterator[Client]:
    """Serve with other bounds for ordinary calls."""
    monkeypatch.setattr(server, "WORK", server.WORK._replace(**values))
    with Instance.in_memory() as instance:
        running = Server(instance)
        client = Client(running.endpoint)
        yield client
        client.close()
        running.stop(0)


def test_who_is_silent_makes_room_for_who_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with bounded(monkeypatch, requests=2, patience=0.3) as client:
        silent = Silent(client.endpoint)
        calls = silent.begin(RECORD, 2)
        time.sleep(0.2)
        client.record(an_area(), timeout=IN_TIME)
        assert grpc.StatusCode.CANCELLED in [each.code() for each in calls if each.done()]
        silent.close()


def test_nobody_is_cut_short_while_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with bounded(monkeypatch, requests=2, patience=0.1) as client:
        silent = Silent(client.endpoint)
        [call] = silent.begin(RECORD)
        time.sleep(0.5)
        for number in range(20):
            client.record(an_area(f"9999-{number}"), timeout=IN_TIME)
        assert not call.done()
        silent.close()


def test_one_peer_leaves_room_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    with bounded(monkeypatch, of_peer=3) as client:
        silent = Silent(client.endpoint)
        silent.begin(RECORD, 3)
        time.sleep(0.3)
        more = silent.channel.unary_unary(RECORD)
        with pytest.raises(grpc.RpcError) as caught:
            more(b"", timeout=IN_TIME)
        refusal = Refusal(caught.value)
        assert refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert refusal.reason == "ERROR_REASON_LIMIT"
        client.record(an_area(), timeout=IN_TIME)
        silent.close()


def test_a_server_that_is_full_refuses_work_and_stays_healthy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with bounded(monkeypatch, calls=4) as client:
        silent = Silent(client.endpoint)
        silent.begin(RECORD, 4)
        time.sleep(0.3)
        with pytest.raises(grpc.RpcError) as caught:
            client.record(an_area(), timeout=IN_TIME)
        assert Refusal(caught.value).code is grpc.StatusCode.RESOURCE_EXHAUSTED
        probe(client.channel)
        silent.close()
        time.sleep(0.3)
        client.record(an_area(), timeout=IN_TIME)


def test_a_peer_that_answers_no_ping_is_disconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    options = dict(server.OPTIONS)
    assert options["grpc.keepalive_time_ms"] + options["grpc.keepalive_timeout_ms"] < 120_000
    options |= {"grpc.keepalive_time_ms": 300, "grpc.keepalive_timeout_ms": 300}
    options["grpc.http2.ping_timeout_ms"] = 300
    monkeypatch.setattr(server, "OPTIONS", tuple(options.items()))
    with Instance.in_memory() as instance:
        running = Server(instance)
        host, _, port = running.address.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=10) as gone:
            # HTTP/2's preface with empty settings, their acknowledgement, and not a word more.
            gone.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(3) + b"\4" + bytes(5))
            gone.sendall(bytes(3) + b"\4\1" + bytes(4))
            while gone.recv(4096):
                pass
        running.stop(0)


def test_a_stop_waits_for_no_silent_call(client: Client, directory: Path) -> None:
    with process(directory) as (child, endpoint):
        calls = Silent(endpoint)
        for method in (RECORD, SCREEN, REFLECT, PROBE):
            calls.begin(method, 4)
        probes = apart(endpoint)
        stub: Any = health_pb2_grpc.HealthStub(probes)
        watch = stub.Watch(health_pb2.HealthCheckRequest())
        next(watch)
        began = time.monotonic()
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=2 * server.GRACE) == 0
        assert time.monotonic() - began < server.GRACE, "it waited for them"
        calls.close()
        probes.close()


# --- Large requests -------------------------------------------------------------------------


def resident(pid: int) -> int:
    """Return the megabytes that a process has in memory."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    [size] = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(size) // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_many_large_requests_leave_no_memory_behind(directory: Path) -> None:
    many = scaled(40, 200)
    full = 8 * 1024 * 1024 - 1
    # Every fifth is read to its end, which takes long; the others are refused at a glance.
    contents = [b"x" * full, *[b"PK\x03\x04".ljust(full, b"x")] * 4]
    with process(directory) as (child, endpoint), apart(endpoint) as channel:
        before = resident(child.pid)
        requests = [
            area_pb.ImportAreaListsRequest(
                context=context(purpose="import"),
                request_id=an_id(),
                file_name="large.csv",
                content=content,
                validate_only=True,
            ).SerializeToString()
            for content in contents
        ]
        call = channel.unary_unary("/husret.v1.AreaService/ImportAreaLists")
        calls = [call.future(each, timeout=250) for each in islice(cycle(requests), many)]
        most = 0
        while not all(each.done() for each in calls):
            most = max(most, resident(child.pid))
            time.sleep(0.02)
        assert {each.code() for each in calls} == {grpc.StatusCode.INVALID_ARGUMENT}
        left = resident(child.pid)
        print(f"{many} requests of 8.4 MB: {before} MB before, {most} at most, {left} left")
        assert most < 700
        assert left < before + 200


# --- Broken requests ------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_what_can_not_be_read_is_the_callers_fault(
    client: Client, method: str, refused: Callable[[Callable[[], object]], Refusal]
) -> None:
    broken = b"\x0a\xff\xff"  # a field that is longer than what follows
    channel: Any = client.channel
    refusal = refused(
        lambda: list(
            channel.stream_stream(f"/{method}")(iter([broken]), IN_TIME, client.endpoint.metadata)
        )
    )
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.reason == "ERROR_REASON_INVALID_FIELDS"


@pytest.mark.parametrize("content", [b"", b"\x08\x96\x01", b"\x12\x00" * 50_000])
def test_no_request_whatever_it_holds_is_a_fault_of_the_server(
    client: Client, content: bytes
) -> None:
    channel: Any = client.channel
    for method in METHODS:
        if not method.endswith("/Watch"):  # which answers for as long as one likes
            call = channel.stream_stream(f"/{method}")(
                iter([content]), IN_TIME, client.endpoint.metadata
            )
            with suppress(grpc.RpcError):
                list(call)
            assert call.code() not in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN), method


def test_a_call_without_a_request_is_the_callers_fault(
    client: Client, refused: Callable[[Callable[[], object]], Refusal]
) -> None:
    channel: Any = client.channel
    for method in (RECORD, SCREEN, PROBE):
        call = channel.stream_stream(method)
        refusal = refused(
            partial(lambda call: list(call(iter([]), IN_TIME, client.endpoint.metadata)), call)
        )
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT


# --- Reflection -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
def test_reflection_speaks_both_versions(client: Client, version: str) -> None:
    service = f"grpc.reflection.{version}.ServerReflection"
    ask = reflection_pb2.ServerReflectionRequest
    channel: Any = client.channel
    answers = channel.stream_stream(
        f"/{service}/ServerReflectionInfo",
        ask.SerializeToString,
        reflection_pb2.ServerReflectionResponse.FromString,
    )(iter([ask(list_services=""), ask(file_containing_symbol=service)]), IN_TIME)
    listed, file = answers
    names = {each.name for each in listed.list_services_response.service}
    assert {service, "husret.v1.FactService", "grpc.health.v1.Health"} <= names
    described = FileDescriptorProto.FromString(
        file.file_descriptor_response.file_descriptor_proto[0]
    )
    assert described.package == f"grpc.reflection.{version}"
    [method] = described.service[0].method
    assert method.input_type == f".grpc.reflection.{version}.ServerReflectionRequest"
