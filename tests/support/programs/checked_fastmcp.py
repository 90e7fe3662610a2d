"""A client and a server of the package `fastmcp`, 3 or 4, with checks on its components; prints what the client saw.

`checked_fastmcp.py` alone: both are in this process, over HTTP, and the token of the client may read and nothing else.
"""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import uvicorn
from fastmcp import Client, FastMCP
from fastmcp.client.auth import BearerAuth
from fastmcp.client.transports import StreamableHttpTransport
from fastmcp.exceptions import AuthorizationError
from fastmcp.server.auth import require_scopes
from fastmcp.server.auth.providers.jwt import StaticTokenVerifier
from fastmcp.server.middleware import AuthMiddleware, Middleware

TOKEN = "avocet-on-the-saltings"


def nobody(_: Any) -> bool:
    return False


class OfficeHours(Middleware):
    async def on_call_tool(self, context: Any, call_next: Any) -> Any:
        if context.message.name == "early":
            raise AuthorizationError("not before nine")
        return await call_next(context)


def make() -> FastMCP:
    known = {TOKEN: {"client_id": "app-of-rosalind", "scopes": ["read"], "sub": "rosalind"}}
    server = FastMCP("checked", auth=StaticTokenVerifier(known), middleware=[OfficeHours()])

    @server.tool
    def free() -> str:
        return "for all"

    @server.tool(auth=require_scopes("write"))
    def scoped() -> str:
        return "never"

    @server.tool(auth=nobody)
    def closed() -> str:
        return "never"

    @server.tool
    def early() -> str:
        return "never"

    @server.resource("notes://today", auth=require_scopes("write"))
    def notes() -> str:
        return "never"

    @server.prompt(auth=nobody)
    def greet() -> str:
        return "never"

    inner = FastMCP("inner", middleware=[AuthMiddleware(auth=require_scopes("write"))])

    @inner.tool
    def deep() -> str:
        return "never"

    server.mount(inner, "inner")
    return server


async def use(client: Client) -> list[Any]:
    seen: list[Any] = []

    async def step(call: Any) -> None:
        try:
            seen.append(str(await call))
        except Exception as exc:
            seen.append([type(exc).__name__, str(exc)])

    await step(client.list_tools())
    for tool in ("free", "scoped", "closed", "early", "inner_deep", "nothing"):
        await step(client.call_tool(tool, {}))
    await step(client.read_resource("notes://today"))
    await step(client.get_prompt("greet", {}))
    return seen


async def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
    serving = uvicorn.Server(uvicorn.Config(make().http_app(), log_level="error"))
    task = asyncio.create_task(serving.serve([listener]))
    async with Client(StreamableHttpTransport(url, auth=BearerAuth(TOKEN))) as client:
        print(json.dumps(await use(client)))
    serving.should_exit = True
    await task


if __name__ == "__main__":
    asyncio.run(main())
