"""Facts about housing areas: lists, figures, parcels and development plans (open)."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.facts.base import Fact
from domain.facts.words import Listing, ListKind, PlanKind


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
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


class PlanApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A development plan covers an area from its approval (§§ 168 a, 168 b)."""

    area: str
    kind: PlanKind
    approved_on: date


class PlanCarriedOut(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An area's development plan has been carried out (§ 168 a, stk. 6)."""

    area: str
    carried_out_on: date
