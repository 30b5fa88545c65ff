"""The reference state keeps what it was given, and each day and code once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain import events, facts
from domain.events import Recorded
from domain.facts import DwellingKind
from domain.reference import Reference


def a_dwelling(number: int) -> Recorded[facts.DwellingRecorded]:
    fact = facts.DwellingRecorded(
        dwelling=f"dwelling-{number}",
        municipality="9999",
        kind=DwellingKind.FAMILY,
        area=None,
        first_day=date(2020, 1, 1),
        organisation="X001",
    )
    # As it comes out of the log: nothing is shared with another fact.
    read: facts.DwellingRecorded = events.decode_fact(  # type: ignore[assignment]  # of this name
        "dwelling.recorded", 1, events.encode_fact(fact)
    )
    return Recorded(number, UUID(int=number, version=4), bytes([number]) * 32, read)


def test_what_is_found_is_what_was_recorded() -> None:
    reference = Reference()
    recorded = [a_dwelling(number) for number in range(1, 4)]
    for item in recorded:
        reference.apply(item)
    view = reference.at()
    found = [view.find(facts.DwellingRecorded, f"dwelling-{number}") for number in range(1, 4)]
    assert found == [[item] for item in recorded]
    assert view.keys(facts.DwellingRecorded) == ["dwelling-1", "dwelling-2", "dwelling-3"]


def test_what_is_corrected_stood_until_it_was() -> None:
    reference = Reference()
    first = a_dwelling(1)
    reference.apply(first)
    retraction = facts.Retracted(retracts=first.event_id)
    reference.apply(Recorded(2, UUID(int=2, version=4), bytes(32), retraction))
    assert reference.find(facts.DwellingRecorded, "dwelling-1", 2) == []
    [before] = reference.find(facts.DwellingRecorded, "dwelling-1", 1)
    assert (before.fact, before.ended) == (first.fact, 2)
    assert reference.recorded(facts.DwellingRecorded, "dwelling-1", 2) == [before]


def test_facts_share_the_days_and_codes_that_they_have_in_common() -> None:
    reference = Reference()
    one, other = a_dwelling(1), a_dwelling(2)
    assert one.fact.first_day is not other.fact.first_day
    reference.apply(one)
    reference.apply(other)
    assert one.fact.first_day is other.fact.first_day
    assert one.fact.organisation is other.fact.organisation
