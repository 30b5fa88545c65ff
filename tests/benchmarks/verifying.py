"""Verifying one answer offline, in a log of a hundred times the size."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from husret_verify import bundle as bundles
from husret_verify import json_text, merkle, note, receipt
from husret_verify.bundle import Bundle, Proved
from husret_verify.checkpoint import Checkpoint
from husret_verify.event import Row
from husret_verify.merkle import Frontier, Node
from husret_verify.verifying import verify
from tests.benchmarks.measuring import Line, Scale, in_rounds, microseconds_each
from tests.verify.made import FRAME, LOG_ID, METADATA, Log, receipt_payload, row

NAME = "verify"
SMALL = 10_000
TIMES = 100
ANSWERS = 20

_LOG = Log()


def lines(scale: Scale) -> Iterator[Line]:
    """Measure reading a file and verifying it: signature, two inclusions, hash, every check."""
    times = TIMES if scale.households > 100 else 4
    small, large = _files(SMALL), _files(SMALL * times)
    ours, baseline = in_rounds(
        scale,
        microseconds_each(scale, _verified, large),
        microseconds_each(scale, _verified, small),
    )
    yield Line(
        name=NAME,
        what=f"one answer in a log of {SMALL * times:,} events",
        against=f"one in a log of {SMALL:,}",
        unit="us",
        ours=ours,
        baseline=baseline,
        goal=1.5,  # the ratio of the two logarithms
        conditions={"answers": ANSWERS, "bytes": len(large[0])},
        at_most=True,
    )


def _verified(file: bytes) -> None:
    verify(bundles.read(file), _LOG.key)


def _files(size: int) -> list[bytes]:
    """Return the bundles of answers all over a log of this size.

    Of its other events only the leaves are made, and of the nodes only those that are needed.
    """
    payload = json_text.encode(FRAME)
    frame = row(1, receipt.FRAME_TYPE, payload, event_id=receipt.frame_id(LOG_ID, payload))
    answers = {
        position: row(
            position,
            "decision.referral",
            receipt_payload(frame.event_id, position - 1),
            tags=("t:0093", "t:7ae3"),
            metadata=METADATA,
        )
        for position in range(size // ANSWERS, size, size // ANSWERS)
    }
    events = {1: frame, **answers}
    nodes = _nodes(size, events)
    head = Checkpoint(
        _LOG.origin, size, merkle.fold([nodes[each] for each in merkle.frontier_nodes(size)])
    )
    checkpoint = note.sign(head.text(), _LOG.origin, _LOG.private)

    def proved(event: Row) -> Proved:
        spans = merkle.inclusion_spans(event.position - 1, size)
        return Proved(event, tuple(merkle.proof(spans, nodes.__getitem__)))

    return [
        bundles.write(Bundle(size, proved(each), proved(frame), checkpoint))
        for each in answers.values()
    ]


def _nodes(size: int, events: dict[int, Row]) -> dict[Node, bytes]:
    wanted = set(merkle.frontier_nodes(size))
    for position in events:
        spans = merkle.inclusion_spans(position - 1, size)
        wanted |= {node for each in spans for node in each}
    found: dict[Node, bytes] = {}
    frontier = Frontier()
    for position in range(1, size + 1):
        event = events.get(position)
        leaf = sha256(position.to_bytes(8, "big")).digest() if event is None else event.leaf_hash()
        for node, value in ((Node(0, position - 1), leaf), *frontier.append(leaf)):
            if node in wanted:
                found[node] = value
    return found
