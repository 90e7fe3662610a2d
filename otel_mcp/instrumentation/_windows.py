"""What repeats is recorded once, and then counted: a flood of refused requests shall not flood the trail."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.audit.entry import EntryDraft, format_time, new_record_id, now_us

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["Windows"]

_SECONDS: Final = 60.0
_MOST: Final = 1024
_REST: Final = "rest"
"""In place of a key where there are too many: who asks from a thousand addresses is one flood."""


@dataclass(slots=True)
class _Window:
    last: EntryDraft
    count: int = 0
    first_us: int = 0


class Windows:
    """Of each kind of event the first passes; what follows within a window is one entry at its end, as the last was.

    `submit` takes the entries of the ends of windows, on a thread of its own.
    """

    def __init__(self, submit: Callable[[EntryDraft], object], *, seconds: float = _SECONDS) -> None:
        self._submit = submit
        self._seconds = seconds
        # The lock guards the open windows and the timer: requests come on any thread.
        self._lock = threading.Lock()
        self._open: dict[Hashable, _Window] = {}
        self._timer: threading.Timer | None = None

    def passes(self, kind: Hashable, draft: EntryDraft) -> bool:
        """Whether the event is to be recorded now; else it is counted."""
        with self._lock:
            if kind not in self._open and len(self._open) >= _MOST:
                kind = _REST
            window = self._open.get(kind)
            if window is None:
                self._open[kind] = _Window(draft)
                self._start()
                return True
            window.first_us = window.first_us or draft.time_us
            window.last = draft
            window.count += 1
            return False

    def close(self) -> None:
        """End all windows now."""
        with self._lock:
            windows, self._open = self._open, {}
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        for window in windows.values():
            if window.count:
                self._submit(_summary(window))

    def _start(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self._seconds, self.close)
            self._timer.daemon = True
            self._timer.start()


def _summary(window: _Window) -> EntryDraft:
    attributes: dict[str, Any] = {
        **window.last.attributes,
        "count": window.count,
        "first_ts": format_time(window.first_us),
        "last_ts": format_time(window.last.time_us),
    }
    return replace(window.last, id=new_record_id(), time_us=now_us(), attributes=attributes)
