"""Brings older records into a log, signed from now on and marked as not covered before.

```text
audit.import          sha256, rows, bad, first_ts, last_ts: what was taken in, and from which bytes
audit.import.record   import (the record id of the entry above), row, claimed_ts; the old values in the body
```
The log proves that these records were so when they were imported. Of the time before, it proves nothing.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from otel_mcp.audit.entry import JSON, EntryDraft, format_time
from otel_mcp.audit.older import OldRecord, OldRecords, Unreadable, claimed_us
from otel_mcp.audit.query import entries
from otel_mcp.errors import AuditUnavailable, ConfigError, OtelMcpError
from otel_mcp.redaction.keys import PERSONAL_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from otel_mcp.audit.log import AuditLog, Receipt
    from otel_mcp.redaction import Redactor

__all__ = [
    "IMPORT",
    "RECORD",
    "Earlier",
    "Imported",
    "Survey",
    "earlier_import",
    "import_records",
    "load_fernet",
    "survey",
]

IMPORT: Final = "audit.import"
RECORD: Final = "audit.import.record"

_UNDER_WAY: Final = 1000
_WAIT_SECONDS: Final = 60.0
_TOKEN: Final = "gAAAA"  # noqa: S105  # base64 of the version and the zero bytes of a Fernet token's time
_MOST_SAID: Final = 20
_OUTCOMES: Final = {
    "success": frozenset({"1", "1.0", "true", "success", "succeeded", "ok", "yes"}),
    "failure": frozenset({"0", "0.0", "false", "failure", "failed", "error", "no"}),
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What a source holds."""

    sha256: str
    rows: int
    """Records that can be imported."""
    bad: int
    unreadable: tuple[Unreadable, ...]
    """The first ones of the bad rows."""
    first_us: int | None
    last_us: int | None
    """Of the times that could be read."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An import of the same bytes before."""

    index: int
    record_id: str
    time: str
    done: frozenset[int]
    """The rows of which there are entries."""
    rows: int

    @property
    def is_whole(self) -> bool:
        return len(self.done) >= self.rows


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    record_id: str
    """Of the entry `audit.import`."""
    records: int
    undecrypted: int
    """Records whose details are a Fernet token that no key at hand opens; they were kept as they are."""


def load_fernet(path: Path) -> MultiFernet:
    """The Fernet keys in a file, one a line; lines that begin with `#` are left out.

    Raises:
        ConfigError: it cannot be read, or a line is no key. The line is not repeated.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeError) as error:
        reason = (error.strerror or "").lower() if isinstance(error, OSError) else "not ASCII"
        raise ConfigError(f"{path}: cannot read the Fernet keys: {reason}") from None
    keys = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            try:
                keys.append(Fernet(line.strip()))
            except ValueError:
                raise ConfigError(f"{path} line {number}: no Fernet key (32 bytes in URL-safe base64)") from None
    if not keys:
        raise ConfigError(f"{path}: holds no Fernet key")
    return MultiFernet(keys)


def survey(records: OldRecords, *, strict: bool = False) -> Survey:
    """Read the whole source once; nothing is written.

    Raises:
        ConfigError: the source cannot be read, holds no record, or, if `strict`, has a bad row.
    """
    rows = bad = 0
    unreadable: list[Unreadable] = []
    first: int | None = None
    last: int | None = None
    for record in records.rows():
        if isinstance(record, Unreadable):
            if strict:
                raise ConfigError(f"row {record.number}: {record.reason} (without --strict it is counted and left out)")
            bad += 1
            unreadable += [record] if len(unreadable) < _MOST_SAID else []
        else:
            rows += 1
            time = claimed_us(record.values["timestamp"])
            if time is not None:
                first = time if first is None else min(first, time)
                last = time if last is None else max(last, time)
    if not rows:
        words = f" (row {unreadable[0].number}: {unreadable[0].reason})" if unreadable else ""
        raise ConfigError(f"the source holds no record{words}")
    return Survey(records.sha256, rows, bad, tuple(unreadable), first, last)


def earlier_import(directory: Path, sha256: str) -> Earlier | None:
    """The newest import of the same bytes into the log in `directory`.

    Raises:
        NothingToVerify, AuditUnavailable: there is no log, or it cannot be read.
    """
    found = next(
        (e for e in entries(directory, event=IMPORT, newest_first=True) if e.head.get("sha256") == sha256), None
    )
    if found is None:
        return None
    record_id = found.head["id"]
    done = frozenset(
        entry.head["row"] for entry in entries(directory, event=RECORD) if entry.head.get("import") == record_id
    )
    return Earlier(found.index, record_id, found.head["ts"], done, found.head["rows"])


def import_records(
    log: AuditLog,
    records: OldRecords,
    found: Survey,
    *,
    source: str,
    redactor: Redactor,
    fernet: MultiFernet | None = None,
    actor: str | None = None,
    resume: Earlier | None = None,
    progress: Callable[[int], object] | None = None,
) -> Imported:
    """Write one entry that says what is taken in, and one for each record; `resume` goes on with an import cut short.

    Raises:
        AuditUnavailable: the log cannot be written; what was written stays, and a second call resumes.
    """
    record_id, done = (resume.record_id, resume.done) if resume else (_begin(log, found, source, redactor, actor), ())
    waiting: deque[Future[Receipt]] = deque()
    count = undecrypted = 0
    try:
        for record in _good(records.rows()):
            if record.number in done:
                continue
            draft, opened = _draft(record, record_id, redactor, fernet)
            undecrypted += not opened
            waiting.append(log.submit_import(draft))
            while len(waiting) > _UNDER_WAY:
                count += _written(waiting)
                if progress:
                    progress(count + len(done))
        while waiting:
            count += _written(waiting)
        if progress:
            progress(count + len(done))
    except (OtelMcpError, TimeoutError) as error:
        cure = "run the same command again to go on"
        raise AuditUnavailable(
            f"{count + len(done)} of {found.rows} records are in the log: {error} ({cure})"
        ) from None
    return Imported(record_id, count, undecrypted)


def _written(waiting: deque[Future[Receipt]]) -> int:
    waiting.popleft().result(_WAIT_SECONDS)
    return 1


def _good(rows: Iterator[OldRecord | Unreadable]) -> Iterator[OldRecord]:
    return (record for record in rows if isinstance(record, OldRecord))


def _begin(log: AuditLog, found: Survey, source: str, redactor: Redactor, actor: str | None) -> str:
    attributes: dict[str, JSON] = {"sha256": found.sha256, "rows": found.rows, "bad": found.bad}
    for name, time in (("first_ts", found.first_us), ("last_ts", found.last_us)):
        if time is not None:
            attributes[name] = format_time(time)
    draft = EntryDraft(
        IMPORT,
        "event",
        "IMPORT",
        "success",
        actor=actor,
        actor_type="system" if actor is None else "user",
        attributes=attributes,
        body={"source": redactor.scope().text(source)},
    )
    return log.submit_import(draft).result(_WAIT_SECONDS).record_id


def _draft(
    record: OldRecord, record_id: str, redactor: Redactor, fernet: MultiFernet | None
) -> tuple[EntryDraft, bool]:
    """The entry of one record, and whether its details could be read."""
    values = dict(record.values)
    user = values.pop("user_id")
    values["details"], token = _details(values["details"], fernet)
    scope = redactor.scope()
    safe = scope.rescrub(scope.value(values)).value
    clear: dict[str, Any] = dict(safe) if isinstance(safe, dict) else {"details": safe}
    if token is not None:
        clear["details"] = token  # it says nothing to anybody without its key, which no redaction knows
    resource, address = clear.pop("resource", None), clear.pop("ip_address", None)
    body: dict[str, Any] = {"imported": clear, **({} if token is None else {"undecrypted": True})}
    if resource is not None:
        body["resource"] = resource if isinstance(resource, str) else json.dumps(resource, ensure_ascii=False)
    if address is not None:
        body["client_address"] = str(address)
    attributes: dict[str, JSON] = {"import": record_id, "row": record.number}
    claimed = claimed_us(record.values["timestamp"])
    if claimed is not None:
        attributes["claimed_ts"] = format_time(claimed)
    actor = _actor(None if user is None else str(user), redactor)
    outcome = _outcome(record.values["success"])
    draft = EntryDraft(RECORD, "event", "IMPORT", outcome, actor=actor, attributes=attributes, body=body)
    return draft, token is None


def _actor(user: str | None, redactor: Redactor) -> str | None:
    """The name for the subject table, which is made for names of persons; a secret is none."""
    if user is None:
        return None
    safe = redactor.scope().value({"user_id": user})
    if {finding.rule for finding in safe.findings} <= PERSONAL_KINDS:
        return user
    return str(safe.value["user_id"]) if isinstance(safe.value, dict) else None


def _outcome(success: object) -> str:
    word = str(success).strip().lower()
    return next((outcome for outcome, words in _OUTCOMES.items() if word in words), "unknown")


def _details(details: object, fernet: MultiFernet | None) -> tuple[Any, str | None]:
    """What the details say, as JSON where they are; and the token, where it could not be opened."""
    if not isinstance(details, str):
        return details, None
    if details.startswith(_TOKEN):
        if fernet is None:
            return None, details
        try:
            details = fernet.decrypt(details.encode()).decode()
        except (InvalidToken, UnicodeError):
            return None, details
    if details.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(details), None
        except (ValueError, RecursionError):
            return details, None
    return details, None
