"""`otel-mcp keys`: the signing key of a log and the keys that this user trusts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from otel_mcp.audit.keys import add_pin, load_keys, load_pins, pins_path
from otel_mcp.audit.store import read_meta, reading
from otel_mcp.cli._common import echo_json, log_options, resolve_log
from otel_mcp.config import default_service

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.group("keys")
def command() -> None:
    """The signing key of a log, and the keys that `verify` trusts."""


@command.command("init")
@click.option("--service", help="Make the key of this service (default: OTEL_SERVICE_NAME).")
@click.option("--key", envvar="OTEL_MCP_AUDIT_KEY", help="Where: file:PATH (default: the platform's config folder).")
def init(service: str | None, key: str | None) -> None:
    r"""Make a signing key, if there is none yet.

    \b
    Example:
      otel-mcp keys init --service git --key file:/secrets/git.pem
    """
    keys = load_keys(key, service=service or default_service(), create=True)
    click.echo(f"{'made' if keys.created else 'there already'}: {keys.source}")


@command.command("show")
@log_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(directory: Path | None, service: str | None, as_json: bool) -> None:
    """Print a log's verifier key, and whether this user has pinned it.

    The key is read from beside the log, so it proves nothing by itself: hand it to a reviewer by another way, or
    compare.
    """
    with reading(resolve_log(directory, service)) as connection:
        meta = read_meta(connection)
    origin, vkey = meta["origin"], meta["vkey"]
    pinned = load_pins().get(origin)
    if as_json:
        state = {None: "no", vkey: "yes"}.get(pinned, "another key")
        echo_json({"origin": origin, "vkey": vkey, "pinned": state})
        return
    click.echo(vkey)
    if pinned == vkey:
        click.echo(f"pinned in {pins_path()}", err=True)
    elif pinned is None:
        click.echo(
            "not pinned here (compare it with what the operator gave you, then: otel-mcp keys pin VKEY)", err=True
        )
    else:
        click.echo(f"ANOTHER key is pinned for this log in {pins_path()}: {pinned}", err=True)


@command.command("pin")
@click.argument("vkey")
def pin(vkey: str) -> None:
    """Trust VKEY from now on: `verify` of that log then needs no --vkey."""
    add_pin(vkey)
    click.echo(f"pinned in {pins_path()}")
