"""A program that turns the instrumentation on by itself, with OpenTelemetry's API alone: no SDK is configured."""

import runpy
import sys
from pathlib import Path

from otel_mcp import MCPInstrumentor

if __name__ == "__main__":
    MCPInstrumentor().instrument()
    assert "opentelemetry.sdk.trace" not in sys.modules, "this program is to run without an SDK"
    runpy.run_path(str(Path(__file__).with_name("mcpserver.py")), run_name="__main__")
