"""One pass over the entries of an audit log, format v1: leaves, canonical form, bodies, subjects, writers, clocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from otel_mcp.audit._members import check_members
from otel_mcp.audit.entry import ENCRYPTED_BODY, body_hash, parse_body, parse_head
from otel_mcp.errors import MalformedError
from otel_mcp.tlog import Frontier, leaf_hash
from otel_mcp.tlog.tree import HASH_SIZE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Mapping

__all__ = ["Problem", "Problems", "Progress", "Walk", "Walker"]

REMOVALS = frozenset({"audit.redact", "audit.erase", "audit.prune"})
Progress: TypeAlias = "Callable[[int, int], None]"

_MAX_PER_CODE = 20
_PROGRESS_EVERY = 4096
# Entries of one writer are made by several threads, and NTP corrects clocks by seconds: neither is news.
_CLOCK_TOLERANCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found: codes A01 … are tampering, W01 … are warnings."""

    code: str
    message: str
    index: int | None = None


class Problems:
    """Collects problems; of one code only the first ones are kept, and the rest is counted."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, message: str, index: int | None = None) -> None:
        """Note one problem."""
        self._counts[code] += 1
        if self._counts[code] <= _MAX_PER_CODE:
            self._kept.append(Problem(code, message, index))

    @property
    def tampering(self) -> bool:
        """Whether any code of tampering was noted."""
        return any(code.startswith("A") for code in self._counts)

    def all(self) -> tuple[Problem, ...]:
        """The problems in order of code and then of discovery."""
        more = [
            Problem(code, f"{count - _MAX_PER_CODE} more of {code}")
            for code, count in self._counts.items()
            if count > _MAX_PER_CODE
        ]
        return tuple(sorted([*self._kept, *more], key=lambda problem: problem.code))


@dataclass(frozen=True, slots=True)
class Walk:
    """What the pass gave."""

    size: int
    """Number of entries from 0 on, or the index after the last if some are missing."""
    entries: int
    root: bytes
    roots: Mapping[int, bytes]
    """At the sizes that were asked for, as far as the log goes."""
    gap: bool
    first_ts: str | None
    last_ts: str | None
    writers: int
    intents_open: int


@dataclass(slots=True)
class _Writer:
    sequence: int | None
    """Of its last entry; None where that is not here."""
    stopped: bool = False
    offset: datetime | None = None
    """Wall clock at this writer's start, as its latest entry implies it."""


@dataclass(slots=True)
class _Pass:
    """The state of the pass, entry by entry."""

    problems: Problems
    subjects: Mapping[str, str]
    unseen: bool = False
    """Entries before are not here, and writers may have begun there."""
    pruned: dict[int, str] = field(default_factory=dict)
    """Ends of what signed records say was pruned, and the roots there."""
    last_event: str = ""
    """Of the file that is walked."""
    encrypted: int = 0
    writers: dict[str, _Writer] = field(default_factory=dict)
    intents: dict[str, str] = field(default_factory=dict)
    bodiless: dict[int, str | None] = field(default_factory=dict)
    nameless: dict[int, str] = field(default_factory=dict)
    redacted: set[int] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    first_ts: str | None = None
    last_ts: str | None = None

    def entry(self, index: int, head_bytes: bytes, body: object) -> None:
        """Check one head and its body."""
        try:
            head = parse_head(head_bytes.decode())
            self._account(index, head)
            self._check_body(index, head, body)
        except UnicodeDecodeError:
            self.problems.add("A09", f"entry {index} is not UTF-8", index)
        except MalformedError as error:
            self.problems.add("A09", f"entry {index} is not in canonical form: {error}", index)
        except (KeyError, TypeError, ValueError, OverflowError):
            self.problems.add("A09", f"entry {index} is not an entry of format v1", index)

    def _account(self, index: int, head: dict[str, Any]) -> None:
        check_members(head)
        self._check_sequence(index, head)
        event, phase = head["event"], head["phase"]
        self.last_event = event
        if phase == "intent":
            self.intents[head["id"]] = head["w"]
        elif phase == "outcome" and "ref" in head:
            self.intents.pop(head["ref"], None)
        if self.first_ts is None:
            self.first_ts = head["ts"]
        self.last_ts = head["ts"]
        if event.startswith("audit."):
            self._account_own(index, head)

    def _account_own(self, index: int, head: dict[str, Any]) -> None:
        event = head["event"]
        if event == "audit.writer.stop":
            self.writers[head["w"]].stopped = True
        elif event == "audit.gap":
            between = f"between {head['first_ts']} and {head['last_ts']}"
            message = f"{head['dropped']} events dropped {between} (signed gap record, reason {head['reason']})"
            self.problems.add("W05", message, index)
        elif event == "audit.redact":
            self.redacted.add(head["idx"])
        elif event == "audit.erase":
            self.erased.update(head["subjects"])
        elif event == "audit.prune":
            self.pruned[head["end"]] = head["root"]

    def take_record(self, index: int, head: dict[str, Any]) -> None:
        """Take in a record of a removal that stands in a part of the log that is not here."""
        try:
            check_members(head)
            if head["event"] in REMOVALS:
                self._account_own(index, head)
        except MalformedError:
            self.problems.add("A10", f"entry {index}, the record of a removal, is not an entry of format v1", index)

    def _check_sequence(self, index: int, head: dict[str, Any]) -> None:
        name, sequence = head["w"], head["ws"]
        writer = self.writers.setdefault(name, _Writer(None if self.unseen else 0))
        if writer.sequence is not None and sequence != writer.sequence + 1:
            lost = "an entry of this writer was lost before signing"
            self.problems.add("A11", f"writer {name} skipped from {writer.sequence} to {sequence}: {lost}", index)
        writer.sequence = sequence
        if "via" in head:
            return  # came by another way, later than it happened
        offset = datetime.fromisoformat(head["ts"][:-1]) - timedelta(microseconds=head["up"])
        if writer.offset is not None and offset < writer.offset - _CLOCK_TOLERANCE:
            seconds = round((writer.offset - offset).total_seconds())
            self.problems.add("W03", f"clock of writer {name} went back {seconds} s before entry {index}", index)
            writer.offset = offset
        elif writer.offset is None or offset > writer.offset:
            writer.offset = offset

    def _check_body(self, index: int, head: dict[str, Any], blob: object) -> None:
        wanted, actor = head.get("body"), head["actor"]
        if wanted is None:
            if blob is not None or actor is not None:
                self.problems.add("A10", f"body of entry {index} was added, or its actor is not in a body", index)
        elif blob is None:
            self.bodiless[index] = actor
        elif not isinstance(blob, bytes) or body_hash(blob) != wanted:
            self.problems.add("A10", f"body of entry {index} was changed", index)
        elif actor is not None:
            self._check_actor(index, actor, blob)
        elif blob[:1] not in (b"\x00", ENCRYPTED_BODY):
            raise MalformedError(f"body of unknown form {blob[:1].hex()}")
        if isinstance(blob, bytes) and (blob[:1] == ENCRYPTED_BODY) != ("dek" in head):
            raise MalformedError("a body is encrypted, or its head names a data key, and not both")

    def _check_actor(self, index: int, actor: str, blob: bytes) -> None:
        name = self.subjects.get(actor)
        if name is None:
            self.nameless[index] = actor
        elif blob[:1] == ENCRYPTED_BODY:
            self.encrypted += 1  # whether body and row name the same actor is for those to say who have the key
        elif parse_body(blob).get("actor") != name:
            self.problems.add("A10", f"the subject row of entry {index} names another actor than its body", index)

    def check_excuses(self) -> None:
        """Bodies and subjects may be missing only where a later signed record says so."""
        for index, actor in self.bodiless.items():
            if index not in self.redacted and actor not in self.erased:
                message = f"body of entry {index} is missing without a redaction or erasure record"
                self.problems.add("A10", message, index)
        for index, actor in self.nameless.items():
            if actor not in self.erased:
                self.problems.add(
                    "A10", f"the subject row of entry {index} is missing without an erasure record", index
                )

    def check_writers(self, live: Collection[str]) -> int:
        """Warn of writers that ended without a word; gives the number of intents left open."""
        left = Counter(writer for writer in self.intents.values() if writer not in live)
        for name, writer in self.writers.items():
            intents = f"{left[name]} intents have no outcome"
            if name not in live and not writer.stopped:
                open_ones = f"; {intents}" if left[name] else ""
                self.problems.add("W04", f"writer {name} ended without stop record{open_ones} (crash?)")
            elif left[name]:
                self.problems.add("W04", f"writer {name} stopped, but {intents}")
        return left.total()


class Walker:
    """Goes through the files of a log in order: every entry and its body, and the roots at `wanted` sizes."""

    def __init__(self, problems: Problems, wanted: Collection[int], progress: Progress | None, total: int) -> None:
        self.frontier = Frontier()
        self.gap = False
        """Whether an entry is missing in the file that was walked last: no root after it can be right."""
        self.roots: dict[int, bytes] = {}
        self.state = _Pass(problems, {})
        self.size = self.entries = 0
        self._problems = problems
        self._wanted = wanted
        self._progress = progress
        self._total = total

    def begin(self, frontier: Frontier) -> None:
        """Go on with this tree, since entries before it are not here."""
        self.frontier = frontier.copy()
        self.state.unseen = True
        for writer in self.state.writers.values():
            writer.sequence = None
        if frontier.size in self._wanted:
            self.roots[frontier.size] = frontier.root()

    def walk(self, connection: sqlite3.Connection, sizes: Collection[int]) -> dict[int, bytes]:
        """Check the entries of one file; gives the roots at `sizes`."""
        # As bytes: what is hashed is what is stored, and text that is not UTF-8 is a finding, not an exception.
        rows = connection.execute(
            "SELECT entry.idx, CAST(entry.head AS BLOB), entry.leaf, body.data, typeof(entry.head) "
            "FROM entry LEFT JOIN body ON body.idx = entry.idx ORDER BY entry.idx"
        )
        frontier, state, problems = self.frontier, self.state, self._problems
        state.subjects, state.last_event = _subjects(connection), ""
        expected = start = frontier.size
        roots = {start: frontier.root()}
        wanted = {*sizes, *self._wanted}
        self.gap = False
        for index, head, leaf, body, kind in rows:
            if index != expected:
                self.gap = True
                before = "at start without a signed prune record" if expected == 0 else None
                where = before or f"(next stored entry is {index})"
                problems.add("A03", f"entries {expected}..{index - 1} are missing {where}", expected)
            frontier.append(_check_leaf(index, head, leaf, kind, problems))
            if frontier.size in wanted:
                roots[frontier.size] = frontier.root()
            state.entry(index, head or b"", body)
            expected = index + 1
            self.entries += 1
            if self._progress and not self.entries % _PROGRESS_EVERY:
                self._progress(self.entries, self._total)
        _check_stray_bodies(connection, problems)
        if not self.gap:
            self.roots |= {size: root for size, root in roots.items() if size in self._wanted}
        self.size = expected
        return roots

    def finish(self, live: Collection[str], *, ended: bool = True) -> Walk:
        """What can only be said at the end of the log; not `ended` if it goes on where we cannot see it."""
        if self._progress:
            self._progress(self.entries, self._total)
        state = self.state
        state.check_excuses()
        return Walk(
            size=self.size,
            entries=self.entries,
            root=self.frontier.root(),
            roots=self.roots,
            gap=self.gap,
            first_ts=state.first_ts,
            last_ts=state.last_ts,
            writers=len(state.writers),
            intents_open=state.check_writers(live) if ended else 0,
        )


def _check_leaf(index: int, head: object, leaf: object, kind: str, problems: Problems) -> bytes:
    """The stored leaf, so that a changed head is told from a changed and re-hashed one."""
    if kind != "text" or not isinstance(head, bytes) or not isinstance(leaf, bytes) or len(leaf) != HASH_SIZE:
        problems.add("A01", f"entry {index} was changed after it was signed: not stored as an entry is", index)
        return bytes(HASH_SIZE)
    if leaf_hash(head) != leaf:
        message = f"entry {index} was changed after it was signed: content does not match its leaf hash"
        problems.add("A01", message, index)
    return leaf


def _check_stray_bodies(connection: sqlite3.Connection, problems: Problems) -> None:
    query = "SELECT idx FROM body WHERE idx NOT IN (SELECT idx FROM entry) LIMIT 1"
    for (index,) in connection.execute(query):
        problems.add("A10", f"there is a body {index} without an entry", index)


def _subjects(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT CAST(id AS BLOB), CAST(name AS BLOB) FROM subject")
    return {bytes(subject).decode("utf-8", "replace"): bytes(name).decode("utf-8", "replace") for subject, name in rows}
