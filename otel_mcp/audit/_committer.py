"""One writer's transactions: entries, their checkpoint and the frontier reach the disk together (RFC 6962, C2SP).

Only the writer thread calls this, so nothing here is locked against other threads.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import hmac
import os
import platform
import socket
import sqlite3
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.audit.entry import (
    ACTOR_TYPES,
    JSON,
    OUTCOMES,
    PHASES,
    EntryDraft,
    body_hash,
    canonical,
    format_body,
    format_time,
)
from otel_mcp.audit.highwater import Mark, raise_mark
from otel_mcp.audit.store import FILE_NAME, LOCK_NAME, WRITERS_NAME, connect_writer, locked, read_meta
from otel_mcp.errors import AuditUnavailable, MalformedError, OtelMcpError
from otel_mcp.tlog import Checkpoint, Frontier, Signer, leaf_hash, open_checkpoint, root_hash, sign_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        self._start = Pending(_start_draft(), monotonic_ns=self._started_ns)
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
            self._connect()
            self._add_subjects(pendings)
            own = [] if self.sequence else [self._start]
            own += [Pending(draft) for draft in extra]
            entries = [self._build(pending) for pending in own]
            built = [self._try_build(pending) for pending in pendings]
            entries += [entry for entry in built if isinstance(entry, _Entry)]
            first, note = self._write(entries) if entries else (0, "")
        except Exception as error:
            self.sequence = before
            self.disconnect()
            if isinstance(error, AuditUnavailable):
                raise
            raise AuditUnavailable(f"cannot write the audit log in {self.directory}: {error}") from error
        index = first + len(own)
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
        with contextlib.suppress(OSError, sqlite3.Error, OtelMcpError):
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
        if self.sequence:
            (self.directory / WRITERS_NAME / f"{self.writer_id}.lock").unlink(missing_ok=True)

    def close_files(self) -> None:
        """Close the lock files; in a forked child this leaves the parent's locks alone."""
        for descriptor in (self._lock_file, self._writer_file):
            if descriptor >= 0:
                os.close(descriptor)
        self._lock_file = self._writer_file = -1

    def take_connection(self) -> sqlite3.Connection | None:
        """The connection, which this object then no longer knows."""
        connection, self._connection = self._connection, None
        return connection

    def _connect(self) -> sqlite3.Connection:
        if self._connection is not None and self._inode != _inode(self._path):
            self.disconnect()
        if self._connection is None:
            if not self._path.exists():
                raise AuditUnavailable(f"{self._path} was removed while in use (restart to begin a new log)")
            self._hold_files()
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
            self._writer_file = _hold_writer_file(self.directory, self.writer_id)

    def _find_sequence(self, connection: sqlite3.Connection) -> None:
        # After a COMMIT that reported an error the entries may be there all the same: go on after them.
        query = "SELECT max(json_extract(head, '$.ws')) FROM entry WHERE idx >= ? AND json_extract(head, '$.w') = ?"
        if self.sequence or self._commits:
            found = connection.execute(query, (self._last[0], self.writer_id)).fetchone()[0]
            self.sequence = max(self.sequence, found or 0)

    def _try_build(self, pending: Pending) -> _Entry | MalformedError:
        try:
            return self._build(pending)
        except MalformedError as error:
            return error
        except Exception as error:
            # A draft of the wrong types must not take the others of its group with it.
            return MalformedError(f"entry {pending.draft.event}: {type(error).__name__} while building its head")

    def _build(self, pending: Pending) -> _Entry:
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
            actor=None if draft.actor is None else self._subjects[draft.actor],
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

    def _add_subjects(self, pendings: Sequence[Pending]) -> None:
        """Give every actor a random id. Rows of new actors get a transaction of their own, once in their life."""
        actors = {pending.draft.actor for pending in pendings if isinstance(pending.draft.actor, str)}
        new = actors.difference(self._subjects)
        if not new:
            return
        if len(self._subjects) + len(new) > _MAX_CACHED_SUBJECTS:
            self._subjects.clear()
            new = actors
        with self._transaction() as connection:
            for actor in sorted(new):
                self._subjects[actor] = self._subject(connection, actor)

    def _subject(self, connection: sqlite3.Connection, actor: str) -> str:
        tag = hmac.digest(self._index_key, b"otel-mcp/subject/v1\0" + actor.encode("utf-8", "replace"), "sha256")
        row = connection.execute("SELECT id FROM subject WHERE tag = ?", (tag,)).fetchone()
        if row:
            return str(row[0])
        subject = f"s:{os.urandom(16).hex()}"
        name = actor.encode("utf-8", "replace").decode()
        connection.execute("INSERT INTO subject VALUES (?, ?, ?)", (subject, tag, name))
        return subject

    def _write(self, entries: Sequence[_Entry]) -> tuple[int, str]:
        """One durable transaction; gives the index of the first entry and the signed checkpoint."""
        with self._transaction() as connection:
            frontier = self._frontier(connection)
            first = frontier.size
            for entry in entries:
                frontier.append(entry.leaf)
            # Signed before COMMIT, told to nobody until after it: two checkpoints of one size cannot both get out.
            root = frontier.root()
            note = sign_checkpoint(Checkpoint(self._signer.name, frontier.size, root), self._signer)
            execute = connection.execute
            for index, entry in enumerate(entries, first):
                execute("INSERT INTO entry (idx, head, leaf) VALUES (?, ?, ?)", (index, entry.head, entry.leaf))
                if entry.body is not None:
                    execute("INSERT INTO body VALUES (?, ?)", (index, entry.body))
            execute("INSERT INTO checkpoint VALUES (?, ?)", (frontier.size, note))
            last = (frontier.size, frontier.to_bytes())
            execute("UPDATE frontier SET size = ?, hashes = ?", last)
            self._thin(connection)
        self._last, self._root = last, root
        self._commits += 1
        return first, note

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        assert self._connection is not None, "connected first"
        # The lock, since SQLite's own waiting is unfair between processes; IMMEDIATE, since two processes that
        # read the same frontier would sign two histories of one size.
        fcntl.flock(self._lock_file, fcntl.LOCK_EX)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
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


def _start_draft() -> EntryDraft:
    body: dict[str, JSON] = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "boot": _boot_id(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "otel_mcp": _version(),
    }
    return EntryDraft("audit.writer.start", "event", "START", "success", actor_type="system", body=body)


def _boot_id() -> str | None:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None


def _version() -> str | None:
    try:
        return metadata.version("otel-mcp-audit")
    except metadata.PackageNotFoundError:
        return None


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _hold_writer_file(directory: Path, writer_id: str) -> int:
    """A locked file that says that this writer lives; the kernel unlocks it however the process ends."""
    folder = directory / WRITERS_NAME
    with locked(directory):  # so that nobody takes the new file for a dead writer's before it is locked
        folder.mkdir(mode=0o700, exist_ok=True)
        for path in folder.glob("*.lock"):
            _remove_if_dead(path)
        descriptor = os.open(folder / f"{writer_id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _remove_if_dead(path: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(descriptor)
