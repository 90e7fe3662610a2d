"""One run of verification over the files of a log, from the oldest to the newest."""

from __future__ import annotations

import base64
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.audit._keyring import HANDOVER_EVENT, KeyRing
from otel_mcp.audit._pages import PageCheck
from otel_mcp.audit._presence import live_writers
from otel_mcp.audit._seal_chain import SEAL_EVENT, SealChain
from otel_mcp.audit._walk import Problem, Problems, Progress, Walk, Walker
from otel_mcp.audit.anchors import RFC3161, check_anchors, newest_by_quorum, read_anchors
from otel_mcp.audit.archive import RECORDS
from otel_mcp.audit.evidence import Evidence, check_evidence, read_evidence
from otel_mcp.audit.highwater import Mark, read_mark
from otel_mcp.audit.keys import all_pins, load_pins
from otel_mcp.audit.report import Report
from otel_mcp.audit.store import (
    APPLICATION_ID,
    SCHEMA,
    USER_VERSION,
    altered_objects,
    origin_part,
    read_meta,
    reading_segment,
    segments_of,
)
from otel_mcp.errors import MalformedError, NothingToVerify, OtelMcpError, VerificationError
from otel_mcp.tlog import Checkpoint, Frontier, Verifier, open_checkpoint, parse_note

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from otel_mcp.audit.report import Policy

__all__ = ["Verification", "report_of_deleted"]


@dataclass(frozen=True, slots=True)
class _Key:
    verifier: Verifier
    """The one that is trusted."""
    ring: KeyRing
    """With those that it hands over to, and those that handed over to it."""
    pinned: bool
    source: str


class Verification:
    """One run over a log, file by file."""

    def __init__(self, directory: Path, policy: Policy, segments: dict[int, Path], marks: list[Mark]) -> None:
        self.directory = directory
        self.policy = policy
        self.segments = segments
        self.marks = marks
        self.problems = Problems()
        self.newest_note = ""
        self.archive = all(path.suffix == ".gz" for path in segments.values())
        self.checkpoints = 0
        self.records = self._read_records()
        self.stamps: list[datetime] = []
        self.quorum = 0

    def run(self, progress: Progress | None, *, fast: bool) -> Report:
        # Looked at on both sides of the snapshot: a writer may start or stop while we begin.
        live = live_writers(self.directory)
        meta, size = self._look_at_newest()
        self._add_mark(meta.get("origin", ""))
        key = self._choose_key(meta)
        if f"/otel-mcp/{origin_part(meta.get('service', ''))}/" not in key.verifier.name:
            self.problems.add("A14", "the service that the log names is not the one in its origin")
        witnessed = [*self._open_witness_notes(key), *self._open_anchors(key)]
        chain = SealChain(self.directory, key.verifier.name, key.ring, min(self.segments), self.problems)
        wanted = {
            *(mark.size for mark in self.marks),
            *(note.size for note in witnessed),
            *chain.sizes,
            min(self.segments),
        }
        walker = Walker(self.problems, wanted, progress, size - min(self.segments), fast=fast)
        sealed = False
        start: int | None = min(self.segments)
        # Each file as it is when its turn comes: a record that excuses what is missing in an older one is
        # in a newer one, which is looked at later.
        while start is not None:
            with reading_segment(self.segments[start]) as connection:
                live |= live_writers(self.directory)
                sealed = self._walk_segment(connection, start, key, walker, chain, fast=fast)
            start = self._next(start, walker, sealed=sealed)
        self._take_records(walker, key)
        walk = walker.finish(live, ended=not self.archive)
        if not (walk.entries or self.checkpoints or self.marks or self.problems.tampering):
            raise NothingToVerify(f"the audit log in {self.directory} is empty")
        self._check_start(walker)
        chain.check_roots(walk.roots, self.segments)
        self._check_removed(walker)
        self._check_memory(walk, key.verifier.name, witnessed)
        return self._report(walk, key, witnessed)

    def _read_records(self) -> list[Evidence]:
        """What an archive was given of records in files that it does not have."""
        folder = self.directory / RECORDS
        if not self.archive or not folder.is_dir() or not any(folder.iterdir()):
            return []
        try:
            return read_evidence(folder)
        except OtelMcpError as error:
            self.problems.add("A10", f"the records in {folder} cannot be read: {error}")
            return []

    def _take_records(self, walker: Walker, key: _Key) -> None:
        """Take in those records: each proves that it is an entry of this log."""
        for evidence in self.records:
            with self._reporting(evidence):
                checked = check_evidence(evidence, key.ring.keys)
                walker.state.take_record(checked.index, checked.head)

    @contextlib.contextmanager
    def _reporting(self, evidence: Evidence) -> Iterator[None]:
        try:
            yield
        except OtelMcpError as error:
            self.problems.add("A10", f"the record of entry {evidence.index} does not prove anything: {error}")

    def _check_removed(self, walker: Walker) -> None:
        """Warn where a record says that something was removed and it is here."""
        subjects, indexes = walker.state.erased, walker.state.redacted
        for start, path in self.segments.items() if subjects or indexes else ():
            with reading_segment(path) as connection:
                here = {name for (name,) in connection.execute("SELECT id FROM subject")} & subjects
                query = "SELECT 1 FROM body WHERE idx = ?"
                kept = [index for index in indexes if connection.execute(query, (index,)).fetchone()]
            for what in [*(f"subject {name}" for name in sorted(here)), *(f"body {index}" for index in sorted(kept))]:
                message = f"{what} was removed, as a signed record says, and is still in the file of entry {start}"
                self.problems.add("W06", f"{message} (run `otel-mcp erase --resume`)", start)

    def _look_at_newest(self) -> tuple[dict[str, str], int]:
        """What the newest file says of the log, and how many entries that has."""
        with reading_segment(self.segments[max(self.segments)]) as connection:
            connection.text_factory = _lenient
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                altered = altered_objects(connection)
                if len(altered) >= len(SCHEMA):
                    raise NothingToVerify(f"{self.segments[max(self.segments)]} is not an audit log")
            size = connection.execute("SELECT coalesce(max(idx), -1) + 1 FROM entry").fetchone()[0]
            return read_meta(connection), size

    def _next(self, start: int, walker: Walker, *, sealed: bool) -> int | None:
        """The start of the file that follows, if there is one."""
        if sealed:
            self.segments |= segments_of(self.directory)  # it may have come meanwhile
        later = [other for other in self.segments if other > start]
        if not later:
            return None
        following = min(later)
        if not sealed:
            self.problems.add(
                "A13", f"entries {start}..{walker.size - 1} are in a file without a seal, yet another follows"
            )
        if following > walker.size:
            missing = f"the file that begins with entry {walker.size} is missing, no prune record"
            self.problems.add("A12", f"{missing}: entries {walker.size}..{following - 1}", walker.size)
        return following

    def _walk_segment(
        self, connection: sqlite3.Connection, start: int, key: _Key, walker: Walker, chain: SealChain, *, fast: bool
    ) -> bool:
        """Check one file against itself and against what came before it; gives whether it is sealed."""
        # A value that was turned into broken text is to be found, not to stop the search.
        connection.text_factory = _lenient
        connection.execute("BEGIN")
        pages = None
        if not self._check_schema(connection, start):
            pages = PageCheck(self.segments[start], connection, fast=fast)
        meta = read_meta(connection)
        self._check_names(meta, key, start)
        frontier = _start_of(meta, start)
        if frontier is None:
            self.problems.add(
                "A14", f"the file of entry {start} does not say how the log stood at its beginning", start
            )
        elif walker.size != start or walker.gap or not walker.entries:
            if start:
                walker.begin(frontier)
        elif frontier.root() != walker.frontier.root():
            message = f"entry {start} begins a file whose tree differs from that of the file before it"
            self.problems.add("A02", message, start)
        key.ring.take_in(connection, self.problems)
        checkpoints = self._open_checkpoints(connection, key, fast=fast)
        self.checkpoints += len(checkpoints)
        roots = walker.walk(connection, checkpoints)
        for line in pages.lines() if pages is not None else ():
            self.problems.add("A14", f"database is damaged: {line}")
        self._check_roots(walker, roots, checkpoints, start)
        return self._check_frontier(connection, walker, chain, meta, start)

    def _check_names(self, meta: Mapping[str, str], key: _Key, start: int) -> None:
        named = _claimed_key(meta)
        if named not in key.ring.keys:
            message = f"the file of entry {start} names key {named}, but the trusted key is {key.verifier}"
            self.problems.add("A07", f"{message}: key substitution")

    def _check_start(self, walker: Walker) -> None:
        """Entries may be missing at the beginning only where a later signed record says so."""
        start = min(self.segments)
        if not start:
            return
        root = walker.roots.get(start)
        if root is None or walker.state.pruned.get(start) != root.hex():
            message = f"{start} entries missing at start without a signed prune record"
            if self.archive:
                message = f"the archive begins with entry {start}: {start} entries are missing before it"
            self.problems.add("A03", message, 0)

    def _check_schema(self, connection: sqlite3.Connection, start: int) -> list[str]:
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        altered = altered_objects(connection)
        if version > USER_VERSION:
            raise VerificationError("A14", f"log format {version} is newer than this version reads ({USER_VERSION})")
        if application_id != APPLICATION_ID or version != USER_VERSION:
            altered.append("application_id or user_version")
        for name in altered:
            self.problems.add("A14", f"database schema altered: {name} in {self.segments[start].name}")
        return altered

    def _add_mark(self, origin: str) -> None:
        # A log that was moved: its mark is found by name instead of by folder. An archive ends before its log does.
        mark = None if self.archive else read_mark(origin)
        if mark and origin not in {known.origin for known in self.marks}:
            self.marks.append(mark)

    def _choose_key(self, meta: Mapping[str, str]) -> _Key:
        origin = meta.get("origin", "")
        given = [
            *map(Verifier.parse, self.policy.trusted_keys),
            *(log.verifier for log in (self.policy.trust.logs if self.policy.trust else ())),
        ]
        trusted = {verifier.name: verifier for verifier in given}
        pins = load_pins() if self.policy.use_pins else {}
        claimed = _claimed_key(meta)  # of the newest file; each is compared when its turn comes
        if origin in trusted:
            verifier, pinned, source = trusted[origin], True, "given by the caller"
        elif origin in pins:
            verifier, pinned, source = Verifier.parse(pins[origin]), True, "known_logs"
        else:
            verifier, pinned, source = claimed, False, "found beside the log"
            self.problems.add("W01", "key not pinned (found beside the log): integrity only, identity unproven")
        if trusted and origin not in trusted:
            self.problems.add("A07", f"none of the trusted keys is for this log; it names itself {origin}")
        ring = KeyRing.of(self.segments.values(), claimed)
        for evidence in self.records:
            with contextlib.suppress(
                OtelMcpError, ValueError
            ):  # a record that proves nothing is said when it is taken in
                if (head := evidence.parsed()).get("event") == HANDOVER_EVENT:
                    ring.take_in_record(head, evidence.note)
        if self.archive and source == "known_logs" and verifier not in ring.keys:
            # The log may have changed its key since: what this user pinned before was its key when these were sealed.
            older = map(Verifier.parse, reversed(all_pins()[origin]))
            verifier = next((key for key in older if key in ring.keys), verifier)
        # What the trusted key signed covers all that its predecessors did before; and it vouches for those after it.
        return _Key(verifier, ring if verifier in ring.keys else KeyRing(verifier), pinned, source)

    def _open_witness_notes(self, key: _Key) -> list[Checkpoint]:
        witnessed = []
        for note in self.policy.witness_notes:
            with contextlib.suppress(MalformedError, VerificationError):
                witnessed.append(open_checkpoint(note, key.ring.keys))
        return witnessed

    def _open_anchors(self, key: _Key) -> list[Checkpoint]:
        """Checkpoints that trusted witnesses and authorities saw, as their anchors beside the log prove."""
        trust = self.policy.trust
        witnessed, problems = check_anchors(read_anchors(self.directory), key.ring.keys, trust, self.policy.roots)
        for problem in problems:
            if not problem.unknown:
                self.problems.add("W07", f"the anchor {problem.path.name} proves nothing: {problem.message}")
        self.stamps = [one.time for one in witnessed if one.kind == RFC3161 and one.time is not None]
        quorum = None if trust is None else newest_by_quorum(witnessed, trust)
        self.quorum = 0 if quorum is None else quorum.size
        return [one.checkpoint for one in witnessed]

    def _open_checkpoints(self, connection: sqlite3.Connection, key: _Key, *, fast: bool) -> dict[int, bytes]:
        """The roots that the log signed, by size."""
        newest = connection.execute("SELECT max(size) FROM checkpoint").fetchone()[0]
        roots = {}
        for size, note in connection.execute("SELECT size, CAST(note AS BLOB) FROM checkpoint ORDER BY size"):
            checkpoint = self._open_checkpoint(size, note, key.ring.at(size), unchecked=fast and size != newest)
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

    def _check_roots(
        self, walker: Walker, roots: Mapping[int, bytes], checkpoints: Mapping[int, bytes], start: int
    ) -> None:
        if not checkpoints:
            if walker.size > start:
                self.problems.add("A08", "no signed checkpoint: this is not a signed log (signatures removed?)")
            return
        if walker.gap:
            return  # with an entry missing no later root can be right: A03 says it
        good = start
        for size, root in checkpoints.items():
            if size > walker.size:
                break
            if roots.get(size) != root:
                message = f"entries {good}..{size - 1} differ from signed checkpoint {size} (changed and re-hashed)"
                self.problems.add("A02", message, good)
                break
            good = size
        newest = max(checkpoints)
        if newest > walker.size:
            message = f"log ends at {walker.size} but checkpoint {newest} is signed"
            self.problems.add("A04", f"{message}: {newest - walker.size} entries removed from the end", walker.size)
        elif newest < walker.size:
            message = f"entries {newest}..{walker.size - 1} are covered by no signed checkpoint"
            self.problems.add("A08", message, newest)
        if start and start not in checkpoints:
            self.problems.add("A08", f"the signed checkpoint {start} of the file before is missing", start)

    def _check_frontier(
        self, connection: sqlite3.Connection, walker: Walker, chain: SealChain, meta: Mapping[str, str], start: int
    ) -> bool:
        """Compare what the file says of its end with its entries; gives whether it is sealed."""
        rows = connection.execute("SELECT size, hashes, sealed FROM frontier").fetchall()
        sealed = len(rows) == 1 and rows[0][2] == 1
        if [row[:2] for row in rows] != [(walker.size, walker.frontier.to_bytes())] and not walker.gap:
            if len(rows) == 1 and isinstance(rows[0][0], int) and rows[0][0] > walker.size:
                message = f"log ends at {walker.size} but {rows[0][0]} entries were written"
                self.problems.add("A04", message, walker.size)
            else:
                self.problems.add("A14", "the stored frontier does not belong to the entries")
        elif rows and (rows[0][2] not in (0, 1) or sealed != (walker.state.last_event == SEAL_EVENT)):
            self.problems.add("A13", f"the file of entry {start} does not end as its state says (sealed or not)", start)
        last = not sealed or walker.size not in segments_of(self.directory)
        chain.check_file(meta, start, walker.size, sealed=sealed, last=last)
        return sealed

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
        if size > walk.size and self.archive and who == "the witness":
            # It ends before its log does. That a log was made one in its own place, the mark of this machine says.
            self.problems.add("W02", f"the witness saw {size} entries; this archive ends at {walk.size}")
        elif size > walk.size:
            message = f"ROLLBACK: {who} saw {size} entries; this log has {walk.size}"
            cure = " (a restored backup? record it with `otel-mcp accept-restore`)" if who == "this machine" else ""
            self.problems.add("A05", message + cure)
        elif size in walk.roots and walk.roots[size] != root:
            message = f"FORK: at size {size} this log's root differs from the one that {who} saw: "
            self.problems.add("A06", f"{message}history was rewritten")

    def _report(self, walk: Walk, key: _Key, witnessed: Sequence[Checkpoint]) -> Report:
        missing = []
        seen = [checkpoint.size for checkpoint in witnessed if walk.roots.get(checkpoint.size) == checkpoint.root]
        newest = max(seen, default=0)
        unseen = walk.size - max((checkpoint.size for checkpoint in witnessed), default=0)
        if (self.policy.witness_notes or witnessed) and unseen > 0:
            self.problems.add("W02", f"{unseen} newest entries signed but not yet witnessed")
        # Where a policy says how many witnesses it takes, a file of checkpoints is no substitute for them.
        asked = self.policy.trust is not None and bool(self.policy.trust.quorum)
        if "witness" in self.policy.require and not (self.quorum if asked else newest):
            missing.append("witness")
        if "timestamp" in self.policy.require and not self.stamps:
            missing.append("timestamp")
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
            witnessed=newest,
            stamped=max(self.stamps).isoformat() if self.stamps else None,
            start=min(self.segments),
            files=len(self.segments),
            archive=self.archive,
        )


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _start_of(meta: Mapping[str, str], start: int) -> Frontier | None:
    try:
        frontier = Frontier.from_bytes(start, bytes.fromhex(meta.get("hashes", "")))
    except (MalformedError, ValueError):
        return None
    said = (meta.get("start"), meta.get("hashes"))
    return frontier if said == (str(start), frontier.to_bytes().hex()) else None


def _claimed_key(meta: Mapping[str, str]) -> Verifier:
    try:
        claimed = Verifier.parse(meta.get("vkey", ""))
    except MalformedError as error:
        raise VerificationError("A14", f"the log does not name its key: {error}") from None
    if claimed.name != meta.get("origin"):
        raise VerificationError("A14", f"the log names itself {meta.get('origin')} and the key of {claimed.name}")
    return claimed


def report_of_deleted(marks: Sequence[Mark]) -> Report:
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
