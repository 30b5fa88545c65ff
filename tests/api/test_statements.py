"""Two statements of one thing: what contradicts is refused, unless the one corrects the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import msgspec
import pytest

from domain import facts, statements
from domain.events import EVENT_TYPES
from husret.v1 import fact_service_pb2 as pb
from services.api.facts import new_fact
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from tests.api.client import (
    AREA,
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_household,
    a_person,
    an_area,
    an_id,
    area_figures,
    context,
)
from tests.api.test_recording import everything

Refused = Callable[[Callable[[], object]], Refusal]
_LOG_ITSELF = (
    facts.InstanceCreated,
    facts.AccessCounted,
    facts.ClockAccepted,
    facts.ErasureBegun,
    facts.ErasureDone,
    facts.RetentionDecided,
    facts.Retracted,
)


def test_of_every_kind_it_is_said_whether_two_can_contradict_and_why_not() -> None:
    for kind in EVENT_TYPES:
        compared = not kind.step and kind.fact not in _LOG_ITSELF
        assert bool(kind.about) + bool(kind.not_compared) == compared, kind.name
    for stated, abouts in statements.STATED.items():
        for about in abouts:
            named = {*about.what, *(about.days or ()), *about.says, *(about.apart or ())}
            assert named - {""} <= set(stated.__struct_fields__), stated


def _stated(fact: pb.Fact) -> Any:
    """Return the fact that a message states."""
    wrong = FieldErrors()
    made = new_fact(fact, "fact", wrong)
    assert made is not None
    assert not wrong.found
    return made.fact


def _otherwise(value: Any) -> Any:
    """Return another value of the same type."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case facts.Figures():
            return msgspec.structs.replace(value, residents=(value.residents or 0) + 1)
        case _:
            return None


def test_a_fact_contradicts_one_that_says_otherwise_and_not_itself() -> None:
    tried = set()
    for message in everything(an_id(), an_id()):
        fact = _stated(message)
        kind = type(fact)
        if kind not in statements.STATED:
            continue
        assert statements.contradiction(fact, fact) is None, kind
        about = statements.STATED[kind][0]
        for name in about.says or set(kind.__struct_fields__) - {
            *about.what,
            *(about.days or ()),
            about.each,
            "corrects",
            "source",
            "reason",
            "reasons",
            "reference",
        }:
            other = _otherwise(getattr(fact, name))
            if about.apart is None and other is not None:
                changed = msgspec.structs.replace(fact, **{name: other})
                assert statements.contradiction(fact, changed) is not None, (kind, name)
                tried.add(kind)
    assert len(tried) > 15


def test_a_dwelling_is_not_recorded_again_for_the_same_days_in_another_area(
    client: Client, refused: Refused
) -> None:
    client.record(an_area(), an_area("9999-nabo"))
    [first] = client.record(a_dwelling("d"))
    for other in (
        a_dwelling("d", area="9999-nabo"),
        a_dwelling("d", area="9999-nabo", first_day="2024-01-01"),
        a_dwelling("d", area="", outside_areas=True),
    ):
        refusal = refused(partial(client.record, other))
        assert set(refusal.fields) == {"facts[0].dwelling_recorded.area"}
    [again] = client.record(a_dwelling("d"))  # the same once more says nothing else
    client.retract(again.fact_id)
    client.correct(first.fact_id, a_dwelling("d", area="9999-nabo"))


def test_a_dwelling_lies_elsewhere_from_the_day_after_the_last(client: Client) -> None:
    client.record(an_area(), an_area("9999-nabo"), a_dwelling("d", last_day="2023-12-31"))
    client.record(a_dwelling("d", area="9999-nabo", first_day="2024-01-01"))


def _pairs(household: str, person: str) -> dict[str, tuple[pb.Fact, ...]]:
    return {
        "a count": tuple(
            pb.Fact(
                family_dwellings_counted=pb.FamilyDwellingsCounted(
                    municipality="9999",
                    counted_on="2026-01-01",
                    in_listed_areas=count,
                    in_municipality=1000,
                )
            )
            for count in (310, 290)
        ),
        "an exemption": tuple(
            pb.Fact(
                exemption_decided=pb.ExemptionDecided(
                    municipality="9999",
                    decision_day="2026-02-01",
                    areas=[area],
                    share_used="31.0",
                    decided_by="Byrådet",
                )
            )
            for area in (AREA, "9999-nabo")
        ),
        "figures": tuple(
            area_figures(figures=pb.Figures(residents=count)) for count in (900, 1100)
        ),
        "a plan": tuple(
            pb.Fact(plan_approved=pb.PlanApproved(area=AREA, kind=kind, approved_on="2019-06-01"))
            for kind in (pb.PLAN_KIND_JOINT, pb.PLAN_KIND_MUNICIPAL)
        ),
        "a reading": tuple(
            pb.Fact(
                reading_chosen=pb.ReadingChosen(
                    point="AMB-WINDOW",
                    reading=reading,
                    first_day="2026-01-01",
                    chosen_by="Juridisk afdeling",
                    reason="Kommunens praksis.",
                )
            )
            for reading in ("a", "b")
        ),
        "a benefit": tuple(a_benefit(person, last_day=day) for day in ("2025-05-31", "")),
        "a release": tuple(
            pb.Fact(
                release_recorded=pb.ReleaseRecorded(
                    person_id=person,
                    released_on="2026-01-05",
                    released_from=pb.RELEASED_FROM_PRISON_SENTENCE,
                    convicted=convicted,
                    action_plan=pb.ACTION_PLAN_NEITHER,
                )
            )
            for convicted in (pb.CONVICTED_YES, pb.CONVICTED_NO)
        ),
        "an ended tenancy": tuple(
            pb.Fact(
                termination_recorded=pb.TerminationRecorded(
                    person_id=person,
                    ended_on="2026-01-31",
                    ending=pb.TENANCY_ENDING_LANDLORD,
                    cause=cause,
                )
            )
            for cause in (
                pb.TERMINATION_CAUSE_GROSS_BREACH_OF_GOOD_ORDER,
                pb.TERMINATION_CAUSE_OTHER,
            )
        ),
        "an assessment": tuple(
            pb.Fact(
                fallback_decided=pb.FallbackDecided(
                    household_id=household,
                    decision_day="2026-06-01",
                    decided_by="Kim Sagsbehandler",
                    reasons="made up",
                    party_heard=True,
                    prevention_area=possible,
                )
            )
            for possible in (pb.ASSESSMENT_POSSIBLE, pb.ASSESSMENT_NOT_POSSIBLE)
        ),
    }


@pytest.mark.parametrize("case", list(_pairs("", "")))
def test_what_contradicts_is_refused_after_and_beside_it_and_corrects_it(
    case: str, client: Client, refused: Refused
) -> None:
    household, person = an_id(), an_id()
    client.record(a_person(person), a_household(household), an_area(), an_area("9999-nabo"))
    one, other = _pairs(household, person)[case]
    refusal = refused(lambda: client.record(one, other))
    assert len(refusal.fields) == 1
    assert "contradicts" in next(iter(refusal.fields.values()))
    client.record(one)
    client.record(one)  # said once more
    assert refused(lambda: client.record(other)).reason == "ERROR_REASON_INVALID_FIELDS"


@pytest.mark.parametrize("case", list(_pairs("", "")))
def test_a_correction_contradicts_nothing(case: str, client: Client) -> None:
    household, person = an_id(), an_id()
    client.record(a_person(person), a_household(household), an_area(), an_area("9999-nabo"))
    one, other = _pairs(household, person)[case]
    [first] = client.record(one)
    client.correct(first.fact_id, other)


def test_figures_of_a_day_are_stated_once_however_many_decimals_they_have(
    client: Client, refused: Refused
) -> None:
    def stated(share: str, **values: bool) -> pb.RecordFactsRequest:
        figures = pb.Figures(residents=1200, unattached_share=share)
        return pb.RecordFactsRequest(
            context=context(), request_id=an_id(), facts=[area_figures(figures=figures)], **values
        )

    client.record(an_area())
    client.facts.RecordFacts(stated("41.5"))
    client.facts.RecordFacts(stated("41.50"))
    # Nobody can confirm that one day has two figures: the one corrects the other.
    confirmed: tuple[dict[str, bool], ...] = ({}, {"accept_implausible": True})
    for values in confirmed:
        refusal = refused(partial(client.facts.RecordFacts, stated("43.5", **values)))
        [said] = refusal.fields.values()
        assert "contradicts another fact" in said
        assert "confirm" not in said


def test_a_plan_is_carried_out_once(client: Client, refused: Refused) -> None:
    def approved(day: str) -> pb.Fact:
        plan = pb.PlanApproved(area=AREA, kind=pb.PLAN_KIND_JOINT, approved_on=day)
        return pb.Fact(plan_approved=plan)

    def done(day: str) -> pb.Fact:
        return pb.Fact(plan_carried_out=pb.PlanCarriedOut(area=AREA, carried_out_on=day))

    client.record(an_area(), approved("2019-06-01"), done("2022-01-01"))
    field = "facts[0].plan_carried_out.carried_out_on"
    assert set(refused(lambda: client.record(done("2023-01-01"))).fields) == {field}
    client.record(approved("2022-06-01"))
    client.record(done("2023-01-01"))


def test_of_two_that_race_one_is_refused(client: Client, instance: Instance) -> None:
    client.record(an_area(), an_area("9999-nabo"))
    together = Barrier(8)
    refusals: list[str] = []

    def place(index: int) -> None:
        together.wait()
        for name in range(20):
            try:
                client.record(a_dwelling(f"d{name}", area=(AREA, "9999-nabo")[index % 2]))
            except Exception as error:  # what is refused is counted
                refusals.append(str(error))

    threads = [Thread(target=place, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    view = instance.view()
    for name in range(20):
        found = view.find(facts.DwellingRecorded, f"d{name}")
        assert len({item.fact.area for item in found}) == 1
    assert refusals
