"""When a server begins and ends to serve, on what and how it is set; and what is otherwise than the last time."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.running import launched, running, trail_bytes
from support.under_test import http_server, server_command, workplace

from otel_mcp.audit import verify
from otel_mcp.audit.log import AuditLog
from otel_mcp.audit.query import entries
from otel_mcp.config import Config
from otel_mcp.instrumentation._recorder import Recorder
from otel_mcp.redaction import Redactor
from otel_mcp.telemetry import Telemetry

if TYPE_CHECKING:
    from support.environments import Environment
    from support.sink import Sink

INSTRUMENT = "opentelemetry-instrument"
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "caller", "version": "1"}}
START, STOP, CHANGE = "mcp.server.start", "mcp.server.stop", "mcp.config.change"


def told(trail: Path, *events: str) -> list[Any]:
    return [entry for entry in entries(trail) if entry.head["event"] in events]


def serve_stdio(servers: Environment, environ: dict[str, str], number: int | None = None) -> None:
    with running(launched(servers, INSTRUMENT, server_command(servers, "mcpserver")), environ) as program:
        assert program.ask(1, "initialize", HELLO)
        if number is not None:
            program.kill(number)
        program.finish()


@pytest.mark.parametrize("number", [None, signal.SIGTERM, signal.SIGINT])
def test_a_server_on_stdio_says_when_it_begins_and_ends(
    servers: Environment, sink: Sink, tmp_path: Path, number: int | None
) -> None:
    environ = workplace(tmp_path, "shop", sink.environment())
    trail = tmp_path / "trail-shop"
    serve_stdio(servers, environ, number)
    start, stop = told(trail, START, STOP)
    assert [entry.head["event"] for entry in entries(trail)][1] == START
    assert (start.head["action"], stop.head["action"]) == ("START", "STOP")
    assert {start.head["transport"], stop.head["transport"]} == {"pipe"}
    assert {"otel-mcp-audit", "mcp", "python", "opentelemetry-sdk"} <= start.head["versions"].keys()
    assert start.head["versions"]["mcp"].startswith("2.")
    assert start.body["settings"]["audit_durability"] is None
    assert start.body["settings"]["audit_dir"] == str(trail)
    assert start.head["settings"].startswith("hmac-sha256:")
    assert start.actor_name == stop.actor_name is not None
    assert str(trail) not in start.head_text
    assert {record.event for record in sink.records("shop")} >= {START, STOP}
    assert verify(trail).exit_code in (0, 2)


def test_a_server_over_http_says_when_it_begins_and_ends(servers: Environment, sink: Sink, tmp_path: Path) -> None:
    environ = workplace(tmp_path, "shop", sink.environment())
    with http_server(servers, "mcpserver", "http", environ, INSTRUMENT) as (_, program):
        program.kill(signal.SIGTERM)
        program.finish()
    found = told(tmp_path / "trail-shop", START, STOP)
    assert [(entry.head["event"], entry.head["transport"]) for entry in found] == [(START, "tcp"), (STOP, "tcp")]


def test_settings_and_files_that_changed_since_the_last_start_are_an_entry(
    servers: Environment, tmp_path: Path
) -> None:
    environ = workplace(tmp_path, "shop", {"OTEL_SDK_DISABLED": "true"})
    trail = tmp_path / "trail-shop"
    serve_stdio(servers, environ)
    serve_stdio(servers, environ)
    assert told(trail, CHANGE) == []

    rules = tmp_path / "access.toml"
    rules.write_text('[access]\n"note" = "write"\n', encoding="utf-8")
    environ |= {"OTEL_MCP_AUDIT_DURABILITY": "async", "OTEL_MCP_ACCESS_RULES": str(rules)}
    serve_stdio(servers, environ)
    [change] = told(trail, CHANGE)
    assert change.head["changed"] == ["access_rules", "access_rules_sha256", "audit_durability"]
    assert change.head["action"] == "UPDATE"
    assert change.body["target"] == "settings"
    assert change.body["changes"]["audit_durability"] == {"was": None, "now": "async"}
    starts = told(trail, START)
    assert (change.head["was"], change.head["settings"]) == tuple(start.head["settings"] for start in starts[1:])

    rules.write_text('[access]\n"note" = "delete"\n', encoding="utf-8")
    serve_stdio(servers, environ)
    assert [entry.head["changed"] for entry in told(trail, CHANGE)[1:]] == [["access_rules_sha256"]]


def test_of_a_command_that_signs_only_a_digest_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    command = "exec:/usr/bin/sign larch-under-snow"
    recorder = Recorder(
        Config(audit_key=command), telemetry=Telemetry(version="0"), redactor=Redactor(process_secrets=())
    )
    recorder.audit = AuditLog.open(tmp_path / "trail", service="shop")
    recorder.servers.stdio_began()
    assert recorder.later.flush(10)
    recorder.audit.close()
    [start] = told(tmp_path / "trail", START)
    shown = start.body["settings"]["audit_key"]
    assert shown.startswith("exec: hmac-sha256:")
    assert b"larch" not in trail_bytes(tmp_path / "trail")


def test_a_credential_in_a_setting_is_kept_nowhere(servers: Environment, tmp_path: Path) -> None:
    rules = tmp_path / "amber-lantern"
    rules.write_text('[access]\n"note" = "write"\n', encoding="utf-8")
    environ = workplace(tmp_path, "shop", {"OTEL_SDK_DISABLED": "true"})
    named = f"{tmp_path}/password=vermilion-otter-0417/../amber-lantern"
    (tmp_path / "password=vermilion-otter-0417").mkdir()
    serve_stdio(servers, environ | {"OTEL_MCP_ACCESS_RULES": named})
    [start] = told(tmp_path / "trail-shop", START)
    assert "vermilion" not in str(start.body)
    assert "[REDACTED:" in start.body["settings"]["access_rules"]
