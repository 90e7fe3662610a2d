"""What a person answered when asked, and tools that are not there: decisions in the course of a request."""

from __future__ import annotations

from contextlib import suppress

import anyio
import pytest
from mcp import Client, MCPError
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.types import CallToolResult, ElicitResult, InputRequiredResult, TextContent
from pydantic import BaseModel
from servers import high_level, low_level

from otel_mcp import MCPInstrumentor

WORD = "lapwing-at-low-water"
MODES = ("legacy", "auto")


class Choice(BaseModel):
    word: str


def asking():
    server = MCPServer("asking", log_level="CRITICAL")

    @server.tool()
    async def burn(ctx: Context) -> str:
        answer = await ctx.elicit("Burn the house?", Choice)
        return answer.action

    return server


def asking_again():
    """Asks by its result, as of 2026-07-28, and takes whatever answers come back."""
    question = {
        "method": "elicitation/create",
        "params": {
            "mode": "form",
            "message": "Burn?",
            "requestedSchema": {"type": "object", "properties": {"word": {"type": "string"}}},
        },
    }

    async def call_tool(ctx, params):
        if params.input_responses is None:
            return InputRequiredResult(input_requests={"first": question, "second": question}, request_state="s")
        return CallToolResult(content=[TextContent(type="text", text="done")])

    return low_level(call_tool)


async def call(server, answer, mode, tool):
    async def answering(*_):
        return ElicitResult(action=answer, content={"word": WORD} if answer == "accept" else None)

    async with Client(server, mode=mode, elicitation_callback=answering) as client:
        return await client.call_tool(tool, {})


@pytest.mark.parametrize(
    ("answer", "event", "action", "error"),
    [
        ("accept", "mcp.authz.granted", "APPROVE", None),
        ("decline", "mcp.authz.denied", "REJECT", "declined"),
        ("cancel", "mcp.authz.denied", "REJECT", "cancelled"),
    ],
)
def test_what_a_person_answers_is_recorded_where_it_is_asked_and_where_it_is_answered(
    observed, answer, event, action, error
):
    observed.instrument()
    anyio.run(call, asking(), answer, "legacy", "burn")
    observed.settle()
    decisions = observed.entries(event="mcp.authz.*")
    assert {(e.head["event"], e.head["action"], e.head.get("err")) for e in decisions} == {(event, action, error)}
    at = {entry.head["side"]: entry for entry in decisions}
    assert set(at) == {"server", "client"}
    [asked] = observed.operations(event="mcp.tool.call")
    [answered] = [
        row
        for row in observed.operations(event="mcp.request")
        if row.outcome_entry.head["method"] == "elicitation/create"
    ]
    assert (at["server"].head["op"], at["client"].head["op"]) == (
        asked.outcome_entry.head["id"],
        answered.outcome_entry.head["id"],
    )
    assert at["server"].head["tool"] == "burn"
    assert at["server"].index < asked.outcome_entry.index
    assert WORD not in "".join(str(entry.body) + entry.head_text for entry in observed.entries())


def test_each_answer_of_a_repeated_request_is_recorded_before_it_runs(observed):
    observed.instrument()
    anyio.run(call, asking_again(), "decline", "auto", "burn")
    observed.settle()
    first, second = [row.outcome_entry for row in observed.operations(event="mcp.tool.call")]
    assert first.head["err"] == "input_required"
    for side in ("server", "client"):
        decisions = [entry for entry in observed.entries(event="mcp.authz.denied") if entry.head["side"] == side]
        assert [entry.head["err"] for entry in decisions] == ["declined", "declined"]
        if side == "server":
            assert {entry.head["op"] for entry in decisions} == {second.head["id"]}
            assert all(entry.index < second.index for entry in decisions)


def test_a_peer_that_sends_many_answers_gets_few_entries(observed):
    observed.instrument()
    answers = {f"a{number}": {"action": "accept", "content": {}} for number in range(500)}

    async def flood():
        async with Client(asking_again(), mode="auto") as client:
            return await client.session.call_tool("burn", {}, input_responses=answers, request_state="s")

    anyio.run(flood)
    observed.settle()
    decisions = [entry for entry in observed.entries(event="mcp.authz.granted") if entry.head["side"] == "server"]
    assert [entry.head.get("count") for entry in decisions] == [None] * 16 + [484]


@pytest.mark.parametrize("mode", MODES)
def test_tools_that_are_not_there_are_counted(observed, mode):
    observed.instrument()

    async def guess():
        async with Client(high_level(), mode=mode) as client:
            for number in range(5):
                with suppress(MCPError):
                    await client.call_tool(f"guess{number}", {})
            await client.call_tool("add", {"a": 1, "b": 2})

    anyio.run(guess)
    MCPInstrumentor().uninstrument()
    first, rest = observed.entries(event="mcp.authz.denied")
    assert (first.head["err"], first.head["side"], first.body["tool"]) == ("unknown_tool", "server", "guess0")
    assert (rest.head["count"], rest.body["tool"]) == (4, "guess4")
    guessed = observed.operations(event="mcp.tool.call")[0]
    assert first.head["op"] == guessed.outcome_entry.head["id"]


def test_a_tool_that_fails_is_not_an_unknown_one(observed):
    observed.instrument()

    async def fail():
        async with Client(low_level()) as client:
            await client.list_tools()
            for name in ("refuse", "break"):
                with suppress(MCPError):
                    await client.call_tool(name, {})

    anyio.run(fail)
    MCPInstrumentor().uninstrument()
    assert observed.entries(event="mcp.authz.*") == []
