"""What a function of the law can ask for: the open points named in it, or in what it reaches."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

_LAW = "domain.law"


@cache
def points_of(function: Callable[..., Any]) -> frozenset[str]:
    """Return the open points named by a function, or by anything of the law that it reaches."""
    found: set[str] = set()
    _reach(function, found, set())
    return frozenset(found)


def _reach(value: Any, found: set[str], seen: set[int]) -> None:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, str) and value.startswith("AMB-"):
        found.add(value)
    elif isinstance(value, FunctionType) and value.__module__.startswith(_LAW):
        _reach_code(value.__code__, value.__globals__, found, seen)
        for default in value.__defaults__ or ():
            _reach(default, found, seen)
    elif isinstance(value, type) and value.__module__.startswith(_LAW):
        for each in (each for base in value.__mro__ for each in vars(base).values()):
            _reach(getattr(each, "fget", each), found, seen)
    elif isinstance(value, tuple | frozenset | list):
        for each in value:
            _reach(each, found, seen)
    elif hasattr(type(value), "__struct_fields__") and type(value).__module__.startswith(_LAW):
        for name in type(value).__struct_fields__:
            _reach(getattr(value, name), found, seen)


def _reach_code(code: CodeType, names: dict[str, Any], found: set[str], seen: set[int]) -> None:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            _reach_code(constant, names, found, seen)
        else:
            _reach(constant, found, seen)
    named = [names[each] for each in code.co_names if each in names]
    for each in named:
        _reach(each, found, seen)
        if isinstance(each, ModuleType) and each.__name__.startswith(_LAW):
            for name in code.co_names:
                _reach(vars(each).get(name), found, seen)
