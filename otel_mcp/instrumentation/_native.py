"""The SDK's own span for an operation that we record: silenced in mode `own`, kept open and enriched in mode `enrich`.

mcp 2.x opens its spans through the module-level function `otel_span`, which carries raw exception text. It is replaced
where it is used, and answers with the no-op span for the operation at hand; every other span of the SDK is left as it
was.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan

from otel_mcp import semconv
from otel_mcp.instrumentation._running import CURRENT, Running, Silence
from otel_mcp.telemetry import start_attributes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from opentelemetry.trace import Span, TracerProvider

    from otel_mcp.instrumentation._recorder import Recorder

__all__ = ["native_span_wrapper"]


def native_span_wrapper(recorder: Recorder, tracer_provider: TracerProvider | None) -> Callable[..., Any]:
    """A wrapt wrapper of `otel_span(name, *, kind, attributes, context, …)`."""

    def wrapper(wrapped: Callable[..., Any], _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        running = CURRENT.get()
        attributes = kwargs.get("attributes") or {}
        if not recorder.active or running is None:
            return wrapped(*args, **kwargs)
        if isinstance(running, Silence):
            return (
                _silent(trace.INVALID_SPAN)
                if attributes.get("mcp.method.name") == running.method
                else wrapped(*args, **kwargs)
            )
        if not _same_operation(running, attributes):
            return wrapped(*args, **kwargs)
        running.native_seen = True
        if recorder.config.spans == "enrich":
            return _enriched(running, tracer_provider, args, kwargs)
        if recorder.config.spans == "own":
            return _silent(_Listening(running))
        return wrapped(*args, **kwargs)

    return wrapper


class _Listening(NonRecordingSpan):
    """A no-op span that overhears one thing: the sender puts a code on it only for an error that a response carried."""

    def __init__(self, running: Running) -> None:
        super().__init__(trace.INVALID_SPAN_CONTEXT)
        self._running = running

    def set_attributes(self, attributes: Mapping[str, Any]) -> None:
        self._running.code_on_wire |= semconv.RPC_RESPONSE_STATUS_CODE in attributes


def _same_operation(running: Running, attributes: dict[str, Any]) -> bool:
    """Whether the SDK speaks of the operation at hand; the sender learns its request id here."""
    if running.native_seen or attributes.get("mcp.method.name") != running.raw.method:
        return False
    request_id = attributes.get("jsonrpc.request.id")
    if running.raw.request_id is None and isinstance(request_id, str):
        running.know_request_id(request_id)
    return request_id == running.raw.request_id


@contextmanager
def _silent(span: Span) -> Iterator[Span]:
    """Yield the no-op span without making it current: our own span stays the one that is injected."""
    yield span


@contextmanager
def _enriched(
    running: Running, tracer_provider: TracerProvider | None, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Iterator[Span]:
    """The SDK's span with its own name and scope, kept open so that the outcome and the leaf can be put on it."""
    tracer = trace.get_tracer("mcp-python-sdk", tracer_provider=tracer_provider)
    attributes = {**(kwargs.get("attributes") or {}), **start_attributes(running.operation)}
    options = {"record_exception": False, "set_status_on_exception": False, "end_on_exit": False}
    with tracer.start_as_current_span(*args, **{**kwargs, "attributes": attributes, **options}) as span:
        running.span = span
        yield span
