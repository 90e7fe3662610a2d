"""Where the SDK is hooked: wrapped when its module is there, or as soon as it is imported, and restored on demand.

A function is replaced by a function, which is pickled, copied and inspected as the original is.
"""

from __future__ import annotations

import functools
import inspect
import sys
import threading
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path
from types import FunctionType, MethodType
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
    wrapper: Callable[..., Any]
    inherited: bool
    """A class had it of another one."""


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
                if vars(done.parent).get(done.name) is not done.replacement:
                    continue
                if done.inherited:
                    delattr(done.parent, done.name)
                else:
                    setattr(done.parent, done.name, done.original)
            self._applied.clear()

    def applied(self) -> list[str]:
        """Names of the wrapped attributes, for `doctor`."""
        with self._lock:
            names = [f"{getattr(p.parent, '__name__', p.parent)}.{p.name}" for p in self._applied]
            return list(dict.fromkeys(names))

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
                self._tell_missing_modules()
                self._on_first()
        except Exception as exc:
            say_once(f"hooking {module.__name__} failed ({type(exc).__name__}); its operations are not recorded")

    def _tell_missing_modules(self) -> None:
        """A module that is gone is never imported, so nobody would hear of what should have been hooked there."""
        for module in dict.fromkeys(target.module for target in self._targets if not target.optional):
            if _is_gone(module):
                self._on_missing(f"{module} is not in this version of mcp; what passes through it is not recorded")

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
        if (known := self._known(original, target.wrapper)) is not None:
            original, replacement = known.original, known.replacement
        else:
            replacement = _replacement(original, target.wrapper, is_method=isinstance(parent, type))
        self._put(_Applied(parent, name, original, replacement, target.wrapper, name not in vars(parent)))
        # Pickle looks a function up under the name that it was defined with, and wants the very same one there.
        home = sys.modules.get(getattr(original, "__module__", None) or "")
        defined_as = getattr(original, "__qualname__", "")
        if home is not None and vars(home).get(defined_as) is original:
            self._put(_Applied(home, defined_as, original, replacement, target.wrapper, inherited=False))

    def _known(self, original: Any, wrapper: Callable[..., Any]) -> _Applied | None:
        """The hook of the same function under another name, taken over before or after it was wrapped there."""
        for done in self._applied:
            if done.wrapper is wrapper and (original is done.original or original is done.replacement):
                return done
        return None

    def _put(self, hook: _Applied) -> None:
        setattr(hook.parent, hook.name, hook.replacement)
        self._applied.append(hook)


def _is_gone(module: str) -> bool:
    """Whether a submodule of an imported package is nowhere in the package's folders. Nothing is imported for it."""
    package, *rest = module.split(".")
    name, folders = package, getattr(sys.modules.get(package), "__path__", ())
    if not any(Path(folder).is_dir() for folder in folders):
        return False  # not imported, or in an archive that has finders of its own
    for part in rest:
        name = f"{name}.{part}"
        spec = PathFinder.find_spec(name, folders)
        if spec is None:
            return True
        folders = spec.submodule_search_locations or ()
    return False


def _replacement(original: Any, wrapper: Callable[..., Any], *, is_method: bool) -> Any:
    """What stands in for `original` and runs `wrapper(wrapped, instance, args, kwargs)`, as `wrapt` calls it."""
    if type(original) is not FunctionType:
        return wrapt.FunctionWrapper(original, wrapper)  # a static method, or what another instrumentation put there

    def call(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if not is_method:
            return wrapper(original, None, args, kwargs)
        if not args:  # `self` by name, or not at all: the original's to take or to refuse
            return original(**kwargs)
        return wrapper(MethodType(original, args[0]), args[0], args[1:], kwargs)

    if inspect.iscoroutinefunction(original):

        @functools.wraps(original)
        async def replacement(*args: Any, **kwargs: Any) -> Any:
            return await call(args, kwargs)
    else:

        @functools.wraps(original)
        def replacement(*args: Any, **kwargs: Any) -> Any:
            return call(args, kwargs)

    # What `contextlib` wraps keeps its own `__wrapped__`: the generator function, and not the one that makes a context.
    replacement.__wrapped__ = getattr(original, "__wrapped__", original)
    return replacement
