"""Our instrumentation is loaded before all others: what one of them raises keeps the loader from going on.

The loader of `opentelemetry-instrument` calls its pre-instrument hooks, then every instrumentation in the order in
which the file system lists the installed packages, and stops at the first that fails with anything but an
`ImportError`.
"""

from __future__ import annotations

import os
from importlib import metadata
from typing import Final

from otel_mcp._version import DISTRIBUTION

__all__ = ["DISABLED", "is_disabled", "load_first"]

DISABLED: Final = "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"
_NAME: Final = "otel_mcp"


def is_disabled(names: str) -> bool:
    """Whether the value of `OTEL_PYTHON_DISABLED_INSTRUMENTATIONS` turns us off, read as the loader reads it."""
    return not {_NAME, "*"}.isdisjoint(name.strip() for name in names.split(","))


def load_first() -> None:
    """The pre-instrument hook. Our turn among the others comes later; what fails here is tried again and told there."""
    if is_disabled(os.environ.get(DISABLED, "")):
        return
    try:
        from opentelemetry.instrumentation.dependencies import (  # noqa: PLC0415  # a module may be missing there
            get_dist_dependency_conflicts,
        )

        from otel_mcp.instrumentation import MCPInstrumentor  # noqa: PLC0415  # as above

        instrumentor = MCPInstrumentor()
        if instrumentor.is_instrumented_by_opentelemetry:  # by declarative configuration
            return
        if get_dist_dependency_conflicts(metadata.distribution(DISTRIBUTION)) is None:
            instrumentor.instrument(skip_dep_check=True)
    except Exception:
        return
