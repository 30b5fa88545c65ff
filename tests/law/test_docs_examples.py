"""Every example in the tables of docs/cases.md can be read in some place of a case."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.cases.stated import stated
from services.cases.trying import try_case

PAGE = (Path(__file__).parents[2] / "docs" / "cases.md").read_text(encoding="utf-8")
_SECTIONS = ("Letting, exchange, sublet, certificate, lists", "Termination, notice and rehousing")
_ROW = re.compile(r"^\| [^|]+ \| .* \| `([^`]+: [^`]+)` \|$", re.MULTILINE)
_DAY = date(2024, 3, 1)

_CASE = {
    "id": "made",
    "says": "Made of an example.",
    "day": _DAY,
    "otherwise": "attested_absent",
    "expect": {"outcome_in": ["PERMITTED"]},
    "section": "§",
    "sure": "low",
}
_JUDGMENT = {"day": _DAY}
_CRITERION = {"kind": "work", "hours": 1}
_PLACES: tuple[tuple[str, dict[str, Any], tuple[Any, ...]], ...] = (
    # the question, what else the case says, and where the example is put
    ("letting", {}, ()),
    ("letting", {"municipality": {}}, ("municipality",)),
    ("letting", {"area": {"is": []}}, ("area",)),
    ("letting", {"decided": {}}, ("decided",)),
    (
        "letting",
        {"municipality": {"combined_letting": {"decided": _DAY}}},
        ("municipality", "combined_letting"),
    ),
    (
        "letting",
        {"decided": {"opposition": {"ground": "letting_30", "day": _DAY}}},
        ("decided", "opposition"),
    ),
    (
        "letting",
        {"decided": {"clause": {"number": 1, "fits": True}}},
        ("decided", "clause"),
    ),
    (
        "letting",
        {"decided": {"approval": {"received": _DAY, "refused": False, "sent": _DAY}}},
        ("decided", "approval"),
    ),
    (
        "letting",
        {
            "criteria": {
                "basis": "agreed",
                "set_on": _DAY,
                "alternatives": [{"all_of": [_CRITERION]}],
            }
        },
        ("criteria",),
    ),
    (
        "letting",
        {
            "criteria": {
                "basis": "agreed",
                "set_on": _DAY,
                "alternatives": [{"all_of": [_CRITERION]}],
            }
        },
        ("criteria", "alternatives", 0, "all_of", 0),
    ),
    ("letting", {"household": {"applicant": {}}}, ("household", "applicant")),
    (
        "letting",
        {"household": {"partner": {"role": "partner", "together_since": _DAY}}},
        ("household", "partner"),
    ),
    (
        "letting",
        {"household": {"partner": {"role": "partner", "together_by": "register"}}},
        ("household", "partner"),
    ),
    *(
        ("letting", {"household": {"applicant": {word: first}}}, ("household", "applicant", word))
        for word, first in (
            ("certificate", {"assessment": "relevant"}),
            ("debt", {}),
            ("attested", {"receives_51c": {"answer": "no"}}),
            ("terminated", {"terminated_on": _DAY, "ended_under": "90_10"}),
        )
    ),
    (
        "letting",
        {"household": {"applicant": {"attested": {"receives_51c": {"answer": "no"}}}}},
        ("household", "applicant", "attested", "receives_51c"),
    ),
    (
        "letting",
        {"household": {"applicant": {"seen": [{"kind": "work"}]}}},
        ("household", "applicant", "seen", 0),
    ),
    ("termination", {"household": {"tenant": {}}}, ("household", "tenant")),
    *(
        (
            "termination",
            {"household": {"tenant": {"judgment": {**_JUDGMENT, **more}}}},
            ("household", "tenant", "judgment", *below),
        )
        for more, below in (({}, ()), ({"metres": {"exactly": 1}}, ("metres",)))
    ),
    (
        "termination",
        {"household": {"tenant": {"police_notice": {"of": "charge", "day": _DAY}}}},
        ("household", "tenant", "police_notice"),
    ),
    *(
        ("termination", {"landlord": {word: first}}, ("landlord", word))
        for word, first in (
            ("disposal", {"kind": "sale"}),
            ("weighed", {"day": _DAY}),
            ("terminated", {"day": _DAY}),
            ("enforcement_requested", {"day": _DAY}),
            ("sale_criteria", {"met": True}),
        )
    ),
    ("termination", {"landlord": {}}, ("landlord",)),
    ("rehousing", {"offered": {}}, ("offered",)),
    ("notice", {"asked": {"ground": "sale"}}, ("asked",)),
    ("rehousing", {}, ()),
)


def _put(case: dict[str, Any], path: tuple[Any, ...], example: dict[str, Any]) -> None:
    place: Any = case
    for step in path:
        place = place[step]
    place.update(example)


def _readings(example: str) -> Iterator[list[str]]:
    """Try the example in each place; yield what is wrong with it there."""
    read = yaml.safe_load(example if example.startswith("{") else f"{{{example}}}")
    for question, more, path in _PLACES:
        case = copy.deepcopy({**_CASE, "question": question, **more})
        _put(case, path, copy.deepcopy(read))
        yield try_case(stated(case)).wrong


def _examples() -> list[str]:
    return [
        example
        for title in _SECTIONS
        for example in _ROW.findall(PAGE.split(f"## {title}\n")[1].split("\n## ")[0])
        if "…" not in example
    ]


@pytest.mark.parametrize("example", _examples())
def test_an_example_of_the_page_can_be_read_in_its_place(example: str) -> None:
    wrong = []
    for found in _readings(example):
        if not found:
            return
        wrong.append(found)
    pytest.fail(str([each for each in wrong if "not a word" not in str(each)]))
