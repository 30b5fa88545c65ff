"""The receipt of one page of a waiting list: a sealed entry for each household.

A page names its frame (`domain/frame.py`: what was asked of everybody) and the position. An entry
is a commitment and, sealed, the outcome and the rules that were met. The commitment covers a digest
of all that was read for the household, too, so the answer can be computed again at the page's
position at any time and held to it. An entry dies with the household's key. docs/formats.md fixes
the bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec

from domain import receipt
from domain.data_classes import DataClass
from domain.decide import Decision, FactsRead, Membership
from domain.events import Recorded
from domain.frame import Frame
from domain.framing import MalformedNumberError, framed, read_varint, varint
from domain.law.edition import Edition
from domain.law.kernel import Outcome, Record, Status
from domain.law.question import Question
from domain.receipt import MalformedReceiptError, Place

VERSION = 2
LARGEST_PAGE = 1_000
"""Most households of one page."""

_DIGEST_PREFIX = b"\x03"
_PAGE_PREFIX = b"\x04"
_PERIOD_BYTES = 2
_ERASED = (2**32 - 1).to_bytes(4, "big")
"""Stands for how many facts of a class were read, where it had been erased."""


class Entry(msgspec.Struct, frozen=True):
    """What a page says of one household."""

    outcome: Outcome
    met: tuple[str, ...]
    """The rules of the question that were met, by id."""


class StoredEntry(msgspec.Struct, frozen=True):
    """An entry as the log holds it."""

    commitment: bytes
    sealed: bytes


class StoredPage(msgspec.Struct, frozen=True):
    """A page's payload taken apart."""

    payload: bytes
    head: bytes
    """The bytes before the entries."""
    frame_id: bytes
    """The event id of its frame."""
    position: int
    """The position whose facts were known."""
    period: int
    """The retention period whose keys it is sealed under."""
    number: int
    """The number of the page, from 0."""
    entries: tuple[StoredEntry, ...]


def met_rules(decision: Decision) -> tuple[str, ...]:
    """Return the ids of the rules of the question that were met, each once."""
    return tuple(
        dict.fromkeys(
            e.rule_id
            for e in (*decision.examined, *decision.concluded)
            if not e.area and e.finding.status is Status.MET
        )
    )


def entry(decision: Decision) -> Entry:
    """Return what a page keeps of a decision."""
    return Entry(decision.outcome, met_rules(decision))


def digest(decision: Decision, facts_read: FactsRead) -> bytes:
    """Return the SHA-256 over all that a decision has read, by leaf hash.

    First what the household's own section of a receipt rests on: the place, its readings and
    lists. Then each class of the household and of each person, in the order in which it was read.
    """
    pins = receipt.household_section(decision).pins
    pieces = [_DIGEST_PREFIX, _count(len(pins) // receipt.COMMITMENT_BYTES), pins]
    numbers: dict[UUID, int] = {}
    for need, answer in facts_read.all:
        if need.members:
            for person in need.members:
                subject = numbers.setdefault(person, len(numbers) + 1)
                pieces += _read(subject, need.data_class, answer[person])
        elif isinstance(answer, Membership):
            listed: list[Recorded[Any]] = [*answer.attested]
            listed += [item for _, item in answer.members if item is not None]
            pieces += _read(0, need.data_class, None if answer.erased else listed)
        else:
            pieces += _read(0, need.data_class, answer)
    return hashlib.sha256(b"".join(pieces)).digest()


def _read(
    subject: int, data_class: DataClass, facts: Record | Sequence[Recorded[Any]] | None
) -> list[bytes]:
    """Return what is hashed of one class of one subject."""
    of = [varint(subject), bytes((receipt.CLASS_NUMBERS[data_class],))]
    if facts is None:
        return [*of, _ERASED]
    listed = facts.facts if isinstance(facts, Record) else facts
    pins = [item.leaf_hash for item in sorted(listed, key=attrgetter("position"))]
    return [*of, _count(len(pins)), *pins]


def _count(count: int) -> bytes:
    return count.to_bytes(4, "big")


def encode_entry(made: Entry, edition: Edition) -> bytes:
    """Return the bytes of an entry; rules stand by their number in the sorted edition."""
    met = [varint(edition.rule_numbers[rule_id]) for rule_id in made.met]
    return b"".join((bytes((receipt.OUTCOME_NUMBERS[made.outcome],)), varint(len(met)), *met))


def decode_entry(data: bytes, edition: Edition) -> Entry:
    """Read an entry's bytes; raises MalformedReceiptError."""
    ids = list(edition.rule_numbers)
    try:
        outcome = receipt.OUTCOMES[data[0]]
        count, at = read_varint(data, 1)
        met = []
        for _ in range(count):
            rule, at = read_varint(data, at)
            met.append(ids[rule])
    except (MalformedNumberError, KeyError, IndexError):
        raise MalformedReceiptError("an entry of the page cannot be read") from None
    if at != len(data):
        raise MalformedReceiptError("an entry of the page is longer than it says")
    return Entry(outcome, tuple(met))


def message(place: Place, number: int, clear: bytes, read_digest: bytes) -> bytes:
    """Return what the commitment to an entry is made over; `clear`: its bytes."""
    return place.message(number, (clear, read_digest))


def frame(
    question: Question, edition: Edition, chosen: tuple[tuple[str, str], ...], log_id: UUID
) -> Frame:
    """Return the frame of the pages of a waiting list.

    The target stands in the open: it is the same for the whole waiting list, and says nothing
    of any household on it.
    """
    return Frame(
        kind=question.kind,
        day=question.day,
        law=edition.id,
        log=log_id,
        chosen=chosen,
        asked=question.asked_on,
        target=question.sealed(),
    )


def head(frame_id: bytes, position: int, period: int, number: int, count: int) -> bytes:
    """Return the bytes of page `number` before its entries, of which there are `count`."""
    return b"".join(
        (
            bytes((VERSION,)),
            frame_id,
            varint(position),
            period.to_bytes(_PERIOD_BYTES, "big"),
            varint(number),
            varint(count),
        )
    )


def pack(head_bytes: bytes, entries: Iterable[StoredEntry]) -> bytes:
    """Return the payload of a page."""
    pieces = [head_bytes]
    for each in entries:
        pieces += [each.commitment, varint(len(each.sealed)), each.sealed]
    return b"".join(pieces)


def page_hash(frame_payload: bytes, payload: bytes) -> bytes:
    """Return the hash of a page: SHA-256 over a domain byte, its frame and its payload."""
    return hashlib.sha256(_PAGE_PREFIX + framed((frame_payload, payload))).digest()


def unpack(data: bytes) -> StoredPage:
    """Take a page's payload apart; raises MalformedReceiptError."""
    if data[:1] != bytes((VERSION,)):
        raise MalformedReceiptError("the page's version is not known to this release")
    try:
        at = 1 + receipt.ID_BYTES
        frame_id = data[1:at]
        position, at = read_varint(data, at)
        period = int.from_bytes(data[at : at + _PERIOD_BYTES], "big")
        number, at = read_varint(data, at + _PERIOD_BYTES)
        count, at = read_varint(data, at)
        head_bytes = data[:at]
        found = []
        for _ in range(count):
            end = at + receipt.COMMITMENT_BYTES
            length, start = read_varint(data, end)
            found.append(StoredEntry(data[at:end], data[start : start + length]))
            at = start + length
    except MalformedNumberError:
        raise MalformedReceiptError("the page's framing cannot be read") from None
    if at != len(data):
        raise MalformedReceiptError("the page is longer or shorter than its framing says")
    return StoredPage(data, head_bytes, frame_id, position, period, number, tuple(found))
