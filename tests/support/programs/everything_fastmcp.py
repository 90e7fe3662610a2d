"""A client and a server of the package `fastmcp`, 3 or 4; prints what the application saw.

`everything_fastmcp.py memory|http`, `everything_fastmcp.py stdio COMMAND …`, or `serve` for the server alone on stdio.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
from fastmcp import Client, FastMCP
from fastmcp.client.transports import StdioTransport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WORD = "xylograph-7731"  # given as a password: it may appear nowhere but in the application

server = FastMCP("everything")


@server.tool
def echo(text: str, password: str) -> str:
    logging.getLogger("app").warning("logged in with %s", password)
    return f"{text}, {password}"


@server.tool
def boom(password: str) -> str:
    raise RuntimeError(f"no entry with {password}")


@server.resource("weather://{city}")
def weather(city: str) -> str:
    return f"rain in {city}"


@server.prompt
def greet(name: str) -> str:
    return f"hello {name}"


async def use(client: Client) -> list[Any]:
    """What every step gave, exceptions as their type and text."""
    seen: list[Any] = []

    async def step(call: Any) -> None:
        try:
            seen.append(str(await call))
        except Exception as exc:
            seen.append([type(exc).__name__, str(exc)])

    await step(client.list_tools())
    await step(client.call_tool("echo", {"text": "hi", "password": WORD}))
    await step(client.call_tool("boom", {"password": WORD}))
    await step(client.call_tool("nosuch", {"password": WORD}))
    await step(client.call_tool("echo", {"text": []}))
    await step(client.list_resources())
    await step(client.read_resource("weather://Berlin"))
    await step(client.read_resource("nowhere://x"))
    await step(client.list_prompts())
    await step(client.get_prompt("greet", {"name": "Ada"}))
    await step(client.get_prompt("nosuch", {}))
    return seen


@asynccontextmanager
async def connected(kind: str) -> AsyncIterator[Client]:
    """A client of the server, over this transport."""
    if kind == "memory":
        async with Client(server) as client:
            yield client
    elif kind == "stdio":
        async with Client(StdioTransport(sys.argv[2], sys.argv[3:], keep_alive=False)) as client:
            yield client
    else:
        listener = socket.create_server(("127.0.0.1", 0))
        host = uvicorn.Server(uvicorn.Config(server.http_app(), log_level="error"))
        serving = asyncio.create_task(host.serve([listener]))
        async with Client(f"http://127.0.0.1:{listener.getsockname()[1]}/mcp") as client:
            yield client
        host.should_exit = host.force_exit = True
        await serving


async def main(kind: str) -> None:
    """Do it all and print it."""
    async with connected(kind) as client:
        seen = await use(client)
    print(json.dumps(seen))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        server.run(show_banner=False)
    else:
        asyncio.run(asyncio.wait_for(main(sys.argv[1]), 60))
