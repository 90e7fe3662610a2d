"""Evidence for one entry, in files that anyone can check: head, body if wanted, proof (C2SP tlog-proof).

```text
entry-12.json          the head, byte for byte what was hashed
entry-12.body          the stored body, whose hash the head names; only if asked for
entry-12.tlog-proof    the place in the tree and the signed checkpoint
```
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from otel_mcp.audit.entry import body_hash, parse_head
from otel_mcp.audit.query import find, inclusion, stored_body
from otel_mcp.errors import AuditUnavailable, ConfigError, MalformedError, NothingToVerify, VerificationError
from otel_mcp.tlog import Checkpoint, Proof, Verifier, open_proof

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Checked", "Evidence", "check_evidence", "collect_evidence", "read_evidence", "write_evidence"]

_FILE = re.compile(r"entry-(0|[1-9]\d{0,18})\.(json|body|tlog-proof)\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is handed out for entry `index`; nothing of it is checked yet."""

    index: int
    head: bytes
    proof: bytes
    body: bytes | None = None

    def files(self) -> dict[str, bytes]:
        """The files by name."""
        found = {"json": self.head, "body": self.body, "tlog-proof": self.proof}
        return {f"entry-{self.index}.{kind}": data for kind, data in found.items() if data is not None}

    def parsed(self) -> dict[str, Any]:
        """The members of the head, not checked against anything.

        Raises:
            MalformedError, UnicodeDecodeError: it is no head.
        """
        return parse_head(self.head.decode())

    @property
    def note(self) -> str:
        """The checkpoint that the proof leads to.

        Raises:
            MalformedError: the proof is none.
        """
        return Proof.parse(self.proof).checkpoint

    @property
    def origin(self) -> str:
        """The log that the proof speaks of, as it says itself.

        Raises:
            MalformedError: the proof is none.
        """
        return Proof.parse(self.proof).checkpoint.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry that was in the log when a trusted key signed `checkpoint`."""

    index: int
    head: dict[str, Any]
    checkpoint: Checkpoint
    has_body: bool


def collect_evidence(directory: Path, record_id_or_index: str, *, with_body: bool = False) -> Evidence:
    """The evidence for the entry with this index or record id.

    Raises:
        NothingToVerify: there is no log, or no such entry.
        AuditUnavailable: the log cannot be read.
    """
    stored = find(directory, record_id_or_index)
    note, hashes = inclusion(directory, stored.index)
    proof = Proof(stored.index, tuple(hashes), note)
    body = stored_body(directory, stored.index) if with_body else None
    return Evidence(stored.index, stored.head_text.encode(), str(proof).encode(), body)


def check_evidence(evidence: Evidence, verifiers: Sequence[Verifier]) -> Checked:
    """The entry, if it was in a log whose key is among `verifiers`.

    Raises:
        MalformedError: the head or the proof is none.
        VerificationError: the checkpoint is signed by another key, the proof is of another entry, or the body is not
            the one that the head names.
    """
    checkpoint = open_proof(evidence.proof, evidence.head, verifiers)
    index = Proof.parse(evidence.proof).index
    if index != evidence.index:
        raise VerificationError("A02", f"the proof is of entry {index}, not of entry {evidence.index}")
    try:
        head = parse_head(evidence.head.decode())
    except UnicodeDecodeError:
        raise MalformedError("head is not UTF-8") from None
    if evidence.body is not None and body_hash(evidence.body) != head.get("body"):
        raise VerificationError("A10", f"the body of entry {index} is not the one that was signed")
    return Checked(index, head, checkpoint, has_body=evidence.body is not None)


def write_evidence(evidence: Evidence, folder: Path) -> list[Path]:
    """Write the files into `folder`, which is made if need be; a file that says something else is left alone.

    Raises:
        ConfigError: the folder cannot be used, or holds another file of that name.
    """
    files = {folder / name: data for name, data in evidence.files().items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            if path.exists() and path.read_bytes() != data:
                raise ConfigError(f"{path}: exists and holds something else (name another folder with --output)")
        for path, data in files.items():
            # For this user only: a body holds arguments, results and the clear actor.
            with suppress(FileExistsError), open(path, "xb", opener=_private) as file:
                file.write(data)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ConfigError(f"{error.filename or folder}: cannot write there: {reason} (--output)") from None
    return list(files)


def read_evidence(folder: Path) -> list[Evidence]:
    """What `write_evidence` put into `folder`, by number.

    Raises:
        NothingToVerify: there is none, or an entry without its head or its proof.
        AuditUnavailable: a file cannot be read.
    """
    found: dict[int, dict[str, bytes]] = {}
    try:
        for path in folder.iterdir():
            if name := _FILE.match(path.name):
                found.setdefault(int(name[1]), {})[name[2]] = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise AuditUnavailable(f"{error.filename or folder}: cannot read the evidence: {reason}") from None
    if not found:
        raise NothingToVerify(f"{folder}: holds no evidence (`otel-mcp prove N` writes entry-N.json and .tlog-proof)")
    for index, parts in sorted(found.items()):
        if missing := [kind for kind in ("json", "tlog-proof") if kind not in parts]:
            raise NothingToVerify(f"{folder}: entry-{index}.{missing[0]} is missing, so entry {index} is not proven")
    return [
        Evidence(index, parts["json"], parts["tlog-proof"], parts.get("body")) for index, parts in sorted(found.items())
    ]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
