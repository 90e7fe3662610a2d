"""Checkpoints of C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint): the state of a log as a signed note.

```text
host/otel-mcp/weather/0a1b2c3d          <- origin, also the name of the key
42                                      <- number of entries
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
```
No extension lines: the specification advises against them, and other signature types would not cover them.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.errors import MalformedError, VerificationError
from otel_mcp.tlog.note import Signer, Verifier, check_key_name, open_note, sign_note
from otel_mcp.tlog.tree import HASH_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Checkpoint", "open_checkpoint", "parse_size", "sign_checkpoint"]

_LINES = 3
_MAX_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size and root of the log `origin`; `str` gives the text that is signed."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the three lines; anything that `str` would not write is refused."""
        lines = text.split("\n")
        if len(lines) != _LINES + 1 or lines[-1]:
            raise MalformedError(f"checkpoint: expected {_LINES} lines, got {len(lines) - 1}")
        checkpoint = cls(lines[0], parse_size(lines[1], what="checkpoint line 2"), _parse_root(lines[2]))
        check_key_name(checkpoint.origin)
        if str(checkpoint) != text:
            raise MalformedError("checkpoint: not in canonical form")
        return checkpoint

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer, *others: Signer) -> str:
    """The checkpoint as a note signed by its log, and perhaps by others."""
    assert signer.name == checkpoint.origin, "a log signs its checkpoints under its origin"
    return sign_note(str(checkpoint), [signer, *others])


def open_checkpoint(data: bytes | str, verifiers: Sequence[Verifier]) -> Checkpoint:
    """The checkpoint in a note that a log signed under its own name with a trusted key."""
    note = open_note(data, verifiers)
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin not in {signature.name for signature in note.signatures}:
        raise VerificationError("A07", f"the checkpoint of {checkpoint.origin} is not signed by its own key")
    return checkpoint


def parse_size(text: str, *, what: str) -> int:
    """A size or an index in decimal; that it has no leading zero, the caller finds when it writes it back."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(_MAX_SIZE)) or int(text) > _MAX_SIZE:
        raise MalformedError(f"{what}: expected a decimal number, got {text[:40]!r}")
    return int(text)


def _parse_root(line: str) -> bytes:
    try:
        root = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != HASH_SIZE:
        raise MalformedError(f"checkpoint line 3: expected the base64 of {HASH_SIZE} bytes, got {line[:60]!r}")
    return root
