"""Zero-code: log records and spans of a server's own code arrive at the backend without what is secret in its calls."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from support.running import launched, ours
from support.under_test import client_program, server_command, workplace

if TYPE_CHECKING:
    from pathlib import Path

    from support.environments import Environment
    from support.sink import Sink

PASSWORD = "heron & lantern on a 'quiet' pier"
FORMS = (
    PASSWORD,
    json.dumps(PASSWORD)[1:-1],
    repr(PASSWORD)[1:-1],
    quote(PASSWORD),
    base64.b64encode(PASSWORD.encode()).decode(),
)
LOGGING = "OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED"


@pytest.mark.parametrize("redact_all", ["true", "false"])
def test_what_a_server_logs_and_traces_itself_is_redacted(
    servers: Environment, sink: Sink, tmp_path: Path, redact_all: str
) -> None:
    said = {}
    for launch in (None, "opentelemetry-instrument"):
        folder = tmp_path / str(launch)
        here = workplace(folder, "client", sink.environment())
        there = workplace(folder, "server", sink.environment(), **{LOGGING: "true", "OTEL_MCP_REDACT_ALL": redact_all})
        command = launched(servers, launch, server_command(servers, "talkative"))
        calls = [["call_tool", "order", {"item": "bread", "password": PASSWORD}]]
        _, ended = client_program(servers, here, None, command=command, env=there, calls=calls)
        said[launch] = [line for line in ended.stderr.splitlines() if line.startswith(("bread for", "thread saw"))]
        assert not [line for line in ours(ended.stderr) if PASSWORD in line]

    assert said["opentelemetry-instrument"] == said[None], "the application's own handlers get the record as it was"
    assert PASSWORD in said[None][0]
    records = sink.records("server", ours=False)
    logged = [record for record in records if record.scope == "app.orders"]
    assert [record.body.partition(" ")[0] for record in logged] == ["bread", "thread"]
    assert [
        record for record in records if record.scope.startswith("mcp.") and "exception.stacktrace" in record.attributes
    ]
    [span] = [span for span in sink.spans("server") if span.scope == "app"]
    if redact_all == "true":
        assert span.name == "store bread [REDACTED:taint]"
        places = sink.raw.decode("latin-1")
    else:
        assert PASSWORD in span.name
        places = repr([(record.body, record.attributes) for record in records])
    assert not [form for form in FORMS if form in places]
