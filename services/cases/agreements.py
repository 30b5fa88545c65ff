"""Reads an agreement on flexible letting: its criteria, and households that it is tried on.

    note: What a reader should know of it.
    criteria: {basis: agreed, set_on: 2024-01-01, ways: [{work: {hours: 25}}]}
    day: 2024-06-03
    cases:
      - says: Who works enough fits.
        household: {applicant: {seen: [{kind: work, hours: 30}]}}
        expect: {outcome: PERMITTED}

The criteria are written as in a golden case (`form.py`), and so is each case (docs/cases.md), but
for what need not be repeated: the criteria, and what stands beside them, holds for every case that
says nothing else of it. Unsaid, a case asks on the first day of the criteria whether one of the
dwellings that they are used for may be let, everything not stated having been asked for. Criteria
for advertising are tried on a dwelling advertised when they were announced, in a problem-stricken
department, and extended ones (§ 60 b) as if that was decided when they were agreed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from domain.facts import AsksMore, ClauseJudged, CriteriaBasis, CriteriaSet, SightAttested
from services.cases import casebook_letting, putting
from services.cases.casebook import Case
from services.cases.stated import CaseError, Stated, each_of, located, read_words, stated
from services.cases.trying import Tried, try_case
from services.facts import agreeing, validating
from services.facts.fields import FieldErrors
from services.facts.validating import Checked

_SECTIONS = {
    CriteriaBasis.AGREED: "almenboligloven § 60, stk. 1",
    CriteriaBasis.MINISTRY: "almenboligloven § 60, stk. 3",
    CriteriaBasis.MUNICIPALITY: "almenboligloven § 60, stk. 4",
    CriteriaBasis.ADVERTISING: "almenboligloven § 60 a, stk. 1",
    CriteriaBasis.EXTENDED: "almenboligloven § 60 b",
}


class Agreement(NamedTuple):
    """An agreement as a file states it."""

    name: str
    criteria: CriteriaSet
    cases: list[Case]
    """The households it is tried on, as whole cases, in their order."""


def read(path: Path) -> Agreement:
    """Read the agreement in a file; raises CaseError for what can't be read in it, and OSError."""
    words = read_words(path)
    asked = words["criteria"]
    if not isinstance(asked, Stated):
        raise CaseError("criteria", "this has words below it (docs/criteria.md)")
    with located():
        criteria = casebook_letting.criteria_set(asked)
    for unknown in asked.unknown():
        raise unknown
    words.get("note")  # for people; nothing here reads it
    usual = _beside(_usual(criteria), words.without("cases", "note"))
    cases = [_case(usual, n, each) for n, each in enumerate(each_of(words.get("cases")), 1)]
    return Agreement(path.stem, criteria, cases)


def _beside(usual: dict[str, Any], stated: Stated) -> dict[str, Any]:
    """Return what is usual, and beside it what a file states; a word below a word is no other."""
    return usual | {
        name: {**usual.get(name, {}), **value} if isinstance(value, dict) else value
        for name, value in dict(stated).items()
    }


def try_cases(agreement: Agreement, exact: bool = False) -> list[Tried]:
    """Try an agreement on each of its households; `exact` as in `trying.tried`."""
    tried = [try_case(case, agreement.name, exact) for case in agreement.cases]
    for case, result in zip(agreement.cases, tried, strict=True):
        if not result.wrong:
            result.wrong.extend(_not_recorded(case))
    return tried


def _not_recorded(case: Case) -> Iterator[str]:
    """Say what of what a case has seen would be refused when it was recorded."""
    world = putting.build(case)
    for decided in (item.fact for item in world.decisions):
        if type(decided) is ClauseJudged:
            clauses = case["criteria"].get("clauses", ())
            if decided.number > len(clauses):
                yield f"decided.clause: no number {decided.number}; there are {len(clauses)}"
            elif clauses[decided.number - 1]["does"] == AsksMore.ORDER:
                yield "decided.clause: is about who comes first, which no finding settles"
    for items in world.personal.values():
        for fact in (item.fact for item in items if type(item.fact) is SightAttested):
            wrong = FieldErrors()
            field = Checked("seen", wrong)
            validating.check_fields(fact, field, case["day"], test_numbers=False)
            agreeing.check_agreement(fact, field, case["day"])
            yield from (f"{each.field}: {each.description}" for each in wrong.found)


def _usual(criteria: CriteriaSet) -> dict[str, Any]:
    """Return what a case asks where neither it nor the file says."""
    beside: dict[CriteriaBasis, dict[str, Any]] = {
        CriteriaBasis.MUNICIPALITY: {"area": {"is": ["vulnerable"]}},
        CriteriaBasis.ADVERTISING: {
            "asked": {"channel": "advertised", "advertised_on": criteria.announced_on},
            "municipality": {
                "advertising": {"first_day": criteria.first_day},
                "problems": {"found": True},
            },
        },
        CriteriaBasis.EXTENDED: {
            "municipality": {"agreement_extended": {"decided_on": criteria.set_on}},
        },
    }
    return {
        "question": "letting",
        "day": criteria.first_day,
        "otherwise": "attested_absent",
        "section": _SECTIONS[criteria.basis],
        "sure": "high",
        **beside.get(criteria.basis, {}),
    }


def _case(usual: dict[str, Any], number: int, words: Any) -> Case:
    """Return a whole case, by its place in the list; raises CaseError for what is none."""
    if not isinstance(words, dict):
        raise CaseError(f"cases, number {number}", "a case has words, 'says' the first of them")
    own = {"id": str(number), **usual, **words}
    # Only a letting goes through a channel; an exchange or a sublet says what it asks itself.
    asked = {"channel": "flexible", **(usual.get("asked") or {})}
    own["asked"] = {**(asked if own["question"] == "letting" else {}), **(words.get("asked") or {})}
    case: Case = stated(own)
    return case
