"""The newest signed checkpoint of an audit log, and the leaves that it stands on."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.audit.store import read_meta, reading
from otel_mcp.errors import AuditUnavailable, MalformedError, NothingToVerify, VerificationError
from otel_mcp.tlog import Checkpoint, Verifier, open_checkpoint

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

    def leaves(self, size: int) -> list[bytes]:
        """The hashes of the first `size` leaves."""
        with _reading(self.directory) as connection:
            rows = connection.execute("SELECT leaf FROM entry WHERE idx < ? ORDER BY idx", (size,))
            leaves = [leaf for (leaf,) in rows]
        if len(leaves) != size:
            raise AuditUnavailable(f"the log in {self.directory} has {len(leaves)} of {size} entries ({_VERIFY})")
        return leaves


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
        return Newest(directory, row[0].decode(), open_checkpoint(row[0], [log]), log)
    except (MalformedError, VerificationError) as error:
        raise AuditUnavailable(f"the newest checkpoint in {directory} is not the log's: {error} ({_VERIFY})") from None


@contextlib.contextmanager
def _reading(directory: Path) -> Iterator[sqlite3.Connection]:
    try:
        with reading(directory) as connection:
            yield connection
    except sqlite3.Error as error:
        raise AuditUnavailable(f"cannot read the log in {directory}: {error} ({_VERIFY})") from None
