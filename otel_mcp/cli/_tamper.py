"""What an attacker with the files, and without the key, does to a copy of a trail: three ways, for the demo."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.audit.entry import canonical, parse_head
from otel_mcp.audit.keys import new_keys
from otel_mcp.audit.store import newest_segment, read_meta
from otel_mcp.tlog import Checkpoint, Frontier, Signer, leaf_hash, sign_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["TAMPERINGS", "Tampering", "tampered_copy"]

_ENTRIES_REMOVED = 4


@dataclass(frozen=True, slots=True)
class Tampering:
    """A name for the terminal, what was done in words, and the change itself."""

    name: str
    words: str
    change: Callable[[sqlite3.Connection], None]


def tampered_copy(log: Path, copy: Path, tampering: Tampering) -> None:
    """Copy the closed log and change the copy."""
    shutil.copytree(log, copy)
    with contextlib.closing(sqlite3.connect(newest_segment(copy), isolation_level=None)) as connection:
        connection.execute("BEGIN")
        tampering.change(connection)
        connection.execute("COMMIT")


def _edit(connection: sqlite3.Connection) -> None:
    """Make the failed call a success, with a fitting hash."""
    row = connection.execute("SELECT idx, head FROM entry WHERE outcome = 'failure' ORDER BY idx LIMIT 1").fetchone()
    head = parse_head(row[1])
    head["outcome"] = "success"
    head.pop("err", None)
    text = canonical(head)
    connection.execute("UPDATE entry SET head = ?, leaf = ? WHERE idx = ?", (text, leaf_hash(text.encode()), row[0]))


def _truncate(connection: sqlite3.Connection) -> None:
    """Drop the newest entries, and every checkpoint that knew of them: what is left is consistent in itself."""
    (size,) = connection.execute("SELECT size FROM frontier").fetchone()
    (keep,) = connection.execute(
        "SELECT max(size) FROM checkpoint WHERE size <= ?", (size - _ENTRIES_REMOVED,)
    ).fetchone()
    connection.execute("DELETE FROM entry WHERE idx >= ?", (keep,))
    connection.execute("DELETE FROM body WHERE idx >= ?", (keep,))
    connection.execute("DELETE FROM checkpoint WHERE size > ?", (keep,))
    frontier = _frontier(connection)
    connection.execute("UPDATE frontier SET size = ?, hashes = ?", (frontier.size, frontier.to_bytes()))


def _re_sign(connection: sqlite3.Connection) -> None:
    """Edit, then sign the whole log anew with a key of the attacker's, and name that key in the log."""
    _edit(connection)
    signer = Signer(read_meta(connection)["origin"], new_keys().signing_key)
    frontier = Frontier()
    notes = {}
    for (leaf,) in connection.execute("SELECT leaf FROM entry ORDER BY idx").fetchall():
        frontier.append(leaf)
        notes[frontier.size] = sign_checkpoint(Checkpoint(signer.name, frontier.size, frontier.root()), signer)
    for (size,) in connection.execute("SELECT size FROM checkpoint").fetchall():
        connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (notes[size], size))
    connection.execute("UPDATE frontier SET hashes = ?", (frontier.to_bytes(),))
    connection.execute("UPDATE meta SET v = ? WHERE k = 'vkey'", (str(signer.verifier),))


def _frontier(connection: sqlite3.Connection) -> Frontier:
    frontier = Frontier()
    for (leaf,) in connection.execute("SELECT leaf FROM entry ORDER BY idx"):
        frontier.append(leaf)
    return frontier


TAMPERINGS = (
    Tampering("edited", "the failed call made a success, its hash recomputed", _edit),
    Tampering("truncated", "the newest entries dropped, with all that pointed at them", _truncate),
    Tampering("re-signed", "edited, then signed from end to end with another key", _re_sign),
)
