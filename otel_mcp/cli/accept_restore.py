"""`otel-mcp accept-restore`: a backup was restored on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from otel_mcp.audit.log import accept_restore
from otel_mcp.cli._common import resolve_log
from otel_mcp.cli._upkeep import reason_option, said_reason, upkeep_options

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("accept-restore")
@upkeep_options
@reason_option
def command(directory: Path | None, service: str | None, key: str | None, reason: str) -> None:
    r"""Record in the trail that it was restored from a backup, and take it as the newest state from here on.

    Without this, `verify` reports a restored log as rolled back, which is what it looks like.

    \b
    Example:
      otel-mcp accept-restore --service git --reason "disk replaced, backup of 2026-11-23"
    """
    accept_restore(resolve_log(directory, service), said_reason(reason), key=key)
    click.echo("recorded")
