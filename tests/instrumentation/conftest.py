"""One instrumented process: explicit providers with in-memory exporters, and a trail in a folder of the test's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from otel_mcp import MCPInstrumentor
from otel_mcp.audit.query import entries, operations
from otel_mcp.instrumentation import _notice


@dataclass
class Observed:
    """What one instrumented test produced, in all three signals and in the trail."""

    directory: Path
    tracer_provider: TracerProvider = field(default_factory=TracerProvider)
    spans_exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    logs_exporter: InMemoryLogRecordExporter = field(default_factory=InMemoryLogRecordExporter)
    metrics_reader: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)

    def __post_init__(self):
        self.tracer_provider.add_span_processor(SimpleSpanProcessor(self.spans_exporter))
        self.logger_provider = LoggerProvider()
        self.logger_provider.add_log_record_processor(SimpleLogRecordProcessor(self.logs_exporter))
        self.meter_provider = MeterProvider(metric_readers=[self.metrics_reader])

    def instrument(self, **settings):
        MCPInstrumentor().instrument(
            tracer_provider=self.tracer_provider,
            meter_provider=self.meter_provider,
            logger_provider=self.logger_provider,
            audit_dir=str(self.directory),
            **settings,
        )

    def settle(self):
        """Wait for what is emitted after its call, once the trail has told the entry's fate."""
        recorder = MCPInstrumentor().recorder
        assert recorder.audit.flush(10)
        assert recorder.emitter.flush(10)

    def spans(self, side=None, method=None):
        return [
            span
            for span in self.spans_exporter.get_finished_spans()
            if (side is None or span.kind.name == side)
            and (method is None or span.attributes.get("mcp.method.name") == method)
        ]

    def span(self, side, method="tools/call"):
        [span] = self.spans(side, method)
        return span

    def records(self, method=None):
        records = [item.log_record for item in self.logs_exporter.get_finished_logs()]
        return [r for r in records if method is None or r.attributes.get("mcp.method.name") == method]

    def points(self, name):
        data = self.metrics_reader.get_metrics_data()
        return [
            point
            for resource in (data.resource_metrics if data else ())
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
            for point in metric.data.data_points
        ]

    def entries(self, **filters):
        return list(entries(self.directory, **filters))

    def operations(self, side="server", **filters):
        """Requests, without the events in the course of them."""
        found = (row for row in operations(self.directory, **filters) if row.side == side)
        return [row for row in found if "method" in (row.outcome_entry or row.intent).head]


@pytest.fixture
def observed(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(_notice, "_said", set())
    found = Observed(tmp_path / "trail")
    yield found
    if MCPInstrumentor().is_instrumented_by_opentelemetry:
        MCPInstrumentor().uninstrument()
    found.tracer_provider.shutdown()
    found.logger_provider.shutdown()
    found.meter_provider.shutdown()
