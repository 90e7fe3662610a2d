"""Removes secrets from the values and texts of an operation before anything of it is recorded.

Pure: no I/O, no clock. Four sources are combined, in this order: what a JSON Schema declares, what a key announces,
what a text looks like, and the memory of what the same operation has shown elsewhere.
"""

from __future__ import annotations

from otel_mcp.redaction.keys import is_sensitive_key, sensitive_environment
from otel_mcp.redaction.marks import JSON, MARK, Finding, Redacted
from otel_mcp.redaction.scope import Redactor, Scope

__all__ = [
    "JSON",
    "MARK",
    "Finding",
    "Redacted",
    "Redactor",
    "Scope",
    "is_sensitive_key",
    "sensitive_environment",
]
