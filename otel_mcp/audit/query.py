"""Reading an audit log, format v1: entries by user, tool, event, outcome, time and trace; one row per operation."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otel_mcp.audit.entry import format_time, parse_body, parse_head
from otel_mcp.audit.paths import default_directory, state_directory
from otel_mcp.audit.store import altered_objects, reading
from otel_mcp.errors import AuditUnavailable, MalformedError, NothingToVerify
from otel_mcp.tlog import Checkpoint, parse_note, prove_inclusion

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "OperationRow",
    "StoredEntry",
    "default_directory",
    "entries",
    "find",
    "inclusion",
    "list_logs",
    "operations",
]

_SELECT = (
    "SELECT entry.idx, entry.head, entry.leaf, body.data, subject.name FROM entry "
    "LEFT JOIN body ON body.idx = entry.idx LEFT JOIN subject ON subject.id = entry.actor"
)

# Conditions that have an index. They choose entry numbers first, so that whole entries are not sorted by number.
_INDEXED = {
    "tool": "tool = ?",
    "since_us": "ts >= ?",
    "until_us": "ts < ?",
    "actor": "actor IN (SELECT id FROM subject WHERE name = ?)",
}
# And those that look at each entry; with a time window they look at few.
_EXAMINED = {
    "event": "entry.event GLOB ?",
    "outcome": "entry.outcome = ?",
    "trace": "json_extract(entry.head, '$.trace') = ?",
}
_ALWAYS = ("id", "ts", "event", "phase", "outcome")  # members that every head has, format v1
_MAX_DIGITS = 18  # SQLite's integers have 63 bits


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it is stored; `head_text` is what was hashed into `leaf`."""

    index: int
    head: dict[str, Any]
    head_text: str
    leaf: bytes
    body: dict[str, Any] | None
    """None if there is none, or it was erased."""
    actor_name: str | None = None
    """In clear, unless it was erased."""


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation: its intent and its outcome together, or an event by itself."""

    index: int
    time: str
    event: str
    target: str | None
    actor: str | None
    outcome: str
    error: str | None
    duration_us: int | None
    trace: str | None
    record_id: str
    side: str | None
    intent: StoredEntry | None
    outcome_entry: StoredEntry | None

    @property
    def tool(self) -> str | None:
        """The tool that was called, if it was a tool."""
        entry = self.outcome_entry or self.intent
        return _text(entry.head.get("tool")) if entry else None


@dataclass(frozen=True, slots=True)
class _Filter:
    """The conditions of a query and their parameters."""

    conditions: tuple[str, ...]
    parameters: tuple[object, ...]

    def sql(self, *, newest_first: bool, limit: int | None) -> str:
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        end = "" if limit is None else f" LIMIT {int(limit)}"
        return f"{_SELECT}{where} ORDER BY entry.idx {'DESC' if newest_first else 'ASC'}{end}"


def entries(
    directory: Path,
    *,
    event: str | None = None,
    tool: str | None = None,
    outcome: str | None = None,
    since_us: int | None = None,
    until_us: int | None = None,
    trace: str | None = None,
    actor: str | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> Iterator[StoredEntry]:
    """The entries that match all conditions.

    `event` may be a pattern (`mcp.auth.*`), `actor` is the clear name, and `until_us` itself is excluded.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable: the log cannot be read.
    """
    wanted = _filter(
        event=event, tool=tool, outcome=outcome, since_us=since_us, until_us=until_us, trace=trace, actor=actor
    )
    with _open(directory) as connection:
        sql = wanted.sql(newest_first=newest_first, limit=limit)
        for row in connection.execute(sql, wanted.parameters):
            yield _stored(row)


def operations(
    directory: Path,
    *,
    event: str | None = None,
    tool: str | None = None,
    outcome: str | None = None,
    since_us: int | None = None,
    until_us: int | None = None,
    trace: str | None = None,
    actor: str | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> Iterator[OperationRow]:
    """As `entries`, one row an operation; it stands where its outcome is, or its intent if it has none yet."""
    wanted = _filter(
        event=event, tool=tool, outcome=outcome, since_us=since_us, until_us=until_us, trace=trace, actor=actor
    )
    with _open(directory) as connection:
        connection.execute("BEGIN")  # one snapshot for the rows and for what is looked up beside them
        answered = _Answered(connection)
        count = 0
        for row in connection.execute(wanted.sql(newest_first=newest_first, limit=None), wanted.parameters):
            if limit is not None and count >= limit:
                return
            entry = _stored(row)
            phase = entry.head.get("phase")
            if phase == "intent" and answered.after(entry):
                continue
            count += 1
            yield _operation(entry, None) if phase == "intent" else _operation(_intent_of(connection, entry), entry)


def find(directory: Path, record_id_or_index: str) -> StoredEntry:
    """The entry with this index or record id.

    Raises:
        NothingToVerify: there is no log or no such entry.
    """
    with _open(directory) as connection:
        entry = None
        if record_id_or_index.isascii() and record_id_or_index.isdigit() and len(record_id_or_index) <= _MAX_DIGITS:
            entry = _one(connection, "entry.idx = ?", int(record_id_or_index))
        entry = entry or _one(connection, "entry.id = ?", record_id_or_index)
    if entry is None:
        raise NothingToVerify(f"no entry {record_id_or_index} in {directory}")
    return entry


def inclusion(directory: Path, index: int) -> tuple[str, list[bytes]]:
    """The first checkpoint that covers entry `index`, and the proof that it does (RFC 6962, section 2.1.1).

    Raises:
        NothingToVerify: there is no log, no such entry, or no checkpoint over it.
    """
    with _open(directory) as connection:
        connection.execute("BEGIN")
        row = connection.execute(
            "SELECT note FROM checkpoint WHERE size > ? ORDER BY size LIMIT 1", (index,)
        ).fetchone()
        if row is None or index < 0:
            raise NothingToVerify(f"no signed checkpoint covers an entry {index} in {directory}")
        size = Checkpoint.parse(parse_note(row[0]).text).size
        rows = connection.execute("SELECT leaf FROM entry WHERE idx < ? ORDER BY idx", (size,))
        leaves = [leaf for (leaf,) in rows]
    if len(leaves) != size:
        raise AuditUnavailable(
            f"the log in {directory} has not all entries of its checkpoint {size} (run `otel-mcp verify`)"
        )
    return row[0], prove_inclusion(leaves, index)


def list_logs() -> list[Path]:
    """The folders of this user's logs, in the default place."""
    return sorted({path.parent for path in state_directory().glob("*/audit-*.db")})


class _Answered:
    """Which intents have an outcome, read from the newest entry down as far as it is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._refs: set[str] = set()
        self._above = connection.execute("SELECT coalesce(max(idx), -1) + 1 FROM entry").fetchone()[0]

    def after(self, intent: StoredEntry) -> bool:
        if intent.index < self._above:
            rows = self._connection.execute(
                "SELECT json_extract(head, '$.ref') FROM entry WHERE idx >= ? AND idx < ? "
                "AND json_extract(head, '$.phase') = 'outcome'",
                (intent.index, self._above),
            )
            self._refs.update(ref for (ref,) in rows if ref)
            self._above = intent.index
        return intent.head.get("id") in self._refs


@contextmanager
def _open(directory: Path) -> Iterator[sqlite3.Connection]:
    try:
        with reading(Path(directory)) as connection:
            # The generated columns are only as good as the schema: a column could be made to say something else.
            if altered := altered_objects(connection):
                raise AuditUnavailable(
                    f"the schema of the log in {directory} was altered: {altered[0]} (run `otel-mcp verify`)"
                )
            yield connection
    except sqlite3.Error as error:
        raise AuditUnavailable(f"cannot read the log in {directory}: {error}") from None


def _filter(**wanted: object) -> _Filter:
    given = {name: value for name, value in wanted.items() if value is not None}
    for name in ("since_us", "until_us"):
        if isinstance(value := given.get(name), int):
            given[name] = format_time(value)
    indexed = [name for name in _INDEXED if name in given]
    examined = [name for name in _EXAMINED if name in given]
    conditions = [_EXAMINED[name] for name in examined]
    if indexed:
        chosen = " AND ".join(_INDEXED[name] for name in indexed)
        conditions.insert(0, f"entry.idx IN (SELECT idx FROM entry WHERE {chosen})")  # noqa: S608 - of constants; values are parameters
    return _Filter(tuple(conditions), tuple(given[name] for name in (*indexed, *examined)))


def _one(connection: sqlite3.Connection, condition: str, value: object) -> StoredEntry | None:
    row = connection.execute(f"{_SELECT} WHERE {condition} ORDER BY entry.idx LIMIT 1", (value,)).fetchone()
    return _stored(row) if row else None


def _stored(row: tuple[Any, ...]) -> StoredEntry:
    index, text, leaf, blob, name = row
    try:
        head = parse_head(text)
        body = None if blob is None else parse_body(blob)
    except (MalformedError, TypeError) as error:
        raise AuditUnavailable(f"entry {index} cannot be read: {error} (run `otel-mcp verify`)") from None
    if missing := [member for member in _ALWAYS if not isinstance(head.get(member), str)]:
        raise AuditUnavailable(f"entry {index} cannot be read: its head has no {missing[0]} (run `otel-mcp verify`)")
    return StoredEntry(index, head, text, leaf, body, name)


def _intent_of(connection: sqlite3.Connection, entry: StoredEntry) -> StoredEntry | None:
    ref = entry.head.get("ref")
    return None if ref is None else _one(connection, "entry.id = ?", ref)


def _operation(intent: StoredEntry | None, outcome: StoredEntry | None) -> OperationRow:
    entry = outcome or intent
    assert entry is not None, "an operation has an intent or an outcome"
    head = {**(intent.head if intent else {}), **entry.head}
    duration = head.get("dur")
    return OperationRow(
        index=entry.index,
        time=head["ts"],
        event=head["event"],
        target=_target(head, entry.body) or (_target(intent.head, intent.body) if intent else None),
        actor=_actor(entry) or (_actor(intent) if intent else None),
        outcome=head["outcome"],
        error=_text(head.get("err")),
        duration_us=duration if isinstance(duration, int) else None,
        trace=_text(head.get("trace")),
        record_id=head["id"],
        side=_text(head.get("side")),
        intent=intent,
        outcome_entry=outcome,
    )


def _target(head: dict[str, Any], body: dict[str, Any] | None) -> str | None:
    """The registered name in the head, or the clear one that only the body may know, or else the head's digest."""
    clear = body or {}
    named = [head.get("tool"), head.get("prompt")]
    named += [clear.get(member) for member in ("tool", "prompt", "resource", "target")]
    return next(filter(None, map(_text, [*named, head.get("resource")])), None)


def _actor(entry: StoredEntry) -> str | None:
    return entry.actor_name or _text((entry.body or {}).get("actor"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
