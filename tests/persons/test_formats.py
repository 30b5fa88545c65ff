"""The byte-exact formats, computed here from their description and not by the code under test."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from husret_verify.event import event_id
from services.persons import access_chain
from services.persons.sealing import Binding, ClassKey, period_of
from services.persons.tokens import InvalidToken, token_bytes, token_text

FORMATS = Path(__file__).parent.parent / "formats"
SEALED = json.loads((FORMATS / "sealed_payload.json").read_text("utf-8"))
TOKENS = json.loads((FORMATS / "token.json").read_text("utf-8"))
STATEMENTS = json.loads((FORMATS / "statement_id.json").read_text("utf-8"))
ACCESSES = json.loads((FORMATS / "access_chain.json").read_text("utf-8"))
FINGERPRINTS = json.loads((FORMATS / "fingerprint.json").read_text("utf-8"))


def hkdf_sha256(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 with an empty salt and 32 bytes of output, from its two HMACs."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def key_of(vector: dict[str, Any], token: bytes, period: int) -> ClassKey:
    subject = bytes.fromhex(vector.get("subject", bytes(16).hex()))
    return ClassKey(token_text(token), period, bytes.fromhex(vector["key"]), subject)


@pytest.mark.parametrize("vector", TOKENS["valid"])
def test_a_token_has_one_text(vector: dict[str, str]) -> None:
    assert token_text(bytes.fromhex(vector["bytes"])) == vector["text"]
    assert token_bytes(vector["text"]) == bytes.fromhex(vector["bytes"])


@pytest.mark.parametrize("text", TOKENS["invalid"])
def test_any_other_text_is_no_token_and_is_not_repeated(text: str) -> None:
    with pytest.raises(InvalidToken) as refused:
        token_bytes(text)
    assert text == "" or text not in str(refused.value)


@pytest.mark.parametrize("vector", SEALED)
def test_a_sealed_payload_has_the_described_bytes(vector: dict[str, Any]) -> None:
    token, log_id, event_id, nonce = (
        bytes.fromhex(vector[name]) for name in ("token", "log_id", "event_id", "nonce")
    )
    event_type = vector["event_type"].encode()
    header = b"\x02" + vector["period"].to_bytes(2, "big")
    associated = (
        log_id
        + event_id
        + len(event_type).to_bytes(2, "big")
        + event_type
        + vector["schema_version"].to_bytes(4, "big")
        + token
        + bytes.fromhex(vector["subject"])
        + vector["section"].to_bytes(2, "big")
        + header
    )
    plaintext = vector["plaintext"].encode()
    ciphertext = AESGCM(bytes.fromhex(vector["key"])).encrypt(nonce, plaintext, associated)
    assert associated.hex() == vector["associated_data"]
    assert (header + nonce + ciphertext).hex() == vector["payload"]

    place = Binding(
        log_id, event_id, vector["event_type"], vector["schema_version"], vector["section"]
    )
    key = key_of(vector, token, vector["period"])
    payload = bytes.fromhex(vector["payload"])
    assert key.seal(place, plaintext, random=lambda _: nonce) == payload
    assert key.unseal(place, payload) == plaintext
    assert period_of(payload) == vector["period"]


def sha256_framed(*pieces: bytes) -> str:
    framed = b"".join(len(piece).to_bytes(8, "big") + piece for piece in pieces)
    return hashlib.sha256(framed).hexdigest()


@pytest.mark.parametrize("vector", ACCESSES)
def test_an_access_hangs_on_the_one_before(vector: dict[str, Any]) -> None:
    before, salt = bytes.fromhex(vector["before"]), bytes.fromhex(vector["salt"])
    tokens = [bytes.fromhex(token) for token in vector["tokens"]]
    request_id, classes = vector["request_id"], vector["classes"]
    count = len(classes).to_bytes(4, "big")
    assert sha256_framed(salt, count, *tokens, request_id.encode()) == vector["covered"]
    said = [vector[name] for name in ("actor", "purpose", "legal_basis")]
    committed = bytes.fromhex(vector["covered"])
    assert vector["chain"] == sha256_framed(
        before,
        vector["number"].to_bytes(8, "big"),
        vector["at"].to_bytes(8, "big", signed=True),
        *(text.encode() for text in said),
        count,
        *(data_class.encode() for data_class in classes),
        committed,
    )
    assert access_chain.covered(salt, tokens, request_id) == committed
    actor, purpose, legal_basis = said
    chain = access_chain.link(
        before, vector["number"], vector["at"], actor, purpose, legal_basis, classes, committed
    )
    assert chain.hex() == vector["chain"]


def test_the_vectors_of_accesses_are_a_chain() -> None:
    assert [a["before"] for a in ACCESSES[1:]] == [a["chain"] for a in ACCESSES[:-1]]
    assert ACCESSES[0]["before"] == access_chain.START.hex()


@pytest.mark.parametrize("vector", FINGERPRINTS)
def test_a_fingerprint_has_the_described_bytes(vector: dict[str, Any]) -> None:
    log_id, request = bytes.fromhex(vector["log_id"]), vector["request"].encode()
    derived = hkdf_sha256(bytes.fromhex(vector["key"]), b"husret fingerprint" + log_id)
    assert derived.hex() == vector["fingerprint_key"]
    assert hmac.digest(derived, request, "sha256").hex() == vector["fingerprint"]

    # The token, the period and the subject are no part of a fingerprint: any will do.
    assert (
        key_of(vector, bytes(16), 2000).fingerprint(log_id, request).hex()
        == (vector["fingerprint"])
    )


@pytest.mark.parametrize("vector", STATEMENTS)
def test_the_id_of_what_a_file_states_is_keyed_unless_it_is_open(vector: dict[str, Any]) -> None:
    log_id, statement = bytes.fromhex(vector["log_id"]), vector["statement"].encode()
    derived = b""
    if vector["key"]:
        derived = hkdf_sha256(bytes.fromhex(vector["key"]), b"husret statement" + log_id)
        keyed = hmac.digest(derived, statement, "sha256")[:16]
        key = key_of(vector, bytes(16), 2000)
        assert key.statement_id(log_id, statement) == keyed
    stands_for = keyed if vector["key"] else hashlib.sha256(statement).digest()[:16]
    assert derived.hex() == vector["statement_key"]
    assert stands_for.hex() == vector["statement_id"]
    made = event_id(UUID(bytes=log_id), UUID(bytes=stands_for), 0)
    assert made.hex() == vector["event_id"]
