"""An authorization server on the SDK's routes: logins, refreshed and revoked tokens, registrations, and their failures.

What is asked is read from the form, what is answered from the response, and whose it was from what the application's
provider gives. Codes, tokens, verifiers and secrets are only looked at to make sure that they are in nothing kept.
"""

from __future__ import annotations

import copy
import json
import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from types import MethodType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from wrapt import ObjectProxy

from otel_mcp.actors import Caller
from otel_mcp.audit.entry import EntryDraft
from otel_mcp.instrumentation._content import clean, short
from otel_mcp.instrumentation._targets import Target
from otel_mcp.instrumentation._who import caller_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.redaction import Scope

    _App = Callable[..., Awaitable[Any]]
    _Read = Callable[["_Exchange"], "_Told | None"]

__all__ = ["authorization_server_targets", "error_code", "scopes_of"]

_HANDLERS: Final = "mcp.server.auth.handlers"
_BAD_REQUEST: Final = 400
_MOST_SCOPES: Final = 64
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_SENSITIVE: Final = {"x-sensitive": True}
_HARMLESS: Final = ("grant_type", "client_id", "scope", "response_type", "code_challenge_method", "token_type_hint")
_GRANTS: Final[Mapping[str, tuple[str, str]]] = {"refresh_token": ("mcp.auth.token.refresh", "UPDATE")}
_LOGIN: Final = ("mcp.auth.login", "LOGIN")
_REVOCATION: Final = ("mcp.auth.token.revoke", "DELETE")
_REGISTRATION: Final = ("mcp.auth.client.register", "CREATE")

_ANSWERED: ContextVar[bool] = ContextVar("otel_mcp_oauth_answered", default=False)
"""Whether a request of this task is recorded further out: FastMCP's token endpoint stands around the SDK's."""


@dataclass(slots=True)
class _Noted:
    """What the application's provider said in the course of one request."""

    client: Any = None
    """The registered client that has shown who it is."""
    grant: Any = None
    """The code or token that was found."""
    revoked: bool = False

    @property
    def subject(self) -> Any:
        """For whom the client acts: nobody where the code or token is another client's."""
        own = getattr(self.grant, "client_id", None) == getattr(self.client, "client_id", None)
        return getattr(self.grant, "subject", None) if own else None


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A request at an endpoint and its answer; of an exception there is none."""

    scope: Mapping[str, Any]
    form: Mapping[str, Any]
    noted: _Noted
    status: int
    answer: Mapping[str, Any]
    """The JSON of it."""
    location: str = ""
    raised: str | None = None

    @property
    def error(self) -> str | None:
        if self.raised is not None:
            return self.raised
        if self.status < _BAD_REQUEST:
            return None
        return error_code(self.answer.get("error")) or str(self.status)


@dataclass(frozen=True, slots=True)
class _Told:
    """What an exchange means."""

    event: str
    action: str
    error: str | None = None
    counted: bool = False
    """A stranger can bring it about as often as he likes."""
    known: bool = False
    """The client has shown who it is."""
    client_id: Any = None
    """Where it has not: which one it says, or which one is registered now."""
    claimed_client: Any = None
    asked: Any = None
    given: Any = None
    secrets: list[Any] = field(default_factory=list)


def authorization_server_targets(recorder: Recorder) -> list[Target]:
    """The endpoints of the SDK, and the one that FastMCP puts around one of them."""
    token = _endpoint_wrapper(recorder, _read_token)
    return [
        Target(f"{_HANDLERS}.token", "TokenHandler.handle", token),
        Target("fastmcp.server.auth.auth", "TokenHandler.handle", token, optional=True),
        Target(f"{_HANDLERS}.authorize", "AuthorizationHandler.handle", _endpoint_wrapper(recorder, _read_authorize)),
        Target(f"{_HANDLERS}.register", "RegistrationHandler.handle", _endpoint_wrapper(recorder, _read_registration)),
        Target(f"{_HANDLERS}.revoke", "RevocationHandler.handle", _endpoint_wrapper(recorder, _read_revocation)),
    ]


def error_code(value: Any) -> str | None:
    """An error code of OAuth; None for what is no such word, since whoever answers chooses it."""
    return value if isinstance(value, str) and _CODE.fullmatch(value) else None


def scopes_of(value: Any) -> list[str] | None:
    """Scopes as a list, from a list or from text as OAuth writes it."""
    names = value.split() if isinstance(value, str) else value
    return list(map(str, names))[:_MOST_SCOPES] if isinstance(names, (list, tuple)) and names else None


def _endpoint_wrapper(recorder: Recorder, read: _Read) -> _App:
    """A wrapt wrapper of `handle(request)`, which gives a response of Starlette."""

    async def wrapper(wrapped: _App, endpoint: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if not recorder.active or _ANSWERED.get():
            return await wrapped(*args, **kwargs)
        noted = _Noted()
        call = recorder.quietly("authorization", lambda: _noting(wrapped, endpoint, noted), otherwise=wrapped)
        request = args[0] if args else kwargs.get("request")

        def draft(exchange: Callable[[], _Exchange]) -> EntryDraft | None:
            return recorder.quietly("authorization", lambda: _draft(recorder, read, exchange()), otherwise=None)

        inside = _ANSWERED.set(True)
        try:
            response = await call(*args, **kwargs)
        except Exception as exc:
            await recorder.events.store(draft(partial(_failed, request, noted, type(exc).__qualname__)))
            raise
        finally:
            _ANSWERED.reset(inside)
        await recorder.events.store(draft(partial(_answered, request, noted, response)))
        return response

    return wrapper


def _noting(wrapped: _App, endpoint: Any, noted: _Noted) -> _App:
    """The same method of a copy of the endpoint, whose provider and authenticator tell us what they tell the SDK."""
    if type(wrapped) is not MethodType:
        return wrapped  # somebody else's wrapper is between, and must run as it is
    watched = copy.copy(endpoint)
    watched.provider = _Provider(endpoint.provider, noted)
    if hasattr(endpoint, "client_authenticator"):
        watched.client_authenticator = _Authenticator(endpoint.client_authenticator, noted)
    return MethodType(wrapped.__func__, watched)


class _Provider(ObjectProxy):  # type: ignore[type-arg]  # generic in the stubs only
    """The application's provider, whose answers are noted."""

    def __init__(self, wrapped: Any, noted: _Noted) -> None:
        super().__init__(wrapped)
        self._self_noted = noted

    async def load_authorization_code(self, *args: Any, **kwargs: Any) -> Any:
        return self._note(await self.__wrapped__.load_authorization_code(*args, **kwargs))

    async def load_refresh_token(self, *args: Any, **kwargs: Any) -> Any:
        return self._note(await self.__wrapped__.load_refresh_token(*args, **kwargs))

    async def load_access_token(self, *args: Any, **kwargs: Any) -> Any:
        return self._note(await self.__wrapped__.load_access_token(*args, **kwargs))

    async def revoke_token(self, *args: Any, **kwargs: Any) -> Any:
        result = await self.__wrapped__.revoke_token(*args, **kwargs)
        self._self_noted.revoked = True
        return result

    def _note(self, grant: Any) -> Any:
        self._self_noted.grant = grant
        return grant


class _Authenticator(ObjectProxy):  # type: ignore[type-arg]  # generic in the stubs only
    """The SDK's authenticator of clients, whose answer is noted."""

    def __init__(self, wrapped: Any, noted: _Noted) -> None:
        super().__init__(wrapped)
        self._self_noted = noted

    async def authenticate_request(self, *args: Any, **kwargs: Any) -> Any:
        found = await self.__wrapped__.authenticate_request(*args, **kwargs)
        self._self_noted.client = found
        return found


def _answered(request: Any, noted: _Noted, response: Any) -> _Exchange:
    return _Exchange(
        request.scope,
        _form(request),
        noted,
        int(response.status_code),
        _json(getattr(response, "body", b"")),
        location=response.headers.get("location") or "",
    )


def _failed(request: Any, noted: _Noted, kind: str) -> _Exchange:
    return _Exchange(request.scope, _form(request), noted, 500, {}, raised=short(kind, 64))


def _form(request: Any) -> Mapping[str, Any]:
    """What was asked, as far as the endpoint has read it."""
    form = request.query_params if request.method == "GET" else getattr(request, "_form", None)
    return {name: value for name, value in dict(form or {}).items() if isinstance(value, str)}


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _read_token(exchange: _Exchange) -> _Told:
    event, action = _GRANTS.get(str(exchange.form.get("grant_type")), _LOGIN)
    return _of_client(exchange, event, action, exchange.error)


def _read_revocation(exchange: _Exchange) -> _Told:
    error = exchange.error
    if error is None and not exchange.noted.revoked:
        error = "invalid_token"  # answered as a success all the same (RFC 7009, section 2.2)
    return _of_client(exchange, *_REVOCATION, error)


def _of_client(exchange: _Exchange, event: str, action: str, error: str | None) -> _Told:
    """What a client asked for that has shown who it is, or was to."""
    form, answer, noted = exchange.form, exchange.answer, exchange.noted
    known = noted.client is not None
    return _Told(
        event if error is None else "mcp.auth.failure",
        action,
        error,
        counted=error is not None,
        known=known,
        client_id=None if known else form.get("client_id"),
        asked=form.get("scope") or getattr(noted.grant, "scopes", None),
        given=answer.get("scope"),
        secrets=_secrets(form, answer),
    )


def _read_authorize(exchange: _Exchange) -> _Told | None:
    """A decision where there is one: who is sent on to a page of the application has not been given anything yet."""
    answer = parse_qs(urlsplit(exchange.location).query)
    error = exchange.error or error_code(answer.get("error", [""])[0])
    if error is None and "code" not in answer:
        return None
    return _Told(
        "mcp.authz.granted" if error is None else "mcp.authz.denied",
        "AUTHORIZE",
        error,
        counted=True,
        client_id=exchange.form.get("client_id"),
        asked=exchange.form.get("scope"),
        secrets=[*_secrets(exchange.form, {}), answer],
    )


def _read_registration(exchange: _Exchange) -> _Told:
    event, action = _REGISTRATION
    error, answer = exchange.error, exchange.answer
    return _Told(
        event if error is None else "mcp.auth.failure",
        action,
        error,
        counted=True,
        client_id=answer.get("client_id"),
        claimed_client=answer.get("client_name"),
        given=answer.get("scope"),
        secrets=_secrets({}, answer),
    )


def _secrets(form: Mapping[str, Any], answer: Mapping[str, Any]) -> list[Any]:
    asked = [value for name, value in form.items() if name not in _HARMLESS]
    names = ("access_token", "refresh_token", "client_secret", "registration_access_token")
    return [*asked, *(answer[name] for name in names if name in answer)]


def _draft(recorder: Recorder, read: _Read, exchange: _Exchange) -> EntryDraft | None:
    told = read(exchange)
    if told is None:
        return None
    caller = _caller(recorder, exchange, known=told.known)
    who = recorder.naming(caller) if told.known else {}
    scope = recorder.redactor.scope()
    scope.learn(told.secrets, schema=_SENSITIVE)
    attributes: dict[str, Any] = {"side": "server", "transport": "tcp"}
    if told.error is not None:
        attributes |= {"err": told.error, "code": exchange.status}
    body = {
        "target": clean(str(exchange.scope.get("path") or "") or None, scope),
        "client_address": caller.address,
        "client_id": _text(told.client_id, scope),
        "claimed_client": _text(told.claimed_client, scope),
        "principal": who.get("principal"),
        "requested_scopes": _clean_scopes(told.asked, scope),
        "granted_scopes": _clean_scopes(told.given, scope),
    }
    draft = EntryDraft(
        told.event,
        "event",
        told.action,
        "success" if told.error is None else "failure",
        actor=who.get("actor"),
        actor_type=who.get("actor_type", "unknown"),
        attributes=attributes,
        body={name: value for name, value in body.items() if value is not None},
    )
    kind = (told.event, told.error, draft.actor, caller.address)
    return draft if not told.counted or recorder.authentication.windows.passes(kind, draft) else None


def _caller(recorder: Recorder, exchange: _Exchange, *, known: bool) -> Caller:
    """The client, and for whom it acts where the code or the token that it came with is somebody's."""
    base = caller_of(exchange.scope, headers=recorder.naming.asks)
    assert base is not None, "there is a scope"
    if not known:
        return base
    scope = recorder.redactor.scope()
    return Caller(
        client_id=_text(getattr(exchange.noted.client, "client_id", None), scope),
        subject=_text(exchange.noted.subject, scope),
        scopes=tuple(_clean_scopes(exchange.answer.get("scope"), scope) or ()),
        headers=base.headers,
        address=base.address,
    )


def _text(value: Any, scope: Scope) -> str | None:
    return clean(value, scope) if isinstance(value, str) and value else None


def _clean_scopes(value: Any, scope: Scope) -> list[str] | None:
    found = scopes_of(value)
    return None if found is None else [clean(name, scope) or "" for name in found]
