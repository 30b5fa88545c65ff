"""Starts the process of JSON over HTTP beside the gRPC server, watches over it, and ends it."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from services.api.bearer import Endpoint
from services.api.loopback import is_address, is_loopback

PATIENCE = 18.0
"""Seconds that the process is given to end by itself."""

PAUSE = 1.0
"""Seconds before one that ended unasked is started again."""

_LOGGER = logging.getLogger("husret.http")


class HttpError(Exception):
    """JSON over HTTP can't be served as asked; the message says what to do."""


@contextmanager
def listening(address: str) -> Iterator[socket.socket]:
    """Listen at "host:port" of the loopback (port 0: one that is free); raises HttpError."""
    if not is_address(address):
        raise HttpError(f"{address!r} is not HOST:PORT with a port from 0 to 65535, nor off")
    if not is_loopback(address):
        raise HttpError(
            f"{address} is not a loopback address, and JSON over HTTP is served to this machine "
            "alone: give 127.0.0.1:PORT, or off"
        )
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if host == "[::1]" else socket.AF_INET
    try:
        made = socket.create_server((host.strip("[]"), int(port)), family=family, backlog=512)
    except OSError:
        raise HttpError(
            f"{address} can't be listened on for JSON over HTTP: its port is taken (--http "
            "HOST:PORT with port 0 takes a free one, --http off none)"
        ) from None
    with made:
        yield made


def address_of(listener: socket.socket) -> str:
    """Return where a socket listens, as a URL has it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def serving(listener: socket.socket, server: Endpoint) -> Iterator[None]:
    """Serve on a socket what the gRPC server answers, for as long as the context lasts.

    One that ends unasked is started again; whoever connects meanwhile waits.
    """
    over = threading.Event()
    starting = threading.Lock()
    running = [_started(listener, server)]

    def watch() -> None:
        while True:
            code = running[0].wait()
            over.wait(PAUSE)
            with starting:
                if over.is_set():
                    return
                problem = f"ended with {code}; it is started again"
                _LOGGER.error("http", extra={"fields": {"problem": problem}})
                running[0] = _started(listener, server)

    watching = threading.Thread(target=watch, name="http", daemon=True)
    watching.start()
    try:
        yield
    finally:
        with starting:
            over.set()
        _end(running[0])
        watching.join()


def _started(listener: socket.socket, server: Endpoint) -> subprocess.Popen[bytes]:
    # It finds what this process finds, whatever lies in the directory that it is started in.
    paths = os.pathsep.join(each or os.getcwd() for each in sys.path)
    given = ("--socket", str(listener.fileno()), "--server", server.address)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "services.http", *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=[listener.fileno()],
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,  # Ctrl-C is for the server, which ends this one in its turn
    )
    assert process.stdin is not None  # it is a pipe
    process.stdin.write(f"{server.token}\n".encode())
    process.stdin.flush()
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None  # it is a pipe
    process.stdin.close()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
