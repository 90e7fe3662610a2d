"""What a tool's author knows about a parameter: `Annotated[str, Sensitive()]`, `Annotated[str, Safe()]`.

Both end up in the JSON Schema that the tool lists, so a client learns it as well. pydantic asks an annotation for its
part of the schema (pydantic documentation, "JSON Schema", `__get_pydantic_json_schema__`); nothing of it is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Safe", "Sensitive"]

_MARK: Final = "x-sensitive"


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The value is secret or personal: it is removed from everything that is recorded of the operation."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return _marked(handler(core), sensitive=True)


@dataclass(frozen=True, slots=True)
class Safe:
    """The value is harmless, although the name sounds otherwise; what looks like a secret goes all the same."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return _marked(handler(core), sensitive=False)


def _marked(schema: dict[str, Any], *, sensitive: bool) -> dict[str, Any]:
    # Beside a `$ref`, so that the definition, which other parameters may share, stays as it is.
    return {**schema, _MARK: sensitive}
