"""OpenTelemetry instrumentation and a signed audit log for the Model Context Protocol.

The names below are loaded on first use, so that `otel_mcp.audit` and the verifier run where neither OpenTelemetry nor
mcp is installed, and nobody waits for what is not used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from otel_mcp.actors import Caller, name_actor
    from otel_mcp.annotations import Safe, Sensitive
    from otel_mcp.config import Config
    from otel_mcp.errors import OtelMcpError
    from otel_mcp.instrumentation import MCPInstrumentor

__all__ = ["Caller", "Config", "MCPInstrumentor", "OtelMcpError", "Safe", "Sensitive", "name_actor"]

_HOMES = {
    "Caller": "otel_mcp.actors",
    "Config": "otel_mcp.config",
    "MCPInstrumentor": "otel_mcp.instrumentation",
    "OtelMcpError": "otel_mcp.errors",
    "Safe": "otel_mcp.annotations",
    "Sensitive": "otel_mcp.annotations",
    "name_actor": "otel_mcp.actors",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
