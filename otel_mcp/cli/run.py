"""`otel-mcp run`: a command under `opentelemetry-instrument`, after a look whether it would be recorded at all."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, Final, NoReturn

import click

from otel_mcp import _version
from otel_mcp._early import DISABLED, is_disabled
from otel_mcp.cli._command import started_by
from otel_mcp.cli._interpreter import LAUNCHER, Reach, instrumented_environment, probe, too_old, why_not_reached
from otel_mcp.config import Config
from otel_mcp.declarative import Declared, declared_settings
from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from otel_mcp.cli._command import Started

__all__ = ["command"]

_EX_CONFIG: Final = 78
_NOT_FOUND: Final = 127
_REQUIRED: Final = "required"


@click.command("run", context_settings={"allow_interspersed_args": False})
@click.option(
    "--required", is_flag=True, help="Do not start unless every call will be audited (OTEL_MCP_AUDIT=required)."
)
@click.argument("arguments", metavar="COMMAND [ARGS]…", nargs=-1, required=True, type=click.UNPROCESSED)
def command(required: bool, arguments: tuple[str, ...]) -> None:
    r"""Run COMMAND instrumented; its stdin, stdout and exit status are its own.

    Before it starts, its interpreter is tried once: is our instrumentation reached there? With OTEL_MCP_AUDIT=required
    (or --required) COMMAND is not started where it is not; otherwise a line on stderr says that it runs unaudited.

    Exit status: that of COMMAND; 78 where it was refused, 127 where there is no such command.

    \b
    Examples:
      otel-mcp run -- mcp-server-git --repository .
      otel-mcp run --required -- python server.py
    """
    environ = dict(os.environ)
    if required:
        environ["OTEL_MCP_AUDIT"] = _REQUIRED
    if shutil.which(arguments[0]) is None:
        click.echo(f"otel-mcp: {arguments[0]}: command not found", err=True)
        sys.exit(_NOT_FOUND)
    started = started_by(arguments)
    # What the words before the command change counts: `env OTEL_MCP_AUDIT=off python …`.
    there = started.environment(environ) if started is not None else environ
    wanted, declared = declared_settings(environ), declared_settings(there)
    strict = _strictness(wanted) or _strictness(declared)
    audit = _audit(declared, strict)
    if strict is not None and wanted.environ.get("OTEL_MCP_AUDIT", "").lower() == _REQUIRED != audit:
        _refuse(f"`{shlex.join(arguments)}` would run with OTEL_MCP_AUDIT={audit} (leave that as it is here)", strict)
    if audit != "off":
        _look(arguments, started, environ, strict)
    sys.stdout.flush()
    launcher = [sys.executable, *LAUNCHER, *arguments]
    os.execve(launcher[0], launcher, environ)  # noqa: S606  # the same process, so that signals and stdio are the command's


def _audit(declared: Declared, strict: str | None) -> str:
    """The setting of the trail; where the settings are wrong, a refusal if `strict`."""
    try:
        if declared.problem is not None:
            raise declared.problem
        return Config.from_environment(declared.environ).audit
    except ConfigError as exc:
        # Without a strict setting the program itself says it, once it turns out to be one of MCP.
        if strict is not None:
            _refuse(str(exc), strict)
        return "off" if declared.unusable else "on"  # the launcher says of such a file that nothing is instrumented


def _look(arguments: tuple[str, ...], started: Started | None, environ: dict[str, str], strict: str | None) -> None:
    """Try the command's interpreter; refuse what would go unaudited where `strict`, and say it elsewhere."""
    reach, problem = _reach(arguments, started, environ)
    if problem is not None and strict is not None:
        _refuse(problem, strict)
    if problem is not None:
        click.echo(f"otel-mcp: {problem}; it runs UNAUDITED", err=True)
    elif reach is not None and strict is not None and (sentence := too_old(reach)) is not None:
        _refuse(f"{sentence}, so install mcp>={_version.OLDEST_MCP} there", strict)


def _refuse(problem: str, strict: str) -> NoReturn:
    click.echo(f"otel-mcp: {problem}; refusing to start ({strict})", err=True)
    sys.exit(_EX_CONFIG)


def _strictness(declared: Declared) -> str | None:
    """The setting that forbids an unaudited start, or None; a value that cannot be read counts as such."""
    environ = declared.environ
    if (audit := environ.get("OTEL_MCP_AUDIT", "on").lower()) not in ("on", "off", ""):
        return declared.named("audit", audit)
    if (on_failure := environ.get("OTEL_MCP_AUDIT_ON_FAILURE", "open").lower()) not in ("open", ""):
        return declared.named("audit_on_failure", on_failure)
    return f"a setting in {declared.source} asks for it" if declared.strict else None


def _reach(
    arguments: tuple[str, ...], started: Started | None, environ: dict[str, str]
) -> tuple[Reach | None, str | None]:
    """What the trial told, and the reason why the command is not reached, as a sentence with its cure."""
    shown = shlex.join(arguments)
    if started is None:
        return None, (
            f"cannot tell which Python runs `{shown}` "
            "(start it with the interpreter of an environment that has otel-mcp-audit: python -m MODULE)"
        )
    there = started.environment(instrumented_environment(environ))
    if is_disabled(there.get(DISABLED, "")):
        return None, f"{DISABLED} turns otel_mcp off (remove it from the list)"
    reach = probe(started.python, there)
    if reach.reached:
        return reach, None
    reason, cure = why_not_reached(started.python, reach, there)
    return reach, f"the instrumentation is not reached in `{shown}`: {reason} ({cure})"
