"""The lives of facts whose meaning changes with the days that they carry, as tables of steps.

A judgment is given, may be appealed, becomes final or falls; a tenancy is under notice before it
ends. A rule asks which state a fact is in on a day and says what each of them means for it: a
state that it forgets would be read as the nearest one. A dwelling's life is in
`domain/tenancy.py`; that of a decision with an end, which a newer one replaces, in `standing.py`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain import facts


class JudgmentState(StrEnum):
    """Where a judgment stands on a day."""

    GIVEN = "given"
    """No appeal is known, nor that none is open any longer."""
    APPEALED = "appealed"
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    """An appeal was withdrawn; whether the other party's stands is not known."""
    FINAL = "final"
    OVERTURNED = "overturned"
    """A higher court took the ground away for good: no day to come can make it final."""


class TerminationState(StrEnum):
    """Where the ending of a person's tenancy stands on a day."""

    UNKNOWN = "unknown"
    """It ends on a day to come, and since when it is terminated was not stated."""
    NOT_YET = "not_yet"
    """It was not terminated until a later day."""
    UNDER_NOTICE = "under_notice"
    """Terminated, and not yet ended: the act's "er opsagt"."""
    ENDED = "ended"


class EnforcementState(StrEnum):
    """Where a request that the court sends a judgment on stands on a day."""

    REQUESTED = "requested"
    SENT_ON = "sent_on"


class Step(NamedTuple):
    """A day that a fact may carry: the states it may come in, and the state from then on."""

    field: str
    before: tuple[StrEnum, ...]
    after: StrEnum


class Life(NamedTuple):
    """The life of one kind of fact: the state it begins in, and every step there is."""

    first: StrEnum
    steps: tuple[Step, ...]


_APPEALABLE = (JudgmentState.GIVEN, JudgmentState.APPEALED, JudgmentState.APPEAL_WITHDRAWN)

TRANSITIONS: dict[type[facts.Fact], Life] = {
    facts.JudgmentInCase: Life(
        JudgmentState.GIVEN,
        (
            Step("appealed_on", (JudgmentState.GIVEN,), JudgmentState.APPEALED),
            Step("appeal_withdrawn_on", (JudgmentState.APPEALED,), JudgmentState.APPEAL_WITHDRAWN),
            # Upheld on appeal, or no appeal is open any longer.
            Step("final_on", _APPEALABLE, JudgmentState.FINAL),
            # On appeal, or a final one that was reopened.
            Step("overturned_on", (*_APPEALABLE, JudgmentState.FINAL), JudgmentState.OVERTURNED),
        ),
    ),
    facts.TerminationRecorded: Life(
        TerminationState.NOT_YET,
        (
            Step("given_on", (TerminationState.NOT_YET,), TerminationState.UNDER_NOTICE),
            Step(
                "ended_on",
                (TerminationState.NOT_YET, TerminationState.UNDER_NOTICE),
                TerminationState.ENDED,
            ),
        ),
    ),
    facts.EnforcementRequested: Life(
        EnforcementState.REQUESTED,
        (Step("sent_on", (EnforcementState.REQUESTED,), EnforcementState.SENT_ON),),
    ),
}
"""Every fact with a life of its own, and each of its steps."""


def _state(fact: facts.Fact, day: date) -> StrEnum:
    """Return the state of a fact on `day`, by the steps taken up to and with that day."""
    life = TRANSITIONS[type(fact)]
    state = life.first
    for step in life.steps:
        on: date | None = getattr(fact, step.field)
        if on is not None and on <= day and state in step.before:
            state = step.after
    return state


def judgment_on(fact: facts.JudgmentInCase, day: date) -> JudgmentState:
    """Return where a judgment stands on `day`."""
    return JudgmentState(_state(fact, day))


def termination_on(fact: facts.TerminationRecorded, day: date) -> TerminationState:
    """Return where the ending of a tenancy stands on `day`."""
    if fact.given_on is None and day < fact.ended_on:
        return TerminationState.UNKNOWN
    return TerminationState(_state(fact, day))


def enforcement_on(fact: facts.EnforcementRequested, day: date) -> EnforcementState:
    """Return where a request that the court sends a judgment on stands on `day`."""
    return EnforcementState(_state(fact, day))


def out_of_order(fact: facts.Fact) -> tuple[str, ...]:
    """Name the days of a fact that no step of its life leads to, and those that come too early."""
    life = TRANSITIONS[type(fact)]
    wrong = []
    state, latest = life.first, date.min
    for step in life.steps:
        on: date | None = getattr(fact, step.field)
        if on is None:
            continue
        if state not in step.before or on < latest:
            wrong.append(step.field)
            continue
        state, latest = step.after, on
    return tuple(wrong)
