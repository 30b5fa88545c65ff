"""The words of the statute that facts are stated in: kinds of dwelling, list, benefit and so on."""

from __future__ import annotations

from enum import StrEnum


class DwellingKind(StrEnum):
    """What a dwelling is let as (almenboligloven § 5, § 59 stk. 1 and 3)."""

    FAMILY = "family"
    YOUTH = "youth"
    ELDERLY = "elderly"
    PRIVATE = "private"
    """A flat in a private rental property (lov om boligforhold § 49): no social dwelling."""


class DwellingMark(StrEnum):
    """What takes a youth dwelling out of § 59, stk. 1 and 2 (§ 59, stk. 3, 2. pkt.)."""

    NONE = "none"
    STARTBOLIG = "startbolig"
    """*Startbolig* (§ 101 a, stk. 1)."""
    REDESIGNATED = "redesignated"
    """*Ommærket* after § 4, nr. 7 or 10."""


class ListKind(StrEnum):
    """The published area lists (almenboligloven §§ 51 b, 61 a, 61 b), under today's names.

    Until 29 November 2021 `parallel_society` was printed as *ghettoområde* and
    `transformation` as *hårdt ghettoområde*. `combined_letting` is the list of areas with a high
    share of persons outside the labour market (*kombineret udlejning*).
    """

    VULNERABLE = "vulnerable"
    PARALLEL_SOCIETY = "parallel_society"
    TRANSFORMATION = "transformation"
    PREVENTION = "prevention"
    COMBINED_LETTING = "combined_letting"


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


class ReleasedFrom(StrEnum):
    """What a person was released from (§ 59, stk. 6, nr. 1 and 2)."""

    PRISON_SENTENCE = "prison_sentence"
    """An institution of the prison service (*kriminalforsorgen*), after serving a sentence."""
    REMAND = "remand"
    """An institution of the prison service, after remand (AMB-RELEASE)."""
    TAG_OR_HALFWAY_HOUSE = "tag_or_halfway_house"
    """A tag or a halfway house of the prison service (AMB-RELEASE)."""
    OUTSIDE_PRISON_SERVICE = "outside_prison_service"
    """An institution outside it, placed under straffuldbyrdelsesloven § 78, stk. 2 (nr. 2)."""


class ActionPlan(StrEnum):
    """The action plan that nr. 1 and 2 ask for: serviceloven § 141, or § 57 c, stk. 1.

    For nr. 2 the duty is to draw up the plan of § 57 c, stk. 1, or since 2024 what replaced it.
    """

    DUTY = "duty"
    """The municipality must offer (nr. 2: draw up) one, and none is made."""
    MADE = "made"
    """There is one, without such a duty."""
    DUTY_AND_MADE = "duty_and_made"
    NEITHER = "neither"
    UNKNOWN = "unknown"


class TenancyEnding(StrEnum):
    """How a tenancy came to its end, or is being brought to it (§ 59, stk. 6, nr. 3)."""

    LANDLORD = "landlord"
    """By the landlord's completed termination, whether *ophævet* or *opsagt*."""
    SETTLEMENT = "settlement"
    """By a settlement, or the tenant moved of own accord (AMB-TERMREASON)."""
    DISPUTED = "disputed"
    """The landlord's termination is still disputed."""


class ReferralRight(StrEnum):
    """A decision of the municipality that puts dwellings at its disposal, or lets them be."""

    STK_1 = "stk_1"
    """§ 59, stk. 1: up to every fourth vacant family dwelling."""
    STK_3 = "stk_3"
    """§ 59, stk. 3: the same of youth dwellings."""
    STK_4 = "stk_4"
    """§ 59, stk. 4: all vacant family dwellings of areas for combined letting."""
    SECTION_51B = "section_51b"
    """§ 51 b, stk. 1: applicants on benefits are rejected in such areas."""
    URBAN_RENEWAL = "urban_renewal"
    """Byfornyelsesloven § 64, stk. 1: up to every third vacant social flat."""
    PRIVATE_TENTH = "private_tenth"
    """Lov om boligforhold § 58: up to every tenth vacant flat of certain private properties."""


class MemberList(StrEnum):
    """Which list of a household a membership stands on (AMB-HOUSEHOLD)."""

    DECLARED = "declared"
    """Declared to live in the dwelling at move-in."""
    REGISTERED = "registered"
    """Registered in the household at the application."""


class AreaChange(StrEnum):
    """How the limits of a housing area were changed with approval (§ 61 a, stk. 3, 2. pkt.)."""

    SPLIT = "split"
    """*Opdeling*: one area becomes several."""
    MERGER = "merger"
    """Areas whose plots are contiguous become one."""
    EXTENSION = "extension"
    """*Udvidelse*: contiguous plots come into the area."""


class PlanKind(StrEnum):
    """Who drew up a development plan (almenboligloven §§ 168 a, 168 b)."""

    JOINT = "joint"
    MUNICIPAL = "municipal"


class ControllerKind(StrEnum):
    """Whose instance this is; its kind decides which facts and questions exist in it."""

    MUNICIPALITY = "municipality"
    HOUSING_ORGANISATION = "housing_organisation"
