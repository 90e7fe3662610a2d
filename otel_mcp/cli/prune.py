"""`otel-mcp prune`: remove sealed files whose time is over, after a signed record."""

from __future__ import annotations

from pathlib import Path

import click

from otel_mcp.audit.archive import archive
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.upkeep import Pruned, prunable
from otel_mcp.cli._common import counted, echo_json
from otel_mcp.cli._upkeep import opened, upkeep_options, who
from otel_mcp.errors import ConfigError
from otel_mcp.rotation import Retention

__all__ = ["command"]


@click.command("prune")
@upkeep_options
@click.option(
    "--keep",
    envvar="OTEL_MCP_AUDIT_RETAIN",
    help="How long: 6months, 12months, 6years, or days such as 90d (OTEL_MCP_AUDIT_RETAIN counts as this).",
)
@click.option(
    "--archive", "target", type=click.Path(file_okay=False, path_type=Path), help="Copy what goes to this folder first."
)
@click.option("--reason", help="Why, in one sentence; it becomes part of the trail.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    directory: Path | None,
    service: str | None,
    key: str | None,
    keep: str | None,
    target: Path | None,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    r"""Remove sealed files whose youngest entry is older than is to be kept.

    A signed record of what went stays in the trail, and `verify` accepts just that. The file that is written to
    stays, however old its first entries are. Nothing in a trail says that it was archived: without --archive a line
    on stderr says how many files go of which no copy is known.

    \b
    Examples:
      otel-mcp prune --keep 12months --dry-run
      otel-mcp prune --keep 12months --archive /mnt/archive/git
    """
    retention = Retention.parse(keep, "--keep") if keep else None
    if retention is None or retention.seconds is None:
        raise ConfigError("how long are entries to be kept? (--keep 12months, or OTEL_MCP_AUDIT_RETAIN)")
    before = now_us() - retention.seconds * 1_000_000
    with opened(directory, service, key) as log:
        pruned = prunable(log.directory, before)
        if pruned is not None and target is None:
            _warn(pruned, dry_run=dry_run)
        if not dry_run:
            if pruned is not None and target is not None:
                archive(log.directory, target)
            pruned = log.prune(before, policy=retention.name, reason=reason, actor=who())
    _say(pruned, dry_run=dry_run, copied=target is not None, as_json=as_json)


def _warn(pruned: Pruned, *, dry_run: bool) -> None:
    going = f"{'would remove' if dry_run else 'removing'} {counted(pruned.files, 'file')}"
    cure = "`otel-mcp archive FOLDER` copies sealed files, and `--archive FOLDER` does so before it removes them"
    click.echo(f"{going} of which no copy is known ({cure})", err=True)


def _say(pruned: Pruned | None, *, dry_run: bool, copied: bool, as_json: bool) -> None:
    files = 0 if pruned is None else pruned.files
    if as_json:
        start, end = (None, None) if pruned is None else (pruned.start, pruned.end)
        unarchived = 0 if copied else files
        echo_json({"files": files, "start": start, "end": end, "unarchived": unarchived, "dry_run": dry_run})
    elif pruned is None:
        click.echo("nothing is old enough")
    else:
        removed = "would remove" if dry_run else "removed"
        click.echo(f"{removed} entries {pruned.start}..{pruned.end - 1} in {counted(files, 'file')}")
