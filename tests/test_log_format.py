"""An event's hashes, and the log's head row, key and checkpoint, as docs/formats.md has them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

from husret_verify.event import leaf_hash
from husret_verify.note import sign
from services import files
from services.instance import signing
from services.instance.signing import vouch_of
from services.log.event import content_fingerprint
from services.log.sqlite_query import tag_number

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "formats" / "leaf_hash.json").read_text()
)


def framed(*columns: bytes) -> bytes:
    """Frame the columns with struct, apart from the code under test."""
    return b"".join(struct.pack(">Q", len(column)) + column for column in columns)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_leaf_hash_is_the_one_that_was_fixed(vector: dict[str, Any]) -> None:
    tags = [tag.encode() for tag in vector["tags"]]
    data, metadata = bytes.fromhex(vector["data"]), vector["metadata"].encode()
    columns = framed(
        struct.pack(">Q", vector["position"]),
        bytes.fromhex(vector["event_id"]),
        struct.pack(">Q", vector["recorded_at"]),
        vector["type"].encode(),
        struct.pack(">I", vector["schema_version"]),
        struct.pack(">I", vector["batch_index"]),
        struct.pack(">I", vector["batch_size"]),
        struct.pack(">I", len(tags)),
        *tags,
        data,
        metadata,
        bytes.fromhex(vector["fingerprint"]),
    )
    assert hashlib.sha256(b"\x00" + columns).hexdigest() == vector["leaf_hash"]
    ours = leaf_hash(
        vector["position"],
        bytes.fromhex(vector["event_id"]),
        vector["recorded_at"],
        vector["type"],
        vector["schema_version"],
        vector["batch_index"],
        vector["batch_size"],
        vector["tags"],
        data,
        metadata,
        bytes.fromhex(vector["fingerprint"]),
    )
    assert ours.hex() == vector["leaf_hash"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_fingerprint_is_the_one_that_was_fixed(vector: dict[str, Any]) -> None:
    tags = [tag.encode() for tag in vector["tags"]]
    data, metadata = bytes.fromhex(vector["data"]), vector["metadata"].encode()
    content = framed(
        vector["type"].encode(),
        struct.pack(">I", vector["schema_version"]),
        struct.pack(">I", len(tags)),
        *tags,
        data,
        metadata,
    )
    assert hashlib.sha256(content).hexdigest() == vector["fingerprint"]
    ours = content_fingerprint(
        vector["type"], vector["schema_version"], vector["tags"], data, metadata
    )
    assert ours.hex() == vector["fingerprint"]


def test_no_column_can_be_moved_into_another() -> None:
    hashes = {
        leaf_hash(1, bytes(16), 2, type, 1, 0, 1, tags, data, metadata, bytes(32))
        for type, tags, data, metadata in [
            ("ab", ["c"], b"d", b"e"),
            ("a", ["bc"], b"d", b"e"),
            ("ab", ["c", "d"], b"", b"e"),
            ("ab", [], b"cd", b"e"),
            ("ab", ["c"], b"", b"de"),
            ("ab", ["c", ""], b"d", b"e"),
        ]
    }
    assert len(hashes) == 6


LOG: dict[str, Any] = json.loads((Path(__file__).parent / "formats" / "log.json").read_text())


def derived(master_key: str, info: bytes) -> bytes:
    """HKDF-SHA-256 without salt for 32 bytes (RFC 5869), apart from the code under test."""
    extracted = hmac.digest(bytes(32), bytes.fromhex(master_key), hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)


@pytest.mark.parametrize("vector", LOG["head"], ids=lambda vector: str(vector["size"]))
def test_the_code_of_a_head_row_is_the_one_that_was_fixed(vector: dict[str, Any]) -> None:
    size, root = vector["size"], bytes.fromhex(vector["root"])
    key = derived(vector["master_key"], b"husret head")
    assert hmac.digest(key, struct.pack(">Q", size) + root, "sha256").hex() == vector["mac"]
    assert vouch_of(bytes.fromhex(vector["master_key"])).head(size, root).hex() == vector["mac"]


@pytest.mark.parametrize("vector", LOG["open_fingerprint"], ids=lambda vector: vector["plain"][:8])
def test_the_fingerprint_of_open_content_is_keyed_as_it_was_fixed(vector: dict[str, Any]) -> None:
    plain = bytes.fromhex(vector["plain"])
    key = derived(vector["master_key"], b"husret open fingerprint")
    assert hmac.digest(key, plain, "sha256").hex() == vector["fingerprint"]
    made = vouch_of(bytes.fromhex(vector["master_key"])).fingerprint(plain)
    assert made.hex() == vector["fingerprint"]


def test_the_signing_key_and_its_checkpoint_are_those_that_were_fixed(tmp_path: Path) -> None:
    vector, checkpoint = LOG["signing_key"], LOG["checkpoint"]
    wrapping = derived(vector["master_key"], b"husret signing")
    assert aes_key_unwrap(wrapping, base64.b64decode(vector["file"])).hex() == vector["seed"]
    file = tmp_path / signing.FILE
    files.write_secret(file, vector["file"])
    private = signing.load(file, bytes.fromhex(vector["master_key"]))
    signer = signing.Signer(private, UUID(vector["log_id"]))
    assert str(signer.vkey) == vector["vkey"]
    root = base64.b64encode(bytes.fromhex(checkpoint["root"])).decode()
    text = f"husret/{vector['log_id']}\n{checkpoint['size']}\n{root}\n"
    note: str = checkpoint["note"]
    assert note.startswith(f"{text}\n— husret/{vector['log_id']} ")
    signature = base64.b64decode(note.rsplit(" ", 1)[1])
    private.public_key().verify(signature[4:], text.encode())
    assert sign(text, signer.origin, signer.private) == note


@pytest.mark.parametrize("vector", LOG["tag_number"], ids=lambda vector: str(vector["tag"]))
def test_the_number_of_a_tag_is_the_one_that_was_fixed(vector: dict[str, Any]) -> None:
    [number] = struct.unpack(">q", hashlib.sha256(vector["tag"].encode()).digest()[:8])
    assert number == tag_number(vector["tag"]) == vector["number"]
