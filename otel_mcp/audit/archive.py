"""Sealed files of a log in another folder, compressed: there they verify and are queried like the log itself."""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from otel_mcp.audit._rotation import is_sealed, settle
from otel_mcp.audit.evidence import collect_evidence, write_evidence
from otel_mcp.audit.paths import make_private_directory, sync_directory, write_private
from otel_mcp.audit.seal import SEALS_NAME
from otel_mcp.audit.store import read_meta, reading_segment, segments_of
from otel_mcp.errors import AuditUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["RECORDED", "RECORDS", "Copy", "archive", "give_records", "rewriting"]

RECORDS: Final = "records"
"""The folder of an archive with evidence, as `prove` writes it, for records in files that it does not have."""
RECORDED: Final = frozenset({"audit.redact", "audit.erase", "audit.prune", "audit.key.rotate", "audit.key.revoke"})

_CHUNK: Final = 1 << 20
_LEVEL: Final = 6


def archive(directory: Path, target: Path, *, progress: Callable[[Path], None] | None = None) -> list[Path]:
    """Copy the sealed files of the log in `directory` that `target` does not have; gives the new ones.

    `progress` is called with each file before it is read. The log is not changed; a copy appears under its name only
    when it is whole and on disk.

    Raises:
        AuditUnavailable: the folder cannot be used, or holds the archive of another log.
        sqlite3.Error, OSError: a file cannot be read.
    """
    try:
        make_private_directory(target)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise AuditUnavailable(f"{target}: cannot make the folder: {reason}") from None
    there = segments_of(target)
    if any(path.suffix != ".gz" for path in there.values()):
        raise AuditUnavailable(f"{target}: a log is kept there, not an archive (name another folder)")
    origin = _origin(there[min(there)]) if there else None
    made = []
    for start, path in segments_of(directory).items():
        with reading_segment(path) as connection:
            sealed, name = is_sealed(connection), read_meta(connection).get("origin")
            if origin not in (None, name):
                raise AuditUnavailable(f"{target}: holds the archive of another log, {origin} (name another folder)")
            if sealed and start not in there:
                if progress is not None:
                    progress(path)
                made.append(_pack(connection, target / f"{path.name}.gz"))
    give_records(directory, target)
    if (directory / SEALS_NAME).exists():
        # After the files: an archive may know of more seals than it has files, but not of fewer.
        write_private(target / SEALS_NAME, (directory / SEALS_NAME).read_bytes(), sync=True)
    return made


@dataclass(slots=True)
class Copy:
    """A file of a log that may be written to, and whether it was."""

    path: Path
    changed: bool = False


@contextlib.contextmanager
def rewriting(path: Path) -> Iterator[Copy]:
    """A file of a log to change: an archived one is unpacked, and packed again if it was `changed`."""
    if path.suffix != ".gz":
        yield Copy(path)
        return
    with tempfile.TemporaryDirectory(prefix=".otel-mcp-", dir=path.parent) as folder:
        copy = Copy(Path(folder) / path.stem)
        with gzip.open(path, "rb") as packed, copy.path.open("wb") as file:
            shutil.copyfileobj(packed, file, _CHUNK)
        yield copy
        if copy.changed:
            settle(copy.path)
            _compress(copy.path, path)


def _origin(path: Path) -> str | None:
    with reading_segment(path) as connection:
        return read_meta(connection).get("origin")


def give_records(directory: Path, target: Path) -> None:
    """Give an archive the records that it needs and that stand in files which it does not have, each with its proof.

    They say what was removed, and to which keys the log was handed over.

    Raises:
        AuditUnavailable, ConfigError: they cannot be read or written.
        sqlite3.Error, OSError: a file cannot be read.
    """
    there = segments_of(target)
    marks = ", ".join("?" * len(RECORDED))
    for start, path in segments_of(directory).items():
        if start in there:
            continue
        with reading_segment(path) as connection:
            query = f"SELECT idx FROM entry WHERE event IN ({marks})"  # noqa: S608 - question marks
            indexes = [index for (index,) in connection.execute(query, sorted(RECORDED))]
        for index in indexes:
            # The proof of an entry may be by another checkpoint today: the first one is as good.
            if not (target / RECORDS / f"entry-{index}.tlog-proof").exists():
                write_evidence(collect_evidence(directory, str(index)), target / RECORDS)


def _pack(connection: sqlite3.Connection, target: Path) -> Path:
    with tempfile.TemporaryDirectory(prefix=".otel-mcp-", dir=target.parent) as folder:
        plain = Path(folder) / target.stem
        # SQLite's own copy: what still stands in a write-ahead log comes with it.
        with contextlib.closing(sqlite3.connect(plain)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        _compress(plain, target)
    return target


def _compress(plain: Path, target: Path) -> None:
    packed = plain.with_name(f"{plain.name}.packed")
    descriptor = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        with (
            gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=_LEVEL, mtime=0) as out,
            plain.open("rb") as source,
        ):
            shutil.copyfileobj(source, out, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    packed.replace(target)
    sync_directory(target.parent)
