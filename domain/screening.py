"""The receipt of one page of a waiting list: a sealed entry for each household.

A page names in the open what was asked of everybody, the position and the law, and a salted
commitment to each entry. An entry holds the outcome, the rules that were met, and a digest of
the full receipt, which can be computed again at the page's position at any time. It dies with
the household's key. docs/formats.md fixes the bytes.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from domain import canonical, receipt
from domain.decide import Decision
from domain.law.edition import Edition
from domain.law.kernel import Outcome, Status
from domain.law.question import Question
from domain.receipt import MalformedReceiptError

VERSION = 1
LARGEST_PAGE = 1_000
"""Most households of one page."""

_DIGEST_PREFIX = b"\x03"
_PAGE_PREFIX = b"\x04"
_HEAD = struct.Struct(">BI")
_COUNT = struct.Struct(">H")
_HASH_BYTES = 32
_ENTRY = struct.Struct(f">B{_HASH_BYTES}sB")

OUTCOME_NUMBERS = {
    Outcome.PERMITTED: 1,
    Outcome.PROHIBITED: 2,
    Outcome.DISCRETIONARY: 3,
    Outcome.UNDETERMINED: 4,
}
"""Outcomes as an entry writes them; the numbers of the API's Outcome."""
_OUTCOMES = {number: outcome for outcome, number in OUTCOME_NUMBERS.items()}


class Entry(msgspec.Struct, frozen=True):
    """What a page says of one household."""

    outcome: Outcome
    met: tuple[str, ...]
    """The rules of the question that were met, by id."""
    digest: bytes
    """The SHA-256 that the sections of the full receipt give."""


class StoredPage(msgspec.Struct, frozen=True):
    """A page's payload taken apart."""

    open_part: bytes
    statement: bytes
    commitments: tuple[bytes, ...]
    sealed: tuple[bytes, ...]


def met_rules(decision: Decision) -> tuple[str, ...]:
    """Return the ids of the rules of the question that were met, each once."""
    return tuple(
        dict.fromkeys(
            e.rule_id
            for e in (*decision.examined, *decision.concluded)
            if not e.area and e.finding.status is Status.MET
        )
    )


def entry(decision: Decision, log_id: UUID) -> Entry:
    """Return what a page keeps of a decision."""
    statement = receipt.statement(decision, log_id)
    hashed = hashlib.sha256(_DIGEST_PREFIX)
    for section in receipt.sections(decision):
        hashed.update(bytes((section.subject, receipt.CLASS_NUMBERS[section.data_class])))
        hashed.update(section.committed(statement))
    return Entry(decision.outcome, met_rules(decision), hashed.digest())


def encode_entry(made: Entry, edition: Edition) -> bytes:
    """Return the bytes of an entry; rules stand by their number in the sorted edition."""
    met = [edition.rule_numbers[rule_id] for rule_id in made.met]
    head = _ENTRY.pack(OUTCOME_NUMBERS[made.outcome], made.digest, len(met))
    return head + struct.pack(f">{len(met)}H", *met)


def decode_entry(data: bytes, edition: Edition) -> Entry:
    """Read an entry's bytes; raises MalformedReceiptError."""
    try:
        outcome, digest, count = _ENTRY.unpack_from(data)
        met = struct.unpack(f">{count}H", data[_ENTRY.size :])
        ids = list(edition.rule_numbers)
        return Entry(_OUTCOMES[outcome], tuple(ids[number] for number in met), digest)
    except (struct.error, KeyError, IndexError):
        raise MalformedReceiptError("an entry of the page cannot be read") from None


def statement(
    question: Question,
    position: int,
    edition: Edition,
    chosen: tuple[tuple[str, str], ...],
    log_id: UUID,
    number: int,
) -> bytes:
    """Return the canonical JSON of what was asked of every household of page `number`.

    The target stands in the open: it is the same for the whole waiting list, and says nothing
    of any household on it.
    """
    return canonical.encode(
        {
            **({"asked": question.asked_on} if question.asked_on is not None else {}),
            "chosen": chosen,
            "day": question.day,
            "kind": question.kind,
            "law": edition.id,
            "log": log_id,
            "page": number,
            "position": position,
            "target": question.sealed(),
        }
    )


def committed(statement_bytes: bytes, entry_bytes: bytes) -> bytes:
    """Return the bytes that the commitment to an entry is made over."""
    return len(statement_bytes).to_bytes(4, "big") + statement_bytes + entry_bytes


def open_part(statement_bytes: bytes, commitments: Sequence[bytes]) -> bytes:
    """Return the open part: the statement, and a commitment to each entry."""
    head = _HEAD.pack(VERSION, len(statement_bytes))
    return b"".join((head, statement_bytes, _COUNT.pack(len(commitments)), *commitments))


def page_hash(open_bytes: bytes) -> bytes:
    """Return the hash of a page: SHA-256 over a domain byte and the open part."""
    return hashlib.sha256(_PAGE_PREFIX + open_bytes).digest()


def pack(open_bytes: bytes, sealed: Iterable[bytes]) -> bytes:
    """Return the payload of a page: the open part, then each sealed entry behind its length."""
    pieces = [open_bytes]
    for payload in sealed:
        pieces += [_COUNT.pack(len(payload)), payload]
    return b"".join(pieces)


def unpack(data: bytes) -> StoredPage:
    """Take a page's payload apart; raises MalformedReceiptError."""
    try:
        version, length = _HEAD.unpack_from(data)
        if version != VERSION:
            raise MalformedReceiptError(f"page version {version} is not known to this release")
        at = _HEAD.size + length
        statement_bytes = data[_HEAD.size : at]
        (count,) = _COUNT.unpack_from(data, at)
        at += _COUNT.size
        end = at + count * _HASH_BYTES
        commitments = [data[n : n + _HASH_BYTES] for n in range(at, end, _HASH_BYTES)]
        sealed = []
        at = end
        for _ in range(count):
            (size,) = _COUNT.unpack_from(data, at)
            at += _COUNT.size
            sealed.append(data[at : at + size])
            at += size
    except struct.error:
        raise MalformedReceiptError("the page's framing cannot be read") from None
    if at != len(data):
        raise MalformedReceiptError("the page is longer or shorter than its framing says")
    return StoredPage(data[:end], statement_bytes, tuple(commitments), tuple(sealed))
