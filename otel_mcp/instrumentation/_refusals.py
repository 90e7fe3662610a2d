"""Requests that mcp 2.x refuses before they reach the dispatch: by an HTTP error, or on a connection of another era.

The middleware chain never hears of them, so their answer is watched: a POST that gets an HTTP error, or a stream's
handler that raises, while the request has not arrived where it would be recorded. Nobody has said which of its
arguments are secret: none is kept, and all of them are removed from what is.
"""

from __future__ import annotations

import json
import time
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from otel_mcp import semconv
from otel_mcp.instrumentation._catalog import Catalog
from otel_mcp.instrumentation._connection import ON_ARRIVAL, connection_facts, header, known_versions, place_in
from otel_mcp.instrumentation._offered import has_prompt, tool_of
from otel_mcp.instrumentation._outcome import exception_outcome, target_of
from otel_mcp.operation import METHODS, Operation, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from weakref import WeakKeyDictionary

    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.instrumentation._running import Running

    _App = Callable[..., Awaitable[Any]]
    _Message = Mapping[str, Any]

__all__ = ["Refusals"]

_TRANSPORTS: Final = ("_handle_request", "_handle_post_message")
"""The SDK's size limit also stands before its OAuth endpoints; these two methods of a transport take MCP messages."""

_MOST_BYTES: Final = 4 * 1024 * 1024
"""The SDK's own limit by default. Where an application allows more, a longer body that is refused stays unrecorded."""

_SERVED: ContextVar[Any] = ContextVar("otel_mcp_served", default=None)
"""The server whose stream this task is about to read."""

_VERSION_KEY: Final = "io.modelcontextprotocol/protocolVersion"
_FIRST_ERROR: Final = 400
_FIRST_SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class _Request:
    """What a refused body asked; `readable` is false for bytes that are no JSON."""

    method: str
    id: str | None = None
    params: Any = None
    readable: bool = True


class _Pending:
    """A request on its way to the dispatch. Small, for a session's tasks keep the context that it stands in."""

    __slots__ = ("_chunks", "_complete", "_room", "since", "waiting")

    def __init__(self) -> None:
        self.since = (time.time_ns(), time.perf_counter_ns())
        self.waiting = True
        self._chunks: list[bytes] = []
        self._complete = False
        self._room = _MOST_BYTES

    def arrive(self) -> None:
        """It is no refusal's any more: it got to the dispatch, or the answer is no error."""
        self.waiting = False
        self._chunks = []

    def see(self, message: _Message) -> None:
        """Take in what the SDK reads. References to the same bytes, let go of with the request's arrival."""
        if self.waiting and message["type"] == "http.request":
            chunk = message.get("body", b"")
            self._room -= len(chunk)
            self._complete = not message.get("more_body", False)
            self._chunks.append(chunk)
            if self._room < 0:
                self.arrive()

    @property
    def body(self) -> bytes | None:
        """The body; None while the SDK has not read it to its end."""
        return b"".join(self._chunks) if self._complete else None


@dataclass(frozen=True, slots=True)
class _Refused:
    """A refused request, as it is recorded."""

    request: _Request
    outcome: Outcome
    server: Any
    scope: Any
    since: tuple[int, int]


class Refusals:
    """Records refusals and makes the wrappers that see them."""

    def __init__(self, recorder: Recorder, catalogs: WeakKeyDictionary[Any, Catalog]) -> None:
        self.recorder = recorder
        self._catalogs = catalogs

    async def post_wrapper(self, wrapped: _App, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """A wrapt wrapper of `RequestBodyLimitMiddleware.__call__(scope, receive, send)`, which every POST passes.

        It is the one place that has read the whole body by itself before anything can be refused.
        """
        exchange = self.recorder.quietly("watch", lambda: self._exchange(instance, *args, **kwargs), otherwise=None)
        return await self._watched(exchange, wrapped, args, kwargs)

    async def unlimited_wrapper(
        self, wrapped: _App, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of what takes a POST where the SDK has no such limit (before mcp 1.29), called with `scope, receive, send`.

        A refusal there may come before anything of the body is read: then nobody knows what was asked.
        """
        exchange = None
        if not any(hasattr(instance, name) for name in _TRANSPORTS):
            make = partial(self._unlimited, instance, *args, **kwargs)
            exchange = self.recorder.quietly("watch", make, otherwise=None)
        return await self._watched(exchange, wrapped, args, kwargs)

    @staticmethod
    async def _watched(exchange: _Exchange | None, wrapped: _App, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if exchange is None:
            return await wrapped(*args, **kwargs)
        token = ON_ARRIVAL.set(exchange.pending.arrive)
        try:
            return await wrapped(exchange.scope, exchange.receive, exchange.send)
        finally:
            ON_ARRIVAL.reset(token)

    async def stream_wrapper(self, wrapped: _App, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """A wrapt wrapper of `_serve_modern_stream` and `_serve_legacy_stream`, whose first argument is the server."""
        token = _SERVED.set(args[0] if args else kwargs.get("server"))
        try:
            return await wrapped(*args, **kwargs)
        finally:
            _SERVED.reset(token)

    def run_wrapper(self, wrapped: _App, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Awaitable[Any]:
        """A wrapt wrapper of `JSONRPCDispatcher.run(on_request, …)`, which those two call with a handler of their own.

        Every other dispatcher is left alone: its handler is the dispatch itself, or a client's.
        """
        server = _SERVED.get()
        if server is None:
            return wrapped(*args, **kwargs)
        _SERVED.set(None)  # not for the clients that run in this connection's tasks

        def run(on_request: _App, *rest: Any, **more: Any) -> Awaitable[Any]:
            return wrapped(partial(self._handle, server, on_request), *rest, **more)

        return run(*args, **kwargs)

    async def _handle(self, server: Any, on_request: _App, dctx: Any, method: str, params: Any) -> Any:
        if not self.recorder.active:
            return await on_request(dctx, method, params)
        pending = _Pending()
        token = ON_ARRIVAL.set(pending.arrive)
        try:
            return await on_request(dctx, method, params)
        except Exception as exc:
            if pending.waiting:
                facts = {"method": method, "params": params, "since": pending.since}
                make = partial(_refused_by_handler, exc, server, dctx, **facts)
                await self.record(self.recorder.quietly("refusal", make, otherwise=None))
            raise
        finally:
            ON_ARRIVAL.reset(token)

    def _exchange(self, limit: Any, scope: Any, receive: _App, send: _App) -> _Exchange | None:
        if not self._is_post(scope):
            return None
        transport = getattr(limit.app, "__self__", None)
        if transport is None or limit.app.__name__ not in _TRANSPORTS:
            return None
        return _Exchange(self, getattr(transport, "app", None), scope, receive, send)

    def _unlimited(self, transport: Any, scope: Any, receive: _App, send: _App) -> _Exchange | None:
        if not self._is_post(scope):
            return None
        return _Exchange(self, getattr(transport, "app", None), scope, receive, send, unread=_Request(semconv.OTHER))

    def _is_post(self, scope: Any) -> bool:
        return self.recorder.active and scope["type"] == "http" and scope["method"] == "POST"

    async def record(self, refused: _Refused | None) -> None:
        """Leave what every operation leaves, but for the intent."""
        if refused is not None:
            await self.recorder.finish(self._begin(refused), lambda: refused.outcome)

    def unreadable(self, message: Any, outcome: Outcome, since: tuple[int, int]) -> None:
        """Record a request that a session of mcp 1.x has read as JSON-RPC and not as MCP; nothing is waited for."""
        make = partial(_refused_by_session, message, outcome, since)
        refused = self.recorder.quietly("refusal", make, otherwise=None)
        if refused is not None:
            self.recorder.finish_at_once(self._begin(refused), lambda: outcome)

    def _begin(self, refused: _Refused) -> Running | None:
        method = refused.request.method if refused.request.method in METHODS else semconv.OTHER
        params = refused.request.params
        return self.recorder.begin(
            lambda: self._describe(refused),
            lambda: Operation("server", method, hidden=params),
            place=lambda: place_in(params.get("_meta") if isinstance(params, dict) else None),
            refused_since=refused.since,
        )

    def _describe(self, refused: _Refused) -> Operation:
        request = refused.request
        params = request.params if isinstance(request.params, dict) else {}
        target, name = target_of(request.method, params)
        calls = request.method == "tools/call"
        apart = {"_meta", *(("arguments",) if calls else ())}
        rest = {key: value for key, value in params.items() if key not in apart and value is not name}
        return Operation(
            side="server",
            method=request.method,
            request_id=request.id,
            tool=name if target == "tool" else None,
            prompt=name if target == "prompt" else None,
            resource=name if target == "resource" else None,
            registered=request.method in METHODS and self._is_registered(refused.server, target, name),
            # Without a schema a call is opaque. No other method has a word for that: what it was given is hidden.
            arguments=params.get("arguments") if calls else None,
            hidden=rest if isinstance(request.params, dict) else request.params,
            protocol_version=_version(refused.scope, params),
            **connection_facts(refused.scope, self.recorder.naming),
        )

    def _is_registered(self, server: Any, target: str | None, name: str | None) -> bool:
        if target not in ("tool", "prompt") or name is None:
            return True
        if server is None:
            return False
        catalog = self._catalogs.get(server) or Catalog()
        if target == "prompt":
            return has_prompt(server, catalog, name)
        return tool_of(self.recorder, server, catalog, name)[0]


class _Exchange:
    """One POST as the SDK reads and answers it. Every message passes as it is, in its order."""

    def __init__(
        self,
        refusals: Refusals,
        server: Any,
        scope: Any,
        receive: _App,
        send: _App,
        *,
        unread: _Request | None = None,
    ) -> None:
        """`unread` is what to record of a body that the SDK has not read to its end; nothing where that is None."""
        self._unread = unread
        self.scope = scope
        self.pending = _Pending()
        self._refusals = refusals
        self._recorder = refusals.recorder
        self._server = server
        self._receive = receive
        self._send = send
        self._status = 0

    async def receive(self) -> Any:
        message = await self._receive()
        self._recorder.quietly("body", lambda: self.pending.see(message), otherwise=None)
        return message

    async def send(self, message: _Message) -> None:
        if self.pending.waiting:
            # Before the last byte of the answer, as for every operation: who has read it can rely on the entry.
            await self._refusals.record(
                self._recorder.quietly("refusal", lambda: self._refusal(message), otherwise=None)
            )
        await self._send(message)

    def _refusal(self, message: _Message) -> _Refused | None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            if self._status < _FIRST_ERROR:
                self.pending.arrive()
        if message["type"] != "http.response.body":
            return None
        body = self.pending.body
        self.pending.arrive()
        request = _request_in(body) if body else self._unread
        if request is None:
            return None
        outcome = _outcome(self._status, message.get("body", b""), kept=request.readable)
        return _Refused(request, outcome, self._server, self.scope, self.pending.since)


def _refused_by_handler(
    exc: Exception, server: Any, dctx: Any, *, method: str, params: Any, since: tuple[int, int]
) -> _Refused:
    # Where the stream is that of the SSE transport, the message knows the POST that brought it.
    carrier = getattr(getattr(dctx, "message_metadata", None), "request_context", None)
    request = _Request(method, _id(getattr(dctx, "request_id", None)), params)
    return _Refused(request, exception_outcome("server", exc), server, getattr(carrier, "scope", None), since)


def _refused_by_session(message: Any, outcome: Outcome, since: tuple[int, int]) -> _Refused | None:
    if not _is_request(message):
        return None
    method = message.get("method")
    request = _Request(method if isinstance(method, str) else semconv.OTHER, _id(message["id"]), message.get("params"))
    return _Refused(request, outcome, None, None, since)


def _request_in(body: bytes) -> _Request | None:
    """The request of a body; None for what awaits no answer: a notification, a response, another JSON value."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return _Request(semconv.OTHER, readable=False)
    if isinstance(message, list):
        # A batch is refused as one thing, with one answer.
        return _Request(semconv.OTHER, params=message) if any(map(_is_request, message)) else None
    if not _is_request(message):
        return None
    method = message.get("method")
    params = message.get("params")
    if not isinstance(method, str):
        return _Request(semconv.OTHER, _id(message["id"]), params)
    return _Request(method, _id(message["id"]), params)


def _is_request(message: Any) -> bool:
    """By its `id` alone (JSON-RPC 2.0, section 4.1): one whose envelope is malformed is refused and owed an answer."""
    if not isinstance(message, dict) or "id" not in message:
        return False
    return "method" in message or not ("result" in message or "error" in message)


def _id(value: Any) -> str | None:
    return str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else None


def _outcome(status: int, answer: bytes, *, kept: bool) -> Outcome:
    """The refusal as the client reads it: a JSON-RPC error, or where there is none the HTTP status alone."""
    try:
        error = json.loads(answer)["error"]
        code, text = error["code"], error["message"]
    except (ValueError, TypeError, LookupError):
        code = text = None
    if not isinstance(code, int):
        # As in the conventions for HTTP: 4xx is the client's mistake.
        return Outcome("failure", str(status), span_error=status >= _FIRST_SERVER_ERROR)
    # The first line: a validation error shows the values it is about in the following ones, shortened, and no
    # redaction finds half a secret. Of bytes that are no JSON nobody knows what to remove from the text.
    message = text.partition("\n")[0] if kept and isinstance(text, str) else None
    return Outcome.of_code("server", code, message)


def _version(scope: Any, params: Mapping[str, Any]) -> str | None:
    """The version that the request claims, if there is such a version: a metric's label is not for a peer to choose."""
    meta = params.get("_meta")
    claimed = header(scope, b"mcp-protocol-version") if isinstance(scope, dict) else None
    claimed = claimed or (meta.get(_VERSION_KEY) if isinstance(meta, dict) else None)
    return claimed if claimed in known_versions() else None
