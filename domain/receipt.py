"""The receipt of a decision: an open part that is hashed, and sealed sections.

The open part names what was asked in kind, day and area, the position and the law, the outcome,
and a salted commitment to each section. There is one section for the household (class
decisions) and one for each member and data class that was examined, so that each dies with its
own key. docs/formats.md fixes the bytes.

A section holds nothing that rests on anybody else's facts: it can be computed again, to the
same bytes, when others are erased.

Of a question about an area nobody's facts are read: the receipt has no section, and what the
household's would hold stands in the open part.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domain import canonical
from domain.data_classes import DataClass
from domain.decide import Decision, Examined
from domain.events import Recorded
from domain.law.kernel import Status

VERSION = 1
_RECEIPT_PREFIX = b"\x02"
_OPEN_HEAD = struct.Struct(">BI")
_COUNT = struct.Struct(">H")
_ROW = struct.Struct(">BB32s")
_SIZE = struct.Struct(">I")

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

HOUSEHOLD = 0
"""Subject number of the household; members count from 1 in the order of the receipt's tags."""


class MalformedReceiptError(ValueError):
    """The payload of a receipt event cannot be read."""


class Section(msgspec.Struct, frozen=True):
    """What a receipt says of one subject and data class, and the facts that it rests on.

    `content` is sealed; `pins` is the leaf hash of each fact named in it, in the order of the
    log. The commitment covers both and the statement, so that what is altered later is found.
    """

    subject: int
    data_class: DataClass
    content: bytes
    pins: bytes

    def committed(self, statement: bytes) -> bytes:
        """Return the bytes that the commitment is made over.

        With the statement among them nobody without a section's key can state another day,
        position, law or outcome, even where the section would say the same.
        """
        pieces = [len(statement).to_bytes(4, "big"), statement]
        pieces += [len(self.content).to_bytes(4, "big"), self.content, self.pins]
        return b"".join(pieces)


class StoredSection(msgspec.Struct, frozen=True):
    """A section as the log holds it."""

    subject: int
    data_class: DataClass
    commitment: bytes
    payload: bytes


class Packed(msgspec.Struct, frozen=True):
    """A receipt's payload taken apart."""

    open_part: bytes
    """What is hashed: the statement and the table of sections."""
    statement: bytes
    """Canonical JSON: what was asked, the law, and the outcome."""
    sections: tuple[StoredSection, ...]


def household_section(decision: Decision) -> Section:
    """Write down the question, and the rules about place and household."""
    question = decision.question
    examined = [e for e in decision.examined if e.person is None and _was_examined(e)]
    return _section(
        HOUSEHOLD,
        DataClass.DECISIONS,
        examined,
        question.sealed(),
        decision.reference,
    )


def member_section(number: int, data_class: DataClass, examined: Sequence[Examined]) -> Section:
    """Write down what the rules of one data class found about one member."""
    return _section(number, data_class, examined, {})


def membership_section(number: int, items: Iterable[Recorded[Any]]) -> Section:
    """Write down which facts make a person a member (number 0: that the list is complete)."""
    found = sorted({item.position: item for item in items}.items())
    return Section(
        number,
        DataClass.MEMBERSHIP,
        canonical.encode({"e": [position for position, _ in found]}),
        b"".join(item.leaf_hash for _, item in found),
    )


def sections(decision: Decision) -> list[Section]:
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
    for number, member in enumerate(decision.members, 1):
        found.append(membership_section(number, membership.get(member, ())))
        for data_class, each in by_member.get(member, {}).items():
            found.append(member_section(number, data_class, each))
    return found


def statement(decision: Decision, log_id: UUID) -> bytes:
    """Return the canonical JSON of the open part: what may be known of the answer by anyone."""
    asked = decision.question.asked_on
    return canonical.encode(
        {
            # Only when it matters: what goes on is known up to the day of asking.
            **({"asked": asked} if asked is not None else {}),
            "area": decision.area,
            "chosen": decision.chosen,
            "day": decision.question.day,
            **({"found": _found(decision)} if decision.question.declared.of_nobody else {}),
            **({"judged": decision.judged_on} if decision.judged_on is not None else {}),
            "kind": decision.question.kind,
            "law": decision.edition,
            "log": log_id,
            "outcome": str(decision.outcome),
            "position": decision.position,
        }
    )


def _found(decision: Decision) -> dict[str, Any]:
    """Return what stands open in the place of a sealed section: its content, and its pins."""
    made = household_section(decision)
    return {**canonical.decode(made.content), "pins": made.pins.hex()}


def rests_openly_on(statement_bytes: bytes) -> list[int]:
    """Return the positions that a statement names openly, with their leaf hashes."""
    found: list[int] = canonical.decode(statement_bytes).get("found", {}).get("e", [])
    return found


def open_part(
    statement_bytes: bytes, listed: Sequence[Section], commitments: Sequence[bytes]
) -> bytes:
    """Return the open part: the statement, and for each section its subject, class, commitment."""
    pieces = [_OPEN_HEAD.pack(VERSION, len(statement_bytes)), statement_bytes]
    pieces.append(len(listed).to_bytes(2, "big"))
    for section, commitment in zip(listed, commitments, strict=True):
        pieces.append(bytes((section.subject, CLASS_NUMBERS[section.data_class])))
        pieces.append(commitment)
    return b"".join(pieces)


def receipt_hash(open_bytes: bytes) -> bytes:
    """Return the hash of a receipt: SHA-256 over a domain byte and the open part."""
    return hashlib.sha256(_RECEIPT_PREFIX + open_bytes).digest()


def pack(open_bytes: bytes, sealed: Iterable[bytes]) -> bytes:
    """Return the payload of a receipt event: the open part, then each sealed section."""
    pieces = [open_bytes]
    for payload in sealed:
        pieces += [len(payload).to_bytes(4, "big"), payload]
    return b"".join(pieces)


def unpack(data: bytes) -> Packed:
    """Take a receipt event's payload apart; raises MalformedReceiptError."""
    try:
        version, length = _OPEN_HEAD.unpack_from(data)
        if version != VERSION:
            raise MalformedReceiptError(f"receipt version {version} is not known to this release")
        at = _OPEN_HEAD.size + length
        statement_bytes = data[_OPEN_HEAD.size : at]
        (count,) = _COUNT.unpack_from(data, at)
        at += _COUNT.size
        table = []
        for _ in range(count):
            subject, number, commitment = _ROW.unpack_from(data, at)
            table.append((subject, CLASSES[number], commitment))
            at += _ROW.size
        open_bytes = data[:at]
        found = []
        for subject, data_class, commitment in table:
            (size,) = _SIZE.unpack_from(data, at)
            at += _SIZE.size
            payload = data[at : at + size]
            at += size
            found.append(StoredSection(subject, data_class, commitment, payload))
    except (struct.error, KeyError):
        raise MalformedReceiptError("the receipt's framing cannot be read") from None
    if at != len(data):
        raise MalformedReceiptError("the receipt is longer or shorter than its framing says")
    return Packed(open_bytes, statement_bytes, tuple(found))


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
    more: dict[str, Any],
    reference: Iterable[Recorded[Any]] = (),
) -> Section:
    """Write findings down: evidence by position, and in each leaf by its index therein."""
    found = {item.position: item.leaf_hash for item in reference}
    for each in examined:
        for _, finding in each.tree.leaves:
            for item in finding.evidence:
                found[item.position] = item.leaf_hash
    used = sorted(found)
    index = {position: number for number, position in enumerate(used)}
    content = {"e": used, "f": [_entry(each, index) for each in examined], **more}
    pins = b"".join([found[position] for position in used])
    return Section(subject, data_class, canonical.encode(content), pins)


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
