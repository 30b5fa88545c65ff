"""Client and servers in processes of their own, each on one core."""

from __future__ import annotations

import http.client
import logging
import multiprocessing
import os
import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import grpc
from google.protobuf import json_format

from husret.v1 import area_service_pb2 as area_pb
from husret.v1 import area_service_pb2_grpc as area_pb_grpc
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1 import eligibility_service_pb2_grpc as pb_grpc
from services import json_log
from services.api import server
from services.api.bearer import Endpoint
from services.http import beside
from tests.benchmarks.households import DAY, DWELLING, READER
from tests.benchmarks.measuring import cores, pin
from tests.support import children

_SPAWN = multiprocessing.get_context("spawn")
_LOOPBACK = "127.0.0.1:0"
_STOP = ""
_CHECK = "/husret.v1.EligibilityService/CheckReferral"
_SECONDS_TO_START = 120.0

PAST_DAY = "2020-06-01"
"""The day that an area's status is asked about."""


@dataclass(frozen=True)
class Running:
    """A server in a process of its own, and where JSON over HTTP is served beside it, or ""."""

    server: Endpoint
    pid: int
    http: str = ""

    def processor_seconds(self) -> float:
        """Return how much processor time it, and what it has started, used since it began."""
        used = 0
        for pid in (self.pid, *children(self.pid)):
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
            used += sum(int(each) for each in fields.split()[11:13])
        return used / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Return how much memory of the process is resident."""
        pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(frozen=True)
class Job:
    """What the client is to do: ask `server`, `in_flight` at a time, for `seconds` or once each.

    `batch`: put this many questions into each call (BatchCheck); 0 asks one by one. `areas`: ask
    for the status of these on PAST_DAY instead, one after the other. `http`: ask there, in JSON.
    """

    server: Endpoint
    in_flight: int
    seconds: float
    households: tuple[str, ...]
    recorded: bool
    texts: bool = True
    batch: int = 0
    once: bool = False
    areas: tuple[str, ...] = ()
    dwelling: str = DWELLING
    day: date = DAY
    http: str = ""


@dataclass(frozen=True)
class Done:
    """What came of it."""

    answers_per_second: float
    p50: float
    """Median time of a call, in microseconds."""
    answers: int


def request(job: Job, household: str) -> pb.CheckReferralRequest:
    """Return a check of one household, with a fresh id if it is to be recorded."""
    return pb.CheckReferralRequest(
        context=_context(),
        request_id=str(uuid4()) if job.recorded else "",
        question=_question(job, household),
        preview=not job.recorded,
        omit_texts=not job.texts,
    )


def batch_request(job: Job, households: tuple[str, ...]) -> pb.BatchCheckRequest:
    """Return a check of many households in one call."""
    return pb.BatchCheckRequest(
        context=_context(),
        request_id=str(uuid4()) if job.recorded else "",
        checks=[pb.CheckQuestion(referral=_question(job, household)) for household in households],
        preview=not job.recorded,
    )


def _context() -> core.RequestContext:
    return core.RequestContext(
        actor=READER.actor, purpose=READER.purpose, legal_basis=READER.legal_basis
    )


def _question(job: Job, household: str) -> pb.ReferralQuestion:
    return pb.ReferralQuestion(
        household_id=household,
        dwelling_id=job.dwelling,
        basis=pb.REFERRAL_BASIS_STK_1,
        day=job.day.isoformat(),
    )


def answers(job: Job) -> tuple[bytes, bytes]:
    """Return a real answer of the server of a job, alone and in a batch, for an echo to give."""
    household = job.households[0]
    with job.server.channel() as channel:
        stub = pb_grpc.EligibilityServiceStub(channel)
        one = stub.CheckReferral(request(job, household))
        many = stub.BatchCheck(batch_request(job, (household,)))
    return one.SerializeToString(), many.SerializeToString()


def status(server: Endpoint, area: str) -> bytes:
    """Return a real answer about an area's status on PAST_DAY."""
    with server.channel() as channel:
        stub = area_pb_grpc.AreaServiceStub(channel)
        answer = stub.GetAreaStatus(area_pb.GetAreaStatusRequest(area=area, day=PAST_DAY))
    return answer.SerializeToString()


# --- Servers --------------------------------------------------------------------------------


@contextmanager
def husret(directory: Path) -> Iterator[Running]:
    """Run the server that `husret serve` runs, its log lines written to a file."""
    with _process(_serve_husret, str(directory)) as running:
        yield running


@contextmanager
def echo(answer: bytes, batch_answer: bytes, status: bytes = b"") -> Iterator[Running]:
    """Run a server with our options that returns these answers to any question."""
    with _process(_serve_echo, (answer, batch_answer, status)) as running:
        yield running


@contextmanager
def _process(target: Callable[[Connection, int, Any], None], given: Any) -> Iterator[Running]:
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=target, args=(there, cores()[1], given), daemon=True)
    process.start()
    there.close()
    try:
        server, http = _said(here)
        yield Running(server, process.pid or 0, http)
    finally:
        here.close()
        process.terminate()
        process.join()


def _said(child: Connection) -> tuple[Endpoint, str]:
    """Return where the child says that it listens; its own error, if any, is on stderr."""
    if not child.poll(_SECONDS_TO_START):
        raise TimeoutError("the server didn't start")
    try:
        said: tuple[Endpoint, str] = child.recv()
    except EOFError:
        raise RuntimeError("the server ended before it listened") from None
    return said


def _serve_husret(parent: Connection, own_core: int, directory: str) -> None:
    pin(own_core)
    handler = logging.FileHandler(Path(directory) / "calls.log")
    handler.setFormatter(json_log.JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)

    @contextmanager
    def during(running: server.Server) -> Iterator[None]:
        with (
            beside.listening(_LOOPBACK) as listener,
            beside.serving(listener, running.endpoint),
        ):
            parent.send((running.endpoint, beside.address_of(listener)))
            yield

    server.serve(Path(directory), _LOOPBACK, during=during)


class _Echo(pb_grpc.EligibilityServiceServicer):
    def __init__(self, answer: pb.CheckReferralResponse, many: pb.BatchCheckResponse) -> None:
        self._answer = answer
        self._many = many

    def CheckReferral(  # noqa: N802  # the name is gRPC's
        self, request: pb.CheckReferralRequest, context: grpc.ServicerContext
    ) -> pb.CheckReferralResponse:
        return self._answer

    def BatchCheck(  # noqa: N802  # the name is gRPC's
        self, request: pb.BatchCheckRequest, context: grpc.ServicerContext
    ) -> pb.BatchCheckResponse:
        return self._many


def _serve_echo(parent: Connection, own_core: int, answers: tuple[bytes, bytes, bytes]) -> None:
    pin(own_core)
    served = grpc.server(
        ThreadPoolExecutor(server.WORKERS),
        maximum_concurrent_rpcs=server.MOST_CALLS,
        options=server.OPTIONS,
    )
    one = pb.CheckReferralResponse.FromString(answers[0])
    many = pb.BatchCheckResponse.FromString(answers[1])
    echo = _Echo(one, many)  # type: ignore[abstract]  # the other methods are not measured
    pb_grpc.add_EligibilityServiceServicer_to_server(echo, served)
    status = area_pb.GetAreaStatusResponse.FromString(answers[2])
    get_status = grpc.unary_unary_rpc_method_handler(
        lambda request, context: status,
        area_pb.GetAreaStatusRequest.FromString,
        area_pb.GetAreaStatusResponse.SerializeToString,
    )
    area_service = area_pb.DESCRIPTOR.services_by_name["AreaService"].full_name
    served.add_generic_rpc_handlers(
        [grpc.method_handlers_generic_handler(area_service, {"GetAreaStatus": get_status})]
    )
    port = served.add_insecure_port(_LOOPBACK)
    served.start()
    parent.send((Endpoint(f"127.0.0.1:{port}", "asks for none"), ""))
    served.wait_for_termination()


# --- The client -----------------------------------------------------------------------------


class Client:
    """The client's process, from the side of whoever gives it work."""

    def __init__(self) -> None:
        self._pipe, there = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_work, args=(there, cores()[0]), daemon=True)
        self._process.start()
        there.close()

    def do(self, job: Job) -> Done:
        """Have a job done, and return what came of it."""
        self._pipe.send(job)
        done = self._pipe.recv()
        if isinstance(done, str):
            raise AssertionError(f"the client failed: {done}")
        result: Done = done
        return result

    def close(self) -> None:
        """End the process."""
        self._pipe.send(_STOP)
        self._process.join()


def _work(parent: Connection, own_core: int) -> None:
    pin(own_core)
    while (job := parent.recv()) != _STOP:
        try:
            parent.send(_ask(job))
        except (grpc.RpcError, AssertionError) as error:
            parent.send(f"{type(error).__name__}: {error}")


def _ask(job: Job) -> Done:
    if job.http:
        return _over_http(job)
    with grpc.insecure_channel(job.server.address) as channel:
        if job.areas:
            area_stub = area_pb_grpc.AreaServiceStub(channel)
            asked = [area_pb.GetAreaStatusRequest(area=area, day=PAST_DAY) for area in job.areas]
            get = partial(area_stub.GetAreaStatus, metadata=job.server.metadata)
            return _one_by_one(job.seconds, get, lambda: iter(asked))
        stub = pb_grpc.EligibilityServiceStub(channel)
        if job.batch:
            return _in_batches(job, stub)
        return _alone(job, stub) if job.in_flight == 1 else _many_at_once(job, stub)


def _in_batches(job: Job, stub: pb_grpc.EligibilityServiceStub) -> Done:
    wanted = (job.households * (job.batch // len(job.households) + 1))[: job.batch]
    taken: list[float] = []
    answers = 0
    begin = now = time.perf_counter()
    while now < begin + job.seconds or not taken:
        result = stub.BatchCheck(batch_request(job, wanted), metadata=job.server.metadata)
        if any(item.HasField("error") for item in result.items):
            raise AssertionError("an item of the batch was not answered")
        answers += len(result.items)
        taken.append(-(now - (now := time.perf_counter())))
    return Done(answers / (now - begin), median(taken) * 1e6, answers)


def _alone(job: Job, stub: pb_grpc.EligibilityServiceStub) -> Done:
    return _one_by_one(
        job.seconds,
        partial(stub.CheckReferral, metadata=job.server.metadata),
        lambda: (request(job, household) for household in job.households),
    )


def _one_by_one(
    seconds: float, call: Callable[[Any], object], requests: Callable[[], Iterator[Any]]
) -> Done:
    """Ask one after the other: the next when the answer to the last is there."""
    taken: list[float] = []
    begin = now = time.perf_counter()
    while now < begin + seconds:
        for made in requests():
            sent = time.perf_counter()
            call(made)
            now = time.perf_counter()
            taken.append(now - sent)
            if now >= begin + seconds:
                break
    return Done(len(taken) / (now - begin), median(taken) * 1e6, len(taken))


def _many_at_once(job: Job, stub: pb_grpc.EligibilityServiceStub) -> Done:
    """Keep `in_flight` calls going; the client's cheapest way here, one thread and futures."""
    done: queue.SimpleQueue[tuple[float, Any]] = queue.SimpleQueue()
    waiting = _in_turn(job)
    taken: list[float] = []
    going = 0

    def send() -> bool:
        household = next(waiting, None)
        if household is None:
            return False
        made = request(job, household)
        sent = time.perf_counter()
        call = stub.CheckReferral.future(made, metadata=job.server.metadata)
        call.add_done_callback(lambda call: done.put((sent, call)))
        return True

    begin = time.perf_counter()
    end = begin + job.seconds
    for _ in range(job.in_flight):
        going += send()
    last = begin
    while going:
        sent, call = done.get()
        going -= 1
        call.result()
        now = time.perf_counter()
        if job.once or now < end:
            taken.append(now - sent)
            last = now
            going += send()
    return Done(len(taken) / (last - begin), median(taken) * 1e6, len(taken))


def _over_http(job: Job) -> Done:
    """Keep `in_flight` connections busy, each with a thread of its own."""
    waiting = _in_turn(job)
    taken: list[float] = []
    headers = {"Content-Type": "application/json", **dict(job.server.metadata)}
    begin = time.perf_counter()

    def ask() -> None:
        connection = http.client.HTTPConnection(job.http.removeprefix("http://"))
        while (sent := time.perf_counter()) < begin + job.seconds:
            body = json_format.MessageToJson(request(job, next(waiting)), indent=None)
            connection.request("POST", _CHECK, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status == 200, content
            taken.append(time.perf_counter() - sent)
        connection.close()

    with ThreadPoolExecutor(job.in_flight) as pool:
        for asking in [pool.submit(ask) for _ in range(job.in_flight)]:
            asking.result()
    return Done(len(taken) / (time.perf_counter() - begin), median(taken) * 1e6, len(taken))


def _in_turn(job: Job) -> Iterator[str]:
    while True:
        yield from job.households
        if job.once:
            return
