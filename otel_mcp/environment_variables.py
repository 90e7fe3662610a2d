"""This package's own variables, `OTEL_MCP_*`: `opentelemetry-instrument` offers each as a flag (`--mcp_audit_dir …`).

The loader reads the module's names that start with `OTEL_`, so each is spelled out; a test compares them with `Config`.
The standard `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` is not among them: where a second package offered the
same flag, `opentelemetry-instrument` could not start.

To import it is to be asked before the program starts: where the file of `OTEL_CONFIG_FILE` is one that the SDK will not
take, no instrumentation is loaded, ours included, and nobody else would say that the program goes unaudited.
"""

from __future__ import annotations

import os
import sys

__all__ = [
    "OTEL_MCP_ACCESS_RULES",
    "OTEL_MCP_AUDIT",
    "OTEL_MCP_AUDIT_CONTENT",
    "OTEL_MCP_AUDIT_DIR",
    "OTEL_MCP_AUDIT_DURABILITY",
    "OTEL_MCP_AUDIT_ENCRYPT",
    "OTEL_MCP_AUDIT_KEY",
    "OTEL_MCP_AUDIT_ON_FAILURE",
    "OTEL_MCP_AUDIT_READINGS",
    "OTEL_MCP_AUDIT_RETAIN",
    "OTEL_MCP_AUDIT_ROTATE",
    "OTEL_MCP_AUDIT_WRITE_AHEAD",
    "OTEL_MCP_NAME_ACTOR",
    "OTEL_MCP_NOTIFICATIONS",
    "OTEL_MCP_REDACTION_RULES",
    "OTEL_MCP_REDACT_ALL",
    "OTEL_MCP_SPANS",
]

OTEL_MCP_ACCESS_RULES = "OTEL_MCP_ACCESS_RULES"
OTEL_MCP_AUDIT = "OTEL_MCP_AUDIT"
OTEL_MCP_AUDIT_CONTENT = "OTEL_MCP_AUDIT_CONTENT"
OTEL_MCP_AUDIT_DIR = "OTEL_MCP_AUDIT_DIR"
OTEL_MCP_AUDIT_DURABILITY = "OTEL_MCP_AUDIT_DURABILITY"
OTEL_MCP_AUDIT_ENCRYPT = "OTEL_MCP_AUDIT_ENCRYPT"
OTEL_MCP_AUDIT_KEY = "OTEL_MCP_AUDIT_KEY"
OTEL_MCP_AUDIT_ON_FAILURE = "OTEL_MCP_AUDIT_ON_FAILURE"
OTEL_MCP_AUDIT_READINGS = "OTEL_MCP_AUDIT_READINGS"
OTEL_MCP_AUDIT_RETAIN = "OTEL_MCP_AUDIT_RETAIN"
OTEL_MCP_AUDIT_ROTATE = "OTEL_MCP_AUDIT_ROTATE"
OTEL_MCP_AUDIT_WRITE_AHEAD = "OTEL_MCP_AUDIT_WRITE_AHEAD"
OTEL_MCP_NAME_ACTOR = "OTEL_MCP_NAME_ACTOR"
OTEL_MCP_NOTIFICATIONS = "OTEL_MCP_NOTIFICATIONS"
OTEL_MCP_REDACTION_RULES = "OTEL_MCP_REDACTION_RULES"
OTEL_MCP_REDACT_ALL = "OTEL_MCP_REDACT_ALL"
OTEL_MCP_SPANS = "OTEL_MCP_SPANS"


def _look_ahead() -> None:
    if not os.environ.get("OTEL_CONFIG_FILE"):
        return
    from otel_mcp.declarative import declared_settings  # noqa: PLC0415  # nothing of it is needed without a file

    declared = declared_settings(os.environ)
    if not declared.unusable:
        return
    fate = "refusing to start" if declared.strict else "nothing is instrumented, and a program of MCP runs UNAUDITED"
    sys.stderr.write(f"otel-mcp: {declared.problem}; {fate}\n")
    if declared.strict:
        sys.exit(78)  # EX_CONFIG


_look_ahead()
