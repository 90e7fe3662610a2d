"""A client and a server of mcp 1.x that do everything the protocol of 2025-11-25 has; prints what the application saw.

`everything_v1.py memory|stdio|http|stateless|sse`; `serve` and `listen` are the server alone, on stdio and on HTTP.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import socket
import sys
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import mcp
import uvicorn
from mcp import types
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamablehttp_client
from mcp.server.fastmcp import Context, FastMCP
from mcp.shared.memory import create_connected_server_and_client_session
from pydantic import AnyUrl, BaseModel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WORD = "xylograph-7731"  # given as a password: it may appear nowhere but in the application


class Choice(BaseModel):
    agree: bool


def make(**settings: Any) -> FastMCP:
    server = FastMCP("everything", log_level="ERROR", **settings)
    low = server._mcp_server

    @server.tool()
    def echo(text: str, password: str) -> str:
        logging.getLogger("app").warning("logged in with %s", password)
        return f"{text}, {password}"

    @server.tool()
    def boom(password: str) -> str:
        raise RuntimeError(f"no entry with {password}")

    @server.tool()
    async def slow() -> str:
        await asyncio.sleep(30)
        return "late"

    @server.tool()
    async def ask(ctx: Context) -> str:
        question = types.SamplingMessage(role="user", content=types.TextContent(type="text", text="hm?"))
        answer = await ctx.session.create_message([question], max_tokens=5)
        roots = await ctx.session.list_roots()
        elicited = await ctx.elicit("really?", Choice)
        await ctx.session.send_ping()
        return f"{answer.content.text} {len(roots.roots)} {elicited.action}"

    @server.resource("weather://{city}")
    def weather(city: str) -> str:
        return f"rain in {city}"

    @server.prompt()
    def greet(name: str) -> str:
        return f"hello {name}"

    @server.completion()
    async def complete(*_: Any) -> types.Completion:
        return types.Completion(values=["Berlin"])

    @low.set_logging_level()
    async def set_level(_: str) -> None: ...

    @low.subscribe_resource()
    async def subscribe(_: AnyUrl) -> None: ...

    return server


async def sampling(*_: Any) -> types.CreateMessageResult:
    return types.CreateMessageResult(
        role="assistant", model="m", content=types.TextContent(type="text", text="because")
    )


async def roots(_: Any) -> types.ListRootsResult:
    return types.ListRootsResult(roots=[types.Root(uri="file:///srv")])


async def elicitation(*_: Any) -> types.ElicitResult:
    return types.ElicitResult(action="accept", content={"agree": True})


CALLBACKS = {"sampling_callback": sampling, "list_roots_callback": roots, "elicitation_callback": elicitation}


async def use(session: mcp.ClientSession, *, asks: bool) -> list[Any]:
    """What every step gave, exceptions as their type and text."""
    seen: list[Any] = []

    async def step(call: Any) -> None:
        try:
            result = await call
            seen.append(result.model_dump(mode="json"))
        except Exception as exc:
            seen.append([type(exc).__name__, str(exc)])

    await step(session.send_ping())
    await step(session.list_tools())
    await step(session.call_tool("echo", {"text": "hi", "password": WORD}))
    await step(session.call_tool("boom", {"password": WORD}))
    await step(session.call_tool("nosuch", {"password": WORD}))
    await step(session.call_tool("echo", {"text": 7}))
    await step(session.call_tool("slow", {}, read_timeout_seconds=timedelta(seconds=0.3)))
    if asks:
        await step(session.call_tool("ask", {}))
    await step(session.list_resources())
    await step(session.list_resource_templates())
    await step(session.read_resource(AnyUrl("weather://Berlin")))
    await step(session.read_resource(AnyUrl("nowhere://x")))
    await step(session.subscribe_resource(AnyUrl("weather://Berlin")))
    await step(session.list_prompts())
    await step(session.get_prompt("greet", {"name": "Ada"}))
    await step(session.get_prompt("nosuch", {}))
    reference = types.PromptReference(type="ref/prompt", name="greet")
    await step(session.complete(reference, {"name": "name", "value": "B"}))
    await step(session.set_logging_level("warning"))
    await step(session.send_request(types.Request(method="made/up", params=None), types.EmptyResult))
    await session.send_progress_notification("token", 1)
    cancelled = asyncio.create_task(session.call_tool("slow", {}))
    await asyncio.sleep(0.2)
    cancelled.cancel()
    try:
        await cancelled
    except asyncio.CancelledError:
        seen.append("cancelled")
    return seen


@asynccontextmanager
async def connected(kind: str) -> AsyncIterator[mcp.ClientSession]:
    """A session with the server, over this transport."""
    if kind == "memory":
        async with create_connected_server_and_client_session(make()._mcp_server, **CALLBACKS) as session:
            yield session
        return
    if kind == "stdio":
        client = mcp.stdio_client(mcp.StdioServerParameters(command=sys.argv[2], args=sys.argv[3:]))
        async with client as (read, write), mcp.ClientSession(read, write, **CALLBACKS) as session:
            await session.initialize()
            yield session
        return
    server = make(stateless_http=kind == "stateless", json_response=kind == "stateless")
    app = server.sse_app() if kind == "sse" else server.streamable_http_app()
    listener = socket.create_server(("127.0.0.1", 0))
    host = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    serving = asyncio.create_task(host.serve([listener]))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/{'sse' if kind == 'sse' else 'mcp'}"
    client = sse_client(url) if kind == "sse" else streamablehttp_client(url)
    async with client as streams, mcp.ClientSession(streams[0], streams[1], **CALLBACKS) as session:
        await session.initialize()
        yield session
    host.should_exit = host.force_exit = True
    await serving


async def listen() -> None:
    """Serve stateful HTTP until a signal comes."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}/mcp", file=sys.stderr, flush=True)
    await uvicorn.Server(uvicorn.Config(make().streamable_http_app(), log_level="error")).serve([listener])


async def main(kind: str) -> None:
    """Do it all and print it."""
    async with connected(kind) as session:
        seen = await use(session, asks=kind != "stateless")
    shapes = [
        [name, str(inspect.signature(function)), inspect.iscoroutinefunction(function)]
        for name, function in [
            ("send_request", mcp.ClientSession.send_request),
            ("stdio_client", mcp.stdio_client),
            ("handle", type(make()._mcp_server)._handle_request),
        ]
    ]
    print(json.dumps({"seen": seen, "shapes": shapes}))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        make().run()
    elif sys.argv[1] == "listen":
        asyncio.run(listen())
    else:
        asyncio.run(asyncio.wait_for(main(sys.argv[1]), 60))
