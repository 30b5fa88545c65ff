"""`husret cases` on files that nobody should have written: it says what is wrong, and where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.law.editions import CURRENT
from domain.law.kernel import Finding
from services.cases import stated, trying
from services.cli.main import main
from tests.law.in_force import in_force

CASE = """
- id: nothing-stands-against-it
  says: Nothing stands against it.
  question: referral
  day: 2024-05-02
  area: {is: [vulnerable]}
  household: {applicant: {}}
  otherwise: attested_absent
  expect: {outcome: PERMITTED}
  section: almenboligloven § 59
  sure: high
"""
HOUSEHOLD, EXPECT, AREA = (
    "household: {applicant: {}}",
    "expect: {outcome: PERMITTED}",
    "area: {is: [vulnerable]}",
)
DEEP = 900
FOLD = 9


def _tried(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> tuple[int, str]:
    file = tmp_path / "mine.yaml"
    file.write_bytes(content)
    code = main(["cases", str(file), "--language", "en"])
    said = capsys.readouterr()
    return code, said.out + said.err


@pytest.mark.parametrize(
    ("said", "instead", "error"),
    [
        # days
        ("day: 2024-05-02", "day: '2024-05-02'", "'day' is a day, written 2024-09-02 without"),
        ("day: 2024-05-02", "day: 2024-05-02T10:00:00", "without quotation marks and time of day"),
        ("day: 2024-05-02", "day: 2. maj 2024", "here is '2. maj 2024'"),
        ("day: 2024-05-02", "day:", "'day' is a day"),
        ("day: 2024-05-02", "day: 2024-02-30", "line 5: '2024-02-30' is no day"),
        ("day: 2024-05-02", "day: 9999-12-31", "does not lie from 1900-01-01 to"),
        (HOUSEHOLD, "household: {applicant: {released: {day: '2024-05-01'}}}", "'day' is a day"),
        # words that have words below them
        (AREA, "area: vulnerable", "'area' has words below it"),
        (AREA, "area: {on_lists_of: [2020]}", "area: 'on_lists_of' has words below it"),
        (HOUSEHOLD, "household: [applicant]", "'household' has words below it"),
        (HOUSEHOLD, "household: {applicant: yes}", "household: 'applicant' has words below it"),
        (HOUSEHOLD, "household: {applicant: {released: [2024-05-01]}}", "'released' has words"),
        (EXPECT, "expect: PERMITTED", "'expect' has words below it"),
        (EXPECT, "expect: {findings: [REF-UDS-N5]}", "'findings' has words below it"),
        (EXPECT, "expect: {values: {REF-UDS-N5: met}}", "'REF-UDS-N5' has words below it"),
        # values of a closed list
        (AREA, "area: {is: vulnerabel}", "area.is: 'vulnerabel' is not known here; nearest"),
        (EXPECT, "expect: {outcome: permitted}", "'permitted': nearest: 'PERMITTED'"),
        (EXPECT, "expect: {outcome_in: [PERMITED]}", "'PERMITED': nearest: 'PERMITTED'"),
        (EXPECT, "expect: {findings: {REF-UDS-N5: Met}}", "'Met': nearest: 'met'"),
        (EXPECT, "expect: {person: {REF-UDS-N4: {aplicant: met}}}", "nearest: 'applicant'"),
        (EXPECT, "expect: {elsewhere: {ordinry: PERMITTED}}", "nearest: 'ordinary'"),
        (EXPECT, "expect: {read: [benefit]}", "'benefit': nearest: 'benefits'"),
        (EXPECT, "expect: {flagged: [START-REF]}", "'START-REF' is not known here"),
        ("sure:", "readings: {AMB-YUTH: a}\n  sure:", "'AMB-YUTH' is no point; nearest"),
        ("sure:", "readings: {AMB-YOUTH: z}\n  sure:", "readings.AMB-YOUTH: 'z': one of a, b"),
        (EXPECT, "expect: {under: {read: {AMB-YOUTH: z}}}", "AMB-YOUTH: 'z': one of a, b"),
        # facts of another kind than they can be
        (HOUSEHOLD, "household: {applicant: {enrolled: maybe}}", "applicant.enrolled: Expected"),
        (HOUSEHOLD, "household: {applicant: {refugee: 'yes'}}", "applicant.refugee: Expected"),
        (
            HOUSEHOLD,
            "household: {applicant: {benefits: [kontanthjaelp]}}",
            "'kontanthjaelp' is not",
        ),
        (
            HOUSEHOLD,
            "household: {applicant: {benefits: kontanthjaelp 2024-04 to 2024-01}}",
            "ends before it begins",
        ),
        (
            HOUSEHOLD,
            "household: {applicant: {benefits: kontanthjaelp_16_1 2024-01 to 2024-04}}",
            "there was no such benefit before 2025-07-01",
        ),
        (AREA, "area: {on_lists_of: {2020: [], 2020-12-01: []}}", "stands twice"),
        (AREA, "area: {on_lists_of: {20200: []}}", "'20200' is no year and no day"),
        (AREA, "area: {figures: {unattached_share: many}}", "'unattached_share' is a number"),
        (
            "sure:",
            "municipality: {exempted: {day: 2023-01-10, share_used: lots}}\n  sure:",
            "'share_used' is a number",
        ),
        (
            "sure:",
            "municipality: {family_dwellings: {in_listed_areas: x, in_municipality: 9}}\n  sure:",
            "Expected `int`, got `str`",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, instead: str, error: str
) -> None:
    assert said in CASE
    code, output = _tried(tmp_path, capsys, CASE.replace(said, instead, 1).encode())
    assert code == 1
    assert error in output


def _folded() -> str:
    """A small file whose aliases stand for more values than any memory holds."""
    last, lines = "a", ["- id: x", f"  says: &a [{', '.join('l' * FOLD)}]"]
    for name in "bcdefghij":
        lines.append(f"  {name}: &{name} [{', '.join([f'*{last}'] * FOLD)}]")
        last = name
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "a file is a list of cases"),
        (b"[]", "a file is a list of cases"),
        (b"- 1", "a file is a list of cases"),
        (bytes(range(256)) * 20, "this is not YAML in UTF-8"),
        (CASE.encode("utf-16"), "this is not YAML in UTF-8"),
        (b"- {[a]: b}", "a word is text, a year or a day"),
        (b"- {? {a: b} : c}", "a word is text, a year or a day"),
        (b"- id: " + b"[" * DEEP + b"]" * DEEP, "one thing stands inside another too many times"),
        (b"- id: " + b"[" * 9 * DEEP + b"]" * 9 * DEEP, "can't be read"),
        (_folded().encode(), f"at most {stated.MOST_VALUES} values"),
        (b"- id: *nothing", "undefined alias"),
        (b"- !!python/object/apply:os.getcwd []", "could not determine a constructor"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, error: str
) -> None:
    code, output = _tried(tmp_path, capsys, content)
    assert code == 1
    assert error in output


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (AREA, "area: {is: vulnerable}"),
        (AREA, "area: {on_lists_of: {2023: vulnerable}}"),
        (HOUSEHOLD, "household: {applicant: {released: {day: 2023-05-01}}}"),
        (HOUSEHOLD, "household: {applicant: {terminated: {day: 2023-05-01}}}"),
        (HOUSEHOLD, "household: {applicant: {benefits: kontanthjaelp 2024-01 to 2024-04}}"),
        (HOUSEHOLD, "household: {applicant: {benefits_attested: {to: 2024-05-02}}}"),
        (EXPECT, "expect: {outcome_in: PERMITTED}"),
        (EXPECT, "expect: {texts_include: {summary: tilladt}}"),
        (EXPECT, "expect: {under: {read: {AMB-LIST: a}, outcome: PERMITTED}}"),
    ],
)
def test_what_may_be_stated_several_times_may_stand_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, instead: str
) -> None:
    assert said in CASE
    assert _tried(tmp_path, capsys, CASE.replace(said, instead, 1).encode()) == (
        0,
        "1 of 1 hold\n",
    )


def test_words_that_a_text_must_not_have_are_words_and_not_letters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = CASE.replace(EXPECT, "expect: {texts_include: {summary: forbudt}}")
    code, output = _tried(tmp_path, capsys, wrong.encode())
    assert code == 1
    assert "texts_include.summary: expected forbudt" in output


def test_a_warning_of_the_review_of_the_law_names_no_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = CASE.replace("2024-05-02", "2026-02-02").replace("outcome:", "never:")
    code, output = _tried(tmp_path, capsys, wrong.encode())
    assert code == 1
    assert "never: expected not PERMITTED, or warned of" in output


@pytest.mark.parametrize("fault", [TypeError, AttributeError, KeyError, ValueError, OverflowError])
def test_a_fault_of_the_law_is_no_mistake_of_the_case(fault: type[Exception]) -> None:
    def failing(*handed: Any) -> Finding:
        raise fault("broken")

    broken = CURRENT.amended(
        rules=[replace(CURRENT.rules["REF-UDS-N4"], revision=2, evaluate=failing)]
    )
    case = stated.stated(yaml.safe_load(CASE)[0])
    with pytest.MonkeyPatch.context() as patch:
        in_force(patch, broken)
        with pytest.raises(stated.LawFaultError, match=r"the law fails on this case: .*broken"):
            trying.try_case(case)
