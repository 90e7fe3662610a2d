"""Compares a log with telemetry that somebody else kept: what each of the two has and the other has not.

Telemetry speaks of an entry only after it is on disk. So a leaf hash that arrived and is not in the log was there once:
it was removed, or lost with the end of a writer that crashed; a checkpoint that arrived tells these apart.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from otel_mcp.audit._presence import live_writers
from otel_mcp.audit._signers import is_signed_by, signers_of
from otel_mcp.audit.facts import time_us
from otel_mcp.audit.query import entries
from otel_mcp.audit.report import Policy
from otel_mcp.audit.store import origin_part
from otel_mcp.audit.verify import verify
from otel_mcp.errors import AuditUnavailable, MalformedError, NothingToVerify
from otel_mcp.tlog import Checkpoint, Verifier, parse_note

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from otel_mcp.audit._seen import Seen, Telemetry
    from otel_mcp.audit._signers import Signers
    from otel_mcp.audit._walk import Progress
    from otel_mcp.audit.query import StoredEntry
    from otel_mcp.audit.report import Report

__all__ = ["Different", "Reconciliation", "reconcile"]

_FOREVER: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Different:
    """Telemetry and log speak of the same operation, and have different leaf hashes of it."""

    seen: Seen
    index: int


@dataclass(slots=True)
class Reconciliation:
    """What the comparison gave."""

    report: Report
    """Of the log itself, with the checkpoints that arrived as witnesses."""
    arrived: int = 0
    """Entries of which a span or a log record arrived."""
    never: list[int] = field(default_factory=list)
    """Entries of requests, within the time that the telemetry covers, of which nothing arrived."""
    outside: int = 0
    """Entries of requests before and after that time."""
    gone: list[Seen] = field(default_factory=list)
    """Arrived and not in the log, without any excuse."""
    lost: list[Seen] = field(default_factory=list)
    """Arrived and not in the log, beside the end of a writer that crashed, a gap record or a restored backup."""
    different: list[Different] = field(default_factory=list)
    pruned: int = 0
    """Older than the first entry that is left: of such a checkpoint not even the key need be known any more."""
    others: int = 0
    """Of other logs."""
    unassigned: int = 0
    """Not in the log, and whether it should be cannot be told."""
    checkpoints: int = 0
    unproven: int = 0
    """Checkpoints that name this log and are signed by none of its keys."""
    revoked: int = 0
    """Checkpoints that only a key signed which the log revoked: whoever has that key can make them."""
    unaudited: int = 0
    unreadable: int = 0

    @property
    def exit_code(self) -> int:
        """0 they agree, 1 the log was changed, 2 neither is proven."""
        if self.report.tampered or self.gone or self.different:
            return 1
        weak = (self.lost, self.never, self.unassigned, self.unproven, self.revoked, self.unaudited, self.unreadable)
        return 2 if any(weak) or self.report.exit_code else 0


@dataclass(slots=True)
class _Writer:
    sequence: int
    last_us: int
    stopped: bool = False


@dataclass(slots=True)
class _Walked:
    """What one pass over the entries gave."""

    leaves: dict[bytes, int] = field(default_factory=dict)
    """Of the entries that telemetry speaks of."""
    by_id: dict[str, int] = field(default_factory=dict)
    by_span: dict[tuple[str, str], int] = field(default_factory=dict)
    requests: list[tuple[int, int, bytes]] = field(default_factory=list)
    """Index, time and leaf of the entries that telemetry should speak of."""
    writers: dict[str, _Writer] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    excused: list[tuple[int, int]] = field(default_factory=list)
    first_us: int | None = None
    newest: tuple[str, int] = ("", 0)
    """Writer and time of the entry at hand."""
    other_us: int = 0
    """When the entry before this writer's was written: before a restore, the newest one of the copy."""


def reconcile(
    directory: Path, telemetry: Telemetry, policy: Policy | None = None, *, progress: Progress | None = None
) -> Reconciliation:
    """Compare the log in `directory` with telemetry that was read before.

    Raises:
        NothingToVerify: there is no log, or the telemetry says nothing of it.
        VerificationError: the log could not be checked.
        AuditUnavailable: the log cannot be read.
    """
    policy = policy or Policy()
    signers = signers_of(directory)
    notes = [note for _, note in telemetry.checkpoints if not signers.only_revoked(note)]
    report = verify(
        directory,
        Policy(trusted_keys=policy.trusted_keys, use_pins=policy.use_pins, witness_notes=notes),
        progress=progress,
        fast=True,
    )
    result = Reconciliation(report, unaudited=telemetry.unaudited, unreadable=telemetry.unreadable)
    origins = _origins(telemetry, signers, result)
    try:
        walked = _walk(directory, {leaf for leaf, _ in telemetry.seen})
    except AuditUnavailable:
        if report.tampered:  # which is more than that it cannot be read
            return result
        raise
    _compare(telemetry, walked, origins, result)
    if not (result.arrived or result.gone or result.lost or result.different or result.checkpoints or result.pruned):
        raise NothingToVerify(f"the telemetry says nothing of the log {report.origin} (are these the right files?)")
    _look_for_missing(telemetry, walked, result)
    return result


def _origins(telemetry: Telemetry, signers: Signers, result: Reconciliation) -> dict[str, set[str]]:
    """The logs of which each source sent checkpoints; counts those of this log."""
    origins: dict[str, set[str]] = {}
    keys = signers.counted(Verifier.parse(result.report.vkey)) if result.report.vkey else []
    for source, note in telemetry.checkpoints:
        try:
            checkpoint = Checkpoint.parse(parse_note(note).text)
        except MalformedError:
            result.unreadable += 1
            continue
        if checkpoint.origin == result.report.origin:
            if not is_signed_by(note, keys):
                _count_unsigned(note, checkpoint.size, signers, result)
                continue
            result.checkpoints += 1
        origins.setdefault(source, set()).add(checkpoint.origin)
    return origins


def _count_unsigned(note: str, size: int, signers: Signers, result: Reconciliation) -> None:
    if signers.only_revoked(note):
        result.revoked += 1
    elif size < result.report.start:
        result.pruned += 1
    else:
        result.unproven += 1


def _walk(directory: Path, wanted: Collection[bytes]) -> _Walked:
    walked = _Walked()
    for entry in entries(directory):
        with contextlib.suppress(MalformedError, KeyError, TypeError):  # `verify` has said that it is no entry
            _take_entry(entry, wanted, walked)
    live = live_writers(directory)
    for name, writer in walked.writers.items():
        if not writer.stopped and name not in live:
            end = min((start for start in walked.starts if start > writer.last_us), default=_FOREVER)
            walked.excused.append((writer.last_us, end))
    return walked


def _take_entry(entry: StoredEntry, wanted: Collection[bytes], walked: _Walked) -> None:
    head, time = entry.head, time_us(entry.head["ts"])
    if head["w"] != walked.newest[0]:
        walked.other_us = walked.newest[1]
    walked.newest = (head["w"], time)
    walked.first_us = time if walked.first_us is None else walked.first_us
    walked.writers[head["w"]] = _Writer(head["ws"], time, head["event"] == "audit.writer.stop")
    match head["event"]:
        case "audit.writer.start":
            walked.starts.append(time)
        case "audit.gap":
            walked.excused.append((time_us(head["first_ts"]), time_us(head["last_ts"])))
        case "audit.log.restore":
            walked.excused.append((walked.other_us, time))
    if entry.leaf in wanted:
        walked.leaves[entry.leaf] = entry.index
    if "side" in head and head["phase"] == "outcome" and "via" not in head:
        _take_request(entry, time, walked)


def _take_request(entry: StoredEntry, time: int, walked: _Walked) -> None:
    head = entry.head
    walked.requests.append((entry.index, time, entry.leaf))
    walked.by_id[head["id"]] = entry.index
    if "trace" in head and "span" in head:
        walked.by_span[head["trace"], head["span"]] = entry.index


def _compare(telemetry: Telemetry, walked: _Walked, origins: dict[str, set[str]], result: Reconciliation) -> None:
    ours = {seen.source for seen in telemetry.seen.values() if seen.leaf in walked.leaves}
    gone: dict[bytes, Seen] = {}
    for seen in telemetry.seen.values():
        if seen.leaf in walked.leaves:
            continue
        index = walked.by_id.get(seen.record_id or "") if seen.kind == "log" else None
        if index is None:
            index = walked.by_span.get((seen.trace, seen.span))
        if index is not None:
            result.different.append(Different(seen, index))
            continue
        source_origins = origins.get(seen.source, set())
        match _whose(seen, walked, source_origins, result.report.origin, from_here=seen.source in ours):
            case "ours":
                gone.setdefault(seen.leaf, seen)  # the log record, where there is one, says more than the span
                if seen.head is not None:
                    gone[seen.leaf] = seen
            case "others":
                result.others += 1
            case _:
                result.unassigned += 1
    for seen in gone.values():
        _judge(seen, walked, result)
    result.arrived = len(walked.leaves)


def _whose(seen: Seen, walked: _Walked, origins: set[str], origin: str, *, from_here: bool) -> str:
    """Whether something that is not in the log should be: `ours`, `others`, or `unknown`.

    `origins` are the logs of which its source sent checkpoints; `from_here`: that source sent what is in this log, too.
    """
    if seen.head is not None and seen.head["w"] in walked.writers:
        return "ours"
    if origins - {origin}:
        return "unknown" if origin in origins or from_here else "others"
    named = f"/otel-mcp/{origin_part(seen.service)}/" in origin
    return "ours" if origins or from_here or named else "others"


def _judge(seen: Seen, walked: _Walked, result: Reconciliation) -> None:
    head = seen.head
    writer = None if head is None else walked.writers.get(head["w"])
    if result.report.start and walked.first_us is not None and seen.time_us <= walked.first_us:
        result.pruned += 1
    elif writer is not None and head is not None and head["ws"] <= writer.sequence:
        result.gone.append(seen)  # later entries of its writer are there: this is no end
    elif any(first <= seen.time_us <= last for first, last in walked.excused):
        result.lost.append(seen)
    else:
        result.gone.append(seen)


def _look_for_missing(telemetry: Telemetry, walked: _Walked, result: Reconciliation) -> None:
    """Entries that should have arrived, between the first and the last that did."""
    times = [seen.time_us for seen in telemetry.seen.values() if seen.leaf in walked.leaves]
    first, last = min(times, default=_FOREVER), max(times, default=-1)
    for index, time, leaf in walked.requests:
        if leaf in walked.leaves:
            continue
        if first <= time <= last:
            result.never.append(index)
        else:
            result.outside += 1
