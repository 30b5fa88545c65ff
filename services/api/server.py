"""The gRPC server of one instance.

A synchronous server with a pool of threads. Loopback by default; any other address needs mutual
TLS, and then the system that calls is the certificate's, and the actor of a request its
assertion. A stop takes no new calls, finishes those in progress, and writes what is queued.
"""

from __future__ import annotations

import gc
import logging
import resource
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc.status_pb2 import Status
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_status import rpc_status

from husret.v1 import (
    area_service_pb2_grpc,
    audit_service_pb2_grpc,
    distance_service_pb2_grpc,
    eligibility_service_pb2_grpc,
    fact_service_pb2_grpc,
    report_service_pb2_grpc,
    tenancy_service_pb2_grpc,
    watch_service_pb2_grpc,
)
from projections import moved_decisions
from projections.table import TableError
from services import json_log
from services.answers import moved
from services.answers.asking import Answers
from services.answers.decision_index import StatedReceipts
from services.answers.receipts import Receipts
from services.answers.sealed_index import SealedIndex
from services.api import errors, reflection
from services.api.area_service import AreaService
from services.api.audit_service import AuditService
from services.api.bearer import Endpoint
from services.api.calls import calling_system, serialized
from services.api.contract import LARGEST_MESSAGE, PREFIX, SERVICES
from services.api.distance_service import DistanceService
from services.api.eligibility_service import EligibilityService
from services.api.fact_service import FactService
from services.api.gate import Gate, system_of
from services.api.ids import resolving
from services.api.lanes import (
    BULK_PATIENCE,
    LOOK_EVERY,
    PATIENCE,
    TAKING,
    Bounds,
    Lane,
    LaneCall,
)
from services.api.loopback import is_address, is_loopback
from services.api.report_service import ReportService
from services.api.tenancy_service import TenancyService
from services.api.watch_service import WatchService
from services.facts.few import BadSetting, least_shown
from services.instance import token, views
from services.instance.checkpoints import Publisher
from services.instance.counting import Counting
from services.instance.instance import Instance
from services.instance.retention import Retaining
from services.instance.signing import SigningKeyError
from services.instance.views import FollowedView, Views
from services.log import ownership

LOOPBACK = "127.0.0.1:0"
WORKERS = 16
MOST_CALLS = 512
"""Calls in progress or waiting; beyond it a call is refused with RESOURCE_EXHAUSTED."""

MOST_OF_PEER = 256
"""Calls of one connection at a time: gRPC makes its client wait with more. All connections of one
certificate together have no more either; beyond it a call is refused."""

WORK = Bounds(
    calls=MOST_CALLS,
    of_peer=MOST_OF_PEER,
    requests=2 * WORKERS,
    workers=WORKERS,
    walks=None,
    patience=PATIENCE,
)
BULK = WORK._replace(requests=8, workers=WORKERS // 2, walks=32, patience=BULK_PATIENCE)
"""Of the methods that take a whole file or list, or make a report."""
HEALTH = WORK._replace(calls=256, workers=None, patience=LOOK_EVERY)
WATCHING = HEALTH._replace(calls=128, of_peer=16)
"""Of those who watch the health: they stay, and must not stand in the way of those who ask."""
TELLING = HEALTH._replace(calls=64, of_peer=8)
"""Of those who watch the log: they stay, too."""
REFLECTION = WORK._replace(calls=64, of_peer=64, requests=4, workers=None)

OPTIONS = (
    ("grpc.so_reuseport", 0),
    ("grpc.max_receive_message_length", LARGEST_MESSAGE),
    ("grpc.max_concurrent_streams", MOST_OF_PEER + 64),
    # What a request that has no place yet may send ahead. gRPC would let it grow with the line,
    # up to whole requests that nobody has asked for.
    ("grpc.http2.bdp_probe", 0),
    ("grpc.http2.lookahead_bytes", 64 * 1024),
    # A peer that is gone without a word is noticed, and a connection that nobody uses closed.
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.http2.ping_timeout_ms", 20_000),  # without it the answer has a minute all the same
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.max_connection_idle_ms", 30 * 60_000),
    ("grpc.server_handshake_timeout_ms", 20_000),
)

_COLLECT_AFTER = 50_000
"""Objects made before the interpreter looks for cycles."""

_M_MMAP_THRESHOLD = -3
"""The parameter of that name in glibc's malloc.h."""

MOST_DESCRIPTORS = 65_536
"""Open files, connections among them."""

GRACE = 20.0
"""Seconds that calls in progress are given at a stop."""

_SERVICES = tuple(str(service.full_name) for service in SERVICES)
_BULK = (
    "/husret.v1.AuditService/ReplayDecisions",
    "/husret.v1.AuditService/TryLaw",
    "/husret.v1.AreaService/ImportAreaFigures",
    "/husret.v1.AreaService/ImportAreaLists",
    "/husret.v1.EligibilityService/ScreenWaitingList",
    "/husret.v1.FactService/RecordFiles",
    "/husret.v1.ReportService/GetAreaReport",
    "/husret.v1.ReportService/GetCombinedLettingReport",
    "/husret.v1.ReportService/GetDecisionReport",
    "/husret.v1.ReportService/GetPeriodReport",
    "/husret.v1.ReportService/GetSubjectReport",
    "/husret.v1.ReportService/RenderReport",
)
_HEALTH = tuple(f"/{health.SERVICE_NAME}/{method}" for method in ("Check", "List"))
_TELLING = "/husret.v1.WatchService/Watch"
_WATCHING = f"/{health.SERVICE_NAME}/Watch"
_REFLECTION = tuple(f"/{name}/ServerReflectionInfo" for name in reflection.SERVICE_NAMES)
_LOGGER = logging.getLogger("husret.calls")

_Behaviour = Callable[[Any, grpc.ServicerContext], Any]
_Read = Callable[[bytes], Any]


class ServerError(Exception):
    """The server can't be started as asked; the message says what to do."""


class Tls(NamedTuple):
    """Mutual TLS: the server's certificate and key, and who may have signed a client's (PEM)."""

    certificate: bytes
    key: bytes
    client_ca: bytes


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

        Without `follow` no thread keeps the views in step with the log; who asks for one waits. Nor
        does one note how far the access table reaches, or erase what has run out.

        Raises ServerError for an address beyond loopback without mutual TLS, for one that can't
        be had, and for a file of views that can't be opened; TokenError.
        """
        if not is_address(address):
            raise ServerError(
                f"{address!r} is not HOST:PORT with a port from 0 to 65535, such as 127.0.0.1:50051"
            )
        if tls is None and not is_loopback(address):
            raise ServerError(
                f"{address} is not a loopback address: give the server's certificate, its key "
                "and the clients' CA (mutual TLS), or listen on 127.0.0.1"
            )
        self._token = (
            token.new()
            if instance.directory is None
            else token.load(instance.directory / token.FILE)
        )
        self.calls = Calls(instance.access.flush, resolving(instance), Gate(self._token))
        # A watcher that blocks has a thread of its own lane. One that doesn't would be written to
        # under the servicer's lock, which every probe needs.
        self._health = Health(experimental_non_blocking=False)
        self._server = grpc.server(self.calls.pool, interceptors=[self.calls], options=OPTIONS)
        answers = Answers(instance)
        try:
            least = least_shown()
        except BadSetting as error:
            raise ServerError(str(error)) from None
        self._views, moved_view, self._sealed = opened_views(instance, answers.receipts)
        fact_service_pb2_grpc.add_FactServiceServicer_to_server(
            FactService(instance, least), self._server
        )
        distance_service_pb2_grpc.add_DistanceServiceServicer_to_server(
            DistanceService(instance), self._server
        )
        eligibility_service_pb2_grpc.add_EligibilityServiceServicer_to_server(
            EligibilityService(instance, answers, least), self._server
        )
        area_service_pb2_grpc.add_AreaServiceServicer_to_server(
            AreaService(instance, self._views.area_status, least), self._server
        )
        audit = AuditService(instance, answers, self._views, self._sealed, moved_view, least)
        audit_service_pb2_grpc.add_AuditServiceServicer_to_server(audit, self._server)
        tenancy_service_pb2_grpc.add_TenancyServiceServicer_to_server(
            TenancyService(instance, answers), self._server
        )
        report_service_pb2_grpc.add_ReportServiceServicer_to_server(
            ReportService(instance, answers.receipts, audit, self._views, least), self._server
        )
        watch_service_pb2_grpc.add_WatchServiceServicer_to_server(
            WatchService(instance, moved_view, self._views.area_status), self._server
        )
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        reflection.enable((*_SERVICES, health.SERVICE_NAME), self._server)
        try:
            self.address = self._listen(address, tls)
        except ServerError:
            self._close_views()
            raise
        self.clock_problem = instance.log.clock_problem()
        """Why nothing can be written, when it was made; "" when it can."""
        self._beside = (Counting(instance), Retaining(instance))
        if follow:
            self._views.start()
            for each in self._beside:
                each.start()
        self.calls.start()
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

    @property
    def endpoint(self) -> Endpoint:
        """Where a client on this machine reaches it, without TLS, and with which token."""
        return Endpoint(self.address, self._token)

    def stop(self, grace: float = GRACE) -> None:
        """Say NOT_SERVING, take no more calls, and wait until those in progress are done.

        The instance is the caller's to close: that writes what is queued and the access table.
        """
        self._health.enter_graceful_shutdown()
        stopped = self._server.stop(grace)
        self.calls.finish(grace)
        # What is left is watching or reflecting, and would go on for as long as its peer likes.
        self._server.stop(None)
        stopped.wait()
        self.calls.stop()
        for each in self._beside:
            each.stop()
        self._close_views()

    def _close_views(self) -> None:
        self._views.stop()
        self._sealed.close()


def opened_views(
    instance: Instance, receipts: Receipts
) -> tuple[Views, FollowedView[moved_decisions.Row], SealedIndex]:
    """Open the views of an instance, the list of moved answers among them, and the sealed index.

    Raises ServerError for a file of theirs that can't be opened.
    """
    try:
        found = Views(instance, StatedReceipts(instance))
        follower = partial(moved.MovedFollower, receipts)
        try:
            kept = found.add(FollowedView(instance, moved_decisions.VIEW, followed_by=follower))
            return found, kept, SealedIndex(receipts)
        except (TableError, ValueError):
            found.stop()
            raise
    except (TableError, ValueError) as error:
        names = ", ".join(views.FILES)
        raise ServerError(
            f"one of {names} of the instance can't be opened ({error}); they may be deleted, and "
            "are then made anew"
        ) from error


class Health(health.HealthServicer):
    """Tells the health of each service; the library's own does not have `List` yet."""

    def List(self, request: object, context: grpc.ServicerContext) -> Any:
        """Tell the health of all services at once."""
        asked = {name: health_pb2.HealthCheckRequest(service=name) for name in ("", *_SERVICES)}
        messages: Any = health_pb2  # whose stubs do not have those of `List`
        return messages.HealthListResponse(
            statuses={name: self.Check(each, context) for name, each in asked.items()}
        )


class Calls(grpc.ServerInterceptor):
    """Stands around every call: what it may wait for, its errors, its line in the log.

    Every method is handled as one that takes a stream of requests, though it takes but one of
    them: such a handler is called before a request has come, so that the waiting is ours. On the
    wire it is all the same.

    `settle` is called before anything is handed out: it makes durable what was read for it.
    `resolve` is given every request before it is read, to put the ids in it into their one form.
    """

    def __init__(
        self, settle: Callable[[], None], resolve: Callable[[Message], None], gate: Gate
    ) -> None:
        self._settle = settle
        self._resolve = resolve
        self._gate = gate
        self.handled: Counter[tuple[str, str]] = Counter()
        """Calls by method and status code, since the start."""
        self._counting = threading.Lock()
        self._work = Lane("work", WORK)
        self._bulk = Lane("bulk", BULK)
        probes = Lane("health", HEALTH)
        watching = Lane("watching", WATCHING)
        telling = Lane("telling", TELLING)
        reflecting = Lane("reflection", REFLECTION)
        self._lanes = {
            **dict.fromkeys(_BULK, self._bulk),
            **dict.fromkeys(_HEALTH, probes),
            _WATCHING: watching,
            _TELLING: telling,
            **dict.fromkeys(_REFLECTION, reflecting),
        }
        self._all = (self._work, self._bulk, probes, watching, telling, reflecting)
        self._stopped = threading.Event()
        self._looking = threading.Thread(target=self._look, name="waiting", daemon=True)

    def start(self) -> None:
        """Look after the limits from now on."""
        self._looking.start()

    @property
    def pool(self) -> ThreadPoolExecutor:
        """The threads of the methods that have no lane of their own."""
        return self._work.pool

    def finish(self, seconds: float) -> None:
        """Wait until the calls at work are done; a request that has not come must come now."""
        until = time.monotonic() + seconds
        for lane in self._all:
            lane.hurry()
        for lane in (self._work, self._bulk):
            lane.idle(max(0.0, until - time.monotonic()))

    def stop(self) -> None:
        """End the threads; every call has come to its end."""
        self._stopped.set()
        self._looking.join()
        for lane in self._all:
            lane.pool.shutdown()

    def _look(self) -> None:
        while not self._stopped.wait(LOOK_EVERY):
            for lane in self._all:
                lane.look()

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], grpc.RpcMethodHandler[Any, Any] | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Put the limits and the handling of errors around the handler of a method."""
        handler = continuation(handler_call_details)
        if handler is None:
            return None
        method = handler_call_details.method
        return self._bounded(handler, method, self._lanes.get(method, self._work))

    def _bounded(
        self, handler: grpc.RpcMethodHandler[Any, Any], method: str, lane: Lane
    ) -> grpc.RpcMethodHandler[Any, Any]:
        parse = handler.request_deserializer

        def read(message: bytes) -> Any:
            try:
                request: Any = parse(message) if parse is not None else message
            except DecodeError:
                raise errors.UnreadableRequest from None
            if method.startswith(PREFIX):
                self._resolve(request)
            return request

        behaviour: Callable[..., Any]
        make: Callable[..., Any] = grpc.stream_stream_rpc_method_handler
        if handler.unary_unary is not None:
            behaviour = self._answering(handler.unary_unary, method, lane, read)
            make = grpc.stream_unary_rpc_method_handler
        elif handler.unary_stream is not None:
            behaviour = self._walking(handler.unary_stream, method, lane, read)
        elif handler.stream_stream is not None:
            behaviour = self._talking(handler.stream_stream, method, lane, read)
        else:
            raise AssertionError(f"{method} takes a stream and gives one answer: none did so yet")
        # gRPC takes the threads of a method from this attribute; its own health servicer uses it.
        vars(behaviour)["experimental_thread_pool"] = lane.pool
        serialize = handler.response_serializer
        bounded: grpc.RpcMethodHandler[Any, Any] = make(
            behaviour, None, serialize and partial(serialized, serialize)
        )
        return bounded

    def _answering(
        self, behaviour: _Behaviour, method: str, lane: Lane, read: _Read
    ) -> Callable[..., Any]:
        def answer(requests: Iterator[bytes], context: grpc.ServicerContext) -> Any:
            with (
                self._call(method, context) as peer,
                lane.admitted(context, peer) as call,
                call.request(requests, read) as request,
                lane.working(call),
            ):
                call.check_time()
                answered = behaviour(request, context)
                self._settle()
                return answered
            raise AssertionError("a call that failed was aborted")

        return answer

    def _walking(
        self, behaviour: _Behaviour, method: str, lane: Lane, read: _Read
    ) -> Callable[..., Iterator[Any]]:
        def walk(requests: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[Any]:
            with self._call(method, context) as peer, lane.admitted(context, peer) as call:
                with call.request(requests, read) as request:
                    pages = behaviour(request, context)
                del request  # the walk has what it needs of it
                with lane.walking(call):
                    while True:
                        with lane.working(call):
                            call.check_time()
                            page = next(pages, None)
                            self._settle()
                        if page is None:
                            return
                        with call.waiting(TAKING):
                            yield page

        return walk

    def _talking(
        self, behaviour: _Behaviour, method: str, lane: Lane, read: _Read
    ) -> Callable[..., Iterator[Any]]:
        def talk(requests: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[Any]:
            def asked(call: LaneCall) -> Iterator[Any]:
                while True:
                    try:
                        with call.request(requests, read) as request:
                            pass
                    except errors.NoRequest:
                        return
                    yield request

            with self._call(method, context) as peer, lane.admitted(context, peer) as call:
                for response in behaviour(asked(call), context):
                    with call.waiting(TAKING):
                        yield response

        return talk

    @contextmanager
    def _call(self, method: str, context: grpc.ServicerContext) -> Iterator[str]:
        """Stand around one call, and say whose it is: the system's, else the connection's.

        An error becomes its status, and a line in the log.
        """
        started = time.monotonic()
        system = system_of(context)
        calling_system.set(system)
        status = None
        code = "OK"
        try:
            self._gate.let_in(method, context)
            yield system or context.peer()
        except (grpc.RpcError, GeneratorExit):
            # The caller is gone, or has kept us waiting for too long: there is nobody to tell.
            code = "CANCELLED"
            raise
        except Exception as error:
            status = self._told(method, error)
            code = _CODE_NAMES[status.code]
        finally:
            if method.startswith(PREFIX):
                self._note(method.removeprefix(PREFIX), code, time.monotonic() - started)
        if status is not None:
            context.abort_with_status(rpc_status.to_status(status))

    def _told(self, method: str, error: Exception) -> Status:
        """Return what is told of an error, once what was read for it too is durable.

        Nothing of the call may keep the error: its frames hold the request, and would be freed no
        sooner than the interpreter looks for cycles.
        """
        try:
            self._settle()
        except Exception as unsettled:
            return _status_of(method, unsettled)
        return _status_of(method, error)

    def _note(self, method: str, code: str, seconds: float) -> None:
        with self._counting:
            self.handled[method, code] += 1
        _LOGGER.info(
            "call",
            extra={"fields": {"method": method, "code": code, "ms": round(seconds * 1000, 1)}},
        )


def _status_of(method: str, error: Exception) -> Status:
    if errors.kind_of(error) is None:
        json_log.fault(_LOGGER, method.removeprefix(PREFIX), error)
    return errors.status_of(error)


_CODE_NAMES = {code.value[0]: code.name for code in grpc.StatusCode}


# --- Serving a directory --------------------------------------------------------------------


class Publishing(NamedTuple):
    """Where checkpoints are published, and after how many seconds it is looked for a new one."""

    directory: Path
    every: float


@contextmanager
def serving(
    directory: Path,
    address: str = LOOPBACK,
    tls: Tls | None = None,
    *,
    follow: bool = True,
    publish: Publishing | None = None,
) -> Iterator[Server]:
    """Own and serve the instance in `directory` for as long as the context lasts.

    Raises LogOwned when another server owns it, InstanceError when there is none, TokenError,
    ServerError.
    """
    if not Instance.is_in(directory):
        # Asked before the lock, so that a wrong directory is left without a trace.
        Instance.open(directory)
    with ownership.own(directory) as owned, Instance.open(directory) as instance:
        publisher = None if publish is None else _publisher(instance, publish)
        server = Server(instance, address, tls, follow=follow)
        owned.publish_address(server.address)
        if publisher is not None:
            publisher.start()
        try:
            yield server
        finally:
            server.stop()
            if publisher is not None:
                # Last, so that the end of the log is published too.
                publisher.stop()


def _publisher(instance: Instance, publish: Publishing) -> Publisher:
    try:
        return Publisher(instance, *publish)
    except (OSError, SigningKeyError) as error:
        raise ServerError(f"no checkpoint can be published: {error}") from error


def serve(
    directory: Path,
    address: str = LOOPBACK,
    tls: Tls | None = None,
    during: Callable[[Server], AbstractContextManager[None]] = lambda server: nullcontext(),
    publish: Publishing | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then stop in an orderly way.

    `during` is entered once the server is up, and left before it stops.
    A signal that comes while it starts stops it as soon as it is up.
    """
    # Answers make many small objects and no cycles: collecting rarely, and never what was there
    # at the start, takes a third of the time off a page of a waiting list.
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 50)
    _give_memory_back()
    _take_descriptors()
    with _asked_to_stop() as asked, serving(directory, address, tls, publish=publish) as server:
        _LOGGER.info("serving", extra={"fields": {"address": server.address}})
        if server.clock_problem:
            _LOGGER.warning("clock", extra={"fields": {"problem": server.clock_problem}})
        with during(server):
            asked.recv(1)
            _LOGGER.info("stopping")
    counts = {f"{method} {code}": n for (method, code), n in sorted(server.calls.handled.items())}
    _LOGGER.info("stopped", extra={"fields": {"calls": counts}})


@contextmanager
def _asked_to_stop() -> Iterator[socket.socket]:
    """Give a socket that has something to read once SIGTERM or SIGINT has come.

    A handler runs in the middle of whatever this thread does, and one that takes a lock which the
    thread holds waits for ever: ours only writes. The interpreter writes as well, at once and
    whichever thread the system has chosen; but it did not for a signal that came while the handler
    was being put in its place, and which then is the handler's. The handlers stay, so that a
    second signal doesn't end what is stopping.
    """

    def note(number: int, frame: FrameType | None) -> None:
        with suppress(BlockingIOError):  # full of signals: it has something to read
            writing.send(b"\0")

    reading, writing = socket.socketpair()
    writing.setblocking(False)
    with reading, writing:
        signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, note)
        try:
            yield reading
        finally:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGTERM, signal.SIGINT):
                # What is left is the interpreter's own end, before which it would take back ours.
                signal.signal(number, signal.SIG_IGN)


def _give_memory_back() -> None:
    """Have large blocks of memory go back to the system once they are free.

    Left to itself, glibc raises the size from which it does so to that of the largest block it
    has seen, and keeps what many large requests had needed.
    """
    try:
        import ctypes  # only here, and not there in every build

        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, 128 * 1024)
    except (ImportError, AttributeError, OSError, MemoryError):
        return  # another C library, or one that may not be called: it costs memory, no more


def _take_descriptors() -> None:
    """Take as many open files as this process may have.

    A connection that says nothing takes one for as long as the handshake may last. Where all are
    taken, nobody else is let in, and no file of the instance can be opened.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):  # a system that allows fewer than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
