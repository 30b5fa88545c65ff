"""The process of JSON over HTTP; `husret serve` starts it (`beside.py`).

It takes the socket to listen on and the token from whoever starts it, and ends when that closes
its stdin, which the system does too when the starter dies.
"""

from __future__ import annotations

import argparse
import gc
import socket
import sys
import threading

import uvicorn

from services import json_log
from services.http.app import application
from services.http.connection import Connection

GRACE = 15
"""Seconds that requests in progress are given at a stop: less than the gRPC server gives."""


def main() -> None:
    """Serve until stdin ends."""
    parser = argparse.ArgumentParser(prog="python -m services.http")
    parser.add_argument("--socket", type=int, required=True, help="the descriptor to listen on")
    parser.add_argument("--server", required=True, help="where the gRPC server listens")
    options = parser.parse_args()
    token = sys.stdin.readline().strip()
    json_log.to_stderr()
    config = uvicorn.Config(
        application(options.server, token),
        http=Connection,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = uvicorn.Server(config)

    def stop_with_starter() -> None:
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=stop_with_starter, daemon=True).start()
    gc.freeze()
    server.run(sockets=[socket.socket(fileno=options.socket)])


if __name__ == "__main__":
    main()
