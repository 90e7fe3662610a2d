"""A request that the SDK refuses before its dispatch is recorded like any other, without anything it was given."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import anyio
import mcp.server.streamable_http_manager
import pytest
import uvicorn
from instrumentation.servers import high_level
from instrumentation.test_content_and_redaction import everything
from mcp.server.lowlevel import Server
from mcp.server.sse import SseServerTransport
from mcp.server.streamable_http import EventStore
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.memory import create_client_server_memory_streams
from mcp.shared.message import SessionMessage
from mcp.types import CallToolResult, JSONRPCMessage, ListToolsResult, TextContent, Tool
from opentelemetry.trace import StatusCode
from pydantic import TypeAdapter

from otel_mcp import MCPInstrumentor
from otel_mcp.instrumentation import _refusals

pytestmark = pytest.mark.anyio

MODERN, LEGACY = "2026-07-28", "2025-11-25"
SECONDS = 20
# The codes that the conventions excuse a server for, and no others.
CALLERS_MISTAKES = {-32700, -32600, -32601, -32602, -32002}
WORD, LONG = "orchard lantern", "gentian quarter " * 10
GIVEN = {"user": WORD, "password": "marigold", "note": LONG}
KEPT_NOWHERE = [WORD, "marigold", "gentian quarter"]
ENVELOPE = {"io.modelcontextprotocol/protocolVersion": MODERN, "io.modelcontextprotocol/clientCapabilities": {}}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture(autouse=True)
def one_session_id(monkeypatch):
    """The SDK puts a random session id into some refusals: here it is the same one each time."""
    monkeypatch.setattr(mcp.server.streamable_http_manager, "uuid4", lambda: UUID(int=7))


# -- servers ---------------------------------------------------------------------------------------------------------


def region_server():
    """A low-level server whose tool wants an argument repeated in a header."""
    schema = {"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": "Region"}}}

    async def list_tools(ctx, params):
        return ListToolsResult(tools=[Tool(name="place", input_schema=schema)])

    async def call_tool(ctx, params):
        return CallToolResult(content=[TextContent(type="text", text="placed")])

    return Server("region", on_list_tools=list_tools, on_call_tool=call_tool)


def http(**settings):
    return high_level().streamable_http_app(**settings)


def guarded():
    return http(transport_security=TransportSecuritySettings(allowed_hosts=["mcp.example"]))


def full():
    server = high_level()
    app = server.streamable_http_app()
    server.session_manager.max_sessions = 0
    return app


class BrokenStore(EventStore):
    async def store_event(self, stream_id, message):
        raise OSError("the store is full")

    async def replay_events_after(self, last_event_id, send_callback):
        return None


@asynccontextmanager
async def served(app):
    """The application on a port of loopback, under uvicorn. Connections queue from the start: nothing to wait for."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    config = uvicorn.Config(app, ws="none", date_header=False, log_config=None, timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await asyncio.wait_for(task, SECONDS)
        listening.close()


async def post(port, body, headers=(), path="/mcp", method="POST"):
    """Every byte that the server answers."""
    defaults = {
        "Host": f"127.0.0.1:{port}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    pairs = [(name, value) for name, value in headers if value is not None]
    given = {name.lower() for name, _ in headers}
    pairs += [(name, value) for name, value in defaults.items() if name.lower() not in given]
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    pairs += [("Content-Length", str(len(content))), ("Connection", "close")]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in pairs) + "\r\n"
    writer.write(head.encode() + content)
    answer = await asyncio.wait_for(reader.read(), SECONDS)
    writer.close()
    await writer.wait_closed()
    return answer


def body_of(answer):
    return answer.partition(b"\r\n\r\n")[2]


def status_of(answer):
    return int(answer.split(b" ", 2)[1])


# -- kinds of refusal ------------------------------------------------------------------------------------------------


def call(tool="login", meta=None, request_id: Any = 5, **arguments):
    params = {"name": tool, "arguments": arguments or GIVEN, **({"_meta": meta} if meta else {})}
    return {"jsonrpc": "2.0", "id": request_id, "method": "tools/call", "params": params}


def modern(version=MODERN, method="tools/call", name="login", *more):
    return [("Mcp-Protocol-Version", version), ("Mcp-Method", method), ("Mcp-Name", name), *more]


@dataclass(frozen=True)
class Refusal:
    """A refused POST and what is to be recorded of it; `code` is that of the JSON-RPC error, if there was one."""

    kind: str
    body: Any
    status: int
    code: int | None
    name: str = "tools/call login"
    headers: list[tuple[str, str | None]] = field(default_factory=list)
    app: Any = http
    path: str = "/mcp"
    request_id: str | None = "5"
    marks: Any = ()

    @property
    def faulty(self):
        return self.status >= 500 if self.code is None else self.code not in CALLERS_MISTAKES

    @property
    def method(self):
        return self.name.partition(" ")[0]


STATELESS = {"stateless_http": True}

limits_sse = pytest.mark.skipif(
    "max_request_body_size" not in inspect.signature(SseServerTransport).parameters,
    reason="mcp 2.0 looks for the session before it reads the message",
)
limits_sessions = pytest.mark.skipif(
    "max_sessions" not in inspect.signature(StreamableHTTPSessionManager).parameters, reason="mcp 2.3 does"
)
PROMPT = {"jsonrpc": "2.0", "id": 5, "method": "prompts/get", "params": {"name": "greet", "arguments": {"name": WORD}}}
READ = {"jsonrpc": "2.0", "id": 5, "method": "resources/read", "params": {"uri": "notes://today"}}
NOT_JSON = b'{"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": {"arguments": {"user": "orchard lantern"'
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}},
}
OLD = {**ENVELOPE, "io.modelcontextprotocol/protocolVersion": "2099-01-01"}

REFUSALS = [
    Refusal("legacy, unknown session", call(), 404, -32600, headers=[("Mcp-Session-Id", "gone")]),
    Refusal("legacy, no session", call(), 400, -32600),
    Refusal("legacy, no session, prompt", PROMPT, 400, -32600, "prompts/get greet"),
    Refusal("legacy, no session, resource", READ, 400, -32600, "resources/read"),
    Refusal("legacy, no session, unknown tool", call("nosuch"), 400, -32600, "tools/call"),
    Refusal("legacy, no session, unknown method", {**call(), "method": "x/y"}, 400, -32600, "_OTHER"),
    Refusal("legacy, not acceptable", call(), 406, -32600, headers=[("Accept", "text/plain")]),
    Refusal("legacy, not JSON", NOT_JSON, 400, -32700, "_OTHER", request_id=None),
    Refusal("legacy, malformed id", call(request_id={"a": LONG}), 400, -32600, request_id=None),
    Refusal("legacy, malformed params", {**call(), "params": [LONG, WORD]}, 400, -32602, "tools/call"),
    Refusal("legacy, no method", {"jsonrpc": "2.0", "id": 5, "params": GIVEN}, 400, -32602, "_OTHER"),
    Refusal("legacy, batch", [call(), call()], 400, -32602, "_OTHER", request_id=None),
    Refusal("legacy, too many sessions", call(), 503, -32603, app=full, marks=limits_sessions),
    Refusal(
        "legacy, broken event store",
        {**INITIALIZE, "id": 5},
        500,
        -32603,
        "initialize",
        app=lambda: http(event_store=BrokenStore()),
    ),
    Refusal("stateless, not JSON", NOT_JSON, 400, -32700, "_OTHER", app=lambda: http(**STATELESS), request_id=None),
    Refusal("modern, no envelope", call(), 400, -32602, headers=modern()),
    Refusal("modern, unknown version", call(meta=OLD), 400, -32022, headers=modern("2099-01-01")),
    Refusal("modern, another version", call(meta=OLD), 400, -32020, headers=modern()),
    Refusal("modern, another method", call(meta=ENVELOPE), 400, -32020, headers=modern(MODERN, "tools/list")),
    Refusal("modern, another name", call(meta=ENVELOPE), 400, -32020, headers=modern(MODERN, "tools/call", "add")),
    Refusal("modern, header twice", call(meta=ENVELOPE), 400, -32020, headers=[*modern(), ("Mcp-Name", "login")]),
    Refusal(
        "modern, another parameter",
        call("place", meta=ENVELOPE, region=WORD),
        400,
        -32020,
        "tools/call place",
        headers=modern(MODERN, "tools/call", "place", ("Mcp-Param-Region", "elsewhere")),
        app=lambda: region_server().streamable_http_app(),
    ),
    Refusal("modern, not JSON", NOT_JSON, 400, -32700, "_OTHER", headers=modern(), request_id=None),
    Refusal("modern, malformed id", call(request_id=[1]), 400, -32600, headers=modern(), request_id=None),
    Refusal("modern, batch", [call()], 400, -32600, "_OTHER", headers=modern(), request_id=None),
    Refusal("modern, not acceptable", call(), 406, None, headers=[*modern(), ("Accept", "text/plain")]),
    Refusal("another host", call(), 421, None, app=guarded, headers=[("Host", "evil.example")]),
    Refusal("another host, modern", call(), 421, None, app=guarded, headers=[*modern(), ("Host", "evil.example")]),
    Refusal(
        "another origin",
        call(),
        403,
        None,
        app=guarded,
        headers=[("Host", "mcp.example"), ("Origin", "https://evil.example")],
    ),
    Refusal("another content type", call(), 400, None, headers=[("Content-Type", "text/plain")]),
    Refusal(
        "SSE, no session",
        call(),
        400,
        None,
        "tools/call",
        app=lambda: high_level().sse_app(),
        path="/messages/",
        marks=limits_sse,
    ),
    Refusal(
        "SSE, unknown session",
        call(),
        404,
        None,
        "tools/call",
        app=lambda: high_level().sse_app(),
        path=f"/messages/?session_id={UUID(int=9).hex}",
        marks=limits_sse,
    ),
]


async def answers_to(case, instrument):
    """What a client reads before and after `instrument()`, of one server."""
    async with served(case.app()) as port:
        plain = await post(port, case.body, case.headers, case.path)
        instrument()
        return plain, await post(port, case.body, case.headers, case.path)


def stored(observed):
    """The entries of requests; a trail also says when its writer began."""
    return [entry for entry in observed.entries() if "side" in entry.head]


def emitted(observed):
    """The log records of requests; others say when the server began and ended."""
    return [record for record in observed.records() if not record.event_name.startswith("mcp.server.")]


def check_signals(observed, *, name, code, faulty, status=None, request_id: str | None = "5"):
    """One of everything, and the same story in each."""
    method = name.partition(" ")[0]
    error = str(status if code is None else code)
    [span], [record], [point] = observed.spans(), emitted(observed), observed.points("mcp.server.operation.duration")
    [entry] = stored(observed)
    assert span.kind.name == "SERVER"
    assert span.name == name
    assert span.status.status_code is (StatusCode.ERROR if faulty else StatusCode.UNSET)
    assert point.count == 1
    assert point.attributes["mcp.method.name"] == method
    for attributes in (span.attributes, record.attributes, point.attributes):
        assert attributes.get("error.type") == (error if faulty else None)
        assert attributes.get("rpc.response.status_code") == (None if code is None else error)
    assert span.attributes.get("jsonrpc.request.id") == record.attributes.get("jsonrpc.request.id") == request_id
    assert record.attributes["audit.outcome"] == entry.head["outcome"] == "failure"
    assert (entry.head["phase"], entry.head["method"], entry.head["err"]) == ("outcome", method, error)
    assert record.body == entry.head_text
    assert span.attributes["otel_mcp.audit.leaf"] == record.attributes["otel_mcp.audit.leaf"]
    assert entry.head["span"] == f"{span.context.span_id:016x}"
    assert "ref" not in entry.head
    return span, entry


@pytest.mark.parametrize("case", [pytest.param(case, id=case.kind, marks=case.marks) for case in REFUSALS])
async def test_a_post_that_is_refused_leaves_one_of_each_and_the_client_reads_the_same_bytes(observed, case):
    plain, answer = await answers_to(case, lambda: observed.instrument(capture="SPAN_AND_EVENT"))
    assert answer == plain
    assert status_of(plain) == case.status
    assert (json.loads(body_of(plain))["error"]["code"] if case.code is not None else None) == case.code
    span, _ = check_signals(
        observed,
        name=case.name,
        code=case.code,
        faulty=case.faulty,
        status=case.status,
        request_id=case.request_id,
    )
    assert span.attributes["network.protocol.name"] == "http"
    assert span.attributes["client.address"] == "127.0.0.1"
    left = everything(observed)
    assert not [word for word in KEPT_NOWHERE if word in left]


NOTHING = [
    Refusal("notification", {"jsonrpc": "2.0", "method": "x", "params": GIVEN}, 400, -32600),
    Refusal("notification of another version", {"jsonrpc": "2.0", "method": "x"}, 400, -32022, headers=modern("2099")),
    Refusal("response", {"jsonrpc": "2.0", "id": 5, "result": GIVEN}, 400, -32600),
    Refusal("error response", {"jsonrpc": "2.0", "id": 5, "error": {"code": 1, "message": WORD}}, 400, -32600),
    Refusal("batch of notifications", [{"jsonrpc": "2.0", "method": "x"}], 400, -32602),
    Refusal("another JSON value", f'"{WORD}"'.encode(), 400, -32602),
    Refusal("no body", b"", 400, -32700),
]


@pytest.mark.parametrize("case", NOTHING, ids=lambda case: case.kind)
async def test_what_awaits_no_answer_leaves_nothing_when_it_is_refused(observed, case):
    plain, answer = await answers_to(case, observed.instrument)
    assert answer == plain
    assert status_of(plain) == case.status
    assert not [*observed.spans(), *emitted(observed), *stored(observed)]


async def test_a_body_that_the_sdk_does_not_read_to_its_end_is_not_read_for_us_and_leaves_nothing(observed):
    observed.instrument()
    async with served(http(max_request_body_size=64)) as port:
        assert status_of(await post(port, call())) == 413
    assert not [*observed.spans(), *stored(observed)]


async def test_a_get_or_a_delete_that_is_refused_is_no_operation(observed):
    observed.instrument()
    async with served(http()) as port:
        for method in ("GET", "DELETE"):
            assert status_of(await post(port, b"", [("Mcp-Session-Id", "gone")], method=method)) == 404
    assert not [*observed.spans(), *stored(observed)]


@limits_sse
async def test_an_sse_message_that_cannot_be_parsed_is_recorded_and_its_session_goes_on(observed):
    observed.instrument()
    async with served(high_level().sse_app()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /sse HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await asyncio.wait_for(reader.readuntil(b"session_id="), SECONDS)
        path = f"/messages/?session_id={(await asyncio.wait_for(reader.readexactly(32), SECONDS)).decode()}"
        assert b"event: endpoint" in head
        assert status_of(await post(port, NOT_JSON, path=path)) == 400
        check_signals(observed, name="_OTHER", code=None, faulty=False, status=400, request_id=None)
        assert status_of(await post(port, INITIALIZE, path=path)) == 202
        await asyncio.wait_for(reader.readuntil(b"serverInfo"), SECONDS)
        writer.close()
    assert [span.name for span in observed.spans()] == ["_OTHER", "initialize"]


# -- no request twice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("json_response", [True, False])
@pytest.mark.parametrize(
    ("body", "headers", "status", "name"),
    [
        (call("add", meta=ENVELOPE, a=1, b=2), modern(MODERN, "tools/call", "add"), 200, "tools/call add"),
        (call("nosuch", meta=ENVELOPE), modern(MODERN, "tools/call", "nosuch"), None, "tools/call"),
        ({**call(meta=ENVELOPE), "method": "x/y"}, modern(MODERN, "x/y"), 404, "_OTHER"),
        (call("add", a=1, b=2), [], 200, "tools/call add"),
        ({**call(), "method": "x/y"}, [], 200, "_OTHER"),
    ],
)
async def test_a_request_that_reaches_the_dispatch_is_recorded_once_however_it_ends(
    observed, json_response, body, headers, status, name
):
    observed.instrument()
    async with served(http(json_response=json_response, stateless_http=True)) as port:
        answer = await post(port, body, headers)
    assert status is None or status_of(answer) == status
    assert [span.name for span in observed.spans()] == [name]
    records = [record for record in observed.records() if "mcp.method.name" in record.attributes]
    assert len(records) == len(observed.operations()) == 1
    assert [point.count for point in observed.points("mcp.server.operation.duration")] == [1]


async def test_a_session_records_each_request_once_and_a_refusal_among_them_too(observed):
    observed.instrument()
    async with served(http(json_response=True)) as port:
        await post(port, INITIALIZE)
        session = [("Mcp-Session-Id", UUID(int=7).hex)]
        await post(port, {"jsonrpc": "2.0", "method": "notifications/initialized"}, session)
        assert status_of(await post(port, call("add", a=1, b=2), session)) == 200
        assert status_of(await post(port, call(), [*session, ("Accept", "text/plain")])) == 406
        assert status_of(await post(port, {**call(), "method": "tools/list"}, session)) == 200
        assert status_of(await post(port, b"", session, method="DELETE")) == 200
        assert status_of(await post(port, call(), session)) == 404
    names = [
        "initialize",
        "notifications/initialized",
        "tools/call add",
        "tools/call login",
        "tools/list",
        "tools/call login",
    ]
    assert [span.name for span in observed.spans()] == names
    assert len(observed.operations()) == 6
    assert {span.attributes.get("mcp.session.id") for span in observed.spans()[1:]} == {UUID(int=7).hex}


async def test_the_peers_trace_goes_on_in_a_refused_request(observed):
    observed.instrument()
    meta = {**ENVELOPE, "traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    async with served(http()) as port:
        assert status_of(await post(port, call(meta=meta), modern(MODERN, "tools/list"))) == 400
    [span] = observed.spans()
    assert f"{span.context.trace_id:032x}" == "ab" * 16
    assert f"{span.parent.span_id:016x}" == "cd" * 8
    assert span.attributes["mcp.protocol.version"] == MODERN


async def test_a_version_that_a_peer_makes_up_is_no_label(observed):
    observed.instrument()
    async with served(http()) as port:
        await post(port, call(meta=OLD), modern("2099-01-01"))
    assert "2099-01-01" not in everything(observed)


async def test_of_a_validation_error_only_the_line_without_values_is_kept(observed):
    observed.instrument()
    async with served(http()) as port:
        answer = await post(port, {**call(), "params": [LONG, WORD]})
    assert LONG[:16] in json.loads(body_of(answer))["error"]["message"]
    [entry] = stored(observed)
    assert entry.body["error"].startswith("Validation error: ")
    assert "\n" not in entry.body["error"]


async def test_the_tool_of_a_server_that_nobody_asked_for_a_listing_is_not_registered(observed):
    observed.instrument()
    async with served(region_server().streamable_http_app()) as port:
        assert status_of(await post(port, call("place"))) == 400
    _, entry = check_signals(observed, name="tools/call", code=-32600, faulty=False)
    assert entry.body["tool"] == "place"
    assert entry.body["arguments_digest"].startswith("hmac-sha256:")
    assert "arguments" not in entry.body


# -- streams ---------------------------------------------------------------------------------------------------------

MESSAGE = TypeAdapter(JSONRPCMessage)
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
STREAMS = [
    ("modern, no envelope", {**LIST, "params": {"_meta": ENVELOPE}}, call(), -32602, "tools/call login"),
    ("modern, unknown version", {**LIST, "params": {"_meta": ENVELOPE}}, call(meta=OLD), -32022, "tools/call login"),
    (
        "modern, initialize",
        {**LIST, "params": {"_meta": ENVELOPE}},
        {**INITIALIZE, "id": 5, "params": {**GIVEN, "protocolVersion": LEGACY}},
        -32022,
        "initialize",
    ),
    ("legacy, envelope", INITIALIZE, call(meta=ENVELOPE), -32600, "tools/call login"),
]


async def over_streams(*messages):
    """The answers, as JSON text, to one message after the other on one in-memory stream."""
    server = high_level()._lowlevel_server
    answers = []
    with anyio.fail_after(SECONDS):
        async with (
            create_client_server_memory_streams() as ((read, write), (server_read, server_write)),
            anyio.create_task_group() as tasks,
        ):
            tasks.start_soon(server.run, server_read, server_write, server.create_initialization_options())
            for message in messages:
                await write.send(SessionMessage(MESSAGE.validate_python(message)))
                answers.append((await read.receive()).message.model_dump_json())
            tasks.cancel_scope.cancel()
    return answers


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
@pytest.mark.parametrize(("kind", "first", "refused", "code", "name"), STREAMS, ids=[row[0] for row in STREAMS])
async def test_a_message_of_the_other_era_on_a_stream_leaves_one_of_each(
    observed, kind, first, refused, code, name, anyio_backend
):
    plain = await over_streams(first, refused)
    assert json.loads(plain[1])["error"]["code"] == code
    observed.instrument(capture="SPAN_AND_EVENT")
    assert await over_streams(first, refused) == plain
    opening, span = observed.spans()
    assert opening.name == first["method"]
    assert (span.name, span.attributes["rpc.response.status_code"]) == (name, str(code))
    assert span.status.status_code is (StatusCode.UNSET if code in CALLERS_MISTAKES else StatusCode.ERROR)
    assert len(observed.records()) == 2
    assert sum(point.count for point in observed.points("mcp.server.operation.duration")) == 2
    [_, row] = observed.operations()
    assert (row.intent, row.outcome, row.error) == (None, "failure", str(code))
    left = everything(observed)
    assert not [word for word in KEPT_NOWHERE if word in left]


# -- never break the application -------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", ["_request_in", "_outcome", "_version", "place_in"])
async def test_whatever_fails_in_us_the_client_reads_the_same_bytes(observed, monkeypatch, capsys, broken):
    def fail(*_, **__):
        raise RuntimeError(WORD)

    def instrument():
        observed.instrument()
        monkeypatch.setattr(_refusals, broken, fail)

    plain, answer = await answers_to(REFUSALS[0], instrument)
    assert answer == plain
    said = [line for line in capsys.readouterr().err.splitlines() if "internal error" in line]
    assert len(said) == 1
    assert WORD not in said[0]


async def test_whatever_fails_in_us_a_streams_client_reads_the_same_answers(observed, monkeypatch, capsys):
    plain = await over_streams(INITIALIZE, call(meta=ENVELOPE))

    def fail(*_, **__):
        raise RuntimeError(WORD)

    observed.instrument()
    monkeypatch.setattr(_refusals, "exception_outcome", fail)
    assert await over_streams(INITIALIZE, call(meta=ENVELOPE)) == plain
    assert "internal error in refusal (RuntimeError)" in capsys.readouterr().err


async def test_an_open_connection_is_left_alone_once_nothing_is_instrumented(observed):
    observed.instrument()
    app = http()
    async with served(app) as port:
        MCPInstrumentor().uninstrument()
        assert status_of(await post(port, call())) == 400
    assert not observed.spans()


async def test_a_server_that_was_there_before_is_watched_and_uninstrument_restores_the_targets(observed):
    places = [
        ("mcp.server.streamable_http_manager", "RequestBodyLimitMiddleware.__call__"),
        ("mcp.server.runner", "_serve_modern_stream"),
        ("mcp.server.runner", "_serve_legacy_stream"),
        ("mcp.shared.jsonrpc_dispatcher", "JSONRPCDispatcher.run"),
    ]

    def found(module, path):
        at = importlib.import_module(module)
        for name in path.split("."):
            at = inspect.getattr_static(at, name)
        return at

    before = [(found(*place), found(*place).__code__) for place in places]
    app = http()
    observed.instrument()
    async with served(app) as port:
        await post(port, call())
    assert len(observed.spans()) == 1
    MCPInstrumentor().uninstrument()
    assert [(found(*place), found(*place).__code__) for place in places] == before
