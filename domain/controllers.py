"""What each kind of controller may hold and ask, as data (design 2.11).

An instance belongs to one municipality or one housing organisation. What only the municipality
weighs (benefits, the attestations of § 59, its own decisions) does not exist in a housing
organisation's instance. A fact or question that is not named here is refused.
"""

from __future__ import annotations

from domain import facts
from domain.facts import ControllerKind

_SHARED: frozenset[type[facts.Fact]] = frozenset(
    {
        facts.PersonRegistered,
        facts.HouseholdRegistered,
        facts.HouseholdMember,
        facts.MembersAttested,
        facts.AreaRegistered,
        facts.AreaParcels,
        facts.AreaFigures,
        facts.AreaListPublished,
        facts.AreaListed,
        facts.DwellingRecorded,
        facts.FamilyDwellingsCounted,
        facts.PlanApproved,
        facts.PlanCarriedOut,
        facts.ReadingChosen,
    }
)

FACTS: dict[ControllerKind, frozenset[type[facts.Fact]]] = {
    ControllerKind.MUNICIPALITY: _SHARED
    | {
        facts.BenefitPeriod,
        facts.BenefitsAttested,
        facts.CitizenshipAttested,
        facts.EnrolmentAttested,
        facts.FallbackDecided,
        facts.ExemptionDecided,
    },
    ControllerKind.HOUSING_ORGANISATION: _SHARED
    | {
        facts.PoliceNotice,
        facts.JudgmentInCase,
        facts.JudgmentsAttested,
        facts.DistanceMeasured,
        facts.ProportionalityWeighed,
        facts.TerminationDecided,
        facts.EnforcementRequested,
        facts.SaleCriteriaChecked,
        facts.DisposalDecided,
    },
}
"""The facts that an instance of each kind may hold."""

QUESTIONS: dict[ControllerKind, frozenset[str]] = {
    ControllerKind.MUNICIPALITY: frozenset({"referral"}),
    ControllerKind.HOUSING_ORGANISATION: frozenset({"termination", "notice", "rehousing"}),
}
"""The questions about households that exist in an instance of each kind."""


def may_hold(kind: ControllerKind, fact: type[facts.Fact]) -> bool:
    """Tell whether an instance of this kind may hold such facts."""
    return fact in FACTS[kind]


def may_ask(kind: ControllerKind, question: str) -> bool:
    """Tell whether a question, such as "referral", exists in an instance of this kind."""
    return question in QUESTIONS[kind]
