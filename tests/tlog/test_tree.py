"""RFC 6962 trees: vectors of the CT reference implementation, and properties."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.errors import MalformedError, VerificationError
from otel_mcp.tlog import (
    Frontier,
    check_consistency,
    check_inclusion,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_hash,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "rfc6962.json").read_text())
LEAVES = [leaf_hash(bytes.fromhex(data)) for data in VECTORS["leaves"]]
MANY = [hashlib.sha256(bytes([i])).digest() for i in range(70)]


def unhex(values):
    return [bytes.fromhex(value) for value in values]


def test_leaf_hashes_are_those_of_the_reference():
    assert unhex(VECTORS["leaf_hashes"]) == LEAVES


def test_roots_are_those_of_the_reference():
    assert root_hash([]).hex() == VECTORS["empty_root"]
    assert [root_hash(LEAVES[:size]).hex() for size in range(1, 9)] == VECTORS["roots"]


@pytest.mark.parametrize("case", VECTORS["inclusion"])
def test_inclusion_proofs_are_those_of_the_reference(case):
    proof = prove_inclusion(LEAVES[: case["size"]], case["index"])
    assert proof == unhex(case["proof"])
    check_inclusion(LEAVES[case["index"]], case["index"], case["size"], proof, root_hash(LEAVES[: case["size"]]))


@pytest.mark.parametrize("case", VECTORS["consistency"])
def test_consistency_proofs_are_those_of_the_reference(case):
    proof = prove_consistency(LEAVES[: case["size"]], case["old"])
    assert proof == unhex(case["proof"])


def recursive_root(leaves):
    """RFC 6962, section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(len(MANY) + 1))
def test_a_frontier_gives_the_root_of_the_definition(size):
    frontier = Frontier()
    for leaf in MANY[:size]:
        frontier.append(leaf)
    assert frontier.size == size
    assert frontier.root() == recursive_root(MANY[:size])
    again = Frontier.from_bytes(size, frontier.to_bytes())
    assert again.root() == frontier.root()
    assert again.to_bytes() == frontier.to_bytes()


@pytest.mark.parametrize("size", range(1, 34))
def test_every_entry_of_every_tree_can_be_proven(size):
    root = recursive_root(MANY[:size])
    for index in range(size):
        check_inclusion(MANY[index], index, size, prove_inclusion(MANY[:size], index), root)


@pytest.mark.parametrize("size", range(1, 34))
def test_every_prefix_of_every_tree_can_be_proven(size):
    for old in range(size + 1):
        proof = prove_consistency(MANY[:size], old)
        check_consistency(old, recursive_root(MANY[:old]), size, recursive_root(MANY[:size]), proof)


@pytest.mark.parametrize("size", range(1, 34))
def test_consistency_can_be_proven_without_the_leaves_of_the_old_tree(size):
    for start in range(size + 1):
        before = Frontier()
        for leaf in MANY[:start]:
            before.append(leaf)
        for old in range(start, size + 1):
            assert prove_consistency(MANY[start:size], old, before) == prove_consistency(MANY[:size], old)


@given(st.integers(1, 40), st.data())
def test_a_proof_holds_for_nothing_but_its_own_entry(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof, root = prove_inclusion(MANY[:size], index), root_hash(MANY[:size])
    other = data.draw(st.integers(0, size).filter(lambda i: i != index))
    for leaf, at, path in (
        (MANY[other], index, proof),
        (MANY[index], other, proof),
        (MANY[index], index, [*proof, MANY[0]]),
        (MANY[index], index, [MANY[-1], *proof[1:]]),
    ):
        with pytest.raises(VerificationError):
            check_inclusion(leaf, at, size, path, root)
    if proof:
        with pytest.raises(VerificationError):
            check_inclusion(MANY[index], index, size, proof[:-1], root)


@given(st.integers(1, 40), st.data())
def test_a_consistency_proof_does_not_hold_for_another_history(size, data):
    old = data.draw(st.integers(1, size))
    proof, old_root, root = prove_consistency(MANY[:size], old), root_hash(MANY[:old]), root_hash(MANY[:size])
    for before, after, path in (
        (MANY[-1], root, proof),
        (old_root, MANY[-1], proof),
        (old_root, root, [*proof, MANY[0]]),
    ):
        with pytest.raises(VerificationError):
            check_consistency(old, before, size, after, path)
    for i in range(len(proof)):
        with pytest.raises(VerificationError):
            check_consistency(old, old_root, size, root, [*proof[:i], MANY[-1], *proof[i + 1 :]])
    if proof:
        with pytest.raises(VerificationError):
            check_consistency(old, old_root, size, root, proof[:-1])


def test_a_smaller_tree_does_not_extend_a_larger_one():
    with pytest.raises(VerificationError) as error:
        check_consistency(8, root_hash(MANY[:8]), 7, root_hash(MANY[:7]), [])
    assert error.value.code == "A05"


@pytest.mark.parametrize(("size", "data"), [(1, b""), (3, bytes(32)), (0, bytes(32)), (1, bytes(31)), (-1, b"")])
def test_a_frontier_of_the_wrong_length_is_refused(size, data):
    with pytest.raises(MalformedError):
        Frontier.from_bytes(size, data)


def test_a_copy_of_a_frontier_is_independent():
    frontier = Frontier()
    frontier.append(MANY[0])
    copy = frontier.copy()
    copy.append(MANY[1])
    assert (frontier.size, frontier.root()) == (1, MANY[0])
