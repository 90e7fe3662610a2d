"""What carried a message to this process: the peer's trace context, the transport, the address it came from."""

from __future__ import annotations

from contextvars import ContextVar
from importlib import import_module
from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import Link

from otel_mcp.instrumentation._outcome import text_or_none
from otel_mcp.instrumentation._watched import Watched
from otel_mcp.instrumentation._who import caller_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from opentelemetry.context import Context

    from otel_mcp.instrumentation._who import Naming

__all__ = ["ON_ARRIVAL", "SERVES_STDIO", "connection_facts", "header", "known_versions", "place_in", "stdio_wrapper"]

ON_ARRIVAL: ContextVar[Callable[[], None] | None] = ContextVar("otel_mcp_on_arrival", default=None)
"""Called when this task's request reaches the dispatch: from there on it is recorded here, whatever becomes of it."""

SERVES_STDIO: ContextVar[bool] = ContextVar("otel_mcp_stdio", default=False)
"""True in the tasks that read from and write to the process's own standard streams."""


def known_versions() -> Sequence[str]:
    """The protocol versions that the SDK speaks."""
    try:
        from mcp_types.version import KNOWN_PROTOCOL_VERSIONS  # noqa: PLC0415  # imported by the application long before
    except ImportError:  # mcp 1.x
        versions: Sequence[str] = import_module("mcp.shared.version").SUPPORTED_PROTOCOL_VERSIONS
        return versions
    return KNOWN_PROTOCOL_VERSIONS


def place_in(meta: Any) -> tuple[Context | None, list[Link]]:
    """Parent context and links: the peer's context from `params._meta` is the parent, an ambient span is linked.

    Conventions for MCP, context propagation; keys are unprefixed (SEP-414). Without a valid `traceparent` the ambient
    context stays the parent.
    """
    if not isinstance(meta, dict) or "traceparent" not in meta:
        return None, []
    remote = extract({key: value for key, value in meta.items() if isinstance(value, str)})
    remote_span = trace.get_current_span(remote).get_span_context()
    if not remote_span.is_valid:
        return None, []
    ambient = trace.get_current_span().get_span_context()
    linked = ambient.is_valid and ambient.span_id != remote_span.span_id
    return remote, [Link(ambient)] if linked else []


def connection_facts(scope: Any, naming: Naming, session_id: Any = None) -> dict[str, Any]:
    """Transport, client address, and who asked; `scope` is of the HTTP request that carried this very message."""
    stdio = SERVES_STDIO.get()
    who = naming(caller_of(scope, stdio=stdio, headers=naming.asks))
    if not isinstance(scope, dict):
        return {"transport": "pipe", **who} if stdio else who
    client = scope.get("client") or (None, None)
    return {
        "transport": "tcp",
        "network_protocol": "http",
        "network_protocol_version": text_or_none(scope.get("http_version")),
        "client_address": client[0],
        "client_port": client[1],
        "session_id": text_or_none(session_id or header(scope, b"mcp-session-id")),
        **who,
    }


def header(scope: Any, name: bytes) -> str | None:
    """The first header of that name, which ASGI gives in lower case."""
    return next((value.decode("latin-1") for key, value in scope.get("headers") or () if key == name), None)


def stdio_wrapper(
    on_start: Callable[[], None], began: Callable[[], None], ended: Callable[[], None]
) -> Callable[..., Any]:
    """A wrapt wrapper of `stdio_server()`, which returns an async context manager and still does."""

    def opening() -> None:
        SERVES_STDIO.set(True)
        on_start()

    def wrapper(wrapped: Callable[..., Any], _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return Watched(wrapped(*args, **kwargs), opening=opening, opened=lambda _: began(), closing=lambda _: ended())

    return wrapper
