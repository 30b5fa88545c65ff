"""Facts about letting: criteria and schemes (open), and what is known of applicants (sealed)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from domain.facts.base import Fact
from domain.facts.words import (
    AttestedAnswer,
    BenefitCondition,
    CertificateAssessment,
    CriteriaBasis,
    CriteriaTest,
    CriterionKind,
    DispensationFactor,
    DocumentKind,
    EndedUnder,
    IssuerKind,
    JobKind,
    LandlordKind,
    MustMeet,
    OppositionGround,
)

# --- Criteria and schemes (open) ------------------------------------------------------------


class Criterion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that criteria for flexible letting ask of a person; None: not asked.

    Work: `hours` a week at least, not of the kinds in `excluded`, a fixed term of at least
    `months`, begun at the latest `start_within` months after the dwelling is taken over.
    Education: for at least `months`, `full_time`, `su_eligible`, `in_municipality`; with
    `apprentice` an apprenticeship is enough too. Age: at least `age`. Separation: at most `months`
    ago.
    """

    kind: CriterionKind
    hours: int | None = None
    excluded: tuple[JobKind, ...] = ()
    start_within: int | None = None
    months: int | None = None
    full_time: bool = False
    su_eligible: bool = False
    in_municipality: bool = False
    apprentice: bool = False
    age: int | None = None


class Alternative(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Criteria that must all be met by one person; 1 is the rank that comes first."""

    all_of: tuple[Criterion, ...]
    rank: int = 1


class CriteriaSet(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Criteria for flexible letting, as agreed or set (§ 60): any one alternative is enough.

    They cover departments of one organisation, or an area. `share` is the per cent of the
    vacant dwellings that they are used for. `priority_only`: who meets them comes first, and
    others may follow. `exempt_*`: who need not meet them. `certificate`: the published criteria
    ask for a certificate (AMB-RECORD-FORE). `revised_on` is when they were last revised.
    """

    criteria: str
    municipality: str
    basis: CriteriaBasis
    set_on: date
    first_day: date
    last_day: date | None = None
    announced_on: date | None = None
    revised_on: date | None = None
    organisation: str = ""
    departments: tuple[str, ...] = ()
    area: str | None = None
    alternatives: tuple[Alternative, ...]
    who: MustMeet
    tested: CriteriaTest
    share: int = 100
    priority_only: bool = False
    exempt_residents: bool = False
    exempt_age: int | None = None
    exempt_pension: bool = False
    certificate: bool = False


class CombinedLettingDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's decision on combined letting in an area (§ 51 b, stk. 1).

    `extended`: also its second sentence. `evaluated_on`: when it was last evaluated (stk. 10).
    """

    area: str
    decided_on: date
    extended: bool
    first_day: date
    last_day: date | None = None
    evaluated_on: date | None = None


class ApprovalSchemeDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality approves each letting by this organisation (§ 61, letting order § 42)."""

    municipality: str
    organisation: str
    first_day: date
    last_day: date | None = None


class OccupancyCapUsed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The statutory cap of two persons a room is used in this organisation's dwellings."""

    municipality: str
    organisation: str
    first_day: date
    last_day: date | None = None


# --- Applicants (sealed) --------------------------------------------------------------------


class BenefitConditionAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A municipality's yes or no about one condition, one person and one day (§§ 51 b, 51 c).

    `points` are the open points whose other reading would change it, `readings` how each point
    was read ("AMB-NAMEGAP=a"); the receipt is the municipality's own.
    """

    condition: BenefitCondition
    answer: AttestedAnswer
    day: date
    municipality: str
    receipt_id: UUID
    receipt_hash: str
    readings: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


class SightAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody saw a document that shows that a person meets something; never the document.

    `first_day` to `last_day`: when what it shows holds (a job from its first day, until its term
    ends); of a separation its day. `expires_on`: the last day that the sight is relied on.
    `hours` a week and `job` are of work; `full_time`, `su_eligible`, `in_municipality` and
    `months` (its length) of education; `age` is an age reached on the first day. None: what was
    seen does not show it.
    """

    kind: CriterionKind
    document: DocumentKind
    issuer: IssuerKind
    seen_by: str
    seen_on: date
    first_day: date
    last_day: date | None = None
    expires_on: date | None = None
    hours: int | None = None
    job: JobKind | None = None
    full_time: bool | None = None
    su_eligible: bool | None = None
    in_municipality: bool | None = None
    months: int | None = None
    age: int | None = None


class NothingShown(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person who was asked to show something of these kinds showed nothing on these days."""

    kinds: tuple[CriterionKind, ...]
    first_day: date
    last_day: date | None = None


class CertificateSeen(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person's certificate was seen before a contract; only that, and what was made of it."""

    area: str
    seen_on: date
    seen_by: str
    assessment: CertificateAssessment
    expires_on: date | None = None


class TerminationNotified(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A landlord's notice that a person's tenancy was ended (§ 63 e, letting order § 28).

    `joint_area`: the municipality has found that both departments lie in one area; None: it has
    not said. Of the last two, None: nobody has said.
    """

    terminated_on: date
    landlord: LandlordKind
    ended_under: EndedUnder
    joint_area: bool | None = None
    found_unjustified: bool | None = None
    objection_not_sued: bool | None = None


class OverdueDebt(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Overdue debt to this organisation from a tenancy, and what bars a refusal on it (§ 27).

    None: not stated.
    """

    first_day: date
    last_day: date | None = None
    insignificant: bool | None = None
    time_barred: bool | None = None
    instalments_kept: bool | None = None
    relief_kept: bool | None = None


class DispensationDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's dispensation for a household from § 51 c (stk. 4).

    `area` is the transformation area whose departments it is about; "": not stated.
    """

    decision_day: date
    last_day: date | None = None
    decided_by: str
    reasons: str
    party_heard: bool | None = None
    factors: tuple[DispensationFactor, ...]
    area: str = ""


class ApprovalAnswered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """When the municipality received a letting for approval, and what it answered when (§ 42).

    `dwelling` is the one that was to be let; "": not stated.
    """

    received_on: date
    refused: bool
    sent_on: date
    dwelling: str = ""


class OppositionAssessed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The organisation's own finding that it has reasonable ground to oppose, and under what.

    `dwelling` is the one that was to be let, exchanged or sublet; "": not stated.
    """

    ground: OppositionGround
    decision_day: date
    last_day: date | None = None
    decided_by: str
    reasons: str
    party_heard: bool | None = None
    dwelling: str = ""
