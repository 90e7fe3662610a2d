"""A client and a server of mcp 2.x that do everything the protocol has, in either era; prints what the application saw.

`everything_v2.py WAY:MODE`, of memory, stdio, http, stateless, sse and legacy, auto; `serve` is the server on stdio.
"""

from __future__ import annotations

import inspect
import json
import logging
import socket
import sys
import warnings
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import anyio
import mcp
import uvicorn
from mcp import Client, StdioServerParameters, stdio_client, types
from mcp.client.sse import sse_client
from mcp.server.mcpserver import Context, Elicit, MCPServer, Resolve
from mcp.shared.jsonrpc_dispatcher import JSONRPCDispatcher
from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WORD = "xylograph-7731"  # given as a password: it may appear nowhere but in the application
warnings.simplefilter("ignore")  # what the newer era calls deprecated is what the older one has


class Choice(BaseModel):
    agree: bool


def asked() -> Elicit[Choice]:
    return Elicit("really?", Choice)


def make() -> MCPServer:
    server = MCPServer("everything", version="1", log_level="ERROR")

    @server.tool()
    def echo(text: str, password: str) -> str:
        logging.getLogger("app").warning("logged in with %s", password)
        return f"{text}, {password}"

    @server.tool()
    def boom(password: str) -> str:
        raise RuntimeError(f"no entry with {password}")

    @server.tool()
    async def slow() -> str:
        await anyio.sleep(30)
        return "late"

    @server.tool()
    async def ask(ctx: Context) -> str:
        question = types.SamplingMessage(role="user", content=types.TextContent(type="text", text="hm?"))
        answer = await ctx.session.create_message([question], max_tokens=5)
        roots = await ctx.session.list_roots()
        await ctx.session.send_ping()
        return f"{answer.content.text} {len(roots.roots)}"

    @server.tool()
    def decide(choice: Annotated[Choice, Resolve(asked)]) -> str:
        return f"decided {choice.agree}"

    @server.tool()
    async def tell(ctx: Context) -> str:
        await ctx.report_progress(1, 2)
        await ctx.session.send_tool_list_changed()
        return "told"

    @server.resource("weather://{city}")
    def weather(city: str) -> str:
        return f"rain in {city}"

    @server.prompt()
    def greet(name: str) -> str:
        return f"hello {name}"

    @server.completion()
    async def complete(*_: Any) -> types.Completion:
        return types.Completion(values=["Berlin"])

    return server


async def sampling(*_: Any) -> types.CreateMessageResult:
    content = types.TextContent(type="text", text="because")
    return types.CreateMessageResult(role="assistant", model="m", content=content)


async def roots(_: Any) -> types.ListRootsResult:
    return types.ListRootsResult(roots=[types.Root(uri="file:///srv")])


async def elicitation(*_: Any) -> types.ElicitResult:
    return types.ElicitResult(action="accept", content={"agree": True})


CALLBACKS = {"sampling_callback": sampling, "list_roots_callback": roots, "elicitation_callback": elicitation}


async def use(client: Client, *, asks: bool, legacy: bool) -> tuple[list[Any], list[Any]]:
    """What every step gave, exceptions as their type and text; and for each its method and whether it went well."""
    seen: list[Any] = []
    did: list[Any] = []

    async def step(method: str, call: Any) -> None:
        try:
            result = await call
        except Exception as exc:
            seen.append([type(exc).__name__, str(exc)])
            did.append([method, "failure"])
        else:
            seen.append(result.model_dump(mode="json"))
            did.append([method, "failure" if getattr(result, "is_error", False) else "success"])

    await step("tools/list", client.list_tools(cache_mode="bypass"))
    await step("tools/call echo", client.call_tool("echo", {"text": "hi", "password": WORD}))
    await step("tools/call boom", client.call_tool("boom", {"password": WORD}))
    await step("tools/call", client.call_tool("nosuch", {"password": WORD}))
    await step("tools/call echo", client.call_tool("echo", {"text": 7}))
    await step("tools/call slow", client.call_tool("slow", {}, read_timeout_seconds=0.3))
    await step("tools/call tell", client.call_tool("tell", {}))
    if asks:
        await step("tools/call ask", client.call_tool("ask", {}))
    if asks or not legacy:
        await step("tools/call decide", client.call_tool("decide", {}))
    await step("resources/list", client.list_resources(cache_mode="bypass"))
    await step("resources/templates/list", client.list_resource_templates(cache_mode="bypass"))
    await step("resources/read", client.read_resource("weather://Berlin", cache_mode="bypass"))
    await step("resources/read", client.read_resource("nowhere://x", cache_mode="bypass"))
    await step("prompts/list", client.list_prompts(cache_mode="bypass"))
    await step("prompts/get greet", client.get_prompt("greet", {"name": "Ada"}))
    await step("prompts/get", client.get_prompt("nosuch", {}))
    reference = types.PromptReference(type="ref/prompt", name="greet")
    await step("completion/complete greet", client.complete(reference, {"name": "name", "value": "B"}))
    if legacy:
        await step("ping", client.send_ping())
        await step("logging/setLevel", client.set_logging_level("warning"))
        await step("resources/subscribe", client.subscribe_resource("weather://Berlin"))
    await step("_OTHER", client.session.send_request(types.Request(method="made/up", params=None), types.EmptyResult))
    with anyio.move_on_after(0.3) as scope:
        await client.call_tool("slow", {})
    seen.append(["cancelled", scope.cancelled_caught])
    return seen, did


@asynccontextmanager
async def target_of(kind: str) -> AsyncIterator[Any]:
    """What a client connects to, served over this transport."""
    if kind == "memory":
        yield make()
        return
    if kind == "stdio":
        yield stdio_client(StdioServerParameters(command=sys.argv[2], args=sys.argv[3:]))
        return
    stateless = kind == "stateless"
    app = make().sse_app() if kind == "sse" else make().streamable_http_app(stateless_http=stateless)
    listener = socket.create_server(("127.0.0.1", 0))
    host = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(host.serve, [listener])
        yield sse_client(f"{url}/sse") if kind == "sse" else f"{url}/mcp"
        host.should_exit = host.force_exit = True


async def main(kind: str, mode: str) -> None:
    """Do it all and print it."""
    with anyio.fail_after(60):
        async with target_of(kind) as target, Client(target, mode=mode, **CALLBACKS) as client:
            asks = mode == "legacy" and kind != "stateless"
            seen, did = await use(client, asks=asks, legacy=mode == "legacy")
            version = client.session.protocol_version
    shapes = [
        [name, str(inspect.signature(function)), inspect.iscoroutinefunction(function)]
        for name, function in [
            ("send_raw_request", JSONRPCDispatcher.send_raw_request),
            ("notify", JSONRPCDispatcher.notify),
            ("stdio_client", mcp.stdio_client),
        ]
    ]
    print(json.dumps({"seen": seen, "shapes": shapes, "did": did, "version": version}))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        make().run()
    else:
        anyio.run(main, *sys.argv[1].split(":"))
