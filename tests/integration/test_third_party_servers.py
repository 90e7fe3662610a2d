"""`mcp-server-git` and `mcp-server-time`, over stdio, with and without us: the same bytes, and everything recorded."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from support.programs.client import over_stdio
from support.running import Ended, isolated, launched, otel_mcp, ours, running
from support.signals import Request, check_signals
from support.sink import PROTOCOLS, Sink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.environments import Environment

FAILS, UNKNOWN = "tool_error", -32602
RUNS = tuple(zip(("opentelemetry-instrument", "otel-mcp run"), PROTOCOLS, strict=True))
MODERN, LEGACY = "2026-07-28", "2025-11-25"


@dataclass(frozen=True)
class Server:
    """A third-party server, the calls to make, and how each must go."""

    name: str
    calls: tuple[tuple[str, dict[str, Any], str | int | None], ...]

    def arguments(self, repository: Path) -> list[str]:
        return ["--repository", str(repository)] if self.name == "mcp-server-git" else []

    def requests(self) -> list[Request]:
        calls = (
            Request("tools/call", tool, code=way) if isinstance(way, int) else Request("tools/call", tool, error=way)
            for tool, _, way in self.calls
        )
        known = (Request(r.method, r.tool, known=r.code is None, error=r.error, code=r.code) for r in calls)
        return [Request("tools/list"), *known]


def git_calls(repository: Path) -> tuple[tuple[str, dict[str, Any], str | int | None], ...]:
    here = {"repo_path": str(repository)}
    return (
        ("git_status", here, None),
        ("git_add", {**here, "files": ["new.txt"]}, None),
        ("git_commit", {**here, "message": "add a file"}, None),
        ("git_log", {**here, "max_count": 2}, None),
        ("git_show", {**here, "revision": "no-such-revision"}, FAILS),
        ("git_status", {"repo_path": 7}, FAILS),
        ("git_teleport", here, UNKNOWN),
    )


TIME = Server(
    "mcp-server-time",
    (
        ("get_current_time", {"timezone": "Etc/UTC"}, None),
        ("convert_time", {"source_timezone": "Etc/UTC", "time": "12:30", "target_timezone": "Asia/Tokyo"}, None),
        ("get_current_time", {"timezone": "Nowhere/Land"}, FAILS),
        ("convert_time", {"time": "12:30"}, FAILS),
        ("stop_time", {"at": "noon"}, UNKNOWN),
    ),
)


@dataclass(frozen=True)
class Run:
    """One conversation with a server and what was left of it."""

    answers: list[Any]
    environ: dict[str, str]
    sink: Sink
    ended: Ended | None = None

    @property
    def trail(self) -> Path:
        return Path(self.environ["OTEL_MCP_AUDIT_DIR"])


@pytest.fixture(scope="module", params=["mcp-server-git", "mcp-server-time"])
def server(request: pytest.FixtureRequest, repository: Path) -> Server:
    return TIME if request.param == TIME.name else Server(request.param, git_calls(repository))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the repository is; each run gets a new one at this same place, so that runs can be compared."""
    return tmp_path_factory.mktemp("repository") / "garden"


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: run[0].replace(" ", "-"))
def launch(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A launcher, and the protocol that its exporters speak."""
    return request.param


class Conversations:
    """Runs a server by raw JSON-RPC lines or by the SDK's client."""

    def __init__(self, servers: Environment, repository: Path, folders: pytest.TempPathFactory) -> None:
        self._servers = servers
        self._repository = repository
        self._folders = folders

    def raw(self, server: Server, launch: tuple[str, str] | None, sink: Sink) -> Run:
        """A client of the handshake era that writes and reads bytes."""
        command, environ = self._prepared(server, launch, sink)
        with running(command, environ) as program:
            hello = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
            answers = [program.ask(0, "initialize", hello)]
            program.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
            answers.append(program.ask("list", "tools/list", {}))
            for number, (tool, arguments, _) in enumerate(server.calls, start=1):
                answers.append(program.ask(number, "tools/call", {"name": tool, "arguments": arguments}))
            return Run(answers, environ, sink, program.finish())

    def sdk(self, server: Server, launch: tuple[str, str] | None, sink: Sink) -> Run:
        """The SDK's client, in the modern era."""
        command, environ = self._prepared(server, launch, sink)
        calls = [["list_tools"], *(["call_tool", tool, arguments] for tool, arguments, _ in server.calls)]
        with Path(environ["HOME"], "stderr").open("w") as errlog:
            answers = anyio.run(over_stdio, command, environ, calls, "auto", errlog)
        return Run(answers, environ, sink)

    def _prepared(self, server: Server, launch: tuple[str, str] | None, sink: Sink) -> tuple[list[str], dict[str, str]]:
        folder = self._folders.mktemp("run")
        environ = isolated(folder, OTEL_SERVICE_NAME=server.name, OTEL_MCP_AUDIT_DIR=str(folder / "trail"))
        environ |= sink.environment(launch[1] if launch else PROTOCOLS[0])
        new_repository(self._repository, environ)
        command = [self._servers.script(server.name), *server.arguments(self._repository)]
        return launched(self._servers, launch[0] if launch else None, command), environ


def new_repository(place: Path, environ: dict[str, str]) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    (place / "old.txt").write_text("old\n")
    for words in (["init", "-q", "-b", "main"], ["add", "old.txt"], ["commit", "-q", "-m", "begin"]):
        subprocess.run(["git", *words], cwd=place, env=environ, check=True)
    (place / "new.txt").write_text("new\n")


@pytest.fixture(scope="module")
def conversations(servers: Environment, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Conversations:
    return Conversations(servers, repository, tmp_path_factory)


@pytest.fixture(scope="module")
def backend() -> Iterator[Any]:
    """Makes sinks that live as long as the module's tests."""
    opened: list[Sink] = []

    def new() -> Sink:
        opened.append(Sink().__enter__())
        return opened[-1]

    yield new
    for sink in opened:
        sink.__exit__()


@pytest.fixture(scope="module")
def plain_raw(conversations: Conversations, server: Server, backend: Any) -> Run:
    return conversations.raw(server, None, backend())


@pytest.fixture(scope="module")
def plain_sdk(conversations: Conversations, server: Server, backend: Any) -> Run:
    return conversations.sdk(server, None, backend())


@pytest.fixture(scope="module")
def raw(conversations: Conversations, server: Server, launch: tuple[str, str], backend: Any) -> Run:
    return conversations.raw(server, launch, backend())


@pytest.fixture(scope="module")
def sdk(conversations: Conversations, server: Server, launch: tuple[str, str], backend: Any) -> Run:
    return conversations.sdk(server, launch, backend())


def timeless(value: Any) -> str:
    """The clock's words replaced, and nothing else."""
    text = value if isinstance(value, str) else json.dumps(value)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "<time>", text)
    return re.sub(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", "<day>", text)


def unclocked(stderr: str) -> str:
    """The log's clock blanked: a handler of the server's prints the time only where it differs from the line above."""
    return re.sub(r"\[\d\d/\d\d/\d\d \d\d:\d\d:\d\d\]", " " * 19, stderr)


def test_two_plain_runs_are_equal_so_that_the_comparison_means_something(
    conversations: Conversations, server: Server, plain_raw: Run, backend: Any
) -> None:
    again = conversations.raw(server, None, backend())
    assert again.ended is not None
    assert plain_raw.ended is not None
    assert timeless(again.ended.stdout.decode()) == timeless(plain_raw.ended.stdout.decode())
    ways = [("error" in a) or a["result"].get("isError", False) for a in plain_raw.answers]
    assert ways == [False, False, *(way is not None for _, _, way in server.calls)]
    assert plain_raw.sink.raw == b""


def test_the_client_sees_the_same_results(sdk: Run, plain_sdk: Run) -> None:
    assert timeless(sdk.answers) == timeless(plain_sdk.answers)


def test_stdout_carries_the_same_bytes_and_nothing_but_json_rpc(raw: Run, plain_raw: Run) -> None:
    assert raw.ended is not None
    assert plain_raw.ended is not None
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in raw.ended.stdout.splitlines())
    assert timeless(raw.ended.stdout.decode()) == timeless(plain_raw.ended.stdout.decode())


def test_stderr_gains_one_line_and_the_exit_status_stays(raw: Run, plain_raw: Run) -> None:
    assert raw.ended is not None
    assert plain_raw.ended is not None
    (line,) = ours(raw.ended.stderr)
    assert re.fullmatch(rf"otel-mcp: \S+ records mcp 2\.\S+; audit trail {re.escape(str(raw.trail))} \(commit\)", line)
    assert unclocked(raw.ended.stderr.replace(f"{line}\n", "")) == unclocked(plain_raw.ended.stderr)
    assert raw.ended.status == plain_raw.ended.status == 0


def test_each_request_of_a_modern_client_is_one_span_one_record_one_entry_and_one_point(
    sdk: Run, server: Server
) -> None:
    requests = [Request("server/discover"), *server.requests()]
    common = {"mcp.protocol.version": MODERN, "network.transport": "pipe"}
    spans = check_signals(sdk.sink, server.name, sdk.trail, requests, common)
    assert {span.parent for span in spans} == {""}
    assert len({span.trace for span in spans}) == len(requests)


def test_each_request_of_a_handshake_client_is_one_span_one_record_one_entry_and_one_point(
    raw: Run, server: Server
) -> None:
    requests = [Request("initialize"), *server.requests()]
    spans = check_signals(
        raw.sink, server.name, raw.trail, requests, {"mcp.protocol.version": LEGACY, "network.transport": "pipe"}
    )
    ids = [span.attributes["jsonrpc.request.id"] for span in spans]
    assert ids == ["0", "list", *(str(number + 1) for number in range(len(server.calls)))]


def test_nothing_else_reaches_the_backend(raw: Run, sdk: Run, server: Server) -> None:
    for run, sessions in ((raw, {"mcp.server.session.duration"}), (sdk, set())):
        assert {span.service for span in run.sink.spans()} == {server.name}
        assert run.sink.metric_names() == {"mcp.server.operation.duration", "otel_mcp.audit.tree_size"} | sessions
        assert len(run.sink.records(ours=False)) == len(run.sink.records()) + len(run.sink.checkpoints())


def test_the_trail_verifies_and_has_one_row_for_each_request(raw: Run, servers: Environment, server: Server) -> None:
    verified = otel_mcp(servers, raw.environ, "verify", "--require", "clean-writers")
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stdout
    found = otel_mcp(servers, raw.environ, "query", "--json", "--oldest-first")
    assert found.returncode == 0, found.stderr
    kinds = ("mcp.request", "mcp.tool.call")
    rows = [row for row in map(json.loads, found.stdout.splitlines()) if row["event"] in kinds]
    assert [row["outcome"] for row in rows] == [
        "success", "success", *("success" if way is None else "failure" for _, _, way in server.calls)
    ]  # fmt: skip
    assert [row["target"] for row in rows[2:]] == [tool for tool, _, _ in server.calls]
    # Nobody declared the arguments of a tool that does not exist: only their digest is kept.
    for row, (_, arguments, way) in zip(rows[2:], server.calls, strict=True):
        assert ("arguments_digest" in row["body"]) is (way == UNKNOWN)
        assert row["body"].get("arguments", arguments) == arguments
    assert Counter(row["event"] for row in rows) == {"mcp.request": 2, "mcp.tool.call": len(server.calls)}
