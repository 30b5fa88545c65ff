"""What money of Landsbyggefonden there is for an area: almenboligloven §§ 91 to 92 and 96.

The fund decides on each application. The rules say which frames there are for an area on a day, of
which years, and what the act makes support depend on. Amounts are those that the act prints, before
the yearly regulation by the net price index, in øre.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from domain import calendar
from domain.events import Recorded
from domain.facts import MasterPlanApproved, ProblemsFound, WindingUpPlanSent
from domain.law import acts
from domain.law.area import former
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.reached import reached
from domain.law.edition import Edition
from domain.law.kernel import (
    Condition,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    as_stated,
    declared,
    rule,
)
from domain.law.standing import newest, standing
from domain.law.undecided import decides, none_recorded
from domain.reference import View

LEFT_OVER = 2027
"""What is not used of the frames of 2026 may be carried over to this year, and no further."""

_MILLION_KR = 100_000_000  # øre
_PLACES = ("vulnerable", "parallel_society", "transformation", "former_transformation")


class Frame(NamedTuple):
    """A sum of money for each of some years, or for all of them together; in øre."""

    first_year: int
    last_year: int
    oere: int
    a_year: bool = True


def _frame(first_year: int, last_year: int, tenths: int, a_year: bool = True) -> Frame:
    """Return a frame of so many tenths of a million kroner."""
    return Frame(first_year, last_year, tenths * _MILLION_KR // 10, a_year)


RENOVATION = (
    _frame(2019, 2019, 1000),
    _frame(2020, 2020, 2000),
    _frame(2021, 2021, 8300),
    _frame(2022, 2024, 9927),
    _frame(2025, 2026, 8300),
)
FOR_DISPOSAL = (_frame(2021, 2026, 500),)
SOCIAL = (_frame(2015, 2018, 4650), _frame(2019, 2026, 3800))
RENT = (_frame(2015, 2018, 2325), _frame(2019, 2026, 2400))
INFRASTRUCTURE = (_frame(2019, 2020, 1950), _frame(2021, 2024, 1900), _frame(2025, 2026, 1850))
DEMOLITION_ANYWHERE = (
    _frame(2015, 2018, 6000, False),
    _frame(2019, 2020, 1400),
    _frame(2021, 2026, 2664, False),
)
DEMOLITION = (_frame(2019, 2026, 600),)
VACANCY_LOSS = (_frame(2019, 2026, 100),)


_fund = partial(
    rule,
    question="fund",
    act=acts.LOV_1322_2018,
    first_day=date(2019, 1, 1),
    effect=Effect.ALLOWS,
)


@_fund(
    "FUND-91-1",
    "almenboligloven § 91, stk. 1, 2 og 5",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    last_day=date(2026, 12, 31),
)
def works(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 91, stk. 1 and 2: loans for works in social departments, wherever they lie.

    The common frames, and the sums that they may come to in a year (stk. 3), are not counted here.
    No year after 2026 has one.
    """
    conditions = reduction(edition, view, area, None, day, readings)
    return _money(Finding(Status.MET), (), day, conditions, _COMMON)


@_fund(
    "FUND-91-4",
    "almenboligloven § 91, stk. 4",
    last_day=date(LEFT_OVER, 12, 31),
    areas=_PLACES,
    points=("AMB-91-2027",),
    parameters={"frames": RENOVATION, "for_disposal": FOR_DISPOSAL},
)
def renovation(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 91, stk. 4: loans for renovation in vulnerable areas; some of it to dispose of dwellings.

    Until the end of 2020 it was § 91, stk. 1, 5. pkt.: more of the common frame for such areas.
    """
    place = _vulnerable(edition, view, area, day, readings)
    conditions = reduction(edition, view, area, None, day, readings)
    found = _money(place, RENOVATION, day, conditions, _part("of_it_oere", FOR_DISPOSAL, day))
    if day.year == LEFT_OVER and found.status is Status.MET and readings("AMB-91-2027") == "b":
        return Finding(Status.NOT_MET, found.evidence, (("frame", "over"),))
    return found


@_fund(
    "FUND-91A",
    "almenboligloven § 91 a, stk. 1-4",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
    first_day=date(2015, 1, 1),
    last_day=date(LEFT_OVER, 12, 31),
    parameters={"frames": SOCIAL, "rent": RENT},
)
def social_effort(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    """§ 91 a: grants for social efforts, and of the same frame for lower rents, where substantial
    problems are found; on no list does it depend. What is not used of 2018 went over to 2019.
    """
    conditions = [
        _problems(view, area, day),
        _master_plan(view, area, day),
        *reduction(edition, view, area, None, day, readings),
    ]
    anywhere = Finding(Status.MET)
    return _money(anywhere, SOCIAL, day, conditions, _part("of_it_oere", RENT, day))


@_fund(
    "FUND-91B",
    "almenboligloven § 91 b",
    last_day=date(LEFT_OVER, 12, 31),
    areas=_PLACES,
    parameters={"frames": INFRASTRUCTURE},
)
def infrastructure(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    """§ 91 b: grants for changes of infrastructure in a vulnerable area, which the minister
    approves, as part of a master plan with an analysis of how area and city hang together.
    """
    place = _vulnerable(edition, view, area, day, readings)
    conditions = [
        _master_plan(view, area, day),
        *_analysed(view, area, day),
        *reduction(edition, view, area, None, day, readings),
    ]
    return _money(place, INFRASTRUCTURE, day, conditions)


@_fund(
    "FUND-92-1",
    "almenboligloven § 92, stk. 1",
    act=acts.ALMENBOLIGLOVEN,
    first_day=acts.LOV_1322_2018.in_force,
)
def rescue(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 92, stk. 1: loans or grants where a department's economy may not carry it on.

    Whether it is in such trouble the fund finds. It has no frame of its own.
    """
    conditions = reduction(edition, view, area, None, day, readings)
    return _money(Finding(Status.MET), (), day, conditions, _NO_FRAME)


@_fund(
    "FUND-92-2",
    "almenboligloven § 92, stk. 2, 2. pkt.",
    last_day=date(LEFT_OVER, 12, 31),
    areas=_PLACES,
    parameters={"frames": DEMOLITION},
)
def demolition(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 92, stk. 2, 2. pkt.: support for demolishing dwellings in a vulnerable area."""
    place = _vulnerable(edition, view, area, day, readings)
    return _money(place, DEMOLITION, day, reduction(edition, view, area, None, day, readings))


@_fund(
    "FUND-92-2-ANYWHERE",
    "almenboligloven § 92, stk. 2, 1. pkt.",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
    first_day=date(2015, 1, 1),
    last_day=date(2026, 12, 31),
    parameters={"frames": DEMOLITION_ANYWHERE},
)
def demolition_anywhere(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    """§ 92, stk. 2, 1. pkt.: support for demolishing dwellings, wherever they lie."""
    conditions = reduction(edition, view, area, None, day, readings)
    return _money(Finding(Status.MET), DEMOLITION_ANYWHERE, day, conditions)


@_fund(
    "FUND-92-3",
    "almenboligloven § 92, stk. 3",
    first_day=acts.LOV_1322_2018.in_force,
    areas=("transformation",),
)
def winding_up(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 92, stk. 3: support for departments that a winding-up plan (§ 168 c, stk. 2) covers.

    It has no frame of its own.
    """
    place = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    return _money(place, (), day, [_winding_up_plan(view, area, day)], _NO_FRAME)


@_fund(
    "FUND-96-2",
    "almenboligloven § 96, stk. 2",
    act=acts.ALMENBOLIGLOVEN,
    first_day=acts.LOV_1322_2018.in_force,
)
def sale_asked_for(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    """§ 96, stk. 2: the fund may make its support depend on an application to sell dwellings."""
    return Finding(Status.MET, (), _NO_FRAME)


# --- Where there is money, and how much -----------------------------------------------------


_NO_FRAME = (("frame", "none"),)
_COMMON = (("frame", "common"),)


def _vulnerable(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    return reached(edition, view, area, (Category.VULNERABLE,), day, readings)


def _money(
    place: Finding,
    frames: Sequence[Frame],
    day: date,
    conditions: Sequence[Condition],
    of_it: tuple[tuple[str, str], ...] = (),
) -> Finding:
    """Return what a rule that has frames finds: whether it reaches the area, and the frame.

    What support depends on stands beside it and does not change that.
    """
    return Finding(
        place.status,
        place.evidence,
        (*_said(frames, day), *of_it),
        place.missing,
        conditions=tuple(conditions),
    )


def _said(frames: Sequence[Frame], day: date) -> tuple[tuple[str, str], ...]:
    if not frames:
        return ()
    frame = _of_year(frames, day.year)
    if frame is None:
        return (("left_of", str(LEFT_OVER - 1)),)
    if frame.a_year:
        return (("frame_oere", str(frame.oere)), ("year", str(day.year)))
    years = f"{frame.first_year}-{frame.last_year}"
    return (("frame_oere", str(frame.oere)), ("years", years))


def _part(name: str, frames: Sequence[Frame], day: date) -> tuple[tuple[str, str], ...]:
    frame = _of_year(frames, day.year)
    return () if frame is None else ((name, str(frame.oere)),)


def _of_year(frames: Sequence[Frame], year: int) -> Frame | None:
    return next((each for each in frames if each.first_year <= year <= each.last_year), None)


def vacancy_frame(day: date) -> tuple[Condition, tuple[tuple[str, str], ...]]:
    """Say whether there is money for a share of vacancy losses (§ 91 a, stk. 2), and how much."""
    return _open(VACANCY_LOSS, day), _said(VACANCY_LOSS, day)


def _open(frames: Sequence[Frame], day: date) -> Condition:
    """Say whether there is money of these frames on `day`; what is left of 2026 nobody tells."""
    name = "frame_open"
    frame = _of_year(frames, day.year)
    if frame is not None:
        return Condition(name, Status.MET)
    if day.year == LEFT_OVER:
        return Condition(name, Status.UNKNOWN, (), (), (CARRIED_OVER,))
    return Condition(name, Status.NOT_MET)


CARRIED_OVER = Missing("carried_over", "landsbyggefonden")


# --- What support depends on ----------------------------------------------------------------


def _problems(view: View, area: str, day: date) -> Condition:
    """Say whether substantial problems were found in a department of the area (§ 91 a, stk. 1).

    One department's are enough. That none were found in those that were looked at says nothing of
    the others.
    """
    name = "substantial_problems_found"
    told = view.find(ProblemsFound, f"area:{area}")
    departments = dict.fromkeys((each.fact.organisation, each.fact.department) for each in told)
    for organisation, department in departments:
        key = f"department:{organisation}/{department}"
        last = standing(view.find(ProblemsFound, key), day, "first_day")
        if last is not None and last.fact.found and last.fact.area == area:
            return Condition(name, Status.MET, (last,))
    missing = Missing("substantial_problems_known", "landlord", (("area", area),))
    return Condition(name, Status.UNKNOWN, (), (), (missing,))


def _winding_up_plan(view: View, area: str, day: date) -> Condition:
    """Say whether a winding-up plan for the area was sent; the parties record that they did."""
    name = "winding_up_plan"
    last = newest(view.find(WindingUpPlanSent, area), day, "sent_on")
    if last is not None:
        return Condition(name, Status.MET, (last,))
    registered = view.area(area)
    if registered is None or decides(view, WindingUpPlanSent, registered.fact.municipality):
        return Condition(name, Status.NOT_MET)
    missing = Missing("winding_up_plan_known", "municipality", (("area", area),))
    return Condition(name, Status.UNKNOWN, (), (), (missing,))


def master_plan(view: View, area: str, day: date) -> Recorded[MasterPlanApproved] | None:
    """Return the master plan (*helhedsplan*) of an area that holds on `day`, the newest."""
    holding = [
        item
        for item in view.find(MasterPlanApproved, area)
        if calendar.covers(item.fact.approved_on, item.fact.last_day, day)
    ]
    return max(holding, key=lambda item: (item.fact.approved_on, item.position), default=None)


def _master_plan(view: View, area: str, day: date) -> Condition:
    """Say whether a master plan is approved (§ 91 a, stk. 3, § 91 b, stk. 2)."""
    plan = master_plan(view, area, day)
    if plan is None:
        found = _no_plan(view, MasterPlanApproved, area, day)
        return Condition("master_plan_approved", found.status, (), (), found.missing)
    return Condition("master_plan_approved", Status.MET, (plan,))


def _analysed(view: View, area: str, day: date) -> Iterable[Condition]:
    """Say whether the master plan has an analysis (§ 91 b, stk. 2); nothing, if there is none."""
    plan = master_plan(view, area, day)
    if plan is not None:
        missing = Missing("city_analysed_known", "municipality", (("area", area),))
        unsaid = Condition("city_analysed", Status.UNKNOWN, (plan,), (), (missing,))
        yield as_stated(unsaid, plan.fact.city_analysed)


def reduction(
    edition: Edition,
    view: View,
    area: str,
    stated: bool | None,
    day: date,
    readings: Readings,
) -> list[Condition]:
    """Say what § 96, stk. 3 makes support depend on: an approved development plan, and a master
    plan that follows it. Nothing, where the area is no transformation area and no former one.

    What is recorded of the master plan counts; `stated` says it where nothing is, or leaves it out.
    """
    here = reached(edition, view, area, (Category.TRANSFORMATION,), day, readings)
    if here.status is Status.NOT_MET or not acts.LOV_1322_2018.in_force <= day:
        return []
    development = former.under_plan(view, area, day)
    whole = master_plan(view, area, day)
    said = stated if whole is None else whole.fact.reduction_follows_plan
    if said is None:
        said = stated
    if development.status is Status.NOT_MET:
        follows = Condition("reduction_follows_plan", Status.NOT_MET)
    else:
        missing = Missing("reduction_follows_plan_known", "municipality", (("area", area),))
        shown = () if whole is None else (whole,)
        unsaid = Condition("reduction_follows_plan", Status.UNKNOWN, shown, (), (missing,))
        follows = as_stated(unsaid, said)
    return [
        Condition(
            "development_plan_approved",
            development.status,
            development.evidence,
            (),
            development.missing,
        ),
        follows,
    ]


def _no_plan(view: View, kind: type[MasterPlanApproved], area: str, day: date) -> Finding:
    registered = view.area(area)
    none = ("plan", "none")
    if registered is None:
        return Finding(Status.NOT_MET, (), (none,))
    return none_recorded(view, kind, registered.fact.municipality, day, none, area)


RULES = declared(globals())
