"""Small made-up worlds, and the instances that they fill; made once for all tests of a process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from services.generator.filling import fill
from services.generator.told import Erased, Told
from services.generator.worlds import WORLDS
from services.instance.instance import Instance

TOWN, COUNTRY = "large-controller", "country"
SCALES = {TOWN: 0.002, COUNTRY: 0.0005}
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def told(name: str, seed: int = 1, scale: float | None = None) -> Iterator[tuple[date, list[Told]]]:
    """What a world tells, day by day; without erasures."""
    world = WORLDS[name](seed, SCALES[name] if scale is None else scale)
    for day, listed in world.days():
        yield day, [each for each in listed if isinstance(each, Told)]


def erased(name: str) -> list[Erased]:
    world = WORLDS[name](1, SCALES[name])
    return [each for _, day in world.days() for each in day if isinstance(each, Erased)]


@cache
def directory(name: str, seed: int = 1) -> Path:
    """The directory of an instance that a world has filled."""
    kept = tempfile.TemporaryDirectory(prefix="husret-made-")
    _KEPT.append(kept)
    path = Path(kept.name) / "instance"
    fill(path, WORLDS[name](seed, SCALES[name]), seed)
    return path


@contextmanager
def opened(name: str, seed: int = 1) -> Iterator[Instance]:
    """The instance that a world has filled, as on the day after the last that was told of."""
    with Instance.open(directory(name, seed), today=lambda: date(2026, 1, 2)) as instance:
        yield instance
