"""Getting everything out at SIGTERM, bounded, and then doing what would have been done without us.

The SDK flushes at exit, which a signal's default action skips: 100 queued records, none delivered.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import _logs, metrics, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from otel_mcp.audit.log import AuditLog

__all__ = ["FLUSH_SECONDS", "SignalFlush", "flush_all"]

FLUSH_SECONDS: Final = 2.0
"""MCP clients send SIGKILL two seconds after SIGTERM (lifecycle, shutdown of stdio)."""


def flush_all(providers: Sequence[Any], trail: Callable[[float], Any] | None, seconds: float = FLUSH_SECONDS) -> None:
    """Flush the trail, then the providers side by side; `seconds` in all.

    The trail first: under `async` the records of its last entries are emitted when these are on disk. In threads: a
    lock that the interrupted code holds must not hold us up.
    """
    deadline = time.monotonic() + seconds
    if trail is not None:
        _in_threads([partial(trail, seconds)], deadline)
    flushes = [getattr(provider, "force_flush", None) for provider in providers]
    left = max(0.0, deadline - time.monotonic())
    _in_threads([partial(flush, int(left * 1000)) for flush in flushes if flush is not None], deadline)


def _in_threads(work: Sequence[Callable[[], Any]], deadline: float) -> None:
    threads = [threading.Thread(target=_quietly, args=(step,), daemon=True) for step in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


def _quietly(step: Callable[[], Any]) -> None:
    try:
        step()
    except Exception:  # the process is ending; the exporters have logged what they could not do
        return


class SignalFlush:
    """A SIGTERM handler chained to the one that was there."""

    def __init__(self, providers: Sequence[Any], audit: Callable[[], AuditLog | None]) -> None:
        self._providers = providers
        self._audit = audit
        self._previous: Any = None
        self._installed = False

    def install(self) -> None:
        """Take the signal, from the main thread only (as Python demands), and only where it would end the process."""
        if threading.current_thread() is not threading.main_thread():
            return
        previous = signal.getsignal(signal.SIGTERM)
        if previous is None or previous is signal.SIG_IGN:
            return
        self._previous = previous
        signal.signal(signal.SIGTERM, self._handle)
        self._installed = True

    def remove(self) -> None:
        """Give the signal back, unless somebody took it over since."""
        if not self._installed or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGTERM) == self._handle:
            signal.signal(signal.SIGTERM, self._previous)
        self._installed = False

    def _handle(self, number: int, frame: FrameType | None) -> None:
        providers = self._providers or _global_providers()
        audit = self._audit()
        if callable(self._previous):
            flush_all(providers, audit.flush if audit is not None else None)
            self._previous(number, frame)
            return
        flush_all(providers, audit.close if audit is not None else None)
        # The same death as without us, with the same status for whoever waits.
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def _global_providers() -> tuple[Any, ...]:
    return trace.get_tracer_provider(), metrics.get_meter_provider(), _logs.get_logger_provider()
