"""Says what the law is that an edition's decisions can reach, as one hash for each module.

Whole modules are hashed, without comments and docstrings: all of `domain/law` but its texts and
other editions, with `domain/decide.py` and `domain/calendar.py`. `python -m tests.law.revisions`
records them.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import domain.law
from domain.law.edition import Edition
from domain.law.editions import EDITIONS

FILE = Path(__file__).with_name("revisions.json")

LAW = (
    "domain.calendar",
    "domain.decide",
    *(
        each.name
        for each in pkgutil.walk_packages(domain.law.__path__, "domain.law.")
        if "texts" not in each.name
        and each.name != "domain.law.explain"
        and not each.name.startswith("domain.law.editions")
    ),
)
"""The modules that all editions share. Texts are hashed as data in an edition's id."""

Hashes = dict[str, dict[str, str]]


def current() -> Hashes:
    """Return the hash of each module of the law under each edition that this version can run."""
    return {
        id: {name: of_module(name) for name in reached(edition)} for id, edition in EDITIONS.items()
    }


def of_module(name: str) -> str:
    """Return the hash of a module of that name, as `of` does of its source."""
    return of(inspect.getsource(importlib.import_module(name)))


def reached(edition: Edition) -> list[str]:
    """Return the modules that an edition's decisions can reach: the shared ones and its own."""
    functions: list[Callable[..., Any]] = [step.examine for step in edition.steps.values()]
    for rule in edition.rules.values():
        functions += [rule.evaluate, *(function for _, function in rule.limbs), *rule.parts]
    return sorted({*LAW, *(function.__module__ for function in functions)})


def recorded() -> Hashes:
    """Return what was recorded last."""
    hashes: Hashes = json.loads(FILE.read_text(encoding="utf-8"))
    return hashes


def of(source: str) -> str:
    """Return the SHA-256 of a module's source without what is not the law, in hex."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            # Docstrings, of a module, class, function or constant, are not the law.
            node.body = [  # type: ignore[attr-defined] # `body` was found just above
                each
                for each in body
                if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
            ]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()


if __name__ == "__main__":
    FILE.write_text(json.dumps(current(), indent=2, sort_keys=True) + "\n", encoding="utf-8")
