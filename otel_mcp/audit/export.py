"""The entries of a log in the formats of others: JSON lines, CSV, CEF, OCSF; and as OpenTelemetry audit records.

Each of the first four is a function from what an entry says to a line; `FORMATS` has them all.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import sqlite3
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from otel_mcp.audit._cef import cef_line
from otel_mcp.audit._ocsf import ocsf_event
from otel_mcp.audit._signers import signers_of
from otel_mcp.audit.facts import facts_of
from otel_mcp.audit.otel_audit import otel_audit_records, request_of
from otel_mcp.audit.query import entries
from otel_mcp.audit.store import read_meta, reading, reading_segment, segments_of
from otel_mcp.errors import AuditUnavailable, ConfigError, KeyMismatch
from otel_mcp.tlog import Signer, Verifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from otel_mcp.audit.facts import Facts
    from otel_mcp.audit.keys import LogKeys

__all__ = [
    "CSV_COLUMNS",
    "FORMATS",
    "OTEL_AUDIT",
    "Named",
    "Window",
    "cut_streams",
    "export_lines",
    "export_requests",
    "named",
]

OTEL_AUDIT: Final = "otel-audit"
CSV_COLUMNS: Final = (
    "index",
    "time",
    "event",
    "phase",
    "action",
    "outcome",
    "actor",
    "actor_type",
    "target",
    "source",
    "error",
    "duration_us",
    "trace",
    "record_id",
    "leaf",
)
_BATCH: Final = 512
# What a spreadsheet takes for a formula (OWASP, "CSV Injection"): a peer chooses some of these texts.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Named:
    """What a log says of itself."""

    origin: str
    service: str
    vkey: str


@dataclass(frozen=True, slots=True)
class Window:
    """Which entries, and how much of them."""

    since_us: int | None = None
    until_us: int | None = None
    bodies: bool = False


def named(directory: Path) -> Named:
    """The names of the log in `directory`.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable: it cannot be read.
    """
    try:
        with reading(directory) as connection:
            meta = read_meta(connection)
            return Named(meta["origin"], meta["service"], meta["vkey"])
    except (sqlite3.Error, KeyError) as error:
        raise AuditUnavailable(f"cannot read the log in {directory}: {error} (run `otel-mcp verify`)") from None


def export_lines(directory: Path, form: str, window: Window, keys: LogKeys | None) -> Iterator[str]:
    """Lines of one of the `FORMATS`, without line breaks; first the head of a table, where the format has one.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable: it cannot be read.
    """
    log = named(directory)
    if form == "csv":
        yield _row([*CSV_COLUMNS, *(["details"] if window.bodies else [])])
    for entry in entries(directory, keys=keys, since_us=window.since_us, until_us=window.until_us):
        yield FORMATS[form](facts_of(entry), log, window.bodies)


def export_requests(
    directory: Path, window: Window, keys: LogKeys, archive: Path | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """OTLP/JSON requests with signed audit records, and how many each holds.

    Whichever keys the log had when its entries were written, the one that it has now signs all records, and the
    request names that one. `archive` has what was pruned, so that the chains of writers go on unbroken.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable: log or archive cannot be read.
        KeyMismatch: the keys are not the log's.
        ConfigError: the archive is of another log, or lacks what was pruned.
    """
    log = named(directory)
    signer = Signer(log.origin, keys.signing_key).verifier
    # An archive does not name a key that the log was handed over to since, but was given the record of it.
    newest = (signers_of(directory).keys or (Verifier.parse(log.vkey),))[-1]
    if signer != newest:
        raise KeyMismatch(f"{keys.source} is not the key of the log in {directory} (name its key with --key)")
    if archive is not None and named(archive).origin != log.origin:
        raise ConfigError(f"--archive {archive}: holds the archive of another log, {named(archive).origin}")
    records = otel_audit_records(
        directory,
        keys.signing_key,
        keys=keys,
        bodies=window.bodies,
        since_us=window.since_us,
        until_us=window.until_us,
        archive=archive,
    )
    for batch in _batches(records, _BATCH):
        yield len(batch), request_of(batch, origin=log.origin, service=log.service, vkey=str(signer))


def cut_streams(directory: Path) -> int:
    """How many writers began before the oldest entry that was kept: the chains of their records begin in the middle.

    Raises:
        AuditUnavailable: the log cannot be read.
    """
    segments = segments_of(directory)
    first: dict[str, int] = {}
    if min(segments, default=0) == 0:
        return 0
    query = "SELECT json_extract(head, '$.w'), min(json_extract(head, '$.ws')) FROM entry GROUP BY 1"
    try:
        for path in segments.values():
            with reading_segment(path) as connection:
                for writer, sequence in connection.execute(query):
                    first.setdefault(writer, sequence)
    except (sqlite3.Error, OSError) as error:
        raise AuditUnavailable(f"cannot read the log in {directory}: {error} (run `otel-mcp verify`)") from None
    return sum(sequence != 1 for sequence in first.values())


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _json_line(facts: Facts, _: Named, bodies: bool) -> str:
    line = {"index": facts.index, "leaf": facts.leaf.hex(), "head": facts.head, "actor": facts.actor}
    # In ASCII: some readers of lines end one at U+2028.
    return json.dumps(line | {"target": facts.target} | ({"body": facts.body} if bodies else {}))


def _csv_line(facts: Facts, _: Named, bodies: bool) -> str:
    values = [getattr(facts, name) for name in CSV_COLUMNS[:-1]]
    values.append(base64.b64encode(facts.leaf).decode("ascii"))
    if bodies:
        values.append(None if facts.body is None else json.dumps(facts.body, ensure_ascii=False))
    return _row([_cell(value) for value in values])


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _row(values: list[Any]) -> str:
    """One row of RFC 4180, without its line break."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()


def _cef_line(facts: Facts, log: Named, bodies: bool) -> str:
    return cef_line(facts, log.service, bodies=bodies)


def _ocsf_line(facts: Facts, log: Named, bodies: bool) -> str:
    return json.dumps(ocsf_event(facts, log.service, log.origin, bodies=bodies))


FORMATS: Final = {"jsonl": _json_line, "csv": _csv_line, "cef": _cef_line, "ocsf": _ocsf_line}
