"""One pass over the entries of an audit log, format v1: leaves, canonical form, bodies, subjects, writers, clocks."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from otel_mcp.audit._heads import HeadReader
from otel_mcp.audit._members import check_members
from otel_mcp.audit.entry import ENCRYPTED_BODY, body_hash, dump_body, parse_body
from otel_mcp.errors import MalformedError
from otel_mcp.tlog import Frontier
from otel_mcp.tlog.tree import HASH_SIZE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Mapping

__all__ = ["Problem", "Problems", "Progress", "Walk", "Walker"]

Progress: TypeAlias = "Callable[[int, int], None]"

_MAX_PER_CODE = 20
_PROGRESS_EVERY = 4096
# Entries of one writer are made by several threads, and NTP corrects clocks by seconds: neither is news.
_CLOCK_TOLERANCE = 10_000_000
_OWN = b'"event":"audit.'
_BODY = b'"body":"s1:'
_ACTOR = b'"actor":"'
_NO_ACTOR = b'"actor":null'
_TIME = 27  # characters of `2026-11-24T19:04:05.123456Z`


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found: codes A01 … are tampering, W01 … are warnings."""

    code: str
    message: str
    index: int | None = None


class Problems:
    """Collects problems; of one code only the first ones are kept, and the rest is counted."""

    def __init__(self, most: float = _MAX_PER_CODE) -> None:
        self._most = most
        self._kept: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, message: str, index: int | None = None) -> None:
        """Note one problem."""
        self._counts[code] += 1
        if self._counts[code] <= self._most:
            self._kept.append(Problem(code, message, index))

    @property
    def tampering(self) -> bool:
        """Whether any code of tampering was noted."""
        return any(code.startswith("A") for code in self._counts)

    def all(self) -> tuple[Problem, ...]:
        """The problems in order of code and then of discovery."""
        more = [
            Problem(code, f"{count - self._most} more of {code}")
            for code, count in self._counts.items()
            if count > self._most
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
    offset: int | None = None
    """Wall clock at this writer's start, as its latest entry implies it, in microseconds."""


@dataclass(slots=True)
class _Pass:
    """The state of the pass, entry by entry."""

    problems: Problems
    subjects: Mapping[str, str | bytes]
    reader: HeadReader = field(default_factory=HeadReader)
    unseen: bool = False
    """Entries before are not here, and writers may have begun there."""
    pruned: dict[int, str] = field(default_factory=dict)
    """Ends of what signed records say was pruned, and the roots there."""
    fast: bool = False
    """Hashes are compared, and what they cover is looked into only where it is a record of the log itself."""
    prefixes: dict[bytes, bytes] = field(default_factory=dict)
    """How the bodies of a file's actors begin, by the actor's id."""
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

    def begin_file(self, subjects: Mapping[str, str | bytes]) -> None:
        """Before the entries of another file."""
        self.subjects, self.last_event = subjects, ""
        self.prefixes = {
            subject.encode(): dump_body({"actor": name})[:-1]
            for subject, name in subjects.items()
            if isinstance(name, str)
        }

    def entry(self, index: int, head_bytes: bytes, body: object) -> None:
        """Check one head and its body."""
        if self.fast and self._is_settled(head_bytes, body):
            self.last_event = ""
            return
        try:
            head = self.reader.read(head_bytes.decode())
            self._account(index, head)
            self._check_body(index, head, body)
        except UnicodeDecodeError:
            self.problems.add("A09", f"entry {index} is not UTF-8", index)
        except MalformedError as error:
            self.problems.add("A09", f"entry {index} is not in canonical form: {error}", index)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
            self.problems.add("A09", f"entry {index} is not an entry of format v1", index)

    def _is_settled(self, head: bytes, body: object) -> bool:
        """Whether the body has the hash that the head names, and begins with the name that the subject's row has.

        The head is not parsed, since its own hash was compared. What is unusual in any way is left to the full check.
        """
        if _OWN in head or type(body) is not bytes:
            return body is None and _BODY not in head and _NO_ACTOR in head and _OWN not in head
        at = head.find(_BODY)
        wanted = base64.b64encode(hashlib.sha256(b"\x02" + body).digest())
        if at < 0 or not head.startswith(wanted, at + len(_BODY)) or head.find(_BODY, at + 1) >= 0 or body[:1] != b"\0":
            return False
        if _NO_ACTOR in head:
            return True
        at = head.find(_ACTOR) + len(_ACTOR)
        prefix = self.prefixes.get(head[at : head.find(b'"', at)])
        return prefix is not None and body.startswith(prefix, 17)

    def _account(self, index: int, head: dict[str, Any]) -> None:
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
        elif event == "audit.key.revoke":
            self.problems.add("W08", f"the key {head['vkey']} was revoked: do not trust it any more", index)
        elif event == "audit.prune":
            self.pruned[head["end"]] = head["root"]

    def take_record(self, index: int, head: dict[str, Any]) -> None:
        """Take in a record that stands in a part of the log that is not here."""
        try:
            check_members(head)
            self._account_own(index, head)
        except (MalformedError, KeyError, TypeError, ValueError):
            self.problems.add("A10", f"the record of entry {index} is not an entry of format v1", index)

    def _check_sequence(self, index: int, head: dict[str, Any]) -> None:
        name, sequence = head["w"], head["ws"]
        writer = self.writers.setdefault(name, _Writer(None if self.unseen else 0))
        if self.fast:
            return
        if writer.sequence is not None and sequence != writer.sequence + 1:
            lost = "an entry of this writer was lost before signing"
            self.problems.add("A11", f"writer {name} skipped from {writer.sequence} to {sequence}: {lost}", index)
        writer.sequence = sequence
        if "via" in head:
            return  # came by another way, later than it happened
        offset = _microseconds(head["ts"]) - head["up"]
        if writer.offset is not None and offset < writer.offset - _CLOCK_TOLERANCE:
            seconds = round((writer.offset - offset) / 1_000_000)
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
        elif isinstance(name, bytes) and name[:1] != ENCRYPTED_BODY:
            self.problems.add("A10", f"the subject row of entry {index} is neither text nor encrypted", index)
        elif blob[:1] == ENCRYPTED_BODY or isinstance(name, bytes):
            self.encrypted += 1  # whether body and row name the same actor is for those to say who have the key
        elif not blob.startswith(self.prefixes[actor.encode()], 17) and parse_body(blob).get("actor") != name:
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

    def __init__(
        self, problems: Problems, wanted: Collection[int], progress: Progress | None, total: int, *, fast: bool = False
    ) -> None:
        self.frontier = Frontier()
        self.gap = False
        """Whether an entry is missing in the file that was walked last: no root after it can be right."""
        self.roots: dict[int, bytes] = {}
        self.state = _Pass(problems, {}, fast=fast)
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
        state.begin_file(_subjects(connection))
        expected = start = frontier.size
        roots = {start: frontier.root()}
        wanted = {*sizes, *self._wanted}
        self.gap = False
        leaves: list[bytes] = []
        size, sha256 = start, hashlib.sha256
        for index, head, leaf, body, kind in rows:
            if index != expected:
                self.gap = True
                before = "at start without a signed prune record" if expected == 0 else None
                where = before or f"(next stored entry is {index})"
                problems.add("A03", f"entries {expected}..{index - 1} are missing {where}", expected)
            if kind == "text" and type(head) is bytes and sha256(b"\0" + head).digest() == leaf:
                leaves.append(leaf)
            else:
                leaves.append(_not_the_leaf(index, head, leaf, kind, problems))
            size += 1
            if size in wanted:
                frontier.extend(leaves)
                leaves.clear()
                roots[size] = frontier.root()
            state.entry(index, head or b"", body)
            expected = index + 1
            if not size % _PROGRESS_EVERY:
                frontier.extend(leaves)
                leaves.clear()
                if self._progress:
                    self._progress(self.entries + size - start, self._total)
        frontier.extend(leaves)
        self.entries += size - start
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


def _not_the_leaf(index: int, head: object, leaf: object, kind: str, problems: Problems) -> bytes:
    """The stored leaf all the same, so that a changed head is told from a changed and re-hashed one."""
    if kind != "text" or not isinstance(head, bytes) or not isinstance(leaf, bytes) or len(leaf) != HASH_SIZE:
        problems.add("A01", f"entry {index} was changed after it was signed: not stored as an entry is", index)
        return bytes(HASH_SIZE)
    message = f"entry {index} was changed after it was signed: content does not match its leaf hash"
    problems.add("A01", message, index)
    return leaf


@lru_cache(maxsize=64)
def _second(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp()) * 1_000_000


def _microseconds(ts: str) -> int:
    """Since the epoch, of a time as `format_time` writes it.

    Raises:
        ValueError: it is something else.
    """
    if len(ts) != _TIME or ts[19] != "." or ts[26] != "Z":
        raise ValueError(ts)
    return _second(ts[:19]) + int(ts[20:26])


def _check_stray_bodies(connection: sqlite3.Connection, problems: Problems) -> None:
    query = "SELECT idx FROM body WHERE idx NOT IN (SELECT idx FROM entry) LIMIT 1"
    for (index,) in connection.execute(query):
        problems.add("A10", f"there is a body {index} without an entry", index)


def _subjects(connection: sqlite3.Connection) -> dict[str, str | bytes]:
    """The names of a file's subjects, as they are stored: text, or encrypted bytes."""
    rows = connection.execute(
        "SELECT CAST(id AS BLOB), CAST(name AS BLOB), typeof(name) FROM subject WHERE typeof(id) = 'text'"
    )
    return {
        bytes(subject).decode("utf-8", "replace"): bytes(name).decode("utf-8", "replace")
        if kind == "text"
        else bytes(name)
        for subject, name, kind in rows
    }
