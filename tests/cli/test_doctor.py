"""`doctor` and `run` find what would go unaudited before it does."""

from __future__ import annotations

import json
import socket
import sys

import pytest
from cli.command import run

from otel_mcp.audit.keys import load_keys
from otel_mcp.cli._check_telemetry import telemetry_rows
from otel_mcp.cli._check_trail import trail_rows

LOST = "runs unaudited, or not at all"


def rows(*arguments, env=None, code=0):
    return json.loads(run("doctor", "--json", *arguments, env=env, code=code).stdout)


def bad(found):
    return [row["text"] for row in found if row["state"] == "bad"]


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"OTEL_MCP_AUDIT_KEY": "bogus"}, "OTEL_MCP_AUDIT_KEY: expected file:PATH, env:NAME or exec:COMMAND"),
        ({"OTEL_MCP_AUDIT_KEY": "env:NOT_SET"}, "OTEL_MCP_AUDIT_KEY=env:NOT_SET: environment variable"),
        ({"OTEL_MCP_AUDIT_KEY": "file:/proc/key"}, "the key cannot be written at /proc"),
        ({"OTEL_MCP_AUDIT_DIR": "/proc/trail"}, "the log cannot be written at /proc/trail"),
        ({"OTEL_MCP_AUDIT_DIR": "/proc/trail", "OTEL_MCP_AUDIT": "required"}, "cannot be written"),
    ],
)
def test_what_keeps_a_trail_from_being_opened_is_a_bad_row(home, env, words):
    [row] = [row for row in trail_rows(env, "shop") if row.state == "bad"]
    assert words in row.text
    assert LOST in row.text


@pytest.mark.parametrize(
    "env", [{"OTEL_MCP_AUDIT_KEY": "bogus", "OTEL_SERVICE_NAME": "shop"}, {"OTEL_MCP_AUDIT": "bogus"}]
)
def test_what_makes_a_program_run_unaudited_is_the_one_bad_row(home, env):
    assert len(bad(rows(env=env, code=1))) == 1


def test_another_key_than_the_logs_is_found(trail, home):
    key = f"file:{home / 'another.pem'}"
    load_keys(key, service="shop", create=True)
    [text] = bad(rows(env={"OTEL_MCP_AUDIT_KEY": key}, code=1))
    assert f"the log at {trail} was made with another key than the one in {home / 'another.pem'}" in text
    assert not bad(rows())


def test_doctor_changes_nothing(home):
    run("doctor", env={"OTEL_SERVICE_NAME": "shop"})
    run("doctor", "--", sys.executable, "-m", "shop")
    assert not list(home.rglob("*.*"))


def test_without_a_command_doctor_claims_nothing_of_a_trail_of_its_own(home):
    [row] = [row for row in rows() if row["section"] == "trail"]
    assert row["text"] == "no log of this user yet"


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_each_signal_has_its_own_endpoint(listening):
    env = {
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": f"http://127.0.0.1:{listening}",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1",
    }
    texts = {row.text: row.cure for row in telemetry_rows(env, configured=True)}
    assert f"something answers at 127.0.0.1:{listening} (http/protobuf) for traces" in texts
    [quiet] = [text for text in texts if "nothing answers at 127.0.0.1:1 (grpc) for logs and metrics" in text]
    assert texts[quiet].endswith("set OTEL_EXPORTER_OTLP_ENDPOINT")


@pytest.mark.parametrize("endpoint", ["http://localhost:abc", "http://localhost:99999", "http://[::1"])
def test_an_endpoint_that_is_none_is_a_row(endpoint):
    [row] = telemetry_rows({"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}, configured=True)
    assert (row.state, row.text) == ("bad", f"OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}: expected http://HOST:PORT")


@pytest.fixture
def old_sdk(tmp_path):
    """An environment in which the installed SDK says that it is 1.23.3."""
    folder = tmp_path / "old" / "mcp-1.23.3.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: mcp\nVersion: 1.23.3\n")
    exporters = {f"OTEL_{signal}_EXPORTER": "none" for signal in ("TRACES", "METRICS", "LOGS")}
    return {"PYTHONPATH": str(folder.parent), **exporters}


OLD = "mcp 1.23.3 is not recorded by this version (it records mcp 1.24 and later)"


def test_an_sdk_that_is_too_old_is_one_line_and_the_program_runs(home, old_sdk):
    done = run("run", "--", sys.executable, "-c", "import mcp; print('ran')", env=old_sdk)
    assert (done.stdout, done.stderr) == ("ran\n", f"otel-mcp: {OLD}; this program runs UNAUDITED\n")
    assert not (home / "state").exists()


@pytest.mark.parametrize("setting", [{"OTEL_MCP_AUDIT": "required"}, {"OTEL_MCP_AUDIT_ON_FAILURE": "closed"}])
def test_an_sdk_that_is_too_old_is_refused_for_what_it_is(home, old_sdk, setting):
    command = (sys.executable, "-c", "import mcp; print('ran')")
    done = run("run", "--", *command, env=old_sdk | setting, code=78)
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert OLD in line
    assert "refusing to start" in line


def test_an_sdk_that_is_too_old_is_bad_in_doctor_and_in_the_demo(home, old_sdk):
    [row] = [row for row in rows(env=old_sdk, code=1) if row["state"] == "bad"]
    assert (row["section"], row["text"], row["cure"]) == ("hooks", OLD, "pip install 'mcp>=1.24'")
    assert run("demo", env=old_sdk, code=3).stderr == (
        "otel-mcp: the demo needs mcp 2, and 1.23.3 is installed (pip install 'mcp>=2')\n"
    )


@pytest.mark.parametrize("setting", [{"OTEL_MCP_AUDIT_DURABILITY": "bogus"}, {"OTEL_MCP_SPANS": "bogus"}])
def test_a_wrong_setting_is_said_once(home, setting):
    exporters = {f"OTEL_{signal}_EXPORTER": "none" for signal in ("TRACES", "METRICS", "LOGS")}
    done = run("run", "--", sys.executable, "-c", "import mcp", env=exporters | setting)
    [line] = done.stderr.splitlines()
    assert "UNAUDITED" in line
    assert "=bogus: expected one of" in line
