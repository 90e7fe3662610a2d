"""A call that a server answers with a question, and the call made again with the answer: two entries, tied together."""

from __future__ import annotations

import itertools
from typing import Annotated

import pytest
from mcp import Client
from mcp.server import MCPServer
from mcp.server.lowlevel import Server
from mcp.server.mcpserver import Elicit, Resolve
from mcp.types import (
    CallToolResult,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequiredResult,
    ListToolsResult,
    TextContent,
    Tool,
)
from pydantic import BaseModel

from otel_mcp import MCPInstrumentor

pytestmark = pytest.mark.anyio

ANSWERS = {"first": "heron-under-oak", "second": "lantern-by-quay"}


class Word(BaseModel):
    word: str


def first() -> Elicit[Word]:
    return Elicit("The first?", Word)


def second(one: Annotated[Word, Resolve(first)]) -> Elicit[Word]:
    return Elicit(f"The second, after {len(one.word)} letters?", Word)


async def answer(_, params):
    return ElicitResult(action="accept", content={"word": ANSWERS["second" if "second" in params.message else "first"]})


def server():
    found = MCPServer("door", log_level="CRITICAL")

    @found.tool()
    def enter(one: Annotated[Word, Resolve(first)], two: Annotated[Word, Resolve(second)]) -> str:
        return "open"

    return found


async def entered(observed, mode):
    observed.instrument()
    async with Client(server(), mode=mode, elicitation_callback=answer) as client:
        await client.list_tools()
        assert (await client.call_tool("enter", {})).content[0].text == "open"
        assert (await client.call_tool("enter", {})).content[0].text == "open"
    MCPInstrumentor().uninstrument()


async def test_the_rounds_of_one_call_are_tied_together(observed):
    await entered(observed, "auto")
    heads = {
        side: [row.outcome_entry.head for row in reversed(observed.operations(side, tool="enter", newest_first=True))]
        for side in ("server", "client")
    }
    for found in heads.values():
        assert [(head["outcome"], head.get("err")) for head in found] == [
            ("unknown", "input_required"),
            ("unknown", "input_required"),
            ("success", None),
        ] * 2
        for rounds in (found[:3], found[3:]):
            assert "continues" not in rounds[0]
            assert "awaits" not in rounds[2]
            for before, after in itertools.pairwise(rounds):
                assert after["continues"] == before["awaits"]
        assert len({head["awaits"] for head in found if "awaits" in head}) == 4
    awaited = [[head.get("awaits") for head in found] for found in heads.values()]
    assert awaited[0] == awaited[1]


def asking(state):
    """A low-level server that keeps what it was told in a state that is not sealed."""

    async def list_tools(_, __):
        return ListToolsResult(tools=[Tool(name="enter", input_schema={"type": "object"})])

    async def call_tool(_, params):
        if params.input_responses:
            assert params.request_state == state
            return CallToolResult(content=[TextContent(type="text", text="open")])
        form = {"type": "object", "properties": {"word": {"type": "string"}}}
        question = ElicitRequest(params=ElicitRequestFormParams(message="The first?", requested_schema=form))
        return InputRequiredResult(input_requests={"word": question}, request_state=state)

    return Server("door", on_list_tools=list_tools, on_call_tool=call_tool)


async def test_neither_answers_nor_the_state_that_carries_them_are_kept(observed):
    observed.instrument(capture="SPAN_AND_EVENT")
    state = "told-heron-under-oak-before"
    async with Client(asking(state), elicitation_callback=answer) as client:
        await client.list_tools()
        assert (await client.call_tool("enter", {})).content[0].text == "open"
    MCPInstrumentor().uninstrument()
    raw = b"".join(file.read_bytes() for file in observed.directory.iterdir() if file.is_file())
    telemetry = "".join(span.to_json() for span in observed.spans()) + repr(observed.records())
    assert b"The first?" in raw
    for word in (state, *ANSWERS.values()):
        assert word.encode() not in raw
        assert word not in telemetry


async def test_a_server_of_the_handshake_era_asks_in_between(observed):
    await entered(observed, "legacy")
    found = [row.outcome_entry.head for row in observed.operations("server", tool="enter")]
    assert [head["outcome"] for head in found] == ["success", "success"]
    assert not any("continues" in head or "awaits" in head for head in found)
    assert len(observed.operations("client", event="mcp.request")) >= 4
