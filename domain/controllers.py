"""What each kind of controller may hold and ask, as data (design 2.11).

An instance belongs to one municipality or one housing organisation. What only the municipality
weighs (benefits, the attestations of § 59, its own decisions) does not exist in a housing
organisation's instance, which holds the municipality's attested yes or no; what a housing
organisation sees of its applicants does not exist in a municipality's. Both follow from what is
declared of facts and questions.
"""

from __future__ import annotations

from domain import facts
from domain.events import EVENT_TYPES
from domain.facts import ControllerKind
from domain.questions import KINDS

FACTS: dict[ControllerKind, frozenset[type[facts.Fact]]] = {
    kind: frozenset(t.fact for t in EVENT_TYPES if kind in t.held_by) for kind in ControllerKind
}
"""The facts that an instance of each kind may hold."""


def may_hold(kind: ControllerKind, fact: type[facts.Fact]) -> bool:
    """Tell whether an instance of this kind may hold such facts."""
    return fact in FACTS[kind]


def may_ask(kind: ControllerKind, question: str) -> bool:
    """Tell whether a question, such as "referral", exists in an instance of this kind."""
    return kind in KINDS[question].asked_by
