"""Servers under test, in both styles of mcp 2.x."""

from __future__ import annotations

import anyio
from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.lowlevel import Server
from mcp.types import CallToolResult, ListToolsResult, TextContent, Tool
from pydantic import SecretStr


def high_level():
    server = MCPServer("high", log_level="CRITICAL")

    @server.tool()
    def add(a: int, b: int) -> int:
        return a + b

    @server.tool()
    def login(user: str, password: SecretStr) -> dict[str, str]:
        return {"user": user, "echo": f"<{password.get_secret_value()}>"}

    @server.tool()
    def crash(user: str, password: SecretStr) -> str:
        raise RuntimeError(f"no way for {user} with {password.get_secret_value()}")

    @server.tool()
    async def wait() -> str:
        await anyio.sleep_forever()
        return "never"

    @server.resource("notes://today")
    def notes() -> str:
        return "plain words"

    @server.prompt()
    def greet(name: str) -> str:
        return f"say hello to {name}"

    return server


ECHO = Tool(
    name="echo",
    input_schema={
        "type": "object",
        "properties": {"word": {"type": "string"}, "phrase": {"type": "string", "format": "password"}},
    },
)


def low_level(tool=None):
    """A server with the tool `echo`, or one whose every tool is `tool(ctx, params)`."""

    async def list_tools(ctx, params):
        return ListToolsResult(tools=[ECHO])

    async def call_tool(ctx, params):
        arguments = params.arguments or {}
        if params.name == "refuse":
            raise MCPError(-32050, f"refused {arguments.get('phrase', '')}")
        if params.name == "break":
            raise RuntimeError(f"broken by {arguments.get('phrase', '')}")
        return CallToolResult(content=[TextContent(type="text", text=str(arguments.get("word")))])

    return Server("low", on_list_tools=list_tools, on_call_tool=tool or call_tool)
