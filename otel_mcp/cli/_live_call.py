"""A program for the interpreter that `otel-mcp doctor` looks at: a call of a tool in memory; what it left, as JSON.

It is started with `-c`, a folder of its own as its argument, and settings that put the trail and its key there. Spans,
log records and metrics stay in memory: no exporter is made. What this package has here may be another version of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from opentelemetry import _logs, metrics, trace
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_ON

from otel_mcp import MCPInstrumentor, semconv
from otel_mcp.audit import verify
from otel_mcp.audit.query import entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opentelemetry.sdk.trace import ReadableSpan

SECONDS = 20
CALL = "tools/call"
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
METHOD = "mcp.method.name"


class Memory:
    """The three signals, kept; they are the process's own, so that what others say of the call is seen too."""

    def __init__(self) -> None:
        self.spans = InMemorySpanExporter()
        self.records = InMemoryLogRecordExporter()  # type: ignore[no-untyped-call]  # the SDK's is untyped
        self.reader = InMemoryMetricReader()
        tracers, loggers = TracerProvider(sampler=ALWAYS_ON), LoggerProvider()
        tracers.add_span_processor(SimpleSpanProcessor(self.spans))
        loggers.add_log_record_processor(SimpleLogRecordProcessor(self.records))
        trace.set_tracer_provider(tracers)
        _logs.set_logger_provider(loggers)
        metrics.set_meter_provider(MeterProvider(metric_readers=[self.reader]))

    def record_count(self) -> int:
        """Log records of the call."""
        found = [item.log_record.attributes or {} for item in self.records.get_finished_logs()]
        return sum(attributes.get(METHOD) == CALL for attributes in found)

    def histograms(self) -> list[str]:
        """Names of the histograms that have a point of the call."""
        data = self.reader.get_metrics_data()
        scopes = [scope for resource in (data.resource_metrics if data else ()) for scope in resource.scope_metrics]
        return sorted(
            metric.name
            for scope in scopes
            for metric in scope.metrics
            if any((point.attributes or {}).get(METHOD) == CALL for point in metric.data.data_points)
        )


def load() -> None:
    """Do what the loader of `opentelemetry-instrument` does once the SDK is configured; what it says goes to stderr."""
    try:
        loader = import_module("opentelemetry.instrumentation.auto_instrumentation._load")
        loader._load_instrumentors(loader._load_distro())  # noqa: SLF001  # there is no public way to it
    except Exception as exc:
        sys.stderr.write(f"{type(exc).__name__}\n")
    if not MCPInstrumentor().is_instrumented_by_opentelemetry:
        MCPInstrumentor().instrument()


async def call(memory: Memory) -> None:
    """Call a tool; of the spans only those that end from here on are kept."""
    mcp = import_module("mcp")
    if hasattr(mcp, "Client"):
        server = import_module("mcp.server").MCPServer("doctor", log_level="CRITICAL")
        connected = mcp.Client(server)
    else:
        server = import_module("mcp.server.fastmcp").FastMCP("doctor", log_level="CRITICAL")
        connected = import_module("mcp.shared.memory").create_connected_server_and_client_session(server._mcp_server)  # noqa: SLF001  # as the SDK's own examples do
    server.tool()(how)
    async with connected as session:
        await session.list_tools()
        memory.spans.clear()
        await session.call_tool("how", {})


def how() -> str:
    """Answer."""
    return "well"


def is_ours(span: ReadableSpan) -> bool:
    scope = span.instrumentation_scope
    return (scope is not None and scope.name == "otel_mcp") or semconv.LEAF in (span.attributes or {})


def report(memory: Memory, trail: Path) -> dict[str, Any]:
    """What the call left."""
    spans: Sequence[ReadableSpan] = memory.spans.get_finished_spans()
    ours = [span for span in spans if is_ours(span) and (span.attributes or {}).get(METHOD) == CALL]
    others = Counter(span.instrumentation_scope.name for span in spans if span.instrumentation_scope)
    others.subtract(span.instrumentation_scope.name for span in spans if span.instrumentation_scope and is_ours(span))
    kept = list(entries(trail, event="mcp.tool.call")) if trail.exists() else []
    return {
        "spans": Counter(span.kind.name for span in ours),
        "traces": len({span.context.trace_id for span in ours if span.context}),
        "records": memory.record_count(),
        "histograms": memory.histograms(),
        "entries": len(kept),
        "verified": bool(kept) and verify(trail).exit_code == 0,
        "others": +others,
    }


def main(folder: str) -> None:
    """Call, look, and print; `folder` stands for every place where this user's own things are."""
    os.environ |= dict.fromkeys(HOMES, folder)
    memory = Memory()
    load()
    failed = ""
    try:
        asyncio.run(asyncio.wait_for(call(memory), SECONDS))
    except Exception as exc:
        failed = type(exc).__name__
    MCPInstrumentor().uninstrument()
    found = report(memory, Path(os.environ["OTEL_MCP_AUDIT_DIR"])) | {"failed": failed}
    sys.stdout.write("\n" + json.dumps(found))
    sys.stdout.flush()
    sys.stderr.flush()
    # Whatever else was loaded here may have something to send at exit.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
