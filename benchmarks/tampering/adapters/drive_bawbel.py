"""bawbel-gate: JSON lines, each with the hash of the one before it."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import ClassVar

from bawbel_gate import cli
from bawbel_gate._const import AUDIT_CHAIN_GENESIS, AUDIT_HASH_PREFIX
from bawbel_gate.audit import writer
from bawbel_gate.audit.canonical import canonical_bytes
from drive import Adapter, arguments, command, main, read_lines, tool, write_lines


class Bawbel(Adapter):
    package = "bawbel-gate"
    about = (
        "`AuditWriter.from_existing(…).append`, as its proxy does; verified by `bawbel-gate audit verify`. "
        "It has no key."
    )
    layout: ClassVar[dict[str, object]] = {"files": ["audit.jsonl"], "file": "audit.jsonl", "number": "seq"}

    def __init__(self, folder):
        super().__init__(folder)
        self.path = self.log / "audit.jsonl"

    def open(self):
        self.writer = writer.AuditWriter.from_existing(self.path)

    def append(self, number):
        now = dt.datetime.now(dt.timezone.utc).isoformat()
        self.writer.append({"ts": now, "event": "call", "tool": tool(number), "arguments": arguments(number)})

    def verify(self, *, given):
        return command(cli.main, ["audit", "verify", self.path])

    def refit(self, key):
        entries, previous = read_lines(self.path), AUDIT_CHAIN_GENESIS
        for entry in entries:
            entry["prev"] = previous
            body = {name: value for name, value in entry.items() if name != "hash"}
            payload = canonical_bytes(body) + previous.encode()
            entry["hash"] = previous = AUDIT_HASH_PREFIX + hashlib.sha256(payload).hexdigest()
        write_lines(self.path, entries, separators=(",", ":"), ensure_ascii=False)


main(Bawbel)
