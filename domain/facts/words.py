"""The words of the statute that facts are stated in: kinds of dwelling, list, benefit and so on."""

from __future__ import annotations

from enum import StrEnum


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


class Channel(StrEnum):
    """The way that a vacant dwelling is let (almenboligloven §§ 51, 59, 60)."""

    REFERRAL = "referral"
    """Municipal referral (*kommunal anvisning*), § 59 or byfornyelsesloven § 64."""
    FLEXIBLE = "flexible"
    """Flexible letting (*fleksibel udlejning*) by criteria, § 60."""
    INTERNAL = "internal"
    """The internal list (*oprykningsventeliste*), letting order §§ 7-10."""
    EXTERNAL = "external"
    """The ordinary list (*den almindelige venteliste*), § 51, stk. 1, and letting order § 2."""
    REHOUSING = "rehousing"
    """Rehousing (*genhusning*), almenlejeloven § 86; goes before the other ways."""
    TEMPORARY = "temporary"
    """Temporary letting to persons in education; the organisation's own choice, in no act."""


class ShareBasis(StrEnum):
    """What puts a share of vacant dwellings at somebody's disposal."""

    QUARTER = "quarter"
    """Up to every fourth, § 59, stk. 1 (youth dwellings: stk. 3)."""
    AGREED = "agreed"
    """By agreement, § 59, stk. 2 (youth dwellings: stk. 3)."""
    AREA = "area"
    """Departments in areas with many outside the labour market, § 59, stk. 4."""
    INCREASE = "increase"
    """One third of the lettings in departments under § 51 b, approved, § 59, stk. 5."""
    REPLACEMENT = "replacement"
    """Up to every third as replacement dwellings, byfornyelsesloven § 64, stk. 1."""
    CRITERIA_AGREED = "criteria_agreed"
    """Letting by criteria that were agreed, § 60, stk. 1."""
    CRITERIA_SET = "criteria_set"
    """Letting by criteria that the municipality set, § 60, stk. 4."""


class ReleaseReason(StrEnum):
    """Why a vacancy is not let through the channel it was allocated to."""

    GIVEN_BACK = "given_back"
    """The municipality will not use it (§ 59, stk. 1, 5. pkt.)."""
    NOBODY = "nobody"
    """Nobody is left whom it could be offered to through the channel."""


class WithdrawalReason(StrEnum):
    """Why a vacancy is closed without a contract."""

    LET_BY_OTHERS = "let_by_others"
    """Somebody else lets it: of a municipality's instance, the housing organisation."""
    NOT_TO_BE_LET = "not_to_be_let"
    """It is sold, torn down, or put to another use."""
    RECORDED_WRONGLY = "recorded_wrongly"
    """It was not vacant."""


class Party(StrEnum):
    """A side of a tenancy."""

    TENANT = "tenant"
    LANDLORD = "landlord"


class EndCause(StrEnum):
    """What ends a tenancy (almenlejeloven chapters 15 and 16)."""

    NOTICE = "notice"
    """A notice (*opsigelse*) given before has run out."""
    AGREEMENT = "agreement"
    """The parties agreed."""
    TERMINATION = "termination"
    """The landlord terminated it at once (*ophævelse*), § 90."""
    EXPIRY = "expiry"
    """The time that the lease was made for has run out, § 87."""
