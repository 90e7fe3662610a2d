"""What one `tools/call` costs: nothing, the SDK's native spans, ours without a trail, with `async`, with `commit`.

Each variant runs in a process of its own; the processes are asked for a batch of calls in turn, round after round, so
that whatever else the machine does falls on all of them alike. Both sides of the call are in that one process: client,
server, all signals of both, and the trail of both.

    python benchmarks/tools_call.py [--rounds 30] [--calls 200] [--write]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

VARIANTS = ("nothing", "native", "off", "async", "commit")
MEANING = {
    "nothing": "no SDK, not instrumented",
    "native": "SDK configured, the spans of mcp 2.x itself",
    "off": "instrumented, all three signals, `OTEL_MCP_AUDIT=off`",
    "async": "instrumented, all three signals, trail with `async`",
    "commit": "instrumented, all three signals, trail with `commit`",
}
TRANSPORTS = {"legacy": "in-memory streams", "auto": "direct, in process"}


def worker(variant: str, mode: str, folder: str) -> None:
    """Answer each line `N` on stdin with the microseconds of N calls, as JSON."""
    import anyio

    if variant != "nothing":
        configure_sdk()
    if variant in ("off", "async", "commit"):
        os.environ["XDG_CONFIG_HOME"] = f"{folder}/config"
        from otel_mcp import MCPInstrumentor

        trail = {"audit": "off"} if variant == "off" else {"audit_durability": variant}
        MCPInstrumentor().instrument(audit_dir=f"{folder}/{variant}-{mode}", **trail)
    from mcp import Client
    from mcp.server import MCPServer

    server = MCPServer("bench", log_level="CRITICAL")

    @server.tool()
    def add(a: int, b: int) -> int:
        return a + b

    async def serve() -> None:
        async with Client(server, mode=mode) as client:
            await client.list_tools()
            for line in sys.stdin:
                taken = []
                for _ in range(int(line)):
                    start = time.perf_counter_ns()
                    await client.call_tool("add", {"a": 1, "b": 2})
                    taken.append((time.perf_counter_ns() - start) / 1000)
                sys.stdout.write(json.dumps(taken) + "\n")
                sys.stdout.flush()

    anyio.run(serve)


def configure_sdk() -> None:
    """SDK providers with batch processors and exporters that throw everything away: the cost in process alone."""
    from opentelemetry import _logs, metrics, trace
    from opentelemetry.sdk._logs import LoggerProvider
    from opentelemetry.sdk._logs.export import BatchLogRecordProcessor, LogRecordExporter, LogRecordExportResult
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

    class NoSpans(SpanExporter):
        def export(self, spans):
            return SpanExportResult.SUCCESS

    class NoLogs(LogRecordExporter):
        def export(self, batch):
            return LogRecordExportResult.SUCCESS

        def shutdown(self):
            return None

        def force_flush(self, timeout_millis=0):
            return True

    tracer_provider, logger_provider = TracerProvider(), LoggerProvider()
    tracer_provider.add_span_processor(BatchSpanProcessor(NoSpans(), max_queue_size=100_000))
    logger_provider.add_log_record_processor(BatchLogRecordProcessor(NoLogs(), max_queue_size=100_000))
    trace.set_tracer_provider(tracer_provider)
    _logs.set_logger_provider(logger_provider)
    metrics.set_meter_provider(MeterProvider(metric_readers=[InMemoryMetricReader()]))


def measure(mode: str, rounds: int, calls: int, folder: str) -> dict[str, list[float]]:
    """Microseconds a call, by variant; the first round warms up and does not count."""
    processes = {
        variant: subprocess.Popen(
            [sys.executable, __file__, "--worker", variant, mode, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for variant in VARIANTS
    }
    taken: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
    for number in range(rounds + 1):
        # The order turns from round to round: nobody always runs behind the same neighbour.
        order = VARIANTS[number % len(VARIANTS) :] + VARIANTS[: number % len(VARIANTS)]
        for variant in order:
            process = processes[variant]
            process.stdin.write(f"{calls}\n")
            process.stdin.flush()
            batch = json.loads(process.stdout.readline())
            if number:
                taken[variant] += batch
    for process in processes.values():
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()
    return taken


def report(results: dict[str, dict[str, list[float]]], rounds: int, calls: int) -> str:
    lines = []
    for mode, taken in results.items():
        base = statistics.median(taken["nothing"])
        lines += [
            f"### One `tools/call`, {TRANSPORTS[mode]}",
            "",
            "| variant | median µs | p90 µs | over nothing | times nothing |",
            "|---|---|---|---|---|",
        ]
        for variant, values in taken.items():
            median = statistics.median(values)
            p90 = statistics.quantiles(values, n=10)[-1]
            figures = f"{median:.0f} | {p90:.0f} | +{median - base:.0f} | {median / base:.2f}"
            lines.append(f"| {variant}: {MEANING[variant]} | {figures} |")
        lines.append("")
    lines.append(
        f"{rounds} interleaved rounds of {calls} calls; client and server in one process, both recorded. "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}."
    )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        worker(*arguments.worker)
        return
    with tempfile.TemporaryDirectory() as folder:
        results = {mode: measure(mode, arguments.rounds, arguments.calls, folder) for mode in TRANSPORTS}
    text = report(results, arguments.rounds, arguments.calls)
    sys.stdout.write(text)
    if arguments.write:
        page = Path(__file__).parent.parent / "docs" / "benchmarks.md"
        page.write_text(
            f"# Benchmarks\n\nMade by `make bench`. Figures of one machine: compare rows, not machines.\n\n{text}"
        )


if __name__ == "__main__":
    main()
