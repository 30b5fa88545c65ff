"""The application: checks what comes, hands it to the gRPC server, and writes what it answers.

Every method of the contract is a POST to its path on gRPC, `/husret.v1.FactService/RecordFacts`.
Before a body is read, whoever asks has named a host of the loopback (so no page of another site
reaches it through a name of its own), shown the token and said that JSON comes. No header lets
another site's page in.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from importlib import resources
from typing import Any

import grpc
import grpc.aio
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass
from google.rpc import code_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from husret.v1 import error_reason_pb2 as reasons
from services import json_log
from services.api import bearer
from services.api.contract import INTERNAL, LARGEST_MESSAGE, METHODS, PREFIX
from services.api.loopback import is_loopback
from services.http import problems
from services.http.problems import JSON, Refused, refused
from services.http.reading import Unreadable, read
from services.http.writing import write

NDJSON = "application/x-ndjson"
OPENAPI = "openapi.json"

LARGEST_BODY = LARGEST_MESSAGE * 4 // 3 + 1024 * 1024
"""Most bytes of a body: the largest request of gRPC, whose files are base64 here."""

LARGE_BODY = 256 * 1024
"""A body of more bytes is read beside the others, which do not wait for it."""

ARRIVAL = 20.0
"""Seconds in which a body must have come whole."""

DEADLINE = 600.0
"""Seconds that a call may take; who goes away before ends a stream, but no other call."""

_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_LOGGER = logging.getLogger("husret.calls")
_Endpoint = Callable[[Request], Awaitable[Response]]


def application(server: str, token: str) -> Starlette:
    """Return the application in front of the gRPC server at `server`, whose token is given."""
    forwarding = _Forwarding(server)

    def guarded(method: str, endpoint: _Endpoint, *, asks_token: bool = True) -> _Endpoint:
        async def guard(request: Request) -> Response:
            started = time.monotonic()
            try:
                _check_host(request)
                if asks_token:
                    _check_token(request, token)
                return await endpoint(request)
            except Refused as refusal:
                _note(method, refusal, time.monotonic() - started)
                return problems.response(refusal, **_HEADERS)
            except Exception as error:
                json_log.fault(_LOGGER, _short(method), error)
                own = Refused(status_pb2.Status(code=code_pb2.INTERNAL, message=INTERNAL))
                _note(method, own, time.monotonic() - started)
                return problems.response(own, **_HEADERS)

        return guard

    async def elsewhere(request: Request, error: Exception) -> Response:
        async def nothing(_: Request) -> Response:
            if isinstance(error, HTTPException) and error.status_code == 405:
                raise _not_so("this path takes another method", 405)
            raise _not_so("there is nothing here; /openapi.json says what there is", 404)

        found = await guarded("", nothing, asks_token=False)(request)
        if isinstance(error, HTTPException):
            found.headers.update(error.headers or {})
        return found

    async def openapi(request: Request) -> Response:
        return Response(document, headers=_HEADERS, media_type=JSON)

    document = resources.files("services.http").joinpath(OPENAPI).read_bytes()
    methods = {
        path: guarded(path, forwarding.endpoint(path, method)) for path, method in METHODS.items()
    }

    async def call(request: Request) -> Response:
        # Found at once: as a route each, they would be tried one after the other.
        endpoint = methods.get(request.scope["path"])
        if endpoint is None:
            raise HTTPException(404)
        return await endpoint(request)

    gets = [
        Route(path, guarded("", endpoint, asks_token=False), methods=["GET"])
        for path, endpoint in ((f"/{OPENAPI}", openapi), ("/health", forwarding.health))
    ]
    made = Starlette(
        routes=[*gets, Route("/{service}/{method}", call, methods=["POST"])],
        lifespan=forwarding.lifespan,
        exception_handlers={404: elsewhere, 405: elsewhere},
    )
    made.router.redirect_slashes = False  # a redirect is no JSON, and repeats the path
    return made


def _not_so(message: str, http: int) -> Refused:
    return refused(code_pb2.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND, message, http=http)


def _check_host(request: Request) -> None:
    host = request.headers.get("host", "")
    if not (is_loopback(host) or is_loopback(f"{host}:80")):
        raise refused(
            code_pb2.PERMISSION_DENIED,
            reasons.ERROR_REASON_REQUEST_FORM,
            "Host: must be a name of this machine's loopback: 127.0.0.1, [::1] or localhost",
        )


def _check_token(request: Request, token: str) -> None:
    if not bearer.is_borne(token, request.headers.getlist(bearer.HEADER)):
        raise refused(
            code_pb2.UNAUTHENTICATED,
            reasons.ERROR_REASON_TOKEN_WRONG,
            bearer.NOT_BORNE,
        )


def _check_type(request: Request) -> None:
    kind, _, parameter = request.headers.get("content-type", "").lower().partition(";")
    is_utf8 = parameter.strip().replace('"', "") in ("", "charset=utf-8")
    if kind.strip() != JSON or not is_utf8 or "content-encoding" in request.headers:
        raise refused(
            code_pb2.INVALID_ARGUMENT,
            reasons.ERROR_REASON_REQUEST_FORM,
            "Content-Type: must be application/json, in UTF-8 and not compressed",
            http=415,
        )


async def _body(request: Request) -> bytes:
    too_large = refused(
        code_pb2.RESOURCE_EXHAUSTED,
        reasons.ERROR_REASON_LIMIT,
        f"the body may have at most {LARGEST_BODY} bytes",
        http=413,
    )
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > LARGEST_BODY:
        raise too_large
    came = bytearray()
    try:
        async with asyncio.timeout(ARRIVAL):
            async for chunk in request.stream():
                came += chunk
                if len(came) > LARGEST_BODY:
                    raise too_large
    except (TimeoutError, ClientDisconnect):
        raise refused(
            code_pb2.DEADLINE_EXCEEDED,
            reasons.ERROR_REASON_DEADLINE,
            f"the body has not come within {ARRIVAL:.0f} seconds",
            http=408,
        ) from None
    return bytes(came)


class _Forwarding:
    """Hands requests to the gRPC server over one connection, with the header that they bear."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._calls: dict[str, Any] = {}
        self._health: Any = None

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        options = (("grpc.max_receive_message_length", -1),)
        async with grpc.aio.insecure_channel(self._server, options) as channel:
            self._health = health_pb2_grpc.HealthStub(channel)
            for path, method in METHODS.items():
                make: Any = channel.unary_stream if method.server_streaming else channel.unary_unary
                self._calls[path] = make(path)
            yield

    async def health(self, request: Request) -> Response:
        """Tell whether the gRPC server serves; its probes do not ask for the token either."""
        status = "UNREACHABLE"
        with suppress(grpc.RpcError):
            answer = await self._health.Check(health_pb2.HealthCheckRequest(), timeout=5)
            status = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
        code = 200 if status == "SERVING" else 503
        return Response(f'{{"status":"{status}"}}', code, _HEADERS, JSON)

    def endpoint(self, path: str, method: MethodDescriptor) -> _Endpoint:
        """Return what answers a request for a method."""
        answer = GetMessageClass(method.output_type).FromString

        async def once(request: Request) -> Response:
            asked, metadata = await _asked(request, method)
            try:
                answered = await self._calls[path](asked, timeout=DEADLINE, metadata=metadata)
            except grpc.RpcError as error:
                return _passed_on(error)
            return Response(write(answer(answered)), headers=_HEADERS, media_type=JSON)

        async def pages(request: Request) -> Response:
            asked, metadata = await _asked(request, method)
            call = self._calls[path](asked, timeout=DEADLINE, metadata=metadata)
            try:
                first = await call.read()
            except grpc.RpcError as error:
                return _passed_on(error)
            return StreamingResponse(_lines(call, first, answer), 200, _HEADERS, NDJSON)

        return pages if method.server_streaming else once


async def _asked(request: Request, method: MethodDescriptor) -> tuple[bytes, Any]:
    """Return the request as gRPC has it, and what it bears; raises Refused."""
    _check_type(request)
    body = await _body(request)
    try:
        if len(body) > LARGE_BODY:
            asked = await asyncio.to_thread(read, body, method.input_type)
        else:
            asked = read(body, method.input_type)
    except Unreadable as error:
        raise problems.unreadable(error.wrong) from None
    return asked.SerializeToString(), ((bearer.HEADER, request.headers[bearer.HEADER]),)


async def _lines(call: Any, page: Any, answer: Callable[[bytes], Any]) -> AsyncIterator[bytes]:
    """Give a line for each page; the last one says why, where not all came."""
    try:
        while page is not grpc.aio.EOF:
            yield write(answer(page)) + b"\n"
            page = await call.read()
    except grpc.RpcError as error:
        yield problems.as_json(problems.of_call(error)) + b"\n"
    finally:
        call.cancel()


def _passed_on(error: grpc.RpcError) -> Response:
    """Answer what the gRPC server refused; it has its line in the log already."""
    return problems.response(problems.of_call(error), **_HEADERS)


def _short(path: str) -> str:
    return path.removeprefix(PREFIX) or "HTTP"


def _note(path: str, refusal: Refused, seconds: float) -> None:
    """Log what was refused here, and the gRPC server knows nothing of."""
    fields = {
        "method": _short(path),
        "code": code_pb2.Code.Name(refusal.status.code),
        "http": refusal.http,
        "ms": round(seconds * 1000, 1),
    }
    _LOGGER.info("call", extra={"fields": fields})
