"""The golden cases of the repository, as `husret cases` reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from domain.decide import Decision
from services.cases import putting
from services.cases.casebook import Case
from services.cases.stated import Stated, files, read, stated

FOLDER = Path(__file__).with_name("cases")


@cache
def load() -> tuple[Case, ...]:
    """Return every case, in the order of the files."""
    return tuple(case for path in files([FOLDER]) for case in read(path))


def about_households() -> list[Case]:
    """Return the cases whose question is about a household and can be asked."""
    return [c for c in load() if putting.about_household(c) and "refused" not in c["expect"]]


def named(id: str) -> Case:
    """Return a case by its id."""
    return next(case for case in load() if case["id"] == id)


def ids(cases: list[Case]) -> list[str]:
    """Return what pytest calls the cases."""
    return [case["id"] for case in cases]


def answer(case: dict[str, Any], otherwise: str | None = None) -> Decision:
    """Answer a case about a household, one of the files or one that a test states."""
    read: Case = case if isinstance(case, Stated) else stated(case)
    return putting.ask(read, putting.build(read, otherwise))
