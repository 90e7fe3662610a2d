"""`otel-mcp fsck`: everything that is wrong or odd in a trail's folder."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from otel_mcp.audit.fsck import Finding, fsck
from otel_mcp.cli._common import (
    OK,
    TAMPERED,
    WEAK,
    echo_json,
    key_option,
    log_options,
    no_more_output,
    reading_keys,
    resolve_log,
)
from otel_mcp.errors import AuditUnavailable, OtelMcpError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("fsck")
@log_options
@key_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(directory: Path | None, service: str | None, key: str | None, as_json: bool) -> None:
    r"""List everything that is wrong or odd in the trail's folder; nothing is changed, and no key is needed.

    It finds what `verify` finds, all of it and file by file, and what that does not judge: strange and left-over files,
    permissions, what a writer will miss. Whether the trail is by the one whose key you trust, only `verify` says.

    \b
    Exit status:
      0 nothing found
      1 something that `verify` calls tampering
      2 only oddities
      3 could not look

    \b
    Examples:
      otel-mcp fsck --service git
      otel-mcp fsck --dir ./copy --json
    """
    log = resolve_log(directory, service)
    keys = None
    with contextlib.suppress(OtelMcpError):  # without them, what is encrypted is said to be closed
        keys = reading_keys(log, key)
    try:
        found = fsck(log, keys.encryption_keys if keys else ())
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise AuditUnavailable(f"{error.filename or log}: cannot look there: {reason}") from None
    code = TAMPERED if any(finding.tampering for finding in found) else WEAK if found else OK
    try:
        if as_json:
            echo_json({"exit_code": code, "directory": str(log), "findings": [*map(asdict, found)]}, indent=2)
        else:
            for line in map(_line, found):
                click.echo(line)
            click.echo(_sum(found) + f" in {log}")
    except BrokenPipeError:
        no_more_output()  # the verdict stands, read or not
    sys.exit(code)


def _line(finding: Finding) -> str:
    label = click.style(finding.code or "odd", fg="red" if finding.tampering else "yellow")
    cure = f" ({finding.cure})" if finding.cure else ""
    return f"{label}  {finding.file}: {finding.message}{cure}"


def _sum(found: list[Finding]) -> str:
    wrong = sum(finding.tampering for finding in found)
    odd = len(found) - wrong
    if not found:
        return click.style("nothing found", fg="green")
    return f"{wrong} of tampering, {odd} {'oddity' if odd == 1 else 'oddities'}"
