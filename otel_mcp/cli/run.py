"""`otel-mcp run`: a command under `opentelemetry-instrument`, after a look whether it would be recorded at all."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import Final

import click

from otel_mcp.cli._interpreter import LAUNCHER, instrumented_environment, probe, python_of
from otel_mcp.config import Config
from otel_mcp.errors import ConfigError

__all__ = ["command"]

_EX_CONFIG: Final = 78
_NAME: Final = "otel_mcp"


@click.command("run", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option(
    "--required", is_flag=True, help="Do not start unless every call will be audited (OTEL_MCP_AUDIT=required)."
)
@click.argument("arguments", metavar="COMMAND [ARGS]…", nargs=-1, required=True, type=click.UNPROCESSED)
def command(required: bool, arguments: tuple[str, ...]) -> None:
    r"""Run COMMAND instrumented; its stdin, stdout and exit status are its own.

    Before it starts, its interpreter is tried once: is our instrumentation reached there? With OTEL_MCP_AUDIT=required
    (or --required) COMMAND is not started where it is not, and the exit status is 78; otherwise a line on stderr says
    that it runs unaudited.

    \b
    Examples:
      otel-mcp run -- mcp-server-git --repository .
      otel-mcp run --required -- python server.py
    """
    environ = dict(os.environ)
    if required:
        environ["OTEL_MCP_AUDIT"] = "required"
    strict = _is_strict(environ)
    if shutil.which(arguments[0]) is None:
        raise ConfigError(f"{arguments[0]}: command not found")
    problem = _problem(arguments, environ)
    if problem is not None and strict is not None:
        click.echo(f"otel-mcp: {problem}; refusing to start ({strict})", err=True)
        sys.exit(_EX_CONFIG)
    if problem is not None:
        click.echo(f"otel-mcp: {problem}; it runs UNAUDITED", err=True)
    sys.stdout.flush()
    launcher = [sys.executable, *LAUNCHER, *arguments]
    os.execve(launcher[0], launcher, environ)  # noqa: S606  # the same process, so that signals and stdio are the command's


def _is_strict(environ: dict[str, str]) -> str | None:
    """The setting that forbids an unaudited start, or None; a value that cannot be read counts as such."""
    if (audit := environ.get("OTEL_MCP_AUDIT", "on").lower()) not in ("on", "off", ""):
        return f"OTEL_MCP_AUDIT={audit}"
    if (on_failure := environ.get("OTEL_MCP_AUDIT_ON_FAILURE", "open").lower()) not in ("open", ""):
        return f"OTEL_MCP_AUDIT_ON_FAILURE={on_failure}"
    return None


def _problem(arguments: tuple[str, ...], environ: dict[str, str]) -> str | None:
    """The reason why the command would not be audited, as a sentence with its cure; None when it will be."""
    try:
        config = Config.from_environment(environ)
    except ConfigError as exc:
        return str(exc)
    if config.audit == "off":
        return None
    disabled = [name.strip() for name in environ.get("OTEL_PYTHON_DISABLED_INSTRUMENTATIONS", "").split(",")]
    if _NAME in disabled or "*" in disabled:
        return f"OTEL_PYTHON_DISABLED_INSTRUMENTATIONS turns {_NAME} off (remove it from the list)"
    shown = shlex.join(arguments)
    python = python_of(arguments)
    if python is None:
        return (
            f"cannot tell which Python runs `{shown}` "
            "(start it with the interpreter of an environment that has otel-mcp-audit: python -m MODULE)"
        )
    reach = probe(python, instrumented_environment(environ))
    if reach.reached:
        return None
    return f"the instrumentation is not reached in `{shown}`: {_reason(python, reach.versions, reach.trouble)}"


def _reason(python: list[str], versions: object, trouble: str) -> str:
    if any(
        option.startswith("-") and not option.startswith("--") and set(option) & set("IES") for option in python[1:]
    ):
        return "options -I, -E and -S keep Python from loading it (leave them out)"
    if isinstance(versions, dict) and versions.get("otel-mcp-audit") is None:
        return f"{python[0]} has no otel-mcp-audit (install otel-mcp-audit[mcp] there)"
    last = trouble.splitlines()[-1] if trouble else "no reason given"
    return f"{last} (`otel-mcp doctor -- {python[0]}` shows the whole of it)"
