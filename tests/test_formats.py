"""The formats of docs/formats.md, computed here from their description and held to the code."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import struct
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid5

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from hypothesis import given
from hypothesis import strategies as st

from domain import canonical, facts, framing, receipt, screening
from domain.data_classes import DataClass
from domain.decide import Decision, FactsRead, Membership, Need
from domain.events import EVENT_TYPES, Recorded, encode_fact
from domain.frame import MalformedFrameError
from domain.frame import read as read_frame
from domain.law.edition import Edition
from domain.law.editions import CURRENT, EDITIONS
from domain.law.kernel import OpenPoint, Outcome, Rule
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from domain.law.texts.kinds import Texts
from domain.questions import RECEIPT_TYPES
from husret_verify.event import event_id
from services.instance.frames import frame_id
from services.log.event import metadata
from services.persons.sealing import ClassKey
from services.persons.tokens import token_text
from tools import formats

FORMATS = Path(__file__).parent / "formats"


def vectors(name: str) -> Any:
    return json.loads((FORMATS / name).read_text("utf-8"))


CANONICAL = vectors("canonical.json")

# --- Canonical form -------------------------------------------------------------------------

in_form_c = st.text(st.characters(codec="utf-8")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
keys = st.text(st.characters(max_codepoint=127))
integers = st.integers(-canonical.LARGEST_INTEGER, canonical.LARGEST_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | integers | in_form_c,
    lambda inner: st.lists(inner) | st.dictionaries(keys, inner),
    max_leaves=20,
)


@pytest.mark.parametrize("vector", CANONICAL["valid"], ids=lambda v: v["canonical"])
def test_a_value_has_the_described_canonical_bytes(vector: dict[str, Any]) -> None:
    canonical.check(vector["value"])
    assert canonical.encode(vector["value"]) == vector["canonical"].encode()
    assert rfc8785.dumps(vector["value"]) == vector["canonical"].encode()


@pytest.mark.parametrize("vector", CANONICAL["invalid"], ids=lambda v: v["why"])
def test_a_value_without_a_canonical_form_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(canonical.NotCanonicalError):
        canonical.check(vector["value"])


@given(values)
def test_the_canonical_form_is_that_of_rfc_8785(value: Any) -> None:
    canonical.check(value)
    assert canonical.encode(value) == rfc8785.dumps(value)
    assert canonical.decode(canonical.encode(value)) == value


@given(st.dates(), st.uuids())
def test_days_and_ids_are_written_as_text(day: date, id: UUID) -> None:
    plain = {"day": day.isoformat(), "id": str(id)}
    assert canonical.encode({"id": id, "day": day}) == rfc8785.dumps(plain)


@given(in_form_c, st.booleans(), st.none() | st.integers(0, 2000))
def test_a_fact_is_written_in_canonical_form(text: str, rounded: bool, many: int | None) -> None:
    fact = facts.AreaFigures(
        area=text,
        reference_day=date(2024, 1, 1),
        figures=facts.Figures(residents=many, rounded=rounded),
        source=text,
    )
    plain: dict[str, Any] = {"area": text, "reference_day": "2024-01-01", "source": text}
    plain["figures"] = {
        **({} if many is None else {"residents": many}),
        **({} if rounded else {"rounded": False}),
    }
    assert encode_fact(fact) == rfc8785.dumps(plain)


def test_metadata_leaves_out_what_is_empty() -> None:
    written = metadata({"purpose": "referral", "actor": "a", "legal_basis": "", "correlation": ""})
    assert written == b'{"actor":"a","purpose":"referral"}'


# --- Event ids ------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", vectors("event_id.json"), ids=lambda v: v["event_id"])
def test_an_event_id_is_made_from_log_request_and_index(vector: dict[str, Any]) -> None:
    log_id, request_id, index = UUID(vector["log_id"]), UUID(vector["request_id"]), vector["index"]
    name = log_id.bytes + f"{request_id}:{index}".encode()
    digest = bytearray(hashlib.sha1(name).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    assert bytes(digest).hex() == vector["event_id"]
    assert event_id(log_id, request_id, index).hex() == vector["event_id"]
    assert uuid5(log_id, f"{request_id}:{index}").hex == vector["event_id"]


# --- Receipts -------------------------------------------------------------------------------

NUMBERS = {"decisions": 8, "membership": 2, "benefits": 3}
NO_TOKEN = token_text(bytes(16))
"""A token stands in no commitment."""


def hkdf_sha256(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 with an empty salt and 32 bytes of output, from its two HMACs."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def framed(*pieces: bytes) -> bytes:
    return b"".join(struct.pack(">Q", len(piece)) + piece for piece in pieces)


def leb128(number: int) -> bytes:
    groups = [number >> shift & 127 for shift in range(0, max(1, number.bit_length()), 7)]
    return bytes([*(group | 128 for group in groups[:-1]), groups[-1]])


def siv(key: bytes, log_id: bytes, message: bytes, clear: bytes) -> tuple[bytes, bytes]:
    """Return the commitment over a message, and what is sealed under it."""
    commitment = hmac.digest(hkdf_sha256(key, b"husret receipt" + log_id), message, "sha256")
    mask = AES(hkdf_sha256(key, b"husret positions" + log_id))
    return commitment, Cipher(mask, CTR(commitment[:16])).encryptor().update(clear)


def frame_id_of(vector: dict[str, Any]) -> str:
    """Check that a frame is in canonical form, and return its event id."""
    frame = vector["frame"].encode()
    assert rfc8785.dumps(json.loads(frame)) == frame
    return uuid5(UUID(vector["log_id"]), f"frame:{hashlib.sha256(frame).hexdigest()}").hex


VARINTS = vectors("varint.json")


@pytest.mark.parametrize("vector", VARINTS["valid"], ids=lambda v: v["bytes"])
def test_a_number_has_the_described_bytes(vector: dict[str, Any]) -> None:
    data = bytes.fromhex(vector["bytes"])
    assert leb128(vector["number"]) == framing.varint(vector["number"]) == data
    assert framing.read_varint(b"\x07" + data + b"\x07", 1) == (vector["number"], len(data) + 1)


@pytest.mark.parametrize("vector", VARINTS["invalid"], ids=lambda v: v["why"] + v["bytes"])
def test_bytes_that_are_no_number_are_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(framing.MalformedNumberError):
        framing.read_varint(bytes.fromhex(vector["bytes"]), 0)


@given(st.integers(0, framing.LARGEST))
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    data = framing.varint(number)
    assert framing.read_varint(data, 0) == (number, len(data))


@pytest.mark.parametrize("vector", vectors("receipt.json"), ids=lambda v: v["receipt_hash"][:8])
def test_a_receipt_has_the_described_bytes(vector: dict[str, Any]) -> None:
    log_id, id = bytes.fromhex(vector["log_id"]), bytes.fromhex(vector["event_id"])
    frame = vector["frame"].encode()
    assert frame_id_of(vector) == vector["frame_id"]
    outcome = ["PERMITTED", "PROHIBITED", "DISCRETIONARY", "UNDETERMINED"].index(vector["outcome"])
    head = b"\x02" + bytes.fromhex(vector["frame_id"]) + leb128(vector["position"])
    head += bytes([outcome + 1]) + struct.pack(">H", vector["period"])
    head += leb128(len(vector["sections"]))
    assert head.hex() == vector["head"]
    payload = head
    for number, section in enumerate(vector["sections"], 1):
        clear = b""
        if section["asked"] is not None:
            asked_with = any(about for _, about in section["asked"])
            clear += leb128(2 * len(section["asked"]) + asked_with)
            for rule, about in section["asked"]:
                clear += leb128(rule)
                clear += leb128(len(about.encode())) + about.encode() if asked_with else b""
        for before, position in pairwise([0, *section["positions"]]):
            clear += leb128(position - before)
        assert clear.hex() == section["content"]
        coded = leb128(8 * section["subject"] + NUMBERS[section["class"]] - 1)
        findings = section["findings"].encode()
        assert rfc8785.dumps(json.loads(findings)) == findings
        pins = b"".join(bytes.fromhex(pin) for pin in section["pins"])
        message = framed(
            id,
            struct.pack(">H", number),
            frame,
            head,
            coded,
            clear,
            hashlib.sha256(findings).digest(),
            pins,
        )
        commitment, sealed = siv(bytes.fromhex(section["key"]), log_id, message, clear)
        assert commitment.hex() == section["commitment"]
        assert sealed.hex() == section["sealed"]
        payload += coded + commitment + leb128(len(sealed)) + sealed
    question = vector["question"].encode()
    key = bytes.fromhex(vector["sections"][0]["key"])
    message = framed(id, struct.pack(">H", 0), frame, head, question)
    commitment, sealed = siv(key, log_id, message, question)
    assert commitment.hex() == vector["question_commitment"]
    assert (payload + commitment + sealed).hex() == vector["payload"]
    hashed = b"\x02" + framed(frame, payload + commitment + sealed)
    assert hashlib.sha256(hashed).hexdigest() == vector["receipt_hash"]


@pytest.mark.parametrize("vector", vectors("receipt.json"), ids=lambda v: v["receipt_hash"][:8])
def test_a_receipt_is_packed_and_taken_apart_byte_for_byte(vector: dict[str, Any]) -> None:
    log_id, id = bytes.fromhex(vector["log_id"]), bytes.fromhex(vector["event_id"])
    payload = vector["frame"].encode()
    assert read_frame(payload).payload() == payload
    assert frame_id(UUID(bytes=log_id), payload).hex() == vector["frame_id"]
    outcome, listed = Outcome(vector["outcome"]), vector["sections"]
    named = bytes.fromhex(vector["frame_id"])
    head = receipt.head(named, vector["position"], outcome, vector["period"], len(listed))
    place = receipt.Place(id, payload, head)
    made = []
    for number, each in enumerate(listed, 1):
        asked = each["asked"] and tuple((rule, about) for rule, about in each["asked"])
        content = receipt.Content(asked, tuple(each["positions"]))
        subject, data_class = each["subject"], DataClass(each["class"])
        assert receipt.Content.decode(content.encode(), subject, data_class) == content
        section = receipt.Section(
            subject,
            data_class,
            content,
            each["findings"].encode(),
            b"".join(bytes.fromhex(pin) for pin in each["pins"]),
        )
        key = ClassKey(NO_TOKEN, vector["period"], bytes.fromhex(each["key"]))
        commitment = key.commitment(log_id, section.message(place, number, content.encode()))
        sealed = key.masked(log_id, commitment, content.encode())
        made.append(receipt.StoredSection(section.subject, section.data_class, commitment, sealed))
    key = ClassKey(NO_TOKEN, vector["period"], bytes.fromhex(listed[0]["key"]))
    question = vector["question"].encode()
    commitment = key.commitment(log_id, receipt.question_message(place, question))
    last = commitment + key.masked(log_id, commitment, question)
    data = receipt.pack(head, made, last)
    assert data.hex() == vector["payload"]
    assert receipt.receipt_hash(payload, data).hex() == vector["receipt_hash"]

    packed = receipt.unpack(data)
    assert packed == receipt.Packed(
        data, head, named, vector["position"], outcome, vector["period"], tuple(made), last
    )


def test_no_shortened_receipt_or_page_is_taken_apart_as_it_was() -> None:
    [of_receipt], [of_page] = vectors("receipt.json"), vectors("page.json")
    data = bytes.fromhex(of_receipt["payload"])
    for other in (data[:size] for size in range(len(data) - 60)):
        with pytest.raises(receipt.MalformedReceiptError):
            receipt.unpack(other)
    data = bytes.fromhex(of_page["payload"])
    for other in (*(data[:size] for size in range(len(data))), data + b"\x00"):
        with pytest.raises(receipt.MalformedReceiptError):
            screening.unpack(other)


def content_of_benefits(data: bytes) -> receipt.Content:
    return receipt.Content.decode(data, 1, DataClass.BENEFITS)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_are_a_receipt_a_page_a_section_and_a_frame_or_refused(
    data: bytes, at: int
) -> None:
    [of_receipt], [of_page] = vectors("receipt.json"), vectors("page.json")
    for read, whole in (
        (receipt.unpack, bytes.fromhex(of_receipt["payload"])),
        (screening.unpack, bytes.fromhex(of_page["payload"])),
        (content_of_benefits, bytes.fromhex(of_receipt["sections"][2]["content"])),
        (read_frame, of_receipt["frame"].encode()),
    ):
        for other in (data, whole[:at] + data, whole[:at] + data + whole[at + len(data) :]):
            with contextlib.suppress(receipt.MalformedReceiptError, MalformedFrameError):
                read(other)


@pytest.mark.parametrize("vector", vectors("page.json"), ids=lambda v: v["page_hash"][:8])
def test_a_page_has_the_described_bytes(vector: dict[str, Any]) -> None:
    log_id, id = bytes.fromhex(vector["log_id"]), bytes.fromhex(vector["event_id"])
    frame = vector["frame"].encode()
    assert frame_id_of(vector) == vector["frame_id"]
    head = b"\x02" + bytes.fromhex(vector["frame_id"]) + leb128(vector["position"])
    head += struct.pack(">H", vector["period"]) + leb128(vector["number"])
    head += leb128(len(vector["entries"]))
    assert head.hex() == vector["head"]
    payload = head
    for number, entry in enumerate(vector["entries"], 1):
        met = entry["met"]
        clear = bytes([["PERMITTED", "PROHIBITED"].index(entry["outcome"]) + 1])
        clear += leb128(len(met)) + b"".join(map(leb128, met))
        assert clear.hex() == entry["content"]
        own = [bytes.fromhex(pin) for pin in entry["household_pins"]]
        read = b"\x03" + struct.pack(">I", len(own)) + b"".join(own)
        for each in entry["read"]:
            read += leb128(each["subject"]) + bytes([NUMBERS[each["class"]]])
            if each["pins"] is None:
                read += b"\xff\xff\xff\xff"
            else:
                pins = [bytes.fromhex(pin) for pin in each["pins"]]
                read += struct.pack(">I", len(pins)) + b"".join(pins)
        digest = hashlib.sha256(read).digest()
        assert digest.hex() == entry["digest"]
        message = framed(id, struct.pack(">H", number), frame, head, clear, digest)
        commitment, sealed = siv(bytes.fromhex(entry["key"]), log_id, message, clear)
        assert (commitment.hex(), sealed.hex()) == (entry["commitment"], entry["sealed"])
        payload += commitment + leb128(len(sealed)) + sealed
    assert payload.hex() == vector["payload"]
    hashed = hashlib.sha256(b"\x04" + framed(frame, payload)).hexdigest()
    assert hashed == vector["page_hash"]


@pytest.mark.parametrize("vector", vectors("page.json"), ids=lambda v: v["page_hash"][:8])
def test_a_page_is_packed_and_taken_apart_byte_for_byte(vector: dict[str, Any]) -> None:
    log_id, id = bytes.fromhex(vector["log_id"]), bytes.fromhex(vector["event_id"])
    frame, listed = vector["frame"].encode(), vector["entries"]
    named = bytes.fromhex(vector["frame_id"])
    assert read_frame(frame).payload() == frame
    head = screening.head(
        named, vector["position"], vector["period"], vector["number"], len(listed)
    )
    place = receipt.Place(id, frame, head)
    rules = list(CURRENT.rule_numbers)
    made = []
    for number, each in enumerate(listed, 1):
        entry = screening.Entry(
            Outcome(each["outcome"]), tuple(rules[number] for number in each["met"])
        )
        clear = screening.encode_entry(entry, CURRENT)
        assert screening.decode_entry(clear, CURRENT) == entry
        key = ClassKey(NO_TOKEN, vector["period"], bytes.fromhex(each["key"]))
        message = screening.message(place, number, clear, bytes.fromhex(each["digest"]))
        commitment = key.commitment(log_id, message)
        made.append(screening.StoredEntry(commitment, key.masked(log_id, commitment, clear)))
    data = screening.pack(head, made)
    assert data.hex() == vector["payload"]
    assert screening.page_hash(frame, data).hex() == vector["page_hash"]
    assert screening.unpack(data) == screening.StoredPage(
        data,
        head,
        named,
        vector["position"],
        vector["period"],
        vector["number"],
        tuple(made),
    )


def test_the_digest_of_what_was_read_has_the_described_bytes() -> None:
    """What a page's entry covers is each class that was read, in order, and what was erased."""
    [vector] = vectors("page.json")
    for entry in vector["entries"]:
        own = [bytes.fromhex(pin) for pin in entry["household_pins"]]
        places = [(position, pin) for position, pin in enumerate(own, 1)]
        read = FactsRead()
        persons = {1: UUID(int=1), 2: UUID(int=2)}
        of_household, *of_persons = entry["read"]
        attested = tuple(standing(pin) for pin in of_household["pins"])
        read.note(Need(DataClass.MEMBERSHIP), Membership((), attested))
        read.note(
            Need(DataClass.BENEFITS, tuple(persons.values())),
            {
                persons[each["subject"]]: None
                if each["pins"] is None
                else [standing(pin) for pin in each["pins"]]
                for each in of_persons
            },
        )
        decision = Decision(
            question=ReferralQuestion(
                household=UUID(int=3), day=date(2024, 9, 2), dwelling="D1", basis=Basis.STK_1
            ),
            position=9,
            edition=CURRENT.id,
            area=None,
            outcome=Outcome.PERMITTED,
            examined=(),
            reference=tuple(Recorded(p, UUID(int=p), pin, None) for p, pin in places),
        )
        assert screening.digest(decision, read).hex() == entry["digest"]


def standing(pin: str) -> Recorded[Any]:
    return Recorded(1, UUID(int=1), bytes.fromhex(pin), None)


def test_every_class_and_status_has_a_number_of_its_own() -> None:
    assert set(receipt.CLASS_NUMBERS) == set(DataClass)
    assert set(receipt.OUTCOME_NUMBERS) == set(Outcome)
    for numbers in (receipt.CLASS_NUMBERS, receipt.STATUS_NUMBERS, receipt.OUTCOME_NUMBERS):
        assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


# --- Editions of the law --------------------------------------------------------------------


def described(edition: Edition) -> dict[str, Any]:
    """Return what an edition's id is the hash of, as docs/formats.md says."""
    return {
        "first_day": edition.first_day.isoformat(),
        "reviewed_through": edition.reviewed_through.isoformat(),
        "not_covered": dict(edition.not_covered),
        "points": sorted(
            [p.id, list(p.readings), p.default or ""] for p in edition.points.values()
        ),
        "rules": sorted(
            [rule.id, hashlib.sha256(rfc8785.dumps(_declared(rule))).hexdigest()]
            for rule in edition.rules.values()
        ),
        "semantics": edition.semantics,
        "steps": sorted(
            [kind, step.revision, step.first_day and step.first_day.isoformat()]
            for kind, step in edition.steps.items()
        ),
        "texts": hashlib.sha256(rfc8785.dumps(_plain(edition.texts.described()))).hexdigest(),
    }


def _declared(rule: Rule) -> Any:
    declared = {name: getattr(rule, name) for name in DECLARED}
    limbs = [data_class for data_class, _ in rule.limbs]
    return _plain({**declared, "act": str(rule.act), "limbs": limbs})


def _plain(value: Any) -> Any:
    return json.loads(canonical.encode(value))


DECLARED = (
    "act",
    "also_reads",
    "areas",
    "asked_with_more",
    "confidence",
    "data_class",
    "defeated_by",
    "effect",
    "first_day",
    "id",
    "last_day",
    "parameters",
    "points",
    "printed",
    "question",
    "revision",
    "section",
    "signed",
    "start_verified",
    "whose",
)
"""What is declared of a rule beside its functions and the classes of its limbs."""


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS.keys())
def test_the_id_of_an_edition_is_the_hash_of_all_that_it_holds(edition: Edition) -> None:
    assert hashlib.sha256(rfc8785.dumps(described(edition))).hexdigest() == edition.id
    assert CURRENT.id in EDITIONS


@pytest.mark.parametrize("vector", vectors("edition.json"), ids=lambda v: v["id"][:8])
def test_a_made_up_edition_has_the_described_id(vector: dict[str, Any]) -> None:
    content = json.loads(vector["described"])
    made_up = CURRENT.rules["REF-UDS-N1"]
    edition = replace(
        CURRENT,
        rules={
            declared["id"]: msgspec.convert(
                {**declared, "evaluate": made_up.evaluate, "limbs": ()}, Rule
            )
            for declared in vector["rules"]
        },
        open_points={
            id: OpenPoint(id, tuple(readings), default or None)
            for id, readings, default in content["points"]
        },
        steps={
            kind: replace(CURRENT.steps[kind], revision=revision, first_day=day and _day(day))
            for kind, revision, day in content["steps"]
        },
        texts=cast(Texts, SimpleNamespace(described=lambda: vector["texts"])),
        first_day=_day(content["first_day"]),
        reviewed_through=_day(content["reviewed_through"]),
        semantics=content["semantics"],
        not_covered=content["not_covered"],
    )
    assert hashlib.sha256(vector["described"].encode()).hexdigest() == vector["id"]
    assert edition.id == vector["id"]


def _day(text: str) -> date:
    return date.fromisoformat(text)


# --- The document ---------------------------------------------------------------------------


def test_the_tables_of_fields_are_current() -> None:
    document = formats.DOCUMENT.read_text("utf-8")
    assert formats.with_tables(document) == document, "run `python -m tools.formats`"


def test_the_document_names_every_file_of_vectors_and_every_event_type() -> None:
    document = formats.DOCUMENT.read_text("utf-8")
    for file in FORMATS.iterdir():
        assert f"tests/formats/{file.name}" in document
    for each in EVENT_TYPES:
        assert f"`{each.name}`" in document
    questions = formats.DOCUMENT.with_name("questions.md").read_text("utf-8")
    for name in RECEIPT_TYPES:
        assert f"`{name}`" in questions
