"""A connection of HTTP: how long a request may take to come, and what is said of what is none."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from google.rpc import code_pb2
from uvicorn.protocols.http.h11_impl import H11Protocol

from husret.v1 import error_reason_pb2 as reasons
from services.http import problems
from services.http.app import ARRIVAL

PATIENCE = ARRIVAL + 2.0
"""Seconds in which a request must have come, from its first byte or the connection's start; a body
that is too slow has been told so before. uvicorn itself waits for ever, and has but so many files.
"""

_COMING = (h11.IDLE, h11.SEND_BODY)


class Connection(H11Protocol):
    """uvicorn's connection, which is closed where a request does not come."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Wait for a request from now on."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting for a request that has not come whole."""
        super().data_received(data)
        if self.conn.their_state not in _COMING:
            self._stop_waiting()
        elif self._patience is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say that what came is no request, as all else is said; `msg` is uvicorn's own."""
        refusal = problems.refused(
            code_pb2.INVALID_ARGUMENT,
            reasons.ERROR_REASON_REQUEST_FORM,
            "what came is no request of HTTP/1.1",
        )
        headers = [
            (b"content-type", problems.JSON.encode()),
            (b"connection", b"close"),
        ]
        parts: tuple[Any, ...] = (
            h11.Response(status_code=refusal.http, headers=headers, reason=b"Bad Request"),
            h11.Data(data=problems.as_json(refusal)),
            h11.EndOfMessage(),
        )
        for part in parts:
            self.transport.write(self.conn.send(part) or b"")
        self.transport.close()

    def _wait(self) -> None:
        self._patience = self.loop.call_later(PATIENCE, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
