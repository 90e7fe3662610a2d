"""mcp 1.x where something goes wrong: kills, refusals, a console exporter on the wire, requests out of order."""

from __future__ import annotations

import json
import signal
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from support.environments import sdk
from support.running import launched, ours, running
from support.under_test import PROGRAMS, workplace

from otel_mcp.audit import verify
from otel_mcp.audit.query import operations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.environments import Environment
    from support.running import Program

VERSIONS = ("1.24.0", "1.30.0")
INSTRUMENT = "opentelemetry-instrument"
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "by hand", "version": "7"},
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}
QUIET = {"OTEL_TRACES_EXPORTER": "none", "OTEL_METRICS_EXPORTER": "none", "OTEL_LOGS_EXPORTER": "none"}


@pytest.fixture(scope="module", params=VERSIONS)
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(f"mcp=={request.param}")


@pytest.fixture
def server(installed: Environment, tmp_path: Path) -> Any:
    def start(*how: str, **more: str) -> Any:
        environ = workplace(tmp_path, "everything", QUIET, **more)
        program = [installed.python, str(PROGRAMS / "everything_v1.py"), *(how or ("serve",))]
        return running(launched(installed, INSTRUMENT, program), environ)

    return start


@pytest.fixture
def trail(tmp_path: Path) -> Path:
    return tmp_path / "trail-everything"


def open_session(program: Program) -> Any:
    answer = program.ask(1, "initialize", HELLO)
    program.send(READY)
    return answer


def call(program: Program, number: int, tool: str = "echo") -> Any:
    return program.ask(number, "tools/call", {"name": tool, "arguments": {"text": "x", "password": "y"}})


@pytest.mark.parametrize("durability", ["commit", "write-ahead"])
def test_what_was_answered_is_on_disk_when_the_server_is_killed(server: Any, trail: Path, durability: str) -> None:
    with server(OTEL_MCP_AUDIT_DURABILITY=durability) as program:
        open_session(program)
        answers = [call(program, number) for number in range(2, 8)]
        program.kill(signal.SIGKILL)
    rows = [row for row in operations(trail) if row.tool == "echo"]
    assert [row.outcome for row in rows] == ["success"] * len(answers) == ["success"] * 6
    assert verify(trail).exit_code in (0, 2)


def test_without_a_trail_nothing_runs_where_the_policy_is_closed(server: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with server(OTEL_MCP_AUDIT_ON_FAILURE="closed", OTEL_MCP_AUDIT_DIR=str(tmp_path / "file")) as program:
        refused = {"code": -32603, "message": "audit unavailable"}
        assert program.ask(1, "initialize", HELLO)["error"] == refused
        program.send(READY)
        assert call(program, 2)["error"] == refused
        assert ours(program.finish().stderr)


def test_a_console_exporter_does_not_reach_the_protocol(server: Any, trail: Path) -> None:
    with server(OTEL_TRACES_EXPORTER="console", OTEL_BSP_SCHEDULE_DELAY="10") as program:
        open_session(program)
        for number in range(2, 6):
            assert call(program, number)["result"]["isError"] is False
        ended = program.finish()
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {line["jsonrpc"] for line in lines} == {"2.0"}
    assert "tools/call echo" in ended.stderr


def test_a_request_before_the_session_and_one_that_is_none_are_recorded_as_refused(server: Any, trail: Path) -> None:
    with server() as program:
        early = call(program, "early")
        open_session(program)
        odd = program.ask("odd", "tools/call", {"name": ["a", "list"]})
        made_up = program.ask("made up", "no/such", {"password": "y"})
        program.finish()
    assert [answer["error"]["code"] for answer in (early, odd, made_up)] == [-32602] * 3
    rows = [row for row in operations(trail) if row.error == "-32602"]
    assert len(rows) == 3
    assert {row.outcome_entry.head["method"] for row in rows} == {"tools/call", "_OTHER"}  # type: ignore[union-attr]


def test_a_client_that_cancels_is_told_from_a_failure(server: Any, trail: Path) -> None:
    with server() as program:
        open_session(program)
        program.send({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "slow", "arguments": {}}})
        cancel = {"requestId": 2, "reason": "enough"}
        program.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": cancel})
        program.wait_until(lambda: 2 in program.answers, "answer to a cancelled call")
        assert call(program, 3)["result"]["isError"] is False
        program.finish()
    (row,) = [row for row in operations(trail) if row.tool == "slow"]
    assert (row.outcome, row.error) == ("unknown", "cancelled")


@pytest.fixture
def refusing(server: Any, trail: Path) -> Iterator[tuple[str, Program]]:
    with server("listen") as program:
        yield program.wait_for_line(r"listening on (http://\S+)")[1], program


@pytest.mark.parametrize("spoilt", ["session", "accept"])
def test_a_request_that_http_refuses_is_recorded(refusing: tuple[str, Program], trail: Path, spoilt: str) -> None:
    url, program = refusing
    body = {"jsonrpc": "2.0", "id": 9, "method": "tools/call", "params": {"name": "echo", "arguments": {"a": 1}}}
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    headers |= {"mcp-session-id": "0" * 32} if spoilt == "session" else {"accept": "text/plain"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    refused.value.close()
    assert refused.value.code == {"session": 404, "accept": 406}[spoilt] or refused.value.code == 400
    program.kill(signal.SIGTERM)
    program.finish()
    (row,) = [row for row in operations(trail) if row.outcome_entry is not None and row.side == "server"]
    assert row.outcome == "failure"
    head = row.outcome_entry.head
    # Before 1.29 the SDK refuses without reading what was asked.
    assert head["method"] in ("tools/call", "_OTHER")
    assert "127.0.0.1" in str(row.outcome_entry.body)
