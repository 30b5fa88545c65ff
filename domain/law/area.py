"""Area status: almenboligloven §§ 61 a, 61 b, 168 a stk. 6 and 168 b stk. 10.

The official status comes from the published list of its kind and holds until the next one is
due. Beside it stand what figures give, criterion by criterion, and what a run of lists gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import (
    AreaFigures,
    AreaListed,
    Figures,
    Listing,
    ListKind,
    PlanApproved,
    PlanCarriedOut,
)
from domain.law.kernel import Confidence, Effect, Finding, Missing, Readings, Rule, Status
from domain.reference import View

FIRST_LIST = {
    ListKind.VULNERABLE: date(2018, 12, 1),
    ListKind.PARALLEL_SOCIETY: date(2011, 1, 1),
    ListKind.TRANSFORMATION: date(2018, 12, 1),
    ListKind.PREVENTION: date(2021, 12, 1),
}
"""The day of the first list of each kind; before it no area is of that kind."""

FIGURES_HOLD_MONTHS = 24
"""How long figures say anything of an area where AMB-LIST is read to ask for them."""

_INSIDE: dict[ListKind, tuple[ListKind, ...]] = {
    ListKind.VULNERABLE: (ListKind.PARALLEL_SOCIETY, ListKind.TRANSFORMATION),
    ListKind.PARALLEL_SOCIETY: (ListKind.TRANSFORMATION,),
    ListKind.TRANSFORMATION: (),
    ListKind.PREVENTION: (),
}
"""A transformation area is a parallel society (stk. 4), which is a vulnerable area (stk. 2)."""


def listing(row: AreaListed, kind: ListKind) -> Listing:
    """Return what a row of the lists says of one kind."""
    match kind:
        case ListKind.VULNERABLE:
            return row.vulnerable
        case ListKind.PARALLEL_SOCIETY:
            return row.parallel_society
        case ListKind.TRANSFORMATION:
            return row.transformation
        case ListKind.PREVENTION:
            return row.prevention


# --- The published lists --------------------------------------------------------------------


def on_list(view: View, area: str, kind: ListKind, list_day: date) -> Finding:
    """Say whether the area is on the list of a kind published on `list_day`.

    Its absence counts only where that list is complete here for the area's municipality.
    """
    values = (("kind", str(kind)), ("list_day", list_day.isoformat()))
    if list_day < FIRST_LIST[kind]:
        return Finding(Status.NOT_MET, (), (*values, ("list", "none_yet")))
    row = view.listed(area, list_day)
    said = Listing.UNKNOWN
    if row is not None:
        for each in (kind, *_INSIDE[kind]):
            if listing(row.fact, each) is Listing.ON:
                return Finding(Status.MET, (row,), values)
        said = listing(row.fact, kind)
        if said is Listing.OFF:
            return Finding(Status.NOT_MET, (row,), values)
    registered = view.area(area)
    published = view.published(kind, list_day)
    if published is not None and registered is not None and row is None:
        fact = published.fact
        if fact.complete_nationwide or registered.fact.municipality in fact.complete_for:
            return Finding(Status.NOT_MET, (published,), (*values, ("list", "complete")))
    evidence: tuple[Recorded[Any], ...] = () if row is None else (row,)
    missing = Missing("area_list", "ministry", (*values, ("area", area)))
    return Finding(Status.UNKNOWN, evidence, values, (missing,))


def official(view: View, area: str, kind: ListKind, day: date) -> Finding:
    """Say whether the area is of a kind on `day`, by the list due then (§ 61 a, stk. 5)."""
    return on_list(view, area, kind, calendar.list_day_due(day))


def left_list(view: View, area: str, kind: ListKind, day: date) -> Finding:
    """Say whether the area left the list of a kind with the list due on `day`."""
    due = calendar.list_day_due(day)
    before = on_list(view, area, kind, date(due.year - 1, 12, 1))
    now = on_list(view, area, kind, due)
    evidence = (*before.evidence, *now.evidence)
    if Status.UNKNOWN in (before.status, now.status):
        return Finding(Status.UNKNOWN, evidence, now.values, (*before.missing, *now.missing))
    left = before.status is Status.MET and now.status is Status.NOT_MET
    return Finding(Status.MET if left else Status.NOT_MET, evidence, now.values)


def run_of_lists(view: View, area: str, list_day: date, length: int, readings: Readings) -> Finding:
    """Say whether the area was on the parallel-society list `length` times in a row.

    The last of them is the list of `list_day`; lists on older criteria count (AMB-YEARS).
    """
    by_years = readings("AMB-YEARS") == "b"
    evidence: list[Recorded[Any]] = []
    missing: list[Missing] = []
    for year in range(list_day.year, list_day.year - length, -1):
        day = date(year, 12, 1)
        if by_years:
            found = _parallel_by_figures(view, area, day, readings)
        else:
            found = on_list(view, area, ListKind.PARALLEL_SOCIETY, day)
        if found.status is Status.NOT_MET:
            return Finding(
                Status.NOT_MET, found.evidence, (("gap", day.isoformat()), ("years", str(length)))
            )
        evidence.extend(found.evidence)
        missing.extend(found.missing)
    values = (("years", str(length)), ("last_list", list_day.isoformat()))
    status = Status.UNKNOWN if missing else Status.MET
    return Finding(status, tuple(evidence), values, tuple(missing))


def hard_ghetto_area(view: View, area: str, list_day: date, readings: Readings) -> Finding:
    """§ 61 a, stk. 4-5 (2018): five years in a row on the lists of 2018, 2019 and 2020, else four.

    Areas called *hårdt ghettoområde* until 29 November 2021.
    """
    length = 5 if list_day.year in HARD_FIVE_YEARS else 4
    return run_of_lists(view, area, list_day, length, readings)


def transformation_area(view: View, area: str, list_day: date, readings: Readings) -> Finding:
    """§ 61 a, stk. 4 (from 30 November 2021): a parallel society in each of the last 5 years."""
    return run_of_lists(view, area, list_day, 5, readings)


def computed_transformation_areas(view: View, list_day: date, readings: Readings) -> list[str]:
    """Return the areas that runs of parallel-society lists make transformation areas."""
    judge = transformation_area if list_day >= date(2021, 11, 30) else hard_ghetto_area
    return [
        area
        for area in view.keys(AreaListed)
        if view.listed(area, list_day) is not None
        and judge(view, area, list_day, readings).status is Status.MET
    ]


# --- The figures ----------------------------------------------------------------------------


class Limits(msgspec.Struct, frozen=True, gc=False):
    """Limits of the criteria of one kind of area, in per cent; the conviction limit in times.

    Unattached, schooling and origin share must *exceed* theirs, convictions be *at least* that
    many times the country's share, income be *less than* its limit.
    """

    unattached_share: int
    convicted_times: int
    basic_schooling_share: int
    income_ratio: int
    nonwestern_share: int | None


VULNERABLE_LIMITS = Limits(40, 3, 60, 55, None)
PARALLEL_LIMITS = Limits(40, 3, 60, 55, 50)
PREVENTION_LIMITS = Limits(30, 2, 60, 65, 30)
RESIDENTS_NEEDED = 1000
HARD_FIVE_YEARS = (2018, 2019, 2020)


class Criterion(msgspec.Struct, frozen=True, gc=False):
    """One criterion: the figure, the limit, how strict the limit is, and whether it is met.

    `met` None: the figure is not known, or known only rounded and equal to the limit.
    """

    name: str
    value: str | None
    limit: str
    comparison: str
    met: bool | None


def criteria(figures: Figures, limits: Limits, readings: Readings) -> list[Criterion]:
    """Compare the four criteria of § 61 a, stk. 1 (or § 61 b) with their limits."""
    return [
        _over(
            "unattached_share", figures.unattached_share, limits.unattached_share, figures, readings
        ),
        _times(figures, limits.convicted_times),
        _over(
            "basic_schooling_share",
            figures.basic_schooling_share,
            limits.basic_schooling_share,
            figures,
            readings,
        ),
        _under("income_ratio", figures.income_ratio, limits.income_ratio, figures, readings),
    ]


def _decided(
    value: Decimal, limit: Decimal, figures: Figures, readings: Readings
) -> Decimal | None:
    """Return the value to compare, None where its rounding leaves the limit undecided."""
    tenth = value.quantize(Decimal("0.1"))
    if figures.rounded:
        if value == limit and readings("AMB-ROUND") == "a":
            return None
        return value
    if (tenth > limit) != (value > limit) or (tenth < limit) != (value < limit):
        return value if readings("AMB-ROUND") == "a" else tenth
    return value


def _over(
    name: str, value: str | None, limit: int, figures: Figures, readings: Readings
) -> Criterion:
    met = None
    if value is not None:
        compared = _decided(Decimal(value), Decimal(limit), figures, readings)
        met = None if compared is None else compared > limit
    return Criterion(name, value, str(limit), ">", met)


def _under(
    name: str, value: str | None, limit: int, figures: Figures, readings: Readings
) -> Criterion:
    met = None
    if value is not None:
        compared = _decided(Decimal(value), Decimal(limit), figures, readings)
        met = None if compared is None else compared < limit
    return Criterion(name, value, str(limit), "<", met)


def _times(figures: Figures, times: int) -> Criterion:
    share, country = figures.convicted_share, figures.convicted_share_country
    if share is None or country is None:
        return Criterion("convicted_share", share, f"{times} x", ">=", None)
    value, limit = Decimal(share), Decimal(country) * times
    met: bool | None = value >= limit
    if figures.rounded:
        # Both figures may be off by half of their last decimal.
        slack = _half_unit(share) + _half_unit(country) * times
        if abs(value - limit) < slack:
            met = None
    return Criterion("convicted_share", share, str(limit), ">=", met)


def _half_unit(text: str) -> Decimal:
    exponent = Decimal(text).as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def _at_least_two(found: list[Criterion]) -> Status:
    met = sum(1 for criterion in found if criterion.met)
    open_ = sum(1 for criterion in found if criterion.met is None)
    if met >= 2:
        return Status.MET
    return Status.UNKNOWN if met + open_ >= 2 else Status.NOT_MET


def _all(statuses: Iterable[Status]) -> Status:
    seen = set(statuses)
    if Status.NOT_MET in seen:
        return Status.NOT_MET
    return Status.UNKNOWN if Status.UNKNOWN in seen else Status.MET


def unit(item: Recorded[Any], readings: Readings) -> Finding:
    """§ 61 a, stk. 3: at least 1,000 residents in 2010; in practice also today (AMB-1000)."""
    figures = _figures(item)
    in_2010 = _enough(figures.residents_2010)
    today = _enough(figures.residents)
    both = _all((in_2010, today))
    status = in_2010
    if both is not in_2010:
        status = both if readings("AMB-1000") == "b" else in_2010
    values = tuple(
        (name, str(value))
        for name, value in (
            ("residents_2010", figures.residents_2010),
            ("residents", figures.residents),
        )
        if value is not None
    )
    return _by_figures(item, status, values)


def _enough(residents: int | None) -> Status:
    if residents is None:
        return Status.UNKNOWN
    return Status.MET if residents >= RESIDENTS_NEEDED else Status.NOT_MET


def vulnerable_area(item: Recorded[Any], readings: Readings) -> Finding:
    """§ 61 a, stk. 1: a housing area where at least two of four criteria are met."""
    return _test(item, VULNERABLE_LIMITS, readings)


def parallel_society(item: Recorded[Any], readings: Readings) -> Finding:
    """§ 61 a, stk. 2: as stk. 1, and an origin share over 50 per cent."""
    return _test(item, PARALLEL_LIMITS, readings)


def prevention_area(item: Recorded[Any], readings: Readings) -> Finding:
    """§ 61 b: an origin share over 30 per cent and at least two of four lower criteria."""
    return _test(item, PREVENTION_LIMITS, readings)


def _test(item: Recorded[Any], limits: Limits, readings: Readings) -> Finding:
    figures = _figures(item)
    found = criteria(figures, limits, readings)
    statuses = [unit(item, readings).status, _at_least_two(found)]
    if limits.nonwestern_share is not None:
        origin = _over(
            "nonwestern_share", figures.nonwestern_share, limits.nonwestern_share, figures, readings
        )
        found = [*found, origin]
        statuses.append(
            Status.UNKNOWN if origin.met is None else Status.MET if origin.met else Status.NOT_MET
        )
    values = tuple(
        (
            criterion.name,
            f"{criterion.value or '?'} {criterion.comparison} {criterion.limit}: "
            + {True: "met", False: "not_met", None: "not_decidable"}[criterion.met],
        )
        for criterion in found
    )
    return _by_figures(item, _all(statuses), values)


def _by_figures(
    item: Recorded[Any], status: Status, values: tuple[tuple[str, str], ...]
) -> Finding:
    missing: tuple[Missing, ...] = ()
    if status is Status.UNKNOWN:
        fact = item.fact
        missing = (Missing("area_figures", "ministry", (("area", fact.area),)),)
    return Finding(status, (item,), values, missing)


def _figures(item: Recorded[Any]) -> Figures:
    figures: Figures = item.fact.figures
    return figures


def figures_on(view: View, area: str, day: date) -> Recorded[Any] | None:
    """Return the newest figures of the area whose day is not after `day` nor two years before."""
    found: list[tuple[date, Recorded[Any]]] = [
        (item.fact.reference_day, item) for item in view.find(AreaFigures, area)
    ]
    found += [(item.fact.list_day, item) for item in view.find(AreaListed, area)]
    usable = [
        (known, item)
        for known, item in found
        if known <= day < calendar.months_after(known, FIGURES_HOLD_MONTHS)
        and item.fact.figures != Figures()
    ]
    return max(usable, key=lambda pair: (pair[0], pair[1].position))[1] if usable else None


def by_figures(view: View, area: str, kind: ListKind, day: date, readings: Readings) -> Finding:
    """Say what the figures alone would make of the area on `day`."""
    if kind is ListKind.TRANSFORMATION:
        judge = transformation_area if day >= date(2021, 11, 30) else hard_ghetto_area
        return judge(view, area, calendar.list_day_due(day), readings)
    item = figures_on(view, area, day)
    if item is None:
        return Finding(Status.NOT_EXAMINED)
    return _FIGURE_TESTS[kind](item, readings)


def _parallel_by_figures(view: View, area: str, day: date, readings: Readings) -> Finding:
    found = by_figures(view, area, ListKind.PARALLEL_SOCIETY, day, readings)
    if found.status is Status.NOT_EXAMINED:
        details = (("area", area), ("list_day", day.isoformat()))
        return Finding(Status.UNKNOWN, (), (), (Missing("area_figures", "ministry", details),))
    return found


_FIGURE_TESTS = {
    ListKind.VULNERABLE: vulnerable_area,
    ListKind.PARALLEL_SOCIETY: parallel_society,
    ListKind.PREVENTION: prevention_area,
}


# --- Former transformation areas under a plan -----------------------------------------------


def former_transformation_area(view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 168 a, stk. 6 and § 168 b, stk. 10: a planned area off the list keeps § 59, stk. 6.

    It ends when the plan is carried out, when the area has been off for four lists in a row, or
    on 1 January 2030, whichever comes first.
    """
    plans = [p for p in view.find(PlanApproved, area) if p.fact.approved_on <= day]
    if not plans:
        # A plan is the municipality's own decision; what it has not recorded it has not taken.
        return Finding(Status.NOT_MET, (), (("plan", "none"),))
    plan = max(plans, key=lambda item: (item.fact.approved_on, item.position))
    done = [
        item
        for item in view.find(PlanCarriedOut, area)
        if plan.fact.approved_on <= item.fact.carried_out_on <= day
    ]
    if done:
        return Finding(Status.NOT_MET, (plan, done[-1]), (("plan", "carried_out"),))
    due = calendar.list_day_due(day)
    now = on_list(view, area, ListKind.VULNERABLE, due)
    if now.status is not Status.NOT_MET:
        status = Status.NOT_MET if now.status is Status.MET else Status.UNKNOWN
        return Finding(status, (plan, *now.evidence), now.values, now.missing)
    kind = ListKind.VULNERABLE
    off = _lists_off(view, area, kind, due)
    by_transformation = _lists_off(view, area, ListKind.TRANSFORMATION, due)
    if by_transformation[0] != off[0] and readings("AMB-FORMER-YEARS-WHICH") == "b":
        off = by_transformation
    count, evidence, missing = off
    counted = count
    if count >= FORMER_YEARS:
        since_rule = sum(
            1 for year in range(due.year - count + 1, due.year + 1) if year >= FORMER_FIRST_YEAR
        )
        if since_rule < FORMER_YEARS and readings("AMB-FORMER-YEARS-EARLIER") == "b":
            counted = since_rule
    values = (("lists_off_in_a_row", str(counted)), ("plan", str(plan.fact.kind)))
    if counted >= FORMER_YEARS:
        return Finding(Status.NOT_MET, (plan, *evidence), values)
    if missing:
        return Finding(Status.UNKNOWN, (plan, *evidence), values, missing)
    return Finding(Status.MET, (plan, *evidence), values)


FORMER_YEARS = 4
FORMER_FIRST_YEAR = 2021
"""The first list after the rule's first day, 1 July 2021, is that of December 2021."""


def _lists_off(
    view: View, area: str, kind: ListKind, due: date
) -> tuple[int, tuple[Recorded[Any], ...], tuple[Missing, ...]]:
    """Count the lists in a row, up to the one due, that the area is not on."""
    evidence: list[Recorded[Any]] = []
    for count in range(FORMER_YEARS):
        found = on_list(view, area, kind, date(due.year - count, 12, 1))
        evidence.extend(found.evidence)
        if found.status is Status.MET:
            return count, tuple(evidence), ()
        if found.status is Status.UNKNOWN:
            return count, tuple(evidence), found.missing
    return FORMER_YEARS, tuple(evidence), ()


# --- The rules ------------------------------------------------------------------------------

_ACT_2018 = "Lov nr. 1322 af 27/11/2018"
_ACT_2021 = "Lov nr. 2157 af 27/11/2021"


def _classifies(
    id: str,
    citation: str,
    act: str,
    first_day: date,
    evaluate: Any,
    *,
    areas: tuple[str, ...],
    last_day: date | None = None,
    confidence: Confidence = Confidence.TEXT_SEEN,
    start_verified: bool = True,
    points: tuple[str, ...] = (),
    parameters: Any = None,
) -> Rule:
    return Rule(
        id=id,
        revision=1,
        question="area",
        citation=citation,
        act=act,
        first_day=first_day,
        last_day=last_day,
        effect=Effect.CLASSIFIES,
        confidence=confidence,
        evaluate=evaluate,
        start_verified=start_verified,
        areas=areas,
        points=points,
        parameters=parameters,
    )


_FIGURE_POINTS = ("AMB-1000", "AMB-ROUND", "AMB-CRIME18", "AMB-EDU")
_ALL_AREAS = tuple(str(kind) for kind in ListKind)

RULES = (
    _classifies(
        "AREA-UNIT-2018",
        "almenboligloven § 61 a, stk. 3",
        _ACT_2018,
        date(2018, 12, 1),
        unit,
        areas=_ALL_AREAS,
        points=("AMB-1000",),
        parameters={"residents": RESIDENTS_NEEDED},
    ),
    _classifies(
        "AREA-UDS-2018",
        "almenboligloven § 61 a, stk. 1",
        _ACT_2018,
        date(2018, 12, 1),
        vulnerable_area,
        areas=("vulnerable",),
        points=_FIGURE_POINTS,
        parameters=VULNERABLE_LIMITS,
    ),
    _classifies(
        "AREA-PAR-2018",
        "almenboligloven § 61 a, stk. 2",
        f"{_ACT_2018}; navn efter {_ACT_2021}",
        date(2018, 12, 1),
        parallel_society,
        areas=("parallel_society",),
        points=_FIGURE_POINTS,
        parameters=PARALLEL_LIMITS,
    ),
    _classifies(
        "AREA-HARD-2018-2021",
        "almenboligloven § 61 a, stk. 4-5 (2018)",
        _ACT_2018,
        date(2018, 12, 1),
        hard_ghetto_area,
        areas=("transformation",),
        last_day=date(2021, 11, 29),
        points=("AMB-YEARS",),
        parameters={"years": 4, "years_in": {str(y): 5 for y in HARD_FIVE_YEARS}},
    ),
    _classifies(
        "AREA-OMD-2021",
        "almenboligloven § 61 a, stk. 4",
        _ACT_2021,
        date(2021, 11, 30),
        transformation_area,
        areas=("transformation",),
        points=("AMB-YEARS",),
        parameters={"years": 5},
    ),
    _classifies(
        "AREA-FORE-2021",
        "almenboligloven § 61 b",
        _ACT_2021,
        date(2021, 11, 30),
        prevention_area,
        areas=("prevention",),
        points=(*_FIGURE_POINTS, "AMB-OVERLAP"),
        parameters=PREVENTION_LIMITS,
    ),
    _classifies(
        "AREA-PUBLISH",
        "almenboligloven § 61 a, stk. 5 (indtil 29/11/2021: stk. 6)",
        _ACT_2018,
        date(2018, 12, 1),
        official,
        areas=_ALL_AREAS,
        points=("AMB-LIST",),
        parameters={
            "list_day": "12-01",
            "first_list": {str(kind): day for kind, day in FIRST_LIST.items()},
            "figures_hold_months": FIGURES_HOLD_MONTHS,
        },
    ),
    _classifies(
        "AREA-LEAVE",
        "almenboligloven § 61 a; § 168 a, stk. 5-6",
        _ACT_2018,
        date(2018, 12, 1),
        left_list,
        areas=_ALL_AREAS,
        confidence=Confidence.SECONDARY_SOURCE,
        start_verified=False,
        points=("AMB-LIST",),
        parameters={"list_day": "12-01"},
    ),
    _classifies(
        "PLAN-FORMER-LETTING",
        "almenboligloven § 168 a, stk. 6, og § 168 b, stk. 10",
        "Lov nr. 1167 af 8/6/2021",
        date(2021, 7, 1),
        former_transformation_area,
        areas=("former_transformation",),
        last_day=date(2030, 1, 1),
        points=("AMB-FORMER-YEARS-WHICH", "AMB-FORMER-YEARS-EARLIER"),
        parameters={"lists_off": FORMER_YEARS, "first_list_year": FORMER_FIRST_YEAR},
    ),
)
