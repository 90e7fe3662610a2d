"""`otel-mcp erase`: take all about a person out of the trail, after a signed record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from otel_mcp.cli._common import echo_json
from otel_mcp.cli._upkeep import opened, said_reason, upkeep_options, who
from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from otel_mcp.audit.upkeep import Erased

__all__ = ["command", "say"]


@click.command("erase")
@upkeep_options
@click.option("--user", help="The actor, as `query` shows the name.")
@click.option("--reason", default="", help="Why, in one sentence; it becomes part of the trail. No name belongs there.")
@click.option(
    "--archive",
    "archives",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="An archive of this trail, in which the same is done. May be repeated.",
)
@click.option("--resume", is_flag=True, help="Remove what records say was removed and `verify` still finds (W06).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    directory: Path | None,
    service: str | None,
    key: str | None,
    user: str | None,
    reason: str,
    archives: tuple[Path, ...],
    resume: bool,
    as_json: bool,
) -> None:
    r"""Take a person out of the trail: name, data keys, and the bodies of what was done in that name.

    Heads and proofs stay: that something was done, when and with what outcome, by somebody whom nothing names any
    more. What others did and wrote about the person stays, too: see `redact-entry`. Copies that were made of the
    trail keep what they have.

    \b
    Examples:
      otel-mcp erase --user rosalind@example.org --reason "request 4711 under article 17"
      otel-mcp erase --resume
    """
    if resume == (user is not None):
        raise ConfigError("whom? (--user NAME, or --resume to finish what was recorded before)")
    with opened(directory, service, key) as log:
        if user is None:
            done = log.resume_erasures(archives)
        else:
            done = log.erase(user, reason=said_reason(reason), actor=who(), archives=archives)
    say(done, as_json=as_json)


def say(done: Erased, *, as_json: bool) -> None:
    """What was taken out, and whether a reader kept its traces alive."""
    if as_json:
        echo_json({"subjects": done.subjects, "bodies": done.bodies, "emptied": done.emptied})
        return
    click.echo(f"removed {done.bodies} {'body' if done.bodies == 1 else 'bodies'}", nl=False)
    click.echo(f" and {done.subjects} {'name' if done.subjects == 1 else 'names'}" if done.subjects else "")
    if not done.emptied:
        click.echo(
            "another program reads the trail: what was removed stands in its write-ahead log until that is done "
            "(then run `otel-mcp erase --resume`)",
            err=True,
        )
