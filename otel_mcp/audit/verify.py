"""Verification of an audit log, format v1: every check that a reader can make without the writer's help.

The key comes from the caller or from a pin, never from beside the log: whoever can rewrite a log can also put
another key there.
"""

from __future__ import annotations

import base64
import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.audit._presence import live_writers
from otel_mcp.audit._walk import Problem, Problems, Walk, walk_entries
from otel_mcp.audit.highwater import Mark, marks_of_directory, read_mark
from otel_mcp.audit.keys import load_pins
from otel_mcp.audit.store import (
    APPLICATION_ID,
    FILE_NAME,
    SCHEMA,
    USER_VERSION,
    altered_objects,
    origin_part,
    read_meta,
    reading,
)
from otel_mcp.errors import ConfigError, MalformedError, NothingToVerify, VerificationError
from otel_mcp.tlog import Checkpoint, Verifier, open_checkpoint, parse_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["STRENGTHS", "Policy", "Problem", "Report", "verify"]

STRENGTHS = frozenset({"witness", "clean-writers"})


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom to trust and what to insist on."""

    trusted_keys: Sequence[str] = ()
    """Verifier keys, `name+hexid+base64`."""
    use_pins: bool = True
    require: frozenset[str] = frozenset()
    """Of `STRENGTHS`."""
    witness_notes: Sequence[str] = ()
    """Checkpoints of this log that were kept elsewhere."""


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found; it is evidence only together with `pinned`."""

    origin: str
    vkey: str
    size: int
    root: str
    """Base64."""
    first_ts: str | None
    last_ts: str | None
    entries: int
    writers: int
    intents_open: int
    pinned: bool
    key_source: str
    problems: tuple[Problem, ...]
    checkpoint: str
    """The newest signed note, or an empty text."""
    missing: tuple[str, ...] = ()
    """Required strengths that the log does not have."""

    @property
    def tampered(self) -> bool:
        """Whether anything was found that an honest log does not show."""
        return any(problem.code.startswith("A") for problem in self.problems)

    @property
    def exit_code(self) -> int:
        """0 verified with a trusted key, 1 tampering, 2 intact but unpinned or a required strength is missing."""
        if self.tampered:
            return 1
        return 0 if self.pinned and not self.missing else 2


@dataclass(frozen=True, slots=True)
class _Key:
    verifier: Verifier
    pinned: bool
    source: str


def verify(
    directory: Path,
    policy: Policy | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
    fast: bool = False,
) -> Report:
    """Walk the whole log in `directory` and report everything; nothing of the log is changed.

    `fast` checks the signature of the newest checkpoint only (each checkpoint's root is compared all the same), and
    the indexes superficially. `progress` is called with entries done and in all.

    Raises:
        NothingToVerify: there is no log, or it is empty and nothing says that it ever was not.
        VerificationError: the log could not be checked.
        ConfigError: the policy or the file of pins cannot be used.
    """
    policy = policy or Policy()
    if unknown := policy.require - STRENGTHS:
        raise ConfigError(f"required strength {min(unknown)!r}: expected one of {', '.join(sorted(STRENGTHS))}")
    directory = Path(directory).absolute()
    # Before the log: it only grows, so what was seen before must be in it.
    marks = marks_of_directory(directory)
    try:
        with reading(directory) as connection:
            # A value that was turned into broken text is to be found, not to stop the search.
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            return _Verification(directory, policy, connection, marks).run(progress, fast=fast)
    except NothingToVerify:
        if not marks:
            raise
        return _report_of_deleted(marks)
    except sqlite3.Error as error:
        raise VerificationError("A14", f"{directory / FILE_NAME}: cannot be read as a log: {error}") from None


class _Verification:
    """One run over one snapshot of a log."""

    def __init__(self, directory: Path, policy: Policy, connection: sqlite3.Connection, marks: list[Mark]) -> None:
        self.directory = directory
        self.policy = policy
        self.connection = connection
        self.marks = marks
        self.problems = Problems()
        self.newest_note = ""

    def run(self, progress: Callable[[int, int], None] | None, *, fast: bool) -> Report:
        # Looked at on both sides of the snapshot: a writer may start or stop while we begin.
        live = live_writers(self.directory)
        self.connection.execute("BEGIN")
        altered = self._check_schema()
        live |= live_writers(self.directory)
        meta = read_meta(self.connection)
        self._add_mark(meta.get("origin", ""))
        if not altered:
            self._check_pages(fast=fast)
        key = self._choose_key(meta)
        if f"/otel-mcp/{origin_part(meta.get('service', ''))}/" not in key.verifier.name:
            self.problems.add("A14", "the service that the log names is not the one in its origin")
        witnessed = self._open_witness_notes(key)
        checkpoints = self._open_checkpoints(key, fast=fast)
        sizes = {*checkpoints, *(mark.size for mark in self.marks), *(note.size for note in witnessed)}
        walk = walk_entries(self.connection, sizes, live, self.problems, progress)
        if not walk.size and not checkpoints and not self.marks and not self.problems.tampering:
            raise NothingToVerify(f"the audit log in {self.directory} is empty")
        self._check_roots(walk, checkpoints)
        self._check_frontier(walk)
        self._check_memory(walk, key.verifier.name, witnessed)
        return self._report(walk, key, witnessed)

    def _check_schema(self) -> list[str]:
        application_id = self.connection.execute("PRAGMA application_id").fetchone()[0]
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        altered = altered_objects(self.connection)
        if application_id != APPLICATION_ID and len(altered) >= len(SCHEMA):
            raise NothingToVerify(f"{self.directory / FILE_NAME} is not an audit log")
        if version > USER_VERSION:
            raise VerificationError("A14", f"log format {version} is newer than this version reads ({USER_VERSION})")
        if application_id != APPLICATION_ID or version != USER_VERSION:
            altered.append("application_id or user_version")
        for name in altered:
            self.problems.add("A14", f"database schema altered: {name}")
        return altered

    def _add_mark(self, origin: str) -> None:
        # A log that was moved: its mark is found by name instead of by folder.
        mark = read_mark(origin)
        if mark and origin not in {known.origin for known in self.marks}:
            self.marks.append(mark)

    def _check_pages(self, *, fast: bool) -> None:
        # Beyond quick_check, integrity_check compares indexes with their table: an entry missing from an index
        # would be invisible to queries while every hash is right.
        pragma = "quick_check(8)" if fast else "integrity_check(8)"
        for (line,) in self.connection.execute(f"PRAGMA {pragma}"):
            if line != "ok":
                self.problems.add("A14", f"database is damaged: {line}")

    def _choose_key(self, meta: Mapping[str, str]) -> _Key:
        origin = meta.get("origin", "")
        trusted = {verifier.name: verifier for verifier in map(Verifier.parse, self.policy.trusted_keys)}
        pins = load_pins() if self.policy.use_pins else {}
        claimed = _claimed_key(meta)
        if origin in trusted:
            key = _Key(trusted[origin], pinned=True, source="given by the caller")
        elif origin in pins:
            key = _Key(Verifier.parse(pins[origin]), pinned=True, source="known_logs")
        else:
            key = _Key(claimed, pinned=False, source="found beside the log")
            self.problems.add("W01", "key not pinned (found beside the log): integrity only, identity unproven")
        if trusted and origin not in trusted:
            self.problems.add("A07", f"none of the trusted keys is for this log; it names itself {origin}")
        if claimed != key.verifier:
            self.problems.add(
                "A07", f"the log names key {claimed}, but the pinned key is {key.verifier}: key substitution"
            )
        return key

    def _open_witness_notes(self, key: _Key) -> list[Checkpoint]:
        witnessed = []
        for note in self.policy.witness_notes:
            with contextlib.suppress(MalformedError, VerificationError):
                witnessed.append(open_checkpoint(note, [key.verifier]))
        return sorted(witnessed, key=lambda checkpoint: checkpoint.size)

    def _open_checkpoints(self, key: _Key, *, fast: bool) -> dict[int, bytes]:
        """The roots that the log signed, by size."""
        newest = self.connection.execute("SELECT max(size) FROM checkpoint").fetchone()[0]
        roots = {}
        for size, note in self.connection.execute("SELECT size, CAST(note AS BLOB) FROM checkpoint ORDER BY size"):
            checkpoint = self._open_checkpoint(size, note, key.verifier, unchecked=fast and size != newest)
            if checkpoint:
                roots[size] = checkpoint.root
                self.newest_note = note.decode()
        return roots

    def _open_checkpoint(self, size: int, note: bytes, verifier: Verifier, *, unchecked: bool) -> Checkpoint | None:
        try:
            checkpoint = Checkpoint.parse(parse_note(note).text) if unchecked else open_checkpoint(note, [verifier])
        except MalformedError as error:
            self.problems.add("A08", f"checkpoint {size} is no signed checkpoint of this log: {error}")
            return None
        except VerificationError as error:
            message = f"checkpoint {size} is not signed by the trusted key {verifier}: {error}"
            self.problems.add("A07", f"{message}: key substitution, or the checkpoint was changed")
            return None
        if (checkpoint.origin, checkpoint.size) != (verifier.name, size):
            message = f"it is of {checkpoint.origin} at {checkpoint.size}"
            self.problems.add("A08", f"checkpoint {size} is no signed checkpoint of this log: {message}")
            return None
        return checkpoint

    def _check_roots(self, walk: Walk, checkpoints: Mapping[int, bytes]) -> None:
        if not checkpoints:
            if walk.size:
                self.problems.add("A08", "no signed checkpoint: this is not a signed log (signatures removed?)")
            return
        newest = max(checkpoints)
        if walk.gap:
            return  # with an entry missing no later root can be right: A03 says it
        good = 0
        for size, root in checkpoints.items():
            if size > walk.size:
                break
            if walk.roots[size] != root:
                message = f"entries {good}..{size - 1} differ from signed checkpoint {size} (changed and re-hashed)"
                self.problems.add("A02", message, good)
                break
            good = size
        if newest > walk.size:
            removed = f"{newest - walk.size} entries removed from the end"
            self.problems.add("A04", f"log ends at {walk.size} but checkpoint {newest} is signed: {removed}", walk.size)
        elif newest < walk.size:
            message = f"entries {newest}..{walk.size - 1} are covered by no signed checkpoint"
            self.problems.add("A08", message, newest)

    def _check_frontier(self, walk: Walk) -> None:
        rows = self.connection.execute("SELECT size, hashes FROM frontier").fetchall()
        if rows != [(walk.size, walk.frontier)] and not walk.gap:
            if len(rows) == 1 and isinstance(rows[0][0], int) and rows[0][0] > walk.size:
                message = f"log ends at {walk.size} but {rows[0][0]} entries were written"
                self.problems.add("A04", message, walk.size)
            else:
                self.problems.add("A14", "the stored frontier does not belong to the entries")

    def _check_memory(self, walk: Walk, origin: str, witnessed: Iterable[Checkpoint]) -> None:
        """Compare with what was seen of the log before, on this machine and elsewhere."""
        for mark in self.marks:
            if mark.origin == origin:
                self._compare("this machine", walk, mark.size, mark.root)
            else:
                message = f"ROLLBACK: this machine saw the log {mark.origin} with {mark.size} entries in this folder; "
                cure = "(deliberate? record it with `otel-mcp accept-restore`)"
                self.problems.add("A05", f"{message}now there is another log, {origin} {cure}")
        for checkpoint in witnessed:
            self._compare("the witness", walk, checkpoint.size, checkpoint.root)

    def _compare(self, who: str, walk: Walk, size: int, root: bytes) -> None:
        if size > walk.size:
            message = f"ROLLBACK: {who} saw {size} entries; this log has {walk.size}"
            cure = " (a restored backup? record it with `otel-mcp accept-restore`)" if who == "this machine" else ""
            self.problems.add("A05", message + cure)
        elif not walk.gap and walk.roots[size] != root:
            message = f"FORK: at size {size} this log's root differs from the one that {who} saw: "
            self.problems.add("A06", f"{message}history was rewritten")

    def _report(self, walk: Walk, key: _Key, witnessed: Sequence[Checkpoint]) -> Report:
        missing = []
        if self.policy.witness_notes:
            behind = walk.size - (witnessed[-1].size if witnessed else 0)
            if behind > 0:
                self.problems.add("W02", f"{behind} newest entries signed but not yet witnessed")
        if "witness" in self.policy.require and not witnessed:
            missing.append("witness")
        problems = self.problems.all()
        if "clean-writers" in self.policy.require and any(problem.code == "W04" for problem in problems):
            missing.append("clean-writers")
        return Report(
            origin=key.verifier.name,
            vkey=str(key.verifier),
            size=walk.size,
            root=base64.b64encode(walk.root).decode("ascii"),
            first_ts=walk.first_ts,
            last_ts=walk.last_ts,
            entries=walk.entries,
            writers=walk.writers,
            intents_open=walk.intents_open,
            pinned=key.pinned,
            key_source=key.source,
            problems=problems,
            checkpoint=self.newest_note,
            missing=tuple(missing),
        )


def _claimed_key(meta: Mapping[str, str]) -> Verifier:
    try:
        claimed = Verifier.parse(meta.get("vkey", ""))
    except MalformedError as error:
        raise VerificationError("A14", f"the log does not name its key: {error}") from None
    if claimed.name != meta.get("origin"):
        raise VerificationError("A14", f"the log names itself {meta.get('origin')} and the key of {claimed.name}")
    return claimed


def _report_of_deleted(marks: Sequence[Mark]) -> Report:
    """There is no log, or an empty one, where this machine saw one."""
    mark = max(marks, key=lambda mark: mark.size)
    message = f"ROLLBACK: this machine saw {mark.size} entries of {mark.origin} in this folder; the log is gone"
    return Report(
        origin=mark.origin,
        vkey="",
        size=0,
        root="",
        first_ts=None,
        last_ts=None,
        entries=0,
        writers=0,
        intents_open=0,
        pinned=False,
        key_source="none",
        problems=(Problem("A05", message),),
        checkpoint="",
    )
