"""The Merkle tree of a log (RFC 6962), from the few of its nodes that are stored.

The leaves are the leaf hashes of the events. Of the nodes above them those of each fourth level are
stored, as each is completed; what lies between is computed from at most 16 of these. A node never
changes, so whatever is made for one size stays true while the log grows.
"""

from __future__ import annotations

from collections.abc import Callable

from husret_verify.merkle import (
    Frontier,
    Node,
    consistency_spans,
    frontier_nodes,
    inclusion_spans,
    node_hash,
    proof,
)

EACH = 4
"""The levels whose nodes are stored are the multiples of this; that of the leaves is 0."""

HashesOf = Callable[[int, int, int], list[bytes]]
"""The hashes of a stored level, from a number on, so many. Fewer: the others are gone."""


class TreeDamaged(LookupError):
    """Nodes of the tree, or events, are gone where they are stored."""


def is_stored(level: int) -> bool:
    """Tell whether the nodes of a level above the leaves are stored."""
    return level % EACH == 0


def frontier(hashes_of: HashesOf, size: int) -> Frontier:
    """Return what appending to a tree of `size` leaves needs; raises TreeDamaged."""
    return Frontier(size, [_hash_of(hashes_of, node) for node in frontier_nodes(size)])


def root(hashes_of: HashesOf, size: int) -> bytes:
    """Return the root of the tree over the first `size` leaves; raises TreeDamaged."""
    return frontier(hashes_of, size).root()


def inclusion(hashes_of: HashesOf, position: int, size: int) -> list[bytes]:
    """Return the proof that the event at `position` is in the tree of `size` leaves.

    Raises ValueError for a position that is not in it, TreeDamaged.
    """
    spans = inclusion_spans(position - 1, size)
    return proof(spans, lambda node: _hash_of(hashes_of, node))


def consistency(hashes_of: HashesOf, first: int, second: int) -> list[bytes]:
    """Return the proof that the tree of `first` leaves is the start of that of `second`.

    Raises ValueError unless 1 <= first <= second, TreeDamaged.
    """
    spans = consistency_spans(first, second)
    return proof(spans, lambda node: _hash_of(hashes_of, node))


def _hash_of(hashes_of: HashesOf, node: Node) -> bytes:
    between = node.level % EACH
    count = 1 << between
    level, first = node.level - between, node.number << between
    hashes = hashes_of(level, first, count)
    if len(hashes) != count:
        raise TreeDamaged(
            f"nodes of level {level} from number {first} on are gone; compare the log with a backup"
        )
    return over(hashes)


def over(hashes: list[bytes]) -> bytes:
    """Return the hash of a complete subtree from those of its nodes of one level."""
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[n : n + 2]) for n in range(0, len(hashes), 2)]
    return hashes[0]
