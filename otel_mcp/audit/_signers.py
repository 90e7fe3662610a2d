"""Whose signatures under a log's checkpoints count: its keys, one after the other, without those that it revoked."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.audit._keyring import HANDOVER_EVENT, KeyRing
from otel_mcp.audit.archive import RECORDS
from otel_mcp.audit.evidence import read_evidence
from otel_mcp.audit.query import entries
from otel_mcp.audit.store import read_meta, reading, segments_of
from otel_mcp.errors import MalformedError, OtelMcpError, VerificationError
from otel_mcp.tlog import Verifier, open_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Signers", "is_signed_by", "signers_of"]

_REVOKED = "audit.key.revoke"


@dataclass(frozen=True, slots=True)
class Signers:
    """What a log says of its keys; nothing of it is checked here, `verify` does that."""

    keys: tuple[Verifier, ...] = ()
    """Each handed over to the next."""
    revoked: frozenset[Verifier] = frozenset()

    def counted(self, trusted: Verifier) -> list[Verifier]:
        """The keys that count for somebody who trusts this one."""
        keys = self.keys if trusted in self.keys else (trusted,)
        return [key for key in keys if key not in self.revoked]

    def only_revoked(self, note: str) -> bool:
        """Whether revoked keys signed this checkpoint, and no other key of the log did."""
        others = [key for key in self.keys if key not in self.revoked]
        return is_signed_by(note, sorted(self.revoked, key=str)) and not is_signed_by(note, others)


def signers_of(directory: Path) -> Signers:
    """The keys of a log or an archive, as far as it can be read."""
    records = list(_records(directory))
    keys: tuple[Verifier, ...] = ()
    with contextlib.suppress(OtelMcpError, sqlite3.Error, OSError, KeyError):
        with reading(directory) as connection:
            claimed = Verifier.parse(read_meta(connection)["vkey"])
        ring = KeyRing.of(segments_of(directory).values(), claimed)
        for head, note in records:
            if head.get("event") == HANDOVER_EVENT:
                with contextlib.suppress(OtelMcpError):
                    ring.take_in_record(head, note)
        keys = tuple(ring.keys)
    if len(keys) < 2:  # noqa: PLR2004 - the key that signs now cannot be revoked, and to look costs a pass over all entries
        return Signers(keys)
    revoked = set()
    for head in [*_revocations(directory), *(head for head, _ in records if head.get("event") == _REVOKED)]:
        with contextlib.suppress(MalformedError):
            revoked.add(Verifier.parse(str(head.get("vkey"))))
    return Signers(keys, frozenset(revoked))


def is_signed_by(note: str, verifiers: Sequence[Verifier]) -> bool:
    """Whether this is a checkpoint with a good signature of one of these keys."""
    try:
        open_checkpoint(note, verifiers)
    except (MalformedError, VerificationError):
        return False
    return True


def _revocations(directory: Path) -> Iterator[Mapping[str, object]]:
    with contextlib.suppress(OtelMcpError):
        for entry in entries(directory, event=_REVOKED):
            yield entry.head


def _records(directory: Path) -> Iterator[tuple[Mapping[str, object], str]]:
    """What an archive was given of records in files that it does not have, each with the checkpoint that covers it."""
    with contextlib.suppress(OtelMcpError):
        for evidence in read_evidence(directory / RECORDS):
            with contextlib.suppress(OtelMcpError, ValueError):
                yield evidence.parsed(), evidence.note
