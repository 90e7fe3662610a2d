"""The command as a user runs it, and a call to put into a log."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from otel_mcp.audit.entry import EntryDraft

COMMAND = Path(sys.executable).parent / "otel-mcp"


def run(*arguments, stdin="", env=None, code=0):
    """Run the command; `code` is the exit status it must have."""
    environ = {**os.environ, **(env or {})}
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        env=environ,
        check=False,
        timeout=90,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def call(number, outcome="success", error=None):
    """Intent and outcome of one tool call."""
    facts = {"side": "server", "method": "tools/call", "tool": f"tool-{number % 3}", "trace": f"{number:032x}"}
    intent = EntryDraft("mcp.tool.call", "intent", "EXECUTE", "unknown", attributes=facts)
    ended = facts | {"dur": 1500} | ({"err": error} if error else {})
    body = {"arguments": {"n": number}, "result": {"ok": True}}
    return intent, EntryDraft(
        "mcp.tool.call", "outcome", "EXECUTE", outcome, ref=intent.id, attributes=ended, body=body, actor="ann"
    )
