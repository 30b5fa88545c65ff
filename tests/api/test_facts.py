"""Facts between messages and the domain: what is written is what is read, for every kind."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import facts
from domain.events import BY_FACT, EVENT_TYPES
from domain.facts.declared import Slot, slots
from husret.v1 import fact_service_pb2 as pb
from services.api.facts import FACTS, new_fact, read, write
from services.api.fields import Fields
from services.facts.fields import FieldErrors
from tests.api.client import an_id
from tests.support import scaled


def test_every_fact_that_is_recorded_fact_by_fact_has_a_message_of_its_own() -> None:
    assert set(FACTS) == set(pb.Fact.DESCRIPTOR.fields_by_name)
    imported = {facts.AreaListed, facts.AreaListPublished, facts.Retracted}
    steps = {kind.fact for kind in EVENT_TYPES if kind.step} - {facts.TenancyTakenOver}
    recorded = {kind.fact for kind in EVENT_TYPES if not kind.of_log} - steps
    assert set(FACTS.values()) == recorded - imported


def test_a_message_has_the_fields_of_its_fact_and_no_other_but_whose_it_is() -> None:
    for name, fact in FACTS.items():
        message: Any = pb.Fact.DESCRIPTOR.fields_by_name[name].message_type
        subjects = {"person_id", "household_id"} if BY_FACT[fact].data_class else set()
        none_by = {slot.said.none_by for slot in slots(fact)} - {None}
        told = set(message.fields_by_name) - subjects - none_by
        assert told == {slot.wire for slot in slots(fact)} - {"corrects"}, name


WORDS = st.text("abc", min_size=1, max_size=3)


def _values(slot: Slot) -> st.SearchStrategy[Any]:
    """Return what may stand in a field; a text, number or list that is left out is its default."""
    if slot.each is not None:
        return st.lists(_values(slot.each), min_size=1, max_size=2).map(tuple)
    plain: st.SearchStrategy[Any]
    if issubclass(slot.kind, msgspec.Struct):
        plain = st.builds(slot.kind, **{each.name: _values(each) for each in slots(slot.kind)})
    elif slot.kind is date:
        plain = st.dates(date(1950, 1, 1), date(2100, 1, 1))
    elif slot.kind is UUID:
        plain = st.uuids()
    elif slot.kind is bool:
        plain = st.booleans()
    elif slot.kind is int:
        plain = st.integers(1, 99)
    elif slot.kind is str:
        plain = WORDS
    else:
        plain = st.sampled_from(list(slot.kind))
    return st.none() | plain if slot.nullable else plain


@cache
def _facts(kind: type[facts.Fact]) -> st.SearchStrategy[facts.Fact]:
    fields = {slot.name: _values(slot) for slot in slots(kind) if slot.name != "corrects"}
    return st.builds(kind, **fields)


@pytest.mark.parametrize("name", FACTS)
@settings(max_examples=scaled(15, 1_000))
@given(data=st.data())
def test_a_fact_that_is_written_reads_as_it_was(name: str, data: st.DataObject) -> None:
    kind = FACTS[name]
    fact = data.draw(_facts(kind))
    message = write(fact, getattr(pb.Fact(), name))
    wrong = FieldErrors()
    assert read(kind, message, Fields(wrong)) == fact
    assert wrong.found == []


def test_what_must_be_given_and_is_not_is_wrong_under_the_name_of_the_message() -> None:
    wrong = FieldErrors()
    message = pb.Fact(termination_recorded=pb.TerminationRecorded(person_id=an_id()))
    assert new_fact(message, "fact", wrong) is not None
    assert {each.field for each in wrong.found} == {
        f"fact.termination_recorded.{field}" for field in ("ended_on", "ending", "cause")
    }


def test_a_criterion_that_this_release_does_not_know_is_refused() -> None:
    known = pb.CriteriaSet(criteria="a", ways=[pb.LettingWay(rank=1)])
    unknown = b"\xf2\x3f\x01x"  # field 1022, a text
    for place in ("", ".ways[0]"):
        message = pb.Fact(criteria_set=known)
        part: Any = message.criteria_set
        (part.ways[0] if place else part).MergeFromString(unknown)
        wrong = FieldErrors()
        new_fact(message, "fact", wrong)
        said = {each.field: each.description for each in wrong.found}
        assert "does not know" in said[f"fact.criteria_set{place}"]
