"""This package's own variables, `OTEL_MCP_*`: `opentelemetry-instrument` offers each as a flag (`--mcp_audit_dir …`).

The loader reads the module's names that start with `OTEL_`, so each is spelled out; a test compares them with `Config`.
The standard `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` is not among them: where a second package offered the
same flag, `opentelemetry-instrument` could not start.
"""

from __future__ import annotations

__all__ = [
    "OTEL_MCP_AUDIT",
    "OTEL_MCP_AUDIT_CONTENT",
    "OTEL_MCP_AUDIT_DIR",
    "OTEL_MCP_AUDIT_DURABILITY",
    "OTEL_MCP_AUDIT_ENCRYPT",
    "OTEL_MCP_AUDIT_KEY",
    "OTEL_MCP_AUDIT_ON_FAILURE",
    "OTEL_MCP_AUDIT_RETAIN",
    "OTEL_MCP_AUDIT_ROTATE",
    "OTEL_MCP_REDACTION_RULES",
    "OTEL_MCP_REDACT_ALL",
    "OTEL_MCP_SPANS",
]

OTEL_MCP_AUDIT = "OTEL_MCP_AUDIT"
OTEL_MCP_AUDIT_CONTENT = "OTEL_MCP_AUDIT_CONTENT"
OTEL_MCP_AUDIT_DIR = "OTEL_MCP_AUDIT_DIR"
OTEL_MCP_AUDIT_DURABILITY = "OTEL_MCP_AUDIT_DURABILITY"
OTEL_MCP_AUDIT_ENCRYPT = "OTEL_MCP_AUDIT_ENCRYPT"
OTEL_MCP_AUDIT_KEY = "OTEL_MCP_AUDIT_KEY"
OTEL_MCP_AUDIT_ON_FAILURE = "OTEL_MCP_AUDIT_ON_FAILURE"
OTEL_MCP_AUDIT_RETAIN = "OTEL_MCP_AUDIT_RETAIN"
OTEL_MCP_AUDIT_ROTATE = "OTEL_MCP_AUDIT_ROTATE"
OTEL_MCP_REDACTION_RULES = "OTEL_MCP_REDACTION_RULES"
OTEL_MCP_REDACT_ALL = "OTEL_MCP_REDACT_ALL"
OTEL_MCP_SPANS = "OTEL_MCP_SPANS"
