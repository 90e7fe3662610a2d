"""Calls of some tools run only after their intent is on disk, whatever the durability of the others."""

from __future__ import annotations

import pytest
from mcp import Client
from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from otel_mcp.audit.query import entries
from otel_mcp.config import Config
from otel_mcp.instrumentation._write_ahead import write_ahead_of
from otel_mcp.operation import Hints, Operation

pytestmark = pytest.mark.anyio


def server(trail, seen):
    """Tools that look whether their own intent is on disk while they run."""
    found = MCPServer("files", log_level="CRITICAL")

    def look(tool):
        seen.setdefault(tool, []).append(any(entry.head["phase"] == "intent" for entry in entries(trail, tool=tool)))
        return "done"

    @found.tool(annotations=ToolAnnotations(destructive_hint=True))
    def erase() -> str:
        return look("erase")

    @found.tool(annotations=ToolAnnotations(read_only_hint=True))
    def read_one() -> str:
        return look("read_one")

    @found.tool()
    def plain() -> str:
        return look("plain")

    return found


@pytest.mark.parametrize("durability", ["async", "commit"])
@pytest.mark.parametrize(
    ("setting", "durable"), [("destructive", {"erase", "plain"}), ("read_*,erase", {"erase", "read_one"})]
)
async def test_the_intent_of_such_a_tool_is_on_disk_before_it_runs(observed, tmp_path, durability, setting, durable):
    observed.instrument(audit_durability=durability, audit_write_ahead=setting)
    seen = {}
    async with Client(server(tmp_path / "trail", seen)) as client:
        await client.list_tools()
        for tool in ("erase", "read_one", "plain"):
            await client.call_tool(tool, {})
    assert {tool for tool, found in seen.items() if found[0]} >= durable
    assert len(seen) == 3


def call(tool, **facts):
    return Operation("server", "tools/call", tool=tool, **facts)


def test_only_calls_of_these_tools_wait():
    applies = write_ahead_of(Config(audit_write_ahead="drop_*, destructive"))
    assert applies(call("drop_table", hints=Hints(destructive=False)))
    assert applies(call("anything"))
    assert not applies(call("read", hints=Hints(destructive=False)))
    assert not applies(Operation("server", "resources/read", resource="file:///drop_x"))
    assert not write_ahead_of(Config())(call("drop_table"))
    assert write_ahead_of(Config(audit_durability="write-ahead"))(call("read", hints=Hints(destructive=False)))
    assert write_ahead_of(Config(audit_on_failure="closed"))(Operation("server", "ping"))
