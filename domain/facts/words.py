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
    ATTACHED = "attached"
    """Documented as really attached to it without living there (AMB-HOUSEHOLD-TIME-ATTACH)."""


class PlanKind(StrEnum):
    """Who drew up a development plan (almenboligloven §§ 168 a, 168 b)."""

    JOINT = "joint"
    MUNICIPAL = "municipal"


class ControllerKind(StrEnum):
    """Whose instance this is; its kind decides which facts and questions exist in it."""

    MUNICIPALITY = "municipality"
    HOUSING_ORGANISATION = "housing_organisation"
