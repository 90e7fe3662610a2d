"""Beside what else instruments MCP: ours is recorded once, nothing changes for the application, and `doctor` tells."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from support.comparing import named
from support.environments import sdk
from support.running import launched, ours, running, trail_bytes
from support.sink import Sink
from support.under_test import PROGRAMS, workplace

from otel_mcp.audit import verify
from otel_mcp.audit.query import operations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from support.environments import Environment

# The first use of an environment installs it, and every one of these starts six interpreters.
pytestmark = pytest.mark.timeout(600)

WORD = b"xylograph-7731"
INSTRUMENT = "opentelemetry-instrument"
DISABLED = "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"
OPENING = ("initialize", "notifications/initialized", "server/discover")
CALLS = ["tools/list", "tools/call echo", "tools/call boom", "tools/call", "tools/call slow"]
TRACELOOP = "opentelemetry-instrumentation-mcp==0.62.4"
REST = ("openinference-instrumentation-mcp==2.0.13", "logfire==5.4.0", "sentry-sdk==2.75.0")


@dataclass(frozen=True)
class Beside:
    """What is installed, what the program turns on itself, and what `doctor` has to say: texts, and their cures."""

    requirements: tuple[str, ...]
    turned_on: str
    told: dict[str, str]
    scopes: frozenset[str] = frozenset()


OPENINFERENCE = {"openinference-instrumentation-mcp is installed: it adds context propagation only": ""}
BESIDE = {
    "Traceloop, mcp 1": Beside(
        ("mcp==1.30.0", TRACELOOP),
        "nothing",
        {
            "`opentelemetry.instrumentation.mcp.instrumentation` made 1 span of the one call too": f"{DISABLED}=mcp",
            "it records calls a second time, with arguments and results in clear": f"{DISABLED}=mcp",
        },
        frozenset({"opentelemetry.instrumentation.mcp.instrumentation"}),
    ),
    "Traceloop, mcp 2": Beside(
        ("mcp==2.3.0", TRACELOOP),
        "nothing",
        {"the instrumentation `mcp` of opentelemetry-instrumentation-mcp fails when it is loaded": f"{DISABLED}=mcp"},
    ),
    "OpenInference, mcp 1": Beside(("mcp==1.30.0", *REST), "nothing", OPENINFERENCE),
    "OpenInference, mcp 2": Beside(("mcp==2.3.0", *REST), "nothing", OPENINFERENCE),
    "logfire, mcp 1": Beside(
        ("mcp==1.30.0", *REST),
        "logfire",
        {"logfire is installed: where the program turns it on, it records": "leave logfire.instrument_mcp() out"},
    ),
    "logfire, mcp 2": Beside(("mcp==2.3.0", *REST), "logfire", {"logfire is installed: it does nothing on mcp 2": ""}),
    "Sentry, mcp 1": Beside(("mcp==1.30.0", *REST), "sentry", {"it sends calls to Sentry too": "MCPIntegration"}),
    "Sentry, mcp 2": Beside(("mcp==2.3.0", *REST), "sentry", {"it sends calls to Sentry too": "MCPIntegration"}),
}


@dataclass(frozen=True)
class Run:
    """One conversation without us and one with us, both beside the other product, and what `doctor` says."""

    beside: Beside
    without: Any
    recorded: Any
    sink: Sink
    trail: Path
    stderr: str
    rows: list[dict[str, str]]


def doctor(installed: Environment, environ: Mapping[str, str], command: Sequence[str]) -> list[dict[str, str]]:
    """The rows of `otel-mcp doctor`. It starts the interpreter twice, and has a limit of its own for each."""
    line = [installed.script("otel-mcp"), "doctor", "--json", "--", *command]
    done = subprocess.run(line, env=dict(environ), capture_output=True, text=True, timeout=150, check=False)
    return list(json.loads(done.stdout))


@pytest.fixture(scope="module", params=BESIDE)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    beside = BESIDE[request.param]
    installed = sdk(*beside.requirements)
    command = [installed.python, str(PROGRAMS / "beside.py"), beside.turned_on]
    folder = tmp_path_factory.mktemp("beside")
    seen, stderr = [], ""
    for disabled in ("otel_mcp", ""):
        with Sink() as sink:
            environ = workplace(folder, "beside", sink.environment(), {DISABLED: disabled})
            with running(launched(installed, INSTRUMENT, command), environ) as started:
                ended = started.finish()
            assert ended.status == 0, ended.stderr
            seen.append(json.loads(ended.stdout))
            stderr = ended.stderr
    trail = folder / "trail-beside"
    before = trail_bytes(folder)
    rows = doctor(installed, environ, command)
    assert trail_bytes(folder) == before
    return Run(beside, *seen, sink, trail, stderr, rows)


def test_the_application_sees_what_it_sees_without_us(run: Run) -> None:
    assert run.recorded == run.without
    assert WORD.decode() in str(run.recorded)


def test_there_is_one_span_of_ours_for_each_side_of_a_call(run: Run) -> None:
    ours_alone = [span for span in run.sink.spans() if span.scope == "otel_mcp"]
    clients = {span.span: span for span in ours_alone if span.kind == "CLIENT"}
    servers = [span for span in ours_alone if span.kind == "SERVER"]
    assert sorted(span.name for span in servers if span.name not in OPENING) == sorted(CALLS)
    for span in servers:
        caller = clients.pop(span.parent)
        assert (span.trace, span.name) == (caller.trace, caller.name)
    assert clients == {}
    assert run.beside.scopes <= {span.scope for span in run.sink.spans()}


def test_every_call_has_its_entries_and_they_verify(run: Run) -> None:
    for side in ("client", "server"):
        # A tool that is not there leaves a decision as well.
        rows = [row for row in operations(run.trail) if row.side == side and not row.event.startswith("mcp.authz.")]
        assert [named(row) for row in rows if named(row) not in OPENING] == CALLS
    assert verify(run.trail).exit_code in (0, 2)
    assert len(ours(run.stderr)) == 1


def test_what_was_given_as_a_password_is_in_nothing_of_ours(run: Run) -> None:
    assert WORD not in trail_bytes(run.trail)
    for told in (*run.sink.spans(), *run.sink.records()):
        assert told.scope != "otel_mcp" or WORD.decode() not in str(told)


def test_doctor_names_what_doubles_or_breaks_and_the_switch(run: Run) -> None:
    [call] = [row for row in run.rows if "one call of a tool" in row["text"]]
    assert (call["section"], call["state"]) == ("hooks", "ok")
    found = {row["text"]: row["cure"] for row in run.rows if row["section"] == "others"}
    for words, cure in run.beside.told.items():
        [text] = [text for text in found if words in text]
        assert cure in found[text]
        assert bool(cure) == bool(found[text])


@pytest.mark.parametrize("name", ["Traceloop, mcp 1", "Traceloop, mcp 2"])
def test_the_switch_that_doctor_names_ends_it(name: str, tmp_path: Path) -> None:
    installed = sdk(*BESIDE[name].requirements)
    with Sink() as sink:
        environ = workplace(tmp_path, "beside", sink.environment(), {DISABLED: "mcp"})
        command = [installed.python, str(PROGRAMS / "beside.py"), "nothing"]
        with running(launched(installed, INSTRUMENT, command), environ) as started:
            ended = started.finish()
        assert (ended.status, "Failed" in ended.stderr) == (0, False), ended.stderr
        assert {span.scope for span in sink.spans()} == {"otel_mcp"}
    assert json.loads(ended.stdout)[-1][0].lower() == "mcperror"
    rows = doctor(installed, environ, command)
    others = [(row["state"], row["text"]) for row in rows if row["section"] == "others"]
    assert others == [("ok", "opentelemetry-instrumentation-mcp is installed, and turned off")]
