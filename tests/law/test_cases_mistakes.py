"""What `husret cases` says to a lawyer whose case is nearly right."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.cli.main import main
from tests.law.test_cases_command import CASE


def said_of(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, str]:
    file = tmp_path / "mine.yaml"
    file.write_text(case, encoding="utf-8")
    code = main(["cases", str(file), *options])
    return code, capsys.readouterr().out


@pytest.mark.parametrize(
    ("word", "instead", "error"),
    [
        ("day: 2024-09-02", "day: 2. september 2024", "here is '2. september 2024'"),
        ("day: 2024-09-02", "day: 2024-09-02 12:00:00", "here is '2024-09-02 12:00:00'"),
        ("2024-03 to", "2024-3 to", "'2024-3' is no day or month: they are written 2024-09-02"),
        ("REF-UDS-N5: met", "REF-UDS-N5: yes", "expect.findings.REF-UDS-N5: 'True' is not known"),
        ("REF-UDS-N5: met", "REF-UDS-N5: mett", "REF-UDS-N5: 'mett': nearest: 'met'"),
        ("{is: [vulnerable]}", "vulnerable", "'area' has words below it"),
    ],
)
def test_a_value_of_the_wrong_form_is_named_with_the_form_that_is_right(
    word: str, instead: str, error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert word in CASE
    file = tmp_path / "mine.yaml"
    file.write_text(CASE.replace(word, instead), encoding="utf-8")
    assert main(["cases", str(file)]) == 1
    said = capsys.readouterr()
    assert error in said.out + said.err


@pytest.mark.parametrize(
    ("several", "alone"),
    [
        ("{is: [vulnerable]}", "{is: vulnerable}"),
        ("{is: [vulnerable]}", "{on_lists_of: {2023: vulnerable}}"),
        ("[kontanthjaelp 2024-03 to 2024-08]", "kontanthjaelp 2024-03 to 2024-08"),
        ("outcome: PROHIBITED", "outcome_in: PROHIBITED"),
    ],
)
def test_what_is_stated_once_may_stand_alone(
    several: str, alone: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert several in CASE
    assert said_of(CASE.replace(several, alone), tmp_path, capsys) == (0, "1 of 1 hold\n")


def test_a_question_that_is_refused_is_said_to_be_and_nothing_else_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASE.replace("day: 2024-09-02", "day: 2009-09-02")
    code, said = said_of(case, tmp_path, capsys)
    assert code == 1
    assert "can't be read" not in said
    assert "refused: expected an answer\n           came out BeforeCoverage\n" in said


def test_a_refusal_that_does_not_come_is_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = "expect: {outcome: PROHIBITED, findings: {REF-UDS-N5: met}}"
    assert expected in CASE
    case = CASE.replace(expected, "expect: {refused: BeforeCoverage}")
    code, said = said_of(case, tmp_path, capsys)
    assert code == 1
    assert "refused: expected BeforeCoverage\n           came out an answer\n" in said
