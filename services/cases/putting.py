"""Puts a case's question to the edition of the law: the town it plays in, and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.decide import Decision
from domain.law.kernel import Finding
from services.cases import casebook, casebook_area, casebook_letting, casebook_termination
from services.cases.casebook import Case
from services.cases.stated import CaseError, nearest
from services.cases.world import World

_DECIDED = {
    "referral": casebook,
    **dict.fromkeys(casebook_letting.HOUSEHOLD_QUESTIONS, casebook_letting),
    **dict.fromkeys(casebook_termination.KINDS, casebook_termination),
    **dict.fromkeys(casebook_area.KINDS, casebook_area),
}
_OTHERS = ("area", *casebook_letting.LIST_QUESTIONS)


def question(case: Case) -> str:
    """Return what the case asks; raises CaseError for a question that there is not."""
    kind: str = case["question"]
    known = (*_DECIDED, *_OTHERS)
    if kind not in known:
        raise CaseError("question", f"'{kind}' is not known here; {nearest(kind, known)}")
    return kind


def decided(case: Case) -> bool:
    """Tell whether the case's question is one that is asked and answered in the contract."""
    return question(case) in _DECIDED


def about_household(case: Case) -> bool:
    """Tell whether such a question is about a household, or its dwelling, and not about an area."""
    return decided(case) and question(case) not in casebook_area.KINDS


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    books: Any = _DECIDED.get(question(case), casebook)
    build: Callable[..., World] = books.build
    return build(case, otherwise)


def ask(case: Case, world: World) -> Decision:
    """Put the case's question that is answered by a decision."""
    book: Any = _DECIDED[question(case)]
    ask: Callable[..., Decision] = book.ask
    return ask(case, world)


def found(case: Case) -> Finding | list[str]:
    """Answer a question about a waiting list, or about letting by a private buyer."""
    return casebook_letting.found(case)
