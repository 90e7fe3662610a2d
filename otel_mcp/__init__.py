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
    from otel_mcp.events import Event, audited, record_event
    from otel_mcp.instrumentation import MCPInstrumentor

__all__ = [
    "Caller",
    "Config",
    "Event",
    "MCPInstrumentor",
    "OtelMcpError",
    "Safe",
    "Sensitive",
    "audited",
    "name_actor",
    "record_event",
]

_HOMES = {
    "Caller": "otel_mcp.actors",
    "Config": "otel_mcp.config",
    "Event": "otel_mcp.events",
    "MCPInstrumentor": "otel_mcp.instrumentation",
    "OtelMcpError": "otel_mcp.errors",
    "Safe": "otel_mcp.annotations",
    "Sensitive": "otel_mcp.annotations",
    "audited": "otel_mcp.events",
    "name_actor": "otel_mcp.actors",
    "record_event": "otel_mcp.events",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
