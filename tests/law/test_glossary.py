"""Danish texts are in the words of docs/glossary.md, and the English beside them says the same."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

import domain.law
from domain.events import EVENT_TYPES
from domain.facts.declared import slots
from domain.law.texts.kinds import Text
from domain.questions import KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

_SAYING = frozenset({"Text", "Said", "say", "step", "told", "event", "one"})
"""What is called with a text in Danish and the same in English, one beside the other."""
_DANISH = re.compile("[æøåÆØÅ]")
_HOLES = "{…}"
"""Stands where a value is put into a text."""


# --- The page -------------------------------------------------------------------------------


class Term(NamedTuple):
    """A row of the first table."""

    danish: tuple[str, ...]
    act: str
    english: tuple[str, ...]
    code: str


class Rule(NamedTuple):
    """A row of the second table."""

    avoid: str
    example: str
    write: str
    because: str

    def finds(self, danish: str) -> bool:
        """Say whether a text has what this rule avoids."""
        return re.search(self.avoid, danish, re.IGNORECASE) is not None


def _rows(heading: str) -> list[list[str]]:
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines[2:]]
    return [[cell.strip().strip("`").replace(r"\|", "|") for cell in row] for row in cells]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(","))


TERMS = [
    Term(_words(danish), act, _words(english), code)
    for danish, act, english, code in _rows("Terms")
]
RULES = [Rule(*row) for row in _rows("Words to avoid")]


def _has(text: str, words: tuple[str, ...]) -> bool:
    """Say whether a text has one of the words, each with any ending."""
    return any(re.search(rf"(?<!\w){re.escape(each)}", text, re.IGNORECASE) for each in words)


# --- The texts ------------------------------------------------------------------------------


def _found_in(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _found_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _found_in(each)


@cache
def texts_of_the_law() -> tuple[Text, ...]:
    """Return every text of `domain/law`, as it is shown, once."""
    found: dict[Text, None] = {}
    for module in pkgutil.walk_packages(domain.law.__path__, "domain.law."):
        named = vars(importlib.import_module(module.name))
        found.update(dict.fromkeys(text for value in named.values() for text in _found_in(value)))
    return tuple(found)


def _written(node: ast.AST) -> str | None:
    """Return a string as it stands in the code, with a mark for each value put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_written(each) or _HOLES for each in node.values)
    return None


def _docstrings(tree: ast.AST) -> set[int]:
    """Return the strings that are statements of their own: nobody is shown them."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def danish_of(source: str) -> list[str]:
    """Return the Danish that code shows: of calls with both languages, ` · ` and any æ, ø or å."""
    tree = ast.parse(source)
    unshown = _docstrings(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _SAYING:
            found += [said for each in node.args[::2] if (said := _written(each)) is not None]
        written = None if id(node) in unshown else _written(node)
        if written is not None and (" · " in written or _DANISH.search(written)):
            found.append(written.partition(" · ")[0])
    return found


def said_of_facts() -> Iterator[str]:
    """Return what facts and their fields are declared to mean; much of it has no æ, ø or å."""
    for kind in EVENT_TYPES:
        yield kind.da
        yield from meanings_of(kind.fact)


def said_of_questions() -> Iterator[str]:
    """Return what questions and their fields are declared to mean."""
    for kind in KINDS.values():
        yield kind.da
        yield from (slot.said.da for slot in kind.fields if slot.said.da)


def meanings_of(struct: type[Any]) -> Iterator[str]:
    """Return what the fields of a fact, or of a part of one, are declared to mean."""
    for slot in slots(struct):
        yield from (each.said.da for each in (slot, slot.each) if each and each.said.da)
        kind = (slot.each or slot).kind
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            yield from meanings_of(kind)


@cache
def danish() -> tuple[str, ...]:
    """Return every Danish text that anybody is shown, once."""
    found = dict.fromkeys(text.da for text in texts_of_the_law())
    found.update(dict.fromkeys(said_of_facts()))
    found.update(dict.fromkeys(said_of_questions()))
    for folder in ("services", "domain"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if ROOT / "domain" / "law" not in path.parents:
                found.update(dict.fromkeys(danish_of(path.read_text(encoding="utf-8"))))
    return tuple(found)


# --- What holds of them ---------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_no_text_has_a_word_to_avoid(rule: Rule) -> None:
    assert [text for text in danish() if rule.finds(text)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_each_rule_finds_its_example_and_not_what_is_to_be_written(rule: Rule) -> None:
    assert rule.finds(rule.example)
    assert rule.finds(f"Titel: {rule.example}")
    assert [each.avoid for each in RULES if each.finds(rule.write)] == []
    assert rule.because


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.danish[0])
def test_a_term_is_used_in_each_form_that_is_given(term: Term) -> None:
    assert [each for each in term.danish if not any(_has(t, (each,)) for t in danish())] == []
    assert [each.avoid for each in RULES if any(map(each.finds, term.danish))] == []
    assert "§" in term.act


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.danish[0])
def test_the_english_says_a_term_wherever_the_danish_does(term: Term) -> None:
    said = [text for text in texts_of_the_law() if _has(text.da, term.danish)]
    assert [text for text in said if not _has(text.en, term.english)] == []
    assert [each for each in term.english if not any(_has(t.en, (each,)) for t in said)] == []


@cache
def _code() -> frozenset[str]:
    """Return every word of the code that decides."""
    files = (path.read_text(encoding="utf-8") for path in (ROOT / "domain").rglob("*.py"))
    return frozenset(word for text in files for word in re.findall(r"\w+", text))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.danish[0])
def test_a_name_in_code_is_one(term: Term) -> None:
    assert term.code in _code()


def test_no_term_and_no_rule_is_given_twice() -> None:
    words = [word for term in TERMS for word in term.danish]
    assert len(set(words)) == len(words)
    assert len({rule.avoid for rule in RULES}) == len(RULES)


def test_the_texts_are_found() -> None:
    """Every string with a Danish letter in the files of texts is in a text that was collected."""
    collected = "\n".join(text.da for text in texts_of_the_law())
    for path in sorted((ROOT / "domain" / "law").rglob("*texts*/*.py")) + sorted(
        (ROOT / "domain" / "law").rglob("*texts.py")
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unshown = _docstrings(tree)
        for node in ast.walk(tree):
            written = node.value if isinstance(node, ast.Constant) else None
            if isinstance(written, str) and id(node) not in unshown and _DANISH.search(written):
                # A part of an f-string has the braces of the text that it makes.
                assert written.strip() in collected, path.name


@pytest.mark.parametrize(
    "source",
    [
        'words.say("loven læses", "the act is read")',
        'show.step("Et", "One", "loven læses", "the act is read")',
        'x = {1: Said("loven læses", "the act is read")}',
        'print(f"{a} loven læses · the act is read")',
        'x = ["loven læses så"]',
    ],
)
def test_danish_is_found_wherever_a_service_says_it(source: str) -> None:
    assert any(rule.finds(text) for text in danish_of(source) for rule in RULES)


def test_what_nobody_is_shown_is_no_text() -> None:
    assert danish_of('"""Hvordan loven læses."""\nx = 1\n"""læses"""') == []
