"""Facts about judgments, in the provenances that a landlord may hold them in; each is sealed.

A police notice and a judgment in a case are facts of their own, and so is a certificate that was
seen at letting: none is ever made of another.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import ORGANISATION, About, Field, fact, person
from domain.facts.kinds import ABL, LEASE, Dwelling, FirstPast, LastPast, Name, Offence, Past


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


_N10 = f"{LEASE} § 90, stk. 1, nr. 10"
_POLICE = f"{ABL} § 63 d"
_MOVED = f"{LEASE} § 92, stk. 4"

MOST_DAYS_OF_SANCTION = 36_525
MOST_PROVISIONS = 50
FARTHEST_CM = 100_000_000
"""A thousand kilometres."""

_Length = Annotated[int, Field(unit="cm", least=0, most=FARTHEST_CM)]
_Judged = Annotated[Past, Field(not_before="judgment_day")]
_Measure = Annotated[Name, Field(why="what computed it, so that it can be checked")]


@fact(
    "judgment.police_notice",
    da="Politiet har på en dag underrettet udlejeren om en sigtelse, en dom eller en afgørelse.",
    of=person(DataClass.CONVICTIONS),
    held_by=ORGANISATION,
    section=_POLICE,
    about=(About(("subject", "received_on")),),
)
class PoliceNotice(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The police told the landlord of a charge, a judgment or a decision, on a day.

    What it says of the case is not held here: a judgment that a case rests on is recorded as one.
    """

    subject: Annotated[
        NoticeSubject,
        Field(
            "hvad politiet underrettede om",
            "what the police told of",
            "whether of a charge, a judgment or a decision",
        ),
    ]
    received_on: Annotated[
        Past, Field("dagen for underretningen", "the day of it", "when the police told of it")
    ]
    requested: Annotated[
        bool | None,
        Field(
            "om udlejeren havde bedt om den",
            "the landlord had asked for it",
            "whether the landlord had asked for it",
            f"{ABL} § 63 d, stk. 2",
        ),
    ] = None


@fact(
    "judgment.in_case",
    da="En dom, som udlejeren har i en sag om et lejemål.",
    of=person(DataClass.CONVICTIONS),
    held_by=ORGANISATION,
    section=_N10,
    about=(About(("offence", "judgment_day")),),
)
class JudgmentInCase(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A judgment that the landlord holds in a case about a tenancy.

    Distances are measured to the place of `offence`.
    """

    offence: Annotated[
        Offence, Field(why="opaque reference that joins judgment and measured distance")
    ]
    provisions: Annotated[
        tuple[Annotated[str, Field(known="provision")], ...],
        Field(
            "de bestemmelser, der er dømt efter",
            "codes of the provisions judged under (`domain/law/ending/offences.py`)",
            "whether an offence on the act's list was judged",
            most=MOST_PROVISIONS,
        ),
    ]
    sanction: Annotated[
        Sanction,
        Field(
            "hvad dommen lyder på",
            "what it imposed",
            "whether the sanction takes away liberty unconditionally",
        ),
    ]
    unconditional_days: Annotated[
        int | None,
        Field(
            "hvor meget af sanktionen der er ubetinget; tom: ikke oplyst",
            "how much of the sanction is unconditional; empty: not stated",
            "how much of the sanction is unconditional",
            unit="days",
            least=0,
            most=MOST_DAYS_OF_SANCTION,
        ),
    ] = None
    served_otherwise: Annotated[
        bool | None,
        Field(
            "om hele straffen er udstået ved varetægt eller afsones med fodlænke",
            "all of it had been served on remand, or is served with a tag (AMB-OFFSET)",
            "whether it was served on remand or with a tag",
        ),
    ] = None
    offence_day: Annotated[
        Past,
        Field(
            "gerningsdagen",
            "the day of the offence",
            "when the offender must have belonged to the household",
        ),
    ]
    judgment_day: Annotated[
        Past,
        Field(
            "domsdagen",
            "the day of the judgment",
            "whether the list held the offence when it was judged",
            not_before="offence_day",
        ),
    ]
    appealed_on: Annotated[
        _Judged | None,
        Field("dagen for en anke", "the day of an appeal", "whether the judgment is final"),
    ] = None
    final_on: Annotated[
        date | None,
        Field(
            "den dag, hvorfra ingen ordinær anke er mulig",
            "the day from which no ordinary appeal is open",
            "whether the judgment is final",
            not_before="judgment_day",
        ),
    ] = None
    overturned_on: Annotated[
        _Judged | None,
        Field(
            "dagen, hvor en højere ret endeligt fjernede grundlaget",
            "the day on which a higher court took the ground away for good",
            "whether the ground fell away afterwards",
            _MOVED,
        ),
    ] = None
    appeal_withdrawn_on: Annotated[
        Past | None,
        Field(
            "dagen, hvor anken blev frafaldet",
            "the day on which the appeal was withdrawn",
            "whether the judgment is final",
        ),
    ] = None


@fact(
    "judgment.attested",
    da="Politiet bekræfter, at de registrerede domme er alle, som § 63 d, stk. 2 omfatter.",
    of=person(DataClass.CONVICTIONS),
    held_by=ORGANISATION,
    section=_POLICE,
    not_compared="says one thing only: that the record is complete",
)
class JudgmentsAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The police attest that the judgments recorded of a person are all that § 63 d, stk. 2
    covers on these days. Without a first day: since ever.
    """

    first_day: Annotated[
        FirstPast | None, Field(why="first day for which the judgments are complete")
    ] = None
    last_day: Annotated[LastPast, Field(why="last day for which the judgments are complete")]


@fact(
    "offence.distance",
    da="Hvor langt gerningsstedet ligger fra en boligs ejendom, som målt.",
    of=person(DataClass.CONVICTIONS),
    held_by=ORGANISATION,
    section=_N10,
    about=(About(("offence", "dwelling", "method"), apart=("shortest_cm", "longest_cm")),),
)
class DistanceMeasured(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """How far the place of an offence lies from the property of a dwelling, as measured.

    Lengths are whole centimetres, rounded outward: the true distance lies between `shortest_cm`
    and `longest_cm`. It is recorded, never measured again.
    """

    offence: Annotated[Offence, Field(why="to the place of which offence it was measured")]
    dwelling: Annotated[Dwelling, Field(why="from the property of which tenancy it was measured")]
    method: Annotated[
        DistanceMethod,
        Field("målemåden", "the way of measuring", "between which points it was measured"),
    ]
    shortest_cm: Annotated[
        _Length,
        Field(
            "den korteste, afstanden kan være",
            "the shortest that it can be",
            "whether the offence lies within 1 km",
        ),
    ]
    longest_cm: Annotated[
        _Length,
        Field(
            "den længste, afstanden kan være",
            "the longest that it can be",
            "whether the offence lies within 1 km",
        ),
    ]
    uncertainty_cm: Annotated[
        _Length | None,
        Field(
            "den radius, gerningsstedet kendes inden for",
            "the radius within which the place of the offence is known; empty: not stated",
            "how exactly the place of the offence is known",
        ),
    ] = None
    tolerance_um: Annotated[
        int | None,
        Field(
            "hvad selve beregningen kan tage fejl med",
            "what the computation itself may err by; empty: not stated",
            "how exactly it was computed",
            unit="micrometres",
            least=0,
            most=FARTHEST_CM,
        ),
    ] = None
    crs: Annotated[
        str,
        Field(
            "koordinatsystemet",
            "the reference system of the coordinates",
            "how the coordinates were understood",
            pattern="EPSG:25832",
            says="must be EPSG:25832",
        ),
    ]
    library: Annotated[_Measure, Field("hvad der målte", "what measured it")]
    library_version: Annotated[_Measure, Field("udgaven deraf", "the version of it")]
    measured_on: Annotated[
        Past, Field("dagen for målingen", "the day of the measuring", "when it was measured")
    ]
