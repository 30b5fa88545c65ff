"""The walks of docs/walks/ run from an empty folder, and docs/walks.md says what they print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tools import walks
from tools.walks import Walked

NAMES = [script.stem for script in walks.SCRIPTS]


Walks = Callable[[str], tuple[Walked, Path]]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walks:
    """Run a walk once, whatever asks for it."""

    @cache
    def run(name: str) -> tuple[Walked, Path]:
        folder = tmp_path_factory.mktemp(name)
        return walks.walk(walks.DOCS / "walks" / f"{name}.sh", folder), folder

    return run


@pytest.mark.parametrize("name", NAMES)
def test_a_walk_goes_through_and_the_page_says_what_it_prints(name: str, walked: Walks) -> None:
    made, _ = walked(name)

    assert made.code == 0, made.out + made.errors
    script = walks.DOCS / "walks" / f"{name}.sh"
    assert walks.table(script, made) in walks.DOCUMENT.read_text("utf-8"), "python -m tools.walks"


def test_the_officer_has_twenty_answers_that_danish_excel_opens(walked: Walks) -> None:
    _, folder = walked("referral-officer")

    content = (folder / "svar.csv").read_bytes()

    assert content.startswith("\ufeff".encode()), "without a byte order mark Excel spoils æøå"
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:6] == ["Nr.", "Navn", "Bor", "Husstand", "Svar", "Regler"]
    assert [row[3] for row in rows[1:]] == [f"sag:2026-{number:05}" for number in range(1, 21)]


def test_the_case_handler_has_a_contract_a_case_sheet_and_a_letter(walked: Walks) -> None:
    made, folder = walked("case-handler")

    assert "lbf:0042-007-0012: udlejet" in made.out
    assert "OVERLADT TIL ET SKØN" in made.out, "the act lets the landlord terminate, no more"
    [sheet] = folder.glob("case-sheet-*.pdf")
    assert sheet.read_bytes().startswith(b"%PDF")
    [letter] = folder.glob("letter-*.txt")
    said = letter.read_text("utf-8")
    assert said.startswith("Torben Engdal\nKastanjevej 31, st., 9999 Prøvekøbing\n")
    assert "1. maj 2026" in said, "the day until which rent is paid"


def test_the_integrator_has_answers_refusals_and_the_same_bytes(walked: Walks) -> None:
    made, folder = walked("integrator")

    printed = [json.loads(line) for line in made.out.splitlines() if line.startswith("{")]
    recorded, refused, answer, batch, first, second, shown, again = printed
    assert len(recorded["recorded"]) == 14
    [wrong] = refused["error"]["details"][1]["fieldViolations"]
    assert wrong["field"] == "question.dag"
    assert answer == json.loads((folder / "answer.json").read_text("utf-8"))
    outcomes = ["OUTCOME_PROHIBITED", "OUTCOME_UNDETERMINED"]
    assert [each["outcome"] for each in batch["items"]] == outcomes
    pages = [each for page in (first, second) for each in page["households"]]
    assert [each["externalId"] for each in pages] == ["ejd-hus:1", "ejd-hus:2"]
    assert [each["outcome"] for each in pages] == outcomes
    assert shown["decision"]["receiptId"] == answer["decision"]["receiptId"]
    assert again["verdict"] == "REPLAY_VERDICT_EQUAL"
