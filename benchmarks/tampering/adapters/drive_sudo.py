"""agent-sudo-mcp: JSON lines, each with the hash of the one before it."""

from __future__ import annotations

from typing import ClassVar

from agent_sudo import audit, gateway
from agent_sudo.spec_helpers import compute_entry_hash
from drive import Adapter, arguments, command, main, read_lines, tool, write_lines


class AgentSudo(Adapter):
    package = "agent-sudo-mcp"
    about = "`AuditLogger.record_event`; verified by `agent-sudo verify-audit`. It has no key."
    layout: ClassVar[dict[str, object]] = {"files": ["audit.jsonl"], "file": "audit.jsonl"}

    def __init__(self, folder):
        super().__init__(folder)
        self.path = self.log / "audit.jsonl"

    def open(self):
        self.logger = audit.AuditLogger(self.path)

    def append(self, number):
        request = {"actor": "rosalind", "tool": tool(number), "action": "call", "arguments": arguments(number)}
        self.logger.record_event("gateway_decision", {"decision": "ALLOW", "request": request})

    def verify(self, *, given):
        return command(lambda: gateway.main(["verify-audit", str(self.path)]), [])

    def refit(self, key):
        entries, previous = read_lines(self.path), audit.GENESIS_HASH
        for entry in entries:
            entry["previous_hash"] = previous
            entry["entry_hash"] = previous = compute_entry_hash(previous, entry)
        write_lines(self.path, entries, sort_keys=True)


main(AgentSudo)
