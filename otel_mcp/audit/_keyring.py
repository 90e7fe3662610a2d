"""The keys of a log, one after the other: each hands over to the next in a checkpoint that both of them sign."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from otel_mcp.audit.entry import parse_head
from otel_mcp.audit.store import reading_segment
from otel_mcp.errors import MalformedError, OtelMcpError
from otel_mcp.tlog import Checkpoint, Verifier, open_note, parse_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from otel_mcp.audit._walk import Problems

__all__ = ["HANDOVER_EVENT", "HANDOVER_NOTES", "KeyRing"]

HANDOVER_EVENT = "audit.key.rotate"
HANDOVER_NOTES = "note LIKE '%— %— %'"
"""The condition for checkpoints with more than one signature."""


class KeyRing:
    """Who signed the checkpoints of a log, by their size."""

    def __init__(self, first: Verifier) -> None:
        self._keys = [(0, first)]

    @property
    def keys(self) -> list[Verifier]:
        """All of them, the first one first."""
        return [key for _, key in self._keys]

    def at(self, size: int) -> Verifier:
        """The key of checkpoints of this size; at a handover the older one."""
        return next(key for start, key in reversed(self._keys) if start < size or start == 0)

    def take_in(self, connection: sqlite3.Connection, problems: Problems | None = None) -> None:
        """Follow the handovers in one file of the log, after those that are known."""
        query = f"SELECT size, CAST(note AS BLOB) FROM checkpoint WHERE {HANDOVER_NOTES} ORDER BY size"  # noqa: S608 - a constant
        for size, note in connection.execute(query).fetchall():
            # Others may sign a checkpoint, too: only where the record says so has the log another key.
            if size <= self._keys[-1][0] or not _is_handover(connection, size):
                continue
            try:
                self._keys.append((size, _successor(connection, size, note, self._keys[-1][1])))
            except (OtelMcpError, TypeError, ValueError) as error:
                if problems is not None:
                    problems.add("A07", f"checkpoint {size} claims that the log has another key from there on: {error}")

    def take_in_record(self, head: Mapping[str, object], note: str) -> None:
        """Follow a handover whose record stands elsewhere, with the checkpoint that ends with it.

        Raises:
            MalformedError, VerificationError: it hands over from another key, or not both keys signed.
        """
        size = Checkpoint.parse(parse_note(note).text).size
        if size > self._keys[-1][0] and head.get("old") == str(self._keys[-1][1]):
            self._keys.append((size, _checked_successor(head, note, self._keys[-1][1])))

    @classmethod
    def of(cls, paths: Iterable[Path], claimed: Verifier) -> KeyRing:
        """The keys that the files of a log speak of, oldest file first; `claimed` alone if none hands over.

        Raises:
            FileNotFoundError: a file is gone.
        """
        ring: KeyRing | None = None
        for path in paths:
            # What cannot be read here is said by whoever looks into the file as a whole.
            with contextlib.suppress(sqlite3.Error), reading_segment(path) as connection:
                ring = ring or cls.first_of(connection)
                if ring is not None:
                    ring.take_in(connection)
        return ring or cls(claimed)

    @classmethod
    def first_of(cls, connection: sqlite3.Connection) -> KeyRing | None:
        """A ring with the key that hands over first in this file; None if none does."""
        query = f"SELECT size FROM checkpoint WHERE {HANDOVER_NOTES} ORDER BY size LIMIT 1"  # noqa: S608 - a constant
        row = connection.execute(query).fetchone()
        if row is None:
            return None
        try:
            return cls(Verifier.parse(_handover(connection, row[0])["old"]))
        except (OtelMcpError, KeyError, TypeError, ValueError, AttributeError):
            return None


def _handover(connection: sqlite3.Connection, size: int) -> dict[str, str]:
    row = connection.execute("SELECT CAST(head AS BLOB) FROM entry WHERE idx = ?", (size - 1,)).fetchone()
    head = parse_head(row[0].decode()) if row else {}
    if head.get("event") != HANDOVER_EVENT:
        raise MalformedError("it is of no record of a handover")
    return head


def _is_handover(connection: sqlite3.Connection, size: int) -> bool:
    try:
        return bool(_handover(connection, size))
    except (OtelMcpError, ValueError, TypeError):
        return False


def _successor(connection: sqlite3.Connection, size: int, note: bytes, old: Verifier) -> Verifier:
    if size < 1:
        raise MalformedError("there is no entry before it")
    return _checked_successor(_handover(connection, size), note, old)


def _checked_successor(head: Mapping[str, object], note: bytes | str, old: Verifier) -> Verifier:
    new = Verifier.parse(str(head.get("new")))
    if head.get("old") != str(old) or new.name != old.name or new == old:
        raise MalformedError(f"the record hands over from another key than {old}")
    if len(open_note(note, [old, new]).signatures) != len(parse_note(note).signatures):
        raise MalformedError("the two keys did not both sign it")
    return new
