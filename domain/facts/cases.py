"""What a named person decided in a case that an answer has prepared (sealed)."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import BOTH, Field, fact, household
from domain.facts.kinds import (
    GDPR_ACCOUNTABILITY,
    DecidedBy,
    DecisionDay,
    PartyHeard,
    Reasons,
)
from domain.facts.words import ComplaintBody, Remedy

_COMPLAINT = "forvaltningsloven § 25"


@fact(
    "case.decided",
    da="En navngiven person har truffet afgørelse i en sag, som et svar har forberedt.",
    of=household(DataClass.DECISIONS),
    held_by=BOTH,
    decided_by=BOTH,
    section="forvaltningsloven §§ 22 og 24",
    not_compared="a decision may be followed by another in the same case; each has its own letter",
    no_rule=True,
)
class CaseDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A named person has decided in a case that an answer has prepared.

    A letter about the decision is made of it, and of nothing that is not recorded.
    """

    receipt: Annotated[
        UUID,
        Field(
            "det svar, afgørelsen hviler på",
            "the answer that it rests on",
            "which answer it rests on",
            GDPR_ACCOUNTABILITY,
            wire="receipt_id",
        ),
    ]
    done: Annotated[
        bool,
        Field(
            "om det gøres, som der blev spurgt om: anvises, udlejes, byttes, ophæves, opsiges",
            "what was asked about is done: referred, let, exchanged, terminated, given notice of",
            "what was decided",
        ),
    ]
    decision_day: Annotated[DecisionDay, Field(why="when it was decided")]
    decided_by: DecidedBy
    reasons: Reasons
    party_heard: PartyHeard | None = None
    known_to_party: Annotated[
        bool | None,
        Field(
            "om parten kendte de oplysninger, der er lagt vægt på; tom: ikke oplyst",
            "the party knew the facts that were given weight; empty: not stated",
            "why a party was not heard",
            "forvaltningsloven § 19",
        ),
    ] = None
    complaint_to: Annotated[
        ComplaintBody | None,
        Field(
            "hvem der kan klages til, når det ikke følger af sagens slags; tom: ikke oplyst",
            "who can be complained to, where it doesn't follow from the kind of case; empty: not "
            "stated",
            "before whom the party can bring it",
            _COMPLAINT,
        ),
    ] = None
    complain_by: Annotated[
        date | None,
        Field(
            "sidste dag at klage; tom: ikke oplyst",
            "the last day to complain; empty: not stated",
            "until when the party can bring it",
            _COMPLAINT,
            not_before="decision_day",
        ),
    ] = None


@fact(
    "answer.remedied",
    da="En navngiven person har afsluttet et svar, som noget registreret senere har flyttet.",
    of=household(DataClass.DECISIONS),
    held_by=BOTH,
    decided_by=BOTH,
    section="forvaltningsloven § 24; databeskyttelsesforordningen artikel 5, stk. 1, litra d",
    not_compared="an answer that is moved again needs another remedy",
    no_rule=True,
)
class AnswerRemedied(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A named person has settled an answer that something recorded later has moved.

    It settles what had been recorded by then: what moves the answer later opens it again.
    """

    receipt: Annotated[
        UUID,
        Field(
            "det svar, der er afsluttet",
            "the answer that is settled",
            "which answer is settled",
            GDPR_ACCOUNTABILITY,
            wire="receipt_id",
        ),
    ]
    remedy: Annotated[Remedy, Field("hvad der er gjort", "what was done", "what was done")]
    decision_day: Annotated[DecisionDay, Field(why="when it was settled")]
    decided_by: DecidedBy
    reasons: Reasons
