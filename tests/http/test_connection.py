"""What a connection may keep waiting, and what is said of what is no request."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

import pytest
import uvicorn
from uvicorn.server import ServerState

from services.api.contract import INTERNAL
from services.http import connection
from services.http.app import application
from tests.http.client import Http


@asynccontextmanager
async def met() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Connect to the application, which has not been told to start: it can't forward anything."""
    config = uvicorn.Config(application("127.0.0.1:1", "t"), log_config=None, lifespan="off")
    state, loop = ServerState(), asyncio.get_running_loop()
    made = partial(connection.Connection, config, state, {}, loop)
    server = await loop.create_server(made, "127.0.0.1", 0)
    yield await asyncio.open_connection(*server.sockets[0].getsockname())
    server.close()


def test_a_fault_of_its_own_is_told_as_the_server_tells_one_and_its_log_says_where(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def ask() -> bytes:
        async with met() as (reading, writing):
            writing.write(
                b"POST /husret.v1.AuditService/GetHealth HTTP/1.1\r\nHost: localhost\r\n"
                b"Authorization: Bearer t\r\nContent-Type: application/json\r\n"
                b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
            )
            return await reading.read()

    head, _, body = asyncio.run(ask()).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 500 ")
    assert json.loads(body)["error"] == {"code": 13, "message": INTERNAL}
    [fault] = [vars(each)["fields"] for each in caplog.records if each.message == "fault"]
    assert (fault["method"], fault["error"]) == ("AuditService/GetHealth", "KeyError")


def test_what_is_no_request_is_told_so_in_json_and_not_repeated(http: Http) -> None:
    with socket.create_connection(("127.0.0.1", int(http.host.rpartition(":")[2]))) as raw:
        raw.sendall(b"Bo 610180-1234\r\n\r\n")
        head, _, body = b"".join(iter(lambda: raw.recv(4096), b"")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/json" in head.lower()
    assert json.loads(body)["error"]["code"] == 3
    assert b"610180" not in head + body


def test_a_path_with_a_stroke_at_its_end_is_not_sent_elsewhere(http: Http) -> None:
    answer = http.call("AuditService/GetHealth/", {})
    assert (answer.code, "location" in answer.headers) == (404, False)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"POST /husret.v1.AuditService/GetHealth HTT",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /he",
    ],
    ids=["nothing", "half a head", "half a body", "half of a second"],
)
def test_who_does_not_send_a_request_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.2)

    async def meet() -> None:
        async with met() as (reading, writing):
            writing.write(begun)
            # However much it sends, its next bytes do not buy it more time.
            for _ in range(20):
                with suppress(TimeoutError):
                    if not await asyncio.wait_for(reading.read(4096), 0.1):
                        break
                writing.write(b"a" if begun else b"")
            else:
                pytest.fail("it is waited for")

    asyncio.run(meet())
