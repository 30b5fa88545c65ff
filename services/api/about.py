"""What a recorded answer is about, as the API shows it: whom, where, who asked, and when."""

from __future__ import annotations

from collections.abc import Iterator

from domain import asked, canonical, facts, tenancy
from domain.decide import Decision
from domain.law.editions import edition_named
from domain.law.question import PlaceQuestion
from domain.reference import View
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.answers.receipts import Answer
from services.api import enums
from services.api.facts_back import fact_value, moment, recorded_by
from services.facts.history import who
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.members import members_on
from services.persons.reading import Reader

_KINDS = {kind: number for number, kind in enums.DWELLING_KINDS.items()}


def about(
    instance: Instance,
    answer: Answer,
    event: RecordedEvent,
    reader: Reader,
    view: View,
    *,
    names: bool,
) -> pb.AnswerAbout:
    """Say what an answer is about, as known in `view`; `names`: and who the members are."""
    made = answer.decision
    question, created = made.question, view.instance()
    known = instance.log.event_at(made.position)
    message = pb.AnswerAbout(
        question=question.kind,
        title=core.Text(da=question.declared.da, en=question.declared.en),
        dwellings=list(_dwellings(made, view)),
        case_number=question.case_number or "",
        stated=[fact_value(each) for each in asked.stated(question)],
        asked_by=recorded_by(who(canonical.decode(event.metadata))),
        recorded_at=moment(event.recorded_at),
        known_at=None if known is None else moment(known.recorded_at),
        controller=created.controller,
        controller_kind=created.controller_kind.value,
        log_id=str(created.log_id),
        reviewed_through=edition_named(made.edition).reviewed_through.isoformat(),
    )
    area = question.area if isinstance(question, PlaceQuestion) else None
    if area is None and message.dwellings:
        area = message.dwellings[0].area
    message.area, message.area_name = area or "", _area_name(view, area or "")
    if not question.declared.of_nobody:
        message.household_id = str(question.household)
        people = [(each, "") for each in made.members]
        if names:
            found = members_on(
                instance.person_facts, question.household, question.day, view.position, reader
            )
            people = [(each.person, each.name) for each in found]
        message.members.extend(pb.NamedMember(person_id=str(p), name=name) for p, name in people)
    return message


def _dwellings(made: Decision, view: View) -> Iterator[pb.AskedDwelling]:
    question = made.question
    for id in filter(None, tenancy.dwellings_of(question)):
        found = view.dwelling(id, question.day)
        message = pb.AskedDwelling(dwelling_id=id)
        if found is not None:
            fact: facts.DwellingRecorded = found.fact
            message.address, message.area = fact.address, fact.area or ""
            message.area_name = _area_name(view, message.area)
            message.organisation, message.department = fact.organisation, fact.department
            message.kind = _KINDS[fact.kind]
        yield message


def _area_name(view: View, area: str) -> str:
    found = view.area(area) if area else None
    return area if found is None else str(found.fact.name)
