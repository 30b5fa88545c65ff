"""Criteria of flexible letting as people write them, made into the form that is recorded.

    ways:
      - {rank: 1, household: single, who: applicant, tested: offer, work: {hours: 37, held: 6}}
      - rank: 2
        conditions:
          - {who: everyone, from_age: 18, any_of: [{work: {hours: 25}}, {education: {months: 6}}]}
          - {who: applicant, age: {over_age: 55}, tie: {tie: lives, inside: municipality}}

What stands beside `who` by the names of criteria must all be met by one person, several of a name
as a list; of `any_of`, one is enough. A way with one condition says it in its own place, and one
for residents only, or for some dwellings, may ask nothing else (`conditions: []`). The words within
a criterion are the fields of the recorded one (docs/facts.md). `alternatives`, `exempt_age` and
`exempt_pension` are older words for the same.
"""

from __future__ import annotations

import re
from typing import Any

from domain.facts import (
    Alternative,
    Clause,
    Condition,
    Criterion,
    CriterionKind,
    SightAttested,
    Way,
)
from services.cases.stated import CaseError, Stated, each_of, nearest

_WHO, _TESTED = "applicant", "allocation"
"""Who must meet a condition, and when, where it is not said."""


def asked(stated: Stated) -> dict[str, Any]:
    """Return what a set of criteria asks, by the names of its fields."""
    usual = (stated.get("who", _WHO), stated.get("tested", _TESTED))
    exempt = [_alternative(each) for each in each_of(stated.get("exempt"))]
    if "exempt_age" in stated:
        age = Criterion(kind=CriterionKind.AGE, age=stated["exempt_age"])
        exempt.append(Alternative(all_of=(age,)))
    if stated.get("exempt_pension", False):
        exempt.append(Alternative(all_of=(Criterion(kind=CriterionKind.PENSION),)))
    return {
        "every": tuple(_condition(each, usual) for each in each_of(stated.get("every"))),
        "ways": (
            *(_way(each, usual) for each in each_of(stated.get("ways"))),
            *(_older(each, usual) for each in each_of(stated.get("alternatives"))),
        ),
        "exempt": tuple(exempt),
        "clauses": tuple(each.into(Clause) for each in each_of(stated.get("clauses"))),
    }


WORDS = (
    *("who", "tested", "every", "ways", "alternatives"),
    *("exempt", "exempt_age", "exempt_pension", "clauses"),
)
"""The words of a set that `asked` reads; the others are fields of the recorded one."""


_OF_WAY = (
    *("rank", "household", "residents_only", "from_rooms", "to_rooms"),
    *("share", "share_of_every", "only_dwellings", "not_dwellings"),
)
_OF_CONDITION = ("from_age", "to_age")
_BESIDE = {*_OF_WAY, *_OF_CONDITION, "who", "tested", "any_of", "exempt"}
"""The words that stand beside the names of criteria."""


def _way(stated: Stated, usual: tuple[str, str]) -> Way:
    listed = stated.get("conditions")
    conditions = [stated] if listed is None else each_of(listed)
    own = tuple(_condition(each, usual) for each in conditions)
    rest = {name: stated[name] for name in _OF_WAY if name in stated}
    free = tuple(_alternative(each) for each in each_of(stated.get("exempt")))
    return Stated(rest, stated.path).into(Way, conditions=own, exempt=free)


def _older(stated: Stated, usual: tuple[str, str]) -> Way:
    who, tested = usual
    condition = Stated({}, stated.path).into(
        Condition, who=who, tested=tested, any_of=(_alternative(stated),)
    )
    return Way(conditions=(condition,), rank=stated.get("rank", 1))


def _condition(stated: Stated, usual: tuple[str, str]) -> Condition:
    who, tested = usual
    rest = {name: stated[name] for name in _OF_CONDITION if name in stated}
    listed = each_of(stated.get("any_of")) or [stated]
    beside = [] if listed == [stated] else [str(k) for k in CriterionKind if k in stated]
    if beside:
        raise CaseError(stated.path, f"'{beside[0]}' stands beside any_of: write it in each one")
    return Stated(rest, stated.path).into(
        Condition,
        who=stated.get("who", who),
        tested=stated.get("tested", tested),
        any_of=tuple(_alternative(each) for each in listed),
    )


def _alternative(stated: Stated) -> Alternative:
    """Read criteria that one person must all meet: by their names, or in `all_of`."""
    if "all_of" in stated:
        return Alternative(all_of=tuple(_criterion(each) for each in stated["all_of"]))
    named = [kind for kind in CriterionKind if kind in stated]
    if not named:
        known = [str(kind) for kind in CriterionKind]
        word = next((each for each in stated if each not in _BESIDE), "")
        said = f"'{word}' names no criterion" if word else "names no criterion"
        raise CaseError(stated.path, f"{said}; {nearest(word, known)}")
    found = []
    for kind in named:
        for said in each_of(stated[kind]) or [{}]:
            words = said if isinstance(said, Stated) else Stated({}, f"{stated.path}.{kind}")
            found.append(_criterion(words.changed(kind=str(kind))))
    return Alternative(all_of=tuple(found))


def _criterion(stated: Stated) -> Criterion:
    lies = stated.get("in_municipality")
    return _spelled(stated, inside="municipality" if lies else None).into(Criterion)


def seen(stated: Stated, **usual: Any) -> SightAttested:
    """Read what was seen of a person."""
    lies = stated.get("in_municipality")
    where = {True: {"inside": ["municipality"]}, False: {"outside": ["municipality"]}}
    return _spelled(stated, **where.get(lies, {})).into(SightAttested, **usual)


def _spelled(stated: Stated, **placed: Any) -> Stated:
    """Return the same in the words that are recorded: hours as text, places by their names."""
    changed = {name: value for name, value in placed.items() if value is not None}
    if stated.get("hours") is not None:
        changed["hours"] = hours = str(stated["hours"])
        if not re.fullmatch(r"\d+(\.\d+)?", hours):
            raise CaseError(f"{stated.path}.hours", f"'{hours}' is no number of hours, as 36.5 is")
    return stated.without("in_municipality").changed(**changed)
