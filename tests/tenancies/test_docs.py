"""The table of steps: the documentation is made from it, and every step and method is in it."""

from __future__ import annotations

from domain import events, facts, tenancy
from domain.tenancy import State
from husret.v1 import tenancy_service_pb2 as pb
from tools import tenancy as tool


def test_the_document_is_current() -> None:
    document = tool.DOCUMENT.read_text("utf-8")
    assert tool.with_steps(document) == document, "run `python -m tools.tenancy`"


def test_the_diagram_has_every_transition() -> None:
    drawn = tool.diagram()
    for (before, event), after in tenancy._NEXT.items():
        assert f"    {before} --> {after}: {event}\n" in drawn


def test_every_step_and_every_method_that_records_one_is_in_the_table() -> None:
    assert {each.event for each in tenancy.TRANSITIONS} == set(tenancy.STEPS)
    service = pb.DESCRIPTOR.services_by_name["TenancyService"]
    recording = {m.name for m in service.methods if not m.name.startswith(("Get", "List"))}
    recording.add("RecordFacts")  # of FactService: a tenancy that began before it was kept here
    assert {each.method for each in tenancy.TRANSITIONS} == recording


def test_every_state_can_be_reached_and_left() -> None:
    reached = {each.after for each in tenancy.TRANSITIONS}
    left = {before for each in tenancy.TRANSITIONS for before in each.before}
    assert reached == left == set(State)


def test_a_step_leads_to_one_state() -> None:
    seen = [(before, each.event) for each in tenancy.TRANSITIONS for before in each.before]
    assert len(seen) == len(set(seen))


def test_a_step_with_a_household_is_sealed_and_one_of_the_dwelling_alone_is_open() -> None:
    alone = (facts.VacancyRecorded, facts.VacancyAllocated, facts.AllocationReleased)
    alone += (facts.VacancyWithdrawn, facts.DwellingFreed)  # type: ignore[assignment]  # longer
    for event_type in events.EVENT_TYPES:
        if event_type.step:
            assert (event_type.data_class is None) == (event_type.fact in alone)
