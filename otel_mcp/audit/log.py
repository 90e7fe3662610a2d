"""The audit log that a program writes to, format v1: append-only, signed, shared by the processes of a service."""

from __future__ import annotations

import atexit
import contextlib
import hmac
import os
import socket
import sqlite3
import threading
import weakref
from collections import OrderedDict
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from otel_mcp.audit._committer import Committer, Receipt, Settings
from otel_mcp.audit._fork import gate
from otel_mcp.audit._rotation import first_meta, is_sealed, next_file, tidy
from otel_mcp.audit._writer import WriterThread
from otel_mcp.audit.encryption import MODES
from otel_mcp.audit.entry import JSON, EntryDraft, keyed_text
from otel_mcp.audit.highwater import Mark, marks_of_directory, reset_marks
from otel_mcp.audit.key_change import Rewrapped, change_encryption_key, change_key, revocation
from otel_mcp.audit.keys import LogKeys, add_pin, finish_change, load_keys
from otel_mcp.audit.seal import Seal, SealKeys, log_id
from otel_mcp.audit.store import (
    HAS_ID,
    connect_reader,
    connect_writer,
    create_database,
    locked,
    origin_part,
    prepare_directory,
    read_meta,
    reading,
    reading_segment,
    segment_path,
    segments_of,
)
from otel_mcp.audit.upkeep import Erased, Pruned, erase, prune, redact, resume
from otel_mcp.errors import (
    AuditClosed,
    AuditUnavailable,
    ConfigError,
    KeyMismatch,
    MalformedError,
    OtelMcpError,
)
from otel_mcp.rotation import FOREVER, NEVER, Retention, Rotation
from otel_mcp.tlog import Signer, Verifier, open_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["DURABILITIES", "AuditLog", "Receipt", "accept_restore", "open_logs"]

DURABILITIES = frozenset({"async", "commit", "write-ahead"})

# Written by the log itself: a caller that could write them could excuse a hole or a missing body.
_RESERVED = (
    "audit.writer.",
    "audit.gap",
    "audit.log.",
    "audit.redact",
    "audit.erase",
    "audit.prune",
    "audit.segment.",
    "audit.key.",
    "audit.import",
    "audit.read",
)
_START_SECONDS = 10.0
_APPEND_SECONDS = 10.0
_UPKEEP_SECONDS = 600.0
_MAX_RECENT = 16384
_T = TypeVar("_T")


class AuditLog:
    """One log of one service; safe to use from any thread, and in a child after a fork."""

    def __init__(
        self, directory: Path, meta: dict[str, str], keys: LogKeys, *, settings: Settings, linger: bool
    ) -> None:
        self.directory = directory
        self.origin = meta["origin"]
        self.vkey = meta["vkey"]
        self.service = meta["service"]
        self.key_source = keys.source
        self._keys = keys
        self._settings = settings
        self._linger = linger
        # Guards everything below. Reentrant, since a signal handler may flush while its thread is in here.
        self._lock = threading.RLock()
        self._writer: WriterThread | None = None
        self._recent: OrderedDict[str, None] = OrderedDict()
        self._readers: dict[Path, sqlite3.Connection] = {}
        self._closed = False

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        service: str,
        key: str | None = None,
        durability: str = "commit",
        rotation: Rotation = NEVER,
        retention: Retention = FOREVER,
        encrypt: str = "off",
    ) -> AuditLog:
        """Open the log in `directory`, or begin one; its start record is on disk when this returns.

        `rotation` says when this process seals the file that is written to and begins the next, `retention` which
        files it removes after that, `encrypt` (`off`, `segment`, `subject`) how bodies and names are kept.

        Raises:
            AuditUnavailable: the folder or the database cannot be used.
            ConfigError: a setting or the key file cannot be used.
            KeyMismatch: the log was made with another key.
        """
        if durability not in DURABILITIES:
            raise ConfigError(
                f"OTEL_MCP_AUDIT_DURABILITY={durability}: expected one of {', '.join(sorted(DURABILITIES))}"
            )
        if encrypt not in MODES:
            raise ConfigError(f"OTEL_MCP_AUDIT_ENCRYPT={encrypt}: expected one of {', '.join(sorted(MODES))}")
        directory = Path(directory).absolute()
        prepare_directory(directory)
        with locked(directory), gate:
            try:
                meta, keys = _open_or_create(directory, service, key)
            except OSError as error:
                reason = (error.strerror or "").lower()
                raise AuditUnavailable(f"OTEL_MCP_AUDIT_DIR={directory}: cannot make the log there: {reason}") from None
        if encrypt != "off" and not keys.encryption_keys:
            raise ConfigError(f"{keys.source}: holds no key to encrypt with (run `otel-mcp keys rotate --encryption`)")
        # Possession of the signing key is proof enough for this user's own pin; a read-only home is no reason to stop.
        with contextlib.suppress(OSError, ConfigError):
            add_pin(meta["vkey"])
        settings = Settings(
            rotation,
            retention,
            encrypt,
            lambda staged: load_keys(key, service=meta["service"], create=False, staged=staged),
        )
        log = cls(directory, meta, keys, settings=settings, linger=durability == "async")
        try:
            log._running().first_commit(_START_SECONDS)
        except BaseException:
            log.close(timeout=0.1)
            raise
        _open_logs.add(log)
        return log

    def submit(self, draft: EntryDraft, *, urgent: bool = True) -> Future[Receipt]:
        """Queue `draft`; the future gives its receipt once it is on disk, or AuditUnavailable if it was lost.

        `urgent`: somebody waits for it. Else, and always under `async`, it may rest for 5 ms to share a commit.
        """
        refused = self._refusal(draft)
        if refused is None:
            try:
                return self._submit(draft, urgent=urgent and not self._linger)
            except RuntimeError:  # a new thread at interpreter exit
                refused = AuditUnavailable("the audit log cannot start its writer while the program ends")
        future: Future[Receipt] = Future()
        future.set_exception(refused)
        return future

    def submit_import(self, draft: EntryDraft) -> Future[Receipt]:
        """As `submit`, for the entries of an import (`importing.import_records`), whose names nobody else may use."""
        assert draft.event.startswith("audit.import"), "only an import's entries come this way"
        if self._closed:
            raise AuditClosed("the audit log is closed")
        return self._submit(draft, urgent=False)

    def append(self, draft: EntryDraft, timeout: float = _APPEND_SECONDS) -> Receipt:
        """Write `draft` and wait until it is on disk."""
        try:
            return self.submit(draft).result(timeout)
        except FutureTimeout:
            raise AuditUnavailable(f"the audit log did not write an entry within {timeout:g} s") from None

    def flush(self, timeout: float) -> bool:
        """Wait until everything submitted before is on disk; False if it is not, or not in time."""
        with self._lock:
            writer = self._writer
        return writer is None or writer.flush(timeout)

    def close(self, timeout: float = 2.0) -> None:
        """Write what is queued and the stop record, and let go of the files. Further submissions fail."""
        with self._lock:
            self._closed = True
            writer = self._writer
            self._close_readers()
        if writer is not None:
            writer.close(timeout)
        _open_logs.discard(self)

    def rotate(self) -> Seal | None:
        """Seal the file that is written to and begin the next; None if there is nothing in it, or its seal key is lost.

        Raises:
            AuditUnavailable, AuditClosed: nothing was sealed.
        """
        return self._call(Committer.rotate)

    def prune(
        self, before_us: int, *, policy: str, reason: str | None = None, actor: str | None = None
    ) -> Pruned | None:
        """Remove the sealed files without an entry as young as `before_us`, after a signed record; None if none is.

        Raises:
            AuditUnavailable, AuditClosed: nothing was removed.
        """
        return self._call(lambda committer: prune(committer, before_us, policy=policy, reason=reason, actor=actor))

    def redact(self, index: int, *, reason: str, actor: str | None = None, archives: Sequence[Path] = ()) -> Erased:
        """Remove the body of entry `index`, after a signed record; its head and every proof stay.

        `archives` are folders to which sealed files of this log were copied.

        Raises:
            NothingToVerify: there is no such entry, or it has no body.
            AuditUnavailable, AuditClosed: nothing was removed.
        """
        return self._call(lambda committer: redact(committer, index, reason=reason, actor=actor, archives=archives))

    def erase(self, name: str, *, reason: str, actor: str | None = None, archives: Sequence[Path] = ()) -> Erased:
        """Remove name, data keys and bodies of one whom the log knows, after a signed record; every proof stays.

        Raises:
            NothingToVerify: the log knows nobody of this name.
            AuditUnavailable, AuditClosed: nothing was removed.
        """
        return self._call(lambda committer: erase(committer, name, reason=reason, actor=actor, archives=archives))

    def resume_erasures(self, archives: Sequence[Path] = ()) -> Erased:
        """Remove what a record says was removed and a crash, or a copy that was put back, left here."""
        return self._call(lambda committer: resume(committer, archives))

    def change_key(self, *, to: str | None = None, reason: str, actor: str | None = None) -> str:
        """Hand over to another signing key, made in place of the key file or named by `to`; gives its verifier key.

        Raises:
            ConfigError: the new key cannot be used.
            AuditUnavailable, AuditClosed: the log goes on with the key that it had.
        """
        keys = self._keys
        new = self._call(
            lambda committer: change_key(committer, keys, to=to, service=self.service, reason=reason, actor=actor)
        )
        self._keys, self.key_source = new, new.source
        self.vkey = str(Signer(self.origin, new.signing_key).verifier)
        with contextlib.suppress(OSError, ConfigError):
            add_pin(self.vkey)
        return self.vkey

    def change_encryption_key(
        self, *, reason: str, actor: str | None = None, archives: Sequence[Path] = ()
    ) -> Rewrapped:
        """Make a new key-encryption key and wrap all data keys with it.

        Raises:
            ConfigError: the keys are in no file.
            AuditUnavailable, AuditClosed: not all could be wrapped anew; nothing is lost.
        """
        keys = self._keys
        self._keys, done = self._call(
            lambda committer: change_encryption_key(committer, keys, archives=archives, reason=reason, actor=actor)
        )
        return done

    def note_reading(self, command: str, *, details: dict[str, JSON] | None, actor: str | None) -> Receipt:
        """Record that somebody reads the log by one of our commands.

        Raises:
            AuditUnavailable, AuditClosed: nothing was recorded.
        """
        kind = "system" if actor is None else "user"
        draft = EntryDraft(
            "audit.read",
            "event",
            "READ",
            "success",
            actor=actor,
            actor_type=kind,
            attributes={"command": command},
            body=details,
        )
        return self._submit(draft).result(_APPEND_SECONDS)

    def revoke(self, vkey: str, *, reason: str, actor: str | None = None) -> Receipt:
        """Record that a former key of this log is trusted no more.

        Raises:
            MalformedError, ConfigError: it is no key of this log, or the one that signs.
            AuditUnavailable, AuditClosed: nothing was recorded.
        """
        if vkey == self.vkey:
            raise ConfigError("that is the key that signs now (hand over to another first: `otel-mcp keys rotate`)")
        return self._submit(revocation(vkey, self.origin, reason=reason, actor=actor)).result(_APPEND_SECONDS)

    def keyed_digest(self, value: JSON) -> str:
        """`hmac-sha256:` and the digest of the value's JSON under the index key: equal values can be found again."""
        text = b"otel-mcp/digest/v1\0" + keyed_text(value)
        return "hmac-sha256:" + hmac.digest(self._keys.index_key, text, "sha256").hex()

    def contains(self, record_id: str) -> bool:
        """Whether an entry with this id was submitted here of late or is in one of the log's two newest files."""
        with gate, self._lock:
            if record_id in self._recent:
                return True
            if self._closed:
                raise AuditClosed("the audit log is closed")
            try:
                query = f"SELECT 1 FROM entry WHERE {HAS_ID} LIMIT 1"  # noqa: S608 - a constant
                readers = self._newest_readers()
                return any(reader.execute(query, (record_id,)).fetchone() is not None for reader in readers)
            except (sqlite3.Error, OSError) as error:
                raise AuditUnavailable(f"cannot read the audit log in {self.directory}: {error}") from error

    @property
    def dropped(self) -> int:
        """Events that this process could not write, for any reason."""
        return self._writer.dropped if self._writer else 0

    @property
    def write_errors(self) -> int:
        """Commits of this process that failed."""
        return self._writer.write_errors if self._writer else 0

    def _call(self, function: Callable[[Committer], _T], timeout: float = _UPKEEP_SECONDS) -> _T:
        if self._closed:
            raise AuditClosed("the audit log is closed")
        try:
            return self._running().call(function).result(timeout)
        except FutureTimeout:
            raise AuditUnavailable(f"the audit log did not answer within {timeout:g} s") from None

    def _newest_readers(self) -> list[sqlite3.Connection]:
        paths = list(segments_of(self.directory).values())[-2:]
        for path in self._readers.keys() - set(paths):
            self._readers.pop(path).close()
        for path in paths:
            if path not in self._readers:
                self._readers[path] = connect_reader(path)
        return [self._readers[path] for path in reversed(paths)]

    def _close_readers(self) -> None:
        while self._readers:
            self._readers.popitem()[1].close()

    def _refusal(self, draft: EntryDraft) -> OtelMcpError | None:
        if self._closed:
            return AuditClosed("the audit log is closed")
        if draft.event.startswith(_RESERVED):
            return MalformedError(f"event {draft.event} is reserved for the log itself")
        return None

    def _submit(self, draft: EntryDraft, *, urgent: bool = True) -> Future[Receipt]:
        writer = self._running()
        with self._lock:
            self._recent[draft.id] = None
            if len(self._recent) > _MAX_RECENT:
                self._recent.popitem(last=False)
        return writer.submit(draft, urgent=urgent)

    def _running(self) -> WriterThread:
        """The writer; made lazily, since a child after a fork needs its own and may never write."""
        with self._lock:
            if self._writer is None:
                committer = Committer(self.directory, self.origin, self._keys, self._settings)
                writer = WriterThread(committer, on_lost=self._forget, retention=self._settings.retention)
                writer.start()
                self._writer = writer
            return self._writer

    def _forget(self, record_id: str) -> None:
        with self._lock:
            self._recent.pop(record_id, None)

    def _before_fork(self) -> None:
        """Close the database; parent and child open it again when they need it."""
        if self._writer is not None:
            self._writer.committer.disconnect()
        self._close_readers()

    def _after_fork(self) -> None:
        """In the child: leave the parent's queue and locks alone, and begin as a new writer."""
        self._lock = threading.RLock()
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.committer.close_files()
        if not gate.passed:
            # The parent's thread was stuck inside SQLite: nothing of this file can be opened in this process.
            self._closed = True
            if writer is not None:
                writer.committer.forget_connection()


def accept_restore(directory: Path, reason: str, *, key: str | None = None) -> Receipt:
    """Record that this log was put back to an older state on purpose, and make that the state to compare with.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable, KeyMismatch, ConfigError: as `AuditLog.open`.
    """
    directory = Path(directory).absolute()
    try:
        with reading(directory) as connection:
            service = read_meta(connection)["service"]
    except (sqlite3.Error, KeyError) as error:
        raise AuditUnavailable(f"cannot read the audit log in {directory}: {error}") from None
    log = AuditLog.open(directory, service=service, key=key)
    try:
        seen = max((mark.size for mark in marks_of_directory(directory)), default=None)
        draft = EntryDraft(
            "audit.log.restore",
            "event",
            "RESTORE",
            "success",
            actor_type="user",
            attributes={"seen": seen},
            body={"reason": reason},
        )
        receipt = log._submit(draft).result(_APPEND_SECONDS)  # noqa: SLF001 - a reserved event
        checkpoint = open_checkpoint(receipt.checkpoint, [Verifier.parse(log.vkey)])
        reset_marks(Mark(log.origin, checkpoint.size, checkpoint.root, str(directory.resolve())))
    finally:
        log.close()
    return receipt


def _open_or_create(directory: Path, service: str, key: str | None) -> tuple[dict[str, str], LogKeys]:
    """The log's meta data and the keys, which fit each other. The caller holds the lock."""
    segments = segments_of(directory)
    if not segments:
        return _create(directory, load_keys(key, service=service, create=True), service)
    path = segments[max(segments)]
    if path.suffix == ".gz":
        raise AuditUnavailable(f"OTEL_MCP_AUDIT_DIR={directory}: an archive cannot be written to (set another folder)")
    with contextlib.closing(connect_writer(path)) as connection:
        try:
            meta = read_meta(connection)
            made_with = f"{meta['vkey']} from {meta['key_source']}"
            origin, _ = meta["origin"], meta["service"]
        except (sqlite3.Error, KeyError):
            raise AuditUnavailable(f"{path}: the log names no key (run `otel-mcp verify`)") from None
    cure = "use the key that the log was made with: set OTEL_MCP_AUDIT_KEY; or set OTEL_MCP_AUDIT_DIR to a new folder"
    try:
        keys = load_keys(key, service=service, create=False)
    except ConfigError as error:
        if str(error).endswith(")"):  # it has a cure of its own
            raise
        raise KeyMismatch(f"{error}; the log in {directory} was made with {made_with} ({cure})") from None
    vkey = str(Signer(origin, keys.signing_key).verifier)
    if vkey != meta["vkey"] and (staged := finish_change(keys, origin, meta["vkey"])) is not None:
        keys, vkey = staged, meta["vkey"]
    if vkey != meta["vkey"]:
        held = f"{keys.source} holds another key, {vkey}"
        raise KeyMismatch(f"{held}; the log in {directory} was made with {made_with} ({cure})")
    _finish_rotation(directory, path, keys)
    return meta, keys


def _create(directory: Path, keys: LogKeys, service: str) -> tuple[dict[str, str], LogKeys]:
    seal_key = SealKeys(directory, keys.index_key).create(0)
    origin = f"{origin_part(socket.gethostname())}/otel-mcp/{origin_part(service)}/{log_id(seal_key)}"
    signer = Signer(origin, keys.signing_key)
    meta = first_meta(origin, str(signer.verifier), service, keys.source, seal_key)
    create_database(segment_path(directory, 0), meta)
    return meta, keys


def _finish_rotation(directory: Path, path: Path, keys: LogKeys) -> None:
    """Do what a crash left undone of a rotation or of a removal of old files."""
    seal_keys = SealKeys(directory, keys.index_key)
    with reading_segment(path) as connection:
        sealed, meta = is_sealed(connection), read_meta(connection)
    if sealed:
        next_file(directory, path, seal_keys)
    else:
        seal_keys.destroy_all_but(int(meta["start"]))
    tidy(segments_of(directory), int(meta.get("pruned", "0")))


_open_logs: weakref.WeakSet[AuditLog] = weakref.WeakSet()


def open_logs(directory: Path) -> list[AuditLog]:
    """The logs in `directory` that this process holds open."""
    directory = Path(directory).absolute()
    return [log for log in list(_open_logs) if log.directory == directory]


def _close_all() -> None:
    for log in list(_open_logs):
        log.close()


def _before_fork() -> None:
    if gate.close():
        for log in list(_open_logs):
            log._before_fork()  # noqa: SLF001 - of this module


def _after_fork_in_parent() -> None:
    gate.open(in_child=False)


def _after_fork_in_child() -> None:
    gate.open(in_child=True)
    for log in list(_open_logs):
        log._after_fork()  # noqa: SLF001 - of this module


atexit.register(_close_all)
os.register_at_fork(before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork_in_child)
