"""Spans of other tracers under `OTEL_MCP_REDACT_ALL`, and whatever an application puts on ours in any mode."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from instrumentation.servers import high_level
from mcp import Client
from opentelemetry import baggage, trace
from opentelemetry import context as otel_context
from opentelemetry.sdk.trace import ReadableSpan, SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Link, SpanContext, Status, StatusCode, TraceFlags, TraceState

from otel_mcp import MCPInstrumentor
from otel_mcp.redaction import Scope

pytestmark = pytest.mark.anyio

CANARY = "marigold 'tea' & heather"
FORMS = (CANARY, json.dumps(CANARY)[1:-1], quote(CANARY), base64.b64encode(CANARY.encode()).decode())


@pytest.fixture
def anyio_backend():
    return "asyncio"


def server_that(act):
    server = high_level()

    @server.tool()
    def work(user: str, password: str) -> str:
        return str(act(user, password))

    return server


async def call(act):
    async with Client(server_that(act)) as client:
        return await client.call_tool("work", {"user": "harmless", "password": CANARY})


def everything(span):
    """All of a span that an exporter can read."""
    said = [span.name, span.status.description, dict(span.attributes)]
    said += [[event.name, dict(event.attributes)] for event in span.events]
    said += [[link.context.trace_state.to_header(), dict(link.attributes)] for link in span.links]
    said.append(span.context.trace_state.to_header())
    return json.dumps(said, default=repr, ensure_ascii=False) + span.to_json()


def assert_clean(span):
    text = everything(span)
    assert not [form for form in (*FORMS, *map(json.dumps, FORMS)) if form.strip('"') in text]
    assert "[REDACTED:" in text


def decorate(tracer, secret):
    """A span with the secret wherever a span can hold one."""
    state = TraceState([("vendor", secret.replace(" ", "_"))])
    other = SpanContext(7, 7, is_remote=True, trace_flags=TraceFlags(1), trace_state=state)
    link = Link(other, {"hint": secret, "n": 3})
    with tracer.start_as_current_span(
        f"read {secret}", links=[link], attributes={"db.statement": f"x = {secret}"}
    ) as span:
        span.set_attributes({secret: "as a key", "list": ["a", secret], "count": 3, "ratio": 0.5, "yes": True})
        span.add_event(f"saw {secret}", {"what": secret, "n": 1}, timestamp=12)
        span.record_exception(ValueError(secret))
        span.set_status(Status(StatusCode.ERROR, f"failed with {secret}"))
    return span


def inner(observed, scope="app"):
    [span] = [span for span in observed.spans() if span.instrumentation_scope.name == scope]
    return span


@pytest.mark.parametrize("form", FORMS)
async def test_with_redact_all_an_inner_span_of_another_tracer_has_no_secret_anywhere(observed, form):
    tracer = observed.tracer_provider.get_tracer("app", "1.2")
    observed.instrument(redact_all=True)
    await call(lambda user, password: decorate(tracer, form) and "")
    span = inner(observed)
    assert_clean(span)
    assert span.name == "read [REDACTED:taint]"
    assert span.status.status_code is StatusCode.ERROR
    assert dict(span.attributes)["list"] == ("a", "[REDACTED:taint]")
    assert (span.attributes["count"], span.attributes["ratio"], span.attributes["yes"]) == (3, 0.5, True)
    assert (span.events[0].timestamp, span.events[0].attributes["n"]) == (12, 1)
    assert (span.links[0].context.trace_id, span.links[0].attributes["n"]) == (7, 3)
    assert span.instrumentation_scope.version == "1.2"
    assert span.parent.span_id == observed.span("SERVER").context.span_id


async def test_without_redact_all_spans_of_others_stay_as_they_are(observed):
    tracer = observed.tracer_provider.get_tracer("app")
    observed.instrument()
    await call(lambda user, password: decorate(tracer, password) and "")
    assert inner(observed).name == f"read {CANARY}"


async def test_with_redact_all_a_span_outside_any_operation_is_looked_at_too(observed):
    tracer = observed.tracer_provider.get_tracer("app")
    observed.instrument(redact_all=True)
    with tracer.start_as_current_span("login", attributes={"http.request.header.authorization": CANARY}):
        pass
    assert_clean(inner(observed))


@pytest.mark.parametrize("settings", [{}, {"audit": "off"}, {"capture": "SPAN_AND_EVENT"}])
async def test_what_a_tool_puts_on_our_own_span_is_redacted_and_ours_stays(observed, settings):
    def act(user, password):
        span = trace.get_current_span()
        span.set_attribute("app.note", f"for {password}")
        span.set_attribute("gen_ai.tool.name", password)
        span.add_event("login", {"typed": password})
        span.set_status(Status(StatusCode.ERROR, password))
        return "fine"

    observed.instrument(**settings)
    await call(act)
    span = observed.span("SERVER")
    assert_clean(span)
    assert span.name == "tools/call work"
    assert span.attributes["app.note"] == "for [REDACTED:taint]"
    assert span.attributes["mcp.method.name"] == "tools/call"
    if "audit" not in settings:
        assert len(span.attributes["otel_mcp.audit.leaf"]) == 44
    if "capture" in settings:
        arguments = span.attributes["gen_ai.tool.call.arguments"]
        arguments = json.loads(arguments) if isinstance(arguments, str) else dict(arguments)
        assert arguments == {"user": "harmless", "password": "[REDACTED:key]"}


async def test_in_mode_enrich_the_sdks_span_is_looked_at(observed, monkeypatch):
    tracer = observed.tracer_provider.get_tracer("mcp-python-sdk")
    monkeypatch.setattr("mcp.shared._otel._tracer", tracer)
    observed.instrument(spans="enrich")

    def act(user, password):
        trace.get_current_span().set_attribute("app.note", f"for {password}")

    async with Client(server_that(act), mode="legacy") as client:
        await client.call_tool("work", {"user": "harmless", "password": CANARY})
    span = observed.span("SERVER")
    assert span.attributes["app.note"] == "for [REDACTED:taint]"
    assert span.name == "tools/call work"


async def test_baggage_that_a_processor_writes_on_spans_is_redacted(observed):
    class BaggageOnSpans(SpanProcessor):
        def on_start(self, span, parent_context=None):
            for name, value in baggage.get_all(parent_context).items():
                span.set_attribute(f"baggage.{name}", str(value))

    observed.tracer_provider.add_span_processor(BaggageOnSpans())
    tracer = observed.tracer_provider.get_tracer("app")
    observed.instrument(redact_all=True)

    def act(user, password):
        token = otel_context.attach(baggage.set_baggage("note", password))
        with tracer.start_as_current_span("inner"):
            pass
        otel_context.detach(token)

    await call(act)
    assert inner(observed).attributes["baggage.note"] == "[REDACTED:taint]"


async def test_other_processors_see_the_span_unchanged(observed):
    class Spy(SpanProcessor):
        def __init__(self):
            self.seen = []

        def on_end(self, span):
            self.seen.append(span)

    spy = Spy()
    observed.tracer_provider.add_span_processor(spy)
    tracer = observed.tracer_provider.get_tracer("app")
    observed.instrument(redact_all=True)
    await call(lambda user, password: decorate(tracer, password) and "")
    [raw] = [span for span in spy.seen if span.instrumentation_scope.name == "app"]
    assert raw.name == f"read {CANARY}"
    assert raw.attributes["list"] == ("a", CANARY)


async def test_what_the_limits_dropped_is_still_counted(observed):
    exporter = InMemorySpanExporter()
    provider = TracerProvider(span_limits=SpanLimits(max_attributes=2, max_events=1, max_links=0))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    observed.instrument(redact_all=True)
    await call(lambda user, password: decorate(provider.get_tracer("app"), password) and "")
    provider.force_flush()
    [span] = exporter.get_finished_spans()
    assert (span.dropped_attributes, span.dropped_events, span.dropped_links) == (4, 1, 1)
    provider.shutdown()


async def test_a_redaction_that_fails_shows_nothing_of_the_span_and_drops_it_not(observed, monkeypatch):
    tracer = observed.tracer_provider.get_tracer("app")
    observed.instrument(redact_all=True)

    def act(user, password):
        monkeypatch.setattr(Scope, "value", lambda *_, **__: 1 / 0)
        decorate(tracer, password)
        monkeypatch.undo()

    await call(act)
    span = inner(observed)
    assert_clean(span)
    assert span.name == span.status.description == "[REDACTED:error]"
    assert span.parent.span_id == observed.span("SERVER").context.span_id
    assert span.end_time >= span.start_time


async def test_a_span_with_nothing_to_remove_is_passed_as_it_is(observed, monkeypatch):
    passed = []
    monkeypatch.setattr(SimpleSpanProcessor, "on_end", lambda self, span: passed.append(span))
    observed.instrument(redact_all=True)
    await call(lambda user, password: observed.tracer_provider.get_tracer("app").start_span("plain").end())
    assert {span.name for span in passed} >= {"plain", "tools/call work"}
    assert all(type(span) is ReadableSpan for span in passed)


async def test_uninstrument_leaves_the_sdks_processors_as_they_were(observed):
    methods = {kind: vars(kind)["on_end"] for kind in (SimpleSpanProcessor, BatchSpanProcessor)}
    observed.instrument(redact_all=True)
    assert all(vars(kind)["on_end"] is not method for kind, method in methods.items())
    MCPInstrumentor().uninstrument()
    assert {kind: vars(kind)["on_end"] for kind in methods} == methods


async def test_redactions_are_counted_by_rule_and_surface_and_nothing_else(observed):
    tracer = observed.tracer_provider.get_tracer("app")
    observed.instrument(redact_all=True)
    await call(lambda user, password: decorate(tracer, password) and "")
    points = observed.points("otel_mcp.redactions")
    assert {point.attributes["otel_mcp.redaction.surface"] for point in points} >= {"arguments", "span"}
    assert all(set(p.attributes) == {"otel_mcp.redaction.rule", "otel_mcp.redaction.surface"} for p in points)
    assert CANARY not in str([dict(point.attributes) for point in points])
