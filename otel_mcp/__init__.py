"""OpenTelemetry instrumentation and a signed audit log for the Model Context Protocol.

The names below are loaded on first use, so that `otel_mcp.audit` and the verifier run where neither OpenTelemetry nor
mcp is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from otel_mcp.annotations import Safe, Sensitive
from otel_mcp.config import Config
from otel_mcp.errors import OtelMcpError

if TYPE_CHECKING:
    from otel_mcp.instrumentation import MCPInstrumentor

__all__ = ["Config", "MCPInstrumentor", "OtelMcpError", "Safe", "Sensitive"]


def __getattr__(name: str) -> Any:
    if name == "MCPInstrumentor":
        from otel_mcp.instrumentation import MCPInstrumentor  # noqa: PLC0415  # lazy on purpose, see above

        return MCPInstrumentor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
