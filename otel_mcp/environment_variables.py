"""The environment variables of this package: `opentelemetry-instrument` offers each as a flag (`--mcp_audit_dir …`).

The loader reads the module's names that start with `OTEL_`, so each is spelled out; a test compares them with `Config`.
"""

from __future__ import annotations

__all__ = [
    "OTEL_MCP_AUDIT",
    "OTEL_MCP_AUDIT_CONTENT",
    "OTEL_MCP_AUDIT_DIR",
    "OTEL_MCP_AUDIT_DURABILITY",
    "OTEL_MCP_AUDIT_KEY",
    "OTEL_MCP_AUDIT_ON_FAILURE",
    "OTEL_MCP_SPANS",
]

OTEL_MCP_AUDIT = "OTEL_MCP_AUDIT"
OTEL_MCP_AUDIT_CONTENT = "OTEL_MCP_AUDIT_CONTENT"
OTEL_MCP_AUDIT_DIR = "OTEL_MCP_AUDIT_DIR"
OTEL_MCP_AUDIT_DURABILITY = "OTEL_MCP_AUDIT_DURABILITY"
OTEL_MCP_AUDIT_KEY = "OTEL_MCP_AUDIT_KEY"
OTEL_MCP_AUDIT_ON_FAILURE = "OTEL_MCP_AUDIT_ON_FAILURE"
OTEL_MCP_SPANS = "OTEL_MCP_SPANS"
