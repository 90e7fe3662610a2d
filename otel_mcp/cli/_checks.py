"""The checks of `otel-mcp doctor`: each looks at one thing and gives rows; none changes anything."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Final

from otel_mcp import _version
from otel_mcp.cli._check_file import file_rows
from otel_mcp.cli._check_rules import rules_rows
from otel_mcp.cli._check_telemetry import telemetry_rows
from otel_mcp.cli._check_trail import trail_rows
from otel_mcp.cli._command import Started, started_by
from otel_mcp.cli._interpreter import Reach, instrumented_environment, probe, too_old, why_not_reached
from otel_mcp.cli._row import Row
from otel_mcp.config import Config
from otel_mcp.declarative import declared_settings
from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from otel_mcp.declarative import Declared

__all__ = ["all_checks"]

_NAMESAKE: Final = "otel-mcp"
_OTHERS: Final = {
    "opentelemetry-instrumentation-mcp": "fails on mcp 2.x and keeps later instrumentations from loading",
    "openinference-instrumentation-mcp": "adds context propagation only; harmless beside ours",
    "aws-opentelemetry-distro": "records mcp 1.x a second time",
    "splunk-otel-instrumentation-fastmcp": "records FastMCP a second time",
    "openlit": "records MCP a second time, with arguments and results",
    "ddtrace": "records mcp 1.x a second time",
    "traceai-mcp": "breaks `import mcp` on 2.x",
}


def all_checks(command: Sequence[str], environ: Mapping[str, str] | None = None) -> list[Row]:
    """Every check, for the command that is to be instrumented or, without one, for this Python."""
    environ = os.environ if environ is None else environ
    started = started_by(command) if command else Started([sys.executable], "")
    if started is None:
        rows, configured, here = [_unknown(command)], False, False
    else:
        # Off: `import mcp` would open the trail otherwise, and this command changes nothing.
        trial = instrumented_environment(environ) | {"OTEL_MCP_AUDIT": "off", "OTEL_MCP_AUDIT_ON_FAILURE": ""}
        reach = probe(started.python, trial, load_mcp=True)
        rows = [*_program(reach, started.python), *_hooks(reach)]
        configured = bool((reach.versions or {}).get("opentelemetry-distro"))
        here = reach.executable == sys.executable
    program = started.program if started is not None else None
    declared = declared_settings(environ)
    if declared.problem is not None:
        return [*rows, *file_rows(declared), *telemetry_rows(environ, configured=configured), *_others()]
    settings = [*file_rows(declared), *_settings(declared)]
    trail = [*trail_rows(declared.environ, program), *rules_rows(declared.environ, program, here=here)]
    return [*rows, *settings, *trail, *telemetry_rows(environ, configured=configured), *_others()]


def _unknown(command: Sequence[str]) -> Row:
    if shutil.which(command[0]) is None:
        return Row("program", "bad", f"{command[0]}: command not found")
    text = f"cannot tell which Python runs `{shlex.join(command)}`"
    return Row("program", "bad", text, "name its interpreter instead: python -m MODULE")


def _program(reach: Reach, python: Sequence[str]) -> list[Row]:
    if not reach.python:
        return [Row("program", "bad", reach.trouble, "start it by hand to see why")]
    versions = reach.versions or {}
    shown = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    rows = [Row("program", "ok", f"Python {reach.python} ({reach.executable or python[0]})")]
    if shown:
        rows.append(Row("program", "ok", shown))
    if not reach.reached:
        reason, cure = why_not_reached(python, reach)
        rows.append(Row("program", "bad", f"our instrumentation is not reached there: {reason}", cure))
    elif not versions.get("mcp"):
        rows.append(Row("program", "bad", "mcp is not installed there", "pip install 'otel-mcp-audit[mcp]'"))
    if not versions.get("opentelemetry-distro"):
        text = "no distribution configures an SDK there: the trail works, telemetry goes nowhere"
        rows.append(Row("program", "warn", text, "pip install opentelemetry-distro"))
    return rows


def _hooks(reach: Reach) -> list[Row]:
    if sentence := too_old(reach):
        return [Row("hooks", "bad", sentence, f"pip install 'mcp>={_version.OLDEST_MCP}'")]
    if not reach.reached:
        return []
    rows = [Row("hooks", "ok" if reach.hooks else "bad", f"{len(reach.hooks)} places of mcp are hooked")]
    complaints = [
        line for line in reach.trouble.splitlines() if line.startswith("otel-mcp: ") and " is not in " in line
    ]
    return rows + [Row("hooks", "warn", line.removeprefix("otel-mcp: ")) for line in complaints]


def _settings(declared: Declared) -> list[Row]:
    environ = declared.environ
    try:
        config = Config.from_environment(environ)
    except ConfigError as exc:
        return [Row("settings", "bad", str(exc), "programs run unaudited, or not at all, until this is mended")]
    setting = declared.named("audit", config.audit)
    audit = {
        "on": Row("settings", "ok", f"{setting}: a program whose trail cannot be opened runs on, and says so"),
        "off": Row("settings", "warn", f"{setting}: there is no trail", "unset it"),
        "required": Row("settings", "ok", f"{setting}: no start without a trail"),
    }[config.audit]
    rows = [audit, Row("settings", "ok", f"durability {config.durability}, on failure {config.on_failure}")]
    if config.durability == "async" and config.audit != "off":
        text = "durability async: a kill loses what was not yet written"
        rows.append(Row("settings", "warn", text, "use commit (the default)"))
    rows += [Row("settings", "warn", sentence) for sentence in Config.warnings_of(environ)]
    if config.capture != "NO_CONTENT":
        text = (
            f"{config.capture}: redacted arguments and results go to the backend, where erasing the trail cannot reach"
        )
        rows.append(Row("settings", "note", text))
    return rows


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
