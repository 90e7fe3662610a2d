"""Records of an older audit trail: the rows of a table `audit_log` in SQLite, or JSON, one object a line.

```text
audit_log(timestamp, event_type, user_id, resource, action, success, details, ip_address)
{"timestamp": …, "event_type": …, "user_id": …, …}           <- the same eight names
{"index": …, "time": …, "event": …, "record_id": …, …}       <- what `query --json` prints
```
Only a private copy is read, and its digest is that of what was read. Nothing is written to the source.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sqlite3
import tempfile
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import ConfigError, MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["COLUMNS", "OldRecord", "OldRecords", "Unreadable", "claimed_us", "old_records"]

COLUMNS: Final = ("timestamp", "event_type", "user_id", "resource", "action", "success", "details", "ip_address")

_TABLE: Final = "audit_log"
_SQLITE: Final = b"SQLite format 3\0"
_CHUNK: Final = 1 << 20
_LONGEST_LINE: Final = 16 << 20
_QUERY_NAMES: Final = {
    "time": "timestamp",
    "event": "event_type",
    "actor": "user_id",
    "target": "resource",
    "outcome": "success",
    "body": "details",
}
_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s?(Z|z|UTC|[+-]\d\d:?\d\d)?\Z", re.ASCII
)
_EPOCH: Final = re.compile(r"\d{1,12}(?:\.\d{1,9})?\Z", re.ASCII)
_LAST_SECOND: Final = 253_402_300_799  # of the year 9999


@dataclass(frozen=True, slots=True)
class OldRecord:
    """One record; `values` has the eight names and whatever else stood beside them."""

    number: int
    """Its place in the source, from 1."""
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is no record; `reason` quotes nothing of it."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class OldRecords:
    """A private copy of a source."""

    path: Path
    sha256: str
    """Of the source's bytes, hexadecimal."""
    is_database: bool

    def rows(self) -> Iterator[OldRecord | Unreadable]:
        """Every row, in the order of the source; may be asked for again.

        Raises:
            ConfigError: the table is missing, or the database is damaged.
        """
        return _table_rows(self.path) if self.is_database else _line_rows(self.path)


@contextlib.contextmanager
def old_records(source: Path) -> Iterator[OldRecords]:
    """The records in `source`, as they are now.

    Raises:
        ConfigError: it cannot be read, is empty, or somebody writes to it.
    """
    with tempfile.TemporaryDirectory(prefix="otel-mcp-") as folder:
        copy = Path(folder) / "source"
        try:
            sha256, first = _copy(source, copy)
        except OSError as error:
            raise ConfigError(f"{source}: {(error.strerror or type(error).__name__).lower()}") from None
        yield OldRecords(copy, sha256, first == _SQLITE)


def claimed_us(value: object) -> int | None:
    """Microseconds since 1970 of an old time: ISO 8601, in UTC where it names no zone, or seconds since 1970."""
    if isinstance(value, bool):
        return None
    text = str(value).strip() if isinstance(value, (str, int, float)) else ""
    if _EPOCH.match(text):
        seconds, _, fraction = text.partition(".")
        return _within(int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0")))
    if (match := _TIME.match(text)) is None:
        return None
    day, clock, fraction, zone = match.groups()
    zone = "+00:00" if zone in (None, "Z", "z", "UTC") else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{zone}")
        since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
    except (ValueError, OverflowError):
        return None
    return _within((since.days * 86_400 + since.seconds) * 1_000_000 + int((fraction or "0")[:6].ljust(6, "0")))


def _within(time_us: int) -> int | None:
    return time_us if 0 <= time_us <= _LAST_SECOND * 1_000_000 else None


def _copy(source: Path, copy: Path) -> tuple[str, bytes]:
    """The digest of the source and its first bytes."""
    digest = hashlib.sha256()
    with source.open("rb") as file:
        before = source.stat()
        first = file.read(len(_SQLITE))
        if not first:
            raise ConfigError(f"{source}: holds no records: it is empty")
        if first == _SQLITE:
            _check_settled(source)
        file.seek(0)
        with copy.open("wb") as target:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
    after = source.stat()
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise ConfigError(f"{source}: changed while it was read (stop what writes to it)")
    return digest.hexdigest(), first


def _check_settled(source: Path) -> None:
    # What stands in a journal is not in the file: neither read from it nor under its digest.
    for suffix in ("-wal", "-journal"):
        beside = source.with_name(source.name + suffix)
        if beside.exists() and beside.stat().st_size:
            cure = f"stop what writes to it, then run `sqlite3 {source} 'PRAGMA wal_checkpoint(TRUNCATE)'`"
            raise ConfigError(f"{source}: {beside.name} holds changes that are not in the database yet ({cure})")


def _table_rows(path: Path) -> Iterator[OldRecord | Unreadable]:
    try:
        # immutable: no lock file and no shared memory are made beside it.
        with contextlib.closing(
            sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        ) as connection:
            # As bytes: text that is not UTF-8 spoils its row and no other.
            connection.text_factory = bytes
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != b"ok":
                raise ConfigError("the database is damaged (`sqlite3 FILE .recover` saves what is left)")
            cursor = connection.execute(f"SELECT * FROM {_TABLE}")  # noqa: S608  # a constant
            names = [column[0] for column in cursor.description]
            if missing := [name for name in COLUMNS if name not in names]:
                raise ConfigError(f"the table {_TABLE} has no column {missing[0]}")
            for number, row in enumerate(cursor, 1):
                yield _table_row(number, dict(zip(names, row, strict=True)))
    except sqlite3.Error as error:
        words = str(error)
        reason = f"no table {_TABLE}" if "no such table" in words else f"cannot be read: {words}"
        raise ConfigError(f"the database has {reason}" if reason.startswith("no") else reason) from None


def _table_row(number: int, row: dict[str, Any]) -> OldRecord | Unreadable:
    try:
        values = {name: value.decode() if isinstance(value, bytes) else value for name, value in row.items()}
    except UnicodeDecodeError:
        return Unreadable(number, "holds text that is not UTF-8")
    return _record(number, values)


def _line_rows(path: Path) -> Iterator[OldRecord | Unreadable]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                while line and not line.endswith(b"\n"):
                    line = file.readline(_CHUNK)
                yield Unreadable(number, f"longer than {_LONGEST_LINE >> 20} MiB")
            elif line.strip():
                yield _line_row(number, line)


def _line_row(number: int, line: bytes) -> OldRecord | Unreadable:
    try:
        values = json.loads(line, object_pairs_hook=_unique, parse_constant=_refuse)
    except UnicodeDecodeError:
        return Unreadable(number, "not UTF-8")
    except MalformedError as error:
        return Unreadable(number, str(error))
    except json.JSONDecodeError as error:
        return Unreadable(number, f"not JSON (column {error.colno}: {error.msg})")
    except (RecursionError, ValueError):
        return Unreadable(number, "not JSON that can be read: nested too deeply, or a number too long")
    if not isinstance(values, dict):
        return Unreadable(number, "not an object")
    if {"record_id", "time", "event"} <= values.keys():
        values = {_QUERY_NAMES.get(name, name): value for name, value in values.items()}
    return _record(number, values)


def _record(number: int, values: dict[str, Any]) -> OldRecord | Unreadable:
    for name in ("timestamp", "event_type"):
        if values.get(name) in (None, ""):
            return Unreadable(number, f"has no {name}")
    return OldRecord(number, {**dict.fromkeys(COLUMNS), **values})


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise MalformedError("a name stands twice")
    return values


def _refuse(_: str) -> float:
    raise MalformedError("holds a number that JSON does not have")
