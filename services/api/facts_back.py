"""Facts read back over the API: a page of what stands and what stood, and each fact as a message.

Figures of few persons are left out of whatever is read back (`domain/shown.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from domain import events, facts, readback
from domain.data_classes import DataClass, SubjectKind
from domain.facts.declared import json_name
from domain.ids import canonical_id
from domain.readback import State
from domain.reference import View
from domain.shown import without_few
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as pb
from services.api import convert, enums, pages
from services.api import facts as messages
from services.api.calls import Call, known_uuid, view_for
from services.api.decisions import CLASSES
from services.api.fields import UNREAD, Fields, words
from services.facts.fields import FieldErrors
from services.facts.history import History, Past, Read, RecordedBy, Wanted
from services.instance.instance import Instance

_FACTS = "facts"
"""The kind of walk: no other takes its tokens."""

_STATES = {state: number for number, state in words(pb.FactState, State, "FACT_STATE_").items()}
_FIELDS = {struct: name for name, struct in messages.FACTS.items()}


class _Walk(NamedTuple):
    """Where a walk stands: as of which position, after which, and a digest of what it asks."""

    upto: int
    after: int
    asked: str


class _Asked(NamedTuple):
    """What a walk is about, and which class of it is opened."""

    subject: UUID | None
    kind: SubjectKind
    tag: str
    data_class: DataClass | None


def list_facts(
    instance: Instance, request: pb.ListFactsRequest, least: int, call: Call
) -> pb.ListFactsResponse:
    """Return a page of what was recorded."""
    wrong = FieldErrors()
    reader = convert.context(request.context, wrong).reader()
    asked = _asked(request, wrong)
    wanted = _wanted(request, wrong)
    if request.page_size < 0:
        wrong.add("page_size", "must not be negative")
    view = view_for(instance, request.consistency, wrong)
    walk = _Walk(view.position, 0, _digest(request))
    if request.page_token:
        found = pages.read_token(instance.log_id, _FACTS, request.page_token, _Walk)
        if found is None or not 0 <= found.after <= found.upto <= instance.log.head():
            wrong.add("page_token", "is not a token that this log gave; begin the walk anew")
        elif found.asked != walk.asked:
            wrong.add("page_token", "was given for another question; begin the walk anew")
        else:
            walk = found
    wrong.raise_if_any()
    call.check_time()
    view = instance.view(at=walk.upto)
    size = pages.size_of(request.page_size)
    history = History(instance)
    if asked.subject is not None and asked.data_class is not None:
        read = history.of_subject(
            asked.subject,
            asked.kind,
            asked.data_class,
            walk.upto,
            reader,
            wanted,
            after=walk.after,
            size=size,
        )
    else:
        read = history.of_tag(
            asked.tag, asked.data_class, view, reader, wanted, after=walk.after, size=size
        )
    made = Messages(instance, least, texts=request.texts)
    every = [made.of(each) for each in read.shown]
    shown = pages.fitting(every)
    after = shown[-1].position if len(shown) < len(every) else read.after
    token = ""
    if after is not None:
        token = pages.token(instance.log_id, _FACTS, walk._replace(after=after))
    return pb.ListFactsResponse(
        facts=shown, next_page_token=token, known_at_position=walk.upto, erased=read.erased
    )


def _digest(request: pb.ListFactsRequest) -> str:
    """Return what tells one question from another, and nothing of whom it is about."""
    asked = pb.ListFactsRequest()
    asked.CopyFrom(request)
    for paging in ("context", "page_size", "page_token"):
        asked.ClearField(paging)
    return hashlib.sha256(asked.SerializeToString(deterministic=True)).hexdigest()


def _asked(request: pb.ListFactsRequest, wrong: FieldErrors) -> _Asked:
    data_class = None
    if request.data_class:
        data_class = Fields(wrong).word("data_class", request.data_class, enums.DATA_CLASSES)
    about = request.WhichOneof("about")
    if about is None:
        wrong.add("about", "is not given; name a person, a household or a tag")
    if about in ("person_id", "household_id"):
        if not request.data_class:
            wrong.add("data_class", "is not given; one class is opened, and only when asked for")
        kind = SubjectKind.PERSON if about == "person_id" else SubjectKind.HOUSEHOLD
        subject = known_uuid(getattr(request, about), about, wrong)
        return _Asked(subject or UNREAD, kind, "", data_class)
    word, colon, key = request.tag.partition(":")
    if about == "tag" and not (word in readback.ABOUT and colon and key and "\n" not in key):
        known = ", ".join(sorted(readback.ABOUT))
        wrong.add("tag", f"must be one of {known}, a colon, and an id")
    if word == readback.STEPS:
        key = canonical_id(key)
    beside = (DataClass.TENANCY,) if word == readback.STEPS else ()
    if about == "tag" and data_class not in (None, *beside):
        wrong.add("data_class", "goes with a person, a household, or TENANCY with a dwelling")
    return _Asked(None, SubjectKind.PERSON, f"{word}:{key}", data_class)


def _wanted(request: pb.ListFactsRequest, wrong: FieldErrors) -> Wanted:
    names = []
    for index, name in enumerate(request.kinds):
        if name in readback.READABLE:
            names.append(readback.READABLE[name].name)
        elif index <= len(readback.READABLE):
            wrong.add(f"kinds[{index}]", "is no kind of fact that this release knows")
    correlation = Fields(wrong).opaque("correlation", request.correlation, optional=True)
    return Wanted(tuple(sorted(set(names))), request.standing_only, correlation or "")


class Messages:
    """Makes messages of facts that were read back; what tells of few persons is left out."""

    def __init__(self, instance: Instance, least: int, *, texts: bool) -> None:
        self._view: View = instance.view()
        self._least = least
        self._texts = texts

    def all(self, read: Read) -> Iterable[pb.ReadFact]:
        """Return the message of each fact."""
        return (self.of(each) for each in read.shown)

    def of(self, past: Past) -> pb.ReadFact:
        """Return the message of a fact."""
        event, kind = past.event, events.BY_NAME[past.event.type]
        message = pb.ReadFact(
            fact_id=str(UUID(bytes=event.event_id)),
            position=event.position,
            leaf_hash=event.leaf_hash,
            recorded_at=moment(event.recorded_at),
            kind=json_name(kind.fact),
            state=_STATES[past.state],
            recorded_by=recorded_by(past.recorded_by),
            person_id=_text(past.person),
            household_id=_text(past.household),
        )
        if kind.data_class is not None:
            message.data_class = CLASSES[kind.data_class]
        if past.ended is not None:
            ending = past.ended.event
            message.ended.fact_id = str(UUID(bytes=ending.event_id))
            message.ended.position = ending.position
            message.ended.recorded_at.CopyFrom(moment(ending.recorded_at))
            message.ended.recorded_by.CopyFrom(recorded_by(past.ended.recorded_by))
        if self._texts:
            said = readback.says(kind)
            message.says.CopyFrom(core.Text(da=said.da, en=said.en))
            message.section = kind.section
        if past.fact is None:
            return message
        fact = past.fact
        if isinstance(fact, facts.AreaFigures | facts.AreaListed):
            fact, suppressed = without_few(self._view, fact, self._least)
            message.suppressed.extend(suppressed)
        message.corrects = _text(fact.corrects)
        name = _FIELDS.get(kind.fact)
        if name is not None:
            content: Any = getattr(message.fact, name)
            content.SetInParent()
            whose = {"person_id": message.person_id, "household_id": message.household_id}
            has = content.DESCRIPTOR.fields_by_name
            messages.write(fact, content, **{k: v for k, v in whose.items() if k in has})
        if self._texts or name is None:
            message.values.extend(map(fact_value, readback.values(fact)))
        return message


def fact_value(value: readback.Value) -> pb.FactValue:
    """Return a field that says something as a message."""
    return pb.FactValue(
        name=value.name,
        value=value.value,
        meaning=core.Text(da=value.meaning.da, en=value.meaning.en),
        said=core.Text(da=value.said.da, en=value.said.en),
    )


def recorded_by(by: RecordedBy) -> pb.RecordedBy:
    """Return who recorded, asked or read something as a message."""
    return pb.RecordedBy(**by._asdict())


def moment(microseconds: int) -> Timestamp:
    """Return a moment of the log as a message."""
    made = Timestamp()
    made.FromMicroseconds(microseconds)
    return made


def _text(id: UUID | None) -> str:
    return "" if id is None else str(id)
