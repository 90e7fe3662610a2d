"""What `otel-mcp doctor` says of the trail: is it well, and could a program write it? Looked at, never made."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.audit.keys import load_keys
from otel_mcp.audit.paths import default_directory, default_key_path
from otel_mcp.audit.query import list_logs
from otel_mcp.audit.store import read_meta, reading
from otel_mcp.audit.verify import verify
from otel_mcp.cli._row import Row, State
from otel_mcp.cli.verify import key_words
from otel_mcp.config import Config, default_service
from otel_mcp.errors import ConfigError, NothingToVerify, OtelMcpError
from otel_mcp.tlog import Signer

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["trail_rows"]

_LOST = "a program runs unaudited, or not at all, until this is mended"


def trail_rows(environ: Mapping[str, str], program: str | None) -> list[Row]:
    """Rows on the log of `program`; of none in particular, on the log that the settings name or the only one."""
    try:
        config = Config.from_environment(environ)
    except ConfigError:
        return []  # the settings' own row says it
    if config.audit == "off":
        return []
    service = default_service(environ, program or "")
    if directory := config.audit_dir or (service and default_directory(service)):
        return _rows_of(Path(directory), service, config)
    logs = list_logs()
    if len(logs) == 1:
        return _rows_of(logs[0], logs[0].name, config)
    names = ", ".join(log.name for log in logs)
    text = f"{len(logs)} logs, {names}; which one a program writes depends on it" if logs else "no log of this user yet"
    return [Row("trail", "note", text, "otel-mcp doctor -- COMMAND looks at the one of COMMAND")]


def _rows_of(directory: Path, service: str, config: Config) -> list[Row]:
    blocked = _writable(directory) + _key(directory, service, config)
    try:
        report = verify(directory, fast=True)
    except NothingToVerify:
        rows = [Row("trail", "note", f"no log yet at {directory}", "" if blocked else "the first start makes it")]
    except OtelMcpError as exc:
        rows = [Row("trail", "bad", str(exc))]
    else:
        states: dict[int, State] = {0: "ok", 1: "bad", 2: "warn"}
        text = f"{report.entries:,} entries at {directory}, key {key_words(report)}"
        rows = [Row("trail", states[report.exit_code], text)]
        for problem in report.problems:
            state: State = "bad" if problem.code.startswith("A") else "warn"
            rows.append(Row("trail", state, f"{problem.code} {problem.message}"))
    return rows + blocked


def _writable(directory: Path) -> list[Row]:
    """Whether a file can be made in the folder or, where it is missing, a folder above it."""
    place = next(folder for folder in (directory.absolute(), *directory.absolute().parents) if folder.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=".otel-mcp-", dir=place):
            return []
    except OSError as exc:
        reason = (exc.strerror or "cannot be written").lower()
        text = f"the log cannot be written at {directory}: {place}: {reason}; {_LOST}"
        return [Row("trail", "bad", text, "set OTEL_MCP_AUDIT_DIR to a folder of this user")]


def _key(directory: Path, service: str, config: Config) -> list[Row]:
    """Whether the signing key is there, can be read and is the log's; before the first start it may be missing."""
    meta = _meta(directory)
    name = (meta or {}).get("service", service)
    scheme, _, path = (config.audit_key or f"file:{default_key_path(name)}").partition(":")
    if not meta and scheme == "file" and path and not Path(path).expanduser().exists():
        return [
            Row(row.section, row.state, row.text.replace("the log", "the key"), "set OTEL_MCP_AUDIT_KEY=file:PATH")
            for row in _writable(Path(path).expanduser().parent)
        ]
    try:
        keys = load_keys(config.audit_key, service=name, create=False)
    except ConfigError as exc:
        return [Row("trail", "bad", f"{exc}; {_LOST}")]
    if meta and str(Signer(meta["origin"], keys.signing_key).verifier) != meta.get("vkey"):
        text = f"the log at {directory} was made with another key than the one in {keys.source}; {_LOST}"
        return [Row("trail", "bad", text, "set OTEL_MCP_AUDIT_KEY to its key, or OTEL_MCP_AUDIT_DIR to a new folder")]
    return []


def _meta(directory: Path) -> dict[str, str] | None:
    with contextlib.suppress(NothingToVerify, sqlite3.Error, OSError), reading(directory) as connection:
        meta = read_meta(connection)
        return meta if "origin" in meta else None
    return None
