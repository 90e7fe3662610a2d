"""Where the SDK is hooked: wrapped when its module is there, or as soon as it is imported, and restored on demand."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import wrapt

from otel_mcp.instrumentation._notice import say_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Patches", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """One attribute to wrap, `module` and dotted `attribute`; an `optional` one is absent in some versions."""

    module: str
    attribute: str
    wrapper: Callable[..., Any]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class _Applied:
    parent: Any
    name: str
    original: Any
    replacement: Any


class Patches:
    """The targets of one `instrument()` call."""

    def __init__(
        self, targets: Sequence[Target], *, on_first: Callable[[], None], on_missing: Callable[[str], None] = say_once
    ) -> None:
        self._targets = targets
        self._on_first = on_first
        self._on_missing = on_missing
        # The lock guards `_applied`, `_started` and `_closed`: imports, and so their hooks, may run on several threads.
        self._lock = threading.RLock()
        self._applied: list[_Applied] = []
        self._started = False
        self._closed = False

    def apply(self) -> None:
        """Wrap what is imported, and register for what is not. Never imports a module, never raises."""
        for module in dict.fromkeys(target.module for target in self._targets):
            if module in sys.modules:
                self._module_ready(sys.modules[module])
            else:
                wrapt.register_post_import_hook(self._module_ready, module)

    def restore(self) -> None:
        """Put the originals back, where nobody has wrapped over them since; later imports stay untouched."""
        with self._lock:
            self._closed = True
            for done in reversed(self._applied):
                if vars(done.parent).get(done.name) is done.replacement:
                    setattr(done.parent, done.name, done.original)
            self._applied.clear()

    def applied(self) -> list[str]:
        """Names of the wrapped attributes, for `doctor`."""
        with self._lock:
            return [f"{getattr(p.parent, '__name__', p.parent)}.{p.name}" for p in self._applied]

    def _module_ready(self, module: Any) -> None:
        # Runs inside the application's import statement: whatever goes wrong here must not become an ImportError there.
        try:
            with self._lock:
                if self._closed:
                    return
                first, self._started = not self._started, True
                for target in self._targets:
                    if target.module == module.__name__:
                        self._wrap(target)
            if first:
                self._on_first()
        except Exception as exc:
            say_once(f"hooking {module.__name__} failed ({type(exc).__name__}); its operations are not recorded")

    def _wrap(self, target: Target) -> None:
        try:
            parent, name, original = wrapt.resolve_path(target.module, target.attribute)
        except (AttributeError, ImportError):
            if not target.optional:
                self._on_missing(
                    f"{target.module}.{target.attribute} is not in this version of mcp; "
                    "what passes through it is not recorded"
                )
            return
        if getattr(original, "_self_wrapper", None) is target.wrapper:
            return  # the same function under a second name, imported from where it was wrapped already
        replacement = wrapt.FunctionWrapper(original, target.wrapper)
        setattr(parent, name, replacement)
        self._applied.append(_Applied(parent, name, original, vars(parent)[name]))
