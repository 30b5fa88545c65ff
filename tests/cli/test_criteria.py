"""`husret criteria`, as somebody who writes an agreement down uses it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import pytest

from domain.facts import Criterion, CriterionKind, DocumentKind, LeavesKind, MustMeet
from domain.facts.declared import slots
from domain.law.letting import criteria_said, criteria_texts
from services.cases import agreements
from services.cli import exits
from services.cli.main import main

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples" / "criteria").glob("*.yaml"))
AGREEMENT = """
criteria:
  basis: agreed
  set_on: 2024-01-01
  couple_months: 12
  ways:
    - {rank: 1, household: couple, who: applicant_and_partner, work: {hours: 36.5, held: 6}}
    - {rank: 2, age: {over_age: 55}, tie: {tie: lives, inside: municipality, months: 12}}
cases:
  - says: Somebody of sixty who lives there.
    household:
      applicant:
        seen: [{kind: age, age: 60}, {kind: tie, tie: lives, inside: [municipality]}]
    expect: {outcome: PERMITTED}
"""


def _file(tmp_path: Path, text: str, name: str = "agreement.yaml") -> str:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_an_agreement_is_said_in_sentences_and_tried_on_its_households(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["criteria", "check", _file(tmp_path, AGREEMENT)]) == exits.ANSWERED
    said = capsys.readouterr().out
    assert "både ansøgeren og en eventuel partner skal have arbejde på mindst 36,5 timer" in said
    assert "en tilknytning ved at bo i kommunen i mindst 12 måneder" in said
    assert "bopælsattest" in said
    assert "siden hvornår en samlever har boet sammen med ansøgeren" in said
    assert said.endswith("1 of 1 hold\n")


def test_a_household_that_comes_out_otherwise_fails_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = AGREEMENT.replace("PERMITTED", "PROHIBITED")
    assert main(["criteria", "check", _file(tmp_path, wrong), "--json"]) == exits.FAILED
    document = json.loads(capsys.readouterr().out)
    assert (document["held"], document["tried"]) == (0, 1)
    [difference] = document["cases"][0]["differences"]
    assert (difference["word"], difference["found"]) == ("outcome", "PERMITTED")


def test_criteria_that_would_be_refused_are_not_tried_and_say_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = AGREEMENT.replace("age: {over_age: 55}", "age: {}")
    assert main(["criteria", "check", _file(tmp_path, wrong)]) == exits.FAILED
    said = capsys.readouterr().out
    assert "criteria.ways[1].conditions[0].any_of[0].all_of[0].age: is not given" in said
    assert "hold" not in said


def test_a_word_that_is_none_is_named_with_the_nearest_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = AGREEMENT.replace("hours: 36.5", "hour: 36.5")
    assert main(["criteria", "check", _file(tmp_path, wrong)]) == exits.FAILED
    assert "'hours'" in capsys.readouterr().err


def test_two_agreements_are_told_apart_sentence_by_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _file(tmp_path, AGREEMENT)
    after = _file(tmp_path, AGREEMENT.replace("36.5", "30"), "after.yaml")
    assert main(["criteria", "diff", before, after, "--language", "en", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    [gone], [come] = document["only_before"], document["only_after"]
    assert gone.replace("36.5", "30") == come
    assert main(["criteria", "diff", before, before]) == exits.ANSWERED
    assert capsys.readouterr().out == "De siger det samme.\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_said_in_both_languages(path: Path) -> None:
    criteria = agreements.read(path).criteria
    for said in (*criteria_said.sentences(criteria), *criteria_said.needed(criteria)):
        assert said.da
        assert said.da != said.en
        assert "{" not in said.da + said.en


def _said(tmp_path: Path, ways: str) -> list[str]:
    agreement = f"criteria: {{basis: agreed, set_on: 2024-01-01, ways: [{ways}]}}\ncases: []\n"
    criteria = agreements.read(Path(_file(tmp_path, agreement))).criteria
    return [each.en.partition(": ")[2] for each in criteria_said.sentences(criteria)[-2:]]


def test_a_criterion_of_none_is_said_as_one_of_some_is(tmp_path: Path) -> None:
    later = "{education: {start_within: 1}}"
    by_takeover = "{rank: 2, education: {start_within: 0}}"
    assert _said(tmp_path, f"{later}, {by_takeover}") == [
        "the applicant must have an education under way, begun at the latest 1 month after the "
        "dwelling is taken over, when the dwelling is allocated.",
        "the applicant must have an education under way, begun by the day that the dwelling is "
        "taken over, when the dwelling is allocated.",
    ]


def test_a_way_that_asks_for_nothing_says_so(tmp_path: Path) -> None:
    residents = "{residents_only: true, conditions: []}"
    assert _said(tmp_path, f"{residents}, {{rank: 2, work: {{}}}}")[0] == "nothing more is asked."


def test_what_is_said_of_one_alternative_does_not_run_into_the_next(tmp_path: Path) -> None:
    either = "{any_of: [{work: {permanent: true}}, {age: {age: 60}}]}"
    assert _said(tmp_path, f"{either}, {{rank: 2, work: {{}}}}")[0] == (
        "the applicant must have work, without a fixed term, or an age of at least 60, "
        "when the dwelling is allocated."
    )


def test_there_are_thirteen_examples() -> None:
    assert len(EXAMPLES) == 13


def test_every_field_and_every_word_of_a_criterion_can_be_said() -> None:
    fields = {slot.name for slot in slots(Criterion)} - {"kind", "months"}
    assert set(criteria_texts.FIELDS) == fields
    for slot in slots(Criterion):
        kind = (slot.each or slot).kind
        if slot.name != "kind" and isinstance(kind, type) and issubclass(kind, StrEnum):
            assert set(criteria_texts.WORDS[kind]) == set(kind), slot.name
    [months] = [slot.said.goes_with for slot in slots(Criterion) if slot.name == "months"]
    assert set(criteria_texts.MONTHS) == set(months or ())
    for table, words in (
        (criteria_texts.KINDS, CriterionKind),
        (criteria_texts.PROOF, CriterionKind),
        (criteria_texts.DOCUMENTS, DocumentKind),
        (criteria_texts.WHO, MustMeet),
        (criteria_texts.WORDS[LeavesKind], LeavesKind),
    ):
        assert set(table) == set(words)
