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
    AllocationReleased,
    DwellingFreed,
    LettingShareDecided,
    NoticeGiven,
    OfferAccepted,
    OfferLapsed,
    OfferMade,
    OfferRefused,
    OfferWithdrawn,
    TenancyCommenced,
    TenancyEnded,
    VacancyAllocated,
    VacancyRecorded,
    VacancyWithdrawn,
)
from domain.facts.words import (
    Benefit,
    Channel,
    CitizenshipCondition,
    ControllerKind,
    DwellingKind,
    EndCause,
    Listing,
    ListKind,
    MemberList,
    Party,
    PlanKind,
    ReleaseReason,
    ShareBasis,
    WithdrawalReason,
)

__all__ = [
    "AllocationReleased",
    "AreaFigures",
    "AreaListPublished",
    "AreaListed",
    "AreaParcels",
    "AreaRegistered",
    "Benefit",
    "BenefitPeriod",
    "BenefitsAttested",
    "Channel",
    "CitizenshipAttested",
    "CitizenshipCondition",
    "ControllerKind",
    "DwellingFreed",
    "DwellingKind",
    "DwellingRecorded",
    "EndCause",
    "EnrolmentAttested",
    "ErasureBegun",
    "ErasureDone",
    "ExemptionDecided",
    "Fact",
    "FallbackDecided",
    "FamilyDwellingsCounted",
    "Figures",
    "HouseholdMember",
    "HouseholdRegistered",
    "InstanceCreated",
    "LettingShareDecided",
    "ListKind",
    "Listing",
    "MemberList",
    "MembersAttested",
    "NoticeGiven",
    "OfferAccepted",
    "OfferLapsed",
    "OfferMade",
    "OfferRefused",
    "OfferWithdrawn",
    "Party",
    "PersonRegistered",
    "PlanApproved",
    "PlanCarriedOut",
    "PlanKind",
    "ReadingChosen",
    "ReleaseReason",
    "Retracted",
    "ShareBasis",
    "TenancyCommenced",
    "TenancyEnded",
    "VacancyAllocated",
    "VacancyRecorded",
    "VacancyWithdrawn",
    "WithdrawalReason",
]
