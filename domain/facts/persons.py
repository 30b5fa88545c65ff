"""Facts about persons and households; each is sealed under a key of its own."""

from __future__ import annotations

from datetime import date

from domain.facts.base import Fact
from domain.facts.words import (
    ActionPlan,
    Benefit,
    CitizenshipCondition,
    CohabitationProof,
    MemberList,
    MemberRole,
    ReleasedFrom,
    TenancyEnding,
)


class PersonRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person is known to this controller; name and CPR number are optional."""

    name: str = ""
    cpr: str = ""


class HouseholdRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A household is known to this controller."""

    registered_on: date


class HouseholdMember(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person belongs to a household from a day (to a day), on one of its two lists.

    `role` None: not stated. `together_since`: since when a partner lives together with the
    applicant, and what shows it.
    """

    member_list: MemberList
    first_day: date
    last_day: date | None = None
    role: MemberRole | None = None
    together_since: date | None = None
    together_by: CohabitationProof | None = None


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


class ReleaseRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person was released on a day, and what § 59, stk. 6, nr. 1 and 2 ask about that.

    `convicted`: of the offence behind it, on `convicted_on` where the day is known.
    `under_18_until` is asked for nr. 2 alone: the last day of the six months after the release on
    which the person is under 18, the day before the release where there is none; never a day of
    birth.
    """

    released_on: date
    released_from: ReleasedFrom
    convicted: bool
    convicted_on: date | None = None
    action_plan: ActionPlan
    under_18_until: date | None = None


class ReleasesAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that the releases recorded are all that a person had on these days."""

    first_day: date
    last_day: date


class TerminationRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person's tenancy was terminated, and whether for gross breach of good order.

    `ended_on` is the day it ended, or is to end on. `given_on` is the day on which it was
    terminated or notice was given; None: not stated, or the day it ended.
    """

    ended_on: date
    ending: TenancyEnding
    gross_breach: bool
    given_on: date | None = None


class TerminationsAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that the terminations recorded are all of a person on these days."""

    first_day: date
    last_day: date


class RefugeeAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a person is a refugee allocated to the municipality (integrationsloven § 10)."""

    allocated: bool
    first_day: date
    last_day: date | None = None


class UkrainePermitAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a person holds a permit under the act on persons displaced from Ukraine."""

    permit: bool
    first_day: date
    last_day: date | None = None


class UkraineDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's assessment that nothing outside vulnerable areas is possible (§ 30 a).

    It is about a household, made by a named person with reasons, and never inferred.
    """

    decision_day: date
    last_day: date | None = None
    decided_by: str
    reasons: str
    party_heard: bool | None = None


class ReplacementRightAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a household has a right to a replacement dwelling (byfornyelsesloven §§ 61, 63)."""

    entitled: bool
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
    party_heard: bool | None = None
    prevention_area_possible: bool | None = None
    other_municipalities_tried: bool | None = None
