"""The Merkle tree of RFC 6962, section 2.1. Pure functions; storage is the caller's."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from otel_mcp.errors import MalformedError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "Frontier",
    "check_consistency",
    "check_inclusion",
    "leaf_hash",
    "node_hash",
    "prove_consistency",
    "prove_inclusion",
    "root_hash",
]

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf: SHA-256(0x00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: the roots of its perfect subtrees, largest first.

    It is all that an append and a root need: at most 64 hashes, whatever the size.
    """

    __slots__ = ("_hashes", "_size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self._size = size
        self._hashes = list(hashes)
        if size < 0 or len(self._hashes) != size.bit_count():
            raise MalformedError(f"frontier of size {size}: wrong number of hashes ({len(self._hashes)})")

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Frontier:
        """Read what `to_bytes` wrote for a tree of `size` leaves."""
        if len(data) % HASH_SIZE:
            raise MalformedError(f"frontier of size {size}: {len(data)} bytes are no whole number of hashes")
        return cls(size, (data[i : i + HASH_SIZE] for i in range(0, len(data), HASH_SIZE)))

    def to_bytes(self) -> bytes:
        """The hashes one after the other; the size belongs beside them."""
        return b"".join(self._hashes)

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    def parts(self) -> dict[tuple[int, int], bytes]:
        """The hashes by the leaves that they cover: from one index to before another."""
        parts, low, rest = {}, 0, self._size
        for node in self._hashes:
            high = low + (1 << (rest.bit_length() - 1))
            parts[low, high] = node
            low, rest = high, self._size - high
        return parts

    def copy(self) -> Frontier:
        """An independent frontier of the same tree."""
        return Frontier(self._size, self._hashes)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the right."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes at the right, in order."""
        hashes, size = self._hashes, self._size
        sha256 = hashlib.sha256
        for leaf in leaves:
            node, rest = leaf, size
            while rest & 1:
                node = sha256(b"\x01" + hashes.pop() + node).digest()
                rest >>= 1
            hashes.append(node)
            size += 1
        self._size = size

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far."""
        if not self._hashes:
            return EMPTY_ROOT
        root = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            root = node_hash(left, root)
        return root


def root_hash(leaves: Iterable[bytes]) -> bytes:
    """The Merkle tree hash of a sequence of leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def prove_inclusion(leaves: Sequence[bytes], index: int, before: Frontier | None = None) -> list[bytes]:
    """The audit path of leaf `index` in a tree (section 2.1.1), nearest sibling first.

    `before` is the frontier of the leaves that come before `leaves` and are not at hand; `index` counts them.
    """
    start = 0 if before is None else before.size
    size = start + len(leaves)
    assert start <= index < size, f"no leaf {index} in {start}..{size - 1}"
    parts = {} if before is None else before.parts()
    proof: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_subtree(parts, leaves, start, middle, high))
            high = middle
        else:
            proof.append(_subtree(parts, leaves, start, low, middle))
            low = middle
    proof.reverse()
    return proof


def _subtree(parts: Mapping[tuple[int, int], bytes], leaves: Sequence[bytes], start: int, low: int, high: int) -> bytes:
    """The root of leaves `low` to `high` - 1; what lies before `start` is made of parts of the frontier there."""
    if low >= start:
        return root_hash(leaves[low - start : high - start])
    if (low, high) in parts:
        return parts[low, high]
    middle = low + _split(high - low)
    left = _subtree(parts, leaves, start, low, middle)
    return node_hash(left, _subtree(parts, leaves, start, middle, high))


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise unless `proof` shows that `leaf` is entry `index` of the tree of `size` leaves with `root`.

    The procedure of RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        raise VerificationError("A02", f"inclusion proof: index {index} is outside a tree of {size}")
    node, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise VerificationError("A02", f"inclusion proof of entry {index}: too many hashes")
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    if last != 0 or computed != root:
        raise VerificationError("A02", f"inclusion proof of entry {index} does not lead to the root at size {size}")


def prove_consistency(leaves: Sequence[bytes], old_size: int, before: Frontier | None = None) -> list[bytes]:
    """The proof that the first `old_size` leaves are a prefix of a tree (section 2.1.2).

    `before` is the frontier of the leaves that come before `leaves` and are not at hand; `old_size` counts them.
    """
    start = 0 if before is None else before.size
    size = start + len(leaves)
    assert start <= old_size <= size, f"no tree of {old_size} in {start}..{size}"
    if old_size in (0, size):
        return []
    parts = {} if before is None else before.parts()
    proof: list[bytes] = []
    low, high, whole = 0, size, True
    while old_size != high:
        middle = low + _split(high - low)
        if old_size <= middle:
            proof.append(_subtree(parts, leaves, start, middle, high))
            high = middle
        else:
            proof.append(_subtree(parts, leaves, start, low, middle))
            low, whole = middle, False
    if not whole:
        proof.append(_subtree(parts, leaves, start, low, high))
    proof.reverse()
    return proof


def check_consistency(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Raise unless `proof` shows that the tree (`size`, `root`) begins with the tree (`old_size`, `old_root`).

    The procedure of RFC 9162, section 2.1.4.2.
    """
    if not 0 <= old_size <= size:
        raise VerificationError("A05", f"consistency proof: a tree of {old_size} cannot be a prefix of one of {size}")
    if old_size in (0, size):
        expected = EMPTY_ROOT if old_size == 0 else root
        if proof or old_root != expected:
            raise VerificationError("A06", f"consistency proof {old_size} to {size}: the roots differ")
        return
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)  # a perfect old tree is a node of the new one, so the proof leaves it out
    if _fold_consistency(old_size, size, path) != (old_root, root):
        raise VerificationError("A06", f"consistency proof {old_size} to {size} does not lead to both roots")


def _fold_consistency(old_size: int, size: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a consistency path leads to, or None if it has the wrong length."""
    node, last = old_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    if not path:
        return None
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)
