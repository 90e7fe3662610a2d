"""Arguments and results leave only where the standard switch says so, and never with what is sensitive in them."""

from __future__ import annotations

import json

import pytest
from instrumentation.servers import high_level, low_level
from mcp import Client, MCPError
from mcp.server.mcpserver import MCPServer

pytestmark = pytest.mark.anyio

CANARY = "marigold"
ARGUMENTS = {"user": "harmless", "password": CANARY}


@pytest.fixture
def anyio_backend():
    return "asyncio"


def everything(observed):
    """All that left the process, as text."""
    spans = [(s.name, s.status.description, dict(s.attributes), [str(e) for e in s.events]) for s in observed.spans()]
    records = [(r.body, dict(r.attributes)) for r in observed.records()]
    points = [dict(p.attributes) for m in ("client", "server") for p in observed.points(f"mcp.{m}.operation.duration")]
    trail = b"".join(p.read_bytes() for p in observed.directory.rglob("*") if p.is_file())
    return json.dumps([spans, records, points], default=str) + trail.decode("latin-1")


async def call_all(server):
    async with Client(server) as client:
        await client.list_tools()
        answers = [await client.call_tool("login", ARGUMENTS), await client.call_tool("crash", ARGUMENTS)]
        answers.append(await client.call_tool("login", {"password": CANARY}))
        answers.append(await client.call_tool("nosuch", {"note": f"it is {CANARY}", "api_key": CANARY}))
    return answers


@pytest.mark.parametrize("capture", ["NO_CONTENT", "SPAN_ONLY", "EVENT_ONLY", "SPAN_AND_EVENT"])
async def test_a_canary_is_in_nothing_that_leaves_and_the_application_still_gets_it(observed, capture):
    observed.instrument(capture=capture)
    answers = await call_all(high_level())
    assert answers[0].structured_content == {"user": "harmless", "echo": f"<{CANARY}>"}
    assert len(observed.operations()) == 6
    assert CANARY not in everything(observed)


@pytest.mark.parametrize(
    ("capture", "on_span", "on_record"),
    [
        ("NO_CONTENT", False, False),
        ("SPAN_ONLY", True, False),
        ("EVENT_ONLY", False, True),
        ("SPAN_AND_EVENT", True, True),
    ],
)
async def test_content_goes_where_the_switch_says_with_its_harmless_neighbours(observed, capture, on_span, on_record):
    observed.instrument(capture=capture)
    async with Client(high_level()) as client:
        await client.call_tool("login", ARGUMENTS)
    arguments = {"user": "harmless", "password": "[REDACTED:declared]"}
    [record, _] = observed.records("tools/call")
    for attributes, expected in ((observed.span("SERVER").attributes, on_span), (record.attributes, on_record)):
        assert ("gen_ai.tool.call.arguments" in attributes) is expected
        if expected:
            assert dict(attributes["gen_ai.tool.call.arguments"]) == arguments
            structured = attributes["gen_ai.tool.call.result"]["structuredContent"]
            assert structured == {"user": "harmless", "echo": "<[REDACTED:taint]>"}


async def test_an_sdk_whose_spans_take_no_maps_gets_the_json_text(observed, monkeypatch):
    monkeypatch.setattr("otel_mcp.telemetry._sdk_version", lambda: "1.44.0")
    observed.instrument(capture="SPAN_AND_EVENT")
    async with Client(high_level()) as client:
        await client.call_tool("login", ARGUMENTS)
    arguments = {"user": "harmless", "password": "[REDACTED:declared]"}
    assert json.loads(observed.span("SERVER").attributes["gen_ai.tool.call.arguments"]) == arguments
    [record, _] = observed.records("tools/call")
    assert dict(record.attributes["gen_ai.tool.call.arguments"]) == arguments


async def test_the_trail_keeps_redacted_arguments_and_result_whatever_the_switch_says(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("login", ARGUMENTS)
    [row] = observed.operations(tool="login")
    body = row.outcome_entry.body
    assert body["arguments"] == {"user": "harmless", "password": "[REDACTED:declared]"}
    assert body["result"]["structuredContent"] == {"user": "harmless", "echo": "<[REDACTED:taint]>"}
    assert body["redacted"] == ["declared", "taint"]
    assert list(row.intent.body) == ["arguments_digest"]


@pytest.mark.parametrize(("content", "kept"), [("digest", "arguments_digest"), ("none", None)])
async def test_the_trail_can_keep_less(observed, content, kept):
    observed.instrument(audit_content=content)
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 41, "b": 1})
    [row] = observed.operations(tool="add")
    body = row.outcome_entry.body or {}
    assert "arguments" not in body
    assert "result" not in body
    assert (kept in body) if kept else not any("digest" in key for key in body)


async def test_a_value_that_only_the_result_shows_to_be_sensitive_goes_from_the_arguments_too(observed):
    observed.instrument(capture="SPAN_AND_EVENT")
    server = low_level()
    handler = server.get_request_handler("tools/call")

    async def tell(ctx, params):
        return {"content": [], "resultType": "complete", "structuredContent": {"session_token": "gentian blue"}}

    server.add_request_handler("tools/call", handler.params_type, tell)
    async with Client(server) as client:
        await client.list_tools()
        await client.call_tool("echo", {"word": "gentian blue", "other": "stays"})
    assert "gentian blue" not in everything(observed)
    arguments = dict(observed.span("SERVER").attributes["gen_ai.tool.call.arguments"])
    assert arguments == {"word": "[REDACTED:taint]", "other": "stays"}


async def test_a_low_level_servers_schema_is_learnt_from_its_listing(observed):
    observed.instrument()
    async with Client(low_level()) as client:
        await client.list_tools()
        await client.call_tool("echo", {"word": f"say {CANARY}", "phrase": CANARY})
    assert CANARY not in everything(observed)
    [row] = observed.operations(tool="echo")
    assert row.outcome_entry.body["arguments"] == {"word": "say [REDACTED:taint]", "phrase": "[REDACTED:declared]"}


async def test_a_resource_is_named_in_the_body_and_only_digested_in_the_head(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        with pytest.raises(MCPError):
            await client.read_resource("people://ann/letters")
    [row] = observed.operations(event="mcp.data.read")
    assert row.outcome_entry.body["resource"] == "people://ann/letters"
    assert "ann" not in row.outcome_entry.head_text
    assert row.outcome_entry.head["resource"].startswith("people:hmac-sha256:")


async def test_before_anybody_listed_a_tool_its_arguments_are_not_kept_and_go_from_everything_else(observed):
    observed.instrument(capture="SPAN_AND_EVENT")
    async with Client(low_level()) as client:
        with pytest.raises(MCPError):
            await client.call_tool("refuse", {"word": "harmless", "phrase": "orchard lantern"})
    assert "orchard lantern" not in everything(observed)
    [row] = observed.operations(event="mcp.tool.call")
    assert row.outcome_entry.body["arguments_digest"].startswith("hmac-sha256:")
    assert "arguments" not in row.outcome_entry.body


async def test_more_than_the_redactor_can_read_is_a_marker_and_the_call_is_still_recorded(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("login", {"user": "x", "password": [["a"]] * 300_000})
    [row] = observed.operations(event="mcp.tool.call")
    assert row.outcome_entry.head["tool"] == "login"
    assert len(observed.points("mcp.server.operation.duration")) == 2


async def test_a_value_that_json_cannot_say_does_not_cost_the_record(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        await client.call_tool("add", {"a": 10**5000, "b": 1})
    assert len(observed.operations(tool="add")) == 1


@pytest.mark.parametrize("settings", [{"audit_content": "digest"}, {"audit": "off"}])
async def test_a_secret_repeated_where_a_peer_may_choose_text_goes_also_where_no_content_is_kept(observed, settings):
    observed.instrument(**settings)
    async with Client(high_level()) as client:
        with pytest.raises(MCPError):
            await client.read_resource("notes://x")
        await client.call_tool("nosuch-marigold", {"password": CANARY})
    left = [str(dict(s.attributes)) for s in observed.spans()] + [str(dict(r.attributes)) for r in observed.records()]
    assert not [text for text in left if CANARY in text]


async def test_a_listed_name_that_is_a_token_is_no_span_name_no_label_and_in_no_head(observed):
    observed.instrument()
    name = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    server = high_level()
    server.add_tool(lambda: "x", name=name)
    async with Client(server) as client:
        await client.list_tools()
        await client.call_tool(name, {})
    assert name not in everything(observed)
    assert {span.name for span in observed.spans(method="tools/call")} == {"tools/call"}


async def test_a_password_in_the_uri_of_a_resource_is_removed_from_the_answer_too(observed):
    server = MCPServer("garden")

    @server.resource("garden://beds/{bed}{?password}")
    def bed(bed: str, password: str = "") -> str:
        return f"bed {bed} was opened with {password}"

    observed.instrument(capture="SPAN_AND_EVENT")
    async with Client(server) as client:
        answer = await client.read_resource(f"garden://beds/rose?password={CANARY}")
    assert answer.contents[0].text == f"bed rose was opened with {CANARY}"
    observed.settle()
    assert CANARY not in everything(observed)
    [row] = observed.operations(event="mcp.data.read")
    assert "bed rose was opened with [REDACTED:" in json.dumps(row.outcome_entry.body)
