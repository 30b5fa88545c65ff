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

NEEDS = {"case-handler": pytest.mark.pango, "integrator": pytest.mark.curl}
"""What a walk makes, or calls, that is not on every machine."""
NAMES = [pytest.param(script.stem, marks=NEEDS.get(script.stem, ())) for script in walks.SCRIPTS]


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


ANSWERS = {
    1: ("TILLADT", ""),
    2: ("IKKE TILLADT", "(nr. 5)"),
    3: ("TILLADT", ""),  # five months
    4: ("IKKE AFGJORT", "kommunens ydelseskontor"),
    5: ("IKKE TILLADT", "(nr. 7)"),  # the spouse
    6: ("IKKE TILLADT", "(nr. 7)"),  # two benefits of one number, as it is read
    7: ("IKKE TILLADT", "(nr. 6)"),
    8: ("TILLADT", ""),  # seniorpension is not named
    9: ("IKKE AFGJORT", "uddannelsesinstitutionen"),
    10: ("TILLADT", ""),  # enrolled
    11: ("IKKE TILLADT", "(nr. 4)"),  # the spouse is not enrolled
    12: ("IKKE TILLADT", "(nr. 1)"),
    13: ("TILLADT", ""),  # released more than six months ago
    14: ("IKKE TILLADT", "(nr. 3)"),
    15: ("TILLADT", ""),  # terminated, and not for gross breach
    16: ("IKKE TILLADT", "(integrationsloven)"),
    17: ("IKKE TILLADT", "(nr. 5)"),
    18: ("IKKE AFGJORT", "listen over husstanden"),
    19: ("IKKE AFGJORT", "hvordan loven fortolkes"),  # a run that ended in July
    20: ("IKKE AFGJORT", "folkeregistret"),
}
"""By household: the answer as § 59, stk. 6, and integrationsloven § 12 give it, and why."""


def test_the_officer_has_twenty_answers_that_danish_excel_opens(walked: Walks) -> None:
    _, folder = walked("referral-officer")

    content = (folder / "svar.csv").read_bytes()

    assert content.startswith("\ufeff".encode()), "without a byte order mark Excel spoils æøå"
    assert content.count(b"\r\n") == content.count(b"\n") == 21
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    found = {int(row["Nr."]): row for row in rows}
    assert [row["Husstand"] for row in found.values()] == [f"sag:2026-{n:05}" for n in ANSWERS]
    assert {number: row["Svar"] for number, row in found.items()} == {
        number: answer for number, (answer, _) in ANSWERS.items()
    }
    for number, (_, why) in ANSWERS.items():
        assert why in found[number]["Svar i ord"] + found[number]["Mangler"], number
    assert "samme nummer lægges sammen" in found[6]["Åbne fortolkninger"]
    assert "Ingen fortolkning er valgt" in found[19]["Åbne fortolkninger"]


def test_what_was_missing_is_supplied_and_the_fallback_makes_a_duty(walked: Walks) -> None:
    made, _ = walked("referral-officer")

    *_, supplied, _, inside = (printed for printed in made.printed.values() if printed.strip())

    assert "  Svar                   TILLADT" in supplied
    assert "  Svar                   TILLADT" in inside
    assert "stk. 9" in inside


def test_a_newcomer_is_told_what_is_missing_and_which_sheet_states_it(walked: Walks) -> None:
    made, _ = walked("newcomer")

    asked = [printed for printed in made.printed.values() if "  Question  " in printed]

    first, again = asked[-2:]
    assert "  Answer                 UNDETERMINED" in first
    assert "husret record --template attestations" in first
    assert "  Answer                 PERMITTED" in again


@pytest.mark.pango
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


@pytest.mark.curl
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
