"""`otel-mcp rotate`: seal the file that the trail is written to, and begin the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from otel_mcp.cli._common import echo_json
from otel_mcp.cli._upkeep import opened, upkeep_options
from otel_mcp.errors import AuditUnavailable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("rotate")
@upkeep_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(directory: Path | None, service: str | None, key: str | None, as_json: bool) -> None:
    r"""Seal the file that the trail is written to, and begin the next.

    Servers do so by themselves (OTEL_MCP_AUDIT_ROTATE); they may run meanwhile, and go on in the new file.

    \b
    Example:
      otel-mcp rotate --service git
    """
    with opened(directory, service, key) as log:
        seal = log.rotate()
        if seal is None:
            raise AuditUnavailable(
                f"the file cannot be sealed: its seal key is not in {log.directory} (put it back from a copy of the "
                "log's folder; until then the log goes on in this file)"
            )
    if as_json:
        echo_json({"start": seal.start, "size": seal.size, "root": seal.root.hex(), "directory": str(log.directory)})
    else:
        click.echo(f"sealed entries {seal.start}..{seal.size - 1}")
