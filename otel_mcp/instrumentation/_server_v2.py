"""The receiving side of mcp 2.x: around the middleware chain of every server, and around the client that answers.

The chain is entered before validation and lookup, so requests that fail there are recorded as well.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from otel_mcp import semconv
from otel_mcp.instrumentation._catalog import Catalog
from otel_mcp.instrumentation._connection import ON_ARRIVAL, connection_facts, place_in
from otel_mcp.instrumentation._offered import has_prompt, hints_for, tool_of
from otel_mcp.instrumentation._outcome import (
    arguments_of,
    hidden_in,
    request_state_in,
    result_outcome,
    target_of,
    text_or_none,
)
from otel_mcp.operation import METHODS, Hints, Operation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from opentelemetry.context import Context
    from opentelemetry.trace import Link

    from otel_mcp.instrumentation._catalog import Catalogs
    from otel_mcp.instrumentation._notifications import Notifications
    from otel_mcp.instrumentation._peers import Peers
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Outcome

    _Call = Callable[[Any], Awaitable[Any]]

__all__ = ["Receiving", "answer_wrapper", "compose_wrapper"]

_HIDDEN_HEADER: Final = "mcp-method"
_FIRST_MODERN_VERSION: Final = "2026-07-28"


class Receiving:
    """Around everything that one connection of a server does with a message.

    Outside the application's own middleware, and not one of them: an application that edits `Server.middleware` neither
    sees us there nor removes us.
    """

    def __init__(
        self,
        recorder: Recorder,
        notifications: Notifications,
        runner: Any,
        catalog: Catalog,
        call: Callable[[Any], Awaitable[Any]],
    ) -> None:
        self._recorder = recorder
        self._notifications = notifications
        self._server = runner.server
        self._connection = runner.connection
        self._catalog = catalog
        self._call = call

    async def __call__(self, ctx: Any) -> Any:
        """Run the chain and record it; result and exception pass through as they are."""
        recorder = self._recorder
        if ctx.request_id is None and self._notifications.counts(str(ctx.method)):
            return await self._notifications.record(
                "server", str(ctx.method), lambda: self._call(ctx), lambda: self._facts(ctx), ctx.params or {}
            )
        if recorder.quietly("look", lambda: ctx.request_id is None or _is_hidden(ctx), otherwise=False):
            with recorder.silenced(ctx.method):
                result = await self._call(ctx)
            recorder.quietly("learn", lambda: self._catalog.learn(ctx.method, result), otherwise=None)
            return result
        if (arrive := ON_ARRIVAL.get()) is not None:
            arrive()
        running = recorder.begin(
            lambda: self._describe(ctx),
            lambda: Operation("server", str(ctx.method), request_id=str(ctx.request_id)),
            place=lambda: place_in(ctx.meta),
            prove=self._catalog.prove_tool,
            opened=recorder.quietly("session", lambda: self._opened(ctx), otherwise=None),
        )
        return await recorder.run(
            "server", running, lambda: self._call(ctx), lambda result: self._outcome(ctx.method, ctx.params, result)
        )

    def _opened(self, ctx: Any) -> Callable[[Operation, int], None] | None:
        """What to do when the handshake has succeeded; a connection without state is ready before it."""
        if ctx.method != "initialize" or self._connection.initialized.is_set():
            return None
        return partial(self._recorder.sessions.begin_until_closed, self._connection)

    def _outcome(self, method: str, params: Any, result: Any) -> Outcome:
        outcome = result_outcome(method, result)
        self._catalog.learn(method, outcome.result)
        self._recorder.definitions.learn("server", None, method, params, outcome.result)
        return outcome

    def _describe(self, ctx: Any) -> Operation:
        params = ctx.params or {}
        target, name = target_of(ctx.method, params)
        schema = output_schema = None
        registered, hints = True, Hints()
        if target == "tool" and name is not None:
            registered, schema, output_schema = tool_of(self._recorder, self._server, self._catalog, name)
            hints = hints_for(self._server, self._catalog, name)
        elif target == "prompt" and name is not None:
            registered = has_prompt(self._server, self._catalog, name)
        return Operation(
            side="server",
            method=ctx.method,
            request_id=str(ctx.request_id),
            tool=name if target == "tool" else None,
            prompt=name if target == "prompt" else None,
            resource=name if target == "resource" else None,
            registered=registered and ctx.method in METHODS,
            arguments=arguments_of(ctx.method, params),
            hidden=hidden_in(params),
            request_state=request_state_in(params),
            schema=schema,
            output_schema=output_schema,
            hints=hints,
            **self._facts(ctx),
        )

    def _facts(self, ctx: Any) -> dict[str, Any]:
        """What is known of the connection, and of who is at its other end."""
        session_id = getattr(getattr(ctx.session, "_connection", None), "session_id", None)
        return {
            "protocol_version": text_or_none(ctx.protocol_version),
            "claimed_client": _claimed_client(ctx),
            **connection_facts(getattr(ctx.request, "scope", None), self._recorder.naming, session_id),
        }


def compose_wrapper(recorder: Recorder, catalogs: Catalogs, notifications: Notifications) -> Callable[..., Any]:
    """A wrapt wrapper of `ServerRunner._compose_server_middleware(inner)`, which every inbound message passes."""

    def around(runner: Any, call: _Call) -> _Call:
        catalog = catalogs.setdefault(runner.server, Catalog())
        return Receiving(recorder, notifications, runner, catalog, call)

    def wrapper(wrapped: Callable[..., Any], instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call = wrapped(*args, **kwargs)
        if not recorder.active:
            return call
        return recorder.quietly("attach", lambda: around(instance, call), otherwise=call)

    return wrapper


def answer_wrapper(recorder: Recorder, peers: Peers) -> Callable[..., Any]:
    """A wrapt wrapper of `ClientSession._on_request(dctx, method, params)`: a client that answers is the receiver."""

    async def wrapper(
        wrapped: Callable[..., Awaitable[Any]], instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        running = recorder.begin(
            lambda: _describe_answer(peers, instance, *args, **kwargs),
            lambda: Operation("server", semconv.OTHER),
            place=lambda: _place_of_answer(*args, **kwargs),
        )
        return await recorder.run(
            "server", running, lambda: wrapped(*args, **kwargs), lambda result: result_outcome("", result)
        )

    return wrapper


def _describe_answer(peers: Peers, session: Any, dctx: Any, method: str, params: Mapping[str, Any] | None) -> Operation:
    return Operation(
        side="server",
        method=method,
        request_id=text_or_none(getattr(dctx, "request_id", None)),
        registered=method in METHODS,
        arguments=arguments_of(method, params or {}),
        protocol_version=text_or_none(getattr(session, "protocol_version", None)),
        **peers.carrier(getattr(session, "_dispatcher", None)),
    )


def _place_of_answer(_: Any, __: str, params: Mapping[str, Any] | None) -> tuple[Context | None, list[Link]]:
    return place_in((params or {}).get("_meta"))


def _is_hidden(ctx: Any) -> bool:
    """Whether this is the listing that modern HTTP makes for itself before a `tools/call`: it bears that call's header.

    Counting it would report an operation that no peer asked for, under the call's own request id. A peer cannot hide a
    listing of its own so: in this era the SDK refuses a request whose header and body differ before it gets here.
    """
    if ctx.method != "tools/list" or str(ctx.protocol_version) < _FIRST_MODERN_VERSION:
        return False
    return _headers(ctx).get(_HIDDEN_HEADER) == "tools/call"


def _headers(ctx: Any) -> Mapping[str, str]:
    return getattr(ctx.request, "headers", None) or {}


def _claimed_client(ctx: Any) -> str | None:
    """Name and version that the client gave of itself; nobody verified them."""
    info = getattr(getattr(ctx.session, "client_params", None), "client_info", None)
    return f"{info.name} {info.version}".strip() if info is not None else None
