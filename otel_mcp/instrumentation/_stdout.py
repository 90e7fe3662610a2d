"""Console exporters write to stdout, which carries the protocol of a stdio server: they are sent to stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import wrapt

from otel_mcp.instrumentation._notice import say_once

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ConsoleRedirect"]

_CLASSES: Final = (
    ("opentelemetry.sdk.trace.export", "ConsoleSpanExporter"),
    ("opentelemetry.sdk._logs.export", "ConsoleLogRecordExporter"),
    ("opentelemetry.sdk._logs.export", "ConsoleLogExporter"),
    ("opentelemetry.sdk.metrics.export", "ConsoleMetricExporter"),
)


class ConsoleRedirect:
    """Wraps `export` of the SDK's console exporters, those that exist and those made later."""

    def __init__(self) -> None:
        self._originals: list[tuple[Any, Any]] = []

    def apply(self) -> None:
        """Begin redirecting; classes whose module nobody has imported cannot have an instance and are left alone."""
        if self._originals:
            return
        found = (vars(sys.modules[module]).get(name) for module, name in _CLASSES if module in sys.modules)
        for exporter in dict.fromkeys(cls for cls in found if cls is not None):
            original = vars(exporter).get("export")
            if original is not None:
                self._originals.append((exporter, original))
                exporter.export = wrapt.FunctionWrapper(original, _to_stderr)

    def restore(self) -> None:
        for exporter, original in self._originals:
            exporter.export = original
        self._originals.clear()


def _to_stderr(wrapped: Callable[..., Any], instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if getattr(instance, "out", None) in (sys.stdout, sys.__stdout__):
        instance.out = sys.stderr
        say_once(
            f"{type(instance).__name__} writes to stdout, which carries the MCP protocol here: redirected to stderr "
            "(use OTLP, or another exporter than console)"
        )
    return wrapped(*args, **kwargs)
