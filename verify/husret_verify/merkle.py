"""The Merkle tree of RFC 6962 and RFC 9162 (section 2.1), over leaf hashes that are given.

A node is named by its level (0: the leaves) and its index on that level; node (l, i) is the root
of the complete subtree over the leaves i·2^l to (i+1)·2^l - 1. Whoever stores the tree needs only
such nodes, for they never change: a proof for any size is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from husret_verify.problems import NotValid, Unreadable

HASH_BYTES = 32
"""Length of a hash (SHA-256)."""

EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree without leaves."""

LARGEST_SIZE = 2**63 - 1
"""Most leaves that a tree may have here: what a signed integer of 64 bits holds."""


class Node(NamedTuple):
    """A complete subtree, by level and number on its level."""

    level: int
    number: int


Span = tuple[Node, ...]
"""The complete subtrees, from left to right, that a stretch of leaves consists of."""


def leaf_hash(content: bytes) -> bytes:
    """Return the leaf hash of an entry's bytes: SHA-256 of 00 ‖ content."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two children: SHA-256 of 01 ‖ left ‖ right."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Join the hashes of a span's nodes to the hash of the whole span, from the right."""
    if not hashes:
        return EMPTY_ROOT
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = node_hash(left, joined)
    return joined


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over these leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Frontier:
    """The complete subtrees that a tree of some size consists of: enough to append to it.

    `hashes` are theirs from left to right, the largest first: one for each bit set in `size`.
    """

    __slots__ = ("hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if size < 0 or len(self.hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves isn't made of {len(self.hashes)} subtrees")

    def append(self, leaf: bytes) -> list[tuple[Node, bytes]]:
        """Add a leaf, and return the nodes above it that it completes, the lowest first."""
        completed: list[tuple[Node, bytes]] = []
        hashes, index, level = self.hashes, self.size, 0
        current = leaf
        while index & 1:
            current = sha256(b"\x01" + hashes.pop() + current).digest()
            index >>= 1
            level += 1
            completed.append((Node(level, index), current))
        hashes.append(current)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        return fold(self.hashes)

    def copy(self) -> Frontier:
        """Return a frontier that grows by itself: for an append that may be rolled back."""
        return Frontier(self.size, self.hashes)


def frontier_nodes(size: int) -> Span:
    """Return the nodes that the frontier of a tree of `size` leaves consists of."""
    return span(0, size)


def span(start: int, end: int) -> Span:
    """Return the complete subtrees over the leaves from `start` until before `end`.

    `start` must be a multiple of every subtree in the span, as it is for what a proof names.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return tuple(nodes)


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return what the proof that leaf `index` is in the tree of `size` leaves is made of.

    One span for each hash of the proof, in its order (RFC 9162, section 2.1.3.1); `fold` of the
    hashes of a span's nodes is the proof's hash. Raises ValueError for an index out of the tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    spans, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append(span(middle, end))
            end = middle
        else:
            spans.append(span(start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """Return what the proof that the tree of `first` leaves is a start of that of `second` needs.

    One span for each hash, in the proof's order (RFC 9162, section 2.1.4.1). Raises ValueError
    unless 1 <= first <= second; of the empty tree nothing is to prove.
    """
    if not 1 <= first <= second:
        raise ValueError(f"no proof leads from {first} leaves to {second}")
    spans, start, end, whole = [], 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            spans.append(span(middle, end))
            end = middle
        else:
            spans.append(span(start, middle))
            start, whole = middle, False
    if not whole:
        spans.append(span(start, end))
    return spans[::-1]


def proof(spans: Iterable[Span], hash_of: Callable[[Node], bytes]) -> list[bytes]:
    """Make the proof of its spans; `hash_of` gives the hash of a complete subtree."""
    return [fold([hash_of(node) for node in each]) for each in spans]


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], expected_root: bytes
) -> None:
    """Check the proof that the leaf hash stands at `index` (from 0) of the tree with this root.

    RFC 9162, section 2.1.3.2. Raises NotValid: `beyond_size` for an index out of the tree,
    `proof_length` for a proof that no tree of this size has, `inclusion` for another root.
    """
    _sizes(size)
    _hashes(leaf, expected_root, *path)
    if not 0 <= index < size:
        raise NotValid("beyond_size", position=index + 1, size=size)
    wanted = _inclusion_length(index, size)
    if len(path) != wanted:
        raise NotValid("proof_length", hashes=len(path), wanted=wanted, size=size)
    place, last, current = index, size - 1, leaf
    for sibling in path:
        if place & 1 or place == last:
            current = node_hash(sibling, current)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            current = node_hash(current, sibling)
        place >>= 1
        last >>= 1
    if last or current != expected_root:
        raise NotValid("inclusion", position=index + 1, size=size)


def verify_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> None:
    """Check the proof that the tree of `first` leaves is the start of that of `second`.

    RFC 9162, section 2.1.4.2. Raises NotValid: `sizes` unless 1 <= first <= second,
    `proof_length`, or `consistency`.
    """
    _sizes(first, second)
    _hashes(first_root, second_root, *path)
    if not 1 <= first <= second:
        raise NotValid("sizes", first=first, second=second)
    if first == second:
        if path:
            raise NotValid("proof_length", hashes=len(path), wanted=0, size=second)
        if first_root != second_root:
            raise NotValid("consistency", first=first, second=second)
        return
    # A first tree that is one complete subtree stands in the second: its root begins the proof.
    chain = [first_root, *path] if first & (first - 1) == 0 else list(path)
    place, last = first - 1, second - 1
    while place & 1:
        place >>= 1
        last >>= 1
    wanted = 1 + _inclusion_length(place, last + 1)
    if len(chain) != wanted:
        added = len(chain) - len(path)
        raise NotValid("proof_length", hashes=len(path), wanted=wanted - added, size=second)
    older = newer = chain[0]
    for sibling in chain[1:]:
        if place & 1 or place == last:
            older = node_hash(sibling, older)
            newer = node_hash(sibling, newer)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            newer = node_hash(newer, sibling)
        place >>= 1
        last >>= 1
    if last or older != first_root or newer != second_root:
        raise NotValid("consistency", first=first, second=second)


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _inclusion_length(index: int, size: int) -> int:
    """Return how many hashes the proof for this leaf has."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def _sizes(*sizes: int) -> None:
    for size in sizes:
        if size > LARGEST_SIZE:
            raise Unreadable("size_too_large", most=LARGEST_SIZE)


def _hashes(*hashes: bytes) -> None:
    for each in hashes:
        if len(each) != HASH_BYTES:
            raise Unreadable("hash_length", bytes=len(each))
