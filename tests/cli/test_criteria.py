"""`husret criteria`, as somebody who writes an agreement down uses it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import pytest

from domain.facts import AsksMore, Criterion, CriterionKind, DocumentKind, LeavesKind, MustMeet
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
    assert "1 of 1 hold\n" in said


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
    file = _file(tmp_path, f"criteria: {{basis: agreed, set_on: 2024-01-01, ways: [{ways}]}}")
    said = criteria_said.sentences(agreements.read(Path(file)).criteria)
    return [each.da for each in said if each.da.startswith("Måde")]


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (
            "{age: {age: 18, most_age: 29}}",
            "ansøgeren skal have en alder på mindst 18 år og på højst 29 år, når boligen tildeles.",
        ),
        (
            "{leaves: {leaves: for_sale, inside: municipality}}",
            "ansøgeren skal have en bolig i kommunen, som er ejet og sat til salg, når boligen "
            "tildeles.",
        ),
        (
            "{tie: {tie: lives, inside: municipality}, child: {below_age: 18, living: [here]}}",
            "ansøgeren skal have et barn under 18 år, som bor hos personen, og en tilknytning ved "
            "at bo i kommunen, når boligen tildeles.",
        ),
        (
            "{any_of: [{work: {start_within: 1}}, {education: {start_within: 0}}]}",
            "ansøgeren skal have arbejde, begyndt senest 1 måned efter overtagelsen, eller en "
            "igangværende uddannelse, begyndt senest på dagen for overtagelsen, når boligen "
            "tildeles.",
        ),
        (
            "{residents_only: true, from_rooms: 1, to_rooms: 2, conditions: []}",
            "kun for afdelingens beboere, for boliger med 1-2 beboelsesrum: uden andre "
            "betingelser.",
        ),
    ],
)
def test_a_way_is_said_in_danish_as_it_is_written(tmp_path: Path, way: str, said: str) -> None:
    [found] = _said(tmp_path, way)
    assert found.endswith(said)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("share: 100", "alle ledige familieboliger, som anvisning og genhusning ikke har taget."),
        (
            "share: 25, share_of: all_vacant",
            "25 procent af de ledige familieboliger, anvisning og genhusning regnet med.",
        ),
        (
            "share: 1, share_of_every: 3",
            "1 ud af hver 3 ledige familieboliger, som anvisning og genhusning ikke har taget.",
        ),
    ],
)
def test_a_share_is_said_as_it_is_agreed(tmp_path: Path, share: str, said: str) -> None:
    text = f"criteria: {{basis: agreed, set_on: 2024-01-01, {share}, ways: [{{work: {{}}}}]}}"
    criteria = agreements.read(Path(_file(tmp_path, text))).criteria
    assert f"De bruges til {said}" in [each.da for each in criteria_said.sentences(criteria)]


def test_one_room_is_said_as_one(tmp_path: Path) -> None:
    other = "other_shares: [{to_rooms: 1, share: 2, share_of_every: 3}]"
    text = f"criteria: {{basis: agreed, set_on: 2024-01-01, {other}, ways: [{{work: {{}}}}]}}"
    criteria = agreements.read(Path(_file(tmp_path, text))).criteria
    said = [each.en for each in criteria_said.sentences(criteria)]
    assert "Of dwellings with at most 1 room, 2 of every 3 are let by them." in said


def test_there_are_fifteen_examples() -> None:
    assert len(EXAMPLES) == 15


def test_every_field_and_every_word_of_a_criterion_can_be_said() -> None:
    fields = {slot.name for slot in slots(Criterion)} - {"kind"}
    assert set(criteria_texts.FIELDS) == fields
    for slot in slots(Criterion):
        kind = (slot.each or slot).kind
        said_elsewhere = slot.name == "kind" or kind is DocumentKind
        if not said_elsewhere and isinstance(kind, type) and issubclass(kind, StrEnum):
            assert set(criteria_texts.WORDS[kind]) == set(kind), slot.name
    [months] = [slot.said.goes_with for slot in slots(Criterion) if slot.name == "months"]
    assert set(criteria_texts.MONTHS) == set(months or ())
    assert set(criteria_texts.DOES) == set(AsksMore)
    for table, words in (
        (criteria_texts.KINDS, CriterionKind),
        (criteria_texts.PROOF, CriterionKind),
        (criteria_texts.DOCUMENTS, DocumentKind),
        (criteria_texts.WHO, MustMeet),
        (criteria_texts.WORDS[LeavesKind], LeavesKind),
    ):
        assert set(table) == set(words)
