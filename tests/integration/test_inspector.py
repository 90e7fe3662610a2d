"""The MCP Inspector's command line as client: a peer in another language, of other authors, sees no difference."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from support.running import LIMIT, launched, ours
from support.signals import is_notification, outcomes
from support.under_test import workplace

if TYPE_CHECKING:
    from pathlib import Path

    from support.environments import Environment
    from support.sink import Sink

CALLS: dict[str, tuple[list[str], str | None]] = {
    "listing-time": (["mcp-server-time", "tools/list"], None),
    "listing-git": (["mcp-server-git", "tools/list"], None),
    "calling-time": (["mcp-server-time", "tools/call", "convert_time", "source_timezone=Etc/UTC", "time=12:30",
                      "target_timezone=Asia/Tokyo"], "success"),
    "calling-git": (["mcp-server-git", "tools/call", "git_status", "repo_path=."], "success"),
    "failing-time": (["mcp-server-time", "tools/call", "get_current_time", "timezone=Nowhere/Land"], "failure"),
}  # fmt: skip


def inspect(inspector: str, command: list[str], environ: dict[str, str], cwd: Path, words: list[str]) -> Any:
    """What the Inspector prints, its exit status, and its stderr."""
    method, *rest = words
    arguments = ["--method", method]
    if rest:
        arguments += ["--tool-name", rest[0]]
        for argument in rest[1:]:
            arguments += ["--tool-arg", argument]
    passed = [
        part for name, value in environ.items() if name not in ("PATH", "HOME") for part in ("-e", f"{name}={value}")
    ]
    return subprocess.run(
        [inspector, "--cli", *passed, *command, *arguments],
        env=environ, cwd=cwd, capture_output=True, text=True, timeout=LIMIT, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("case", CALLS)
def test_the_inspector_prints_the_same_and_its_requests_are_recorded(
    inspector: str, servers: Environment, sink: Sink, tmp_path: Path, case: str
) -> None:
    (server, *words), outcome = CALLS[case]
    environ = workplace(tmp_path, server, sink.environment())
    repository = tmp_path / "repository"
    repository.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=repository, env=environ, check=True)
    command = [servers.script(server)]
    plain = inspect(inspector, command, environ, repository, words)
    assert json.loads(plain.stdout), plain.stderr
    assert sink.raw == b""

    seen = inspect(inspector, launched(servers, "opentelemetry-instrument", command), environ, repository, words)
    assert (seen.stdout, seen.returncode) == (plain.stdout, plain.returncode)
    assert len(ours(seen.stderr)) <= 1
    assert sink.wait_for(lambda: words[0] in {span.attributes["mcp.method.name"] for span in sink.spans()})
    stored = outcomes(tmp_path / f"trail-{server}")
    requests = [span.span for span in sink.spans(server) if not is_notification(span)]
    assert [entry.head["span"] for entry in stored] == requests
    if outcome is not None:
        (call,) = [entry for entry in stored if entry.head["method"] == "tools/call"]
        assert (call.head["tool"], call.head["outcome"]) == (words[1], outcome)
