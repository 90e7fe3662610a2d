"""The SQLite files of an audit log, format v1: their schema, how they are made and opened.

Nothing here needs an SQLite newer than 3.31 (generated columns): no STRICT tables, no RETURNING.
"""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.audit.paths import make_private_directory, sync_directory
from otel_mcp.errors import AuditUnavailable, NothingToVerify
from otel_mcp.tlog import Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "APPLICATION_ID",
    "HAS_ACTOR",
    "HAS_ID",
    "LOCK_NAME",
    "SCHEMA",
    "SEAL",
    "USER_VERSION",
    "altered_objects",
    "connect_reader",
    "connect_writer",
    "create_database",
    "locked",
    "locked_file",
    "newest_segment",
    "origin_part",
    "prepare_directory",
    "read_meta",
    "reading",
    "reading_segment",
    "segment_path",
    "segments_of",
    "ten_seconds",
]

LOCK_NAME = "log.lock"
APPLICATION_ID = 0x4F4D4155  # "OMAU"
USER_VERSION = 1

SEAL = "seal"
"""In `meta` of a file that is sealed: the note of its seal."""

_SEGMENT = re.compile(r"audit-(\d{12,19})\.db(?:\.gz)?")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_SETTING = "OTEL_MCP_AUDIT_DIR"
_MOVE = f"set {_SETTING} to a folder that this user can write"
_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "davfs"})


def _id_key(record_id: str) -> str:
    """What the index of record ids holds: the low 32 bits of a UUIDv7's milliseconds, the end of any other id."""
    return f"CASE substr({record_id}, 14, 2) WHEN '-7' THEN substr({record_id}, 5, 9) ELSE substr({record_id}, -12) END"


def ten_seconds(time: str) -> str:
    """In SQL, what the index of times holds: the digits of a time as a number, the last second's left out."""
    # Not strftime: of the word `now` in a damaged entry it makes an error, and the check of the pages would end there.
    return f"CAST(replace(replace(replace(substr({time}, 1, 18), '-', ''), 'T', ''), ':', '') AS INTEGER)"


def _actor_key(actor: str) -> str:
    return f"substr({actor}, 3, 6)"


# IS, not =: from an equality SQLite would put the value for the column in the other term, and then not see the index.
HAS_ID = f"{_id_key('entry.id')} = {_id_key('?1')} AND entry.id IS ?1"
"""The condition by which the index of record ids is used."""
HAS_ACTOR = f"{_actor_key('entry.actor')} = {_actor_key('?')} AND entry.actor IS ?"
"""The condition by which the index of actors is used; the actor is given twice."""


def _entry_column(name: str) -> str:
    # Computed from the signed text at every read, so that a query cannot see anything else than what was signed.
    return f"{name} TEXT GENERATED ALWAYS AS (json_extract(head, '$.{name}')) VIRTUAL"


_COLUMNS = ", ".join(map(_entry_column, ("id", "ts", "event", "actor", "tool", "outcome")))

SCHEMA = {
    "meta": "CREATE TABLE meta (k TEXT PRIMARY KEY, v TEXT NOT NULL) WITHOUT ROWID",
    "entry": f"CREATE TABLE entry (idx INTEGER PRIMARY KEY, head TEXT NOT NULL, leaf BLOB NOT NULL, {_COLUMNS})",
    "body": "CREATE TABLE body (idx INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "checkpoint": "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL)",
    "frontier": "CREATE TABLE frontier (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, "
    "hashes BLOB NOT NULL, sealed INTEGER NOT NULL DEFAULT 0)",
    "subject": "CREATE TABLE subject (id TEXT PRIMARY KEY, tag BLOB NOT NULL UNIQUE, name NOT NULL) WITHOUT ROWID",
    "dek": "CREATE TABLE dek (scope TEXT PRIMARY KEY, id TEXT NOT NULL, wrapped BLOB NOT NULL, kek TEXT NOT NULL) "
    "WITHOUT ROWID",
    # At most four: each costs every commit one more page.
    # Short, and written where the last entry was: see docs/design/audit-store.md.
    "entry_id": f"CREATE INDEX entry_id ON entry ({_id_key('id')})",
    "entry_ts": f"CREATE INDEX entry_ts ON entry ({ten_seconds('ts')})",
    "entry_actor": f"CREATE INDEX entry_actor ON entry ({_actor_key('actor')})",
    "entry_tool": "CREATE INDEX entry_tool ON entry (tool)",
    # For whoever expects the plain audit table. What only a body knows is shown while there is one in clear.
    "audit_log": "CREATE VIEW audit_log (timestamp, event_type, user_id, resource, action, success, details, "
    "ip_address) AS SELECT entry.ts, entry.event, CASE typeof(subject.name) WHEN 'text' THEN subject.name END, "
    "coalesce(entry.tool, "
    "json_extract(head, '$.prompt'), json_extract(plain.json, '$.tool'), json_extract(plain.json, '$.prompt'), "
    "json_extract(plain.json, '$.resource'), json_extract(plain.json, '$.target'), "
    "json_extract(head, '$.resource'), json_extract(head, '$.method')), "
    "json_extract(head, '$.action'), CASE entry.outcome WHEN 'success' THEN 1 WHEN 'failure' THEN 0 END, "
    "coalesce(plain.json, '{}'), json_extract(plain.json, '$.client_address') "
    "FROM entry LEFT JOIN (SELECT idx, CAST(substr(data, 18) AS TEXT) AS json FROM body "
    "WHERE substr(data, 1, 1) = x'00') AS plain ON plain.idx = entry.idx "
    "LEFT JOIN subject ON subject.id = entry.actor",
}


def prepare_directory(directory: Path) -> None:
    """Make the log's folder with mode 0700, or say in one sentence why it cannot be used."""
    try:
        make_private_directory(directory)
    except (FileExistsError, NotADirectoryError):
        raise AuditUnavailable(f"{_SETTING}={directory}: not a folder ({_MOVE})") from None
    except OSError as error:
        raise AuditUnavailable(f"{_SETTING}={directory}: cannot make the folder: {_reason(error)} ({_MOVE})") from None
    kind = _file_system(directory)
    if kind in _NETWORK_FILE_SYSTEMS:
        # SQLite's WAL needs shared memory between its users, which a network file system does not give.
        raise AuditUnavailable(f"{_SETTING}={directory}: a log cannot be kept on {kind} (set it to a local folder)")
    if not os.access(directory, os.W_OK | os.X_OK):
        raise AuditUnavailable(f"{_SETTING}={directory}: this user cannot write there ({_MOVE})")


@contextlib.contextmanager
def locked(directory: Path, seconds: float = 10.0) -> Iterator[None]:
    """Hold the log's advisory lock: one process at a time creates, commits or repairs."""
    try:
        with locked_file(directory / LOCK_NAME, seconds):
            yield
    except BlockingIOError:
        cure = "is another process stuck?"
        raise AuditUnavailable(f"the audit log in {directory} stayed locked for {seconds:g} s ({cure})") from None
    except OSError as error:
        raise AuditUnavailable(f"{_SETTING}={directory}: cannot lock the log: {_reason(error)} ({_MOVE})") from None


@contextlib.contextmanager
def locked_file(path: Path, seconds: float) -> Iterator[None]:
    """Hold an exclusive lock on `path`; BlockingIOError if it is not to be had in time."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock_within(descriptor, seconds)
        try:
            yield
        finally:
            # Not left to close: a child that was forked meanwhile shares the lock, and would hold it on.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def _lock_within(descriptor: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise
        time.sleep(0.005)


def segment_path(directory: Path, start: int) -> Path:
    """The file of the log in `directory` whose first entry is `start`."""
    return directory / f"audit-{start:012}.db"


def segments_of(directory: Path) -> dict[int, Path]:
    """The files of a log by the index of their first entry, in order; archived ones are compressed (`.db.gz`)."""
    found: dict[int, Path] = {}
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in sorted(directory.iterdir()):  # a file as it was written stands before its compressed copy
            if match := _SEGMENT.fullmatch(path.name):
                start = int(match[1])
                if path.name.startswith(segment_path(directory, start).name):
                    found.setdefault(start, path)
    return dict(sorted(found.items()))


def newest_segment(directory: Path) -> Path:
    """The file that a log is written to.

    Raises:
        NothingToVerify: there is no log.
    """
    segments = segments_of(directory)
    if not segments:
        raise NothingToVerify(f"no audit log in {directory}")
    return segments[max(segments)]


def create_database(
    path: Path, meta: dict[str, str], frontier: Frontier | None = None, checkpoint: str | None = None
) -> None:
    """Make the database of a log, or of its next file: that begins with the tree and the checkpoint before it.

    The caller holds the lock.
    """
    frontier = frontier or Frontier()
    # Made beside its place and moved there, so that a crash leaves no half-made log under the real name.
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
        connection.execute("BEGIN")
        for statement in SCHEMA.values():
            connection.execute(statement)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        connection.execute("INSERT INTO frontier VALUES (1, ?, ?, 0)", (frontier.size, frontier.to_bytes()))
        if checkpoint is not None:
            connection.execute("INSERT INTO checkpoint VALUES (?, ?)", (frontier.size, checkpoint))
        connection.execute("COMMIT")
    temporary.rename(path)
    sync_directory(path.parent)


def connect_writer(path: Path) -> sqlite3.Connection:
    """A connection that commits durably.

    Raises:
        AuditUnavailable: the file is no log of ours, is newer than this version, or cannot be written.
    """
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=2.0, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise AuditUnavailable(f"{path}: cannot open the log: {error} ({_MOVE})") from None
    try:
        _check_ours(connection, path)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "cell_size_check = ON",
            "journal_size_limit = 67108864",
        ):
            connection.execute(f"PRAGMA {pragma}")
        _check_mode(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise AuditUnavailable(f"{path}: cannot open the log: {error} ({_MOVE})") from None
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the log; works beside running writers."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=5.0, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA query_only = ON")
        _read_schema(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _read_schema(connection: sqlite3.Connection) -> None:
    """Have SQLite read the schema now: what is wrong with it is an error of the file, whatever it is.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except UnicodeDecodeError:
        # The message has the schema's own text in it, which need not be text any more.
        raise sqlite3.DatabaseError("malformed database schema") from None


@contextlib.contextmanager
def reading_segment(path: Path) -> Iterator[sqlite3.Connection]:
    """A reader of one file of a log, also where nothing can be written (read-only media, a copy with its -wal).

    Raises:
        FileNotFoundError: there is no such file.
        sqlite3.Error: it is no database.
    """
    with contextlib.ExitStack() as stack:
        if path.suffix == ".gz":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="otel-mcp-")))
            path = _unpack(path, folder / path.stem)
        elif not path.is_file():
            raise FileNotFoundError(path)
        try:
            connection = connect_reader(path)
        except sqlite3.OperationalError:
            # SQLite reads a WAL only with a shared-memory file beside it, which read-only places do not allow.
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="otel-mcp-")))
            _copy_database(path, folder)
            connection = connect_reader(folder / path.name)
        stack.callback(connection.close)
        yield connection


@contextlib.contextmanager
def reading(directory: Path) -> Iterator[sqlite3.Connection]:
    """A reader of the newest file of the log in `directory`, as `reading_segment`.

    Raises:
        NothingToVerify: there is no log.
        sqlite3.Error: the file is no database.
    """
    try:
        with reading_segment(newest_segment(directory)) as connection:
            yield connection
    except FileNotFoundError:
        raise NothingToVerify(f"no audit log in {directory}") from None


def altered_objects(connection: sqlite3.Connection) -> list[str]:
    """What in the database is not as we made it: a changed, missing or added table, index, view or trigger.

    This takes the place of `PRAGMA trusted_schema=OFF`, under which SQLite before 3.41 refuses json_extract in
    generated columns. It is also stricter: a trigger of harmless functions is an alteration too.
    """
    found = {
        (name, sql)
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")
        if sql is not None or kind != "index"  # the index that a UNIQUE makes has no text
    }
    # As pairs: a trigger may have the name of a table, and must not pass for it.
    return sorted({str(name) for name, _ in SCHEMA.items() ^ found})


def origin_part(text: str) -> str:
    """A host or service name as it stands in an origin, which is also a key name: no spaces, no plus sign."""
    return _UNSAFE.sub("-", text)[:64] or "unnamed"


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """The `meta` table: origin, vkey, service, key_source, start, hashes (of the tree at `start`), seal_key, seal."""
    return dict(connection.execute("SELECT k, v FROM meta WHERE typeof(k) = 'text' AND typeof(v) = 'text'"))


def _unpack(path: Path, target: Path) -> Path:
    try:
        with gzip.open(path, "rb") as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise sqlite3.DatabaseError(f"{path.name} cannot be unpacked: {error}") from None
    return target


def _copy_database(path: Path, folder: Path) -> None:
    lock = path.with_name(LOCK_NAME)
    with contextlib.ExitStack() as stack:
        if lock.exists():
            # Seen read-only here, another mount may still write: hold commits while both files are copied.
            with contextlib.suppress(OSError):
                fcntl.flock(stack.enter_context(lock.open("rb")), fcntl.LOCK_SH)
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copyfile(source, folder / source.name)


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    _read_schema(connection)
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application_id != APPLICATION_ID:
        raise AuditUnavailable(f"{path}: not a database of an audit log (move it away or change {_SETTING})")
    if version > USER_VERSION:
        raise AuditUnavailable(
            f"{path}: log format {version} is newer than this version reads, {USER_VERSION} (upgrade otel-mcp-audit)"
        )
    altered = altered_objects(connection)
    if altered:
        raise AuditUnavailable(f"{path}: the schema was altered: {altered[0]} (run `otel-mcp verify`)")


def _check_mode(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        raise AuditUnavailable(f"{path}: cannot use write-ahead logging there ({_MOVE})")


def _file_system(directory: Path) -> str:
    """The type of the file system that holds `directory`, where the system says it (Linux), else an empty text."""
    if not sys.platform.startswith("linux"):
        return ""
    try:
        device = directory.stat().st_dev
        wanted = f"{os.major(device)}:{os.minor(device)}"
        with Path("/proc/self/mountinfo").open(encoding="utf-8", errors="replace") as mounts:
            for line in mounts:
                if line.split(" ", 3)[2] == wanted:
                    return line.partition(" - ")[2].split(" ", 1)[0]
    except (OSError, IndexError):
        pass
    return ""


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
