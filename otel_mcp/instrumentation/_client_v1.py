"""The sending side of mcp 1.x: one CLIENT span around `BaseSession.send_request`, and its context in what is sent.

A server that asks its client sends in the same way. This SDK injects no trace context, so it is put into `params._meta`
of the message that leaves (SEP-414); the application's request stays as it is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from opentelemetry.propagate import inject
from wrapt import ObjectProxy

from otel_mcp import semconv
from otel_mcp.instrumentation._outcome import arguments_of, result_outcome, target_of, text_or_none
from otel_mcp.instrumentation._running import facts_around
from otel_mcp.operation import METHODS, Operation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from otel_mcp.instrumentation._notifications import Notifications
    from otel_mcp.instrumentation._peers import Peers
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Outcome

__all__ = ["Sending"]


class Sending:
    """Records what sessions of mcp 1.x send; its methods are wrapt wrappers."""

    def __init__(self, recorder: Recorder, peers: Peers, notifications: Notifications) -> None:
        self._recorder = recorder
        self._peers = peers
        self._notifications = notifications

    async def request_wrapper(
        self, wrapped: Callable[..., Awaitable[Any]], session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `send_request(request, result_type, …)`."""
        recorder = self._recorder
        if not recorder.active:
            return await wrapped(*args, **kwargs)
        request = args[0] if args else kwargs.get("request")
        running = recorder.begin(
            lambda: self._describe(session, request),
            lambda: Operation("client", semconv.OTHER),
            prove=lambda name: self._peers.catalog(session).prove_tool(name),
            opened=partial(recorder.sessions.begin, session) if _is_handshake(request) else None,
        )
        given, more = _with_context(args, kwargs, "request")
        return await recorder.run(
            "client", running, lambda: wrapped(*given, **more), lambda result: self._outcome(session, request, result)
        )

    async def notification_wrapper(
        self, wrapped: Callable[..., Awaitable[Any]], session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `send_notification(notification, …)`."""
        if not self._recorder.active:
            return await wrapped(*args, **kwargs)
        given, more = _with_context(args, kwargs, "notification")
        notification = args[0] if args else kwargs.get("notification")
        method = self._recorder.quietly("look", lambda: str(_root(notification).method), otherwise="")
        if not self._notifications.counts(method):
            return await wrapped(*given, **more)

        def facts() -> Mapping[str, Any]:
            _, version = self._peers.claims(session)
            return {"protocol_version": version, **self._peers.transport(session)}

        nothing: Mapping[str, Any] = {}
        params = self._recorder.quietly("look", lambda: _dump(_root(notification).params), otherwise=nothing)
        return await self._notifications.record("client", method, lambda: wrapped(*given, **more), facts, params)

    def _outcome(self, session: Any, request: Any, result: Any) -> Outcome:
        method = _root(request).method
        outcome = result_outcome(method, result)
        self._peers.catalog(session).learn(method, outcome.result)
        peer, _ = self._peers.claims(session)
        self._recorder.definitions.learn("client", peer, method, _dump(_root(request).params), outcome.result)
        if method == "initialize" and isinstance(outcome.result, dict):
            info = outcome.result.get("serverInfo") or {}
            claimed = f"{info.get('name', '')} {info.get('version', '')}".strip() or None
            self._peers.remember_claims(session, claimed, text_or_none(outcome.result.get("protocolVersion")))
        return outcome

    def _describe(self, session: Any, request: Any) -> Operation:
        root = _root(request)
        method, params = str(root.method), _dump(root.params)
        target, name = target_of(method, params)
        catalog = self._peers.catalog(session)
        schemas = catalog.schemas(name) if target == "tool" and name is not None else None
        known = {"tool": catalog.has_tool, "prompt": catalog.has_prompt}.get(target or "", lambda _: True)(name or "")
        claimed, version = self._peers.claims(session)
        carried = self._peers.transport(session) or facts_around(method)
        return Operation(
            side="client",
            method=method,
            request_id=text_or_none(getattr(session, "_request_id", None)),
            tool=name if target == "tool" else None,
            prompt=name if target == "prompt" else None,
            resource=name if target == "resource" else None,
            registered=known and method in METHODS,
            arguments=arguments_of(method, params),
            schema=schemas[0] if schemas else None,
            output_schema=schemas[1] if schemas else None,
            hints=catalog.hints(name),
            claimed_server=claimed,
            **{**carried, "protocol_version": version or carried.get("protocol_version")},
        )


class _Carrying(ObjectProxy):  # type: ignore[type-arg]  # generic in the stubs only
    """A message that has the trace context of the moment in `params._meta` when it is dumped to be sent."""

    def model_dump(self, *args: Any, **kwargs: Any) -> Any:
        data = self.__wrapped__.model_dump(*args, **kwargs)
        carrier: dict[str, str] = {}
        inject(carrier)
        if carrier and isinstance(data, dict):
            params = data["params"] = dict(data.get("params") or {})
            params["_meta"] = {**(params.get("_meta") or {}), **carrier}
        return data


def _with_context(args: tuple[Any, ...], kwargs: dict[str, Any], name: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if args:
        return (_Carrying(args[0]), *args[1:]), kwargs
    return (), {**kwargs, name: _Carrying(kwargs[name])} if name in kwargs else kwargs


def _is_handshake(request: Any) -> bool:
    return getattr(_root(request), "method", None) == "initialize"


def _root(message: Any) -> Any:
    """The message itself: a session takes it bare or in the union of all."""
    return getattr(message, "root", message)


def _dump(params: Any) -> Mapping[str, Any]:
    return {} if params is None else params.model_dump(by_alias=True, mode="json", exclude_none=True)
