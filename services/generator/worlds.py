"""The worlds that can be made up."""

from __future__ import annotations

from collections.abc import Callable

from services.generator.country import Country
from services.generator.told import World
from services.generator.town import Town

WORLDS: dict[str, Callable[[int, float], World]] = {"country": Country, "large-controller": Town}
"""By name: each takes a seed, and how much of it there is to be, of 1."""
