"""`otel-mcp export`: the trail in the formats of others, into a file or to a receiver."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from otel_mcp.audit.export import FORMATS, OTEL_AUDIT, Window, cut_streams, export_lines, export_requests
from otel_mcp.audit.send import AuditSender
from otel_mcp.cli._common import counted, key_option, log_options, parse_time, reading_keys, resolve_log
from otel_mcp.cli._readings import record_reading
from otel_mcp.errors import AuditUnavailable, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any

    from otel_mcp.audit.keys import LogKeys

__all__ = ["command"]


@click.command("export")
@log_options
@key_option
@click.option(
    "--format",
    "form",
    type=click.Choice([OTEL_AUDIT, *FORMATS]),
    default=OTEL_AUDIT,
    show_default=True,
    help="otel-audit is OTLP/JSON, one signed request a line.",
)
@click.option("--since", help="From this time: 2026-11-24, 2026-11-24T10:00:00Z, or an age such as 90m or 7d.")
@click.option("--until", help="Before this time.")
@click.option("--with-bodies", is_flag=True, help="Also arguments and results; in otel-audit names and addresses, too.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write into this new file.")
@click.option(
    "--archive",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where what was pruned is: records then have the hashes that they had before (otel-audit only).",
)
@click.option("--to", "url", metavar="URL", help="Send to this receiver of OTLP/HTTP (otel-audit only).")
def command(
    directory: Path | None,
    service: str | None,
    key: str | None,
    form: str,
    since: str | None,
    until: str | None,
    with_bodies: bool,
    output: Path | None,
    archive: Path | None,
    url: str | None,
) -> None:
    r"""Write the trail in a format that others read. Nothing of the trail is changed.

    --to sends signed OpenTelemetry audit records to URL/v1/audit, or, where the receiver does not have that, to
    URL/v1/logs; headers come from OTEL_EXPORTER_OTLP_HEADERS. It ends when every record was acknowledged, and otherwise
    with exit status 3: then the same command again sends all of them again, with the same ids.

    \b
    Examples:
      otel-mcp export --format csv --since 7d --output week.csv
      otel-mcp export --format ocsf | jq .status
      otel-mcp export --to http://localhost:4318 --since 1d
    """
    if url is not None and (form != OTEL_AUDIT or output is not None):
        raise ConfigError("--to sends otel-audit, and writes no file (leave --format and --output out)")
    if archive is not None and form != OTEL_AUDIT:
        raise ConfigError("--archive is for otel-audit, whose records name the ones before them (leave it out)")
    log = resolve_log(directory, service)
    window = Window(parse_time(since), parse_time(until), with_bodies)
    details = {"format": form, "since_us": window.since_us, "until_us": window.until_us, "bodies": with_bodies}
    record_reading(log, key, "export", details)
    keys = reading_keys(log, key)
    lines: Iterator[str]
    if form == OTEL_AUDIT:
        requests = export_requests(log, window, _needed(keys), archive)
        if archive is None:
            _say_cut_streams(log)
        if url is not None:
            _send(requests, url)
            return
        lines = (json.dumps(request) for _, request in requests)
    else:
        lines = export_lines(log, form, window, keys)
    with _target(output) as file:
        for line in lines:
            file.write(line + "\n")


def _say_cut_streams(log: Path) -> None:
    if cut := cut_streams(log):
        began = f"{counted(cut, 'writer')} began before the oldest entry that was kept"
        cure = "name the archive of it with --archive"
        click.echo(f"{began}: their records have other hashes than before that was pruned ({cure})", err=True)


def _needed(keys: LogKeys | None) -> LogKeys:
    """The keys.

    Raises:
        ConfigError: there are none.
    """
    if keys is None:
        raise ConfigError("records are signed with the log's key, which is not at hand (name it with --key)")
    return keys


def _send(requests: Iterator[tuple[int, dict[str, Any]]], url: str) -> None:
    sender = AuditSender(url)
    count = 0
    for size, request in requests:
        fell_back = sender.fell_back
        try:
            sender.send(request)
        except AuditUnavailable as error:
            raise AuditUnavailable(f"{error}; {count} records were acknowledged before") from None
        if sender.fell_back and not fell_back:
            click.echo(f"no /v1/audit there: sending log records to {sender.shown}", err=True)
        count += size
    click.echo(f"{count} {'record' if count == 1 else 'records'} acknowledged by {sender.shown}")


@contextlib.contextmanager
def _target(output: Path | None) -> Iterator[IO[str]]:
    """Where lines go: stdout, or a new file that only this user can read."""
    if output is None:
        yield sys.stdout
        return
    try:
        with open(output, "x", encoding="utf-8", newline="\n", opener=_private) as file:
            yield file
    except FileExistsError:
        raise ConfigError(f"--output {output}: exists (name a new file)") from None
    except OSError as error:
        raise ConfigError(f"--output {output}: {(error.strerror or type(error).__name__).lower()}") from None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
