"""The gRPC server of one instance.

A synchronous server with a pool of threads. Loopback by default; any other address needs mutual
TLS, and then the system that calls is the certificate's, and the actor of a request its
assertion. A stop takes no new calls, finishes those in progress, and writes what is queued.
"""

from __future__ import annotations

import gc
import json
import logging
import signal
import sqlite3
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from grpc_status import rpc_status

from husret.v1 import (
    area_service_pb2,
    area_service_pb2_grpc,
    audit_service_pb2,
    audit_service_pb2_grpc,
    distance_service_pb2,
    distance_service_pb2_grpc,
    eligibility_service_pb2,
    eligibility_service_pb2_grpc,
    fact_service_pb2,
    fact_service_pb2_grpc,
    tenancy_service_pb2,
    tenancy_service_pb2_grpc,
)
from services import views
from services.answers import Answers
from services.api import errors
from services.api.area_service import AreaService
from services.api.audit_service import AuditService
from services.api.calls import Call, calling_system
from services.api.distance_service import DistanceService
from services.api.eligibility_service import EligibilityService
from services.api.fact_service import FactService
from services.api.ids import put_in_form
from services.api.tenancy_service import TenancyService
from services.instance import Instance
from services.log import ownership
from services.views import AreaStatusView

LOOPBACK = "127.0.0.1:0"
WORKERS = 16
MOST_CALLS = 512
"""Calls in progress or waiting; beyond it a call is refused with RESOURCE_EXHAUSTED."""

LARGEST_MESSAGE = 9 * 1024 * 1024
"""Most bytes of a request: a list file of 8 MiB and what stands beside it."""

_COLLECT_AFTER = 50_000
"""Objects made before the interpreter looks for cycles."""

GRACE = 20.0
"""Seconds that calls in progress are given at a stop."""

_PACKAGE = "/husret.v1."
_LOOPBACK_HOSTS = ("127.0.0.1", "[::1]", "localhost")
_SERVICES = tuple(
    module.DESCRIPTOR.services_by_name[name].full_name
    for module, name in (
        (fact_service_pb2, "FactService"),
        (distance_service_pb2, "DistanceService"),
        (eligibility_service_pb2, "EligibilityService"),
        (area_service_pb2, "AreaService"),
        (audit_service_pb2, "AuditService"),
        (tenancy_service_pb2, "TenancyService"),
    )
)
_LOGGER = logging.getLogger("husret.calls")


class ServerError(Exception):
    """The server can't be started as asked; the message says what to do."""


class Tls(NamedTuple):
    """Mutual TLS: the server's certificate and key, and who may have signed a client's (PEM)."""

    certificate: bytes
    key: bytes
    client_ca: bytes


def is_loopback(address: str) -> bool:
    """Tell whether an address "host:port" is reached from this machine alone."""
    host, _, _ = address.rpartition(":")
    return host in _LOOPBACK_HOSTS


class Server:
    """A running server; `address` is where it listens, "host:port"."""

    def __init__(
        self,
        instance: Instance,
        address: str = LOOPBACK,
        tls: Tls | None = None,
        *,
        follow: bool = True,
    ) -> None:
        """Serve `instance` at `address` (port 0: one that is free).

        Without `follow` no thread keeps the views in step with the log; who asks for one waits.

        Raises ServerError for an address beyond loopback without mutual TLS, for one that can't
        be had, and for a file of views that can't be opened.
        """
        host, _, port = address.rpartition(":")
        if not host or not port.isascii() or not port.isdecimal() or int(port) > 65_535:
            raise ServerError(
                f"{address!r} is not HOST:PORT with a port from 0 to 65535, such as 127.0.0.1:50051"
            )
        if tls is None and not is_loopback(address):
            raise ServerError(
                f"{address} is not a loopback address: give the server's certificate, its key "
                "and the clients' CA (mutual TLS), or listen on 127.0.0.1"
            )
        self.calls = Calls(instance.access.flush)
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="call")
        self._health = health.HealthServicer()
        self._server = grpc.server(
            self._pool,
            interceptors=[self.calls],
            maximum_concurrent_rpcs=MOST_CALLS,
            options=[
                ("grpc.max_receive_message_length", LARGEST_MESSAGE),
                ("grpc.so_reuseport", 0),
            ],
        )
        answers = Answers(instance)
        self._view = _opened_view(instance)
        fact_service_pb2_grpc.add_FactServiceServicer_to_server(FactService(instance), self._server)
        distance_service_pb2_grpc.add_DistanceServiceServicer_to_server(
            DistanceService(instance), self._server
        )
        eligibility_service_pb2_grpc.add_EligibilityServiceServicer_to_server(
            EligibilityService(instance, answers), self._server
        )
        area_service_pb2_grpc.add_AreaServiceServicer_to_server(
            AreaService(instance, self._view), self._server
        )
        audit_service_pb2_grpc.add_AuditServiceServicer_to_server(
            AuditService(instance, answers, self._view), self._server
        )
        tenancy_service_pb2_grpc.add_TenancyServiceServicer_to_server(
            TenancyService(instance, answers), self._server
        )
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        reflection.enable_server_reflection(
            (*_SERVICES, health.SERVICE_NAME, reflection.SERVICE_NAME), self._server
        )
        try:
            self.address = self._listen(address, tls)
        except ServerError:
            self._view.stop()
            raise
        if follow:
            self._view.start()
        self._server.start()
        for name in ("", *_SERVICES):
            self._health.set(name, health_pb2.HealthCheckResponse.SERVING)

    def _listen(self, address: str, tls: Tls | None) -> str:
        try:
            if tls is None:
                port = self._server.add_insecure_port(address)
            else:
                port = self._server.add_secure_port(
                    address,
                    grpc.ssl_server_credentials(
                        [(tls.key, tls.certificate)],
                        root_certificates=tls.client_ca,
                        require_client_auth=True,
                    ),
                )
        except RuntimeError:
            port = 0
        if port == 0:
            why = (
                "its port is taken (port 0 takes a free one)"
                if tls is None
                else "its port is taken, or the certificate and its key can't be used"
            )
            raise ServerError(f"{address} can't be listened on: {why}")
        return f"{address.rpartition(':')[0]}:{port}"

    def stop(self, grace: float = GRACE) -> None:
        """Say NOT_SERVING, take no more calls, and wait until those in progress are done.

        The instance is the caller's to close: that writes what is queued and the access table.
        """
        self._health.enter_graceful_shutdown()
        self._server.stop(grace).wait()
        self._pool.shutdown()
        self._view.stop()


def _opened_view(instance: Instance) -> AreaStatusView:
    try:
        return AreaStatusView(instance)
    except (sqlite3.Error, ValueError) as error:
        raise ServerError(
            f"{views.FILE} of the instance can't be opened ({error}); it may be deleted, and is "
            "then made anew"
        ) from error


class Calls(grpc.ServerInterceptor):
    """Stands around every call: its errors, its line in the log, its place in the counts.

    `settle` is called before anything is handed out: it makes durable what was read for it.
    """

    def __init__(self, settle: Callable[[], None]) -> None:
        self._settle = settle
        self.handled: Counter[tuple[str, str]] = Counter()
        """Calls by method and status code, since the start."""
        self._counting = threading.Lock()

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], grpc.RpcMethodHandler[Any, Any] | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Put the handling of errors around the handler of a method of ours."""
        handler = continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None or not method.startswith(_PACKAGE):
            return handler
        name = method.removeprefix(_PACKAGE)
        if handler.unary_stream is not None:
            streaming = handler.unary_stream

            def stream(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
                with self._call(name, context):
                    put_in_form(request)
                    for part in streaming(request, context):
                        self._settle()
                        yield part

            return grpc.unary_stream_rpc_method_handler(
                stream, handler.request_deserializer, handler.response_serializer
            )
        if handler.unary_unary is None:
            return handler
        behaviour = handler.unary_unary

        def answer(request: Any, context: grpc.ServicerContext) -> Any:
            with self._call(name, context):
                put_in_form(request)
                answered = behaviour(request, context)
                self._settle()
                return answered
            raise AssertionError("a call that failed was aborted")

        return grpc.unary_unary_rpc_method_handler(
            answer, handler.request_deserializer, handler.response_serializer
        )

    @contextmanager
    def _call(self, method: str, context: grpc.ServicerContext) -> Iterator[None]:
        """Stand around one call; an error becomes its status, and a line in the log."""
        started = time.monotonic()
        calling_system.set(_system(context))
        status = None
        try:
            Call(context).check_time()
            yield
        except Exception as error:
            status = errors.status_of(error)
            if errors.kind_of(error) is None:
                _log_own_fault(method, error)
        finally:
            code = "OK" if status is None else _CODE_NAMES[status.code]
            with self._counting:
                self.handled[method, code] += 1
            _LOGGER.info(
                "call",
                extra={
                    "fields": {
                        "method": method,
                        "code": code,
                        "ms": round((time.monotonic() - started) * 1000, 1),
                    }
                },
            )
        if status is not None:
            context.abort_with_status(rpc_status.to_status(status))


_CODE_NAMES = {code.value[0]: code.name for code in grpc.StatusCode}


def _system(context: grpc.ServicerContext) -> str:
    """Return the common name of the caller's certificate, "" on a loopback without TLS."""
    names: Any = context.auth_context().get("x509_common_name", ())
    return b"".join(list(names)[:1]).decode(errors="replace")


def _log_own_fault(method: str, error: Exception) -> None:
    """Say where an error arose; its message may hold what the request held, so it is left out."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    _LOGGER.error(
        "fault",
        extra={
            "fields": {
                "method": method,
                "error": type(error).__name__,
                "at": [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames],
            }
        },
    )


# --- Serving a directory --------------------------------------------------------------------


class JsonLines(logging.Formatter):
    """Writes a record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a record without fields has its message as text."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr() -> None:
    """Write the log of this process to stderr, one JSON object a line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


@contextmanager
def serving(
    directory: Path, address: str = LOOPBACK, tls: Tls | None = None, *, follow: bool = True
) -> Iterator[Server]:
    """Own and serve the instance in `directory` for as long as the context lasts.

    Raises LogOwned when another server owns it, InstanceError when there is none, ServerError.
    """
    if not (directory / "log.db").exists():
        # Asked before the lock, so that a wrong directory is left without a trace.
        Instance.open(directory)
    with ownership.own(directory / "log.db") as owned, Instance.open(directory) as instance:
        server = Server(instance, address, tls, follow=follow)
        owned.publish_address(server.address)
        try:
            yield server
        finally:
            server.stop()


def serve(
    directory: Path,
    address: str = LOOPBACK,
    tls: Tls | None = None,
    ready: Callable[[Server], None] = lambda server: None,
) -> None:
    """Serve until SIGTERM or SIGINT, then stop in an orderly way; `ready` is called once up."""
    asked_to_stop = threading.Event()
    # Answers make many small objects and no cycles: collecting rarely, and never what was there
    # at the start, takes a third of the time off a page of a waiting list.
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 50)

    def stop(number: int, frame: FrameType | None) -> None:
        asked_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with serving(directory, address, tls) as server:
        _LOGGER.info("serving", extra={"fields": {"address": server.address}})
        ready(server)
        asked_to_stop.wait()
        _LOGGER.info("stopping")
    counts = {f"{method} {code}": n for (method, code), n in sorted(server.calls.handled.items())}
    _LOGGER.info("stopped", extra={"fields": {"calls": counts}})
