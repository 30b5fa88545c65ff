"""The controller's own decisions and counts that are not about a household (open)."""

from __future__ import annotations

from datetime import date

from domain.facts.base import Fact
from domain.facts.words import DwellingKind, ReferralRight


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


class ReferralRightDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's decision to use a right to refer, or one that such a right rests on.

    `organisation` narrows stk. 1 and 3 to one housing organisation; "" is every one. `areas` are
    those that a decision under § 59, stk. 4 or § 51 b covers. `half_of_own_flats` says that half
    of the vacant flats in the municipality's own properties are put at disposal as well
    (byfornyelsesloven § 64, stk. 4). `properties` are private properties, each found to have its
    rent set under lejeloven §§ 49-51 or its yield under § 25, stk. 3 or 4 (§ 58).
    """

    municipality: str
    right: ReferralRight
    decision_day: date
    last_day: date | None = None
    organisation: str = ""
    areas: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    half_of_own_flats: bool = False
    decided_by: str


class ReferralAgreed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A housing organisation puts vacant dwellings of a kind at disposal (§ 59, stk. 2 and 3)."""

    municipality: str
    organisation: str
    kind: DwellingKind
    agreed_on: date
    last_day: date | None = None


class ReferralIncreaseApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister lets the number of dwellings of stk. 1 and 2 be increased (§ 59, stk. 5)."""

    municipality: str
    approved_on: date
    last_day: date | None = None
    dwellings: int


class PrivateReferralAgreed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A private owner lets the municipality refer to vacant flats of a property, against payment.

    Either a share of all flats that fall vacant, in per cent as decimal text, or the flats named
    by dwelling id. `owners_invited`: every private owner of the municipality was asked to offer.
    `flats`: how many flats the property has.
    """

    municipality: str
    property: str
    agreed_on: date
    last_day: date | None = None
    owners_invited: bool
    share: str = ""
    named: tuple[str, ...] = ()
    flats: int


class ReadingChosen(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """This instance reads an open point of law in one way from a day on, and why."""

    point: str
    reading: str
    first_day: date
    chosen_by: str
    reason: str
