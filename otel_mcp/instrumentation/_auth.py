"""Authentication and authorization in front of a server: tokens that were verified, refused, or not enough.

The SDK's middleware answers 401 and 403 before anything of MCP is read, so no request is recorded of it. We look at
what it decides by, as it does: the user that a backend put into the scope, and the scopes that the token has.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from wrapt import ObjectProxy

from otel_mcp.audit.entry import EntryDraft
from otel_mcp.instrumentation._who import caller_of
from otel_mcp.instrumentation._windows import Windows

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from otel_mcp.actors import Caller
    from otel_mcp.instrumentation._recorder import Recorder

    _App = Callable[..., Awaitable[Any]]

__all__ = ["Authentication"]

_MOST_SEEN: Final = 4096
_UNAUTHENTICATED: Final = 401
_FORBIDDEN: Final = 403

_VERIFIED: ContextVar[Any] = ContextVar("otel_mcp_verified", default=None)
"""What the verifier said of the token of this request."""
_REASON: ContextVar[str] = ContextVar("otel_mcp_refused_for", default="unauthenticated")
"""Why the backend gave no user, in this task."""


@dataclass(frozen=True, slots=True)
class _Decision:
    """What the middleware is about to do with a request."""

    caller: Caller
    required: tuple[str, ...]
    code: int | None = None
    """Of the refusal."""
    reason: str | None = None


class Authentication:
    """Records what is decided there; its methods are wrapt wrappers."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.windows = Windows(recorder.events.submit)
        self._seen: OrderedDict[Any, None] = OrderedDict()

    def init_wrapper(
        self, wrapped: Callable[..., None], backend: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Of `BearerAuthBackend.__init__`: the verifier's answer is what tells an expired token from a wrong one."""
        wrapped(*args, **kwargs)
        if self._recorder.active and hasattr(backend, "token_verifier"):
            backend.token_verifier = _Noting(backend.token_verifier)

    async def authenticate_wrapper(self, wrapped: _App, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `BearerAuthBackend.authenticate(conn)`."""
        _VERIFIED.set(None)
        result = await wrapped(*args, **kwargs)
        if result is None and self._recorder.active:
            reason = self._recorder.quietly(
                "authentication", lambda: _reason(*args, **kwargs), otherwise="invalid_token"
            )
            _REASON.set(reason)
        return result

    async def require_wrapper(
        self, wrapped: _App, middleware: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `RequireAuthMiddleware.__call__(scope, receive, send)`."""
        decision = None
        if self._recorder.active and len(args) == 3 and args[0].get("type") == "http":  # noqa: PLR2004  # ASGI's three
            asks = self._recorder.naming.asks
            decide = partial(_decide, middleware, args[0], headers=asks)
            decision = self._recorder.quietly("authorization", decide, otherwise=None)
        if decision is None:
            return await wrapped(*args, **kwargs)
        scope, receive, send = args
        if decision.code is None:
            await self._granted(decision)
            return await wrapped(*args, **kwargs)

        async def answer(message: Mapping[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] == decision.code:
                await self._refused(decision, scope)
            await send(message)

        return await wrapped(scope, receive, answer)

    async def _granted(self, decision: _Decision) -> None:
        """The first time that somebody comes with a token that suffices here; each request has an entry of its own."""
        caller = decision.caller
        key = (caller.client_id, caller.issuer, caller.subject, caller.scopes, decision.required)
        if key in self._seen:
            self._seen.move_to_end(key)
            return
        self._seen[key] = None
        while len(self._seen) > _MOST_SEEN:
            self._seen.popitem(last=False)
        make = self._recorder.quietly
        for event, action in (("mcp.auth.token.verify", "AUTHENTICATE"), ("mcp.authz.granted", "AUTHORIZE")):
            draft = make("authorization", lambda e=event, a=action: self._draft(e, a, decision), otherwise=None)  # type: ignore[misc]
            await self._recorder.events.store(draft)

    async def _refused(self, decision: _Decision, scope: Mapping[str, Any]) -> None:
        event, action = ("mcp.auth.failure", "AUTHENTICATE")
        if decision.code == _FORBIDDEN:
            event, action = ("mcp.authz.denied", "AUTHORIZE")

        def make() -> EntryDraft | None:
            draft = self._draft(event, action, decision, str(scope.get("path") or ""))
            kind = (event, decision.reason, draft.actor, decision.caller.address)
            return draft if self.windows.passes(kind, draft) else None

        await self._recorder.events.store(self._recorder.quietly("authorization", make, otherwise=None))

    def _draft(self, event: str, action: str, decision: _Decision, path: str | None = None) -> EntryDraft:
        who = self._recorder.naming(decision.caller)
        attributes: dict[str, Any] = {"side": "server", "transport": "tcp"}
        if decision.code is not None:
            attributes |= {"code": decision.code, "err": decision.reason}
        held = decision.caller.scopes
        body = {
            "target": self._recorder.redactor.scope().text(path) if path else None,
            "client_address": decision.caller.address,
            "principal": who["principal"],
            "required_scopes": list(decision.required) if event.startswith("mcp.authz.") else None,
            "held_scopes": list(held) if event.startswith("mcp.authz.") else None,
        }
        return EntryDraft(
            event,
            "event",
            action,
            "success" if decision.code is None else "failure",
            actor=who["actor"],
            actor_type=who["actor_type"],
            attributes=attributes,
            body={name: value for name, value in body.items() if value is not None} or None,
        )


class _Noting(ObjectProxy):  # type: ignore[type-arg]  # generic in the stubs only
    """A token verifier whose answer is remembered for the task that asked."""

    async def verify_token(self, *args: Any, **kwargs: Any) -> Any:
        found = await self.__wrapped__.verify_token(*args, **kwargs)
        _VERIFIED.set(found)
        return found


def _reason(conn: Any) -> str:
    """Why the backend let nobody through, by the steps that it takes itself."""
    if not conn.headers.get("authorization", "").lower().startswith("bearer "):
        return "missing_token"
    token = _VERIFIED.get()
    if token is None:
        return "invalid_token"
    expires = getattr(token, "expires_at", None)
    return "expired_token" if expires and expires < int(time.time()) else "wrong_audience"


def _decide(middleware: Any, scope: Mapping[str, Any], *, headers: bool) -> _Decision:
    caller = caller_of(scope, headers=headers)
    assert caller is not None, "there is a scope"
    required = tuple(map(str, getattr(middleware, "required_scopes", None) or ()))
    if getattr(scope.get("user"), "access_token", None) is None:
        # An expired token still says whose it was.
        expired = {**scope, "user": _User(_VERIFIED.get())} if _VERIFIED.get() else scope
        known = caller_of(expired, headers=headers)
        return _Decision(known or caller, required, _UNAUTHENTICATED, _REASON.get())
    held = getattr(scope.get("auth"), "scopes", None) or ()
    if all(wanted in held for wanted in required):
        return _Decision(caller, required)
    return _Decision(caller, required, _FORBIDDEN, "insufficient_scope")


@dataclass(frozen=True, slots=True)
class _User:
    access_token: Any
