"""What `otel-mcp doctor` says of the hooks by trying them: a call of a tool in the command's interpreter, in memory."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from otel_mcp.cli._row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from otel_mcp.config import Config

__all__ = ["Tried", "call_rows", "try_call"]

_SECONDS: Final = 60
_SIDES: Final = ("CLIENT", "SERVER")
_LOADER: Final = str(Path("opentelemetry", "instrumentation", "auto_instrumentation"))
# With the first, nothing would be seen; the second configures exporters, and none of the user's shall hear of this.
_LEFT_OUT: Final = ("OTEL_SDK_DISABLED", "OTEL_CONFIG_FILE")
_LEFT: Final = "one call of a tool in memory"


@dataclass(frozen=True, slots=True)
class Tried:
    """What the call left: spans of ours by kind, of others by scope; `trouble` where it could not be made."""

    trouble: str = ""
    spans: Mapping[str, int] = field(default_factory=dict)
    traces: int = 0
    records: int = 0
    histograms: Sequence[str] = ()
    entries: int = 0
    verified: bool = False
    others: Mapping[str, int] = field(default_factory=dict)


def try_call(python: Sequence[str], environ: Mapping[str, str]) -> Tried:
    """Make the call with `python`, in a temporary folder that is gone afterwards.

    No exporter, no trail and no key of the user has a part in it.
    """
    program = Path(__file__).with_name("_live_call.py").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="otel-mcp-doctor-", ignore_cleanup_errors=True) as folder:
        try:
            done = subprocess.run(  # noqa: S603  # the command is the user's own
                [*python, "-c", program, folder],
                env=_environment(environ, Path(folder)),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as exc:
            return Tried(trouble=type(exc).__name__)
    try:
        answer = json.loads(done.stdout.strip().rpartition("\n")[2])
    except ValueError:
        return Tried(trouble=done.stderr.strip().rpartition("\n")[2] or f"exit status {done.returncode}")
    return Tried(trouble=answer.pop("failed"), **answer)


def _environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    parts = environ.get("PYTHONPATH", "").split(os.pathsep)
    # The loader's folder would configure the SDK, exporters and all, before the program can.
    path = os.pathsep.join(part for part in parts if part and not part.rstrip("/\\").endswith(_LOADER))
    mine = {
        "PYTHONPATH": path,
        "OTEL_MCP_AUDIT": "off" if environ.get("OTEL_MCP_AUDIT", "").lower() == "off" else "on",
        "OTEL_MCP_AUDIT_DIR": str(folder / "trail"),
        "OTEL_MCP_AUDIT_KEY": f"file:{folder / 'key.pem'}",
        "OTEL_MCP_AUDIT_ON_FAILURE": "open",
    }
    return {name: value for name, value in environ.items() if name not in _LEFT_OUT} | mine


def call_rows(tried: Tried, config: Config) -> list[Row]:
    """What the call left, measured by what the settings promise."""
    if tried.trouble:
        return [Row("hooks", "warn", f"{_LEFT} could not be made: {tried.trouble}", "try it with a client of yours")]
    spans, audited = config.spans != "off", config.audit != "off"
    missing = [*_missing_telemetry(tried, spans=spans), *(_missing_entries(tried) if audited else [])]
    if missing:
        cure = "another instrumentation may be in the way: see below; else tell us, with this page"
        return [Row("hooks", "bad", f"{_LEFT} left {', '.join(missing)}", cure)]
    left = ["one CLIENT and one SERVER span in one trace"] if spans else ["no span (OTEL_MCP_SPANS=off)"]
    left += ["a log record and a histogram point for each side"]
    left += ["signed entries that verify" if audited else "no entry (OTEL_MCP_AUDIT=off)"]
    return [Row("hooks", "ok", f"{_LEFT} left {', '.join(left[:-1])}, and {left[-1]}")]


def _missing_telemetry(tried: Tried, *, spans: bool) -> list[str]:
    missing = [
        f"{tried.spans.get(side, 0) or 'no'} {side} spans" for side in _SIDES if spans and tried.spans.get(side, 0) != 1
    ]
    if spans and not missing and tried.traces != 1:
        missing.append("its two spans in two traces")
    if tried.records < len(_SIDES):
        missing.append(f"{tried.records or 'no'} log records")
    lacking = [side for side in map(str.lower, _SIDES) if f"mcp.{side}.operation.duration" not in tried.histograms]
    missing += [f"no histogram point of the {side}" for side in lacking]
    return missing


def _missing_entries(tried: Tried) -> list[str]:
    if tried.entries < len(_SIDES):
        return [f"{tried.entries or 'no'} entries"]
    return [] if tried.verified else ["entries that do not verify"]
