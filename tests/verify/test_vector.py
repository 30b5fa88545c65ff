"""The bundle of `tests/formats/proof.json`, verified from docs/formats.md and the RFC alone."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from husret_verify import bundle as bundles
from husret_verify.note import VerifierKey
from husret_verify.verifying import verify
from tests.support import ROOT
from tests.verify.made import made

VECTOR = json.loads((ROOT / "tests" / "formats" / "proof.json").read_text("utf-8"))
BUNDLE: dict[str, Any] = VECTOR["bundle"]


def framed(*pieces: bytes) -> bytes:
    return b"".join(len(each).to_bytes(8, "big") + each for each in pieces)


def leaf(event: dict[str, Any]) -> bytes:
    columns = (
        event["position"].to_bytes(8, "big"),
        UUID(event["event_id"]).bytes,
        event["recorded_at"].to_bytes(8, "big"),
        event["type"].encode(),
        *(
            event[name].to_bytes(4, "big")
            for name in ("schema_version", "batch_index", "batch_size")
        ),
        len(event["tags"]).to_bytes(4, "big"),
        *(tag.encode() for tag in event["tags"]),
        base64.b64decode(event["data"]),
        event["metadata"].encode(),
        base64.b64decode(event["fingerprint"]),
    )
    return sha256(b"\x00" + framed(*columns)).digest()


def root(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The recursion of RFC 9162, section 2.1.3.1, backwards."""
    if size == 1:
        assert not path
        return leaf
    k = 1 << ((size - 1).bit_length() - 1)
    if index < k:
        left, right = root(leaf, index, k, path[:-1]), path[-1]
    else:
        left, right = path[-1], root(leaf, index - k, size - k, path[:-1])
    return sha256(b"\x01" + left + right).digest()


def test_the_events_lead_to_the_root_that_the_log_signed() -> None:
    text, _, lines = BUNDLE["checkpoint"].rpartition("\n\n")
    origin, size, encoded = text.split("\n")
    signature = base64.b64decode(lines.split("\n")[-2].split(" ")[2])
    name, key_id, key = VECTOR["vkey"].split("+", 2)
    assert name == origin
    assert signature[:4].hex() == key_id
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key)[1:])
    public.verify(signature[4:], f"{text}\n".encode())
    for which in ("receipt", "frame"):
        event = BUNDLE[which]["event"]
        hashes = [base64.b64decode(each) for each in BUNDLE[which]["path"]]
        assert leaf(event).hex() == VECTOR[f"{which}_leaf"]
        found = root(leaf(event), event["position"] - 1, int(size), hashes)
        assert found == base64.b64decode(encoded)


def test_the_hash_and_the_id_of_the_frame_follow_from_the_payloads() -> None:
    frame, answer = (base64.b64decode(BUNDLE[n]["event"]["data"]) for n in ("frame", "receipt"))
    assert sha256(b"\x02" + framed(frame, answer)).hexdigest() == VECTOR["hash"]
    id = uuid5(UUID(json.loads(frame)["log"]), f"frame:{sha256(frame).hexdigest()}")
    assert str(id) == BUNDLE["frame"]["event"]["event_id"]
    assert answer[1:17] == id.bytes


def test_the_verifier_says_the_same_of_it() -> None:
    text = json.dumps(BUNDLE).encode()
    proved = verify(
        bundles.read(text),
        VerifierKey.parse(VECTOR["vkey"]),
        [VerifierKey.parse(VECTOR["witness"])],
        given_hash=bytes.fromhex(VECTOR["hash"]),
    )
    assert [size for size, _ in proved.joined] == [37]


def test_it_is_the_one_that_the_tests_make() -> None:
    assert json.loads(bundles.write(made().bundle)) == BUNDLE
