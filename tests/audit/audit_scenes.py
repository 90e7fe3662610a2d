"""What the audit log's tests share: drafts, small logs, and the tools of somebody who tampers."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from otel_mcp.audit import AuditLog, EntryDraft
from otel_mcp.audit.keys import load_keys
from otel_mcp.tlog import Checkpoint, Frontier, Signer, leaf_hash, sign_checkpoint

FILE_NAME = "audit-000000000000.db"
ROOT = Path(__file__).parents[2]
ACTOR = "rosalind@example.org"


def draft(number: int = 0, **changes) -> EntryDraft:
    """The outcome of a tool call."""
    values = {
        "event": "mcp.tool.call",
        "phase": "outcome",
        "action": "EXECUTE",
        "outcome": "success",
        "actor": ACTOR,
        "actor_type": "user",
        "attributes": {"side": "server", "method": "tools/call", "tool": "get_forecast", "req": number, "dur": 1234},
        "body": {"arguments": {"city": "Berlin", "days": number}, "result": {"celsius": 21.5}},
        **changes,
    }
    return EntryDraft(**values)


def make_log(directory: Path, count: int = 30, **options) -> AuditLog:
    """A closed log with `count` entries between its start and stop records, each with a checkpoint of its own."""
    log = AuditLog.open(directory, service="weather", **options)
    for number in range(count):
        log.append(draft(number))
    log.close()
    return log


@contextlib.contextmanager
def raw(directory: Path):
    """The database as an intruder opens it."""
    with contextlib.closing(sqlite3.connect(directory / FILE_NAME, isolation_level=None)) as connection:
        yield connection


def rehash(connection: sqlite3.Connection, signer: Signer | None = None, before: Frontier | None = None) -> Frontier:
    """Make leaves and frontier fit the heads, after the files `before`; with a signer also every checkpoint."""
    frontier = before.copy() if before else Frontier()
    sizes = {size for (size,) in connection.execute("SELECT size FROM checkpoint")}

    def sign() -> None:
        if signer and frontier.size in sizes:
            note = sign_checkpoint(Checkpoint(signer.name, frontier.size, frontier.root()), signer)
            connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (note, frontier.size))

    sign()
    for index, head in connection.execute("SELECT idx, head FROM entry ORDER BY idx").fetchall():
        leaf = leaf_hash(head.encode())
        connection.execute("UPDATE entry SET leaf = ? WHERE idx = ?", (leaf, index))
        frontier.append(leaf)
        sign()
    connection.execute("UPDATE frontier SET size = ?, hashes = ?", (frontier.size, frontier.to_bytes()))
    return frontier


def owner(log: AuditLog) -> Signer:
    """The log's own key, as a thief has it."""
    return Signer(log.origin, load_keys(None, service="weather", create=False).signing_key)


def edit_head(connection: sqlite3.Connection, index: int, **changes) -> None:
    (text,) = connection.execute("SELECT head FROM entry WHERE idx = ?", (index,)).fetchone()
    head = {**json.loads(text), **changes}
    text = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    connection.execute("UPDATE entry SET head = ? WHERE idx = ?", (text, index))


def run_python(script: str, *arguments: object, **options) -> subprocess.CompletedProcess[str]:
    """Run a script in an interpreter of its own, which finds this checkout."""
    options = {"capture_output": True, "text": True, "timeout": 120, "env": environment(), **options}
    return subprocess.run(command(script, *arguments), check=False, **options)


def command(script: str, *arguments: object) -> list[str]:
    return [sys.executable, "-W", "error", "-c", script, *map(str, arguments)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}


def codes(report) -> set[str]:
    return {problem.code for problem in report.problems}
