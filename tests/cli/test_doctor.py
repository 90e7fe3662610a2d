"""`doctor` and `run` find what would go unaudited before it does."""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import replace

import pytest
from cli.command import run
from support.sink import Sink

from otel_mcp._early import DISABLED
from otel_mcp.audit.keys import load_keys
from otel_mcp.cli._check_call import Tried, call_rows
from otel_mcp.cli._check_losses import loss_rows
from otel_mcp.cli._check_others import other_rows
from otel_mcp.cli._check_telemetry import telemetry_rows
from otel_mcp.cli._check_trail import trail_rows
from otel_mcp.cli._interpreter import Reach
from otel_mcp.config import Config

CAPTURE = "OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_"
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


@pytest.fixture
def collector(monkeypatch):
    """A backend that takes what it is sent; every exporter of the SDK is pointed at it."""
    with Sink() as sink:
        for name, value in sink.environment().items():
            monkeypatch.setenv(name, value)
        yield sink


def test_doctor_makes_a_call_and_says_what_it_left_and_nothing_of_it_leaves(home, collector):
    [row] = [row for row in rows() if "one call" in row["text"]]
    assert (row["section"], row["state"]) == ("hooks", "ok")
    assert row["text"] == (
        "one call of a tool in memory left one CLIENT and one SERVER span in one trace, a log record and a histogram "
        "point for each side, and signed entries that verify"
    )
    assert collector.raw == b""
    assert not list(home.rglob("*.*"))


def test_what_the_settings_turn_off_is_not_missed(home):
    env = {"OTEL_MCP_AUDIT": "off", "OTEL_MCP_SPANS": "off", "OTEL_SDK_DISABLED": "true"}
    [row] = [row for row in rows(env=env) if "one call" in row["text"]]
    assert (row["state"], "no span" in row["text"], "no entry" in row["text"]) == ("ok", True, True)


WHOLE = Tried(
    spans={"CLIENT": 1, "SERVER": 1},
    traces=1,
    records=2,
    histograms=["mcp.client.operation.duration", "mcp.server.operation.duration"],
    entries=4,
    verified=True,
)


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        ({"spans": {"CLIENT": 1}}, "no SERVER spans"),
        ({"spans": {"CLIENT": 1, "SERVER": 2}}, "2 SERVER spans"),
        ({"traces": 2}, "its two spans in two traces"),
        ({"records": 0}, "no log records"),
        ({"histograms": ["mcp.client.operation.duration"]}, "no histogram point of the server"),
        ({"entries": 0}, "no entries"),
        ({"verified": False}, "entries that do not verify"),
    ],
)
def test_what_the_call_did_not_leave_is_bad(lack, words):
    [row] = call_rows(replace(WHOLE, **lack), Config())
    assert (row.state, row.text) == ("bad", f"one call of a tool in memory left {words}")


def test_a_call_that_could_not_be_made_is_no_finding_against_the_program():
    [row] = call_rows(Tried(trouble="TimeoutExpired"), Config())
    assert (row.state, "could not be made: TimeoutExpired" in row.text) == ("warn", True)


@pytest.mark.parametrize(
    ("env", "state", "words"),
    [
        ({"OTEL_BSP_MAX_QUEUE_SIZE": "100"}, "bad", "no batch above the queue"),
        ({"OTEL_BLRP_MAX_EXPORT_BATCH_SIZE": "0"}, "bad", "takes none below 1"),
        ({"OTEL_BLRP_MAX_QUEUE_SIZE": "600"}, "warn", "once so many log records wait, the oldest are dropped"),
        ({"OTEL_BSP_SCHEDULE_DELAY": "60000"}, "warn", "a kill loses the spans of so many milliseconds"),
        ({"OTEL_TRACES_SAMPLER": "always_off"}, "note", "no span leaves"),
        ({f"{CAPTURE}SERVER_REQUEST": "accept, MCP-.*"}, "warn", "headers Mcp-Param-* repeat arguments"),
        ({f"{CAPTURE}CLIENT_REQUEST": "[a-z]+"}, "warn", "the header Authorization is a token"),
        ({"OTEL_SERVICE_NAME": "shop"}, "note", "HOME, LOGNAME, PATH, SHELL, TERM and USER of its variables"),
    ],
)
def test_a_setting_that_loses_or_leaks_is_a_row(env, state, words):
    assert [row for row in loss_rows(env) if row.state == state and words in row.text]


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"OTEL_BSP_MAX_QUEUE_SIZE": "many", "OTEL_BLRP_SCHEDULE_DELAY": "1000", "OTEL_BLRP_MAX_QUEUE_SIZE": "4096"},
        {f"{CAPTURE}SERVER_REQUEST": "accept,(mcp", f"{CAPTURE}SERVER_RESPONSE": ".*"},
        {f"{CAPTURE}SERVER_REQUEST": "mcp-.*", f"{CAPTURE}SANITIZE_FIELDS": "authorization,mcp-.*"},
    ],
)
def test_settings_that_lose_and_leak_nothing_are_not_rows(env):
    assert {row.state for row in loss_rows(env)} <= {"note"}


def test_the_words_before_a_command_count_for_its_settings(home):
    found = rows("--", "env", "OTEL_MCP_AUDIT=off", "OTEL_SERVICE_NAME=x", sys.executable, "-c", "")
    assert "OTEL_MCP_AUDIT=off: there is no trail" in [row["text"] for row in found]
    lost = rows("--", "env", "-u", "PYTHONPATH", sys.executable, "-c", "", code=1)
    assert any("takes the loader out of PYTHONPATH" in text for text in bad(lost))


def reach(mcp, *names, trouble="", instrumentors=()):
    versions = {"mcp": mcp, **dict.fromkeys(names, "1.0")}
    return Reach(True, python="3.11", versions=versions, trouble=trouble, instrumentors=instrumentors)


@pytest.mark.parametrize(
    ("mcp", "name", "state", "words", "cure"),
    [
        ("1.30.0", "aws-opentelemetry-distro", "warn", "a second time", f"{DISABLED}=aws_mcp"),
        ("2.3.0", "aws-opentelemetry-distro", "note", "does nothing on mcp 2", ""),
        ("1.30.0", "openlit", "note", "where the program turns it on, it makes clients fail", "disabled_instrumentors"),
        ("2.3.0", "traceai-mcp", "note", "makes `import mcp` fail", "leave its MCPInstrumentor().instrument() out"),
        ("2.3.0", "sentry-sdk", "note", "sends calls to Sentry too, with arguments in clear", "MCPIntegration"),
        ("2.3.0", "opentel-mcp", "note", "with texts of exceptions in clear", "leave instrument_mcp_server() out"),
        ("2.3.0", "respan-instrumentation-mcp", "note", "a second time", "Respan"),
        ("2.3.0", "otel-mcp", "bad", "unrelated package", "pip uninstall otel-mcp"),
    ],
)
def test_who_else_is_installed_is_named_with_what_it_does_and_the_cure(mcp, name, state, words, cure):
    [row] = other_rows(reach(mcp, name), {}, "")
    assert (row.state, name in row.text, words in row.text, cure in row.cure) == (state, True, True, True)


def test_who_else_made_spans_of_the_call_is_named():
    [known, unknown] = other_rows(reach("1.30.0"), {"openlit.otel.tracing": 2, "shop": 1}, "")
    assert "`openlit.otel.tracing` made 2 spans of the one call too" in known.text
    assert known.cure.startswith("openlit.init(")
    assert (unknown.text.startswith("`shop` made 1 span "), unknown.cure) == (True, "turn it off for MCP")


def test_a_loading_that_stopped_is_told_with_what_it_kept_out():
    trouble = "Instrumenting of queue failed\nFailed to auto initialize OpenTelemetry"
    order = [("otel_mcp", "otel-mcp-audit"), ("queue", "a-queue"), ("shop", "a-shop"), ("shop_mcp", "a-shop")]
    stopped, stranger = other_rows(reach("2.3.0", trouble=trouble, instrumentors=order), {}, "")
    assert stopped.text == (
        "the instrumentation `queue` of a-queue fails when it is loaded; those behind it are not loaded "
        "(shop, shop_mcp), ours is"
    )
    assert stopped.cure == f"{DISABLED}=queue"
    assert "a-shop has an instrumentation `shop_mcp`: it may record MCP a second time" in stranger.text
    assert [row.state for row in other_rows(reach("2.3.0", instrumentors=order), {}, " shop_mcp ,x")] == ["ok"]


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
    row, _ = telemetry_rows({"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}, configured=True)
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
