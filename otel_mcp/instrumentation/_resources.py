"""Resource attributes without secrets: a resource says how the process was started, and that may hold a password."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.redaction import MARK, is_sensitive_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from opentelemetry.sdk.resources import Resource

    from otel_mcp.redaction import Redactor

__all__ = ["SafeResources"]

_ARGUMENTS: Final = "process.command_args"
_LINE: Final = "process.command_line"
_MOST: Final = 64


class SafeResources:
    """Redacts each resource once. A process has one or a few."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        # The resource is kept beside its copy, so that its id stays its own.
        self._known: dict[int, tuple[Resource, Resource]] = {}

    def __call__(self, resource: Resource) -> Resource:
        """The resource itself, or a copy of it without secrets."""
        known = self._known.get(id(resource))
        if known is not None:
            return known[1]
        safe = self._redacted(resource)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[id(resource)] = resource, safe
        return safe

    def _redacted(self, resource: Resource) -> Resource:
        attributes = {
            name: list(value) if isinstance(value, tuple) else value for name, value in resource.attributes.items()
        }
        clean = self._clean(attributes)
        return resource if clean == attributes else type(resource)(clean, resource.schema_url)

    def _clean(self, attributes: dict[str, Any]) -> dict[str, Any]:
        try:
            scope = self._redactor.scope()
            arguments = _texts(attributes.get(_ARGUMENTS))
            for words in (arguments, _words(attributes.get(_LINE))):
                for _, option, secret in _secrets_in(words):
                    scope.learn({option: secret})
            if arguments:
                attributes = {**attributes, _ARGUMENTS: _marked(arguments)}
            clean = scope.value(attributes).value
        except Exception:
            self._redactor.failed()
            clean = MARK % "error"
        return clean if isinstance(clean, dict) else dict.fromkeys(attributes, clean)


def _texts(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) and all(isinstance(word, str) for word in value) else []


def _words(line: Any) -> list[str]:
    if not isinstance(line, str):
        return []
    try:
        return shlex.split(line)
    except ValueError:  # a quotation mark without its partner
        return line.split()


def _secrets_in(words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Where a word is or holds the value of a sensitively named option or variable: index, name and value."""
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if not is_sensitive_key(name.lstrip("-").replace("-", "_")):
            continue
        if equals:
            yield index, name, value
        elif name.startswith("-") and index + 1 < len(words) and not words[index + 1].startswith("--"):
            yield index + 1, name, words[index + 1]


def _marked(words: list[str]) -> list[str]:
    marked = list(words)
    for index, name, value in _secrets_in(words):
        mark = MARK % "key"
        marked[index] = mark if words[index] == value else f"{name}={mark}"
    return marked
