"""Facts about judgments, in the provenances that a landlord may hold them in; each is sealed.

A police notice and a judgment in a case are facts of their own, and so is a certificate that was
seen at letting: none is ever made of another.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.facts.base import Fact


class Sanction(StrEnum):
    """What a judgment imposed (almenlejeloven § 90, stk. 1, nr. 10)."""

    UNCONDITIONAL_IMPRISONMENT = "unconditional_imprisonment"
    PARTLY_SUSPENDED_IMPRISONMENT = "partly_suspended_imprisonment"
    SUSPENDED_IMPRISONMENT = "suspended_imprisonment"
    """Suspended in full, with or without community service."""
    OTHER_CUSTODIAL = "other_custodial"
    """Another criminal sanction that takes away liberty (e.g. placement, detention)."""
    FINE = "fine"
    OTHER_NON_CUSTODIAL = "other_non_custodial"


class NoticeSubject(StrEnum):
    """What the police told the landlord of."""

    CHARGE = "charge"
    """A charge, on a reasoned request (retsplejeloven § 996 b, stk. 1)."""
    JUDGMENT = "judgment"
    """A judgment covered by nr. 10, on request (almenboligloven § 63 d, stk. 2)."""
    DECISION = "decision"
    """A criminal decision, for an existing safety effort (almenboligloven § 63 d, stk. 1)."""


class DistanceMethod(StrEnum):
    """Between which points a distance was measured (AMB-1000M-LINE)."""

    PROPERTY_BOUNDARY = "property_boundary"
    """Straight line from the place of the offence to the nearest point of the property."""
    ADDRESS_POINT = "address_point"
    """Straight line from the place of the offence to the address point of the dwelling."""
    WALKING_ROUTE = "walking_route"
    """Along the shortest way on foot."""


class PoliceNotice(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The police told the landlord of a charge, a judgment or a decision, on a day.

    `requested`: the landlord had asked for it. What it says of the case is not held here: a
    judgment that a case rests on is recorded as one.
    """

    subject: NoticeSubject
    received_on: date
    requested: bool | None = None


class JudgmentInCase(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A judgment that the landlord holds in a case about a tenancy.

    `offence` is the landlord's own opaque reference to the offence and its place; distances are
    measured to it. `provisions` are codes of `domain/law/ending/offences.py`. `unconditional_days`
    is how much of the sanction is unconditional, in days; None: not stated. `served_otherwise`: all
    of it had been served on remand, or is served with a tag (AMB-OFFSET); None: not stated.
    `final_on` is the day from which no ordinary appeal is open; `appealed_on` that of an appeal,
    and `appeal_withdrawn_on` that on which it was withdrawn; `overturned_on` the day on which a
    higher court took the ground away for good.
    """

    offence: str
    provisions: tuple[str, ...]
    sanction: Sanction
    unconditional_days: int | None = None
    served_otherwise: bool | None = None
    offence_day: date
    judgment_day: date
    appealed_on: date | None = None
    final_on: date | None = None
    overturned_on: date | None = None
    appeal_withdrawn_on: date | None = None


class JudgmentsAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The police attest that the judgments recorded of a person are all that § 63 d, stk. 2
    covers on these days. `first_day` None: since ever.
    """

    first_day: date | None = None
    last_day: date


class DistanceMeasured(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """How far the place of an offence lies from the property of a dwelling, as measured.

    Lengths are whole centimetres, rounded outward: the true distance lies between `shortest_cm`
    and `longest_cm`. `uncertainty_cm` is the radius within which the place of the offence is
    known, `tolerance_um` what the computation itself may err by, in micrometres; None: not stated.
    It is recorded, never measured again: `library` and `library_version` say what measured it.
    """

    offence: str
    dwelling: str
    method: DistanceMethod
    shortest_cm: int
    longest_cm: int
    uncertainty_cm: int | None = None
    tolerance_um: int | None = None
    crs: str
    library: str
    library_version: str
    measured_on: date
