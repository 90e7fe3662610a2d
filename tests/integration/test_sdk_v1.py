"""mcp 1.x from its oldest to its newest version that is recorded: every transport, both sides, and nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.comparing import Compared, compare, named
from support.environments import sdk
from support.running import ours, trail_bytes
from support.signals import LEAF
from support.sink import Sink

from otel_mcp.audit import verify
from otel_mcp.audit.query import entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.environments import Environment


VERSIONS = ("1.24.0", "1.30.0")
WAYS = ("memory", "stdio", "http", "stateless", "sse")
WORD = "xylograph-7731"

OPENING = [
    ("initialize", "success", None),
    ("notifications/initialized", "success", None),
    ("ping", "success", None),
    ("tools/list", "success", None),
]
CALLS = [
    ("tools/call echo", "success", None),
    ("tools/call boom", "failure", "tool_error"),
    ("tools/call", "failure", "tool_error"),
    ("tools/call echo", "failure", "tool_error"),
]
ASKED = [
    ("sampling/createMessage", "success", None),
    ("roots/list", "success", None),
    ("elicitation/create", "success", None),
    ("ping", "success", None),
]
REST = [
    ("resources/list", "success", None),
    ("resources/templates/list", "success", None),
    ("resources/read", "success", None),
    ("resources/read", "failure", "0"),
    ("resources/subscribe", "success", None),
    ("prompts/list", "success", None),
    ("prompts/get greet", "success", None),
    ("prompts/get", "failure", "0"),
    ("completion/complete greet", "success", None),
    ("logging/setLevel", "success", None),
    ("_OTHER", "failure", "-32602"),
]
SLOW = {"client": [("timeout", "failure"), ("cancelled", "unknown")], "server": [("cancelled", "unknown")] * 2}


@pytest.fixture(scope="module", params=VERSIONS)
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(f"mcp=={request.param}")


@pytest.fixture(scope="module", params=WAYS)
def run(request: pytest.FixtureRequest, installed: Environment, tmp_path_factory: Any) -> Iterator[Compared]:
    with Sink() as sink:
        yield compare(installed, "everything_v1.py", request.param, tmp_path_factory.mktemp("sdk"), sink)


def test_the_application_sees_what_it_sees_without_us(run: Compared) -> None:
    assert run.recorded == run.plain
    assert WORD in str(run.recorded)


def test_every_operation_has_its_entry_on_both_sides(run: Compared) -> None:
    asks = run.way != "stateless"
    expected = [*OPENING, *CALLS, *([*ASKED, ("tools/call ask", "success", None)] if asks else []), *REST]
    expected.sort(key=str)
    for side in ("client", "server"):
        rows = [row for row in run.rows(side) if row.target != "slow"]
        assert sorted(((named(row), row.outcome, row.error) for row in rows), key=str) == expected


def test_a_call_that_nobody_waited_for_is_told_from_one_that_failed(run: Compared) -> None:
    assert sorted((row.error, row.outcome) for row in run.rows("client") if row.target == "slow") == sorted(
        SLOW["client"]
    )
    for row in run.rows("server"):
        if row.target == "slow":
            assert (row.error, row.outcome) in {("cancelled", "unknown"), (None, "unknown")}


def test_both_sides_of_an_operation_are_in_one_trace_with_one_span_each(run: Compared) -> None:
    clients = {span.span: span for span in run.spans("CLIENT") if "slow" not in span.name}
    servers = [span for span in run.spans("SERVER") if "slow" not in span.name]
    assert {span.scope for span in (*clients.values(), *servers)} == {"otel_mcp"}
    assert len(servers) == len(clients) == len([row for row in run.rows("client") if row.target != "slow"])
    for span in servers:
        caller = clients.pop(span.parent)
        assert (span.trace, span.name) == (caller.trace, caller.name)
        assert span.attributes.get("jsonrpc.request.id") == caller.attributes.get("jsonrpc.request.id")
        assert ("jsonrpc.request.id" in span.attributes) is not span.name.startswith("notifications/")
    assert clients == {}


def test_entries_and_spans_name_each_other(run: Compared) -> None:
    leaves = {span.span for span in run.sink.spans() if LEAF in span.attributes}
    for side in ("client", "server"):
        ends = [row.outcome_entry for row in run.rows(side) if row.target != "slow"]
        assert len(ends) > 15
        assert {entry.head["span"] for entry in ends if entry is not None} <= leaves


def test_what_was_given_as_a_password_is_nowhere(run: Compared) -> None:
    assert WORD.encode() not in run.sink.raw
    for trail in run.trails:
        assert WORD.encode() not in trail_bytes(trail)


def test_what_was_accepted_and_what_is_not_there_are_decisions_about_their_operations(run: Compared) -> None:
    found = [entry for trail in run.trails for entry in entries(trail, event="mcp.authz.*")]
    said = [(entry.head["event"], entry.head.get("err"), entry.head["side"]) for entry in found]
    accepted = [] if run.way == "stateless" else [("mcp.authz.granted", None, side) for side in ("client", "server")]
    assert sorted(said, key=str) == sorted([*accepted, ("mcp.authz.denied", "unknown_tool", "server")], key=str)
    ended = {row.outcome_entry.head["id"]: named(row) for side in SLOW for row in run.rows(side) if row.outcome_entry}
    assert {(entry.head["side"], ended[entry.head["op"]]) for entry in found} <= {
        ("server", "tools/call"),
        ("server", "tools/call ask"),
        ("client", "elicitation/create"),
    }


def test_transport_version_and_peer_are_told(run: Compared) -> None:
    transport = {"memory": None, "stdio": "pipe"}.get(run.way, "tcp")
    calls = [span for span in run.sink.spans() if span.name == "tools/call echo"]
    assert {span.kind for span in calls} == {"CLIENT", "SERVER"}
    asked = [span for span in run.sink.spans() if span.name in ("sampling/createMessage", "elicitation/create")]
    for span in (*calls, *asked):
        assert span.attributes.get("network.transport") == transport
        assert span.attributes["mcp.protocol.version"] == "2025-11-25"
    for row in run.rows("server"):
        if run.way != "stateless" and row.target == "echo":
            assert row.intent is not None
            assert row.outcome_entry is not None
            assert "mcp 0.1.0" in str(row.outcome_entry.body)


def test_sessions_have_a_duration_where_a_handshake_opened_them(run: Compared) -> None:
    found = {side for side in ("client", "server") if f"mcp.{side}.session.duration" in run.sink.metric_names()}
    assert found == ({"client"} if run.way == "stateless" else {"client", "server"})


def test_servers_that_others_can_reach_say_when_they_serve(run: Compared) -> None:
    for trail in run.trails:
        events = [entry.head["event"] for entry in entries(trail, event="mcp.server.*")]
        assert events in ([], ["mcp.server.start", "mcp.server.stop"])
    starts = [entry for trail in run.trails for entry in entries(trail, event="mcp.server.start")]
    assert len(starts) == (run.way != "memory")
    for entry in starts:
        assert entry.head["transport"] == ("pipe" if run.way == "stdio" else "tcp")
        assert entry.head["versions"]["mcp"].startswith("1.")


def test_the_trails_verify_and_we_said_one_line(run: Compared) -> None:
    for trail in run.trails:
        assert verify(trail).exit_code in (0, 2)
        assert not list(entries(trail, event="audit.gap"))
    said = ours(run.stderr)
    assert len(said) == (2 if run.way == "stdio" else 1), said
    assert all("records mcp 1." in line for line in said)
