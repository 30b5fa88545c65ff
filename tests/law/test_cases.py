"""The golden cases of `cases/`, each run through `domain.decide` on facts in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.decide import BasisMismatchError, BeforeCoverageError, Decision
from domain.facts import ListKind
from domain.law import area as area_law
from domain.law import figures, origin
from domain.law.categories import Category
from domain.law.kernel import Finding, explore, readings_in_use
from domain.law.package import CURRENT
from domain.law.timeline import timeline
from services.cases import casebook
from services.cases.casebook import Case
from services.cases.world import AREA, World, person

CASES = casebook.load()
HOUSEHOLDS = [case for case in CASES if case["question"] != "area"]
AREAS = [case for case in CASES if case["question"] == "area"]
REFUSED = {"BeforeCoverage": BeforeCoverageError, "BasisMismatch": BasisMismatchError}
# fmt: off
SCENARIOS = {
    "R01", "R03", "R04", "R05", "R07", "R08", "R09", "R12", "R15", "R16", "R18", "R21", "R22",
    "R25", "R26", "R27", "R28", "R29", "R30", "R34", "R35", "R36", "R37", "R38", "R39", "R40",
    "R41", "R41b", "R41c", "R41d", "R41e", "R41g", "R41i", "R42", "R42b", "R43", "R45", "R47",
    "R49b", "R49c", "R51", "R52", "R55", "R56", "R57", "R58", "R58b", "R59", "R61", "R63", "R64",
    "A01", "A02", "A03", "A05", "A08", "A10", "A11", "A12", "A13", "A15", "A19",
    "EU2", "EU3",
    "E01", "E02", "E03", "E06", "E08", "E09", "E10", "E11", "E12", "E14", "E15", "E18", "E21",
    "E22", "E23", "E24", "E25", "E28", "E31", "T01", "T02", "T04", "T07", "T08", "T10", "T11",
    "T12", "T13", "T16", "T19",
}
# fmt: on
"""The scenarios that name a rule of this package."""

# fmt: off
WORDS = {
    "id", "scenario", "says", "question", "day", "asked_on", "basis", "area", "dwelling",
    "municipality", "household", "members_attested", "otherwise", "readings",
    "stale_after_months", "expect", "section", "sure", "note", "applied_on", "letting_day",
    "move_in_day", "landlord", "asked", "offered",
}
EXPECTED_WORDS = {
    "outcome", "findings", "values", "flagged", "consulted", "under", "duties", "missing",
    "warnings", "changes", "asked", "refused", "is", "periods", "elsewhere", "conditions",
    "computed",
}
# fmt: on
_KINDS = {
    "AREA-UDS-2018": ListKind.VULNERABLE,
    "AREA-PAR-2018": ListKind.PARALLEL_SOCIETY,
    "AREA-FORE-2021": ListKind.PREVENTION,
    "AREA-OMD-2021": ListKind.TRANSFORMATION,
    "AREA-HARD-2018-2021": ListKind.TRANSFORMATION,
    "AREA-KOMB": ListKind.COMBINED_LETTING,
}
_BY_FIGURES = ("AREA-UNIT-2018", "AREA-GHETTO-2010", "AREA-GHETTO-2014")


def _ids(cases: list[Case]) -> list[str]:
    return [case["id"] for case in cases]


def test_every_scenario_that_names_a_rule_of_the_package_has_a_case() -> None:
    assert SCENARIOS - {case.get("scenario") for case in CASES} == set()


def test_every_case_has_its_own_id_a_section_and_how_sure_it_is() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert case["sure"] in ("high", "medium", "low"), case["id"]
        assert "§" in case["section"], case["id"]
        assert case["says"], case["id"]
        assert set(case) <= WORDS, (case["id"], set(case) - WORDS)
        assert set(case["expect"]) <= EXPECTED_WORDS, (case["id"], set(case["expect"]))
        if case["question"] != "area" and case["sure"] != "low":
            assert "outcome" in case["expect"] or "refused" in case["expect"], case["id"]


def test_every_rule_of_the_package_is_expected_by_some_case() -> None:
    named = {
        rule_id
        for case in casebook.load_all()
        for rule_id in (*case["expect"].get("findings", ()), *case["expect"].get("person", ()))
    }
    assert set(CURRENT.rules) - named == set()


# --- Households ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", HOUSEHOLDS, ids=_ids(HOUSEHOLDS))
def test_the_case_about_a_household_is_answered_as_written(case: Case) -> None:
    expect = case["expect"]
    world = casebook.build(case)
    if "refused" in expect:
        with pytest.raises(REFUSED[expect["refused"]]):
            casebook.ask(case, world)
        return
    decision = casebook.ask(case, world)
    assert decision.outcome == expect.get("outcome", decision.outcome)
    for rule_id, expected in expect.get("findings", {}).items():
        _check_findings(decision, rule_id, expected)
    flagged = {point for variation in decision.variations for point in variation.points}
    assert flagged == set(expect.get("flagged", ()))
    assert set(expect.get("consulted", ())) <= set(decision.consulted)
    for under in expect.get("under", ()):
        _check_reading(case, under)
    assert [duty for duty, _ in decision.duties] == expect.get("duties", [])
    for rule_id, values in expect.get("values", {}).items():
        found = dict(_values(decision, rule_id))
        assert {name: found.get(name) for name in values} == values
    for rule_id, conditions in expect.get("conditions", {}).items():
        _check_conditions(decision, rule_id, conditions)
    if "computed" in expect:
        computed = {value.name: value.value for value in decision.values}
        assert {name: computed.get(name) for name in expect["computed"]} == expect["computed"]
    if "missing" in expect:
        assert {missing.kind for missing, _ in decision.missing} == set(expect["missing"])
    if "warnings" in expect:
        assert set(decision.warnings) == set(expect["warnings"])
    if "changes" in expect:
        assert {change.kind for change, _, _ in decision.changes} == set(expect["changes"])
    if "elsewhere" in expect:
        elsewhere = {each.area or each.kind: each.outcome for each in world.elsewhere(decision)}
        assert {name: elsewhere[name] for name in expect["elsewhere"]} == expect["elsewhere"]
    if "asked" in expect:
        assert [str(need.data_class) for need in world.needs] == expect["asked"]


def _check_findings(decision: Decision, rule_id: str, expected: str | dict[str, str]) -> None:
    found = [e for e in decision.examined if e.rule_id == rule_id]
    assert found, f"{rule_id} is not among the findings"
    if isinstance(expected, str):
        assert expected in {str(e.finding.status) for e in found}, rule_id
        return
    by_person = {e.person: str(e.finding.status) for e in found}
    assert {name: by_person[person(name)] for name in expected} == expected, rule_id


def _check_conditions(decision: Decision, rule_id: str, expected: dict[str, str]) -> None:
    found = [
        {each.name: str(each.status) for each in examined.finding.conditions}
        for examined in decision.examined
        if examined.rule_id == rule_id
    ]
    assert any(expected.items() <= conditions.items() for conditions in found), (rule_id, found)


def _check_reading(case: Case, under: dict[str, Any]) -> None:
    chosen = {**case, "readings": {**case.get("readings", {}), **under["read"]}}
    decision = casebook.ask(chosen, casebook.build(chosen))
    assert decision.outcome == under["outcome"], under["read"]
    for rule_id, expected in under.get("findings", {}).items():
        _check_findings(decision, rule_id, expected)


def _values(decision: Decision, rule_id: str) -> tuple[tuple[str, str], ...]:
    found = [e.finding for e in decision.examined if e.rule_id == rule_id and e.finding.values]
    return tuple(pair for finding in found for pair in finding.values)


# --- Areas ----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", AREAS, ids=_ids(AREAS))
def test_the_area_case_is_answered_as_written(case: Case) -> None:
    world, expect = casebook.build(case), case["expect"]
    _check_area(case, world, expect, {})
    for under in expect.get("under", ()):
        _check_area(case, world, under, under["read"])
    flagged = set()
    for category in Category:
        standing = area_law.standing(CURRENT, world.view(), AREA, category, case["day"])
        flagged |= set(standing.tree.points)
    assert set(expect.get("consulted", ())) <= flagged


def _check_area(case: Case, world: World, expect: dict[str, Any], read: dict[str, str]) -> None:
    for rule_id, expected in expect.get("findings", {}).items():
        if isinstance(expected, str):
            found = _area_finding(world, case, rule_id, read)
            assert str(found.status) == expected, (rule_id, read)
        else:
            found_by = {k: str(_finding_of(world, case, rule_id, k, read).status) for k in expected}
            assert found_by == expected, (rule_id, read)
    for rule_id, values in expect.get("values", {}).items():
        found_values = dict(_area_finding(world, case, rule_id, read).values)
        assert {name: found_values.get(name) for name in values} == values, rule_id
    for name, expected in expect.get("is", {}).items():
        world_read = world
        if read:
            world_read = casebook.build({**case, "readings": {**case.get("readings", {}), **read}})
        category = Category(name)
        standing = area_law.standing(CURRENT, world_read.view(), AREA, category, case["day"])
        assert str(standing.finding.status) == expected, (name, read, standing.finding.values)
    if "warnings" in expect:
        standings = area_law.standings(CURRENT, world.view(), AREA, case["day"])
        known = [(each.category, each.finding.status) for each in standings]
        assert list(origin.warnings(known, case["day"])) == expect["warnings"]
    if "periods" in expect:
        periods = timeline(CURRENT, world.view(), AREA, {}, case["day"])
        shown: dict[str, list[str]] = {}
        for each in periods:
            if each.category.value in expect["periods"]:
                said = f"{each.status} {each.first_day} to {each.last_day or 'now'}"
                shown.setdefault(each.category.value, []).append(said)
        assert shown == expect["periods"]


def _area_finding(world: World, case: Case, rule_id: str, read: dict[str, str]) -> Finding:
    view, day = world.view(), case["day"]
    rule = CURRENT.rules[rule_id]
    assert rule.in_force(day), f"{rule_id} is not in force on {day}"

    def evaluate(readings: Any) -> Finding:
        if rule_id in _BY_FIGURES:
            known = figures.figures_on(view, AREA, day)
            assert known is not None
            found: Finding = rule.evaluate(known, readings)
            return found
        if rule_id.startswith("PLAN-FORMER-"):
            found = rule.evaluate(view, AREA, day, readings)
            return found
        if rule_id == "AREA-BOLIGKRAV":
            applied_on: date = case.get("applied_on") or day
            return area_law.housing_requirement(view, AREA, applied_on, day)
        return area_law.by_figures(CURRENT, view, AREA, _KINDS[rule_id], day, readings)

    return _in_use(evaluate, read)


def _in_use(evaluate: Callable[[Any], Finding], read: dict[str, str]) -> Finding:
    in_use = {p: use.reading for p, use in readings_in_use(CURRENT.points, read).items()}
    return explore(CURRENT.points, evaluate).under(in_use)


def _finding_of(world: World, case: Case, rule_id: str, name: str, read: dict[str, str]) -> Finding:
    """Return what a rule about several categories finds of one of them."""
    rule, view, day = CURRENT.rules[rule_id], world.view(), case["day"]
    if rule_id == "EU-C417-23":
        standing = area_law.standing(CURRENT, view, AREA, Category(name), day)
        return origin.judgment(standing.category, standing.finding.status, day)
    if rule_id == "AREA-ORIGIN":
        known = figures.figures_on(view, AREA, day)
        assert known is not None
        limit = {"parallel_society": origin.OVER_50, "prevention": origin.OVER_30}[name]
        return _in_use(
            lambda readings: origin.origin_share(
                known, limit, readings, origin.left_out(view, day, readings)
            ),
            read,
        )
    found: Finding = rule.evaluate(view, AREA, ListKind(name), day)
    return found
