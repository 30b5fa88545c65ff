"""The worked agreements of `docs/examples/criteria`: each can be recorded, and holds as written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from domain.facts import CriteriaBasis, CriteriaSet, Fact, SightAttested
from services.cases import agreements, putting
from services.cases.agreements import Agreement
from services.cases.stated import CaseError
from services.cases.trying import lines
from services.facts.agreeing import check_agreement
from services.facts.fields import FieldErrors
from services.facts.validating import Checked, check_fields
from tests.law import golden

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "criteria"
FILES = sorted(FOLDER.glob("*.yaml"))
EXAMPLES = [agreements.read(file) for file in FILES]
_each = pytest.mark.parametrize("agreement", EXAMPLES, ids=[each.name for each in EXAMPLES])


def _refused(fact: Fact, day: date) -> list[str]:
    wrong = FieldErrors()
    field = Checked("fact", wrong)
    check_fields(fact, field, day, test_numbers=False)
    check_agreement(fact, field, day)
    return [f"{each.field} {each.description}" for each in wrong.found]


def test_there_are_more_than_twelve_of_them_of_every_basis() -> None:
    assert len(EXAMPLES) > 12
    assert {each.criteria.basis for each in EXAMPLES} == set(CriteriaBasis)


@_each
def test_each_household_of_an_agreement_is_answered_as_written(agreement: Agreement) -> None:
    tried = agreements.try_cases(agreement, exact=True)
    assert tried
    assert [line for each in tried if not each.holds for line in lines(each, "en")] == []


@_each
def test_an_agreement_can_be_recorded_as_it_stands(agreement: Agreement) -> None:
    assert _refused(agreement.criteria, agreement.cases[0]["day"]) == []


def test_the_agreement_that_the_page_shows_holds_as_written(tmp_path: Path) -> None:
    page = (FOLDER.parents[1] / "criteria.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "shown.yaml"
    file.write_text(shown, "utf-8")
    tried = agreements.try_cases(agreements.read(file), exact=True)
    assert [line for each in tried if not each.holds for line in lines(each, "en")] == []
    assert len(tried) == 2


def test_a_case_that_is_answered_otherwise_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = (FOLDER / "both-of-a-couple.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("outcome: PERMITTED}", "outcome: PROHIBITED}", 1), "utf-8")
    [first, *others] = agreements.try_cases(agreements.read(file))
    assert (first.id, first.holds, [each.holds for each in others]) == ("1", False, [True] * 3)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("note: nothing", "'criteria' is missing"),
        ("criteria: work", "criteria: this has words below it"),
        ("criteria: {basis: agreed, ways: []}", "'set_on' is missing"),
        (
            "criteria: {basis: agreed, set_on: 2024-01-01, ways: [{work: {hour: 1}}]}",
            "'hour' is not a word here; nearest: 'hours'",
        ),
        (
            "criteria: {basis: agreed, set_on: 2024-01-01, ways: [{wrok: {}}]}",
            "'wrok' names no criterion; nearest: 'work'",
        ),
        (
            "criteria: {basis: agreed, set_on: 2024-01-01, ways: [{rank: 1}]}",
            "criteria.ways: names no criterion; known: age,",
        ),
        (
            "criteria: {basis: agreed, set_on: 2024-01-01,"
            " ways: [{age: {age: 18}, any_of: [{work: {}}]}]}",
            "criteria.ways: 'age' stands beside any_of: write it in each one",
        ),
        (
            'criteria: {basis: agreed, set_on: 2024-01-01, ways: [{work: {hours: "25,5"}}]}',
            "criteria.ways.work.hours: '25,5' is no number of hours, as 36.5 is",
        ),
        (
            "criteria: {basis: agreed, set_on: 2024-01-01, ways: [{work: {}}]}\ncases: [x]",
            "cases, number 1: a case has words",
        ),
        ("- one", "the file has words"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_says_where(
    tmp_path: Path, text: str, error: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(CaseError) as raised:
        agreements.read(file)
    assert error in str(raised.value)


def test_what_was_seen_and_could_not_be_recorded_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = (FOLDER / "both-of-a-couple.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("{kind: work, hours:", "{kind: work, age: 40, hours:"), "utf-8")
    [first, *_] = agreements.try_cases(agreements.read(file))
    assert set(first.wrong) == {"seen.age: says nothing in a sight of work"}
    assert not first.holds


def test_an_exchange_goes_through_no_channel_and_is_tried_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        """
criteria: {basis: agreed, set_on: 2024-01-01, ways: [{work: {hours: 30}}]}
cases:
  - says: Criteria that are agreed bind no exchange.
    question: exchange
    dwelling: {rooms: 3}
    asked: {lived_since: 2015-01-01, partner_is_tenant: true}
    household: {applicant: {nothing_shown: []}}
    expect: {outcome: PERMITTED}
""",
        "utf-8",
    )
    [tried] = agreements.try_cases(agreements.read(file))
    assert (tried.wrong, tried.differences) == ([], [])


def test_hours_of_a_household_that_are_no_number_are_said_so(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = (FOLDER / "both-of-a-couple.yaml").read_text(encoding="utf-8")
    file.write_text(re.sub(r"kind: work, hours: \d+", "kind: work, hours: '25,5'", text), "utf-8")
    [first, *_] = agreements.try_cases(agreements.read(file))
    assert first.wrong == [
        "household.applicant.seen.hours: '25,5' is no number of hours, as 36.5 is"
    ]


def test_a_word_that_is_none_beside_the_criteria_is_said_of_each_case(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = (FOLDER / "both-of-a-couple.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("\nday:", "\naera: {}\nday:", 1), "utf-8")
    for each in agreements.try_cases(agreements.read(file)):
        assert each.wrong == ["'aera' is not a word here; nearest: 'area'"]


NOT_RECORDED_SO = {"E-work-hours-not-noted"}
"""Of a job at least the hours are recorded; the rules do not rely on that."""


def test_agreed_criteria_and_sights_of_the_golden_cases_can_be_recorded() -> None:
    cases = [
        case
        for case in golden.about_households()
        if "almenboligloven § 60, stk. 1" in case["section"] and case["id"] not in NOT_RECORDED_SO
    ]
    wrong = []
    for case in cases:
        world = putting.build(case)
        facts = [item.fact for items in world.personal.values() for item in items]
        facts += [item.fact for item in world.recorded_openly]
        for fact in facts:
            agreed = isinstance(fact, CriteriaSet) and fact.basis is CriteriaBasis.AGREED
            if agreed or isinstance(fact, SightAttested):
                wrong += [(case["id"], said) for said in _refused(fact, case["day"])]
    assert len(cases) > 100
    assert wrong == []
