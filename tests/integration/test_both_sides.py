"""A client and a server that are both instrumented: one trace, one CLIENT and one SERVER span for each request."""

from __future__ import annotations

import signal
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from support.signals import LEAF, is_notification, outcomes
from support.sink import Sink
from support.under_test import client_program, http_server, launched, server_command, workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.environments import Environment
    from support.sink import Span

INSTRUMENT = "opentelemetry-instrument"
WAYS = (
    ("mcpserver", "stdio", "auto"),
    ("mcpserver", "stdio", "legacy"),
    ("lowlevel", "stdio", "auto"),
    ("mcpserver", "http", "auto"),
    ("mcpserver", "asgi", "auto"),
    ("mcpserver", "asgi", "legacy"),
    ("lowlevel", "asgi", "auto"),
    ("lowlevel", "asgi", "2026-07-28"),
    ("lowlevel", "asgi", "legacy"),
)
OPENING = {"auto": ["server/discover"], "legacy": ["initialize"], "2026-07-28": []}
CALLS = [
    ["list_tools"],
    ["call_tool", "note", {"text": "one"}],
    ["call_tool", "note", {"text": "two"}],
    ["call_tool", "nothing", {"colour": "blue"}],
    ["list_prompts"],
    ["get_prompt", "greet", {"password": "rowan-staircase", "mood": "good"}],
    ["read_resource", "vault://cellar"],
]
NAMES = [
    "tools/list",
    "tools/call note",
    "tools/call note",
    "tools/call",
    "prompts/list",
    "prompts/get greet",
    "resources/read",
]
SIDES = ("client", "server")
METHODS = Counter(name.partition(" ")[0] for name in NAMES)


@dataclass(frozen=True)
class Meeting:
    """A conversation of two instrumented programs."""

    flavour: str
    how: str
    mode: str
    answers: list[Any]
    sink: Sink
    folder: Path
    server_stderr: str

    @property
    def client(self) -> list[Span]:
        return [span for span in self.sink.spans("the-client") if not is_notification(span)]

    @property
    def server(self) -> list[Span]:
        spans = self.sink.spans("the-server")
        return [span for span in spans if span.scope != "ambient-http" and not is_notification(span)]

    @property
    def told(self) -> list[str]:
        """Notifications that either side must have recorded."""
        return ["notifications/initialized"] if self.mode == "legacy" else []

    @property
    def names(self) -> list[str]:
        return [*OPENING[self.mode], *NAMES]


@pytest.fixture(scope="module", params=WAYS, ids="-".join)
def meeting(request: pytest.FixtureRequest, servers: Environment, tmp_path_factory: Any) -> Iterator[Meeting]:
    flavour, how, mode = request.param
    folder = tmp_path_factory.mktemp("meeting")
    with Sink() as sink:
        here = workplace(folder, "the-client", sink.environment())
        there = workplace(folder, "the-server", sink.environment())
        if how == "stdio":
            command = launched(servers, INSTRUMENT, server_command(servers, flavour))
            answers, ended = client_program(
                servers, here, INSTRUMENT, command=command, env=there, mode=mode, calls=CALLS
            )
            stderr = ended.stderr
        else:
            with http_server(servers, flavour, how, there, INSTRUMENT) as (url, program):
                answers, _ = client_program(servers, here, INSTRUMENT, url=url, mode=mode, calls=CALLS)
                program.kill(signal.SIGTERM)
                stderr = program.finish().stderr
        yield Meeting(flavour, how, mode, answers, sink, folder, stderr)


def test_each_side_has_one_span_for_each_request_and_the_sdk_none(meeting: Meeting) -> None:
    assert [span.name for span in meeting.client] == meeting.names
    assert [span.name for span in meeting.server] == meeting.names
    assert {(span.scope, span.kind) for span in meeting.client} == {("otel_mcp", "CLIENT")}
    assert {(span.scope, span.kind) for span in meeting.server} == {("otel_mcp", "SERVER")}
    assert "mcp-python-sdk" not in {span.scope for span in meeting.sink.spans()}
    assert b"mcp-python-sdk" not in meeting.sink.raw


def test_the_server_span_is_the_child_of_the_client_span_of_its_request(meeting: Meeting) -> None:
    callers = {span.span: span for span in meeting.client}
    assert len(callers) == len(meeting.names)
    for span in meeting.server:
        caller = callers.pop(span.parent)
        assert (span.trace, span.name) == (caller.trace, caller.name)
        assert span.attributes["jsonrpc.request.id"] == caller.attributes["jsonrpc.request.id"]
    assert callers == {}


def test_a_notification_is_one_span_on_either_side_in_one_trace(meeting: Meeting) -> None:
    sent, received = ([s for s in meeting.sink.spans(f"the-{side}") if is_notification(s)] for side in SIDES)
    assert [span.name for span in sent] == [span.name for span in received] == meeting.told
    assert [(span.trace, span.span) for span in sent] == [(span.trace, span.parent) for span in received]


def test_an_ambient_http_span_is_linked_and_is_not_the_parent(meeting: Meeting) -> None:
    ambient = {span.span for span in meeting.sink.spans("the-server") if span.scope == "ambient-http"}
    assert bool(ambient) == (meeting.how == "asgi")
    for span in meeting.server:
        assert len(span.links) == (1 if ambient else 0), span.name
        assert set(span.links) <= ambient
        assert span.parent not in ambient


def test_both_sides_name_the_transport(meeting: Meeting) -> None:
    for span in (*meeting.client, *meeting.server):
        if meeting.how == "stdio":
            assert span.attributes["network.transport"] == "pipe"
            assert "network.protocol.name" not in span.attributes
        else:
            assert (span.attributes["network.transport"], span.attributes["network.protocol.name"]) == ("tcp", "http")
    if meeting.how != "stdio":
        assert {span.attributes["server.address"] for span in meeting.client} == {"127.0.0.1"}
        assert {span.attributes["client.address"] for span in meeting.server} == {"127.0.0.1"}
        assert {span.attributes["network.protocol.version"] for span in meeting.server} == {"1.1"}
    sessions = {span.attributes.get("mcp.session.id") for span in meeting.server if span.name != "initialize"}
    assert len(sessions) == 1
    assert (None in sessions) == (meeting.how == "stdio" or meeting.mode != "legacy")


@pytest.mark.parametrize("side", SIDES)
def test_each_side_has_one_entry_one_record_and_one_point_for_each_request(meeting: Meeting, side: str) -> None:
    service, spans = f"the-{side}", getattr(meeting, side)
    stored = outcomes(meeting.folder / f"trail-{service}")
    assert [entry.head["span"] for entry in stored] == [span.span for span in spans]
    assert {entry.head["side"] for entry in stored} == {side}
    records = [r for r in meeting.sink.records(service) if "jsonrpc.request.id" in r.attributes]
    assert [record.body for record in records] == [entry.head_text for entry in stored]
    assert [record.attributes[LEAF] for record in records] == [span.attributes[LEAF] for span in spans]
    points = meeting.sink.points(service, f"mcp.{side}.operation.duration")
    counted: Counter[str] = Counter()
    for attributes, count in points.items():
        counted[dict(attributes)["mcp.method.name"]] += count
    assert counted == METHODS + Counter(OPENING[meeting.mode]) + Counter(meeting.told)


def test_a_name_that_the_peer_invented_is_no_label(meeting: Meeting) -> None:
    for service, side in (("the-client", "client"), ("the-server", "server")):
        points = meeting.sink.points(service, f"mcp.{side}.operation.duration")
        tools = {dict(attributes).get("gen_ai.tool.name") for attributes in points}
        assert tools == {None, "note", "_OTHER"}


def test_a_listing_that_the_transport_makes_for_itself_is_not_counted(meeting: Meeting) -> None:
    assert [span.name for span in meeting.server].count("tools/list") == 1
    assert len([e for e in outcomes(meeting.folder / "trail-the-server") if e.head["method"] == "tools/list"]) == 1
    if meeting.flavour == "lowlevel":
        modern_http = meeting.how == "asgi" and meeting.mode != "legacy"
        listed = meeting.server_stderr.count("the tools are listed")
        assert (listed > 1) == modern_http, "the SDK no longer does what this test is about"
