"""`otel-mcp demo`: a real server and client over stdio, instrumented, and everything that comes of it on one screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from otel_mcp.cli._interpreter import LAUNCHER
from otel_mcp.errors import ConfigError

__all__ = ["command"]

_SECONDS = 120
_SERVER, _CLIENT = "demo-server", "demo-client"


@click.command("demo")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the trail and its copies here.")
def command(keep: Path | None) -> None:
    """Start a real MCP server, call its tools, and show what is recorded, what is removed, and how tampering shows.

    Everything stays on this machine and, without --keep, in a temporary folder. Takes a few seconds.
    """
    _check_installed()
    if keep is not None:
        _demo(_new_folder(keep), kept=True)
        return
    with tempfile.TemporaryDirectory(prefix="otel-mcp-demo-") as folder:
        _demo(Path(folder), kept=False)


def _check_installed() -> None:
    for module, cure in (
        ("mcp", "pip install 'otel-mcp-audit[mcp]'"),
        ("opentelemetry.distro", "pip install opentelemetry-distro"),
    ):
        if not _installed(module):
            raise ConfigError(f"the demo needs {module}, which is not installed ({cure})")
    version = metadata.version("mcp")
    if version.partition(".")[0] in ("0", "1"):
        raise ConfigError(f"the demo needs mcp 2, and {version} is installed (pip install 'mcp>=2')")


def _new_folder(keep: Path) -> Path:
    try:
        keep.mkdir(parents=True, exist_ok=True)
        taken = any(keep.iterdir())
    except OSError as exc:
        reason = (exc.strerror or "not usable").lower()
        raise ConfigError(f"--keep {keep}: cannot make the folder: {reason} (name another)") from None
    if taken:
        raise ConfigError(f"--keep {keep}: the folder is not empty (name a new one)")
    return keep.absolute()


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _demo(folder: Path, *, kept: bool) -> None:
    from otel_mcp.cli import _demo_screen as screen  # noqa: PLC0415  # rich, only when the demo really runs
    from otel_mcp.cli._otlp import Receiver  # noqa: PLC0415

    started = time.monotonic()
    # Keys, pins and marks of the demo live in its own folder: it leaves nothing behind in the user's.
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    trail = folder / "trail"
    with Receiver() as receiver:
        with screen.working("starting a real MCP server and calling it over stdio"):
            answers = _run_client(receiver.endpoint, folder, trail)
        received = receiver.received
        if not received.spans():
            raise ConfigError(
                f"the demo's calls went well, but no telemetry arrived at {receiver.endpoint} "
                "(does something keep this user from connecting to 127.0.0.1?)"
            )
        screen.show(received, answers, trail, folder)
    screen.finish(time.monotonic() - started, folder if kept else None)


def _run_client(endpoint: str, folder: Path, trail: Path) -> list[dict[str, Any]]:
    """Run the client under `opentelemetry-instrument`; it starts the server likewise. Returns what the client saw."""
    common = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OTEL_")},
        # A proxy of the user's is no way to this machine.
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_AND_EVENT",
        "XDG_STATE_HOME": str(folder / "state"),
    }
    server = {**common, "OTEL_SERVICE_NAME": _SERVER, "OTEL_MCP_AUDIT_DIR": str(trail)}
    client = {**common, "OTEL_SERVICE_NAME": _CLIENT, "OTEL_MCP_AUDIT": "off", "DEMO_SERVER_ENV": json.dumps(server)}
    done = subprocess.run(  # noqa: S603  # our own modules
        [sys.executable, *LAUNCHER, sys.executable, "-m", "otel_mcp.cli._demo_client"],
        env=client,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode != 0 or not done.stdout:
        raise ConfigError(f"the demo's client failed:\n{done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]
