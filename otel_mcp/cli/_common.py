"""What the commands share: which log is meant, how a time is given, how JSON and tables are printed."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from otel_mcp.audit.query import default_directory, list_logs
from otel_mcp.errors import ConfigError, NothingToVerify

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["COULD_NOT", "OK", "TAMPERED", "WEAK", "echo_json", "log_options", "parse_time", "resolve_log", "when"]

OK: Final = 0
TAMPERED: Final = 1
WEAK: Final = 2
COULD_NOT: Final = 3

_AGO: Final = re.compile(r"(\d+)\s*(s|m|h|d|w)$")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def log_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--dir` and `--service`, the two ways to name a log."""
    function = click.option("--service", help="The log of this service in the platform's state folder.")(function)
    return click.option(
        "--dir",
        "directory",
        envvar="OTEL_MCP_AUDIT_DIR",
        type=click.Path(path_type=Path),
        help="The log's folder (OTEL_MCP_AUDIT_DIR counts as this).",
    )(function)


def resolve_log(directory: Path | None, service: str | None) -> Path:
    """The folder of the log that is meant; with neither option, the only one of this user.

    Raises:
        NothingToVerify: there is no log.
        ConfigError: there are several, and none was named.
    """
    if service is not None:
        directory = default_directory(service)
    if directory is not None:
        if not directory.is_dir():
            raise NothingToVerify(f"{directory}: no such folder (name another with --dir or --service)")
        return directory
    logs = list_logs()
    if not logs:
        raise NothingToVerify(
            "there is no log of this user yet (run a server with `otel-mcp run -- COMMAND`, or name --dir)"
        )
    if len(logs) > 1:
        names = ", ".join(log.name for log in logs)
        raise ConfigError(f"there are {len(logs)} logs; name one with --service: {names}")
    return logs[0]


def parse_time(text: str | None) -> int | None:
    """Microseconds since the epoch of `2026-11-24`, `2026-11-24T10:00:00Z`, or of a time ago such as `90m` or `7d`.

    Raises:
        ConfigError: it is neither.
    """
    if text is None:
        return None
    if ago := _AGO.match(text.strip()):
        moment = datetime.now(timezone.utc) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    else:
        try:
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            raise ConfigError(
                f"{text}: expected a date, a time such as 2026-11-24T10:00:00Z, or an age such as 90m or 7d"
            ) from None
        if moment.tzinfo is None:
            moment = moment.astimezone()
    return int(moment.timestamp() * 1_000_000)


def when(timestamp: str) -> str:
    """A head's time for a person: local, to the millisecond."""
    moment = datetime.fromisoformat(timestamp.replace("Z", "+00:00")).astimezone()
    return moment.strftime("%Y-%m-%d %H:%M:%S.") + f"{moment.microsecond // 1000:03d}"


def echo_json(value: Any, *, indent: int | None = None) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))
