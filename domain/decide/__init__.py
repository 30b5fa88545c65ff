"""Facts, question, law and readings make a decision.

Each kind of question is a generator: it asks for one data class at a time and is sent what the
log holds of it, so that nothing is read or unsealed that the rules in force do not need (design
2.9). `decide` starts the one that answers a question.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any
from uuid import UUID

from domain.decide import case
from domain.decide.answer import (
    BeforeCoverageError,
    Decision,
    DwellingUnknownError,
    Examined,
    Membership,
    Need,
    Question,
    Value,
    ValueKind,
)
from domain.decide.case import examine_member, prepared
from domain.decide.notice import NoticeGround, NoticeQuestion, notice
from domain.decide.referral import Basis, BasisMismatchError, ReferralQuestion, referral
from domain.decide.rehousing import RehousingQuestion, rehousing
from domain.decide.termination import Links, TerminationQuestion, termination
from domain.events import Recorded
from domain.law.kernel import LawPackage
from domain.reference import View

__all__ = [
    "QUESTIONS",
    "Basis",
    "BasisMismatchError",
    "BeforeCoverageError",
    "Decision",
    "DwellingUnknownError",
    "Examined",
    "Membership",
    "Need",
    "NoticeGround",
    "NoticeQuestion",
    "Question",
    "ReferralQuestion",
    "RehousingQuestion",
    "TerminationQuestion",
    "Value",
    "ValueKind",
    "decide",
    "examine_member",
    "membership_evidence",
    "prepared",
    "referral",
]

_DECIDED_BY: dict[type[Question], Callable[..., Generator[Need, Any, Decision]]] = {
    ReferralQuestion: referral,
    TerminationQuestion: termination,
    NoticeQuestion: notice,
    RehousingQuestion: rehousing,
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


def membership_evidence(
    question: Question, membership: Membership, view: View, package: LawPackage
) -> tuple[tuple[UUID | None, Recorded[Any]], ...]:
    """Return the membership facts that an answer rests on; None: that a list is complete."""
    if isinstance(question, TerminationQuestion):
        return Links(membership, question.day).evidence
    return case.membership_evidence(membership, question.day, view, package)
