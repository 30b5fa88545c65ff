"""Puts a case's question to the edition of the law: the town it plays in, and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.decide import Decision
from domain.law.kernel import Finding
from services.cases import casebook, casebook_letting, casebook_termination
from services.cases.casebook import Case
from services.cases.stated import CaseError, nearest
from services.cases.world import World

_HOUSEHOLDS = {
    "referral": casebook,
    **dict.fromkeys(casebook_letting.HOUSEHOLD_QUESTIONS, casebook_letting),
    **dict.fromkeys(casebook_termination.KINDS, casebook_termination),
}
_OTHERS = ("area", *casebook_letting.LIST_QUESTIONS)


def question(case: Case) -> str:
    """Return what the case asks; raises CaseError for a question that there is not."""
    kind: str = case["question"]
    known = (*_HOUSEHOLDS, *_OTHERS)
    if kind not in known:
        raise CaseError("question", f"'{kind}' is not known here; {nearest(kind, known)}")
    return kind


def about_household(case: Case) -> bool:
    """Tell whether the case's question is one about a household."""
    return question(case) in _HOUSEHOLDS


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    books: Any = _HOUSEHOLDS.get(question(case), casebook)
    build: Callable[..., World] = books.build
    return build(case, otherwise)


def ask(case: Case, world: World) -> Decision:
    """Put the case's question about a household."""
    book: Any = _HOUSEHOLDS[question(case)]
    ask: Callable[..., Decision] = book.ask
    return ask(case, world)


def found(case: Case) -> Finding | list[str]:
    """Answer a question about a waiting list, or about letting by a private buyer."""
    return casebook_letting.found(case)
