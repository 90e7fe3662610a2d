"""What a server offers: from its own registry where it has one, or else from a listing seen before."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.instrumentation._access import hints_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from otel_mcp.instrumentation._catalog import Catalog
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Hints

__all__ = ["has_prompt", "hints_for", "tool_of"]

_REQUESTS: Final = {"tools/call": "CallToolRequest", "prompts/get": "GetPromptRequest"}


def tool_of(
    recorder: Recorder, server: Any, catalog: Catalog, name: str
) -> tuple[bool, Mapping[str, Any] | None, Mapping[str, Any] | None]:
    """Whether the server offers the tool, and its schemas: from its registry, or from a listing seen before."""
    if (manager := _registry(server, "tools/call", "_tool_manager")) is not None:
        tool = manager.get_tool(name)
        return tool is not None, getattr(tool, "parameters", None), getattr(tool, "output_schema", None)
    listed = catalog.schemas(name)
    if listed is not None:
        return True, *listed
    cached = getattr(server, "_tool_cache", {}).get(name)  # mcp 1.x
    if cached is not None:
        return True, cached.inputSchema, cached.outputSchema
    lookup = getattr(server, "get_tool_input_schema", None)
    schema = recorder.quietly("schema", lambda: lookup(name), otherwise=None) if callable(lookup) else None
    return schema is not None or catalog.has_tool(name), schema, None


def hints_for(server: Any, catalog: Catalog, name: str) -> Hints:
    """What the tool's annotations say, in the server's registry or in a listing seen before."""
    if (manager := _registry(server, "tools/call", "_tool_manager")) is not None:
        return hints_of(getattr(manager.get_tool(name), "annotations", None))
    return catalog.hints(name)


def has_prompt(server: Any, catalog: Catalog, name: str) -> bool:
    """Whether the server offers the prompt."""
    if (manager := _registry(server, "prompts/get", "_prompt_manager")) is not None:
        return manager.get_prompt(name) is not None
    return catalog.has_prompt(name)


def _registry(server: Any, method: str, manager: str) -> Any:
    """The manager of the `MCPServer` or `FastMCP` whose bound method handles `method`; None for a low-level server."""
    for function in _functions_behind(server, method):
        if (found := getattr(getattr(function, "__self__", None), manager, None)) is not None:
            return found
    return None


def _functions_behind(server: Any, method: str) -> Iterator[Any]:
    if callable(lookup := getattr(server, "get_request_handler", None)):  # mcp 2.x
        yield getattr(lookup(method), "handler", None)
        return
    from mcp import types  # noqa: PLC0415  # the application imported it long before

    handlers = getattr(server, "request_handlers", {})
    handler = handlers.get(getattr(types, _REQUESTS[method]))
    for cell in getattr(handler, "__closure__", None) or ():  # mcp 1.x: a closure over the method
        with suppress(ValueError):  # a cell that is not filled
            yield cell.cell_contents
