"""`AuditLogExporter`: audit records of the application and of other libraries enter the same signed log."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from importlib.metadata import entry_points

import pytest
from instrumentation.servers import high_level
from mcp import Client
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor, LogRecordExporter, SimpleLogRecordProcessor

from otel_mcp.audit.exporter import AuditLogExporter
from otel_mcp.audit.query import entries, find
from otel_mcp.audit.verify import verify

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def trail(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("OTEL_MCP_AUDIT_DIR", str(tmp_path / "trail"))
    return tmp_path / "trail"


def audit_record(record_id, **attributes):
    return LogRecord(
        timestamp=1_800_000_000_000_000_000,
        severity_number=SeverityNumber.INFO,
        event_name="shop.order.cancel",
        body={"reason": "asked for", "password": "marigold"},
        attributes={
            "audit.record.id": record_id,
            "audit.actor.id": "ann",
            "audit.actor.type": "user",
            "audit.action": "DELETE",
            "audit.outcome": "success",
            "note": "ann said marigold",
            **attributes,
        },
    )


@pytest.mark.parametrize("processor", [SimpleLogRecordProcessor, BatchLogRecordProcessor])
def test_a_record_with_an_audit_id_becomes_a_signed_entry_and_others_are_ignored(trail, processor):
    provider = LoggerProvider()
    provider.add_log_record_processor(processor(AuditLogExporter()))
    logger = provider.get_logger("shop")
    record_id = str(uuid.uuid4())
    logger.emit(LogRecord(body="not for the trail", attributes={"audit.action": "READ"}))
    logger.emit(audit_record(record_id))
    provider.shutdown()
    [entry] = [e for e in entries(trail) if e.head["event"] == "shop.order.cancel"]
    assert entry.head["id"] == record_id
    assert entry.head["via"] == "exporter"
    assert (entry.head["action"], entry.head["outcome"], entry.head["actor_type"]) == ("DELETE", "success", "user")
    assert entry.head["ts"] == "2027-01-15T08:00:00.000000Z"
    assert entry.actor_name == "ann"
    assert entry.body["body"] == {"reason": "asked for", "password": "[REDACTED:key]"}
    assert entry.body["attributes"]["note"] == "ann said [REDACTED:taint]"
    assert not [e for e in entries(trail) if "not for the trail" in str(e.body)]
    assert verify(trail).exit_code == 0


def test_the_same_record_id_is_stored_once(trail):
    provider = LoggerProvider()
    provider.add_log_record_processor(SimpleLogRecordProcessor(AuditLogExporter()))
    logger = provider.get_logger("shop")
    record_id = str(uuid.uuid4())
    for _ in range(3):
        logger.emit(audit_record(record_id))
    provider.shutdown()
    again = LoggerProvider()
    again.add_log_record_processor(SimpleLogRecordProcessor(AuditLogExporter()))
    again.get_logger("shop").emit(audit_record(record_id))
    again.shutdown()
    assert len([e for e in entries(trail) if e.head["id"] == record_id]) == 1


def test_a_log_without_audit_records_is_not_even_made(trail):
    provider = LoggerProvider()
    provider.add_log_record_processor(SimpleLogRecordProcessor(AuditLogExporter()))
    provider.get_logger("shop").emit(LogRecord(body="plain"))
    provider.shutdown()
    assert not trail.exists()


def test_a_log_that_cannot_be_written_is_a_failed_export(trail):
    trail.write_text("a file")
    exporter = AuditLogExporter()
    provider = LoggerProvider()
    results = []

    class Kept(SimpleLogRecordProcessor):
        def on_emit(self, log_record):
            results.append(exporter.export([log_record]).name)

    provider.add_log_record_processor(Kept(exporter))
    provider.get_logger("shop").emit(audit_record(str(uuid.uuid4())))
    provider.shutdown()
    assert results == ["FAILURE"]


@pytest.mark.parametrize("durability", ["commit", "async"])
async def test_beside_the_direct_route_nothing_is_stored_twice(observed, monkeypatch, durability):
    monkeypatch.setenv("OTEL_MCP_AUDIT_DIR", str(observed.directory))
    observed.logger_provider.add_log_record_processor(SimpleLogRecordProcessor(AuditLogExporter()))
    observed.instrument(audit_durability=durability)
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    observed.logger_provider.get_logger("shop").emit(audit_record("app-1"))
    from otel_mcp import MCPInstrumentor

    MCPInstrumentor().uninstrument()
    ids = [entry.head["id"] for entry in entries(observed.directory)]
    assert len(ids) == len(set(ids))
    assert not [e for e in entries(observed.directory, event="mcp.*") if e.head.get("via") == "exporter"]
    assert find(observed.directory, "app-1").head["event"] == "shop.order.cancel"
    assert verify(observed.directory).exit_code == 0


def test_the_entry_point_gives_an_exporter_that_the_sdk_accepts():
    [entry_point] = entry_points(group="opentelemetry_logs_exporter", name="otel_mcp_audit")
    exporter = entry_point.load()
    assert exporter is AuditLogExporter
    assert issubclass(exporter, LogRecordExporter)


SCRIPT = """
import anyio
from mcp import Client
from mcp.server import MCPServer

server = MCPServer("alone", log_level="CRITICAL")

@server.tool()
def add(a: int, b: int) -> int:
    return a + b

async def main():
    async with Client(server) as client:
        await client.call_tool("add", {"a": 1, "b": 2})

anyio.run(main)
"""


def test_alone_under_opentelemetry_instrument_it_keeps_the_operations(trail, tmp_path):
    script = tmp_path / "program.py"
    script.write_text(SCRIPT)
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("OTEL_")},
        "OTEL_MCP_AUDIT_DIR": str(trail),
        "OTEL_MCP_AUDIT": "off",
        "OTEL_LOGS_EXPORTER": "otel_mcp_audit",
        "OTEL_TRACES_EXPORTER": "none",
        "OTEL_METRICS_EXPORTER": "none",
    }
    launcher = [sys.executable, "-c", "from opentelemetry.instrumentation.auto_instrumentation import run; run()"]
    done = subprocess.run(
        [*launcher, sys.executable, str(script)], env=environ, capture_output=True, text=True, check=True, timeout=60
    )
    assert "audit trail OFF" in done.stderr
    calls = list(entries(trail, event="mcp.tool.call"))
    assert [entry.head["via"] for entry in calls] == ["exporter", "exporter"]
    assert {entry.head["tool"] for entry in calls} == {"add"}
    assert all(entry.head["trace"] and entry.head["span"] for entry in calls)
    assert verify(trail).exit_code == 0
