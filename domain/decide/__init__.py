"""Facts, question, law and readings make a decision.

Each kind of question is a generator: it asks for one data class at a time and is sent what the
log holds of it, so that nothing is read or unsealed that the rules in force do not need (design
2.9). `decide` starts the one that answers a question.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from domain.decide.alternatives import alternatives
from domain.decide.answer import (
    Alternative,
    AtHand,
    BeforeCoverageError,
    Decision,
    DwellingUnknownError,
    Examined,
    Membership,
    Need,
    Question,
)
from domain.decide.case import examine_member, membership_evidence, prepared
from domain.decide.referral import (
    BasisMismatchError,
    ReferralQuestion,
    referral,
    speaks_of,
)
from domain.law.kernel import LawPackage
from domain.law.referral_bases import Basis
from domain.reference import View

__all__ = [
    "QUESTIONS",
    "Alternative",
    "AtHand",
    "Basis",
    "BasisMismatchError",
    "BeforeCoverageError",
    "Decision",
    "DwellingUnknownError",
    "Examined",
    "Membership",
    "Need",
    "Question",
    "ReferralQuestion",
    "alternatives",
    "decide",
    "examine_member",
    "membership_evidence",
    "prepared",
    "referral",
    "speaks_of",
]

_DECIDED_BY: dict[type[Question], Callable[..., Generator[Need, Any, Decision]]] = {
    ReferralQuestion: referral,
}

QUESTIONS: dict[str, type[Question]] = {question.kind: question for question in _DECIDED_BY}
"""The questions that can be asked, by their kind: it stands in receipts and event types."""


def decide(
    question: Question, view: View, position: int, package: LawPackage
) -> Generator[Need, Any, Decision]:
    """Decide a question on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError, and what the question's own module raises, for a question that
    cannot be asked.
    """
    return _DECIDED_BY[type(question)](question, view, position, package)
