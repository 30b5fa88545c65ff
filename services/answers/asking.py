"""Questions and their receipts: asking, recording, showing and replaying.

A question is decided on the facts as known at one position; the receipt is appended without a
condition, for it says what was known then and stays true.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import boundary, canonical, decide, events, receipt
from domain.data_classes import DataClass, SubjectKind
from domain.decide import AtHand, Decision, Examined, Question, ReferralQuestion
from domain.facts import ErasureDone
from domain.law.edition import EditionUnknownError
from domain.law.editions import CURRENT, edition_named
from domain.law.kernel import Outcome
from domain.reference import View
from services.answers.supply import Decided, Supply
from services.instance.instance import Instance, PositionBeyondHead, metadata
from services.log.event import Event, RecordedEvent
from services.log.port import Batch, EventIdReused
from services.persons.keys import UnknownSubject
from services.persons.reading import PREFIXES, Erased, Reader, TamperedEvent, tag
from services.persons.sealing import (
    NONCE_BYTES,
    Binding,
    ClassKey,
    KeyErased,
    Tampered,
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
    at_hand: AtHand | None = None
    """The facts that were read for it, until the answer is shown."""


class Resting(NamedTuple):
    """A recorded answer as something is about to rest on it, and what would move it."""

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


# --- Asking ---------------------------------------------------------------------------------


class Answers:
    """Answers questions of one instance."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._in_flight: dict[bytes, Future[None]] = {}
        self._lock = threading.Lock()

    def knows(self, household: UUID) -> bool:
        """Tell whether the household is registered here."""
        return self._instance.keys.known(household) is SubjectKind.HOUSEHOLD

    def _refuse_altered(self) -> None:
        """A log that was altered answers nothing new; what it answered can still be replayed."""
        if self._instance.altered:
            raise TamperedEvent(self._instance.altered[0])

    def preview(self, asked: Asked, reader: Reader, view: View) -> Answer:
        """Decide without recording: no answer that anything may rest on.

        Raises UnknownHousehold, and what `domain.decide.decide` raises.
        """
        [result] = self.preview_all([asked], reader, view)
        if isinstance(result, Exception):
            raise result
        return result

    def preview_all(
        self,
        questions: Sequence[Asked],
        reader: Reader,
        view: View,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Answer | Exception]:
        """Decide many questions at one position without recording.

        A question that cannot be asked has its error in its place; `stop` as in `check_all`.
        """
        self._refuse_altered()
        supply = Supply(self._instance, view.position, reader)
        decided = supply.answer_all(
            self._known([q.question for q in questions]), view, CURRENT, stop
        )
        return [
            each
            if isinstance(each, Exception)
            else Answer(each.decision, each.unsealed, at_hand=each.at_hand)
            for each in decided
        ]

    def _known(self, questions: Sequence[Question]) -> list[Question | Exception]:
        """Return the questions; of a household that cannot be asked about, the error instead."""
        found: list[Question | Exception] = []
        for question in questions:
            try:
                self._household_token(question.household)
                found.append(question)
            except LookupError as error:
                found.append(error)
        return found

    def about_nobody(self, question: Question, view: View) -> Answer:
        """Decide a question that names no household and reads no person; never recorded.

        Raises what `domain.decide.decide` raises.
        """
        self._refuse_altered()
        steps = decide.decide(question, view, view.position, CURRENT)
        try:
            next(steps)
        except StopIteration as end:
            return Answer(end.value)
        raise LookupError("a question about nobody has nobody to read")

    def readings(self, decision: Decision) -> dict[str, str]:
        """Return how every open point was read where a decision was made."""
        view = self._instance.view(at=decision.position)
        return decide.readings(view, decision.question.day, edition_named(decision.edition))

    def check(self, asked: Asked, reader: Reader, view: View) -> Answer:
        """Decide, record the receipt, and return both; a repeat returns the first receipt.

        Raises UnknownHousehold, EventIdReused, Erased when the receipt cannot be sealed since the
        class decisions was erased, and what `domain.decide.decide` raises.
        """
        [result] = self.check_all([asked], reader, view)
        if isinstance(result, Exception):
            raise result
        return result

    def check_all(
        self,
        questions: Sequence[Asked],
        reader: Reader,
        view: View,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Answer | Exception]:
        """Decide many questions at one position and record their receipts in one commit.

        A question that cannot be asked has its error in its place. `stop` is asked between
        questions; when it says yes, TimeoutError is raised and nothing is recorded.
        """
        self._refuse_altered()
        with self._claimed([asked.event_id for asked in questions]):
            results = [self._before(asked, reader) for asked in questions]
            new = [index for index, result in enumerate(results) if result is None]
            supply = Supply(self._instance, view.position, reader)
            asked_now = self._known([questions[index].question for index in new])
            batches: list[tuple[int, Event]] = []
            decided_now = supply.answer_all(asked_now, view, CURRENT, stop)
            for index, decided in zip(new, decided_now, strict=True):
                if isinstance(decided, Exception):
                    results[index] = decided
                    continue
                try:
                    results[index], event = self._receipt(questions[index], decided, reader)
                    batches.append((index, event))
                except LookupError as error:
                    results[index] = error
            if stop():
                raise TimeoutError
            if batches:
                written = self._instance.writer.commit([Batch([e]) for _, e in batches])
                for (index, _), positions in zip(batches, written, strict=True):
                    answer = results[index]
                    if isinstance(positions, Exception):
                        results[index] = positions
                    elif isinstance(answer, Answer):
                        results[index] = answer._replace(position=positions[0])
        return [result for result in results if result is not None]

    def _before(self, asked: Asked, reader: Reader) -> Answer | Exception | None:
        """Return what a repeated question was answered with, None for a new one."""
        try:
            return self._repeated(asked, reader)
        except (ValueError, LookupError, EventIdReused) as error:
            return error

    def _claimed(self, ids: Sequence[bytes]) -> _Claim:
        return _Claim(self._lock, self._in_flight, ids)

    def _household_token(self, household: UUID) -> str:
        keys = self._instance.keys
        if keys.known(household) is not SubjectKind.HOUSEHOLD:
            raise UnknownHousehold("the household is not registered here")
        try:
            return keys.token(household, DataClass.DECISIONS)
        except UnknownSubject:
            raise Erased(_NO_RECEIPT) from None

    def _repeated(self, asked: Asked, reader: Reader) -> Answer | None:
        event = self._instance.log.event_by_id(asked.event_id)
        if event is None:
            return None
        key = None
        if event.type in events.RECEIPT_TYPES:
            packed = receipt.unpack(event.data)
            period = period_of(packed.sections[0].payload)
            key = self._instance.keys.key(event.tags[0][2:], period)
        if key is None or event.fingerprint != key.fingerprint(
            self._instance.log_id.bytes, asked.request
        ):
            raise EventIdReused(0, event.position)
        return self.get(event, reader)

    def _receipt(self, asked: Asked, decided: Decided, reader: Reader) -> tuple[Answer, Event]:
        instance, decision = self._instance, decided.decision
        token = self._household_token(asked.question.household)
        listed = receipt.sections(decision)
        period = instance.period()
        wanted = [_subject_of(decision, s.subject, s.data_class) for s in listed]
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
            metadata=metadata(
                {
                    "actor": reader.actor,
                    "purpose": reader.purpose,
                    "legal_basis": reader.legal_basis,
                }
            ),
            fingerprint=keys[0].fingerprint(instance.log_id.bytes, asked.request),
        )
        answer = Answer(
            decision,
            decided.unsealed,
            UUID(bytes=asked.event_id),
            receipt.receipt_hash(open_bytes),
            at_hand=decided.at_hand,
        )
        return answer, event

    def open_part(
        self,
        decision: Decision,
        id: bytes,
        listed: Sequence[receipt.Section],
        keys: Sequence[ClassKey],
    ) -> bytes:
        """Return the open part of a receipt, with its commitment to every section."""
        log_id = self._instance.log_id
        statement = receipt.statement(decision, log_id)
        commitments = [
            commitment(key.salt(log_id.bytes, id, number), section.committed(statement))
            for number, (section, key) in enumerate(zip(listed, keys, strict=False), 1)
        ]
        return receipt.open_part(statement, listed, commitments)

    def binding(self, id: bytes, event_type: str, number: int) -> Binding:
        """Return the place that a section of a receipt is sealed for."""
        return Binding(self._instance.log_id.bytes, id, event_type, RECEIPT_SCHEMA, number)

    # -- showing

    def find(self, receipt_id: UUID) -> RecordedEvent:
        """Return the event of a receipt; raises UnknownReceipt."""
        event = self._instance.log.event_by_id(receipt_id.bytes)
        if event is None or event.type not in events.RECEIPT_TYPES:
            raise UnknownReceipt("no receipt has this id")
        return event

    def hash_of(self, receipt_id: UUID) -> bytes:
        """Return the hash of a receipt; raises UnknownReceipt."""
        return receipt.receipt_hash(receipt.unpack(self.find(receipt_id).data).open_part)

    def receipt_or_page(self, receipt_id: UUID) -> RecordedEvent:
        """Return the event of a receipt, or of a page of a waiting list; raises UnknownReceipt."""
        event = self._instance.log.event_by_id(receipt_id.bytes)
        if event is None or event.type not in (*events.RECEIPT_TYPES, *events.PAGE_TYPES):
            raise UnknownReceipt("no receipt has this id")
        return event

    def get(self, event: RecordedEvent, reader: Reader) -> Answer:
        """Return a recorded answer, computed again on the facts that it rests on.

        The outcome is the one that was recorded, whatever has been erased since; what was erased
        stands among the missing. Raises KeyErased when the household's part has been erased,
        EditionUnknownError.
        """
        packed = receipt.unpack(event.data)
        stated = canonical.decode(packed.statement)
        question = self.question_of(event, packed, stated, reader)
        view = self._instance.view(at=stated["position"])
        return self._again(event, packed, stated, question, view, reader).answer

    def resting(self, event: RecordedEvent, reader: Reader) -> Resting:
        """Return a recorded answer and its boundary, both by deciding again as known then.

        Raises KeyErased when the household's part has been erased, TamperedEvent when the
        receipt was altered where it is stored.
        """
        if not event.is_intact():
            raise TamperedEvent(event.position)
        packed = receipt.unpack(event.data)
        stated = canonical.decode(packed.statement)
        question = self.question_of(event, packed, stated, reader)
        view = self._instance.view(at=stated["position"]).traced()
        return self._again(event, packed, stated, question, view, reader)

    def _again(
        self,
        event: RecordedEvent,
        packed: receipt.Packed,
        stated: dict[str, Any],
        question: Question,
        view: View,
        reader: Reader,
    ) -> Resting:
        supply = Supply(self._instance, view.position, reader)
        decided = supply.answer(question, view, edition_named(stated["law"]))
        answer = Answer(
            decided.decision.as_recorded(Outcome(stated["outcome"])),
            decided.unsealed,
            UUID(bytes=event.event_id),
            receipt.receipt_hash(packed.open_part),
            event.position,
            decided.at_hand,
        )
        moves = [*boundary.of_open(view.asked or ()), *supply.moves()]
        items = [DCBQueryItem(types=list(m.types), tags=[m.tag] if m.tag else []) for m in moves]
        same = decided.decision.outcome is answer.decision.outcome
        return Resting(answer, DCBQuery(items=items), same)

    def with_alternatives(self, answer: Answer) -> Answer:
        """Add where else the household can be referred, on the facts that were read for it."""
        made = answer.decision
        if answer.at_hand is None or not isinstance(made.question, ReferralQuestion):
            return answer
        found = decide.alternatives(
            made.question,
            self._instance.view(at=made.position),
            made.position,
            edition_named(made.edition),
            answer.at_hand,
        )
        return answer._replace(decision=msgspec.structs.replace(made, alternatives=found))

    def question_of(
        self,
        event: RecordedEvent,
        packed: receipt.Packed,
        stated: dict[str, Any],
        reader: Reader,
    ) -> Question:
        """Read what was asked, and nothing of what was answered; noted as a reading."""
        token = event.tags[0][2:]
        found = self._instance.keys.subject_of(token)
        if found is None:
            raise KeyErased(_HOUSEHOLD_ERASED)
        self._instance.person_facts.note([(DataClass.DECISIONS, token)], reader)
        content = self._household_part(event, packed)
        kind = decide.QUESTIONS[events.RECEIPT_TYPES[event.type]]
        return kind.restored(found[0], _day(stated["day"]), _asked_on(stated), content)

    def _household_part(self, event: RecordedEvent, packed: receipt.Packed) -> dict[str, Any]:
        first = packed.sections[0]
        key = self._instance.keys.key(event.tags[0][2:], period_of(first.payload))
        if key is None:
            raise KeyErased(_HOUSEHOLD_ERASED)
        content: dict[str, Any] = canonical.decode(
            key.unseal(self.binding(event.event_id, event.type, 1), first.payload)
        )
        return content

    # -- replaying

    def replay(self, event: RecordedEvent, reader: Reader) -> Replay:
        """Compute a receipt again at its own position under its own law, then compare.

        What was erased since is said to be; every section that still has its key is computed
        anew and compared byte for byte. A receipt that was altered so that it cannot be read, or
        asks what cannot be asked, is a difference too. Raises EditionUnknownError for one whose law
        this version cannot run.
        """
        try:
            return _Replaying(self._instance, self, event, reader).run()
        except EditionUnknownError:
            raise
        except (*_UNREADABLE, Tampered) as error:
            what = "cannot be read" if event.is_intact() else f"cannot be read; {_NOT_INTACT}"
            said = f"event at position {event.position}: the receipt {what}"
            altered = [
                f"event at position {position}: {_NOT_INTACT}"
                for position in self._positions_of(event)
                if (stored := self._instance.log.event_at(position)) is None
                or not stored.is_intact()
            ]
            return Replay(differences=[*altered, f"{said} ({type(error).__name__})"])

    def _positions_of(self, event: RecordedEvent) -> list[int]:
        """Return what a receipt's own part rests on; nothing when that cannot be read."""
        try:
            content = self._household_part(event, receipt.unpack(event.data))
            return sorted(int(position) for position in content["e"])
        except (*_UNREADABLE, KeyErased, Tampered):
            return []


class _Claim:
    """Holds event ids while their receipts are being made, so that a racing repeat waits."""

    def __init__(
        self, lock: threading.Lock, in_flight: dict[bytes, Future[None]], ids: Sequence[bytes]
    ) -> None:
        self._lock = lock
        self._in_flight = in_flight
        self._ids = ids
        self._mine: Future[None] = Future()

    def __enter__(self) -> None:
        while True:
            with self._lock:
                taken = next((i for i in map(self._in_flight.get, self._ids) if i), None)
                if taken is None:
                    for id in self._ids:
                        self._in_flight[id] = self._mine
                    return
            taken.result()

    def __exit__(self, *error: object) -> None:
        with self._lock:
            for id in self._ids:
                self._in_flight.pop(id, None)
        self._mine.set_result(None)


def _subject_of(decision: Decision, number: int, data_class: DataClass) -> tuple[UUID, DataClass]:
    if number == receipt.HOUSEHOLD:
        return decision.question.household, data_class
    return decision.members[number - 1], data_class


# --- Replaying ------------------------------------------------------------------------------


_NO_PINS: Mapping[int, bytes] = {}


class ReplayedSection(NamedTuple):
    """One section of a receipt, computed anew: "equal", "different" or "erased"."""

    number: int
    data_class: DataClass
    verdict: str
    erased_at: int = 0
    policy: str = ""


@dataclass
class Replay:
    """What came out when a receipt was computed again."""

    computed_hash: bytes = b""
    stored_hash: bytes = b""
    sections: list[ReplayedSection] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def erased(self) -> bool:
        """Tell whether some section could not be read any more."""
        return any(section.verdict == "erased" for section in self.sections)


class _Replaying:
    """One replay: everything is computed before the stored answer is looked at."""

    def __init__(
        self, instance: Instance, answers: Answers, event: RecordedEvent, reader: Reader
    ) -> None:
        self._instance = instance
        self._answers = answers
        self._event = event
        self._reader = reader
        self._packed = receipt.unpack(event.data)
        self._statement = self._packed.statement
        """What the sections are held against: as stored, until the whole is computed anew."""
        self._stated = canonical.decode(self._statement)
        self._position: int = self._stated["position"]
        self._view = instance.view(at=self._position)
        self._head = instance.view()
        self._replay = Replay(stored_hash=receipt.receipt_hash(self._packed.open_part))
        found = [instance.keys.subject_of(each[2:]) for each in event.tags]
        self._subjects = [None if subject is None else subject[0] for subject in found]
        self._keys = [self._key(section) for section in self._packed.sections]

    def run(self) -> Replay:
        """Return the replay."""
        if not self._event.is_intact():
            self._differs(f"event at position {self._event.position}: {_NOT_INTACT}")
        try:
            self._edition = edition_named(self._stated["law"])
        except EditionUnknownError as error:
            if any(self._vouched(number) for number in range(1, len(self._keys) + 1)):
                raise
            self._differs(f"open part, law: {error}")
            return self._replay
        try:
            if all(self._keys) and all(self._subjects):
                self._whole()
            else:
                self._in_parts()
        except (TamperedEvent, Tampered) as error:
            self._differs(str(error))
        return self._replay

    def _vouched(self, number: int) -> bool:
        """Tell whether a section shows the statement to be as it was made: it commits to it."""
        section, key = self._packed.sections[number - 1], self._keys[number - 1]
        if key is None:
            return False
        content = self._open(section, key, number)
        events = map(self._instance.log.event_at, canonical.decode(content)["e"])
        pins = b"".join(event.leaf_hash for event in events if event is not None)
        made = receipt.Section(section.subject, section.data_class, content, pins)
        salt = key.salt(self._instance.log_id.bytes, self._event.event_id, number)
        return commitment(salt, made.committed(self._statement)) == section.commitment

    def _differs(self, what: str) -> None:
        if what not in self._replay.differences:
            self._replay.differences.append(what)

    def _key(self, section: receipt.StoredSection) -> ClassKey | None:
        subject = self._subjects[section.subject]
        if subject is None:
            return None
        return self._key_in(period_of(section.payload), subject, section.data_class)

    def _key_in(self, period: int, subject: UUID, data_class: DataClass) -> ClassKey | None:
        """Return the key that a section of this receipt was sealed with, None if erased."""
        try:
            token = self._instance.keys.token(subject, data_class)
        except UnknownSubject:
            return None
        key = self._instance.keys.key(token, period)
        return None if key is None or self._begun_anew(token) else key

    def _begun_anew(self, token: str) -> bool:
        """Tell whether the class was erased after this receipt, and begun under a new token."""
        if not self._erased_since():
            return False
        items = [DCBQueryItem(types=[], tags=[prefix + token]) for prefix in PREFIXES.values()]
        first = self._instance.log.read(DCBQuery(items=items), limit=1).all()
        return bool(first) and first[0].position > self._event.position

    def _whole(self) -> None:
        question = self._answers.question_of(self._event, self._packed, self._stated, self._reader)
        supply = Supply(
            self._instance, self._position, self._reader, fresh=True, erased=self._erased_then()
        )
        decision = supply.answer(question, self._view, self._edition).decision
        listed = receipt.sections(decision)
        period = period_of(self._packed.sections[0].payload)
        keys = [
            self._key_in(period, *_subject_of(decision, each.subject, each.data_class))
            for each in listed
        ]
        held = [key for key in keys if key is not None]
        if len(held) == len(listed):
            open_bytes = self._answers.open_part(decision, self._event.event_id, listed, held)
            self._replay.computed_hash = receipt.receipt_hash(open_bytes)
        statement = self._statement = receipt.statement(decision, self._instance.log_id)
        self._name_statement_differences(canonical.decode(statement))
        made = {(each.subject, each.data_class): each for each in listed}
        for number, stored in enumerate(self._packed.sections, 1):
            section = made.pop((stored.subject, stored.data_class), None)
            if section is None:
                self._not_made(number, stored)
            else:
                self._compare(number, section)
        for subject, data_class in made:
            self._differs(
                f"a section ({data_class}) of subject {subject} comes out, none is stored"
            )
        if not self._replay.differences and self._replay.computed_hash != self._replay.stored_hash:
            self._differs("the open part comes out otherwise")

    def _erased_then(self) -> frozenset[tuple[UUID, DataClass]]:
        """Return the classes that have no section because they were erased when it was asked.

        They may have been begun anew since; nothing recorded after the position counts.
        """
        stored = {(each.subject, each.data_class) for each in self._packed.sections}
        return frozenset(
            (subject, data_class)
            for number, subject in enumerate(self._subjects)
            for data_class in receipt.CLASS_NUMBERS
            if subject is not None
            and (number, data_class) not in stored
            and self._instance.keys.begun_anew(subject, data_class)
        )

    def _not_made(self, number: int, section: receipt.StoredSection) -> None:
        """Say that a stored section does not come out, and what it rests on."""
        key = self._keys[number - 1]
        content = b"" if key is None else self._open(section, key, number)
        positions = canonical.decode(content)["e"] if content else []
        self._check_intact(positions)
        self._differs(
            f"section {number} ({section.data_class}): it does not come out; "
            f"it rests on the events at positions {positions}"
        )
        self._replay.sections.append(ReplayedSection(number, section.data_class, "different"))

    def _name_statement_differences(self, computed: dict[str, Any]) -> None:
        for name in sorted({*computed, *self._stated}):
            if computed.get(name) != self._stated.get(name):
                self._differs(
                    f"open part, {name}: {computed.get(name)!r} comes out, "
                    f"{self._stated.get(name)!r} is stored"
                )

    def _check_intact(self, positions: Iterable[int], pins: Mapping[int, bytes] = _NO_PINS) -> None:
        """Name every event that was altered where it is stored; `pins`: leaf hashes as read."""
        for position in sorted(positions):
            event = self._instance.log.event_at(position)
            if event is None or not event.is_intact():
                self._differs(f"event at position {position}: {_NOT_INTACT}")
            elif pins.get(position, event.leaf_hash) != event.leaf_hash:
                self._differs(f"event at position {position}: {_NOT_AS_READ}")

    def _in_parts(self) -> None:
        """Compute every section that still has its key, each on its own subject's facts."""
        self._replay.computed_hash = receipt.receipt_hash(self._packed.open_part)
        computed = self._household_parts()
        for number, (section, key) in enumerate(
            zip(self._packed.sections, self._keys, strict=True), 1
        ):
            if key is None:
                self._replay.sections.append(self._erased_section(number, section))
                continue
            made = computed.get((section.subject, section.data_class))
            if made is None:
                made = self._member_part(section, key, number)
            self._compare(number, made)

    def _household_parts(self) -> dict[tuple[int, DataClass], receipt.Section]:
        household = self._subjects[0]
        if household is None or self._keys[0] is None:
            return {}
        question = self._answers.question_of(self._event, self._packed, self._stated, self._reader)
        supply = Supply(self._instance, self._position, self._reader, fresh=True)
        steps = decide.decide(question, self._view, self._position, self._edition)
        membership = decide.Membership((), ())
        try:
            need = next(steps)
            while need.data_class is DataClass.DECISIONS:
                need = steps.send(supply.send(household, need))
            membership = supply.send(household, need)
            steps.send(decide.Membership((), membership.attested))
            raise LookupError("a household without members has no class of them to read")
        except StopIteration as end:
            decision = end.value
        finally:
            supply.note()
        parts = {(0, DataClass.DECISIONS): receipt.household_section(decision)}
        if membership.erased or self._is_erased(0, DataClass.MEMBERSHIP):
            # What was begun anew under it says nothing of who belonged to the household then.
            return parts
        judged = decision.judged_on or question.day
        evidence = decide.membership_evidence(
            question, membership, judged, self._view, self._edition
        )
        attested = [item for person, item in evidence if person is None]
        parts[0, DataClass.MEMBERSHIP] = receipt.membership_section(0, attested)
        for number, person in enumerate(self._subjects[1:], 1):
            if person is not None:
                items = [item for member, item in evidence if member == person]
                parts[number, DataClass.MEMBERSHIP] = receipt.membership_section(number, items)
        return parts

    def _is_erased(self, subject: int, data_class: DataClass) -> bool:
        """Tell whether the receipt has a section of this class whose key is gone."""
        return any(
            key is None and (each.subject, each.data_class) == (subject, data_class)
            for each, key in zip(self._packed.sections, self._keys, strict=True)
        )

    def _member_part(
        self, section: receipt.StoredSection, key: ClassKey, number: int
    ) -> receipt.Section:
        person = self._subjects[section.subject]
        if person is None:
            raise LookupError("a section without a subject has no key")
        facts = self._instance.person_facts.of_many(
            [person], section.data_class, self._position, self._reader, fresh=True
        )[person]
        stored = canonical.decode(self._open(section, key, number))
        if section.data_class is DataClass.MEMBERSHIP:
            listed = () if facts is None else facts.members
            held = [item for _, item in listed if item and item.position in stored["e"]]
            return receipt.membership_section(section.subject, held)
        judged = _day(self._stated.get("judged", self._stated["day"]))
        asked_on = _asked_on(self._stated)
        examined: list[Examined] = decide.examine_member(
            [(entry[0], entry[1]) for entry in stored["f"]],
            section.data_class,
            person,
            facts,
            judged,
            asked_on if asked_on is not None and asked_on < judged else None,
            self._view,
            self._edition,
        )
        return receipt.member_section(section.subject, section.data_class, examined)

    def _open(self, section: receipt.StoredSection, key: ClassKey, number: int) -> bytes:
        binding = self._answers.binding(self._event.event_id, self._event.type, number)
        return key.unseal(binding, section.payload)

    def _compare(self, number: int, made: receipt.Section) -> None:
        section, key = self._packed.sections[number - 1], self._keys[number - 1]
        if key is None:
            raise LookupError("a section without a key cannot be compared")
        stored = self._open(section, key, number)
        computed = canonical.decode(made.content)["e"]
        pins = {at: made.pins[32 * n : 32 * (n + 1)] for n, at in enumerate(computed)}
        self._check_intact({*pins, *canonical.decode(stored)["e"]}, pins)
        salt = key.salt(self._instance.log_id.bytes, self._event.event_id, number)
        equal = stored == made.content
        if not equal:
            self._differs(_section_difference(number, section.data_class, stored, made.content))
        elif commitment(salt, made.committed(self._statement)) != section.commitment:
            positions = canonical.decode(stored)["e"]
            self._differs(
                f"section {number} ({section.data_class}): the open part commits to another "
                f"statement, or to other events at the positions {positions}"
            )
            equal = False
        self._replay.sections.append(
            ReplayedSection(number, section.data_class, "equal" if equal else "different")
        )

    def _erased_section(self, number: int, section: receipt.StoredSection) -> ReplayedSection:
        """Say where and why a section was erased, as far as the receipt's own tokens tell.

        Of a subject that is known still, one class was erased: nothing that is left links that
        class's token to this receipt, so its position cannot be told.
        """
        token = self._event.tags[section.subject][2:]
        for item in reversed(self._head.find(ErasureDone, "")):
            if token in item.fact.tokens:
                return ReplayedSection(
                    number, section.data_class, "erased", item.position, item.fact.policy
                )
        if not self._erased_since():
            self._differs(
                f"section {number} ({section.data_class}): it has no key, and the log tells of no "
                "erasure since"
            )
        return ReplayedSection(number, section.data_class, "erased")

    def _erased_since(self) -> bool:
        erased = self._head.find(ErasureDone, "")
        return bool(erased) and erased[-1].position > self._position


_NOT_INTACT = "the stored columns do not give its leaf hash"
_NOT_AS_READ = "it is not stored any more as it was when this server read it"
_HOUSEHOLD_ERASED = "the household of this receipt has been erased"
_UNREADABLE = (ValueError, LookupError, PositionBeyondHead, msgspec.MsgspecError)
"""What reading an altered receipt, or asking its altered question, may raise."""


_PARTS = {"e": "the facts", "f": "the findings"}


def _section_difference(number: int, data_class: DataClass, stored: bytes, made: bytes) -> str:
    before, now = canonical.decode(stored), canonical.decode(made)
    parts = [
        _PARTS.get(name, f"the {name}")
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    positions = sorted({*before.get("e", ()), *now.get("e", ())})
    return (
        f"section {number} ({data_class}): {' and '.join(parts)} come out otherwise; "
        f"it rests on the events at positions {positions}"
    )


def _asked_on(stated: dict[str, Any]) -> date | None:
    return _day(stated["asked"]) if "asked" in stated else None


def _day(text: str) -> date:
    return date.fromisoformat(text)
