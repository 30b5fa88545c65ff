"""What can be recorded: small frozen facts, each with the days it is valid for.

Every field of a fact about a person stands in `domain/allow_list.py` with its purpose and
section; a field outside that list fails the build. No fact about a person has free text, save
the reasons of a person's decision, which are sealed and which no rule reads.

A closed interval of days is written as two fields; None leaves its end open.
"""

from __future__ import annotations

from domain.facts.areas import (
    AreaFigures,
    AreaListed,
    AreaListPublished,
    AreaParcels,
    AreaRegistered,
    Figures,
    PlanApproved,
    PlanCarriedOut,
)
from domain.facts.base import Fact, Retracted
from domain.facts.decisions import ExemptionDecided, FamilyDwellingsCounted, ReadingChosen
from domain.facts.dwellings import DwellingRecorded
from domain.facts.instance import ErasureBegun, ErasureDone, InstanceCreated
from domain.facts.judgments import (
    DistanceMeasured,
    DistanceMethod,
    JudgmentInCase,
    JudgmentsAttested,
    NoticeSubject,
    PoliceNotice,
    Sanction,
)
from domain.facts.persons import (
    BenefitPeriod,
    BenefitsAttested,
    CitizenshipAttested,
    EnrolmentAttested,
    FallbackDecided,
    HouseholdMember,
    HouseholdRegistered,
    MembersAttested,
    PersonRegistered,
)
from domain.facts.tenancies import (
    DisposalDecided,
    DisposalGround,
    DisposalKind,
    EnforcementRequested,
    Factor,
    ProportionalityWeighed,
    RequestDetail,
    SaleCriteriaChecked,
    TerminationDecided,
)
from domain.facts.words import (
    Benefit,
    CitizenshipCondition,
    ControllerKind,
    DwellingKind,
    Listing,
    ListKind,
    MemberList,
    PlanKind,
)

__all__ = [
    "AreaFigures",
    "AreaListPublished",
    "AreaListed",
    "AreaParcels",
    "AreaRegistered",
    "Benefit",
    "BenefitPeriod",
    "BenefitsAttested",
    "CitizenshipAttested",
    "CitizenshipCondition",
    "ControllerKind",
    "DisposalDecided",
    "DisposalGround",
    "DisposalKind",
    "DistanceMeasured",
    "DistanceMethod",
    "DwellingKind",
    "DwellingRecorded",
    "EnforcementRequested",
    "EnrolmentAttested",
    "ErasureBegun",
    "ErasureDone",
    "ExemptionDecided",
    "Fact",
    "Factor",
    "FallbackDecided",
    "FamilyDwellingsCounted",
    "Figures",
    "HouseholdMember",
    "HouseholdRegistered",
    "InstanceCreated",
    "JudgmentInCase",
    "JudgmentsAttested",
    "ListKind",
    "Listing",
    "MemberList",
    "MembersAttested",
    "NoticeSubject",
    "PersonRegistered",
    "PlanApproved",
    "PlanCarriedOut",
    "PlanKind",
    "PoliceNotice",
    "ProportionalityWeighed",
    "ReadingChosen",
    "RequestDetail",
    "Retracted",
    "SaleCriteriaChecked",
    "Sanction",
    "TerminationDecided",
]
