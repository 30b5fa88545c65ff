"""Receipts: what stands in the log of an answer, made, found, and shown again.

A receipt is appended without a condition: it says what was known at its position and stays true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery

from domain import canonical, receipt
from domain.data_classes import DataClass, SubjectKind
from domain.decide import Decision, FactsRead
from domain.law.editions import edition_named
from domain.law.kernel import Outcome
from domain.law.question import NOBODY, PlaceQuestion, Question
from domain.questions import PAGE_TYPES, QUESTIONS, RECEIPT_TYPES
from domain.reference import View
from services.answers.finding import Decided, FactFinder
from services.instance.instance import Instance
from services.log.event import Event, RecordedEvent, metadata
from services.log.port import EventIdReused
from services.persons.keys import UnknownSubject
from services.persons.reading import Erased, Reader, TamperedEvent, tag
from services.persons.sealing import (
    NONCE_BYTES,
    Binding,
    ClassKey,
    KeyErased,
    commitment,
    period_of,
)

RECEIPT_SCHEMA = 1

_NO_RECEIPT = (
    "the class decisions of this household, or of a member, has been erased, and with it what a "
    "receipt is sealed with; register the subject again to begin the class anew"
)


class UnknownHousehold(LookupError):
    """The household asked about is not registered here."""


class UnknownReceipt(LookupError):
    """No receipt has this id."""


class Answer(NamedTuple):
    """A decision, how many sealed facts it took, and its receipt when it was recorded."""

    decision: Decision
    unsealed: int = 0
    receipt_id: UUID | None = None
    receipt_hash: bytes = b""
    position: int = 0
    facts_read: FactsRead | None = None
    """The facts that were read for it, until the answer is shown."""


class Reexamined(NamedTuple):
    """A recorded answer, decided again as something is about to rest on it."""

    answer: Answer
    boundary: DCBQuery
    """The events that would move it, were one newer than the position it was known at."""
    holds: bool
    """The same outcome comes out again; it does not once what it rests on has been erased."""


class Asked(NamedTuple):
    """A question together with what recognises a repeat of it."""

    question: Question
    request: bytes
    """Canonical bytes of the question as the caller put it, "today" still unsaid."""
    event_id: bytes = b""
    """Id of the receipt to be; empty for a preview."""


def request_bytes(question: Question, day: str) -> bytes:
    """Return the bytes that a repeated question is recognised by; `day` as the caller wrote it."""
    return canonical.encode([question.kind, question.household, question.sealed(), day])


def receipt_type(question: Question) -> str:
    """Return the event type of a question's receipt."""
    return f"decision.{question.kind}"


def is_open(event: RecordedEvent) -> bool:
    """Tell whether a receipt is about an area, so that nothing in it is sealed."""
    return issubclass(QUESTIONS[RECEIPT_TYPES[event.type]], PlaceQuestion)


class Receipts:
    """The receipts of one instance: made, found, and shown by deciding again."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance

    # -- making

    def token_of(self, household: UUID) -> str:
        """Return the token that a household's receipts stand under.

        Raises UnknownHousehold, and Erased when its class decisions is.
        """
        keys = self.instance.keys
        if keys.known(household) is not SubjectKind.HOUSEHOLD:
            raise UnknownHousehold("the household is not registered here")
        try:
            return keys.token(household, DataClass.DECISIONS)
        except UnknownSubject:
            raise Erased(_NO_RECEIPT) from None

    def repeated(self, asked: Asked, reader: Reader) -> Answer | None:
        """Return what a repeated question was answered with, None for a new one.

        Raises EventIdReused for another question under the same id.
        """
        event = self.instance.log.event_by_id(asked.event_id)
        if event is None:
            return None
        if event.fingerprint != self._fingerprint(event, asked):
            raise EventIdReused(0, event.position)
        return self.get(event, reader)

    def _fingerprint(self, event: RecordedEvent, asked: Asked) -> bytes | None:
        """Return what the event's fingerprint is if it answers what is asked; None: it can't."""
        if event.type not in RECEIPT_TYPES:
            return None
        if is_open(event):
            return hashlib.sha256(asked.request).digest()
        period = period_of(receipt.unpack(event.data).sections[0].payload)
        key = self.instance.keys.key(event.tags[0][2:], period)
        return None if key is None else key.fingerprint(self.instance.log_id.bytes, asked.request)

    def make(self, asked: Asked, decided: Decided, reader: Reader) -> tuple[Answer, Event]:
        """Return an answer with its receipt, sealed and ready to be appended; raises Erased."""
        if isinstance(asked.question, PlaceQuestion):
            return self._make_open(asked, asked.question, decided, reader)
        instance, decision = self.instance, decided.decision
        token = self.token_of(asked.question.household)
        listed = receipt.sections(decision)
        period = instance.period()
        wanted = [subject_of(decision, s.subject, s.data_class) for s in listed]
        wanted += [(person, DataClass.DECISIONS) for person in decision.members]
        try:
            keys = instance.keys.sealing_keys(wanted, period)
        except (UnknownSubject, KeyErased):
            raise Erased(_NO_RECEIPT) from None
        open_bytes = self.open_part(decision, asked.event_id, listed, keys)
        nonces = instance.random(NONCE_BYTES * len(listed))
        sealed = [
            key.seal_with(
                nonces[index * NONCE_BYTES : (index + 1) * NONCE_BYTES],
                self.binding(asked.event_id, receipt_type(asked.question), index + 1),
                section.content,
            )
            for index, (section, key) in enumerate(zip(listed, keys, strict=False))
        ]
        members = [instance.keys.token(p, DataClass.DECISIONS) for p in decision.members]
        event = Event(
            type=receipt_type(asked.question),
            data=receipt.pack(open_bytes, sealed),
            tags=[
                tag(SubjectKind.HOUSEHOLD, token),
                *(tag(SubjectKind.PERSON, member) for member in members),
            ],
            event_id=asked.event_id,
            schema_version=RECEIPT_SCHEMA,
            metadata=_who(reader),
            fingerprint=keys[0].fingerprint(instance.log_id.bytes, asked.request),
        )
        answer = Answer(
            decision,
            decided.unsealed,
            UUID(bytes=asked.event_id),
            receipt.receipt_hash(open_bytes),
            facts_read=decided.facts_read,
        )
        return answer, event

    def _make_open(
        self, asked: Asked, question: PlaceQuestion, decided: Decided, reader: Reader
    ) -> tuple[Answer, Event]:
        open_bytes = self.open_part(decided.decision, asked.event_id, (), ())
        event = Event(
            type=receipt_type(question),
            data=receipt.pack(open_bytes, ()),
            tags=question.tags,
            event_id=asked.event_id,
            schema_version=RECEIPT_SCHEMA,
            metadata=_who(reader),
            fingerprint=hashlib.sha256(asked.request).digest(),
        )
        id, made = UUID(bytes=asked.event_id), receipt.receipt_hash(open_bytes)
        return Answer(decided.decision, 0, id, made, facts_read=decided.facts_read), event

    def open_part(
        self,
        decision: Decision,
        id: bytes,
        listed: Sequence[receipt.Section],
        keys: Sequence[ClassKey],
    ) -> bytes:
        """Return the open part of a receipt, with its commitment to every section."""
        log_id = self.instance.log_id
        statement = receipt.statement(decision, log_id)
        commitments = [
            commitment(key.salt(log_id.bytes, id, number), section.committed(statement))
            for number, (section, key) in enumerate(zip(listed, keys, strict=False), 1)
        ]
        return receipt.open_part(statement, listed, commitments)

    def binding(self, id: bytes, event_type: str, number: int) -> Binding:
        """Return the place that a section of a receipt is sealed for."""
        return Binding(self.instance.log_id.bytes, id, event_type, RECEIPT_SCHEMA, number)

    # -- showing

    def find(self, receipt_id: UUID) -> RecordedEvent:
        """Return the event of a receipt; raises UnknownReceipt."""
        event = self.instance.log.event_by_id(receipt_id.bytes)
        if event is None or event.type not in RECEIPT_TYPES:
            raise UnknownReceipt("no receipt has this id")
        return event

    def hash_of(self, receipt_id: UUID) -> bytes:
        """Return the hash of a receipt; raises UnknownReceipt."""
        return receipt.receipt_hash(receipt.unpack(self.find(receipt_id).data).open_part)

    def receipt_or_page(self, receipt_id: UUID) -> RecordedEvent:
        """Return the event of a receipt, or of a page of a waiting list; raises UnknownReceipt."""
        event = self.instance.log.event_by_id(receipt_id.bytes)
        if event is None or event.type not in (*RECEIPT_TYPES, *PAGE_TYPES):
            raise UnknownReceipt("no receipt has this id")
        return event

    def get(self, event: RecordedEvent, reader: Reader) -> Answer:
        """Return a recorded answer, computed again on the facts that it rests on.

        The outcome is the one that was recorded, whatever has been erased since; what was erased
        stands among the missing. Raises KeyErased when the household's part has been erased.
        """
        packed = receipt.unpack(event.data)
        stated = canonical.decode(packed.statement)
        question = self.question_of(event, packed, stated, reader)
        view = self.instance.view(at=stated["position"])
        return self._again(event, packed, stated, question, view, reader).answer

    def reexamine(self, event: RecordedEvent, reader: Reader) -> Reexamined:
        """Return a recorded answer and its boundary, both by deciding again as known then.

        Raises KeyErased when the household's part has been erased, TamperedEvent when the
        receipt was altered where it is stored.
        """
        if not event.is_intact():
            raise TamperedEvent(event.position)
        packed = receipt.unpack(event.data)
        stated = canonical.decode(packed.statement)
        question = self.question_of(event, packed, stated, reader)
        view = self.instance.view(at=stated["position"]).traced()
        return self._again(event, packed, stated, question, view, reader)

    def _again(
        self,
        event: RecordedEvent,
        packed: receipt.Packed,
        stated: dict[str, Any],
        question: Question,
        view: View,
        reader: Reader,
    ) -> Reexamined:
        finder = FactFinder(self.instance, view.position, reader)
        decided = finder.answer(question, view, edition_named(stated["law"]))
        answer = Answer(
            decided.decision.as_recorded(Outcome(stated["outcome"])),
            decided.unsealed,
            UUID(bytes=event.event_id),
            receipt.receipt_hash(packed.open_part),
            event.position,
            decided.facts_read,
        )
        same = decided.decision.outcome is answer.decision.outcome
        return Reexamined(answer, finder.boundary(view), same)

    def question_of(
        self,
        event: RecordedEvent,
        packed: receipt.Packed,
        stated: dict[str, Any],
        reader: Reader,
    ) -> Question:
        """Read what was asked, and nothing of what was answered; noted as a reading."""
        kind = QUESTIONS[RECEIPT_TYPES[event.type]]
        day, asked = day_of(stated["day"]), asked_on(stated)
        if is_open(event):
            return kind.restored(NOBODY, day, asked, stated["found"])
        token = event.tags[0][2:]
        found = self.instance.keys.subject_of(token)
        if found is None:
            raise KeyErased(_HOUSEHOLD_ERASED)
        self.instance.person_facts.note([(DataClass.DECISIONS, token)], reader)
        content = self.household_part(event, packed)
        return kind.restored(found[0], day, asked, content)

    def household_part(self, event: RecordedEvent, packed: receipt.Packed) -> dict[str, Any]:
        """Return a receipt's own section; raises KeyErased, and Tampered."""
        first = packed.sections[0]
        key = self.instance.keys.key(event.tags[0][2:], period_of(first.payload))
        if key is None:
            raise KeyErased(_HOUSEHOLD_ERASED)
        content: dict[str, Any] = canonical.decode(
            key.unseal(self.binding(event.event_id, event.type, 1), first.payload)
        )
        return content


def _who(reader: Reader) -> bytes:
    """Return who asked, for what and on which basis, as the envelope says it."""
    return metadata(
        {"actor": reader.actor, "purpose": reader.purpose, "legal_basis": reader.legal_basis}
    )


def subject_of(decision: Decision, number: int, data_class: DataClass) -> tuple[UUID, DataClass]:
    """Return whom, and which class, a section of a receipt is about, by its subject's number."""
    if number == receipt.HOUSEHOLD:
        return decision.question.household, data_class
    return decision.members[number - 1], data_class


_HOUSEHOLD_ERASED = "the household of this receipt has been erased"


def asked_on(stated: dict[str, Any]) -> date | None:
    """Return the day on which a receipt says that it was asked, where that is another."""
    return day_of(stated["asked"]) if "asked" in stated else None


def day_of(text: str) -> date:
    """Return a day as a receipt states it."""
    return date.fromisoformat(text)
