"""What the commands share: which log is meant, how a time is given, how JSON and tables are printed."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from otel_mcp.audit.keys import load_keys
from otel_mcp.audit.query import default_directory, list_logs
from otel_mcp.audit.store import read_meta, reading
from otel_mcp.declarative import VARIABLE, declared_settings
from otel_mcp.errors import ConfigError, NothingToVerify, OtelMcpError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from otel_mcp.audit.keys import LogKeys

__all__ = [
    "COULD_NOT",
    "OK",
    "TAMPERED",
    "WEAK",
    "counted",
    "echo_json",
    "key_option",
    "log_options",
    "no_more_output",
    "parse_time",
    "reading_keys",
    "resolve_log",
    "say_locked",
    "settings_environment",
    "when",
    "writes_utf8",
]

OK: Final = 0
TAMPERED: Final = 1
WEAK: Final = 2
COULD_NOT: Final = 3

_AGO: Final = re.compile(r"(\d+)\s*(s|m|h|d|w)$")
_SETTINGS: Final = "otel_mcp.settings"
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 9999
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _as_folder(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Path | None:
    """A path that is not empty: an empty one would mean the current folder."""
    if value is not None and not value.strip():
        raise click.BadParameter("expected a folder, got an empty text")
    return None if value is None else Path(value)


def log_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--dir` and `--service`, the two ways to name a log."""
    function = click.option("--service", help="The log of this service in the platform's state folder.")(function)
    return click.option(
        "--dir",
        "directory",
        envvar="OTEL_MCP_AUDIT_DIR",
        metavar="FOLDER",
        callback=_as_folder,
        help="The log's folder (OTEL_MCP_AUDIT_DIR counts as this).",
    )(function)


def resolve_log(directory: Path | None, service: str | None) -> Path:
    """The folder of the log that is meant; with neither option, that of OTEL_CONFIG_FILE, or the only one of this user.

    Raises:
        NothingToVerify: there is no log.
        ConfigError: there are several, and none was named.
    """
    if service is not None:
        directory = default_directory(service)
    elif directory is None:
        directory = _declared_log()
    if directory is not None:
        if directory.is_file():
            raise NothingToVerify(f"{directory}: a file, not a log's folder (name {directory.parent} with --dir)")
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


def settings_environment() -> Mapping[str, str]:
    """The environment, with the settings of the configuration file over it if there is one.

    A file that nobody can read says nothing, and is told once. One whose settings are wrong is not passed over: they
    may ask for more than the environment does.

    Raises:
        ConfigError: a setting of the file is wrong.
    """
    kept = click.get_current_context().meta
    if _SETTINGS not in kept:
        declared = declared_settings(os.environ)
        if declared.problem is not None and not declared.unusable:
            raise declared.problem
        if declared.problem is not None:
            click.echo(f"otel-mcp: {declared.problem}; the file does not count here", err=True)
        kept[_SETTINGS] = declared.environ
    settings: Mapping[str, str] = kept[_SETTINGS]
    return settings


def _declared_log() -> Path | None:
    """The log that the configuration file names, by its folder or by the service."""
    if not os.environ.get(VARIABLE):
        return None
    environ = settings_environment()
    if named := environ.get("OTEL_MCP_AUDIT_DIR"):
        return Path(named)
    log = default_directory(environ.get("OTEL_SERVICE_NAME", ""))
    return log if log in list_logs() else None


def _declared_key(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    return settings_environment().get("OTEL_MCP_AUDIT_KEY") if value is None and os.environ.get(VARIABLE) else value


def key_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--key`."""
    return click.option(
        "--key",
        envvar="OTEL_MCP_AUDIT_KEY",
        callback=_declared_key,
        help="The log's key: file:PATH, env:NAME or exec:COMMAND (default: where it was made).",
    )(function)


def reading_keys(directory: Path, key: str | None) -> LogKeys | None:
    """The keys that open what is encrypted in a log, if they are at hand.

    Raises:
        ConfigError: `key` names none.
    """
    service = ""
    with contextlib.suppress(OtelMcpError, sqlite3.Error), reading(directory) as connection:
        service = read_meta(connection).get("service", "")
    if key is not None:
        return load_keys(key, service=service, create=False, setting="--key")
    with contextlib.suppress(ConfigError):
        return load_keys(None, service=service, create=False)
    return None


def say_locked() -> None:
    """Tell that something is encrypted."""
    click.echo("some of it is encrypted, and the key is not at hand (name it with --key)", err=True)


def parse_time(text: str | None) -> int | None:
    """Microseconds since the epoch of `2026-11-24`, `2026-11-24T10:00:00Z`, or of a time ago such as `90m` or `7d`.

    Raises:
        ConfigError: it is neither.
    """
    if text is None:
        return None
    try:
        if ago := _AGO.match(text.strip()):
            moment = datetime.now(timezone.utc) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        else:
            moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except OverflowError:  # longer ago than the calendar begins: everything is younger
        return 0
    except ValueError:
        raise ConfigError(
            f"{text}: expected a date, a time such as 2026-11-24T10:00:00Z, or an age such as 90m or 7d"
        ) from None
    # No entry is older, and a time zone could move the first year out of the calendar; the last one likewise.
    if moment.year <= _FIRST_YEAR:
        return 0
    if moment.year >= _LAST_YEAR:
        return None
    return int((moment if moment.tzinfo else moment.astimezone()).timestamp() * 1_000_000)


def when(timestamp: object) -> str:
    """A head's time for a person: local, to the millisecond; what is no time is shown as it is."""
    text = timestamp if isinstance(timestamp, str) else ""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone()
    except (ValueError, OverflowError):
        return text or "?"
    return moment.strftime("%Y-%m-%d %H:%M:%S.") + f"{moment.microsecond // 1000:03d}"


def counted(count: int, name: str) -> str:
    """`1 rule`, `2 rules`."""
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"


def echo_json(value: Any, *, indent: int | None = None) -> None:
    click.echo(json.dumps(value, ensure_ascii=not writes_utf8(), indent=indent))


def writes_utf8() -> bool:
    """Whether stdout takes any character."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"


def no_more_output() -> None:
    """Send what is still buffered nowhere: its reader is gone, and the interpreter would complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
