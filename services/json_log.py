"""The log of a process that serves: one line of JSON on stderr for each thing that happened."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec


class JsonLines(logging.Formatter):
    """Writes a record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a record without fields has its message as text."""
        line: dict[str, Any] = {
            "at": _at(int(record.created)),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        return _LINE.encode(line).decode()


_LINE = msgspec.json.Encoder()


@lru_cache(2)
def _at(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(second))


def to_stderr() -> None:
    """Write the log of this process to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    # No line names what these find out, for each line anew.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def fault(logger: logging.Logger, method: str, error: Exception) -> None:
    """Say where an error arose; its message may hold what the request held, so it is left out."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    fields = {
        "method": method,
        "error": type(error).__name__,
        "at": [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames],
    }
    logger.error("fault", extra={"fields": fields})
