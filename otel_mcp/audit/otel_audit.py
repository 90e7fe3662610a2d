"""Entries as records of the OpenTelemetry audit data model, signed: OTLP/JSON log records with `audit.*` attributes.

Follows `specification/audit/data-model.md` of apeirora/opentelemetry-specification at commit 195a6da4 (OTEP 0267,
status Development); docs/otel-audit.md lists where it is silent or we differ.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from otel_mcp import semconv
from otel_mcp.audit.facts import address_kind, facts_of, time_us
from otel_mcp.audit.jcs import canonical_json
from otel_mcp.audit.query import entries
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import ConfigError, MalformedError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from otel_mcp.audit.entry import JSON
    from otel_mcp.audit.facts import Facts
    from otel_mcp.audit.keys import LogKeys
    from otel_mcp.audit.query import StoredEntry
    from otel_mcp.tlog import SigningKey

__all__ = [
    "SCHEMA_VERSION",
    "canonical_record",
    "check_record",
    "integrity_hash",
    "otel_audit_records",
    "request_of",
    "sign_record",
]

SCHEMA_VERSION: Final = "otel-audit-195a6da/1"

_INTEGRITY: Final = "audit.integrity."
_VALUE: Final = "audit.integrity.value"
_MAX_JSON_INT: Final = 2**53
_MAX_INT: Final = 2**63
_MAX_DEPTH: Final = 64
_ACTOR_TYPES: Final = frozenset({"user", "service", "system"})
_HEAD_NAMES: Final = {
    "method": semconv.MCP_METHOD_NAME,
    "tool": semconv.GEN_AI_TOOL_NAME,
    "prompt": semconv.GEN_AI_PROMPT_NAME,
    "req": semconv.JSONRPC_REQUEST_ID,
    "err": semconv.ERROR_TYPE,
}


@dataclass(frozen=True, slots=True)
class _Last:
    """The record before, in the same stream."""

    record_id: str
    hash: str


def canonical_record(record: Mapping[str, Any]) -> bytes:
    """The bytes under signature and hash of an OTLP/JSON log record (data model, `audit.integrity.value`).

    Raises:
        MalformedError: it is none.
    """
    try:
        attributes = {pair["key"]: pair["value"] for pair in record["attributes"]}
        form: dict[str, JSON] = {
            "Timestamp": _decimal(record["timeUnixNano"]),
            "ObservedTimestamp": _decimal(record["observedTimeUnixNano"]),
            "EventName": record["eventName"],
            "Attributes": {k: _wrapped(v) for k, v in attributes.items() if not k.startswith(_INTEGRITY)},
        }
        if "body" in record:
            form["Body"] = _wrapped(record["body"])
        for name, member in (("TraceId", "traceId"), ("SpanId", "spanId")):
            if record.get(member):
                form[name] = record[member]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MalformedError("not a log record of OTLP/JSON with the members of an audit record") from None
    return canonical_json(form)


def integrity_hash(record: Mapping[str, Any]) -> str:
    """What a receipt says of a record, and what the next one names: hexadecimal SHA-256 of its canonical form."""
    return hashlib.sha256(canonical_record(record)).hexdigest()


def sign_record(record: Mapping[str, Any], key: SigningKey) -> dict[str, Any]:
    """The record with its signature."""
    # The log's own key: a canonical record begins with a brace and holds no line break, so it can never pass for the
    # text of a checkpoint or a seal, which begin with a name and end with a line break.
    value = base64.b64encode(key.sign(canonical_record(record))).decode("ascii")
    proof: dict[str, JSON] = {_VALUE: value, "audit.integrity.canonicalization": "jcs"}
    return {**record, "attributes": [*record["attributes"], *_pairs(proof | {"audit.integrity.signer": "producer"})]}


def check_record(record: Mapping[str, Any], public_key: bytes) -> None:
    """Raise unless `public_key` signed the record.

    Raises:
        MalformedError: it is no audit record, or bears no signature.
        VerificationError: the signature is not of this key and this record.
    """
    form = canonical_record(record)
    values = [pair["value"].get("stringValue") for pair in record["attributes"] if pair["key"] == _VALUE]
    if len(values) != 1 or not isinstance(values[0], str):
        raise MalformedError(f"expected one {_VALUE}, got {len(values)}")
    try:
        signature = base64.b64decode(values[0], validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, form)
    except (binascii.Error, InvalidSignature):
        raise VerificationError("A07", "the record is not signed by this key, or was changed") from None


def otel_audit_records(
    directory: Path,
    key: SigningKey,
    *,
    keys: LogKeys | None = None,
    bodies: bool = False,
    since_us: int | None = None,
    until_us: int | None = None,
    archive: Path | None = None,
) -> Iterator[dict[str, Any]]:
    """The entries between the two times as signed records, chained by writer from its first entry on.

    Without `bodies` a record says what its head says, which no erasure changes: exported twice, it is the same. What
    was pruned is read from `archive`, for the hashes; without it the first record left of a writer names none before.

    Raises:
        NothingToVerify: there is no log.
        AuditUnavailable: log or archive cannot be read.
        ConfigError: the archive lacks an entry from before the log's first one.
    """
    last: dict[str, _Last] = {}

    def chained(entry: StoredEntry) -> tuple[int, dict[str, Any]]:
        facts = facts_of(entry, names=bodies)
        stream = str(facts.head.get("w"))
        record = _record(facts, last.get(stream), bodies=bodies)
        last[stream] = _Last(facts.record_id, integrity_hash(record))
        return time_us(facts.observed), record

    if archive is not None:
        for entry in _pruned(directory, archive, keys):
            chained(entry)
    # From the beginning, whatever the times are: a record names the hash of the one before, and that one's of its own.
    for entry in entries(directory, keys=keys):
        time, record = chained(entry)
        if (since_us is None or time >= since_us) and (until_us is None or time < until_us):
            yield sign_record(record, key)


def _pruned(directory: Path, archive: Path, keys: LogKeys | None) -> Iterator[StoredEntry]:
    """The entries before the first one of the log, from an archive."""
    end, expected = min(segments_of(directory), default=0), 0
    for entry in entries(archive, keys=keys) if end else ():
        if entry.index != expected or expected == end:
            break
        yield entry
        expected += 1
    if expected < end:
        raise ConfigError(f"--archive {archive}: lacks entry {expected}, and the log begins with {end}")


def request_of(records: Sequence[Mapping[str, Any]], *, origin: str, service: str, vkey: str) -> dict[str, Any]:
    """An `ExportLogsServiceRequest` of OTLP/JSON with these records; the scope is empty, as the data model asks."""
    resource: dict[str, JSON] = {
        "service.name": service,
        "audit.integrity.algorithm": "EdDSA",
        "audit.integrity.certificate": vkey.rpartition("+")[0],
        # Stands for the flag `audit` of `ResourceLogs`, which the protocol buffers do not have yet.
        "otel_mcp.audit": True,
        semconv.ORIGIN: origin,
    }
    return {
        "resourceLogs": [
            {"resource": {"attributes": _pairs(resource)}, "scopeLogs": [{"scope": {}, "logRecords": list(records)}]}
        ]
    }


def _record(facts: Facts, before: _Last | None, *, bodies: bool) -> dict[str, Any]:
    """The record without its signature."""
    record: dict[str, Any] = {
        "timeUnixNano": str(time_us(facts.time) * 1000),
        "observedTimeUnixNano": str(time_us(facts.observed) * 1000),
        "eventName": facts.event,
        "attributes": _pairs(_attributes(facts, before)),
    }
    if bodies and facts.body is not None:
        body = {name: value for name, value in facts.body.items() if name != "actor"}
        if body:
            record["body"] = _any(body)
    if facts.trace and facts.span:
        record |= {"traceId": facts.trace, "spanId": facts.span}
    return record


def _attributes(facts: Facts, before: _Last | None) -> dict[str, JSON]:
    head = facts.head
    known = facts.actor_type in _ACTOR_TYPES
    attributes: dict[str, JSON | None] = {
        semconv.AUDIT_RECORD_ID: facts.record_id,
        semconv.AUDIT_ACTOR_ID: facts.subject or "unknown",
        semconv.AUDIT_ACTOR_TYPE: facts.actor_type if known else "service",
        semconv.AUDIT_ACTION: facts.action,
        semconv.AUDIT_OUTCOME: facts.outcome,
        "audit.target.id": facts.target,
        "audit.target.type": facts.target_type,
        "audit.source.id": facts.source,
        "audit.source.type": None if facts.source is None else address_kind(facts.source),
        "audit.schema.version": SCHEMA_VERSION,
        "audit.sequence.stream_id": str(head.get("w")),
        "audit.sequence.number": head.get("ws"),
        "audit.sequence.previous_hash": None if before is None else before.hash,
        "audit.sequence.previous_record_id": None if before is None else before.record_id,
        "audit.sequence.end": True if facts.event == "audit.writer.stop" else None,
        "enduser.id": facts.actor,
        semconv.LEAF: base64.b64encode(facts.leaf).decode("ascii"),
        "otel_mcp.audit.index": facts.index,
        "otel_mcp.audit.phase": facts.phase,
        "otel_mcp.audit.ref": head.get("ref"),
        "otel_mcp.audit.actor_type": None if known else facts.actor_type,
        "otel_mcp.audit.duration_us": facts.duration_us,
        **{name: head.get(member) for member, name in _HEAD_NAMES.items()},
    }
    return {name: value for name, value in sorted(attributes.items()) if value is not None}


def _pairs(values: Mapping[str, JSON]) -> list[dict[str, Any]]:
    return [{"key": name, "value": _any(value)} for name, value in values.items()]


def _any(value: JSON, depth: int = _MAX_DEPTH) -> dict[str, Any]:
    """An `AnyValue` of OTLP/JSON; what it cannot say becomes text."""
    if isinstance(value, Mapping) and depth:
        pairs = [{"key": str(name), "value": _any(member, depth - 1)} for name, member in sorted(value.items())]
        return {"kvlistValue": {"values": pairs}}
    if isinstance(value, Sequence) and not isinstance(value, str) and depth:
        return {"arrayValue": {"values": [_any(member, depth - 1) for member in value]}}
    return {} if value is None else _scalar(value)


def _scalar(value: object) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int) and -_MAX_INT <= value < _MAX_INT:
        return {"intValue": str(value)}
    if isinstance(value, float) and math.isfinite(value):
        return {"doubleValue": value}
    return {"stringValue": str(value)}


def _wrapped(value: Mapping[str, Any]) -> dict[str, JSON]:
    """An `AnyValue` in the canonical form: an integer up to 2**53 is a number, a larger one stays decimal text."""
    if not value:
        return {}
    [(kind, inner)] = value.items()
    if kind == "intValue":
        number = int(inner)
        return {kind: number if abs(number) <= _MAX_JSON_INT else str(number)}
    if kind == "arrayValue":
        return {kind: {"values": [_wrapped(member) for member in inner.get("values", ())]}}
    if kind == "kvlistValue":
        return {kind: {"values": _wrapped_pairs(inner.get("values", ()))}}
    if kind not in ("stringValue", "boolValue", "doubleValue", "bytesValue"):
        raise ValueError(kind)
    return {kind: inner}


def _wrapped_pairs(pairs: Iterable[Mapping[str, Any]]) -> list[JSON]:
    return [{"key": pair["key"], "value": _wrapped(pair["value"])} for pair in pairs]


def _decimal(value: object) -> str:
    """Nanoseconds, as decimal text."""
    return str(int(str(value)))
