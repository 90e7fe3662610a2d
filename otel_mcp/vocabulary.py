"""What the names in our telemetry mean: one place that docs/telemetry.md is made of and emitted telemetry is held to.

The names that OpenTelemetry's conventions for MCP define have their types, levels and known values in
tests/vectors/semconv_mcp.json; what they hold here stands in `CONVENTIONAL`. The names of our own are here whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from otel_mcp import semconv

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CONVENTIONAL", "ERROR_TYPES", "EVENTS", "METRICS", "OWN", "Attribute", "Metric", "Signal"]

Signal = Literal["span", "log record", "checkpoint", "metric", "audit record", "audit resource"]
"""Where an attribute may stand. An audit record is one that `otel-mcp export` writes, see docs/otel-audit.md."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of our own: its type as OTLP has it, where it stands, and what it says."""

    type: Literal["string", "int", "boolean"]
    on: tuple[Signal, ...]
    meaning: str
    values: tuple[str, ...] = ()
    """All that there are, where they are few."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of our own."""

    instrument: Literal["counter", "gauge"]
    unit: str
    attributes: tuple[str, ...]
    meaning: str


CONVENTIONAL: Final[Mapping[str, str]] = {
    semconv.MCP_METHOD_NAME: "the JSON-RPC method; `_OTHER` in metrics where MCP knows no such method",
    semconv.ERROR_TYPE: "how it failed; the values are below",
    semconv.GEN_AI_TOOL_NAME: "the tool; `_OTHER` in metrics where the server offers none of that name",
    semconv.GEN_AI_PROMPT_NAME: "the prompt; in metrics as above",
    semconv.GEN_AI_OPERATION_NAME: "`execute_tool`, for a tool's call alone",
    semconv.JSONRPC_REQUEST_ID: "the request's id, as text; the same on both sides",
    semconv.MCP_RESOURCE_URI: "the URI, redacted; never part of a name, never a label",
    semconv.RPC_RESPONSE_STATUS_CODE: "the code of the JSON-RPC error that was answered, as text",
    semconv.MCP_PROTOCOL_VERSION: "the version of MCP that both sides speak",
    semconv.MCP_SESSION_ID: "the session over HTTP, where the version of MCP has sessions",
    semconv.NETWORK_TRANSPORT: "`pipe` over stdio, `tcp` over HTTP, nothing within one process",
    semconv.NETWORK_PROTOCOL_NAME: "`http`",
    semconv.NETWORK_PROTOCOL_VERSION: "the version of HTTP",
    semconv.SERVER_ADDRESS: "the host that the client was told to connect to",
    semconv.SERVER_PORT: "its port",
    semconv.CLIENT_ADDRESS: "the address that the request came from; behind a proxy the proxy's",
    semconv.CLIENT_PORT: "its port",
    semconv.GEN_AI_TOOL_CALL_ARGUMENTS: "the arguments, redacted, where content is switched on",
    semconv.GEN_AI_TOOL_CALL_RESULT: "the result, redacted, where content is switched on and the tool succeeded",
    "exception.type": "the exception's class",
    "exception.message": "its text, redacted",
    "exception.stacktrace": "its traceback, redacted",
}
"""What the conventions' names hold here, in the order of the page."""

ERROR_TYPES: Final[Mapping[str, str]] = {
    semconv.TOOL_ERROR: "the tool answered that it failed (`isError`)",
    "-32603": "any JSON-RPC code that was answered; on the server's side not the codes that blame the caller",
    "timeout": "the caller's own time was up, and no answer had come",
    "connection_closed": "the connection was lost before an answer",
    "cancelled": "somebody stopped waiting; nobody is at fault, and the span's status stays unset",
    "RuntimeError": "the class of an exception that is no JSON-RPC error",
    "invalid_result": "the server's code returned what is no result of MCP",
    "500": "the HTTP status of a refusal that says nothing in JSON-RPC",
    semconv.ERROR_OTHER: "nothing more is known",
}
"""What `error.type` may say, by example."""

OWN: Final[Mapping[str, Attribute]] = {
    semconv.LEAF: Attribute(
        "string",
        ("span", "log record", "audit record"),
        "base64 of the hash of this operation's entry in the trail (RFC 6962 leaf): proves later which entry it was",
    ),
    semconv.ACCESS: Attribute(
        "string",
        ("span", "log record"),
        "what a tool's call does to data, where anybody has said it (docs/access.md)",
        ("read", "write", "delete", "export"),
    ),
    semconv.AUDIT_RECORD_ID: Attribute(
        "string", ("log record", "audit record"), "the entry's id; of an operation, that of its outcome"
    ),
    semconv.AUDIT_ACTION: Attribute(
        "string", ("log record", "audit record"), "a verb in capitals: `EXECUTE`, `READ`, `UPDATE`, …"
    ),
    semconv.AUDIT_OUTCOME: Attribute(
        "string",
        ("log record", "audit record"),
        "how it ended, as far as anybody knows",
        ("success", "failure", "unknown"),
    ),
    semconv.AUDIT_ACTOR_TYPE: Attribute(
        "string",
        ("log record", "audit record"),
        "what asked; never who, which stands in the trail alone",
        ("user", "service", "system", "unknown"),
    ),
    semconv.ORIGIN: Attribute("string", ("checkpoint", "metric", "audit resource"), "the trail's name"),
    semconv.SIZE: Attribute("int", ("checkpoint",), "the number of entries that the checkpoint speaks of"),
    semconv.REDACTION_RULE: Attribute("string", ("metric",), "the rule by which something was removed"),
    semconv.REDACTION_SURFACE: Attribute(
        "string", ("metric",), "where it stood", ("arguments", "result", "log", "span")
    ),
    semconv.REDACTED: Attribute(
        "string", ("span", "log record"), "stands for attributes that could not be read and are not shown"
    ),
    semconv.AUDIT_ACTOR_ID: Attribute("string", ("audit record",), "the pseudonym of who asked, or `unknown`"),
    "audit.target.id": Attribute("string", ("audit record",), "what it was done to"),
    "audit.target.type": Attribute("string", ("audit record",), "what that is: a tool, a prompt, a resource"),
    "audit.source.id": Attribute(
        "string", ("audit record",), "the address that the request came from, with `--with-bodies`"
    ),
    "audit.source.type": Attribute("string", ("audit record",), "of which kind", ("ipv4", "ipv6", "hostname")),
    "audit.schema.version": Attribute("string", ("audit record",), "the data model that the record follows"),
    "audit.sequence.stream_id": Attribute("string", ("audit record",), "the process that wrote the entry"),
    "audit.sequence.number": Attribute("int", ("audit record",), "the entry's number among those of that process"),
    "audit.sequence.previous_hash": Attribute("string", ("audit record",), "the hash of the record before"),
    "audit.sequence.previous_record_id": Attribute("string", ("audit record",), "the id of the record before"),
    "audit.sequence.end": Attribute("boolean", ("audit record",), "the process ended in order; nothing follows"),
    "audit.integrity.value": Attribute("string", ("audit record",), "base64 of the signature"),
    "audit.integrity.canonicalization": Attribute("string", ("audit record",), "the form that was signed", ("jcs",)),
    "audit.integrity.signer": Attribute("string", ("audit record",), "who signed", ("producer",)),
    "otel_mcp.audit.index": Attribute("int", ("audit record",), "the entry's number in the trail"),
    "otel_mcp.audit.phase": Attribute(
        "string", ("audit record",), "which part of an operation", ("intent", "outcome", "event")
    ),
    "otel_mcp.audit.ref": Attribute("string", ("audit record",), "the id of the entry that this one ends"),
    "otel_mcp.audit.actor_type": Attribute(
        "string", ("audit record",), "the actor's type where the data model has no word for it"
    ),
    "otel_mcp.audit.duration_us": Attribute("int", ("audit record",), "how long it took, in microseconds"),
    "audit.integrity.algorithm": Attribute("string", ("audit resource",), "of the signatures", ("EdDSA",)),
    "audit.integrity.certificate": Attribute("string", ("audit resource",), "the key's name and hash"),
    "otel_mcp.audit": Attribute("boolean", ("audit resource",), "tells these logs from others"),
}
"""Attributes that the conventions for MCP do not have. `audit.*` is the audit logging data model's (OTEP 0267)."""

EVENTS: Final[Mapping[str, str]] = {
    "mcp.tool.call": "`tools/call`",
    "mcp.data.read": "`resources/read`, `prompts/get`, `roots/list`, subscriptions",
    "mcp.data.export": "`sampling/createMessage`: data went to a model",
    "mcp.config.change": (
        "`logging/setLevel`, `notifications/*/list_changed`; a tool, prompt or resource that was added, removed, or is "
        "defined anew; settings or versions of a server that are not what they were"
    ),
    "mcp.request": "every other request",
    "mcp.notification": "every other notification that is recorded (`OTEL_MCP_NOTIFICATIONS`)",
    "mcp.server.start": "a server that others can reach begins to serve",
    "mcp.server.stop": "it ends",
    "mcp.auth.token.verify": "somebody's token was accepted, for the first time in this process",
    "mcp.auth.login": "a token was given for a login, seen at an authorization server or at its client",
    "mcp.auth.token.refresh": "a new token was given for an old one",
    "mcp.auth.token.revoke": "a token was revoked",
    "mcp.auth.client.register": "a client was registered at an authorization server",
    "mcp.auth.logout": "a session whose requests were authenticated ended",
    "mcp.auth.failure": (
        "a token was missing, wrong, expired or for somebody else (401); a login, a refresh or a registration failed"
    ),
    "mcp.authz.granted": (
        "what a token permits suffices here, for the first time in this process; a login was allowed; somebody who was "
        "asked accepted"
    ),
    "mcp.authz.denied": (
        "a token was valid and permits too little (403); a login, a component or a tool that is not there was denied; "
        "somebody who was asked declined"
    ),
    semconv.CHECKPOINT: "a signed checkpoint of the trail: after a minute or 1,000 entries, and at the end",
}
"""Event names of log records; an application's own (`record_event`, `audited`) have the names that it gives them."""

METRICS: Final[Mapping[str, Metric]] = {
    semconv.METRIC_REDACTIONS: Metric(
        "counter",
        "{redaction}",
        (semconv.REDACTION_RULE, semconv.REDACTION_SURFACE),
        "values removed from what was recorded",
    ),
    semconv.METRIC_REDACTION_FAILURES: Metric(
        "counter", "{failure}", (), "values that are a marker as a whole since their redaction failed: a bug"
    ),
    semconv.METRIC_TREE_SIZE: Metric(
        "gauge", "{entry}", (semconv.ORIGIN,), "entries of the trail under a signed checkpoint"
    ),
}
"""Metrics that the conventions for MCP do not have."""
