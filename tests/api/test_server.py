"""The server itself: health, reflection, deadlines, mutual TLS, faults, stopping and dying."""

from __future__ import annotations

import datetime
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from husret.v1 import fact_service_pb2 as pb
from husret.v1 import fact_service_pb2_grpc
from services.api.bearer import Endpoint
from services.api.server import Server, ServerError, Tls
from services.facts import checks as fact_checks
from services.instance import token
from services.instance.instance import Instance
from services.log import ownership
from services.log.sqlite import SQLiteEventLog
from tests.api.client import Client, Refusal, a_person, an_area, an_id, context
from tests.api.conftest import served
from tests.support import PYTHONPATH, scaled

ROOT = Path(__file__).resolve().parent.parent.parent
Refused = Callable[[Callable[[], object]], Refusal]
SERVICES = ("FactService", "EligibilityService", "AreaService", "AuditService")


# --- Health and reflection ------------------------------------------------------------------


def test_every_service_is_healthy_while_served(client: Client) -> None:
    stub: Any = health_pb2_grpc.HealthStub(client.channel)
    for name in ("", *(f"husret.v1.{service}" for service in SERVICES)):
        response = stub.Check(health_pb2.HealthCheckRequest(service=name))
        assert response.status == health_pb2.HealthCheckResponse.SERVING


def test_the_health_of_all_services_is_told_at_once(client: Client) -> None:
    stub: Any = health_pb2_grpc.HealthStub(client.channel)
    messages: Any = health_pb2  # whose stubs do not have those of `List`
    told = stub.List(messages.HealthListRequest(), timeout=5).statuses
    assert len(told) == 9
    assert {each.status for each in told.values()} == {health_pb2.HealthCheckResponse.SERVING}


def test_reflection_names_the_services_and_gives_their_files(client: Client) -> None:
    stub: Any = reflection_pb2_grpc.ServerReflectionStub(client.channel)
    ask: Any = reflection_pb2.ServerReflectionRequest
    listed, file = stub.ServerReflectionInfo(
        iter(
            [
                ask(list_services=""),
                ask(file_containing_symbol="husret.v1.FactService"),
            ]
        )
    )
    names = {each.name for each in listed.list_services_response.service}
    assert {f"husret.v1.{service}" for service in SERVICES} <= names
    described = FileDescriptorProto.FromString(
        file.file_descriptor_response.file_descriptor_proto[0]
    )
    assert described.name == "husret/v1/fact_service.proto"


# --- Deadlines ------------------------------------------------------------------------------


@pytest.mark.parametrize("slow_at", ["checking", "sealing"])
def test_nothing_is_recorded_once_the_deadline_has_passed(
    slow_at: str, client: Client, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, name = {
        "checking": (fact_checks, "check"),
        "sealing": (instance.keys, "provide"),
    }[slow_at]
    done: Any = getattr(place, name)
    finished = threading.Event()

    def slow(*arguments: object, **options: object) -> object:
        result = done(*arguments, **options)
        time.sleep(0.3)
        finished.set()
        return result

    monkeypatch.setattr(place, name, slow)
    head, person = instance.log.head(), an_id()
    with pytest.raises(grpc.RpcError) as caught:
        client.record(a_person(person), timeout=0.1)
    assert Refusal(caught.value).code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert finished.wait(5)
    time.sleep(0.2)
    assert instance.log.head() == head
    if slow_at == "checking":
        assert instance.keys.known(UUID(person)) is None


# --- Where it listens -----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0", "192.0.2.1:50051", "example.org:1"])
def test_an_address_beyond_the_loopback_is_refused_without_mutual_tls(address: str) -> None:
    with Instance.in_memory() as instance, pytest.raises(ServerError, match="mutual TLS"):
        Server(instance, address)


def test_a_port_that_is_taken_is_named(client: Client) -> None:
    with Instance.in_memory() as other, pytest.raises(ServerError, match="can't be listened on"):
        Server(other, client.address)


class Authority:
    """A certificate authority made for one test."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test CA")])
        self.certificate = pem(self._signed(self.name, self.key, authority=True))

    def issue(self, name: str) -> tuple[bytes, bytes]:
        """Return a certificate for `name`, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        return pem(self._signed(subject, key)), key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def _signed(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, authority: bool = False
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        day = datetime.timedelta(days=1)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - day)
            .not_valid_after(now + day)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(self.key, hashes.SHA256())
        )


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def test_under_mutual_tls_the_system_is_the_certificates(tmp_path: Path) -> None:
    authority, stranger = Authority(), Authority()
    certificate, key = authority.issue("husret-server")
    tls = Tls(certificate, key, authority.certificate)
    with Instance.in_memory() as instance:
        server = Server(instance, "0.0.0.0:0", tls)
        address = f"localhost:{server.address.rpartition(':')[2]}"
        request = pb.RecordFactsRequest(context=context(), request_id=an_id(), facts=[an_area()])

        def record(given: tuple[bytes, bytes] | None) -> None:
            own = () if given is None else (given[1], given[0])
            credentials = grpc.ssl_channel_credentials(authority.certificate, *own)
            with grpc.secure_channel(address, credentials) as channel:
                fact_service_pb2_grpc.FactServiceStub(channel).RecordFacts(request, timeout=5)

        for refused in (None, stranger.issue("letting-system")):
            with pytest.raises(grpc.RpcError) as caught:
                record(refused)
            assert Refusal(caught.value).code is grpc.StatusCode.UNAVAILABLE
        record(authority.issue("letting-system"))
        event = instance.log.event_at(instance.log.head())
        assert event is not None
        assert json.loads(event.metadata)["actor"] == "letting-system/clerk.7"
        server.stop(0)


# --- Faults ---------------------------------------------------------------------------------


def test_a_fault_of_the_server_tells_neither_client_nor_log_what_it_was_about(
    client: Client,
    refused: Refused,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise RuntimeError("CanaryFault about Bo Prøve")

    monkeypatch.setattr(fact_checks, "check", broken)
    refusal = refused(lambda: client.record(a_person(an_id(), name="Bo Prøve")))
    assert refusal.code is grpc.StatusCode.INTERNAL
    assert "Canary" not in refusal.whole
    [fault] = [record for record in caplog.records if record.message == "fault"]
    fields = vars(fault)["fields"]
    assert fields["error"] == "RuntimeError"
    assert any("broken" in place for place in fields["at"])
    assert "Canary" not in json.dumps(fields)


# --- Processes ------------------------------------------------------------------------------


SERVE = [sys.executable, "-m", "services.cli", "serve"]


def errors_of(directory: Path) -> Path:
    """The file that the server of this instance writes its log to."""
    return directory.parent / "stderr"


@contextmanager
def process(directory: Path) -> Iterator[tuple[subprocess.Popen[str], Endpoint]]:
    """Run `husret serve` in a process of its own; give the process and where it listens."""
    command = [*SERVE, "--json", "--dir", str(directory)]
    # Its log goes to a file: a pipe that nobody empties would stop the server.
    with errors_of(directory).open("w") as stderr:
        child = subprocess.Popen(
            [*command, "--listen", "127.0.0.1:0", "--http", "off"],
            cwd=ROOT,
            env={"PYTHONPATH": PYTHONPATH, "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    try:
        assert child.stdout is not None
        address = json.loads(child.stdout.readline())["address"]
        yield child, Endpoint(address, token.load(directory / token.FILE))
    finally:
        child.kill()
        child.communicate()


def under_load(endpoint: Endpoint, ending: Callable[[], None]) -> list[str]:
    """Record from several threads until the server is gone; return the ids acknowledged."""
    acknowledged: list[str] = []
    begun = threading.Event()

    def write(number: int) -> None:
        client = Client(endpoint)
        try:
            for index in range(100_000):
                fact = an_area(f"9999-{number}-{index}")
                acknowledged.extend(each.fact_id for each in client.record(fact, timeout=5))
                if len(acknowledged) > scaled(30, 500):
                    begun.set()
        except grpc.RpcError:
            pass
        finally:
            client.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(30)
    ending()
    for thread in threads:
        thread.join()
    return acknowledged


def recorded_ids(directory: Path) -> set[str]:
    log = SQLiteEventLog(directory / "log.db")
    try:
        return {str(UUID(bytes=event.event_id)) for event in log.read()}
    finally:
        log.close()


def test_a_stop_under_load_loses_no_acknowledged_write(directory: Path) -> None:
    with process(directory) as (child, endpoint):
        acknowledged = under_load(endpoint, partial(child.send_signal, signal.SIGTERM))
        assert child.wait(timeout=30) == 0
    assert len(acknowledged) > 30
    assert set(acknowledged) <= recorded_ids(directory)
    lines = [json.loads(line) for line in errors_of(directory).read_text().splitlines()]
    assert [each["event"] for each in lines if each["event"] != "call"] == [
        "serving",
        "stopping",
        "stopped",
    ]
    assert lines[-1]["calls"]["FactService/RecordFacts OK"] == len(acknowledged)


def test_a_kill_under_load_loses_no_acknowledged_write(directory: Path) -> None:
    with process(directory) as (child, endpoint):
        acknowledged = under_load(endpoint, child.kill)
        child.wait(timeout=30)
    assert len(acknowledged) > 30
    assert set(acknowledged) <= recorded_ids(directory)
    with served(Instance.open(directory)) as client:
        client.record(an_area("9999-after"))


def test_the_health_says_not_serving_while_a_stop_waits_for_calls(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: Any = fact_checks.check
    entered = threading.Event()

    def slow(*arguments: object, **options: object) -> None:
        entered.set()
        time.sleep(0.5)
        checked(*arguments, **options)

    monkeypatch.setattr(fact_checks, "check", slow)
    with instance:
        server = Server(instance)
        client = Client(server.endpoint)
        stub: Any = health_pb2_grpc.HealthStub(client.channel)
        watch = stub.Watch(health_pb2.HealthCheckRequest(service="husret.v1.FactService"))
        assert next(watch).status == health_pb2.HealthCheckResponse.SERVING
        results: list[int] = []
        writer = threading.Thread(target=lambda: results.append(len(client.record(an_area()))))
        writer.start()
        assert entered.wait(5)
        stopper = threading.Thread(target=server.stop)
        stopper.start()
        assert next(watch).status == health_pb2.HealthCheckResponse.NOT_SERVING
        watch.cancel()
        writer.join()
        stopper.join()
        client.close()
    assert results == [1]


def test_nothing_about_persons_reaches_the_servers_output(directory: Path) -> None:
    person = an_id()
    with process(directory) as (child, endpoint):
        client = Client(endpoint)
        client.record(a_person(person, name="CanaryName", cpr="6101809999"), actor="canary.actor")
        with pytest.raises(grpc.RpcError):
            client.record(a_person(person, name="CanaryOther", cpr="610180-99999"))
        client.close()
        child.send_signal(signal.SIGTERM)
        stdout, _ = child.communicate(timeout=30)
    stderr = errors_of(directory).read_text()
    assert "RecordFacts" in stderr
    for canary in (person, "Canary", "canary", "610180"):
        assert canary not in stdout
        assert canary not in stderr


def test_a_second_server_of_the_same_instance_is_refused_and_told_of_the_first(
    directory: Path,
) -> None:
    with process(directory) as (_, endpoint):
        assert ownership.owner(directory) == endpoint.address
        second = subprocess.run(
            [*SERVE, "--dir", str(directory), "--http", "off"],
            cwd=ROOT,
            env={"PYTHONPATH": PYTHONPATH, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert second.returncode == 1
        assert endpoint.address in second.stderr
