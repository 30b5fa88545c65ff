"""The leaf hash and the fingerprint of an event, as docs/formats.md fixes them."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import pytest

from husret_verify.event import leaf_hash
from services.log.event import content_fingerprint

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
