"""How a process was started is a resource attribute; what is secret in it is removed from every signal."""

from __future__ import annotations

import json
import logging

import pytest
from instrumentation.servers import high_level
from mcp import Client
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricExporter, MetricExportResult, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from otel_mcp import MCPInstrumentor
from otel_mcp.instrumentation._resources import SafeResources
from otel_mcp.redaction import Redactor

pytestmark = pytest.mark.anyio

CANARY = "marigold-tea"
RESOURCE = Resource(
    {
        "service.name": "shop",
        "process.command": "serve",
        "process.command_args": ("serve", "--port", "80", "--password", CANARY, "--api-key=heather", "-v"),
        "process.command_line": f"serve --port 80 --password {CANARY} --api-key=heather -v",
        "process.pid": 12,
        "app.note": f"started with {CANARY}",
    },
    "https://example.org/schema",
)


@pytest.fixture
def anyio_backend():
    return "asyncio"


def assert_clean(resource):
    assert CANARY not in resource.to_json()
    assert "heather" not in resource.to_json()
    arguments = ("serve", "--port", "80", "--password", "[REDACTED:key]", "--api-key=[REDACTED:key]", "-v")
    assert tuple(resource.attributes["process.command_args"]) == arguments
    assert resource.attributes["process.command_line"].startswith("serve --port 80 --password [REDACTED:")
    assert resource.attributes["service.name"] == "shop"
    assert resource.attributes["process.pid"] == 12
    assert resource.schema_url == "https://example.org/schema"


class Metrics(MetricExporter):
    def __init__(self):
        super().__init__()
        self.seen = []

    def export(self, metrics_data, timeout_millis=10_000, **kwargs):
        self.seen.append(metrics_data)
        return MetricExportResult.SUCCESS

    def force_flush(self, timeout_millis=10_000):
        return True

    def shutdown(self, timeout_millis=30_000, **kwargs):
        pass


async def test_all_three_signals_have_the_redacted_resource_and_the_providers_keep_theirs(tmp_path, observed):
    spans, logs, metrics = InMemorySpanExporter(), InMemoryLogRecordExporter(), Metrics()
    tracers = TracerProvider(resource=RESOURCE)
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    loggers = LoggerProvider(resource=RESOURCE)
    loggers.add_log_record_processor(SimpleLogRecordProcessor(logs))
    meters = MeterProvider([PeriodicExportingMetricReader(metrics, export_interval_millis=60_000)], resource=RESOURCE)
    MCPInstrumentor().instrument(
        tracer_provider=tracers, meter_provider=meters, logger_provider=loggers, audit_dir=str(tmp_path / "log")
    )
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    meters.force_flush()
    resources = [span.resource for span in spans.get_finished_spans()]
    resources += [item.resource for item in logs.get_finished_logs()]
    resources += [one.resource for data in metrics.seen for one in data.resource_metrics]
    assert len(resources) > 4
    for resource in resources:
        assert_clean(resource)
    assert tracers.resource is RESOURCE
    assert CANARY in RESOURCE.attributes["process.command_line"]
    for provider in (tracers, loggers, meters):
        provider.shutdown()


async def test_other_spans_get_it_with_redact_all_only(tmp_path, observed):
    for everything in (False, True):
        exporter = InMemorySpanExporter()
        provider = TracerProvider(resource=RESOURCE)
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        observed.instrument(redact_all=everything)
        provider.get_tracer("app").start_span("plain").end()
        [span] = exporter.get_finished_spans()
        if everything:
            assert_clean(span.resource)
        else:
            assert span.resource is RESOURCE
        MCPInstrumentor().uninstrument()
        provider.shutdown()


def test_a_resource_is_read_once_and_a_plain_one_is_passed_as_it_is():
    safe = SafeResources(Redactor())
    assert safe(RESOURCE) is safe(RESOURCE)
    plain = Resource({"service.name": "shop", "process.command_args": ("serve", "--port", "80")})
    assert safe(plain) is plain


@pytest.mark.parametrize(
    "line",
    [
        'serve --password "marigold tea',
        "serve --password 'marigold tea' x",
        "env API_KEY=marigold serve",
        "serve --token marigold",
    ],
)
def test_a_command_line_alone_is_read_as_a_shell_would(line):
    resource = SafeResources(Redactor())(Resource({"process.command_line": line}))
    assert "marigold" not in resource.to_json()
    assert "serve" in resource.attributes["process.command_line"]


def test_a_failure_leaves_markers_and_no_value(monkeypatch):
    redactor = Redactor()
    monkeypatch.setattr(redactor, "scope", lambda: 1 / 0)
    resource = SafeResources(redactor)(RESOURCE)
    assert set(json.loads(resource.to_json())["attributes"].values()) == {"[REDACTED:error]"}
    assert redactor.failures == 1
    logging.getLogger("app").info("no exception came out")
