"""What a server offers: names that may become labels, and the schemas that say which values are sensitive."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from otel_mcp.instrumentation._access import hints_of
from otel_mcp.instrumentation._notice import say_once
from otel_mcp.operation import Hints
from otel_mcp.redaction.lint import exposed_parameters, shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from weakref import WeakKeyDictionary

__all__ = ["Catalog", "Catalogs"]

_MOST_NAMES: Final = 4096
_LONGEST_NAME: Final = 128
# A server without a listing proves a name by serving it. That proof is weaker (a proxy may serve any name), so it is
# bounded tightly and only names of the shape the specification recommends count (server/tools, "Tool Names").
_MOST_PROVEN: Final = 128
# A server chooses names and schemas; it shall not fill our stderr with them.
_MOST_WARNINGS: Final = 16
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9_.\-/]{1,128}\Z")

_NO_HINTS: Final = Hints()

Schemas = tuple["Mapping[str, Any] | None", "Mapping[str, Any] | None"]
Catalogs: TypeAlias = "WeakKeyDictionary[Any, Catalog]"
"""By server."""


class Catalog:
    """Tools and prompts of one server, learnt from the listings that pass by."""

    def __init__(self) -> None:
        # The lock guards the two tables: listings and calls of one server may be handled by several threads.
        self._lock = threading.Lock()
        self._tools: dict[str, Schemas] = {}
        self._hints: dict[str, Hints] = {}
        self._prompts: set[str] = set()
        self._proven: set[str] = set()
        self._warned = 0

    def schemas(self, tool: str) -> Schemas | None:
        """The tool's input and output schema, or None for a tool that was never listed."""
        return self._tools.get(tool)

    def hints(self, tool: str | None) -> Hints:
        """What its listing says that the tool does."""
        return self._hints.get(tool or "", _NO_HINTS)

    def has_tool(self, name: str) -> bool:
        return name in self._tools or name in self._proven

    def has_prompt(self, name: str) -> bool:
        return name in self._prompts

    def learn(self, method: str, result: Any) -> None:
        """Take in the result of a `tools/list` or `prompts/list`."""
        if not isinstance(result, dict):
            return
        if method == "tools/list":
            self._learn_tools(result.get("tools"))
        elif method == "prompts/list":
            self._learn_prompts(result.get("prompts"))

    def prove_tool(self, name: str) -> bool:
        """Note that a call of `name` succeeded; True where that makes it a registered name."""
        with self._lock:
            if name in self._proven:
                return True
            if len(self._proven) >= _MOST_PROVEN or not _PLAIN_NAME.match(name):
                return False
            self._proven.add(name)
            return True

    def _learn_tools(self, tools: Any) -> None:
        for tool in tools if isinstance(tools, list) else ():
            if not isinstance(tool, dict) or not isinstance(name := tool.get("name"), str) or len(name) > _LONGEST_NAME:
                continue
            schemas = (_schema(tool.get("inputSchema")), _schema(tool.get("outputSchema")))
            with self._lock:
                # An equal schema was looked at before; that costs less to see than to look again.
                new = self._tools.get(name) != schemas
                if name in self._tools or len(self._tools) < _MOST_NAMES:
                    self._tools[name] = schemas
                    self._hints[name] = hints_of(tool.get("annotations"))
            if new:
                self._warn_of_headers(name, schemas[0])

    def _warn_of_headers(self, name: str, schema: Mapping[str, Any] | None) -> None:
        """Say which sensitive parameter HTTP clients repeat in a header `Mcp-Param-*`, where others read and log it."""
        if self._warned >= _MOST_WARNINGS or not (paths := exposed_parameters(schema)):
            return
        self._warned += 1
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        say_once(
            f"tool {shown_name(name)}: {paths[0]}{more} is sensitive and has x-mcp-header, so its value travels in an"
            " HTTP header that proxies read and log (remove x-mcp-header; see `otel-mcp redact lint`)"
        )

    def _learn_prompts(self, prompts: Any) -> None:
        for prompt in prompts if isinstance(prompts, list) else ():
            if isinstance(prompt, dict) and isinstance(name := prompt.get("name"), str) and len(name) <= _LONGEST_NAME:
                with self._lock:
                    if len(self._prompts) < _MOST_NAMES:
                        self._prompts.add(name)


def _schema(value: Any) -> Mapping[str, Any] | None:
    return value if isinstance(value, dict) else None
