"""How the golden log was made: two writers, every kind of entry that version 0.1.0 wrote. Kept for the record."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from otel_mcp.audit import AuditLog, EntryDraft, verify
from otel_mcp.audit.keys import format_keys, new_keys
from otel_mcp.audit.store import LOCK_NAME


def drafts():
    """Intents and outcomes of calls, a login, and text that is hard to encode."""
    for number in range(6):
        actor = f"user-{number % 3}@example.org"
        attributes = {
            "side": "server",
            "method": "tools/call",
            "tool": "get_forecast",
            "req": number,
            "transport": "stdio",
        }
        common = {"event": "mcp.tool.call", "action": "EXECUTE", "actor": actor, "actor_type": "user"}
        intent = EntryDraft(phase="intent", outcome="unknown", attributes=attributes, **common)
        yield intent
        yield EntryDraft(
            phase="outcome",
            outcome="failure" if number % 5 == 0 else "success",
            ref=intent.id,
            attributes={**attributes, "dur": 500, "trace": f"{number + 1:032x}", "span": f"{number + 1:016x}"},
            body={"arguments": {"city": "Köln", "days": number}, "result": {"celsius": 21.5 + number}},
            **common,
        )
    yield EntryDraft("mcp.auth.login", "event", "LOGIN", "success", actor="zoë\u2028\U0001f600", actor_type="user")
    yield EntryDraft("mcp.config.change", "event", "UPDATE", "success", attributes={"note": 'a"\\\b\u0007é\u007f'})
    yield EntryDraft("mcp.bad", "event", "READ", "success", attributes={"ratio": 0.5})


def main(directory: Path) -> None:
    socket.gethostname = lambda: "golden.example"
    os.environ["GOLDEN_KEY"] = format_keys(new_keys())
    for _ in range(2):
        log = AuditLog.open(directory, service="weather", key="env:GOLDEN_KEY")
        for draft in drafts():
            log.submit(draft).exception(10)
        log.close()
    (directory / "vkey.txt").write_text(log.vkey + "\n", encoding="utf-8")
    (directory / "checkpoint.txt").write_text(verify(directory).checkpoint, encoding="utf-8")
    (directory / LOCK_NAME).unlink()
    (directory / "writers").rmdir()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
