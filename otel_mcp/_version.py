"""The version of the installed distribution, without importing anything heavy."""

from __future__ import annotations

from importlib import metadata
from typing import Final

__all__ = ["DISTRIBUTION", "VERSION"]

DISTRIBUTION: Final = "otel-mcp-audit"

try:
    VERSION: str = metadata.version(DISTRIBUTION)
except metadata.PackageNotFoundError:  # run from a source tree that was never installed
    VERSION = "0+unknown"
