"""The spans of the package `fastmcp`, which has its own of every request: silenced where ours say the same.

They double ours, and carry the text of exceptions as it is. Its servers and clients run on `mcp`, so they are recorded
there. What is silenced stays out of the context as well: our span remains the parent of the application's.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.trace import NoOpTracer

from otel_mcp.instrumentation._running import CURRENT
from otel_mcp.instrumentation._targets import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from opentelemetry.trace import Span

    from otel_mcp.instrumentation._recorder import Recorder

__all__ = ["fastmcp_targets"]

_PROPAGATION_ONLY = "propagation_only"


def fastmcp_targets(recorder: Recorder) -> list[Target]:
    """Where FastMCP 3 and 4 get their tracers; 4 asks for a mode as well."""

    def is_ours() -> bool:
        return recorder.active and recorder.config.spans == "own"

    def is_inside() -> bool:
        """Whether a request of ours is under way. A tool that is called without one has nothing but FastMCP's span."""
        return is_ours() and CURRENT.get() is not None

    # A client opens its span before it sends, so before ours begins; so does a server that samples.
    sending, serving = _tracer_wrapper(is_ours), _tracer_wrapper(is_inside)
    return [
        Target("fastmcp.client.telemetry", "get_tracer", sending, optional=True),
        Target("fastmcp.server.sampling.run", "get_tracer", sending, optional=True),
        Target("fastmcp.server.telemetry", "get_tracer", serving, optional=True),
        Target("fastmcp.server.telemetry", "telemetry_mode", _mode_wrapper(is_inside), optional=True),
    ]


class _SilentTracer(NoOpTracer):
    """Gives the span that is none, and leaves the current one current."""

    @contextmanager
    def start_as_current_span(self, *_: Any, **__: Any) -> Iterator[Span]:  # type: ignore[override]  # as in the API
        yield trace.INVALID_SPAN


def _tracer_wrapper(applies: Callable[[], bool]) -> Callable[..., Any]:
    silent = _SilentTracer()

    def wrapper(wrapped: Callable[..., Any], _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return silent if applies() else wrapped(*args, **kwargs)

    return wrapper


def _mode_wrapper(applies: Callable[[], bool]) -> Callable[..., Any]:
    def wrapper(wrapped: Callable[..., Any], _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        mode = wrapped(*args, **kwargs)
        return _PROPAGATION_ONLY if mode == "native" and applies() else mode

    return wrapper
