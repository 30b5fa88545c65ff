"""The worlds that can be made up."""

from __future__ import annotations

from collections.abc import Callable

from services.generator.country import Country
from services.generator.told import World
from services.generator.town import Town

COUNTRY, LARGE_CONTROLLER = "country", "large-controller"

WORLDS: dict[str, Callable[[int, float], World]] = {COUNTRY: Country, LARGE_CONTROLLER: Town}
"""By name: each takes a seed, and how much of it there is to be, of 1."""
