"""The golden cases about letting, exchange, sublet, the certificate and the waiting list."""

from __future__ import annotations

from typing import Any

import pytest

from domain.decide import BeforeCoverageError, Decision
from domain.law import explain
from domain.law.kernel import Finding
from domain.law.package import CURRENT
from services.cases import casebook_letting
from services.cases.casebook import Case
from services.cases.world import person

CASES = casebook_letting.load()
OF_HOUSEHOLDS = [c for c in CASES if c["question"] in casebook_letting.HOUSEHOLD_QUESTIONS]
OF_LISTS = [c for c in CASES if c["question"] in casebook_letting.LIST_QUESTIONS]
# fmt: off
SCENARIOS = {
    "L01", "L02", "L03", "L04", "L07", "L08", "L09", "L12", "L13", "L14", "L15", "L17", "L18",
    "L19", "L20", "L22", "L23", "L29", "L32", "L34", "L36", "L38", "L39", "L40", "L41", "L43",
    "L44", "L45", "L46", "L47", "L49", "X01", "X02", "X03", "X07", "X08",
}
WORDS = {
    "id", "scenario", "says", "question", "day", "asked_on", "area", "dwelling", "municipality",
    "criteria", "decided", "household", "members_attested", "otherwise", "readings", "asked",
    "stale_after_months", "expect", "section", "sure", "note",
}
EXPECTED_WORDS = {
    "outcome", "here", "findings", "person", "values", "flagged", "consulted", "under", "duties",
    "missing", "warnings", "changes", "read", "refused", "status", "order",
}
# fmt: on


def _ids(cases: list[Case]) -> list[str]:
    return [case["id"] for case in cases]


def test_every_scenario_of_letting_exchange_and_sublet_has_a_case() -> None:
    assert SCENARIOS - {case.get("scenario") for case in CASES} == set()


def test_every_case_has_its_own_id_a_section_and_how_sure_it_is() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert case["sure"] in ("high", "medium", "low"), case["id"]
        assert "§" in case["section"], case["id"]
        assert case["says"], case["id"]
        assert set(case) <= WORDS, (case["id"], set(case) - WORDS)
        assert set(case["expect"]) <= EXPECTED_WORDS, (case["id"], set(case["expect"]))


@pytest.mark.parametrize("case", OF_HOUSEHOLDS, ids=_ids(OF_HOUSEHOLDS))
def test_the_case_is_answered_as_written(case: Case) -> None:
    expect = case["expect"]
    world = casebook_letting.build(case)
    if "refused" in expect:
        with pytest.raises(BeforeCoverageError):
            casebook_letting.ask(case, world)
        return
    decision = casebook_letting.ask(case, world)
    assert decision.outcome == expect["outcome"]
    _check_findings(decision, expect)
    flagged = {point for variation in decision.variations for point in variation.points}
    assert flagged == set(expect.get("flagged", ()))
    assert set(expect.get("consulted", ())) <= set(decision.consulted)
    for under in expect.get("under", ()):
        chosen = {**case, "readings": {**case.get("readings", {}), **under["read"]}}
        other = casebook_letting.ask(chosen, casebook_letting.build(chosen))
        assert other.outcome == under["outcome"], under["read"]
        _check_findings(other, under)
    assert [duty for duty, _ in decision.duties] == expect.get("duties", [])
    if "missing" in expect:
        assert {missing.kind for missing, _ in decision.missing} == set(expect["missing"])
    assert set(decision.warnings) == set(expect.get("warnings", ()))
    if "changes" in expect:
        assert {change.kind for change, _, _ in decision.changes} == set(expect["changes"])
    if "read" in expect:
        assert [str(need.data_class) for need in world.needs] == expect["read"]


def _check_findings(decision: Decision, expect: dict[str, Any]) -> None:
    """Check what rules came to: `findings` for the household, `here` for the place, `person`."""
    for rule_id, expected in expect.get("findings", {}).items():
        found = {str(e.finding.status) for e in _household(decision, rule_id)}
        assert expected in found, (rule_id, found)
    for rule_id, expected in expect.get("here", {}).items():
        found = {
            str(e.finding.status) for e in decision.examined if e.rule_id == rule_id and e.area
        }
        assert found == {expected}, rule_id
    for rule_id, by_person in expect.get("person", {}).items():
        status = {e.person: str(e.finding.status) for e in decision.examined if e.person}
        of_rule = {
            e.person: str(e.finding.status)
            for e in decision.examined
            if e.rule_id == rule_id and e.person
        }
        assert {name: of_rule.get(person(name)) for name in by_person} == by_person, (
            rule_id,
            status,
        )
    for rule_id, values in expect.get("values", {}).items():
        every = [*decision.examined, *decision.concluded]
        known = dict(v for e in every if e.rule_id == rule_id for v in e.finding.values)
        assert {name: known.get(name) for name in values} == values, rule_id


def _household(decision: Decision, rule_id: str) -> list[Any]:
    about_all = [e for e in decision.concluded if e.rule_id == rule_id]
    noted = [e for e in decision.examined if e.rule_id == rule_id and not e.person and not e.area]
    return [*about_all, *noted]


@pytest.mark.parametrize("case", OF_HOUSEHOLDS, ids=_ids(OF_HOUSEHOLDS))
@pytest.mark.parametrize("otherwise", ["attested_absent", "unknown"])
def test_everything_that_a_case_says_has_a_text_in_both_languages(
    case: Case, otherwise: str
) -> None:
    if "refused" in case["expect"]:
        return
    decision = casebook_letting.ask(case, casebook_letting.build(case, otherwise))
    said = [explain.summary_text(decision)]
    for each in (*decision.examined, *decision.concluded):
        said.append(explain.finding_text(each, decision.question.day))
    said += [explain.missing_text(missing) for missing, _ in decision.missing]
    said += [explain.change_text(change, decision) for change, _, _ in decision.changes]
    said += [explain.variation_text(variation) for variation in decision.variations]
    said += [explain.duty_text(duty) for duty, _ in decision.duties]
    said += [explain.warning_text(code, CURRENT) for code in decision.warnings]
    assert all(text.da and text.en and "{" not in text.da + text.en for text in said)


@pytest.mark.parametrize("case", OF_LISTS, ids=_ids(OF_LISTS))
def test_the_case_about_a_list_is_answered_as_written(case: Case) -> None:
    found = casebook_letting.found(case)
    if isinstance(found, Finding):
        assert found.status == case["expect"]["status"]
    else:
        assert found == case["expect"]["order"]
