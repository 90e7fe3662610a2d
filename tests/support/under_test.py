"""The servers of `support.programs`, started over stdio or HTTP with an environment of their own."""

from __future__ import annotations

import json
import signal
import socket
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio

from support.programs.client import converse, over_stdio
from support.running import Ended, Program, isolated, launched, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from support.environments import Environment

__all__ = ["PROGRAMS", "client_program", "http_server", "server_command", "talk", "workplace"]

PROGRAMS = Path(__file__).parent / "programs"


def workplace(folder: Path, service: str, *exporters: Mapping[str, str], **more: str) -> dict[str, str]:
    """An isolated environment with a trail in `folder`, exporters that wait for nothing, and a word in the vault."""
    settings = {
        "OTEL_SERVICE_NAME": service,
        "OTEL_MCP_AUDIT_DIR": str(folder / f"trail-{service}"),
        "OTEL_BSP_SCHEDULE_DELAY": "50",
        "OTEL_BLRP_SCHEDULE_DELAY": "50",
        "VAULT_WORD": "saffron-ladder-in-the-barn",
    }
    for exporter in exporters:
        settings |= exporter
    return isolated(folder, **settings | more)


def server_command(servers: Environment, flavour: str, *how: str) -> list[str]:
    """The command of `mcpserver` or `lowlevel`, uninstrumented."""
    return [servers.python, str(PROGRAMS / f"{flavour}.py"), *(how or ("stdio",))]


@contextmanager
def http_server(
    servers: Environment, flavour: str, how: str, environ: Mapping[str, str], launch: str | None
) -> Iterator[tuple[str, Program]]:
    """A server over streamable HTTP; yields its URL and the program."""
    command = launched(servers, launch, server_command(servers, flavour, how, str(_free_port())))
    with running(command, environ) as program:
        port = program.wait_for_line(r"Uvicorn running on http://127\.0\.0\.1:(\d+)")[1]
        yield f"http://127.0.0.1:{port}/mcp", program


def client_program(
    servers: Environment, environ: Mapping[str, str], launch: str | None, **order: Any
) -> tuple[list[Any], Ended]:
    """Run the client as a program of its own; returns what it printed, and how it ended."""
    command = launched(servers, launch, [servers.python, str(PROGRAMS / "client.py"), json.dumps(order)])
    with running(command, environ) as program:
        ended = program.finish()
    assert ended.status == 0, ended.stderr
    return json.loads(ended.stdout), ended


def talk(
    servers: Environment,
    flavour: str,
    how: str,
    environ: dict[str, str],
    calls: list[list[Any]],
    *,
    launch: str | None = "opentelemetry-instrument",
    mode: str = "auto",
) -> list[Any]:
    """Let the SDK's client in this process make `calls` of a server; returns the answers when the server has ended."""
    if how == "stdio":
        command = launched(servers, launch, server_command(servers, flavour))
        with Path(environ["HOME"], "stderr").open("a") as errlog:
            return anyio.run(over_stdio, command, environ, calls, mode, errlog)
    with http_server(servers, flavour, how, environ, launch) as (url, program):
        answers = anyio.run(converse, url, calls, mode)
        program.kill(signal.SIGTERM)
        Path(environ["HOME"], "stderr").write_text(program.finish().stderr, encoding="utf-8")
    return answers


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
