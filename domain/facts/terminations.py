"""Facts about how a tenancy is ended by the landlord: the landlord's own decisions and checks.

What the landlord itself decides and has not recorded, it has not decided.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import BOTH, ORGANISATION, About, Field, fact, household
from domain.facts.kinds import (
    ABL,
    LEASE,
    MOST_DWELLINGS,
    MOST_NAMED,
    DecidedBy,
    DecisionDay,
    Dwelling,
    Offence,
    PartyHeard,
    Past,
    Reasons,
)
from domain.facts.words import DwellingKind, PlanKind


class Factor(StrEnum):
    """What speaks against ending a tenancy that the wording lets be ended (AMB-PROP, AMB-91)."""

    LONG_TENANCY = "long_tenancy"
    HEALTH = "health"
    """Somebody's state of health; what it is stands in the reasons only."""
    MINORS = "minors"
    """Children live in the household."""
    OTHERS_IN_HOUSEHOLD = "others_in_household"
    """Others than the offender live in it, who had no part in the offence."""
    OFFENDER_GONE = "offender_gone"
    PASSIVITY = "passivity"
    """The landlord has let time pass."""
    INSIGNIFICANT = "insignificant"
    """The matter is of little importance (§ 91, stk. 1)."""


class RequestDetail(StrEnum):
    """What a request for eviction straight after the criminal case must state
    (retsplejeloven § 996 b, stk. 4).
    """

    TENANT_IDENTITY = "tenant_identity"
    EPISODE = "episode"
    TIME_AND_PLACE = "time_and_place"
    CADASTRAL_NUMBER = "cadastral_number"
    ADDRESS = "address"


class DisposalKind(StrEnum):
    """What is to become of the property."""

    DEMOLITION = "demolition"
    REBUILDING = "rebuilding"
    SALE = "sale"


class DisposalGround(StrEnum):
    """On what ground approval is sought (almenboligloven § 27, stk. 3, and § 28, stk. 3)."""

    BUILDING_DEFECTS = "building_defects"
    LETTING_DIFFICULTIES = "letting_difficulties"
    SOCIAL_PROBLEMS = "social_problems"
    URBAN_DEVELOPMENT_WITHOUT_LOSS = "urban_development_without_loss"
    """A sale that matters for an area about to be planned, and that nobody loses by."""


_N10 = f"{LEASE} § 90, stk. 1, nr. 10"
_WEIGHED = f"{LEASE} § 90, stk. 1, nr. 10, og § 91, stk. 1; EMRK art. 8"
_MOVED = f"{LEASE} § 92, stk. 4"
_FAST = "retsplejeloven § 996 b, stk. 3-5"
_SALE = f"{ABL} § 27, stk. 4, og § 27 c, stk. 1"

_Reasons = Annotated[Reasons, Field(by=f"{LEASE} §§ 89-91")]
_PartyHeard = Annotated[PartyHeard, Field(by=f"{LEASE} §§ 89-91")]
_Factors = Annotated[tuple[Factor, ...], Field(most=MOST_NAMED)]
_OfJudgment = Annotated[
    Offence,
    Field(
        "gerningen, som dommen betegner den; tom: ikke oplyst",
        "the offence, as the judgment of it names it; empty: not stated",
    ),
]


@fact(
    "termination.weighed",
    da="En navngiven person har afvejet en ophævelse mod det, der taler imod den.",
    of=household(DataClass.DECISIONS),
    held_by=ORGANISATION,
    decided_by=ORGANISATION,
    section=_WEIGHED,
    about=(About(("decision_day",)),),
)
class ProportionalityWeighed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A named person has weighed a termination against what speaks against it.

    A factor that stands in neither list is not known.
    """

    decision_day: Annotated[DecisionDay, Field(why="from when the weighing holds")]
    decided_by: Annotated[DecidedBy, Field(why="who weighed it and answers for it")]
    reasons: _Reasons
    party_heard: _PartyHeard | None = None
    present: Annotated[
        _Factors,
        Field(
            "hvad der taler imod",
            "what speaks against it",
            "what speaks against ending the tenancy, of a closed list",
        ),
    ] = ()
    absent: Annotated[
        _Factors,
        Field(
            "hvad der er undersøgt og ikke foreligger",
            "what was looked for and is not there",
            "what was looked for and is not there",
        ),
    ] = ()
    contrary_to_obligations: Annotated[
        bool | None,
        Field(
            "om det ville stride mod internationale forpligtelser; tom: ikke vurderet",
            "whether ending it before the judgment is final would break international obligations "
            "(nr. 10, 2. pkt.); empty: not assessed",
            "whether a judgment that is not final may be rested on",
            _N10,
        ),
    ] = None
    offence: Annotated[
        _OfJudgment, Field(why="opaque reference to the judgment that was weighed")
    ] = ""


@fact(
    "termination.decided",
    da="Udlejeren har ophævet et lejemål efter § 90, stk. 1, nr. 10.",
    of=household(DataClass.DECISIONS),
    held_by=ORGANISATION,
    decided_by=ORGANISATION,
    section=_N10,
    about=(About(("dwelling", "terminated_on")),),
)
class TerminationDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The landlord has terminated a tenancy under § 90, stk. 1, nr. 10."""

    dwelling: Annotated[Dwelling, Field(why="which tenancy was ended")]
    terminated_on: Annotated[
        Past, Field("dagen for ophævelsen", "the day of it", "since when it is ended")
    ]
    decided_by: DecidedBy
    reasons: _Reasons
    party_heard: _PartyHeard | None = None
    moved_out_on: Annotated[
        Past | None,
        Field(
            "dagen, hvor lejeren var fraflyttet; tom: bor der endnu",
            "the day the tenant had moved; empty: the tenant has not",
            "whether another dwelling is due if the ground falls",
            _MOVED,
            not_before="terminated_on",
        ),
    ] = None
    joint_area_assessed: Annotated[
        bool | None,
        Field(
            "om kommunen har fundet, at de udlejere, der skal underrettes, udlejer i ét område",
            "the municipality has found that the landlords who may be told let in one area; empty: "
            "it has not assessed it",
            "whether landlords in the area may be told",
            f"{ABL} § 63 e, stk. 2",
        ),
    ] = None
    offence: Annotated[
        _OfJudgment, Field(why="opaque reference to the judgment that it rested on", by=_MOVED)
    ] = ""


@fact(
    "termination.enforcement_requested",
    da="Udlejeren har bedt om, at retten sender dommen videre til fogedretten.",
    of=household(DataClass.DECISIONS),
    held_by=ORGANISATION,
    decided_by=ORGANISATION,
    section=_FAST,
    about=(About(("requested_on",)),),
)
class EnforcementRequested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The landlord has asked that the court sends the judgment on to the bailiff court.

    `offence` is the episode that the request describes (retsplejeloven § 996 b, stk. 3-5).
    """

    requested_on: Annotated[
        Past,
        Field(
            "dagen for anmodningen", "the day of the request", "whether it was asked for in time"
        ),
    ]
    police_limit: Annotated[
        date,
        Field(
            "den frist, politiet har sat",
            "the last day that the police set for the request",
            "whether it was asked for in time",
        ),
    ]
    stated: Annotated[
        tuple[RequestDetail, ...],
        Field(
            "hvad anmodningen oplyser",
            "what the request states",
            "whether the request stated what it must",
            most=MOST_NAMED,
            empty=True,
        ),
    ]
    sent_on: Annotated[
        Past | None,
        Field(
            "dagen, hvor retten sendte dommen videre",
            "the day the court sent the judgment on; empty: it has not",
            "whether the court sent the judgment on",
            not_before="requested_on",
        ),
    ] = None
    offence: Annotated[
        _OfJudgment, Field(why="opaque reference to the judgment that it asked for")
    ] = ""


@fact(
    "sale.criteria_checked",
    da="Om en husstand opfylder kommunens kriterier for udlejning efter et salg.",
    of=household(DataClass.DECISIONS),
    held_by=ORGANISATION,
    decided_by=ORGANISATION,
    section=_SALE,
    about=(About(("checked_on",)),),
)
class SaleCriteriaChecked(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a household meets the municipality's criteria for letting after a sale (§ 27 c)."""

    checked_on: Annotated[
        Past, Field("dagen for prøvelsen", "the day of the check", "from when the check holds")
    ]
    criteria_met: Annotated[
        bool,
        Field(
            "om kriterierne er opfyldt",
            "whether they are met",
            "whether notice is a condition of the sale",
        ),
    ]
    decided_by: Annotated[DecidedBy, Field(why="who checked it and answers for it")]
    dwelling: Annotated[
        Dwelling,
        Field(
            "den bolig, der skal sælges; tom: ikke oplyst",
            "the one that is to be sold; empty: not stated",
            "which sale it was checked for",
        ),
    ] = ""


@fact(
    "property.disposal_decided",
    da="Udlejeren skal nedrive, ombygge eller sælge disse boligers ejendom.",
    held_by=BOTH,
    decided_by=ORGANISATION,
    tags=("dwelling:{dwellings}",),
    about=(About(("decision_day",), each="dwellings"),),
)
class DisposalDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The landlord is to demolish, rebuild or sell the property of these dwellings (open)."""

    dwellings: Annotated[
        tuple[Dwelling, ...], Field("boligerne", "the dwellings", most=MOST_DWELLINGS)
    ]
    kind: Annotated[DisposalKind, Field("hvad der skal ske", "what is to become of it")]
    decision_day: DecisionDay
    decided_by: DecidedBy
    grounds: Annotated[
        tuple[DisposalGround, ...],
        Field("de grunde, der søges på", "the grounds that approval is sought on", most=MOST_NAMED),
    ]
    documented_on: Annotated[
        Past | None,
        Field(
            "siden hvornår det kan dokumenteres, at boligerne skal fraflyttes; tom: det kan ikke",
            "since when it can be documented that the dwellings must be left; empty: it can't",
        ),
    ] = None
    plan: Annotated[
        PlanKind | None,
        Field(
            "den udviklingsplan, det er en del af",
            "the kind of plan that it is part of; empty: none",
        ),
    ] = None
    minister_asked: Annotated[
        bool,
        Field(
            "om salget er forelagt ministeren til godkendelse",
            "the sale is put to the minister for approval (§ 27, stk. 2)",
        ),
    ] = False
    ordered: Annotated[
        bool | None,
        Field(
            "om kommunen har påbudt det som led i sin egen plan; tom: ikke oplyst",
            "the municipality has ordered the sale or demolition as part of its own plan "
            "(§ 168 b, stk. 2); empty: not stated",
        ),
    ] = None
    taken_over: Annotated[
        bool,
        Field(
            "om kommunen har aftalt at overtage genhusningen",
            "the municipality has agreed to take over the rehousing (almenlejeloven § 86, stk. 2 "
            "and 3)",
        ),
    ] = False
    rebuilt_as: Annotated[
        DwellingKind | None,
        Field(
            "hvad boligerne bliver til ved ombygningen; tom: ikke oplyst",
            "what the dwellings become by a rebuilding; empty: not stated",
        ),
    ] = None
