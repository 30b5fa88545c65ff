"""The walks of docs/walks/ run from an empty folder, and docs/walks.md says what they print."""

from __future__ import annotations

import csv
import io
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
