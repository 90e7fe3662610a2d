"""Declarative configuration: programs that the SDK configures from a file, `OTEL_CONFIG_FILE`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.environments import REPOSITORY, Environment
from support.running import LAUNCHES, LIMIT, launched, otel_mcp, ours, running
from support.under_test import server_command, workplace

from otel_mcp.audit.encryption import mode_of
from otel_mcp.audit.query import entries

if TYPE_CHECKING:
    from support.running import Ended
    from support.sink import Sink

INSTRUMENT = "opentelemetry-instrument"
CONFIG_ERROR = 78
EXAMPLE = REPOSITORY / "examples" / "otel.yaml"
SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "caller", "version": "1"}}


@pytest.fixture(scope="module")
def here() -> Environment:
    """The environment of the tests, which has the extra `config`."""
    return Environment(Path(sys.prefix))


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """Settings of nobody: no variable but that of the file, which is not there yet."""
    environ = workplace(tmp_path, "unused", OTEL_CONFIG_FILE=str(tmp_path / "otel.yaml"), TRAIL=str(tmp_path / "trail"))
    for name in ("OTEL_SERVICE_NAME", "OTEL_MCP_AUDIT_DIR"):
        del environ[name]
    return environ


def configure(environ: dict[str, str], settings: dict[str, Any] | None, **more: Any) -> None:
    """Write the file; JSON is YAML."""
    python = {} if settings is None else {"instrumentation/development": {"python": {"otel_mcp": settings}}}
    Path(environ["OTEL_CONFIG_FILE"]).write_text(json.dumps({"file_format": "1.0", **python, **more}), encoding="utf-8")


def converse(
    here: Environment, environ: dict[str, str], launch: str = INSTRUMENT, meta: dict[str, str] | None = None
) -> Ended:
    """A server over stdio, one call; it may refuse to start."""
    call = {"name": "add", "arguments": {"a": 1, "b": 2}, "_meta": meta or {}}
    with running(launched(here, launch, server_command(here, "mcpserver")), environ) as program:
        try:
            if program.ask(1, "initialize", HELLO) is not None:
                program.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
                answer = program.ask(2, "tools/call", call)
                assert answer["result"]["structuredContent"] == {"result": 3}
        except BrokenPipeError:
            pass
        return program.finish()


def calls_in(folder: Path) -> list[Any]:
    return list(entries(folder, event="mcp.tool.call"))


def test_the_example_configures_telemetry_the_trail_and_the_exporter(
    here: Environment, place: dict[str, str], tmp_path: Path, sink: Sink
) -> None:
    collector = sink.environment()["OTEL_EXPORTER_OTLP_ENDPOINT"]
    place |= {"OTEL_CONFIG_FILE": str(EXAMPLE), "COLLECTOR": collector, "SERVICE": "the-server"}
    ended = converse(here, place, meta={"traceparent": SAMPLED})
    [served] = [span for span in sink.spans("the-server") if span.name == "tools/call add"]
    assert f"00-{served.trace}-{served.parent}-01" == SAMPLED
    assert "gen_ai.tool.call.arguments" in served.attributes
    assert "gen_ai.tool.call.arguments" not in sink.records("the-server")[-1].attributes
    assert "mcp.server.operation.duration" in sink.metric_names("the-server")
    assert [entry.head["phase"] for entry in calls_in(tmp_path / "trail")] == ["intent", "outcome"]
    assert otel_mcp(here, place, "verify", "--dir", str(tmp_path / "trail")).returncode == 0
    [line] = ours(ended.stderr)
    assert f"audit trail {tmp_path / 'trail'} (write-ahead)" in line
    assert "already instrumented" not in ended.stderr


APPLICATION = """
import mcp
from opentelemetry._logs import LogRecord, get_logger
get_logger("shop").emit(LogRecord(event_name="shop.order.cancel", body="done", attributes={
    "audit.record.id": "order-1", "audit.action": "DELETE", "audit.outcome": "success"}))
"""


def apply(here: Environment, environ: dict[str, str], tmp_path: Path, script: str = APPLICATION) -> str:
    """Run a program of Python under the launcher; returns its stderr."""
    program = tmp_path / "application.py"
    program.write_text(script, encoding="utf-8")
    command = launched(here, INSTRUMENT, [here.python, str(program)])
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def logs(exporter: dict[str, Any] | None, kind: str = "simple") -> dict[str, Any]:
    return {"processors": [{kind: {"exporter": {"otel_mcp_audit": exporter}}}]}


def test_the_exporter_writes_to_the_trail_that_the_instrumentation_has(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    configure(place, {"audit_dir": "${TRAIL}"}, logger_provider=logs({"audit_dri": "x"}, "batch"))
    stderr = apply(here, place, tmp_path)
    assert "otel_mcp_audit.audit_dri: no setting has this keyword (did you mean audit_dir?)" in stderr
    [entry] = entries(tmp_path / "trail", event="shop.order.cancel")
    assert (entry.head["id"], entry.head["via"]) == ("order-1", "exporter")
    assert otel_mcp(here, place, "verify", "--dir", str(tmp_path / "trail")).returncode == 0


def test_the_exporter_alone_takes_settings_of_its_own(here: Environment, place: dict[str, str], tmp_path: Path) -> None:
    own = {"audit_dir": str(tmp_path / "shop"), "service": "shop", "audit_encrypt": "segment", "audit_rotate": False}
    configure(place, {"audit": "off"}, logger_provider=logs(own))
    stderr = apply(here, place, tmp_path)
    assert f"audit trail OFF (otel_mcp.audit=off in OTEL_CONFIG_FILE={place['OTEL_CONFIG_FILE']})" in stderr
    assert len(list(entries(tmp_path / "shop", event="shop.order.cancel"))) == 1
    assert mode_of(tmp_path / "shop") == "segment"
    assert not (tmp_path / "trail").exists()


def test_a_wrong_value_of_the_exporter_stores_nothing_and_stops_no_telemetry(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    configure(place, {"audit_dir": "${TRAIL}"}, logger_provider=logs({"audit_encrypt": "yes"}))
    stderr = apply(here, place, tmp_path)
    assert "not stored: otel_mcp_audit.audit_encrypt=yes: expected one of off, segment" in stderr
    assert "records mcp" in stderr
    assert not list(entries(tmp_path / "trail", event="shop.order.cancel"))


def test_a_misspelt_key_is_named_once_with_the_one_meant_and_the_rest_counts(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    configure(place, {"audit_dir": "${TRAIL}", "audit_durabilty": "async"})
    ended = converse(here, place)
    source = f"OTEL_CONFIG_FILE={place['OTEL_CONFIG_FILE']}"
    said, begun = ours(ended.stderr)
    meant = "no setting has this keyword (did you mean audit_durability?); it has no effect"
    assert said == f"otel-mcp: {source}: otel_mcp.audit_durabilty: {meant}"
    assert f"audit trail {tmp_path / 'trail'} (commit)" in begun
    assert "Traceback" not in ended.stderr
    assert len(calls_in(tmp_path / "trail")) == 2


@pytest.mark.parametrize("launch", LAUNCHES)
@pytest.mark.parametrize("settings", [{"audit": "required", "audit_dri": "x"}, {"audti": "required"}], ids=str)
def test_under_a_strict_setting_of_the_file_what_is_wrong_in_it_refuses_the_start(
    here: Environment, place: dict[str, str], settings: dict[str, str], launch: str
) -> None:
    configure(place, settings)
    refused = converse(here, place, launch)
    assert (refused.status, refused.stdout) == (CONFIG_ERROR, b"")
    [line] = ours(refused.stderr)
    wrong = list(settings)[-1]
    assert line.startswith(f"otel-mcp: OTEL_CONFIG_FILE={place['OTEL_CONFIG_FILE']}: otel_mcp.{wrong}: no setting")
    assert "; refusing to start" in line


def test_without_one_a_wrong_value_is_told_and_the_program_runs_unaudited(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    configure(place, {"audit_dir": "${TRAIL}", "audit_retain": 90})
    ended = converse(here, place)
    assert ended.status == 0
    [line] = ours(ended.stderr)
    wrong = "otel_mcp.audit_retain: expected a text, got a value of type int"
    assert f"UNAUDITED: OTEL_CONFIG_FILE={place['OTEL_CONFIG_FILE']}: {wrong}" in line
    assert not (tmp_path / "trail").exists()


def test_a_stricter_environment_counts_and_else_the_file_and_each_is_said(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    configure(place, {"audit": "off", "audit_dir": "${TRAIL}"})
    more = {"OTEL_MCP_AUDIT": "required", "OTEL_MCP_AUDIT_DIR": str(tmp_path / "other")}
    ended = converse(here, place | more)
    source = f"OTEL_CONFIG_FILE={place['OTEL_CONFIG_FILE']}"
    stricter, overruled, begun = ours(ended.stderr)
    assert stricter == f"otel-mcp: OTEL_MCP_AUDIT is stricter than otel_mcp.audit in {source}, and counts"
    assert overruled == f"otel-mcp: otel_mcp.audit_dir in {source} counts, and OTEL_MCP_AUDIT_DIR does not"
    assert f"audit trail {tmp_path / 'trail'} (write-ahead)" in begun
    assert len(calls_in(tmp_path / "trail")) == 2
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("disabled", [{}, {"disabled": True}], ids=["no-telemetry", "disabled"])
def test_the_trail_does_not_depend_on_what_the_file_makes_of_the_sdk(
    here: Environment, place: dict[str, str], disabled: dict[str, Any]
) -> None:
    resource = {"attributes": [{"name": "service.name", "value": "cellar"}]}
    configure(place, {"audit_retain": "90d"}, resource=resource, **disabled)
    ended = converse(here, place)
    trail = Path(place["XDG_STATE_HOME"], "otel-mcp", "cellar")
    assert f"audit trail {trail} (commit)" in ours(ended.stderr)[-1]
    assert len(calls_in(trail)) == 2


def test_an_instrumentation_that_the_file_disables_says_so_and_refuses_where_the_environment_is_strict(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    configure(place, {"enabled": False, "audit_dir": "${TRAIL}"})
    [line] = ours(converse(here, place).stderr)
    assert line.startswith("otel-mcp: otel_mcp.enabled=false in OTEL_CONFIG_FILE=")
    assert line.endswith("nothing is recorded, audit trail OFF")
    assert not (tmp_path / "trail").exists()
    assert converse(here, place | {"OTEL_MCP_AUDIT": "required"}).status == CONFIG_ERROR


@pytest.mark.parametrize("launch", LAUNCHES)
@pytest.mark.parametrize("text", [None, "file_format: ["], ids=["missing", "broken"])
def test_a_file_that_the_sdk_will_not_take_is_named_before_the_program_starts(
    here: Environment, place: dict[str, str], text: str | None, launch: str
) -> None:
    sentence = "no such file or directory"
    if text is not None:
        Path(place["OTEL_CONFIG_FILE"]).write_text(text, encoding="utf-8")
        sentence = "not YAML (line 1)"
    named = f"otel-mcp: OTEL_CONFIG_FILE={place['OTEL_CONFIG_FILE']}: {sentence}"
    ended = converse(here, place, launch)
    assert ended.status == 0
    assert ours(ended.stderr) == [f"{named}; nothing is instrumented, and a program of MCP runs UNAUDITED"]
    refused = converse(here, place | {"OTEL_MCP_AUDIT": "required"}, launch)
    assert refused.status == CONFIG_ERROR
    [line] = ours(refused.stderr)
    assert line.startswith(f"{named}; refusing to start")


def test_without_the_extra_a_file_is_said_to_be_of_no_use(servers: Environment, place: dict[str, str]) -> None:
    configure(place, {"audit": "required"})
    ended = converse(servers, place)
    assert ended.status == 0
    sentence = "opentelemetry-configuration is not installed (pip install 'otel-mcp-audit[config]')"
    [line] = ours(ended.stderr)
    assert sentence in line
    assert "UNAUDITED" in line
    assert converse(servers, place | {"OTEL_MCP_AUDIT_ON_FAILURE": "closed"}).status == CONFIG_ERROR
    assert {"state": "bad", "text": line.removeprefix("otel-mcp: ").partition(";")[0]} in doctor(servers, place)


def test_the_commands_find_the_log_of_the_file(here: Environment, place: dict[str, str], tmp_path: Path) -> None:
    configure(place, {"audit_dir": "${TRAIL}", "audit_key": f"file:{tmp_path}/key.pem", "audit_encrypt": "segment"})
    converse(here, place)
    found = otel_mcp(here, place, "query", "--json")
    assert (found.returncode, found.stderr) == (0, "")
    assert '"event": "mcp.tool.call"' in found.stdout
    assert otel_mcp(here, place, "verify").returncode == 0
    elsewhere = otel_mcp(here, place, "query", "--dir", str(tmp_path / "nowhere"))
    assert f"{tmp_path / 'nowhere'}: no such folder" in elsewhere.stderr
    configure(place, {"audit_dri": "${TRAIL}", "audit": "required"})
    lost = otel_mcp(here, place, "query")
    assert lost.returncode == 3
    assert ours(lost.stderr)[0].endswith("otel_mcp.audit_dri: no setting has this keyword (did you mean audit_dir?)")


def test_doctor_names_the_file_what_comes_from_it_and_what_is_wrong_in_it(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    source = f"OTEL_CONFIG_FILE={place['OTEL_CONFIG_FILE']}"
    configure(place, {"audit": "required", "audit_dir": "${TRAIL}", "audit_dry": None})
    rows = doctor(here, place)
    assert {"state": "ok", "text": f"{source}: settings from it: audit, audit_dir"} in rows
    assert {"state": "ok", "text": f"otel_mcp.audit=required in {source}: no start without a trail"} in rows
    assert not (tmp_path / "trail").exists()
    configure(place, {"audit_dri": "x"})
    wanted = f"{source}: otel_mcp.audit_dri: no setting has this keyword (did you mean audit_dir?)"
    assert {"state": "warn", "text": f"{wanted}; it has no effect"} in doctor(here, place)
    configure(place, {"audit": "required", "audit_dri": "x"}, logger_provider=logs({"audit_kee": "x"}))
    assert {"state": "bad", "text": wanted} in doctor(here, place)


def doctor(environment: Environment, place: dict[str, str]) -> list[dict[str, str]]:
    found = otel_mcp(environment, place, "doctor", "--json", "--", environment.python, "-m", "shop")
    return [{"state": row["state"], "text": row["text"]} for row in json.loads(found.stdout)]


BY_HAND = """
from opentelemetry.configuration import configure_sdk, load_config_file
import sys
configure_sdk(load_config_file(sys.argv[1]))
import mcp
from otel_mcp import MCPInstrumentor
print(MCPInstrumentor().is_instrumented_by_opentelemetry)
"""


def test_an_application_that_reads_the_file_itself_hands_the_section_over(
    here: Environment, place: dict[str, str], tmp_path: Path
) -> None:
    configure(place, {"audit_dir": "${TRAIL}", "audit_durabilty": "async"})
    path = place.pop("OTEL_CONFIG_FILE")
    command = [here.python, "-c", BY_HAND, path]
    done = subprocess.run(command, env=place, capture_output=True, text=True, timeout=LIMIT, check=True)
    assert done.stdout == "True\n"
    said, begun = ours(done.stderr)
    assert "declarative configuration: otel_mcp.audit_durabilty: no setting has this keyword" in said
    assert f"audit trail {tmp_path / 'trail'}" in begun
