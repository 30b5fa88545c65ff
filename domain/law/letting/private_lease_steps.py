"""Is a lease against the criteria that the municipality set when the property was sold?

Almenboligloven § 27 c: the criteria bind the private buyer's lettings for ten years, and the
municipality must order the landlord to terminate a lease that is against them. What was sold,
when it was taken over, and whether the tenants meet the criteria, is part of the question.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Annotated, Any

from domain.facts.declared import MUNICIPALITY, Field
from domain.law.answer import Decision, Need
from domain.law.case import single
from domain.law.edition import Edition, Step
from domain.law.home import HomeCase, HomeQuestion
from domain.law.kernel import Change, Outcome, Status
from domain.law.question import question
from domain.reference import View

MUST_ORDER_TERMINATION = "MUST_ORDER_TERMINATION"

_RULE = "SALE-27C-LEASE"
_OUTCOMES = {
    Status.MET: Outcome.PROHIBITED,
    Status.NOT_MET: Outcome.PERMITTED,
    Status.UNKNOWN: Outcome.UNDETERMINED,
}


@question(
    "private_lease",
    da="Er lejeaftalen, der er indgået på dagen, i strid med kriterierne efter § 27 c?",
    asked_by=MUNICIPALITY,
)
class PrivateLeaseQuestion(HomeQuestion, frozen=True, kw_only=True):
    """Is this lease, made on the day asked about, against the criteria of § 27 c?"""

    sold_in_vulnerable_area: Annotated[
        bool | None,
        Field(
            "om ejendommen blev solgt til en privat, mens den lå i et udsat boligområde",
            "whether the property was sold to a private buyer while it lay in a vulnerable area",
        ),
    ] = None
    taken_over_on: Annotated[
        date | None, Field("hvornår køberen overtog den", "when the buyer took it over")
    ] = None
    meets_criteria: Annotated[
        bool | None,
        Field(
            "om lejerne opfylder de kriterier, der er fastsat",
            "whether the tenants meet the criteria that were set",
        ),
    ] = None


def private_lease(
    question: PrivateLeaseQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide it on what the question states; no person is read.

    PROHIBITED: the lease is against the criteria. Raises BeforeCoverageError and
    DwellingUnknownError for a question that cannot be asked.
    """
    case = HomeCase(question, view, position, edition)
    rule = edition.rules[_RULE]
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
        edition=edition.id,
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


STEPS = (Step(PrivateLeaseQuestion, private_lease),)
