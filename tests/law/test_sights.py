"""What was seen of a person's work or education, in every combination, against criteria."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from domain.decide import Decision
from domain.facts import CriterionKind, NothingShown
from domain.law.kernel import Outcome
from services.cases import putting
from services.cases.stated import stated
from services.cases.world import person

DAY = date(2024, 2, 20)
MET, UNMET, OPEN = Outcome.PERMITTED, Outcome.PROHIBITED, Outcome.UNDETERMINED

HOLDS: dict[str, dict[str, date]] = {
    "today": {"first_day": date(2023, 9, 1)},
    "no longer": {"first_day": date(2023, 9, 1), "last_day": date(2024, 2, 19)},
    "not yet": {"first_day": date(2024, 2, 21)},
}
"""What a document shows to hold; of another day it says nothing of today."""


def _let(
    criterion: dict[str, Any],
    *seen: dict[str, Any],
    nothing: date | None = None,
    tested: str = "allocation",
) -> Decision:
    """Ask about a letting to somebody of whom this was seen; `nothing`: since when it was not."""
    kind = criterion["kind"]
    alternatives = [{"all_of": [criterion]}]
    case = stated(
        {
            "question": "letting",
            "day": DAY,
            "area": {"is": ["vulnerable"]},
            "criteria": {
                "set_on": date(2024, 1, 4),
                "tested": tested,
                "alternatives": alternatives,
            },
            "asked": {"lives_in_department": False},
            "municipality": {
                "none_decided": ["approval_scheme_decided", "combined_letting_decided"]
            },
            "household": {
                "applicant": {"seen": [{"kind": kind, "seen_on": DAY, **each} for each in seen]}
            },
            "members_attested": True,
            "otherwise": "unknown",
        }
    )
    world = putting.build(case)
    if nothing is not None:
        kinds = (CriterionKind(kind),)
        world.record_about(person("applicant"), NothingShown(kinds=kinds, first_day=nothing))
    return putting.ask(case, world)


def _noted(**details: Any) -> dict[str, Any]:
    return {name: detail for name, detail in details.items() if detail is not None}


# --- Work -----------------------------------------------------------------------------------

WORK = {"kind": "work", "hours": 25, "excluded": ["subsidised"]}


@pytest.mark.parametrize("nothing_more", [False, True])
@pytest.mark.parametrize("job", [None, "ordinary", "subsidised"])
@pytest.mark.parametrize("hours", [None, 15, 37])
@pytest.mark.parametrize("holds", HOLDS)
def test_a_job_shows_what_was_seen_of_it(
    holds: str, hours: int | None, job: str | None, nothing_more: bool
) -> None:
    decision = _let(
        WORK,
        {**HOLDS[holds], **_noted(hours=hours, job=job)},
        nothing=DAY if nothing_more else None,
    )
    otherwise = UNMET if nothing_more else OPEN
    if holds != "today" or hours == 15 or (hours is None and job == "subsidised"):
        expected = otherwise  # There is room for another job, of which nobody asked.
    elif hours is None or job is None:
        expected = OPEN  # What was seen must be looked at again, whatever else was shown.
    else:
        expected = MET if job == "ordinary" else UNMET
    assert decision.outcome is expected


def test_jobs_add_up() -> None:
    job = {**HOLDS["today"], "job": "ordinary"}
    assert _let(WORK, {**job, "hours": 15}, {**job, "hours": 10}).outcome is MET
    assert _let(WORK, {**job, "hours": 15}, {**job, "hours": 9}).outcome is OPEN


# --- Education ------------------------------------------------------------------------------


def test_an_education_shows_what_was_seen_of_it() -> None:
    criterion = {
        "kind": "education",
        "full_time": True,
        "su_eligible": True,
        "in_municipality": True,
        "months": 12,
    }
    yes_or_no = (None, True, False)
    for full_time, su, here, months in product(yes_or_no, yes_or_no, yes_or_no, (None, 6, 12)):
        noted = _noted(full_time=full_time, su_eligible=su, in_municipality=here, months=months)
        said = (full_time, su, here, None if months is None else months >= 12)
        expected = UNMET if False in said else OPEN if None in said else MET
        for holds, days in HOLDS.items():
            outcome = _let(criterion, {**days, **noted}).outcome
            assert outcome is (expected if holds == "today" else OPEN), (holds, noted)


# --- Seen again -----------------------------------------------------------------------------

SEEN_FIRST = {"seen_on": date(2024, 2, 1), "job": "ordinary", "hours": 37, **HOLDS["today"]}


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ({}, MET),
        ({"hours": 37}, MET),
        ({"hours": 15}, OPEN),
        ({"last_day": date(2024, 2, 9)}, OPEN),
        # What was seen first does not come back when the later sight is no longer relied on.
        ({"hours": 15, "expires_on": date(2024, 2, 18)}, OPEN),
        ({"job": "subsidised", "hours": 37}, UNMET),
        # Another job, which takes nothing from the one seen first.
        ({"first_day": date(2024, 1, 15), "hours": 5, "job": "subsidised"}, MET),
    ],
)
def test_what_a_job_is_seen_to_be_later_takes_the_place_of_what_was_seen_first(
    again: dict[str, Any], expected: Outcome
) -> None:
    later = {**HOLDS["today"], "seen_on": date(2024, 2, 15), **again}
    assert _let(WORK, SEEN_FIRST, later).outcome is expected
    assert _let(WORK, later, SEEN_FIRST).outcome is expected


@pytest.mark.parametrize(
    ("nothing", "expected"),
    [(date(2024, 1, 10), MET), (date(2024, 2, 1), MET), (date(2024, 2, 10), OPEN)],
)
def test_what_was_shown_and_not_when_asked_again_is_asked_for(
    nothing: date, expected: Outcome
) -> None:
    decision = _let(WORK, SEEN_FIRST, nothing=nothing)
    assert decision.outcome is expected
    if expected is OPEN:
        assert {missing.kind for missing, _ in decision.missing} == {"criterion_shown"}


# --- Tested on a day that is not stated -----------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "seen", "expected"),
    [
        ({"kind": "work"}, HOLDS["today"], MET),
        ({"kind": "work"}, {**HOLDS["today"], "last_day": date(2024, 6, 30)}, OPEN),
        ({"kind": "work"}, HOLDS["not yet"], OPEN),
        ({"kind": "education"}, HOLDS["today"], MET),
        ({"kind": "education"}, {**HOLDS["today"], "last_day": date(2024, 6, 30)}, OPEN),
        ({"kind": "education"}, HOLDS["not yet"], OPEN),
        ({"kind": "pension"}, HOLDS["today"], MET),
        ({"kind": "pension"}, {**HOLDS["today"], "last_day": date(2024, 6, 30)}, OPEN),
        ({"kind": "age", "age": 55}, {"age": 55, "first_day": date(2023, 8, 1)}, MET),
        ({"kind": "age", "age": 55}, {"age": 54, "first_day": date(2023, 8, 1)}, OPEN),
        ({"kind": "separation", "months": 6}, {"first_day": date(2023, 10, 1)}, OPEN),
    ],
)
def test_what_may_be_otherwise_by_a_takeover_whose_day_is_not_stated_is_open(
    criterion: dict[str, Any], seen: dict[str, Any], expected: Outcome
) -> None:
    decision = _let(criterion, seen, tested="takeover")
    assert decision.outcome is expected
    missing = {each.kind for each, _ in decision.missing}
    assert missing == ({"takeover_stated"} if expected is OPEN else set())
