"""A made-up log in memory, and bundles from it: built of pure functions, without a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from husret_verify import json_text, merkle, note, receipt
from husret_verify.bundle import Bundle, Consistency, Proved
from husret_verify.checkpoint import Checkpoint
from husret_verify.event import Row
from husret_verify.merkle import Frontier, Node
from husret_verify.note import COSIGNATURE, Signature, VerifierKey
from husret_verify.receipt import varint

LOG_ID = UUID("6f22d88b-f1e7-4867-b7ea-1fef9ae25160")
OTHER_LOG_ID = UUID("0b1f6a55-1c0d-4d0a-9a53-6c0f2f1f7a10")
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
WITNESS_KEY = note.verifier_key("witness.example/1", WITNESS, COSIGNATURE)
LAW = sha256(b"edition").hexdigest()
FRAME = {
    "area": "9999-kastanjeparken",
    "chosen": [["AMB-WINDOW", "b"]],
    "day": "2024-09-02",
    "kind": "referral",
    "law": LAW,
    "log": str(LOG_ID),
}
QUESTION = sha256(b"what was asked").digest() + b"sealed question"
METADATA = b'{"actor":"clerk-7","purpose":"referral"}'


def section(subject: int, number: int, positions: bytes) -> bytes:
    commitment = sha256(bytes((subject, number)) + positions).digest()
    return varint(subject * 8 + number - 1) + commitment + varint(len(positions)) + positions


def receipt_payload(frame_id: bytes, known_at: int, **other: Any) -> bytes:
    """A receipt of a household of two: decisions and membership, and one's benefits."""
    sections: list[bytes] = other.get(
        "sections", [section(0, 8, b"\x11"), section(0, 2, b"\x12\x13"), section(1, 3, b"")]
    )
    head = bytes((2,)) + frame_id + varint(known_at) + bytes((other.get("outcome", 2),))
    question: bytes = other.get("question", QUESTION)
    return b"".join((head, b"\x07\xe8", varint(len(sections)), *sections, question))


def page_payload(frame_id: bytes, known_at: int, number: int = 0, entries: int = 3) -> bytes:
    each = [sha256(bytes((index,))).digest() + varint(4) + b"seal" for index in range(entries)]
    head = bytes((2,)) + frame_id + varint(known_at) + b"\x07\xe8" + varint(number)
    return b"".join((head, varint(entries), *each))


def row(
    position: int,
    type: str,
    data: bytes,
    event_id: bytes | None = None,
    tags: tuple[str, ...] = (),
    metadata: bytes = b"{}",
) -> Row:
    return Row(
        position=position,
        event_id=event_id or sha256(position.to_bytes(8, "big")).digest()[:16],
        recorded_at=1_769_342_400_000_000 + position,
        type=type,
        schema_version=1,
        batch_index=0,
        batch_size=1,
        tags=tags,
        data=data,
        metadata=metadata,
        fingerprint=sha256(data).digest(),
    )


@dataclass
class Log:
    """A log with a signing key; `seed` tells it from another of the same id."""

    id: UUID = LOG_ID
    seed: int = 0
    rows: list[Row] = field(default_factory=list)
    nodes: dict[Node, bytes] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)

    @property
    def origin(self) -> str:
        return f"husret/{self.id}"

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha256(bytes((self.seed,))).digest())

    @property
    def key(self) -> VerifierKey:
        return note.verifier_key(self.origin, self.private)

    def append(self, type: str = "area.registered", data: bytes = b"{}", **columns: Any) -> Row:
        made = row(len(self.rows) + 1, type, data, **columns)
        self.rows.append(made)
        leaf = made.leaf_hash()
        self.nodes[Node(0, made.position - 1)] = leaf
        self.nodes.update(self.frontier.append(leaf))
        return made

    def fill(self, count: int) -> None:
        for _ in range(count):
            self.append()

    def state(self, payload: bytes) -> Row:
        return self.append(receipt.FRAME_TYPE, payload, event_id=receipt.frame_id(self.id, payload))

    def frame(self, **changed: Any) -> Row:
        said = {**FRAME, "log": str(self.id), **changed}
        return self.state(json_text.encode({k: v for k, v in said.items() if v is not ...}))

    def answer(self, frame: Row, type: str = "decision.referral", **other: Any) -> Row:
        payload = receipt_payload(frame.event_id, len(self.rows), **other)
        return self.append(type, payload, tags=("t:0093", "t:7ae3"), metadata=METADATA)

    def page(self, frame: Row) -> Row:
        payload = page_payload(frame.event_id, len(self.rows))
        return self.append("screening.referral", payload, tags=("t:0093",), metadata=METADATA)

    def head(self, size: int) -> Checkpoint:
        spans = merkle.frontier_nodes(size)
        return Checkpoint(self.origin, size, merkle.fold([self.nodes[each] for each in spans]))

    def checkpoint(self, size: int, *others: Signature) -> str:
        return note.sign(self.head(size).text(), self.origin, self.private, others)

    def cosignature(self, size: int, time: int = 1_769_342_500) -> Signature:
        signed = WITNESS.sign(note.cosigned(self.head(size).text(), time))
        return Signature(WITNESS_KEY.name, WITNESS_KEY.id, time.to_bytes(8, "big") + signed)

    def proved(self, row: Row, size: int) -> Proved:
        spans = merkle.inclusion_spans(row.position - 1, size)
        return Proved(row, tuple(merkle.proof(spans, self.nodes.__getitem__)))

    def consistency(self, first: int, second: int) -> tuple[bytes, ...]:
        spans = merkle.consistency_spans(first, second)
        return tuple(merkle.proof(spans, self.nodes.__getitem__))

    def bundle(self, answer: Row, frame: Row, size: int, other: int | None = None) -> Bundle:
        """The bundle at `size`, witnessed; with a proof to or from the tree of `other` leaves."""
        joined = None
        if other is not None:
            path = self.consistency(*sorted((size, other)))
            joined = Consistency(self.checkpoint(other), path)
        return Bundle(
            size,
            self.proved(answer, size),
            self.proved(frame, size),
            self.checkpoint(size, self.cosignature(size)),
            joined,
        )


@dataclass
class Made:
    """A log of 40 events with one frame, one answer, and a bundle of it at size 30."""

    log: Log
    frame: Row
    answer: Row
    bundle: Bundle


def made(other: int | None = 37, *, page: bool = False, seed: int = 0, id: UUID = LOG_ID) -> Made:
    log = Log(id, seed)
    log.fill(17)
    frame = log.frame(**({"area": ..., "target": {"dwelling": "D1"}} if page else {}))
    log.fill(2)
    answer = log.page(frame) if page else log.answer(frame)
    log.fill(40 - len(log.rows))
    return Made(log, frame, answer, log.bundle(answer, frame, 30, other))
