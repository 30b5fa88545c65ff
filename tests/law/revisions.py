"""Says what a rule's source and parameters are, as one hash for each rule and revision.

A rule's source is every definition that its function reaches in the modules of the law and the
calendar, without comments and docstrings. `python -m tests.law.revisions` records them.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
import json
import pkgutil
from functools import cache
from pathlib import Path

import domain.law
from domain.law.kernel import SEMANTICS, Rule
from domain.law.package import CURRENT

FILE = Path(__file__).with_name("revisions.json")
_NO_LAW = ("explain", "kernel", "open_points", "package", "timeline")
_MACHINERY = ("kernel", "answer", "case", "home", "beside", "elsewhere")
_MODULES = [each.name for each in pkgutil.walk_packages(domain.law.__path__, "domain.law.")]


def _is_step(name: str) -> bool:
    last = name.rpartition(".")[2]
    return last.endswith("steps") or last in _MACHINERY


LAW = (
    "domain.calendar",
    *(
        name
        for name in _MODULES
        if name.rpartition(".")[2] not in _NO_LAW and "texts" not in name and not _is_step(name)
    ),
)
"""The modules that a rule's source is looked for in."""
STEPS = ("domain.decide", *filter(_is_step, _MODULES))
"""The modules whose meaning the number SEMANTICS stands for."""

Hashes = dict[str, dict[str, str]]


def current() -> Hashes:
    """Return the hash of each rule under its revision, and of the steps under SEMANTICS."""
    found = {id: {str(rule.revision): _of_rule(rule)} for id, rule in CURRENT.rules.items()}
    steps = hashlib.sha256("\n".join(ast.dump(_tree(name)) for name in STEPS).encode())
    return {"semantics": {str(SEMANTICS): steps.hexdigest()}, **found}


def recorded() -> Hashes:
    """Return what was recorded last."""
    hashes: Hashes = json.loads(FILE.read_text(encoding="utf-8"))
    return hashes


def record() -> None:
    """Write the hashes of the revisions in use; those of other revisions stay."""
    known = recorded() if FILE.exists() else {}
    for id, hashes in current().items():
        known[id] = {**known.get(id, {}), **hashes}
    FILE.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _of_rule(rule: Rule) -> str:
    reached: dict[tuple[str, str], str] = {}
    for function in (rule.evaluate, *(evaluate for _, evaluate in rule.limbs)):
        _reach(function.__module__, function.__name__, reached)
    source = "\n".join(
        f"{module}.{name} {reached[module, name]}" for module, name in sorted(reached)
    )
    return hashlib.sha256(f"{rule.parameter_hash()}\n{source}".encode()).hexdigest()


def _reach(module: str, name: str, reached: dict[tuple[str, str], str]) -> None:
    """Collect a definition and everything that it names, from the modules of the law."""
    if (module, name) in reached:
        return
    node = _definitions(module).get(name)
    if node is None:
        return
    reached[module, name] = ast.dump(node)
    imported = _imports(module)
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            _reach(*imported.get(part.id, (module, part.id)), reached)
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            target = imported.get(part.value.id)
            if target is not None and ".".join(target) in LAW:
                _reach(".".join(target), part.attr, reached)


@cache
def _tree(module: str) -> ast.Module:
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            # Docstrings, of a module, class, function or constant, are not the law.
            node.body = [  # type: ignore[attr-defined] # `body` was found just above
                each
                for each in body
                if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
            ]
    return tree


@cache
def _definitions(module: str) -> dict[str, ast.stmt]:
    if module not in LAW:
        return {}
    found: dict[str, ast.stmt] = {}
    for node in _tree(module).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                found[node.name] = node
            case ast.Assign(targets=[ast.Name(id=name)]):
                found[name] = node
            case ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = node
    return found


@cache
def _imports(module: str) -> dict[str, tuple[str, str]]:
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in _tree(module).body
        if isinstance(node, ast.ImportFrom) and node.module is not None
        for alias in node.names
    }


if __name__ == "__main__":
    record()
