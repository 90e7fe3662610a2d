"""The writer thread: a bounded queue in front of a committer, group commit behind it (audit log format v1)."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from otel_mcp.audit._builder import Pending
from otel_mcp.audit._reserve import Reserve, is_full
from otel_mcp.audit.entry import JSON, EntryDraft, format_time, now_us
from otel_mcp.audit.upkeep import prune
from otel_mcp.errors import AuditClosed, AuditUnavailable, MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from otel_mcp.audit._committer import Committer, Receipt
    from otel_mcp.rotation import Retention

__all__ = ["MAX_QUEUED", "Gap", "WriterThread"]

MAX_QUEUED = 8192
_MAX_GROUP = 256
_MAX_WAIT_SECONDS = 0.1
_LINGER_SECONDS = 0.005
_MARK_SECONDS = 1.0
_END_OF_TIME_US = 253_402_300_800_000_000  # the year 10000

# Resolved when all that was queued before it is written: with None, or with what went wrong.
_Flush: TypeAlias = "Future[Exception | None]"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Call:
    function: Callable[[Committer], Any]
    future: Future[Any] = field(default_factory=Future)

    def run(self, committer: Committer) -> None:
        try:
            result = self.function(committer)
        except Exception as error:
            # Whatever went wrong belongs to the caller, and the writer goes on.
            self.fail(error)
        else:
            with contextlib.suppress(InvalidStateError):
                self.future.set_result(result)

    def fail(self, error: Exception) -> None:
        with contextlib.suppress(InvalidStateError):
            self.future.set_exception(error)


@dataclass(frozen=True, slots=True)
class Gap:
    """Events that did not reach the log, for one reason."""

    reason: str
    dropped: int
    first_us: int
    last_us: int

    def and_one_at(self, time_us: int) -> Gap:
        """This gap with one more event in it."""
        return Gap(self.reason, self.dropped + 1, min(self.first_us, time_us), max(self.last_us, time_us))

    def draft(self) -> EntryDraft:
        """The entry that admits it."""
        attributes: dict[str, JSON] = {
            "dropped": self.dropped,
            "first_ts": format_time(self.first_us),
            "last_ts": format_time(self.last_us),
            "reason": self.reason,
        }
        return EntryDraft("audit.gap", "event", "DROP", "failure", actor_type="system", attributes=attributes)


class WriterThread:
    """Takes drafts from any thread and commits them in groups, in order."""

    def __init__(self, committer: Committer, *, on_lost: Callable[[str], None], retention: Retention) -> None:
        self.dropped = 0
        self.write_errors = 0
        self.committer = committer
        self._on_lost = on_lost
        self._retention = retention
        self._reserve = Reserve(committer.directory)
        self._full = False
        self._items: queue.SimpleQueue[Pending | _Flush | _Call | None] = queue.SimpleQueue()
        # Set when something is queued that somebody waits for, or the end.
        self._urgent = threading.Event()
        # Reentrant, since a signal handler may flush while its thread is in here.
        # Guards _closed together with the queue's end (nothing may be put behind the end), the counters and _gaps.
        self._lock = threading.RLock()
        self._closed = False
        self._stalled = False
        self._gaps: dict[str, Gap] = {}
        self._next_mark = 0.0
        self._mark_due = False
        self._thread = threading.Thread(target=self._run, name="otel-mcp-audit", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def submit(self, draft: EntryDraft, *, urgent: bool) -> Future[Receipt]:
        """Queue a draft; waits at most 100 ms for room, then drops it and counts it.

        One that is not urgent may rest for 5 ms, so that it shares its commit with what follows.
        """
        pending = Pending(draft)
        # Running from the start: a caller that is cancelled must not cancel the entry.
        pending.future.set_running_or_notify_cancel()
        if self._items.qsize() >= MAX_QUEUED and not self._wait_for_room():
            self._lose(pending, "queue_full", AuditUnavailable("the audit log's queue is full: the event was dropped"))
        elif not self._put(pending, urgent=urgent):
            pending.future.set_exception(AuditClosed("the audit log is closed"))
        return pending.future

    def flush(self, timeout: float) -> bool:
        """Wait until all that was queued before is on disk; False if it is not, or not in time."""
        done: _Flush = Future()
        if not self._put(done):
            return not self._thread.is_alive()
        try:
            return done.result(timeout) is None
        except FutureTimeout:
            return False

    def first_commit(self, timeout: float) -> None:
        """Wait for the start record; raise what hindered it."""
        done: _Flush = Future()
        self._put(done)
        try:
            error = done.result(timeout)
        except FutureTimeout:
            error = AuditUnavailable(
                f"the audit log in {self.committer.directory} was locked for {timeout:g} s (is another process stuck?)"
            )
        if error is not None:
            raise error

    def call(self, function: Callable[[Committer], _T]) -> Future[_T]:
        """Have the writer's thread call a function between two commits; its result or error is the future's."""
        call: _Call = _Call(function)
        if not self._put(call):
            call.future.set_exception(AuditClosed("the audit log is closed"))
        return call.future

    def close(self, timeout: float) -> None:
        """Write what is queued and the stop record; what is not written in time fails."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._items.put(None)
                self._urgent.set()
        self._thread.join(timeout)
        if self._thread.is_alive():
            self._abandon()

    def _put(self, item: Pending | _Flush | _Call, *, urgent: bool = True) -> bool:
        with self._lock:
            if not self._closed:
                self._items.put(item)
                if urgent:
                    self._urgent.set()
            return not self._closed

    def _wait_for_room(self) -> bool:
        # Once a wait was in vain the next callers do not wait: an event loop must not stop for 100 ms per event.
        deadline = time.monotonic() + (0 if self._stalled else _MAX_WAIT_SECONDS)
        while self._items.qsize() >= MAX_QUEUED:
            if time.monotonic() >= deadline:
                self._stalled = True
                return False
            time.sleep(0.002)
        self._stalled = False
        return True

    def _abandon(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                item = self._items.get_nowait()
                if isinstance(item, Pending):
                    self._lose(
                        item, "closed", AuditUnavailable("the audit log was closed before the entry was written")
                    )
                elif isinstance(item, _Call):
                    item.fail(AuditUnavailable("the audit log was closed"))
                elif item is not None:
                    _resolve(item, AuditUnavailable("the audit log was closed"))
        self._items.put(None)

    def _lose(self, pending: Pending, reason: str, error: Exception) -> None:
        time_us = pending.draft.time_us
        if not isinstance(time_us, int) or not 0 < time_us < _END_OF_TIME_US:
            time_us = now_us()  # a draft may have been lost for just this time
        with self._lock:
            self.dropped += 1
            gap = self._gaps.get(reason) or Gap(reason, 0, time_us, time_us)
            self._gaps[reason] = gap.and_one_at(time_us)
        self._on_lost(pending.draft.id)
        with contextlib.suppress(InvalidStateError):
            pending.future.set_exception(error)

    def _run(self) -> None:
        self._reserve.make()
        while self._step():
            pass
        self._finish()

    def _step(self) -> bool:
        item = self._next()
        batch: list[Pending] = []
        flushes: list[_Flush] = []
        calls: list[_Call] = []
        stop = False
        with contextlib.suppress(queue.Empty):
            while True:
                if isinstance(item, Pending):
                    batch.append(item)
                elif item is None:
                    stop = True
                    break
                elif isinstance(item, _Call):
                    calls.append(item)
                    break
                else:
                    flushes.append(item)
                if len(batch) >= _MAX_GROUP:
                    self._urgent.set()  # what stays behind has rested long enough
                    break
                item = self._items.get_nowait()
        error = self._commit(batch) if batch or flushes else None
        for flush in flushes:
            _resolve(flush, error)
        for call in calls:
            call.run(self.committer)
        return not stop

    def _next(self) -> Pending | _Flush | _Call | None:
        item: Pending | _Flush | _Call | None
        try:
            item = self._items.get(timeout=max(0.0, self._next_mark - time.monotonic()) if self._mark_due else None)
        except queue.Empty:
            self._write_mark()
            item = self._items.get()
        self._urgent.wait(_LINGER_SECONDS)
        # Before the queue is emptied: what is put from here on either is taken now or wakes the next round.
        self._urgent.clear()
        return item

    def _commit(self, batch: list[Pending]) -> Exception | None:
        if self._full:
            if not self._reserve.make():
                return self._refuse(batch)
            self._full = False
        with self._lock:
            gaps = self._gaps
            self._gaps = {}
        if not batch and not gaps and self.committer.sequence:
            return None
        try:
            answers = self.committer.commit(batch, [gap.draft() for gap in gaps.values()])
        except Exception as error:
            # Any error: a thread that died here would leave a program without an audit log and without a word.
            self._failed(batch, gaps, error)
            self._full = is_full(error)
            if self._full:
                self._admit()
            return error
        for pending, answer in zip(batch, answers, strict=True):
            if isinstance(answer, MalformedError):
                self._lose(pending, "malformed", answer)
            else:
                with contextlib.suppress(InvalidStateError):
                    pending.future.set_result(answer)
        self._mark_due = True
        if time.monotonic() >= self._next_mark:
            self._write_mark()
        self._rotate_if_due()
        return None

    def _rotate_if_due(self) -> None:
        try:
            if self.committer.is_due() and self.committer.rotate() and self._retention.seconds is not None:
                prune(self.committer, now_us() - self._retention.seconds * 1_000_000, policy=self._retention.name)
        except Exception:
            # Nothing was acknowledged, so nothing is lost: the file is written on and sealed another time.
            with self._lock:
                self.write_errors += 1

    def _refuse(self, batch: list[Pending]) -> AuditUnavailable:
        """The disk is full, and what is left of it is for the records of gaps and of the end."""
        error = AuditUnavailable(f"the disk of the audit log in {self.committer.directory} is full")
        for pending in batch:
            self._lose(pending, "disk_full", AuditUnavailable(str(error)))
        return error

    def _admit(self) -> None:
        """Write that something was lost, in the room that was held back for it."""
        self._reserve.release()
        with self._lock:
            gaps, self._gaps = self._gaps, {}
        try:
            self.committer.commit([], [gap.draft() for gap in gaps.values()])
        except Exception as error:
            self._failed([], gaps, error)

    def _failed(self, batch: list[Pending], gaps: dict[str, Gap], error: Exception) -> None:
        with self._lock:
            self.write_errors += 1
            for reason, gap in gaps.items():
                later = self._gaps.get(reason)
                self._gaps[reason] = gap if later is None else _joined(gap, later)
        for pending in batch:
            # An error of its own for each: threads that raise one shared exception would mix their tracebacks.
            self._lose(pending, "write_error", AuditUnavailable(str(error)))

    def _write_mark(self) -> None:
        self.committer.write_mark()
        self._mark_due = False
        self._next_mark = time.monotonic() + _MARK_SECONDS

    def _finish(self) -> None:
        sequence = self.committer.sequence or 1  # the start record, if it could not be written until now
        stop = EntryDraft(
            "audit.writer.stop",
            "event",
            "STOP",
            "success",
            actor_type="system",
            attributes={"count": sequence + len(self._gaps) + 1},
        )
        with contextlib.suppress(Exception):  # a disk that is full stays full; verify then tells of an unclean end
            self.committer.commit([], [*(gap.draft() for gap in self._gaps.values()), stop])
        self.committer.write_mark()
        self.committer.close()


def _joined(one: Gap, other: Gap) -> Gap:
    first, last = min(one.first_us, other.first_us), max(one.last_us, other.last_us)
    return Gap(one.reason, one.dropped + other.dropped, first, last)


def _resolve(flush: _Flush, error: Exception | None) -> None:
    with contextlib.suppress(InvalidStateError):
        flush.set_result(error)
