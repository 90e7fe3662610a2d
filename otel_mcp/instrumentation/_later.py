"""Work that may take a moment, such as a look into a long log: one thing after another, on a thread of its own."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Later"]


class Later:
    """Of one recorder."""

    def __init__(self, quietly: Callable[[Callable[[], None]], None]) -> None:
        """`quietly` runs a piece of work and keeps whatever goes wrong in it."""
        self._quietly = quietly
        self._items: queue.SimpleQueue[Callable[[], None] | threading.Event] = queue.SimpleQueue()
        # The lock guards the start of the thread: work comes on any thread.
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, work: Callable[[], None]) -> None:
        """Have it done behind what was put before."""
        self._items.put(work)
        with self._lock:
            if self._thread is None or not self._thread.is_alive():  # a forked child has no thread
                self._thread = threading.Thread(target=self._run, name="otel-mcp-later", daemon=True)
                self._thread.start()

    def flush(self, seconds: float) -> bool:
        """Wait until what was put before is done."""
        if self._thread is None or not self._thread.is_alive():
            return True
        done = threading.Event()
        self._items.put(done)
        return done.wait(seconds)

    def _run(self) -> None:
        while True:
            item = self._items.get()
            if isinstance(item, threading.Event):
                item.set()
            else:
                self._quietly(item)
