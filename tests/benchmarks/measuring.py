"""Rounds, medians and spread, and the conditions that a figure was taken under."""

from __future__ import annotations

import gc
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any

ROUNDS = 5

LIBRARIES = (
    "cedarpy",
    "cryptography",
    "eventsourcing",
    "grpcio",
    "msgspec",
    "openfisca-core",
    "orjson",
    "protobuf",
    "zen-engine",
)


@dataclass(frozen=True)
class Line:
    """One line of the report: ours against a baseline, round by round.

    `ours` and `baseline` are absolute figures in `unit`; `ratios` is ours divided by the
    baseline in the same round. `goal` is what the median ratio should reach, or where
    `at_most` is set, stay within; None for a line that only informs. `absolute_goal` is a goal
    on the median of `ours`, in `unit`.
    """

    name: str
    what: str
    against: str
    unit: str
    ours: tuple[float, ...]
    baseline: tuple[float, ...]
    goal: float | None
    conditions: dict[str, Any]
    at_most: bool = False
    absolute_goal: float | None = None

    @property
    def ratios(self) -> tuple[float, ...]:
        """Return each round's ratio."""
        return tuple(a / b for a, b in zip(self.ours, self.baseline, strict=True))

    @property
    def ratio(self) -> float:
        """Return the median ratio."""
        return median(self.ratios)

    @property
    def meets(self) -> bool | None:
        """Tell whether the goal is met; None where there is none."""
        value, goal = self.ratio, self.goal
        if self.absolute_goal is not None:
            value, goal = median(self.ours), self.absolute_goal
        if goal is None:
            return None
        return value <= goal if self.at_most else value >= goal

    def as_json(self) -> dict[str, Any]:
        """Return the line with its medians, for `--json`."""
        return {
            **asdict(self),
            "ratio": round(self.ratio, 4),
            "ratios": [round(ratio, 4) for ratio in self.ratios],
            "ours": [round(value, 3) for value in self.ours],
            "baseline": [round(value, 3) for value in self.baseline],
            "meets": self.meets,
        }


@dataclass(frozen=True)
class Scale:
    """How much is measured: in full, or just enough to see that it runs (`--quick`)."""

    households: int
    seconds: float
    """How long one round of one side lasts, about."""
    rounds: int = ROUNDS
    screened: int = 100_000
    """Households of the waiting list that is screened."""
    generated: tuple[int, ...] = (10_000, 200_000)
    """About how many events the generated sets have, the smallest first."""
    kept: Path | None = None
    """Where generated sets are left, and taken from when they are there."""


FULL = Scale(households=1_000, seconds=1.0)
QUICK = Scale(households=60, seconds=0.1, rounds=2, screened=60, generated=(4_000, 8_000))


def in_rounds(
    scale: Scale, ours: Callable[[], float], baseline: Callable[[], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Measure both sides in turn, once each to warm up and then in rounds."""
    ours()
    baseline()
    first: list[float] = []
    second: list[float] = []
    for _ in range(scale.rounds):
        gc.collect()
        second.append(baseline())
        gc.collect()
        first.append(ours())
    return tuple(first), tuple(second)


def microseconds_each(
    scale: Scale, once: Callable[[Any], object], over: Sequence[Any]
) -> Callable[[], float]:
    """Return a measurement: the mean time in microseconds of `once`, over all of `over` in turn."""

    def measure() -> float:
        done = 0
        start = time.perf_counter()
        end = start + scale.seconds
        while True:
            for each in over:
                once(each)
            done += len(over)
            now = time.perf_counter()
            if now >= end:
                return (now - start) / done * 1e6

    return measure


@contextmanager
def directory() -> Iterator[Path]:
    """Give a directory on the disk that holds temporary files, and remove it afterwards."""
    path = Path(tempfile.mkdtemp(prefix="husret-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def cores() -> tuple[int, int]:
    """Return one core for the client and another for the server."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[0], allowed[1 % len(allowed)]


def pin(core: int) -> None:
    """Keep this process, threads and all, on one core."""
    os.sched_setaffinity(0, {core})


def environment() -> dict[str, Any]:
    """Return what the figures depend on and the reader cannot see."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: _version(name) for name in LIBRARIES},
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "switch_interval": sys.getswitchinterval(),
        "fdatasync_us": round(_fdatasync(), 1),
    }


def load() -> float:
    """Return the machine's load over the last minute."""
    return round(os.getloadavg()[0], 2)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _fdatasync() -> float:
    """Return how long the disk takes to make one page durable: median, in microseconds."""
    taken = []
    with directory() as path:
        file = os.open(path / "page", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            for _ in range(100):
                os.write(file, bytes(4096))
                start = time.perf_counter()
                os.fdatasync(file)
                taken.append((time.perf_counter() - start) * 1e6)
        finally:
            os.close(file)
    return median(taken)
