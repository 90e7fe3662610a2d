"""The newest signed checkpoint of an audit log, and the leaves that it stands on."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.audit.store import read_meta, reading, reading_segment, segments_of
from otel_mcp.errors import AuditUnavailable, MalformedError, NothingToVerify, VerificationError
from otel_mcp.tlog import Checkpoint, Frontier, Verifier, open_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Newest", "newest_checkpoint"]

_VERIFY = "run `otel-mcp verify`"


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest signed checkpoint of a log."""

    directory: Path
    note: str
    checkpoint: Checkpoint
    log: Verifier
    """The key that the log names; it signed `note`."""

    def leaves(self, since: int, size: int) -> tuple[Frontier, list[bytes]]:
        """The leaf hashes up to `size` from `since` on or from before it, and the frontier of the tree before them.

        Raises:
            AuditUnavailable: the log does not have them: it is smaller, they were pruned, or it cannot be read.
        """
        segments = segments_of(self.directory)
        first = max((start for start in segments if start <= since), default=None)
        if first is None:
            cure = "anchor before you prune"
            raise AuditUnavailable(f"the entries after {since} that a proof needs were pruned ({cure})")
        before, leaves = Frontier(), []
        for start in (start for start in segments if first <= start < size):
            with _reading(self.directory, start) as connection:
                if start == first:
                    before = _frontier(read_meta(connection), self.directory)
                rows = connection.execute("SELECT leaf FROM entry WHERE idx < ? ORDER BY idx", (size,))
                leaves += [leaf for (leaf,) in rows]
        if before.size + len(leaves) != size:
            raise AuditUnavailable(f"the log in {self.directory} has not all of {size} entries ({_VERIFY})")
        return before, leaves


def newest_checkpoint(directory: Path) -> Newest:
    """What there is to anchor.

    Raises:
        NothingToVerify: there is no log, or no signed checkpoint in it.
        AuditUnavailable: the log cannot be read, or its newest checkpoint is not signed by the key that it names.
    """
    with _reading(directory) as connection:
        meta = read_meta(connection)
        row = connection.execute("SELECT CAST(note AS BLOB) FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    if row is None:
        raise NothingToVerify(f"the audit log in {directory} has no signed checkpoint yet")
    try:
        log = Verifier.parse(meta.get("vkey", ""))
        checkpoint = open_checkpoint(row[0], [log])
    except (MalformedError, VerificationError) as error:
        raise AuditUnavailable(f"the newest checkpoint in {directory} is not the log's: {error} ({_VERIFY})") from None
    return Newest(directory, row[0].decode(), checkpoint, log)


def _frontier(meta: dict[str, str], directory: Path) -> Frontier:
    try:
        return Frontier.from_bytes(int(meta["start"]), bytes.fromhex(meta["hashes"]))
    except (KeyError, ValueError, MalformedError):
        raise AuditUnavailable(f"a file of the log in {directory} does not say how it begins ({_VERIFY})") from None


@contextlib.contextmanager
def _reading(directory: Path, start: int | None = None) -> Iterator[sqlite3.Connection]:
    """A reader of the file that begins with entry `start`, or of the newest."""
    try:
        with reading(directory) if start is None else reading_segment(segments_of(directory)[start]) as connection:
            yield connection
    except (FileNotFoundError, KeyError):
        raise AuditUnavailable(f"the file of entry {start} in {directory} went away (try again)") from None
    except sqlite3.Error as error:
        raise AuditUnavailable(f"cannot read the log in {directory}: {error} ({_VERIFY})") from None
