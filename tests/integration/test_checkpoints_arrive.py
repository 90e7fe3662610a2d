"""Zero-code: the backend has a signed checkpoint of the whole trail and its size, and what it kept agrees with it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from google.protobuf.json_format import MessageToDict
from support.running import launched
from support.sink import PROTOCOLS
from support.under_test import client_program, server_command, workplace

from otel_mcp.audit import Policy, verify
from otel_mcp.audit._seen import read_telemetry
from otel_mcp.audit.reconcile import reconcile

if TYPE_CHECKING:
    from support.environments import Environment
    from support.sink import Sink


def exported(sink: Sink, path: Path) -> Path:
    """What the sink kept, as the Collector's file exporter writes it: ids in hexadecimal, one request a line."""

    def with_hex(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: with_hex(member, key) for key, member in value.items()}
        if isinstance(value, list):
            return [with_hex(member) for member in value]
        return base64.b64decode(value).hex() if name in ("traceId", "spanId", "parentSpanId") else value

    requests = [MessageToDict(request) for request in sink.received._requests]
    lines = [json.dumps(with_hex(request)) for request in requests if "resourceMetrics" not in request]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_backend_is_a_witness_of_the_whole_trail(
    servers: Environment, sink: Sink, tmp_path: Path, protocol: str
) -> None:
    here = workplace(tmp_path, "client", sink.environment(protocol))
    there = workplace(tmp_path, "server", sink.environment(protocol))
    command = launched(servers, "opentelemetry-instrument", server_command(servers, "mcpserver"))
    client_program(servers, here, None, command=command, env=there, calls=[["call_tool", "note", {"text": "x"}]])
    last = sink.checkpoints("server")[-1]
    report = verify(Path(there["OTEL_MCP_AUDIT_DIR"]), Policy(witness_notes=[last.body]))
    assert not report.tampered
    assert report.witnessed == report.size == last.attributes["otel_mcp.audit.size"]
    assert "otel_mcp.audit.tree_size" in sink.metric_names("server")
    assert last.trace.strip("0") == ""
    found = reconcile(Path(there["OTEL_MCP_AUDIT_DIR"]), read_telemetry([exported(sink, tmp_path / "kept.jsonl")]))
    # The key is pinned in the server's home, not in this one.
    assert found.exit_code == found.report.exit_code == 2
    assert (found.gone, found.lost, found.different, found.never, found.outside) == ([], [], [], [], 0)
    assert found.arrived >= 2
    assert found.unassigned == found.unreadable == found.unaudited == 0
