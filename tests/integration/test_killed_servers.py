"""A server killed at any moment: what a client was answered is in the trail, and the trail verifies."""

from __future__ import annotations

import random
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import Client
from support.running import launched, otel_mcp, running
from support.signals import LEAF, outcomes
from support.sink import PROTOCOLS
from support.under_test import PROGRAMS, http_server, server_command, workplace

from otel_mcp.audit import verify

if TYPE_CHECKING:
    from support.environments import Environment
    from support.running import Ended, Program
    from support.sink import Sink

INSTRUMENT = "opentelemetry-instrument"
SEEDS = range(5)
CALLERS = 4
METRIC = "mcp.server.operation.duration"
# Exporters that would wait a minute: what arrives at the backend was flushed.
PATIENT = {"OTEL_BSP_SCHEDULE_DELAY": "60000", "OTEL_BLRP_SCHEDULE_DELAY": "60000"}
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "caller", "version": "1"}}


@dataclass(frozen=True)
class Killed:
    """What the client was answered, and how the server ended."""

    answered: set[str]
    ended: Ended
    trail: Path
    environ: dict[str, str]


def note(caller: int, turn: int) -> str:
    return f"note {caller} of turn {turn}"


class Answers:
    """The texts that were answered, from any thread or task; says when there are enough."""

    def __init__(self, enough: int) -> None:
        self.texts: set[str] = set()
        self.reached = threading.Event()
        self._enough = enough

    def add(self, text: str) -> None:
        self.texts.add(text)
        if len(self.texts) >= self._enough:
            self.reached.set()


def over_pipes(program: Program, number: int, answers: Answers) -> Ended:
    """Call from several threads over the server's pipes, and kill it in between."""
    assert program.ask("hello", "initialize", HELLO), "the server speaks"
    program.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def call(caller: int) -> None:
        turn = 0
        while True:
            turn += 1
            text = note(caller, turn)
            try:
                answer = program.ask(text, "tools/call", {"name": "note", "arguments": {"text": text}})
            except (BrokenPipeError, ValueError):
                return
            if answer is None:
                return
            assert answer["result"]["content"][0]["text"] == f"noted {text}"
            answers.add(text)

    callers = [threading.Thread(target=call, args=(caller,)) for caller in range(CALLERS)]
    for caller in callers:
        caller.start()
    assert answers.reached.wait(30), "the server answers"
    program.kill(number)
    for caller in callers:
        caller.join()
    ended = program.finish()
    # What was in the pipe when the server died was answered as well.
    for text in program.answers.keys() - {"hello"}:
        answers.add(text)
    return ended


async def over_http(url: str, program: Program, number: int, answers: Answers) -> None:
    """The same from several tasks, each with the SDK's client."""

    async def call(caller: int, mode: str) -> None:
        turn = 0
        try:
            async with Client(url, mode=mode, read_timeout_seconds=10) as client:
                while True:
                    turn += 1
                    text = note(caller, turn)
                    result = await client.call_tool("note", {"text": text})
                    assert result.content[0].text == f"noted {text}"
                    answers.add(text)
        except Exception as exc:  # whichever way the SDK tells that the server is gone
            failures.append(exc)

    failures: list[Exception] = []
    async with anyio.create_task_group() as callers:
        for caller in range(CALLERS):
            callers.start_soon(call, caller, "legacy" if caller % 2 else "auto")
        with anyio.move_on_after(30):
            await anyio.to_thread.run_sync(answers.reached.wait, abandon_on_cancel=True)
        program.kill(number)
    assert answers.reached.is_set(), failures


def kill_in_mid_load(
    servers: Environment, environ: dict[str, str], how: str, number: int, seed: int, launch: str | None
) -> Killed:
    enough = random.Random(seed).randint(5, 60)
    print(f"seed {seed}: kill after {enough} answers")
    answers = Answers(enough)
    if how == "stdio":
        with running(launched(servers, launch, server_command(servers, "mcpserver")), environ) as program:
            ended = over_pipes(program, number, answers)
    else:
        with http_server(servers, "mcpserver", "http", environ, launch) as (url, program):
            anyio.run(over_http, url, program, number, answers)
            ended = program.finish()

    return Killed(answers.texts, ended, Path(environ["OTEL_MCP_AUDIT_DIR"]), environ)


def recorded(killed: Killed) -> dict[str, Any]:
    """The outcome entries of notes, by text."""
    stored = [entry for entry in outcomes(killed.trail) if entry.head.get("tool") == "note"]
    assert all(entry.body is not None for entry in stored)
    return {entry.body["arguments"]["text"]: entry for entry in stored if entry.body is not None}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("how", ["stdio", "http"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_every_answered_call_is_in_a_trail_that_verifies(
    servers: Environment, sink: Sink, tmp_path: Path, number: signal.Signals, how: str, seed: int
) -> None:
    environ = workplace(tmp_path, "the-server", sink.environment(PROTOCOLS[seed % 2]), PATIENT)
    killed = kill_in_mid_load(servers, environ, how, number, seed, INSTRUMENT)
    assert killed.ended.status == -number
    stored = recorded(killed)
    assert killed.answered - stored.keys() == set()
    verified = otel_mcp(servers, environ, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    if number == signal.SIGTERM:
        assert_all_arrived(sink, killed, stored)
        newest = sink.checkpoints("the-server")[-1].attributes["otel_mcp.audit.size"]
        assert newest == verify(killed.trail).size, "the stop record is covered, too"


def assert_all_arrived(sink: Sink, killed: Killed, stored: dict[str, Any]) -> None:
    """SIGTERM leaves time to flush: the backend has the span, the record and the count of each answered call."""
    wanted = {stored[text].head["id"]: stored[text].head["span"] for text in killed.answered}
    records = {record.attributes["audit.record.id"]: record for record in sink.records("the-server")}
    assert wanted.keys() - records.keys() == set()
    spans = {span.span: span for span in sink.spans("the-server")}
    assert set(wanted.values()) - spans.keys() == set()
    for record_id, span_id in wanted.items():
        assert records[record_id].attributes[LEAF] == spans[span_id].attributes[LEAF]
    counts = sink.points("the-server", METRIC)
    notes = sum(count for attributes, count in counts.items() if dict(attributes).get("gen_ai.tool.name") == "note")
    assert notes >= len(killed.answered)


@pytest.mark.parametrize("how", ["stdio", "http"])
def test_the_status_after_sigterm_is_that_of_a_plain_server(
    servers: Environment, sink: Sink, tmp_path: Path, how: str
) -> None:
    environ = workplace(tmp_path, "the-server", sink.environment(), PATIENT)
    assert kill_in_mid_load(servers, environ, how, signal.SIGTERM, 0, None).ended.status == -signal.SIGTERM


@pytest.mark.parametrize("when", ["early", "late"])
def test_a_handler_of_the_programs_own_still_runs(servers: Environment, sink: Sink, tmp_path: Path, when: str) -> None:
    """Set before the SDK is imported it is called after our flush; set later it takes the signal over from us."""
    environ = workplace(tmp_path, "the-server", sink.environment(), PATIENT)
    command = server_command(servers, "mcpserver")
    if when == "early":
        command = [servers.python, str(PROGRAMS / "early_handler.py"), "stdio"]
    else:
        environ["OWN_HANDLER"] = "1"
    answers = Answers(10)
    with running(launched(servers, INSTRUMENT, command), environ) as program:
        ended = over_pipes(program, signal.SIGTERM, answers)

    killed = Killed(answers.texts, ended, Path(environ["OTEL_MCP_AUDIT_DIR"]), environ)
    assert ended.status == 7
    assert ended.stderr.count("the program's own handler ran") == 1
    stored = recorded(killed)
    assert killed.answered - stored.keys() == set()
    if when == "early":
        assert_all_arrived(sink, killed, stored)
