"""How the command line is called where it runs, and what can be written there."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import shlex
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

NAME = "husret"
_HINT = re.compile(rf"`{NAME} ([^`]*)`")


def command() -> str:
    """Return what to type for `husret` in this shell: its name, if that is found, or its path."""
    typed = Path(sys.argv[0])
    if typed.name == "__main__.py":  # python -m services.cli
        beside = Path(sys.executable).with_name(NAME)
        module = f"{shlex.quote(sys.executable)} -m services.cli"
        return shlex.quote(str(beside)) if beside.exists() else module
    if typed.stem != NAME:
        return NAME  # a program that calls `main`; it has no command of its own to name
    found = shutil.which(NAME)
    if found is not None and typed.exists() and os.path.samefile(found, typed):
        return NAME
    return shlex.quote(str(typed))


def hint(text: str, directory: Path | None = None) -> str:
    """Return a text whose commands, written `husret …`, can be typed as they stand.

    `directory`: the instance's, unless it is the one that is meant without saying so.
    """
    where = "" if directory is None else f" --dir {shlex.quote(str(directory))}"
    return _HINT.sub(lambda found: f"`{command()} {found[1]}{where}`", text)


def as_json(value: Any, stream: TextIO, *, indent: int | None = None) -> str:
    """Return a value as JSON that a stream can take whatever its encoding."""
    return json.dumps(value, ensure_ascii=not _is_unicode(stream), indent=indent)


def _is_unicode(stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None)
    return encoding is None or codecs.lookup(encoding).name.startswith("utf")


def write_anything() -> None:
    """Write a question mark for what a stream's encoding does not have, in place of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def orderly_end() -> Iterator[None]:
    """Have SIGTERM and SIGHUP end the block as Ctrl-C does, so that it takes away what it made."""
    numbers = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {}
    if threading.current_thread() is threading.main_thread():
        before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def whoever_reads() -> Iterator[None]:
    """Write to stdout for as long as somebody reads it; who has enough ends the block quietly.

    Nothing is written after it then. What else is to be done is done: an effect, and an exit code,
    do not hang on how much of the output is read.
    """
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter would else complain at its end.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
