"""What a peer writes into the trace context: passed on where it is harmless, gone where redaction would change it."""

from __future__ import annotations

import pytest
from instrumentation.servers import high_level, low_level
from mcp import Client
from mcp.types import CallToolResult, TextContent
from opentelemetry import baggage, propagate, trace
from opentelemetry.context import attach, detach
from opentelemetry.sdk.trace import SpanProcessor
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, TraceState

from otel_mcp import MCPInstrumentor
from otel_mcp.instrumentation._plain import PlainTexts
from otel_mcp.redaction import Redactor

pytestmark = pytest.mark.anyio

TOKEN = "ghp_012345678901234567890123456789012345"
TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"
VENDORS = (
    "dd=s:2;o:rum;t.dm:-4;t.usr.id:baz64~~;p:00f067aa0ba902b7,ot=th:c;rv:d29d6a7215ced0,es=s:1.0,"
    "fw529a3039@dt=FfffffffLMvP4AEAAAAAAAAAAAAAAAAA,"
    "33@nr=0-0-1349956-41346604-27ddd2d8890283b4-b28be285632bbc0a-1-1.1273-1569367663277"
)
SENSITIVE_STATES = [f"vendor={TOKEN}", "token=abcdefghij", "a=1,v=password:marigold", "e=4111111111111111"]


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Baggage(SpanProcessor):
    """What the contrib package `opentelemetry-processor-baggage` does."""

    def on_start(self, span, parent_context=None):
        for name, value in baggage.get_all(parent_context).items():
            span.set_attribute(name, value)


def seeing_server(seen):
    """A server whose tool notes what an application finds in its context and hands on to what it calls."""

    async def call_tool(ctx, params):
        carrier = {}
        propagate.inject(carrier)
        seen.append((carrier, dict(baggage.get_all())))
        return CallToolResult(content=[TextContent(type="text", text="seen")])

    return low_level(call_tool)


async def call(server, **meta):
    async with Client(server) as client:
        await client.call_tool("see", {}, meta={"traceparent": TRACEPARENT, **meta})


async def test_harmless_tracestate_reaches_our_span_and_what_the_application_calls(observed):
    seen = []
    observed.instrument()
    await call(seeing_server(seen), tracestate=VENDORS)
    assert observed.span("SERVER").context.trace_state.to_header() == VENDORS
    assert seen[0][0]["tracestate"] == VENDORS


@pytest.mark.parametrize("state", SENSITIVE_STATES)
async def test_tracestate_that_redaction_would_change_is_dropped_and_the_trace_goes_on(observed, state):
    seen = []
    observed.instrument()
    await call(seeing_server(seen), tracestate=state)
    span = observed.span("SERVER")
    assert f"{span.context.trace_id:032x}" == TRACE
    assert f"{span.parent.span_id:016x}" == "b7ad6b7169203331"
    assert span.parent.is_remote
    assert not span.context.trace_state
    assert not span.parent.trace_state
    assert seen[0][0]["traceparent"].startswith(f"00-{TRACE}-")
    assert "tracestate" not in seen[0][0]


async def test_tracestate_that_repeats_a_secret_of_the_same_call_is_dropped(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        await client.list_tools()
        meta = {"traceparent": TRACEPARENT, "tracestate": "v=marigold"}
        await client.call_tool("login", {"user": "u", "password": "marigold"}, meta=meta)
    assert not observed.span("SERVER").context.trace_state


async def test_sensitive_tracestate_of_a_span_around_us_is_not_taken_over_or_linked(observed):
    observed.instrument()
    state = TraceState([("vendor", TOKEN)])
    around = NonRecordingSpan(SpanContext(0xA1, 0xB2, is_remote=False, trace_flags=TraceFlags(1), trace_state=state))
    with trace.use_span(around):
        async with Client(low_level()) as client:
            await client.call_tool("echo", {"word": "x"}, meta={"traceparent": TRACEPARENT})
        assert trace.get_current_span().get_span_context().trace_state == state
    client_span, server_span = observed.span("CLIENT"), observed.span("SERVER")
    assert client_span.parent.span_id == 0xB2
    assert server_span.links[0].context.span_id == client_span.context.span_id
    states = [s.context.trace_state for s in observed.spans()] + [k.context.trace_state for k in server_span.links]
    assert not any(states)


async def test_baggage_of_a_peer_is_for_span_processors_only_and_without_what_is_sensitive(observed):
    seen = []
    observed.tracer_provider.add_span_processor(Baggage())
    observed.instrument()
    theirs = f"tenant=acme,vendor={TOKEN},api%5Fkey=x1,note=password%3Amarigold"
    await call(seeing_server(seen), baggage=theirs)
    attributes = observed.span("SERVER").attributes
    assert attributes["tenant"] == "acme"
    assert not {"vendor", "api_key", "note"} & set(attributes)
    # The SDK alone does not hand the peer's baggage to the application either.
    assert seen[0][1] == {}
    assert "baggage" not in seen[0][0]


async def test_baggage_of_the_application_stays_with_the_application(observed):
    seen = []
    observed.tracer_provider.add_span_processor(Baggage())
    observed.instrument()
    mine = {"tenant": "acme", "session_token": "abcdefghij"}
    context = None
    for name, value in mine.items():
        context = baggage.set_baggage(name, value, context)
    token = attach(context)
    try:
        async with Client(seeing_server(seen)) as client:
            await client.call_tool("see", {})
    finally:
        detach(token)
    assert seen[0][1] == mine
    assert "session_token=abcdefghij" in seen[0][0]["baggage"]
    for side in ("CLIENT", "SERVER"):
        assert observed.span(side).attributes["tenant"] == "acme"
        assert "session_token" not in observed.span(side).attributes


async def test_a_context_that_cannot_be_judged_is_not_used_at_all(observed, monkeypatch, capfd):
    observed.instrument()
    recorder = MCPInstrumentor().recorder
    monkeypatch.setattr(recorder, "_plain_context", lambda *_: 1 / 0)
    await call(low_level(), tracestate=f"vendor={TOKEN}")
    span = observed.span("SERVER")
    assert span.parent is None
    assert not span.context.trace_state
    assert "internal error in context (ZeroDivisionError)" in capfd.readouterr().err


def test_the_memory_for_texts_that_were_judged_is_bounded():
    plain = PlainTexts(Redactor(), most=2)
    texts = ["a=1", "b=2", "c=3", "x" * 600]
    assert all(text in plain for text in texts)
    assert "token=abcdefghij" not in plain
    assert plain.known == {"a=1", "b=2"}
    assert "x" * 600 not in PlainTexts(Redactor()).known
