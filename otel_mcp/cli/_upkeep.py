"""What the commands share that write to a log: its key, and who runs them."""

from __future__ import annotations

import contextlib
import getpass
import sqlite3
from typing import TYPE_CHECKING, Any

import click

from otel_mcp.audit.log import AuditLog
from otel_mcp.audit.store import read_meta, reading
from otel_mcp.cli._common import log_options, resolve_log
from otel_mcp.errors import AuditUnavailable, ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["key_option", "opened", "reason_option", "said_reason", "upkeep_options", "who"]


def key_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--key`."""
    return click.option(
        "--key", envvar="OTEL_MCP_AUDIT_KEY", help="The log's key: file:PATH or env:NAME (default: where it was made)."
    )(function)


def upkeep_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--dir`, `--service` and `--key`."""
    return log_options(key_option(function))


def reason_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--reason`, which must be given."""
    return click.option("--reason", required=True, help="Why, in one sentence; it becomes part of the trail.")(function)


def said_reason(reason: str) -> str:
    """The reason, if there is one.

    Raises:
        ConfigError: it is empty.
    """
    if not reason.strip():
        raise ConfigError("--reason is empty (say in one sentence why; it becomes part of the trail)")
    return reason


@contextlib.contextmanager
def opened(directory: Path | None, service: str | None, key: str | None) -> Iterator[AuditLog]:
    """The log that is meant, open to write.

    Raises:
        NothingToVerify: there is none.
        AuditUnavailable, KeyMismatch, ConfigError: it cannot be written to.
    """
    folder = resolve_log(directory, service)
    try:
        with reading(folder) as connection:
            name = read_meta(connection)["service"]
    except (sqlite3.Error, KeyError) as error:
        raise AuditUnavailable(f"cannot read the log in {folder}: {error} (run `otel-mcp verify`)") from None
    log = AuditLog.open(folder, service=name, key=key)
    try:
        yield log
    finally:
        log.close()


def who() -> str | None:
    """The name of the person who runs a command, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
