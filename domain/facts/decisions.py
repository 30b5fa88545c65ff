"""The controller's own decisions and counts that are not about a household (open)."""

from __future__ import annotations

from datetime import date

from domain.facts.base import Fact


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


class ReadingChosen(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """This instance reads an open point of law in one way from a day on, and why."""

    point: str
    reading: str
    first_day: date
    chosen_by: str
    reason: str
