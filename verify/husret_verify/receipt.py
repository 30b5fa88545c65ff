"""Receipts, pages of a waiting list, and the frames that they share, read from their payloads.

A frame says what is equal for all answers of one kind of question, place, day, law and reading.
What a section or an entry holds is sealed; here it is bytes, and its commitment too. Nothing in
this file opens anything. docs/formats.md of husret fixes the bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from husret_verify import json_text
from husret_verify.event import framed
from husret_verify.problems import Unreadable

VERSION = 2
"""First byte of the payload of a receipt and of a page."""

FRAME_TYPE = "frame.stated"
"""Event type of a frame."""

RECEIPT_PREFIX = "decision."
"""What the event type of a receipt begins with, before the kind of question."""

PAGE_PREFIX = "screening."
"""What the event type of a page begins with."""

OUTCOMES = {1: "PERMITTED", 2: "PROHIBITED", 3: "DISCRETIONARY", 4: "UNDETERMINED"}
"""Outcomes by their byte."""

CLASSES = {
    1: "identity",
    2: "membership",
    3: "benefits",
    4: "convictions",
    5: "terminations",
    6: "attestations",
    7: "tenancy",
    8: "decisions",
}
"""Classes of data by their number."""

COMMITMENT_BYTES = 32
_RECEIPT_HASH = b"\x02"
_PAGE_HASH = b"\x04"

_OF_RECEIPT = {"area": True, "asked": False, "judged": False}
_OF_PAGE = {"asked": False, "target": True}
_OF_ALL = {"chosen": True, "day": True, "kind": True, "law": True, "log": True}
_KIND = re.compile("[a-z0-9_]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What many answers share: kind of question, place, days, edition of the law and readings.

    `area` is the area asked about or that the dwelling lies in, None in none; of a page `target`
    is what was asked of every household, as canonical JSON. `asked` is the day of asking and
    `judged` the day that the law was applied to, where they make a difference.
    """

    log: UUID
    kind: str
    day: date
    law: str
    chosen: tuple[tuple[str, str], ...]
    area: str | None = None
    asked: date | None = None
    judged: date | None = None
    target: str | None = None

    @property
    def of_page(self) -> bool:
        """Whether pages of a waiting list use it, and not receipts."""
        return self.target is not None


@dataclass(frozen=True)
class Section:
    """One subject's one class: 0 is the household, members count from 1."""

    subject: int
    data_class: str
    commitment: bytes
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A receipt's payload taken apart.

    `known_at` is the position whose facts were known, `period` the retention period of its keys
    (0: it is open). `question` is what was asked, a commitment and its ciphertext; of a question
    about an area alone `found` is what was asked and found, openly, as canonical JSON.
    """

    frame_id: bytes
    known_at: int
    outcome: str
    period: int
    sections: tuple[Section, ...]
    question: bytes = b""
    found: str | None = None


@dataclass(frozen=True)
class Entry:
    """One household's entry on a page."""

    commitment: bytes
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class Page:
    """The payload of a page of a waiting list taken apart; `number` counts from 0."""

    frame_id: bytes
    known_at: int
    period: int
    number: int
    entries: tuple[Entry, ...]


def frame_id(log_id: UUID, payload: bytes) -> bytes:
    """Return the event id of a frame: UUIDv5 of the log, over `frame:` and the payload's SHA-256.

    No request of a caller can have an event of this id.
    """
    return uuid5(log_id, f"frame:{sha256(payload).hexdigest()}").bytes


def receipt_hash(frame_payload: bytes, payload: bytes) -> bytes:
    """Return the hash of a receipt: SHA-256 over 02 ‖ framed(frame's payload, its payload)."""
    return sha256(_RECEIPT_HASH + framed((frame_payload, payload))).digest()


def page_hash(frame_payload: bytes, payload: bytes) -> bytes:
    """Return the hash of a page: SHA-256 over 04 ‖ framed(frame's payload, its payload)."""
    return sha256(_PAGE_HASH + framed((frame_payload, payload))).digest()


def read_frame(payload: bytes) -> Frame:
    """Read the payload of a frame. Raises Unreadable (`frame_form`) naming the field."""
    said = json_text.canonical(payload, "frame")
    own = _OF_PAGE if "target" in said else _OF_RECEIPT
    fields = _OF_ALL | own
    for name in said.keys() - fields.keys():
        raise Unreadable("frame_form", field=name if name.isidentifier() else "?")
    for name in (name for name, needed in fields.items() if needed and name not in said):
        raise Unreadable("frame_form", field=name)
    return Frame(
        log=_uuid(said["log"]),
        kind=_text(said, "kind", _KIND),
        day=_day(said, "day"),
        law=_text(said, "law"),
        chosen=_chosen(said["chosen"]),
        area=None if said.get("area") is None else _text(said, "area"),
        asked=_day(said, "asked") if "asked" in said else None,
        judged=_day(said, "judged") if "judged" in said else None,
        target=_target(said["target"]) if "target" in said else None,
    )


def read_receipt(payload: bytes) -> Receipt:
    """Read the payload of a receipt. Raises Unreadable (`receipt_form`) saying which part."""
    reader = _Reader(payload, "receipt_form")
    reader.version()
    frame = reader.take(16, "frame")
    known_at = reader.varint("position")
    number = reader.byte("outcome")
    if number not in OUTCOMES:
        raise Unreadable("receipt_form", part="outcome")
    period = int.from_bytes(reader.take(2, "period"), "big")
    sections = []
    for _ in range(reader.count(COMMITMENT_BYTES + 2, "sections")):
        coded = reader.varint("section")
        commitment = reader.take(COMMITMENT_BYTES, "section")
        sealed = reader.take(reader.varint("section"), "section")
        sections.append(Section(coded >> 3, CLASSES[(coded & 7) + 1], commitment, sealed))
    rest = reader.rest()
    if len(rest) < (COMMITMENT_BYTES if sections else 1):
        raise Unreadable("receipt_form", part="question")
    found = None
    if not sections:
        json_text.canonical(rest, "found")
        found = rest.decode()
    return Receipt(
        frame_id=frame,
        known_at=known_at,
        outcome=OUTCOMES[number],
        period=period,
        sections=tuple(sections),
        question=rest if sections else b"",
        found=found,
    )


def read_page(payload: bytes) -> Page:
    """Read the payload of a page. Raises Unreadable (`page_form`) saying which part."""
    reader = _Reader(payload, "page_form")
    reader.version()
    frame = reader.take(16, "frame")
    known_at = reader.varint("position")
    period = int.from_bytes(reader.take(2, "period"), "big")
    number = reader.varint("page")
    entries = []
    for _ in range(reader.count(COMMITMENT_BYTES + 1, "entries")):
        commitment = reader.take(COMMITMENT_BYTES, "entry")
        entries.append(Entry(commitment, reader.take(reader.varint("entry"), "entry")))
    if reader.rest():
        raise Unreadable("page_form", part="end")
    return Page(
        frame_id=frame, known_at=known_at, period=period, number=number, entries=tuple(entries)
    )


def varint(number: int) -> bytes:
    """Write a number from 0 in LEB128: seven bits a byte, the lowest first."""
    if number < 0:
        raise ValueError("a varint holds no number below 0")
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


class _Reader:
    """Takes a payload apart from its front; what is missing is named."""

    def __init__(self, data: bytes, code: str) -> None:
        self._data = data
        self._at = 0
        self._code = code

    def version(self) -> None:
        number = self.byte("version")
        if number != VERSION:
            raise Unreadable("version", version=number, known=VERSION)

    def byte(self, part: str) -> int:
        return self.take(1, part)[0]

    def take(self, length: int, part: str) -> bytes:
        taken = self._data[self._at : self._at + length]
        if len(taken) < length:
            raise Unreadable(self._code, part=part)
        self._at += length
        return taken

    def varint(self, part: str) -> int:
        """Read a number of up to 63 bits in its one shortest spelling."""
        number = 0
        for shift in range(0, 63, 7):
            byte = self.byte(part)
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                if not byte and shift:
                    break
                return number
        raise Unreadable(self._code, part=part)

    def count(self, least: int, part: str) -> int:
        """Read a number of things that have `least` bytes each: no more than fit."""
        number = self.varint(part)
        if number * least > len(self._data) - self._at:
            raise Unreadable(self._code, part=part)
        return number

    def rest(self) -> bytes:
        return self._data[self._at :]


def _uuid(value: Any) -> UUID:
    try:
        read = UUID(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None or str(read) != value:
        raise Unreadable("frame_form", field="log")
    return read


def _text(said: dict[str, Any], name: str, form: re.Pattern[str] | None = None) -> str:
    value = said[name]
    if not isinstance(value, str) or not value or (form and not form.fullmatch(value)):
        raise Unreadable("frame_form", field=name)
    return value


def _day(said: dict[str, Any], name: str) -> date:
    value = said[name]
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise Unreadable("frame_form", field=name)
    return day


def _chosen(value: Any) -> tuple[tuple[str, str], ...]:
    pairs: list[Any] = value if isinstance(value, list) else [value]
    for each in pairs:
        if not isinstance(each, list) or [type(part) for part in each] != [str, str]:
            raise Unreadable("frame_form", field="chosen")
    return tuple((point, reading) for point, reading in pairs)


def _target(value: Any) -> str:
    if not isinstance(value, dict):
        raise Unreadable("frame_form", field="target")
    return json_text.encode(value).decode()
