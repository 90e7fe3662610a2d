"""`otel-mcp keys`: the signing key of a log and the keys that this user trusts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click
from click.core import ParameterSource

from otel_mcp.audit.keys import SETTING, add_pin, load_keys, load_pins, pins_path
from otel_mcp.audit.store import read_meta, reading
from otel_mcp.cli._common import echo_json, log_options, resolve_log, settings_environment
from otel_mcp.cli._upkeep import opened, reason_option, said_reason, upkeep_options, who
from otel_mcp.config import default_service
from otel_mcp.errors import AuditUnavailable, ConfigError

__all__ = ["command", "names_of"]


@click.group("keys")
def command() -> None:
    """The signing key of a log, and the keys that `verify` trusts."""


@command.command("init")
@click.option("--service", help="Make the key of this service (OTEL_SERVICE_NAME counts as this).")
@click.option("--key", envvar="OTEL_MCP_AUDIT_KEY", help="Where: file:PATH (default: the platform's config folder).")
def init(service: str | None, key: str | None) -> None:
    r"""Make a signing key, if there is none yet.

    \b
    Example:
      otel-mcp keys init --service git --key file:/secrets/git.pem
    """
    key = key or settings_environment().get(SETTING)
    service = service or default_service(settings_environment(), "")
    if not service and not key:
        raise ConfigError("keys init: whose key? (name the service with --service, or a place with --key file:PATH)")
    keys = load_keys(key, service=service, create=True, setting=_setting_of_key())
    click.echo(f"{'made' if keys.created else 'there already'}: {keys.source}")


def _setting_of_key() -> str:
    """What named the key, for messages: the option or the variable."""
    source = click.get_current_context().get_parameter_source("key")
    return "--key" if source is ParameterSource.COMMANDLINE else SETTING


@command.command("show")
@log_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(directory: Path | None, service: str | None, as_json: bool) -> None:
    """Print a log's verifier key, and whether this user has pinned it.

    The key is read from beside the log, so it proves nothing by itself: hand it to a reviewer by another way, or
    compare.
    """
    origin, vkey = names_of(resolve_log(directory, service))
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


def names_of(log: Path) -> tuple[str, str]:
    """Origin and verifier key, as the log itself gives them.

    Raises:
        AuditUnavailable: it gives none.
    """
    try:
        with reading(log) as connection:
            meta = read_meta(connection)
        return meta["origin"], meta["vkey"]
    except sqlite3.Error as exc:
        raise AuditUnavailable(f"cannot read the log in {log}: {exc} (run `otel-mcp verify`)") from None
    except KeyError:
        raise AuditUnavailable(f"the log in {log} names no key (run `otel-mcp verify`)") from None


@command.command("pin")
@click.argument("vkey")
def pin(vkey: str) -> None:
    """Trust VKEY from now on: `verify` of that log then needs no --vkey."""
    add_pin(vkey)
    click.echo(f"pinned in {pins_path()}")


@command.command("rotate")
@upkeep_options
@reason_option
@click.option("--to", help="The new key: file:PATH, env:NAME or exec:COMMAND (default: made in place of the key file).")
@click.option("--encryption", is_flag=True, help="A new key for what is encrypted, instead of the one that signs.")
@click.option(
    "--archive",
    "archives",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --encryption: an archive of this trail, whose data keys are wrapped anew too. May be repeated.",
)
def rotate(
    directory: Path | None,
    service: str | None,
    key: str | None,
    reason: str,
    to: str | None,
    encryption: bool,
    archives: tuple[Path, ...],
) -> None:
    r"""Hand a trail over to a new key.

    The checkpoint of the record is signed by both keys, so that whoever pinned the old one follows to the new one.
    Running servers go on with it if they read their key from the file.

    \b
    Examples:
      otel-mcp keys rotate --service git --reason "yearly"
      otel-mcp keys rotate --service git --to exec:/usr/local/bin/hsm-sign --reason "moved to hardware"
      otel-mcp keys rotate --service git --encryption --reason "yearly"
    """
    if encryption and to is not None:
        raise ConfigError("--to is for the key that signs; with --encryption the new key is made in the key file")
    with opened(directory, service, key) as log:
        if not encryption:
            click.echo(log.change_key(to=to, reason=said_reason(reason), actor=who()))
            return
        done = log.change_encryption_key(reason=said_reason(reason), actor=who(), archives=archives)
    click.echo(f"wrapped {done.count} data {'key' if done.count == 1 else 'keys'} anew")
    if not done.dropped:
        click.echo(
            "the old key stays in the key file: servers that run may still use it (restart them, then rotate again)",
            err=True,
        )


@command.command("revoke")
@click.argument("vkey")
@upkeep_options
@reason_option
def revoke(vkey: str, directory: Path | None, service: str | None, key: str | None, reason: str) -> None:
    r"""Record that VKEY, a former key of the trail, must not be trusted any more.

    `verify` warns from then on (W08). Give the new key to all who pinned the old one, by another way than the trail.

    \b
    Example:
      otel-mcp keys revoke 'host/otel-mcp/git/1a2b…+5e6f7a8b+AQ…' --service git --reason "laptop lost"
    """
    with opened(directory, service, key) as log:
        log.revoke(vkey, reason=said_reason(reason), actor=who())
    click.echo("recorded")
