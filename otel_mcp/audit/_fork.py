"""Forks and SQLite do not mix: no connection of a log is open when its process forks.

SQLite keeps the locks of a file once for each process, and POSIX locks do not follow into a child. A child that
opened the log while it still had the state of its parent's connection would believe in locks that nobody holds: its
parent could then, as the last user, delete the write-ahead log under it, and acknowledged entries with it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["ForkGate", "gate"]

_WAIT_SECONDS = 5.0


class ForkGate:
    """Entered by whoever uses a log's connection; a fork passes when nobody is inside."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.passed = False
        """Whether the fork that goes on got through."""

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._lock.release()

    def close(self) -> bool:
        """Wait, for a bounded time, until nobody is inside, and keep others out; False if somebody is stuck there."""
        self.passed = self._lock.acquire(timeout=_WAIT_SECONDS)
        return self.passed

    def open(self, *, in_child: bool) -> None:
        """Let users in again after the fork."""
        if in_child:
            self._lock = threading.RLock()  # its owner may be a thread that the child does not have
        elif self.passed:
            self._lock.release()


gate = ForkGate()
