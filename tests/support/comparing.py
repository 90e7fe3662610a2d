"""A program with client and server, run without us and with us: what it saw, and what we recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from otel_mcp.audit.query import operations
from support.running import launched, running
from support.under_test import PROGRAMS, workplace

if TYPE_CHECKING:
    from pathlib import Path

    from otel_mcp.audit.query import OperationRow
    from support.environments import Environment
    from support.sink import Sink, Span

__all__ = ["Compared", "compare", "named"]

INSTRUMENT = "opentelemetry-instrument"


@dataclass(frozen=True)
class Compared:
    """What one conversation looked like without us, with us, and to us."""

    way: str
    plain: Any
    recorded: Any
    sink: Sink
    trails: tuple[Path, ...]
    stderr: str

    def rows(self, side: str) -> list[OperationRow]:
        """Requests, without the events in the course of them."""
        found = (row for trail in self.trails for row in operations(trail) if row.side == side)
        return [row for row in found if (entry := row.outcome_entry or row.intent) and "method" in entry.head]

    def spans(self, kind: str) -> list[Span]:
        return [span for span in self.sink.spans() if span.kind == kind]


def compare(installed: Environment, program: str, way: str, folder: Path, sink: Sink, **settings: str) -> Compared:
    """Run `program WAY`, which prints JSON, twice; for `stdio` the command of its server follows."""
    command = [installed.python, str(PROGRAMS / program)]
    seen, stderr = [], ""
    for launch in (None, INSTRUMENT):
        environ = workplace(folder, "everything", sink.environment(), **settings)
        # The SDK gives a server on stdio next to nothing of its own environment.
        there = {**environ, "OTEL_MCP_AUDIT_DIR": str(folder / "trail-server")}
        server = ["env", *(f"{name}={value}" for name, value in there.items()), *launched(installed, launch, command)]
        more = [*server, "serve"] if way.startswith("stdio") else []
        with running(launched(installed, launch, [*command, way, *more]), environ) as started:
            ended = started.finish()
        assert ended.status == 0, ended.stderr
        seen.append(json.loads(ended.stdout))
        stderr = ended.stderr
    trails = (folder / "trail-everything", *([folder / "trail-server"] if way.startswith("stdio") else []))
    return Compared(way, *seen, sink, trails, stderr)


def named(row: OperationRow) -> str:
    """The span's name, from what the entry has."""
    entry = row.outcome_entry or row.intent
    assert entry is not None
    target = entry.head.get("tool") or entry.head.get("prompt")
    return f"{entry.head['method']} {target}" if target else str(entry.head["method"])
