"""What a file of published area lists holds, and what may be wrong in it.

docs/data.md describes the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.facts import (
    AreaListed,
    AreaListPublished,
    AreaRegistered,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: the line (from 1), the column ("" for the whole line), and what."""

    line: int
    column: str
    what: str

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.what}"


class BadAreaListFile(ValueError):
    """A file of area lists cannot be imported; `problems` names everything that was found."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda p: (p.line, p.column, p.what)))
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{name}: nothing was imported\n{lines}")


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


@dataclass(frozen=True, slots=True)
class AreaListFile:
    """The records of a file, in the file's order; each is right in itself and fits the others."""

    name: str
    lists: tuple[ListRow, ...]
    areas: tuple[AreaRow, ...]

    def rows(self) -> list[tuple[str, AreaListed]]:
        """Return what the file says of areas, each with its municipality's code."""
        return [(row.registered.municipality, row.fact) for row in self.areas]
