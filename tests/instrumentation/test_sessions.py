"""The duration of sessions, where there are sessions."""

from __future__ import annotations

import socket

import anyio
import pytest
import uvicorn
from mcp import Client
from mcp.server import MCPServer

from otel_mcp import MCPInstrumentor

METRICS = ("mcp.client.session.duration", "mcp.server.session.duration")
PROTOCOL = "mcp.protocol.version"


def greeter():
    server = MCPServer("greeter", log_level="CRITICAL")

    @server.tool()
    def greet() -> str:
        return "hello"

    return server


async def talk(target, mode):
    async with Client(target, mode=mode) as client:
        await client.call_tool("greet", {})


@pytest.mark.anyio
async def test_a_session_that_a_handshake_opened_is_one_point_on_either_side(observed):
    observed.instrument()
    await talk(greeter(), "legacy")
    await talk(greeter(), "legacy")
    MCPInstrumentor().uninstrument()
    for name in METRICS:
        [point] = observed.points(name)
        assert point.count == 2
        assert point.sum >= point.max > 0
        assert dict(point.attributes) == {PROTOCOL: "2025-11-25"}
        assert point.explicit_bounds == (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300)


@pytest.mark.anyio
async def test_requests_of_an_era_without_sessions_make_none(observed):
    observed.instrument()
    await talk(greeter(), "auto")
    MCPInstrumentor().uninstrument()
    assert [observed.points(name) for name in METRICS] == [[], []]


class Announced(uvicorn.Server):
    """A server that says when it listens."""

    async def startup(self, sockets=None):
        await super().startup(sockets)
        self.listens.set()


async def served(app, what):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = Announced(uvicorn.Config(app, log_level="critical"))
        server.listens = anyio.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(server.serve, [listening])
            with anyio.fail_after(30):
                await server.listens.wait()
                await what(f"http://127.0.0.1:{listening.getsockname()[1]}/mcp")
            server.should_exit = True


@pytest.mark.parametrize(("stateless", "sides"), [(False, METRICS), (True, METRICS[:1])])
def test_over_http_a_server_without_state_has_no_sessions(observed, stateless, sides):
    observed.instrument()
    app = greeter().streamable_http_app(stateless_http=stateless)

    async def main():
        await served(app, lambda url: talk(url, "legacy"))

    anyio.run(main)
    MCPInstrumentor().uninstrument()
    assert [name for name in METRICS if observed.points(name)] == list(sides)
    for name in sides:
        [point] = observed.points(name)
        assert point.attributes["network.transport"] == "tcp"
        assert point.attributes["network.protocol.name"] == "http"
        assert ("server.address" in point.attributes) is name.startswith("mcp.client")
