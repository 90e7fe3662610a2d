"""What `otel-mcp doctor` says of the configuration file: which settings come from it, and what is wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.cli._row import Row

if TYPE_CHECKING:
    from otel_mcp.declarative import Declared

__all__ = ["file_rows"]


def file_rows(declared: Declared) -> list[Row]:
    """Rows on the file; none where there is none."""
    if not declared.source:
        return []
    rows = []
    if declared.problem is not None:
        fate = "nothing is instrumented" if declared.unusable else "programs run unaudited, or not at all,"
        rows.append(Row("settings", "bad", str(declared.problem), f"{fate} until this is mended"))
    if not declared.enabled:
        text = f"otel_mcp.enabled=false in {declared.source}: nothing is recorded"
        rows.append(Row("settings", "warn", text, "remove it"))
    if not rows:
        named = ", ".join(sorted(declared.keys)) or "none of ours"
        rows.append(Row("settings", "ok", f"{declared.source}: settings from it: {named}"))
    return rows + [Row("settings", "warn", sentence) for sentence in declared.warnings]
