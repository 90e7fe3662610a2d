"""What is taken out of a log, and the signed record that says so: files past their time, bodies, subjects.

The record comes first and is on disk before anything is taken: what a crash leaves undone is done when the log is
opened (files), or by `resume` (bodies and subjects), and `verify` says that it is still to be done. Heads, leaves and
proofs are never touched.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from otel_mcp.audit._rotation import is_sealed, settle, tidy
from otel_mcp.audit.archive import give_records, rewriting
from otel_mcp.audit.entry import JSON, EntryDraft, format_time, own_record
from otel_mcp.audit.keys import subject_tag
from otel_mcp.audit.query import entries
from otel_mcp.audit.store import connect_writer, reading_segment, segments_of
from otel_mcp.errors import AuditUnavailable, NothingToVerify

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from otel_mcp.audit._committer import Committer

__all__ = ["Erased", "Pruned", "erase", "prunable", "prune", "redact", "resume"]

_EMPTYING_SECONDS: Final = 5.0
_MAX_AT_ONCE: Final = 500  # parameters of a statement


@dataclass(frozen=True, slots=True)
class Pruned:
    """Entries `start` to `end` - 1 are no more in the log, in so many files."""

    start: int
    end: int
    files: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken out."""

    subjects: int
    bodies: int
    emptied: bool
    """Whether the write-ahead logs were emptied, too: a reader that looks into the log meanwhile hinders that."""


def prunable(directory: Path, before_us: int) -> Pruned | None:
    """The oldest files, sealed and with no entry as young as `before_us`; None if there are none.

    Raises:
        sqlite3.Error, OSError: a file cannot be read.
    """
    segments = segments_of(directory)
    starts = sorted(segments)
    end = starts[0]
    for start, following in itertools.pairwise(starts):
        with reading_segment(segments[start]) as connection:
            row = connection.execute("SELECT ts FROM entry ORDER BY idx DESC LIMIT 1").fetchone()
        if row is None or row[0] >= format_time(before_us):
            break
        end = following
    return None if end == starts[0] else Pruned(starts[0], end, starts.index(end))


def prune(
    committer: Committer, before_us: int, *, policy: str, reason: str | None = None, actor: str | None = None
) -> Pruned | None:
    """Record that the files without an entry as young as `before_us` go, and remove them; None if there are none.

    Raises:
        AuditUnavailable: nothing was removed.
    """
    found: list[Pruned] = []

    def record(connection: sqlite3.Connection) -> EntryDraft | None:
        pruned = prunable(committer.directory, before_us)
        if pruned is None:
            return None
        with reading_segment(segments_of(committer.directory)[pruned.end]) as following:
            row = following.execute("SELECT note FROM checkpoint WHERE size = ?", (pruned.end,)).fetchone()
        if row is None:
            raise AuditUnavailable(f"no checkpoint of entry {pruned.end} (run `otel-mcp verify`)")
        root = committer.checked(row[0]).root
        found.append(pruned)
        # For the one who opens the log after a crash: which files are to go.
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('pruned', ?)", (str(pruned.end),))
        attributes: dict[str, JSON] = {
            "start": pruned.start,
            "end": pruned.end,
            "root": root.hex(),
            "files": pruned.files,
            "policy": policy,
        }
        return own_record("audit.prune", "PRUNE", attributes, reason=reason, actor=actor)

    committer.record(record, lambda: tidy(segments_of(committer.directory), found[0].end))
    return found[0] if found else None


def redact(
    committer: Committer, index: int, *, reason: str, actor: str | None = None, archives: Sequence[Path] = ()
) -> Erased:
    """Record that the body of entry `index` goes, and remove it.

    Raises:
        NothingToVerify: there is no such entry, or it has no body any more.
        AuditUnavailable: nothing was removed.
    """
    done: list[Erased] = []

    def record(_: sqlite3.Connection) -> EntryDraft:
        path = _file_of(committer.directory, index)
        with reading_segment(path) as connection:
            row = connection.execute("SELECT 1 FROM body WHERE idx = ?", (index,)).fetchone()
        if row is None:
            raise NothingToVerify(f"entry {index} has no body in {committer.directory}")
        return own_record("audit.redact", "REDACT", {"idx": index}, reason=reason, actor=actor)

    committer.record(record, lambda: done.append(_removed(committer, archives, [], [index])))
    return done[0]


def erase(
    committer: Committer, name: str, *, reason: str, actor: str | None = None, archives: Sequence[Path] = ()
) -> Erased:
    """Record that all about the actor `name` goes: bodies of what they did, their name, their data keys; remove it.

    Raises:
        NothingToVerify: the log knows nobody of this name.
        AuditUnavailable: nothing was removed.
    """
    done: list[Erased] = []
    subjects: list[str] = []
    folders = [committer.directory, *archives]

    def record(_: sqlite3.Connection) -> EntryDraft:
        tag = subject_tag(committer.index_key, name)
        for path in (path for folder in folders for path in segments_of(folder).values()):
            with reading_segment(path) as connection:
                subjects.extend(row[0] for row in connection.execute("SELECT id FROM subject WHERE tag = ?", (tag,)))
        if not subjects:
            raise NothingToVerify(f"no actor of that name in {committer.directory}")
        return own_record("audit.erase", "ERASE", {"subjects": sorted(set(subjects))}, reason=reason, actor=actor)

    committer.record(record, lambda: done.append(_removed(committer, archives, subjects, [])))
    return done[0]


def resume(committer: Committer, archives: Sequence[Path] = ()) -> Erased:
    """Remove what signed records say was removed and is still there, also in `archives` of the log.

    Raises:
        AuditUnavailable: the log or an archive cannot be read or written.
    """
    subjects: set[str] = set()
    indexes: set[int] = set()
    records = [
        entry for event in ("audit.redact", "audit.erase") for entry in entries(committer.directory, event=event)
    ]
    for record in records:
        subjects.update(record.head.get("subjects", ()))
        if "idx" in record.head:
            indexes.add(record.head["idx"])

    return committer.alone(lambda: _removed(committer, archives, sorted(subjects), sorted(indexes)))


def _file_of(directory: Path, index: int) -> Path:
    segments = segments_of(directory)
    start = max((start for start in segments if start <= index), default=None)
    if start is None:
        raise NothingToVerify(f"entry {index} is not in {directory} any more")
    return segments[start]


def _removed(committer: Committer, archives: Sequence[Path], subjects: Sequence[str], indexes: Sequence[int]) -> Erased:
    for archive in archives:
        give_records(committer.directory, archive)
    return _remove([committer.directory, *archives], subjects, indexes)


def _remove(folders: Sequence[Path], subjects: Sequence[str], indexes: Sequence[int]) -> Erased:
    gone, bodies, emptied = 0, 0, True
    for path in (path for folder in folders for path in segments_of(folder).values()):
        with rewriting(path) as copy, contextlib.closing(connect_writer(copy.path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for some in _portions(subjects):
                marks = ", ".join("?" * len(some))
                query = f"DELETE FROM body WHERE idx IN (SELECT idx FROM entry WHERE actor IN ({marks}))"  # noqa: S608 - question marks
                bodies += connection.execute(query, some).rowcount
                gone += connection.execute(f"DELETE FROM subject WHERE id IN ({marks})", some).rowcount  # noqa: S608
                connection.execute(f"DELETE FROM dek WHERE scope IN ({marks})", some)  # noqa: S608
            for index in indexes:
                bodies += connection.execute("DELETE FROM body WHERE idx = ?", (index,)).rowcount
            changed = copy.changed = bool(connection.total_changes)
            sealed = is_sealed(connection)
            connection.execute("COMMIT")
            # What was deleted still stands in the write-ahead log.
            emptied &= not changed or _emptied(connection)
        if sealed and path.suffix != ".gz":
            settle(path)
    return Erased(gone, bodies, emptied)


def _portions(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _MAX_AT_ONCE] for at in range(0, len(values), _MAX_AT_ONCE))


def _emptied(connection: sqlite3.Connection) -> bool:
    deadline = time.monotonic() + _EMPTYING_SECONDS
    while True:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy or time.monotonic() >= deadline:
            return not busy
        time.sleep(0.05)
