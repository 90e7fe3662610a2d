"""The end of a session of streamable HTTP as a logout, where a token came with its requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from otel_mcp.audit.entry import EntryDraft
from otel_mcp.instrumentation._content import clean
from otel_mcp.instrumentation._targets import Target
from otel_mcp.instrumentation._who import caller_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from otel_mcp.actors import Caller
    from otel_mcp.instrumentation._recorder import Recorder

    _App = Callable[..., Awaitable[Any]]

__all__ = ["session_targets"]

_MODULE: Final = "mcp.server.streamable_http"
_TRANSPORT: Final = "StreamableHTTPServerTransport"
_REFUSED: Final = 400


@dataclass(slots=True)
class _Session:
    """Whose it is by the last of its requests, and how that ended."""

    caller: Caller
    opened: bool = False
    deletes: bool = False


def session_targets(recorder: Recorder) -> list[Target]:
    """A session's requests and its end, in every version of the SDK."""
    sessions = _Sessions(recorder)
    return [
        Target(_MODULE, f"{_TRANSPORT}.handle_request", sessions.request_wrapper),
        Target(_MODULE, f"{_TRANSPORT}.terminate", sessions.terminate_wrapper),
    ]


class _Sessions:
    """Knows who is logged in; its methods are wrapt wrappers."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._known: WeakKeyDictionary[Any, _Session] = WeakKeyDictionary()

    async def request_wrapper(
        self, wrapped: _App, transport: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `handle_request(scope, receive, send)`."""
        session = None
        if self._recorder.active and len(args) == 3:  # noqa: PLR2004  # ASGI's three
            session = self._recorder.quietly("session", lambda: self._see(transport, args[0]), otherwise=None)
        if session is None:
            return await wrapped(*args, **kwargs)
        scope, receive, send = args

        async def answer(message: Mapping[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] < _REFUSED:
                session.opened = True
            await send(message)

        return await wrapped(scope, receive, answer)

    async def terminate_wrapper(
        self, wrapped: _App, transport: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `terminate()`, by which every session ends that a client or the server ends."""
        result = await wrapped(*args, **kwargs)
        session = self._known.pop(transport, None)
        if session is not None and session.opened and self._recorder.active:
            make = self._recorder.quietly("session", lambda: self._draft(transport, session), otherwise=None)
            await self._recorder.events.store(make)
        return result

    def _see(self, transport: Any, scope: Mapping[str, Any]) -> _Session | None:
        token = getattr(scope.get("user"), "access_token", None)
        if token is None or transport.mcp_session_id is None or transport.is_terminated:
            return None
        caller = caller_of(scope, headers=self._recorder.naming.asks)
        assert caller is not None, "there is a scope"
        session = self._known.setdefault(transport, _Session(caller))
        session.caller = caller
        session.deletes = scope.get("method") == "DELETE"
        return session

    def _draft(self, transport: Any, session: _Session) -> EntryDraft:
        who = self._recorder.naming(session.caller)
        body = {
            "client_address": session.caller.address,
            "session": clean(str(transport.mcp_session_id), self._recorder.redactor.scope()),
            "principal": who["principal"],
            "reason": _reason(transport, session),
        }
        return EntryDraft(
            "mcp.auth.logout",
            "event",
            "LOGOUT",
            "success",
            actor=who["actor"],
            actor_type=who["actor_type"],
            attributes={"side": "server", "transport": "tcp"},
            body={name: value for name, value in body.items() if value is not None},
        )


def _reason(transport: Any, session: _Session) -> str:
    if session.deletes:
        return "ended by the client"
    idle = getattr(transport, "idle_scope", None)
    return "idle" if idle is not None and idle.cancel_called else "ended by the server"
