"""Names of attributes, events and metrics, from the OpenTelemetry GenAI conventions for MCP.

Follows `semantic-conventions-genai`, `docs/gen-ai/mcp.md` (schema 1.42.0, status Development). The constants of
`opentelemetry-semantic-conventions` are marked as moved there, so the strings stand here. Names that the conventions do
not have start with `otel_mcp.`; `audit.*` names are those of the OpenTelemetry audit logging data model (OTEP 0267).
What each name means stands in `vocabulary`, and docs/telemetry.md is made of that.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ACCESS",
    "AUDIT_ACTION",
    "AUDIT_ACTOR_ID",
    "AUDIT_ACTOR_TYPE",
    "AUDIT_OUTCOME",
    "AUDIT_RECORD_ID",
    "CHECKPOINT",
    "CLIENT_ADDRESS",
    "CLIENT_ERROR_CODES",
    "CLIENT_PORT",
    "DURATION_BUCKETS",
    "ERROR_OTHER",
    "ERROR_TYPE",
    "GEN_AI_OPERATION_NAME",
    "GEN_AI_PROMPT_NAME",
    "GEN_AI_TOOL_CALL_ARGUMENTS",
    "GEN_AI_TOOL_CALL_RESULT",
    "GEN_AI_TOOL_NAME",
    "JSONRPC_REQUEST_ID",
    "LEAF",
    "MCP_METHOD_NAME",
    "MCP_PROTOCOL_VERSION",
    "MCP_RESOURCE_URI",
    "MCP_SESSION_ID",
    "METRIC_CLIENT_DURATION",
    "METRIC_CLIENT_SESSION",
    "METRIC_REDACTIONS",
    "METRIC_REDACTION_FAILURES",
    "METRIC_SERVER_DURATION",
    "METRIC_SERVER_SESSION",
    "METRIC_TREE_SIZE",
    "NETWORK_PROTOCOL_NAME",
    "NETWORK_PROTOCOL_VERSION",
    "NETWORK_TRANSPORT",
    "ORIGIN",
    "OTHER",
    "REDACTED",
    "REDACTION_RULE",
    "REDACTION_SURFACE",
    "RPC_RESPONSE_STATUS_CODE",
    "SCHEMA_URL",
    "SERVER_ADDRESS",
    "SERVER_PORT",
    "SIZE",
    "TOOL_ERROR",
]

SCHEMA_URL: Final = "https://opentelemetry.io/schemas/gen-ai/1.42.0"

MCP_METHOD_NAME: Final = "mcp.method.name"
MCP_PROTOCOL_VERSION: Final = "mcp.protocol.version"
MCP_SESSION_ID: Final = "mcp.session.id"
MCP_RESOURCE_URI: Final = "mcp.resource.uri"
JSONRPC_REQUEST_ID: Final = "jsonrpc.request.id"
RPC_RESPONSE_STATUS_CODE: Final = "rpc.response.status_code"
GEN_AI_OPERATION_NAME: Final = "gen_ai.operation.name"
GEN_AI_TOOL_NAME: Final = "gen_ai.tool.name"
GEN_AI_PROMPT_NAME: Final = "gen_ai.prompt.name"
GEN_AI_TOOL_CALL_ARGUMENTS: Final = "gen_ai.tool.call.arguments"
GEN_AI_TOOL_CALL_RESULT: Final = "gen_ai.tool.call.result"
ERROR_TYPE: Final = "error.type"
NETWORK_TRANSPORT: Final = "network.transport"
NETWORK_PROTOCOL_NAME: Final = "network.protocol.name"
NETWORK_PROTOCOL_VERSION: Final = "network.protocol.version"
SERVER_ADDRESS: Final = "server.address"
SERVER_PORT: Final = "server.port"
CLIENT_ADDRESS: Final = "client.address"
CLIENT_PORT: Final = "client.port"

AUDIT_RECORD_ID: Final = "audit.record.id"
AUDIT_ACTOR_ID: Final = "audit.actor.id"
AUDIT_ACTOR_TYPE: Final = "audit.actor.type"
AUDIT_ACTION: Final = "audit.action"
AUDIT_OUTCOME: Final = "audit.outcome"
CHECKPOINT: Final = "otel_mcp.audit.checkpoint"
"""Event name of a log record whose body is a signed checkpoint of the log (C2SP tlog-checkpoint)."""
ORIGIN: Final = "otel_mcp.audit.origin"
SIZE: Final = "otel_mcp.audit.size"
METRIC_TREE_SIZE: Final = "otel_mcp.audit.tree_size"
ACCESS: Final = "otel_mcp.access"
"""What a call of a tool does to data: `read`, `write`, `delete` or `export`."""
LEAF: Final = "otel_mcp.audit.leaf"
"""Base64 of the entry's RFC 6962 leaf hash: whoever keeps the telemetry can later prove which entry it spoke of."""

REDACTED: Final = "otel_mcp.redacted"
"""Stands for attributes whose names could not be read, and whose values are not shown."""
REDACTION_RULE: Final = "otel_mcp.redaction.rule"
REDACTION_SURFACE: Final = "otel_mcp.redaction.surface"

METRIC_REDACTION_FAILURES: Final = "otel_mcp.redaction.failures"
METRIC_REDACTIONS: Final = "otel_mcp.redactions"
METRIC_CLIENT_DURATION: Final = "mcp.client.operation.duration"
METRIC_SERVER_DURATION: Final = "mcp.server.operation.duration"
METRIC_CLIENT_SESSION: Final = "mcp.client.session.duration"
METRIC_SERVER_SESSION: Final = "mcp.server.session.duration"
DURATION_BUCKETS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""Seconds, as the conventions list them."""

OTHER: Final = "_OTHER"
ERROR_OTHER: Final = "_OTHER"
TOOL_ERROR: Final = "tool_error"

CLIENT_ERROR_CODES: Final = frozenset({-32700, -32600, -32601, -32602, -32002})
"""JSON-RPC codes that blame the caller: a server span that answers with one is not in error (conventions, #404).

The codes of MCP 2026-07-28 (-32020 to -32022) are not on that list, so they are errors here as well.
"""
