"""Scenes that make everything this package emits: in one process, over stdio, over HTTP, before a guarded server.

Each gives what a backend got of it, and what is known to be true of it (`support.conventions.Scene`).
"""

from __future__ import annotations

import signal
import sys
import warnings
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import mcp
import pytest
from mcp import Client, MCPError
from mcp.server import MCPServer
from mcp.server.lowlevel import Server
from mcp.server.mcpserver import Context
from mcp.types import (
    CallToolResult,
    Completion,
    CreateMessageResult,
    ElicitResult,
    ListRootsResult,
    ListToolsResult,
    PromptReference,
    Root,
    SamplingMessage,
    TextContent,
    Tool,
    ToolAnnotations,
)
from opentelemetry.exporter.otlp.proto.common._log_encoder import encode_logs
from opentelemetry.exporter.otlp.proto.common.metrics_encoder import encode_metrics
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import BaseModel, SecretStr

from otel_mcp import MCPInstrumentor, audited, record_event
from otel_mcp.cli._otlp import Received
from otel_mcp.instrumentation import _notice
from support.authorizing import Authorizing
from support.conventions import Failed, Scene
from support.environments import Environment
from support.guarded import HELLO, Guarded
from support.programs.client import converse
from support.running import launched, running
from support.sink import Sink
from support.under_test import PROGRAMS, http_server, server_command, workplace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SCENES", "authorizing", "guarded", "http", "legacy", "memory", "stdio"]

WORD = "saffron-ladder"  # given as a password: each time it is removed counts as a redaction
INSTRUMENT = "opentelemetry-instrument"
OWN = Environment(Path(sys.prefix))
"""The environment that the tests run in."""


@contextmanager
def _collected(folder: Path, **settings: Any) -> Iterator[tuple[Received, TracerProvider]]:
    """Instrument this process; what is emitted is there, as OTLP, when the block has ended."""
    received, resource = Received(), Resource({"service.name": "scene"})
    spans, logs, reader = InMemorySpanExporter(), InMemoryLogRecordExporter(), InMemoryMetricReader()
    tracers, loggers = TracerProvider(resource=resource), LoggerProvider(resource=resource)
    meters = MeterProvider(metric_readers=[reader], resource=resource)
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    loggers.add_log_record_processor(SimpleLogRecordProcessor(logs))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name))
        patch.setattr(_notice, "_said", set())
        MCPInstrumentor().instrument(
            tracer_provider=tracers,
            meter_provider=meters,
            logger_provider=loggers,
            audit_dir=str(folder / "trail"),
            **settings,
        )
        try:
            yield received, tracers
        finally:
            recorder = MCPInstrumentor().recorder
            recorder.emitter.flush(10)
            MCPInstrumentor().uninstrument()
    received.add(encode_spans(spans.get_finished_spans()), b"")
    received.add(encode_logs(logs.get_finished_logs()), b"")
    received.add(encode_metrics(reader.get_metrics_data()), b"")
    for provider in (tracers, loggers, meters):
        provider.shutdown()


# -- within one process ----------------------------------------------------------------------------------------------


class _Answer(BaseModel):
    word: str


def _server(*, more: bool = False) -> MCPServer:
    server = MCPServer("shop", log_level="CRITICAL")

    @server.tool(description="Look again." if more else "Look.", annotations=ToolAnnotations(read_only_hint=True))
    def look(password: SecretStr, item: str) -> dict[str, str]:
        record_event("shop.item.seen", action="READ", target=item)
        with audited("shop.item.count", action="UPDATE", target=item):
            return {"item": item, "said": f"{item} for {password.get_secret_value()}"}

    @server.tool()
    def crash(password: SecretStr) -> str:
        raise RuntimeError(f"no way with {password.get_secret_value()}")

    @server.tool()
    async def wait() -> str:
        await anyio.sleep_forever()
        return "never"

    @server.tool()
    async def ask(ctx: Context) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            await ctx.report_progress(1, 2)
            await ctx.elicit("Which word?", _Answer)
            message = SamplingMessage(role="user", content=TextContent(type="text", text="which?"))
            await ctx.session.create_message([message], max_tokens=8)
            await ctx.session.list_roots()
        return "asked"

    @server.resource("notes://today")
    def notes() -> str:
        return "plain words"

    @server.prompt()
    def greet(name: str) -> str:
        return f"hello {name}"

    @server.completion()
    async def complete(ref: Any, argument: Any, context: Any) -> Completion:
        return Completion(values=["ada"])

    return server


def _refusing() -> Server[Any]:
    """A low-level server: an error of JSON-RPC, and an exception that nobody expects."""

    async def list_tools(ctx: Any, params: Any) -> ListToolsResult:
        return ListToolsResult(tools=[Tool(name=name, input_schema={"type": "object"}) for name in ("refuse", "break")])

    async def call_tool(ctx: Any, params: Any) -> CallToolResult:
        if params.name == "refuse":
            raise MCPError(-32050, "refused")
        raise RuntimeError("nobody expected this")

    return Server("refusing", on_list_tools=list_tools, on_call_tool=call_tool)


async def _use(client: Client) -> None:
    """What goes well, and the mistakes that a caller makes."""
    await client.list_tools()
    await client.list_prompts()
    await client.list_resources()
    await client.list_resource_templates()
    await client.call_tool("look", {"password": WORD, "item": "lamp"})
    await client.read_resource("notes://today")
    await client.get_prompt("greet", {"name": "ada"})
    await client.complete(PromptReference(type="ref/prompt", name="greet"), {"name": "name", "value": "a"})
    await client.call_tool("crash", {"password": WORD})
    await client.call_tool("made-up", {})
    with pytest.raises(MCPError):
        await client.read_resource("notes://never")
    with pytest.raises(MCPError):
        await client.call_tool("wait", {}, read_timeout_seconds=0.2)
    with anyio.move_on_after(0.2):
        await client.call_tool("wait", {})


async def _break(mode: str) -> None:
    async with Client(_refusing(), mode=mode) as client:
        await client.list_tools()
        for tool in ("refuse", "break"):
            with pytest.raises(MCPError):
                await client.call_tool(tool, {})


def _failures(out_of_time: str, *more: Failed) -> Counter[Failed]:
    """Those of `_use` and `_break`, and `more`; what a client is told of an exception differs by version."""
    both = [
        ("tools/call", "tool_error", None, ""),
        ("tools/call", "tool_error", None, ""),
        ("tools/call", "-32050", "-32050", "refused"),
    ]
    unknown = "Unknown resource: notes://never"
    return Counter(
        [
            *(Failed(side, *one) for side in ("client", "server") for one in both),
            Failed("client", "resources/read", "-32602", "-32602", unknown),
            Failed("server", "resources/read", None, "-32602", ""),
            Failed("client", "tools/call", "timeout", None, out_of_time),
            *[Failed("server", "tools/call", "cancelled")] * 2,
            Failed("client", "tools/call", "cancelled"),
            Failed("server", "tools/call", "RuntimeError", None, ""),
            *more,
        ]
    )


def memory(folder: Path) -> Scene:
    """MCP of 2026-07-28 within one process, content off; an agent's instrumentation around one call."""

    async def run(tracers: TracerProvider, inside: set[str]) -> None:
        async with Client(_server()) as client:
            await _use(client)
            with tracers.get_tracer("an.agent").start_as_current_span("execute_tool look") as span:
                inside.add(f"{span.get_span_context().span_id:016x}")
                await client.call_tool("look", {"password": WORD, "item": "lamp"})
        await _break("auto")
        async with Client(_server(more=True)) as client:
            await client.list_tools()

    inside: set[str] = set()
    with _collected(folder) as (received, tracers):
        anyio.run(run, tracers, inside)
    return Scene(
        received,
        failed=_failures(
            "Timed out after 0.2s waiting for 'tools/call'",
            Failed("client", "tools/call", "-32603", "-32603", "Internal server error"),
        ),
        unoffered=frozenset({"made-up"}),
        own_events=frozenset({"shop.item.seen", "shop.item.count"}),
        within_agent=frozenset(inside),
    )


def legacy(folder: Path) -> Scene:
    """MCP of 2025-11-25 within one process: content on, requests of the server, notifications, what has gone since."""

    async def elicited(context: Any, params: Any) -> ElicitResult:
        return ElicitResult(action="accept", content={"word": "yes"})

    async def sampled(context: Any, params: Any) -> CreateMessageResult:
        return CreateMessageResult(role="assistant", content=TextContent(type="text", text="this"), model="none")

    async def roots(context: Any) -> ListRootsResult:
        return ListRootsResult(roots=[Root(uri="file:///srv")])

    async def run() -> None:
        async with Client(
            _server(),
            mode="legacy",
            elicitation_callback=elicited,
            sampling_callback=sampled,
            list_roots_callback=roots,
        ) as client:
            await _use(client)
            await client.call_tool("ask", {})
            with pytest.raises(MCPError):
                await client.session._dispatcher.send_raw_request("made/up", {})
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                await client.send_ping()
                await client.send_roots_list_changed()
        await _break("legacy")

    with _collected(folder, capture="SPAN_AND_EVENT") as (received, _):
        anyio.run(run)
    return Scene(
        received,
        session=True,
        content=True,
        failed=_failures(
            "Request 'tools/call' timed out",
            Failed("client", "tools/call", "0", "0", "nobody expected this"),
            Failed("client", "made/up", "-32601", "-32601", "Method not found"),
            Failed("server", "made/up", None, "-32601"),
        ),
        unoffered=frozenset({"made-up"}),
        own_events=frozenset({"shop.item.seen", "shop.item.count"}),
        notified=frozenset({"notifications/initialized", "notifications/progress", "notifications/roots/list_changed"}),
    )


# -- programs of their own -------------------------------------------------------------------------------------------

CALLS = [
    ["list_tools"],
    ["call_tool", "note", {"text": "one"}],
    ["call_tool", "protest", {"colour": "blue"}],
    ["call_tool", "nothing", {}],
    ["call_tool", "ask", {"colour": "red"}],
    ["list_prompts"],
    ["get_prompt", "greet", {"password": "rowan-staircase", "mood": "good"}],
    ["read_resource", "vault://cellar"],
]
_FAILED = Counter(Failed(side, "tools/call", "tool_error") for side in ("client", "server") for _ in range(2))


def stdio(folder: Path, mode: str) -> Scene:
    """A client here, and the server that it starts, under `opentelemetry-instrument`."""
    with Sink() as sink:
        there = workplace(folder, "the-server", sink.environment())
        command = launched(OWN, INSTRUMENT, server_command(OWN, "mcpserver"))
        server = mcp.StdioServerParameters(command=command[0], args=command[1:], env=there)
        with _collected(folder / "here") as (received, _), (folder / "stderr").open("w") as errlog:
            # By its module: the name itself was taken over before there was anything to hook.
            anyio.run(converse, mcp.stdio_client(server, errlog=errlog), CALLS, mode)
    return _of_programs(_both(received, sink), "pipe", mode)


def http(folder: Path, mode: str) -> Scene:
    """The same over streamable HTTP."""
    with Sink() as sink:
        there = workplace(folder, "the-server", sink.environment())
        with http_server(OWN, "mcpserver", "asgi", there, INSTRUMENT) as (url, program):
            with _collected(folder / "here") as (received, _):
                anyio.run(converse, url, CALLS, mode)
            program.kill(signal.SIGTERM)
            program.finish()
    return _of_programs(_both(received, sink), "tcp", mode)


def _both(received: Received, sink: Sink) -> Received:
    for request in sink.received._requests:
        received.add(request, b"")
    return received


def _of_programs(received: Received, transport: str, mode: str) -> Scene:
    old = mode == "legacy"
    return Scene(
        received,
        transport=transport,
        session=old,
        session_id=old and transport == "tcp",
        failed=_FAILED,
        unoffered=frozenset({"nothing"}),
        notified=frozenset({"notifications/initialized"} if old else ()),
    )


def guarded(folder: Path) -> Scene:
    """A server that wants a token, and who comes with none, a wrong one, an old, a narrow, and the right one."""
    with Sink() as sink:
        environ = workplace(folder, "guarded", sink.environment())
        command = launched(OWN, INSTRUMENT, [OWN.python, str(PROGRAMS / "guarded.py")])
        with running(command, environ) as program:
            client = Guarded(program, folder / "trail-guarded")
            for name in (None, "", "oldrosalind", "narrowgrace"):
                client.post(name, "initialize", HELLO)
            client.open("rosalind")
            client.call("rosalind")
            client.end()
    return Scene(
        sink.received, transport="tcp", session=True, session_id=True, notified=frozenset({"notifications/initialized"})
    )


def authorizing(folder: Path) -> Scene:
    """An authorization server at which a client registers, logs in, renews its token and gives it back."""
    with Sink() as sink:
        environ = workplace(folder, "authorizing", sink.environment())
        command = launched(OWN, INSTRUMENT, [OWN.python, str(PROGRAMS / "authorizing.py")])
        with running(command, environ) as program:
            server = Authorizing(program, folder / "trail-authorizing")
            assert server.register() == 201
            _, tokens = server.log_in()
            _, tokens = server.token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
            assert server.revoke(tokens["access_token"]) == 200
            server.end()
    return Scene(sink.received, transport="tcp")


SCENES = {
    "memory": memory,
    "legacy": legacy,
    # Not `auto`: where the server takes its time to start, that falls back to the other era.
    "stdio": lambda folder: stdio(folder, "2026-07-28"),
    "stdio-legacy": lambda folder: stdio(folder, "legacy"),
    "http": lambda folder: http(folder, "auto"),
    "http-legacy": lambda folder: http(folder, "legacy"),
    "guarded": guarded,
    "authorizing": authorizing,
}
