"""mcp 1.x from its oldest to its newest version that is recorded: every transport, both sides, and nothing changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from support.environments import sdk
from support.running import launched, ours, running, trail_bytes
from support.signals import LEAF
from support.sink import Sink
from support.under_test import PROGRAMS, workplace

from otel_mcp.audit import verify
from otel_mcp.audit.query import entries, operations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.environments import Environment
    from support.sink import Span

    from otel_mcp.audit.query import OperationRow

VERSIONS = ("1.24.0", "1.30.0")
WAYS = ("memory", "stdio", "http", "stateless", "sse")
WORD = "xylograph-7731"
INSTRUMENT = "opentelemetry-instrument"

OPENING = [("initialize", "success", None), ("ping", "success", None), ("tools/list", "success", None)]
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
    ("completion/complete", "success", None),
    ("logging/setLevel", "success", None),
    ("_OTHER", "failure", "-32602"),
]
SLOW = {"client": [("timeout", "failure"), ("cancelled", "unknown")], "server": [("cancelled", "unknown")] * 2}


@dataclass(frozen=True)
class Run:
    """What one conversation looked like without us, with us, and to us."""

    way: str
    plain: Any
    recorded: Any
    sink: Sink
    trails: set[Path]
    stderr: str
    folder: Path

    def rows(self, side: str) -> list[OperationRow]:
        return [row for trail in self.trails for row in operations(trail) if row.side == side]

    def spans(self, kind: str) -> list[Span]:
        return [span for span in self.sink.spans() if span.kind == kind]


@pytest.fixture(scope="module", params=VERSIONS)
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(f"mcp=={request.param}")


@pytest.fixture(scope="module", params=WAYS)
def run(request: pytest.FixtureRequest, installed: Environment, tmp_path_factory: Any) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("sdk")
    program = [installed.python, str(PROGRAMS / "everything_v1.py")]
    with Sink() as sink:
        seen, errors = [], ""
        for launch in (None, INSTRUMENT):
            environ = workplace(folder, "everything", sink.environment())
            # The SDK gives a server on stdio next to nothing of its own environment.
            there = {**environ, "OTEL_MCP_AUDIT_DIR": str(folder / "trail-server")}
            server = ["env", *(f"{name}={value}" for name, value in there.items())]
            server += launched(installed, launch, program)
            more = [*server, "serve"] if request.param == "stdio" else []
            command = launched(installed, launch, [*program, request.param, *more])
            with running(command, environ) as started:
                ended = started.finish()
            assert ended.status == 0, ended.stderr
            seen.append(json.loads(ended.stdout))
            errors = ended.stderr
        trails = {folder / "trail-everything", *([folder / "trail-server"] if request.param == "stdio" else [])}
        yield Run(request.param, *seen, sink, trails, errors, folder)


def test_the_application_sees_what_it_sees_without_us(run: Run) -> None:
    assert run.recorded == run.plain
    assert WORD in str(run.recorded)


def test_every_operation_has_its_entry_on_both_sides(run: Run) -> None:
    asks = run.way != "stateless"
    expected = [*OPENING, *CALLS, *([*ASKED, ("tools/call ask", "success", None)] if asks else []), *REST]
    expected.sort(key=str)
    for side in ("client", "server"):
        rows = [row for row in run.rows(side) if row.target != "slow"]
        assert sorted(((named(row), row.outcome, row.error) for row in rows), key=str) == expected


def test_a_call_that_nobody_waited_for_is_told_from_one_that_failed(run: Run) -> None:
    assert sorted((row.error, row.outcome) for row in run.rows("client") if row.target == "slow") == sorted(
        SLOW["client"]
    )
    for row in run.rows("server"):
        if row.target == "slow":
            assert (row.error, row.outcome) in {("cancelled", "unknown"), (None, "unknown")}


def test_both_sides_of_an_operation_are_in_one_trace_with_one_span_each(run: Run) -> None:
    clients = {span.span: span for span in run.spans("CLIENT") if "slow" not in span.name}
    servers = [span for span in run.spans("SERVER") if "slow" not in span.name]
    assert {span.scope for span in (*clients.values(), *servers)} == {"otel_mcp"}
    assert len(servers) == len(clients) == len([row for row in run.rows("client") if row.target != "slow"])
    for span in servers:
        caller = clients.pop(span.parent)
        assert (span.trace, span.name) == (caller.trace, caller.name)
        assert span.attributes["jsonrpc.request.id"] == caller.attributes["jsonrpc.request.id"]
    assert clients == {}


def test_entries_and_spans_name_each_other(run: Run) -> None:
    leaves = {span.span for span in run.sink.spans() if LEAF in span.attributes}
    for side in ("client", "server"):
        ends = [row.outcome_entry for row in run.rows(side) if row.target != "slow"]
        assert len(ends) > 15
        assert {entry.head["span"] for entry in ends if entry is not None} <= leaves


def test_what_was_given_as_a_password_is_nowhere(run: Run) -> None:
    assert WORD.encode() not in run.sink.raw
    for trail in run.trails:
        assert WORD.encode() not in trail_bytes(trail)


def test_transport_version_and_peer_are_told(run: Run) -> None:
    transport = {"memory": None, "stdio": "pipe"}.get(run.way, "tcp")
    calls = [span for span in run.sink.spans() if span.name == "tools/call echo"]
    assert {span.kind for span in calls} == {"CLIENT", "SERVER"}
    for span in calls:
        assert span.attributes.get("network.transport") == transport
        assert span.attributes["mcp.protocol.version"] == "2025-11-25"
    for row in run.rows("server"):
        if run.way != "stateless" and row.target == "echo":
            assert row.intent is not None
            assert row.outcome_entry is not None
            assert "mcp 0.1.0" in str(row.outcome_entry.body)


def test_the_trails_verify_and_we_said_one_line(run: Run) -> None:
    for trail in run.trails:
        assert verify(trail).exit_code in (0, 2)
        assert not list(entries(trail, event="audit.gap"))
    said = ours(run.stderr)
    assert len(said) == (2 if run.way == "stdio" else 1), said
    assert all("records mcp 1." in line for line in said)


def named(row: OperationRow) -> str:
    """The span's name, from what the entry has."""
    head = (row.outcome_entry or row.intent).head  # type: ignore[union-attr]
    target = head.get("tool") or head.get("prompt")
    return f"{head['method']} {target}" if target else head["method"]
