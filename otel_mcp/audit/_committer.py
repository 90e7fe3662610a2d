"""One writer's transactions: entries, their checkpoint and the frontier reach the disk together (RFC 6962, C2SP).

Only the writer thread calls this, so nothing here is locked against other threads.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import fcntl
import hmac
import os
import sqlite3
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from otel_mcp.audit._fork import gate
from otel_mcp.audit._presence import hold_writer_file, remove_writer_file, start_draft
from otel_mcp.audit.entry import (
    ACTOR_TYPES,
    OUTCOMES,
    PHASES,
    EntryDraft,
    body_hash,
    canonical,
    format_body,
    format_time,
)
from otel_mcp.audit.highwater import Mark, raise_mark
from otel_mcp.audit.store import FILE_NAME, LOCK_NAME, connect_writer, read_meta
from otel_mcp.errors import AuditUnavailable, MalformedError, OtelMcpError
from otel_mcp.tlog import Checkpoint, Frontier, Signer, leaf_hash, open_checkpoint, root_hash, sign_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from otel_mcp.audit.keys import LogKeys

__all__ = ["Committer", "Pending", "Receipt"]

# Checkpoints are all kept while they are among the newest of this many commits; older ones are thinned to
# one for each block of entries. A later checkpoint covers all that an earlier one did, so only the precision
# of "which commit was changed" is lost.
_THIN_EVERY = 1024
_THIN_BLOCK = 256
_MAX_CACHED_SUBJECTS = 4096


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry is on disk, under a signed checkpoint."""

    record_id: str
    index: int
    leaf: bytes
    head: str
    checkpoint: str
    """The signed note that covers the entry."""

    @property
    def leaf_b64(self) -> str:
        """The leaf hash as telemetry carries it."""
        return base64.b64encode(self.leaf).decode("ascii")


@dataclass(slots=True)
class Pending:
    """A draft on its way to the disk, and who waits for it."""

    draft: EntryDraft
    future: Future[Receipt] = field(default_factory=Future)
    # Taken at submission like the draft's own time, so that a stalled disk does not look like a clock set back.
    monotonic_ns: int = field(default_factory=time.monotonic_ns)


@dataclass(frozen=True, slots=True)
class _Entry:
    record_id: str
    head: str
    leaf: bytes
    body: bytes | None


class Committer:
    """Builds entries of one writer id and commits them; a new one is needed after a fork."""

    def __init__(self, directory: Path, origin: str, keys: LogKeys) -> None:
        self.directory = directory
        self.writer_id = os.urandom(8).hex()
        self.sequence = 0
        self._started_ns = time.monotonic_ns()
        self._start = Pending(start_draft(), monotonic_ns=self._started_ns)
        self._path = directory / FILE_NAME
        self._signer = Signer(origin, keys.signing_key)
        self._index_key = keys.index_key
        self._connection: sqlite3.Connection | None = None
        self._inode: tuple[int, int] | None = None
        self._lock_file = -1
        self._writer_file = -1
        self._subjects: dict[str, str] = {}
        self._last = (0, b"")
        self._root = b""
        self._marked: Mark | None = None
        self._commits = 0
        self._thinned_to = 0

    def commit(self, pendings: Sequence[Pending], extra: Sequence[EntryDraft] = ()) -> list[Receipt | MalformedError]:
        """Write the entries durably; the answers stand in the order of `pendings`.

        `extra` are entries of our own (gaps, the stop record) that go first. A draft that is no valid entry gets
        its error and does not hinder the others.

        Raises:
            AuditUnavailable: nothing was acknowledged.
        """
        before = self.sequence
        try:
            self._hold_files()
            own, built, first, note = self._transact(pendings, extra)
        except Exception as error:
            self.sequence = before
            if isinstance(error, AuditUnavailable):
                raise
            raise AuditUnavailable(f"cannot write the audit log in {self.directory}: {error}") from error
        index = first + own
        answers: list[Receipt | MalformedError] = []
        for entry in built:
            if isinstance(entry, _Entry):
                answers.append(Receipt(entry.record_id, index, entry.leaf, entry.head, note))
                index += 1
            else:
                answers.append(entry)
        return answers

    def write_mark(self) -> None:
        """Remember size and root on this machine, away from the log; failing to is no failure of the log."""
        if not self._root:
            return
        mark = Mark(self._signer.name, self._last[0], self._root, str(self.directory.resolve()))
        with contextlib.suppress(OSError, sqlite3.Error, OtelMcpError), gate:
            if raise_mark(mark, self._root_at):
                self._marked = mark

    def disconnect(self) -> None:
        """Close the database; the next commit opens it again. The writer's own file stays locked."""
        self._subjects.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            connection.close()

    def close(self) -> None:
        """Let go of everything, after the stop record."""
        self.disconnect()
        self.close_files()
        remove_writer_file(self.directory, self.writer_id)

    def close_files(self) -> None:
        """Close the lock files; in a forked child this leaves the parent's locks alone."""
        for descriptor in (self._lock_file, self._writer_file):
            if descriptor >= 0:
                os.close(descriptor)
        self._lock_file = self._writer_file = -1

    def forget_connection(self) -> None:
        """In a child whose parent was stuck in SQLite at the fork: keep the connection from being closed at exit."""
        if self._connection is not None:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._connection))
            self._connection = None

    def _transact(
        self, pendings: Sequence[Pending], extra: Sequence[EntryDraft]
    ) -> tuple[int, list[_Entry | MalformedError], int, str]:
        """One durable transaction: number of own entries, the built ones, the first index, the checkpoint."""
        with self._transaction() as connection:
            frontier = self._frontier(connection)
            first = frontier.size
            own = [] if self.sequence else [self._start]
            own += [Pending(draft) for draft in extra]
            entries = [self._build(connection, pending) for pending in own]
            built = [self._try_build(connection, pending) for pending in pendings]
            entries += [entry for entry in built if isinstance(entry, _Entry)]
            last, root, note = self._last, self._root, ""
            if entries:
                last, root, note = self._write(connection, frontier, entries)
        self._last, self._root = last, root
        self._commits += 1
        return len(own), built, first, note

    def _connect(self) -> sqlite3.Connection:
        if self._connection is not None and self._inode != _inode(self._path):
            self.disconnect()
        if self._connection is None:
            if not self._path.exists():
                raise AuditUnavailable(f"{self._path} was removed while in use (restart to begin a new log)")
            self._inode = _inode(self._path)
            self._connection = connection = connect_writer(self._path)
            if read_meta(connection).get("origin") != self._signer.name:
                raise AuditUnavailable(f"{self._path} was replaced by another log while in use (restart to use that)")
            self._find_sequence(connection)
        return self._connection

    def _hold_files(self) -> None:
        if self._lock_file < 0:
            self._lock_file = os.open(self.directory / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if self._writer_file < 0:
            self._writer_file = hold_writer_file(self.directory, self.writer_id)

    def _find_sequence(self, connection: sqlite3.Connection) -> None:
        # After a COMMIT that reported an error the entries may be there all the same: go on after them.
        query = "SELECT max(json_extract(head, '$.ws')) FROM entry WHERE idx >= ? AND json_extract(head, '$.w') = ?"
        if self.sequence or self._commits:
            found = connection.execute(query, (self._last[0], self.writer_id)).fetchone()[0]
            self.sequence = max(self.sequence, found or 0)

    def _try_build(self, connection: sqlite3.Connection, pending: Pending) -> _Entry | MalformedError:
        try:
            return self._build(connection, pending)
        except MalformedError as error:
            return error
        except Exception as error:
            # A draft of the wrong types must not take the others of its group with it.
            return MalformedError(f"entry {pending.draft.event}: {type(error).__name__} while building its head")

    def _build(self, connection: sqlite3.Connection, pending: Pending) -> _Entry:
        draft = pending.draft
        if draft.phase not in PHASES or draft.outcome not in OUTCOMES or draft.actor_type not in ACTOR_TYPES:
            raise MalformedError(f"entry {draft.event}: unknown phase, outcome or actor type")
        head = dict(draft.attributes)
        head.update(
            v=1,
            id=draft.id,
            ts=format_time(draft.time_us),
            up=max(0, pending.monotonic_ns - self._started_ns) // 1000,
            w=self.writer_id,
            ws=self.sequence + 1,
            event=draft.event,
            phase=draft.phase,
            action=draft.action,
            outcome=draft.outcome,
            actor=None if draft.actor is None else self._subject(connection, draft.actor),
            actor_type=draft.actor_type,
        )
        if draft.ref is not None:
            head["ref"] = draft.ref
        blob = None
        if draft.body is not None or draft.actor is not None:
            body = dict(draft.body or {})
            if draft.actor is not None:
                body["actor"] = draft.actor
            blob = format_body(body)
            head["body"] = body_hash(blob)
        text = canonical(head)
        self.sequence += 1  # only now: a draft that is refused leaves no hole
        return _Entry(draft.id, text, leaf_hash(text.encode()), blob)

    def _subject(self, connection: sqlite3.Connection, actor: str) -> str:
        """The random id of an actor; its row is made with the first entry that needs it."""
        if actor in self._subjects:
            return self._subjects[actor]
        name = actor.encode("utf-8", "replace").decode()
        tag = hmac.digest(self._index_key, b"otel-mcp/subject/v1\0" + name.encode(), "sha256")
        row = connection.execute("SELECT id FROM subject WHERE tag = ?", (tag,)).fetchone()
        subject = str(row[0]) if row else f"s:{os.urandom(16).hex()}"
        if not row:
            connection.execute("INSERT INTO subject VALUES (?, ?, ?)", (subject, tag, name))
        if len(self._subjects) >= _MAX_CACHED_SUBJECTS:
            self._subjects.clear()
        self._subjects[actor] = subject
        return subject

    def _write(
        self, connection: sqlite3.Connection, frontier: Frontier, entries: Sequence[_Entry]
    ) -> tuple[tuple[int, bytes], bytes, str]:
        """Insert entries and what signs them; gives the new frontier, root and checkpoint."""
        execute = connection.execute
        for index, entry in enumerate(entries, frontier.size):
            execute("INSERT INTO entry (idx, head, leaf) VALUES (?, ?, ?)", (index, entry.head, entry.leaf))
            if entry.body is not None:
                execute("INSERT INTO body VALUES (?, ?)", (index, entry.body))
        for entry in entries:
            frontier.append(entry.leaf)
        # Signed before COMMIT, told to nobody until after it: two checkpoints of one size cannot both get out.
        root = frontier.root()
        note = sign_checkpoint(Checkpoint(self._signer.name, frontier.size, root), self._signer)
        execute("INSERT INTO checkpoint VALUES (?, ?)", (frontier.size, note))
        last = (frontier.size, frontier.to_bytes())
        execute("UPDATE frontier SET size = ?, hashes = ?", last)
        self._thin(connection)
        return last, root, note

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        # The lock, since SQLite's own waiting is unfair between processes; IMMEDIATE, since two processes that
        # read the same frontier would sign two histories of one size.
        fcntl.flock(self._lock_file, fcntl.LOCK_EX)
        try:
            with gate:
                try:
                    connection = self._connect()
                    connection.execute("BEGIN IMMEDIATE")
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    self.disconnect()
                    raise
        finally:
            fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    def _frontier(self, connection: sqlite3.Connection) -> Frontier:
        size, hashes = connection.execute("SELECT size, hashes FROM frontier").fetchone()
        frontier = Frontier.from_bytes(size, hashes)
        if size <= self._last[0] and (size, hashes) != self._last:
            # To go on from here would sign a second history beside the one that was acknowledged.
            raise AuditUnavailable(
                f"{self._path}: the log was changed or put back while in use (run `otel-mcp verify`, then restart)"
            )
        if (size, hashes) != self._last:
            # Somebody else wrote since. Only a frontier that the log key has signed may be built upon: else one
            # could rewrite entries and have the next honest commit sign them.
            self._subjects.clear()
            self._check_signed(connection, frontier)
        return frontier

    def _check_signed(self, connection: sqlite3.Connection, frontier: Frontier) -> None:
        row = connection.execute("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        if row is None and frontier.size == 0:
            return
        checkpoint = None
        with contextlib.suppress(OtelMcpError):
            checkpoint = open_checkpoint(row[0] if row else "", [self._signer.verifier])
        if checkpoint != Checkpoint(self._signer.name, frontier.size, frontier.root()):
            raise AuditUnavailable(f"{self._path}: the log does not end as its key signed it (run `otel-mcp verify`)")

    def _thin(self, connection: sqlite3.Connection) -> None:
        if self._commits % _THIN_EVERY != _THIN_EVERY - 1:
            return
        row = connection.execute(
            "SELECT size FROM checkpoint ORDER BY size DESC LIMIT 1 OFFSET ?", (_THIN_EVERY,)
        ).fetchone()
        if row is None:
            return
        connection.execute(
            "DELETE FROM checkpoint WHERE size >= ? AND size < ? AND size NOT IN "
            "(SELECT max(size) FROM checkpoint WHERE size >= ? AND size < ? GROUP BY size / ?)",
            (self._thinned_to, row[0], self._thinned_to, row[0], _THIN_BLOCK),
        )
        self._thinned_to = row[0] - row[0] % _THIN_BLOCK

    def _root_at(self, size: int) -> bytes | None:
        if self._marked and self._marked.size == size:
            return self._marked.root
        connection = self._connection
        if connection is None:
            return None
        row = connection.execute("SELECT note FROM checkpoint WHERE size = ?", (size,)).fetchone()
        if row:
            return open_checkpoint(row[0], [self._signer.verifier]).root
        return root_hash(leaf for (leaf,) in connection.execute("SELECT leaf FROM entry WHERE idx < ?", (size,)))


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
