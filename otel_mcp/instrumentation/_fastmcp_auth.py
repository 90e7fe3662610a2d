"""The checks of the package `fastmcp`, 3 and 4, on its components: who was denied what, and for which scopes.

A check that says no is not yet a refusal: listings leave out what it is about, and a tool may still be found in another
version. So it is noted, and recorded where the request fails for it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.instrumentation._oauth_server import scopes_of
from otel_mcp.instrumentation._running import CURRENT, Denial, Running
from otel_mcp.instrumentation._targets import Target

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Operation

    _App = Callable[..., Awaitable[Any]]

__all__ = ["fastmcp_check_targets"]

# Where the functions of `fastmcp.utilities.authorization` are called by names of their own.
_CALLERS: Final = ("fastmcp.server.server", "fastmcp.server.middleware.authorization")
_CHECKS: Final = ("run_auth_checks", "run_auth_checks_with_shortfall")


def fastmcp_check_targets(recorder: Recorder) -> list[Target]:
    """The checks of components and of its middleware, and what a middleware raises."""
    check, chain = _check_wrapper(recorder), _chain_wrapper(recorder)
    return [
        *(Target(module, name, check, optional=True) for module in _CALLERS for name in _CHECKS),
        Target("fastmcp.server.server", "FastMCP._run_middleware", chain, optional=True),
    ]


def _check_wrapper(recorder: Recorder) -> _App:
    """A wrapt wrapper of `run_auth_checks(checks, ctx)`, whose answer is a bool or begins with one."""

    async def wrapper(wrapped: _App, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        result = await wrapped(*args, **kwargs)
        running = CURRENT.get()
        if isinstance(running, Running):
            recorder.quietly("check", lambda: _note(running, result, *args, **kwargs), otherwise=None)
        return result

    return wrapper


def _chain_wrapper(recorder: Recorder) -> _App:
    """A wrapt wrapper of `FastMCP._run_middleware(context, call_next)`."""

    async def wrapper(wrapped: _App, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            return await wrapped(*args, **kwargs)
        except Exception as exc:
            running = CURRENT.get()
            if isinstance(running, Running):
                recorder.quietly("check", partial(_note_raised, running, exc), otherwise=None)
            raise

    return wrapper


def _note(running: Running, result: Any, checks: Any, ctx: Any) -> None:
    allowed = result[0] if isinstance(result, tuple) else result
    if not allowed and _is_asked_for(running.raw, ctx.component):
        held = scopes_of(getattr(ctx.token, "scopes", None)) or []
        running.denial = Denial(tuple(_missing(checks, ctx)), tuple(held))


def _is_asked_for(asked: Operation, component: Any) -> bool:
    """Whether a component is what the request names: a server may look at any other on its way."""
    if asked.resource is not None:
        matches = getattr(component, "matches", None)
        same = str(getattr(component, "uri", "")) == asked.resource
        return same or (callable(matches) and matches(asked.resource) is not None)
    name = asked.tool or asked.prompt
    # A server that is mounted in another one knows its component by a name without the prefix.
    return name is not None and (name == component.name or name.endswith(f"_{component.name}"))


def _missing(checks: Any, ctx: Any) -> list[str]:
    """The scopes that are wanted and not held, where nothing but scopes is checked and the checks can say so."""
    listed = checks if isinstance(checks, list) else [checks]
    if not all(hasattr(check, "missing_scopes") for check in listed):
        return []
    return sorted({str(scope) for check in listed for scope in check.missing_scopes(ctx)})


def _note_raised(running: Running, exc: Exception) -> None:
    errors = sys.modules.get("fastmcp.exceptions")
    if errors is None or not isinstance(exc, errors.AuthorizationError):
        return
    known = running.denial or Denial()
    wanted = scopes_of(getattr(exc, "required_scopes", None))
    running.denial = replace(known, required=tuple(wanted) if wanted else known.required, final=True)
