"""All that is held of one person or household, and who looked: for the person's own request.

What is held of others in the same facts (whom a household's membership names) stands in the report
of the household, not of the person (GDPR article 15, 4).
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, readback
from domain.data_classes import DataClass, SubjectKind
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from domain.law.texts.words import OUTCOMES
from domain.questions import KINDS, RECEIPT_TYPES
from domain.reports.said import basis
from husret.v1 import core_pb2 as core
from husret.v1 import report_service_pb2 as pb
from services.answers import stored
from services.answers.screening import Screening
from services.answers.stored import Stated
from services.api import convert
from services.api.calls import Call, known_uuid, view_for
from services.api.decisions import CLASSES
from services.api.facts_back import Messages, moment, recorded_by
from services.api.fields import UNREAD
from services.facts.fields import FieldErrors
from services.facts.history import History, RecordedBy, who
from services.facts.recording import SubjectUnknown
from services.instance.instance import Instance
from services.persons.access import Access
from services.persons.reading import tag

PURPOSE = "subject_access"


def subject_report(
    instance: Instance, request: pb.GetSubjectReportRequest, least: int, call: Call
) -> pb.GetSubjectReportResponse:
    """Make the report of one subject."""
    wrong = FieldErrors()
    reader = convert.context(request.context, wrong).reader()
    if request.context.purpose != PURPOSE:
        wrong.add("context.purpose", f"must be {PURPOSE}: the report is for the person's request")
    name = request.WhichOneof("subject")
    if name is None:
        wrong.add("subject", "is not given; name a person or a household")
    kind = SubjectKind.PERSON if name == "person_id" else SubjectKind.HOUSEHOLD
    subject = known_uuid(getattr(request, name), name, wrong) if name else None
    view = view_for(instance, request.consistency, wrong)
    wrong.raise_if_any()
    call.check_time()
    before = time.time_ns() // 1000
    if request.HasField("looked_before"):
        before = request.looked_before.ToMicroseconds()
    id = subject or UNREAD
    if instance.keys.known(id) is not kind:
        raise SubjectUnknown(f"no {kind} with this id is registered here")
    tokens = instance.keys.tokens_of(id)
    looked = instance.access.reads(tokens.values())
    report = pb.GetSubjectReportResponse(
        basis=pb.ReportBasis(**msgspec.to_builtins(basis(CURRENT, view))),
        looked_before=moment(before),
        accesses=[_access(each) for each in looked if each.at < before],
    )
    setattr(report, f"{kind}_id", str(id))
    history, made = History(instance), Messages(instance, least, texts=True)
    households: dict[str, None] = {}
    noted: list[tuple[DataClass, str]] = []
    for data_class in _classes(kind):
        call.check_time()
        read = history.of_subject(id, kind, data_class, view.position, reader, noted=noted)
        report.classes.append(
            pb.SubjectClass(
                data_class=CLASSES[data_class], erased=read.erased, facts=made.all(read)
            )
        )
        if kind is SubjectKind.PERSON:
            households.update({str(past.household): None for past in read.shown if past.household})
    report.households.extend(households)
    token = tokens.get(DataClass.DECISIONS)
    if token is not None:
        noted.append((DataClass.DECISIONS, token))
        report.answers.extend(_answers(instance, tag(kind, token), view.position))
    instance.person_facts.note(list(dict.fromkeys(noted)), reader)
    return report


def _classes(kind: SubjectKind) -> Iterator[DataClass]:
    """Yield the classes that a person, or a household, can have facts of."""
    of_household = kind is SubjectKind.HOUSEHOLD
    for data_class in DataClass:
        declared = readback.kinds_of(data_class)
        if any(each.of_household is of_household for each in declared):
            yield data_class


def _answers(instance: Instance, about: str, upto: int) -> list[pb.SubjectAnswer]:
    """Return the answers about a subject, alone and on pages of waiting lists, oldest first."""
    query = DCBQuery(items=[DCBQueryItem(types=list(RECEIPT_TYPES), tags=[about])])
    found = []
    for event in instance.log.read(query, upto=upto):
        stated = stored.answer(instance, event)
        found.append(_answer(stated, stated.area or "", stated.outcome))
    for page, outcome in Screening(instance).told_of(about, upto):
        found.append(_answer(page, "", outcome))
    return sorted(found, key=lambda each: each.position)


def _answer(stated: Stated, area: str, outcome: Outcome) -> pb.SubjectAnswer:
    asked, event = KINDS[stated.kind], stated.event
    return pb.SubjectAnswer(
        receipt_id=str(stated.id),
        position=event.position,
        recorded_at=moment(event.recorded_at),
        question=asked.name,
        day=stated.day.isoformat(),
        area=area,
        outcome=core.Outcome.Value(f"OUTCOME_{outcome}"),
        asked_by=recorded_by(who(canonical.decode(event.metadata))),
        title=core.Text(da=asked.da, en=asked.en),
        said=core.Text(da=OUTCOMES[outcome].da, en=OUTCOMES[outcome].en),
    )


def _access(access: Access) -> pb.SubjectAccess:
    by: RecordedBy = who(
        {
            "actor": access.actor,
            "purpose": access.purpose,
            "legal_basis": access.legal_basis,
            "correlation": access.request_id,
        }
    )
    classes = dict.fromkeys(data_class for data_class, _ in access.read)
    return pb.SubjectAccess(
        at=moment(access.at),
        by=recorded_by(by),
        data_classes=[CLASSES[data_class] for data_class in classes],
    )
