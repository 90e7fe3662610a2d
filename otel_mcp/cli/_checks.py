"""The checks of `otel-mcp doctor`: each looks at one thing and gives rows; none changes anything."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from otel_mcp import _version
from otel_mcp.audit.paths import default_directory
from otel_mcp.audit.verify import verify
from otel_mcp.cli._interpreter import Reach, instrumented_environment, probe, python_of
from otel_mcp.config import Config, default_service
from otel_mcp.errors import ConfigError, NothingToVerify, OtelMcpError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Row", "all_checks"]

State = Literal["ok", "note", "warn", "bad"]

_CONNECT_SECONDS: Final = 1.0
_NAMESAKE: Final = "otel-mcp"
_SIGNALS: Final = ("TRACES", "LOGS", "METRICS")
_HEADER_VARIABLES: Final = tuple(
    f"OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_{side}_{part}"
    for side in ("SERVER", "CLIENT")
    for part in ("REQUEST", "RESPONSE")
)
_OTHERS: Final = {
    "opentelemetry-instrumentation-mcp": "fails on mcp 2.x and keeps later instrumentations from loading",
    "openinference-instrumentation-mcp": "adds context propagation only; harmless beside ours",
    "aws-opentelemetry-distro": "records mcp 1.x a second time",
    "splunk-otel-instrumentation-fastmcp": "records FastMCP a second time",
    "openlit": "records MCP a second time, with arguments and results",
    "ddtrace": "records mcp 1.x a second time",
    "traceai-mcp": "breaks `import mcp` on 2.x",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One finding: `section`, its state, what is so, and the cure where something is wrong."""

    section: str
    state: State
    text: str
    cure: str = ""


def all_checks(command: Sequence[str], environ: Mapping[str, str] | None = None) -> list[Row]:
    """Every check, for the command that is to be instrumented or, without one, for this Python."""
    environ = os.environ if environ is None else environ
    reach, rows = _reach(command, environ)
    return [*rows, *_hooks(reach), *_settings(environ), *_trail(environ), *_telemetry(environ, reach), *_others()]


def _reach(command: Sequence[str], environ: Mapping[str, str]) -> tuple[Reach | None, list[Row]]:
    import sys  # noqa: PLC0415  # the one place that means this very interpreter

    python = python_of(command) if command else [sys.executable]
    if python is None:
        return None, [
            Row("program", "bad", f"cannot tell which Python runs {command[0]}", "name its interpreter instead")
        ]
    reach = probe(python, instrumented_environment(environ), load_mcp=True)
    versions = reach.versions or {}
    shown = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    rows = [Row("program", "ok", f"Python {reach.python or '?'} ({reach.executable or python[0]})")]
    if shown:
        rows.append(Row("program", "ok", shown))
    if not reach.reached:
        cure = "install otel-mcp-audit[mcp] there" if not versions.get("otel-mcp-audit") else _last(reach.trouble)
        rows.append(Row("program", "bad", "our instrumentation is not reached there", cure))
    elif not versions.get("mcp"):
        rows.append(Row("program", "bad", "mcp is not installed there", "pip install 'otel-mcp-audit[mcp]'"))
    if not versions.get("opentelemetry-distro"):
        rows.append(
            Row(
                "program",
                "warn",
                "no distribution configures an SDK there: the trail works, telemetry goes nowhere",
                "pip install opentelemetry-distro",
            )
        )
    return reach, rows


def _hooks(reach: Reach | None) -> list[Row]:
    if reach is None or not reach.reached:
        return []
    rows = [Row("hooks", "ok" if reach.hooks else "bad", f"{len(reach.hooks)} places of mcp are hooked")]
    complaints = [
        line for line in reach.trouble.splitlines() if line.startswith("otel-mcp: ") and " is not in " in line
    ]
    return rows + [Row("hooks", "warn", line.removeprefix("otel-mcp: ")) for line in complaints]


def _settings(environ: Mapping[str, str]) -> list[Row]:
    try:
        config = Config.from_environment(environ)
    except ConfigError as exc:
        return [Row("settings", "bad", str(exc), "programs run unaudited until this is mended")]
    audit = {
        "on": Row("settings", "ok", "OTEL_MCP_AUDIT=on: a program whose trail cannot be opened runs on, and says so"),
        "off": Row("settings", "warn", "OTEL_MCP_AUDIT=off: there is no trail", "unset it"),
        "required": Row("settings", "ok", "OTEL_MCP_AUDIT=required: no start without a trail"),
    }[config.audit]
    rows = [audit, Row("settings", "ok", f"durability {config.durability}, on failure {config.on_failure}")]
    if config.durability == "async" and config.audit != "off":
        rows.append(
            Row(
                "settings",
                "warn",
                "durability async: a kill loses what was not yet written",
                "use commit (the default)",
            )
        )
    rows += [Row("settings", "warn", sentence) for sentence in Config.warnings_of(environ)]
    if config.capture != "NO_CONTENT":
        text = (
            f"{config.capture}: redacted arguments and results go to the backend, where erasing the trail cannot reach"
        )
        rows.append(Row("settings", "note", text))
    return rows


def _trail(environ: Mapping[str, str]) -> list[Row]:
    directory = Path(environ.get("OTEL_MCP_AUDIT_DIR") or default_directory(default_service(environ)))
    place = f"{directory}" + (
        "" if environ.get("OTEL_MCP_AUDIT_DIR") else " (set OTEL_SERVICE_NAME or OTEL_MCP_AUDIT_DIR)"
    )
    try:
        report = verify(directory, fast=True)
    except NothingToVerify:
        return [Row("trail", "note", f"no log yet at {place}")]
    except OtelMcpError as exc:
        return [Row("trail", "bad", str(exc))]
    state: State = {0: "ok", 1: "bad", 2: "warn"}[report.exit_code]  # type: ignore[assignment]  # the three codes there are
    rows = [Row("trail", state, f"{report.entries:,} entries at {directory}, key: {report.key_source}")]
    rows += [
        Row("trail", "bad" if p.code.startswith("A") else "warn", f"{p.code} {p.message}") for p in report.problems
    ]
    return rows


def _telemetry(environ: Mapping[str, str], reach: Reach | None) -> list[Row]:
    if environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return [
            Row(
                "telemetry",
                "warn",
                "OTEL_SDK_DISABLED=true: no telemetry at all (the trail is not affected)",
                "unset it",
            )
        ]
    rows = []
    for signal in _SIGNALS:
        exporters = environ.get(f"OTEL_{signal}_EXPORTER", "otlp").split(",")
        if "console" in exporters:
            text = f"OTEL_{signal}_EXPORTER=console: moved to stderr for servers that speak over stdio"
            rows.append(Row("telemetry", "note", text, "use otlp"))
        if exporters == ["none"]:
            rows.append(Row("telemetry", "warn", f"OTEL_{signal}_EXPORTER=none: this signal goes nowhere", "unset it"))
    if reach is not None and (reach.versions or {}).get("opentelemetry-distro"):
        rows.append(_endpoint(environ))
    for variable in _HEADER_VARIABLES:
        if "mcp-" in environ.get(variable, "").lower() or ".*" in environ.get(variable, ""):
            text = f"{variable}: headers Mcp-Param-* repeat arguments, which this would record in clear"
            rows.append(Row("telemetry", "warn", text, "leave mcp-* headers out"))
    if "otel_mcp_audit" in environ.get("OTEL_LOGS_EXPORTER", ""):
        text = "otel_mcp_audit stands behind a batch processor, which drops records when its queue is full"
        rows.append(Row("telemetry", "note", text, "calls of tools take the direct route unless OTEL_MCP_AUDIT=off"))
    return rows


def _endpoint(environ: Mapping[str, str]) -> Row:
    protocol = environ.get("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
    default = "http://localhost:4317" if protocol == "grpc" else "http://localhost:4318"
    endpoint = environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", default)
    parts = urlsplit(endpoint if "://" in endpoint else f"//{endpoint}")
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 4317)
    shown = f"{parts.hostname}:{port} ({protocol})"
    try:
        socket.create_connection((parts.hostname or "localhost", port), _CONNECT_SECONDS).close()
    except OSError as exc:
        cure = "start a collector there, or set OTEL_EXPORTER_OTLP_ENDPOINT"
        return Row("telemetry", "warn", f"nothing answers at {shown}: {exc.strerror or 'no answer'}", cure)
    return Row("telemetry", "ok", f"something answers at {shown}")


def _others() -> list[Row]:
    rows = []
    if _installed(_NAMESAKE):
        text = f"the unrelated package `{_NAMESAKE}` is installed: it ships the same import and command names"
        rows.append(Row("others", "bad", text, f"pip uninstall {_NAMESAKE}, then reinstall {_version.DISTRIBUTION}"))
    for name, effect in _OTHERS.items():
        if _installed(name):
            rows.append(Row("others", "warn", f"{name} is installed: {effect}", f"pip uninstall {name}"))
    return rows or [Row("others", "ok", "no other MCP instrumentation is installed")]


def _installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True


def _last(text: str) -> str:
    return text.splitlines()[-1] if text else ""
