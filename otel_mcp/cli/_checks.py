"""The checks of `otel-mcp doctor`: each looks at one thing and gives rows; none changes anything."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, Final

from otel_mcp import _version
from otel_mcp._early import DISABLED
from otel_mcp.cli._check_call import call_rows, try_call
from otel_mcp.cli._check_file import file_rows
from otel_mcp.cli._check_others import KNOWN, NAMESAKE, other_rows
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

# Off: `import mcp` would open the trail otherwise, and this command changes nothing.
_TRIAL: Final = {"OTEL_MCP_AUDIT": "off", "OTEL_MCP_AUDIT_ON_FAILURE": ""}


def all_checks(command: Sequence[str], environ: Mapping[str, str] | None = None) -> list[Row]:
    """Every check, for the command that is to be instrumented or, without one, for this Python."""
    environ = os.environ if environ is None else environ
    started = started_by(command) if command else Started([sys.executable], "")
    if started is None:
        return [_unknown(command), *_surroundings(declared_settings(environ), environ, None, Reach(False))]
    # What the words before the command change counts: `env OTEL_MCP_AUDIT=off python …`.
    there = started.environment(environ)
    declared = declared_settings(there)
    trial = started.environment(instrumented_environment(environ)) | _TRIAL
    reach = probe(started.python, trial, load_mcp=True, names=(NAMESAKE, *KNOWN))
    rows = [*_program(reach, started.python, trial), *_hooks(reach)]
    call, seen = _call(started.python, declared) if reach.reached and reach.hooks else ([], {})
    rows += [*call, *_surroundings(declared, there, started.program, reach)]
    return rows + (other_rows(reach, seen, there.get(DISABLED, "")) if reach.python else [])


def _surroundings(declared: Declared, environ: Mapping[str, str], program: str | None, reach: Reach) -> list[Row]:
    telemetry = telemetry_rows(environ, configured=bool((reach.versions or {}).get("opentelemetry-distro")))
    if declared.problem is not None:
        return [*file_rows(declared), *telemetry]
    here = reach.executable == sys.executable
    trail = [*trail_rows(declared.environ, program), *rules_rows(declared.environ, program, here=here)]
    return [*file_rows(declared), *_settings(declared), *trail, *telemetry]


def _call(python: Sequence[str], declared: Declared) -> tuple[list[Row], Mapping[str, int]]:
    """Rows on a call that is tried, and who else made spans of it, counted by scope."""
    try:
        config = Config.from_environment(declared.environ)
    except ConfigError:
        return [], {}  # the settings' own row says it
    if declared.problem is not None or not declared.enabled:
        return [], {}  # and so does the file's
    tried = try_call(python, declared.environ)
    # Where ours are off, those of others double nothing.
    return call_rows(tried, config), tried.others if config.spans != "off" else {}


def _unknown(command: Sequence[str]) -> Row:
    if shutil.which(command[0]) is None:
        return Row("program", "bad", f"{command[0]}: command not found")
    text = f"cannot tell which Python runs `{shlex.join(command)}`"
    return Row("program", "bad", text, "name its interpreter instead: python -m MODULE")


def _program(reach: Reach, python: Sequence[str], environ: Mapping[str, str]) -> list[Row]:
    if not reach.python:
        return [Row("program", "bad", reach.trouble, "start it by hand to see why")]
    versions = reach.versions or {}
    rows = [Row("program", "ok", f"Python {reach.python} ({reach.executable or python[0]})")]
    if reach.shown:
        rows.append(Row("program", "ok", reach.shown))
    if not reach.reached:
        reason, cure = why_not_reached(python, reach, environ)
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
