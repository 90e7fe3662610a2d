"""`otel-mcp show`: one entry, the checkpoint that covers it, and the proof that it is in the tree."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import click

from otel_mcp.audit.query import find, inclusion
from otel_mcp.cli._common import echo_json, key_option, log_options, reading_keys, resolve_log
from otel_mcp.cli._readings import record_reading
from otel_mcp.cli.query import entry_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("show")
@click.argument("entry")
@log_options
@key_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(entry: str, directory: Path | None, service: str | None, key: str | None, as_json: bool) -> None:
    r"""Show one entry by its number or by its record id (`audit.record.id` in the telemetry).

    \b
    Examples:
      otel-mcp show 12
      otel-mcp show 019ab5c2-7d1e-7cc3-9a55-2f6f1c3b7a10 --json
    """
    log = resolve_log(directory, service)
    record_reading(log, key, "show", {"entry": entry})
    stored = find(log, entry, keys=reading_keys(log, key))
    note, proof = inclusion(log, stored.index)
    hashes = [base64.b64encode(node).decode() for node in proof]
    document = {**entry_json(stored), "head_text": stored.head_text, "checkpoint": note, "inclusion_proof": hashes}
    if as_json:
        echo_json(document)
        return
    click.secho(f"entry {stored.index}", bold=True)
    echo_json(stored.head, indent=2)
    click.secho("body", bold=True)
    if stored.locked:
        click.echo("(encrypted)")
    elif stored.body is None:
        click.echo("(none)")
    else:
        echo_json(stored.body, indent=2)
    click.secho("leaf hash", bold=True)
    click.echo(base64.b64encode(stored.leaf).decode())
    click.secho(f"inclusion proof ({len(hashes)} hashes)", bold=True)
    for line in hashes:
        click.echo(line)
    click.secho("signed checkpoint", bold=True)
    click.echo(note, nl=False)
