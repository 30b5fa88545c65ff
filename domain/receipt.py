"""The receipt of a decision: what may be known of it, and what it commits to of each subject.

It names its frame (`domain/frame.py`), the position and the outcome. Then comes a section for the
household's class decisions, and one for each member and data class that was examined, so that each
dies with its own key: a commitment to all that the section says, and sealed which facts it rests
on. What the section says beyond that can be computed again, and is then held to the commitment.
Last stands the question, sealed for the household. docs/formats.md fixes the bytes.

A section holds nothing that rests on anybody else's facts: it can be computed again, to the same
bytes, when others are erased.

Of a question about an area nobody's facts are read: the receipt has no section, and what it asked,
found and rests on stands open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domain import canonical
from domain.data_classes import DataClass
from domain.decide import Decision, Examined
from domain.events import Recorded
from domain.frame import Frame
from domain.framing import MalformedNumberError, framed, read_varint, varint
from domain.law.kernel import Outcome, Status

VERSION = 2
QUESTION = 0
"""The number of the question among what is sealed; the sections are 1, 2, 3, …"""
COMMITMENT_BYTES = 32
ID_BYTES = 16
_RECEIPT_PREFIX = b"\x02"
_PERIOD_BYTES = 2

CLASS_NUMBERS = {
    DataClass.IDENTITY: 1,
    DataClass.MEMBERSHIP: 2,
    DataClass.BENEFITS: 3,
    DataClass.CONVICTIONS: 4,
    DataClass.TERMINATIONS: 5,
    DataClass.ATTESTATIONS: 6,
    DataClass.TENANCY: 7,
    DataClass.DECISIONS: 8,
}
CLASSES = {number: data_class for data_class, number in CLASS_NUMBERS.items()}

STATUS_NUMBERS = {
    Status.MET: 1,
    Status.NOT_MET: 2,
    Status.UNKNOWN: 3,
    Status.NOT_EXAMINED: 4,
    Status.NOT_IN_FORCE: 5,
    Status.NOT_APPLICABLE: 6,
    Status.NOT_COVERED: 7,
}
"""Statuses as a section writes them; the numbers of the API's FindingStatus."""

OUTCOME_NUMBERS = {
    Outcome.PERMITTED: 1,
    Outcome.PROHIBITED: 2,
    Outcome.DISCRETIONARY: 3,
    Outcome.UNDETERMINED: 4,
}
"""Outcomes as receipts and entries of pages write them; the numbers of the API's Outcome."""
OUTCOMES = {number: outcome for outcome, number in OUTCOME_NUMBERS.items()}

HOUSEHOLD = 0
"""Subject number of the household; members count from 1 in the order of the receipt's tags."""


class MalformedReceiptError(ValueError):
    """The payload of a receipt event, or of a page, cannot be read."""


class Content(msgspec.Struct, frozen=True):
    """What a section has sealed: the rules that were asked of a member, and the facts behind it.

    Which rules are asked of a member may depend on others; so they are written down, and the
    section can be computed again when the others have been erased. Of the household, and of
    membership, none are: `asked` is None.
    """

    asked: tuple[tuple[int, str], ...] | None
    """The number of each rule in the edition, and what it was asked with; in the order of asking.
    """
    positions: tuple[int, ...]
    """The facts that the section rests on, in the order of the log."""

    def encode(self) -> bytes:
        """Return the bytes: how many rules, each rule, and the distances between the facts."""
        pieces = []
        if self.asked is not None:
            asked_with = any(about for _, about in self.asked)
            pieces.append(varint(len(self.asked) << 1 | asked_with))
            for rule, about in self.asked:
                pieces.append(varint(rule))
                if asked_with:
                    said = about.encode()
                    pieces += [varint(len(said)), said]
        before = 0
        for position in self.positions:
            pieces.append(varint(position - before))
            before = position
        return b"".join(pieces)

    @classmethod
    def decode(cls, data: bytes, subject: int, data_class: DataClass) -> Content:
        """Read the bytes of a section; raises MalformedReceiptError."""
        at = 0
        asked: list[tuple[int, str]] = []
        positions = []
        has_asked = asks(subject, data_class)
        try:
            if has_asked:
                count, at = read_varint(data, 0)
                for _ in range(count >> 1):
                    rule, at = read_varint(data, at)
                    about = b""
                    if count & 1:
                        length, at = read_varint(data, at)
                        about = data[at : at + length]
                        at += length
                    asked.append((rule, about.decode()))
            position = 0
            while at < len(data):
                distance, at = read_varint(data, at)
                position += distance
                positions.append(position)
        except (MalformedNumberError, UnicodeDecodeError):
            raise MalformedReceiptError("a section of the receipt cannot be read") from None
        return cls(tuple(asked) if has_asked else None, tuple(positions))


def asks(subject: int, data_class: DataClass) -> bool:
    """Tell whether a section says which rules were asked: those of members' other classes do."""
    return subject != HOUSEHOLD and data_class is not DataClass.MEMBERSHIP


class Section(msgspec.Struct, frozen=True):
    """What a receipt says of one subject and data class, and the facts that it rests on."""

    subject: int
    data_class: DataClass
    content: Content
    findings: bytes
    """The canonical bytes of what was found, rule by rule."""
    pins: bytes
    """The leaf hash of each fact that it rests on, in the order of the log."""

    def message(self, place: Place, part: int, clear: bytes) -> bytes:
        """Return what the commitment to the section is made over; `clear`: its content."""
        digest = hashlib.sha256(self.findings).digest()
        return place.message(part, (coded(self.subject, self.data_class), clear, digest, self.pins))


class Place(msgspec.Struct, frozen=True):
    """What every commitment of one receipt or page is made over, beside its own part.

    So no part can be moved to another event, and nobody without the key of a part can state
    another day, law, position or outcome.
    """

    event_id: bytes
    frame: bytes
    """The payload of the frame."""
    head: bytes
    """The payload's bytes before the first section or entry."""

    def message(self, part: int, own: Iterable[bytes]) -> bytes:
        """Return the bytes for the part of this number."""
        return framed((self.event_id, part.to_bytes(2, "big"), self.frame, self.head, *own))


def question_message(place: Place, question: bytes) -> bytes:
    """Return what the commitment to a sealed question is made over."""
    return place.message(QUESTION, (question,))


class StoredSection(msgspec.Struct, frozen=True):
    """A section as the log holds it."""

    subject: int
    data_class: DataClass
    commitment: bytes
    sealed: bytes


class Packed(msgspec.Struct, frozen=True):
    """A receipt's payload taken apart."""

    payload: bytes
    head: bytes
    """The bytes before the sections."""
    frame_id: bytes
    """The event id of its frame."""
    position: int
    """The position whose facts were known."""
    outcome: Outcome
    period: int
    """The retention period whose keys it is sealed under; 0: it is open."""
    sections: tuple[StoredSection, ...]
    last: bytes
    """The sealed question: commitment and ciphertext; in an open receipt what it found."""


def household_section(decision: Decision) -> Section:
    """Write down what the rules about place and household found."""
    examined = [e for e in decision.examined if e.person is None and _was_examined(e)]
    return _section(HOUSEHOLD, DataClass.DECISIONS, examined, None, decision.reference)


def member_section(
    subject: int,
    data_class: DataClass,
    examined: Sequence[Examined],
    rule_numbers: Mapping[str, int],
) -> Section:
    """Write down what the rules of one data class found about one member."""
    asked = tuple([(rule_numbers[each.rule_id], each.about) for each in examined])
    return _section(subject, data_class, examined, asked)


def membership_section(subject: int, items: Iterable[Recorded[Any]]) -> Section:
    """Write down which facts make a person a member (number 0: that the list is complete)."""
    found = sorted({item.position: item.leaf_hash for item in items}.items())
    content = Content(None, tuple([position for position, _ in found]))
    pins = b"".join([leaf_hash for _, leaf_hash in found])
    return Section(subject, DataClass.MEMBERSHIP, content, b"[]", pins)


def sections(decision: Decision, rule_numbers: Mapping[str, int]) -> list[Section]:
    """Return every section of a decision, the household's first, in the receipt's order.

    A member's class that had been erased has no section: there is no key that it could die with.
    Nor has what was asked about an area: nothing in it is sealed.
    """
    if decision.question.declared.of_nobody:
        return []
    found = [household_section(decision)]
    membership: dict[UUID | None, list[Recorded[Any]]] = {}
    for person, item in decision.membership:
        membership.setdefault(person, []).append(item)
    by_member: dict[UUID, dict[DataClass, list[Examined]]] = {}
    for examined in decision.examined:
        if (
            examined.person is not None
            and examined.data_class is not None
            and not examined.derived
            and _held(examined)
        ):
            classes = by_member.setdefault(examined.person, {})
            classes.setdefault(examined.data_class, []).append(examined)
    if None in membership:
        found.append(membership_section(HOUSEHOLD, membership[None]))
    for subject, member in enumerate(decision.members, 1):
        found.append(membership_section(subject, membership.get(member, ())))
        for data_class, each in by_member.get(member, {}).items():
            found.append(member_section(subject, data_class, each, rule_numbers))
    return found


def frame(decision: Decision, log_id: UUID) -> Frame:
    """Return the frame of a decision's receipt: what anyone may know of what was asked."""
    question = decision.question
    return Frame(
        kind=question.kind,
        day=question.day,
        law=decision.edition,
        log=log_id,
        chosen=decision.chosen,
        asked=question.asked_on,
        area=decision.area,
        judged=decision.judged_on,
    )


def question_bytes(decision: Decision) -> bytes:
    """Return the canonical bytes of what was asked beyond kind and days, which are sealed."""
    return canonical.encode(decision.question.sealed())


def found_bytes(decision: Decision) -> bytes:
    """Return what stands open, of an area's receipt: what it asked, found, and rests on.

    `e` are the positions of the facts, `pins` their leaf hashes, `f` the findings.
    """
    made = household_section(decision)
    return canonical.encode(
        {
            **decision.question.sealed(),
            "e": made.content.positions,
            "f": canonical.decode(made.findings),
            "pins": made.pins.hex(),
        }
    )


def coded(subject: int, data_class: DataClass) -> bytes:
    """Return a section's subject and class as one number."""
    return varint(subject << 3 | CLASS_NUMBERS[data_class] - 1)


def head(frame_id: bytes, position: int, outcome: Outcome, period: int, count: int) -> bytes:
    """Return the bytes of a receipt before its sections, of which there are `count`."""
    return b"".join(
        (
            bytes((VERSION,)),
            frame_id,
            varint(position),
            bytes((OUTCOME_NUMBERS[outcome],)),
            period.to_bytes(_PERIOD_BYTES, "big"),
            varint(count),
        )
    )


def pack(head_bytes: bytes, listed: Iterable[StoredSection], last: bytes) -> bytes:
    """Return the payload of a receipt event."""
    pieces = [head_bytes]
    for each in listed:
        pieces += [coded(each.subject, each.data_class), each.commitment]
        pieces += [varint(len(each.sealed)), each.sealed]
    return b"".join([*pieces, last])


def receipt_hash(frame_payload: bytes, payload: bytes) -> bytes:
    """Return the hash of a receipt: SHA-256 over a domain byte, its frame and its payload."""
    return hashlib.sha256(_RECEIPT_PREFIX + framed((frame_payload, payload))).digest()


def unpack(data: bytes) -> Packed:
    """Take a receipt event's payload apart; raises MalformedReceiptError."""
    if data[:1] != bytes((VERSION,)):
        raise MalformedReceiptError("the receipt's version is not known to this release")
    try:
        at = 1 + ID_BYTES
        frame_id = data[1:at]
        position, at = read_varint(data, at)
        outcome = OUTCOMES[data[at]]
        period = int.from_bytes(data[at + 1 : at + 1 + _PERIOD_BYTES], "big")
        count, at = read_varint(data, at + 1 + _PERIOD_BYTES)
        head_bytes = data[:at]
        found = []
        for _ in range(count):
            subject, at = read_varint(data, at)
            end = at + COMMITMENT_BYTES
            length, start = read_varint(data, end)
            section = StoredSection(
                subject >> 3, CLASSES[(subject & 7) + 1], data[at:end], data[start : start + length]
            )
            at = start + length
            found.append(section)
    except (MalformedNumberError, KeyError, IndexError):
        raise MalformedReceiptError("the receipt's framing cannot be read") from None
    last = data[at:]
    if len(last) < (COMMITMENT_BYTES if found else 1):
        raise MalformedReceiptError("the receipt is shorter than its framing says")
    return Packed(data, head_bytes, frame_id, position, outcome, period, tuple(found), last)


def _held(examined: Examined) -> bool:
    return [missing.kind for missing in examined.finding.missing] != ["erased"]


def _was_examined(examined: Examined) -> bool:
    return not examined.derived and (
        bool(examined.area) or len(examined.tree.leaves) > 1 or bool(examined.finding.values)
    )


def _section(
    subject: int,
    data_class: DataClass,
    examined: Sequence[Examined],
    asked: tuple[tuple[int, str], ...] | None,
    reference: Iterable[Recorded[Any]] = (),
) -> Section:
    """Write findings down: evidence by position, and in each leaf by its index therein."""
    found = {item.position: item.leaf_hash for item in reference}
    for each in examined:
        for _, finding in each.tree.leaves:
            for item in finding.evidence:
                found[item.position] = item.leaf_hash
    used = sorted(found)
    index = {position: at for at, position in enumerate(used)}
    findings = canonical.encode([_entry(each, index) for each in examined])
    pins = b"".join([found[position] for position in used])
    return Section(subject, data_class, Content(asked, tuple(used)), findings, pins)


def _entry(examined: Examined, index: dict[int, int]) -> list[Any]:
    """Write one finding: rule, area, points asked for, and a leaf for each way of reading them.

    In the place of the area stands what a rule about a member was asked with, if anything.

    A leaf is the readings of the points in their order, joined by commas ("-" where it did not
    ask), the status, and the facts it rests on by their index in the section.
    """
    points = examined.tree.points
    entry: list[Any] = [examined.rule_id, examined.area or examined.about, points]
    for path, finding in examined.tree.leaves:
        read = dict(path)
        entry.append(
            [
                ",".join([read.get(point, "-") for point in points]),
                STATUS_NUMBERS[finding.status],
                [index[item.position] for item in finding.evidence],
            ]
        )
    return entry
