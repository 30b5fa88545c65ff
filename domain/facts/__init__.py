"""What can be recorded: small frozen facts, each with the days it is valid for.

Every field of a fact about a person stands in `domain/allow_list.py` with its purpose and
section; a field outside that list fails the build. No fact about a person has free text, save
the reasons of a person's decision, which are sealed and which no rule reads.

A closed interval of days is written as two fields; None leaves its end open.
"""

from __future__ import annotations

from domain.facts.areas import (
    AreaChangeApproved,
    AreaFigures,
    AreaListed,
    AreaListPublished,
    AreaParcels,
    AreaPart,
    AreaRegistered,
    AreaRenamed,
    Figures,
    GroupingApproved,
    OriginCriterionSuspended,
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
from domain.facts.words import (
    AreaChange,
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
    "AreaChange",
    "AreaChangeApproved",
    "AreaFigures",
    "AreaListPublished",
    "AreaListed",
    "AreaParcels",
    "AreaPart",
    "AreaRegistered",
    "AreaRenamed",
    "Benefit",
    "BenefitPeriod",
    "BenefitsAttested",
    "CitizenshipAttested",
    "CitizenshipCondition",
    "ControllerKind",
    "DwellingKind",
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
    "OriginCriterionSuspended",
    "PersonRegistered",
    "PlanApproved",
    "PlanCarriedOut",
    "PlanKind",
    "ReadingChosen",
    "Retracted",
]
