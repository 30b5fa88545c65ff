"""Is a lease against the criteria that the municipality set when the property was sold?

Almenboligloven § 27 c: the criteria bind the private buyer's lettings for ten years, and the
municipality must order the landlord to terminate a lease that is against them. What was sold,
when it was taken over, and whether the tenants meet the criteria, is part of the question.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any, ClassVar

from domain.law.answer import Decision, Need
from domain.law.case import single
from domain.law.home import HomeCase, HomeQuestion
from domain.law.kernel import Change, LawPackage, Outcome, Status
from domain.reference import View

MUST_ORDER_TERMINATION = "MUST_ORDER_TERMINATION"

_RULE = "SALE-27C-LEASE"
_OUTCOMES = {
    Status.MET: Outcome.PROHIBITED,
    Status.NOT_MET: Outcome.PERMITTED,
    Status.UNKNOWN: Outcome.UNDETERMINED,
}


class PrivateLeaseQuestion(HomeQuestion, frozen=True, kw_only=True):
    """Is this lease, made on the day asked about, against the criteria of § 27 c?

    `sold_in_vulnerable_area`: the property was sold to a private buyer while it lay in one.
    `taken_over_on`: when the buyer took it over. `meets_criteria`: the tenants meet the criteria
    that were set. None: not stated.
    """

    kind: ClassVar[str] = "private_lease"

    sold_in_vulnerable_area: bool | None = None
    taken_over_on: date | None = None
    meets_criteria: bool | None = None


def private_lease(
    question: PrivateLeaseQuestion, view: View, position: int, package: LawPackage
) -> Generator[Need, Any, Decision]:
    """Decide it on what the question states; no person is read.

    PROHIBITED: the lease is against the criteria. Raises BeforeCoverageError and
    DwellingUnknownError for a question that cannot be asked.
    """
    case = HomeCase(question, view, position, package)
    rule = package.rules[_RULE]
    found = rule.evaluate(
        question.sold_in_vulnerable_area,
        question.taken_over_on,
        question.meets_criteria,
        question.day,
    )
    case.note(rule, single(found))
    outcome = Outcome.UNDETERMINED if case.stale else _OUTCOMES[found.status]
    against = outcome is Outcome.PROHIBITED
    yield from ()
    return Decision(
        question=question,
        position=position,
        package=package.id,
        area=case.dwelling.fact.area,
        outcome=outcome,
        examined=tuple(case.examined),
        reference=case.reference(),
        missing=tuple((each, None) for each in found.missing),
        changes=((Change("lease_meets_criteria"), _RULE, None),) if against else (),
        consulted=tuple(case.consulted),
        chosen=case.chosen,
        duties=((MUST_ORDER_TERMINATION, _RULE),) if against else (),
        decided_by=tuple(case.examined) if against else (),
    )
