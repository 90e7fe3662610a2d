"""A client of the server `guarded.py`: raw HTTP, with a token of anybody."""

from __future__ import annotations

import json
import signal
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

from otel_mcp.audit.query import operations

if TYPE_CHECKING:
    from pathlib import Path

    from otel_mcp.audit.query import OperationRow
    from support.running import Program

__all__ = ["HELLO", "QUIET", "SECRET", "Guarded"]

QUIET = {f"OTEL_{name}_EXPORTER": "none" for name in ("TRACES", "METRICS", "LOGS")}
SECRET = "plover-of-the-marsh"
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "by hand", "version": "7"}}


class Guarded:
    """The server `guarded.py`, and a client that sends what it is told to."""

    def __init__(self, program: Program, trail: Path) -> None:
        self._url = program.wait_for_line(r"listening on (http://\S+)")[1]
        self._program = program
        self.trail = trail
        self.session: str | None = None

    def post(self, name: str | None, method: str, params: Any, number: int | None = 1) -> int:
        """The HTTP status of a message that comes with a token of `name`."""
        message = {"jsonrpc": "2.0", "method": method, "params": params, **({"id": number} if number else {})}
        headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
        if name is not None:
            headers["authorization"] = f"Bearer {name}.{SECRET}" if name else "Bearer nothing"
        if self.session is not None:
            headers["mcp-session-id"] = self.session
        request = urllib.request.Request(self._url, json.dumps(message).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                answer.read()
                self.session = self.session or answer.headers["mcp-session-id"]
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return int(error.code)

    def open(self, name: str) -> None:
        self.post(name, "initialize", HELLO)
        self.post(name, "notifications/initialized", {}, None)

    def call(self, who: str, tool: str = "add", **arguments: Any) -> int:
        return self.post(who, "tools/call", {"name": tool, "arguments": arguments or {"a": 1, "b": 2}}, 7)

    def end(self) -> None:
        self._program.kill(signal.SIGTERM)
        self._program.finish()

    def rows(self) -> list[OperationRow]:
        """Requests and decisions; a server that ends has its sessions end as well, and older SDKs say of no
        notification who sent it."""
        self.end()
        found = [row for row in operations(self.trail) if row.side == "server" and row.event != "mcp.auth.logout"]
        return [row for row in found if not _is_notification(row)]


def _is_notification(row: OperationRow) -> bool:
    entry = row.outcome_entry or row.intent
    return entry is not None and str(entry.head.get("method")).startswith("notifications/")
