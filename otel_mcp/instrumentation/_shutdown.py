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

from otel_mcp.instrumentation._exit import global_providers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from otel_mcp.audit.log import AuditLog
    from otel_mcp.instrumentation._checkpoints import Checkpoints

__all__ = ["FLUSH_SECONDS", "SignalFlush", "flush_all"]

FLUSH_SECONDS: Final = 2.0
"""MCP clients send SIGKILL two seconds after SIGTERM (lifecycle, shutdown of stdio)."""


def flush_all(
    providers: Sequence[Any], trail: Sequence[Callable[[float], Any]], seconds: float = FLUSH_SECONDS
) -> None:
    """Flush the trail, then the providers side by side; `seconds` in all.

    The trail first: under `async` the records of its last entries are emitted when these are on disk. In threads: a
    lock that the interrupted code holds must not hold us up.
    """
    deadline = time.monotonic() + seconds
    for step in trail:
        _in_threads([partial(step, max(0.0, deadline - time.monotonic()))], deadline)
    flushes = [getattr(provider, "force_flush", None) for provider in providers]
    left = max(0.0, deadline - time.monotonic())
    _in_threads([partial(flush, int(left * 1000)) for flush in flushes if flush is not None], deadline)


def _in_threads(work: Sequence[Callable[[], Any]], deadline: float) -> None:
    threads = [threading.Thread(target=_quietly, args=(step,), daemon=True) for step in work]
    try:
        for thread in threads:
            thread.start()
    except RuntimeError:  # Python 3.12 at exit: what is under way there goes on, and more cannot begin
        return
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


def _quietly(step: Callable[[], Any]) -> None:
    try:
        step()
    except Exception:  # the process is ending; the exporters have logged what they could not do
        return


class SignalFlush:
    """A SIGTERM handler chained to the one that was there."""

    def __init__(
        self,
        providers: Sequence[Any],
        checkpoints: Checkpoints,
        audit: Callable[[], AuditLog | None],
        exit_began: Callable[[], float | None] = lambda: None,
        last_words: Callable[[bool], object] = lambda _: None,
    ) -> None:
        """`last_words` gives the trail what is still to come, and is told whether the program ends now."""
        self._last_words = last_words
        self._checkpoints = checkpoints
        self._providers = providers
        self._audit = audit
        self._exit_began = exit_began
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
        if previous is signal.SIG_DFL and hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._after_fork)

    def remove(self) -> None:
        """Give the signal back, unless somebody took it over since."""
        if not self._installed or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGTERM) == self._handle:
            signal.signal(signal.SIGTERM, self._previous)
        self._installed = False

    def _after_fork(self) -> None:
        """A child that was forked without exec dies of the signal at once, as it would without us."""
        if self._installed and signal.getsignal(signal.SIGTERM) == self._handle:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        providers = self._providers or global_providers()
        audit = self._audit()
        ours = signal.getsignal(number) == self._handle
        ends = ours and not callable(self._previous)
        trail: list[Callable[[float], object]] = [lambda _: self._last_words(ends)]
        if audit is not None:
            trail.append(audit.close if ends else audit.flush)
        flush_all(providers, [*trail, self._checkpoints.flush], self._seconds())
        if not ours:
            # The application's handler took our place and calls us in turn: what happens next is its business.
            return
        if callable(self._previous):
            self._previous(number, frame)
            return
        # The same death as without us, with the same status for whoever waits.
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _seconds(self) -> float:
        """What is left of the limit: a program that is ending anyway has been flushing since then."""
        began = self._exit_began()
        return FLUSH_SECONDS if began is None else max(0.0, began + FLUSH_SECONDS - time.monotonic())
