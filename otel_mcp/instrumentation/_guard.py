"""The last look at what leaves beside our own signals: records of loggers, spans of others, additions to ours.

The SDK's exporting processors are wrapped, so that every exporter behind them gets a redacted copy and nothing else
does: handlers of the application, its processors and its own records stay as they are. They run in the context that
emits, so the operation at hand is known, and with it what is secret in it.
"""

from __future__ import annotations

from dataclasses import replace
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.instrumentation._notice import say_once
from otel_mcp.instrumentation._resources import SafeResources
from otel_mcp.instrumentation._running import CURRENT, LATEST, Running
from otel_mcp.instrumentation._targets import Patches, Target
from otel_mcp.redaction import MARK
from otel_mcp.telemetry import SCOPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from opentelemetry.sdk._logs import ReadWriteLogRecord
    from opentelemetry.sdk.metrics.export import MetricsData
    from opentelemetry.sdk.trace import ReadableSpan

    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.redaction import Finding, Scope

__all__ = ["Guard"]

_LOGS: Final = "opentelemetry.sdk._logs.export"
_SPANS: Final = "opentelemetry.sdk.trace.export"
_METRICS: Final = "opentelemetry.sdk.metrics.export"
_LOGGERS: Final = ("mcp", "fastmcp")
_MOST_BESIDE: Final = 16
"""Operations under way whose secrets are looked for in what a thread without any context emits."""


class Guard:
    """Wraps the processors of one process. It raises nothing, and shows nothing that it could not read."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._redactor = recorder.redactor
        self._everything = recorder.config.redact_all
        self._resource = SafeResources(recorder.redactor)
        self._active = True
        record = _wrapper(self, self.record, self._masked_record)
        span = _wrapper(self, self.span, self._masked_span)
        metrics = _wrapper(self, self.metrics, self._bare_metrics)
        self._patches = Patches(
            [
                Target(_LOGS, "BatchLogRecordProcessor.on_emit", record),
                Target(_LOGS, "SimpleLogRecordProcessor.on_emit", record),
                Target(_SPANS, "BatchSpanProcessor.on_end", span),
                Target(_SPANS, "SimpleSpanProcessor.on_end", span),
                # Protected, and the method that the SDK's documentation has readers override.
                Target(_METRICS, "PeriodicExportingMetricReader._receive_metrics", metrics, optional=True),
                Target(
                    "opentelemetry.exporter.prometheus",
                    "PrometheusMetricReader._receive_metrics",
                    metrics,
                    optional=True,
                ),
            ],
            on_first=lambda: None,
            on_missing=_missing,
        )

    def apply(self) -> None:
        """Wrap the processors, those that exist already too."""
        self._patches.apply()

    def restore(self) -> None:
        """Leave everything as it was, also where somebody has wrapped over us."""
        self._active = False
        self._patches.restore()

    @property
    def active(self) -> bool:
        return self._active

    # -- what is looked at, and with which secrets in mind -----------------------------------------------------------

    def record(self, record: ReadWriteLogRecord) -> ReadWriteLogRecord:
        """The log record itself, or a copy without secrets."""
        from otel_mcp.instrumentation import _copies  # noqa: PLC0415  # the SDK is there, or nobody would call

        name = record.instrumentation_scope.name if record.instrumentation_scope is not None else ""
        own = name == SCOPE
        scopes = [] if own else self._scopes_of_record(name, record.log_record.trace_id)
        if not own and not scopes:
            return record
        resource = self._resource(record.resource) if record.resource is not None else None
        if own and resource is record.resource:
            return record
        parts = clean = _copies.record_parts(record)
        if not own:
            clean = self._clean(parts, scopes, "log")
        hidden = not own and getattr(record.log_record, "exception", None) is not None
        if clean is parts and resource is record.resource and not hidden:
            return record
        return _copies.record_of(record, parts, clean, resource)

    def span(self, span: ReadableSpan) -> ReadableSpan:
        """The span itself, or a copy without secrets."""
        from otel_mcp.instrumentation import _copies  # noqa: PLC0415

        if span.context is None or not span.context.trace_flags.sampled:
            return span  # it goes nowhere
        said = self._recorder.emitting.get(span.context.span_id)
        ours = said is not None or (span.instrumentation_scope is not None and span.instrumentation_scope.name == SCOPE)
        if not ours and not self._everything:
            return span
        resource = self._resource(span.resource)
        parts = clean = _copies.span_parts(span, said)
        if said is None:
            clean = self._clean(parts, self._scopes(span.context.trace_id) or [self._redactor.scope()], "span")
        elif not said.is_all_of(parts):
            clean = self._clean(parts, [said.scope], "span")
        if clean is parts and resource is span.resource:
            return span
        return _copies.span_of(span, parts, clean, resource, said)

    def metrics(self, data: MetricsData) -> MetricsData:
        """The metrics with redacted resources."""
        resources = [(one, self._resource(one.resource)) for one in data.resource_metrics]
        if all(one.resource is safe for one, safe in resources):
            return data
        return replace(data, resource_metrics=[replace(one, resource=safe) for one, safe in resources])

    def _scopes_of_record(self, logger: str, trace_id: int | None) -> list[Scope]:
        if scopes := self._scopes(trace_id):
            return scopes
        if logger.partition(".")[0] in _LOGGERS:
            # The SDK logs some exceptions of a handler after the handler's operation has ended.
            latest = LATEST.get()
            return [latest.scope if latest is not None else self._redactor.scope()]
        return [self._redactor.scope()] if self._everything else []

    def _scopes(self, trace_id: int | None) -> list[Scope]:
        """The operation that the running code belongs to.

        Threads that were started without the context of their starter have no operation: those of the same trace are
        taken, and where there is no trace either, all that know a secret.
        """
        running = CURRENT.get()
        if isinstance(running, Running):
            return [running.scope]
        under_way = self._recorder.under_way()
        if not under_way:
            return []
        if trace_id:
            return [one.scope for one in under_way if one.span.get_span_context().trace_id == trace_id]
        tainted = [one for one in under_way if one.scope.taint_size]
        return [one.scope for one in nlargest(_MOST_BESIDE, tainted, key=lambda one: one.start_ns)]

    # -- the look itself ---------------------------------------------------------------------------------------------

    def _clean(self, parts: list[Any], scopes: list[Scope], surface: str) -> list[Any]:
        """The very same parts where there is nothing to remove; marks for all of them where they cannot be read."""
        from otel_mcp.instrumentation import _copies  # noqa: PLC0415

        findings: list[Finding] = []
        given = value = _copies.plain(parts)
        for scope in scopes:
            redacted = scope.value(value)
            value = redacted.value
            findings += redacted.findings
            if not isinstance(value, list):
                return _copies.masked(parts, value)  # the operation could not be read to its end
        if value == given:
            return parts
        self._recorder.telemetry.count_redactions(findings, surface)
        return list(_copies.restored(parts, value))

    def _masked_record(self, record: ReadWriteLogRecord) -> ReadWriteLogRecord:
        from otel_mcp.instrumentation import _copies  # noqa: PLC0415

        parts = _copies.record_parts(record)
        resource = self._resource(record.resource) if record.resource is not None else None
        return _copies.record_of(record, parts, _copies.masked(parts, MARK % "error"), resource)

    def _masked_span(self, span: ReadableSpan) -> ReadableSpan:
        from otel_mcp.instrumentation import _copies  # noqa: PLC0415

        parts = _copies.span_parts(span)
        masked = _copies.masked(parts, MARK % "error")
        return _copies.span_of(span, parts, masked, self._resource(span.resource))

    @staticmethod
    def _bare_metrics(data: MetricsData) -> MetricsData:
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415

        return replace(data, resource_metrics=[replace(one, resource=Resource({})) for one in data.resource_metrics])

    def failed(self) -> None:
        """Count an item that is masked since its redaction failed."""
        self._redactor.failed()
        self._recorder.telemetry.count_failures(self._redactor.failures)


def _missing(sentence: str) -> None:
    say_once(sentence.replace("version of mcp", "version of the SDK").replace("not recorded", "not redacted"))


def _wrapper(guard: Guard, change: Callable[[Any], Any], mask: Callable[[Any], Any]) -> Callable[..., Any]:
    """A wrapt wrapper of a method whose first argument is an item of telemetry."""

    def safely(item: Any) -> Any:
        try:
            return change(item)
        except Exception:
            guard.failed()
            return mask(item)

    def wrapper(wrapped: Callable[..., Any], _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if not guard.active or not (args or kwargs):
            return wrapped(*args, **kwargs)
        try:
            if args:
                args = (safely(args[0]), *args[1:])
            else:
                first = next(iter(kwargs))
                kwargs = {**kwargs, first: safely(kwargs[first])}
        except Exception as exc:
            # An item that nobody can copy: raw it must not go.
            say_once(f"an item of telemetry cannot be redacted ({type(exc).__name__}); such items are dropped")
            return None
        return wrapped(*args, **kwargs)

    return wrapper
