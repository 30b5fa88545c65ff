"""No law that an edition reaches may change in place, nor a parameter without a new edition."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from importlib.machinery import SourceFileLoader
from types import CodeType, FunctionType, ModuleType
from typing import Any, cast

import pytest

import domain.facts
from domain.facts import words
from domain.law import acts
from domain.law.answer import Decision, Need
from domain.law.area import figures, former, lists, origin
from domain.law.area import status as area
from domain.law.editions import CURRENT, EDITIONS
from domain.law.ending import notice, rehousing, sale
from domain.law.ending import termination as eviction
from domain.law.fund import support
from domain.law.kernel import Finding, Status
from domain.law.referral import grounds as referral
from domain.law.sale import approval, proceeds, terms
from tests.law import revisions

pytestmark = pytest.mark.revision_guard

BEFORE = revisions.recorded()

MODULES = (
    *(acts, area, eviction, figures, former, lists, notice, origin, referral, rehousing, sale),
    *(approval, proceeds, support, terms),
)
"""The modules with numbers, days and lists that rules decide by."""

IN_NO_RULE = {
    ("acts", "ALMENBOLIGLOVEN"),
    ("acts", "ALMENLEJELOVEN"),
    ("lists", "FIRST_GHETTO_DECEMBER"),
    ("origin", "NAMED_IN_JUDGMENT"),
    ("termination", "BAND_CM"),
}
"""Constants that no rule is declared with: the hash of their module alone tells of them."""


class Altered(ast.NodeTransformer):
    """Alters the first number, or leaves out the first word of a set."""

    done = False

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Take one from an integer, and put a digit behind a number that is written as text."""
        value = node.value
        if not self.done and isinstance(value, int) and not isinstance(value, bool):
            self.done = True
            return ast.Constant(value - 1)
        if not self.done and isinstance(value, str) and value.replace(".", "").isdigit():
            self.done = True
            return ast.Constant(value + "1")
        return node

    def visit_Set(self, node: ast.Set) -> ast.AST:
        """Leave out the first word."""
        if self.done or not all(isinstance(each, ast.Attribute) for each in node.elts):
            return self.generic_visit(node)
        self.done = True
        others = ast.Tuple(node.elts[1:], ast.Load())
        return ast.Call(ast.Name("frozenset", ast.Load()), [others], [])


def alterations() -> Iterator[tuple[ModuleType, str, str]]:
    """Return each constant of the law, and its module's source with that one altered."""
    for module in MODULES:
        source = inspect.getsource(module)
        lines, altered = source.splitlines(), Altered()
        for node in ast.parse(source).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                altered.done = False
                node.value = cast(ast.expr, altered.visit(node.value))
                if altered.done:
                    changed = ast.unparse(ast.fix_missing_locations(node))
                    around = lines[: node.lineno - 1], lines[node.end_lineno :]
                    yield module, node.targets[0].id, "\n".join([*around[0], changed, *around[1]])


ALTERATIONS = {
    (module.__name__.split(".")[-1], name): (module, source)
    for module, name, source in alterations()
}


@pytest.mark.parametrize(
    ("id", "name"),
    [
        (id, name)
        for id, each in EDITIONS.items()
        if id in BEFORE
        for name in revisions.reached(each)
    ],
)
def test_no_law_that_an_edition_reaches_changes_unnoticed(id: str, name: str) -> None:
    assert BEFORE[id].get(name) == revisions.of_module(name), (
        f"{name} is not what it was when the edition {id[:8]} was recorded. If a release can run "
        "that edition, put what is new beside the old, in an edition of its own "
        "(docs/amending.md), and see that tests/frozen still passes. Then run "
        "`python -m tests.law.revisions`."
    )


def test_the_editions_are_those_that_were_recorded() -> None:
    assert set(BEFORE) == set(EDITIONS), (
        "an edition's id follows from all that it holds, so one of them was changed in place. If "
        "a receipt of a release may name it, amend it instead (docs/amending.md); else run "
        "`python -m tests.law.revisions`."
    )


def test_the_module_of_an_amended_function_is_hashed_with_its_edition() -> None:
    rule = replace(CURRENT.rules["REF-UDS-N5"], revision=2, evaluate=_no_longer)
    step = replace(CURRENT.steps["referral"], revision=2, examine=_another_step)
    for amended in (CURRENT.amended(rules=[rule]), CURRENT.amended(steps=[step])):
        assert set(revisions.reached(amended)) - set(revisions.reached(CURRENT)) == {__name__}


def _no_longer(*handed: Any) -> Finding:
    return Finding(Status.NOT_MET)


def _another_step(*handed: Any) -> Generator[Need, Any, Decision]:
    decision: Decision = yield from CURRENT.steps["referral"].examine(*handed)
    return decision


FINDS_FACTS = {
    "proceeds.recorded",
    "sale.disposal",
    "termination.judgments",
    "termination.complete_until",
    "termination.terminated",
    "termination.requested",
    "termination.weighing",
    "undecided.none_recorded",
    "lives.judgment_on",
}
"""What is recorded, and whether all of it is: no wording of an act."""

PUTS_TOGETHER = {"termination.furthest", "termination.judgments_missing", "bases.barred"}
"""Which of several findings is shown, what a finding keeps from happening, and what is asked."""

WHICH_RULES = {
    "bases.rule_of",
    "bases.condition",
    "grounds.place",
    "grounds.any_prevention_area",
}
"""Which rules there are on a day and in a place is the step itself, and is replaced with it."""

STEPS = sorted(name for name in revisions.LAW if name.endswith("steps"))
SHARED = {f"domain.law.{name}" for name in ("answer", "case", "kernel", "numbers", "question")}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_asks_the_law_of_its_edition_and_of_no_other(name: str) -> None:
    """Else a rule that an amendment replaces would change nothing."""
    module = importlib.import_module(name)
    tree = ast.parse(inspect.getsource(module))
    named_to_a_rule = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and (getattr(call.func, "attr", "") == "part" or ast.unparse(call.func) == "own")
        for argument in call.args
    }
    past = {
        f"{found.__module__.rpartition('.')[2]}.{found.__name__}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in named_to_a_rule
        for found in [_looked_up(node, module)]
        if isinstance(found, FunctionType)
        and found.__module__.startswith("domain.law.")
        and found.__module__ not in {name, *SHARED}
    }
    assert past <= FINDS_FACTS | PUTS_TOGETHER | WHICH_RULES


def _looked_up(node: ast.expr, module: ModuleType) -> Any:
    match node:
        case ast.Name(id=name):
            return vars(module).get(name)
        case ast.Attribute(value=ast.Name(id=of), attr=name):
            return getattr(vars(module).get(of), name, None)
    return None


DAY_OF_THEIR_OWN = {id for id in CURRENT.rules if id.startswith("AREA-")}
"""Figures and lists are of a day of their own, which they are handed with."""

OF_ANOTHER = {"LET-OCC-26", "LET-CAP-14", "LET-WAITLIST-HALF", "LET-CHILD", "REH-NOFLEX"}
"""Rules that count what they are handed, or take what another rule of the day has found."""

NEVER_LAW = {
    "FIN-80G-AGREED",
    "FIN-LOSS",
    "LET-AGREEMENT-CRIME",
    "LET-STUDENT-TEMP",
    "REH-SALE-AGREED",
}


def test_a_rule_is_handed_the_day_that_an_amendment_of_it_would_hold_from() -> None:
    without = {
        rule.id
        for rule in CURRENT.rules.values()
        for each in (rule.evaluate, *(function for _, function in rule.limbs), *rule.parts)
        if not {"day", "view"} & set(inspect.signature(each).parameters)
    }
    assert without <= DAY_OF_THEIR_OWN | OF_ANOTHER | NEVER_LAW


def test_comments_and_docstrings_are_no_law_and_all_else_is() -> None:
    source = inspect.getsource(notice)
    assert revisions.of("# said\n" + source) == revisions.of(source)
    assert revisions.of(source.replace('"""Notice', '"""Said: notice')) == revisions.of(source)
    assert revisions.of(source + "\nMORE = 1\n") != revisions.of(source)


@pytest.mark.parametrize("constant", ALTERATIONS, ids="-".join)
def test_altering_one_constant_of_a_rule_gives_another_edition(constant: tuple[str, str]) -> None:
    module, altered = ALTERATIONS[constant]
    assert revisions.of(altered) != revisions.of(inspect.getsource(module))
    editions = _editions_with({module.__name__: altered})
    assert (editions == list(EDITIONS)) == (constant in IN_NO_RULE)


def test_the_law_imported_anew_without_an_alteration_is_the_same_edition() -> None:
    assert _editions_with({notice.__name__: inspect.getsource(notice)}) == list(EDITIONS)


def test_no_law_takes_every_word_that_a_fact_may_have() -> None:
    enumerations = {
        name
        for name, each in vars(domain.facts).items()
        if isinstance(each, type) and issubclass(each, StrEnum)
    }
    taken = [
        (name, each.id)
        for name in revisions.LAW
        for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(name))))
        for each in _gone_through(node)
        if isinstance(each, ast.Name) and each.id in enumerations
    ]
    assert taken == [], "a word that facts get later would change what a released edition says"


def _gone_through(node: ast.AST) -> list[ast.expr]:
    """What a loop, or a call such as `sorted(Factor)`, goes through word by word."""
    match node:
        case ast.comprehension(iter=each) | ast.For(iter=each):
            return [each]
        case ast.Call(func=ast.Name(id="sorted" | "tuple" | "list" | "set" | "frozenset")):
            return node.args
    return []


def test_another_word_or_label_of_the_facts_gives_no_other_edition() -> None:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(domain.facts.__path__, "domain.facts.")
    ]
    altered = {
        module.__name__: ast.unparse(ast.fix_missing_locations(Worded().visit(tree)))
        for module in modules
        for tree in [ast.parse(inspect.getsource(module))]
    }
    assert "ANOTHER = 'another'" in altered[words.__name__]
    assert "'Integration benefit'" in altered[words.__name__]
    assert _editions_with(altered) == list(EDITIONS)


class Worded(ast.NodeTransformer):
    """Gives each enumeration another word, and what its words are called a capital."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Alter an enumeration; other classes stay."""
        if [ast.unparse(base) for base in node.bases] != ["StrEnum"]:
            return node
        for each in ast.walk(node):
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Tuple):
                for said in each.value.elts[1:]:
                    if isinstance(said, ast.Constant) and isinstance(said.value, str):
                        said.value = said.value.capitalize()
        node.body.append(ast.Assign([ast.Name("ANOTHER", ast.Store())], ast.Constant("another")))
        return node


def _editions_with(sources: Mapping[str, str]) -> list[str]:
    """Return the ids of the editions, had some modules of the domain these sources.

    The facts, which take the longest, are imported anew only where they are among these.
    """
    kept = () if any(map(_is_of_facts, sources)) else tuple(filter(_is_of_facts, sys.modules))
    with pytest.MonkeyPatch.context() as patch:
        for name in _domain_but(kept):
            patch.delitem(sys.modules, name)
        patch.setattr(SourceFileLoader, "get_code", _instead_of(sources))
        ids = list(importlib.import_module("domain.law.editions").EDITIONS)
        for name in _domain_but(kept):
            del sys.modules[name]
    return ids


def _is_of_facts(module: str) -> bool:
    return module.startswith("domain.facts") or module == "domain.data_classes"


def _domain_but(kept: Collection[str]) -> list[str]:
    return [name for name in sys.modules if name.split(".")[0] == "domain" and name not in kept]


def _instead_of(sources: Mapping[str, str]) -> Callable[[SourceFileLoader, str], CodeType]:
    """Return what gives a module's code to its importer: of these, that of another source."""
    read = SourceFileLoader.get_code

    def code_of(loader: SourceFileLoader, name: str) -> CodeType:
        if name in sources:
            return compile(sources[name], name, "exec")
        code = read(loader, name)
        assert code is not None
        return code

    return code_of
