"""What a file of published area lists holds, and what may be wrong in it.

docs/data.md describes the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from domain.facts import (
    AreaListed,
    AreaListPublished,
    AreaRegistered,
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A `list` record of a file."""

    line: int
    fact: AreaListPublished


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An `area` record of a file."""

    line: int
    registered: AreaRegistered
    fact: AreaListed


class Matched(NamedTuple):
    """An area that a file writes otherwise than it is named here, or that was said to be one."""

    written: str
    area: str
    name: str


@dataclass(frozen=True, slots=True)
class AreaListFile:
    """The records of a file, in the file's order; each is right in itself and fits the others."""

    name: str
    lists: tuple[ListRow, ...]
    areas: tuple[AreaRow, ...]
    read_as: str = ""
    matched: tuple[Matched, ...] = ()

    def rows(self) -> list[tuple[str, AreaListed]]:
        """Return what the file says of areas, each with its municipality's code."""
        return [(row.registered.municipality, row.fact) for row in self.areas]
