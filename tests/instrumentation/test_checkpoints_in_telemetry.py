"""Signed checkpoints go out with the telemetry: by number, by time, and at the end; and never in anybody's way."""

from __future__ import annotations

import itertools
import threading

import pytest
from instrumentation.servers import high_level
from mcp import Client
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor

from otel_mcp import MCPInstrumentor
from otel_mcp.audit import Policy, verify
from otel_mcp.audit.log import AuditLog
from otel_mcp.instrumentation._checkpoints import Checkpoints
from otel_mcp.instrumentation._emitter import Emitter
from otel_mcp.telemetry import Telemetry
from otel_mcp.tlog import Verifier, open_checkpoint

pytestmark = pytest.mark.anyio
NAME = "otel_mcp.audit.checkpoint"
LIMIT = 20


@pytest.fixture
def anyio_backend():
    return "asyncio"


def checkpoints(observed):
    return [record for record in observed.records() if record.event_name == NAME]


def sizes(observed):
    return [record.attributes["otel_mcp.audit.size"] for record in checkpoints(observed)]


def tree_size(observed):
    return {
        point.attributes["otel_mcp.audit.origin"]: point.value for point in observed.points("otel_mcp.audit.tree_size")
    }


async def call(times=1):
    async with Client(high_level()) as client:
        for _ in range(times):
            await client.call_tool("add", {"a": 1, "b": 2})


async def test_the_end_leaves_the_checkpoint_that_covers_all(observed):
    observed.instrument(redact_all=True)
    await call()
    observed.settle()
    audit = MCPInstrumentor().recorder.audit
    origin, vkey = audit.origin, audit.vkey
    known = tree_size(observed)
    assert known[origin] <= verify(observed.directory).size
    assert checkpoints(observed) == []
    MCPInstrumentor().uninstrument()
    [record] = checkpoints(observed)
    checkpoint = open_checkpoint(record.body, [Verifier.parse(vkey)])
    report = verify(observed.directory, Policy(witness_notes=[record.body]))
    assert checkpoint.size == report.size == report.witnessed
    assert record.attributes == {"otel_mcp.audit.origin": origin, "otel_mcp.audit.size": checkpoint.size}
    assert (record.trace_id, record.span_id) == (0, 0)
    assert tree_size(observed) == {}  # nothing is known of it any more


async def test_a_checkpoint_goes_out_after_so_many_entries(observed):
    observed.instrument()
    recorder = MCPInstrumentor().recorder
    recorder.checkpoints._entries = 10
    await call(12)
    observed.settle()
    found = sizes(observed)
    assert len(found) >= 3
    assert found == sorted(found)
    assert all(later - earlier >= 10 for earlier, later in itertools.pairwise(found))


async def test_a_checkpoint_goes_out_after_some_time(observed):
    arrived = threading.Event()

    class Arrival(SimpleLogRecordProcessor):
        def on_emit(self, log_record):
            if log_record.log_record.event_name == NAME:
                arrived.set()

    observed.logger_provider.add_log_record_processor(Arrival(observed.logs_exporter))
    observed.instrument()
    MCPInstrumentor().recorder.checkpoints._seconds = 0.05
    await call()
    assert arrived.wait(LIMIT)


async def test_without_a_trail_there_is_none(observed):
    observed.instrument(audit="off")
    await call()
    MCPInstrumentor().uninstrument()
    assert checkpoints(observed) == []
    assert tree_size(observed) == {}


def test_where_telemetry_is_off_the_log_is_not_even_read(tmp_path, monkeypatch):
    from otel_mcp.audit import anchors

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(anchors, "newest_checkpoint", lambda _: pytest.fail("it was read"))
    log = AuditLog.open(tmp_path / "log", service="s")
    from opentelemetry._logs import NoOpLoggerProvider

    followed = Checkpoints(Telemetry(version="0", logger_provider=NoOpLoggerProvider()), Emitter())
    followed.follow(log)
    assert followed.flush(LIMIT)
    log.close()


async def test_a_processor_that_fails_or_blocks_hinders_nobody(observed):
    held, entered = threading.Event(), threading.Event()

    class Bad(SimpleLogRecordProcessor):
        def on_emit(self, log_record):
            if log_record.log_record.event_name == NAME:
                entered.set()
                held.wait(LIMIT)
                raise ValueError("no")

    observed.logger_provider.add_log_record_processor(Bad(observed.logs_exporter))
    observed.instrument()
    recorder = MCPInstrumentor().recorder
    recorder.checkpoints._entries = 1
    try:
        await call(3)
        assert entered.wait(LIMIT)
        await call(3)  # while the emitter is stuck
    finally:
        held.set()
    assert recorder.emitter.flush(LIMIT)
    assert len(observed.spans("SERVER", "tools/call")) == 6


def test_a_log_that_cannot_be_read_at_the_end_leaves_what_was_seen(observed, monkeypatch):
    from otel_mcp.audit import anchors
    from otel_mcp.audit.entry import EntryDraft
    from otel_mcp.errors import AuditUnavailable

    def unreadable(_):
        raise AuditUnavailable("gone")

    monkeypatch.setattr(anchors, "newest_checkpoint", unreadable)
    log = AuditLog.open(observed.directory, service="s")
    followed = Checkpoints(Telemetry(version="0", logger_provider=observed.logger_provider), Emitter())
    followed.follow(log)
    followed.saw(log.append(EntryDraft("x", "event", "READ", "success")))
    assert followed.flush(LIMIT)
    assert followed.flush(LIMIT)
    log.close()
    assert sizes(observed) == [2]
