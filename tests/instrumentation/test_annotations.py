"""`Sensitive` and `Safe` in a tool's signature: listed, obeyed everywhere, and warned of where they cannot help."""

from __future__ import annotations

import base64
from typing import Annotated, Optional

import pytest
from instrumentation.servers import low_level
from instrumentation.test_content_and_redaction import everything
from instrumentation.test_refused_requests import served
from mcp import Client
from mcp.server import MCPServer
from mcp.types import ListToolsResult, Tool
from pydantic import BaseModel, Field

from otel_mcp import Safe, Sensitive

pytestmark = pytest.mark.anyio

CANARY = "marigold at dusk"
SHAPED = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
HEADER = Field(json_schema_extra={"x-mcp-header": "Berth"})


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Door(BaseModel):
    floor: str
    word: Annotated[str, Sensitive()]


class Room(BaseModel):
    doors: list[Door]


def garden():
    """A server whose parameters have harmless names and sensitive values, and the other way round."""
    server = MCPServer("garden", log_level="CRITICAL")

    @server.tool()
    def plant(flower: Annotated[str, Sensitive()], place: str) -> dict[str, str]:
        return {"planted": flower, "where": place}

    @server.tool()
    def enter(
        room: Room,
        maybe: Annotated[str | None, Sensitive()] = None,
        perhaps: Optional[Annotated[str, Sensitive()]] = None,  # noqa: UP045  # as people write it
        rings: list[Annotated[str, Sensitive()]] | None = None,
        whole: Annotated[Door | None, Sensitive()] = None,
    ) -> str:
        return f"{room} {maybe} {perhaps} {rings} {whole}"

    @server.tool()
    def turn(token: Annotated[str, Safe()], step: str) -> str:
        return "turned"

    @server.tool()
    def water(flower: Annotated[str, Sensitive()]) -> str:
        raise RuntimeError(f"no water for {flower}")

    return server


def moored():
    """A server with a sensitive parameter that HTTP clients repeat in a header."""
    server = MCPServer("moored", log_level="CRITICAL")

    @server.tool()
    def moor(berth: Annotated[str, Sensitive(), HEADER], side: str) -> str:
        return f"moored at {berth}"

    return server


async def listed(server):
    async with Client(server) as client:
        return {tool.name: tool for tool in (await client.list_tools()).tools}


async def called(observed, tool, **arguments):
    """Call it with all content captured; returns the arguments as the span, the log record and the trail have them."""
    observed.instrument(capture="SPAN_AND_EVENT")
    async with Client(garden()) as client:
        await client.call_tool(tool, arguments)
    [record, _] = observed.records("tools/call")
    [row] = observed.operations(tool=tool)
    name = "gen_ai.tool.call.arguments"
    attributes = [observed.span("SERVER").attributes, observed.span("CLIENT").attributes, record.attributes]
    return [*(dict(found[name]) for found in attributes if name in found), row.outcome_entry.body["arguments"]]


async def test_a_listing_shows_the_marks_and_leaves_shared_definitions_as_they_are():
    tools = await listed(garden())
    plant, enter, turn = (tools[name].input_schema for name in ("plant", "enter", "turn"))
    assert plant["properties"]["flower"] == {"title": "Flower", "type": "string", "x-sensitive": True}
    assert "x-sensitive" not in plant["properties"]["place"]
    assert turn["properties"]["token"]["x-sensitive"] is False
    places = enter["properties"]
    assert places["maybe"]["x-sensitive"] is True
    assert places["perhaps"]["anyOf"][0]["x-sensitive"] is True
    assert places["rings"]["anyOf"][0]["items"]["x-sensitive"] is True
    assert places["whole"]["x-sensitive"] is True
    door = enter["$defs"]["Door"]
    assert door["properties"]["word"]["x-sensitive"] is True
    assert "x-sensitive" not in door
    assert "x-sensitive" not in door["properties"]["floor"]


async def test_a_result_that_is_a_model_shows_them_too():
    server = MCPServer("out", log_level="CRITICAL")

    @server.tool()
    def door() -> Door:
        return Door(floor="2", word="w")

    schema = (await listed(server))["door"].output_schema
    assert schema["properties"]["word"]["x-sensitive"] is True


async def test_a_sensitive_value_under_a_harmless_name_is_in_no_signal_and_its_neighbours_are(observed):
    kept = await called(observed, "plant", flower=CANARY, place="by the gate")
    assert len(kept) >= 3
    assert all(found == {"flower": "[REDACTED:declared]", "place": "by the gate"} for found in kept)
    assert CANARY not in everything(observed)


@pytest.mark.parametrize(
    "arguments",
    [
        {"room": {"doors": [{"floor": "2", "word": CANARY}]}},
        {"room": {"doors": []}, "maybe": CANARY},
        {"room": {"doors": []}, "perhaps": CANARY},
        {"room": {"doors": []}, "rings": ["[REDACTED:declared]", CANARY]},
        {"room": {"doors": []}, "whole": {"floor": CANARY, "word": "w"}},
    ],
    ids=["nested model in a list", "annotated optional", "optional annotated", "list items", "whole model"],
)
async def test_it_goes_from_wherever_the_annotation_stands(observed, arguments):
    await called(observed, "enter", **arguments)
    assert CANARY not in everything(observed)


async def test_it_goes_from_what_a_failing_tool_says(observed):
    observed.instrument(capture="SPAN_AND_EVENT")
    async with Client(garden()) as client:
        await client.call_tool("water", {"flower": CANARY})
    assert observed.operations(tool="water")
    assert CANARY not in everything(observed)


async def test_a_safe_value_under_a_telling_name_stays(observed):
    kept = await called(observed, "turn", token="the seventh", step="left")
    assert len(kept) >= 3
    assert all(found == {"token": "the seventh", "step": "left"} for found in kept)


async def test_a_safe_value_that_looks_like_a_token_goes_all_the_same(observed):
    kept = await called(observed, "turn", token=f"on {SHAPED}", step="left")
    assert all(found == {"token": "on [REDACTED:github-token]", "step": "left"} for found in kept)
    assert SHAPED not in everything(observed)


def warnings_in(stderr):
    return [line for line in stderr.splitlines() if "x-mcp-header" in line]


async def test_a_sensitive_parameter_in_a_header_is_said_once_for_each_tool(observed, capsys):
    observed.instrument()
    for _ in range(2):
        async with Client(moored()) as client:
            await client.list_tools()
            await client.call_tool("moor", {"berth": CANARY, "side": "port"})
    [line] = warnings_in(capsys.readouterr().err)
    assert line.startswith("otel-mcp: tool moor: $.berth is sensitive and has x-mcp-header")


async def test_it_is_not_said_of_others(observed, capsys):
    observed.instrument()
    async with Client(garden()) as client:
        await client.list_tools()
    assert warnings_in(capsys.readouterr().err) == []


async def test_a_server_of_many_such_tools_does_not_fill_stderr(observed, capsys):
    observed.instrument()
    schema = {"type": "object", "properties": {"pwd": {"type": "string", "x-mcp-header": "P"}}}
    server = low_level()

    async def list_tools(ctx, params):
        return ListToolsResult(tools=[Tool(name=f"tool-{number}", input_schema=schema) for number in range(100)])

    server.add_request_handler("tools/list", server.get_request_handler("tools/list").params_type, list_tools)
    async with Client(server) as client:
        await client.list_tools()
    assert 0 < len(warnings_in(capsys.readouterr().err)) < 40


async def test_the_header_of_a_sensitive_parameter_is_in_no_signal_of_ours(observed, capsys):
    observed.instrument(capture="SPAN_AND_EVENT")
    async with served(moored().streamable_http_app()) as port, Client(f"http://127.0.0.1:{port}/mcp") as client:
        await client.list_tools()
        result = await client.call_tool("moor", {"berth": CANARY, "side": "port"})
    assert result.content[0].text == f"moored at {CANARY}"
    left = everything(observed)
    assert "port" in left
    assert CANARY not in left
    assert base64.b64encode(CANARY.encode()).decode() not in left
    assert len(warnings_in(capsys.readouterr().err)) == 1
