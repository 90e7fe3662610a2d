"""What exported telemetry says of a log: leaf hashes on spans and log records, and checkpoints.

The files hold OTLP/JSON, one request a line, as the file exporter of the OpenTelemetry Collector writes it. Nothing in
them is trusted: it is compared.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from otel_mcp import semconv
from otel_mcp.audit.entry import parse_head
from otel_mcp.errors import ConfigError, MalformedError
from otel_mcp.tlog import leaf_hash
from otel_mcp.tlog.tree import HASH_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Seen", "Telemetry", "read_telemetry"]

_MAX_TIME: Final = 1 << 63
_SCOPE: Final = "otel_mcp"
_KINDS: Final = (("resourceSpans", "scopeSpans", "spans"), ("resourceLogs", "scopeLogs", "logRecords"))


@dataclass(frozen=True, slots=True)
class Seen:
    """One leaf hash, on a span or a log record."""

    leaf: bytes
    kind: str
    """`span` or `log`."""
    time_us: int
    source: str
    """The resource as JSON: what was emitted by one process, as far as the resource tells processes apart."""
    service: str
    record_id: str | None
    trace: str
    span: str
    head: Mapping[str, Any] | None
    """Of a log record whose body has this leaf hash, and a writer and its sequence."""


@dataclass(slots=True)
class Telemetry:
    """What was read."""

    seen: dict[tuple[bytes, str], Seen] = field(default_factory=dict)
    """By leaf and kind: a span or record that was delivered twice is one."""
    checkpoints: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of source and note."""
    unaudited: int = 0
    """Records of operations of which there was no entry when they were emitted."""
    unreadable: int = 0
    """Lines that are no OTLP/JSON, and leaf hashes that are none."""


def read_telemetry(files: Iterable[Path]) -> Telemetry:
    """All that the files say of logs, whichever logs those are.

    Raises:
        ConfigError: a file cannot be read.
    """
    found = Telemetry()
    for path in files:
        _read_file(path, found)
    return found


def _read_file(path: Path, found: Telemetry) -> None:
    try:
        with path.open("rb") as lines:
            for line in lines:
                if line.strip():
                    _read_line(line, found)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or type(error).__name__).lower()}") from None


def _read_line(line: bytes, found: Telemetry) -> None:
    try:
        items = list(_items(json.loads(line)))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        found.unreadable += 1  # the end of a file that was cut, mostly
        return
    for item in items:
        found.unreadable += not _is_taken(*item, found)


def _items(request: Any) -> Iterator[tuple[str, dict[str, Any], str, dict[str, Any]]]:
    """Kind, resource attributes, scope and the span or record itself."""
    if not any(resources in request for resources, _, _ in _KINDS):
        raise ValueError("neither spans nor log records")
    for resources, scopes, members in _KINDS:
        for part in request.get(resources, ()):
            resource = _attributes(part.get("resource", {}))
            for scope in part.get(scopes, ()):
                for item in scope.get(members, ()):
                    yield members, resource, scope.get("scope", {}).get("name", ""), item


def _is_taken(kind: str, resource: dict[str, Any], scope: str, item: dict[str, Any], found: Telemetry) -> bool:
    try:
        _take(kind, resource, scope, item, found)
    except (ValueError, TypeError, AttributeError, KeyError):
        return False
    return True


def _take(kind: str, resource: dict[str, Any], scope: str, item: dict[str, Any], found: Telemetry) -> None:
    attributes = _attributes(item)
    source = json.dumps(resource, sort_keys=True)
    body = item.get("body", {}).get("stringValue")
    if kind == "logRecords" and semconv.CHECKPOINT in (item.get("eventName"), attributes.get("event.name")):
        found.checkpoints.append((source, str(body)))
        return
    record_id = attributes.get(semconv.AUDIT_RECORD_ID)
    encoded = attributes.get(semconv.LEAF)
    if encoded is None:
        found.unaudited += kind == "logRecords" and scope == _SCOPE and record_id is not None
        return
    leaf = _leaf(encoded)
    time = int(item.get("timeUnixNano") or item.get("endTimeUnixNano") or 0)
    if not 0 <= time < _MAX_TIME:
        raise ValueError("no time")
    seen = Seen(
        leaf=leaf,
        kind="span" if kind == "spans" else "log",
        time_us=time // 1000,
        source=source,
        service=str(resource.get("service.name", "")),
        record_id=record_id if isinstance(record_id, str) else None,
        trace=str(item.get("traceId", "")),
        span=str(item.get("spanId", "")),
        head=_head(body, leaf),
    )
    found.seen[leaf, seen.kind] = seen


def _leaf(encoded: object) -> bytes:
    try:
        leaf = base64.b64decode(str(encoded), validate=True)
    except binascii.Error:
        raise ValueError("no base64") from None
    if len(leaf) != HASH_SIZE:
        raise ValueError("no hash")
    return leaf


def _head(body: object, leaf: bytes) -> Mapping[str, Any] | None:
    if not isinstance(body, str) or leaf_hash(body.encode("utf-8", "replace")) != leaf:
        return None
    try:
        head = parse_head(body)
    except MalformedError:
        return None
    return head if isinstance(head.get("w"), str) and isinstance(head.get("ws"), int) else None


def _attributes(item: Mapping[str, Any]) -> dict[str, Any]:
    return {pair["key"]: next(iter(pair.get("value", {}).values()), None) for pair in item.get("attributes", ())}
