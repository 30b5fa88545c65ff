"""The Merkle tree: RFC 6962's vectors, and every proof of every small tree."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husret_verify import merkle
from husret_verify.merkle import Frontier, Node
from husret_verify.problems import NotValid, Problem, Unreadable

VECTORS = json.loads((Path(__file__).parent / "vectors" / "merkle_proofs.json").read_text("utf-8"))

# The entries and roots that Certificate Transparency's implementations are all tried with.
ENTRIES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [sha256(number.to_bytes(2, "big")).digest() for number in range(70)]


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + recursive_root(leaves[:k]) + recursive_root(leaves[k:])).digest()


def subtree(node: Node) -> bytes:
    leaves = LEAVES[node.number << node.level : (node.number + 1) << node.level]
    assert len(leaves) == 1 << node.level, f"{node} is not complete"
    return recursive_root(leaves)


def inclusion(index: int, size: int) -> list[bytes]:
    return merkle.proof(merkle.inclusion_spans(index, size), subtree)


def consistency(first: int, second: int) -> list[bytes]:
    return merkle.proof(merkle.consistency_spans(first, second), subtree)


def outcome(vector: dict[str, Any], check: Any) -> bool:
    try:
        check(vector)
    except Problem:
        return False
    return True


def hashes(vector: dict[str, Any], *names: str) -> list[bytes]:
    return [base64.b64decode(vector[name]) for name in names]


def path(vector: dict[str, Any]) -> list[bytes]:
    return [base64.b64decode(each) for each in vector["proof"] or ()]


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_root_is_the_one_that_certificate_transparency_has(size: int) -> None:
    assert merkle.root(map(merkle.leaf_hash, ENTRIES[:size])).hex() == ROOTS[size]


def test_a_leaf_and_a_node_have_their_prefixes() -> None:
    leaf, node = merkle.leaf_hash(b"L123456"), merkle.node_hash(b"N123", b"N456")
    assert leaf.hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node.hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


@pytest.mark.parametrize("vector", VECTORS["inclusion"], ids=lambda each: each["name"])
def test_an_inclusion_proof_is_judged_as_elsewhere(vector: dict[str, Any]) -> None:
    def check(vector: dict[str, Any]) -> None:
        leaf, root = hashes(vector, "leafHash", "root")
        merkle.verify_inclusion(leaf, vector["leafIdx"], vector["treeSize"], path(vector), root)

    assert outcome(vector, check) is not vector["wantErr"]


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda each: each["name"])
def test_a_consistency_proof_is_judged_as_elsewhere(vector: dict[str, Any]) -> None:
    def check(vector: dict[str, Any]) -> None:
        older, newer = hashes(vector, "root1", "root2")
        sizes = vector["size1"], vector["size2"]
        merkle.verify_consistency(*sizes, older, newer, path(vector))

    # Two of the vectors compare texts that are no hashes, and are content when they are equal.
    hashed = all(len(each) == 32 for each in hashes(vector, "root1", "root2"))
    assert outcome(vector, check) is (hashed and not vector["wantErr"])


def test_the_frontier_grows_as_the_tree_does_and_names_each_node_once() -> None:
    frontier, stored = Frontier(), {}
    for size, leaf in enumerate(LEAVES, start=1):
        stored[Node(0, size - 1)] = leaf
        for node, value in frontier.append(leaf):
            assert node not in stored
            stored[node] = value
        assert frontier.root() == recursive_root(LEAVES[:size])
        again = Frontier(size, [stored[node] for node in merkle.frontier_nodes(size)])
        assert again.hashes == frontier.hashes
    assert all(subtree(node) == value for node, value in stored.items())


def test_a_frontier_of_the_wrong_number_of_subtrees_is_refused() -> None:
    with pytest.raises(ValueError, match="5 leaves"):
        Frontier(5, [LEAVES[0]])


def test_a_copy_of_a_frontier_grows_by_itself() -> None:
    frontier = Frontier(3, [subtree(node) for node in merkle.frontier_nodes(3)])
    copy = frontier.copy()
    copy.append(LEAVES[3])
    assert frontier.root() == recursive_root(LEAVES[:3])
    assert copy.root() == recursive_root(LEAVES[:4])


def test_every_leaf_of_every_small_tree_is_proved() -> None:
    for size in range(1, 34):
        root = recursive_root(LEAVES[:size])
        for index in range(size):
            merkle.verify_inclusion(LEAVES[index], index, size, inclusion(index, size), root)


def test_every_small_tree_is_proved_to_be_the_start_of_every_larger_one() -> None:
    roots = [recursive_root(LEAVES[:size]) for size in range(34)]
    for second in range(1, 34):
        for first in range(1, second + 1):
            proof = consistency(first, second)
            merkle.verify_consistency(first, second, roots[first], roots[second], proof)


@given(data=st.data(), size=st.integers(1, len(LEAVES)))
def test_a_proof_holds_for_its_own_leaf_place_and_size_alone(
    data: st.DataObject, size: int
) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion(index, size), recursive_root(LEAVES[:size])
    other_size = data.draw(st.integers(1, len(LEAVES)))
    other_index = data.draw(st.integers(0, other_size - 1))
    if (other_index, other_size) != (index, size):
        with pytest.raises(NotValid):
            merkle.verify_inclusion(
                LEAVES[other_index],
                other_index,
                other_size,
                proof,
                recursive_root(LEAVES[:other_size]),
            )
    for number in range(len(proof)):
        wrong = [*proof]
        wrong[number] = sha256(wrong[number]).digest()
        with pytest.raises(NotValid, match="inclusion"):
            merkle.verify_inclusion(LEAVES[index], index, size, wrong, root)


@given(data=st.data(), second=st.integers(2, len(LEAVES)))
def test_a_consistency_proof_does_not_join_other_roots(data: st.DataObject, second: int) -> None:
    first = data.draw(st.integers(1, second - 1))
    proof = consistency(first, second)
    roots = [recursive_root(LEAVES[:first]), recursive_root(LEAVES[:second])]
    for number in range(2):
        wrong = [*roots]
        wrong[number] = sha256(wrong[number]).digest()
        with pytest.raises(NotValid, match="consistency"):
            merkle.verify_consistency(first, second, wrong[0], wrong[1], proof)


@given(
    st.integers(-1, 2**64), st.integers(-1, 2**64), st.lists(st.binary(max_size=33), max_size=70)
)
def test_whatever_is_given_is_refused_and_never_a_crash(
    index: int, size: int, path: list[bytes]
) -> None:
    with pytest.raises(Problem):
        merkle.verify_inclusion(LEAVES[0], index, size, path, LEAVES[1])
    with pytest.raises(Problem):
        merkle.verify_consistency(index, size, LEAVES[0], LEAVES[1], path)


def test_a_position_beyond_the_tree_is_said_as_one() -> None:
    with pytest.raises(NotValid, match="beyond_size: position 6, size 5"):
        merkle.verify_inclusion(LEAVES[5], 5, 5, inclusion(4, 5), recursive_root(LEAVES[:5]))


def test_a_size_that_no_log_has_is_refused() -> None:
    with pytest.raises(Unreadable, match="size_too_large"):
        merkle.verify_inclusion(LEAVES[0], 0, 2**63, [], LEAVES[0])


def test_the_maker_of_proofs_is_refused_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no leaf 5"):
        merkle.inclusion_spans(5, 5)
    with pytest.raises(ValueError, match="from 6 leaves to 5"):
        merkle.consistency_spans(6, 5)
    with pytest.raises(ValueError, match="from 0 leaves to 5"):
        merkle.consistency_spans(0, 5)
