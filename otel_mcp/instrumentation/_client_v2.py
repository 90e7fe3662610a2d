"""The sending side of mcp 2.x: one CLIENT span around `send_raw_request` of each dispatcher.

Both dispatchers are wrapped, so every transport and the direct in-process path are covered, and so is a server that
asks its client. The SDK injects the trace context into `params._meta` inside, while our span is the current one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from otel_mcp import semconv
from otel_mcp.instrumentation._outcome import arguments_of, hidden_in, request_state_in, target_of, text_or_none
from otel_mcp.instrumentation._running import facts_around
from otel_mcp.operation import METHODS, Operation, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from otel_mcp.instrumentation._peers import Peers
    from otel_mcp.instrumentation._recorder import Recorder

__all__ = ["send_wrapper", "session_init_wrapper"]

_HANDSHAKE: Final = "initialize"
_PROTOCOL_VERSION_META: Final = "io.modelcontextprotocol/protocolVersion"


def send_wrapper(recorder: Recorder, peers: Peers) -> Callable[..., Any]:
    """A wrapt wrapper of `send_raw_request(method, params, opts=None, …)`."""

    def outcome(dispatcher: Any, method: str, params: Any, result: Any) -> Outcome:
        peers.catalog(dispatcher).learn(method, result)
        recorder.definitions.learn("client", _claimed_server(peers.session(dispatcher)), method, params, result)
        return Outcome.of_result(method, result)

    async def wrapper(
        wrapped: Callable[..., Awaitable[Any]], instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        running = recorder.begin(
            lambda: _describe(peers, instance, *_call(*args, **kwargs)),
            lambda: Operation("client", semconv.OTHER),
            prove=lambda name: peers.catalog(instance).prove_tool(name),
            opened=recorder.quietly(
                "session", lambda: _opened(recorder, peers, instance, *args, **kwargs), otherwise=None
            ),
        )
        return await recorder.run(
            "client",
            running,
            lambda: wrapped(*args, **kwargs),
            lambda result: outcome(instance, *_call(*args, **kwargs), result),
        )

    return wrapper


def session_init_wrapper(recorder: Recorder, peers: Peers) -> Callable[..., None]:
    """A wrapt wrapper of `ClientSession.__init__`."""

    def wrapper(wrapped: Callable[..., None], instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        wrapped(*args, **kwargs)
        if (dispatcher := getattr(instance, "_dispatcher", None)) is not None:
            recorder.quietly("session", lambda: peers.remember_session(dispatcher, instance), otherwise=None)

    return wrapper


def _opened(
    recorder: Recorder, peers: Peers, dispatcher: Any, method: str = "", *_: Any, **__: Any
) -> Callable[[Operation, int], None] | None:
    """What to do when the handshake has succeeded."""
    session = peers.session(dispatcher) if method == _HANDSHAKE else None
    return None if session is None else partial(recorder.sessions.begin, session)


def _call(method: str, params: Mapping[str, Any] | None = None, *_: Any, **__: Any) -> tuple[str, Mapping[str, Any]]:
    return method, params or {}


def _describe(peers: Peers, dispatcher: Any, method: str, params: Mapping[str, Any]) -> Operation:
    target, name = target_of(method, params)
    catalog = peers.catalog(dispatcher)
    schemas = catalog.schemas(name) if target == "tool" and name is not None else None
    registered = {"tool": catalog.has_tool, "prompt": catalog.has_prompt}.get(target or "", lambda _: True)(name or "")
    session = peers.session(dispatcher)
    meta = params.get("_meta")
    claimed = meta.get(_PROTOCOL_VERSION_META) if isinstance(meta, dict) else None
    spoken = claimed or getattr(session, "protocol_version", None)
    carried = peers.transport(dispatcher) or ({} if session is not None else facts_around(method))
    return Operation(
        side="client",
        method=method,
        tool=name if target == "tool" else None,
        prompt=name if target == "prompt" else None,
        resource=name if target == "resource" else None,
        registered=registered and method in METHODS,
        arguments=arguments_of(method, params),
        hidden=hidden_in(params),
        request_state=request_state_in(params),
        schema=schemas[0] if schemas else None,
        output_schema=schemas[1] if schemas else None,
        hints=catalog.hints(name),
        claimed_server=_claimed_server(session),
        **{**carried, "protocol_version": text_or_none(spoken) or carried.get("protocol_version")},
    )


def _claimed_server(session: Any) -> str | None:
    info = getattr(session, "server_info", None)
    return f"{info.name} {info.version}".strip() if info is not None else None
