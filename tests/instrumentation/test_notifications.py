"""Notifications: one span and entry on either side, tied to what they were sent in; floods only where asked for."""

from __future__ import annotations

from collections import Counter

import anyio
import pytest
from mcp import Client
from mcp.server import MCPServer
from mcp.server.mcpserver import Context

from otel_mcp import MCPInstrumentor
from otel_mcp.audit import verify

pytestmark = [
    pytest.mark.anyio,
    # A server of the handshake era may still log to its client.
    pytest.mark.filterwarnings("ignore::mcp.shared.exceptions.MCPDeprecationWarning"),
]

CANARY = "willow-thresher-9182"


def server():
    found = MCPServer("news", log_level="CRITICAL")

    @found.tool()
    async def tell(ctx: Context) -> str:
        await ctx.report_progress(1, 2, "half")
        await ctx.session.send_log_message("info", {"password": CANARY, "note": "plain"})
        await ctx.session.send_tool_list_changed()
        await ctx.session.send_resource_updated(f"notes://today?token={CANARY}")
        return "told"

    return found


async def told(observed, mode="legacy", **settings):
    """A conversation in which the server tells its client of four things; gives what the client saw."""
    seen = []
    arrived = anyio.Event()
    progressed = []

    async def on_message(message):
        seen.append(message.method)
        if len(seen) == 4:
            arrived.set()

    async def on_progress(progress, total, message):
        progressed.append((progress, total, message))

    observed.instrument(**settings)
    async with Client(server(), mode=mode, message_handler=on_message) as client:
        await client.list_tools()
        await client.call_tool("tell", {}, progress_callback=on_progress)
        if mode == "legacy":
            with anyio.fail_after(10):
                await arrived.wait()
    MCPInstrumentor().uninstrument()
    assert progressed == [(1.0, 2.0, "half")]
    return seen


def names(observed, side):
    return Counter(span.name for span in observed.spans(side) if "notifications/" in span.name)


SOME = {
    "notifications/initialized": 1,
    "notifications/tools/list_changed": 1,
    "notifications/resources/updated": 1,
}


async def test_each_has_a_span_on_either_side_in_the_trace_of_what_it_was_sent_in(observed):
    await told(observed)
    assert names(observed, "CLIENT") == names(observed, "SERVER") == SOME
    call = observed.span("SERVER", "tools/call")
    for method in SOME:
        sent, received = observed.span("CLIENT", method), observed.span("SERVER", method)
        assert received.parent.span_id == sent.context.span_id
        assert received.context.trace_id == sent.context.trace_id
        inside = method != "notifications/initialized"
        assert (sent.parent is not None and sent.parent.span_id == call.context.span_id) is inside
        assert "jsonrpc.request.id" not in sent.attributes
        assert sent.status.is_unset


async def test_each_has_one_entry_on_either_side_and_no_intent(observed):
    await told(observed)
    found = [entry for entry in observed.entries() if str(entry.head.get("method")).startswith("notifications/")]
    assert Counter((entry.head["side"], entry.head["method"]) for entry in found) == {
        (side, method): 1 for side in ("client", "server") for method in SOME
    }
    assert {(entry.head["phase"], entry.head["outcome"], entry.head.get("ref")) for entry in found} == {
        ("outcome", "success", None)
    }
    events = {entry.head["method"]: entry.head["event"] for entry in found}
    assert events == {
        "notifications/initialized": "mcp.notification",
        "notifications/tools/list_changed": "mcp.config.change",
        "notifications/resources/updated": "mcp.notification",
    }
    assert verify(observed.directory).exit_code in (0, 2)


@pytest.mark.parametrize(("wanted", "more"), [("some", 0), ("all", 1), ("off", None)])
async def test_floods_are_recorded_only_where_asked_for(observed, wanted, more):
    seen = await told(observed, notifications=wanted)
    assert len(seen) == 4
    found = names(observed, "CLIENT") + names(observed, "SERVER")
    if more is None:
        assert found == {}
    else:
        assert found["notifications/tools/list_changed"] == 2
        assert found["notifications/message"] == 2 * more
    points = {point.attributes["mcp.method.name"] for point in observed.points("mcp.client.operation.duration")}
    assert ("notifications/tools/list_changed" in points) is (more is not None)
    assert {span.instrumentation_scope.name for span in observed.spans()} == {"otel_mcp"}


async def test_what_they_say_is_redacted(observed):
    await told(observed, notifications="all", capture="SPAN_AND_EVENT")
    raw = b"".join(file.read_bytes() for file in observed.directory.iterdir() if file.is_file())
    assert b"plain" in raw
    assert CANARY.encode() not in raw
    assert CANARY not in "".join(span.to_json() for span in observed.spans()) + repr(observed.records())


async def test_one_that_nobody_knows_is_no_label(observed):
    observed.instrument()
    async with Client(server(), mode="legacy") as client:
        dispatcher = client.session._dispatcher
        await dispatcher.notify("notifications/made-up-by-a-peer", {"a": 1})
        await client.list_tools()
    MCPInstrumentor().uninstrument()
    point = [p for p in observed.points("mcp.client.operation.duration") if p.attributes["mcp.method.name"] == "_OTHER"]
    assert len(point) == 1
    assert observed.span("CLIENT", "notifications/made-up-by-a-peer").name == "_OTHER"
    [sent, *_] = [entry for entry in observed.entries() if entry.head.get("method") == "_OTHER"]
    assert sent.body["method"] == "notifications/made-up-by-a-peer"


async def test_in_the_era_without_handshake_a_request_tells_on_its_own_stream(observed):
    await told(observed, mode="auto", notifications="all")
    sent = names(observed, "CLIENT")
    assert "notifications/initialized" not in sent
    call = observed.span("SERVER", "tools/call")
    told_of = [span for span in observed.spans("CLIENT") if span.name == "notifications/message"]
    assert [span.parent.span_id for span in told_of] == [call.context.span_id] * len(told_of)
