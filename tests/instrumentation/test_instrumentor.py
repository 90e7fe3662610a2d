"""Switching on and off, the three span modes, what is missing in an SDK, and what the operator reads."""

from __future__ import annotations

import importlib
import inspect
import signal

import pytest
from instrumentation.servers import high_level, low_level
from mcp import Client, MCPError
from mcp.types import ErrorData
from opentelemetry import trace

import otel_mcp
from otel_mcp import MCPInstrumentor
from otel_mcp.config import Config
from otel_mcp.errors import ConfigError
from otel_mcp.instrumentation import _targets

pytestmark = pytest.mark.anyio

HOOKED = [
    ("mcp.server._otel", "otel_span"),
    ("mcp.shared.jsonrpc_dispatcher", "otel_span"),
    ("mcp.server.runner", "ServerRunner._compose_server_middleware"),
    ("mcp.server.stdio", "stdio_server"),
    ("mcp.server.mcpserver.server", "stdio_server"),
    ("mcp.shared.jsonrpc_dispatcher", "JSONRPCDispatcher.send_raw_request"),
    ("mcp.shared.direct_dispatcher", "DirectDispatcher.send_raw_request"),
    ("mcp.client.session", "ClientSession.__init__"),
    ("mcp.client.session", "ClientSession._on_request"),
    ("mcp.client.streamable_http", "streamable_http_client"),
    ("mcp.client.stdio", "stdio_client"),
    ("mcp", "stdio_client"),
]


@pytest.fixture
def anyio_backend():
    return "asyncio"


def attribute(module, path):
    found = importlib.import_module(module)
    for name in path.split("."):
        found = inspect.getattr_static(found, name)
    return found


async def test_uninstrument_restores_every_hook_and_the_signal_handler(observed):
    before = {target: attribute(*target) for target in HOOKED}
    handler = signal.getsignal(signal.SIGTERM)
    observed.instrument()
    assert all(attribute(*target) is not original for target, original in before.items())
    MCPInstrumentor().uninstrument()
    assert {target: attribute(*target) for target in HOOKED} == before
    assert signal.getsignal(signal.SIGTERM) is handler


async def test_a_server_built_while_instrumented_leaves_nothing_behind_afterwards(observed):
    observed.instrument()
    server = high_level()
    MCPInstrumentor().uninstrument()
    observed.spans_exporter.clear()
    async with Client(server) as client:
        assert (await client.call_tool("add", {"a": 1, "b": 2})).structured_content == {"result": 3}
    assert not observed.spans()


async def test_instrumenting_again_works_and_doubles_nothing(observed):
    for _ in range(2):
        observed.instrument()
        MCPInstrumentor().uninstrument()
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    assert len(observed.spans("CLIENT", "tools/call")) == 1
    assert len(observed.spans("SERVER", "tools/call")) == 1


async def test_a_server_that_was_there_before_is_recorded_and_again_after_a_pause(observed):
    server = high_level()
    for _ in range(2):
        observed.spans_exporter.clear()
        observed.instrument()
        async with Client(server) as client:
            await client.call_tool("add", {"a": 1, "b": 2})
        assert observed.span("SERVER").instrumentation_scope.name == "otel_mcp"
        MCPInstrumentor().uninstrument()


async def test_an_application_that_edits_its_middleware_neither_sees_nor_removes_us(observed):
    plain = len(low_level().middleware)
    observed.instrument(audit="required")
    server = low_level()
    assert len(server.middleware) == plain
    server.middleware.clear()
    async with Client(server) as client:
        await client.list_tools()
        await client.call_tool("echo", {"word": "x"})
    assert len(observed.operations(tool="echo")) == 1


async def test_what_a_middleware_answers_itself_is_recorded_as_the_peer_sees_it(observed):
    observed.instrument()
    server = low_level()

    async def deny(ctx, call_next):
        return ErrorData(code=-32050, message="denied") if ctx.method == "tools/call" else await call_next(ctx)

    server.middleware.insert(0, deny)
    async with Client(server, mode="legacy") as client:
        with pytest.raises(MCPError, match="denied"):
            await client.call_tool("echo", {"word": "x"})
    [row] = observed.operations(event="mcp.tool.call")
    assert (row.outcome, row.error) == ("failure", "-32050")
    assert observed.span("SERVER").attributes["error.type"] == "-32050"


async def test_mode_off_leaves_the_sdks_spans_and_still_records_everything_else(observed):
    observed.instrument(spans="off")
    async with Client(high_level(), mode="legacy") as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    assert not [span for span in observed.spans() if span.instrumentation_scope.name == "otel_mcp"]
    assert len(observed.records("tools/call")) == 2
    assert len(observed.operations(tool="add")) == 1


async def test_mode_enrich_keeps_the_sdks_span_and_adds_attributes_and_leaf(observed, monkeypatch):
    tracer = observed.tracer_provider.get_tracer("mcp-python-sdk")
    monkeypatch.setattr("mcp.shared._otel._tracer", tracer)
    observed.instrument(spans="enrich")
    async with Client(high_level(), mode="legacy") as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    [server] = observed.spans("SERVER", "tools/call")
    assert server.instrumentation_scope.name == "mcp-python-sdk"
    assert server.attributes["otel_mcp.audit.leaf"]
    assert server.attributes["gen_ai.tool.name"] == "add"
    [client_span] = observed.spans("CLIENT", "tools/call")
    assert client_span.instrumentation_scope.name == "mcp-python-sdk"
    assert client_span.attributes["gen_ai.tool.name"] == "add"
    assert server.parent.span_id == client_span.context.span_id


async def test_a_hook_target_that_this_sdk_does_not_have_is_one_warning_and_the_rest_works(
    observed, monkeypatch, capfd
):
    monkeypatch.delattr("mcp.client.sse.sse_client")
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    observed.span("CLIENT")
    said = [line for line in capfd.readouterr().err.splitlines() if "is not in this version of mcp" in line]
    assert said == [
        "otel-mcp: mcp.client.sse.sse_client is not in this version of mcp; what passes through it is not recorded"
    ]


def test_a_module_that_this_sdk_does_not_have_is_told_when_the_sdk_is_imported():
    """Nobody imports it, so waiting for its import would be waiting for ever."""
    names = ("mcp.server.stdio", "mcp.server.gone", "mcp.gone.too", "mcp.server.stdio.deeper", "package_of_nobody.x")
    targets = [_targets.Target(name, "stdio_server", lambda w, i, a, k: w(*a, **k)) for name in names]
    targets.append(_targets.Target("mcp.left", "x", lambda w, i, a, k: w(*a, **k), optional=True))
    said = []
    patches = _targets.Patches(targets, on_first=lambda: None, on_missing=said.append)
    patches.apply()
    patches.restore()
    assert [sentence.partition(" ")[0] for sentence in said] == [
        "mcp.server.gone",
        "mcp.gone.too",
        "mcp.server.stdio.deeper",
    ]
    assert all("is not in this version of mcp; what passes through it is not recorded" in line for line in said)


async def test_the_start_up_line_says_what_is_on(observed, capfd):
    observed.instrument()
    [line] = [line for line in capfd.readouterr().err.splitlines() if line.startswith("otel-mcp: ")]
    assert line.endswith(f"records mcp {_mcp_version()}; audit trail {observed.directory} (commit)")


async def test_switched_off_the_trail_is_said_to_be_off_and_telemetry_goes_on(observed, capfd):
    observed.instrument(audit="off")
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    assert "audit trail OFF (OTEL_MCP_AUDIT=off)" in capfd.readouterr().err
    assert not observed.directory.exists()
    assert observed.records("tools/call")[0].attributes["audit.record.id"]


async def test_a_trail_that_cannot_be_opened_is_said_and_the_application_runs_on(observed, capfd):
    observed.directory.write_text("a file")
    observed.instrument()
    async with Client(high_level()) as client:
        assert (await client.call_tool("add", {"a": 1, "b": 2})).structured_content == {"result": 3}
    said = [line for line in capfd.readouterr().err.splitlines() if "UNAUDITED" in line]
    assert len(said) == 1
    assert "OTEL_MCP_AUDIT_DIR" in said[0]
    observed.span("SERVER")


async def test_closed_a_call_is_refused_and_its_tool_does_not_run(observed, capfd):
    ran = []
    observed.instrument(audit_on_failure="closed")
    server = high_level()
    server.add_tool(lambda: ran.append(1), name="act")
    async with Client(server, mode="legacy") as client:
        await client.call_tool("act", {})
        assert ran == [1]
        MCPInstrumentor().recorder.audit.close()
        with pytest.raises(MCPError, match="audit unavailable") as refused:
            await client.call_tool("act", {})
    assert refused.value.error.code == -32603
    assert ran == [1]
    assert "calls are refused" in capfd.readouterr().err


async def test_open_a_call_whose_entry_is_lost_runs_and_is_said_to_be_unaudited(observed, capfd):
    observed.instrument()
    async with Client(high_level()) as client:
        MCPInstrumentor().recorder.audit.close()
        for _ in range(3):
            assert (await client.call_tool("add", {"a": 1, "b": 2})).structured_content == {"result": 3}
    assert capfd.readouterr().err.count("UNAUDITED") == 1


async def test_an_error_of_ours_changes_nothing_for_the_application(observed, monkeypatch, capfd):
    observed.instrument()
    monkeypatch.setattr("otel_mcp.instrumentation._content.safe_operation", lambda *_: 1 / 0)
    async with Client(high_level()) as client:
        assert (await client.call_tool("add", {"a": 1, "b": 2})).structured_content == {"result": 3}
        with pytest.raises(MCPError):
            await client.read_resource("notes://never")
    methods = [row.outcome_entry.head["method"] for row in observed.operations()]
    assert methods.count("tools/call") == methods.count("resources/read") == 1
    assert "internal error in names (ZeroDivisionError)" in capfd.readouterr().err


async def test_without_an_sdk_the_trail_works(observed):
    MCPInstrumentor().instrument(audit_dir=str(observed.directory))
    assert isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)
    async with Client(low_level()) as client:
        await client.call_tool("echo", {"word": "x"})
    assert [row.error for row in observed.operations(event="mcp.tool.call")] == [None]


def test_a_wrong_setting_given_by_hand_is_raised_to_the_programmer(observed):
    with pytest.raises(ConfigError, match="OTEL_MCP_SPANS=both: expected one of own, enrich, off"):
        observed.instrument(spans="both")
    MCPInstrumentor().uninstrument()


@pytest.mark.parametrize("setting", ["spans", "audit_content"])
def test_a_secret_in_the_place_of_a_setting_is_not_shown(observed, setting):
    with pytest.raises(ConfigError, match=f"OTEL_MCP_{setting.upper()}=…: expected one of") as raised:
        observed.instrument(**{setting: "ghp_iRcNsSz8aQ4tB0yVfW2mLxK7dE1hJ9"})
    assert "ghp" not in str(raised.value)
    MCPInstrumentor().uninstrument()


def test_the_public_names_are_these():
    names = ["Caller", "Config", "Event", "MCPInstrumentor", "OtelMcpError", "Safe", "Sensitive"]
    names += ["audited", "name_actor", "record_event"]
    assert otel_mcp.__all__ == names
    assert all(getattr(otel_mcp, name) is not None for name in names)
    assert otel_mcp.MCPInstrumentor is MCPInstrumentor
    with pytest.raises(AttributeError):
        _ = otel_mcp.nothing


def test_a_failing_hook_never_becomes_an_import_error(capfd):
    def broken():
        raise ValueError("words that nobody must see")

    patches = _targets.Patches([_targets.Target("json", "dumps", lambda w, i, a, k: w(*a, **k))], on_first=broken)
    patches.apply()
    patches.restore()
    err = capfd.readouterr().err
    assert "hooking json failed (ValueError)" in err
    assert "nobody must see" not in err


def test_every_setting_has_its_variable_and_every_variable_its_setting():
    from dataclasses import fields

    from otel_mcp import environment_variables

    ours = {Config.variable(field.name) for field in fields(Config)} - {Config.variable("capture")}
    assert set(environment_variables.__all__) == ours
    assert all(getattr(environment_variables, name) == name for name in environment_variables.__all__)


def _mcp_version():
    from importlib import metadata

    return metadata.version("mcp")
