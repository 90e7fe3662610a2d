"""pymerkle, another implementation of RFC 6962, has the same roots and the same inclusion proofs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.errors import VerificationError
from otel_mcp.tlog import check_inclusion, leaf_hash, prove_inclusion, root_hash

pymerkle = pytest.importorskip("pymerkle", reason="pymerkle needs Python 3.11")

MANY = 400
ENTRIES = [b"entry %d" % number for number in range(MANY)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


@pytest.fixture(scope="module")
def tree():
    tree = pymerkle.InmemoryTree("sha256")
    tree.append_entries(ENTRIES)
    return tree


def theirs(index, size, proof):
    """A proof of ours in their form: they count from one, and their path begins with the leaf itself."""
    from pymerkle.core import _inclusion_path_layout

    rule, _ = _inclusion_path_layout(index + 1, size)
    return pymerkle.InclusionProof("sha256", True, size, index + 1, rule, [LEAVES[index], *proof])


@given(st.lists(st.binary(max_size=40), max_size=40))
def test_roots_are_the_same(entries):
    tree = pymerkle.InmemoryTree("sha256")
    tree.append_entries(entries)
    leaves = [leaf_hash(entry) for entry in entries]
    assert [tree.get_leaf(index + 1) for index in range(len(entries))] == leaves
    assert [tree.get_root(size) for size in range(len(entries) + 1)] == [
        root_hash(leaves[:size]) for size in range(len(entries) + 1)
    ]


sizes = st.integers(1, MANY)


@given(sizes, st.data())
def test_inclusion_proofs_are_the_same_and_each_accepts_the_others(tree, size, data):
    index = data.draw(st.integers(0, size - 1))
    proof, root = prove_inclusion(LEAVES[:size], index), root_hash(LEAVES[:size])
    made = tree.prove_inclusion(index + 1, size)
    assert made.path == [LEAVES[index], *proof]
    check_inclusion(LEAVES[index], index, size, made.path[1:], tree.get_root(size))
    pymerkle.verify_inclusion(LEAVES[index], root, theirs(index, size, proof), index=index + 1, size=size)


@given(sizes, st.data())
def test_both_refuse_a_proof_of_another_entry(tree, size, data):
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, MANY - 1))
    proof, root = prove_inclusion(LEAVES[:size], index), root_hash(LEAVES[:size])
    if other == index:
        return
    with pytest.raises(VerificationError):
        check_inclusion(LEAVES[other], index, size, proof, root)
    with pytest.raises(pymerkle.InvalidProof):
        pymerkle.verify_inclusion(LEAVES[other], root, theirs(index, size, proof))


@given(sizes, st.data())
def test_their_proof_that_a_tree_grew_leads_to_our_roots(tree, size, data):
    # Theirs is no proof of RFC 6962 (it goes down to a leaf, where the RFC stops at a subtree): only the roots compare.
    old = data.draw(st.integers(1, size))
    before, after = root_hash(LEAVES[:old]), root_hash(LEAVES[:size])
    pymerkle.verify_consistency(before, after, tree.prove_consistency(old, size), prior_size=old, later_size=size)
