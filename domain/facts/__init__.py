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
    GroupingApproved,
    PlanApproved,
    PlanCarriedOut,
)
from domain.facts.base import Fact, Retracted
from domain.facts.decisions import (
    ExemptionDecided,
    FamilyDwellingsCounted,
    PrivateReferralAgreed,
    ReadingChosen,
    ReferralAgreed,
    ReferralIncreaseApproved,
    ReferralRightDecided,
)
from domain.facts.dwellings import DwellingRecorded
from domain.facts.instance import ErasureBegun, ErasureDone, InstanceCreated
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
    RefugeeAttested,
    ReleaseRecorded,
    ReleasesAttested,
    ReplacementRightAttested,
    TerminationRecorded,
    TerminationsAttested,
    UkraineDecided,
    UkrainePermitAttested,
)
from domain.facts.words import (
    ActionPlan,
    Benefit,
    CitizenshipCondition,
    ControllerKind,
    DwellingKind,
    DwellingMark,
    Listing,
    ListKind,
    MemberList,
    PlanKind,
    ReferralRight,
    ReleasedFrom,
    TenancyEnding,
)

__all__ = [
    "ActionPlan",
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
    "DwellingKind",
    "DwellingMark",
    "DwellingRecorded",
    "EnrolmentAttested",
    "ErasureBegun",
    "ErasureDone",
    "ExemptionDecided",
    "Fact",
    "FallbackDecided",
    "FamilyDwellingsCounted",
    "Figures",
    "GroupingApproved",
    "HouseholdMember",
    "HouseholdRegistered",
    "InstanceCreated",
    "ListKind",
    "Listing",
    "MemberList",
    "MembersAttested",
    "PersonRegistered",
    "PlanApproved",
    "PlanCarriedOut",
    "PlanKind",
    "PrivateReferralAgreed",
    "ReadingChosen",
    "ReferralAgreed",
    "ReferralIncreaseApproved",
    "ReferralRight",
    "ReferralRightDecided",
    "RefugeeAttested",
    "ReleaseRecorded",
    "ReleasedFrom",
    "ReleasesAttested",
    "ReplacementRightAttested",
    "Retracted",
    "TenancyEnding",
    "TerminationRecorded",
    "TerminationsAttested",
    "UkraineDecided",
    "UkrainePermitAttested",
]
