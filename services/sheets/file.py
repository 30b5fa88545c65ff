"""What a file of rows may be written in, and what may be wrong in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SEPARATORS = {";": "semicolons", ",": "commas", "\t": "tabulators"}
"""What may stand between cells, and what people call it."""

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
"""What text may be written in, and what people call it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: the line (from 1), the column ("" for the whole line), and what."""

    line: int
    column: str
    what: str

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.what}"


class BadFile(ValueError):
    """A file cannot be imported; `problems` names everything that was found."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda p: (p.line, p.column, p.what)))
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{name}: nothing was imported\n{lines}")
