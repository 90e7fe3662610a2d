"""The receiving side of mcp 1.x: around the handling of each request, and before its answer leaves.

Here a handler's answer is sent from within the handling, and what a handler raises is turned into an answer there too.
So an operation begins where the request is handled and ends where it is answered: its entry is on disk before the peer
reads the answer.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from otel_mcp import semconv
from otel_mcp.instrumentation._catalog import Catalog
from otel_mcp.instrumentation._connection import ON_ARRIVAL, connection_facts, header, known_versions, place_in
from otel_mcp.instrumentation._offered import has_prompt, hints_for, tool_of
from otel_mcp.instrumentation._outcome import arguments_of, refusal_data, result_outcome, target_of
from otel_mcp.instrumentation._recorder import AuditRefusal
from otel_mcp.operation import METHODS, Hints, Operation, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from opentelemetry.context import Context
    from opentelemetry.trace import Link

    from otel_mcp.instrumentation._peers import Peers
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.instrumentation._refusals import Refusals
    from otel_mcp.instrumentation._running import Running

    _App = Callable[..., Awaitable[Any]]

__all__ = ["Answers"]

_INVALID_PARAMS: Final = -32602
_INVALID: Final = "Invalid request parameters"
"""What the SDK answers to a request that it cannot read, or that comes before the session is initialized."""


class Answers:
    """Records what is asked and answered on sessions of mcp 1.x; its methods are wrapt wrappers."""

    def __init__(
        self, recorder: Recorder, refusals: Refusals, peers: Peers, catalogs: WeakKeyDictionary[Any, Catalog]
    ) -> None:
        self._recorder = recorder
        self._refusals = refusals
        self._peers = peers
        self._catalogs = catalogs
        # By responder, the SDK's own record of a request: who answers it has nothing else of it in hand.
        self._under_way: WeakKeyDictionary[Any, tuple[Running, Callable[[Any], Outcome]]] = WeakKeyDictionary()

    async def handle_wrapper(self, wrapped: _App, server: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `Server._handle_request(message, req, session, lifespan_context, raise_exceptions)`."""
        message, _, session = _first_three(*args, **kwargs)
        catalog = self._catalogs.setdefault(server, Catalog())

        def outcome(method: str, response: Any) -> Outcome:
            settled = result_outcome(method, response)
            catalog.learn(method, settled.result)
            self._recorder.definitions.learn("server", None, method, _params(message), settled.result)
            return settled

        if (arrive := ON_ARRIVAL.get()) is not None:
            arrive()
        return await self._record(
            message,
            lambda: wrapped(*args, **kwargs),
            lambda: self._describe(server, catalog, message, session),
            outcome,
            prove=catalog.prove_tool,
        )

    async def session_wrapper(self, wrapped: _App, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `ServerSession._received_request(responder)`, which answers `initialize` itself and lets others pass."""
        (responder,) = args or (kwargs["responder"],)

        def describe() -> Operation:
            return _describe_plainly(responder, session, connection_facts(_scope(responder), self._recorder.naming))

        if _method(responder) == "initialize":
            opened = partial(self._recorder.sessions.begin, session) if _is_new(session) else None
            return await self._record(
                responder, lambda: wrapped(*args, **kwargs), describe, result_outcome, opened=opened
            )
        since = (time.time_ns(), time.perf_counter_ns())
        try:
            return await wrapped(*args, **kwargs)
        except Exception:
            running = self._recorder.begin(
                describe,
                lambda: Operation("server", semconv.OTHER),
                place=lambda: _place(responder),
                refused_since=since,
            )
            await self._recorder.finish(running, _invalid)
            raise

    async def client_wrapper(self, wrapped: _App, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `ClientSession._received_request(responder)`: a client that answers is the receiver."""
        (responder,) = args or (kwargs["responder"],)

        def describe() -> Operation:
            _, version = self._peers.claims(session)
            carrier = self._peers.carrier(session)
            return replace(_describe_plainly(responder, session, carrier), protocol_version=version)

        return await self._record(responder, lambda: wrapped(*args, **kwargs), describe, result_outcome)

    async def respond_wrapper(
        self, wrapped: _App, responder: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `RequestResponder.respond(response)`."""
        if (found := self._under_way.pop(responder, None)) is not None:
            running, outcome = found
            (response,) = args or (kwargs["response"],)
            cancelled = self._recorder.quietly("responder", lambda: bool(responder.cancelled), otherwise=False)
            await self._recorder.finish(running, Outcome.cancelled if cancelled else partial(outcome, response))
        return await wrapped(*args, **kwargs)

    def base_init_wrapper(
        self, wrapped: Callable[..., None], session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Of `BaseSession.__init__`: what a session cannot read it answers with an error, and handles no further."""
        wrapped(*args, **kwargs)
        kind = getattr(session, "_receive_request_type", None)
        if self._recorder.active and kind is not None:
            session._receive_request_type = _Watching(kind, self._refusals)  # noqa: SLF001

    async def _record(
        self,
        responder: Any,
        call: Callable[[], Awaitable[Any]],
        describe: Callable[[], Operation],
        outcome: Callable[[str, Any], Outcome],
        *,
        prove: Callable[[str], bool] | None = None,
        opened: Callable[[Operation, int], None] | None = None,
    ) -> Any:
        recorder = self._recorder
        method = recorder.quietly("look", lambda: _method(responder), otherwise=semconv.OTHER)
        running = recorder.begin(
            describe,
            lambda: Operation("server", method),
            place=lambda: _place(responder),
            prove=prove,
            opened=opened,
        )
        if running is not None:
            self._under_way[responder] = running, partial(outcome, method)
        try:
            await recorder.ready(running)
        except AuditRefusal:
            return await _refuse(responder)
        try:
            with recorder.current(running):
                result = await call()
        except BaseException as exc:
            self._unanswered(responder, partial(recorder.raised, "server", running, exc))
            raise
        self._unanswered(responder, Outcome.cancelled)
        return result

    def _unanswered(self, responder: Any, outcome: Callable[[], Outcome]) -> None:
        """The handling is over. Where there was no answer the peer relies on none, so nothing is waited for."""
        if (found := self._under_way.pop(responder, None)) is not None:
            self._recorder.finish_at_once(found[0], outcome)

    def _describe(self, server: Any, catalog: Catalog, message: Any, session: Any) -> Operation:
        method, params = _method(message), _params(message)
        target, name = target_of(method, params)
        schema = output_schema = None
        registered, hints = True, Hints()
        if target == "tool" and name is not None:
            registered, schema, output_schema = tool_of(self._recorder, server, catalog, name)
            hints = hints_for(server, catalog, name)
        elif target == "prompt" and name is not None:
            registered = has_prompt(server, catalog, name)
        scope = _scope(message)
        return Operation(
            side="server",
            method=method,
            request_id=str(message.request_id),
            tool=name if target == "tool" else None,
            prompt=name if target == "prompt" else None,
            resource=name if target == "resource" else None,
            registered=registered and method in METHODS,
            arguments=arguments_of(method, params),
            schema=schema,
            output_schema=output_schema,
            hints=hints,
            protocol_version=_version(session, scope),
            claimed_client=_claimed(getattr(session, "client_params", None)),
            **connection_facts(scope, self._recorder.naming),
        )


class _Watching:
    """The type of a session's requests, by which it reads them: what it refuses to read is recorded as refused."""

    def __init__(self, kind: Any, refusals: Refusals) -> None:
        self._kind = kind
        self._refusals = refusals

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kind, name)

    def model_validate(self, message: Any, *args: Any, **kwargs: Any) -> Any:
        since = (time.time_ns(), time.perf_counter_ns())
        try:
            return self._kind.model_validate(message, *args, **kwargs)
        except Exception:
            self._refusals.unreadable(message, _invalid(), since)
            raise


def _is_new(session: Any) -> bool:
    """Whether a handshake opens it: one without state is there for a single request, and ready from the start."""
    return getattr(getattr(session, "_initialization_state", None), "name", "") == "NotInitialized"


def _invalid() -> Outcome:
    return Outcome.of_code("server", _INVALID_PARAMS, _INVALID)


async def _refuse(responder: Any) -> None:
    """Answer that nothing can run unaudited; where the request is being handled already, in that very context."""
    if getattr(responder, "_entered", False):
        await responder.respond(refusal_data())
        return
    with responder:
        await responder.respond(refusal_data())


def _describe_plainly(responder: Any, session: Any, facts: Mapping[str, Any]) -> Operation:
    """A request that is not for the handlers of a server."""
    method, params = _method(responder), _params(responder)
    client = params.get("clientInfo") if method == "initialize" else None
    scope = _scope(responder)
    return Operation(
        side="server",
        method=method,
        request_id=str(responder.request_id),
        registered=method in METHODS,
        arguments=arguments_of(method, params),
        protocol_version=_version(session, scope, params.get("protocolVersion") if client is not None else None),
        claimed_client=f"{client.get('name')} {client.get('version')}" if isinstance(client, dict) else None,
        **facts,
    )


def _first_three(message: Any, req: Any, session: Any, *_: Any, **__: Any) -> tuple[Any, Any, Any]:
    return message, req, session


def _method(responder: Any) -> str:
    return str(responder.request.root.method)


def _params(responder: Any) -> Mapping[str, Any]:
    params = responder.request.root.params
    return {} if params is None else params.model_dump(by_alias=True, mode="json", exclude_none=True)


def _place(responder: Any) -> tuple[Context | None, list[Link]]:
    meta = responder.request_meta
    return place_in(None if meta is None else meta.model_dump(by_alias=True, mode="json", exclude_none=True))


def _scope(responder: Any) -> Any:
    """Of the HTTP request that carried this very message, if one did."""
    request = getattr(getattr(responder, "message_metadata", None), "request_context", None)
    return getattr(request, "scope", None)


def _version(session: Any, scope: Any, asked: Any = None) -> str | None:
    """The version that was negotiated, as the SDK does it: the one that the client asks for, or the newest of ours."""
    versions = known_versions()
    claimed = header(scope, b"mcp-protocol-version") if isinstance(scope, dict) else None
    if claimed in versions:
        return claimed
    asked = asked or getattr(getattr(session, "client_params", None), "protocolVersion", None)
    if asked is None:
        return None
    return str(asked) if asked in versions else versions[-1]


def _claimed(client_params: Any) -> str | None:
    """Name and version that the client gave of itself; nobody verified them."""
    info = getattr(client_params, "clientInfo", None)
    return f"{info.name} {info.version}".strip() if info is not None else None
