"""A client and a server of mcp 1.x or 2.x in one process, beside another product; prints what the application saw.

`beside.py nothing|logfire|sentry`: what the program itself turns on before it begins.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any

import mcp

WORD = "xylograph-7731"  # given as a password: of ours it may appear nowhere


def echo(text: str, password: str) -> str:
    return f"{text}, {password}"


def boom(password: str) -> str:
    raise RuntimeError(f"no entry with {password}")


async def slow() -> str:
    await asyncio.sleep(30)
    return "late"


def connected() -> tuple[Any, Any]:
    """A client of a server with the three tools, and a short time in this SDK's type."""
    if hasattr(mcp, "Client"):
        from mcp.server import MCPServer

        server = MCPServer("beside", log_level="CRITICAL")
        client, short = mcp.Client(server), 0.3
    else:
        from mcp.server.fastmcp import FastMCP
        from mcp.shared.memory import create_connected_server_and_client_session

        server = FastMCP("beside", log_level="CRITICAL")
        client, short = create_connected_server_and_client_session(server._mcp_server), timedelta(seconds=0.3)
    for tool in (echo, boom, slow):
        server.tool()(tool)
    return client, short


async def main() -> list[Any]:
    """What every step gave, exceptions as their type and text."""
    seen: list[Any] = []

    async def step(call: Any) -> None:
        try:
            result = await call
            seen.append(result and result.model_dump(mode="json"))
        except Exception as exc:
            seen.append([type(exc).__name__, str(exc)])

    client, short = connected()
    async with client as session:
        await step(session.list_tools())
        await step(session.call_tool("echo", {"text": "hi", "password": WORD}))
        await step(session.call_tool("boom", {"password": WORD}))
        await step(session.call_tool("nosuch", {"password": WORD}))
        await step(session.call_tool("slow", {}, read_timeout_seconds=short))
    return seen


def turn_on(product: str) -> None:
    if product == "logfire":
        import logfire

        logfire.configure(send_to_logfire=False, console=False)
        logfire.instrument_mcp()
    if product == "sentry":
        import sentry_sdk

        sentry_sdk.init("http://key@127.0.0.1:9/1", transport=lambda _: None, traces_sample_rate=1.0)


if __name__ == "__main__":
    turn_on(sys.argv[1])
    print(json.dumps(asyncio.run(asyncio.wait_for(main(), 60))))
