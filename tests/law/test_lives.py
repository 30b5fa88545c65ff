"""Every state of each fact with a life of its own, in every rule that reads it.

The golden cases of 54 and 55 tell some of these one by one; here none can be left out: a state
without an expected answer fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from domain import facts
from domain.decide import Decision
from domain.events import Recorded
from domain.facts import CombinedLettingDecided, DwellingRecorded, Retracted
from domain.facts.declared import slots
from domain.law import lives
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome, Readings, Status
from domain.law.letting.rejection import combined_letting_here
from domain.law.lives import TRANSITIONS, EnforcementState, JudgmentState, TerminationState
from services.cases.world import AREA, DWELLING, World
from tests.law import golden

DAY = date(2024, 6, 20)

# --- Where a judgment stands ----------------------------------------------------------------

JUDGMENTS: dict[JudgmentState, dict[str, date]] = {
    JudgmentState.GIVEN: {},
    JudgmentState.APPEALED: {"appealed": date(2024, 5, 10)},
    JudgmentState.APPEAL_WITHDRAWN: {
        "appealed": date(2024, 5, 10),
        "appeal_withdrawn": date(2024, 6, 1),
    },
    JudgmentState.FINAL: {"final": date(2024, 5, 15)},
    JudgmentState.OVERTURNED: {"appealed": date(2024, 5, 10), "overturned": date(2024, 6, 1)},
}
FINAL = {
    JudgmentState.GIVEN: Status.UNKNOWN,
    JudgmentState.APPEALED: Status.NOT_MET,
    JudgmentState.APPEAL_WITHDRAWN: Status.UNKNOWN,
    JudgmentState.FINAL: Status.MET,
    JudgmentState.OVERTURNED: Status.NOT_MET,
}
NOT_FINAL = {
    JudgmentState.GIVEN: Status.UNKNOWN,
    JudgmentState.APPEALED: Status.MET,
    JudgmentState.APPEAL_WITHDRAWN: Status.UNKNOWN,
    JudgmentState.FINAL: Status.NOT_MET,
    JudgmentState.OVERTURNED: Status.NOT_MET,
}
MAY_BECOME_FINAL = {JudgmentState.APPEALED}
"""Where obligations forbid using it before it is final, and it isn't."""


def terminated(state: JudgmentState, **landlord: Any) -> Decision:
    """Ask about a tenancy on a judgment in one state."""
    case: dict[str, Any] = {
        "question": "termination",
        "day": DAY,
        "household": {
            "tenant": {"judgment": {"day": date(2024, 5, 1), "metres": 400, **JUDGMENTS[state]}}
        },
        "landlord": landlord,
        "otherwise": "attested_absent",
    }
    return golden.answer(case)


def status_of(decision: Decision, rule_id: str) -> Status:
    """Return what a rule found."""
    (found,) = {e.finding.status for e in decision.examined if e.rule_id == rule_id}
    return found


@pytest.mark.parametrize("state", JudgmentState)
def test_a_judgment_is_final_or_not_as_its_state_says(state: JudgmentState) -> None:
    decision = terminated(state)
    assert status_of(decision, "EVI-90-10") is FINAL[state]
    assert status_of(decision, "EVI-90-10-NONFINAL") is NOT_FINAL[state]
    allowed = state is not JudgmentState.OVERTURNED
    assert decision.outcome is (Outcome.DISCRETIONARY if allowed else Outcome.PROHIBITED)


@pytest.mark.parametrize("state", JudgmentState)
def test_what_is_to_be_weighed_is_said_wherever_the_tenancy_may_be_terminated(
    state: JudgmentState,
) -> None:
    decision = terminated(state)
    asked = {missing.kind for missing, _ in decision.missing}
    assert ("factor_weighed" in asked) is (decision.outcome is Outcome.DISCRETIONARY)


@pytest.mark.parametrize("state", JudgmentState)
def test_becoming_final_is_named_only_where_the_state_can_lead_there(state: JudgmentState) -> None:
    forbidden = {"weighed": {"day": date(2024, 6, 2), "contrary_to_obligations": True}}
    changes = {change.kind for change, _, _ in terminated(state, **forbidden).changes}
    assert ("judgment_becomes_final" in changes) is (state in MAY_BECOME_FINAL)
    if state not in (JudgmentState.FINAL, JudgmentState.OVERTURNED):
        (step,) = [s for s in TRANSITIONS[facts.JudgmentInCase].steps if s.field == "final_on"]
        assert state in step.before


@pytest.mark.parametrize("state", JudgmentState)
def test_an_overturned_judgment_alone_is_to_be_made_good(state: JudgmentState) -> None:
    ended = {"terminated": {"day": date(2024, 5, 20), "moved_out": date(2024, 5, 25)}}
    decision = terminated(state, **ended)
    fell = state is JudgmentState.OVERTURNED
    assert ("MUST_COMPENSATE" in dict(decision.duties)) is fell


@pytest.mark.parametrize("state", JudgmentState)
@pytest.mark.parametrize("sent", EnforcementState)
def test_the_joint_track_is_open_where_the_court_sent_a_judgment_on_that_stands(
    state: JudgmentState, sent: EnforcementState
) -> None:
    asked = {"day": date(2024, 4, 1), "limit": date(2024, 4, 15), "judgment": "tenant-1"}
    if sent is EnforcementState.SENT_ON:
        asked["sent"] = date(2024, 5, 1)
    decision = terminated(state, enforcement_requested=asked)
    opened = sent is EnforcementState.SENT_ON and state is not JudgmentState.OVERTURNED
    assert status_of(decision, "EVI-FOGED-JOINT") is (Status.MET if opened else Status.NOT_MET)
    assert ("NO_PRIOR_NOTICE" in dict(decision.duties)) is opened


# --- Where the ending of a tenancy stands ---------------------------------------------------

ENDINGS: dict[TerminationState, dict[str, date]] = {
    TerminationState.UNKNOWN: {"day": date(2024, 8, 31)},
    TerminationState.NOT_YET: {"given": date(2024, 6, 21), "day": date(2024, 8, 31)},
    TerminationState.UNDER_NOTICE: {"given": date(2024, 5, 10), "day": date(2024, 8, 31)},
    TerminationState.ENDED: {"given": date(2024, 3, 1), "day": date(2024, 5, 31)},
}
LOST: dict[tuple[TerminationState, facts.TenancyEnding], Outcome] = {
    (state, ending): outcome
    for state, outcomes in (
        (TerminationState.UNKNOWN, ("UNDETERMINED", "PERMITTED", "UNDETERMINED")),
        (TerminationState.NOT_YET, ("PERMITTED", "PERMITTED", "PERMITTED")),
        (TerminationState.UNDER_NOTICE, ("PROHIBITED", "PERMITTED", "UNDETERMINED")),
        (TerminationState.ENDED, ("PROHIBITED", "PERMITTED", "UNDETERMINED")),
    )
    for ending, outcome in zip(
        (
            facts.TenancyEnding.LANDLORD,
            facts.TenancyEnding.SETTLEMENT,
            facts.TenancyEnding.DISPUTED,
        ),
        (Outcome(name) for name in outcomes),
        strict=True,
    )
}
"""By default a settlement is none (AMB-TERMREASON), and a dispute is a missing fact."""


@pytest.mark.parametrize("listed", ["vulnerable", "prevention"])
@pytest.mark.parametrize("ending", facts.TenancyEnding)
@pytest.mark.parametrize("state", TerminationState)
def test_a_tenancy_is_lost_as_its_state_and_its_kind_of_ending_say(
    state: TerminationState, ending: facts.TenancyEnding, listed: str
) -> None:
    case: dict[str, Any] = {
        "question": "referral",
        "day": DAY,
        "area": {"is": [listed]},
        "municipality": {
            "family_dwellings": {
                "day": date(2024, 1, 10),
                "in_listed_areas": 12,
                "in_municipality": 100,
            }
        },
        "household": {"applicant": {"terminated": [{**ENDINGS[state], "ending": str(ending)}]}},
        "otherwise": "attested_absent",
    }
    assert golden.answer(case).outcome is LOST[state, ending]


# --- The tables -----------------------------------------------------------------------------


def test_each_way_of_writing_a_state_is_read_back_as_that_state() -> None:
    for judgment, stated in JUDGMENTS.items():
        days: dict[str, Any] = {f"{name}_on": day for name, day in stated.items()}
        fact = facts.JudgmentInCase(
            offence="o",
            provisions=("strfl-244",),
            sanction=facts.Sanction.FINE,
            offence_day=date(2024, 4, 1),
            judgment_day=date(2024, 5, 1),
            **days,
        )
        assert lives.judgment_on(fact, DAY) is judgment
        assert lives.out_of_order(fact) == ()
    for ending, said in ENDINGS.items():
        ended = facts.TerminationRecorded(
            ended_on=said["day"],
            given_on=said.get("given"),
            ending=facts.TenancyEnding.LANDLORD,
            gross_breach=True,
        )
        assert lives.termination_on(ended, DAY) is ending


@pytest.mark.parametrize("kind", TRANSITIONS, ids=lambda kind: kind.__name__)
def test_a_life_reaches_every_state_by_days_that_its_fact_has(kind: type[facts.Fact]) -> None:
    life = TRANSITIONS[kind]
    reached = {life.first}
    for step in life.steps:
        assert step.field in kind.__struct_fields__
        assert reached & set(step.before), f"{step.field} follows on no state"
        reached.add(step.after)
    every = set(type(life.first))
    assert every - reached <= {TerminationState.UNKNOWN}, "of a day that was not stated"


def _days_in_question(kind: type[facts.Fact]) -> Iterator[str]:
    """Name the days of a sealed fact after which it is something else than before."""
    began = {"judgment_day", "requested_on", "offence_day", "police_limit"}
    for field in slots(kind):
        if field.kind is date and field.name not in began:
            yield field.name


def test_no_day_of_a_fact_with_a_life_is_left_out_of_its_table() -> None:
    for kind, life in TRANSITIONS.items():
        assert {step.field for step in life.steps} == set(_days_in_question(kind))


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"appeal_withdrawn_on": date(2024, 6, 1)}, ("appeal_withdrawn_on",)),
        (
            {"appealed_on": date(2024, 6, 2), "appeal_withdrawn_on": date(2024, 6, 1)},
            ("appeal_withdrawn_on",),
        ),
        ({"appealed_on": date(2024, 6, 2), "final_on": date(2024, 6, 1)}, ("final_on",)),
        ({"final_on": date(2024, 6, 2), "overturned_on": date(2024, 6, 1)}, ("overturned_on",)),
        ({"final_on": date(2024, 6, 1), "overturned_on": date(2024, 6, 2)}, ()),
    ],
)
def test_days_that_no_life_can_have_are_named(days: dict[str, Any], wrong: tuple[str, ...]) -> None:
    fact = facts.JudgmentInCase(
        offence="o",
        provisions=(),
        sanction=facts.Sanction.FINE,
        offence_day=date(2024, 4, 1),
        judgment_day=date(2024, 5, 1),
        **days,
    )
    assert lives.out_of_order(fact) == wrong


# --- Criteria: none, not announced, standing, ended, lapsed ----------------------------------


class Criteria(StrEnum):
    """Where criteria for an area stand on a day (`flexible.set_for_area`)."""

    NONE = "none"
    NOT_ANNOUNCED = "not_announced"
    STANDING = "standing"
    ENDED = "ended"
    REPLACED_AND_THAT_ENDED = "replaced_and_that_ended"
    LAPSED = "lapsed"
    """The area has been off the lists since; criteria do not come back with it."""


_LAPSED_AREA = {
    "on_lists_of": {2020: ["vulnerable"], 2021: ["vulnerable"], 2022: [], 2023: ["vulnerable"]}
}


def _criteria(state: Criteria) -> dict[str, Any] | list[dict[str, Any]] | None:
    if state is Criteria.NONE:
        return None
    stated: dict[str, Any] = {
        "criteria": "made-up-criteria",
        "set_on": date(2021, 1, 4),
        "alternatives": [{"all_of": [{"kind": "work"}]}],
    }
    if state is Criteria.NOT_ANNOUNCED:
        stated["announced_on"] = None
    if state is Criteria.ENDED:
        stated["last_day"] = date(2024, 1, 31)
    if state is Criteria.REPLACED_AND_THAT_ENDED:
        newer = {"criteria": "newer", "set_on": date(2023, 1, 4), "last_day": date(2024, 1, 31)}
        return [stated, {**stated, **newer}]
    return stated


@pytest.mark.parametrize("question", ["letting", "exchange", "sublet"])
@pytest.mark.parametrize("state", Criteria)
def test_criteria_bind_in_one_state_alone(state: Criteria, question: str) -> None:
    asked: dict[str, dict[str, Any]] = {
        "letting": {"channel": "flexible"},
        "exchange": {"lived_since": date(2010, 1, 1), "partner_is_tenant": True},
        "sublet": {
            "whole": True,
            "months": 12,
            "reason": "study",
            "notified_on": date(2024, 2, 1),
            "agreement_on": date(2024, 2, 18),
            "copy_sent_on": date(2024, 2, 19),
            "proof_sent_on": date(2024, 2, 19),
            "starts_on": date(2024, 3, 1),
            "rent_exceeds_own": False,
        },
    }
    case: dict[str, Any] = {
        "question": question,
        "day": date(2024, 2, 20),
        "area": _LAPSED_AREA if state is Criteria.LAPSED else {"is": ["vulnerable"]},
        "dwelling": {"rooms": 3},
        "criteria": _criteria(state),
        "asked": asked[question],
        "household": {"applicant": {}},
        "otherwise": "attested_absent",
    }
    if state is not Criteria.LAPSED:
        on = ["vulnerable"]
        case["area"] = {"on_lists_of": dict.fromkeys((2020, 2021, 2022, 2023), on)}
    decision = golden.answer(case)
    binds = state is Criteria.STANDING
    assert decision.outcome is (Outcome.PROHIBITED if binds else Outcome.PERMITTED)


# --- Decisions that lift: standing, ended, replaced, of another case --------------------------


class Standing(StrEnum):
    """Where a decision that lifts a prohibition stands on the day."""

    NONE = "none"
    STANDING = "standing"
    OF_TOMORROW = "of_tomorrow"
    ENDED = "ended"
    REPLACED_AND_THAT_ENDED = "replaced_and_that_ended"


def _decided(state: Standing, **stated: Any) -> list[dict[str, Any]]:
    """Return what was decided by `DAY`, so that a state comes of it."""
    decided = {"day": date(2024, 6, 1), **stated}
    match state:
        case Standing.NONE:
            return []
        case Standing.STANDING:
            return [decided]
        case Standing.OF_TOMORROW:
            return [{**decided, "day": date(2024, 6, 21)}]
        case Standing.ENDED:
            return [{**decided, "last_day": date(2024, 6, 19)}]
        case Standing.REPLACED_AND_THAT_ENDED:
            newer = {**decided, "day": date(2024, 6, 10), "last_day": date(2024, 6, 19)}
            return [decided, newer]


_LIFTS: dict[str, dict[str, Any]] = {
    "exempted": {
        "question": "referral",
        "area": {"is": ["prevention"]},
        "household": {"applicant": {"citizenship": "not_met"}},
        "readings": {"AMB-30PCT-UNDECIDED": "a"},
    },
    "nothing_possible_outside": {
        "question": "referral",
        "area": {"is": ["vulnerable"]},
        "household": {"applicant": {"citizenship": "not_met"}},
    },
    "nothing_else_for_persons_from_ukraine": {
        "question": "referral",
        "area": {"is": ["vulnerable"]},
        "household": {"applicant": {"refugee": True, "ukraine_permit": True}},
    },
    "rights": {
        "question": "referral",
        "basis": "stk_4",
        "area": {"is": ["combined_letting"]},
        "household": {"applicant": {}},
    },
    "increase_approved": {
        "question": "referral",
        "basis": "stk_5",
        "area": {"is": []},
        "household": {"applicant": {}},
        "municipality": {"rights": [{"right": "section_51b", "day": date(2020, 1, 6)}]},
    },
    "dispensation": {
        "question": "letting",
        "area": {"is": ["transformation"]},
        "household": {"applicant": {"attested": {"receives_51c": "yes"}}},
    },
}
_STATED: dict[str, dict[str, Any]] = {
    "exempted": {"share_used": 34},
    "nothing_possible_outside": {"prevention_area_possible": False},
    "rights": {"right": "stk_4", "area": "this"},
    "increase_approved": {"dwellings": 40},
}
LIFTING = {
    facts.ExemptionDecided,
    facts.FallbackDecided,
    facts.UkraineDecided,
    facts.DispensationDecided,
    facts.ReferralRightDecided,
    facts.ReferralIncreaseApproved,
}
"""The decisions without which something is prohibited; the cases above try each of them."""


@pytest.mark.parametrize("state", Standing)
@pytest.mark.parametrize("lift", _LIFTS)
def test_a_decision_lifts_a_prohibition_while_it_stands_and_in_no_other_state(
    lift: str, state: Standing
) -> None:
    decided = _decided(state, **_STATED.get(lift, {}))
    case: dict[str, Any] = {"day": DAY, "otherwise": "attested_absent", **_LIFTS[lift]}
    if lift == "dispensation":
        case["decided"] = {lift: decided}
    else:
        case["municipality"] = {**case.get("municipality", {}), lift: decided}
    decision = golden.answer(case)
    lifted = state is Standing.STANDING
    assert decision.outcome is (Outcome.PERMITTED if lifted else Outcome.PROHIBITED)


def test_no_decision_with_an_end_that_lifts_is_left_out() -> None:
    decisions = {
        kind
        for kind in vars(facts).values()
        if isinstance(kind, type)
        and issubclass(kind, facts.Fact)
        and {"decision_day", "last_day"} <= set(getattr(kind, "__struct_fields__", ()))
    }
    # What lets the landlord oppose prohibits nothing, and a clause that nobody has looked at leaves
    # the answer open (cases of almenboligloven § 60, stk. 1).
    assert decisions - LIFTING == {facts.OppositionAssessed, facts.ClauseJudged}
    assert len(LIFTING) == len(_LIFTS)


def test_a_decision_on_combined_letting_that_a_newer_one_replaced_counts_again_without_it() -> None:
    world = World()
    world.register_area()
    world.place_dwelling()
    day = date(2024, 7, 2)

    def decided(on: date, *, extended: bool) -> Recorded[Any]:
        return world.record(
            CombinedLettingDecided(area=AREA, decided_on=on, first_day=on, extended=extended)
        )

    def extended() -> Status:
        [dwelling] = world.view().find(DwellingRecorded, DWELLING)
        readings = Readings(CURRENT.points, {})
        found = combined_letting_here(world.view(), dwelling.fact, day, readings, extended=True)
        return found.status

    decided(date(2022, 1, 15), extended=True)
    newer = decided(date(2024, 1, 15), extended=False)
    assert extended() is Status.NOT_MET

    # Taken back it should never have been recorded, so that the older one was never replaced.
    world.record(Retracted(retracts=newer.event_id))
    assert extended() is Status.MET
