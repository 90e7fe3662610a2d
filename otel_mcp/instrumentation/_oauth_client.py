"""The client's side of OAuth: tokens that the SDK's providers acquire and refresh, registrations, and what failed.

A provider is a generator that asks the HTTP client for its own requests first. We stand around it, and around what
reads the answers, which know the authorization server, the client and the scopes; a token is never kept.
"""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

from wrapt import ObjectProxy

from otel_mcp.audit.entry import EntryDraft
from otel_mcp.instrumentation._content import clean, short
from otel_mcp.instrumentation._oauth_server import error_code, scopes_of
from otel_mcp.instrumentation._targets import Target

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.redaction import Scope

    _App = Callable[..., Awaitable[Any]]

__all__ = ["oauth_client_targets"]

_PROVIDERS: Final = "mcp.client.auth.oauth2"
_ASSERTING: Final = "mcp.client.auth.extensions.identity_assertion"
_ERROR: Final = 400
_LONGEST_REFUSAL: Final = 1 << 16
_SENSITIVE: Final = {"x-sensitive": True}
_SECRETS: Final = ("access_token", "refresh_token", "client_secret")

_FLOW: ContextVar[_Flow | None] = ContextVar("otel_mcp_oauth_flow", default=None)
"""The flow that this task drives one step further."""


def oauth_client_targets(major: int, recorder: Recorder) -> list[Target]:
    """The providers of the SDK, on which those of FastMCP stand; one of them came with mcp 2."""
    tokens = _Tokens(recorder)
    flow, acquired = tokens.flow_wrapper, tokens.acquired_wrapper
    return [
        Target(_PROVIDERS, "OAuthClientProvider.async_auth_flow", flow),
        Target(_PROVIDERS, "OAuthClientProvider._handle_refresh_response", tokens.refreshed_wrapper),
        Target(_PROVIDERS, "handle_token_response_scopes", acquired),
        Target(_PROVIDERS, "handle_registration_response", tokens.registered_wrapper),
        Target(_ASSERTING, "IdentityAssertionOAuthProvider.async_auth_flow", flow, optional=major == 1),
        Target(_ASSERTING, "handle_token_response_scopes", acquired, optional=major == 1),
    ]


class _Tokens:
    """Records what the providers of this process come by; its methods are wrapt wrappers."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def flow_wrapper(
        self, wrapped: Callable[..., Any], provider: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `async_auth_flow(request)`."""
        flow = wrapped(*args, **kwargs)
        return _Flow(flow, self, provider) if self._recorder.active else flow

    async def acquired_wrapper(self, wrapped: _App, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `handle_token_response_scopes(response)`, which gives the token."""
        token = await wrapped(*args, **kwargs)
        await self._record("mcp.auth.login", "LOGIN", token=token)
        return token

    async def refreshed_wrapper(
        self, wrapped: _App, provider: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `_handle_refresh_response(response)`, which gives whether there is a new token."""
        done = await wrapped(*args, **kwargs)
        if done:
            await self._record("mcp.auth.token.refresh", "UPDATE", token=_held(provider))
        else:
            response = args[0] if args else kwargs.get("response")
            await _read(response)
            error = self._recorder.quietly("token", lambda: _error_of(response), otherwise=None)
            await self._record("mcp.auth.failure", "UPDATE", error=error or "invalid_token")
        return done

    async def registered_wrapper(self, wrapped: _App, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Of `handle_registration_response(response)`, which gives the client as it is registered."""
        client = await wrapped(*args, **kwargs)
        await self._record("mcp.auth.client.register", "CREATE", client=client)
        return client

    async def failed(self, exc: Exception, response: Any) -> None:
        """The flow ends with an exception, of which the type is kept, or the code in the server's last answer."""
        registers = type(exc).__name__ == "OAuthRegistrationError"
        error = None
        if registers or type(exc).__name__ == "OAuthTokenError":
            error = self._recorder.quietly("token", lambda: _error_of(response), otherwise=None)
        kind = short(type(exc).__qualname__, 64)
        await self._record("mcp.auth.failure", "CREATE" if registers else "LOGIN", error=error or kind)

    async def _record(
        self, event: str, action: str, *, token: Any = None, client: Any = None, error: str | None = None
    ) -> None:
        flow = _FLOW.get()
        if flow is None or not self._recorder.active:
            return
        provider = flow.provider

        def make() -> EntryDraft | None:
            draft = self._draft(provider, event, action, token=token, client=client, error=error)
            kind = (event, error, draft.actor, (draft.body or {}).get("target"))
            return draft if error is None or self._recorder.authentication.windows.passes(kind, draft) else None

        await self._recorder.events.store(self._recorder.quietly("token", make, otherwise=None))

    def _draft(
        self, provider: Any, event: str, action: str, *, token: Any, client: Any, error: str | None
    ) -> EntryDraft:
        scope = self._recorder.redactor.scope()
        registered = client or _client_of(provider)
        for holder in (token, _held(provider), registered):
            scope.learn([getattr(holder, name, None) for name in _SECRETS], schema=_SENSITIVE)
        client_id = clean(getattr(registered, "client_id", None), scope)
        principal = {"client_id": client_id, "issuer": _issuer_of(provider, scope)}
        body = {
            "target": _place(_server_of(provider), scope),
            "principal": {name: value for name, value in principal.items() if value is not None} or None,
            "requested_scopes": _clean_scopes(_asked_of(provider), scope),
            "granted_scopes": _clean_scopes(getattr(token or client, "scope", None), scope),
        }
        return EntryDraft(
            event,
            "event",
            action,
            "success" if error is None else "failure",
            actor=client_id,
            actor_type="unknown" if client_id is None else "service",
            attributes={"side": "client", "transport": "tcp"} | ({} if error is None else {"err": error}),
            body={name: value for name, value in body.items() if value is not None} or None,
        )


class _Flow(ObjectProxy):  # type: ignore[type-arg]  # generic in the stubs only
    """The generator of a provider, as the HTTP client drives it. What it gives and raises passes as it is."""

    def __init__(self, wrapped: Any, tokens: _Tokens, provider: Any) -> None:
        super().__init__(wrapped)
        self._self_tokens = tokens
        self._self_provider = provider

    @property
    def provider(self) -> Any:
        return self._self_provider

    def __aiter__(self) -> Any:
        return self

    async def __anext__(self) -> Any:
        return await self._step(self.__wrapped__.__anext__(), None)

    async def asend(self, response: Any) -> Any:
        return await self._step(self.__wrapped__.asend(response), response)

    async def _step(self, step: Awaitable[Any], response: Any) -> Any:
        mine = _FLOW.set(self)
        try:
            return await step
        except StopAsyncIteration:
            raise
        except Exception as exc:
            await self._self_tokens.failed(exc, response)
            raise
        finally:
            _FLOW.reset(mine)


def _client_of(provider: Any) -> Any:
    context = getattr(provider, "context", None)
    return getattr(context, "client_info", None) or getattr(provider, "_client", None)


def _held(provider: Any) -> Any:
    context = getattr(provider, "context", None)
    return getattr(context, "current_tokens", None) or getattr(provider, "_tokens", None)


def _server_of(provider: Any) -> Any:
    return getattr(getattr(provider, "context", None), "server_url", None) or getattr(provider, "_resource", None)


def _asked_of(provider: Any) -> Any:
    metadata = getattr(getattr(provider, "context", None), "client_metadata", None)
    return getattr(metadata, "scope", None) or getattr(provider, "_scope", None)


def _issuer_of(provider: Any, scope: Scope) -> str | None:
    """The authorization server: as its metadata say, or as the MCP server names it."""
    context = getattr(provider, "context", None)
    said = getattr(getattr(context, "oauth_metadata", None), "issuer", None)
    return _place(said or getattr(context, "auth_server_url", None) or getattr(provider, "_issuer", None), scope)


def _place(url: Any, scope: Scope) -> str | None:
    """A URL without its user, its query and its fragment."""
    if url is None:
        return None
    parts = urlsplit(str(url))
    return clean(urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")), scope)


def _clean_scopes(value: Any, scope: Scope) -> list[str] | None:
    found = scopes_of(value)
    return None if found is None else [clean(name, scope) or "" for name in found]


async def _read(response: Any) -> None:
    """Read a short refusal, which the SDK does not look at; the HTTP client would read it next, and may do so again."""
    length = response.headers.get("content-length", "")
    if response.status_code >= _ERROR and length.isdigit() and int(length) <= _LONGEST_REFUSAL:
        with suppress(Exception):
            await response.aread()


def _error_of(response: Any) -> str | None:
    """The code of OAuth in an answer that has been read, or its HTTP status."""
    if response is None or response.status_code < _ERROR:
        return None
    try:
        answer = response.json()
    except Exception:  # no JSON, or not read
        answer = None
    code = error_code(answer.get("error")) if isinstance(answer, dict) else None
    return code or str(response.status_code)
