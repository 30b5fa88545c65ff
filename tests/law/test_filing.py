"""The golden cases lie by subject and section, so that a lawyer finds those of § 51 c."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from domain.questions import QUESTIONS
from services.cases.casebook_letting import LIST_QUESTIONS
from services.cases.stated import files, read
from tests.law import golden

SUBJECTS = {
    **{kind: struct.__module__.split(".")[2] for kind, struct in QUESTIONS.items()},
    **dict.fromkeys(LIST_QUESTIONS, "letting"),
    "area": "area",
}
"""The folder of the questions, as in `domain/law`."""

_CITED = re.compile(
    r"(?P<act>[^§;]+?)(?: \([^)]*\))? §§? ?(?P<section>\d+(?: [a-z]\b)?)"
    r"(?:, stk\. (?P<stk>\d+)(?:-\d+)?)?(?:, nr\. (?P<nr>\d+))?"
)
_NUMBERED = re.compile(r"[Ll]ov nr\. (\d+) af \d+/\d+/(\d+)$")


def file_of(case: dict[str, Any]) -> Path:
    """Return the file that a case belongs in: its subject, and the first section that it names."""
    folder = Path(SUBJECTS[case["question"]])
    cited = _CITED.search(case["section"])
    if cited is None:
        return folder / "no_section.yaml"
    act = _NUMBERED.sub(r"lov_\1_\2", cited["act"].strip()).removeprefix("lov om ")
    parts = [act.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")]
    parts.append(cited["section"])
    parts += [f"{word}_{cited[word]}" for word in ("stk", "nr") if cited[word]]
    return folder / f"{'_'.join(parts).replace(' ', '_')}.yaml"


def test_a_case_lies_in_the_file_of_its_subject_and_section() -> None:
    astray = [
        f"{case['id']} lies in {path.relative_to(golden.FOLDER)} and belongs in {file_of(case)}"
        for path in files([golden.FOLDER])
        for case in read(path)
        if path.relative_to(golden.FOLDER) != file_of(case)
    ]
    assert astray == []
