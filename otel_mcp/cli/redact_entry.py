"""`otel-mcp redact-entry`: take the body of one entry out of the trail, after a signed record."""

from __future__ import annotations

from pathlib import Path

import click

from otel_mcp.audit.query import find
from otel_mcp.cli._common import resolve_log
from otel_mcp.cli._upkeep import opened, reason_option, said_reason, upkeep_options, who
from otel_mcp.cli.erase import say

__all__ = ["command"]


@click.command("redact-entry")
@click.argument("entry")
@upkeep_options
@reason_option
@click.option(
    "--archive",
    "archives",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="An archive of this trail, in which the same is done. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    entry: str,
    directory: Path | None,
    service: str | None,
    key: str | None,
    reason: str,
    archives: tuple[Path, ...],
    as_json: bool,
) -> None:
    r"""Take arguments, result and other content of ENTRY (a number or record id) out of the trail.

    Its head and every proof stay, and a signed record says who took the body out, when and why.

    \b
    Example:
      otel-mcp redact-entry 4711 --reason "a patient's name in the result"
    """
    index = find(resolve_log(directory, service), entry).index
    with opened(directory, service, key) as log:
        done = log.redact(index, reason=said_reason(reason), actor=who(), archives=archives)
    say(done, as_json=as_json)
