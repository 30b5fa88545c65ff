"""What became of a fact, as its boundary tells it; and what fields say in words."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain import facts, readback
from domain.events import BY_FACT
from domain.facts.declared import slots
from domain.readback import Recalled, State

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
BENEFIT, RETRACTED = BY_FACT[facts.BenefitPeriod].name, BY_FACT[facts.Retracted].name


def a_benefit(corrects: UUID | None = None) -> facts.BenefitPeriod:
    return facts.BenefitPeriod(
        benefit=facts.Benefit.KONTANTHJAELP,
        first_day=date(2025, 1, 1),
        last_day=date(2025, 1, 31),
        corrects=corrects,
    )


def event(id: UUID, fact: Any, kind: str = BENEFIT, about: str = "p:x") -> Recalled:
    return Recalled(id, kind, about, fact)


def taken_back(id: UUID, retracts: UUID) -> Recalled:
    return event(id, facts.Retracted(retracts=retracts), RETRACTED)


def states(*history: Recalled) -> list[State]:
    found = readback.states(history)
    return [found[each.event_id][0] for each in history if each.kind != RETRACTED]


def test_what_a_correction_took_the_place_of_does_not_come_back_with_its_retraction() -> None:
    history = (event(ONE, a_benefit()), event(TWO, a_benefit(ONE)), taken_back(THREE, TWO))
    assert states(*history) == [State.CORRECTED, State.RETRACTED]


@pytest.mark.parametrize("kind", [BENEFIT, RETRACTED])
def test_what_may_have_been_ended_by_something_erased_is_not_said_to_stand(kind: str) -> None:
    before, after = event(ONE, a_benefit()), event(THREE, a_benefit())
    found = readback.states((before, event(TWO, None, kind), after))
    assert (found[ONE][0], found[THREE][0]) == (State.UNKNOWN, State.STANDS)


def test_what_is_erased_of_another_subject_or_kind_ends_nothing() -> None:
    stands = event(ONE, a_benefit())
    assert states(stands, event(TWO, None, about="p:y"))[0] is State.STANDS
    assert states(stands, event(TWO, None, "benefit.attested"))[0] is State.STANDS


def test_what_is_known_to_have_ended_is_not_made_unknown_by_something_erased() -> None:
    history = (event(ONE, a_benefit()), event(TWO, None), taken_back(THREE, ONE))
    assert states(*history) == [State.RETRACTED, State.ERASED]


def test_fields_are_said_in_words_and_those_that_say_nothing_are_left_out() -> None:
    said = {each.name: each.said for each in readback.values(a_benefit())}
    assert said["benefit"] == ("kontanthjælp", "cash benefit")
    assert said["first_day"] == ("1. januar 2025", "1 January 2025")
    assert "corrects" not in said
    assert list(readback.values(facts.PersonRegistered())) == []


def test_a_field_that_messages_turn_round_is_turned_by_its_name_and_not_in_words() -> None:
    [rounded] = [each for each in slots(facts.Figures) if each.said.turned]
    values = {each.name: each for each in readback.values(facts.Figures(rounded=True))}
    exact = values[rounded.wire]
    assert (exact.name, exact.value) == ("exact", "false")
    assert ("rounded" in exact.meaning.en, exact.said.en) == (True, "yes")


def test_open_facts_are_about_what_their_tags_say_and_nobody() -> None:
    assert {"area", "dwelling", "department", "criteria", "municipality"} <= readback.ABOUT
    assert not {"p", "h", "erasure", "instance", "clock"} & readback.ABOUT
