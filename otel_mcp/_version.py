"""The version of the installed distribution, and of the SDK that it records, without importing anything heavy."""

from __future__ import annotations

from importlib import metadata
from typing import Final

__all__ = ["DISTRIBUTION", "OLDEST_MCP", "VERSION", "too_old"]

DISTRIBUTION: Final = "otel-mcp-audit"
OLDEST_MCP: Final = "1.24"
"""The oldest version of `mcp` that is recorded."""

try:
    VERSION: str = metadata.version(DISTRIBUTION)
except metadata.PackageNotFoundError:  # run from a source tree that was never installed
    VERSION = "0+unknown"


def too_old(version: str | None) -> str | None:
    """A sentence where this version of `mcp` is one that is not recorded; None also where that cannot be told."""
    try:
        parts = tuple(int(part) for part in (version or "").split(".")[:2])
    except ValueError:
        return None
    if parts >= tuple(map(int, OLDEST_MCP.split("."))):
        return None
    return f"mcp {version} is not recorded by this version (it records mcp {OLDEST_MCP} and later)"
