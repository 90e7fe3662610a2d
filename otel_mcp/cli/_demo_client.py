"""The demo's MCP client: starts the server under `opentelemetry-instrument` and calls its tools. Run as a program."""

from __future__ import annotations

import json
import os
import sys

import anyio
from mcp import Client, MCPError, StdioServerParameters, stdio_client  # an application of the SDK

from otel_mcp.cli._interpreter import LAUNCHER

__all__ = ["CALLS"]

CALLS = (
    ("add", {"a": 19, "b": 23}),
    ("read_meter", {"name": "cellar"}),
    (
        "pay",
        {
            "account": "harbour-office",
            "password": "marigold-and-thyme",
            "card": "4111 1111 1111 1111",
            "note": "marigold-and-thyme, token ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        },
    ),
    ("add", {"a": "many", "b": 1}),
)
"""Tool and arguments: one succeeds, one fails, one carries secrets, one has bad arguments."""


async def main() -> None:
    """Make the calls; print, for the demo, what the application itself saw."""
    server = StdioServerParameters(
        command=sys.executable,
        args=[*LAUNCHER, sys.executable, "-m", "otel_mcp.cli._demo_server"],
        env=json.loads(os.environ["DEMO_SERVER_ENV"]),
    )
    async with Client(stdio_client(server)) as client:
        await client.list_tools()
        for tool, arguments in CALLS:
            try:
                result = await client.call_tool(tool, arguments)
                answer = {"error": result.is_error, "text": getattr(result.content[0], "text", "")}
            except MCPError as exc:
                answer = {"error": True, "text": str(exc)}
            sys.stdout.write(json.dumps({"tool": tool, **answer}) + "\n")


if __name__ == "__main__":
    anyio.run(main)
