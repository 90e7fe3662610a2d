"""How the servers under test are served: stdio, the SDK's own HTTP, or its ASGI application under a middleware."""

from __future__ import annotations

import sys
from typing import Any

import anyio
import uvicorn
from mcp.server.stdio import stdio_server
from opentelemetry import trace


class Ambient:
    """What an ASGI instrumentation does: a current SERVER span around every HTTP request."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        tracer = trace.get_tracer("ambient-http")
        with tracer.start_as_current_span(f"{scope['method']} {scope['path']}", kind=trace.SpanKind.SERVER):
            await self._app(scope, receive, send)


def serve(server: Any) -> None:
    """Serve as the first argument says: `stdio`, `http PORT` (an `MCPServer` only), or `asgi PORT`."""
    match sys.argv[1:]:
        case ["http", port]:
            server.run("streamable-http", port=int(port))
        case ["asgi", port]:
            uvicorn.run(Ambient(server.streamable_http_app()), port=int(port), log_level="info")
        case _:
            anyio.run(_stdio, server)


async def _stdio(server: Any) -> None:
    if hasattr(server, "run_stdio_async"):
        await server.run_stdio_async()
        return
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
