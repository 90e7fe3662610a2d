"""Waiting for the audit log's writer from asyncio and trio: shielded, bounded, without a worker thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import AuditUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    import anyio

__all__ = ["LONGEST_WAIT", "receipt_of"]

LONGEST_WAIT: Final = 5.0
"""Seconds after which a call no longer waits for its entry; the entry itself stays queued."""


async def receipt_of(future: Future[Any]) -> Any:
    """The future's result, awaited on the running event loop.

    Raises:
        AuditUnavailable: the writer failed, or did not answer within `LONGEST_WAIT` seconds.
    """
    import anyio  # noqa: PLC0415  # mcp has it; a process without mcp never comes here

    if not future.done():
        done = anyio.Event()
        wake = _waker(done)
        future.add_done_callback(lambda _: wake())
        # Shielded: a client that cancels must not make the entry's fate unknown to us.
        with anyio.move_on_after(LONGEST_WAIT, shield=True):
            await done.wait()
    if not future.done():
        raise AuditUnavailable(f"no receipt within {LONGEST_WAIT:g} s")
    return future.result()


def _waker(done: anyio.Event) -> Callable[[], None]:
    """A callable that sets the event from any thread, on the loop that waits for it."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return _trio_waker(done)

    def wake() -> None:
        try:
            loop.call_soon_threadsafe(done.set)
        except RuntimeError:  # the loop was closed while the writer worked: nobody waits any more
            return

    return wake


def _trio_waker(done: anyio.Event) -> Callable[[], None]:
    import trio  # noqa: PLC0415  # only a program that runs on trio has it

    token = trio.lowlevel.current_trio_token()

    def wake() -> None:
        try:
            token.run_sync_soon(done.set)
        except trio.RunFinishedError:
            return

    return wake
