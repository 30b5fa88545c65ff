"""What each kind of controller may hold and ask, as data (design 2.11).

An instance belongs to one municipality or one housing organisation. What only the municipality
weighs (benefits, the attestations of § 59, its own decisions) does not exist in a housing
organisation's instance, which holds the municipality's attested yes or no; what a housing
organisation sees of its applicants does not exist in a municipality's. A fact or question that
is not named here is refused.
"""

from __future__ import annotations

from domain import facts, questions
from domain.events import EVENT_TYPES
from domain.facts import ControllerKind

FACTS: dict[ControllerKind, frozenset[type[facts.Fact]]] = {
    kind: frozenset(t.fact for t in EVENT_TYPES if kind in t.held_by) for kind in ControllerKind
}
"""The facts that an instance of each kind may hold."""

QUESTIONS: dict[ControllerKind, frozenset[str]] = {
    kind: frozenset(each.name for each in questions.KINDS if kind in each.asked_by)
    for kind in ControllerKind
}
"""The questions that exist in an instance of each kind."""


def may_hold(kind: ControllerKind, fact: type[facts.Fact]) -> bool:
    """Tell whether an instance of this kind may hold such facts."""
    return fact in FACTS[kind]


def may_ask(kind: ControllerKind, question: str) -> bool:
    """Tell whether a question, such as "referral", exists in an instance of this kind."""
    return question in QUESTIONS[kind]
