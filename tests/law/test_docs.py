"""docs/cases.md explains every word of a case, and what it shows holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from domain.questions import KINDS
from services.cases.stated import Stated, read
from services.cases.trying import lines, try_case
from tests.law import golden

PAGE = (Path(__file__).parents[2] / "docs" / "cases.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
_NAMES = re.compile(
    r"household$|readings$|candidates$|(on_lists_of|elsewhere|periods|is|computed)$"
)
_OF_RULES = re.compile(
    r"expect(\.under)?\.(findings|here|person|values|conditions|tools|under\.read)"
)


def _words(value: Any) -> set[str]:
    """Return the words that were asked for, but names, years, rules and points."""
    if isinstance(value, list):
        return set().union(*map(_words, value))
    if not isinstance(value, Stated):
        return set()
    named = _NAMES.search(value.path) or _OF_RULES.match(value.path) or value.path.endswith("read")
    below = set().union(*map(_words, dict.values(value)))
    return below if named else below | {str(word) for word in value.known}


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_the_page_holds(example: str, tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    for case in read(file):
        tried = try_case(case)
        assert tried.holds, "\n".join(lines(tried, "en"))


def test_the_page_explains_every_word_that_a_case_can_use() -> None:
    words: set[str] = set()
    for case in golden.load():
        try_case(case)
        words |= _words(case)
    fields = (slot.name for kind in KINDS.values() for slot in kind.fields)
    explained = {*re.findall(r"`([a-z0-9_]+)`", PAGE), *fields}
    assert sorted(words - explained) == []
