"""The worked agreements on flexible letting, recorded and asked over the API as a system would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from domain import events
from domain.facts import (
    ControllerKind,
    CriteriaSet,
    DwellingRecorded,
    Fact,
    HouseholdRegistered,
    InstanceCreated,
)
from domain.facts import PersonRegistered as Registered
from husret.v1 import core_pb2
from husret.v1 import eligibility_service_pb2 as questions
from husret.v1 import fact_service_pb2 as pb
from services.api.facts import FACTS, write
from services.cases import agreements, putting
from services.cases.agreements import Agreement
from services.cases.casebook import OTHER_AREA, Case
from services.cases.world import AREA, LONG_AGO, World
from services.facts import recording
from services.instance.instance import Instance
from tests.api.client import Client, an_id, context
from tests.api.conftest import DAY, served
from tests.frozen.from_cases import CONTEXT, question_of
from tests.law import golden
from tests.law.test_agreements import NOT_RECORDED_SO

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "criteria"
AGREEMENTS = [agreements.read(file) for file in sorted(FOLDER.glob("*.yaml"))]
FIELDS = {struct: name for name, struct in FACTS.items()}


def _own(value: Any) -> Any:
    """Return the same about areas that the API knows as such: their ids begin with the code."""
    text = msgspec.json.encode(value).decode()
    for area in (AREA, OTHER_AREA):
        text = text.replace(f'"{area}"', f'"9999-{area}"')
    return msgspec.json.decode(text, type=type(value))


def _message(fact: Fact, **whose: str) -> pb.Fact:
    fact = _own(fact)
    message = pb.Fact()
    part = getattr(message, FIELDS[type(fact)])
    part.SetInParent()
    write(fact, part, **whose)
    return message


def _of_household(world: World) -> tuple[str, Iterator[pb.Fact]]:
    """Return an id for the household of a case, and what the case states of it and its members."""
    household = an_id()
    persons = {p for p, _ in world.members if p is not None} | set(world.personal)
    ids: dict[UUID, str] = {person: an_id() for person in sorted(persons)}

    def stated() -> Iterator[pb.Fact]:
        yield _message(HouseholdRegistered(registered_on=LONG_AGO), household_id=household)
        for id in ids.values():
            yield _message(Registered(), person_id=id)
        for person, item in world.members:
            if person is not None and item is not None:
                yield _message(item.fact, household_id=household, person_id=ids[person])
        for attested in world.members_attested:
            yield _message(attested.fact, household_id=household)
        for person, items in world.personal.items():
            for item in items:
                yield _message(item.fact, person_id=ids[person])
        for decided in world.decisions:
            yield _message(decided.fact, household_id=household)

    return household, stated()


@pytest.mark.parametrize("agreement", AGREEMENTS, ids=[each.name for each in AGREEMENTS])
def test_every_household_of_an_agreement_is_answered_over_the_api_as_written(
    agreement: Agreement,
) -> None:
    for case in agreement.cases:
        assert _over_the_api(case) == case["expect"]["outcome"], case["says"]


SECTIONS = (
    "almenboligloven § 60, stk. 1",
    "almenboligloven § 60 a, stk. 1",
    "almenboligloven § 60 b",
)
"""Of § 60, stk. 4 the cases are about when criteria bind, and state less than can be recorded."""

REFUSED = {"a-clause-about-the-order-is-settled-by-nobody"}
"""Recording refuses a finding of a clause about who comes first; the rules do not rely on that."""

SINGLE = [
    case
    for case in golden.about_households()
    if case["question"] == "letting"
    and "criteria" in case
    and case["section"] in SECTIONS
    and case["id"] not in NOT_RECORDED_SO
    and case["id"] not in REFUSED
]
"""The examples of single clauses, which are golden cases."""


@pytest.mark.parametrize("case", SINGLE, ids=[case["id"] for case in SINGLE])
def test_every_example_of_a_clause_is_answered_over_the_api_as_in_process(case: Case) -> None:
    assert _over_the_api(case) == case["expect"]["outcome"]


def _over_the_api(case: Case) -> str:
    organisation = Instance.in_memory(
        kind=ControllerKind.HOUSING_ORGANISATION, controller="Prøvebo", today=lambda: DAY
    )
    with served(organisation) as client:
        world = putting.build(case)
        _record_openly(organisation, client, world)
        household, stated = _of_household(world)
        client.record(*stated)
        return _asked(client, case, world, household)


def _record_openly(instance: Instance, client: Client, world: World) -> None:
    """Record what is stated of the town; lists of areas, which come in files, past the API."""
    facts = [i.fact for i in world.recorded_openly if not isinstance(i.fact, InstanceCreated)]
    for other in _named(facts):
        like = next(fact for fact in facts if isinstance(fact, DwellingRecorded))
        facts.insert(facts.index(like), msgspec.structs.replace(like, dwelling=other))
    from_files = [_own(fact) for fact in facts if type(fact) not in FIELDS]
    if from_files:
        position = instance.view().position
        recording.append_open(instance, CONTEXT, uuid4(), from_files, position, [])
    request = pb.RecordFactsRequest(
        context=context(),
        request_id=an_id(),
        facts=[_message(fact) for fact in facts if type(fact) in FIELDS],
        accept_new=True,
    )
    client.facts.RecordFacts(request, timeout=20)


def _named(facts: list[Fact]) -> list[str]:
    """Return the dwellings that criteria name and the case says nothing of."""
    held = {fact.dwelling for fact in facts if isinstance(fact, DwellingRecorded)}
    ways = [way for fact in facts if isinstance(fact, CriteriaSet) for way in fact.ways]
    named = {each for way in ways for each in (*way.only_dwellings, *way.not_dwellings)}
    return sorted(named - held)


def _asked(client: Client, case: Case, world: World, household: str) -> str:
    message = write(question_of(case, world), questions.LettingQuestion())
    message.household_id = household
    request = questions.CheckLettingRequest(
        context=context(purpose="letting"), request_id=an_id(), question=message
    )
    outcome = client.eligibility.CheckLetting(request, timeout=20).decision.outcome
    return core_pb2.Outcome.Name(outcome).removeprefix("OUTCOME_")


def test_every_fact_that_an_agreement_and_its_households_need_has_a_message() -> None:
    kinds = {
        type(item.fact)
        for agreement in AGREEMENTS
        for case in agreement.cases
        for item in putting.build(case).recorded_openly
    }
    without = {each for each in kinds if each not in FIELDS}
    assert {events.BY_FACT[each].name for each in without} <= {
        "instance.created",
        "area.listed",
        "arealist.published",
    }
