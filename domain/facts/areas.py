"""Facts about housing areas: lists, figures, parcels and development plans (open)."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.facts.base import Fact
from domain.facts.words import AreaChange, Listing, ListKind, PlanKind


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Figures of an area as published; shares are per cent as decimal text, None unknown.

    Each test has figures of its own, measured as its act says; one is never taken for another.
    """

    residents: int | None = None
    residents_2010: int | None = None
    unattached_share: str | None = None
    """Of those aged 18-64, mean of the last two years (since 2014)."""
    unattached_share_4_years: str | None = None
    """Of those aged 18-64, mean of the last four years (test of 2010)."""
    convicted_share: str | None = None
    """Of the residents, mean of the last two years (since December 2018)."""
    convicted_share_country: str | None = None
    """The same share of the whole country."""
    convicted_limit: str | None = None
    """Three times the country's share, where the source prints that and not the share."""
    convicted_share_adults: str | None = None
    """Of the residents aged 18 or more, mean of the last two years (test of 2014)."""
    convicted_per_10000: str | None = None
    """Persons per 10,000 residents aged 18 or more, mean of the last four years (2010)."""
    basic_schooling_share: str | None = None
    """Of those aged 30-59."""
    income_ratio: str | None = None
    """Average gross income, per cent of the region's average."""
    nonwestern_share: str | None = None
    outside_labour_market_share: str | None = None
    """Of those aged 18-64, counted as full-time persons (§ 51 b, stk. 3-4)."""
    rounded: bool = True
    """The source printed rounded figures, so that a figure equal to a limit decides nothing."""


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


class AreaRenamed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An area goes by another name from a day on; it stays the same area."""

    area: str
    name: str
    first_day: date


class AreaPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An area, or plots, that take part in a change; `parcels` as far as they are known."""

    area: str
    parcels: tuple[str, ...] = ()


class AreaChangeApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister or the agency has approved a change of an area's limits (§ 61 a, stk. 3).

    A split: `area` is the whole, `parts` what it becomes; one of them may keep the id of the
    whole. A merger: `area` is what `parts` become. An extension: the one part is the area itself
    with the plots that come in. From which list it counts, `domain.law.area.lists` says.
    """

    area: str
    change: AreaChange
    parts: tuple[AreaPart, ...]
    approved_on: date
    source: str


class GroupingApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Departments near each other count as one area for combined letting (§ 51 b, stk. 6)."""

    area: str
    approved_on: date
    last_day: date | None = None
    source: str


class OriginCriterionSuspended(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """This instance does not apply the criterion of origin from a day on (§§ 61 a stk. 2, 61 b).

    A named person has decided so, for a reason, on a legal basis; `last_day` None: until further
    notice.
    """

    first_day: date
    last_day: date | None = None
    decided_by: str
    reason: str
    legal_basis: str


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
    combined_letting: Listing = Listing.UNKNOWN
    figures: Figures = Figures()
    source: str
    confidence: str


class PlanApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A development plan covers an area from its approval (§§ 168 a, 168 b)."""

    area: str
    kind: PlanKind
    approved_on: date


class PlanCarriedOut(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An area's development plan has been carried out (§ 168 a, stk. 6)."""

    area: str
    carried_out_on: date
