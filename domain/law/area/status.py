"""Area status: what an area is on a day, category by category, and on what that rests.

Almenboligloven §§ 51 b, 61 a, 61 b, 168 a stk. 5-6 and 168 b stk. 9-10. The official status comes
from the published list of its kind and holds until the next one is due. Beside it stand what
figures give, criterion by criterion, and what a run of lists gives.

`status` answers for one category under readings and is what other rules ask; `standing` answers
under the readings that the instance uses on the day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import msgspec

from domain.events import Recorded
from domain.facts import AreaListed, ListKind
from domain.law import acts
from domain.law.area import figures, former, lists, origin
from domain.law.area.categories import Category, classifies
from domain.law.area.measured import Known
from domain.law.edition import Edition
from domain.law.kernel import (
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    Tree,
    applies,
    chosen,
    declared,
    explore,
    readings_in_use,
)
from domain.law.letting.criteria import Criterion, compare
from domain.reference import View

RENAMED = acts.LOV_2157_2021.in_force
"""Lov nr. 2157 af 27/11/2021: five years for good, prevention areas, and the names of today."""

HARD_FIVE_YEARS = (2018, 2019, 2020)


# --- Transformation areas: runs of lists ----------------------------------------------------


@classifies(
    "AREA-HARD-2018-2021",
    "almenboligloven § 61 a, stk. 4-5 (2018)",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    last_day=date(2021, 11, 29),
    areas=("transformation",),
    points=("AMB-YEARS",),
    parameters={"years": 4, "years_in": {str(y): 5 for y in HARD_FIVE_YEARS}},
)
def hard_ghetto_area(view: View, area: str, list_day: date, readings: Readings) -> Finding:
    """§ 61 a, stk. 4-5 (2018): five years in a row on the lists of 2018, 2019 and 2020, else four.

    Areas called *hårdt ghettoområde* until 29 November 2021.
    """
    return _years_in_a_row(
        view, area, list_day, 5 if list_day.year in HARD_FIVE_YEARS else 4, readings
    )


@classifies(
    "AREA-OMD-2021",
    "almenboligloven § 61 a, stk. 4",
    act=acts.LOV_2157_2021,
    first_day=acts.LOV_2157_2021.in_force,
    areas=("transformation",),
    points=("AMB-YEARS", origin.POINT),
    parameters={"years": 5},
)
def transformation_area(view: View, area: str, list_day: date, readings: Readings) -> Finding:
    """§ 61 a, stk. 4 (from 30 November 2021): a parallel society in each of the last 5 years."""
    return _years_in_a_row(view, area, list_day, 5, readings)


def _years_in_a_row(
    view: View, area: str, list_day: date, length: int, readings: Readings
) -> Finding:
    """Count lists, those on older criteria included, or years on the new criteria (AMB-YEARS)."""
    if readings("AMB-YEARS") == "a":
        return lists.run_of_lists(view, area, list_day, length)
    evidence: list[Recorded[Any]] = []
    missing: list[Missing] = []
    for year in range(list_day.year, list_day.year - length, -1):
        day = date(year, 12, 1)
        item = figures.figures_on(view, area, day)
        if item is None:
            details = (("area", area), ("list_day", day.isoformat()))
            missing.append(Missing("area_figures", "ministry", details))
            continue
        found = figures.parallel_society(item, readings)
        if found.status is Status.NOT_MET:
            gap = (("gap", day.isoformat()), ("years", str(length)))
            return Finding(Status.NOT_MET, found.evidence, gap)
        evidence.extend(found.evidence)
        missing.extend(found.missing)
    values = (("years", str(length)), ("last_list", list_day.isoformat()))
    status = Status.UNKNOWN if missing else Status.MET
    return Finding(status, tuple(evidence), values, tuple(missing))


def computed_transformation_areas(
    edition: Edition, view: View, list_day: date, readings: Readings
) -> list[str]:
    """Return the areas that runs of parallel-society lists make transformation areas."""
    judge = edition.rules[figure_rule(Category.TRANSFORMATION, list_day)].evaluate
    return [
        area
        for area in view.keys(AreaListed)
        if view.listed(area, list_day) is not None
        and judge(view, area, list_day, readings).status is Status.MET
    ]


# --- What figures give ----------------------------------------------------------------------


def figure_rule(category: Category, day: date) -> str:
    """Return the rule by which figures, or a run of lists, say what an area is on `day`."""
    match category:
        case Category.VULNERABLE:
            return "AREA-UDS-2018"
        case Category.PARALLEL_SOCIETY if day >= date(2018, 12, 1):
            return "AREA-PAR-2018"
        case Category.PARALLEL_SOCIETY:
            # January 2014 lies inside both tests: the one that the list in force was made on.
            return "AREA-GHETTO-2014" if day >= lists.GHETTO_LIST_DAYS[-1] else "AREA-GHETTO-2010"
        case Category.TRANSFORMATION:
            return "AREA-OMD-2021" if day >= RENAMED else "AREA-HARD-2018-2021"
        case Category.PREVENTION:
            return "AREA-FORE-2021"
        case Category.COMBINED_LETTING:
            return "AREA-KOMB"
        case Category.FORMER_TRANSFORMATION:
            return "PLAN-FORMER-LETTING"


def by_figures(
    edition: Edition, view: View, area: str, kind: ListKind, day: date, readings: Readings
) -> Finding:
    """Say what the figures, or a run of lists, would make of the area on `day`."""
    category = Category(kind.value)
    rule_id = figure_rule(category, day)
    if kind is ListKind.TRANSFORMATION:
        if not edition.rules[rule_id].in_force(day):
            return Finding(Status.NOT_IN_FORCE)
        due = lists.list_day_due(kind, day)
        found = edition.rules[rule_id].evaluate(view, area, due, readings)
        return origin.without(view, category, day, found, readings)
    if kind is not ListKind.PARALLEL_SOCIETY and not edition.rules[rule_id].in_force(day):
        return Finding(Status.NOT_IN_FORCE)
    item = figures.figures_on(view, area, day)
    if item is None:
        return Finding(Status.NOT_EXAMINED)
    if kind is ListKind.PARALLEL_SOCIETY and day < origin.OWN_CRITERION_FROM:
        return _ghetto_area(edition, view, item, day, readings)
    test: Callable[..., Finding] = edition.rules[rule_id].evaluate
    if kind is ListKind.COMBINED_LETTING:
        grouping = figures.grouping_on(view, area, day)
        return _tested_once(edition, view, test, (item, grouping), readings)
    found = _tested_once(edition, view, test, (item,), readings)
    if kind is ListKind.VULNERABLE or found.status not in (Status.MET, Status.UNKNOWN):
        return found
    apart = origin.left_out(view, day, readings)
    return found if apart is None else test(item, readings, apart)


def _tested_once(
    edition: Edition,
    view: View,
    test: Callable[..., Finding],
    facts: tuple[Known | Recorded[Any] | None, ...],
    readings: Readings,
) -> Finding:
    """Apply a test of figures, which hangs on the facts and readings alone.

    Figures hold for many days, and what they give then is found once for all of them.
    """
    memo = (test, *map(_position, facts))
    tree: Tree[Finding] | None = view.memo.get(memo)
    if tree is None:
        tree = view.memo[memo] = explore(edition.points, partial(test, *facts))
    return chosen(tree, readings)


def _position(fact: Known | Recorded[Any] | None) -> int | None:
    if fact is None:
        return None
    return fact.item.position if isinstance(fact, Known) else fact.position


def _ghetto_area(
    edition: Edition, view: View, item: Known, day: date, readings: Readings
) -> Finding:
    """Apply the test of 2010 or of 2014; where neither first day is sure, each as it is read."""
    suspended = origin.suspension(view, day)
    apart = None if suspended is None else origin.Apart("suspended", (suspended,))
    tests = [edition.rules[each].evaluate for each in ("AREA-GHETTO-2010", "AREA-GHETTO-2014")]
    older, newer = (
        _tested_once(edition, view, test, (item,), readings)
        if apart is None
        else test(item, readings, apart)
        for test in tests
    )
    if older.status is newer.status:
        return newer if figure_rule(Category.PARALLEL_SOCIETY, day) == "AREA-GHETTO-2014" else older
    if applies(edition.rules["AREA-GHETTO-2014"], day, readings):
        return newer
    if applies(edition.rules["AREA-GHETTO-2010"], day, readings) or day >= date(2014, 1, 1):
        return older
    return Finding(Status.NOT_IN_FORCE)


def criteria(
    view: View, area: str, category: Category, day: date, readings: Readings
) -> list[Criterion]:
    """Return the criteria of a category's test on `day`, as the figures known compare with them.

    Empty where no figures are known, or no test of figures makes the category.
    """
    item = figures.figures_on(view, area, day)
    if item is None:
        return []
    if category is Category.COMBINED_LETTING:
        grouped = figures.grouping_on(view, area, day) is not None
        tests = figures.COMBINED_TESTS[: 1 if grouped else 2]
        return [compare(item.figures, limit, readings, item.worked_out) for _, limit in tests]
    test = _TESTS.get(figure_rule(category, day))
    if test is None:
        return []
    apart = origin.left_out(view, day, readings) if test.origin is not None else None
    return figures.criteria(item, test, apart, readings)


_TESTS = {
    "AREA-UDS-2018": figures.VULNERABLE_TEST,
    "AREA-PAR-2018": figures.PARALLEL_TEST,
    "AREA-FORE-2021": figures.PREVENTION_TEST,
    "AREA-GHETTO-2010": figures.GHETTO_2010_TEST,
    "AREA-GHETTO-2014": figures.GHETTO_2014_TEST,
}


# --- What an area is ------------------------------------------------------------------------


def status(
    edition: Edition,
    view: View,
    area: str,
    category: Category,
    day: date,
    readings: Readings,
) -> Finding:
    """Say whether the area is of a category on `day`, with the evidence.

    By the list due, or by the figures as AMB-LIST is read; without the criterion of origin where
    that is suspended, or set aside as AMB-CJEU is read (`origin.rests` says what rests on it, and
    `origin.warnings` what an answer must then say). A reading is asked for only where it matters.
    """
    kind = category.list_kind
    if kind is None:
        found = _former(edition, view, area, day, readings)
    elif kind is ListKind.COMBINED_LETTING:
        found = _combined(edition, view, area, day, readings)
    else:
        found = _listed(edition, view, area, kind, day, readings)
    return origin.without(view, category, day, found, readings)


def _listed(
    edition: Edition, view: View, area: str, kind: ListKind, day: date, readings: Readings
) -> Finding:
    found: Finding = edition.rules["AREA-PUBLISH"].evaluate(view, area, kind, day)
    first = edition.rules["AREA-GHETTO-2010"]
    if (
        kind is ListKind.PARALLEL_SOCIETY
        and found.status in (Status.MET, Status.UNKNOWN)
        and first.start_is_open(day)
        and not applies(first, day, readings)
    ):
        return Finding(Status.NOT_MET, found.evidence, found.values)
    if kind is ListKind.TRANSFORMATION:
        return found
    return _by_list_or_test(found, by_figures(edition, view, area, kind, day, readings), readings)


def _by_list_or_test(found: Finding, tested: Finding, readings: Readings) -> Finding:
    """Take the list, or the test where it parts from the list and AMB-LIST is read so."""
    decisive = tested.status in (Status.MET, Status.NOT_MET)
    if decisive and tested.status is not found.status:
        evidence = (*found.evidence, *(i for i in tested.evidence if i not in found.evidence))
        if readings("AMB-LIST") == "b":
            return Finding(tested.status, evidence, tested.values)
        return Finding(found.status, evidence, found.values, found.missing)
    return found


def _combined(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    """§ 51 b, stk. 3-6: on the list of such areas, or approved as a grouping.

    The value `grouping` `only` tells an area that is one by stk. 6 alone, `at_least` one of which
    it is not known whether the list names it too.
    """
    kind = ListKind.COMBINED_LETTING
    found: Finding = edition.rules["AREA-PUBLISH"].evaluate(view, area, kind, day)
    grouping = figures.grouping_on(view, area, day)
    if found.status is not Status.MET and grouping is not None:
        values = (
            ("grouping", "only" if found.status is Status.NOT_MET else "at_least"),
            ("kind", str(kind)),
            ("approved_on", grouping.fact.approved_on.isoformat()),
        )
        found = Finding(Status.MET, (grouping, *found.evidence), values, found.missing)
    tested = by_figures(edition, view, area, kind, day, readings)
    found = _by_list_or_test(found, tested, readings)
    rule = edition.rules["AREA-KOMB"]
    if found.status in (Status.MET, Status.UNKNOWN) and not applies(rule, day, readings):
        return Finding(Status.NOT_MET, found.evidence, found.values)
    return found


def is_only_a_grouping(found: Finding) -> bool:
    """Tell whether an area for combined letting is one by § 51 b, stk. 6 alone.

    § 59, stk. 4, the ban of 2011 to 2018 and the rule on refugees of 2017 point to stk. 3 and 4
    and don't reach it.
    """
    values = dict(found.values)
    return values.get("grouping") == "only" or values.get("stk") == "6"


def beyond_a_grouping(found: Finding) -> Finding:
    """Say whether an area is one for combined letting otherwise than by § 51 b, stk. 6 alone."""
    if found.status is Status.MET and is_only_a_grouping(found):
        return Finding(Status.NOT_MET, found.evidence, found.values)
    if found.status is Status.MET and dict(found.values).get("grouping") == "at_least":
        return Finding(Status.UNKNOWN, found.evidence, found.values, found.missing)
    return found


def _former(edition: Edition, view: View, area: str, day: date, readings: Readings) -> Finding:
    rule = edition.rules["PLAN-FORMER-LETTING"]
    if not applies(rule, day, readings):
        return Finding(Status.NOT_IN_FORCE)
    found: Finding = rule.evaluate(view, area, day, readings)
    return found


# --- Under the readings in use --------------------------------------------------------------


class Standing(msgspec.Struct, frozen=True, gc=False):
    """Whether an area is of a category on a day, under the readings that the instance uses.

    Where a point without a chosen reading or a default decides it, the finding is unknown and
    names the point (value `open_point`).
    """

    category: Category
    finding: Finding
    tree: Tree[Finding]
    rests_on_origin: bool


def in_use(edition: Edition, view: View, day: date) -> dict[str, str]:
    """Return how the instance reads each open point on `day`; an unsettled one its first way."""
    chosen = {point: item.fact.reading for point, item in view.readings(day).items()}
    return {point: use.reading for point, use in readings_in_use(edition.points, chosen).items()}


def judged(
    edition: Edition, view: View, day: date, evaluate: Callable[[Readings], Finding]
) -> tuple[Finding, Tree[Finding]]:
    """Evaluate under every reading, and return the finding under those in use, with the tree."""
    tree = explore(edition.points, evaluate)
    if not tree.points:
        return tree.under({}), tree
    chosen = {point: item.fact.reading for point, item in view.readings(day).items()}
    uses = readings_in_use({point: edition.points[point] for point in tree.points}, chosen)
    base = {point: use.reading for point, use in uses.items()}
    found = tree.under(base)
    if found.status is Status.UNKNOWN:
        return found, tree
    unsettled = [point for point in tree.points if not uses[point].settled]
    for point in unsettled:
        for reading in edition.points[point].readings:
            other = tree.under({**base, point: reading})
            if other.status is not found.status:
                missing = (*found.missing, *(m for m in other.missing if m not in found.missing))
                values = (*found.values, ("open_point", point))
                return Finding(Status.UNKNOWN, found.evidence, values, missing), tree
    return found, tree


def standing(edition: Edition, view: View, area: str, category: Category, day: date) -> Standing:
    """Say whether the area is of a category on `day`, as this instance reads the law."""
    memo = ("standing", edition.id, area, category, day)
    found: Standing | None = view.memo.get(memo)
    if found is None:
        finding, tree = judged(
            edition,
            view,
            day,
            lambda readings: status(edition, view, area, category, day, readings),
        )
        found = Standing(category, finding, tree, origin.rests(category, day))
        view.memo[memo] = found
    return found


def standings(edition: Edition, view: View, area: str, day: date) -> tuple[Standing, ...]:
    """Say what the area is on `day`, category by category."""
    return tuple(standing(edition, view, area, category, day) for category in Category)


AREA_OUTSIDE_LISTS = "AREA_OUTSIDE_LISTS"
"""Code of the warning on figures of an area that is too small for the lists."""

FIGURES_DIFFER = "FIGURES_DIFFER"
"""Code of the warning that a published figure is not what was counted."""


def is_outside_lists(edition: Edition, view: View, area: str, day: date) -> bool:
    """Tell whether the area has too few residents for the lists of § 61 a, and is on none.

    The agreement of May 2018 wanted areas of under 1,000 residents followed as well: the same
    figures and criteria are compared, and nothing follows from them.
    """
    known = figures.figures_on(view, area, day)
    rule = edition.rules["AREA-UNIT-2018"]
    if known is None or not rule.in_force(day):
        return False
    unit, _ = judged(edition, view, day, lambda readings: rule.evaluate(known, readings))
    return unit.status is Status.NOT_MET and not any(
        each.category.list_kind is not None and each.finding.status is Status.MET
        for each in standings(edition, view, area, day)
    )


# --- For information ------------------------------------------------------------------------


@classifies(
    "AREA-BOLIGKRAV",
    "bekendtgørelse nr. 1262 af 28/11/2024",
    act=acts.BEK_1262_2024,
    first_day=acts.BEK_1262_2024.in_force,
    effect=Effect.INFORMS,
    areas=("vulnerable", "parallel_society", "transformation"),
)
def housing_requirement(view: View, area: str, applied_on: date, decided_on: date) -> Finding:
    """BEK 1262/2024: an address in a vulnerable area does not meet a housing requirement.

    It is decided elsewhere. Of a list that changed between application and decision the one
    better for the applicant counts: off the list at either, the requirement is not in the way.
    """
    found = lists.official(view, area, ListKind.VULNERABLE, applied_on)
    if found.status is Status.NOT_MET or applied_on == decided_on:
        return found
    later = lists.official(view, area, ListKind.VULNERABLE, decided_on)
    if later.status is Status.NOT_MET:
        return later
    evidence = tuple(dict.fromkeys((*found.evidence, *later.evidence)))
    known = Status.UNKNOWN not in (found.status, later.status)
    status = Status.MET if known else Status.UNKNOWN
    return Finding(status, evidence, later.values, (*found.missing, *later.missing))


RULES = (
    *lists.RULES,
    *figures.RULES,
    *origin.RULES,
    *former.RULES,
    *declared(globals()),
)
