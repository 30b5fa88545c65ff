"""`husret cases`, as a lawyer uses it: in files, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.cli.main import main

CASE = """
- id: six-months
  says: Six whole months keep a household out.
  question: referral
  day: 2024-09-02
  area: {is: [vulnerable]}
  household:
    applicant: {benefits: [kontanthjaelp 2024-03 to 2024-08]}
  otherwise: attested_absent
  expect: {outcome: PROHIBITED, findings: {REF-UDS-N5: met}}
  section: almenboligloven § 59, stk. 6, nr. 5
  sure: high
"""


def _tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, *options: str
) -> tuple[int, str]:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    code = main(["cases", str(file), *options])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_case_that_holds_is_counted_and_nothing_else_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _tried(tmp_path, capsys, CASE) == (0, "1 of 1 hold\n")


def test_files_and_folders_are_tried_without_an_instance_a_server_or_a_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUSRET_DIR", "nowhere")
    monkeypatch.setenv("HUSRET_MASTER_KEY", "no key")
    for file in ("one.yaml", "two.yaml", "folder/below/three.yaml"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(CASE, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert main(["cases", "one.yaml", "two.yaml", "folder"]) == 0
    assert capsys.readouterr().out == "3 of 3 hold\n"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_case_that_fails_says_what_was_expected_what_came_out_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = CASE.replace("outcome: PROHIBITED", "outcome: PERMITTED")
    code, said = _tried(tmp_path, capsys, wrong, "--language", "en")
    assert code == 1
    assert "outcome: expected PERMITTED" in said
    assert "came out PROHIBITED" in said
    assert "from March 2024 to August 2024" in said
    assert said.endswith("\n0 of 1 hold\n")


def test_a_failing_case_is_one_json_document_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = CASE.replace("REF-UDS-N5: met", "REF-UDS-N5: not_met")
    code, said = _tried(tmp_path, capsys, wrong, "--json")
    document = json.loads(said)
    assert (code, document["held"], document["tried"]) == (1, 0, 1)
    assert document["cases"][0]["differences"] == [
        {"word": "findings.REF-UDS-N5", "expected": "not_met", "found": ["met"]}
    ]


@pytest.mark.parametrize(
    ("said", "instead", "error"),
    [
        ("area:", "aera:", "'aera' is not a word here; nearest: 'area'"),
        ("is: [v", "iss: [v", "area: 'iss' is not a word here; nearest: 'is'"),
        ("[vulnerable]", "[vulnerabel]", "'vulnerabel' is not known here; nearest: 'vulnerable'"),
        ("benefits:", "benefit:", "'benefit' is not a word here; nearest: 'benefits'"),
        ("kontanthjaelp 2", "kontanthjelp 2", "nearest: 'kontanthjaelp'"),
        ("outcome: P", "outcom: P", "expect: 'outcom' is not a word here; nearest: 'outcome'"),
        ("PROHIBITED", "PROHIBITTED", "'PROHIBITTED': nearest: 'PROHIBITED'"),
        ("REF-UDS-N5", "REF-UDS-N55", "'REF-UDS-N55' is no rule; nearest: 'REF-UDS-N5'"),
        ("attested_absent", "attested", "nearest: 'attested_absent'"),
        ("referral", "referal", "'referal' is not known here; nearest: 'referral'"),
        ("  day: 2024-09-02\n", "", "'day' is missing"),
        ("  section: almenboligloven § 59, stk. 6, nr. 5\n", "", "'section' is missing"),
        ("sure: high", "sure: very", "this is one of high, medium, low"),
    ],
)
def test_a_word_that_is_not_known_is_an_error_with_the_nearest_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, instead: str, error: str
) -> None:
    assert said in CASE
    code, shown = _tried(tmp_path, capsys, CASE.replace(said, instead))
    assert code == 1
    assert error in shown


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("id: one\n", "a file is a list of cases"),
        ("criteria: {basis: agreed}\n", "this is an agreement; `husret criteria check` reads it"),
        ("- id: [\n", "this is not YAML"),
        (CASE + "  sure: low\n", "'sure' stands twice"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, error: str
) -> None:
    code, said = _tried(tmp_path, capsys, text)
    assert code == 1
    assert error in said


def test_an_id_that_stands_twice_in_a_file_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = _tried(tmp_path, capsys, CASE + CASE)
    assert code == 1
    assert "another case of the file has the same" in said


def test_a_folder_without_cases_and_a_file_that_is_not_there_are_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cases", str(tmp_path)]) == 1
    assert main(["cases", str(tmp_path / "none.yaml")]) == 1
    assert "no .yaml file is in this folder" in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["- id: [", "not a list", None], ids=["yaml", "shape", "none"])
def test_a_file_that_cannot_be_read_fails_and_the_others_are_tried(
    broken: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = tmp_path / "a.yaml", tmp_path / "b.yaml"
    if broken is not None:
        bad.write_text(broken)
    good.write_text(CASE)

    assert main(["cases", str(bad), str(good)]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()

    assert first == str(bad)
    assert last == "1 of 2 hold"


def test_a_command_line_without_a_file_is_a_mistake_of_use(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["cases"])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("expect", "held"),
    [
        ("{outcome_in: [PROHIBITED, UNDETERMINED]}", True),
        ("{outcome_in: [PERMITTED]}", False),
        ("{not_outcome: PROHIBITED}", False),
        ("{not_outcome: PERMITTED}", True),
        ("{never: PROHIBITED}", False),
        ("{never: PERMITTED}", True),
        ("{includes: {changes: [benefit_not_received]}}", True),
        ("{includes: {flagged: [AMB-YOUTH]}}", False),
        ("{excludes: {flagged: [AMB-YOUTH]}}", True),
        ("{excludes: {changes: [benefit_not_received]}}", False),
        ("{texts_include: {summary: [ikke tilladt]}}", True),
        ("{texts_include: {summary: [er tilladt]}}", False),
        ("{texts_exclude: {all: [dagpengene]}}", True),
        ("{texts_exclude: {all: [kontanthjælp]}}", False),
    ],
)
def test_the_words_that_leave_the_rest_open_hold_and_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expect: str, held: bool
) -> None:
    text = CASE.replace("{outcome: PROHIBITED, findings: {REF-UDS-N5: met}}", expect)
    code, said = _tried(tmp_path, capsys, text)
    assert (code == 0) == held, said


def test_what_is_left_unsaid_is_looked_at_only_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    youth = CASE.replace("area:", "dwelling: {kind: youth}\n  area:")
    assert _tried(tmp_path, capsys, youth)[0] == 0
    code, said = _tried(tmp_path, capsys, youth, "--exact")
    assert code == 1
    assert "flagged: expected nothing" in said
