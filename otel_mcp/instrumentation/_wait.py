"""Waiting for the audit log's writer from asyncio and trio: bounded, cancellable, without a worker thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from otel_mcp.errors import AuditUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    import anyio

__all__ = ["NoReceipt", "aside", "receipt_of"]

_T = TypeVar("_T")


class NoReceipt(AuditUnavailable):
    """The writer did not answer in time; the entry itself stays queued."""


async def receipt_of(future: Future[Any], seconds: float) -> Any:
    """The future's result, awaited on the running event loop.

    Raises:
        NoReceipt: the writer did not answer within `seconds`.
        OtelMcpError: the writer could not store the entry.
    """
    import anyio  # noqa: PLC0415  # mcp has it; a process without mcp never comes here

    if not future.done():
        done = anyio.Event()
        wake = _waker(done)
        future.add_done_callback(lambda _: wake())
        with anyio.move_on_after(seconds):
            await done.wait()
    if not future.done():
        raise NoReceipt(f"no receipt within {seconds:g} s")
    return future.result()


async def aside(work: Callable[[], _T]) -> _T:
    """What `work` gives, done in a thread while the event loop runs on; not given up where the caller is cancelled."""
    import anyio.to_thread  # noqa: PLC0415

    with anyio.CancelScope(shield=True):
        done = await anyio.to_thread.run_sync(work)
    return done  # noqa: RET504  # for the type checker the scope above might swallow an exception


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
