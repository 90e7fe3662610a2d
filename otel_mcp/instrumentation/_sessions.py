"""How long sessions last: from the handshake that opened one to its end, in the histograms of the conventions.

Only a handshake makes a session. Requests of MCP 2026-07-28 and of servers without state belong to none, and nothing is
counted for them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Operation

__all__ = ["Sessions"]


@dataclass(frozen=True, slots=True)
class _Session:
    handshake: Operation
    start_clock: int


class Sessions:
    """Of one recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        # By the SDK's own object of a session.
        self._open: WeakKeyDictionary[Any, _Session] = WeakKeyDictionary()

    def begin(self, session: Any, handshake: Operation, start_clock: int) -> None:
        """A handshake succeeded; `start_clock` is when it began, in ns of the monotonic clock."""
        self._open.setdefault(session, _Session(handshake, start_clock))

    def begin_until_closed(self, connection: Any, handshake: Operation, start_clock: int) -> None:
        """The same for a connection of mcp 2.x, which tells when it is closed."""
        self.begin(connection, handshake, start_clock)
        connection.exit_stack.callback(self.end, connection)

    def end(self, session: Any) -> None:
        """The session is over, if it was one."""
        self._recorder.quietly("session", lambda: self._end(session), otherwise=None)

    def close(self) -> None:
        """The program ends, and with it whatever session is open still."""
        for session in list(self._open):
            self.end(session)

    async def exit_wrapper(
        self, wrapped: Callable[..., Awaitable[Any]], session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `__aexit__` of a session."""
        self.end(session)
        return await wrapped(*args, **kwargs)

    def _end(self, session: Any) -> None:
        found = self._open.pop(session, None)
        if found is not None and self._recorder.active:
            seconds = (time.perf_counter_ns() - found.start_clock) / 1e9
            self._recorder.telemetry.record_session(found.handshake, seconds)
