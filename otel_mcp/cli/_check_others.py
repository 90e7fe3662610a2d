"""What `otel-mcp doctor` says of other instrumentations of MCP: who is there, what it does, the cure short of removal.

Looked for in the command's interpreter, by distribution, by entry point, and by the spans that one call made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from otel_mcp import _version
from otel_mcp._early import DISABLED
from otel_mcp.cli._row import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from otel_mcp.cli._interpreter import Reach

__all__ = ["KNOWN", "NAMESAKE", "other_rows"]

NAMESAKE: Final = "otel-mcp"
"""Another product, with the import name and the command of this one."""

_FAILED: Final = re.compile(r"^(?:Instrumenting|Importing) of (\S+) failed", re.MULTILINE)
_OURS: Final = "otel_mcp"
_HARMLESS: Final = "adds context propagation only: harmless beside ours"
_NOT_STARTED: Final = "Failed to auto initialize OpenTelemetry"


@dataclass(frozen=True, slots=True)
class _Other:
    """What a distribution does to mcp 1 and to mcp 2; empty where it does nothing there. `scope` begins its spans'.

    `opentelemetry-instrument` loads it by the name of its `entry`; where there is none, the application turns it on.
    """

    scope: str
    v1: str
    v2: str
    cure: str = ""
    entry: str = ""

    @property
    def cured(self) -> str:
        return _switch(self.entry) if self.entry and not self.cure else self.cure


def _switch(name: str) -> str:
    return f"{DISABLED}={name}"


KNOWN: Final[Mapping[str, _Other]] = {
    "opentelemetry-instrumentation-mcp": _Other(
        "opentelemetry.instrumentation.mcp",
        "records calls a second time, with arguments and results in clear (TRACELOOP_TRACE_CONTENT=false keeps them "
        "out), and turns the exception of a call, such as a timeout, into None",
        "fails when it is loaded, which ends the loading of those that come after it (ours comes first)",
        entry="mcp",
    ),
    "openinference-instrumentation-mcp": _Other(
        "openinference.instrumentation.mcp",
        _HARMLESS,
        _HARMLESS,
    ),
    "aws-opentelemetry-distro": _Other(
        "amazon.opentelemetry.distro.instrumentation.mcp",
        "records requests a second time, with arguments and results in clear",
        "",
        entry="aws_mcp",
    ),
    "splunk-otel-instrumentation-fastmcp": _Other(
        "opentelemetry.instrumentation.fastmcp",
        "records FastMCP a second time, with the text of exceptions",
        "records FastMCP a second time, with the text of exceptions",
        entry="fastmcp",
    ),
    "openlit": _Other(
        "openlit",
        "makes clients fail with a TypeError",
        "records requests a second time, with arguments and results in clear",
        'openlit.init(disabled_instrumentors=["mcp"])',
    ),
    "ddtrace": _Other(
        "ddtrace",
        "records requests a second time",
        "",
        "DD_TRACE_MCP_ENABLED=false",
    ),
    "traceai-mcp": _Other(
        "traceai",
        _HARMLESS,
        "makes `import mcp` fail",
        "leave its MCPInstrumentor().instrument() out",
    ),
    "mcp-telemetry": _Other(
        "mcp_telemetry",
        "makes servers fail with a TypeError",
        "makes servers fail with an AttributeError",
        "leave it out of the program",
    ),
    "sentry-sdk": _Other(
        "sentry",
        "sends calls to Sentry too, with arguments in clear even where send_default_pii is off",
        "sends calls to Sentry too, with arguments in clear even where send_default_pii is off",
        "sentry_sdk.init(…, disabled_integrations=[sentry_sdk.integrations.mcp.MCPIntegration])",
    ),
    "logfire": _Other(
        "logfire",
        "records requests a second time, and scrubs contents by telling words alone",
        "",
        "leave logfire.instrument_mcp() out",
    ),
    "opentel-mcp": _Other(
        "opentel",
        "records calls of tools a second time, with texts of exceptions in clear",
        "records calls of tools a second time, with texts of exceptions in clear",
        "leave instrument_mcp_server() out",
    ),
    "respan-instrumentation-mcp": _Other(
        "respan",
        "records requests of clients a second time, with arguments and results in clear",
        "records requests of clients a second time, with arguments and results in clear",
        "leave its MCPInstrumentor out of Respan(instrumentations=…)",
    ),
}


def other_rows(reach: Reach, seen: Mapping[str, int], disabled: str) -> list[Row]:
    """Rows on who else is in the command's interpreter.

    `seen` counts spans of others for the one call, by scope; `disabled` is OTEL_PYTHON_DISABLED_INSTRUMENTATIONS.
    """
    versions = reach.versions or {}
    off = {name.strip() for name in disabled.split(",")}
    failing = _failing(reach)
    rows = [*_namesake(versions), *_failures(reach, failing), *_seen(seen)]
    major = 1 if (versions.get("mcp") or "").startswith("1.") else 2
    for name, other in KNOWN.items():
        if versions.get(name) and not (failing and (failing, name) in reach.instrumentors):
            rows.append(_installed(name, other, major, off))
    rows += _strangers(reach.instrumentors, off)
    return rows or [Row("others", "ok", "no other MCP instrumentation is installed")]


def _namesake(versions: Mapping[str, str | None]) -> list[Row]:
    if not versions.get(NAMESAKE):
        return []
    text = f"the unrelated package `{NAMESAKE}` is installed: it ships the same import and command names"
    return [Row("others", "bad", text, f"pip uninstall {NAMESAKE}, then reinstall {_version.DISTRIBUTION}")]


def _failing(reach: Reach) -> str:
    """The instrumentation at which the loader stopped, as it told on stderr."""
    failed = _FAILED.findall(reach.trouble) if _NOT_STARTED in reach.trouble else []
    return failed[-1] if failed else ""


def _failures(reach: Reach, name: str) -> list[Row]:
    """One that fails ends the loading of all that are behind it."""
    if not reach.reached or _NOT_STARTED not in reach.trouble:
        return []
    if not name:
        text = f"`{_NOT_STARTED}` is said there: instrumentations other than ours may not be loaded"
        return [Row("others", "warn", text, "opentelemetry-instrument python -c '' tells why")]
    order = [entry for entry, _ in reach.instrumentors]
    whose = ", ".join(distribution for entry, distribution in reach.instrumentors if entry == name)
    behind = ", ".join(entry for entry in order[order.index(name) + 1 :] if entry != _OURS) if name in order else ""
    text = (
        f"the instrumentation `{name}`{f' of {whose}' if whose else ''} fails when it is loaded; those behind it "
        f"are not loaded{f' ({behind})' if behind else ''}, ours is"
    )
    return [Row("others", "warn", text, _switch(name))]


def _seen(seen: Mapping[str, int]) -> list[Row]:
    rows = []
    for scope, count in seen.items():
        known = next((other for other in KNOWN.values() if scope.startswith(other.scope)), None)
        text = f"`{scope}` made {count} span{'s' if count > 1 else ''} of the one call too: it is recorded twice"
        rows.append(Row("others", "warn", text, known.cured if known else "turn it off for MCP"))
    return rows


def _installed(name: str, other: _Other, major: int, off: set[str]) -> Row:
    effect = other.v1 if major == 1 else other.v2
    if other.entry and not off.isdisjoint((other.entry, "*")):
        return Row("others", "ok", f"{name} is installed, and turned off")
    if not effect:
        return Row("others", "note", f"{name} is installed: it does nothing on mcp {major}")
    if other.entry:
        return Row("others", "warn", f"{name} is installed: it {effect}", other.cured)
    when = "" if effect == _HARMLESS else "where the program turns it on, "
    return Row("others", "note", f"{name} is installed: {when}it {effect}", "" if effect == _HARMLESS else other.cured)


def _strangers(instrumentors: Iterable[tuple[str, str]], off: set[str]) -> Iterable[Row]:
    """Instrumentations with `mcp` in their names that the table does not know."""
    for name, distribution in instrumentors:
        known = distribution in (*KNOWN, _version.DISTRIBUTION) or not off.isdisjoint((name, "*"))
        if "mcp" in f"{name} {distribution}".lower() and not known:
            text = f"{distribution} has an instrumentation `{name}`: it may record MCP a second time"
            yield Row("others", "note", text, _switch(name))
