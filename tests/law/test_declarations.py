"""A rule is declared above the function that evaluates it, and an act's title and days once."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from datetime import date
from pathlib import Path

import pytest

import domain.law
from domain.law import acts
from domain.law.edition import Edition
from domain.law.editions import EDITIONS
from domain.law.kernel import Effect, Finding, Rule, Status, amends, declared, rule

LAW = Path(domain.law.__file__).parent
SOURCES = sorted(path for path in LAW.rglob("*.py") if "texts" not in path.as_posix())
MODULES = [each.name for each in pkgutil.walk_packages(domain.law.__path__, "domain.law.")]


@rule("B", "§ 2", act="b", first_day=date(2020, 1, 1), question="letting", effect=Effect.BANS)
@rule("A", "§ 1", act="a", first_day=date(2019, 1, 1), question="letting", effect=Effect.BANS)
def _both() -> Finding:
    return Finding(Status.MET)


@amends(declared({"__name__": __name__, "_both": _both})[1], last_day=date(2021, 1, 1))
def _amended() -> Finding:
    return Finding(Status.NOT_MET)


def test_an_amended_rule_is_the_next_revision_of_what_it_was() -> None:
    [before, *_] = [each for each in declared(globals()) if each.id == "A"]
    [found] = declared({"__name__": __name__, "_amended": _amended})
    assert (found.id, found.revision, found.last_day) == ("A", 2, date(2021, 1, 1))
    assert (found.section, found.first_day) == (before.section, before.first_day)
    assert found.evaluate is _amended


def test_a_function_may_evaluate_several_rules_and_stays_as_it_is() -> None:
    found = declared({"__name__": __name__, "_both": _both})
    assert [each.id for each in found] == ["B", "A"]
    assert [each.evaluate for each in found] == [_both, _both]
    assert _both() == Finding(Status.MET)


def test_a_module_declares_no_rule_of_a_function_that_it_imports() -> None:
    assert declared({"__name__": "elsewhere", "_both": _both}) == ()


def _declared() -> list[Rule]:
    return [each for name in MODULES for each in declared(vars(importlib.import_module(name)))]


def test_every_rule_that_a_function_declares_is_in_an_edition() -> None:
    found = _declared()
    held = [rule for edition in EDITIONS.values() for rule in edition.rules.values()]
    assert [each.id for each in found if each not in held] == []
    assert len({(each.id, each.revision) for each in found}) == len(found)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))
def test_every_rule_of_an_edition_is_declared_by_the_function_that_evaluates_it(
    edition: Edition,
) -> None:
    """Days and the like may be declared otherwise by a later edition; which rule it is, not."""
    by = {each.evaluate: set[str]() for each in _declared()}
    for each in _declared():
        by[each.evaluate].add(each.id)
    assert [id for id, each in edition.rules.items() if id not in by.get(each.evaluate, ())] == []


def test_a_rule_is_made_nowhere_but_above_a_function() -> None:
    made = [
        f"{path.name}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule"
    ]
    assert made == []


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.name != "acts.py"], ids=lambda path: path.stem
)
def test_the_title_of_an_act_stands_in_acts_alone(path: Path) -> None:
    said = [
        each.value
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and re.match(r"(Lov|LBK|BEK) nr\. \d+ af [\d/]+$", each.value)
    ]
    assert said == []


def test_the_day_of_an_act_is_read_from_its_title() -> None:
    assert acts.LOV_1322_2018 == "Lov nr. 1322 af 27/11/2018"
    assert acts.LOV_1322_2018.day == date(2018, 11, 27)
    assert acts.ALMENBOLIGLOVEN == "almenboligloven"
    assert acts.ALMENBOLIGLOVEN.day == date(1996, 5, 22)


def test_no_act_came_into_force_before_it_was_signed() -> None:
    for each in vars(acts).values():
        if isinstance(each, acts.Act):
            assert each.day < each.in_force
