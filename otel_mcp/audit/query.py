"""Reading an audit log, format v1: entries by user, tool, event, outcome, time and trace; one row per operation."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otel_mcp.audit._window import entries_between
from otel_mcp.audit.encryption import Locked, Reader, kek_id
from otel_mcp.audit.entry import format_time, parse_head
from otel_mcp.audit.keys import subject_tag
from otel_mcp.audit.paths import default_directory, state_directory
from otel_mcp.audit.store import HAS_ACTOR, HAS_ID, altered_objects, read_meta, reading_segment, segments_of
from otel_mcp.errors import AuditUnavailable, MalformedError, NothingToVerify
from otel_mcp.tlog import Checkpoint, Frontier, parse_note, prove_inclusion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from otel_mcp.audit.keys import LogKeys

__all__ = [
    "OperationRow",
    "StoredEntry",
    "default_directory",
    "entries",
    "find",
    "inclusion",
    "list_logs",
    "operations",
    "stored_body",
]

_SELECT = (
    "SELECT entry.idx, entry.head, entry.leaf, body.data, subject.name FROM entry "
    "LEFT JOIN body ON body.idx = entry.idx LEFT JOIN subject ON subject.id = entry.actor"
)

# Entries are found by tool and actor through their indexes, which hold them in order; a time window is first made a
# range of entries through the index of times, which holds parts of ten seconds.
_WINDOW = {"since": "entry.ts >= ?", "until": "entry.ts < ?"}
_CONDITIONS = {
    "tool": "entry.tool = ?",
    "event": "entry.event GLOB ?",
    "outcome": "entry.outcome = ?",
    "trace": "json_extract(entry.head, '$.trace') = ?",
    # A request that is by itself an access to data says so in its event, the call of a tool in a member.
    "access": "CASE WHEN entry.event GLOB 'mcp.data.*' THEN substr(entry.event, 10) "
    "ELSE json_extract(entry.head, '$.access') END = ?",
}
_ALWAYS = ("id", "ts", "event", "phase", "outcome")  # members that every head has, format v1
_MAX_OPEN = 16
_MAX_DIGITS = 18  # SQLite's integers have 63 bits
_LAST = 2**63 - 1
_NEAR = 1024


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it is stored; `head_text` is what was hashed into `leaf`."""

    index: int
    head: dict[str, Any]
    head_text: str
    leaf: bytes
    body: dict[str, Any] | None
    """None if there is none, it was erased, or it is `locked`."""
    actor_name: str | None = None
    """In clear, unless it was erased or is `locked`."""
    locked: bool = False
    """Whether something of it is encrypted and its key not at hand."""


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

    def is_locked(self) -> bool:
        """Whether something of it is encrypted and its key not at hand."""
        return any(entry.locked for entry in (self.intent, self.outcome_entry) if entry is not None)

    @property
    def tool(self) -> str | None:
        """The tool that was called, if it was a tool."""
        return self._said("tool")

    @property
    def access(self) -> str | None:
        """What the call of a tool does to data, if anybody said it: `read`, `write`, `delete` or `export`."""
        return self._said("access")

    def _said(self, member: str) -> str | None:
        entry = self.outcome_entry or self.intent
        return _text(entry.head.get(member)) if entry else None


@dataclass(frozen=True, slots=True)
class _Filter:
    """What is looked for: values of `_CONDITIONS` and `_WINDOW`, and the name and tag of an actor."""

    values: Mapping[str, str]
    actor: tuple[str, bytes] | None

    def select(
        self, connection: sqlite3.Connection, *, newest_first: bool, limit: int | None = None
    ) -> Iterable[tuple[Any, ...]]:
        """The rows of one file that match."""
        query = self.query(connection)
        if query is None:
            return ()
        conditions, parameters = query
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        end = "" if limit is None else f" LIMIT {int(limit)}"
        order = "DESC" if newest_first else "ASC"
        return connection.execute(f"{_SELECT}{where} ORDER BY entry.idx {order}{end}", parameters)

    def query(self, connection: sqlite3.Connection) -> tuple[list[str], list[object]] | None:
        """Conditions and parameters for one file; None if it holds nothing that matches."""
        conditions: list[str] = []
        parameters: list[object] = []
        if self.actor is not None:
            row = connection.execute("SELECT id FROM subject WHERE tag = ?2 OR name = ?1", self.actor).fetchone()
            if row is None:
                return None
            conditions.append(HAS_ACTOR)
            parameters += [row[0], row[0]]
        if any(name in self.values for name in _WINDOW):
            inside = entries_between(connection, *map(self.values.get, _WINDOW))
            if inside is None:
                return None
            conditions.append("entry.idx BETWEEN ? AND ?")
            parameters += inside
        for name, condition in (_WINDOW | _CONDITIONS).items():
            if name in self.values:
                conditions.append(condition)
                parameters.append(self.values[name])
        return conditions, parameters


def entries(
    directory: Path,
    *,
    event: str | None = None,
    tool: str | None = None,
    outcome: str | None = None,
    access: str | None = None,
    since_us: int | None = None,
    until_us: int | None = None,
    trace: str | None = None,
    actor: str | None = None,
    keys: LogKeys | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> Iterator[StoredEntry]:
    """The entries that match all conditions.

    `event` may be a pattern (`mcp.auth.*`), `access` is `read`, `write`, `delete` or `export`, `actor` is the clear
    name, and `until_us` itself is excluded. `keys` open what is encrypted, names too: without them an encrypted name is
    not found.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable: the log cannot be read.
    """
    values = {"event": event, "tool": tool, "outcome": outcome, "trace": trace, "access": access}
    wanted = _filter(values, (since_us, until_us), actor, keys)
    count = 0
    with _open(directory, keys) as trail:
        for file in trail.files(newest_first=newest_first):
            rest = None if limit is None else limit - count
            for row in wanted.select(file.connection, newest_first=newest_first, limit=rest):
                yield file.stored(row)
                count += 1
            if count == limit:
                return


def operations(
    directory: Path,
    *,
    event: str | None = None,
    tool: str | None = None,
    outcome: str | None = None,
    access: str | None = None,
    since_us: int | None = None,
    until_us: int | None = None,
    trace: str | None = None,
    actor: str | None = None,
    keys: LogKeys | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> Iterator[OperationRow]:
    """As `entries`, one row an operation; it stands where its outcome is, or its intent if it has none yet."""
    values = {"event": event, "tool": tool, "outcome": outcome, "trace": trace, "access": access}
    wanted = _filter(values, (since_us, until_us), actor, keys)
    with _open(directory, keys) as trail:
        answered = _Answered(trail)
        count = 0
        for file in trail.files(newest_first=newest_first):
            for row in wanted.select(file.connection, newest_first=newest_first):
                if limit is not None and count >= limit:
                    return
                entry = file.stored(row)
                phase = entry.head.get("phase")
                if phase == "intent" and answered.after(entry):
                    continue
                count += 1
                yield _operation(entry, None) if phase == "intent" else _operation(trail.intent_of(entry), entry)


def find(directory: Path, record_id_or_index: str, *, keys: LogKeys | None = None) -> StoredEntry:
    """The entry with this index or record id.

    Raises:
        NothingToVerify: there is no log or no such entry.
    """
    with _open(directory, keys) as trail:
        entry = None
        if record_id_or_index.isascii() and record_id_or_index.isdigit() and len(record_id_or_index) <= _MAX_DIGITS:
            entry = trail.at(int(record_id_or_index))
        entry = entry or trail.with_id(record_id_or_index)
    if entry is None:
        raise NothingToVerify(f"no entry {record_id_or_index} in {directory}")
    return entry


def inclusion(directory: Path, index: int) -> tuple[str, list[bytes]]:
    """The first checkpoint that covers entry `index`, and the proof that it does (RFC 6962, section 2.1.1).

    Raises:
        NothingToVerify: there is no log, no such entry, or no checkpoint over it.
    """
    with _open(directory) as trail:
        file = trail.file_of(index)
        query = "SELECT note FROM checkpoint WHERE size > ? ORDER BY size LIMIT 1"
        row = file.connection.execute(query, (index,)).fetchone() if file else None
        if row is None or file is None:
            raise NothingToVerify(f"no signed checkpoint covers an entry {index} in {directory}")
        size = Checkpoint.parse(parse_note(row[0]).text).size
        rows = file.connection.execute("SELECT leaf FROM entry WHERE idx < ? ORDER BY idx", (size,))
        leaves = [leaf for (leaf,) in rows]
        before = file.frontier()
    if before.size + len(leaves) != size:
        raise AuditUnavailable(
            f"the log in {directory} has not all entries of its checkpoint {size} (run `otel-mcp verify`)"
        )
    return row[0], prove_inclusion(leaves, index, before)


def stored_body(directory: Path, index: int) -> bytes | None:
    """The body of entry `index` byte for byte, encrypted or not; None if none was kept or it was removed.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable: the log cannot be read.
    """
    with _open(directory) as trail:
        file = trail.file_of(index)
        row = file.connection.execute("SELECT data FROM body WHERE idx = ?", (index,)).fetchone() if file else None
    return None if row is None else bytes(row[0])


def list_logs() -> list[Path]:
    """The folders of this user's logs, in the default place."""
    return sorted({path.parent for path in state_directory().glob("*/audit-*.db*") if segments_of(path.parent)})


class _Answered:
    """Which intents have an outcome: looked for beside the intent, then in the rest of its file and in the next."""

    def __init__(self, trail: _Trail) -> None:
        self._trail = trail
        # Of the files that were looked through: from which entry on, and the intents that have an outcome there.
        self._seen: dict[int, tuple[int, set[str]]] = {}

    def after(self, intent: StoredEntry) -> bool:
        starts = self._trail.starts_from(intent.index)
        # Nearly every outcome stands close by. Without this look, one page of old entries would take reading all
        # that came after them.
        if any(self._is_near(start, intent) for start in starts):
            return True
        self._seen = {start: seen for start, seen in self._seen.items() if start in starts}
        return any(intent.head["id"] in self._refs(start, intent.index) for start in starts)

    def _is_near(self, start: int, intent: StoredEntry) -> bool:
        rows = self._trail.file(start).connection.execute(
            "SELECT 1 FROM entry WHERE idx > ? AND idx <= ? AND json_extract(head, '$.ref') = ? LIMIT 1",
            (intent.index, intent.index + _NEAR, intent.head["id"]),
        )
        return rows.fetchone() is not None

    def _refs(self, start: int, since: int) -> set[str]:
        above, refs = self._seen.get(start, (_LAST, set()))
        if since < above:
            rows = self._trail.file(start).connection.execute(
                "SELECT json_extract(head, '$.ref') FROM entry WHERE idx >= ? AND idx < ? "
                "AND json_extract(head, '$.phase') = 'outcome'",
                (since, above),
            )
            refs.update(ref for (ref,) in rows if isinstance(ref, str))
            self._seen[start] = since, refs
        return refs


class _File:
    """One file of a log, in one snapshot."""

    def __init__(self, connection: sqlite3.Connection, keys: Mapping[str, bytes]) -> None:
        self.connection = connection
        connection.execute("BEGIN")
        self._meta = read_meta(connection)
        self._reader = Reader(connection, self._meta.get("origin", ""), keys)

    def frontier(self) -> Frontier:
        """The tree before the first entry of this file.

        Raises:
            AuditUnavailable: the file does not say.
        """
        try:
            return Frontier.from_bytes(int(self._meta["start"]), bytes.fromhex(self._meta["hashes"]))
        except (KeyError, ValueError, MalformedError):
            says = "a file of the log does not say how that stood at its beginning"
            raise AuditUnavailable(f"{says} (run `otel-mcp verify`)") from None

    def one(self, condition: str, value: object) -> StoredEntry | None:
        query = f"{_SELECT} WHERE {condition} ORDER BY entry.idx LIMIT 1"
        row = self.connection.execute(query, (value,)).fetchone()
        return self.stored(row) if row else None

    def stored(self, row: tuple[Any, ...]) -> StoredEntry:
        index, text, leaf, blob, name = row
        locked = False
        body = clear = None
        try:
            head = parse_head(text)
            try:
                body = None if blob is None else self._reader.body(blob, head)
                clear = None if name is None else self._reader.name(name, head["actor"])
            except Locked:
                locked = True
        except (MalformedError, TypeError) as error:
            raise AuditUnavailable(f"entry {index} cannot be read: {error} (run `otel-mcp verify`)") from None
        if missing := [member for member in _ALWAYS if not isinstance(head.get(member), str)]:
            lacks = f"its head has no {missing[0]}"
            raise AuditUnavailable(f"entry {index} cannot be read: {lacks} (run `otel-mcp verify`)")
        return StoredEntry(index, head, text, leaf, body, clear, locked)


class _Trail:
    """The files of a log; each is opened when it is looked into, and only so many are open at a time."""

    def __init__(self, directory: Path, keys: LogKeys | None) -> None:
        self._segments = segments_of(directory)
        self._keys = {} if keys is None else {kek_id(key): key for key in keys.encryption_keys}
        self._open: dict[int, tuple[_File, ExitStack]] = {}
        if not self._segments:
            raise NothingToVerify(f"no audit log in {directory}")

    def files(self, *, newest_first: bool) -> Iterator[_File]:
        for start in sorted(self._segments, reverse=newest_first):
            yield self.file(start)

    def file_of(self, index: int) -> _File | None:
        start = max((start for start in self._segments if start <= index), default=None)
        return None if start is None else self.file(start)

    def starts_from(self, index: int) -> list[int]:
        """The first entries of the file that holds entry `index`, and of the next one if there is one."""
        starts = sorted(self._segments)
        own = max(bisect_right(starts, index) - 1, 0)
        return starts[own : own + 2]

    def at(self, index: int) -> StoredEntry | None:
        file = self.file_of(index)
        return file.one("entry.idx = ?", index) if file else None

    def with_id(self, record_id: str) -> StoredEntry | None:
        found = (file.one(HAS_ID, record_id) for file in self.files(newest_first=True))
        return next(filter(None, found), None)

    def intent_of(self, entry: StoredEntry) -> StoredEntry | None:
        """The intent that an outcome refers to: in the same file, or in the one before."""
        ref = entry.head.get("ref")
        if ref is None:
            return None
        starts = [start for start in sorted(self._segments) if start <= entry.index][-2:]
        found = (self.file(start).one(HAS_ID, ref) for start in reversed(starts))
        return next(filter(None, found), None)

    def close(self) -> None:
        for _, stack in self._open.values():
            stack.close()
        self._open.clear()

    def file(self, start: int) -> _File:
        if start not in self._open:
            while len(self._open) >= _MAX_OPEN:
                _, stack = self._open.pop(next(iter(self._open)))
                stack.close()
            stack = ExitStack()
            connection = stack.enter_context(reading_segment(self._segments[start]))
            # The generated columns are only as good as the schema: a column could be made to say something else.
            if altered := altered_objects(connection):
                stack.close()
                path = self._segments[start]
                raise AuditUnavailable(f"the schema of {path} was altered: {altered[0]} (run `otel-mcp verify`)")
            self._open[start] = (_File(connection, self._keys), stack)
        else:
            self._open[start] = self._open.pop(start)  # the one that was used last is closed last
        return self._open[start][0]


@contextmanager
def _open(directory: Path, keys: LogKeys | None = None) -> Iterator[_Trail]:
    trail = _Trail(Path(directory), keys)
    try:
        yield trail
    except (sqlite3.Error, OSError) as error:
        raise AuditUnavailable(f"cannot read the log in {directory}: {error}") from None
    finally:
        trail.close()


def _filter(
    values: Mapping[str, str | None],
    window_us: tuple[int | None, int | None],
    actor: str | None,
    keys: LogKeys | None,
) -> _Filter:
    times = {name: format_time(time) for name, time in zip(_WINDOW, window_us, strict=True) if time is not None}
    given = {name: value for name, value in values.items() if value is not None}
    tag = b"" if actor is None or keys is None else subject_tag(keys.index_key, actor)
    return _Filter(given | times, None if actor is None else (actor, tag))


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
