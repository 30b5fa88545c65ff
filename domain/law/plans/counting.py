"""The share of social family dwellings: by the act, by the agreement, and what is still needed.

§ 168 a, stk. 1, and § 168 b, stk. 1: of all dwellings of the area, dwellings pulled down after 2010
may be counted as far as other social family dwellings do not replace them, and each 75 m² of
commercial area counts as a dwelling. What the act lets be counted is counted: it asks for at most
40 per cent, and its counting is the one that it is measured by. The agreement of 2018 left out what
any other dwelling replaces; it was not enacted so, and is told beside it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from domain.events import Recorded
from domain.facts import (
    AreaDwellingsCounted,
    CommercialAreaMeasured,
    DwellingKind,
    DwellingsBuilt,
    PlanDispensationDecided,
)
from domain.law import acts
from domain.law.kernel import Effect, Finding, Missing, Readings, Status, declared
from domain.law.numbers import per_cent, plain
from domain.law.plans.inventory import EVENTS, Inventory, day_of, inventory
from domain.law.plans.kinds import TARGET, TARGET_DAY, about_plans, municipality_of
from domain.law.standing import newest
from domain.law.undecided import decides
from domain.reference import View

SQUARE_METRES = 75
"""Of commercial area, counted as one dwelling."""

DEMOLISHED_AFTER = date(2010, 12, 31)
DEMOLISHED_FROM = date(2010, 1, 1)
"""*Efter 2010*: after the end of that year, or from its beginning, as AMB-DEMO is read."""


COUNTED: dict[type[Any], str] = {
    AreaDwellingsCounted: "counted_on",
    CommercialAreaMeasured: "measured_on",
    PlanDispensationDecided: "decided_on",
}
"""The facts, beside what happens to dwellings, that the share is counted from, and their days."""


class Counted(NamedTuple):
    """The parts of the share, as the readings have them."""

    held: Inventory
    demolished: int
    """Counted on, as far as is known to be allowed."""
    perhaps_fewer: int
    """How many of those may have been replaced by family dwellings; it is not known."""
    demolished_by_agreement: int
    units: Fraction
    """What the commercial area counts as; 0 where that is not known."""

    @property
    def total(self) -> Fraction:
        """What the family dwellings are a part of."""
        return self.held.all_dwellings + self.demolished + self.units

    @property
    def total_by_agreement(self) -> Fraction:
        """The same as the agreement counts."""
        return self.held.all_dwellings + self.demolished_by_agreement + self.units


def counted(held: Inventory, readings: Readings) -> Counted:
    """Count an area's dwellings as the readings have it."""
    after = [
        each for each in held.demolitions if _after_2010(each.item.fact.demolished_on, readings)
    ]
    demolished = sum(each.item.fact.dwellings - each.by_family for each in after)
    of_family = sum(
        item.fact.dwellings
        for item in held.perhaps_replacing
        if item.fact.kind is DwellingKind.FAMILY
    )
    return Counted(
        held,
        demolished,
        min(of_family, demolished),
        sum(each.item.fact.dwellings - each.by_any for each in after),
        _units(held.commercial_m2, readings),
    )


def _after_2010(day: date, readings: Readings) -> bool:
    if DEMOLISHED_FROM <= day <= DEMOLISHED_AFTER:
        return readings("AMB-DEMO") == "b"
    return day > DEMOLISHED_AFTER


def _units(square_metres: int | None, readings: Readings) -> Fraction:
    units = Fraction(square_metres or 0, SQUARE_METRES)
    if units.denominator == 1 or readings("AMB-75") == "b":
        return units
    return Fraction(floor(units))


def target_on(
    view: View, area: str, day: date
) -> tuple[Fraction, Recorded[PlanDispensationDecided] | None]:
    """Return the share that may at most be left, and the dispensation that it rests on, if any."""
    given = (item for item in view.find(PlanDispensationDecided, area) if item.fact.share)
    last = newest(given, day, "decided_on")
    if last is None:
        return TARGET, None
    return Fraction(last.fact.share) / 100, last


@about_plans(
    "PLAN-COUNT",
    "almenboligloven § 168 a, stk. 1, 2.-4. pkt., og § 168 b, stk. 1, 2.-4. pkt.",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.OBLIGES,
    areas=("transformation", "former_transformation"),
    points=("AMB-75", "AMB-DEMO"),
    parameters={
        "at_most": "40",
        "before": TARGET_DAY,
        "square_metres": SQUARE_METRES,
        "demolished_after": DEMOLISHED_AFTER,
    },
)
def family_share(view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 1: at most 40 per cent of all dwellings are social family dwellings.

    Met on a day when the share is at most that, or at most what a dispensation names.
    """
    held = inventory(view, area, day)
    if held is None:
        details = (("area", area), ("day", day.isoformat()))
        missing = Missing("area_dwellings", "plan_parties", details)
        return Finding(Status.UNKNOWN, (), (), (missing,))
    found = counted(held, readings)
    if not party(view, area):
        # What happened since, or was dispensed from, need not stand in the log of another.
        details = (("area", area), ("day", day.isoformat()))
        missing = Missing("area_dwellings", "plan_parties", details)
        return Finding(Status.UNKNOWN, held.evidence, _values(found, TARGET), (missing,))
    target, dispensed = target_on(view, area, day)
    evidence = (*held.evidence, *(() if dispensed is None else (dispensed,)))
    values = _values(found, target)
    if Fraction(held.family) <= target * (found.total - found.perhaps_fewer):
        return Finding(Status.MET, evidence, values)
    lacking = []
    details = (("area", area), ("day", day.isoformat()))
    if held.commercial_m2 is None:
        lacking.append(Missing("commercial_area", "plan_parties", details))
    if Fraction(held.family) <= target * found.total:
        lacking.append(Missing("replacement_stated", "plan_parties", details))
    status = Status.UNKNOWN if lacking else Status.NOT_MET
    return Finding(status, evidence, values, tuple(lacking))


def party(view: View, area: str) -> bool:
    """Tell whether this log is of a party to the area's plan, who records what is done there."""
    return decides(view, DwellingsBuilt, municipality_of(view, area))


def _values(found: Counted, target: Fraction) -> tuple[tuple[str, str], ...]:
    family = found.held.family
    too_many, to_build = _still_needed(found, target)
    return (
        ("family", str(family)),
        ("standing", str(found.held.all_dwellings)),
        ("demolished", str(found.demolished)),
        ("units", plain(found.units)),
        ("total", plain(found.total)),
        ("share", per_cent(family, found.total, target)),
        ("share_by_agreement", per_cent(family, found.total_by_agreement, target)),
        ("target", plain(target * 100)),
        ("too_many", str(too_many)),
        ("to_build", str(to_build)),
        ("counted_on", found.held.counted.fact.counted_on.isoformat()),
    )


class Share(NamedTuple):
    """What PLAN-COUNT finds, as its values say it: shares and the target in per cent.

    `by_agreement`: as the agreement of 2018 would count, which was not enacted so. What is left to
    the target: family dwellings `too_many`, or others `to_build` in their place.
    """

    status: Status
    family: int
    total: str
    share: str
    by_agreement: str
    target: str
    too_many: int
    to_build: int
    counted_on: date


def share_of(found: Finding) -> Share | None:
    """Return the share that PLAN-COUNT finds; None: the dwellings are not known."""
    values = dict(found.values)
    if "share" not in values:
        return None
    return Share(
        status=found.status,
        family=int(values["family"]),
        total=values["total"],
        share=values["share"],
        by_agreement=values["share_by_agreement"],
        target=values["target"],
        too_many=int(values["too_many"]),
        to_build=int(values["to_build"]),
        counted_on=date.fromisoformat(values["counted_on"]),
    )


def _still_needed(found: Counted, target: Fraction) -> tuple[int, int]:
    """Return how many family dwellings are too many, and how many others built would do as well.

    Selling, redesignating and pulling down each take one family dwelling out of the share and leave
    the total; what is built adds to the total.
    """
    family = found.held.family
    too_many = max(0, family - floor(target * found.total))
    to_build = max(0, ceil(family / target - found.total))
    return too_many, to_build


def days_of_change(view: View, area: str) -> tuple[date, ...]:
    """Return the days on which something of the share changes, for its course over the years."""
    days = {day_of(item.fact) for kind in EVENTS for item in view.find(kind, area)}
    for kind, name in COUNTED.items():
        days.update(getattr(item.fact, name) for item in view.find(kind, area))
    return tuple(sorted(days))


RULES = declared(globals())
