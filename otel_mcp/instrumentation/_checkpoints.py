"""Signed checkpoints of the trail, in the telemetry: whoever keeps that has seen how far the trail went, and its root.

A log record `otel_mcp.audit.checkpoint` a minute or a thousand entries, and at the end; a gauge
`otel_mcp.audit.tree_size`, which never falls while nobody cuts the trail back.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Final

from otel_mcp.errors import OtelMcpError

if TYPE_CHECKING:
    from otel_mcp.audit.log import AuditLog, Receipt
    from otel_mcp.instrumentation._emitter import Emitter
    from otel_mcp.telemetry import Telemetry

__all__ = ["Checkpoints"]

_SECONDS: Final = 60.0
_ENTRIES: Final = 1000


class Checkpoints:
    """Emits on the emitter's thread only; what others call takes no lock and does no I/O.

    Two threads that see receipts at the same time may lose the newer of two notes: the next one, or the end, brings it.
    """

    def __init__(
        self, telemetry: Telemetry, emitter: Emitter, *, seconds: float = _SECONDS, entries: int = _ENTRIES
    ) -> None:
        self._telemetry = telemetry
        self._emitter = emitter
        self._seconds = seconds
        self._entries = entries
        self._audit: AuditLog | None = None
        self._latest = (0, "")
        self._emitted = 0
        self._timer: threading.Timer | None = None
        self._timer_process = 0

    def follow(self, audit: AuditLog | None) -> None:
        """Speak of this trail from now on; of none if it is None."""
        self._audit = audit
        self._latest, self._emitted = (0, ""), 0
        self._telemetry.tree_size = None

    def saw(self, receipt: Receipt) -> None:
        """Take note of a checkpoint that is on disk."""
        if self._audit is None:
            return
        size = _size(receipt.checkpoint)
        if size <= self._latest[0]:
            return
        self._latest = (size, receipt.checkpoint)
        self._telemetry.tree_size = (self._audit.origin, size)
        if size - self._emitted >= self._entries:
            self._emitter.submit(self._emit)
        elif not self._is_ticking():
            self._tick()

    def flush(self, seconds: float) -> bool:
        """Emit the newest checkpoint there is, and wait for that and for what was queued before."""
        if self._timer is not None:
            self._timer.cancel()
        if self._audit is not None:
            try:
                self._emitter.submit(self._emit_newest)
            except RuntimeError:  # the interpreter ends and starts no thread any more
                self._emit_newest()
        return self._emitter.flush(seconds)

    def _is_ticking(self) -> bool:
        # A child after a fork has the object and not its thread.
        return self._timer is not None and self._timer.is_alive() and self._timer_process == os.getpid()

    def _tick(self) -> None:
        timer = threading.Timer(self._seconds, self._submit)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError:  # as above
            return
        self._timer, self._timer_process = timer, os.getpid()

    def _submit(self) -> None:
        with contextlib.suppress(RuntimeError):  # as above
            self._emitter.submit(self._emit)

    def _emit(self) -> None:
        audit, (size, note) = self._audit, self._latest
        if audit is None or size <= self._emitted:
            return
        self._emitted = size
        try:
            self._telemetry.emit_checkpoint(audit.origin, size, note)
        except Exception:  # an exporter's or processor's of the application: it must not end the emitter's thread
            return

    def _emit_newest(self) -> None:
        """Also what nobody had a receipt of: the stop record, and the entries of other processes."""
        audit = self._audit
        if audit is None or not self._telemetry.takes_checkpoints():
            return
        from otel_mcp.audit.anchors import newest_checkpoint  # noqa: PLC0415  # only once, at the end

        try:
            note = newest_checkpoint(audit.directory).note
        except (OtelMcpError, OSError):  # what was seen has to do
            note = self._latest[1]
        if note and _size(note) > self._latest[0]:
            self._latest = (_size(note), note)
            self._telemetry.tree_size = (audit.origin, self._latest[0])
        self._emit()


def _size(note: str) -> int:
    """The second line of a checkpoint of our own."""
    return int(note.split("\n", 2)[1])
