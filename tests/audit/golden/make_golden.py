"""How the golden log was made: three files, three writers, every kind of entry of version 0.1.0. For the record."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import replace
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
    keys = new_keys()
    os.environ["GOLDEN_KEY"] = format_keys(keys)
    # What opens the log, and a signing key that is not the log's.
    readers = replace(keys, signing_key=new_keys().signing_key)
    for encrypt in ("off", "segment", "subject"):
        log = AuditLog.open(directory, service="weather", key="env:GOLDEN_KEY", encrypt=encrypt)
        for draft in drafts():
            log.submit(draft).exception(10)
        if encrypt != "subject":
            log.rotate()
        else:
            log.redact(4, reason="a name in it", actor="auditor")
            log.erase("user-1@example.org", reason="asked for", actor="auditor")
        log.close()
    (directory / "vkey.txt").write_text(log.vkey + "\n", encoding="utf-8")
    (directory / "checkpoint.txt").write_text(verify(directory).checkpoint, encoding="utf-8")
    (directory / LOCK_NAME).unlink()
    (directory / "writers").rmdir()
    (directory / "keys.pem").write_text(format_keys(readers), encoding="ascii")
    for key in directory.glob("seal-*.key"):
        key.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
