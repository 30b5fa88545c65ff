"""Records what a golden case states in an instance, as another household and place, and asks it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import msgspec

from domain import controllers
from domain.facts import AreaListPublished, Fact, HouseholdRegistered, InstanceCreated
from domain.facts import PersonRegistered as Registered
from domain.law.question import Question
from husret_verify.event import event_id
from services.answers.asking import Answers
from services.answers.receipts import Answer, Asked, request_bytes
from services.cases import putting
from services.cases.casebook import Case
from services.cases.world import AREA, DWELLING, HOUSEHOLD, LONG_AGO, World
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.recording import Context
from services.instance.instance import Instance
from services.persons.reading import Reader

CONTEXT = Context("letting-system", "demonstration", "case 12")


def answer(instance: Instance, case: Case, number: int, reader: Reader) -> Answer:
    """Record the facts of a case under ids of their own, ask its question, and record the receipt.

    What this kind of instance does not hold is left out. Raises what the commands raise for a fact
    that contradicts another.
    """
    world = putting.build(case)
    persons = {p for p, _ in world.members if p is not None} | set(world.personal)
    renamed = {str(id): str(uuid4()) for id in (HOUSEHOLD, *sorted(persons))}
    renamed |= {each: f"9999-{each}-{number}" for each in (AREA, DWELLING)}
    household = UUID(renamed[str(HOUSEHOLD)])
    registered = [NewFact(HouseholdRegistered(registered_on=LONG_AGO), household=household)]

    def own(value: Any) -> Any:
        text = msgspec.json.encode(value).decode()
        for before, now in renamed.items():
            text = text.replace(before, now)
        return msgspec.json.decode(text, type=type(value))

    view = instance.view()
    known = {
        (item.fact.kind, item.fact.list_day)
        for kind in view.keys(AreaListPublished)
        for item in view.find(AreaListPublished, kind)
    }
    open_facts = [
        own(item.fact)
        for item in world.recorded_openly
        if not (
            isinstance(item.fact, AreaListPublished)
            and (item.fact.kind, item.fact.list_day) in known
        )
        and _held(instance, item.fact)
    ]
    recording.append_open(instance, CONTEXT, uuid4(), open_facts, view.position, [])
    of_persons = [(p, f) for p, items in world.personal.items() for f in items]
    new = [
        *(registered if putting.about_household(case) else ()),
        *(NewFact(Registered(), person=UUID(renamed[str(person)])) for person in sorted(persons)),
        *(
            NewFact(own(item.fact), UUID(renamed[str(person)]), household)
            for person, item in world.members
            if item is not None
        ),
        *(NewFact(own(item.fact), household=household) for item in world.members_attested),
        *(NewFact(own(item.fact), person=UUID(renamed[str(p)])) for p, item in of_persons),
        *(NewFact(own(item.fact), household=household) for item in world.decisions),
    ]
    held = [each for each in new if _held(instance, each.fact)]
    if held:
        recording.record(instance, CONTEXT, uuid4(), held, accept_implausible=True)
    question = own(question_of(case, world))
    asked = Asked(
        question,
        request_bytes(question, question.day.isoformat()),
        event_id(instance.log_id, uuid4(), 0),
    )
    return Answers(instance).check(asked, reader, instance.view())


def _held(instance: Instance, fact: Fact) -> bool:
    """Tell whether the instance holds such facts; a case states what several controllers hold."""
    kind = instance.view().instance().controller_kind
    return not isinstance(fact, InstanceCreated) and controllers.may_hold(kind, type(fact))


def question_of(case: Case, world: World) -> Question:
    """Return the question of a case about a household."""
    caught: list[Question] = []
    world.put = lambda question, edition=None: caught.append(question)  # type: ignore[method-assign,assignment,return-value] # the case makes its question; who calls puts it
    putting.ask(case, world)
    return caught[0]
