"""What can be recorded: small frozen facts, each with the days it is valid for.

Every field of a fact about a person stands in `domain/allow_list.py` with its purpose and
section; a field outside that list fails the build. No fact about a person has free text, save
the reasons of a person's decision, which are sealed and which no rule reads.

A closed interval of days is written as two fields; None leaves its end open.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=False):
    """What every fact has: the event id of the fact that it corrects, if it corrects one."""

    corrects: UUID | None = None


# --- Words of the statute -------------------------------------------------------------------


class DwellingKind(StrEnum):
    """What a social dwelling is let as (almenboligloven § 5, § 59 stk. 1 and 3)."""

    FAMILY = "family"
    YOUTH = "youth"
    ELDERLY = "elderly"


class ListKind(StrEnum):
    """The published area lists (almenboligloven §§ 61 a, 61 b), under today's names.

    Until 29 November 2021 `parallel_society` was printed as *ghettoområde* and
    `transformation` as *hårdt ghettoområde*.
    """

    VULNERABLE = "vulnerable"
    PARALLEL_SOCIETY = "parallel_society"
    TRANSFORMATION = "transformation"
    PREVENTION = "prevention"


class Listing(StrEnum):
    """What a source says of one area and one list."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"
    NO_SUCH_LIST = "no_such_list"


class Benefit(StrEnum):
    """Benefits under their names of the day (aktivloven, social pension act and others)."""

    INTEGRATIONSYDELSE = "integrationsydelse"
    SELVFORSOERGELSES_OG_HJEMREJSEYDELSE = "selvforsoergelses_og_hjemrejseydelse"
    OVERGANGSYDELSE = "overgangsydelse"
    UDDANNELSESHJAELP = "uddannelseshjaelp"
    KONTANTHJAELP = "kontanthjaelp"
    """Kontanthjælp before 1 July 2025, or after it with the rate not known."""
    KONTANTHJAELP_16_1 = "kontanthjaelp_16_1"
    """From 1 July 2025: the rates of aktivloven § 16, stk. 1."""
    KONTANTHJAELP_16_2 = "kontanthjaelp_16_2"
    """From 1 July 2025: the lower rates of aktivloven § 16, stk. 2."""
    FOERTIDSPENSION = "foertidspension"
    SENIORPENSION = "seniorpension"
    ARBEJDSLOESHEDSDAGPENGE = "arbejdsloeshedsdagpenge"
    SYGEDAGPENGE = "sygedagpenge"
    RESSOURCEFORLOEBSYDELSE_JOBAFKLARING = "ressourceforloebsydelse_jobafklaring"
    RESSOURCEFORLOEBSYDELSE = "ressourceforloebsydelse"


class CitizenshipCondition(StrEnum):
    """The condition of § 59, stk. 6, nr. 4, as attested; never which citizenship."""

    MET = "met"
    NOT_MET = "not_met"
    SEVERAL = "several"
    """Several citizenships, one of which meets the condition (AMB-CITDUAL-DUAL)."""
    STATELESS = "stateless"
    """No citizenship at all (AMB-CITDUAL-STATELESS)."""
    WITHDRAWAL_AGREEMENT = "withdrawal_agreement"
    """Rights under the agreement on the United Kingdom's withdrawal (AMB-CITDUAL-UK)."""


class MemberList(StrEnum):
    """Which list of a household a membership stands on (AMB-HOUSEHOLD)."""

    DECLARED = "declared"
    """Declared to live in the dwelling at move-in."""
    REGISTERED = "registered"
    """Registered in the household at the application."""


class PlanKind(StrEnum):
    """Who drew up a development plan (almenboligloven §§ 168 a, 168 b)."""

    JOINT = "joint"
    MUNICIPAL = "municipal"


class ControllerKind(StrEnum):
    """Whose instance this is; its kind decides which facts and questions exist in it."""

    MUNICIPALITY = "municipality"
    HOUSING_ORGANISATION = "housing_organisation"


# --- Facts about persons and households (sealed) --------------------------------------------


class PersonRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person is known to this controller; name and CPR number are optional."""

    name: str = ""
    cpr: str = ""


class HouseholdRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A household is known to this controller."""

    registered_on: date


class HouseholdMember(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person belongs to a household from a day (to a day), on one of its two lists."""

    member_list: MemberList
    first_day: date
    last_day: date | None = None


class MembersAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that a household's list names all its members on these days."""

    member_list: MemberList
    first_day: date
    last_day: date | None = None


class BenefitPeriod(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person received a benefit for each of these days; None: and still receives it."""

    benefit: Benefit
    first_day: date
    last_day: date | None = None


class BenefitsAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that its record of these benefits is complete for these days.

    No benefit named means every benefit that this service knows. `first_day` None: since ever.
    """

    benefits: tuple[Benefit, ...] = ()
    first_day: date | None = None
    last_day: date


class CitizenshipAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the citizenship condition of § 59, stk. 6, nr. 4 is met on these days."""

    condition: CitizenshipCondition
    first_day: date
    last_day: date | None = None


class EnrolmentAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a person is enrolled at a publicly recognised institution on these days."""

    enrolled: bool
    first_day: date
    last_day: date | None = None


class FallbackDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's assessment for a household under § 59, stk. 9 (never inferred).

    It says that no dwelling outside the areas of stk. 6 and 7 can be referred.
    `prevention_area_possible` says whether one in a prevention area could be; None: not stated.
    """

    decision_day: date
    last_day: date | None = None
    decided_by: str
    reasons: str
    party_heard: bool
    prevention_area_possible: bool | None = None
    other_municipalities_tried: bool = False


class Retracted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A fact is taken back: it should not have been recorded."""

    retracts: UUID


# --- Facts about areas, dwellings and the controller (open) ---------------------------------


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Figures of an area as published; shares are per cent as decimal text, None unknown.

    `convicted_share` and `convicted_share_country` are two-year averages in per cent, so is
    `unattached_share`. `income_ratio` is per cent of the region's average. `rounded` tells
    that the source printed rounded figures, so that a figure equal to a limit decides nothing.
    """

    residents: int | None = None
    residents_2010: int | None = None
    unattached_share: str | None = None
    convicted_share: str | None = None
    convicted_share_country: str | None = None
    basic_schooling_share: str | None = None
    income_ratio: str | None = None
    nonwestern_share: str | None = None
    rounded: bool = True


class AreaRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A housing area, its name and the municipality (four digits) that it lies in."""

    area: str
    name: str
    municipality: str


class AreaParcels(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The cadastral parcels of an area from a day on (§ 61 a, stk. 3)."""

    area: str
    parcels: tuple[str, ...]
    first_day: date


class AreaFigures(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Figures of an area for a reference day, apart from a published list."""

    area: str
    reference_day: date
    figures: Figures
    source: str


class AreaListPublished(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A list of one kind was published on a day; how many areas it names, and for whom it is
    complete here.

    Completeness is attested: nationwide, or for the municipalities named.
    """

    kind: ListKind
    list_day: date
    published_total: int | None = None
    complete_nationwide: bool = False
    complete_for: tuple[str, ...] = ()
    source: str


class AreaListed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """What the lists of one day say of one area, with the figures that stand beside it."""

    area: str
    list_day: date
    vulnerable: Listing
    parallel_society: Listing
    transformation: Listing
    prevention: Listing
    figures: Figures = Figures()
    source: str
    confidence: str


class DwellingRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A social dwelling on these days: its kind and the area that its plot lies in.

    `area` None is a statement too: the plot lies outside every housing area.
    `department_areas` are areas that other plots of its department lie in (AMB-DEPT-DWELLING).
    """

    dwelling: str
    municipality: str
    kind: DwellingKind
    area: str | None
    first_day: date
    last_day: date | None = None
    organisation: str = ""
    department: str = ""
    department_areas: tuple[str, ...] = ()


class FamilyDwellingsCounted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Social family dwellings of a municipality on a day: in vulnerable and prevention areas,
    and in all (§ 59, stk. 7, 2. pkt.).
    """

    municipality: str
    counted_on: date
    in_listed_areas: int
    in_municipality: int


class ExemptionDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's decision which prevention areas are exempt (§ 59, stk. 8).

    `share_used` is the share of family dwellings, in per cent as decimal text, it rests on.
    """

    municipality: str
    decision_day: date
    last_day: date | None = None
    areas: tuple[str, ...]
    share_used: str
    decided_by: str


class PlanApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A development plan covers an area from its approval (§§ 168 a, 168 b)."""

    area: str
    kind: PlanKind
    approved_on: date


class PlanCarriedOut(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An area's development plan has been carried out (§ 168 a, stk. 6)."""

    area: str
    carried_out_on: date


class ReadingChosen(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """This instance reads an open point of law in one way from a day on, and why."""

    point: str
    reading: str
    first_day: date
    chosen_by: str
    reason: str


class InstanceCreated(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The first event of a log: its random id and whose it is.

    `stale_after_months`: how long after the law was last reviewed an answer may still be firm.
    """

    log_id: UUID
    controller: str
    controller_kind: ControllerKind
    municipality: str
    stale_after_months: int = 24


class ErasureBegun(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The erasure of these tokens has begun under a policy; their keys die next."""

    tokens: tuple[str, ...]
    policy: str
    classes: tuple[str, ...] = ()


class ErasureDone(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The erasure of these tokens is done: their keys and mapping are gone.

    `classes` are the data classes erased, so that what rests on them can say so.
    """

    tokens: tuple[str, ...]
    policy: str
    classes: tuple[str, ...] = ()
