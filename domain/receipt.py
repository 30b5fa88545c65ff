"""The receipt of a decision: an open part that is hashed, and sealed sections.

The open part names what was asked in kind, day and area, the position and the law, the outcome,
and a salted commitment to each section. There is one section for the household (class
decisions) and one for each member and data class that was examined, so that each dies with its
own key. docs/formats.md fixes the bytes.

A section holds nothing that rests on anybody else's facts: it can be computed again, to the
same bytes, when others are erased.
"""

from __future__ import annotations

import base64
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
from domain.law.kernel import SEMANTICS

VERSION = 1
_RECEIPT_PREFIX = b"\x02"
_PIN_PREFIX = b"\x04"
_SECTION_HEAD = struct.Struct(">BBH")
_OPEN_HEAD = struct.Struct(">BI")

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

HOUSEHOLD = 0
"""Subject number of the household; members count from 1 in the order of the receipt's tags."""


class MalformedReceiptError(ValueError):
    """The payload of a receipt event cannot be read."""


class Section(msgspec.Struct, frozen=True):
    """What a receipt says of one subject and data class, in canonical bytes."""

    subject: int
    data_class: DataClass
    content: bytes


class SealedSection(msgspec.Struct, frozen=True):
    """A section as it is stored."""

    subject: int
    data_class: DataClass
    payload: bytes


class Packed(msgspec.Struct, frozen=True):
    """A receipt's payload taken apart."""

    open_part: bytes
    sections: tuple[SealedSection, ...]


def household_section(decision: Decision) -> Section:
    """Write down the question, and the rules about place and household."""
    question = decision.question
    examined = [e for e in decision.examined if e.person is None and _was_examined(e)]
    pins, findings = _findings(examined)
    content = {
        "basis": str(question.basis),
        "dwelling": question.dwelling,
        "evidence": pins,
        "findings": findings,
        "pin": _pin(examined),
    }
    return Section(HOUSEHOLD, DataClass.DECISIONS, canonical.encode(content))


def member_section(number: int, data_class: DataClass, examined: Sequence[Examined]) -> Section:
    """Write down what the rules of one data class found about one member."""
    pins, findings = _findings(examined)
    content = {"evidence": pins, "findings": findings, "pin": _pin(examined)}
    return Section(number, data_class, canonical.encode(content))


def membership_section(number: int, items: Iterable[Recorded[Any]]) -> Section:
    """Write down which facts make a person a member (number 0: that the list is complete)."""
    found = sorted({item.position: item for item in items}.items())
    content = {
        "evidence": [position for position, _ in found],
        "pin": _pin_of(item for _, item in found),
    }
    return Section(number, DataClass.MEMBERSHIP, canonical.encode(content))


def sections(decision: Decision) -> list[Section]:
    """Return every section of a decision, the household's first, in the receipt's order."""
    found = [household_section(decision)]
    numbers = {person: number for number, person in enumerate(decision.members, 1)}
    attested = [item for person, item in decision.membership if person is None]
    if attested:
        found.append(membership_section(HOUSEHOLD, attested))
    for person, number in numbers.items():
        items = [item for member, item in decision.membership if member == person]
        found.append(membership_section(number, items))
        by_class: dict[DataClass, list[Examined]] = {}
        for examined in decision.examined:
            if examined.person == person and examined.data_class is not None:
                by_class.setdefault(examined.data_class, []).append(examined)
        found += [member_section(number, each, by_class[each]) for each in by_class]
    return found


def open_part(
    decision: Decision, log_id: UUID, listed: Sequence[Section], commitments: Sequence[bytes]
) -> bytes:
    """Return the canonical bytes of the open part."""
    content = {
        "area": decision.area,
        "chosen": decision.chosen,
        "day": decision.question.day,
        "kind": "referral",
        "law": decision.package,
        "log": log_id,
        "outcome": str(decision.outcome),
        "position": decision.position,
        "sections": [
            [section.subject, CLASS_NUMBERS[section.data_class], commitment_text(commitment)]
            for section, commitment in zip(listed, commitments, strict=True)
        ],
        "semantics": SEMANTICS,
        "version": VERSION,
    }
    return canonical.encode(content)


def receipt_hash(open_bytes: bytes) -> bytes:
    """Return the hash of a receipt: SHA-256 over a domain byte and the open part."""
    return hashlib.sha256(_RECEIPT_PREFIX + open_bytes).digest()


def pack(open_bytes: bytes, sealed: Iterable[SealedSection]) -> bytes:
    """Return the payload of a receipt event."""
    pieces = [_OPEN_HEAD.pack(VERSION, len(open_bytes)), open_bytes]
    for section in sealed:
        number = CLASS_NUMBERS[section.data_class]
        pieces += [_SECTION_HEAD.pack(section.subject, number, len(section.payload))]
        pieces.append(section.payload)
    return b"".join(pieces)


def unpack(data: bytes) -> Packed:
    """Take a receipt event's payload apart; raises MalformedReceiptError."""
    try:
        version, length = _OPEN_HEAD.unpack_from(data)
        if version != VERSION:
            raise MalformedReceiptError(f"receipt version {version} is not known to this release")
        at = _OPEN_HEAD.size + length
        open_bytes = data[_OPEN_HEAD.size : at]
        found = []
        while at < len(data):
            subject, number, size = _SECTION_HEAD.unpack_from(data, at)
            at += _SECTION_HEAD.size
            payload = data[at : at + size]
            if len(payload) != size:
                raise MalformedReceiptError("a section is cut short")
            found.append(SealedSection(subject, CLASSES[number], payload))
            at += size
    except (struct.error, KeyError):
        raise MalformedReceiptError("the receipt's framing cannot be read") from None
    return Packed(open_bytes, tuple(found))


def _was_examined(examined: Examined) -> bool:
    return bool(examined.area) or len(examined.tree.leaves) > 1 or bool(examined.finding.values)


def _findings(examined: Sequence[Examined]) -> tuple[list[int], list[list[Any]]]:
    """Return the positions used, and each finding with indexes into them."""
    used = sorted({i.position for each in examined for i in _evidence(each)})
    index = {position: number for number, position in enumerate(used)}
    written = []
    for each in examined:
        entry: list[Any] = [each.rule_id]
        if each.area:
            entry.append(each.area)
        for path, finding in each.tree.leaves:
            leaf: list[Any] = [str(finding.status), [index[i.position] for i in finding.evidence]]
            if path:
                leaf.append([list(pair) for pair in path])
            entry.append(leaf)
        written.append(entry)
    return used, written


def _evidence(examined: Examined) -> Iterable[Recorded[Any]]:
    for _, finding in examined.tree.leaves:
        yield from finding.evidence


def _pin(examined: Sequence[Examined]) -> str:
    found = {item.position: item for each in examined for item in _evidence(each)}
    return _pin_of(found[position] for position in sorted(found))


def _pin_of(items: Iterable[Recorded[Any]]) -> str:
    """Pin facts by position and leaf hash: SHA-256 over them in the order of the log."""
    digest = hashlib.sha256(_PIN_PREFIX)
    for item in items:
        digest.update(item.position.to_bytes(8, "big"))
        digest.update(item.leaf_hash)
    return commitment_text(digest.digest())


def commitment_text(data: bytes) -> str:
    """Write 32 bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
