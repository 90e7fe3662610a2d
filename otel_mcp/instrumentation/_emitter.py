"""A thread that emits telemetry of operations nobody waits for, once the trail has told their fate.

Not the trail's own writer: exporters and span processors of the application run inside, and one that blocks there would
hold up every entry.
"""

from __future__ import annotations

import os
import queue
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Emitter"]


class Emitter:
    """Runs callables in order, on a daemon thread that is started with the first one, anew after a fork."""

    def __init__(self) -> None:
        # The lock guards the start of the thread and the process that it belongs to.
        self._lock = threading.Lock()
        self._items: queue.SimpleQueue[Callable[[], None] | threading.Event] = queue.SimpleQueue()
        self._process = 0

    def submit(self, work: Callable[[], None]) -> None:
        """Queue something that raises nothing."""
        with self._lock:
            if self._process != os.getpid():
                self._items = queue.SimpleQueue()
                threading.Thread(target=_run, args=(self._items,), name="otel-mcp-emit", daemon=True).start()
                self._process = os.getpid()
            self._items.put(work)

    def flush(self, seconds: float) -> bool:
        """Wait until what was queued before has run."""
        if self._process != os.getpid():
            return True
        done = threading.Event()
        self._items.put(done)
        return done.wait(seconds)


def _run(items: queue.SimpleQueue[Callable[[], None] | threading.Event]) -> None:
    while True:
        item = items.get()
        if isinstance(item, threading.Event):
            item.set()
        else:
            item()
