"""What may be held about persons: each field has a purpose and a section, and the API no other."""

from __future__ import annotations

import msgspec
import pytest

from domain import facts
from domain.events import BY_FACT, EVENT_TYPES
from domain.facts.declared import slots
from domain.tenancy import TRANSITIONS
from husret.v1 import fact_service_pb2 as messages
from husret.v1 import tenancy_service_pb2 as steps

PERSONAL: frozenset[type[facts.Fact]] = frozenset(
    [*(t.fact for t in EVENT_TYPES if t.data_class is not None), facts.Retracted]
)


def _name(fact: type[facts.Fact]) -> str:
    return fact.__name__


IN_ORDER = sorted(PERSONAL, key=_name)
STEPS: frozenset[type[facts.Fact]] = frozenset(
    each.step for each in TRANSITIONS if each.method != "RecordFacts"
)
"""Recorded by TenancyService, each by a request of its own."""
WITH_A_MESSAGE = [fact for fact in IN_ORDER if fact is not facts.Retracted and fact not in STEPS]

SUBJECT_FIELDS = {"person_id", "household_id"}
"""Fields of a message that say whom the fact is about: the key that seals it, not its content."""


@pytest.mark.parametrize("fact", IN_ORDER)
def test_every_field_about_a_person_has_a_purpose_and_a_section(fact: type[facts.Fact]) -> None:
    for slot in slots(fact):
        assert slot.said.why, slot.name
        section = slot.said.by or BY_FACT[fact].section
        assert any(sign in section for sign in ("§", "art.")), slot.name


def test_no_fact_about_a_person_holds_a_fact_within_it() -> None:
    for fact in PERSONAL:
        for slot in slots(fact):
            kind = (slot.each or slot).kind
            assert not issubclass(kind, msgspec.Struct), f"{fact.__name__}.{slot.name}"


@pytest.mark.parametrize("fact", WITH_A_MESSAGE)
def test_a_message_about_persons_has_the_fields_of_its_fact_and_no_other(
    fact: type[facts.Fact],
) -> None:
    name = fact.__name__
    named = {field.name for field in getattr(messages, name).DESCRIPTOR.fields}
    # Which fact is corrected is said beside the fact, by CorrectFactRequest.fact_id.
    assert named - SUBJECT_FIELDS == {s.wire for s in slots(fact) if s.name != "corrects"}


def test_every_message_that_names_a_person_or_household_is_a_fact_of_the_list() -> None:
    named = {
        message.name
        for message in messages.DESCRIPTOR.message_types_by_name.values()
        if SUBJECT_FIELDS & set(message.fields_by_name)
    }
    # An erasure names whom to erase, and nothing of them; a reading whom to read, and what is read
    # back is said in the message of its fact; a look-up answers with whom it found.
    others = {"EraseSubjectRequest", "ListFactsRequest", "ReadFact", "LookUpResponse"}
    assert named - others == {_name(f) for f in PERSONAL - STEPS if f is not facts.Retracted}


ASKED = {"context", "request_id", "validate_only", "household_id"}
"""Fields of a step's request that are not its content."""
OF_BASIS = {"receipts", "receipt_hashes", "decided_by", "reasons", "party_heard"}
"""Fields of a fact that the message `basis` gives."""


@pytest.mark.parametrize("step", [fact for fact in IN_ORDER if fact in STEPS])
def test_a_request_for_a_step_has_the_fields_of_its_fact_and_no_other(
    step: type[facts.Fact],
) -> None:
    [transition] = [each for each in TRANSITIONS if each.step is step]
    named = {f.name for f in getattr(steps, f"{transition.method}Request").DESCRIPTOR.fields}
    given = {name.removesuffix("_id") for name in named - ASKED - {"day", "basis"}}
    held = set(step.__struct_fields__) - {"corrects", "dwelling"}
    if "basis" in named:
        assert held >= OF_BASIS
        held -= OF_BASIS
    days = {name for name in held if name.endswith("_on")}
    assert len(days) == 1
    assert given == held - days
