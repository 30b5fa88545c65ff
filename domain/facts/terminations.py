"""Facts about how a tenancy is ended by the landlord: the landlord's own decisions and checks.

What the landlord itself decides and has not recorded, it has not decided.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.facts.base import Fact
from domain.facts.words import DwellingKind, PlanKind


class Factor(StrEnum):
    """What speaks against ending a tenancy that the wording lets be ended (AMB-PROP, AMB-91)."""

    LONG_TENANCY = "long_tenancy"
    HEALTH = "health"
    """Somebody's state of health; what it is stands in the reasons only."""
    MINORS = "minors"
    """Children live in the household."""
    OTHERS_IN_HOUSEHOLD = "others_in_household"
    """Others than the offender live in it, who had no part in the offence."""
    OFFENDER_GONE = "offender_gone"
    PASSIVITY = "passivity"
    """The landlord has let time pass."""
    INSIGNIFICANT = "insignificant"
    """The matter is of little importance (§ 91, stk. 1)."""


class RequestDetail(StrEnum):
    """What a request for eviction straight after the criminal case must state
    (retsplejeloven § 996 b, stk. 4).
    """

    TENANT_IDENTITY = "tenant_identity"
    EPISODE = "episode"
    TIME_AND_PLACE = "time_and_place"
    CADASTRAL_NUMBER = "cadastral_number"
    ADDRESS = "address"


class DisposalKind(StrEnum):
    """What is to become of the property."""

    DEMOLITION = "demolition"
    REBUILDING = "rebuilding"
    SALE = "sale"


class DisposalGround(StrEnum):
    """On what ground approval is sought (almenboligloven § 27, stk. 3, and § 28, stk. 3)."""

    BUILDING_DEFECTS = "building_defects"
    LETTING_DIFFICULTIES = "letting_difficulties"
    SOCIAL_PROBLEMS = "social_problems"
    URBAN_DEVELOPMENT_WITHOUT_LOSS = "urban_development_without_loss"
    """A sale that matters for an area about to be planned, and that nobody loses by."""


class ProportionalityWeighed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A named person has weighed a termination against what speaks against it.

    A factor that stands in neither list is not known. `contrary_to_obligations` says whether
    ending the tenancy before the judgment is final would break international obligations (nr.
    10, 2. pkt.); None: not assessed. `offence` is the offence whose judgment was weighed, as the
    judgment names it; "": not stated.
    """

    decision_day: date
    decided_by: str
    reasons: str
    party_heard: bool | None = None
    present: tuple[Factor, ...] = ()
    absent: tuple[Factor, ...] = ()
    contrary_to_obligations: bool | None = None
    offence: str = ""


class TerminationDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The landlord has terminated a tenancy under § 90, stk. 1, nr. 10.

    `moved_out_on` is the day the tenant had moved; None: the tenant has not.
    `joint_area_assessed`: the municipality has found that the landlords who may be told let in
    one area (almenboligloven § 63 e, stk. 2); None: it has not assessed it. `offence` is the
    offence whose judgment it rested on, as the judgment names it; "": not stated.
    """

    dwelling: str
    terminated_on: date
    decided_by: str
    reasons: str
    party_heard: bool | None = None
    moved_out_on: date | None = None
    joint_area_assessed: bool | None = None
    offence: str = ""


class EnforcementRequested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The landlord has asked that the court sends the judgment on to the bailiff court.

    `police_limit` is the last day that the police set for the request; `sent_on` is the day the
    court sent the judgment on; None: it has not (retsplejeloven § 996 b, stk. 3-5). `offence` is
    the episode that the request describes, by the reference that the judgment of it carries; "":
    not stated.
    """

    requested_on: date
    police_limit: date
    stated: tuple[RequestDetail, ...]
    sent_on: date | None = None
    offence: str = ""


class SaleCriteriaChecked(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a household meets the municipality's criteria for letting after a sale (§ 27 c).

    `dwelling` is the one that is to be sold; "": not stated.
    """

    checked_on: date
    criteria_met: bool
    decided_by: str
    dwelling: str = ""


class DisposalDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The landlord is to demolish, rebuild or sell the property of these dwellings (open).

    `documented_on`: since when it can be documented that the dwellings must be left; None: it
    can't. `plan` is the kind of development plan that it is part of. `minister_asked`: the sale
    is put to the minister for approval (§ 27, stk. 2). `ordered`: the municipality has ordered the
    sale or demolition as part of its own plan (§ 168 b, stk. 2); None: not stated. `taken_over`:
    the municipality has agreed to take over the rehousing (almenlejeloven § 86, stk. 2 and 3).
    `rebuilt_as`: what the dwellings become by a rebuilding; None: not stated.
    """

    dwellings: tuple[str, ...]
    kind: DisposalKind
    decision_day: date
    decided_by: str
    grounds: tuple[DisposalGround, ...]
    documented_on: date | None = None
    plan: PlanKind | None = None
    minister_asked: bool = False
    ordered: bool | None = None
    taken_over: bool = False
    rebuilt_as: DwellingKind | None = None
