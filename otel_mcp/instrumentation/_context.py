"""`tracestate` and baggage of the context that a span of ours starts in, without what redaction would change.

Both are text that a peer may have chosen. The `tracestate` is exported with our span and goes on to whatever the
operation calls (W3C Trace Context, section 3.3); baggage is shown to the span processors of the application, some of
which write it on spans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from opentelemetry import baggage, trace
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext

from otel_mcp.instrumentation._plain import PlainTexts
from otel_mcp.redaction import is_sensitive_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opentelemetry.context import Context

    from otel_mcp.redaction import Redactor, Scope

__all__ = ["PlainContexts"]


class PlainContexts:
    """Makes contexts plain. Only spans of ours start in them: the application keeps its own as it is."""

    def __init__(self, redactor: Redactor) -> None:
        # Its own memory, not the one for names: a peer that sends a new value each time must not fill that one.
        self._plain = PlainTexts(redactor)

    def __call__(
        self, context: Context | None, links: Sequence[Link], scope: Scope
    ) -> tuple[Context | None, list[Link]]:
        """The context (None is the current one) and the links, unchanged where they are plain, the usual case."""
        for name, value in baggage.get_all(context).items():
            if is_sensitive_key(name) or not self._is_plain(f"{name}={value}", scope):
                context = baggage.remove_baggage(name, context)
        here = trace.get_current_span(context).get_span_context()
        if (plain := self._without_state(here, scope)) is not here:
            context = trace.set_span_in_context(NonRecordingSpan(plain), context)
        return context, [Link(self._without_state(link.context, scope), link.attributes) for link in links]

    def _without_state(self, here: SpanContext, scope: Scope) -> SpanContext:
        """The span context without a `tracestate` that is not plain; as a whole, since its parts are the vendors'."""
        if not here.trace_state or self._is_plain(here.trace_state.to_header(), scope):
            return here
        return SpanContext(here.trace_id, here.span_id, here.is_remote, here.trace_flags)

    def _is_plain(self, text: str, scope: Scope) -> bool:
        return text in self._plain and (not scope.tainted or scope.text(text) == text)
