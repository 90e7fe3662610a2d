"""Running programs under test: an environment of their own, pipes read by threads, waits with a limit."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from support.environments import Environment

__all__ = ["LAUNCHES", "Ended", "Program", "isolated", "launched", "otel_mcp", "ours", "running", "trail_bytes"]

LIMIT = 30.0
"""Seconds after which a test gives up on a program; no test measures time."""

LAUNCHES = ("opentelemetry-instrument", "otel-mcp run")


def launched(environment: Environment, launch: str | None, command: Sequence[str]) -> list[str]:
    """`command` as it is, or behind one of the two launchers."""
    if launch is None:
        return list(command)
    if launch == "otel-mcp run":
        return [environment.script("otel-mcp"), "run", "--", *command]
    return [environment.script(launch), *command]


def isolated(folder: Path, **more: str) -> dict[str, str]:
    """An environment that knows nothing of the user's: home, settings, state, git identity and time zone."""
    for name in ("home", "config", "state", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A Tester",
        "GIT_AUTHOR_EMAIL": "tester@example.org",
        "GIT_AUTHOR_DATE": "2026-01-02T03:04:05+0000",
        "GIT_COMMITTER_NAME": "A Tester",
        "GIT_COMMITTER_EMAIL": "tester@example.org",
        "GIT_COMMITTER_DATE": "2026-01-02T03:04:05+0000",
        **more,
    }


def otel_mcp(environment: Environment, environ: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command `otel-mcp`."""
    command = [environment.script("otel-mcp"), *arguments]
    return subprocess.run(command, env=dict(environ), capture_output=True, text=True, timeout=LIMIT, check=False)


def ours(stderr: str) -> list[str]:
    """The lines of `stderr` that this package wrote."""
    return [line for line in stderr.splitlines() if line.startswith("otel-mcp:")]


def trail_bytes(folder: Path) -> bytes:
    """Every byte of every file below `folder`."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@dataclass(frozen=True)
class Ended:
    """How a program ended and what it wrote."""

    status: int
    stdout: bytes
    stderr: str


class Program:
    """A running program whose streams are collected; for an MCP server over stdio, a client of raw JSON-RPC lines."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], cwd: Path | None = None) -> None:
        self._process = subprocess.Popen(
            command, env=dict(environ), cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        # The condition's lock guards the collected lines and the answers.
        self._changed = threading.Condition()
        self._sending = threading.Lock()  # one line at a time
        self._out: list[bytes] = []
        self._err: list[bytes] = []
        self._open = 2
        self.answers: dict[Any, Any] = {}
        self._threads = [
            threading.Thread(target=self._collect, args=(self._process.stdout, self._out)),
            threading.Thread(target=self._collect, args=(self._process.stderr, self._err)),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None, "stdin is a pipe"
        with self._sending:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()

    def ask(self, request_id: Any, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Send a request and wait for its answer; None if the program ended without one."""
        self.send(
            {"jsonrpc": "2.0", "id": request_id, "method": method, **({} if params is None else {"params": params})}
        )
        self.wait_until(lambda: request_id in self.answers or not self._open, f"an answer to {method}")
        return self.answers.get(request_id)

    def wait_until(self, true: Any, what: str) -> None:
        with self._changed:
            assert self._changed.wait_for(true, LIMIT), f"no {what} within {LIMIT:g} s; stderr: {self._text()[-2000:]}"

    def wait_for_line(self, pattern: str) -> re.Match[str]:
        """Wait for a line of stderr that matches."""
        self.wait_until(lambda: re.search(pattern, self._text()) or not self._open, f"line like {pattern!r}")
        found = re.search(pattern, self._text())
        assert found is not None, f"the program ended without a line like {pattern!r}: {self._text()[-2000:]}"
        return found

    def kill(self, number: int) -> None:
        self._process.send_signal(number)

    def finish(self) -> Ended:
        """Close stdin, wait for the end, and return what was written."""
        assert self._process.stdin is not None, "stdin is a pipe"
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            status = self._process.wait(LIMIT)
        finally:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            for thread in self._threads:
                thread.join()
            for stream in (self._process.stdout, self._process.stderr):
                stream.close()  # type: ignore[union-attr]
        return Ended(status, b"".join(self._out), self._text())

    def _collect(self, stream: Any, lines: list[bytes]) -> None:
        for line in stream:
            with self._changed:
                lines.append(line)
                if lines is self._out:
                    self._take_answer(line)
                self._changed.notify_all()
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def _take_answer(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            return
        if isinstance(message, dict) and "method" not in message:
            self.answers[message.get("id")] = message

    def _text(self) -> str:
        return b"".join(self._err).decode("utf-8", "replace")


@contextmanager
def running(command: Sequence[str], environ: Mapping[str, str], cwd: Path | None = None) -> Iterator[Program]:
    """A program that does not outlive the block, whatever happens in it."""
    program = Program(command, environ, cwd)
    try:
        yield program
    finally:
        if program._process.poll() is None:
            program.kill(signal.SIGKILL)
        if not program._process.stdin.closed:  # type: ignore[union-attr]
            program.finish()
