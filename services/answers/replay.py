"""Replaying a receipt: computed again at its own position under its own law, then compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, decide, receipt
from domain.data_classes import DataClass
from domain.decide import Decision, Examined
from domain.facts import ErasureDone
from domain.frame import Frame
from domain.law.edition import EditionUnknownError
from domain.law.editions import edition_named
from domain.law.question import Question
from domain.questions import QUESTIONS
from domain.receipt import MalformedReceiptError
from services.answers import differences, stored
from services.answers.differences import Difference
from services.answers.finding import FactFinder
from services.answers.receipts import Receipts, is_open, subject_of
from services.answers.stored import UNREADABLE
from services.log.event import RecordedEvent
from services.persons.keys import UnknownSubject
from services.persons.reading import PREFIXES, Reader, TamperedEvent
from services.persons.sealing import ClassKey, KeyErased, Tampered


def replayed(receipts: Receipts, event: RecordedEvent, reader: Reader) -> Replay:
    """Compute a receipt again at its own position under its own law, then compare.

    What was erased since is said to be; every section that still has its key is computed
    anew and compared byte for byte. A receipt that was altered so that it cannot be read, or
    asks what cannot be asked, is a difference too. Raises EditionUnknownError for one whose law
    this version cannot run.
    """
    try:
        return _Replaying(receipts, event, reader).run()
    except EditionUnknownError:
        raise
    except (*UNREADABLE, TamperedEvent, Tampered) as error:
        # What a receipt's own errors say names no content.
        known = isinstance(error, MalformedReceiptError | TamperedEvent | Tampered)
        why = str(error) if known else type(error).__name__
        said = differences.receipt_unreadable(event.position, why, intact=event.is_intact())
        altered = [
            differences.event_altered(position)
            for position in _positions_of(receipts, event)
            if (stored := receipts.instance.log.event_at(position)) is None
            or not stored.is_intact()
        ]
        return Replay(found=[*altered, said])


def _positions_of(receipts: Receipts, event: RecordedEvent) -> list[int]:
    """Return what a receipt's own part rests on; nothing when that cannot be read."""
    try:
        packed = receipt.unpack(event.data)
        if is_open(event):
            return sorted(map(int, canonical.decode(packed.last)["e"]))
        key = receipts.instance.keys.key(event.tags[0][2:], packed.period)
        if key is None:
            return []
        return list(receipts.content_of(packed.sections[0], key).positions)
    except UNREADABLE:
        return []


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
    found: list[Difference] = field(default_factory=list)
    """What came out otherwise, or does not hold."""

    @property
    def differences(self) -> list[str]:
        """What came out otherwise, in English."""
        return [each.en for each in self.found]

    @property
    def erased(self) -> bool:
        """Tell whether some section could not be read any more."""
        return any(section.verdict == "erased" for section in self.sections)


class _Replaying:
    """One replay: everything is computed before the stored answer is looked at."""

    def __init__(self, receipts: Receipts, event: RecordedEvent, reader: Reader) -> None:
        instance = self._instance = receipts.instance
        self._receipts = receipts
        self._event = event
        self._reader = reader
        self._stated = stored.answer(instance, event, as_stored=True)
        self._packed = self._stated.packed
        self._place = self._stated.place
        """What the sections are held against: as stored, until the whole is computed anew."""
        self._position = self._stated.position
        self._view = instance.view(at=self._position)
        self._head = instance.view()
        self._replay = Replay(stored_hash=self._stated.hash)
        tokens = () if is_open(event) else event.tags
        found = [instance.keys.subject_of(each[2:]) for each in tokens]
        self._subjects = [None if subject is None else subject[0] for subject in found]
        self._keys = [self._key(section) for section in self._packed.sections]

    def run(self) -> Replay:
        """Return the replay."""
        if not self._event.is_intact():
            self._differs(differences.event_altered(self._event.position))
        try:
            self._edition = edition_named(self._stated.law)
        except EditionUnknownError as error:
            if self._stated.is_open or self._vouched():
                raise
            self._differs(differences.law_unknown(str(error)))
            return self._replay
        try:
            if all(self._keys) and all(self._subjects):
                self._whole()
            else:
                self._in_parts()
        except TamperedEvent as error:
            self._differs(differences.not_authentic(str(error), [error.position]))
        except Tampered as error:
            self._differs(differences.not_authentic(str(error)))
        return self._replay

    def _vouched(self) -> bool:
        """Tell whether the household's key shows the law to be as stated when it was made.

        Once that key is gone nothing speaks against it.
        """
        try:
            _, as_made = self._receipts.opened_question(self._stated)
        except KeyErased:
            return self._event.is_intact()
        return as_made

    def _differs(self, what: Difference) -> None:
        if what not in self._replay.found:
            self._replay.found.append(what)

    def _key(self, section: receipt.StoredSection) -> ClassKey | None:
        subject = self._subjects[section.subject]
        if subject is None:
            return None
        return self._key_in(subject, section.data_class)

    def _key_in(self, subject: UUID, data_class: DataClass) -> ClassKey | None:
        """Return the key that a section of this receipt was sealed with, None if erased."""
        try:
            token = self._instance.keys.token(subject, data_class)
        except UnknownSubject:
            return None
        key = self._instance.keys.key(token, self._stated.period)
        return None if key is None or self._begun_anew(token) else key

    def _begun_anew(self, token: str) -> bool:
        """Tell whether the class was erased after this receipt, and begun under a new token."""
        if not self._erased_since():
            return False
        items = [DCBQueryItem(types=[], tags=[prefix + token]) for prefix in PREFIXES.values()]
        first = self._instance.log.read(DCBQuery(items=items), limit=1).all()
        return bool(first) and first[0].position > self._event.position

    def _whole(self) -> None:
        question = self._question()
        finder = FactFinder(
            self._instance, self._position, self._reader, fresh=True, erased=self._erased_then()
        )
        decision = finder.answer(question, self._view, self._edition).decision
        listed = receipt.sections(decision, self._edition.rule_numbers)
        keys = [
            self._key_in(*subject_of(decision, each.subject, each.data_class)) for each in listed
        ]
        made = self._receipts.payload(
            decision,
            self._event.event_id,
            listed,
            [key for key in keys if key is not None],
            self._stated.period,
        )
        if len(made.sections) == len(listed):
            self._replay.computed_hash = receipt.receipt_hash(made.named.payload, made.data)
        self._place = made.place
        self._name_open_differences(decision, made.named.frame)
        if self._stated.is_open:
            found, computed = self._stated.found(), canonical.decode(made.last)
            self._check_open(found)
            self._check_open(computed)
            self._name_differences({"found": computed}, {"found": found})
        elif self._packed.last != made.last:
            self._differs(differences.question_differs())
        sections = {(each.subject, each.data_class): each for each in listed}
        for number, section in enumerate(self._packed.sections, 1):
            computed = sections.pop((section.subject, section.data_class), None)
            if computed is None:
                self._not_made(number, section)
            else:
                self._compare(number, computed)
        for subject, data_class in sections:
            self._differs(differences.section_not_stored(subject, data_class))
        if not self._replay.found and self._replay.computed_hash != self._replay.stored_hash:
            self._differs(differences.receipt_differs())

    def _question(self) -> Question:
        """Read what was asked, although what the receipt states in the open may be altered."""
        if self._stated.is_open:
            return self._receipts.question_of(self._stated, self._reader)
        token, household = self._event.tags[0][2:], self._subjects[0]
        if household is None:
            raise LookupError("a receipt without a household asks nothing")
        self._instance.person_facts.note([(DataClass.DECISIONS, token)], self._reader)
        question, _ = self._receipts.opened_question(self._stated)
        asked = canonical.decode(question)
        kind = QUESTIONS[self._stated.kind]
        return kind.restored(household, self._stated.day, self._stated.asked, asked)

    def _check_open(self, found: dict[str, Any]) -> None:
        """Name every altered event that an open receipt rests on."""
        pins = bytes.fromhex(found["pins"])
        at = {each: pins[32 * n : 32 * (n + 1)] for n, each in enumerate(found["e"])}
        self._check_intact(at, at)

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
        content = self._content(number)
        positions = [] if content is None else list(content.positions)
        self._check_intact(positions)
        self._differs(differences.section_not_made(number, section.data_class, positions))
        self._replay.sections.append(ReplayedSection(number, section.data_class, "different"))

    def _name_open_differences(self, decision: Decision, computed: Frame) -> None:
        """Name what comes out otherwise of all that stands open beside what was found."""
        made = {**_said(computed), "outcome": str(decision.outcome), "position": decision.position}
        stated = self._stated
        was = {**_said(stated.frame), "outcome": str(stated.outcome), "position": stated.position}
        self._name_differences(made, was)

    def _name_differences(self, computed: dict[str, Any], stated: dict[str, Any]) -> None:
        for name in sorted({*computed, *stated}):
            if computed.get(name) != stated.get(name):
                self._differs(differences.stated(name, computed.get(name), stated.get(name)))

    def _check_intact(self, positions: Iterable[int], pins: Mapping[int, bytes] = _NO_PINS) -> None:
        """Name every event that was altered where it is stored; `pins`: leaf hashes as read."""
        for position in sorted(positions):
            event = self._instance.log.event_at(position)
            if event is None or not event.is_intact():
                self._differs(differences.event_altered(position))
            elif pins.get(position, event.leaf_hash) != event.leaf_hash:
                self._differs(differences.event_not_as_read(position))

    def _in_parts(self) -> None:
        """Compute every section that still has its key, each on its own subject's facts."""
        self._replay.computed_hash = self._stated.hash
        if self._keys[0] is not None and not self._receipts.opened_question(self._stated)[1]:
            self._differs(differences.question_altered())
        computed = self._household_parts()
        for number, (section, key) in enumerate(
            zip(self._packed.sections, self._keys, strict=True), 1
        ):
            if key is None:
                self._replay.sections.append(self._erased_section(number, section))
                continue
            made = computed.get((section.subject, section.data_class))
            if made is None:
                made = self._member_part(section, number)
            if made is None:
                self._unreadable(number, section)
            else:
                self._compare(number, made)

    def _household_parts(self) -> dict[tuple[int, DataClass], receipt.Section]:
        household = self._subjects[0]
        if household is None or self._keys[0] is None:
            return {}
        question = self._question()
        finder = FactFinder(self._instance, self._position, self._reader, fresh=True)
        steps = decide.decide(question, self._view, self._position, self._edition)
        membership = decide.Membership((), ())
        try:
            need = next(steps)
            while need.data_class is DataClass.DECISIONS:
                need = steps.send(finder.send(household, need))
            membership = finder.send(household, need)
            steps.send(decide.Membership((), membership.attested))
            raise LookupError("a household without members has no class of them to read")
        except StopIteration as end:
            decision = end.value
        finally:
            finder.note()
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

    def _member_part(self, section: receipt.StoredSection, number: int) -> receipt.Section | None:
        """Compute a member's section again; None: what it was asked cannot be read."""
        person, content = self._subjects[section.subject], self._content(number)
        if person is None:
            raise LookupError("a section without a subject has no key")
        rules = tuple(self._edition.rule_numbers)
        asked = () if content is None else content.asked or ()
        if content is None or any(rule >= len(rules) for rule, _ in asked):
            return None
        facts = self._instance.person_facts.of_many(
            [person], section.data_class, self._position, self._reader, fresh=True
        )[person]
        if section.data_class is DataClass.MEMBERSHIP:
            listed = () if facts is None else facts.members
            held = [item for _, item in listed if item and item.position in content.positions]
            return receipt.membership_section(section.subject, held)
        judged, then = self._stated.judged_on, self._stated.asked
        examined: list[Examined] = decide.examine_member(
            [(rules[rule], about) for rule, about in asked],
            section.data_class,
            person,
            facts,
            judged,
            then if then is not None and then < judged else None,
            self._view,
            self._edition,
        )
        return receipt.member_section(
            section.subject, section.data_class, examined, self._edition.rule_numbers
        )

    def _content(self, number: int) -> receipt.Content | None:
        """Open what a section has sealed; None: it has no key, or cannot be read."""
        section, key = self._packed.sections[number - 1], self._keys[number - 1]
        try:
            return None if key is None else self._receipts.content_of(section, key)
        except MalformedReceiptError:
            return None

    def _unreadable(self, number: int, section: receipt.StoredSection) -> None:
        self._differs(differences.section_unreadable(number, section.data_class))
        self._replay.sections.append(ReplayedSection(number, section.data_class, "different"))

    def _compare(self, number: int, made: receipt.Section) -> None:
        section, key = self._packed.sections[number - 1], self._keys[number - 1]
        if key is None:
            raise LookupError("a section without a key cannot be compared")
        positions = made.content.positions
        pins = {at: made.pins[32 * n : 32 * (n + 1)] for n, at in enumerate(positions)}
        stored_content = self._content(number)
        before = () if stored_content is None else stored_content.positions
        self._check_intact({*pins, *before}, pins)
        log_id, clear = self._instance.log_id.bytes, made.content.encode()
        committed = key.commitment(log_id, made.message(self._place, number, clear))
        if committed == section.commitment and section.sealed == key.masked(
            log_id, committed, clear
        ):
            verdict = "equal"
        elif stored_content is None:
            self._unreadable(number, section)
            return
        else:
            verdict = "different"
            self._differs(_section_difference(number, section.data_class, stored_content, made))
        self._replay.sections.append(ReplayedSection(number, section.data_class, verdict))

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
            self._differs(differences.section_without_key(number, section.data_class))
        return ReplayedSection(number, section.data_class, "erased")

    def _erased_since(self) -> bool:
        erased = self._head.find(ErasureDone, "")
        return bool(erased) and erased[-1].position > self._position


def _said(frame: Frame) -> dict[str, Any]:
    """Return what a frame says, as a difference quotes it."""
    said: dict[str, Any] = canonical.decode(frame.payload())
    return said


def _section_difference(
    number: int, data_class: DataClass, stored_content: receipt.Content, made: receipt.Section
) -> Difference:
    before, now = stored_content.positions, made.content.positions
    what = differences.section_commits
    if before != now:
        what = differences.section_facts
    elif stored_content.asked != made.content.asked:
        what = differences.section_rules
    return what(number, data_class, {*before, *now})
