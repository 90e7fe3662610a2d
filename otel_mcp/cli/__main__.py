"""`python -m otel_mcp.cli`: the command, also where another package has taken its name."""

from __future__ import annotations

from otel_mcp.cli import main

if __name__ == "__main__":
    main()
