"""What one request must leave behind, and the check that all signals and the trail tell the same story."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from otel_mcp.audit.query import entries

if TYPE_CHECKING:
    from pathlib import Path

    from otel_mcp.audit.query import StoredEntry
    from support.sink import Arrived, Span

__all__ = ["LEAF", "Request", "check_signals", "is_notification", "outcomes", "unfold"]

LEAF = "otel_mcp.audit.leaf"
ACCESS = "otel_mcp.access"  # as the annotations of a tool say
_REQUEST_ID = "jsonrpc.request.id"


@dataclass(frozen=True)
class Request:
    """A request as the test knows that it went: `error` is `tool_error` or nothing, `code` that of a JSON-RPC error."""

    method: str
    tool: str | None = None
    prompt: str | None = None
    known: bool = True
    error: str | None = None
    code: int | None = None

    @property
    def name(self) -> str:
        target = (self.tool or self.prompt) if self.known else None
        return f"{self.method} {target}" if target else self.method

    def attributes(self, *, metric: bool = False) -> dict[str, Any]:
        """What span and log record say beside the ids; with `metric` what the histogram's point says."""
        masked = metric and not self.known
        pairs = {
            "mcp.method.name": self.method,
            "gen_ai.operation.name": "execute_tool" if self.method == "tools/call" else None,
            "gen_ai.tool.name": self.tool and ("_OTHER" if masked else self.tool),
            "gen_ai.prompt.name": self.prompt and ("_OTHER" if masked else self.prompt),
            "error.type": self.error,
            "rpc.response.status_code": None if self.code is None else str(self.code),
        }
        return {name: value for name, value in pairs.items() if value is not None}


def is_notification(span: Span) -> bool:
    """Whether the span is of something that nobody answers."""
    return span.name.startswith("notifications/")


def outcomes(trail: Path) -> list[StoredEntry]:
    """The outcome entries of requests, oldest first."""
    ended = (entry for entry in entries(trail) if entry.head["phase"] == "outcome")
    return [entry for entry in ended if entry.head["event"] != "mcp.notification"]


def check_signals(
    arrived: Arrived, service: str, trail: Path, requests: list[Request], common: dict[str, Any]
) -> list[Span]:
    """One SERVER span, one log record, one entry with an intent, and one count in the histogram for each request.

    `common` are the attributes of transport and protocol. Returns the spans, in the order of the requests.
    """
    spans = [span for span in arrived.spans(service) if not is_notification(span)]
    records = [record for record in arrived.records(service) if _REQUEST_ID in record.attributes]
    stored = outcomes(trail)
    assert [span.name for span in spans] == [request.name for request in requests]
    assert len(records) == len(stored) == len(requests)
    intents = {entry.head["id"] for entry in entries(trail) if entry.head["phase"] == "intent"}
    assert {entry.head["ref"] for entry in stored} == intents
    by_id = {entry.head["id"]: entry for entry in stored}
    for request, span, record in zip(requests, spans, records, strict=True):
        entry = by_id.pop(record.attributes["audit.record.id"])
        expected = unfold(request, common)
        assert (span.scope, span.kind, span.events) == ("otel_mcp", "SERVER", 0)
        assert _without(span.attributes, _REQUEST_ID, LEAF, ACCESS) == expected
        assert span.status == ("ERROR" if request.error else "UNSET")
        assert expected.items() <= record.attributes.items()
        assert span.attributes[_REQUEST_ID] == record.attributes[_REQUEST_ID] == entry.head["req"]
        assert record.body == entry.head_text
        leaf = hashlib.sha256(b"\0" + entry.head_text.encode()).digest()
        assert span.attributes[LEAF] == record.attributes[LEAF] == base64.b64encode(leaf).decode()
        assert entry.leaf == leaf
        assert (record.trace, record.span) == (span.trace, span.span) == (entry.head["trace"], entry.head["span"])
        failed = request.error or request.code
        assert record.severity == ("WARN" if failed else "INFO")
        assert record.attributes["audit.outcome"] == entry.head["outcome"] == ("failure" if failed else "success")
        assert record.event == entry.head["event"]
    points = Counter(tuple(sorted(unfold(request, common, metric=True).items())) for request in requests)
    counted = arrived.points(service, "mcp.server.operation.duration")
    told = [labels for labels in counted if str(dict(labels)["mcp.method.name"]).startswith("notifications/")]
    assert counted == points + Counter({labels: counted[labels] for labels in told})
    return spans


def unfold(request: Request, common: dict[str, Any], *, metric: bool = False) -> dict[str, Any]:
    """The request's attributes with those of its transport."""
    return common | request.attributes(metric=metric)


def _without(attributes: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if name not in names}
