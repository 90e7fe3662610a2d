"""Trouble around us: the trail cannot be written, the instrumentation is not reached, the SDK is missing or off."""

from __future__ import annotations

import fcntl
import json
import shutil
import signal
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.environments import bare_environment
from support.running import launched, otel_mcp, ours, running
from support.signals import outcomes
from support.under_test import PROGRAMS, server_command, workplace

from otel_mcp.audit.keys import load_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.environments import Environment
    from support.running import Ended, Program
    from support.sink import Sink

INSTRUMENT = "opentelemetry-instrument"
DATABASE = "audit-000000000000.db"
CONFIG_ERROR = 78
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "caller", "version": "1"}}
SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
METHODS = ["initialize", "tools/list", "tools/call", "tools/call"]


def converse(command: list[str], environ: dict[str, str], meta: dict[str, str] | None = None) -> Ended:
    """By raw lines: a listing, a call that succeeds, one that fails. The program may end before its first answer."""
    extra = {} if meta is None else {"_meta": meta}
    with running(command, environ) as program:
        try:
            if program.ask(1, "initialize", HELLO) is not None:
                program.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
                program.ask(2, "tools/list", {})
                program.ask(3, "tools/call", {"name": "add", "arguments": {"a": 1, "b": 2}, **extra})
                program.ask(4, "tools/call", {"name": "add", "arguments": {"a": "one"}, **extra})
        except BrokenPipeError:
            pass
        return program.finish()


@pytest.fixture(scope="module")
def server(servers: Environment) -> list[str]:
    return server_command(servers, "mcpserver")


@pytest.fixture(scope="module")
def plain(server: list[str], tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """The conversation without us."""
    ended = converse(server, workplace(tmp_path_factory.mktemp("plain"), "plain"))
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4]
    assert [answer["result"].get("isError") for answer in answers] == [None, None, False, True]
    return ended


@pytest.fixture(scope="module")
def healthy(servers: Environment, server: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trail as a run leaves it."""
    environ = workplace(tmp_path_factory.mktemp("healthy"), "the-server", QUIET)
    assert converse(launched(servers, INSTRUMENT, server), environ).status == 0
    return Path(environ["OTEL_MCP_AUDIT_DIR"])


QUIET = {"OTEL_TRACES_EXPORTER": "none", "OTEL_LOGS_EXPORTER": "none", "OTEL_METRICS_EXPORTER": "none"}


@dataclass(frozen=True)
class Trouble:
    """What keeps the trail from opening, and the words that must name it and its cure."""

    prepare: Callable[[Path, Path, dict[str, str]], None]
    setting: str
    cure: str


def a_file(trail: Path, _: Path, __: dict[str, str]) -> None:
    trail.write_text("no folder")


def below_a_file(trail: Path, _: Path, environ: dict[str, str]) -> None:
    trail.write_text("no folder")
    environ["OTEL_MCP_AUDIT_DIR"] = str(trail / "below")


def unwritable(_: Path, __: Path, environ: dict[str, str]) -> None:
    # Not even root makes a folder here.
    environ["OTEL_MCP_AUDIT_DIR"] = "/proc/otel-mcp-trail"


def no_key(trail: Path, healthy: Path, _: dict[str, str]) -> None:
    shutil.copytree(healthy, trail)


def another_key(trail: Path, healthy: Path, environ: dict[str, str]) -> None:
    shutil.copytree(healthy, trail)
    key = f"file:{trail.parent / 'another.pem'}"
    load_keys(key, service="the-server", create=True)
    environ["OTEL_MCP_AUDIT_KEY"] = key


def no_database(trail: Path, _: Path, __: dict[str, str]) -> None:
    trail.mkdir()
    (trail / DATABASE).write_bytes(b"these are no pages of a database " * 400)


def foreign_database(trail: Path, _: Path, __: dict[str, str]) -> None:
    trail.mkdir()
    with closing(sqlite3.connect(trail / DATABASE)) as connection:
        connection.execute("CREATE TABLE accounts (name TEXT)")
        connection.commit()


def newer_database(trail: Path, healthy: Path, environ: dict[str, str]) -> None:
    shutil.copytree(healthy, trail)
    shutil.copytree(healthy.parent / "config", trail.parent / "config", dirs_exist_ok=True)
    with closing(sqlite3.connect(trail / DATABASE)) as connection:
        connection.execute("PRAGMA user_version = 99")


TROUBLES = (
    Trouble(a_file, "OTEL_MCP_AUDIT_DIR=", "to a folder that this user can write"),
    Trouble(below_a_file, "OTEL_MCP_AUDIT_DIR=", "to a folder that this user can write"),
    Trouble(unwritable, "OTEL_MCP_AUDIT_DIR=/proc/", "to a folder that this user can write"),
    Trouble(no_key, "OTEL_MCP_AUDIT_KEY", "use the key that the log was made with"),
    Trouble(another_key, "OTEL_MCP_AUDIT_KEY", "use the key that the log was made with"),
    Trouble(no_database, "OTEL_MCP_AUDIT_DIR", "OTEL_MCP_AUDIT_DIR"),
    Trouble(foreign_database, "OTEL_MCP_AUDIT_DIR", "move it away or change OTEL_MCP_AUDIT_DIR"),
    Trouble(newer_database, DATABASE, "upgrade otel-mcp-audit"),
)


@pytest.fixture(params=TROUBLES, ids=lambda trouble: trouble.prepare.__name__)
def trouble(request: pytest.FixtureRequest, healthy: Path, tmp_path: Path) -> tuple[Trouble, dict[str, str]]:
    environ = workplace(tmp_path, "the-server", QUIET)
    request.param.prepare(Path(environ["OTEL_MCP_AUDIT_DIR"]), healthy, environ)
    return request.param, environ


def test_a_trail_that_cannot_be_opened_is_said_in_one_line_and_changes_nothing(
    servers: Environment, server: list[str], plain: Ended, trouble: tuple[Trouble, dict[str, str]]
) -> None:
    expected, environ = trouble
    ended = converse(launched(servers, INSTRUMENT, server), environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    (line,) = ours(ended.stderr)
    assert "UNAUDITED" in line
    assert expected.setting in line
    assert expected.cure in line
    assert "Traceback" not in ended.stderr


def test_a_required_trail_that_cannot_be_opened_keeps_the_server_from_starting(
    servers: Environment, server: list[str], trouble: tuple[Trouble, dict[str, str]]
) -> None:
    expected, environ = trouble
    ended = converse(launched(servers, INSTRUMENT, server), {**environ, "OTEL_MCP_AUDIT": "required"})
    assert (ended.stdout, ended.status) == (b"", CONFIG_ERROR)
    (line,) = ended.stderr.splitlines()
    assert line.startswith("otel-mcp: ")
    assert "refusing to start" in line
    assert expected.setting in line
    assert expected.cure in line


# -- another process holds the trail ----------------------------------------------------------------------------


@contextmanager
def stuck(trail: Path) -> Iterator[None]:
    """Hold the trail's lock, as a writer does that hangs."""
    with (trail / "log.lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def opened(program: Program) -> None:
    assert program.ask(1, "initialize", HELLO), "the server speaks"
    program.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert "result" in program.ask(2, "tools/call", {"name": "note", "arguments": {"text": "before"}})


def test_a_required_trail_that_gets_stuck_refuses_calls_until_it_works_again(
    servers: Environment, server: list[str], tmp_path: Path
) -> None:
    environ = workplace(tmp_path, "the-server", QUIET, OTEL_MCP_AUDIT="required")
    trail = Path(environ["OTEL_MCP_AUDIT_DIR"])
    with running(launched(servers, INSTRUMENT, server), environ) as program:
        opened(program)
        with stuck(trail):
            answer = program.ask(3, "tools/call", {"name": "note", "arguments": {"text": "meanwhile"}})
            assert (answer["error"]["code"], answer["error"]["message"]) == (-32603, "audit unavailable")
        assert "result" in program.ask(4, "tools/call", {"name": "note", "arguments": {"text": "after"}})
        ended = program.finish()
    assert ended.status == 0
    assert [line for line in ours(ended.stderr) if "calls are refused" in line]
    notes = [entry for entry in outcomes(trail) if entry.head.get("tool") == "note"]
    told = [(entry.body["arguments"]["text"], entry.head["outcome"]) for entry in notes if entry.body is not None]
    assert told == [("before", "success"), ("meanwhile", "failure"), ("after", "success")]
    assert otel_mcp(servers, environ, "verify").returncode == 0


def test_sigterm_ends_a_server_whose_trail_is_stuck(servers: Environment, server: list[str], tmp_path: Path) -> None:
    environ = workplace(tmp_path, "the-server", QUIET)
    with running(launched(servers, INSTRUMENT, server), environ) as program:
        opened(program)
        with stuck(Path(environ["OTEL_MCP_AUDIT_DIR"])):
            program.send({"jsonrpc": "2.0", "id": 3, "method": "tools/list", "params": {}})
            program.kill(signal.SIGTERM)
            ended = program.finish()
    assert ended.status == -signal.SIGTERM
    assert otel_mcp(servers, environ, "verify").returncode == 0


# -- otel-mcp run --required ------------------------------------------------------------------------------------


def refused(servers: Environment, command: list[str], environ: dict[str, str]) -> str:
    """The one line with which `otel-mcp run --required` refuses."""
    ended = converse([servers.script("otel-mcp"), "run", "--required", "--", *command], environ)
    assert (ended.stdout, ended.status) == (b"", CONFIG_ERROR), ended.stderr
    (line,) = ended.stderr.splitlines()
    assert line.startswith("otel-mcp: ")
    assert "refusing to start" in line
    return line


def test_run_starts_a_server_that_will_be_audited(
    servers: Environment, server: list[str], plain: Ended, tmp_path: Path
) -> None:
    environ = workplace(tmp_path, "the-server", QUIET)
    ended = converse([servers.script("otel-mcp"), "run", "--required", "--", *server], environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    assert "(write-ahead)" in ended.stderr
    assert [e.head["method"] for e in outcomes(Path(environ["OTEL_MCP_AUDIT_DIR"]))] == METHODS


def test_run_refuses_an_isolated_interpreter(servers: Environment, server: list[str], tmp_path: Path) -> None:
    line = refused(servers, [server[0], "-I", *server[1:]], workplace(tmp_path, "the-server", QUIET))
    assert "-I" in line


@pytest.mark.parametrize("disabled", ["otel_mcp", "*", "requests, otel_mcp"])
def test_run_refuses_where_the_instrumentation_is_disabled(
    servers: Environment, server: list[str], tmp_path: Path, disabled: str
) -> None:
    environ = workplace(tmp_path, "the-server", QUIET, OTEL_PYTHON_DISABLED_INSTRUMENTATIONS=disabled)
    assert "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS" in refused(servers, server, environ)


def test_run_refuses_a_python_without_this_package(servers: Environment, server: list[str], tmp_path: Path) -> None:
    bare = bare_environment(tmp_path / "bare")
    line = refused(servers, [bare.python, *server[1:]], workplace(tmp_path, "the-server", QUIET))
    assert "has no otel-mcp-audit" in line


def foreign(place: Path, group: str, code: str) -> str:
    """A folder with a distribution that has `code` in this group of entry points; the loader finds it before others."""
    info = place / "broken_instrumentation-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-instrumentation\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\nbroken = broken_instrumentation:Broken\n")
    (place / "broken_instrumentation.py").write_text(code)
    return str(place)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """What ends the loading before our turn: a hook that the loader calls ahead of all instrumentations, and fails."""
    code = "def Broken(): raise RuntimeError('out of order')\n"
    return foreign(tmp_path / "broken", "opentelemetry_pre_instrument", code)


def test_an_instrumentation_that_fails_before_our_turn_does_not_keep_us_from_being_loaded(
    servers: Environment, server: list[str], plain: Ended, tmp_path: Path
) -> None:
    code = (
        "from opentelemetry.instrumentation.instrumentor import BaseInstrumentor\n"
        "class Broken(BaseInstrumentor):\n"
        "    def instrumentation_dependencies(self): return ()\n"
        "    def _instrument(self, **kwargs): raise RuntimeError('out of order')\n"
        "    def _uninstrument(self, **kwargs): pass\n"
    )
    place = foreign(tmp_path / "broken", "opentelemetry_instrumentor", code)
    environ = workplace(tmp_path, "the-server", QUIET, PYTHONPATH=place, OTEL_MCP_AUDIT="required")
    ended = converse(launched(servers, INSTRUMENT, server), environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    assert "Instrumenting of broken failed" in ended.stderr
    assert "already instrumented" not in ended.stderr
    assert [e.head["method"] for e in outcomes(Path(environ["OTEL_MCP_AUDIT_DIR"]))] == METHODS


@pytest.mark.parametrize("disabled", ["otel_mcp", " * ", "requests ,otel_mcp "])
def test_who_turns_us_off_is_obeyed(servers: Environment, server: list[str], tmp_path: Path, disabled: str) -> None:
    environ = workplace(tmp_path, "the-server", QUIET, OTEL_PYTHON_DISABLED_INSTRUMENTATIONS=disabled)
    ended = converse(launched(servers, INSTRUMENT, server), environ)
    assert (ours(ended.stderr), ended.status) == ([], 0)
    assert not Path(environ["OTEL_MCP_AUDIT_DIR"]).exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["env", "OTEL_MCP_AUDIT=off"], "OTEL_MCP_AUDIT=off"),
        (["env", "OTEL_MCP_AUDIT_ON_FAILURE=open", "OTEL_MCP_AUDIT=on"], "OTEL_MCP_AUDIT=on"),
        (["env", "-i"], "OTEL_MCP_AUDIT=on"),
        (["env", "-u", "PYTHONPATH"], "takes the loader out of PYTHONPATH"),
        (["env", "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS= *"], "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"),
        (["env", "PYTHONNOUSERSITE=1", "--split-string=x"], "cannot tell which Python"),
        (["opentelemetry-instrument", "--mcp_audit", "off"], "OTEL_MCP_AUDIT=off"),
        (["opentelemetry-instrument", "--disabled_instrumentations=otel_mcp"], "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"),
    ],
)
def test_run_refuses_what_the_words_before_the_command_turn_off(
    servers: Environment, server: list[str], tmp_path: Path, words: list[str], reason: str
) -> None:
    command = [servers.script(words[0]) if words[0] == INSTRUMENT else words[0], *words[1:], *server]
    assert reason in refused(servers, command, workplace(tmp_path, "the-server", QUIET))


def test_run_refuses_settings_of_a_batch_at_which_the_sdk_stops(
    servers: Environment, server: list[str], tmp_path: Path
) -> None:
    environ = workplace(tmp_path, "the-server", OTEL_BSP_MAX_QUEUE_SIZE="100")
    assert "the instrumentation is not reached" in refused(servers, server, environ)


def test_an_sdk_that_is_off_does_not_touch_the_trail_and_is_not_refused(
    servers: Environment, server: list[str], plain: Ended, tmp_path: Path
) -> None:
    environ = workplace(tmp_path, "the-server", QUIET, OTEL_SDK_DISABLED="true")
    ended = converse([servers.script("otel-mcp"), "run", "--required", "--", *server], environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    assert [e.head["method"] for e in outcomes(Path(environ["OTEL_MCP_AUDIT_DIR"]))] == METHODS


def test_run_refuses_where_another_breaks_the_loading_before_us(
    servers: Environment, server: list[str], tmp_path: Path, broken: str
) -> None:
    environ = workplace(tmp_path, "the-server", QUIET, PYTHONPATH=broken)
    assert "the instrumentation is not reached" in refused(servers, server, environ)


def test_run_says_that_a_broken_loading_leaves_the_server_unaudited_and_starts_it(
    servers: Environment, server: list[str], plain: Ended, tmp_path: Path, broken: str
) -> None:
    environ = workplace(tmp_path, "the-server", QUIET, PYTHONPATH=broken)
    ended = converse(launched(servers, "otel-mcp run", server), environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    (line,) = ours(ended.stderr)
    assert "UNAUDITED" in line


# -- OpenTelemetry's SDK is missing, off, or writes to the console ----------------------------------------------


@pytest.mark.parametrize(
    ("settings", "telemetry"),
    [
        pytest.param(QUIET, False, id="no exporters"),
        pytest.param({"OTEL_SDK_DISABLED": "true"}, False, id="SDK disabled"),
        pytest.param({"OTEL_PYTHON_DISTRO": "none", "OTEL_PYTHON_CONFIGURATOR": "none"}, False, id="no configurator"),
        pytest.param({"OTEL_TRACES_SAMPLER": "always_off"}, True, id="no sampling"),
        pytest.param({"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT": "1"}, True, id="limits"),
    ],
)
def test_the_trail_has_everything_whatever_the_sdk_does(
    servers: Environment, server: list[str], plain: Ended, sink: Sink, tmp_path: Path, settings: Any, telemetry: bool
) -> None:
    environ = workplace(tmp_path, "the-server", sink.environment(), settings)
    ended = converse(launched(servers, INSTRUMENT, server), environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    assert_whole(servers, environ)
    assert (sink.raw != b"") == telemetry


def test_the_trail_works_with_the_api_alone(
    servers: Environment, server: list[str], plain: Ended, tmp_path: Path
) -> None:
    environ = workplace(tmp_path, "the-server")
    ended = converse([server[0], str(PROGRAMS / "by_hand.py"), "stdio"], environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    assert len(ours(ended.stderr)) == 1
    assert_whole(servers, environ)


def test_console_exporters_do_not_reach_the_protocol(
    servers: Environment, server: list[str], plain: Ended, tmp_path: Path
) -> None:
    console = dict.fromkeys(QUIET, "console")
    environ = workplace(tmp_path, "the-server", console)
    ended = converse(launched(servers, INSTRUMENT, server), environ)
    assert (ended.stdout, ended.status) == (plain.stdout, plain.status)
    assert '"name": "tools/call add"' in ended.stderr
    assert '"mcp.server.operation.duration"' in ended.stderr
    assert '"audit.record.id"' in ended.stderr
    assert [line for line in ours(ended.stderr) if "redirected to stderr" in line]


@pytest.mark.parametrize(("parent", "sampled"), [(SAMPLED, True), (UNSAMPLED, False)])
def test_a_peer_that_does_not_sample_leaves_entries_all_the_same(
    servers: Environment, server: list[str], sink: Sink, tmp_path: Path, parent: str, sampled: bool
) -> None:
    environ = workplace(tmp_path, "the-server", sink.environment())
    converse(launched(servers, INSTRUMENT, server), environ, {"traceparent": parent})
    assert_whole(servers, environ)
    _, trace, peer, _ = parent.split("-")
    calls = [span for span in sink.spans("the-server") if span.name == "tools/call add"]
    assert [(span.trace, span.parent) for span in calls] == ([(trace, peer)] * 2 if sampled else [])
    records = [record for record in sink.records("the-server") if record.trace == trace]
    assert len(records) == 2
    stored = [entry for entry in outcomes(Path(environ["OTEL_MCP_AUDIT_DIR"])) if entry.head.get("trace") == trace]
    assert [record.body for record in records] == [entry.head_text for entry in stored]


def test_the_handshake_is_not_said_to_speak_a_version_that_was_not_negotiated(
    servers: Environment, server: list[str], sink: Sink, tmp_path: Path
) -> None:
    old = "2024-11-05"
    environ = workplace(tmp_path, "the-server", sink.environment())
    with running(launched(servers, INSTRUMENT, server), environ) as program:
        answer = program.ask(1, "initialize", {**HELLO, "protocolVersion": old})
        assert answer["result"]["protocolVersion"] == old
        program.finish()
    (span,) = sink.spans("the-server")
    (entry,) = outcomes(Path(environ["OTEL_MCP_AUDIT_DIR"]))
    assert (span.attributes["mcp.protocol.version"], entry.head["proto"]) == (old, old)


def assert_whole(servers: Environment, environ: dict[str, str]) -> None:
    """The trail has an outcome for each request of `converse`, with its content, and verifies."""
    stored = outcomes(Path(environ["OTEL_MCP_AUDIT_DIR"]))
    assert [entry.head["method"] for entry in stored] == METHODS
    bodies: list[Any] = [entry.body for entry in stored]
    assert bodies[2]["arguments"] == {"a": 1, "b": 2}
    assert bodies[2]["result"]["structuredContent"] == {"result": 3}
    assert bodies[3]["arguments"] == {"a": "one"}
    assert otel_mcp(servers, environ, "verify", "--require", "clean-writers").returncode == 0
