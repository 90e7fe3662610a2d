"""One writer's transactions: entries, their checkpoint and the frontier reach the disk together (RFC 6962, C2SP).

Only the writer thread calls this, so nothing here is locked against other threads.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import fcntl
import os
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from otel_mcp.audit._builder import Entry, EntryBuilder, Pending
from otel_mcp.audit._fork import gate
from otel_mcp.audit._keyring import HANDOVER_NOTES, KeyRing
from otel_mcp.audit._presence import hold_writer_file, remove_writer_file, start_draft
from otel_mcp.audit._rotation import next_file
from otel_mcp.audit.entry import (
    JSON,
    EntryDraft,
    format_time,
    now_us,
)
from otel_mcp.audit.highwater import Mark, raise_mark
from otel_mcp.audit.keys import SETTING
from otel_mcp.audit.seal import Seal, SealKeys, read_seals, sign_seal
from otel_mcp.audit.store import (
    LOCK_NAME,
    SEAL,
    connect_writer,
    newest_segment,
    read_meta,
    reading_segment,
    segments_of,
)
from otel_mcp.errors import AuditUnavailable, ConfigError, MalformedError, NothingToVerify, OtelMcpError
from otel_mcp.rotation import FOREVER, NEVER, Retention, Rotation
from otel_mcp.tlog import Checkpoint, Frontier, Signer, open_checkpoint, parse_note, sign_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from otel_mcp.audit.keys import LogKeys
    from otel_mcp.tlog import Verifier

__all__ = ["Committer", "Receipt", "Settings"]

# Checkpoints are all kept while they are among the newest of this many commits; older ones are thinned to
# one for each block of entries. A later checkpoint covers all that an earlier one did, so only the precision
# of "which commit was changed" is lost.
_THIN_EVERY = 1024
_THIN_BLOCK = 256
_LOOK_SECONDS = 1.0
_T = TypeVar("_T")


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


@dataclass(frozen=True, slots=True)
class Settings:
    """How a log is written: when a file is sealed, how long it stays, how bodies and names are kept."""

    rotation: Rotation = NEVER
    retention: Retention = FOREVER
    encrypt: str = "off"
    load_keys: Callable[[bool], LogKeys] | None = None
    """Reads the log's keys again, after another process has changed them; with True those that are staged."""


class Committer:
    """Builds entries of one writer id and commits them; a new one is needed after a fork."""

    def __init__(self, directory: Path, origin: str, keys: LogKeys, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        self.directory = directory
        self._path = newest_segment(directory)
        self._rotation = settings.rotation
        self._load_keys = settings.load_keys or (lambda _: keys)
        self._look_at = 0.0
        self._seal_keys = SealKeys(directory, keys.index_key)
        self._signer = Signer(origin, keys.signing_key)
        self._builder = EntryBuilder(origin, keys, encrypt=settings.encrypt)
        self._start = Pending(start_draft())
        self._connection: sqlite3.Connection | None = None
        self._inode: tuple[int, int] | None = None
        self._lock_file = -1
        self._writer_file = -1
        self._tree = Frontier()
        self._root = b""
        self._marked: Mark | None = None
        self._on_disk = 0
        self._commits = 0
        self._thinned_to = 0

    @property
    def origin(self) -> str:
        return self._signer.name

    @property
    def writer_id(self) -> str:
        return self._builder.writer_id

    @property
    def sequence(self) -> int:
        """Of the last entry that this writer has on disk."""
        return self._builder.sequence

    @property
    def index_key(self) -> bytes:
        return self._builder.index_key

    def commit(self, pendings: Sequence[Pending], extra: Sequence[EntryDraft] = ()) -> list[Receipt | MalformedError]:
        """Write the entries durably; the answers stand in the order of `pendings`.

        `extra` are entries of our own (gaps, the stop record) that go first. A draft that is no valid entry gets
        its error and does not hinder the others.

        Raises:
            AuditUnavailable: nothing was acknowledged.
        """
        with self._held():
            own, built, first, note = self._transact(pendings, extra)
        index = first + own
        answers: list[Receipt | MalformedError] = []
        for entry in built:
            if isinstance(entry, Entry):
                answers.append(Receipt(entry.record_id, index, entry.leaf, entry.head, note))
                index += 1
            else:
                answers.append(entry)
        return answers

    def is_due(self) -> bool:
        """Whether the file is so large or so old that the next one is to begin; looked up once a second at most."""
        now = time.monotonic()
        if now < self._look_at or self._connection is None:
            return False
        self._look_at = now + _LOOK_SECONDS
        limit, age = self._rotation.max_bytes, self._rotation.max_seconds
        if limit is not None and sum(_size(self._path, suffix) for suffix in ("", "-wal")) >= limit:
            return True
        made = read_meta(self._connection).get("made", "")
        return age is not None and bool(made) and made <= format_time(now_us() - age * 1_000_000)

    def rotate(self) -> Seal | None:
        """Seal the file that is written to and begin the next; None if it holds no entry or its seal key is lost.

        A file without its seal key is written on: a seal without it would look like one of a thief of the log's key.

        Raises:
            AuditUnavailable: nothing was sealed.
        """
        with self._held():
            return self._rotate()

    def record(self, make: Callable[[sqlite3.Connection], EntryDraft | None], then: Callable[[], object]) -> None:
        """Commit the entry that `make` gives when it sees the log, and then call `then` under the same lock.

        Raises:
            AuditUnavailable, NothingToVerify: nothing was written.
        """
        with self._held():
            connection, frontier = self._begin()
            draft = make(connection)
            if draft is None:
                connection.execute("ROLLBACK")
                return
            entries = [self._builder.build(connection, pending) for pending in self._own([draft])]
            root, _ = self._write(connection, frontier, entries)
            self._end(connection, frontier, root)
            # No connection of ours may be open to what is changed now, nor a key or a subject be remembered.
            self.disconnect()
            then()

    def alone(self, function: Callable[[], _T]) -> _T:
        """Call a function while nobody writes to the log.

        Raises:
            AuditUnavailable, NothingToVerify: what the function raised, in a sentence.
        """
        with self._held():
            self.disconnect()
            return function()

    def checked(self, note: str) -> Checkpoint:
        """A checkpoint that one of this log's keys signed.

        Raises:
            MalformedError, VerificationError: it is none.
        """
        ring = KeyRing.of(segments_of(self.directory).values(), self._signer.verifier)
        return open_checkpoint(note, ring.keys if self._signer.verifier in ring.keys else [self._signer.verifier])

    def encrypt_with(self, keys: LogKeys) -> None:
        """Wrap what is encrypted from now on with other keys."""
        self._builder.encrypt_with(keys)

    def _rotate(self) -> Seal | None:
        connection, frontier = self._begin()
        meta = read_meta(connection)
        start = int(meta["start"])
        key = self._seal_keys.load(start)
        if frontier.size == start or key is None or key.public_key.hex() != meta["seal_key"]:
            connection.execute("ROLLBACK")
            return None
        # Before anything is sealed: a log whose seals cannot be read would be sealed and could not go on.
        read_seals(self.directory)
        own = self._own(())
        size = frontier.size + len(own) + 1
        next_key = self._seal_keys.create(size)
        attributes: dict[str, JSON] = {"start": start, "next_seal": next_key.hex()}
        draft = EntryDraft("audit.segment.seal", "event", "SEAL", "success", actor_type="system", attributes=attributes)
        entries = [self._builder.build(connection, pending) for pending in [*own, Pending(draft)]]
        root, _ = self._write(connection, frontier, entries)
        seal = Seal(self._signer.name, start, size, root, key.public_key, next_key)
        connection.execute("INSERT INTO meta VALUES (?, ?)", (SEAL, sign_seal(seal, self._signer, key)))
        connection.execute("UPDATE frontier SET sealed = 1")
        self._end(connection, frontier, root)
        self.disconnect()
        self._path = next_file(self.directory, self._path, self._seal_keys)
        return seal

    def write_mark(self) -> None:
        """Remember size and root on this machine, away from the log; failing to is no failure of the log."""
        if not self._root:
            return
        mark = Mark(self._signer.name, self._tree.size, self._root, str(self.directory.resolve()))
        with contextlib.suppress(OSError, sqlite3.Error, OtelMcpError), gate:
            if raise_mark(mark, self._root_at):
                self._marked = mark

    def disconnect(self) -> None:
        """Close the database; the next commit opens it again. The writer's own file stays locked."""
        self._builder.forget()
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
    ) -> tuple[int, list[Entry | MalformedError], int, str]:
        """One durable transaction: number of own entries, the built ones, the first index, the checkpoint."""
        connection, frontier = self._begin()
        first = frontier.size
        own = [self._builder.build(connection, pending) for pending in self._own(extra)]
        built = [self._builder.try_build(connection, pending) for pending in pendings]
        entries = [*own, *(entry for entry in built if isinstance(entry, Entry))]
        root, note = self._root, ""
        if entries:
            root, note = self._write(connection, frontier, entries)
        self._end(connection, frontier, root)
        return len(own), built, first, note

    def _own(self, extra: Sequence[EntryDraft]) -> list[Pending]:
        return [*([] if self.sequence else [self._start]), *map(Pending, extra)]

    def _connect(self) -> sqlite3.Connection:
        if self._connection is not None and self._inode != _inode(self._path):
            self.disconnect()
        if self._connection is None:
            if not self._path.exists():
                self._path = self._later_file()
            self._inode = _inode(self._path)
            self._connection = connection = connect_writer(self._path)
            if read_meta(connection).get("origin") != self._signer.name:
                raise AuditUnavailable(f"{self._path} was replaced by another log while in use (restart to use that)")
            self._find_sequence(connection)
        return self._connection

    def _later_file(self) -> Path:
        """Where a log goes on whose file was pruned while this writer had nothing to write."""
        later = [path for path in segments_of(self.directory).values() if path.name > self._path.name]
        if not later:
            raise AuditUnavailable(f"{self._path} was removed while in use (restart to begin a new log)")
        return later[-1]

    def _hold_files(self) -> None:
        if self._lock_file < 0:
            self._lock_file = os.open(self.directory / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if self._writer_file < 0:
            self._writer_file = hold_writer_file(self.directory, self.writer_id)

    def _find_sequence(self, connection: sqlite3.Connection) -> None:
        # After a COMMIT that reported an error the entries may be there all the same: go on after them.
        query = "SELECT max(json_extract(head, '$.ws')) FROM entry WHERE idx >= ? AND json_extract(head, '$.w') = ?"
        if self.sequence or self._commits:
            found = connection.execute(query, (self._tree.size, self.writer_id)).fetchone()[0]
            self._builder.sequence = max(self.sequence, found or 0)

    def _write(
        self, connection: sqlite3.Connection, frontier: Frontier, entries: Sequence[Entry], also: Sequence[Signer] = ()
    ) -> tuple[bytes, str]:
        """Insert entries and what signs them, and extend the frontier by them; gives the root and the checkpoint."""
        execute = connection.execute
        numbered = list(enumerate(entries, frontier.size))
        connection.executemany(
            "INSERT INTO entry (idx, head, leaf) VALUES (?, ?, ?)",
            [(i, entry.head, entry.leaf) for i, entry in numbered],
        )
        connection.executemany(
            "INSERT INTO body VALUES (?, ?)", [(i, entry.body) for i, entry in numbered if entry.body is not None]
        )
        frontier.extend(entry.leaf for entry in entries)
        # Signed before COMMIT, told to nobody until after it: two checkpoints of one size cannot both get out.
        root = frontier.root()
        note = sign_checkpoint(Checkpoint(self._signer.name, frontier.size, root), self._signer, *also)
        execute("INSERT INTO checkpoint VALUES (?, ?)", (frontier.size, note))
        execute("UPDATE frontier SET size = ?, hashes = ?", (frontier.size, frontier.to_bytes()))
        self._thin(connection)
        return root, note

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """The log's lock; what fails under it leaves nothing behind but what was committed, and is said in a sentence.

        Raises:
            AuditUnavailable, NothingToVerify, ConfigError: sentences of ours as they are, anything else as the first.
        """
        try:
            self._hold_files()
            # The lock, since SQLite's own waiting is unfair between processes.
            fcntl.flock(self._lock_file, fcntl.LOCK_EX)
            try:
                with gate:
                    try:
                        yield
                    except BaseException:
                        self.disconnect()
                        raise
            finally:
                fcntl.flock(self._lock_file, fcntl.LOCK_UN)
        except (AuditUnavailable, NothingToVerify, ConfigError):
            self._builder.sequence = self._on_disk
            raise
        except Exception as error:
            self._builder.sequence = self._on_disk
            raise AuditUnavailable(f"cannot write the audit log in {self.directory}: {error}") from error

    def _end(self, connection: sqlite3.Connection, frontier: Frontier, root: bytes) -> None:
        connection.execute("COMMIT")
        self._tree, self._root, self._on_disk = frontier, root, self.sequence
        self._commits += 1

    def _begin(self) -> tuple[sqlite3.Connection, Frontier]:
        """A transaction on the file that the log is written to, and where the tree ends."""
        while True:
            connection = self._connect()
            # IMMEDIATE, since two processes that read the same frontier would sign two histories of one size.
            connection.execute("BEGIN IMMEDIATE")
            size, hashes, sealed = connection.execute("SELECT size, hashes, sealed FROM frontier").fetchone()
            if not sealed:
                return connection, self._frontier(connection, size, hashes)
            self.disconnect()
            newest = newest_segment(self.directory)
            at_end = newest == self._path
            self._path = next_file(self.directory, newest, self._seal_keys) if at_end else newest

    def _frontier(self, connection: sqlite3.Connection, size: int, hashes: bytes) -> Frontier:
        if (size, hashes) == (self._tree.size, self._tree.to_bytes()):
            return self._tree.copy()
        frontier = Frontier.from_bytes(size, hashes)
        if size <= self._tree.size:
            # To go on from here would sign a second history beside the one that was acknowledged.
            raise AuditUnavailable(
                f"{self._path}: the log was changed or put back while in use (run `otel-mcp verify`, then restart)"
            )
        # Somebody else wrote since. Only a frontier that the log key has signed may be built upon: else one
        # could rewrite entries and have the next honest commit sign them.
        self._builder.forget()
        self._check_signed(connection, frontier)
        self._take_over_encryption(connection)
        return frontier

    def _check_signed(self, connection: sqlite3.Connection, frontier: Frontier) -> None:
        row = connection.execute("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        if row is None and frontier.size == 0:
            return
        if read_meta(connection).get("vkey") != str(self._signer.verifier):
            self._take_over_key()
        checkpoint = None
        with contextlib.suppress(OtelMcpError):
            checkpoint = open_checkpoint(row[0] if row else "", [self._signer.verifier])
        if checkpoint != Checkpoint(self._signer.name, frontier.size, frontier.root()):
            raise AuditUnavailable(f"{self._path}: the log does not end as its key signed it (run `otel-mcp verify`)")

    def _take_over_key(self) -> None:
        """The log has another key since we wrote last: go on with it, if it is at hand and ours handed over to it."""
        ring = KeyRing(self._signer.verifier)
        for path in segments_of(self.directory).values():
            with reading_segment(path) as connection:
                ring.take_in(connection)
        for keys in self._keys_at_hand():
            signer = Signer(self._signer.name, keys.signing_key)
            if signer.verifier == ring.keys[-1] and keys.index_key == self.index_key:
                self._signer = signer
                return
        raise AuditUnavailable(f"{self._path}: the log has another key since (restart with it: set {SETTING})")

    def _take_over_encryption(self, connection: sqlite3.Connection) -> None:
        """Somebody wrapped this file's data keys anew: go on with what they were wrapped with, if it is at hand."""
        for keys in self._keys_at_hand():
            if not self._builder.needs_keys(connection):
                return
            self._builder.encrypt_with(keys)

    def _keys_at_hand(self) -> Iterator[LogKeys]:
        """The log's keys as they are now: in their place, or still beside it."""
        for staged in (False, True):
            with contextlib.suppress(ConfigError):
                yield self._load_keys(staged)

    def change_key(self, make: Callable[[Verifier], tuple[LogKeys, EntryDraft]], then: Callable[[], object]) -> None:
        """Hand over to another signing key: the record's checkpoint is signed by both.

        `make` is told the key of now and gives the next one and the record, `then` is called when that is on disk; both
        under the log's lock.

        Raises:
            AuditUnavailable, ConfigError: the log goes on with the key that it had.
        """
        with self._held():
            connection, frontier = self._begin()
            keys, draft = make(self._signer.verifier)
            signer = Signer(self._signer.name, keys.signing_key)
            entries = [self._builder.build(connection, pending) for pending in self._own([draft])]
            root, _ = self._write(connection, frontier, entries, [signer])
            connection.execute("UPDATE meta SET v = ? WHERE k = 'vkey'", (str(signer.verifier),))
            connection.execute("UPDATE meta SET v = ? WHERE k = 'key_source'", (keys.source,))
            self._end(connection, frontier, root)
            self._signer = signer
            then()

    def _thin(self, connection: sqlite3.Connection) -> None:
        if self._commits % _THIN_EVERY != _THIN_EVERY - 1:
            return
        row = connection.execute(
            "SELECT size FROM checkpoint ORDER BY size DESC LIMIT 1 OFFSET ?", (_THIN_EVERY,)
        ).fetchone()
        if row is None:
            return
        connection.execute(
            # The first one is of the file before: it ties the two together.
            "DELETE FROM checkpoint WHERE size >= ? AND size < ? AND size > (SELECT min(size) FROM checkpoint) "  # noqa: S608 - a constant
            f"AND NOT {HANDOVER_NOTES} "
            "AND size NOT IN (SELECT max(size) FROM checkpoint WHERE size >= ? AND size < ? GROUP BY size / ?)",
            (self._thinned_to, row[0], self._thinned_to, row[0], _THIN_BLOCK),
        )
        self._thinned_to = row[0] - row[0] % _THIN_BLOCK

    def _root_at(self, size: int) -> bytes | None:
        """The root that the log had at `size`; None where the files of that time are pruned."""
        if self._marked and self._marked.size == size:
            return self._marked.root
        segments = segments_of(self.directory)
        start = max((start for start in segments if start <= size), default=None)
        if start is None:
            return None
        with reading_segment(segments[start]) as connection:
            row = connection.execute("SELECT note FROM checkpoint WHERE size = ?", (size,)).fetchone()
            if row:
                return Checkpoint.parse(parse_note(row[0]).text).root
            frontier = Frontier.from_bytes(start, bytes.fromhex(read_meta(connection)["hashes"]))
            for (leaf,) in connection.execute("SELECT leaf FROM entry WHERE idx < ? ORDER BY idx", (size,)):
                frontier.append(leaf)
        return frontier.root()


def _size(path: Path, suffix: str) -> int:
    with contextlib.suppress(OSError):
        return path.with_name(path.name + suffix).stat().st_size
    return 0


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
