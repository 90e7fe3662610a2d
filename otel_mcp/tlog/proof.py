"""Proofs of C2SP tlog-proof (c2sp.org/tlog-proof): one entry, its place in the tree and the checkpoint, in one text.

```text
c2sp.org/tlog-proof@v1
extra YWR2aWNl                                  <- only if there is extra data; nothing vouches for it
index 3                                         <- from 0
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=    <- inclusion proof, the leaf's sibling first
                                                <- empty line
example.com/log                                 <- the signed checkpoint, as it is
…
```
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.errors import MalformedError
from otel_mcp.tlog.checkpoint import Checkpoint, open_checkpoint, parse_size
from otel_mcp.tlog.note import decode_base64, decode_text, parse_note
from otel_mcp.tlog.tree import HASH_SIZE, check_inclusion, leaf_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from otel_mcp.tlog.note import Verifier

__all__ = ["Proof", "open_proof"]

_HEADER = "c2sp.org/tlog-proof@v1"
_MAX_HASHES = 64


@dataclass(frozen=True, slots=True)
class Proof:
    """That entry `index` is in the log of `checkpoint`; `str` gives the text of a `.tlog-proof` file."""

    index: int
    hashes: tuple[bytes, ...]
    """32 bytes each, the leaf's sibling first (RFC 6962, section 2.1.1)."""
    checkpoint: str
    """The signed note."""
    extra: bytes | None = None
    """Signed by nobody; None where the line is missing."""

    @classmethod
    def parse(cls, data: bytes | str) -> Proof:
        """Read a proof without checking it; anything that `str` would not write is refused.

        Raises:
            MalformedError: it is no proof.
        """
        text = decode_text(data, what="proof")
        block, separator, note = text.partition("\n\n")
        lines = block.split("\n")
        if lines[0] != _HEADER or not separator:
            raise MalformedError(f"proof: expected the line {_HEADER}, lines of proof, an empty line and a checkpoint")
        extra = None
        if len(lines) > 1 and lines[1].startswith("extra "):
            extra = decode_base64(lines.pop(1).removeprefix("extra "), what="proof: extra data")
        name, _, index = (lines[1] if len(lines) > 1 else "").partition(" ")
        if name != "index":
            raise MalformedError(f"proof: expected the line index N, got {' '.join(lines[1:2])[:40]!r}")
        if len(lines) > _MAX_HASHES + 2:
            raise MalformedError(f"proof: more than {_MAX_HASHES} hashes")
        proof = cls(parse_size(index, what="proof: index"), tuple(map(_parse_hash, lines[2:])), note, extra)
        Checkpoint.parse(parse_note(note).text)
        if str(proof) != text:
            raise MalformedError("proof: not in canonical form")
        return proof

    def __str__(self) -> str:
        extra = "" if self.extra is None else f"extra {_encode(self.extra)}\n"
        hashes = "".join(f"{_encode(node)}\n" for node in self.hashes)
        return f"{_HEADER}\n{extra}index {self.index}\n{hashes}\n{self.checkpoint}"


def open_proof(data: bytes | str, leaf_data: bytes, verifiers: Sequence[Verifier]) -> Checkpoint:
    """The checkpoint under which `leaf_data`, the entry itself, is proven to stand at the proof's index.

    Raises:
        MalformedError: it is no proof.
        VerificationError: no trusted key signed the checkpoint (A07), or it does not cover this entry (A02).
    """
    proof = Proof.parse(data)
    checkpoint = open_checkpoint(proof.checkpoint, verifiers)
    check_inclusion(leaf_hash(leaf_data), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint


def _parse_hash(line: str) -> bytes:
    node = decode_base64(line, what="proof: hash")
    if len(node) != HASH_SIZE:
        raise MalformedError(f"proof: expected hashes of {HASH_SIZE} bytes, got {len(node)}")
    return node


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
