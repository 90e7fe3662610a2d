"""The end of a program: what the SDK does at exit one signal after the other is done side by side.

Each of its providers waits, alone and in turn, for a collector that may not be there: 7 s with the OTLP exporters.
A server that had spans only has three signals through us: side by side they take as long as the one did.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

from opentelemetry import _logs, metrics, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["SideBySide", "global_providers", "providers_that_end_at_exit"]


def global_providers() -> tuple[Any, ...]:
    return trace.get_tracer_provider(), metrics.get_meter_provider(), _logs.get_logger_provider()


def providers_that_end_at_exit() -> list[Any]:
    """The global providers that the SDK itself will shut down when the program ends, and no other."""
    return [
        provider
        for provider in global_providers()
        if getattr(provider, "_atexit_handler", None) or getattr(provider, "_at_exit_handler", None)
    ]


class SideBySide:
    """Shuts providers down at exit, each on a thread of its own; the SDK's own handlers then find nothing to do.

    For providers that `opentelemetry-instrument` made, before any code of the application ran: so every exit handler of
    the application has run by then, and nothing is lost by being early.
    """

    def __init__(self, providers: Sequence[Any]) -> None:
        self._shutdowns: list[Callable[[], Any]] = [provider.shutdown for provider in providers]
        self._threads: list[threading.Thread] = []
        self._go = threading.Event()
        self._wanted = False
        self._process = os.getpid()
        self.began: float | None = None
        """When the end began, on the monotonic clock."""

    def prepare(self) -> None:
        """Start the threads now: Python 3.12 starts none at exit. The first provider is the exit's own thread's."""
        self._process = os.getpid()
        self._threads = [threading.Thread(target=self._wait, args=(end,), daemon=True) for end in self._shutdowns[1:]]
        for thread in self._threads:
            thread.start()

    def run(self) -> None:
        """Shut all down, and wait as long as the SDK would for one of them."""
        self.began = time.monotonic()
        # In a child after a fork the threads are gone, and the SDK does it its own way.
        if not self._threads or self._process != os.getpid():
            return
        self._wanted = True
        self._go.set()
        _quietly(self._shutdowns[0])
        for thread in self._threads:
            thread.join()

    def cancel(self) -> None:
        """Let the threads go without a word."""
        self._go.set()

    def _wait(self, shutdown: Callable[[], Any]) -> None:
        self._go.wait()
        if self._wanted:
            _quietly(shutdown)


def _quietly(step: Callable[[], Any]) -> None:
    try:
        step()
    except Exception:  # the process is ending; the exporters have logged what they could not do
        return
