"""Ids in every request, before it is read: each in its one form, and external ids resolved.

An id of a dwelling or property is put in its one form. Where a request takes an id of a person, a
household, a dwelling, a vacancy or what a vacancy led to, it takes the caller's own external id as
well (docs/keys.md): what it names here takes its place, so that nothing behind this gate knows of
external ids. Which fields those are is read off the descriptors, so that no method can forget one.
One that names nothing is left as it is, and refused where the field is read. Whom one names has
been looked up, and that is noted as any look-up is, whatever becomes of the call: an error tells
that somebody is known as well as an answer does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import cache, cached_property, partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from eventsourcing.dcb.api import DCBQuery
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from domain import external_ids, facts, tenancy
from domain.data_classes import SubjectKind
from domain.events import BY_FACT
from domain.ids import UUID_FORM, canonical_id
from domain.reference import View
from husret.v1 import fact_service_pb2 as pb
from services.api import convert
from services.facts.checks import NewFact
from services.facts.external_ids import VACANCY, Named, named, named_openly, subject_named
from services.facts.fields import FieldErrors
from services.facts.taken_over import steps_of
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader

NAMES = frozenset(
    {
        "dwelling",
        "dwelling_id",
        "dwellings",
        "offered_dwelling_id",
        "property",
        "properties",
        "named",
    }
)
"""Fields that hold ids of dwellings or properties; `named` are the flats of an agreement."""

SUBJECTS = {
    "person_id": SubjectKind.PERSON,
    "household_id": SubjectKind.HOUSEHOLD,
    "household_ids": SubjectKind.HOUSEHOLD,
}
STEPS: dict[str, tuple[type[facts.Fact], ...]] = {
    "vacancy_id": (facts.VacancyRecorded,),
    "allocation_id": (facts.VacancyAllocated,),
    "offer_id": (facts.OfferMade,),
    "tenancy_id": tenancy.BEGINNINGS,
}
"""Fields that hold the id of a step; an external id means the last one of its vacancy or dwelling.
"""

_UUID = re.compile(UUID_FORM, re.IGNORECASE)
_TAG = "tag"
_REGISTERING = {
    "person_registered": ("person_id", facts.PersonExternalId),
    "household_registered": ("household_id", facts.HouseholdExternalId),
}
_GIVING = {
    "person_external_id": "person_id",
    "household_external_id": "household_id",
    "dwelling_external_id": "dwelling_id",
}
_NAMED = (*{*_GIVING.values(), *(name for name, _ in _REGISTERING.values())},)
"""The fields of what a call may give an external id to."""
_TAKEN = frozenset({*_REGISTERING, *_GIVING})
_VACANCY = BY_FACT[facts.VacancyRecorded].name
_TAKEN_OVER = BY_FACT[facts.TenancyTakenOver].name


class Naming:
    """What the external ids of one call name."""

    def __init__(self, instance: Instance | None = None) -> None:
        self._instance = instance
        self._new: dict[tuple[str, str], str] = {}
        """What the call itself gives external ids to, by the kind of field that they stand in."""
        self.sent: dict[str, str] = {}
        """By the ids that stand in their place: the external ids that were sent."""
        self.reader: Reader | None = None
        """Who asks and why; of one who does not say it, no person or household is looked up."""
        self.looked_up: set[UUID] = set()
        """Whom the external ids of the call name."""
        self.given: list[NewFact] = []
        """Facts that say so of each external id that a registration of the call is made under."""

    @cached_property
    def _view(self) -> View:
        assert self._instance is not None  # asked for below a look at it
        return self._instance.view()

    def take(self, kind: str, said: Callable[[str], Any], request: bytes, path: str) -> None:
        """Take what a fact of the call says of external ids: what it gives one to, by its fields.

        A registration under an external id that is new gives it to whom it registers. A repeat of
        the same request says the same.
        """
        if self._instance is None or self.reader is None:
            return
        if kind in _GIVING and _is_external(said("external_id")) and said(_GIVING[kind]):
            name = _GIVING[kind]
            self._new.setdefault((name, said("external_id")), self.of(name, str(said(name))))
        if kind not in _REGISTERING or not _is_external(id := said(_REGISTERING[kind][0])):
            return
        name, fact = _REGISTERING[kind]
        subject = self._instance.keys.subject_for(id, request)
        known = named(self._instance, self._view, id)
        if known is not None and known.subject is not None:
            self.looked_up.add(known.subject)
        before = known == Named(str(SUBJECTS[name]), str(subject))  # by this very request
        if (known is not None and not before) or any((each, id) in self._new for each in _NAMED):
            return
        self._new[name, id] = str(subject)
        of_person = SUBJECTS[name] is SubjectKind.PERSON
        whose = {"person": subject} if of_person else {"household": subject}
        self.given.append(NewFact(fact(external_id=id), **whose, path=f"{path}.{name}"))

    def begin(self) -> None:
        """Forget what the call gives external ids to, and look anew at what stands."""
        self._new.clear()
        self.given.clear()
        self.__dict__.pop("_view", None)

    def note(self) -> None:
        """Note whom the call looked up, as a look-up does: what it was told says they are known."""
        if self._instance is None or self.reader is None or not self.looked_up:
            return
        found, self.looked_up = self.looked_up, set()
        self._instance.person_facts.note_looked_up(found, self.reader)

    def of(self, field: str, text: str) -> str:
        """Return the id that a field of this name means by a text."""
        if field in NAMES:
            register, value = external_ids.of_register(text)
            form = f"{register}:{canonical_id(value)}" if register else canonical_id(text)
            return self._dwelling(form)
        if field in SUBJECTS:
            return self._subject(text, SUBJECTS[field])
        return self._step(text, STEPS[field]) if field in STEPS else self._tag(text)

    def _subject(self, text: str, kind: SubjectKind) -> str:
        if self._instance is None or self.reader is None or not _is_external(text):
            return text
        id = self._new.get((f"{kind}_id", text), "")
        found = None if id else subject_named(self._instance, text)
        if found is not None and found[0] is kind:
            id = str(found[1])
            self.looked_up.add(found[1])
        if not id:
            return text
        self.sent[id] = text
        return id

    def _dwelling(self, text: str) -> str:
        if self._instance is None or not _is_external(text):
            return text
        if ("dwelling_id", text) in self._new:
            return self._new["dwelling_id", text]
        found = named_openly(self._view, text)
        if found is not None:
            return text if found.kind == VACANCY else found.id
        register, address = external_ids.of_register(text)
        return address if register == external_ids.DAR else text

    def _step(self, text: str, kinds: Sequence[type[facts.Fact]]) -> str:
        """Return the last step of a kind in the vacancy, or the last one of the dwelling, named."""
        if self._instance is None or not text or _UUID.fullmatch(text):
            return text
        found = named_openly(self._view, text)
        names = {BY_FACT[kind].name for kind in kinds}
        if found is not None:
            for step in reversed(self._since_vacancy(found)):
                if step.type in names:
                    return str(UUID(bytes=step.event_id))
        return text

    def _since_vacancy(self, of: Named) -> list[RecordedEvent]:
        """Return the steps from a vacancy, or the last one of a dwelling, until the next."""
        assert self._instance is not None  # asked for below a look at it
        log, dwelling, vacancy = self._instance.log, of.id, b""
        if of.kind == VACANCY:
            vacancy = UUID(of.id).bytes
            event = log.event_by_id(vacancy)
            assert event is not None  # it was there when it got the id
            dwelling = event.tags[0].partition(":")[2]
        steps: list[RecordedEvent] = []
        for step in log.read(DCBQuery(items=[steps_of(dwelling)]), upto=self._view.position):
            if step.type in (_VACANCY, _TAKEN_OVER):
                if steps and steps[0].event_id == vacancy:
                    break
                steps = []
            steps.append(step)
        return steps

    def _tag(self, text: str) -> str:
        word, _, id = text.partition(":")
        field = f"{word}_id"
        return f"{word}:{self.of(field, id)}" if field in STEPS or field in NAMES else text


CALL: ContextVar[Naming] = ContextVar("naming")
"""What the external ids of the call at hand name."""


def naming() -> Naming:
    """Return what the external ids of the call at hand name; outside of one: nothing."""
    return CALL.get(None) or Naming()


def resolving(instance: Instance) -> Callable[[Message], None]:
    """Return what resolves the ids of a request, in place."""

    def resolve(request: Message) -> None:
        found = Naming(instance)
        found.reader = _reader(request)
        CALL.set(found)
        if isinstance(request, pb.RecordFactsRequest):
            for index, fact in enumerate(request.facts):
                kind = fact.WhichOneof("fact") or ""
                if kind in _TAKEN:
                    said = partial(getattr, getattr(fact, kind))
                    found.take(kind, said, request.request_id.encode(), f"facts[{index}].{kind}")
        put_in_form(request, found)
        found.note()

    return resolve


def _reader(request: Message) -> Reader | None:
    field = request.DESCRIPTOR.fields_by_name.get("context")
    wrong = FieldErrors()
    said: Any = request
    reader = None if field is None else convert.context(said.context, wrong).reader()
    return None if wrong.found else reader


class Stated(NamedTuple):
    """What a line of a file states: the kind of fact, what is said of it, and where it stands."""

    kind: str
    said: Any
    path: str


def take_stated(stated: Sequence[Stated]) -> None:
    """Take what files say of external ids, in the place of what they said before."""
    naming().begin()
    request = uuid4().bytes
    for each in stated:
        if each.kind in _TAKEN:
            naming().take(each.kind, each.said.get, request, each.path)


def put_in_form(request: Message, found: Naming | None = None) -> None:
    """Write every id of a request in its one form, in place; what external ids name by `found`."""
    found = found or Naming()
    for field, is_id in _holding(request.DESCRIPTOR):
        value: Any = getattr(request, field.name)
        if is_id and field.is_repeated:
            value[:] = [found.of(field.name, each) for each in value]
        elif is_id:
            form = found.of(field.name, value)
            if form != value:
                setattr(request, field.name, form)
        elif field.is_repeated:
            for each in value:
                put_in_form(each, found)
        elif request.HasField(field.name):
            put_in_form(value, found)


def _is_external(text: Any) -> bool:
    return isinstance(text, str) and ":" in text and external_ids.has_form(text)


@cache
def _holding(message: Descriptor) -> tuple[tuple[FieldDescriptor, bool], ...]:
    """Return the fields that are such ids (True), or messages that hold some further down."""
    found = []
    for field in message.fields:
        if field.type == FieldDescriptor.TYPE_STRING:
            of_request = field.name in NAMES or field.name in SUBJECTS or field.name in STEPS
            if of_request or field.name == _TAG:
                found.append((field, True))
        elif field.type == FieldDescriptor.TYPE_MESSAGE and _holding(field.message_type):
            found.append((field, False))
    return tuple(found)
