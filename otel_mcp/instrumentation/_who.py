"""Who sent a request: by the token of this very message, or by the account that a server on stdio runs as."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.actors import Caller
from otel_mcp.instrumentation._notice import say_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Naming", "account", "caller_of"]

_LONGEST: Final = 256
_CREDENTIALS: Final = frozenset({"authorization", "proxy-authorization", "cookie"})


def caller_of(scope: Any, *, stdio: bool = False, headers: bool = False) -> Caller | None:
    """What is known; None where nothing is. `headers`: somebody looks at them.

    From the scope of the message's own HTTP request, and from no context variable: in mcp 1.x that of a session is of
    its first user. The token itself is only looked at to make sure that it is in nothing that is kept.
    """
    if not isinstance(scope, dict):
        return Caller(system_user=account()) if stdio else None
    token = getattr(scope.get("user"), "access_token", None)
    secret = getattr(token, "token", None)
    claims = getattr(token, "claims", None) or {}

    def text(value: Any) -> str | None:
        if not isinstance(value, str) or not value or (secret and secret in value):
            return None
        return value[:_LONGEST]

    client = scope.get("client") or (None,)
    return Caller(
        client_id=text(getattr(token, "client_id", None)),
        subject=text(getattr(token, "subject", None)) or text(claims.get("sub")),
        issuer=text(claims.get("iss")),
        scopes=tuple(filter(None, map(text, getattr(token, "scopes", None) or ()))),
        claims=claims,
        headers=_headers(scope) if headers else {},
        address=client[0],
    )


class Naming:
    """Actor of an operation: what the application's function says, or else what the caller is."""

    def __init__(self, spec: str) -> None:
        """`spec` is `MODULE:FUNCTION`, or empty; the module is imported with the first request."""
        self._spec = spec
        self.asks = bool(spec)
        """Whether the application is asked."""
        self._function: Callable[[Caller], object] | None = None

    def __call__(self, caller: Caller | None) -> dict[str, Any]:
        """The members of an operation that say it."""
        if caller is None:
            return {}
        named = self._named(caller) if self.asks else None
        return {
            "actor": named or caller.name,
            "actor_type": "user" if named else caller.type,
            "principal": caller.facts or None,
        }

    def _named(self, caller: Caller) -> str | None:
        try:
            if self._function is None:
                module, _, name = self._spec.partition(":")
                self._function = getattr(import_module(module), name)
            named = self._function(caller)
        except Exception as exc:
            say_once(f"OTEL_MCP_NAME_ACTOR={self._spec} failed ({type(exc).__name__}); actors are named without it")
            return None
        return str(named)[:_LONGEST] if named else None


def _headers(scope: Mapping[str, Any]) -> dict[str, str]:
    pairs = ((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope.get("headers") or ())
    return {name: value for name, value in pairs if name not in _CREDENTIALS}


@cache
def account() -> str:
    """Of the operating system, by the process, and not by its environment, which anybody sets."""
    try:
        import pwd  # noqa: PLC0415  # not on every platform

        return pwd.getpwuid(os.getuid()).pw_name
    except ImportError:
        import getpass  # noqa: PLC0415

        return getpass.getuser()
    except KeyError:  # an account without a name, as in many containers
        return f"uid {os.getuid()}"
