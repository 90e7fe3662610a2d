"""Notifications, on either side: one span, log record and entry each. Nobody waits for what nobody answers.

Those that come in floods, progress and log messages, are recorded only where the settings ask for it; their context is
passed on all the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.propagate import inject

from otel_mcp import semconv
from otel_mcp.instrumentation._connection import connection_facts, place_in
from otel_mcp.instrumentation._outcome import arguments_of, target_of, text_or_none
from otel_mcp.instrumentation._running import facts_around
from otel_mcp.operation import METHODS, Operation, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from otel_mcp.instrumentation._peers import Peers
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Side

    _Async = Callable[..., Awaitable[Any]]

__all__ = ["Notifications"]

_FLOODS: Final = frozenset({"notifications/progress", "notifications/message"})


_NOBODY_KNOWS: Final[tuple[str, Mapping[str, Any]]] = ("", {})


class Notifications:
    """Of one recorder; its methods are wrapt wrappers, but for `record`."""

    def __init__(self, recorder: Recorder, peers: Peers) -> None:
        self._recorder = recorder
        self._peers = peers

    def counts(self, method: str) -> bool:
        """Whether notifications of this method are recorded."""
        wanted = self._recorder.config.notifications
        return self._recorder.active and (wanted == "all" or (wanted == "some" and method not in _FLOODS))

    async def record(
        self,
        side: Side,
        method: str,
        call: Callable[[], Awaitable[Any]],
        facts: Callable[[], Mapping[str, Any]],
        params: Mapping[str, Any],
    ) -> Any:
        """Run the application's `call` as a notification that is sent or received; `facts` are more of its members."""
        recorder = self._recorder
        running = recorder.begin(
            lambda: _described(side, method, params, facts()),
            lambda: Operation(side, semconv.OTHER),
            place=(lambda: place_in(params.get("_meta"))) if side == "server" else None,
            intent=False,
        )
        try:
            with recorder.current(running):
                result = await call()
        except BaseException as exc:
            recorder.finish_at_once(running, partial(recorder.raised, side, running, exc))
            raise
        recorder.finish_at_once(running, partial(Outcome, "success"))
        return result

    async def send_wrapper(self, wrapped: _Async, sender: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `notify(method, params, …)` of what sends over a wire in mcp 2.x, which injects no context there."""
        return await self._sent(wrapped, sender, args, kwargs, injected=True)

    async def direct_wrapper(self, wrapped: _Async, sender: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `DirectDispatcher.notify(method, params, …)`: the receiver runs within the call, and in its context."""
        return await self._sent(wrapped, sender, args, kwargs, injected=False)

    async def client_wrapper(self, wrapped: _Async, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `ClientSession._on_notify(dctx, method, params)` of mcp 2.x."""
        method, params = self._recorder.quietly("look", lambda: _of_client(*args, **kwargs), otherwise=_NOBODY_KNOWS)
        if not self.counts(method):
            return await wrapped(*args, **kwargs)

        def facts() -> Mapping[str, Any]:
            version = text_or_none(getattr(session, "protocol_version", None))
            return {"protocol_version": version, **self._peers.carrier(getattr(session, "_dispatcher", None))}

        return await self.record("server", method, lambda: wrapped(*args, **kwargs), facts, params)

    async def session_wrapper(
        self, wrapped: _Async, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `_received_notification(notification)` of a session of mcp 1.x."""
        method, params = self._recorder.quietly("look", lambda: _of_message(*args, **kwargs), otherwise=_NOBODY_KNOWS)
        if not self.counts(method):
            return await wrapped(*args, **kwargs)

        def facts() -> Mapping[str, Any]:
            _, version = self._peers.claims(session)
            return {"protocol_version": version, **connection_facts(None, self._recorder.naming)}

        return await self.record("server", method, lambda: wrapped(*args, **kwargs), facts, params)

    async def _sent(
        self, wrapped: _Async, sender: Any, args: tuple[Any, ...], kwargs: dict[str, Any], *, injected: bool
    ) -> Any:
        recorder = self._recorder
        if not recorder.active:
            return await wrapped(*args, **kwargs)
        found = recorder.quietly("look", lambda: _of_sender(*args, **kwargs), otherwise=None)
        if found is None:
            return await wrapped(*args, **kwargs)
        method, params, rest, more = found

        async def call() -> Any:
            carried = recorder.quietly("context", lambda: _with_context(params), otherwise=params)
            return await wrapped(method, carried if injected else params, *rest, **more)

        if not self.counts(method):
            return await call()
        return await self.record("client", method, call, lambda: self._facts_of(sender, method), params or {})

    def _facts_of(self, sender: Any, method: str) -> Mapping[str, Any]:
        session = self._peers.session(sender)
        if session is None:
            return self._peers.transport(sender) or facts_around(method)
        version = text_or_none(getattr(session, "protocol_version", None))
        return {"protocol_version": version, **self._peers.transport(sender)}


def _described(side: Side, method: str, params: Mapping[str, Any], facts: Mapping[str, Any]) -> Operation:
    target, name = target_of(method, params)
    return Operation(
        side,
        method,
        resource=name if target == "resource" else None,
        registered=method in METHODS,
        arguments=arguments_of(method, params),
        **facts,
    )


def _with_context(params: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The parameters with the trace context of the moment in `_meta` (SEP-414)."""
    carrier: dict[str, str] = {}
    inject(carrier)
    if not carrier:
        return params
    return {**(params or {}), "_meta": {**((params or {}).get("_meta") or {}), **carrier}}


def _of_sender(
    method: str, params: Mapping[str, Any] | None = None, *rest: Any, **more: Any
) -> tuple[str, Mapping[str, Any] | None, tuple[Any, ...], dict[str, Any]]:
    return method, params, rest, more


def _of_client(_: Any, method: str, params: Mapping[str, Any] | None = None) -> tuple[str, Mapping[str, Any]]:
    return method, params or {}


def _of_message(notification: Any) -> tuple[str, Mapping[str, Any]]:
    message = getattr(notification, "root", notification)
    params = message.params
    return str(message.method), (
        {} if params is None else params.model_dump(by_alias=True, mode="json", exclude_none=True)
    )
