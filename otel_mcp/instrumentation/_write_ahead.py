"""Which operations run only after their intent is on disk: all, or calls of some tools, as the settings say."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from otel_mcp.config import Config
    from otel_mcp.operation import Operation

__all__ = ["write_ahead_of"]

_DESTRUCTIVE: Final = "destructive"


def write_ahead_of(config: Config) -> Callable[[Operation], bool]:
    """Whether an operation waits for its intent, by `OTEL_MCP_AUDIT_DURABILITY` and `OTEL_MCP_AUDIT_WRITE_AHEAD`."""
    if config.durability == "write-ahead":
        return lambda _: True
    words = [word.strip() for word in config.audit_write_ahead.split(",") if word.strip()]
    if not words:
        return lambda _: False
    patterns = [word for word in words if word != _DESTRUCTIVE]
    destructive = len(patterns) < len(words)

    def applies(operation: Operation) -> bool:
        tool = operation.tool
        if tool is None or operation.method != "tools/call":
            return False
        return (destructive and operation.hints.destructive) or any(fnmatchcase(tool, pattern) for pattern in patterns)

    return applies
