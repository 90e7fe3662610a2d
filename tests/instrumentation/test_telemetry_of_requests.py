"""Each request gives one CLIENT and one SERVER span, one log record and one histogram point a side."""

from __future__ import annotations

import asyncio

import anyio
import pytest
from instrumentation.servers import high_level, low_level
from mcp import Client, MCPError
from mcp.shared.direct_dispatcher import create_direct_dispatcher_pair
from mcp.types import CONNECTION_CLOSED, REQUEST_TIMEOUT, Completion, PromptReference, ResourceTemplateReference
from opentelemetry import trace
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import StatusCode

from otel_mcp import MCPInstrumentor
from otel_mcp.audit.store import locked

pytestmark = pytest.mark.anyio

MODES = ["auto", "legacy"]


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


@pytest.mark.parametrize("mode", MODES)
async def test_a_tool_call_is_one_client_and_one_server_span_in_one_trace(observed, mode):
    observed.instrument()
    async with Client(high_level(), mode=mode) as client:
        result = await client.call_tool("add", {"a": 1, "b": 2})
    assert result.structured_content == {"result": 3}
    client_span, server_span = observed.span("CLIENT"), observed.span("SERVER")
    assert client_span.name == server_span.name == "tools/call add"
    assert server_span.parent.span_id == client_span.context.span_id
    assert server_span.context.trace_id == client_span.context.trace_id
    assert {span.instrumentation_scope.name for span in observed.spans()} == {"otel_mcp"}
    for span in (client_span, server_span):
        assert span.attributes["mcp.method.name"] == "tools/call"
        assert span.attributes["gen_ai.operation.name"] == "execute_tool"
        assert span.attributes["gen_ai.tool.name"] == "add"
        assert span.attributes["mcp.protocol.version"]
        assert span.status.status_code is StatusCode.UNSET
        assert "error.type" not in span.attributes
    assert server_span.attributes["jsonrpc.request.id"] == client_span.attributes["jsonrpc.request.id"]


@pytest.mark.parametrize("mode", MODES)
async def test_every_request_of_a_session_has_exactly_one_span_and_one_point_a_side(observed, mode):
    observed.instrument()
    async with Client(high_level(), mode=mode) as client:
        await client.list_tools()
        await client.read_resource("notes://today")
        await client.get_prompt("greet", {"name": "you"})
    wanted = {"tools/list", "resources/read", "prompts/get"} | (
        {"server/discover"} if mode == "auto" else {"initialize", "notifications/initialized"}
    )
    for side in ("CLIENT", "SERVER"):
        assert sorted(s.attributes["mcp.method.name"] for s in observed.spans(side)) == sorted(wanted)
    for metric in ("mcp.client.operation.duration", "mcp.server.operation.duration"):
        points = observed.points(metric)
        assert {p.attributes["mcp.method.name"] for p in points} == wanted
        assert all(p.count == 1 and p.explicit_bounds[0] == 0.01 and p.explicit_bounds[-1] == 300 for p in points)
    assert [s.name for s in observed.spans("SERVER", "prompts/get")] == ["prompts/get greet"]
    assert [s.name for s in observed.spans("SERVER", "resources/read")] == ["resources/read"]


@pytest.mark.parametrize("durability", ["async", "commit", "write-ahead"])
async def test_the_log_record_carries_the_head_of_the_entry_and_its_leaf_is_on_the_span(observed, durability):
    observed.instrument(audit_durability=durability)
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    assert MCPInstrumentor().recorder.audit.flush(10)
    assert MCPInstrumentor().recorder.emitter.flush(10)
    heads = {entry.head["id"]: entry for entry in observed.entries()}
    records = observed.records("tools/call")
    assert len(records) == 2
    for record in records:
        entry = heads[record.attributes["audit.record.id"]]
        assert record.body == entry.head_text
        assert entry.head["phase"] == "outcome"
        assert record.event_name == entry.head["event"] == "mcp.tool.call"
        assert record.attributes["audit.action"] == "EXECUTE"
        span = next(s for s in observed.spans() if s.context.span_id == record.span_id)
        assert span.attributes["otel_mcp.audit.leaf"] == record.attributes["otel_mcp.audit.leaf"]
        assert entry.head["span"] == f"{span.context.span_id:016x}"


async def test_a_tool_that_raises_is_a_tool_error_on_both_sides_without_its_text(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("crash", {"user": "harmless", "password": "marigold"})
    for side in ("CLIENT", "SERVER"):
        span = observed.span(side)
        assert span.attributes["error.type"] == "tool_error"
        assert span.status.status_code is StatusCode.ERROR
        assert not span.events
    [row] = observed.operations(tool="crash")
    assert (row.outcome, row.error) == ("failure", "tool_error")


async def test_a_callers_mistake_is_an_error_for_the_client_only(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        with pytest.raises(MCPError):
            await client.read_resource("notes://never")
    server, client_span = observed.span("SERVER", "resources/read"), observed.span("CLIENT", "resources/read")
    assert server.status.status_code is StatusCode.UNSET
    assert "error.type" not in server.attributes
    assert server.attributes["rpc.response.status_code"] == "-32602"
    assert client_span.status.status_code is StatusCode.ERROR
    assert client_span.attributes["error.type"] == "-32602"
    [row] = observed.operations(event="mcp.data.read")
    assert (row.outcome, row.error) == ("failure", "-32602")


async def test_a_json_rpc_error_of_the_server_is_an_error_on_both_sides_with_its_redacted_message(observed):
    observed.instrument()
    async with Client(low_level()) as client:
        with pytest.raises(MCPError, match="refused marigold"):
            await client.call_tool("refuse", {"phrase": "marigold", "password": "marigold"})
    for side in ("CLIENT", "SERVER"):
        span = observed.span(side)
        assert span.attributes["error.type"] == span.attributes["rpc.response.status_code"] == "-32050"
        assert span.status.description == "refused [REDACTED:taint]"


async def test_an_exception_of_a_low_level_handler_leaves_its_type_and_never_its_text(observed):
    observed.instrument()
    async with Client(low_level()) as client:
        with pytest.raises(MCPError):
            await client.call_tool("break", {"phrase": "marigold"})
    server = observed.span("SERVER")
    assert server.attributes["error.type"] == "RuntimeError"
    assert server.status.description is None
    assert not server.events


async def test_a_call_that_times_out_is_a_timeout_for_the_client_and_cancelled_for_the_server(observed):
    observed.instrument()
    async with Client(high_level(), mode="legacy") as client:
        with pytest.raises(MCPError, match="timed out"):
            await client.call_tool("wait", {}, read_timeout_seconds=0.2)
        await client.list_tools()
    observed.settle()
    client_span = observed.span("CLIENT")
    assert client_span.attributes["error.type"] == "timeout"
    assert "rpc.response.status_code" not in client_span.attributes
    server = observed.span("SERVER")
    assert server.attributes["error.type"] == "cancelled"
    assert server.status.status_code is StatusCode.UNSET
    [row] = observed.operations(tool="wait")
    assert (row.outcome, row.error) == ("unknown", "cancelled")


async def test_a_clock_that_runs_out_in_process_is_a_timeout(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        with pytest.raises(MCPError, match="Timed out"):
            await client.call_tool("wait", {}, read_timeout_seconds=0.2)
    observed.settle()
    assert observed.span("CLIENT").attributes["error.type"] == "timeout"
    assert observed.span("SERVER").attributes["error.type"] == "cancelled"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("code", [REQUEST_TIMEOUT, CONNECTION_CLOSED])
async def test_a_code_that_the_peer_answered_is_no_clock_and_no_lost_connection_of_ours(observed, mode, code):
    observed.instrument()

    async def call_tool(ctx, params):
        raise MCPError(code, "words of the server")

    async with Client(low_level(call_tool), mode=mode) as client:
        with pytest.raises(MCPError, match="words of the server"):
            await client.call_tool("any", {})
    for side in ("CLIENT", "SERVER"):
        span = observed.span(side)
        assert span.attributes["error.type"] == span.attributes["rpc.response.status_code"] == str(code)


@pytest.mark.parametrize("spans", ["enrich", "off"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("code", [REQUEST_TIMEOUT, CONNECTION_CLOSED])
async def test_whose_code_it_was_is_known_in_every_span_mode(observed, spans, mode, code):
    observed.instrument(spans=spans)

    async def call_tool(ctx, params):
        if params.name == "wait":
            await anyio.sleep_forever()
        raise MCPError(code, "words of the server")

    async with Client(low_level(call_tool), mode=mode) as client:
        with pytest.raises(MCPError, match="words of the server"):
            await client.call_tool("any", {})
        with pytest.raises(MCPError, match="imed out"):
            await client.call_tool("wait", {}, read_timeout_seconds=0.1)
    observed.settle()
    answered, ran_out = observed.records("tools/call")[:2], observed.records("tools/call")[2:]
    assert [record.attributes["error.type"] for record in answered] == [str(code)] * 2
    assert {record.attributes["error.type"] for record in ran_out} == {"timeout", "cancelled"}


async def test_a_clock_of_the_server_that_ran_out_is_an_answer_to_its_client(observed):
    observed.instrument()

    async def call_tool(ctx, params):
        async with Client(high_level()) as inner:
            with pytest.raises(MCPError) as ran_out:
                await inner.call_tool("wait", {}, read_timeout_seconds=0.2)
        raise ran_out.value

    async with Client(low_level(call_tool)) as client:
        with pytest.raises(MCPError, match="Timed out"):
            await client.call_tool("outer", {})
    observed.settle()
    inner, outer = observed.spans("CLIENT", "tools/call")
    assert [inner.attributes["error.type"], outer.attributes["error.type"]] == ["timeout", str(REQUEST_TIMEOUT)]
    assert "rpc.response.status_code" not in inner.attributes


async def test_a_peer_that_is_no_server_of_the_sdk_answers_with_its_code_too(observed):
    observed.instrument()
    left, right = create_direct_dispatcher_pair()

    async def answer(dctx, method, params):
        raise MCPError(REQUEST_TIMEOUT, "words of the peer")

    async def ignore(dctx, method, params):
        pass

    async with anyio.create_task_group() as tasks:
        await tasks.start(left.run, answer, ignore)
        await tasks.start(right.run, answer, ignore)
        with pytest.raises(MCPError, match="words of the peer"):
            await left.send_raw_request("tools/call", {"name": "x"})
        right.close()
        with pytest.raises(MCPError, match="Connection closed"):
            await left.send_raw_request("tools/call", {"name": "x"})
        left.close()
    answered, closed = observed.spans("CLIENT", "tools/call")
    assert answered.attributes["error.type"] == str(REQUEST_TIMEOUT)
    assert closed.attributes["error.type"] == "connection_closed"


async def test_in_process_each_request_has_one_id_on_both_sides(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        await client.list_tools()
        with pytest.raises(MCPError):
            await client.read_resource("notes://never")
        await client.call_tool("add", {"a": 1, "b": 2})
    for method in ("server/discover", "tools/list", "resources/read", "tools/call"):
        ids = {span.attributes["jsonrpc.request.id"] for span in observed.spans(method=method)}
        records = {record.attributes["jsonrpc.request.id"] for record in observed.records(method)}
        assert len(observed.spans(method=method)) == 2
        assert len(ids) == 1
        assert records == ids


async def test_a_request_within_a_request_keeps_its_own_id(observed):
    observed.instrument()

    async def call_tool(ctx, params):
        async with Client(high_level()) as inner:
            for _ in range(3):
                result = await inner.call_tool("add", {"a": 1, "b": 2})
        return result

    async with Client(low_level(call_tool)) as client:
        await client.call_tool("outer", {})
    parents = {span.context.span_id: span for span in observed.spans()}
    pairs = [(span, parents[span.parent.span_id]) for span in observed.spans("SERVER", "tools/call")]
    assert len(pairs) == 4
    for served, sent in pairs:
        assert served.attributes["jsonrpc.request.id"] == sent.attributes["jsonrpc.request.id"]


async def test_a_caller_that_is_cancelled_sees_its_cancellation(observed):
    observed.instrument()
    async with Client(high_level(), mode="legacy") as client:
        with anyio.move_on_after(0.2) as scope:
            await client.call_tool("wait", {})
        assert scope.cancelled_caught
        await client.list_tools()
    observed.settle()
    assert observed.span("CLIENT").attributes["error.type"] == "cancelled"


async def test_names_that_a_peer_makes_up_are_no_labels_and_no_span_names(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("made-up-7", {})
        with pytest.raises(MCPError):
            await client.get_prompt("made-up-8", {})
    assert observed.span("SERVER").name == "tools/call"
    assert observed.span("SERVER").attributes["gen_ai.tool.name"] == "made-up-7"
    for metric in ("mcp.client.operation.duration", "mcp.server.operation.duration"):
        for point in observed.points(metric):
            assert "made-up" not in str(point.attributes)
        assert {p.attributes.get("gen_ai.tool.name") for p in observed.points(metric)} == {None, "_OTHER"}
    heads = [entry.head_text for entry in observed.entries()]
    assert not any("made-up" in head for head in heads)
    assert any(entry.body and entry.body.get("tool") == "made-up-7" for entry in observed.entries())


@pytest.mark.parametrize("mode", MODES)
async def test_a_completion_is_of_the_prompt_whose_argument_it_completes(observed, mode):
    observed.instrument()
    server = high_level()

    @server.completion()
    async def complete(ref, argument, context):
        return Completion(values=["ada"])

    async with Client(server, mode=mode) as client:
        await client.list_prompts()
        for ref in (
            PromptReference(type="ref/prompt", name="greet"),
            PromptReference(type="ref/prompt", name="made-up"),
            ResourceTemplateReference(type="ref/resource", uri="notes://{day}"),
        ):
            await client.complete(ref, {"name": "name", "value": "a"})
    for side in ("CLIENT", "SERVER"):
        spans = observed.spans(side, "completion/complete")
        assert [(span.name, span.attributes.get("gen_ai.prompt.name")) for span in spans] == [
            ("completion/complete greet", "greet"),
            ("completion/complete", "made-up"),
            ("completion/complete", None),
        ]
        points = observed.points(f"mcp.{side.lower()}.operation.duration")
        completed = [p for p in points if p.attributes["mcp.method.name"] == "completion/complete"]
        assert {p.attributes.get("gen_ai.prompt.name") for p in completed} == {"greet", "_OTHER", None}
    heads = [entry.head for entry in observed.entries() if entry.head.get("method") == "completion/complete"]
    assert {head.get("prompt") for head in heads} == {"greet", None}


async def test_a_peer_that_does_not_sample_still_leaves_entries(observed):
    observed.instrument()
    unsampled = trace.SpanContext(0xA1, 0xB2, is_remote=True, trace_flags=trace.TraceFlags(0))
    with trace.use_span(trace.NonRecordingSpan(unsampled)):
        async with Client(high_level(), mode="legacy") as client:
            await client.call_tool("add", {"a": 1, "b": 2})
    assert not observed.spans()
    assert len(observed.operations(tool="add")) == 1


async def test_a_sampler_sees_the_attributes_of_the_conventions_at_span_start(observed):
    seen = []

    class Recording(type(ALWAYS_OFF)):
        def should_sample(
            self, parent_context, trace_id, name, kind=None, attributes=None, links=None, trace_state=None
        ):
            seen.append(dict(attributes or {}))
            return super().should_sample(parent_context, trace_id, name, kind, attributes, links, trace_state)

    observed.tracer_provider.sampler = Recording(ALWAYS_OFF._decision)
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 1, "b": 2})
    calls = [attributes for attributes in seen if attributes.get("mcp.method.name") == "tools/call"]
    assert len(calls) == 2
    assert all(attributes["gen_ai.tool.name"] == "add" for attributes in calls)


# trio has no cancellation that passes a shield
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_task_cancelled_while_it_waits_for_the_trail_is_cancelled_and_recorded(observed):
    observed.instrument()
    ran = asyncio.Event()
    server = high_level()

    @server.tool()
    async def act() -> str:
        ran.set()
        return "done"

    async with Client(server) as client:
        with locked(observed.directory):  # the writer cannot commit: the receipt does not come
            call = asyncio.create_task(client.call_tool("act", {}))
            await ran.wait()
            for _ in range(50):
                await anyio.lowlevel.checkpoint()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert not observed.spans("SERVER", "tools/call")
        assert MCPInstrumentor().recorder.audit.flush(10)
        assert MCPInstrumentor().recorder.emitter.flush(10)
    server_span = observed.span("SERVER")
    assert server_span.attributes["otel_mcp.audit.leaf"]
    [row] = observed.operations(tool="act")
    assert row.outcome == "success"
