"""An async context manager of the SDK that tells us when it is entered and left, and stays what it is."""

from __future__ import annotations

from copy import copy
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from wrapt import ObjectProxy

from otel_mcp.instrumentation._notice import say_once

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Watched"]


def _nothing(*_: Any) -> None: ...


class Watched(ObjectProxy):  # type: ignore[type-arg]  # generic in the stubs only
    """`opening()` is called first, `opened(value)` with what entering gave, `closing(value)` before it is left."""

    def __init__(
        self,
        wrapped: Any,
        *,
        opening: Callable[[], None] = _nothing,
        opened: Callable[[Any], None] = _nothing,
        closing: Callable[[Any], None] = _nothing,
    ) -> None:
        super().__init__(wrapped)
        self._self_again = partial(Watched, opening=opening, opened=opened, closing=closing)
        self._self_opening = opening
        self._self_opened = opened
        self._self_closing = closing
        self._self_value: Any = None

    async def __aenter__(self) -> Any:
        _quietly(self._self_opening)
        self._self_value = value = await self.__wrapped__.__aenter__()
        _quietly(self._self_opened, value)
        return value

    async def __aexit__(self, *exc: object) -> Any:
        _quietly(self._self_closing, self._self_value)
        return await self.__wrapped__.__aexit__(*exc)

    def __call__(self, function: Callable[..., Any]) -> Any:
        """Decorate `function`: each call of it enters a new context (`contextlib.AsyncContextDecorator`)."""

        @wraps(function)
        async def inner(*args: Any, **kwargs: Any) -> Any:
            async with self._recreate_cm():
                return await function(*args, **kwargs)

        return inner

    def _recreate_cm(self) -> Any:
        return self._self_again(self.__wrapped__._recreate_cm())  # noqa: SLF001  # what its own `__call__` does

    def __copy__(self) -> Any:
        return self._self_again(copy(self.__wrapped__))

    def __repr__(self) -> str:
        return repr(self.__wrapped__)


def _quietly(tell: Callable[..., None], *args: Any) -> None:
    try:
        tell(*args)
    except Exception as exc:
        say_once(f"internal error in transport ({type(exc).__name__}); an operation was not fully recorded")
