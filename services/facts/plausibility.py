"""What figures of housing areas can be, and whether they fit the list that they stand on.

One mechanism for every way in: the rows of a file and single facts are looked at by the same
functions. What they name is refused unless somebody confirms it; a plausible figure may still be
wrong, and an implausible one right. What stands is not repeated: it may tell of few persons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import (
    AreaFigures,
    AreaListed,
    Builder,
    DwellingKind,
    DwellingsBuilt,
    Fact,
    Figures,
    Listing,
    ListKind,
    PlanApproved,
    PlanCarriedOut,
    PlanDecided,
    PlanDispensationApplied,
    PlanDispensationDecided,
    PlanRefused,
    PlanSent,
    WindingUpOrdered,
)
from domain.facts.declared import slots
from domain.law.area import figures as law
from domain.law.area.categories import Category
from domain.law.area.lists import (
    FIGURES_HOLD_MONTHS,
    first_that_may_name,
    list_day_due,
    listing,
)
from domain.law.area.measured import alone, half_unit
from domain.law.area.status import figure_rule
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Readings, Status, explore
from domain.reference import View
from domain.shown import small
from services.facts.few import least_shown

PLAUSIBLE = {
    slot.name: slot.said.plausible for slot in slots(Figures) if slot.said.plausible is not None
}
"""The least and the most that a figure of an area can well be."""

SLIP = 5
"""How many times a figure may be that of the same area within two years: a decimal sign that has
moved makes it ten times as much."""

MORE = 1.5
"""How many times the residents of the day the persons of an earlier year can well have been:
areas are torn down, but not by a third within two years."""

FEWEST_ON_A_LIST = 500
"""§ 61 a, stk. 3 asks for 1,000 residents in 2010; the lists have named areas of somewhat fewer
since, and none of half as many."""


class Doubt(NamedTuple):
    """A figure, or a list ("vulnerable"), of which something is implausible, and what."""

    about: str
    what: str


def share_doubts(fact: Fact) -> list[Doubt]:
    """Doubt each share of a fact that is less than one per cent and more than none."""
    shares = [
        (slot.wire, getattr(fact, slot.name))
        for slot in slots(type(fact))
        if slot.said.share and slot.said.unit == "per cent"
    ]
    return [
        Doubt(name, f"is less than one per cent; {_IN_PER_CENT}")
        for name, text in shares
        if _SMALL.fullmatch(text) and Decimal(text) > 0
    ]


_SMALL = re.compile(r"0+\.[0-9]+")
_IN_PER_CENT = (
    "shares are in per cent: 39.4, not 0.394 (a cell that a spreadsheet shows as 39,4 % holds "
    "0.394; give it the format of a plain number, and write 39,4)"
)


PLAN_DAYS: dict[type[Fact], str] = {
    PlanApproved: "approved_on",
    PlanDecided: "decided_on",
    PlanSent: "sent_on",
    PlanDispensationApplied: "applied_on",
    PlanDispensationDecided: "decided_on",
    WindingUpOrdered: "ordered_on",
}
"""The facts that only an area which has been a transformation area has, by their day."""


def plan_doubts(view: View, fact: Fact) -> list[Doubt]:
    """Doubt a plan of an area that no list up to its day names, or may name, as one that needs it.

    It is no mistake that is certain: the lists that stand here may be wrong.
    """
    name = PLAN_DAYS.get(type(fact))
    area, day = getattr(fact, "area", None), getattr(fact, name, None) if name else None
    if not area or day is None:
        return []
    kind = ListKind.TRANSFORMATION
    if first_that_may_name(view, area, kind, list_day_due(kind, day)) is not None:
        return []
    what = "was on no list of transformation areas by then, and needs no development plan"
    return [Doubt("area", what)]


COURSE: tuple[type[Any], ...] = (PlanSent, PlanApproved, PlanRefused, PlanCarriedOut)
"""The facts of a plan's course that are held against each other."""


def course_doubts(fact: Fact, beside: Iterable[Fact]) -> list[Doubt]:
    """Doubt what a plan's course hardly can be; `beside`: the other facts of it, of `COURSE`.

    A plan is sent before it is approved or refused, and approved once: what changes it is recorded
    as a change, and a municipal plan is for an area that has no joint one (§ 168 b, stk. 1).
    """
    if isinstance(fact, PlanCarriedOut):
        return []  # `checks.py` holds it against the approvals
    others = list(beside)
    sent = [each.sent_on for each in others if isinstance(each, PlanSent) and _same(each, fact)]
    match fact:
        case PlanApproved():
            return [*_before_sent("approved_on", fact.approved_on, sent), *_again(fact, others)]
        case PlanRefused():
            if not sent:
                return [Doubt("refused_on", "no plan of this kind is recorded as sent")]
            return _before_sent("refused_on", fact.refused_on, sent)
        case PlanSent():
            approved = [
                each.approved_on
                for each in others
                if isinstance(each, PlanApproved) and _same(each, fact)
            ]
            first = min([fact.sent_on, *sent])
            late = [day for day in approved if day < first]
            what = "lies after the plan was approved, on {}"
            return [Doubt("sent_on", what.format(min(late)))] if late else []
        case _:
            return []


def _same(one: Any, other: Any) -> bool:
    return bool(one.kind is other.kind)


def _before_sent(name: str, day: date, sent: Sequence[date]) -> list[Doubt]:
    if not sent or min(sent) <= day:
        return []
    return [Doubt(name, f"lies before the plan was sent, on {min(sent)}")]


def _again(fact: PlanApproved, others: Iterable[Fact]) -> Iterable[Doubt]:
    """Find a plan that was approved before this one, or after it, and not carried out between."""
    others = list(others)
    done = [each.carried_out_on for each in others if isinstance(each, PlanCarriedOut)]
    for each in others:
        if isinstance(each, PlanApproved):
            first, last = sorted((each.approved_on, fact.approved_on))
            # Two of one day contradict each other, which is no matter of confirming.
            if first < last and not any(first <= day <= last for day in done):
                what = f"a plan ({each.kind}) was approved on {each.approved_on}, and none was"
                more = "carried out between them; a change of it is recorded as one"
                yield Doubt("approved_on", f"{what} {more}")
                return


def built_doubts(fact: Fact) -> list[Doubt]:
    """Doubt social dwellings that a private builder built."""
    if not isinstance(fact, DwellingsBuilt) or fact.built_by is not Builder.PRIVATE:
        return []
    if fact.kind in (None, DwellingKind.PRIVATE):
        return []
    return [Doubt("built_by", f"is private, and the dwellings are social ({fact.kind})")]


def figures_beside(
    view: View,
    area: str,
    corrects: UUID | None = None,
    but: date | None = None,
    least: int | None = None,
) -> list[tuple[date, Figures]]:
    """Return the figures that stand of an area, with their days, but for the fact corrected.

    `but`: without the fact of that day, if one is recorded apart from the lists. What tells of few
    persons (fewer than `least`; None: than the instance shows) is left out: a figure that is
    doubted beside it would tell what it is.
    """
    few = small(view, area, least_shown() if least is None else least)
    listed = [
        (item.fact.list_day, few.figures(item.fact.figures, item.fact.list_day.year)[0])
        for item in view.find(AreaListed, area)
        if item.event_id != corrects
    ]
    apart = [
        (item.fact.reference_day, few.figures(item.fact.figures, item.fact.reference_day.year)[0])
        for item in view.find(AreaFigures, area)
        if item.event_id != corrects and item.fact.reference_day != but
    ]
    return [*listed, *apart]


def figure_doubts(
    figures: Figures,
    day: date,
    listed: AreaListed | None,
    beside: Iterable[tuple[date, Figures]],
) -> list[Doubt]:
    """Return what is implausible about an area's figures of a day.

    `listed`: what the lists of that very day say of the area; `beside`: its other figures.
    """
    found = [*_out_of_range(figures), *_of_more_than_live_there(figures)]
    doubted = {each.about for each in found}
    beside = list(beside)
    against = [*_said_otherwise(figures, day, beside), *_slipped(figures, day, beside)]
    found += [each for each in against if each.about not in doubted]
    found += _country(figures)
    if listed is not None and not doubted:
        found += _against_lists(figures, listed)
    return found


def _stated(figures: Figures) -> Iterable[tuple[str, Decimal]]:
    for name in PLAUSIBLE:
        value = getattr(figures, name)
        if value is not None:
            yield name, Decimal(value)


def _out_of_range(figures: Figures) -> Iterable[Doubt]:
    for name, value in _stated(figures):
        least, most = map(Decimal, PLAUSIBLE[name])
        if least <= value <= most:
            continue
        what = f"is implausible: areas have {least} to {most}"
        if value < 1 and least <= value * 100 <= most:
            what += f"; {_IN_PER_CENT}"
        yield Doubt(name, what)


def _of_more_than_live_there(figures: Figures) -> Iterable[Doubt]:
    """Find what was counted of many more persons than live in the area."""
    if figures.residents is None:
        return
    for at, each in enumerate(figures.measured):
        if each.denominator is not None and each.denominator > MORE * figures.residents:
            what = "is far more than the residents of the area"
            yield Doubt(f"measured[{at}].denominator", what)


def _said_otherwise(
    figures: Figures, day: date, beside: Iterable[tuple[date, Figures]]
) -> Iterable[Doubt]:
    """Find figures that stand with another value for the very day, more than rounding explains."""
    same = [other for other_day, other in beside if other_day == day]
    for name, value in _stated(figures):
        for other in same:
            known = getattr(other, name)
            if known is None:
                continue
            text = str(getattr(figures, name))
            if abs(value - Decimal(known)) > max(half_unit(text), half_unit(str(known))):
                yield Doubt(name, "contradicts what stands for the same day")
                break


def _slipped(
    figures: Figures, day: date, beside: Iterable[tuple[date, Figures]]
) -> Iterable[Doubt]:
    near = [
        (other_day, other)
        for other_day, other in beside
        if other_day != day
        and calendar.months_before(day, FIGURES_HOLD_MONTHS) <= other_day
        and other_day <= calendar.months_after(day, FIGURES_HOLD_MONTHS)
    ]
    near.sort(key=lambda pair: abs((pair[0] - day).days))
    for name, value in _stated(figures):
        for other_day, other in near:
            known = getattr(other, name)
            if known is None:
                continue
            low, high = sorted((value, Decimal(known)))
            if high >= SLIP * low:
                what = f"is implausible beside that of {other_day}: has the decimal sign moved?"
                yield Doubt(name, what)
            break


def _country(figures: Figures) -> Iterable[Doubt]:
    country, limit = figures.convicted_share_country, figures.convicted_limit
    if country is None or limit is None:
        return
    if abs(Decimal(limit) - 3 * Decimal(country)) > half_unit(limit) + 3 * half_unit(country):
        yield Doubt("convicted_limit", "is not three times convicted_share_country")


_TESTS: dict[str, Callable[..., Finding]] = {
    "AREA-UDS-2018": law.vulnerable_area,
    "AREA-PAR-2018": law.parallel_society,
    "AREA-FORE-2021": law.prevention_area,
    "AREA-GHETTO-2010": law.ghetto_area_2010,
    "AREA-GHETTO-2014": law.ghetto_area_2014,
}

_WIDER = {
    ListKind.VULNERABLE: (ListKind.PARALLEL_SOCIETY, ListKind.TRANSFORMATION),
    ListKind.PARALLEL_SOCIETY: (ListKind.TRANSFORMATION,),
}
"""A transformation area is a parallel society, and that a vulnerable area (§ 61 a)."""


def _against_lists(figures: Figures, row: AreaListed) -> Iterable[Doubt]:
    """Compare figures with the lists they stand on, by the test of the day.

    Only where every reading of the law, and every figure that is not known, leaves no way out.
    """
    said = {kind: listing(row, kind) for kind in ListKind}
    for kind in ListKind:
        on = Listing.ON in (said[kind], *(said[each] for each in _WIDER.get(kind, ())))
        if not on and said[kind] is not Listing.OFF:
            continue
        if on and figures.residents is not None and figures.residents < FEWEST_ON_A_LIST:
            yield Doubt(kind.value, f"is on, but the area has {figures.residents} residents")
            continue
        if not on and kind is ListKind.PREVENTION and said[ListKind.VULNERABLE] is not Listing.OFF:
            continue  # the list of prevention areas names none that is vulnerable (AMB-OVERLAP)
        if kind is ListKind.TRANSFORMATION:
            continue  # a run of lists, not a test of figures, makes such an area
        statuses, values = tested(figures, row, kind, on)
        if statuses == {Status.NOT_MET if on else Status.MET}:
            criteria = "; ".join(f"{name} {value}" for name, value in values)
            yield Doubt(
                kind.value,
                f"is {'on' if on else 'off'}, but the figures beside it say otherwise ({criteria})",
            )


@lru_cache(maxsize=4_096)
def tested(
    figures: Figures, row: AreaListed, kind: ListKind, on: bool
) -> tuple[frozenset[Status], tuple[tuple[str, str], ...]]:
    """Return what the test of the day can come to, and its criteria.

    Kept, since the lists of an import are looked at when it is proposed and again when it is made.
    """
    if not on and figures.residents_2010 is None:
        # In practice the residents of today count; without any the test is left open.
        figures = msgspec.structs.replace(figures, residents_2010=figures.residents)
    item = alone(Recorded[Any](0, UUID(int=0), b"", msgspec.structs.replace(row, figures=figures)))

    def test(readings: Readings) -> Finding:
        if kind is ListKind.COMBINED_LETTING:
            return law.combined_letting_area(item, None, readings)
        return _TESTS[figure_rule(Category(kind.value), row.list_day)](item, readings)

    # The list is the ministry's own: its figures on schooling are what it measures.
    leaves = [
        finding
        for read, finding in explore(CURRENT.points, test).leaves
        if dict(read).get("AMB-EDU", "a") == "a"
    ]
    return frozenset(finding.status for finding in leaves), leaves[0].values
