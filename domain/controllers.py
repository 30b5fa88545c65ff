"""What each kind of controller may hold and ask, as data (design 2.11).

An instance belongs to one municipality or one housing organisation. What only the municipality
weighs (benefits, the attestations of § 59, its own decisions) does not exist in a housing
organisation's instance, which holds the municipality's attested yes or no; what a housing
organisation sees of its applicants does not exist in a municipality's. A fact or question that
is not named here is refused.
"""

from __future__ import annotations

from domain import facts
from domain.events import EVENT_TYPES
from domain.facts import ControllerKind

_SHARED: frozenset[type[facts.Fact]] = frozenset(
    {
        facts.PersonRegistered,
        facts.HouseholdRegistered,
        facts.HouseholdMember,
        facts.MembersAttested,
        facts.AreaRegistered,
        facts.AreaRenamed,
        facts.AreaChangeApproved,
        facts.GroupingApproved,
        facts.AreaParcels,
        facts.AreaFigures,
        facts.AreaListPublished,
        facts.AreaListed,
        facts.DwellingRecorded,
        facts.FamilyDwellingsCounted,
        facts.PlanApproved,
        facts.PlanCarriedOut,
        facts.ReadingChosen,
        facts.OriginCriterionSuspended,
        facts.LettingShareDecided,
        *(event_type.fact for event_type in EVENT_TYPES if event_type.step),
        facts.CriteriaSet,
        facts.CombinedLettingDecided,
        facts.ApprovalSchemeDecided,
        facts.OccupancyCapUsed,
        facts.DispensationDecided,
    }
)

FACTS: dict[ControllerKind, frozenset[type[facts.Fact]]] = {
    ControllerKind.MUNICIPALITY: _SHARED
    | {
        facts.BenefitPeriod,
        facts.BenefitsAttested,
        facts.CitizenshipAttested,
        facts.EnrolmentAttested,
        facts.ReleaseRecorded,
        facts.ReleasesAttested,
        facts.TerminationRecorded,
        facts.TerminationsAttested,
        facts.RefugeeAttested,
        facts.UkrainePermitAttested,
        facts.UkraineDecided,
        facts.ReplacementRightAttested,
        facts.ReferralRightDecided,
        facts.ReferralAgreed,
        facts.ReferralIncreaseApproved,
        facts.PrivateReferralAgreed,
        facts.FallbackDecided,
        facts.ExemptionDecided,
        facts.DisposalDecided,
    },
    ControllerKind.HOUSING_ORGANISATION: _SHARED
    | {
        facts.BenefitConditionAttested,
        facts.SightAttested,
        facts.NothingShown,
        facts.CertificateSeen,
        facts.TerminationNotified,
        facts.OverdueDebt,
        facts.ApprovalAnswered,
        facts.OppositionAssessed,
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
    ControllerKind.MUNICIPALITY: frozenset(
        {"referral", "benefit_condition", "rehousing", "private_lease"}
    ),
    ControllerKind.HOUSING_ORGANISATION: frozenset(
        {
            "letting",
            "exchange",
            "sublet",
            "certificate",
            "termination",
            "notice",
            "rehousing",
        }
    ),
}
"""The questions that exist in an instance of each kind."""


def may_hold(kind: ControllerKind, fact: type[facts.Fact]) -> bool:
    """Tell whether an instance of this kind may hold such facts."""
    return fact in FACTS[kind]


def may_ask(kind: ControllerKind, question: str) -> bool:
    """Tell whether a question, such as "referral", exists in an instance of this kind."""
    return question in QUESTIONS[kind]
