"""The events of the log: stable names, schema versions, data classes, and tags.

One event states one fact. An event about a person (or a household) belongs to one data class;
its payload is sealed and its tags are tokens of that class alone. All other events are open:
their payload is the canonical form of the fact and their tags say what they are about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from domain import canonical, facts
from domain.data_classes import DataClass

F = TypeVar("F", bound=facts.Fact)

QUESTIONS = (
    "referral",
    "letting",
    "benefit_condition",
    "exchange",
    "sublet",
    "termination",
    "notice",
    "rehousing",
    "private_lease",
)
"""The kinds of question that are asked about a household."""

RECEIPT_TYPES = {f"decision.{kind}": kind for kind in QUESTIONS}
"""The event type of a receipt for each kind of question; `domain/receipt.py` fixes the payload."""

PAGE_TYPES = {f"screening.{kind}": kind for kind in QUESTIONS}
"""The event type of a page of a screened waiting list; `domain/screening.py` fixes the payload."""


class UnknownEventError(ValueError):
    """An event's type, or its schema version, is not known to this release."""


@dataclass(frozen=True, slots=True)
class EventType:
    """How one kind of fact is written in the log."""

    name: str
    fact: type[facts.Fact]
    schema_version: int = 1
    data_class: DataClass | None = None
    """The data class of a sealed event; None for an open one."""
    of_household: bool = False
    """A sealed event's payload is the household's, not a person's."""
    step: bool = False
    """A step of a dwelling's life (`domain/tenancy.py`): followed by the next, never corrected."""
    upcasts: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = ()
    """upcasts[n] turns the plain form of schema version n + 1 into that of n + 2."""


EVENT_TYPES: tuple[EventType, ...] = (
    EventType("instance.created", facts.InstanceCreated),
    EventType("area.registered", facts.AreaRegistered),
    EventType("area.renamed", facts.AreaRenamed),
    EventType("area.change_approved", facts.AreaChangeApproved),
    EventType("area.grouping_approved", facts.GroupingApproved),
    EventType("area.parcels", facts.AreaParcels),
    EventType("area.figures", facts.AreaFigures),
    EventType("area.listed", facts.AreaListed),
    EventType("arealist.published", facts.AreaListPublished),
    EventType("dwelling.recorded", facts.DwellingRecorded),
    EventType("municipality.family_dwellings_counted", facts.FamilyDwellingsCounted),
    EventType("municipality.exemption_decided", facts.ExemptionDecided),
    EventType("area.grouping_approved", facts.GroupingApproved),
    EventType("municipality.referral_right_decided", facts.ReferralRightDecided),
    EventType("municipality.referral_agreed", facts.ReferralAgreed),
    EventType("municipality.referral_increase_approved", facts.ReferralIncreaseApproved),
    EventType("municipality.private_referral_agreed", facts.PrivateReferralAgreed),
    EventType("plan.approved", facts.PlanApproved),
    EventType("plan.carried_out", facts.PlanCarriedOut),
    EventType("letting.criteria_set", facts.CriteriaSet),
    EventType("letting.combined_decided", facts.CombinedLettingDecided),
    EventType("letting.approval_scheme_decided", facts.ApprovalSchemeDecided),
    EventType("letting.occupancy_cap_used", facts.OccupancyCapUsed),
    EventType("law.reading_chosen", facts.ReadingChosen),
    EventType("law.origin_criterion_suspended", facts.OriginCriterionSuspended),
    EventType("letting.share_decided", facts.LettingShareDecided),
    EventType("vacancy.recorded", facts.VacancyRecorded, step=True),
    EventType("vacancy.allocated", facts.VacancyAllocated, step=True),
    EventType("allocation.released", facts.AllocationReleased, step=True),
    EventType("vacancy.withdrawn", facts.VacancyWithdrawn, step=True),
    EventType("dwelling.freed", facts.DwellingFreed, step=True),
    EventType("clock.accepted", facts.ClockAccepted),
    EventType("erasure.begun", facts.ErasureBegun),
    EventType("erasure.done", facts.ErasureDone),
    EventType("fact.retracted", facts.Retracted),
    EventType("person.registered", facts.PersonRegistered, data_class=DataClass.IDENTITY),
    EventType(
        "household.registered",
        facts.HouseholdRegistered,
        data_class=DataClass.MEMBERSHIP,
        of_household=True,
    ),
    EventType("household.member", facts.HouseholdMember, data_class=DataClass.MEMBERSHIP),
    EventType(
        "household.members_attested",
        facts.MembersAttested,
        data_class=DataClass.MEMBERSHIP,
        of_household=True,
    ),
    EventType("benefit.period", facts.BenefitPeriod, data_class=DataClass.BENEFITS),
    EventType("benefit.attested", facts.BenefitsAttested, data_class=DataClass.BENEFITS),
    EventType("citizenship.attested", facts.CitizenshipAttested, data_class=DataClass.ATTESTATIONS),
    EventType("enrolment.attested", facts.EnrolmentAttested, data_class=DataClass.ATTESTATIONS),
    EventType("release.recorded", facts.ReleaseRecorded, data_class=DataClass.CONVICTIONS),
    EventType("release.attested", facts.ReleasesAttested, data_class=DataClass.CONVICTIONS),
    EventType("termination.recorded", facts.TerminationRecorded, data_class=DataClass.TERMINATIONS),
    EventType(
        "termination.attested", facts.TerminationsAttested, data_class=DataClass.TERMINATIONS
    ),
    EventType("refugee.attested", facts.RefugeeAttested, data_class=DataClass.ATTESTATIONS),
    EventType(
        "ukraine.permit_attested", facts.UkrainePermitAttested, data_class=DataClass.ATTESTATIONS
    ),
    EventType(
        "referral.ukraine_decided",
        facts.UkraineDecided,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType(
        "household.replacement_right_attested",
        facts.ReplacementRightAttested,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType(
        "referral.fallback_decided",
        facts.FallbackDecided,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    *(
        EventType(name, fact, data_class=DataClass.TENANCY, of_household=True, step=True)
        for name, fact in (
            ("offer.made", facts.OfferMade),
            ("offer.accepted", facts.OfferAccepted),
            ("offer.refused", facts.OfferRefused),
            ("offer.lapsed", facts.OfferLapsed),
            ("offer.withdrawn", facts.OfferWithdrawn),
            ("tenancy.commenced", facts.TenancyCommenced),
            ("tenancy.notice_given", facts.NoticeGiven),
            ("tenancy.ended", facts.TenancyEnded),
        )
    ),
    EventType(
        "letting.benefit_condition_attested",
        facts.BenefitConditionAttested,
        data_class=DataClass.ATTESTATIONS,
    ),
    EventType("letting.sight_attested", facts.SightAttested, data_class=DataClass.ATTESTATIONS),
    EventType("letting.nothing_shown", facts.NothingShown, data_class=DataClass.ATTESTATIONS),
    EventType("letting.certificate_seen", facts.CertificateSeen, data_class=DataClass.CONVICTIONS),
    EventType(
        "letting.termination_notified",
        facts.TerminationNotified,
        data_class=DataClass.TERMINATIONS,
    ),
    EventType("letting.overdue_debt", facts.OverdueDebt, data_class=DataClass.TENANCY),
    EventType(
        "letting.dispensation_decided",
        facts.DispensationDecided,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType(
        "letting.approval_answered",
        facts.ApprovalAnswered,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType(
        "letting.opposition_assessed",
        facts.OppositionAssessed,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType("judgment.police_notice", facts.PoliceNotice, data_class=DataClass.CONVICTIONS),
    EventType("judgment.in_case", facts.JudgmentInCase, data_class=DataClass.CONVICTIONS),
    EventType("judgment.attested", facts.JudgmentsAttested, data_class=DataClass.CONVICTIONS),
    EventType("offence.distance", facts.DistanceMeasured, data_class=DataClass.CONVICTIONS),
    EventType(
        "termination.weighed",
        facts.ProportionalityWeighed,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType(
        "termination.decided",
        facts.TerminationDecided,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType(
        "termination.enforcement_requested",
        facts.EnforcementRequested,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType(
        "sale.criteria_checked",
        facts.SaleCriteriaChecked,
        data_class=DataClass.DECISIONS,
        of_household=True,
    ),
    EventType("property.disposal_decided", facts.DisposalDecided),
)
"""Every event type but the receipt's. A retraction is sealed or open as the fact it retracts."""

BY_NAME = {event_type.name: event_type for event_type in EVENT_TYPES}
BY_FACT = {event_type.fact: event_type for event_type in EVENT_TYPES}
OPEN_TYPES = tuple(t.name for t in EVENT_TYPES if t.data_class is None)
_DECODERS = {t.name: msgspec.json.Decoder(t.fact) for t in EVENT_TYPES}


class Recorded(msgspec.Struct, Generic[F], frozen=True, gc=False):
    """A fact as the log holds it: its position, event id and leaf hash, and until when it stood.

    `ended` is the position of the event that corrected or retracted it, None while it stands.
    """

    position: int
    event_id: UUID
    leaf_hash: bytes
    fact: F
    ended: int | None = None

    def stood_at(self, position: int) -> bool:
        """Tell whether the log as of `position` held this fact."""
        return self.position <= position and (self.ended is None or self.ended > position)


def encode_fact(fact: facts.Fact) -> bytes:
    """Return the canonical payload of a fact."""
    return canonical.encode(fact)


def decode_fact(name: str, schema_version: int, data: bytes) -> facts.Fact:
    """Read a payload; older schema versions are upcast (UnknownEventError for newer ones)."""
    event_type = BY_NAME.get(name)
    if event_type is None:
        raise UnknownEventError(f"event type {name!r} is not known to this release")
    if schema_version == event_type.schema_version:
        fact: facts.Fact = _DECODERS[name].decode(data)
        return fact
    if not 1 <= schema_version < event_type.schema_version:
        raise UnknownEventError(
            f"event type {name!r} has schema version {schema_version}; "
            f"this release reads up to {event_type.schema_version}"
        )
    plain = canonical.decode(data)
    for upcast in event_type.upcasts[schema_version - 1 :]:
        plain = upcast(plain)
    return msgspec.convert(plain, event_type.fact)


def open_tags(fact: facts.Fact) -> list[str]:
    """Return the tags of an open event: the areas, dwellings and so on that it is about."""
    match fact:
        case facts.InstanceCreated():
            return ["instance"]
        case facts.AreaRegistered():
            return [f"area:{fact.area}", f"municipality:{fact.municipality}"]
        case facts.AreaListed():
            return [f"area:{fact.area}", f"list:{fact.list_day.isoformat()}"]
        case facts.AreaListPublished():
            return [f"list:{fact.list_day.isoformat()}"]
        case (
            facts.AreaParcels()
            | facts.AreaFigures()
            | facts.AreaRenamed()
            | facts.GroupingApproved()
        ):
            return [f"area:{fact.area}"]
        case facts.AreaChangeApproved():
            return [f"area:{area}" for area in areas_changed(fact)]
        case facts.OriginCriterionSuspended():
            return ["origin-criterion"]
        case facts.PlanApproved() | facts.PlanCarriedOut():
            return [f"area:{fact.area}"]
        case facts.DwellingRecorded():
            return [f"dwelling:{fact.dwelling}"]
        case (
            facts.FamilyDwellingsCounted()
            | facts.ExemptionDecided()
            | facts.ReferralRightDecided()
            | facts.ReferralAgreed()
            | facts.ReferralIncreaseApproved()
            | facts.PrivateReferralAgreed()
        ):
            return [f"municipality:{fact.municipality}"]
        case facts.CriteriaSet():
            return [
                f"criteria:{fact.criteria}",
                f"municipality:{fact.municipality}",
                *([] if fact.area is None else [f"area:{fact.area}"]),
                *(f"department:{fact.organisation}/{each}" for each in fact.departments),
            ]
        case facts.CombinedLettingDecided():
            return [f"area:{fact.area}"]
        case facts.DisposalDecided():
            return [f"dwelling:{dwelling}" for dwelling in fact.dwellings]
        case facts.ApprovalSchemeDecided() | facts.OccupancyCapUsed():
            return [f"municipality:{fact.municipality}"]
        case facts.ReadingChosen():
            return [f"point:{fact.point}"]
        case facts.LettingShareDecided():
            return [f"organisation:{fact.organisation}"]
        case (
            facts.VacancyRecorded()
            | facts.VacancyAllocated()
            | facts.AllocationReleased()
            | facts.VacancyWithdrawn()
        ):
            return [f"dwelling:{fact.dwelling}", f"organisation:{fact.organisation}"]
        case facts.DwellingFreed():
            return [f"dwelling:{fact.dwelling}"]
        case facts.ErasureBegun() | facts.ErasureDone():
            return ["erasure"]
        case facts.ClockAccepted():
            return ["clock"]
        case _:
            raise TypeError(f"{type(fact).__name__} is not an open fact")


def areas_changed(fact: facts.AreaChangeApproved) -> list[str]:
    """Return every area that a change is about, the one it names first, each once."""
    return list(dict.fromkeys((fact.area, *(part.area for part in fact.parts))))


def standing(history: list[Recorded[Any]]) -> list[Recorded[Any]]:
    """Return the facts of one boundary that stand: corrected and retracted ones left out.

    `history` is in the order of the log. A correction may itself be corrected or retracted;
    what it corrected does not come back.
    """
    gone: set[UUID] = set()
    for item in history:
        if item.fact.corrects is not None:
            gone.add(item.fact.corrects)
        if type(item.fact) is facts.Retracted:
            gone.add(item.fact.retracts)
    return [
        item
        for item in history
        if item.event_id not in gone and type(item.fact) is not facts.Retracted
    ]
