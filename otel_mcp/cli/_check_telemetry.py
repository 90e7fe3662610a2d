"""What `otel-mcp doctor` says of telemetry: which signals go where, and whether anything answers there."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from otel_mcp.cli._check_losses import loss_rows
from otel_mcp.cli._row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["telemetry_rows"]

_CONNECT_SECONDS: Final = 1.0
_SIGNALS: Final = ("TRACES", "LOGS", "METRICS")
_PREFIX: Final = "OTEL_EXPORTER_OTLP"


def telemetry_rows(environ: Mapping[str, str], *, configured: bool) -> list[Row]:
    """Rows on the three signals; endpoints are tried only where a distribution configures exporters."""
    if file := environ.get("OTEL_CONFIG_FILE"):
        text = f"as {file} says; OTEL_SDK_DISABLED, OTEL_EXPORTER_* and the like do not count"
        return [Row("telemetry", "note", text), *loss_rows(environ)]
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        text = "OTEL_SDK_DISABLED=true: no telemetry at all (the trail is not affected)"
        return [Row("telemetry", "warn", text, "unset it")]
    endpoints = _endpoints(environ) if configured else []
    return [*_exporters(environ), *endpoints, *_exporter_of_ours(environ), *loss_rows(environ)]


def _exporters(environ: Mapping[str, str]) -> list[Row]:
    rows = []
    for signal in _SIGNALS:
        exporters = _exporters_of(environ, signal)
        if "console" in exporters:
            text = f"OTEL_{signal}_EXPORTER=console: moved to stderr for servers that speak over stdio"
            rows.append(Row("telemetry", "note", text, "use otlp"))
        if exporters == ["none"]:
            rows.append(Row("telemetry", "warn", f"OTEL_{signal}_EXPORTER=none: this signal goes nowhere", "unset it"))
    return rows


def _exporters_of(environ: Mapping[str, str], signal: str) -> list[str]:
    return [name.strip() for name in (environ.get(f"OTEL_{signal}_EXPORTER") or "otlp").split(",")]


def _endpoints(environ: Mapping[str, str]) -> list[Row]:
    """One row an endpoint: signals that go to the same place share it."""
    goals: dict[tuple[str, str, str], list[str]] = {}
    for signal in _SIGNALS:
        if any(name.startswith("otlp") for name in _exporters_of(environ, signal)):
            goals.setdefault(_goal(environ, signal), []).append(signal.lower())
    return [_answers(*goal, signals) for goal, signals in goals.items()]


def _goal(environ: Mapping[str, str], signal: str) -> tuple[str, str, str]:
    """Endpoint, protocol, and the variable that sets the endpoint, of one signal: its own variable wins."""
    own, common = f"{_PREFIX}_{signal}_ENDPOINT", f"{_PREFIX}_ENDPOINT"
    protocol = environ.get(f"{_PREFIX}_{signal}_PROTOCOL") or environ.get(f"{_PREFIX}_PROTOCOL") or "grpc"
    variable = own if environ.get(own) else common
    default = "http://localhost:4317" if protocol == "grpc" else "http://localhost:4318"
    return environ.get(variable) or default, protocol, variable


def _answers(endpoint: str, protocol: str, variable: str, signals: list[str]) -> Row:
    which = "" if len(signals) == len(_SIGNALS) else f" for {' and '.join(signals)}"
    try:
        host, port = _address(endpoint)
    except ValueError:
        text = f"{variable}={endpoint}: expected http://HOST:PORT{which}"
        return Row("telemetry", "bad", text, "mend it; until then telemetry goes nowhere")
    shown = f"{host}:{port} ({protocol}){which}"
    try:
        socket.create_connection((host, port), _CONNECT_SECONDS).close()
    except (OSError, UnicodeError) as exc:
        reason = getattr(exc, "strerror", None) or "no answer"
        cure = f"start a collector there, or set {variable}"
        return Row("telemetry", "warn", f"nothing answers at {shown}: {reason}", cure)
    return Row("telemetry", "ok", f"something answers at {shown}")


def _address(endpoint: str) -> tuple[str, int]:
    parts = urlsplit(endpoint if "://" in endpoint else f"//{endpoint}")
    return parts.hostname or "localhost", parts.port or {"https": 443, "http": 80}.get(parts.scheme, 4317)


def _exporter_of_ours(environ: Mapping[str, str]) -> list[Row]:
    if "otel_mcp_audit" not in environ.get("OTEL_LOGS_EXPORTER", ""):
        return []
    text = "otel_mcp_audit stands behind a batch processor, which drops records when its queue is full"
    return [Row("telemetry", "note", text, "calls of tools take the direct route unless OTEL_MCP_AUDIT=off")]
