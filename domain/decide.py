"""Facts, question, law and readings make a decision.

Each kind of question is a generator: it asks for one data class at a time and is sent what the
log holds of it, so that nothing is read or unsealed that the rules in force do not need (design
2.9). `decide` starts the one that answers a question.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any
from uuid import UUID

from domain.events import Recorded
from domain.law import beside, case
from domain.law.answer import (
    AreaUnknownError,
    BeforeCoverageError,
    Decision,
    DwellingUnknownError,
    Elsewhere,
    Examined,
    FactsRead,
    Membership,
    Need,
    Value,
    ValueKind,
)
from domain.law.case import examine_member, prepared, settings
from domain.law.edition import Edition
from domain.law.ending.termination_steps import Links, TerminationQuestion
from domain.law.question import Question
from domain.law.referral.elsewhere import alternatives
from domain.reference import View

__all__ = [
    "AreaUnknownError",
    "BeforeCoverageError",
    "Decision",
    "DwellingUnknownError",
    "Elsewhere",
    "Examined",
    "FactsRead",
    "Membership",
    "Need",
    "Value",
    "ValueKind",
    "alternatives",
    "decide",
    "examine_member",
    "membership_evidence",
    "prepared",
    "readings",
]


def readings(view: View, day: date, edition: Edition) -> dict[str, str]:
    """Return how each open point is read on a day."""
    _, _, found = settings(view, day, edition)
    return dict(found)


def decide(
    question: Question, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide a question on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError, and what the question's own module raises, for a question that
    cannot be asked.
    """
    decision = yield from edition.steps[question.kind].examine(question, view, position, edition)
    return beside.told(decision, view, edition)


def membership_evidence(
    question: Question, membership: Membership, day: date, view: View, edition: Edition
) -> tuple[tuple[UUID | None, Recorded[Any]], ...]:
    """Return the membership facts that an answer rests on; None: that a list is complete.

    `day` is the day that the law is applied to.
    """
    if isinstance(question, TerminationQuestion):
        return Links(membership, day).evidence
    return case.membership_evidence(membership, day, view, edition)
