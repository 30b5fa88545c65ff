"""May a criminal record certificate be demanded before a contract about this dwelling on this day?

The question is about a dwelling alone: nobody is read, so there is nothing to seal, and it is
never recorded. It can be asked again at any position of the log.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Annotated, Any

from domain.facts.declared import ORGANISATION, Field
from domain.law.answer import Decision, Need
from domain.law.edition import Edition, Step
from domain.law.kernel import Finding, Outcome, Readings, Status, chosen
from domain.law.letting import refusal
from domain.law.letting.case import Grounds, IncomingQuestion
from domain.law.letting.rejection import LettingChannel
from domain.law.question import NOBODY, Day, Household, question
from domain.reference import View


@question(
    "certificate",
    da="Må der forlanges straffeattest her på dagen, og kan en afvisning følge af den?",
    asked_by=ORGANISATION,
    method="MayRequestCriminalRecord",
    message="MayRequestCriminalRecordRequest",
    without=("household", "takeover"),
)
class CertificateQuestion(IncomingQuestion, frozen=True, kw_only=True):
    """May a criminal record certificate be demanded here on this day, and may a refusal follow?"""

    household: Household = NOBODY
    day: Annotated[Day, Field(not_before="offered")]
    offered: Annotated[
        date | None,
        Field("dagen for tilbuddet, hvis det er en anden", "the day of the offer, if another"),
    ] = None
    channel: Annotated[
        LettingChannel | None, Field("hvordan boligen udlejes", "which way the dwelling is let")
    ] = None


def certificate(
    question: CertificateQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether a certificate may be demanded; nothing about persons is asked for.

    PERMITTED: it may be demanded, and a refusal may follow what it shows (§ 29, stk. 2);
    PROHIBITED: there is no basis to demand one. Raises BeforeCoverageError or
    DwellingUnknownError.
    """
    case = Grounds(question, view, position, edition)
    certificate_here = edition.rules["LET-RECORD-29"].part(refusal.certificate_here)

    def reached(readings: Readings) -> Finding:
        if question.channel in refusal.OUTSIDE_THE_GROUNDS:
            # The order, § 1, stk. 4 and 5: § 29 is not applied to whoever is referred or rehoused.
            return Finding(Status.NOT_MET, (), (("channel", str(question.channel)),))
        return certificate_here(
            edition, view, case.dwelling.fact, question.day, question.offered, readings
        )

    here = case.here("LET-RECORD-29", reached)

    def found(readings: Readings) -> Finding:
        place = chosen(here, readings)
        return Finding(place.status, (), place.values, place.missing)

    # Before the order there was no basis either.
    known = edition.rules["LET-RECORD-29"].in_force(question.day)
    adverse = Status.NOT_MET if known else Status.NOT_IN_FORCE
    case.ground("LET-RECORD-29", None, found, Outcome.PROHIBITED, adverse=adverse)
    yield from ()
    return case.decision()


STEPS = (Step(CertificateQuestion, certificate),)
