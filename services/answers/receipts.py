"""Receipts: what stands in the log of an answer, made, found, and shown again.

A receipt is appended without a condition: it says what was known at its position and stays true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from hmac import compare_digest
from typing import NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery
from eventsourcing.persistence import IntegrityError

from domain import canonical, receipt
from domain.data_classes import DataClass, SubjectKind
from domain.decide import Decision, FactsRead
from domain.law.editions import edition_named
from domain.law.question import NOBODY, PlaceQuestion, Question
from domain.questions import PAGE_TYPES, QUESTIONS, RECEIPT_TYPES
from domain.receipt import Place
from domain.reference import View
from services.answers import stored
from services.answers.finding import Decided, FactFinder
from services.answers.stored import StatedAnswer
from services.instance.frames import StatedFrame
from services.instance.instance import Instance
from services.log.event import Event, RecordedEvent, metadata
from services.log.port import EventIdReused
from services.persons.keys import UnknownSubject
from services.persons.reading import Erased, Reader, TamperedEvent, tag
from services.persons.sealing import ClassKey, KeyErased, Tampered

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


class Made(NamedTuple):
    """An answer with its receipt, ready to be appended, and the frame that this names."""

    answer: Answer
    event: Event
    named: StatedFrame


class Payload(NamedTuple):
    """A receipt's payload, and what it was put together from."""

    data: bytes
    named: StatedFrame
    sections: tuple[receipt.StoredSection, ...]
    place: Place
    last: bytes


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
            return self._open_fingerprint(asked)
        period = receipt.unpack(event.data).period
        key = self.instance.keys.key(event.tags[0][2:], period)
        return None if key is None else key.fingerprint(self.instance.log_id.bytes, asked.request)

    def _open_fingerprint(self, asked: Asked) -> bytes:
        return self.instance.vouch.fingerprint(hashlib.sha256(asked.request).digest())

    def make(self, asked: Asked, decided: Decided, reader: Reader) -> Made:
        """Return an answer with its receipt, sealed and ready to be appended; raises Erased."""
        decision, question = decided.decision, asked.question
        if isinstance(question, PlaceQuestion):
            made = self.payload(decision, asked.event_id, (), (), 0)
            tags, fingerprint = question.tags, self._open_fingerprint(asked)
        else:
            made, tags, fingerprint = self._sealed(asked, decision)
        event = Event(
            type=receipt_type(question),
            data=made.data,
            tags=tags,
            event_id=asked.event_id,
            schema_version=RECEIPT_SCHEMA,
            metadata=metadata(
                {
                    "actor": reader.actor,
                    "purpose": reader.purpose,
                    "legal_basis": reader.legal_basis,
                }
            ),
            fingerprint=fingerprint,
        )
        answer = Answer(
            decision,
            decided.unsealed,
            UUID(bytes=asked.event_id),
            receipt.receipt_hash(made.named.payload, made.data),
            facts_read=decided.facts_read,
        )
        return Made(answer, event, made.named)

    def _sealed(self, asked: Asked, decision: Decision) -> tuple[Payload, list[str], bytes]:
        """Return a receipt's payload, tags and fingerprint; raises Erased."""
        instance = self.instance
        token = self.token_of(asked.question.household)
        listed = receipt.sections(decision, edition_named(decision.edition).rule_numbers)
        period = instance.period()
        wanted = [subject_of(decision, s.subject, s.data_class) for s in listed]
        wanted += [(person, DataClass.DECISIONS) for person in decision.members]
        try:
            keys = instance.keys.sealing_keys(wanted, period)
        except (UnknownSubject, KeyErased):
            raise Erased(_NO_RECEIPT) from None
        made = self.payload(decision, asked.event_id, listed, keys, period)
        members = [instance.keys.token(p, DataClass.DECISIONS) for p in decision.members]
        tags = [
            tag(SubjectKind.HOUSEHOLD, token),
            *(tag(SubjectKind.PERSON, member) for member in members),
        ]
        return made, tags, keys[0].fingerprint(instance.log_id.bytes, asked.request)

    def payload(
        self,
        decision: Decision,
        id: bytes,
        listed: Sequence[receipt.Section],
        keys: Sequence[ClassKey],
        period: int,
    ) -> Payload:
        """Return the payload of a decision's receipt: the same for the same keys, at any time.

        `keys`: of each section, the household's first. Without one, nothing in it is sealed.
        """
        log_id = self.instance.log_id
        named = self.instance.frames.of(receipt.frame(decision, log_id))
        position, outcome = decision.position, decision.outcome
        head = receipt.head(named.id, position, outcome, period, len(listed))
        place = Place(id, named.payload, head)
        made = []
        for number, (section, key) in enumerate(zip(listed, keys, strict=False), 1):
            clear = section.content.encode()
            committed = key.commitment(log_id.bytes, section.message(place, number, clear))
            sealed = key.masked(log_id.bytes, committed, clear)
            made.append(
                receipt.StoredSection(section.subject, section.data_class, committed, sealed)
            )
        if keys:
            question = receipt.question_bytes(decision)
            message = receipt.question_message(place, question)
            committed = keys[0].commitment(log_id.bytes, message)
            last = committed + keys[0].masked(log_id.bytes, committed, question)
        else:
            last = receipt.found_bytes(decision)
        return Payload(receipt.pack(head, made, last), named, tuple(made), place, last)

    def record(self, made: Sequence[Made]) -> list[range | IntegrityError]:
        """Append receipts, each with its frame where the log does not have it yet."""
        return self.instance.frames.append([(each.event, each.named) for each in made])

    # -- showing

    def find(self, receipt_id: UUID) -> RecordedEvent:
        """Return the event of a receipt; raises UnknownReceipt."""
        event = self.instance.log.event_by_id(receipt_id.bytes)
        if event is None or event.type not in RECEIPT_TYPES:
            raise UnknownReceipt("no receipt has this id")
        return event

    def hash_of(self, receipt_id: UUID) -> bytes:
        """Return the hash of a receipt; raises UnknownReceipt."""
        return stored.answer(self.instance, self.find(receipt_id)).hash

    def receipt_or_page(self, receipt_id: UUID) -> RecordedEvent:
        """Return the event of a receipt, or of a page of a waiting list; raises UnknownReceipt."""
        event = self.instance.log.event_by_id(receipt_id.bytes)
        if event is None or event.type not in (*RECEIPT_TYPES, *PAGE_TYPES):
            raise UnknownReceipt("no receipt has this id")
        return event

    def get(self, event: RecordedEvent, reader: Reader) -> Answer:
        """Return a recorded answer, computed again on the facts that it rests on.

        The outcome is the one that was recorded, whatever has been erased since; what was erased
        stands among the missing. Raises KeyErased when the household's part has been erased,
        Tampered when what it states, or was asked, is not as it was made.
        """
        stated = stored.answer(self.instance, event)
        question = self.question_of(stated, reader)
        return self._again(stated, question, self.instance.view(at=stated.position), reader).answer

    def reexamine(self, event: RecordedEvent, reader: Reader) -> Reexamined:
        """Return a recorded answer and its boundary, both by deciding again as known then.

        Raises KeyErased when the household's part has been erased, TamperedEvent when the
        receipt was altered where it is stored, Tampered.
        """
        if not event.is_intact():
            raise TamperedEvent(event.position)
        stated = stored.answer(self.instance, event)
        question = self.question_of(stated, reader)
        view = self.instance.view(at=stated.position).traced()
        return self._again(stated, question, view, reader)

    def _again(
        self, stated: StatedAnswer, question: Question, view: View, reader: Reader
    ) -> Reexamined:
        finder = FactFinder(self.instance, view.position, reader)
        decided = finder.answer(question, view, edition_named(stated.law))
        answer = Answer(
            decided.decision.as_recorded(stated.outcome),
            decided.unsealed,
            stated.id,
            stated.hash,
            stated.event.position,
            decided.facts_read,
        )
        same = decided.decision.outcome is answer.decision.outcome
        return Reexamined(answer, finder.boundary(view), same)

    def question_of(self, stated: StatedAnswer, reader: Reader) -> Question:
        """Read what was asked, and nothing of what was answered; noted as a reading.

        Raises KeyErased, and Tampered when the question, or what the receipt states in the open, is
        not as it was made.
        """
        kind = QUESTIONS[stated.kind]
        if stated.is_open:
            return kind.restored(NOBODY, stated.day, stated.asked, stated.found())
        token = stated.event.tags[0][2:]
        found = self.instance.keys.subject_of(token)
        if found is None:
            raise KeyErased(_HOUSEHOLD_ERASED)
        self.instance.person_facts.note([(DataClass.DECISIONS, token)], reader)
        question, as_made = self.opened_question(stated)
        if not as_made:
            raise Tampered(_NOT_AS_MADE)
        return kind.restored(found[0], stated.day, stated.asked, canonical.decode(question))

    def opened_question(self, stated: StatedAnswer) -> tuple[bytes, bool]:
        """Open what was asked, and tell whether it and all that stands open is as it was made.

        No law is needed for that. Raises KeyErased.
        """
        key = self.instance.keys.key(stated.event.tags[0][2:], stated.period)
        if key is None:
            raise KeyErased(_HOUSEHOLD_ERASED)
        log_id, last = self.instance.log_id.bytes, stated.packed.last
        committed, sealed = last[: receipt.COMMITMENT_BYTES], last[receipt.COMMITMENT_BYTES :]
        question = key.masked(log_id, committed, sealed)
        message = receipt.question_message(stated.place, question)
        return question, compare_digest(key.commitment(log_id, message), committed)

    def content_of(self, section: receipt.StoredSection, key: ClassKey) -> receipt.Content:
        """Open what a section has sealed: the facts that it rests on, and what was asked.

        It is held to the commitment only when the section is computed again. Raises
        MalformedReceiptError.
        """
        log_id = self.instance.log_id.bytes
        clear = key.masked(log_id, section.commitment, section.sealed)
        return receipt.Content.decode(clear, section.subject, section.data_class)


def subject_of(decision: Decision, number: int, data_class: DataClass) -> tuple[UUID, DataClass]:
    """Return whom, and which class, a section of a receipt is about, by its subject's number."""
    if number == receipt.HOUSEHOLD:
        return decision.question.household, data_class
    return decision.members[number - 1], data_class


_HOUSEHOLD_ERASED = "the household of this receipt has been erased"
_NOT_AS_MADE = (
    "what the receipt states, or was asked, is not as it was made; compare the log with a backup"
)
