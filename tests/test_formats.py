"""The formats of docs/formats.md, computed here from their description and held to the code."""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid5

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from domain import canonical, facts, receipt
from domain.data_classes import DataClass
from domain.events import EVENT_TYPES, encode_fact
from domain.law.edition import Edition
from domain.law.editions import CURRENT, EDITIONS
from domain.law.kernel import OpenPoint, Rule
from domain.law.texts.kinds import Texts
from domain.questions import RECEIPT_TYPES
from services.log.event import event_id, metadata
from services.persons.sealing import Binding, ClassKey, commitment
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


def hkdf_sha256(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 with an empty salt and 32 bytes of output, from its two HMACs."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def fixed(nonce: str) -> Callable[[int], bytes]:
    return lambda _: bytes.fromhex(nonce)


@pytest.mark.parametrize("vector", vectors("receipt.json"), ids=lambda v: v["receipt_hash"][:8])
def test_a_receipt_has_the_described_bytes(vector: dict[str, Any]) -> None:
    log_id, id = bytes.fromhex(vector["log_id"]), bytes.fromhex(vector["event_id"])
    statement = vector["statement"].encode()
    table, tail = b"", b""
    for number, section in enumerate(vector["sections"], 1):
        key, nonce = bytes.fromhex(section["key"]), bytes.fromhex(section["nonce"])
        content = section["content"].encode()
        assert rfc8785.dumps(json.loads(content)) == content
        salt = hkdf_sha256(key, b"husret salt" + log_id + id + struct.pack(">H", number))
        assert salt.hex() == section["salt"]
        covered = struct.pack(">I", len(statement)) + statement
        covered += struct.pack(">I", len(content)) + content
        covered += b"".join(bytes.fromhex(pin) for pin in section["pins"])
        committed = hashlib.sha256(b"\x03" + salt + covered).digest()
        assert committed.hex() == section["commitment"]
        head = b"\x02" + struct.pack(">H", section["period"])
        name = b"decision.referral"
        associated = log_id + id + struct.pack(">H", len(name)) + name + struct.pack(">I", 1)
        associated += bytes.fromhex(section["token"] + section["subject_id"])
        associated += struct.pack(">H", number) + head
        payload = head + nonce + AESGCM(key).encrypt(nonce, content, associated)
        assert payload.hex() == section["payload"]
        table += bytes([section["subject"], NUMBERS[section["class"]]]) + committed
        tail += struct.pack(">I", len(payload)) + payload
    open_part = b"\x01" + struct.pack(">I", len(statement)) + statement
    open_part += struct.pack(">H", len(vector["sections"])) + table
    assert open_part.hex() == vector["open_part"]
    assert (open_part + tail).hex() == vector["payload"]
    assert hashlib.sha256(b"\x02" + open_part).hexdigest() == vector["receipt_hash"]


@pytest.mark.parametrize("vector", vectors("receipt.json"), ids=lambda v: v["receipt_hash"][:8])
def test_a_receipt_is_packed_and_taken_apart_byte_for_byte(vector: dict[str, Any]) -> None:
    log_id, id = bytes.fromhex(vector["log_id"]), bytes.fromhex(vector["event_id"])
    statement = vector["statement"].encode()
    listed, commitments, sealed = [], [], []
    for number, each in enumerate(vector["sections"], 1):
        section = receipt.Section(
            each["subject"],
            DataClass(each["class"]),
            each["content"].encode(),
            b"".join(bytes.fromhex(pin) for pin in each["pins"]),
        )
        token = token_text(bytes.fromhex(each["token"]))
        subject = bytes.fromhex(each["subject_id"])
        key = ClassKey(token, each["period"], bytes.fromhex(each["key"]), subject)
        salt = key.salt(log_id, id, number)
        listed.append(section)
        commitments.append(commitment(salt, section.committed(statement)))
        place = Binding(log_id, id, "decision.referral", 1, number)
        sealed.append(key.seal(place, section.content, random=fixed(each["nonce"])))
    open_part = receipt.open_part(statement, listed, commitments)
    data = receipt.pack(open_part, sealed)
    assert data.hex() == vector["payload"]
    assert receipt.receipt_hash(open_part).hex() == vector["receipt_hash"]

    packed = receipt.unpack(data)
    assert packed.open_part == open_part
    assert packed.statement == statement
    assert [(s.subject, s.data_class) for s in packed.sections] == [
        (s.subject, s.data_class) for s in listed
    ]
    assert [s.commitment for s in packed.sections] == commitments
    assert [s.payload for s in packed.sections] == sealed


def test_no_shortened_or_lengthened_receipt_is_taken_apart() -> None:
    [vector] = vectors("receipt.json")
    data = bytes.fromhex(vector["payload"])
    for other in (*(data[:size] for size in range(0, len(data), 7)), data + b"\x00"):
        with pytest.raises(receipt.MalformedReceiptError):
            receipt.unpack(other)


def test_every_class_and_status_has_a_number_of_its_own() -> None:
    assert set(receipt.CLASS_NUMBERS) == set(DataClass)
    for numbers in (receipt.CLASS_NUMBERS, receipt.STATUS_NUMBERS):
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
