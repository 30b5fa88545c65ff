"""The golden cases of `cases/`, tried by the very code of `husret cases`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from domain.law import explain
from domain.law.editions import CURRENT
from domain.law.texts.kinds import Text
from services.cases.casebook import Case
from services.cases.trying import lines, try_case
from tests.law import golden

CASES = list(golden.load())
HOUSEHOLDS = golden.decided()
# fmt: off
SCENARIOS = {
    "R01", "R03", "R04", "R05", "R07", "R08", "R09", "R12", "R15", "R16", "R18", "R21", "R22",
    "R25", "R26", "R27", "R28", "R29", "R30", "R34", "R35", "R36", "R37", "R38", "R39", "R40",
    "R41", "R41b", "R41c", "R41d", "R41e", "R41g", "R41i", "R42", "R42b", "R43", "R45", "R47",
    "R49b", "R49c", "R51", "R52", "R55", "R56", "R57", "R58", "R58b", "R59", "R61", "R63", "R64",
    "A01", "A02", "A03", "A05", "A08", "A10", "A11", "A12", "A13", "A15", "A19",
    "EU2", "EU3", "P11", "P18", "P19",
    "E01", "E02", "E03", "E06", "E08", "E09", "E10", "E11", "E12", "E14", "E15", "E18", "E21",
    "E22", "E23", "E24", "E25", "E28", "E31", "T01", "T02", "T04", "T07", "T08", "T10", "T11",
    "T12", "T13", "T16", "T19",
    "L01", "L02", "L03", "L04", "L07", "L08", "L09", "L12", "L13", "L14", "L15", "L17", "L18",
    "L19", "L20", "L22", "L23", "L29", "L32", "L34", "L36", "L38", "L39", "L40", "L41", "L43",
    "L44", "L45", "L46", "L47", "L49", "X01", "X02", "X03", "X07", "X08",
    "P01", "P02", "P03", "P04", "P05", "P14", "P15", "P16", "P17",
}
# fmt: on
"""The scenarios that name a rule of this edition."""


@pytest.mark.parametrize("case", CASES, ids=golden.ids(CASES))
def test_the_case_is_answered_as_written(case: Case) -> None:
    tried = try_case(case, exact=True)
    assert tried.holds, "\n" + "\n".join(lines(tried, "en"))


def test_every_scenario_that_names_a_rule_of_the_package_has_a_case() -> None:
    assert SCENARIOS - {dict(case).get("scenario") for case in CASES} == set()


def test_every_case_has_its_own_id_and_a_section() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert [case["id"] for case in CASES if "§" not in case["section"]] == []


def test_every_sure_case_about_a_household_says_its_outcome() -> None:
    said = ("outcome", "outcome_in", "not_outcome", "never")
    unsaid = [c["id"] for c in HOUSEHOLDS if not set(said) & set(c["expect"])]
    assert [golden.named(id)["id"] for id in unsaid if golden.named(id)["sure"] != "low"] == []


def test_every_rule_of_the_package_is_expected_by_some_case() -> None:
    named = {
        rule_id
        for case in CASES
        for word in ("findings", "person", "here")
        for rule_id in dict(case["expect"]).get(word, ())
    }
    assert set(CURRENT.rules) - named == set()


@golden.by_subject(HOUSEHOLDS)
def test_everything_that_a_case_says_has_a_text_in_both_languages(cases: list[Case]) -> None:
    for case, otherwise in product(cases, ("attested_absent", "unknown")):
        for text in _said(case, otherwise):
            assert text.da, case["id"]
            assert text.en, case["id"]
            assert "{" not in text.da + text.en, text


def _said(case: Case, otherwise: str) -> Iterator[Text]:
    decision = golden.answer(case, otherwise)
    yield explain.summary_text(CURRENT, decision)
    for each in (*decision.examined, *decision.concluded):
        yield explain.finding_text(CURRENT, each, decision.question.day)
        yield from (explain.condition_text(CURRENT, each) for each in each.finding.conditions)
    yield from (explain.missing_text(CURRENT, missing) for missing, _ in decision.missing)
    yield from (explain.change_text(CURRENT, change, decision) for change, _, _ in decision.changes)
    yield from (explain.variation_text(CURRENT, variation) for variation in decision.variations)
    yield from (explain.duty_text(CURRENT, duty) for duty, _ in decision.duties)
    yield from (explain.warning_text(CURRENT, code) for code in decision.warnings)
