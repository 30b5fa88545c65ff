"""The golden cases of the repository, as `husret cases` reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.decide import Decision
from services.cases import putting
from services.cases.casebook import Case
from services.cases.stated import Stated, files, read, stated

FOLDER = Path(__file__).with_name("cases")


@cache
def load() -> tuple[Case, ...]:
    """Return every case, in the order of the files."""
    return tuple(case for path in files([FOLDER]) for case in _read(path))


@cache
def _read(path: Path) -> tuple[Case, ...]:
    return tuple(read(path))


def decided() -> list[Case]:
    """Return the cases whose question is answered by a decision and can be asked."""
    return [c for c in load() if putting.decided(c) and "refused" not in c["expect"]]


def about_households() -> list[Case]:
    """Return the cases whose question is about a household and can be asked."""
    return [case for case in decided() if putting.about_household(case)]


def named(id: str) -> Case:
    """Return a case by its id."""
    return next(case for case in load() if case["id"] == id)


def ids(cases: list[Case]) -> list[str]:
    """Return what pytest calls the cases."""
    return [case["id"] for case in cases]


def by_subject(cases: list[Case]) -> pytest.MarkDecorator:
    """Run a test once with the `cases` of each subject, the folder that they lie in.

    To run one for each case would cost more than the cases do.
    """
    wanted = set(ids(cases))
    found = {
        subject.name: [case for path in files([subject]) for case in _read(path)]
        for subject in sorted(FOLDER.iterdir())
    }
    subjects = {name: [c for c in all if c["id"] in wanted] for name, all in found.items()}
    subjects = {name: some for name, some in subjects.items() if some}
    return pytest.mark.parametrize("cases", list(subjects.values()), ids=list(subjects))


_ANSWERED: dict[tuple[int, str | None], Decision] = {}
"""The cases of the files that were answered, so that many tests can look at one answer."""


@cache
def _of_files() -> frozenset[int]:
    return frozenset(map(id, load()))


def answer(case: dict[str, Any], otherwise: str | None = None) -> Decision:
    """Answer a case by a decision, one of the files or one that a test states."""
    key = id(case), otherwise or case.get("otherwise")
    if key in _ANSWERED:
        return _ANSWERED[key]
    read: Case = case if isinstance(case, Stated) else stated(case)
    found = putting.ask(read, putting.build(read, otherwise))
    if id(case) in _of_files():  # which are kept, so that no other comes to have its id
        _ANSWERED[key] = found
    return found
