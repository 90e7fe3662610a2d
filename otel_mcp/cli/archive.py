"""`otel-mcp archive`: copy sealed files of the trail to another folder, compressed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from otel_mcp.audit.archive import archive
from otel_mcp.cli._common import echo_json, log_options, resolve_log

__all__ = ["command"]


@click.command("archive")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@log_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(target: Path, directory: Path | None, service: str | None, as_json: bool) -> None:
    r"""Copy the sealed files that the folder TARGET does not have yet; the trail itself is not changed.

    `verify`, `query` and `show` work on an archive as on a trail: name it with --dir.

    \b
    Examples:
      otel-mcp archive /mnt/archive/git --service git
      otel-mcp verify --dir /mnt/archive/git
    """
    log = resolve_log(directory, service)
    show = (lambda path: click.echo(f"archiving {path.name}", err=True)) if sys.stderr.isatty() else None
    made = archive(log, target, progress=show)
    if as_json:
        echo_json({"target": str(target), "files": [path.name for path in made]})
    elif made:
        click.echo(f"archived {len(made)} {'file' if len(made) == 1 else 'files'} in {target}")
    else:
        click.echo("nothing new to archive (a file is archived once it is sealed: `otel-mcp rotate` seals it now)")
