"""Makes an instance and serves it with the commands that anyone would type."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from services.api.bearer import Endpoint
from services.demo import town
from services.instance import token

TIMEOUT = 30.0
"""Seconds that the server is given to start, or to stop."""


class ServingError(Exception):
    """An instance can't be made or served; the message says why."""


@contextmanager
def served(directory: Path, controller: str, kind: str) -> Iterator[Endpoint]:
    """Make a controller's instance, serve it in a process of its own, and say where it is.

    Raises ServingError when it can't be made, or is not up in time.
    """
    about = {"--controller": controller, "--kind": kind, "--municipality": town.MUNICIPALITY}
    _command("init", directory, *(word for pair in about.items() for word in pair))
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            _arguments("serve", directory, "--listen", "127.0.0.1:0", "--http", "off", "--json"),
            stdout=subprocess.PIPE,
            stderr=log,
            env=_environment(),
        )
        try:
            yield Endpoint(_address(process, log), token.load(directory / token.FILE))
        finally:
            process.terminate()
            try:
                process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            assert process.stdout is not None  # it is a pipe
            process.stdout.close()


def _arguments(command: str, directory: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "services.cli", command, "--dir", str(directory), *more]


def _environment() -> dict[str, str]:
    """Leave out what would point at an instance of the user's own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HUSRET_")}


def _command(command: str, directory: Path, *more: str) -> None:
    done = subprocess.run(
        _arguments(command, directory, *more),
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ServingError(
            f"`husret {command}` failed: {done.stderr.strip().removeprefix('husret: ')}"
        )


def _address(process: subprocess.Popen[bytes], log: IO[bytes]) -> str:
    """Return the address that the server says it listens at, in the one line that it prints."""
    assert process.stdout is not None  # it is a pipe
    patience = threading.Timer(TIMEOUT, process.kill)
    patience.start()
    line = process.stdout.readline()
    patience.cancel()
    if line:
        address: str = json.loads(line)["address"]
        return address
    log.seek(0)
    said = log.read().decode(errors="replace").strip()
    raise ServingError(f"`husret serve` ended, or was not up after {TIMEOUT:.0f} seconds: {said}")
