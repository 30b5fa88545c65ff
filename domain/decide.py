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
    BeforeCoverageError,
    Decision,
    DwellingUnknownError,
    Elsewhere,
    Examined,
    FactsRead,
    Membership,
    Need,
    Question,
    Value,
    ValueKind,
)
from domain.law.case import examine_member, prepared, settings
from domain.law.edition import Edition
from domain.law.editions import EDITIONS
from domain.law.ending.notice_steps import NoticeGround, NoticeQuestion
from domain.law.ending.rehousing_steps import RehousingQuestion
from domain.law.ending.termination_steps import Links, TerminationQuestion
from domain.law.letting.benefit_condition_steps import (
    ANSWERS,
    BenefitConditionQuestion,
)
from domain.law.letting.certificate_steps import CertificateQuestion
from domain.law.letting.exchange_steps import ExchangeQuestion, SubletQuestion
from domain.law.letting.private_lease_steps import PrivateLeaseQuestion
from domain.law.letting.steps import LettingQuestion
from domain.law.referral.bases import Basis
from domain.law.referral.elsewhere import alternatives
from domain.law.referral.steps import (
    BasisMismatchError,
    ReferralQuestion,
    referral,
    speaks_of,
)
from domain.reference import View

__all__ = [
    "ANSWERS",
    "QUESTIONS",
    "Basis",
    "BasisMismatchError",
    "BeforeCoverageError",
    "BenefitConditionQuestion",
    "CertificateQuestion",
    "Decision",
    "DwellingUnknownError",
    "Elsewhere",
    "Examined",
    "ExchangeQuestion",
    "FactsRead",
    "LettingQuestion",
    "Membership",
    "Need",
    "NoticeGround",
    "NoticeQuestion",
    "PrivateLeaseQuestion",
    "Question",
    "ReferralQuestion",
    "RehousingQuestion",
    "SubletQuestion",
    "TerminationQuestion",
    "Value",
    "ValueKind",
    "alternatives",
    "decide",
    "examine_member",
    "membership_evidence",
    "prepared",
    "readings",
    "referral",
    "speaks_of",
]

QUESTIONS: dict[str, type[Question]] = {
    kind: step.question for each in EDITIONS.values() for kind, step in each.steps.items()
}
"""The questions that can be asked, by their kind: it stands in receipts and event types.

A question about nobody (`certificate`) is never recorded, so it has no event type.
"""


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
