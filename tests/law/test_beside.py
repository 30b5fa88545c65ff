"""What stands beside every answer, whatever is asked, and what its headline says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest

from domain.decide import Decision
from domain.law import beside, explain
from domain.law.area import origin
from domain.law.editions import CURRENT
from domain.law.kernel import Confidence, Outcome, Status
from domain.questions import KINDS
from services.cases import putting
from services.cases.casebook import Case
from tests.law import golden

AFTER_THE_JUDGMENT = date(2026, 1, 5)
ASKED_OF_AN_AREA = {name for name, kind in KINDS.items() if kind.asks or kind.of_nobody}
"""What looks at an area, as its question declares; of what is not recorded nothing declares it."""

CASES = golden.decided()
OTHERWISE = ("attested_absent", "unknown")
every_case = golden.by_subject(CASES)


def _said(decision: Decision) -> tuple[object, ...]:
    found = Counter(
        (e.rule_id, e.person, e.area, e.finding.status)
        for e in (*decision.examined, *decision.concluded)
        # Which list an area is not on is read on the way to what it is.
        if e.rule_id != "AREA-PUBLISH"
    )
    warned = set(decision.warnings) - {origin.ORIGIN_CRITERION_JUDGMENT}
    return decision.outcome, found, decision.duties, warned


# --- The criterion of origin ----------------------------------------------------------------


@cache
def _after_the_judgment() -> list[tuple[Case, Decision, Decision]]:
    """Ask every golden case on one day since, as the act is applied and with it set aside."""
    return list(_asked_after_the_judgment())


def _asked_after_the_judgment() -> Iterator[tuple[Case, Decision, Decision]]:
    for case in CASES:
        if "origin_criterion_suspended" in (case.get("area") or {}):
            continue
        moved = {k: v for k, v in case.items() if k not in ("asked_on", "letting_day")}
        moved = {**moved, "day": AFTER_THE_JUDGMENT}
        moved.pop("move_in_day", None)
        read = moved.get("readings", {})
        counts = {**moved, "readings": {**read, origin.POINT: origin.COUNTS}}
        aside = {**moved, "readings": {**read, origin.POINT: origin.SET_ASIDE}}
        yield case, golden.answer(counts), golden.answer(aside)


def test_an_answer_of_any_kind_that_rests_on_the_criterion_of_origin_says_so() -> None:
    resting: defaultdict[str, set[str]] = defaultdict(set)
    for case, applied, aside in _after_the_judgment():
        assert origin.ORIGIN_CRITERION_JUDGMENT not in aside.warnings, case["id"]
        warned = origin.ORIGIN_CRITERION_JUDGMENT in applied.warnings
        flagged = any(origin.POINT in each.points for each in applied.variations)
        # Where the area's status is not known, what rests on it shows in the place alone.
        if _said(applied) != _said(aside) or flagged:
            assert warned, case["id"]
            resting[case["question"]].add(case["id"])
        if applied.outcome is not aside.outcome:
            assert flagged, case["id"]
    assert set(resting) == ASKED_OF_AN_AREA


def test_an_answer_that_does_not_rest_on_the_criterion_of_origin_does_not_say_so() -> None:
    for case, applied, aside in _after_the_judgment():
        areas = set((case.get("area") or {}).get("is", ()))
        if areas == {"vulnerable"} and "plan" not in case["area"] and len(case["area"]) == 1:
            assert origin.ORIGIN_CRITERION_JUDGMENT not in applied.warnings, case["id"]
            assert _said(applied) == _said(aside), case["id"]


# --- Criteria that the act needs and that are not in force -----------------------------------

_MOVING_IN: dict[str, tuple[str, dict[str, Any]]] = {
    "from the list": ("letting", {}),
    "flexibly": ("letting", {"channel": "flexible"}),
    "outside the list": ("letting", {"channel": "outside_list"}),
    "by exchange": ("exchange", {"lived_since": date(2010, 1, 1), "partner_is_tenant": True}),
    "by sublet": (
        "sublet",
        {
            "whole": True,
            "months": 12,
            "reason": "study",
            "notified_on": date(2024, 1, 8),
            "agreement_on": date(2024, 2, 18),
            "copy_sent_on": date(2024, 2, 19),
            "proof_sent_on": date(2024, 2, 19),
            "starts_on": date(2024, 3, 1),
            "rent_exceeds_own": False,
        },
    ),
}
_ALTERNATIVES = [{"all_of": [{"kind": "work"}]}]
_CRITERIA: dict[str, dict[str, Any] | None] = {
    "none set": None,
    "set and not announced": {"set_on": date(2024, 1, 4), "announced_on": None},
    "ended": {"set_on": date(2024, 1, 4), "last_day": date(2024, 1, 31)},
    # The area was on no list in December 2022.
    "lapsed": {"set_on": date(2022, 1, 4)},
    "in force": {"set_on": date(2024, 1, 4)},
}


@pytest.mark.parametrize("criteria", _CRITERIA)
@pytest.mark.parametrize("listed", ["vulnerable", "transformation", "prevention"])
@pytest.mark.parametrize("moving_in", _MOVING_IN)
def test_criteria_that_an_area_lacks_are_told_of_however_somebody_moves_in(
    moving_in: str, listed: str, criteria: str
) -> None:
    question, asked = _MOVING_IN[moving_in]
    case: dict[str, Any] = {
        "question": question,
        "day": date(2024, 2, 20),
        "area": {"on_lists_of": {2020: [listed], 2021: [listed], 2022: [], 2023: [listed]}},
        "dwelling": {"rooms": 3},
        "asked": asked,
        "household": {"applicant": {}},
        # Whether exchange and sublet are bound in prevention areas too is an open point.
        "readings": {"AMB-EXC-FORE": "b"},
        "otherwise": "attested_absent",
    }
    stated = _CRITERIA[criteria]
    if stated is not None:
        case["criteria"] = {**stated, "alternatives": _ALTERNATIVES}
    decision = golden.answer(case)
    binds = criteria == "in force"
    assert decision.outcome is (Outcome.PROHIBITED if binds else Outcome.PERMITTED)
    assert (beside.CRITERIA_NOT_SET in decision.warnings) is not binds


# --- Texts that were not seen ---------------------------------------------------------------


@every_case
def test_every_rule_applied_whose_text_was_not_seen_is_named(cases: list[Case]) -> None:
    for case in cases:
        decision = golden.answer(case)
        applied = {
            e.rule_id
            for e in decision.findings
            if e.finding.status in (Status.MET, Status.NOT_MET, Status.UNKNOWN)
        }
        unseen = {
            rule_id: rule.confidence
            for rule_id, rule in CURRENT.rules.items()
            if rule_id in applied and rule.confidence is not Confidence.TEXT_SEEN
        }
        assert dict(decision.unseen) == unseen, case["id"]
        assert all(all(explain.unseen_text(CURRENT, *each)) for each in decision.unseen)


def test_every_way_of_not_having_seen_a_text_is_said() -> None:
    assert set(CURRENT.texts.UNSEEN) == {each.value for each in Confidence} - {"text_seen"}


def test_what_stands_beside_an_answer_is_the_same_when_it_is_told_twice() -> None:
    case = next(each for each in CASES if each["id"] == "O-exchange-transformation")
    world = putting.build(case)
    decision = putting.ask(case, world)
    assert beside.told(decision, world.view(), CURRENT) == decision


# --- The headline ---------------------------------------------------------------------------


@every_case
def test_every_ground_that_the_headline_names_is_one_that_decided(cases: list[Case]) -> None:
    for case, otherwise in product(cases, OTHERWISE):
        _names_its_grounds(golden.answer(case, otherwise), f"{case['id']}, {otherwise}")


def _names_its_grounds(decision: Decision, of: str) -> None:
    summary = explain.summary_text(CURRENT, decision).da
    if decision.outcome not in (Outcome.PROHIBITED, Outcome.DISCRETIONARY):
        assert decision.decided_by == (), of
        return
    for each in decision.decided_by:
        rule_id, status = each.rule_id, each.finding.status
        shown = {e.finding.status for e in decision.findings if e.rule_id == rule_id}
        assert status in shown, (of, rule_id)
        if explain.rule_title(CURRENT, rule_id).da in summary and status is not Status.MET:
            # Criteria, a basis or what a notice needs stop something by not being met.
            assert "ikke" in summary, (of, rule_id)
    # A rule that takes nr. 1 to 4 together is named by the number that was met.
    together = {"REF-OLD-2011-2018", "REF-FORE-N1-4"}
    titles = {
        explain.rule_title(
            CURRENT,
            f"REF-UDS-N{dict(each.finding.values)['number']}"
            if each.rule_id in together
            else each.rule_id,
        ).da
        for each in decision.decided_by
    }
    _, grounds_follow, grounds = summary.partition("Grund: ")
    if grounds_follow:
        unmet = CURRENT.texts.SUMMARY_UNMET.da.format(title="")
        # Of a rule called by the right that it gives, what takes the right away follows.
        said = (each.removesuffix(unmet) for each in grounds.removesuffix(".").split("; "))
        assert {each.partition(": ")[0] for each in said} == titles, of
    assert CURRENT.texts.SUMMARY_ERASED.da not in summary, of


def test_criteria_that_are_met_are_no_ground_to_refuse_on() -> None:
    decision = golden.answer(
        {
            "question": "letting",
            "day": date(2024, 3, 1),
            "area": {"is": ["vulnerable"]},
            "criteria": {
                "set_on": date(2022, 1, 1),
                "alternatives": [{"all_of": [{"kind": "work", "hours": 20}]}],
            },
            "asked": {"consider": ["special_case"]},
            "household": {"applicant": {"seen": {"kind": "work", "hours": 37}}},
            "decided": {"opposition": {"ground": "letting_30", "day": date(2024, 2, 1)}},
            "otherwise": "attested_absent",
        }
    )
    assert decision.outcome is Outcome.DISCRETIONARY
    assert [each.rule_id for each in decision.decided_by] == ["LET-OTHER-30"]
    headline = explain.summary_text(CURRENT, decision).da
    assert explain.rule_title(CURRENT, "LET-OTHER-30").da in headline
    assert explain.rule_title(CURRENT, "LET-FLEX-OBL").da not in headline


def test_criteria_that_are_not_met_are_named_as_such() -> None:
    case = next(each for each in CASES if each["id"] == "O-letting-prevention-criteria")
    headline = explain.summary_text(CURRENT, golden.answer(case))
    assert headline.da.endswith(
        "Grund: Fleksibel udlejning i forebyggelsesområde (kriterierne er ikke opfyldt)."
    )


def test_a_student_who_exempts_the_household_leaves_no_ground_of_citizenship_to_name() -> None:
    decision = golden.answer(
        {
            "question": "referral",
            "day": date(2024, 3, 1),
            "area": {"is": ["vulnerable"]},
            "household": {
                "applicant": {"citizenship": "not_met", "enrolled": True},
                "spouse": {
                    "citizenship": "not_met",
                    "terminated": [{"day": date(2024, 1, 15)}],
                },
            },
            "readings": {"AMB-STUDENT": "b"},
            "otherwise": "attested_absent",
        }
    )
    assert decision.outcome is Outcome.PROHIBITED
    assert {each.rule_id for each in decision.decided_by} == {"REF-UDS-N3"}
    assert {rule_id for _, rule_id, _ in decision.changes} == {"REF-UDS-N3", "REF-FALLBACK"}


def test_a_recorded_outcome_whose_grounds_were_erased_names_none() -> None:
    case = next(each for each in CASES if each["id"] == "L02")
    decision = golden.answer(case).as_recorded(Outcome.PROHIBITED)
    assert explain.summary_text(CURRENT, decision).da.endswith(
        f"Grund: {CURRENT.texts.SUMMARY_ERASED.da}."
    )


# --- Each thing once, and with the right number ---------------------------------------------


@every_case
def test_nothing_is_printed_twice(cases: list[Case]) -> None:
    for case, otherwise in product(cases, OTHERWISE):
        twice = [said for said, times in _printed(golden.answer(case, otherwise)) if times > 1]
        assert twice == [], (case["id"], otherwise)


def _printed(decision: Decision) -> Iterable[tuple[object, int]]:
    """Return each thing that is printed, and how many times."""
    day, here = decision.question.day, decision.area
    printed: Counter[object] = Counter(
        # The same may be found of two areas that one department reaches into.
        (
            e.person,
            e.area if e.area not in ("", "-") else here,
            explain.finding_text(CURRENT, e, day),
        )
        for e in decision.findings
    )
    printed.update(
        (p, "missing", explain.missing_text(CURRENT, each)) for each, p in decision.missing
    )
    printed.update(
        (p, "change", explain.change_text(CURRENT, each)) for each, _, p in decision.changes
    )
    printed.update((None, "duty", explain.duty_text(CURRENT, code)) for code, _ in decision.duties)
    printed.update((None, "warning", CURRENT.texts.WARNINGS[code]) for code in decision.warnings)
    return printed.items()


@every_case
def test_everything_that_was_found_is_printed(cases: list[Case]) -> None:
    for case in cases:
        decision = golden.answer(case)
        printed = {(e.rule_id, e.person, e.finding.status) for e in decision.findings}
        found = (*decision.examined, *decision.concluded)
        assert {(e.rule_id, e.person, e.finding.status) for e in found} == printed, case["id"]


@pytest.mark.parametrize(
    ("rooms", "staying", "moving_in", "cap_used", "may"),
    [
        (3, 2, 2, False, "1"),
        (3, 0, 4, False, "3"),
        (4, 3, 2, True, "1"),
        (3, 3, 1, False, None),
        (2, 3, 1, False, None),
    ],
)
def test_no_more_may_move_in_than_the_rooms_leave_place_for(
    rooms: int, staying: int, moving_in: int, cap_used: bool, may: str | None
) -> None:
    decision = golden.answer(
        {
            "question": "sublet",
            "day": date(2024, 3, 1),
            "dwelling": {"rooms": rooms},
            "municipality": {"cap_used_from": date(2020, 1, 1)} if cap_used else {},
            "asked": {
                "whole": False,
                "staying": staying,
                "rooms_sublet": 1,
                "rent_exceeds_own": False,
                "copy_sent_on": date(2024, 2, 20),
                "starts_on": date(2024, 3, 1),
            },
            "household": {
                name: {} for name in ("applicant", "second", "third", "fourth")[:moving_in]
            },
            "otherwise": "attested_absent",
        }
    )
    assert decision.outcome is Outcome.PROHIBITED
    changes = [dict(c.details) for c, _, _ in decision.changes if c.kind == "fewer_persons"]
    assert changes == ([] if may is None else [{"persons": may}])
    [found] = [e.finding for e in decision.concluded if ("most", "1") in e.finding.values]
    assert dict(found.values)["persons"] == str(staying + moving_in)


def test_a_headline_says_which_of_several_questions_it_answers() -> None:
    by_id = {case["id"]: case for case in CASES}
    said = {
        id: explain.summary_text(CURRENT, golden.answer(by_id[id])).en
        for id in ("W-list-alone", "W-list-alone-65", "W-no-age-nothing-planned", "W-64")
    }
    assert said["W-list-alone"].startswith("The housing organisation may decide to put the tenant")
    assert said["W-list-alone-65"].startswith("The tenant may not be put on the internal list")
    assert said["W-no-age-nothing-planned"].startswith("There is no ground for rehousing")
    assert said["W-64"] == "It accords with the rules on rehousing."
