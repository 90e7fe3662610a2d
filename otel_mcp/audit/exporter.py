"""`AuditLogExporter`: OpenTelemetry log records that carry `audit.record.id` become entries of the signed log.

This is how an application's own audit events, and those of other libraries, enter the trail. It sits behind whatever
processor the SDK puts before it (a batch processor when named in `OTEL_LOGS_EXPORTER`), which may lose records; the
instrumentation's own route to the log does not pass here.
"""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.sdk._logs.export import LogRecordExporter, LogRecordExportResult  # noqa: TID251  # it is an exporter
from opentelemetry.trace import format_span_id, format_trace_id

from otel_mcp import semconv
from otel_mcp.audit.entry import ACTOR_TYPES, OUTCOMES, EntryDraft
from otel_mcp.audit.log import AuditLog, open_logs
from otel_mcp.audit.paths import default_directory
from otel_mcp.config import Config, default_service
from otel_mcp.declarative import EXPORTER_KEYS, declared_settings, read_section
from otel_mcp.errors import ConfigError, OtelMcpError
from otel_mcp.redaction import Redactor, sensitive_environment
from otel_mcp.rules import adopt_rules, read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from opentelemetry._logs import LogRecord
    from opentelemetry.sdk._logs import ReadableLogRecord  # noqa: TID251

    from otel_mcp.redaction import Scope

__all__ = ["AuditLogExporter"]

_log = logging.getLogger("otel_mcp")

_WAIT_SECONDS: Final = 10.0
_HEAD_NAMES: Final = {
    semconv.MCP_METHOD_NAME: "method",
    semconv.GEN_AI_TOOL_NAME: "tool",
    semconv.GEN_AI_PROMPT_NAME: "prompt",
    semconv.JSONRPC_REQUEST_ID: "req",
    semconv.MCP_PROTOCOL_VERSION: "proto",
    semconv.NETWORK_TRANSPORT: "transport",
    semconv.ERROR_TYPE: "err",
    "audit.target.type": "target_type",
}
_LONGEST_HEAD_TEXT: Final = 128
_LONGEST_ID: Final = 64


class AuditLogExporter(LogRecordExporter):
    """Writes audit records to the log that its keywords name: `otel_mcp.declarative.EXPORTER_KEYS`.

    Made without arguments by `OTEL_LOGS_EXPORTER=otel_mcp_audit`; by declarative configuration with what the file says
    under its name. What is not given is as for the instrumentation: of its section in the file, or of the environment.
    The log is opened with the first audit record, so a program without any has none.
    """

    def __init__(self, **settings: Any) -> None:
        self._closed = False
        declared = declared_settings(os.environ)
        found = read_section(settings, EXPORTER_KEYS, "otel_mcp_audit.")
        for sentence in found.unknown:
            _log.warning("%s; it has no effect", sentence)
        values = dict(found.values)
        service = values.pop("service", "")
        try:
            if found.wrong or declared.problem is not None:
                raise declared.problem or ConfigError(found.wrong[0])
            config = Config.from_environment(declared.environ, **values)
        except ConfigError as exc:
            # Raised here it would end the set-up of all telemetry. The instrumentation tells the operator; here records
            # are refused, which the SDK's processors report.
            _log.error("audit records are not stored: %s", exc)
            config, self._closed = Config(audit="off"), True
        self._config = config
        self._service = service or default_service(declared.environ)
        self._directory = Path(config.audit_dir or default_directory(self._service)).absolute()
        self._key = config.audit_key
        self._redactor = Redactor(process_secrets=sensitive_environment(os.environ))
        self._has_rules = False
        # The lock guards `_log`, `_closed` and `_has_rules`.
        self._lock = threading.Lock()
        self._log: AuditLog | None = None

    def export(self, batch: Sequence[ReadableLogRecord]) -> LogRecordExportResult:
        """Append every audit record of the batch that the log does not have; FAILURE if one could not be stored."""
        records = [item.log_record for item in batch if _record_id(item.log_record)]
        if not records:
            return LogRecordExportResult.SUCCESS
        try:
            log = self._open()
            known = open_logs(self._directory)
            drafts = {
                _record_id(record): record
                for record in records
                if not any(one.contains(_record_id(record)) for one in known)
            }
            futures = [log.submit(self._draft(record)) for record in drafts.values()]
            for future in futures:
                future.result(_WAIT_SECONDS)
        except (OtelMcpError, TimeoutError, FutureTimeout):  # the two are one from Python 3.11 on
            return LogRecordExportResult.FAILURE
        return LogRecordExportResult.SUCCESS

    def force_flush(self, timeout_millis: int = 10_000) -> bool:
        """Every `export` has returned only after its entries were on disk; what is queued is another's."""
        with self._lock:
            log = self._log
        return log is None or log.flush(timeout_millis / 1000)

    def shutdown(self) -> None:
        """Close the log, if this exporter opened one."""
        with self._lock:
            self._closed = True
            log, self._log = self._log, None
        if log is not None:
            log.close()

    def _open(self) -> AuditLog:
        """The log of this process for the folder: the instrumentation's where there is one, else our own.

        Raises:
            OtelMcpError: it cannot be opened, or the exporter was shut down.
        """
        with self._lock:
            if self._closed:
                raise OtelMcpError("the exporter was shut down, or its settings are wrong")
            if self._log is None and not (shared := open_logs(self._directory)):
                self._log = AuditLog.open(
                    self._directory,
                    service=self._service,
                    key=self._key,
                    rotation=self._config.rotation,
                    retention=self._config.retention,
                    encrypt=self._config.audit_encrypt,
                )
            log = self._log or shared[0]
            self._adopt_rules()
            return log

    def _adopt_rules(self) -> None:
        """Take the rule file, now that there is a key. Without it the bodies of records may hold what it would remove.

        Raises:
            OtelMcpError: it cannot be used; no record is stored from now on.
        """
        if self._has_rules:
            return
        try:
            adopt_rules(self._redactor, read_rules(self._config), self._config, service=self._service)
        except OtelMcpError as exc:
            self._closed = True
            _log.error("audit records are not stored: %s", exc)
            raise
        self._has_rules = True

    def _draft(self, record: LogRecord) -> EntryDraft:
        """The entry of one record. It did not pass our hook, so it is redacted here."""
        scope = self._redactor.scope()
        attributes = dict(record.attributes or {})
        safe = scope.value(attributes)
        body = scope.value(record.body)
        values: Mapping[str, Any] = scope.rescrub(safe).value
        outcome = str(attributes.get(semconv.AUDIT_OUTCOME, "unknown"))
        actor_type = str(attributes.get(semconv.AUDIT_ACTOR_TYPE, "unknown"))
        actor = values.get(semconv.AUDIT_ACTOR_ID)
        document: dict[str, Any] = {"attributes": values}
        if body.value is not None:
            document["body"] = body.value
        return EntryDraft(
            event=_event(record, scope),
            phase="event",
            action=scope.text(str(attributes.get(semconv.AUDIT_ACTION, "EXECUTE")))[:_LONGEST_ID],
            outcome=outcome if outcome in OUTCOMES else "unknown",
            id=_record_id(record),
            time_us=(record.timestamp or record.observed_timestamp or 0) // 1000,
            actor=actor if isinstance(actor, str) else None,
            actor_type=actor_type if actor_type in ACTOR_TYPES else "unknown",
            attributes=_head_attributes(record, values),
            body=document,
        )


def _record_id(record: LogRecord) -> str:
    value = (record.attributes or {}).get(semconv.AUDIT_RECORD_ID)
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and value.isascii() else ""


def _event(record: LogRecord, scope: Scope) -> str:
    return scope.text(record.event_name or "otel.log")[:_LONGEST_HEAD_TEXT]


def _head_attributes(record: LogRecord, values: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry of the same operation by the direct route would say in its head, marked with this route."""
    attributes: dict[str, Any] = {"via": "exporter"}
    for name, short in _HEAD_NAMES.items():
        if isinstance(value := values.get(name), str):
            attributes[short] = value[:_LONGEST_HEAD_TEXT]
    if record.trace_id:
        attributes["trace"] = format_trace_id(record.trace_id)
    if record.span_id:
        attributes["span"] = format_span_id(record.span_id)
    return attributes
