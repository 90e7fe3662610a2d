"""Readings of the trail as entries of it, where the settings ask for that: who looked, with which command, for what."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any, Final

import click

from otel_mcp.audit.encryption import mode_of
from otel_mcp.audit.highwater import read_mark
from otel_mcp.audit.log import AuditLog
from otel_mcp.audit.store import read_meta, reading
from otel_mcp.cli._common import settings_environment
from otel_mcp.cli._upkeep import who
from otel_mcp.config import Config
from otel_mcp.errors import AuditUnavailable, OtelMcpError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["record_reading"]

_PERSONAL: Final = frozenset({"user"})
"""Filters that name a person: the entry has a digest of them, which an erasure need not find."""


def record_reading(log: Path, key: str | None, command: str, details: Mapping[str, Any]) -> None:
    """Write that `command` reads the log, before it shows anything; `details` is what it looks for.

    Only the log of a service that runs here takes such an entry. A copy that somebody examines stays as it is: one that
    went on by itself would be another history of the same log.

    Raises:
        AuditUnavailable: readings must be recorded, and this one cannot be.
    """
    config = Config.from_environment(settings_environment())
    wanted = config.audit_readings
    if wanted == "off":
        return
    try:
        _write(
            log, key or config.audit_key, command, {name: value for name, value in details.items() if value is not None}
        )
    except OtelMcpError as exc:
        if wanted == "required":
            raise AuditUnavailable(f"{exc}; nothing is shown (OTEL_MCP_AUDIT_READINGS=required)") from None
        click.echo(f"otel-mcp: this reading is not recorded: {exc}", err=True)


def _write(log: Path, key: str | None, command: str, details: Mapping[str, Any]) -> None:
    service = _service_of(log)
    trail = AuditLog.open(log, service=service, key=key, encrypt=mode_of(log))
    try:
        body = {name: trail.keyed_digest(value) if name in _PERSONAL else value for name, value in details.items()}
        trail.note_reading(command, details=body or None, actor=who())
    finally:
        trail.close()


def _service_of(log: Path) -> str:
    """The service whose log this is.

    Raises:
        AuditUnavailable: it is a copy, or nobody on this machine has written it.
    """
    meta: dict[str, str] = {}
    with contextlib.suppress(OtelMcpError, sqlite3.Error), reading(log) as connection:
        meta = read_meta(connection)
    mark = read_mark(meta.get("origin", ""))
    if mark is None or mark.directory != str(log.resolve()):
        raise AuditUnavailable(f"{log} is not where a program on this machine writes that log")
    return meta.get("service", "")
