"""The three signals of one operation: span around it, log record and histogram point after it. OpenTelemetry API only.

Everything given to this module is redacted already.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import _logs, metrics, trace
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.context import Context
from opentelemetry.metrics import Observation
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode

from otel_mcp import semconv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from opentelemetry._logs import LoggerProvider
    from opentelemetry.metrics import CallbackOptions, Histogram, Meter, MeterProvider
    from opentelemetry.trace import TracerProvider

    from otel_mcp.operation import Operation, Outcome
    from otel_mcp.redaction import Finding

__all__ = ["SCOPE", "Telemetry", "end_attributes", "start_attributes"]

SCOPE: Final = "otel_mcp"
_MAPS_SINCE: Final = (1, 45)
_MOST_VALUES: Final = {
    semconv.GEN_AI_TOOL_NAME: 1000,
    semconv.GEN_AI_PROMPT_NAME: 1000,
    semconv.ERROR_TYPE: 200,
    semconv.RPC_RESPONSE_STATUS_CODE: 100,
    semconv.MCP_PROTOCOL_VERSION: 20,
    semconv.SERVER_ADDRESS: 1000,
}

_KINDS: Final = {"client": SpanKind.CLIENT, "server": SpanKind.SERVER}


def start_attributes(operation: Operation) -> dict[str, Any]:
    """The attributes a span starts with, so that samplers and `on_start` see them (conventions for MCP, spans)."""
    is_tool = operation.method == "tools/call"
    pairs: dict[str, Any] = {
        semconv.MCP_METHOD_NAME: operation.method,
        semconv.GEN_AI_OPERATION_NAME: "execute_tool" if is_tool else None,
        semconv.GEN_AI_TOOL_NAME: operation.tool,
        semconv.GEN_AI_PROMPT_NAME: operation.prompt,
        semconv.MCP_RESOURCE_URI: operation.resource,
        semconv.JSONRPC_REQUEST_ID: operation.request_id,
        semconv.MCP_PROTOCOL_VERSION: operation.protocol_version,
        semconv.MCP_SESSION_ID: operation.session_id,
        semconv.ACCESS: operation.access,
        semconv.NETWORK_TRANSPORT: operation.transport,
        semconv.NETWORK_PROTOCOL_NAME: operation.network_protocol,
        semconv.NETWORK_PROTOCOL_VERSION: operation.network_protocol_version,
    }
    if operation.side == "client":
        pairs[semconv.SERVER_ADDRESS] = operation.server_address
        pairs[semconv.SERVER_PORT] = operation.server_port
    else:
        pairs[semconv.CLIENT_ADDRESS] = operation.client_address
        pairs[semconv.CLIENT_PORT] = operation.client_port
    return {name: value for name, value in pairs.items() if value is not None}


def end_attributes(outcome: Outcome) -> dict[str, Any]:
    """The attributes that the outcome adds."""
    attributes: dict[str, Any] = {}
    if outcome.span_error_type is not None:
        attributes[semconv.ERROR_TYPE] = outcome.span_error_type
    if outcome.code is not None:
        attributes[semconv.RPC_RESPONSE_STATUS_CODE] = str(outcome.code)
    return attributes


class _FewValues:
    """Label values that a peer had a hand in: the first ones of each label are kept, later ones are `_OTHER`."""

    def __init__(self) -> None:
        self._seen: dict[str, set[Any]] = {label: set() for label in _MOST_VALUES}

    def bound(self, attributes: dict[str, Any]) -> dict[str, Any]:
        for label, most in _MOST_VALUES.items():
            value, seen = attributes.get(label), self._seen[label]
            if value is None or value in seen:
                continue
            if len(seen) < most:
                seen.add(value)
            else:
                attributes[label] = semconv.OTHER
        return attributes


def _metric_attributes(operation: Operation, outcome: Outcome) -> dict[str, Any]:
    """A bounded subset of the span's attributes: what a peer can choose freely is `_OTHER` here."""
    attributes = end_attributes(outcome)
    attributes[semconv.MCP_METHOD_NAME] = operation.method_label
    named = {semconv.GEN_AI_TOOL_NAME: operation.tool, semconv.GEN_AI_PROMPT_NAME: operation.prompt}
    for name, value in named.items():
        if value is not None:
            attributes[name] = value if operation.registered else semconv.OTHER
    if operation.method == "tools/call":
        attributes[semconv.GEN_AI_OPERATION_NAME] = "execute_tool"
    return attributes | _connection_attributes(operation)


def _connection_attributes(operation: Operation) -> dict[str, Any]:
    plain: dict[str, Any] = {
        semconv.MCP_PROTOCOL_VERSION: operation.protocol_version,
        semconv.NETWORK_TRANSPORT: operation.transport,
        semconv.NETWORK_PROTOCOL_NAME: operation.network_protocol,
        semconv.NETWORK_PROTOCOL_VERSION: operation.network_protocol_version,
    }
    if operation.side == "client":
        plain |= {semconv.SERVER_ADDRESS: operation.server_address, semconv.SERVER_PORT: operation.server_port}
    return {name: value for name, value in plain.items() if value is not None}


def _histograms(meter: Meter, what: str, client: str, server: str) -> dict[str, Histogram]:
    """One for each side."""
    return {
        side: meter.create_histogram(
            name,
            unit="s",
            description=f"Duration of MCP {what} as observed by the {side}.",
            explicit_bucket_boundaries_advisory=semconv.DURATION_BUCKETS,
        )
        for side, name in (("client", client), ("server", server))
    }


def _sdk_version() -> str:
    try:
        return metadata.version("opentelemetry-sdk")
    except metadata.PackageNotFoundError:
        return ""


def _maps_on_spans(sdk_version: str) -> bool:
    """Whether spans of this SDK take nested values. Before 1.45 they refuse them, with a warning for each.

    Then the conventions allow the JSON text instead (`gen_ai.tool.call.arguments`). Log records take maps in any
    version.
    """
    parts = sdk_version.split(".")
    number = tuple(int(part) for part in parts[:2] if part.isdigit())
    return len(number) < len(_MAPS_SINCE) or number >= _MAPS_SINCE


class Telemetry:
    """Tracer, meter and logger of one `instrument()` call; without an SDK each of them is the API's no-op."""

    def __init__(
        self,
        *,
        version: str,
        tracer_provider: TracerProvider | None = None,
        meter_provider: MeterProvider | None = None,
        logger_provider: LoggerProvider | None = None,
    ) -> None:
        self._tracer = trace.get_tracer(SCOPE, version, tracer_provider, semconv.SCHEMA_URL)
        meter = metrics.get_meter(SCOPE, version, meter_provider, semconv.SCHEMA_URL)
        self._few_values = _FewValues()
        self._maps_on_spans = _maps_on_spans(_sdk_version())
        self._logger = _logs.get_logger(SCOPE, version, logger_provider, semconv.SCHEMA_URL)
        self._durations = _histograms(meter, "requests", semconv.METRIC_CLIENT_DURATION, semconv.METRIC_SERVER_DURATION)
        self._sessions = _histograms(meter, "sessions", semconv.METRIC_CLIENT_SESSION, semconv.METRIC_SERVER_SESSION)
        self._failures = meter.create_counter(
            semconv.METRIC_REDACTION_FAILURES,
            unit="{failure}",
            description="Values that were replaced whole since their redaction failed.",
        )
        self._redactions = meter.create_counter(
            semconv.METRIC_REDACTIONS, unit="{redaction}", description="Values removed, by rule and surface."
        )
        self.tree_size: tuple[str, int] | None = None
        """Origin of the trail and the number of entries that are known to be in it."""
        meter.create_observable_gauge(
            semconv.METRIC_TREE_SIZE,
            callbacks=[self._observe_tree_size],
            unit="{entry}",
            description="Entries of the audit trail under a signed checkpoint.",
        )
        # The lock guards how many failures were counted already.
        self._lock = threading.Lock()
        self._failures_counted = 0

    def takes_checkpoints(self) -> bool:
        """Whether a log record would go anywhere. The first versions of the API do not say."""
        enabled = getattr(self._logger, "enabled", None)
        return enabled is None or bool(enabled(event_name=semconv.CHECKPOINT))

    def emit_checkpoint(self, origin: str, size: int, note: str) -> None:
        """Emit a log record whose body is a signed checkpoint, word for word; it belongs to no trace."""
        if not self.takes_checkpoints():
            return
        self._logger.emit(
            LogRecord(
                timestamp=time.time_ns(),
                context=Context(),
                severity_number=SeverityNumber.INFO,
                severity_text="INFO",
                body=note,
                attributes={semconv.ORIGIN: origin, semconv.SIZE: size},
                event_name=semconv.CHECKPOINT,
            )
        )

    def _observe_tree_size(self, _: CallbackOptions) -> Iterator[Observation]:
        known = self.tree_size
        if known is not None:
            yield Observation(known[1], {semconv.ORIGIN: known[0]})

    def count_failures(self, total: int) -> None:
        """Bring the counter of failed redactions up to `total`."""
        if total == self._failures_counted:
            return
        with self._lock:
            new, self._failures_counted = total - self._failures_counted, total
        self._failures.add(max(new, 0))

    def count_redactions(self, findings: Iterable[Finding], surface: str) -> None:
        """Count what was removed: `surface` is `arguments`, `result`, `log` or `span`."""
        for rule, count in Counter(finding.rule for finding in findings).items():
            self._redactions.add(count, {semconv.REDACTION_RULE: rule, semconv.REDACTION_SURFACE: surface})

    def start_span(self, operation: Operation, *, parent: Context | None, links: Sequence[Link], start_ns: int) -> Span:
        """Open the operation's span; it is not made current here."""
        return self._tracer.start_span(
            operation.name,
            context=parent,
            kind=_KINDS[operation.side],
            attributes=start_attributes(operation),
            links=links,
            start_time=start_ns,
            record_exception=False,
            set_status_on_exception=False,
        )

    def end_span(
        self,
        span: Span,
        operation: Operation,
        outcome: Outcome,
        *,
        end_ns: int,
        description: str | None = None,
        content: Mapping[str, Any] | None = None,
        leaf: str | None = None,
        exception: Mapping[str, str] | None = None,
    ) -> None:
        """Close the span at `end_ns`, which was taken before the trail was written.

        Status is ERROR for `error.type`, except cancellation; never OK, which belongs to the application.
        """
        if span.is_recording():
            span.update_name(operation.name)
            span.set_attributes(end_attributes(outcome))
            if leaf is not None:
                span.set_attribute(semconv.LEAF, leaf)
            for name, value in (content or {}).items():
                span.set_attribute(name, value if self._maps_on_spans else json.dumps(value, ensure_ascii=False))
            if exception is not None:
                span.add_event("exception", exception, end_ns)
            if outcome.span_error:
                span.set_status(Status(StatusCode.ERROR, description))
        span.end(end_ns)

    def record_duration(self, operation: Operation, outcome: Outcome, seconds: float, context: Context) -> None:
        """Add one point to the side's histogram; `context` links the exemplar to the span."""
        attributes = self._few_values.bound(_metric_attributes(operation, outcome))
        self._durations[operation.side].record(seconds, attributes, context)

    def record_session(self, handshake: Operation, seconds: float) -> None:
        """Add one point for a session that the handshake opened."""
        attributes = self._few_values.bound(_connection_attributes(handshake))
        self._sessions[handshake.side].record(seconds, attributes)

    def emit_record(
        self,
        operation: Operation,
        outcome: Outcome,
        *,
        record_id: str,
        end_ns: int,
        context: Context,
        head: str | None = None,
        leaf: str | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Emit the operation's log record: the entry's head as an opaque string body, what it says as attributes."""
        self.emit_event(
            operation.facts.event,
            record_id=record_id,
            action=operation.facts.action,
            outcome=outcome.status,
            actor_type=operation.actor_type,
            time_ns=end_ns,
            context=context,
            head=head,
            leaf=leaf,
            more=start_attributes(operation) | end_attributes(outcome) | dict(content or {}),
        )

    def emit_event(
        self,
        event: str,
        *,
        record_id: str,
        action: str,
        outcome: str,
        actor_type: str,
        time_ns: int,
        context: Context,
        head: str | None = None,
        leaf: str | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """Emit the log record of an entry: its head as an opaque string body, what it says as attributes."""
        attributes = dict(more or {})
        attributes |= {
            semconv.AUDIT_RECORD_ID: record_id,
            semconv.AUDIT_ACTION: action,
            semconv.AUDIT_OUTCOME: outcome,
            semconv.AUDIT_ACTOR_TYPE: actor_type,
        }
        if leaf is not None:
            attributes[semconv.LEAF] = leaf
        failed = outcome == "failure"
        self._logger.emit(
            LogRecord(
                timestamp=time_ns,
                context=context,
                severity_number=SeverityNumber.WARN if failed else SeverityNumber.INFO,
                severity_text="WARN" if failed else "INFO",
                body=head,
                attributes=attributes,
                event_name=event,
            )
        )
