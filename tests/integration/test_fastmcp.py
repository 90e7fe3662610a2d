"""The package `fastmcp`, 3 and 4, and servers of others that stand on it or on mcp 1.x: recorded once, not changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from support.comparing import Compared, compare, named
from support.environments import sdk
from support.running import launched, ours, running, trail_bytes
from support.signals import is_notification
from support.sink import Sink
from support.under_test import workplace

from otel_mcp.audit import verify
from otel_mcp.audit.query import operations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.environments import Environment

VERSIONS = ("3.4.11", "4.2.3")
WAYS = ("memory", "stdio", "http")
WORD = "xylograph-7731"
EXPECTED = [
    ("tools/list", "success"),
    ("tools/call echo", "success"),
    ("tools/call boom", "failure"),
    ("tools/call", "failure"),
    ("tools/call echo", "failure"),
    ("resources/list", "success"),
    ("resources/read", "success"),
    ("resources/read", "failure"),
    ("prompts/list", "success"),
    ("prompts/get greet", "success"),
    ("prompts/get", "failure"),
]


@pytest.fixture(scope="module", params=VERSIONS)
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(f"fastmcp=={request.param}")


@pytest.fixture(scope="module", params=WAYS)
def run(request: pytest.FixtureRequest, installed: Environment, tmp_path_factory: Any) -> Iterator[Compared]:
    with Sink() as sink:
        yield compare(installed, "everything_fastmcp.py", request.param, tmp_path_factory.mktemp("fastmcp"), sink)


def test_the_application_sees_what_it_sees_without_us(run: Compared) -> None:
    assert run.recorded == run.plain
    assert WORD in str(run.recorded)


def test_every_operation_has_its_entry_on_both_sides(run: Compared) -> None:
    for side in ("client", "server"):
        rows = [row for row in run.rows(side) if row.event != "mcp.notification"]
        assert [(named(row), row.outcome) for row in rows[1:]] == EXPECTED
        assert named(rows[0]) in ("initialize", "server/discover")
    assert all(verify(trail).exit_code in (0, 2) for trail in run.trails)


def test_there_is_one_span_for_each_side_and_none_of_fastmcp(run: Compared) -> None:
    # The first run, without us, has sent nothing: only the launcher configures an SDK.
    assert {span.scope for span in run.sink.spans()} == {"otel_mcp"}
    clients = {span.span: span for span in run.spans("CLIENT")}
    servers = run.spans("SERVER")
    assert len(clients) == len(servers) == len(EXPECTED) + 1 + sum(map(is_notification, servers))
    for span in servers:
        caller = clients.pop(span.parent)
        assert (span.trace, span.name) == (caller.trace, caller.name)
    assert clients == {}


def test_what_was_given_as_a_password_is_nowhere(run: Compared) -> None:
    assert WORD.encode() not in run.sink.raw
    assert all(WORD.encode() not in trail_bytes(trail) for trail in run.trails)


def test_where_the_spans_are_not_ours_fastmcp_keeps_its_own(installed: Environment, tmp_path: Path) -> None:
    with Sink() as sink:
        compare(installed, "everything_fastmcp.py", "memory", tmp_path, sink, OTEL_MCP_SPANS="off")
        assert "fastmcp" in {span.scope for span in sink.spans()}
        assert "otel_mcp" not in {span.scope for span in sink.spans()}


@dataclass(frozen=True)
class Server:
    """A server of somebody else, how it is installed and started, and what to ask it."""

    requirements: tuple[str, ...]
    command: tuple[str, ...]
    calls: tuple[tuple[str, dict[str, Any], str], ...]


QUERIES = (
    ("execute_query", {"sql": "SELECT 6 * 7 AS answer"}, "success"),
    ("list_tables", {}, "success"),
    ("query", {"sql": "SELECT 1"}, "failure"),
)
SERVERS = {
    "mcp 1.30": Server(
        ("mcp-server-sqlite==2025.4.25", "mcp==1.30.0"),
        ("mcp-server-sqlite", "--db-path", "FOLDER/shop.db"),
        (
            ("create_table", {"query": "CREATE TABLE bird (name TEXT)"}, "success"),
            ("write_query", {"query": "INSERT INTO bird VALUES ('wren')"}, "success"),
            ("read_query", {"query": "SELECT name FROM bird"}, "success"),
            ("describe_table", {}, "failure"),
        ),
    ),
    "fastmcp 3": Server(
        ("mcp-server-motherduck==1.0.8", "fastmcp==3.4.11"),
        ("mcp-server-motherduck", "--db-path", ":memory:", "--read-write"),
        QUERIES,
    ),
    "fastmcp 4": Server(
        ("mcp-server-motherduck==1.1.0", "fastmcp==4.2.3"),
        ("mcp-server-motherduck", "--db-path", ":memory:", "--read-write"),
        QUERIES,
    ),
}
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "by hand", "version": "7"}}


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_of_somebody_else_answers_the_same_and_is_recorded(name: str, tmp_path: Path) -> None:
    server = SERVERS[name]
    environment = sdk(*server.requirements)
    answers = []
    for launch in (None, "opentelemetry-instrument"):
        folder = tmp_path / str(launch)
        folder.mkdir()
        exporters = {f"OTEL_{signal}_EXPORTER": "none" for signal in ("TRACES", "METRICS", "LOGS")}
        environ = workplace(folder, "theirs", exporters)
        program, *arguments = server.command
        command = [environment.script(program), *(word.replace("FOLDER", str(folder)) for word in arguments)]
        with running(launched(environment, launch, command), environ) as started:
            answers.append([started.ask(0, "initialize", HELLO)])
            started.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
            answers[-1].append(started.ask("list", "tools/list", {}))
            for number, (tool, given, _) in enumerate(server.calls, start=1):
                answers[-1].append(started.ask(number, "tools/call", {"name": tool, "arguments": given}))
            ended = started.finish()
    assert answers[1] == answers[0]
    assert all(answers[0])
    assert len(ours(ended.stderr)) == 1
    trail = folder / "trail-theirs"
    rows = list(operations(trail))
    expected = [(tool, outcome) for tool, _, outcome in server.calls]
    assert [(row.target, row.outcome) for row in rows if row.event == "mcp.tool.call"] == expected
    assert [named(row) for row in rows if row.event == "mcp.request" and row.side] == ["initialize", "tools/list"]
    assert verify(trail).exit_code in (0, 2)
