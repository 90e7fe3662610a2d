"""`otel-mcp import`: older audit records, into the trail."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from otel_mcp.audit.entry import format_time
from otel_mcp.audit.importing import earlier_import, import_records, load_fernet, survey
from otel_mcp.audit.older import old_records
from otel_mcp.cli._common import OK, WEAK, echo_json, resolve_log, settings_environment
from otel_mcp.cli._progress import bar
from otel_mcp.cli._upkeep import opened, upkeep_options, who
from otel_mcp.config import Config
from otel_mcp.errors import ConfigError
from otel_mcp.redaction import Redactor, sensitive_environment
from otel_mcp.rules import adopt_rules, read_rules

if TYPE_CHECKING:
    from otel_mcp.audit.importing import Earlier, Survey

__all__ = ["command"]


@click.command("import")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@upkeep_options
@click.option(
    "--fernet-key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keys, one a line, that open details encrypted with Fernet.",
)
@click.option("--dry-run", is_flag=True, help="Read the source and say what it holds; write nothing.")
@click.option("--strict", is_flag=True, help="Import nothing if a row cannot be read.")
@click.option("--again", is_flag=True, help="Import the same bytes a second time.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    source: Path,
    directory: Path | None,
    service: str | None,
    key: str | None,
    fernet_key_file: Path | None,
    dry_run: bool,
    strict: bool,
    again: bool,
    as_json: bool,
) -> None:
    r"""Bring older audit records into the trail, redacted, and marked as not covered before now.

    SOURCE is an SQLite file with a table audit_log(timestamp, event_type, user_id, resource, action, success, details,
    ip_address), or JSON, one object a line, with these names or as `query --json` prints them. It is only read. An
    import that was cut short goes on when it is run again.

    \b
    Exit status:
      0 all of it is in the trail
      2 rows that cannot be read were left out
      3 nothing was imported, or not all

    \b
    Examples:
      otel-mcp import audit.db --service shop --dry-run
      otel-mcp import audit.db --service shop --fernet-key-file audit.key
    """
    folder = resolve_log(directory, service)
    fernet = load_fernet(fernet_key_file) if fernet_key_file else None
    show = None if as_json else bar("importing")
    with old_records(source) as records:
        try:
            found = survey(records, strict=strict)
        except ConfigError as error:
            raise ConfigError(f"{source}: {error}") from None
        earlier = earlier_import(folder, found.sha256)
        if earlier is not None and earlier.is_whole and not (again or dry_run):
            raise ConfigError(f"{source}: imported before, as entry {earlier.index} of {earlier.time} says (--again)")
        resume = None if again or earlier is None or earlier.is_whole else earlier
        report: dict[str, Any] = _facts(source, found, earlier) | {"dry_run": dry_run}
        if not dry_run:
            with opened(folder, None, key) as log:
                done = import_records(
                    log,
                    records,
                    found,
                    source=source.name,
                    redactor=_redactor(log.service),
                    fernet=fernet,
                    actor=who(),
                    resume=resume,
                    progress=None if show is None else lambda count: show(count, found.rows),
                )
            report |= {"import": done.record_id, "imported": done.records, "undecrypted": done.undecrypted}
            report["resumed"] = resume is not None
    _say(report, found, as_json=as_json)
    sys.exit(WEAK if found.bad else OK)


def _redactor(service: str) -> Redactor:
    config = Config.from_environment(settings_environment())
    redactor = Redactor(process_secrets=sensitive_environment(os.environ))
    adopt_rules(redactor, read_rules(config), config, service=service)
    return redactor


def _facts(source: Path, found: Survey, earlier: Earlier | None) -> dict[str, Any]:
    times = {"first_ts": found.first_us, "last_ts": found.last_us}
    return {
        "source": str(source),
        "sha256": found.sha256,
        "rows": found.rows,
        "bad": found.bad,
        **{name: None if time is None else format_time(time) for name, time in times.items()},
        "before": None if earlier is None else earlier.index,
    }


def _say(report: dict[str, Any], found: Survey, *, as_json: bool) -> None:
    complain = partial(click.echo, err=True)
    for row in found.unreadable:
        complain(f"row {row.number}: {row.reason}; left out")
    if (more := found.bad - len(found.unreadable)) > 0:
        complain(f"{more} more rows that cannot be read; left out")
    if as_json:
        echo_json(report)
        return
    if undecrypted := report.get("undecrypted"):
        complain(f"{undecrypted} records have encrypted details that no key at hand opens; kept as they are")
    count = found.rows if report["dry_run"] else report["imported"]
    words = f"{count:,} {'record' if count == 1 else 'records'} from {report['first_ts']} to {report['last_ts']}"
    click.echo(f"{'would import' if report['dry_run'] else 'imported'} {words}")
    click.echo(f"sha256 {report['sha256']}")
    if report["dry_run"] and report["before"] is not None:
        click.echo(f"the same bytes were imported before (entry {report['before']})")
    if not report["dry_run"]:
        click.echo("the trail proves them from now on; of the time before it proves nothing")
